"""What a piece of a cell says: several facts that stand in one cell, each by its meaning."""

import re
from collections.abc import Callable, Mapping, Sequence

from cpctrack.due import read_due
from cpctrack.matching.owners import is_owner, is_person, split_owners
from cpctrack.records.model import Status
from cpctrack.records.printed_status import stated
from cpctrack.tables.headings import claims
from cpctrack.tables.status import CLOSING, is_mere_note

DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b(?:19|20)\d\d\b|\b[^\W\d_]{3,9}\.?[ -]\d\d\b|\bQ[1-4]\b"
)
"""Words and figures that name a day, a month or a year."""
PERCENT = re.compile(r"\d{1,3}\s*%")

_REF = re.compile(
    r"(?=.*\d)(?:(?:(?i:minute|min|item|recommendation|action|para|page)|[^\W\d_]{1,3}|[A-Z]{1,12})"
    r"(?![^\W\d_])|[\d\W_])+"
)
_LONGEST_REF = 30
_LONGEST_TIME = 60
_REF_AND_TITLE = re.compile(
    r"(?P<ref>.*\d\S*)(?:\s*[-–—:]\s+|\s+)(?P<title>[A-Z(][a-z].*)", re.DOTALL
)
_DASH = re.compile(r"\s+[-–—]\s+")
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n]{1,40}):(?=\s|$)[ \t]*(?P<text>.*)")
_BEFORE_WHEN = re.compile(r"\s[-–—]\s|[,;:(\n]|\bby\b", re.IGNORECASE)
_SOME_TIME = re.compile(
    r"(?:now )?(?:ongoing|on-going)|"
    r"(?:date )?to be (?:clarified|confirmed|agreed|set|decided).{0,30}|asap|"
    r"immediate(?:ly)?|continuous|quarterly|monthly|annual(?:ly)?|tb[acd]|for each .{1,20}|"
    r"(?:by |the |each )*next (?:meeting|report)|(?:spring|summer|autumn|winter)(?: term)?",
    re.IGNORECASE,
)
_FRONT = re.compile(r"(?P<status>[^\W\d_][^:.;,–—\n]{1,30}?)\s*(?:[:.;]|\s[-–—]\s|\n|$)")
_LONGEST_TITLE = 80
_DAYS = ("due", "revised_due", "meeting_date", "completed_on")
BESIDE = frozenset({"ref", "item", "status", "owner", "due", "response", "completed_on"})
"""What may stand in a cell beside what its heading names."""
_TEXTS = frozenset({"action", "recommendation", "response", "follow_up"})


def is_ref(text: str) -> bool:
    """Tell what reads like a reference: “CR 350/2020”, “Minute 9 (5)”, “4.2”."""
    is_short = len(text) <= _LONGEST_REF
    return is_short and _REF.fullmatch(text) is not None and not DATE.fullmatch(text)


def has_ref(text: str) -> bool:
    """Tell a cell that begins with a reference, or has one on a line of its own."""
    return any(map(is_ref, _pieces(text))) or _ref_and_title(text) is not None


def is_time(text: str) -> bool:
    """Tell what says when, if only vaguely, and no more than that."""
    return len(text) <= _LONGEST_TIME and (
        read_due(text).is_time or _SOME_TIME.fullmatch(text.strip()) is not None
    )


def front_status(text: str) -> str:
    """Give the status that stands in front of a text (“Complete: …”, “Pending – …”), or nothing.

    One that closes does not count where the text may take something away (“Complete: March 2031”),
    nor “For information: …”, of which only the text is known.
    """
    match = _FRONT.match(text)
    status = stated(match["status"], "status")[0] if match else None
    if not match or status is None:
        return ""
    rest = text[match.end() :].strip()
    counts = not rest or (
        status is not Status.NO_FOLLOW_UP and (status not in CLOSING or is_mere_note(rest, status))
    )
    return match["status"] if counts else ""


