"""Records as the JSON that scripts read: a contract. Pure."""

from operator import attrgetter

from cpctrack.records import ageing
from cpctrack.records.calendar import Calendar
from cpctrack.records.fields import Holds, names_of
from cpctrack.records.model import FIELDS, Record, split_item
from cpctrack.store.codec import Row, encode_change, plain

_NAMES = [each.name for each in FIELDS]
_values_of = attrgetter(*_NAMES)
_DATES = names_of(FIELDS, Holds.DATE)
_OTHERS = names_of(FIELDS, Holds.WORD, Holds.NAMES, Holds.LINKS, Holds.CELLS)


def to_json(
    record: Record, calendar: Calendar, *, committee: str = "", history: bool = False
) -> Row:
    """Give a record as ``list --json`` and ``show --json`` print it; an absent date is null."""
    meeting = record.meeting
    row: Row = {
        "ref": record.ref,
        "committee": committee,
        "meeting_type": meeting.type.value,
        "meeting_date": meeting.date,
        "municipal_year": meeting.year,
        **dict(zip(_NAMES, _values_of(record), strict=True)),
    }
    for name in _OTHERS:
        row[name] = plain(row[name])
    for name in _DATES:
        row[name] = row[name] or None
    row["links"] = [{"kind": link.kind, "ref": link.ref} for link in record.linked]
    row["first_due"], row["times_moved"] = ageing.first_due(record), len(ageing.extensions(record))
    row["item_number"], row["item_title"] = split_item(record.item)
    row["overdue"] = calendar.is_overdue(record)
    row["exempt"] = record.exempt
    if history:
        row["history"] = [{"from": "", "to": "", **encode_change(c)} for c in record.history]
    return row
