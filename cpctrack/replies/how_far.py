"""How far an action is, in the words of a letter.

The rules for cells (`tables/phrases.py`) are tried with some before and behind them that know how
people write letters; each takes what it matches out of the text, negations and promises first. That
something is done is said only where nothing takes it back; a wrong status is worse than none.
"""

import re
from functools import cache
from typing import NamedTuple

from cpctrack.dates import MONTH_WORDS
from cpctrack.records.model import Status
from cpctrack.records.printed_status import stated, with_note
from cpctrack.tables.phrases import RULES, Meaning, Rules, said_by
from cpctrack.tables.status import colour_of, derive
from cpctrack.text import fold

LONGEST = 4000  # characters; more is no answer of which a status is read
_Says = Meaning | Status | None

_REST = r"[^.;:\n|]*"  # to the end of the clause
_END = r"(?= *(?:$|[.,;:!?|)–-]))"
_BEGINS = r"(?:^|[.;,:!|–-]) *"
_NOT = r"(?:not|never|cannot|hardly|barely|\w+n['’]t|hesitate to)"
_DONE = (
    r"(?:completed?|done|closed(?! (?:to|until)\b)|finished|finali[sz]ed|sorted(?: out)?|resolved|"
    r"achieved|discharged|actioned|dealt with)"
)
_THIS = r"(?:this|that|it|these|them|both|all|one|action|item)"
_CLOSE = (
    r"(?:(?:be )?(?:close|remove|delete|strike(?! by\b|$)|take|mark|drop|tick)[dn]?"
    rf"(?: {_THIS})*(?: as {_DONE})?(?: (?:off|out|from)(?: (?:the|your|our) \w+)?)?"
    rf"|(?:be )?sign(?:ed)?(?: {_THIS})* off|come off(?: (?:the|your|our) \w+)?|closure)"
    r"(?: please| now| thanks| too)*"
)
_IF = r"(?:once|when|if|unless|until|till|after|as soon as)"
# What the sentence is about, where it is not the action itself: a road, a case, a survey.
_OTHER = rf"\b(?!(?:{_THIS}|they|i|we|you|has|have|now|actions|items|which)\b)[\w'’]+"
_IS = r"(?:(?:has|have)(?: now)?(?: been)?|is|are|was|were|remains?)(?: (?:now|also|still))*"
_COUNT = (
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|"
    r"fifty|some|several|few)"
)
_LATER = (
    r"(?:the |next |early |late |mid |new )*(?:\d|year|spring|summer|autumn|winter|"
    rf"{MONTH_WORDS})\b"
)
# Where only a part may be done.
_PLACE = (
    r"(?:north|south|east|west|areas?|wards?|floors?|schools?|sites?|depots?|streets?|roads?|"
    r"estates?|blocks?|centres?|halls?|teams?|villages?|half|side|wing)"
)
_LABEL = r"(?!status|action|date|update|progress|response|answer|next|note)[a-z][\w ’']{0,24}:"
# What only leads up to the thing that was asked for.
_PRELUDE = (
    r"(?:advert|invitation|tender|survey|questionnaire|interview|offer|request|consultation|design|"
    r"procurement|scoping|pilot|trial|bid|order|application|reminder)s?"
)
# What somebody did that an action may have asked for; who asked, met or heard has only begun.
_GIVEN = (
    r"(?:sent|circulated|published|issued|delivered|adopted|installed|signed|launched|implemented|"
    r"distributed|e-?mailed|posted|uploaded|reported|presented|provided|supplied|shared|written|"
    r"informed|held|updated|appointed|recruited|established|included|confirmed|served|visited|"
    r"amended|notified|introduced|checked|trained|built|fitted|repaired|replaced|paid|replied|"
    r"added|explained|answered|gone out|given(?= to\b))"
)
_HELPERS = (
    r"(?:legal|procurement|hr|finance|translation|print\w*|cabinet|comments?|approval|review|"
    r"sign-?off|the [\w-]+)"
)
# What says None says nothing, and is taken out.
_FIRST: Rules[_Says] = (
    (Meaning.UNSURE, (
        # A question is no answer, unless it asks for leave to close or for time.
        (r"(?:(?<=[.;!])|^)(?!\W*(?:please )?(?:can|could|may|shall|would|will|happy|ok)\b)"
         r"[^.;?!]*\?"),
        (r"\b(?:wish|thought|assumed|believed|imagined|supposed|meant|sure|unsure|unclear|hoped|"
         r"apparently|according to|may be that|(?<=i )gather|(?:was|were) to have)\b(?! to be\b)"
         r"(?:(?! but\b)[^.;:,\n|])*"),
        (rf"\b{_DONE} (?:for|in|on|at|across) (?:the |our |two |one )*(?!all|both|every|each|whole)"
         rf"(?:[\w'’-]+ ){{0,2}}?{_PLACE}\b|\b(?:{_DONE}|{_GIVEN}) as far as\b{_REST}"),
        rf"\b{_GIVEN} (?:at|in) (?:the |our )?(?:one|two|three|four|five|six|some|several)\b",
        rf"^{_LABEL} {_DONE}\b(?=[^:|]*[.;] *{_LABEL})|^{_LABEL}[^:|]*[.;] *{_LABEL} {_DONE}\b",
        r"\b(?:damage|harm|mistakes?|errors?) (?:was|were|is|(?:has|had) been) (?:done|made)\b",
    )),
    (Meaning.DONE, (r"\bnothing (?:more|else|left|further) to do\b",)),
    (Status.NO_FOLLOW_UP, (r"\bnothing (?:more |further )?(?:for [\w ]{1,30} )?to follow up\b",)),
    (None, (
        r"\b(?:has|have) been \w+ing ever since\b|\b(?:certificates|copies|keys) are with\b",
        rf"\b{_COUNT} (?:are )?still (?:with us|alive|standing|there|open)\b",
        rf"{_BEGINS}(?:completed|finished) \w+ (?:is|are|was|were|will|can|have)\b",
        rf"{_OTHER} {_IS} closed\b{_REST}|{_BEGINS}others?\b(?! than){_REST}",
        r"\bi (?:would|should|['’]d) say(?: that)?\b|\bwaiting (?:list|time|room)s?\b",
        (rf"\b(?:\d[\d,.]*|{_COUNT})(?: ?%| ?(?:out )?of (?:the )?{_COUNT}\b)?[^.;:\n|]{{0,60}}"
         r"\b(?:asked|needed|(?<!members )had|got|took|failed|late|on time|chose|wanted)\b"),
        rf"\b(?:{_DONE}|{_GIVEN}) within \w+ (?:\w+ )?(?:hours|days|weeks|months)\b",
        r"\b(?:no (?:change|update)|unchanged|dim newid|(?:as|same as) (?:before|last time))\b",
        rf"\bto what (?:i|we) (?:said|told|sent|gave|wrote)\b{_REST}",
        (r"\bnothing (?:\w+ )?(?:to (?:add|report|do|follow)|new|outstanding|left|missing|"
         r"remain\w*|from (?:us|me))\b(?: to \w+)?"),
    )),
    (Status.NO_FOLLOW_UP, (
        r"^(?:n/a|na|n\.a\.?|not applicable)\.?$",
        (r"\b(?:no (?:further )?(?:action|work|follow-? ?up)|nothing (?:more|further)) (?:is )?"
         r"(?:needed|required)"),
        r"\bno (?:further (?:action|work)|follow-? ?up)\b(?! (?:has|taken))",
    )),
    (Meaning.UNSURE, (
        rf"\b{_IF}\b[^.;\n|]*\b{_CLOSE}{_END}", rf"\b{_CLOSE} {_IF}\b{_REST}",
        (r"(?:\b(?:not|\w+n['’]t) )?\b(?:said|says|(?:people|they|some) say|see|ask(?:ed|s)|"
         rf"wonder\w*|heard|told|know)(?: \w+)? (?:if|whether|that|it|this)\b{_REST}"),
    )),
    (Status.DEFERRED, (
        (r"\b(?:on ice|defer(?:red)?|postponed?|paused?|suspended?|(?:carry|roll|put|push|hold)"
         r"(?: this| it| that)?(?: one)? (?:over|forward|back|off))\b"),
        (r"\b(?:not before|(?:moved?|slip(?:s|ped)?|delayed|held|put|pushed)"
         rf"(?: back| up| off| over| this| it)* (?:to|until|till)) {_LATER}"),
        r"\b(?:park(?:ed)?|hold|put) (?:this|it) (?:for|until|till|to one side|aside)\b",
    )),
    (Meaning.SUPERSEDED, (r"\b(?:subsumed|absorbed|folded|incorporated) (?:in)?to\b",)),
    (Status.NOT_PROCEEDING, (
        (r"\b(?:will not|won['’]t|not (?:going|intend) to)(?: be| now)* (?:do|done|doing|happen|"
         r"proceed|go(?:ing)? ahead|taken forward|pursued?)\b"
         rf"(?!{_REST}\b(?:until|till|before|by|in)\b)"),
        (r"\b(?:not|don['’]t)(?: (?:be|now|think|propose|recommend|we|should|to))* "
         r"(?:pursu\w+|go(?:ing)? ahead|tak(?:en|ing) (?:this |it )?forward)\b"),
        r"\b(?:scrapped|shelved|given up on|no longer happening)\b|(?:^|been |was |is )dropped\b",
    )),
    (Status.OPEN, (
        (r"\b(?:not|\w+n['’]t|never|nobody|yet to|able to)\b[^.;\n|,]{0,30}?\b"
         rf"(?:start|begin|begun|commence)(?:ed|d)?\b{_REST}"),
        (r"\b(?:not|\w+n['’]t)(?: yet| been)* "
         r"(?:got (?:round|to (?:this|it))|looked at|picked up|had (?:a |the )?(?:chance|time))\b"),
        (r"\b(?:nothing (?:has |was |is )?(?:been )?|\w+n['’]t )(?:done|started|happened)\b"
         r"(?: anything| so far| yet)*"),
        (r"\bno (?:action|progress|work|start|volunteers|takers|offers|bids)\b"
         r"(?: has| was| were| been| made| done| taken)*(?: so far)?"),
    )),
    (Meaning.PARTLY, (
        (rf"\b{_NOT}\b[^.;\n|]*\b"
         rf"(?:everything|all|{_CLOSE}|finished|final|completed?|call)\b{_REST}"),
        rf"\b(?:hardly|barely|nearly|almost|not quite) (?:{_DONE}|ready|there)\b{_REST}",
        (r"(?:\bnot quite|\bstill (?:(?:has|have|needs?) )?to (?!start|begin|be (?:start|beg))\w+|"
         rf"(?:{_DONE}|\w+(?:ed|und|ught)\b,)[^.;\n|]{{0,30}}\boutstanding)\b{_REST}"),
        rf"\b(?:re-?done|re-?opened|(?:done|doing|start\w*) again|sent back)\b{_REST}",
        rf"\b\d\d?(?:[.,]\d+)? ?(?:%|per ?cent)(?: \w+)? (?:{_DONE}|{_GIVEN}|there)",
        rf"\b{_DONE} (?:but|bar|except|apart from|save|in part)\b{_REST}",
        (r"\b(?:much|lots?|little|some|half|most(?! recent))\b"
         rf"[^.;|]{{0,20}} (?:{_DONE}|{_GIVEN})\b"),
        rf"\b(?:first|initial|phase|stage)(?: [\w'’]+){{0,4}}? (?:{_DONE}|{_GIVEN})\b|to the first",
        rf"\b(?:all but|but not|subject to|apart from|only|majority|otherwise {_DONE})\b{_REST}",
        (rf"\b(?:only|just|{_COUNT})(?: [\w'’-]+){{0,2}}?(?: is| are| still)* "
         r"(?:left|to go|remain\w*|outstanding|missing|waiting|to come|to do|awaited)\b"),
        rf"\b{_COUNT}(?: out)? of (?:the |our )?{_COUNT}\b|\b(?:half|thirds)(?: of| the)* ?way\b",
    )),
    (Meaning.PROMISED, (
        rf"\b(?:expect|aim|hop|intend|plan)(?:e|s|ing)? to\b{_REST}",
        rf"\bcoming to (?:you|members|the)\b{_REST}",
        rf"\bdue to (?:be|finish|complete|start|go|end)\b{_REST}|\bgoes (?:out|live)\b",
    )),
    (Status.PROPOSED, (
        rf"(?:{_BEGINS}|\b(?:and|so|please|now) ){_CLOSE}{_END}",
        (r"\b(?:can|may|could|should|ready to|(?:happy|content)(?: for \w+)? to|please|"
         rf"propose(?: to)?|suggest)(?: (?:now|we|you|also|is|are|{_THIS}))* {_CLOSE}{_END}"),
        rf"\b(?:consider|believe|regard)(?: (?:{_THIS}|the matter))+(?: to be| as)? {_DONE}{_END}",
        (rf"\b(?:both|all(?: of)?(?: the)?(?: {_COUNT})?|job|now)"
         rf"(?: (?:is|are|been|{_THIS}))* {_DONE}\b"),
    )),
    (Meaning.ONGOING, (
        (r"\b(?:at|during) (?:every|each)\b|\b(?:every|each) (?:\w+ )?"
         r"(?:one|report|meeting|agenda|issue|newsletter|week|fortnight|month|quarter|term|year)\b"),
        r"(?:standing|permanent|regular|rolling) (?:item|report|programme|arrang\w+)\b|as usual\b",
        rf"\b(?:weekly|monthly|quarterly|termly|continuing){_END}",
    )),
    (Meaning.UNSURE, (rf"\b{_GIVEN}\b[^.;\n|]* (?:ask|request|seek|invit)(?:e|ing)?\b{_REST}",)),
    (Meaning.STEPS, (
        r"\b(?:ordered|instructed|sought)\b",
        (rf"\b{_PRELUDE} (?:(?:has|have|was|were|is|are|been|now|all|both) )*"
         rf"(?:{_DONE}|{_GIVEN}|made|placed)\b"),
        rf"\b{_GIVEN} (?:(?:the|an?|our|all) )?{_PRELUDE}\b(?! (?:result|respon|report))",
        (r"\b(?:sent|passed|given|forwarded|submitted|provided|back) (?:\w+ )?"
         rf"(?:to|for) {_HELPERS}{_END}"),
        rf"(?<!\bi )(?<!\bwe )\b(?:has |have )?{_GIVEN} (?:its|their|us|me|his|her|an?)\b",
    )),
    (Meaning.UNDER_WAY, (
        (rf"(?:{_BEGINS}|\b(?:is|are|now|still|and) |['’]s )with (?!an? |you\b|(?:all )?members\b)"
         rf"(?:\w+ ){{0,3}}\w+(?:{_END}| for\b| at the moment)"),
        (rf"\b(?:progressing|coming along|start has been made|starts|finishes|wip|follows{_END}|"
         r"can (?:now )?(?:begin|start|proceed)|on (?:time|site|(?:its|the) way)|"
         r"(?:good|some|steady) progress|out (?:to|for) (?:tender|consultation))\b"),
        (rf"(?:{_BEGINS}|\b(?:am|are|is|be|been|still|now|just) |['’](?:m|s|re) )"
         r"(?:finali[sz]|draft|prepar|gather|review|analys|writ|chas|compil|work|look|arrang|sort)ing\b"),
        rf"{_OTHER} {_IS} on-? ?going\b|\bbeing \w+(?:en|wn|nt|lt|ht|de|ne|ld|ut)\b",
        r"\b(?:consultation|survey|tender)\b[^.;\n|]*\b(?:runs|closes|open|out)\b",
    )),
)  # fmt: skip
_LAST: Rules[_Says] = (
    (Meaning.DONE, (
        (rf"(?:{_BEGINS}(?:yes,? )?|\b(?:is|are|was|were|been|i|we|have|fully|item|action)"
         rf"(?: (?:now|all|both|have|also))* |['’]s |\bso ){_DONE}\b"),
        rf"\b(?!to |be )[a-z]+ complete{_END}|\bsigned {_THIS} off\b",
        r"\b(?:went (?:out|live|round|by|on \d|to (?:all|every|members))|took (?:effect|place))\b",
        (r"\b(?:(?:now|is|are) live|in (?:place|force|your inbox)|in use (?:in|at|by|since)|"
         r"with (?:all )?members since|members (?:have )?(?:had|got|received) (?:the|this|it|my)|"
         r"(?:is|are|now|was|were) (?:on (?:the|our) (?:\w+ )?(?:website|intranet|map)|"
         r"in (?:the|your|our) (?:\w+ )?(?:newsletter|bulletin|pack)))\b"),
        (r"\b(?:cwblhawyd|cyflawnwyd|wedi(?:['’ ][iu]| ei| eu)? "
         r"(?:(?:g|c|ch)?(?:wblhau|yflawni)|h?anfon|gyhoeddi|gau|cau))\b"),
    )),
    (Meaning.DELIVERED, (
        (rf"(?:{_BEGINS}|\b(?:i|we|and|is|are|was|were|been|has|\w+['’]ve)"
         rf"(?: (?:have|both|now|all|also|since))* ){_GIVEN}\b"),
        (rf"(?<!has )(?<!have )\b{_GIVEN}"
         rf"(?: (?:to|on|in|by|and|with|out|round|at|for|behind|last|this|before|\d)|{_END})"),
        r"\b(?:i|we) (?:wrote|told)\b",
    )),
)  # fmt: skip
_OF_LETTERS = frozenset({Meaning.DONE, Meaning.DELIVERED})  # which cells say in other words
_PARTS = re.compile(r"\b(\d{1,6}) ?(?:/|(?:out )?of) ?(?:the )?(\d{1,6})\b(?![/\d])", re.ASCII)
# What may take back that it is done, wherever it stands.
_LIMITS = re.compile(
    r"\b(?:not|\w+n['’]t|never|no(?! further action)|nor|but|however|yet|"
    r"(?:(?<!came )|(?:it|this) came )back(?! up)|reminders?|old|previous|last one|"
    r"(?:should|would)(?! say)|will|until|once|if|then(?! *(?:$|[.,;]))|wrong\w*|error|stolen|"
    r"vandal\w+|damaged|broken?|bounced|taken down)\b",
    re.IGNORECASE,
)
_M, _S = Meaning, Status
_UNFINISHED: frozenset[_Says] = frozenset({_S.OPEN, _M.NOT_DONE, _M.PARTLY})
_DENIED = _UNFINISHED | {_S.DEFERRED, _M.POSTPONED, _S.NOT_PROCEEDING, _M.DROPPED}
_BEGUN = frozenset({_M.DONE, _M.DELIVERED, _M.STEPS})  # beside them a promise denies nothing
# What words mean that say these things together: the first line they say all of.
_STANDS: tuple[tuple[frozenset[_Says], Status | None], ...] = (
    *((frozenset({one}), _S.DEFERRED) for one in (_S.DEFERRED, _M.POSTPONED)),
    (frozenset({_M.SUPERSEDED}), _S.SUPERSEDED),
    *((frozenset({_S.OPEN, done}), _S.IN_PROGRESS) for done in (_M.DONE, _M.DELIVERED)),
    *((frozenset({_M.DROPPED, more}), _S.IN_PROGRESS) for more in (_M.STEPS, _M.UNDER_WAY)),
    *((frozenset({one}), _S.NOT_PROCEEDING) for one in (_S.NOT_PROCEEDING, _M.DROPPED)),
    *((frozenset({_S.PROPOSED, but}), _S.IN_PROGRESS) for but in _UNFINISHED),
    (frozenset({_S.PROPOSED}), _S.PROPOSED),
    *((frozenset({_S.NO_FOLLOW_UP, done}), _S.PROPOSED) for done in (_M.DONE, _M.DELIVERED)),
    (frozenset({_S.NO_FOLLOW_UP}), _S.NO_FOLLOW_UP),
    (frozenset({_S.OPEN, _M.PARTLY}), _S.IN_PROGRESS),
    (frozenset({_S.OPEN}), _S.OPEN),
    (frozenset({_M.ONGOING}), _S.ONGOING),
    *((frozenset({one}), _S.IN_PROGRESS) for one in (_M.PARTLY, _M.UNDER_WAY)),
    *((frozenset({done, but}), _S.IN_PROGRESS)
      for done in (_M.DONE, _M.DELIVERED, _M.STEPS) for but in (_M.PROMISED, _M.NOT_DONE)),
    *((frozenset({one, _M.UNSURE}), None) for one in (_M.DONE, _M.DELIVERED, _M.PROMISED)),
    *((frozenset({done}), _S.PROPOSED) for done in (_M.DONE, _M.DELIVERED)),
    (frozenset({_M.NOT_DONE}), _S.OPEN),
    *((frozenset({one}), _S.IN_PROGRESS) for one in (_M.PROMISED, _M.STEPS)),
)  # fmt: skip

