"""The words that minutes are made of: the sets of the lexicon, and the patterns of whole phrases.

The sets stand in `cpctrack/lexicon.toml` with what each does; they are matched whole and without
case. `docs/minutes.md` shows which to extend for what.
"""

from cpctrack import lexicon
from cpctrack.dates import MONTHS, ORDINALS, WELSH_MONTHS


def one_of(words: frozenset[str] | tuple[str, ...]) -> str:
    """Write words as the inside of a regular expression, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(word.replace(" ", r"\s") for word in ordered) + ")"


ACTION_HEADINGS = lexicon.words("action_headings")
ARROWS = lexicon.words("arrows")
DECISION_HEADINGS = lexicon.words("decision_headings")
RECOMMENDATION_HEADINGS = lexicon.words("recommendation_headings")
HEADING_FILLING = lexicon.words("heading_filling")
PROPOSAL_WORDS = lexicon.words("proposal_words")
EARLIER_WORDS = lexicon.words("earlier_words")
NOT_AN_ITEM = lexicon.words("not_an_item")
RESOLVING = lexicon.words("resolving")
APPOINTING = lexicon.words("appointing")
RECOMMENDING = lexicon.words("recommending")
ASKING = lexicon.words("asking")
RESOLVED_PARTICIPLES = lexicon.words("resolved_participles")
BODY_ONLY_PARTICIPLES = lexicon.words("body_only_participles")
ASKED_PARTICIPLES = lexicon.words("asked_participles")
DOING = lexicon.words("doing")
ALSO_NOUNS = lexicon.words("also_nouns")
PAST = lexicon.words("past")
REPORTING = lexicon.words("reporting")
BODIES = lexicon.words("bodies")
DECIDING = lexicon.words("deciding")
OTHER_BODIES = lexicon.words("other_bodies")
WHO = lexicon.words("who")
IN_POSTS = lexicon.words("in_posts")
THINGS = lexicon.words("things")
DETERMINERS = lexicon.words("determiners")
NOBODY = lexicon.words("nobody")
NOTHING_TO_DO = lexicon.words("nothing_to_do")
UNFINISHED = lexicon.words("unfinished")
EMPTY = UNFINISHED | lexicon.words("empty")
KINDS_OF_BODY = lexicon.words("kinds_of_body")
NOT_INITIALS = frozenset(map(str.upper, lexicon.words("not_initials")))
CONNECTING = lexicon.words("connecting")
RUNNING_WORDS = lexicon.words("running_words")
HYPHENATED = lexicon.words("hyphenated")

# Lines about the vote and the movers, which neither are a decision nor end a list of them.
PROCEDURE = (
    r"(?:move[dr]|second(?:ed|er)|proposed|carried|voting|votes?|division|in favour)\b",
    r"(?:the (?:vote|motion)|motion (?:was )?(?:carried|put)|\(?on being put|declared carried)\b",
    r"(?:on a (?:show|vote)|following (?:a|the) vote)\b", r"unanimous(?:ly)?\W*$",
    r"\(?(?:for|against|abst\w+|note|absent|reference|ref\.?)\s*[:–-]", r"\([^()]{0,400}\)\W*$",
    r"passed\s\d",
    r"(?:\w+\s){1,2}(?:in attendance|present|attending)\W*$", r"cr [\w’' -]{1,40}$",
)  # fmt: skip
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
    r"(?:(?:[a-z]+['’]\s)?meetings?|reports?|sessions?|cycle|committee|newsletter|agenda|council|board|update|round|plenum|agm)"
)
# When something is due; the whole match is kept as printed. Only one that is a date becomes one.
DUE = (
    # by 12 May 2024, no later than Friday, by the end of March
    rf"(?:by|before|erbyn|no\slater\sthan|not\slater\sthan|due(?:\sby|\son)?:?|deadline:?|until)\s(?:the\s)?{_DAY}",
    rf"(?:by|before|until|no\slater\sthan)\s(?:the\s)?(?:end|close|start|beginning|middle)\sof\s(?:the\s|this\s|next\s)?(?:{_MONTH}(?:\s\d{{4}})?|\w+(?:\s(?:term|year|month|week|quarter|\d{{4}}))?)",
    rf"(?:(?:by|before|until|not?\slater\sthan)\s(?:end\s|the\s)?|(?:in|by|before|until|not?\slater\sthan)\s(?:early|mid|late)[-\s]){_MONTH}(?:\s\d{{4}})?",
    r"(?:by|before|no\slater\sthan)\s(?:next\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    r"(?:by|before|in|during)\s(?:the\s|next\s)?(?:spring|summer|autumn|winter|q[1-4]|quarter\s\w+)(?:\sterm)?(?:\s\d{4}(?:/\d{2,4})?)?",
    rf"(?:by|before)\s(?:easter|christmas|the\snew\syear)|during\s{_MONTH}(?:\s\d{{4}})?",
    # in January 2024, where nothing comes behind it
    rf"in\s{_MONTH}\s\d{{4}}(?=\W*$|[;.])",
    # before the framework goes to the Board
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
    # on the July agenda, at the 2025 AGM, in mid August, within the next two weeks, during 2025
    rf"(?:(?:on|for|to)\s)?(?:the\s)?{_MONTH}(?:\s\d{{4}})?\sagenda",
    r"(?:by|before|at|to)\s(?:the\s)?\d{4}\s(?:agm|annual\s\w+)",
    rf"(?:with)?in\s(?:the\s)?next\s{_COUNT}\s{_UNIT}|(?:over|during)\sthe\s(?:next|coming)\s(?:{_COUNT}\s)?{_UNIT}",
    r"as\sa\smatter\sof\surgency|(?:when|as)\s(?:\w+\s)?(?:resources|funds|weather|time)\s(?:permits?|allows?)",
    r"once\s(?!a\b|every\b|again\b|more\b)[^,.;]{3,60}?\s(?:is|are|has|have)\s(?:\w+\s){0,2}?[^\s,.;]+",
    r"(?:in\sadvance\sof|prior\sto|ahead\sof)\s(?:the\s|its\s|their\s)?(?!to\b)[^,.;]{3,40}",
    # to the June meeting, to the meeting on 12 June 2024, in the September report
    rf"(?:by|before|to|at|for|in|within)\s(?:the|its|their)\s{_MONTH}(?:\s\d{{4}})?\s(?:\w+\s){{0,2}}?(?:meeting|report|cycle|committee|council|board|session|agenda)",
    rf"(?:to|at|for|before|by)\s(?:the|its)\s(?:\w+\s){{0,2}}?(?:meeting|committee|council|board)\s(?:(?:to\sbe\s)?held\s)?(?:on|of|in)\s(?:{_DAY}|{_MONTH}(?:\s\d{{4}})?)",
    r"(?:on|at)\sa(?:n)?\s(?:termly|monthly|quarterly|weekly|annual|yearly|six[-\s]monthly|regular)\sbasis",
    r"during\s(?:19|20)\d\d|tomorrow",
    r"(?:asap|immediately|going\sforward|forthwith|without\sdelay|in\sdue\scourse)",
    rf"(?:later|earlier|early|late)\sin\s(?:the\s(?:year|municipal\syear|month)|{_MONTH}|\d{{4}})",
    r"(?:this|next)\s(?:week|month|year|term|quarter|municipal\syear|financial\syear|summer|autumn|spring|winter)",
)
PLANNED = lexicon.words("planned")
# "in March 2025" is when something is due only where something is brought then.
DUE_IF_BROUGHT = (rf"in\s{_MONTH}(?:\s\d{{4}})?", rf"on\s{_DAY}")
BROUGHT = (
    r"report\sback|reported\sback|brought|bring|present(?:ed)?|submit(?:ted)?|come\sback|return|update"
    r"|provided?|receive|report"
)
