"""To whom an action was referred: one cell to names."""

import re
from enum import Enum, auto

from cpctrack.records.owners import NOBODY, NOT_APPLICABLE
from cpctrack.text import fold

_LONGEST = 1000  # characters of a cell that may be names; more is a text
_MOST = 50  # marks between them


class _Kind(Enum):
    """What a piece of a cell reads like; only `OTHER` can't stand by itself in a list."""

    INITIALS = auto()
    NAME = auto()
    PERSON = auto()  # a name with its post
    POST = auto()
    OTHER = auto()  # a service, or a piece of a post


# What a post ends in that says nothing without the words before it.
_SHARED_END = (
    "officers?|managers?|leads?|co-?ordinators?|nurses?|teams?|workers?|leaders?|partners?|"
    "advis[eo]rs?|administrators?|inspectors?|engineers?|planners?|assistants?|champions?"
)
_POSTS = re.compile(
    rf"\b(?:{_SHARED_END}|directors?|heads?|chair(?:man|person|s)?|clerks?|councillors?|cllrs?|"
    r"members?|executives?|solicitors?|secretar(?:y|ies)|chief|trustees?|governors?|treasurers?|"
    r"mayors?|wardens?|accountants?|auditors?|head ?teachers?|all|DSO|C[EFO]O|DCS|RFO|"
    r"cadeirydd|clerc|cyfarwyddwr|pennaeth|rheolwr|swyddog(?:ion)?|aelod(?:au)?|arweinydd|"
    r"cynghorwyr|prif weithredwr|t[iî]m)\b(?!['’]s)",
    re.IGNORECASE,
)
# Words that no person is called by: what is left is a service, and half a post's name.
_NO_NAMES = re.compile(
    r"\b(?:services?|adoption|fostering|adults?|children\S*|care|health|education|committee|"
    r"council|board|group|housing|finance|schools?|social|young|people|support|performance|"
    r"quality|virtual|participation|communit(?:y|ies)|safeguarding|planning|placements?|public|"
    r"policy|legal|democratic|governance|corporate|transport|highways?|traffic|roads?|waste|"
    r"parks|spaces|leisure|culture|librar(?:y|ies)|estates?|property|assets?|revenues?|benefits|"
    r"audit|risk|digital|technology|customer|communications?|environment(?:al)?|economic|economy|"
    r"development|regeneration|building|control|licensing|procurement|commissioning|fire|safety|"
    r"training|resources|workforce|nursing|trust|department|directorate|unit|panel|cabinet)\b",
    re.IGNORECASE,
)
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev|Cllr|Councillor|Y Cyng|Cyng)"
_PARTICLE = r"(?:de|da|di|van|von|der|den|la|le|bin|al|ap|ab|ferch)"
_NAME = re.compile(
    rf"(?:{_TITLE}\.? )?[^\W\d_a-z][\w'’.-]*(?: {_PARTICLE})*(?: [^\W\d_a-z][\w'’.-]*){{1,3}}"
)
_TITLED_NAME = re.compile(rf"{_TITLE}\.? [^\W\d_a-z][\w'’.-]*(?: [^\W\d_a-z][\w'’.-]*){{0,2}}")
# “KD”, “K.D.”, “DoSCE”, “NED-WT”: capitals first and last, and never many small letters between.
_INITIALS = re.compile(
    r"[A-Z](?:[a-z]{0,2}[A-Z]){1,5}x?(?:-[A-Z]{1,4})?|[A-Z]|(?:[A-Z]\.){2,4}|[A-Z][a-z]?\.[A-Z]"
)
_SERVICES = frozenset({"HR", "IT", "ICT", "OD", "PR", "NHS", "ALL", "THE", "AND"})
_ROW_OF_INITIALS = re.compile(r"(?!IT|HR|PR)[A-Z]{2}(?: [A-Z]{2})+")

