"""The words that minutes are made of, as data: what a new council needs goes here first.

Each set says what its words do. They are matched whole and without case unless a comment says
otherwise. `docs/minutes.md` shows which set to extend for what.
"""

from cpctrack.dates import MONTHS, ORDINALS, WELSH_MONTHS


def one_of(words: frozenset[str] | tuple[str, ...]) -> str:
    """Write words as the inside of a regular expression, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(word.replace(" ", r"\s") for word in ordered) + ")"


def _set(text: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.split(",") if word.strip())


# --- Headings that mark a block -------------------------------------------------------------
# A heading marks a block where it holds one of these and else only words of HEADING_FILLING.
ACTION_HEADINGS = _set("action, actions, task, tasks, steps, gweithredu, camau")
# Signs in front of a line of notes that says who is to do something.
ARROWS = frozenset({"→", "➔", "➜", "⇒", "=>", "->", "☐"})
DECISION_HEADINGS = _set(
    """resolved, resolution, resolutions, decision, decisions, decided, agreed, agreement, motion,
    penderfyniad, penderfyniadau, cytunwyd, penderfynwyd"""
)
RECOMMENDATION_HEADINGS = _set(
    "recommended, recommendation, recommendations, recommends, argymhellion"
)
HEADING_FILLING = _set(
    """the, and, of, from, for, by, at, this, that, these, meeting, it, was, were, is, are, a,
    summary, list, table, log, required, arising, point, points, item, items, follow-up, followup,
    following, further, new, unanimously, unanimous, committee, council, board, panel, cabinet, to,
    take, taken, made, be, no, number, carried, out, key, outcome, outcomes, accordingly, has, as,
    follows, therefore, hereby, also, then, executive, trust, joint, authority, minute, next, cam,
    i'w, cymryd, what, we, did"""
)
# A heading with one of these tells what officers proposed, not what was decided.
PROPOSAL_WORDS = _set(
    """officer, officers, officer's, officers', report, report's, staff, proposed, draft, original,
    author's, director's, manager's"""
)
# A heading or item with one of these goes through actions of an earlier meeting.
EARLIER_WORDS = _set(
    """previous, earlier, outstanding, last, tracker, log, matters, review, update, progress,
    schedule, rolling, register"""
)
# Words of headings that tell parts of an item, not an item.
NOT_AN_ITEM = _set(
    """present, in attendance, attendance, officers present, also present, members present,
    officers, apologies for absence received, councillors, members, discussion, background, debate,
    reply, response, completed, complete, regrets,
    purpose, key points, questions, questions and answers, issues, summary, context, next steps,
    introduction, chair, chairman, chairperson, end, the end, draft minutes, agenda, participants,
    attendees, absent, considerations, reasons, reason, reasons for decision, reason for decision,
    vote, voting, alternative options, alternative options considered, options considered, the
    meeting, division, carried, lost, motion, amendment, comments, presentation, key points raised,
    conclusion, points raised, noted, note, minute, moved, seconded, for, against, abstained,
    signed, date, membership, minutes of the meeting, quorum present, observers, venue, time,
    members of the public, public present, clerk, in the chair, invited, guests, council, business,
    report, declarations, attendance list, those present, apologies received, copies, unconfirmed,
    unconfirmed minutes, confirmed minutes, voting members, non-voting members, staff, for noting,
    for decision, for information, for discussion"""
)

