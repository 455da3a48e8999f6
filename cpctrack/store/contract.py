"""Records as the JSON that scripts read: a contract. Pure."""

from operator import attrgetter

from cpctrack.records import ageing, asking
from cpctrack.records.attention import Reason, reason_of
from cpctrack.records.calendar import Calendar
from cpctrack.records.fields import Holds, names_of
from cpctrack.records.model import FIELDS, Record, split_item
from cpctrack.records.owners import NO_OWNERS, Owners
from cpctrack.store.codec import Row, encode_change, plain

_NAMES = [each.name for each in FIELDS]
_values_of = attrgetter(*_NAMES)
_DATES = names_of(FIELDS, Holds.DATE)
_OTHERS = names_of(FIELDS, Holds.WORD, Holds.NAMES, Holds.LINKS, Holds.CELLS)


def to_json(
    record: Record,
    calendar: Calendar,
    *,
    committee: str = "",
    owners: Owners = NO_OWNERS,
    history: bool = False,
) -> Row:
    """Give a record as ``list --json`` and ``show --json`` print it; an absent date is null.

    `owners` are what its store knows of them, for their services.
    """
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
    last = calendar.last_day(record)
    row["due_by"] = last.isoformat() if last else None
    row["links"] = [{"kind": link.kind, "ref": link.ref} for link in record.linked]
    row["first_due"], row["times_moved"] = ageing.first_due(record), len(ageing.extensions(record))
    row["asked"] = [
        {
            "at": one.at, "by": one.by, "reply_by": one.reply_by or None, "owner": one.owner,
            "number": one.number, "answered": one.answered or None,
        }
        for one in asking.asks(record)
    ]  # fmt: skip
    row["service"] = list(owners.services(record.owners))
    row["item_number"], row["item_title"] = split_item(record.item)
    reason = reason_of(record, calendar)
    row["overdue"] = reason is Reason.OVERDUE
    row["attention"] = reason or ""
    row["exempt"] = record.exempt
    if history:
        row["history"] = [{"from": "", "to": "", **encode_change(c)} for c in record.history]
    return row