_POST_BEHIND_NAME = re.compile(r" [-–—] .+| ?\(.+\) ?| ?\[.+\] ?|, .+")
_BODY = re.compile(
    r"\b(?:services?|teams?|department|directorate|unit|committee|council|board)\b", re.IGNORECASE
)
_RANK = "chief|deputy|vice|assistant|senior|principal|lead|executive|interim|acting|town|parish"
_SHARED_POST = re.compile(rf"(?!(?:{_RANK})\b)\S.* (?:{_SHARED_END})", re.IGNORECASE)
_WHOLE_POST = re.compile(
    rf"(?:vice[ -])?(?:clerk|chair\w*|mayor|treasurer)|(?:head|director|lead) (?:of|for) .+|"
    rf"\S.* (?:{_SHARED_END}|clerk|director|executive|treasurer|secretary)",
    re.IGNORECASE,
)
_POST_OF = re.compile(r"\b(?:of|for)\b", re.IGNORECASE)
_OF_MEMBERS = re.compile(r"\b(?:leader|chair\w*|mayor|member|holder)\b", re.IGNORECASE)
# An office that falls to somebody who holds another: “the Clerk and RFO” is one.
_OFFICE = re.compile(
    r"RFO|Responsible Financ\w+ Officer|(?:S|s|Section )\.? ?151 Officer|Monitoring Officer|"
    r"Proper Officer|(?:Acting )?Returning Officer"
)
_IN_THE_NAME_OF = re.compile(
    r"\bon behalf of\b|\bin (?:consultation|liaison) with\b", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"(?P<the>(?:,|,? (?i:and|with)| &) (?i:the) | a['’]r )"
    r"|(?P<and>,? (?i:and/or|and|(?:(?:together|along|jointly) )?with|plus) | ac? | \+ | ?& ?)"
    r"|(?P<comma> ?, ?)|(?P<slash>\s?/\s?)|(?P<line>\n)"
)
_ONE_WORD = re.compile(r"\W*(?:\d+/\d+|[nw]/[ac]|c/o|\w+/\(?(?:s|es|she|her)\)?)\W*", re.ASCII)
_THE = re.compile("^the ", re.IGNORECASE)
_PARTS_AFTER = re.compile(r"(\bfor [a-z ]+?|\]) (?=[A-Z][\w. ]* (?:for [a-z]|\[))")
# What of it is theirs: “A [audits]”, “B – practice”, “A for audit”.
_SHARE = re.compile(r"(?P<name>.+?)(?: ?\[[^\]]*\]| [-–—] [a-z].*| for [a-z].*| \([a-z][^()]*\))")
_COUNCILLORS = re.compile(r"(?P<title>Cllr|Councillor)s\.? (?P<names>[^\W\d_a-z].*)")


def split_owners(cell: str) -> tuple[str, ...]:
    """Split a “Referred to” cell into its owners, each as printed; “N/A” names none.

    ``A; B`` always holds two, and ``A/B`` does unless the slash stands within a word or a post:
    “Health and Safety/Fire Officer”. ``A and B``, ``A with B``, ``A, B`` and lines hold two where
    both are initials, names or posts: “Fostering & Adoption” is one service, “Ann Bell, Head of
    Homes” one person. “A on behalf of B” is one owner.
    """
    if fold(cell) in NOBODY:
        return ()
    lines = "\n".join(filter(None, (_one_line(line) for line in cell.splitlines())))
    if len(lines) <= _LONGEST:
        lines = _PARTS_AFTER.sub(r"\1; ", lines)
    return tuple(
        dict.fromkeys(owner for part in lines.split(";") for owner in _split(part.strip()))
    )


def is_not_applicable(cell: str) -> bool:
    """Tell whether a cell says that nobody has to act."""
    return fold(cell) in NOT_APPLICABLE


def is_person(owner: str) -> bool:
    """Tell whether an owner reads like a person's name, not like a post or a body."""
    return _kind(_one_line(owner)) in (_Kind.NAME, _Kind.PERSON)


def is_owner(text: str) -> bool:
    """Tell whether a text reads like a person's name or a post, and no more."""
    return _kind(_one_line(text)) in (_Kind.NAME, _Kind.PERSON, _Kind.POST)


def _split(part: str) -> list[str]:
    marks = list(_BETWEEN.finditer(part)) if len(part) <= _LONGEST else []
    if len(part) > _LONGEST or len(marks) > _MOST or _IN_THE_NAME_OF.search(part):
        return [_one_line(part)]
    if councillors := _councillors(part):
        return councillors
    pieces, start = [], 0
    ends = [*(mark.start() for mark in marks), len(part)]
    for mark, end in zip(marks, ends[1:], strict=True):
        left, right = part[start : mark.start()], part[mark.end() : end]
        if _are_two(_one_line(left.replace("\n", ", ")), mark, _one_line(right)):
            pieces.append(left)
            start = mark.end()
    pieces = [one for piece in (*pieces, part[start:]) if (one := _one_line(piece))]
    if len(pieces) > 1:
        pieces = [_THE.sub("", piece) for piece in pieces]
    return [owner for piece in pieces for owner in _row_of_initials(_without_share(piece))]