# --- Verbs ------------------------------------------------------------------------------------
# Verbs of the committee itself: what it resolves and nobody else has to do. Base form.
RESOLVING = _set(
    """note, approve, endorse, appoint, reappoint, re-appoint, elect, re-elect, reelect, adopt,
    agree, accept, confirm, receive, ratify, support, welcome, thank, sign, exclude, adjourn, defer,
    grant, refuse, set, delegate, nominate, designate, suspend, extend, co-opt, coopt, acknowledge,
    recognise, commend, congratulate, pay, award, retain, continue, close, proceed, move, reaffirm,
    re-affirm, dissolve, pass, increase, consent, declare, permit, allow, consider, discuss,
    withdraw, uphold, dismiss, waive, express, record, allocate, contribute, donate, sponsor,
    authorise, authorize, take note, give, make, remain, uplift, affirm, re-admit, remove, exempt,
    determine, reject, concur, homologate, ask that it be noted, sanction, hear, vote, enter,
    resume, readmit, fund, have, be, become, apply, take, hold, start, conclude, end, spend, freeze,
    keep, seal, revoke, object, use"""
)
# What follows from an approval as a matter of form: "and that the Chair sign it".
FORMALITIES = (
    r"\ssigns?\s(?:it|them|the\ssame|this|these)\b",
    r"\bbe\s(?:added|removed|put)\s(?:to|from|on|as)\s[^.;]{0,40}\b(?:mandate|signator(?:y|ies))\b",
)
# By these a committee gives somebody a place, not a task: "that Councillor X chair the group".
APPOINTING = _set("chair, represent, serve, become, deputise, act as, sit")
RECOMMENDING = _set("recommend, commend, refer")
# Verbs by which a committee makes somebody else do something: "to instruct the X to".
ASKING = _set(
    """instruct, ask, request, invite, direct, require, task, remind, urge, call on, call upon,
    mandate, commission, charge, encourage, seek, authorise, authorize, remit"""
)
# Participles of what the committee did itself: "that the report be noted".
RESOLVED_PARTICIPLES = _set(
    """noted, approved, endorsed, appointed, reappointed, re-appointed, elected, re-elected,
    adopted, agreed, accepted, confirmed, received, ratified, supported, welcomed, thanked, signed,
    excluded, adjourned, deferred, granted, refused, set, delegated, nominated, designated,
    suspended, extended, co-opted, coopted, acknowledged, recognised, commended, congratulated,
    paid, awarded, retained, continued, closed, permitted, allowed, withdrawn, upheld, dismissed,
    waived, recorded, allocated, authorised, authorized, given, taken, made, increased, passed,
    carried, rejected, sanctioned, held, no, a, an, the, in, not, at, on, exempt, amended,
    homologated, formally, declared, opened, chair, chairman, chairperson, vice, spent, funded,
    transferred, considered, discussed, determined, minded, read, moved, conveyed, applied,
    retitled, renamed, vired, and, subject, remitted, content, satisfied, kept, sealed, revoked,
    expressed, placed, reaffirmed, dispensed, frozen, set aside, admitted, used, needed, required,
    able, available, present, met, eligible, responsible, one, two, three, payable, implemented,
    from, for, of, as, with"""
)
# Of these, what nobody but the committee does, whoever else is named beside it.
BODY_ONLY_PARTICIPLES = _set(
    """noted, approved, endorsed, received, agreed, adopted, accepted, confirmed, appointed,
    elected, welcomed, thanked, ratified, signed, re-elected, reappointed, co-opted, homologated"""
)
# "The X be asked to": somebody is obliged.
ASKED_PARTICIPLES = _set(
    """asked, requested, instructed, invited, directed, required, tasked, authorised, authorized,
    reminded, urged, mandated, commissioned, encouraged, charged"""
)
# What officers and members do about an action. Base form; "-s" is understood.
DOING = _set(
    """provide, circulate, send, share, report, bring, present, submit, prepare, write, email,
    e-mail, contact, liaise, arrange, organise, organize, investigate, explore, check, confirm,
    obtain, produce, draft, review, update, include, add, raise, follow, feed, feedback, look, find,
    meet, invite, ask, request, speak, discuss, develop, establish, publish, monitor, identify,
    ensure, consult, engage, convene, schedule, issue, notify, inform, advise, forward, supply,
    chase, seek, research, collate, compile, complete, amend, attend, work, draw, undertake, carry,
    commission, nominate, purchase, order, book, install, repair, replace, erect, pursue, escalate,
    respond, reply, clarify, conduct, distribute, upload, continue, set, take, give, make, return,
    consider, come, assess, visit, inspect, remind, promote, advertise, examine, put, revise,
    approach, design, procure, negotiate, table, set up, hold, get, create, remove, correct,
    deliver, coordinate, co-ordinate, facilitate, introduce, finalise, finalize, place, report back,
    open, help, encourage, resubmit, reissue, scope, map, analyse, evaluate, test, trial, pilot,
    log, resolve, agree, apply, call, pass, register, answer, bid, post, move, lead, support, train,
    recruit, collect, audit, ring, tell, go, sort, list, repeat, lay, enquire, revisit, rewrite,
    extend, display, gather, quantify, maintain, clear, cut, paint, fix, secure, instruct, source,
    refer, mend"""
)
# Nouns too, so on their own they show no verb: "the forward plan".
ALSO_NOUNS = _set(
    """report, review, update, request, research, draft, present, forward, contact, work, order,
    book, email, e-mail, feed, feedback, set, look, issue, table, visit, follow, schedule, share,
    check, design, reply, place, return, make, supply, support, test, trial, pilot, log, lead, post,
    train, register, answer, bid, call, pass, move, cut, paint, help, open, map, scope, source, fix,
    put, complete, clear, correct, secure, chase, purchase, repair, find, monitor, commission,
    amend"""
)
# Past forms without -ed, which tell what happened: no "Director audit the accounts".
PAST = _set(
    """came, went, left, gave, took, said, told, made, saw, did, got, spoke, wrote, sent, brought,
    held, met, began, became, knew, found, ran, sat, read, led, lost, won, paid, kept, rose, stood,
    drew, grew, chose, fell, felt, thought, had, put, set, shown, sought, heard, understood,
    meant"""
)
# "It was X that": somebody tells how things are or were; a "would" behind one obliges nobody.
REPORTING = _set(
    """advised, informed, reported, explained, commented, stated, highlighted, introduced,
    presented, queried, responded, assured, felt, thought, suggested, noted, told, said, added,
    updated, replied, mentioned, emphasised, outlined, observed, hoped, expected, understood,
    questioned, believed, described, discussed, considered, debated, thanked, welcomed, expressed,
    summarised, clarified, heard, remarked, recalled, pointed, referred, acknowledged, enquired,
    wondered, anticipated, recognised, praised, congratulated, received, complimented, complemented,
    declared"""
)
# Who or what speaks in "RESOLVED": the deciding body, which is nobody's name for an owner.
BODIES = _set(
    """committee, council, board, panel, cabinet, executive, sub-committee, subcommittee, forum,
    group, members, meeting, assembly, authority, partnership, trustees, governors, commission,
    councillors, directors, governing body, joint committee, we, everyone"""
)
# Bodies that decide, and so are no owners of what they decide; members and councillors can be.
DECIDING = _set(
    """committee, council, board, panel, cabinet, executive, sub-committee, forum, meeting, group,
    assembly"""
)
# To whom a committee recommends; with "to" or "that" before it.
OTHER_BODIES = _set(
    """cabinet, council, full council, the cabinet, the council, the executive, executive, the
    board, the full council, cabinet member, the cabinet member, the trust board, trust board, the
    governing body, the policy committee, the finance committee, the parish council, the town
    council, the leader, the secretary of state, the minister, the integrated care board, the
    assembly, the authority"""
)

