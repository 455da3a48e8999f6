"""Owners in words for a person, as lines for a pipe, and as JSON for scripts."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from cpctrack.cli.output import columns
from cpctrack.cli.output.plan import INDENT, counts, number_of, section
from cpctrack.dates import long_date, short_date
from cpctrack.records.owners import Owner
from cpctrack.tables.contacts import ContactPlan
from cpctrack.tasks.contacts import Contacts
from cpctrack.tasks.owners import Kept, Reassigned, Standing
from cpctrack.text import counted, one_line, shorten

_HEADINGS = ("Owner", "Service", "Post", "Not done", "Overdue", "Longest", "E-mail")
_NUMBERS = frozenset({"Not done", "Overdue", "Longest"})
_GIVE_WAY = frozenset({"Owner", "Service", "Post"})
_TSV = (
    "name", "service", "post", "open", "overdue", "overdue_since", "email", "also", "left",
)  # fmt: skip
_FIELDS = {"email": "e-mail", "service": "service", "post": "post", "left": "left on"}
_TEXT = 60


def table(standings: Sequence[Standing], today: date, width: int) -> Iterator[str]:
    """Lay owners out in columns that fit the window; what nobody has is left out."""
    rows = (_cells(one, today) for one in standings)
    return columns.fitted(_HEADINGS, rows, width, gives_way=_GIVE_WAY, numbers=_NUMBERS)


def _cells(one: Standing, today: date) -> tuple[str, ...]:
    owner, late = one.owner, len(one.late)
    name = one_line(owner.name) + (" (left)" if owner.has_left(today) else "")
    since = one.late_since
    return (
        name,
        one_line(owner.service),
        one_line(owner.post),
        str(len(one.actions) or ""),
        str(late or ""),
        counted((today - since).days, "day") if since else "",
        "yes" if owner.email else "",
    )


def tsv(standings: Sequence[Standing]) -> Iterator[str]:
    """Write one owner a line under a header line."""
    rows = map(as_json, standings)
    return columns.tsv(_TSV, ({**row, "also": "; ".join(row["also"])} for row in rows))


def remarks(standings: Sequence[Standing], today: date) -> Iterator[str]:
    """Say who has left and still has actions, and which names may mean one owner."""
    for one in standings:
        owner = one.owner
        if one.actions and owner.has_left(today):
            yield (
                f"{one_line(owner.name)} left on {long_date(owner.left)} and still has "
                f"{counted(len(one.actions), 'unfinished action')}; “cpctrack reassign "
                f'"{one_line(owner.name)}" NEW” gives them to another.'
            )
        for other in one.perhaps:
            yield (
                f"“{one_line(other)}” may be {one_line(owner.name)}; if so, say “cpctrack owner "
                f'"{one_line(owner.name)}" --also "{one_line(other)}"”.'
            )


def as_json(one: Standing, *, actions: bool = False) -> dict[str, Any]:
    """Give an owner as ``--json`` prints them: a contract with scripts; an absent date is null."""
    owner, since = one.owner, one.late_since
    told: dict[str, Any] = {
        "name": owner.name,
        "email": owner.email,
        "service": owner.service,
        "post": owner.post,
        "also": list(owner.also),
        "left": owner.left or None,
        "open": len(one.actions),
        "overdue": len(one.late),
        "overdue_since": since.isoformat() if since else None,
        "perhaps_also": list(one.perhaps),
    }
    if actions:
        told["actions"] = [
            {
                "ref": record.ref,
                "committee": committee,
                "text": record.text,
                "status": record.status.value,
                "due": record.due or None,
                "due_text": record.due_text,
                "overdue": calendar.is_overdue(record),
            }
            for record, calendar, committee in one.actions
        ]
    return told


def describe(one: Standing) -> str:
    """Write what is known of an owner, and what is open with them, a line each."""
    owner = one.owner
    known = {
        "E-mail": owner.email,
        "Service": owner.service,
        "Post": owner.post,
        "Also": "; ".join(owner.also),
        "Left": long_date(owner.left),
    }
    lines = [one_line(owner.name)]
    lines += [f"  {label + ':':8} {one_line(text)}" for label, text in known.items() if text]
    if not one.is_kept:
        lines.append("  Nothing is known but the name.")
    late = one.late
    overdue = f", {len(late)} overdue" if late else ""
    lines.append(f"{counted(len(one.actions), 'unfinished action')}{overdue}")
    room = max((len(each.record.ref) for each in one.actions), default=0)
    for each in one.actions:
        record = each.record
        due = short_date(record.due) or record.due_text
        when = f"{'overdue' if each.overdue else 'due'}, {due}:" if due else ""
        text = one_line(f"{when} {shorten(record.text, _TEXT)}")
        lines.append(f"  {one_line(record.ref):{room}}  {text}")
    return "\n".join(lines)


def _told(owner: Owner, besides: Owner) -> list[str]:
    """Name the fields that an owner has and another has not, or not so."""
    return [
        f"{words} “{_said(owner, field)}”"
        for field, words in _FIELDS.items()
        if getattr(owner, field) not in ("", getattr(besides, field))
    ]


def kept(done: Kept) -> Iterator[str]:
    """Say what the store knows of an owner now, and what else is to be done."""
    owner = done.owner
    before, name = done.before or Owner(owner.name), one_line(owner.name)
    if owner == before:
        yield f"{name}: the store knows that already."
        return
    told = _told(owner, before)
    told += [
        f"{words} cleared"
        for field, words in _FIELDS.items()
        if getattr(before, field) and not getattr(owner, field)
    ]
    if owner.also != before.also:
        also = "; ".join(map(one_line, owner.also))
        told.append(f"also “{also}”" if also else "no other names")
    yield f"{name}: {', '.join(told)}."
    if done.is_new:
        yield f"Nothing is referred to {name} yet.{done.hint}"
    for other in done.united:
        lost = _told(other, owner)  # what two rows told in different ways, of which one stands
        gone = f" Gone with it: {', '.join(lost)}." if lost else ""
        yield f"What was known of {one_line(other.name)} is now known of {name}.{gone}"
    for spelled, number in done.spelled.items():
        says = "says" if number == 1 else "say"
        yield (
            f"{counted(number, 'unfinished action')} still {says} “{one_line(spelled)}”, counted "
            f'as theirs; “cpctrack reassign "{one_line(spelled)}" "{name}"” writes the name anew.'
        )


def _said(owner: Owner, field: str) -> str:
    text: str = getattr(owner, field)
    return one_line(long_date(text) if field == "left" else text)


def reassigned(done: Reassigned, old: str, today: date) -> Iterator[str]:
    """Say which records have another owner now."""
    name = one_line(done.name)
    for _, record in done.records:
        yield f"{one_line(record.ref)}: {'; '.join(map(one_line, record.owners))}."
    if done.records:
        yield f"{counted(len(done.records), 'action')} given from {one_line(old)} to {name}."
    else:
        yield f"Nothing was changed: all of it says {name} already."
    if done.is_new:
        yield f"{name} is new among the owners.{done.hint}"
    if done.owner and done.owner.has_left(today):
        yield f"{name} left on {long_date(done.owner.left)}; is that who is meant?"


def contacts(found: Contacts, planned: ContactPlan) -> str:
    """Describe what contacts tell: what it comes to, then what a person should look at."""
    new = [after for before, after in planned.owners.values() if before is None]
    changed = [two for two in planned.owners.values() if two[0] is not None]
    rows = number_of(len(found.table.contacts), "row")
    parts = [
        f"{one_line(found.file)}: {rows}",
        ", ".join(
            counts(
                (len(new), "new", "green"),
                (len(changed), "changed", "cyan"),
                (planned.unchanged, "unchanged", None),
                (len(planned.doubts), "to look at", "yellow"),
            )
        ),
        *section("To look at", "none of it was guessed", map(one_line, planned.doubts)),
        *section("Changed", "", (_changed(before, after) for before, after in changed if before)),
        *section("New", "", (_new(after) for after in new)),
        *section(
            "Own nothing here", "they are kept all the same", map(one_line, planned.strangers)
        ),
    ]
    if found.table.unread:
        parts.append(f"\nOther columns, not read: {', '.join(found.table.unread)}")
    return "\n".join(parts)


def _changed(before: Owner, after: Owner) -> str:
    lines = [
        f"\n{INDENT}{words}: {_said(before, field) or '(nothing)'} → {_said(after, field)}"
        for field, words in _FIELDS.items()
        if getattr(before, field) != getattr(after, field)
    ]
    return one_line(after.name) + "".join(lines)


def _new(owner: Owner) -> str:
    told = filter(None, (owner.email, owner.service, owner.post))
    return one_line(f"{owner.name}: {', '.join(told)}")