def title_and_text(text: str) -> tuple[str, str]:
    """Cut off the first line of a text where it is its title; ``""`` where it has none."""
    title, _, rest = (part.strip() for part in text.partition("\n"))
    is_title = (
        len(title) <= min(_LONGEST_TITLE // 2, len(rest) - 1)
        and title[-1:] not in ".;:,?!"
        and not rest[:1].islower()  # then the line was only too long
        and not is_ref(title)
    )
    return (title, rest) if is_title else ("", text)


def labelled(text: str, wanted: Callable[[str], bool], day: str = "") -> tuple[dict[str, str], str]:
    """Take the lines of a cell that say what they are (“Due: June”), by meaning, and the rest.

    A line without a label goes on with the one above; “Date” is what `day` says of the cell.
    """
    found: dict[str, list[str]] = {}
    rest: list[str] = []
    into = rest
    for line in text.split("\n"):
        match = _LABEL.match(line.strip())
        facts = claims(match["label"]) if match else ()
        meaning = facts[0][0].meaning if len(facts) == 1 else ""
        meaning = day if meaning == "meeting_date" and day else meaning
        if match and meaning and meaning not in found and wanted(meaning):
            into = found[meaning] = [match["text"]]
        else:
            into.append(line)
    return {meaning: "\n".join(lines).strip() for meaning, lines in found.items()}, (
        "\n".join(rest).strip()
    )


def part(text: str, meanings: Sequence[str], free: Callable[[str], bool]) -> dict[str, str]:
    """Part the text of a cell into the facts that its heading names; what can't be told is blank.

    `free` tells the meanings that no other column has: a title between a reference and an action
    is its item.
    """
    if set(meanings) == {"due", "completed_on"}:  # which of both, its status tells
        return dict.fromkeys(meanings, text)
    day = next((meaning for meaning in meanings if meaning in _DAYS), "")
    facts, text = labelled(text, lambda meaning: meaning in meanings or free(meaning), day)
    left = [meaning for meaning in meanings if meaning not in facts]
    if left and {*left} <= {"owner", *_DAYS} and (found := _who_and_when(text)):
        return {**facts, "owner": found[0], day: found[1]}
    pieces = _pieces(text)
    for meaning, says in _TESTS.items():
        at = next((at for at, piece in enumerate(pieces) if says(piece)), None)
        if meaning in left and len(left) > 1 and at is not None:
            facts[meaning] = front_status(pieces[at]) if meaning == "status" else pieces[at]
            left.remove(meaning)
            if meaning != "status" or _TEXTS.isdisjoint(left):  # a text is the better for it
                del pieces[at]
    if "ref" in left and pieces and (match := _ref_and_title(pieces[0])):
        facts["ref"], pieces[0] = match
        left.remove("ref")
    if "ref" in facts and free("item") and len(pieces) > 1 and len(pieces[0]) <= _LONGEST_TITLE:
        left.insert(0, "item")
    # What a test did not find is not there, unless there is nothing else that the text may be.
    left = [meaning for meaning in left if meaning not in _TESTS or meaning == "owner"] or left
    if "owner" in left and len(left) > 1 and pieces and not is_owner(pieces[0]):
        left.remove("owner")
    left.sort(key=_TEXTS.__contains__)
    for meaning in left[: len(pieces)]:
        taken = len(pieces) if meaning == left[-1] else 1
        facts[meaning] = _joined(text, pieces[:taken])
        pieces = pieces[taken:]
    return facts


def _pieces(text: str) -> list[str]:
    """Cut a text at its lines, or where it has only one at its dashes."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines if len(lines) > 1 else [each.strip() for each in _DASH.split(text.strip()) if each]


def _joined(text: str, pieces: Sequence[str]) -> str:
    """Give pieces of a text as they stand in it."""
    start = text.find(pieces[0])
    end = text.find(pieces[-1], start) + len(pieces[-1])
    return text[start:end]


def _ref_and_title(text: str) -> tuple[str, str] | None:
    match = _REF_AND_TITLE.fullmatch(text)
    return (match["ref"], match["title"]) if match and is_ref(match["ref"]) else None


def _who_and_when(text: str) -> tuple[str, str] | None:
    for match in reversed(list(_BEFORE_WHEN.finditer(text))):
        who, when = text[: match.start()].strip(" \n–—-,;:("), text[match.end() :].strip(" \n)")
        if who and is_time(when) and not is_time(who):
            return who, when
    return None


_TESTS: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(_DAYS, is_time),
    "ref": is_ref,
    "status": front_status,
    "owner": lambda piece: len(split_owners(piece)) > 1 or is_person(piece),
}