# --- Who ----------------------------------------------------------------------------------------
# Words that make a phrase a post, a person or a body that can act.
WHO = _set(
    """officer, officers, director, directors, manager, managers, head, heads, lead, leads,
    coordinator, co-ordinator, chair, chairman, chairwoman, chairperson, vice-chair, vice-chairman,
    convener, convenor, provost, mayor, leader, nurse, nurses, clerk, councillor, councillors, cllr,
    cllrs, cr, crs, member, members, champion, champions, team, teams, executive, executives, ceo,
    solicitor, secretary, treasurer, worker, workers, chief, partner, partners, trustee, trustees,
    governor, governors, council, committee, sub-committee, board, panel, forum, group, service,
    services, department, directorate, trust, cabinet, association, police, partnership, doctor, dr,
    consultant, engineer, surveyor, auditor, auditors, administrator, accountant, planner, ranger,
    contractor, headteacher, principal, warden, caretaker, representative, representatives, mr, mrs,
    ms, miss, prof, professor, rev, registrar, librarian, company, office, unit, authority, all,
    everyone, they, she, he, ambassador, ambassadors, dpo, cfo, coo, cio, deputy, assistant,
    supervisor, groundsman, gardener, advisor, adviser, analyst, commissioner, commissioners,
    agency, school, schools, superintendent, inspector, sergeant, constable, pcso, staff, meetings
    officer, oifigeach, cathaoirleach, taoiseach, minister, tds, td, senator, mp, practitioner,
    practitioners, college, university, provider, providers, society, club, subgroup, sub-group,
    network"""
)
# Participles that posts begin with: "the Designated Nurse".
IN_POSTS = _set("designated, approved, elected, supported, retained, delegated")
# A phrase that starts with or is headed by one of these is a thing, whoever else it names.
THINGS = _set(
    """the, report, reports, update, updates, information, letter, item, items, meeting, briefing,
    note, details, copy, copies, data, figures, paper, papers, presentation, review, plan, policy,
    draft, breakdown, list, it, this, these, those, there, that, which, what, matter, matters,
    issue, issues, work, action, actions, training, minutes, agenda, proposal, proposals, a, an,
    any, further, more, analysis, feedback, response, consultation, survey, invitation, regular,
    quarterly, monthly, annual, if, when, where, no, thanks, summary, link, links, document,
    documents, costs, cost, quotes, quotations, funding, budget, application, notice, signage,
    nothing, consideration"""
)
# Of these, what no post begins with: "Policy Officer" is one, "any officer" is not.
DETERMINERS = _set(
    "the, a, an, any, it, this, these, those, there, that, which, what, if, when, where, no, more"
)
# In an owner's place, nobody.
NOBODY = _set("none, n/a, na, nil, -, –, —, tbc, tba, no action, no actions, no further action")

