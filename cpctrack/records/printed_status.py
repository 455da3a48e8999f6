"""What a printed cell says of an action where it is a status, perhaps dated, and no more."""

import re
from collections.abc import Mapping

from cpctrack.dates import find_date
from cpctrack.records.model import Status
from cpctrack.text import fold

_DONE = (
    "complete", "completed", "done", "closed", "achieved", "actioned", "finished", "discharged",
    "implemented", "delivered", "concluded",
)  # fmt: skip
_STATUSES: Mapping[str, Status] = {
    word: status
    for status, words in {
        Status.OPEN: (
            "new", "live", "no progress",
            "no progress reported", "pending", "outstanding", "overdue", "awaiting update",
            "not due", "not yet due", "not due yet", "item not due yet", "item not yet due",
            "not started", "not yet started", "not commenced", "not begun", "yet to start",
            "yet to commence", "slipped", "delayed", "incomplete", "no action taken",
            "accepted", "agreed", "accepted in part", "partially accepted",
            *(f"{how} {done}" for how in ("not", "not yet") for done in _DONE),
            "agored", "ar agor", "heb ddechrau", "heb gychwyn", "heb ei ddechrau", "anghyflawn",
            "heb ei gwblhau", "heb ei gwblhau eto", "heb gwblhau",
        ),
        Status.IN_PROGRESS: (
            "underway", "in hand", "started", "commenced", "begun",
            "in train", "on track", "on target", "on schedule", "work in progress", "wip",
            "progressing", "off track", "behind", "behind schedule", "at risk", "slipping",
            "nearing completion", "nearly there",
            *(f"{how} {done}"
              for how in ("partly", "partially", "part", "substantially", "largely", "mostly",
                          "nearly", "almost", "not fully")
              for done in _DONE),
            "ar y gweill", "ar waith", "ar droed", "mewn llaw", "yn mynd rhagddo", "wedi dechrau",
            "yn rhannol", "wedi i gwblhau n rhannol",
        ),
        Status.ONGOING: ("on going", "continuous", "parhaus", "yn parhau"),
        Status.PROPOSED: (
            "proposed", "proposed to close", "propose closure",
            "reported completed", "reported complete",
            "propose to close", "recommended for closure", "recommend for closure",
            "recommend closure", "recommend to close", "recommended to close", "for closure",
            "to be closed", "suggest closure", "suggested for closure", "ready for closure",
            "ready to close", "awaiting closure", "argymhellir cau", "argymell cau",
        ),
        Status.COMPLETED: (
            *_DONE,
            *(f"{how} {done}"
              for how in ("fully", "now", "all", "action", "item") for done in _DONE),
            "cwblhawyd", "wedi i gwblhau", "wedi i chwblhau", "wedi ei gwblhau", "wedi eu cwblhau",
            "wedi cwblhau", "cyflawnwyd", "wedi i gyflawni", "wedi i chyflawni", "gweithredwyd",
            "wedi i weithredu", "wedi gorffen", "wedi cau", "wedi i gau", "ar gau",
        ),
        Status.DEFERRED: (
            "on hold", "paused", "postponed", "suspended", "adjourned", "held over",
            "rolled over", "rolled forward", "carried forward", "carried over",
            "gohiriwyd", "wedi i ohirio", "wedi ei ohirio", "wedi gohirio",
        ),
        Status.NOT_PROCEEDING: (
            "no longer feasible", "not feasible", "rejected", "withdrawn",
            "cancelled", "abandoned", "discontinued", "declined", "refused", "not agreed",
            "not accepted", "not approved", "not supported", "no longer required",
            "no longer needed", "will not implement", "will not be implemented", "gwrthodwyd",
        ),
        Status.SUPERSEDED: (
            "overtaken by events", "duplicate", "duplicated", "merged",
        ),
        Status.NO_FOLLOW_UP: (
            "n a", "na", "not applicable", "none", "none required", "no follow up",
            "no follow up required", "no further action", "nfa",
            "no further action required", "no action required", "amherthnasol",
            "dim angen gweithredu", "dim angen gweithredu pellach", "dim camau pellach",
        ),
    }.items()
    for word in (*words, *(" ".join(own.lower().split("-")) for own in status.all_words))
}  # fmt: skip
# “Yes” answers what the header asks, so each column reads it its own way.
_ANSWERS: Mapping[str, Mapping[str, Status]] = {
    "follow_up": {"yes": Status.OPEN, "y": Status.OPEN,
                  "no": Status.NO_FOLLOW_UP, "n": Status.NO_FOLLOW_UP},
    "achieved": {"yes": Status.COMPLETED, "y": Status.COMPLETED, "no": Status.OPEN,
                 "n": Status.OPEN, "partly": Status.IN_PROGRESS, "partially": Status.IN_PROGRESS,
                 "part": Status.IN_PROGRESS},
    "status": {"o": Status.OPEN},
    "open_closed": {"o": Status.OPEN, "c": Status.COMPLETED},
    "to_close": {"o": Status.OPEN, "c": Status.PROPOSED, "close": Status.PROPOSED,
                 "closed": Status.PROPOSED},
}  # fmt: skip
# As letters of Wingdings ticks are “ü” and “þ”, and lie in the private area where Word says so.
_TICK = re.compile("(?<!\\w)[✓✔☑√✅🗸🗹üþ\uf0fc\uf0fe]\ufe0f?(?!\\w)")
# What stands beside a word and may take it back: a symbol that is no tick, an empty box, a form
# that nobody has filled in.
_MARK = re.compile(
    "[^\\w\\s.,:;!?'’‘\"“”()\\[\\]/&•·–—@#£€+✓✔☑√✅🗸🗹🟢🔵\uf0fc\uf0fe\ufe0f\u200b-\u200f\u2060\ufeff\xad-]"
    r"|_|~~|^\s*!|[(\[]\s*[)\]]|/[\s.-]*/|…|(?:\.\s*){3}|-{3}"
)
_WITH_DATE = re.compile(
    r"(?P<status>[a-z][a-z '’-]*?)[ :,(–-]+(?:on |in |ar )?(?P<date>(?:[a-z]+ )?\d[^()]*?)\)?\.?",
    re.ASCII,
)
_WITH_NOTE = re.compile(
    r"(?P<status>[a-z][a-z '’-]*?)"
    r"(?:(?P<mark> ?[.:;–—|] ?| -+ ?| ?(?=\())| (?=(?:to|until|till|of|by|with) ))"
    r"(?P<note>.*\w.*)"
)
# What our own documents print of a record that goes on as another.
_REF = r"[a-z0-9]+-\d{4}-\d{1,9}"
_GOES_ON = re.compile(
    r"(?:(?:superseded|replaced) by|split into|transferred to .+,) "
    rf"{_REF}(?:(?:, {_REF})* and {_REF})?"
)
_NEW_LINE = re.compile(r"\n(?=[^\W\d_a-z])")
_NOT_IN_WORDS = re.compile(r"[^a-z]+")
_LONGEST = 80  # characters: more is a sentence
_LONGEST_NOTE = 4000