def _councillors(part: str) -> list[str]:
    """Give each of “Cllrs Mott and Denham” with the title."""
    match = _COUNCILLORS.fullmatch(part)
    if not match:
        return []
    names = [f"{match['title']} {name}" for name in _BETWEEN.sub(";", match["names"]).split(";")]
    return names if all(_TITLED_NAME.fullmatch(name) for name in names) else []


def _without_share(owner: str) -> str:
    match = _SHARE.fullmatch(owner)
    if not match or _POSTS.search(owner) or _kind(match["name"]) is _Kind.OTHER:
        return owner
    return match["name"]


def _row_of_initials(piece: str) -> list[str]:
    return piece.split() if _ROW_OF_INITIALS.fullmatch(piece) else [piece]


def _kind(text: str) -> _Kind:
    text = _THE.sub("", text)
    name = _POST_BEHIND_NAME.sub("", text)
    titled = _TITLED_NAME.fullmatch(name)
    if _POSTS.search(name) and not titled:
        return _Kind.POST
    if _INITIALS.fullmatch(name) and name not in _SERVICES:
        return _Kind.INITIALS
    if titled or (_NAME.fullmatch(name) and not _NO_NAMES.search(name)):
        return _Kind.NAME if name == text else _Kind.PERSON
    return _Kind.OTHER


def _are_two(left: str, mark: re.Match[str], right: str) -> bool:
    if not left or not right:
        return True
    kinds = _kind(left), _kind(right)
    if min(len(left), len(right)) == 1:  # “A/B”, but not “A/Head of Homes”, nor “Q&A”
        return set(kinds) == {_Kind.INITIALS} and mark[0] != "&"
    if mark["slash"]:
        return _slash_parts(left, mark, right, kinds)
    return _Kind.OTHER not in kinds and bool(mark["the"] or _list_parts(left, mark, right, kinds))


def _list_parts(left: str, mark: re.Match[str], right: str, kinds: tuple[_Kind, _Kind]) -> bool:
    match kinds:
        case (_Kind.POST, _Kind.POST):
            return _are_two_posts(left, mark, right)
        case (_Kind.INITIALS, _Kind.POST):
            return bool(mark["and"]) or " " not in right
        case (_Kind.NAME, _Kind.POST):
            return bool(mark["and"])
        case (_Kind.POST, _Kind.NAME):
            titled = _TITLED_NAME.fullmatch(right) is not None
            if mark["and"]:
                return titled or not _POST_OF.search(left)
            return "," in left or (titled and not _OF_MEMBERS.search(left))
        case _:
            return True


def _are_two_posts(left: str, mark: re.Match[str], right: str) -> bool:
    if mark["line"]:  # which may be where the cell was too narrow
        return bool(_WHOLE_POST.fullmatch(left) and _WHOLE_POST.fullmatch(right))
    if mark["comma"]:
        return not _OFFICE.fullmatch(right) and not right.casefold().endswith("team")
    ends_both = _POST_OF.search(left) and _SHARED_POST.fullmatch(right)
    return not _OFFICE.fullmatch(right) and not ends_both


def _slash_parts(left: str, mark: re.Match[str], right: str, kinds: tuple[_Kind, _Kind]) -> bool:
    spaced = mark[0] != "/"
    if not spaced and _ONE_WORD.fullmatch(
        f"{left.rsplit(maxsplit=1)[-1]}/{right.split(maxsplit=1)[0]}"
    ):
        return False
    match kinds:
        case (_Kind.OTHER, _Kind.POST):  # “Housing/Homelessness Manager”
            return bool(_BODY.search(left)) or not _SHARED_POST.fullmatch(right)
        case (_Kind.POST, _Kind.OTHER):  # “Director of Children/Adults Services”
            return spaced or not _POST_OF.search(left)
        case _:
            return True


def _one_line(text: str) -> str:
    return " ".join(text.split())