_ANSWERS = {"true": "yes", "false": "no"}
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)? ?(?:%|per ?cent)(?: \w+)?", re.ASCII | re.IGNORECASE)


class HowFar(NamedTuple):
    """A status or None, whether words ask to close it, and whether they deny that it is done."""

    status: Status | None = None
    closes: bool = False
    denies: bool = False


def of_words(text: str) -> HowFar:
    """Read how far an action is by a response; that it is done is only proposed."""
    if len(text) > LONGEST:
        return HowFar()
    says = said_by(_rules(), text)
    if any(int(some[1]) < int(some[2]) for some in _PARTS.finditer(text)):
        says |= {Meaning.PARTLY}
    status = next((status for needed, status in _STANDS if needed <= says), None)
    closes = Status.PROPOSED in says
    if status is Status.PROPOSED and not closes and _LIMITS.search(text):
        status = None
    promises = Meaning.PROMISED in says and says.isdisjoint(_BEGUN)
    return HowFar(status, closes, promises or not says.isdisjoint(_DENIED))


def of_form(word: str) -> Status | None:
    """Read the word of a form's column, in which “yes” and a tick say that it is done."""
    cell = _ANSWERS.get(fold(word), word).strip()
    status = stated(cell, "achieved")[0] or with_note(cell)[0]
    if status is None and (colour_of(cell, "") or _PERCENT.fullmatch(cell)):
        status = derive(response="", follow_up=cell).status
    status = status or of_words(cell).status
    return Status.PROPOSED if status is Status.COMPLETED else status


@cache
def _rules() -> Rules[_Says]:
    return (*_FIRST, *(rule for rule in RULES if rule[0] not in _OF_LETTERS), *_LAST)