def stated(
    cell: str, column: str = "follow_up", *, month_first: bool = False
) -> tuple[Status | None, str]:
    """Give the status that is all a cell says, and the ISO day beside it; else None.

    `column` is ``follow_up``, ``status``, ``achieved``, ``open_closed`` or ``to_close``: what
    “yes” and “no”, a tick, “O” and “C” answer. Two languages may say the same (“Cwblhawyd /
    Completed”). `month_first` reads figures as M/D/Y. No cell with a mark beside it that may take
    it back says that nobody has to act any more.
    """
    status, day = _stated(cell, column, month_first=month_first)
    return (status, day) if status is None or status.is_open or not has_mark(cell) else (None, "")


def has_mark(cell: str) -> bool:
    """Tell whether a cell has a symbol in it that may mean the opposite: “☐ Completed”."""
    return _MARK.search(cell) is not None


def is_marked(cell: str) -> bool:
    """Tell a cell that would be a status, were it not for a mark beside it."""
    return has_mark(cell) and _stated(cell, "status")[0] is not None


def _stated(cell: str, column: str, *, month_first: bool = False) -> tuple[Status | None, str]:
    if column == "achieved":
        cell = _TICK.sub("completed ", cell, count=1)
    text = fold(cell)
    if len(text) <= _LONGEST_NOTE and _GOES_ON.fullmatch(text):
        return Status.SUPERSEDED, ""
    if len(text) > _LONGEST or "?" in text:
        return None, ""
    words = {**_STATUSES, **_ANSWERS.get(column, {})}
    if not any(letter.isdecimal() for letter in text):
        said = {words.get(_words(part)) for part in text.split("/")}
        return words.get(_words(text)) or (said.pop() if len(said) == 1 else None), ""
    match = _WITH_DATE.fullmatch(text)
    day = find_date(match["date"], month_first=month_first) if match else None
    return (words.get(_words(match["status"])), day.isoformat()) if match and day else (None, "")


def with_note(cell: str) -> tuple[Status | None, str]:
    """Give the status in front of a note, and the note: “Closed – see minute 12”; else None.

    No mark need part them in “Deferred to May” and “Duplicate of 12”.
    """
    match = _WITH_NOTE.fullmatch(fold(_NEW_LINE.sub(". ", cell[:_LONGEST_NOTE])))
    if not match or (status := _STATUSES.get(_words(match["status"]))) is None:
        return None, ""
    takes_note = status.is_open or status is Status.COMPLETED
    if not match["mark"]:
        takes_note = status in (Status.DEFERRED, Status.SUPERSEDED)
    return (status, match["note"]) if takes_note else (None, "")


def _words(text: str) -> str:
    return _NOT_IN_WORDS.sub(" ", text).strip()
