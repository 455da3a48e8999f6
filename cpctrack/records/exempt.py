"""What a text says about being kept from the public, in the words that councils use.

The Local Government Act 1972, Schedule 12A (in Scotland the Act of 1973, Schedule 7A) lets a
committee exclude the public. Minutes and tables then say so in a heading, in a resolution, or
beside an item. What may say so and may not is a doubt, and in doubt business is exempt.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cpctrack.records.model import Record, may_be_exemption
from cpctrack.text import shorten

_WIDTH = 60
_FIELD = "exempt_paragraph"

_SECRET = r"(?:exempt|confidential|private|restricted|eithriedig|cyfrinachol)"
_NOUN = (
    r"(?:items?|sessions?|business|minutes?|reports?|append(?:ix|ices)|annex(?:es)?|agenda|part"
    r"|matters?|papers?|section|discussions?|enclosures?|documents?)\b"
)
_SECRETS = rf"{_SECRET}(?:\s?(?:/|&|,|and|or)\s?{_SECRET}){{0,3}}"
_PART_2 = r"part\s?(?:2|ii|two)\b"
_PART = r"part\s?(?:2|ii|two|b)\b"
_OTHER_PUBLIC = (
    r"(?!\s(?:care|health|sector|transport|bod|service|hous|law|interest|holiday|realm|space))"
)
_ONE_PUBLIC = rf"(?:members\sof\s)?(?:the\s)?(?:press|public|media)\b{_OTHER_PUBLIC}"
_PUBLIC = rf"{_ONE_PUBLIC}(?:,?\s?(?:and|or|&|/|,)\s?{_ONE_PUBLIC}){{0,3}}"
_LAW = r"(?:schedule|sch\.?|atodlen)\s?(?:12a|7a)\b|\b(?:section|s\.?)\s?(?:100a|50a)\b"
_FLAGS = re.ASCII | re.IGNORECASE  # without ASCII they take thrice as long to compile

_HINT = re.compile(
    r"exempt|exclu|publi|confid|privat|restrict|closed|executive|\bpart\s?[12ab\sito]|12a|100a|7a|50a"
    r"|pink|session|into\scommittee|camera|eithri|cyfrin|gwahar|gyhoeddi",
    _FLAGS,
)
_PARAGRAPHS = (
    r"\b(?:para(?:graph)?s?\.?|categor(?:y|ies))\s?(?:\(s\)|\(ies\))?\s?(?:nos?\.?\s?|numbers?\s)?"
    r"(?P<named>\d{1,2}(?![\d/]|\.\d)[a-z]?\b(?:\s?(?:,\sand|,|and|&|or|to|-|–)\s?(?:paragraph\s)?"
    r"\d{1,2}(?![\d/]|\.\d)[a-z]?\b)*)"
)
_ITEMS = (
    r"\b(?:items?|minutes?)\s(?:nos?\.?\s?|numbers?\s)?"
    r"(\d{1,3}\b(?:\s?(?:,\sand|,|and|&|to|-|–)\s?\d{1,3}\b)*)"
)
_BROKEN = r"(?<=[a-z])- (?=[a-z])"  # a word at the end of a line
_IS_PARAGRAPH = r"\d{1,2}[a-z]?\b(?!\s?[.)]\s?\w)"  # “3. STAFFING” is an item
_RANGE = r"(\d+)\s?(?:to|-|–)\s?(\d+)"
_AND_MORE = r"\b(?:remain|rest|onward|thereafter|subsequent)"

# --- that the public is out, and that it is not

_EXCLUDED = (
    rf"\b{_PUBLIC}(?:\s\([^)]*\)|,[^,.;]{{0,60}},|\s(?:and|or)\s[\w\s]{{3,30}}?)?"
    r"\s(?:is|are|be|was|were|been|being)\s(?:(?:now|therefore|hereby|also|then)\s)?"
    r"(?:excluded|(?:asked|requested|required|invited)\sto\s(?:leave|withdraw))"
    rf"|\b(?:mov\w+|went|go(?:es|ing)?|adjourn\w*|conven\w+|recess\w*|enter\w*|resolv\w+|continu\w+"
    rf"|met|sat)\s(?:\w+\s){{0,3}}?in(?:to)?\s(?:a\s)?(?:closed|executive|{_SECRET})\s(?:session|business)"
    rf"|\bmeeting\s(?:was|is)\s(?:then\s|now\s)?closed\sto\s{_PUBLIC}"
    rf"|\bpress\sand\s(?:the\s)?public\s(?:then\s)?(?:left|withdrew)|\b{_PUBLIC}\sexcluded"
    rf"|\b{_PUBLIC}\s(?:then\s|having\s)?(?:left|withdrew)\b[^.;]{{0,80}}\b(?:{_SECRET}|staffing|in\sconfidence)"
    r"|^\W*(?:the\s)?(?:press\sand\s(?:the\s)?)?public\s(?:then\s)?(?:left|withdrew)\W*$"
    rf"|\bask(?:ed|s)\s{_PUBLIC}\sto\s(?:leave|withdraw)"
    rf"|\b(?:go|goes|went|mov\w+)\s(?:on\s)?(?:in)?to\s{_PART_2}"
    rf"|(?:\bthat|,)\s{_PUBLIC}\s(?:do\s|now\s)?(?:leave|withdraw)\b"
    r"|\bpublic\sgallery\s(?:was\s)?cleared|\bin\scamera\b"
    r"|\b(?:go|goes|went|resolv\w+)\s(?:\w+\s){0,2}into\scommittee\b"
)
_EXCLUSION = (
    rf"\bexclu(?:de|des|ded|ding|sion)\s(?:of\s)?{_PUBLIC}"
    r"|\bgwahar\w+\s(?:(?:y|r|’r|'r)\s)?(?:wasg|cyhoedd)\b"
)
_DECIDED = (
    rf"\b(?:resolved|agreed|carried|approved|seconded|voted|penderfyn\w+|gwaharddwyd)\b|{_LAW}"
)
# Of an earlier meeting, and so perhaps not of this one.
_EARLIER = r"\bhad\sbeen\b|\b(?:last|previous|earlier)\smeeting\b"
_DENIED = (
    r"\b(?:not|without|never|no\s(?:need|reason|requirement|motion|resolution|grounds?))\b"
    rf"[^.;:]{{0,40}}?\bexclu\w+(?:\s(?:of\s)?{_PUBLIC})?"
    rf"|\bexclu\w+[^.;]{{0,60}}?\b(?:was|were|is|are)\s(?:not|un)\s?(?:necessary|required|needed)"
    rf"|\b(?:no|not)\s(?:other\s|further\s)?(?:{_SECRETS}|closed|{_PART})(?:\s{_NOUN}|\sinformation)?"
    rf"|\bno\s{_NOUN}[^.;]{{0,60}}\b(?:exclu|{_SECRET})\w*(?:\s(?:of\s)?{_PUBLIC})?"
)
_NONE = (
    r"^\W*(?:(?:there\s(?:was|were)\s)?(?:none|no\s(?:such|items?|matters|business|reports)|nothing"
    r"|nil)\b|n/?a\b|not\s(?:applicable|required|needed|necessary))|^.{0,80}\b(?:remain|stay|continu|held)\w*\s(?:wholly\s|open\s)?(?:in|to)\s"
    r"(?:the\s)?(?:public|open)\b"
)
_AGAIN = (
    rf"\b{_PUBLIC}[^.;]{{0,40}}\b(?:re-?\s?(?:admitted|admission|entered|joined)|returned|(?:invited"
    r"|allowed|welcomed|came)\s(?:back|to\s(?:return|rejoin)))"
    rf"|\bre-?\s?admi(?:t|tt\w+|ssion)\s(?:of\s)?{_PUBLIC}"
    r"|\b(?:return|reconven|resum|revert|re-?open|mov\w+\sback|went\sback)\w*\s(?:(?:in|to|into|the|an?)\s)*"
    r"(?:open|public)\s(?:session|part|business)"
    r"|\b(?:meeting|committee|board|council)\s(?:(?:was|then|now)\s)*(?:re-?opened|reconvened|resumed"
    r"|returned)\s(?:(?:to|in|into)\s)(?:the\s)?(?:public|open)\b"
    rf"|\b(?:came|coming)\sout\sof\s(?:the\s)?(?:closed|{_SECRET})"
    rf"|\bend\sof\s(?:the\s)?(?:closed|{_SECRETS}|{_PART})"
    rf"|\b(?:closed|{_SECRET}|{_PART})\s(?:session|part|business)\s(?:was\s)?(?:ended|closed|concluded)"
)
_NOT_YET = (
    r"\b(?:not|never|until|before|prior|unless|when|if|would|will|later|lost|fell|defeated"
    r"|rejected)\b"
)
_MOVED = r"\b(?:propos|move[ds]?\b|motion)"
_PUBLIC_TITLE = (
    rf"^\W*(?:part\s?(?:1|i|one|a)\b(?!\sof\b)|public\W*$|(?:open|public)\s(?:part|{_NOUN}))"
)

# --- that something is not for the public

_NOT_FOR_PUBLIC = (
    r"\bnid\si['’]w\s(?:gyhoeddi|chyhoeddi)|"
    r"\bnot\s(?:for\s(?:(?:the\s)?public(?:ation)?|disclosure)|to\sbe\s(?:publish|disclos|made\spublic)\w*)\b"
    r"|\bexempt\b[\s,–—-]{1,3}(?:under|by\svirtue|pursuant|within\sthe\smeaning|as\sdefined"
    r"|from\s(?:publication|disclosure)|in\s(?:accordance|terms)|(?:information\b.{0,40})?para\w*\s\d)"
    rf"|{_LAW}"
)
_BRACKET = (
    r"[(\[]\s?(?:contains?\s|containing\s)?(?:{})(?=\s?[)\]:;,/&–—-]"
    rf"|\s(?:and|under|by|as|para|not|pursuant|information|{_NOUN}))[^)\]]*[)\]]?"
)
_BETWEEN = r"(?:^\W*|\s[-–—]\s|[–—:|]\s?){}(?=\s*(?:$|[:(|,;/.\]–—]|\s-))"
_DIVIDES = (
    rf"^\W*{_PART_2}(?!\sof\b)(?=\W*(?:$|(?:agenda\s)?{_NOUN}|{_SECRET}|closed|not\s|{_PUBLIC}))"
    rf"|^\W*{_PART}(?!\sof\b)(?=.*\b(?:{_SECRET}|closed|not\sfor|exclu\w*))"
    r"|^\W*eitem(?:au)?\s(?:eithriedig|cyfrinachol)"
    rf"|^\W*(?:{_SECRETS}|closed)\s(?:items|sessions?|business|minutes|part|section|agenda)\b"
)
_PART_TITLE = rf"^\W*{_PART}\W+(?:{_SECRET}|closed|not\s|{_PUBLIC})"
_TITLE = (
    rf"{_NOT_FOR_PUBLIC}|{_BRACKET.format(f'{_SECRET}|{_PART_2}')}|\b{_SECRETS}\s{_NOUN}"
    rf"|\bexempt\sinformation|{_BETWEEN.format(_SECRET)}|\b{_PART_2}\s{_NOUN}|\bclosed\ssession"
)
_PERHAPS_TITLE = (
    rf"^\W*{_PART}(?!\sof\b)|^\W*confidential\b(?=.*\b{_NOUN}\W*$)|\b(?:eithriedig|cyfrinachol)\b|[-–—,]\s?{_PART_2}\W*$|\b(?-i:CONFIDENTIAL|RESTRICTED)\W*$"
    r"|\b(?:considered|discussed|taken|held|dealt\swith)\sin\s(?:private|confidence)\b"
    r"|^\W*pink\spapers?\W*$|(?<![-‐‑])(?<!tax\s)(?<!vat\s)(?<!duty\s)\bexempt\b(?!\s(?:accomm|hous|from|status|provi|categ"
    r"|vehic|propert|dwell|charit|income|suppl|compan|landlord|tenan|student|person|work))"
)
_WORDS = (
    r"\bthis\s(?:item|matter)\s(?:was|is)\s(?:\w+\s)?(?:considered|discussed|taken|held|dealt\swith)"
    rf"\sin\s(?:private|confidence)\b|{_NOT_FOR_PUBLIC}|{_BRACKET.format('exempt')}|^\W*(?:exempt|confidential|{_PART})\s?[:–—-]\s"
    r"|\s[-–—]\s?exempt\W*$|^\W*(?:exempt|confidential)\W*$"
)
_PERHAPS_WORDS = (
    rf"\bexempt\s(?:information\b|{_NOUN})|\b{_PART_2}\s{_NOUN}|\bclosed\ssession"
    rf"|\bconfidential\s(?:items?|sessions?|minutes|business|append)|[(\[]\s?{_PART_2}\s?[)\]]"
    rf"|\b{_NOUN}\s(?:that\sfollows?\s|below\s)?(?:is|are|was|were|be|being|as|remains?)\s(?:\w+\s)?(?:exempt|confidential)\b"
    r"|\b(?:item|matter|report|business)s?\s.{0,40}\b(?:considered|discussed|taken|held|dealt\swith)\sin\s(?:private|confidence)"
)
_MARK = (
    rf"(?:{_SECRET}|preifat|(?:not|non)[\s-]public|in\s(?:strict(?:est)?\s)?(?:confidence|private)"
    r"|commercial(?:ly)?[\s-](?:in[\s-])?(?:sensitive|confidence|confidential)|official|sensitive"
    r"|not\sfor\s(?:circulation|release|sharing)|embargoed|schedule\s12a"
    r"|(?:part|pt\.?)\s?(?:2|ii|two|b))"
)
# A cell that says nothing else. “Official” and “sensitive” say it only together.
_MARKS = (
    rf"\W*(?!official\W*$|sensitive\W*$)(?:strictly\s)?{_MARK}(?:[\s/&,:;.()–—-]+(?:and\s)?{_MARK})*"
    rf"(?:\s{_NOUN})?(?:\s\d{{1,4}})?\W*"
)
_POINTS_BACK = (
    r"\b(?:above|preceding|foregoing)\b|\b(?:the|this|these|all)\s(?:of\s)?(?:the\s)?"
    r"(?:whole\s)?(?:table|log|schedule|tracker|list|actions|items|entries|rows|document)\b"
)
_POINTS_ON = r"\b(?:below|following|next|overleaf)\b"
_IS_SECRET = (
    rf"\b(?:is|are|be|as|was|were|remains?|in)\s(?:\w+\s){{0,2}}?(?:{_SECRET}|confidence|{_PART_2})\b"
    r"(?!\s(?:sector|hous|rent|landlord|tenan|foster|compan|from))"
)
# What the cells of a column answer: “Public?” – “No”, “Part” – “2”.
_ASKS_PUBLIC = (
    r"\W*(?:is\s(?:it|this)\s)?(?:(?:in|for|ok\sto|can\sbe|may\sbe)\s)?(?:the\s)?(?:public|publish(?:able)?"
    rf"|publication|open\sto\s(?:the\s)?public|made\spublic)(?:\s{_NOUN})?\W*(?:y(?:es)?\W+no?\W*)?"
)
_SAYS_NO = r"\W*(?:(?:no|n|not|false|0|nage)(?![\w/])|[✗✘❌])"
_ASKS_PART = (
    r"\W*(?:(?:agenda|meeting|minutes?)\s)?part(?:\s(?:of\s(?:the\s)?)?(?:agenda|meeting|minutes|no|number))?"
    r"\W*(?:(?:1|i|a)\W+(?:or\W+)?(?:2|ii|b)\W*)?"
)
_SAYS_PART_2 = r"\W*(?:2|ii|two|b)\b"
_LONGEST_MARK = 80
_LEGAL_WORDS = """
    part parts item items agenda business press public private exempt confidential restricted
    closed session sessions information paragraph paragraphs para category schedule section local
    government access act under virtue publication disclosure following remainder meeting minutes
    report reports appendix appendices matters papers exclusion exclusions excluded excluding
    pink green blue yellow sheets eitem eitemau eithriedig cyfrinachol
    exclude members media with from this that these those contains containing defined pursuant
    amended only being likely first second two ii the and for not of by in is to or as it are an