# --- What is no statement -------------------------------------------------------------------------
# A block that holds only this holds no action.
NOTHING_TO_DO = _set(
    """none, nil, n/a, na, no action, no actions, no further action, no actions arising, noted, not
    applicable, no action required, no actions required, no further action required, no actions were
    agreed, there were no actions, there were no actions arising, no decisions, agreed, carried, -,
    –, —, unanimous, carried unanimously, no actions arose, for noting, for information,
    information, noted by all, nothing to report, closed, complete, completed, there were no actions
    agreed"""
)
# Lines about the vote and the movers, which neither are a decision nor end a list of them.
PROCEDURE = (
    r"moved\b", r"seconded\b", r"proposed(?: by)?\b", r"mover\b", r"seconder\b", r"carried\b",
    r"voting\b", r"vote\b", r"the vote\b", r"for\s*[:–-]", r"against\s*[:–-]", r"abst\w+\s*[:–-]",
    r"\(?note\s?[:–-]", r"\([^()]{0,400}\)\W*$", r"in favour\b", r"unanimous(?:ly)?\W*$",
    r"motion (?:was )?(?:carried|put)\b", r"\(?on being put\b", r"the motion\b", r"division\b",
    r"passed\s\d",
    r"(?:\w+\s){1,2}(?:in attendance|present|attending)\W*$", r"absent\s*[:–-]",
    r"\(?(?:reference|ref\.?)\s*[:–-]",
    r"votes?\b", r"on a (?:show|vote)\b",
    r"following (?:a|the) vote\b", r"declared carried\b", r"cr [\w’' -]{1,40}$",
)  # fmt: skip

# --- Small words ----------------------------------------------------------------------------------
# What members are asked to do at every meeting: "was asked to note" is no undertaking.
NOT_UNDERTAKEN = _set(
    """note, comment, consider, raise, receive, approve, endorse, fill, scrutinise, review, discuss,
    agree, leave, support, take, vote, appoint, declare, introduce, adopt, decide"""
)
# A paragraph that ends with one of these goes on after a page break.
UNFINISHED = _set(
    """the, a, an, of, to, for, and, or, in, on, at, by, with, that, would, will, be, from, as, is,
    was, were"""
)
# Words without a meaning of their own, left out where two texts are compared.
EMPTY = UNFINISHED | _set(
    """this, it, its, they, their, them, how, which, what, who, has, had, have, not, been, any, all,
    more, also, she, he, her, his, about, within, into, out, up, so, said, agreed, note, noted,
    contents, should, resolved"""
)
# A name made of these only says what kind of body it is: "Parish Council".
KINDS_OF_BODY = _set(
    """the, parish, town, county, district, borough, city, council, forum, panel, board, committee,
    trust, full, community, meeting, of, directors, governors, trustees, host, authority, executive,
    cabinet, group"""
)
# Capitals at the right of a line that are nobody's initials.
NOT_INITIALS = _set(
    """NIL, NONE, PAGE, END, AM, PM, GMT, BST, PLC, LTD, UK, EU, NHS, CARRIED, LOST, AGREED, YES,
    NO, TBC, NA, PDF, VAT, GBP, EUR, USD, AUD, MPH"""
)
# Small words inside the name of a post or body, and others that are no verb of its own.
CONNECTING = _set(
    """and, for, the, of, in, on, at, to, with, from, by, de, van, von, who, which, that, was, were,
    is, are, had, has, have, would, will, shall, should, must, may, can, could, not, its, their, be,
    as, or, but, when, if, so, then, also"""
)

