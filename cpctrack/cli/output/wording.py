"""The words in which a person reads a field of the store and what it holds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cpctrack.dates import long_date
from cpctrack.records.fields import Holds, names_of
from cpctrack.records.model import FIELD_WORDS, FIELDS, Status
from cpctrack.text import one_line

if TYPE_CHECKING:
    from cpctrack.sharing.merge import Renumbered, Twins

WHOLE = "record"
"""How the whole of a row is typed, where one side removed it."""

_OTHERS: Mapping[str, str] = {
    "": "removal",
    "ref": "reference",
    "year_starts": "start of the municipal year",
}
_PRINTED = "printed."
_DATES = names_of(FIELDS, Holds.DATE)
_NOTHING = "nothing"
_MOST_TOLD = 10


def field_words(field: str) -> str:
    """Name a field as a person would; a printed cell is named by its column."""
    if field.startswith(_PRINTED):
        return f"printed cell “{one_line(field.removeprefix(_PRINTED))}”"
    words = FIELD_WORDS.get(field) or _OTHERS.get(field)
    return words or one_line(field.replace("_", " "))


def value_words(field: str, value: Any) -> str:
    """Say what a field of the file holds; ``None`` is nothing at all."""
    if value in (None, "", []):
        return "that of its date" if field == "year" else _NOTHING
    if not field:
        return "the record"
    if isinstance(value, list):
        return one_line("; ".join(map(str, value)))
    if field == "status" and isinstance(value, str):
        known = {status.value: status.words for status in Status}
        return known.get(value, one_line(value))
    return long_date(value) if field in _DATES else one_line(str(value))


def renumbered_words(record: "Renumbered") -> str:
    """Say that a merge gave a record another reference, and to whom that matters."""
    if not record.published:
        which = "one that only one of you had" if record.alone else "younger"
        which = "one that no pack has printed" if record.gave_way else which
        return f"Two records had the reference {record.old}; the {which} is now {record.new}."
    packs = " and ".join(one_line(long_date(day)) for day in record.published)
    return (
        f"Two records were published with the reference {record.old}; the younger is now "
        f"{record.new}. Tell the readers of the pack of {packs}, where it stands with the old one."
    )


def twin_words(twins: "Sequence[Twins]") -> Iterator[str]:
    """Say which references turned out to be one action, where anybody can have seen the other."""
    told = [each for each in twins if each.both or each.kept_ref != each.gone_ref]
    for each in told[:_MOST_TOLD]:
        words = f"{each.kept_ref} and {each.gone_ref} are one action"
        if each.both:
            yield f"{words}, and packs have printed both: supersede one of them, or say so in both."
        else:
            yield f"{words}: kept as {each.kept_ref}."
    if len(told) > _MOST_TOLD:
        yield f"So it is with {len(told) - _MOST_TOLD} more; each record's history tells."