"""
_LEGAL = frozenset(_LEGAL_WORDS.split())


class Says(NamedTuple):
    """That something is exempt: the words that say so, and the paragraph where they name it."""

    words: str
    paragraph: str = ""
    doubt: bool = False
    divides: bool = False  # it begins a part of the document, which ends where the public is back
    alone: bool = False  # the text says nothing else, or says so before all else
    items: frozenset[str] = (
        frozenset()
    )  # the numbers of the items it speaks of, where it names them

    @property
    def kept(self) -> str:
        """What a record keeps as its paragraph: that, or else the words themselves."""
        return self.paragraph or shorten(self.words, _WIDTH)

    @property
    def why(self) -> str:
        """The doubt in a sentence, or nothing."""
        said = f"“{shorten(self.words, _WIDTH)}” may say that it is exempt"
        return f"{said}; it is kept from the public until somebody looks" if self.doubt else ""


def is_paragraph(kept: str) -> bool:
    """Tell whether what a record keeps names a paragraph: “3”, “1 and 2”; else it is words."""
    return re.match(_IS_PARAGRAPH, kept, _FLAGS) is not None


def in_title(text: str) -> Says | None:
    """Read a heading, an agenda item, or a line that stands alone."""
    return _read(text, _TITLE, _PERHAPS_TITLE, title=True)


def in_words(text: str) -> Says | None:
    """Read running text, such as an action, a response or a paragraph of minutes."""
    return _read(text, _WORDS, _PERHAPS_WORDS, title=False)


def of_texts(item: str, texts: Iterable[str]) -> Says | None:
    """Say whether an action is exempt by its agenda item or its own words."""
    return strongest([in_title(item), _as_mark(item), *map(_in_cell, texts)])


def in_column(heading: str, cell: str) -> Says | None:
    """Read a cell whose heading asks whether something is public, or in which part of an agenda."""
    answers = ((_ASKS_PUBLIC, _SAYS_NO), (_ASKS_PART, _SAYS_PART_2))
    if len(heading) > _LONGEST_MARK or not any(
        re.fullmatch(asks, heading, _FLAGS) and re.match(says, cell, _FLAGS)
        for asks, says in answers
    ):
        return None
    return Says(f"{heading}: {cell}", doubt=True, alone=True)


def of_above(text: str) -> Says | None:
    """Say what a sentence says of what stands above it, which may be of some of it only."""
    if not (_HINT.search(text) and _find(_POINTS_BACK, text)) or denied(text):
        return None
    if _find(_POINTS_ON, text) and "above" not in text.casefold():
        return None
    says = in_words(text) or in_title(text)
    if says is None and (match := _find(_IS_SECRET, text)):
        says = Says(match[0])
    return says and says._replace(doubt=True)


def _in_cell(text: str) -> Says | None:
    return in_words(text) or _as_mark(text)


def _as_mark(text: str) -> Says | None:
    """Read a text that says nothing but “Private and confidential” or the like."""
    if len(text) > _LONGEST_MARK or not text.strip():
        return None
    named = _find(_PARAGRAPHS, text)
    alone = re.fullmatch(_MARKS, re.sub(_PARAGRAPHS, " ", text, flags=_FLAGS), _FLAGS)
    return Says(text, named["named"] if named else "", True, alone=True) if alone else None


def strongest(found: Iterable[Says | None]) -> Says | None:
    """Join what several places say: what is certain first, and the first paragraph named."""
    said = sorted(filter(None, found), key=lambda one: one.doubt)
    if not said:
        return None
    named = next((one.paragraph for one in said if one.paragraph), "")
    return said[0]._replace(paragraph=said[0].paragraph or named)


def denied(text: str) -> bool:
    """Tell whether a text says that nothing is exempt, or that the public stayed."""
    return bool(_find(_DENIED, text) or _find(_NONE, text))


def public_again(text: str, *, title: bool) -> int:
    """Give where a text says that the public part begins (again), or -1."""
    if not _HINT.search(text):
        return -1
    text = " ".join(text.split())
    if title and _find(_PUBLIC_TITLE, text) and not in_title(text):
        return 0
    match = _find(_AGAIN, text)
    if match is None or _find(_NOT_YET, text[max(0, match.start() - 30) : match.end() + 40]):
        return -1
    only_moved = _find(_MOVED, text[: match.start()]) and not _find(_DECIDED, text)
    return -1 if only_moved else match.start()


def divides(text: str, *, heading: bool = False) -> bool:
    """Tell whether a line is a title of what follows: that it is exempt, or public again.

    A heading of the document is one where any of its words may say so.
    """
    says = in_title(text)
    return public_again(text, title=True) == 0 or (says is not None and (heading or says.alone))


def of_part(text: str, before: Says | None, *, heading: bool = False) -> Says | None:
    """Say what follows a line between others, behind a part that is exempt or not."""
    if public_again(text, title=True) >= 0:
        return None
    says = in_title(text)
    if says and (says.alone or says.divides):
        return says
    return says._replace(doubt=True) if says and heading else before


def of_pages(margins: Iterable[str]) -> Says | None:
    """Say what the head and the foot of pages leave in doubt: they may be of some pages only."""
    says = strongest(map(in_title, margins))
    return says and says._replace(doubt=True)


def decided_public(record: Record) -> bool:
    """Tell whether a person has said that a record is public, and no text says otherwise since."""
    for change in reversed(record.history):
        if change.what == _FIELD:
            return not change.after and change.via != "import"
        if (in_title if change.what == "item" else _in_cell)(str(change.after)):
            return False
    return False


def is_withheld(record: Record | None) -> bool:
    """Tell whether what was once printed of a record must not be shown to the public.

    So it is where the record is exempt, or may be: where a merge left that open, and where there
    is none: it can't be read, or is gone, perhaps to a private store.
    """
    return (
        record is None
        or record.exempt
        or any(not clash.field or may_be_exemption(clash.field) for clash in record.conflicts)
    )


def unsaid(record: Record) -> Says | None:
    """Say why a public record should be exempt, unless a person has decided that it is public."""
    found = None if record.exempt else of_texts(record.item, texts_of(record))
    return None if found and decided_public(record) else found


def texts_of(record: Record) -> tuple[str, ...]:
    """Give the texts of a record that may say that it is exempt, besides its item."""
    texts = (record.action, record.recommendation, record.response, record.follow_up)
    return (*texts, record.due_text, *record.printed.values())


def _find(pattern: str, text: str) -> re.Match[str] | None:
    """Search for a pattern, which is compiled when it is first looked for: few texts need it."""
    return re.search(pattern, text, _FLAGS)


def _read(text: str, certain: str, perhaps: str, *, title: bool) -> Says | None:
    if not _HINT.search(text):
        return None
    text = re.sub(_BROKEN, "", " ".join(text.split()))
    text = re.sub(_DENIED, " ", text, flags=_FLAGS)
    paragraph = named["named"] if (named := _find(_PARAGRAPHS, text)) else ""
    said = _find(_EXCLUDED, text)
    if match := said or _find(_EXCLUSION, text):
        undecided = bool(_find(_EARLIER, text)) or not (said or _find(_DECIDED, text))
        of_one = text[: match.start()].endswith(("(", "["))
        return Says(match[0], paragraph, undecided, divides=not of_one, items=_items(text))
    divides = _find(_DIVIDES, text) if title else None
    found = _find(certain, text)
    doubt = _find(perhaps, text) if not (divides or found) else None
    if not (match := divides or found or doubt):
        return None
    nothing_else = title and not set(re.findall(r"[a-z]{2,}", text.casefold())) - _LEGAL
    alone = nothing_else or (not title and found is not None and found.start() == 0)
    words = text if divides or nothing_else else match[0].strip(" -–—:|")
    part = (divides and (alone or _find(_PART_TITLE, text))) or (doubt and alone)
    return Says(words, paragraph, doubt is not None, bool(part), alone)


def _items(text: str) -> frozenset[str]:
    """Give the numbers of the items that are named; none where others are meant with them."""
    if _find(_AND_MORE, text):
        return frozenset()
    named = " , ".join(re.findall(_ITEMS, text, _FLAGS))
    ranges = [(int(first), int(last)) for first, last in re.findall(_RANGE, named, _FLAGS)]
    numbers = {str(number) for first, last in ranges for number in range(first, last)}
    return frozenset(numbers | set(re.findall(r"\d+", named)))