# --- Page furniture -----------------------------------------------------------------------------
# Lines that a page prints and nobody said; each whole line.
FURNITURE = (
    r"[-–—|\s]*(?:page|pg\.?)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*",
    r"\d{1,4}\s*\|\s*page(?:\s.{0,60})?",
    r".{0,80}\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\s*\W?",
    r"page\s+\d{1,4}(?:\s+of\s+\d{1,4})?\b.{0,80}",
    r"\W*this page (?:is|has been|was) (?:intentionally|deliberately) left blank\W*",
    r"\W*(?:this page is )?intentionally (?:left )?blank\W*",
    r"(?:chair(?:man|person)?|mayor|convener)(?:['’]s)?(?: initials| signature)?\s*[.…_:]+\s*",
    r"(?:initials?|initialled|signed|date|dated)\s*[.…_: ]{2,}.{0,60}",
    r"[.…_=~*-]{3,}",
    r"\(?continued(?: overleaf| on next page| over)?\)?\W*",
    r"p\.?t\.?o\.?",
    r"official(?:\s*[-–—:]\s*sensitive)?",
)
# A short line printed twice or more is a running header where it holds one of these.
RUNNING_WORDS = _set(
    """minutes, council, committee, board, panel, cabinet, draft, confidential, official, trust,
    unconfirmed, assembly, authority, forum, partnership, minute book, unapproved"""
)

# --- Layout -------------------------------------------------------------------------------------
# Prefixes that keep their hyphen where a line breaks behind it.
HYPHENATED = _set(
    """semi, non, well, co, multi, self, re, pre, post, anti, cross, long, short, part, full, half,
    high, low, mid, inter, ex, sub, vice, year, follow, up, on, face, cost, sixteen, two, three,
    four, five, six, one, all, so, carry, add, sign, third, first, second"""
)

