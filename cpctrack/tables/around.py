"""What stands around the rows of a table and says something of them: titles, keys, group rows."""

import re
from collections.abc import Iterable, Mapping, Sequence

from cpctrack.dates import find_date
from cpctrack.labels import BLANKS
from cpctrack.matching.owners import is_owner
from cpctrack.records.model import Status
from cpctrack.records.printed_status import stated
from cpctrack.tables.columns import Columns
from cpctrack.tables.grid import GridRow
from cpctrack.tables.headings import claims, names
from cpctrack.tables.meetings import read_day, read_type, type_in_date
from cpctrack.text import fold

_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?[ \u00a0]+(?:of[ \u00a0]+)?[^\W\d_]{3,9},?[ \u00a0]+\d{4}\b|"
    r"\b[^\W\d_]{3,9}[ \u00a0]+\d{1,2},[ \u00a0]+\d{4}\b|"
    r"\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})\b|"
    r"\b\d{4}-\d\d-\d\d\b"
)
# A table is printed *for* one meeting, and holds what was agreed *at* others.
_AGREED_AT = re.compile(
    r"(?:^|\b(?:from|of|at|arising|agreed|held)\b)(?:(?!\b(?:for|next)\b).)*"
    r"\b(?:meeting|cyfarfod)\b",
    re.IGNORECASE,
)
_NOT_STATUS = re.compile(
    r"\b(?:actions?|items?|recommendations?|matters|list|log|table|part|section|the|and|all|"
    r"these|are|have been|previously|agreed|"
    r"to be (?:removed|deleted).*|since .*|from .*|at .*|[a-z]\b(?=\s*[-–—:]))|[-–—:()/]",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\(([A-Z]{2,4}(?:\s*(?:[,/&]|and)\s*[A-Z]{2,4})*)\)\s*$")
_COLOURS = r"red|amber|orange|yellow|green|blue|purple|pink|gr[ea]y|brown|turquoise|black|white"
_KEY = re.compile(
    r"(?:^|[^\w\s]|\b(?:shaded|marked|highlighted|coloured|rows?|items?|actions?|in|and)\b)\s*"
    rf"(?P<colour>(?:light |dark )?(?:{_COLOURS}))\b(?: (?:shading|shaded|rows?|text))?"
    r"\s*(?:[-–—=:]|\b(?:is|are|means|denotes|indicates)\b)\s*(?P<says>[^;,.()\n]+)",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN = re.compile(r"\s+[·|–—-]\s+")
_SAID_OF_ROWS = frozenset({"owner", "item", "status", "meeting_date"})
_LEAST_BLANK = 0.2  # of a column whose cells go on with the one above
_CARRIED = frozenset({"item", "meeting_date"})


def day_in(text: str, *, month_first: bool = False) -> str:
    """Find the one day that a title or a group row names, as ISO, or ``""``."""
    days = days_in(text, month_first=month_first)
    return days[0] if len(days) == 1 else ""


def days_in(text: str, *, month_first: bool = False) -> list[str]:
    """Find every day that a text names, as ISO, each once and in order."""
    found = (find_date(match[0], month_first=month_first) for match in _DAY.finditer(text))
    return sorted({day.isoformat() for day in found if day})


def of_meeting(text: str) -> dict[str, str]:
    """Read a line that begins with a meeting, by meaning: “Formal · 20 July 2022 · Item 9. Homes”.

    What stands behind is its item; nothing is read of a line that names no day in front.
    """
    said: dict[str, str] = {}
    rest = text
    while rest:
        piece, *behind = _BETWEEN.split(rest, maxsplit=1)
        meaning = "meeting_type" if read_type(piece) else "meeting_date"
        if meaning in said or not (read_type(piece) or read_day(piece)):
            break
        said[meaning], rest = piece, "".join(behind)
    if "meeting_date" not in said:
        return {}
    return {**said, "item": rest} if rest else said


def of_headings(headings: Sequence[str], *, ours: bool) -> dict[str, str]:
    """Read the headings that a table stands under, by meaning: a meeting's, and below it an item's.

    A heading that is a day may be that of the document: it counts as its title does, unless it
    says of what type the meeting was. In documents of `ours` the item is whatever is below it.
    """
    said: dict[str, str] = {}
    is_sure = False
    for heading in headings:
        meeting = {} if ours and is_sure else of_meeting(heading)
        has_type = "meeting_type" in meeting or type_in_date(meeting.get("meeting_date", ""))
        if has_type or meeting.keys() == {"meeting_date"}:
            said, is_sure = meeting, bool(has_type)
        elif heading == BLANKS["item"]:
            continue
        elif said and (is_sure or (names(heading) in ("", "item") and not status_in(heading))):
            said = {**said, "item": heading}
    if said and not is_sure:
        said["title_meeting_date"] = read_day(said.pop("meeting_date"))
    return said


def of_group(text: str, columns: Columns) -> dict[str, str]:
    """Read a row that stands over others, by meaning: a layout says it, else its words."""
    says = columns.layout.group if columns.layout else ""
    if says:
        meaning = {"meeting date": "meeting_date", "kept": ""}.get(says, says)
        return (
            {meaning: day_in(text) or text if meaning == "meeting_date" else text}
            if meaning
            else {}
        )
    if meeting := of_meeting(text):
        return meeting
    label, _, said = (part.strip() for part in text.partition(":"))
    if said and len(facts := claims(label)) == 1 and facts[0][0].meaning in _SAID_OF_ROWS:
        return {facts[0][0].meaning: said}
    initials = _INITIALS.search(text)
    owner = {"owner": initials[1]} if initials else {}
    if day := day_in(text):
        return {"meeting_date": day, **owner}
    if status := status_in(text):
        return {"status": status, **owner}
    if "owner" not in columns.columns and is_owner(text):
        return {"owner": text}
    return {"item": text, **owner}


def of_titles(titles: Sequence[str]) -> dict[str, str]:
    """Read the titles above a table, the nearest last.

    At which meeting its rows were agreed any of them may say, how far they have come only the
    nearest: one below another they are a key.
    """
    found = {}
    for title in titles:
        if (day := day_in(title)) and _AGREED_AT.search(title):
            found["meeting_date"] = day
    *others, nearest = [status_in(title) for title in ("", *titles)][-2:]
    if nearest and not any(others):
        found["status"] = nearest
    return found


def status_in(title: str) -> str:
    """Give the status that a title is made of (“Closed actions”), or nothing."""
    words = " ".join(_NOT_STATUS.sub(" ", title).split())
    says = stated(words, "status")[0] if words else None
    return words if says and says is not Status.NO_FOLLOW_UP else ""


def keys_in(texts: Iterable[str]) -> dict[str, Status]:
    """Read what colours mean where a text says it: “Key: Green – complete; Amber – ongoing”."""
    return {
        fold(match["colour"]).replace("gray", "grey").replace("orange", "amber"): status
        for text in texts
        for match in _KEY.finditer(text)
        if (status := stated(match["says"].strip(), "status")[0])
    }


def shades_of(rows: Sequence[GridRow]) -> list[str]:
    """Give the colour that tells each row from others, or nothing.

    It stands behind most of its cells, or in the one column that is coloured. What all rows have
    tells none from another.
    """
    coloured = [{at for at, shade in enumerate(row.shades) if shade} for row in rows]
    columns = set().union(*coloured)
    of_cell = len(columns) == 1 and sum(map(bool, coloured)) > len(rows) // 2
    shades = []
    for row in rows:
        most = max(set(row.shades), key=row.shades.count, default="")
        fills = 2 * row.shades.count(most) > len(row.cells)
        shades.append(max(row.shades, default="") if of_cell else most if fills else "")
    return shades if len(set(shades)) > 1 else [""] * len(rows)


def carried(rows: Sequence[GridRow], columns: Columns) -> list[dict[str, str]]:
    """Give each row what goes on in its blank cells from the rows above, by meaning.

    A layout says in which columns; else these are the first ones, where a cell stands once over
    several rows.
    """
    layout = columns.layout
    if layout and layout.carried:
        names = set(map(fold, layout.carried))
        indexes = [
            at for at, name in enumerate(columns.header) if fold(" ".join(name.split())) in names
        ]
    else:
        indexes = list(_leading(rows, columns))
    # A meeting's date stands once over its rows wherever its column is.
    dated = columns.columns.get("meeting_date", -1)
    blank = sum(not row.cells[dated].strip() for row in rows) if dated >= 0 else 0
    if dated not in indexes and blank >= max(2, _LEAST_BLANK * len(rows)):
        indexes = sorted([*indexes, dated])
    result = []
    above: Mapping[int, str] = {}
    group = ""
    for row in rows:
        above = above if row.group == group else {}
        group = row.group
        now = {at: row.cells[at].strip() for at in indexes}
        # What stands further left begins anew what stands to its right.
        first = next((at for at in indexes if now[at]), len(row.cells))
        kept = {at: text for at, text in above.items() if at <= first or at == dated or layout}
        result.append(
            {
                meaning: kept[at]
                for at in indexes
                if not now[at] and kept.get(at)
                for meaning in columns.meanings(at)
            }
        )
        above = {**kept, **{at: text for at, text in now.items() if text}}
    return result


def _leading(rows: Sequence[GridRow], columns: Columns) -> Iterable[int]:
    """Give the first columns that are blank again and again, further ones where those are too."""
    blank = set(range(len(rows)))
    least = _LEAST_BLANK * len(rows)
    for at in range(columns.width if len(rows) > 1 else 0):
        here = {number for number, row in enumerate(rows) if not row.cells[at].strip()}
        holds = set(columns.named.get(at, columns.meanings(at)))
        if not here or not here <= blank or len(here) < least or not holds <= _CARRIED:
            return
        yield at
        blank, least = here, 1