# --- When ---------------------------------------------------------------------------------------
FULL_MONTHS = "|".join([*MONTHS, *(name for names in WELSH_MONTHS for name in names)])
_MONTH = rf"(?:{FULL_MONTHS}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?)?"
    rf"(?:\d{{1,2}}(?:{ORDINALS})?\s(?:of?\s)?{_MONTH}(?:,?\s\d{{4}})?|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}"
    rf"|{_MONTH}\s\d{{1,2}}(?!\d)(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
    r"|\d{4}-\d{2}-\d{2})"
)
_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|a\sfew|the\snext"
    r"(?:\s\w+)?|the\scoming)"
)
_UNIT = (
    r"(?:working\s)?(?:days?|weeks?|fortnight|months?|quarters?|years?|cycles?|meetings?|terms?)"
)
_GATHERING = (
    r"(?:formal\s|informal\s|ordinary\s|annual\s|scheduled\s|full\s|following\s|\w+\s){0,4}?"
    r"(?:meetings?|reports?|sessions?|cycle|committee|newsletter|agenda|council|board|update|round)"
)
# When something is due; the whole match is kept as printed. Only one that is a date becomes one.
DUE = (
    # by 12 May 2024, no later than Friday, by the end of March
    rf"(?:by|before|erbyn|no\slater\sthan|not\slater\sthan|due(?:\sby|\son)?:?|deadline:?|until)\s(?:the\s)?{_DAY}",
    rf"(?:by|before|until|no\slater\sthan)\s(?:the\s)?(?:end|close|start|beginning|middle)\sof\s(?:the\s|this\s|next\s)?(?:{_MONTH}(?:\s\d{{4}})?|\w+(?:\s(?:term|year|month|week|quarter|\d{{4}}))?)",
    rf"(?:by|before|until|no\slater\sthan|not\slater\sthan)\s(?:early\s|mid[-\s]|late\s|end\s|the\s)?{_MONTH}(?:\s\d{{4}})?",
    r"(?:by|before|no\slater\sthan)\s(?:next\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    r"(?:by|before|in|during)\s(?:the\s|next\s)?(?:spring|summer|autumn|winter|q[1-4]|quarter\s\w+)(?:\sterm)?(?:\s\d{4}(?:/\d{2,4})?)?",
    rf"(?:by|before)\s(?:easter|christmas|the\snew\syear)|during\s{_MONTH}(?:\s\d{{4}})?",
    # in January 2024, where nothing comes behind it
    rf"in\s{_MONTH}\s\d{{4}}(?=\W*$|[;.])",
    # in the report for March, before the framework goes to the Board
    rf"in\s(?:the|its|their)\s(?:\w+\s){{0,2}}?report\sfor\s{_MONTH}(?:\s\d{{4}})?",
    (
        r"before\s(?:(?:the|this|that|these|those|any|term)\s(?:[\w-]+\s){0,4}?|it\s|they\s)(?:goes|go|went|comes?|came|meets?|met"
        r"|begins?|began|opens?|opened|starts?|started|closes?|closed|(?:is|are|was|were)\s[a-z]+)\b[^,.;]{0,40}"
    ),
    r"as\ssoon\sas\s[^,.;]{1,40}",
    r"(?:quarterly|monthly|annually|termly|weekly)",
    # in 12 months' time, within six weeks
    rf"(?:with)?in\s{_COUNT}\s{_UNIT}(?:['’]s?)?(?:\stime)?",
    rf"(?:every|each|once\sa|twice\sa|after)\s(?:{_COUNT}\s)?{_UNIT}",
    # to the next meeting, within their next report, at a future meeting of the Committee
    rf"(?:(?:by|before|to|at|for|in|within|prior\sto|ahead\sof|after|on|until)\s)?(?:(?:the|its|their|our|his|her|an?)\s)?(?:next|future|following|forthcoming|subsequent|upcoming)\s{_GATHERING}",
    # to the June meeting, to the meeting on 12 June 2024, in the September report
    rf"(?:by|before|to|at|for|in|within)\s(?:the|its|their)\s{_MONTH}(?:\s\d{{4}})?\s(?:\w+\s){{0,2}}?(?:meeting|report|cycle|committee|council|board|session|agenda)",
    rf"(?:to|at|for|before|by)\s(?:the|its)\s(?:\w+\s){{0,2}}?(?:meeting|committee|council|board)\s(?:(?:to\sbe\s)?held\s)?(?:on|of|in)\s(?:{_DAY}|{_MONTH}(?:\s\d{{4}})?)",
    r"(?:on|at)\sa(?:n)?\s(?:termly|monthly|quarterly|weekly|annual|yearly|six[-\s]monthly|regular)\sbasis",
    r"(?:asap|immediately|going\sforward|forthwith|without\sdelay|in\sdue\scourse)",
    rf"(?:later|earlier|early|late)\sin\s(?:the\s(?:year|municipal\syear|month)|{_MONTH}|\d{{4}})",
    r"(?:this|next)\s(?:week|month|year|term|quarter|municipal\syear|financial\syear|summer|autumn|spring|winter)",
)
# Behind these a time tells what is planned, not when somebody acts: "likely to move next year".
PLANNED = _set("likely, expected, planned, intended, anticipated, forecast")
# "in March 2025" is when something is due only where something is brought then.
DUE_IF_BROUGHT = (rf"in\s{_MONTH}(?:\s\d{{4}})?", rf"on\s{_DAY}")
BROUGHT = (
    r"report\sback|reported\sback|brought|bring|present(?:ed)?|submit(?:ted)?|come\sback|return|update"
    r"|provided?|receive|report"
)
