"""``cpctrack compare``: what changed between the packs of two meetings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app, print_json
from cpctrack.cli.types import MeetingDay
from cpctrack.dates import long_date
from cpctrack.errors import NotFoundError
from cpctrack.publishing.comparing import DifferenceKind, how_it_stood
from cpctrack.text import clean, counted, one_line, shorten

if TYPE_CHECKING:
    from cpctrack.publishing.comparing import Comparison, Difference

_ABOUT = 70
_NOTHING = "nothing"
_INDENT = "      "

_HEADINGS: Mapping[DifferenceKind, str] = {
    DifferenceKind.NEW: "New",
    DifferenceKind.COMPLETED: "Completed",
    DifferenceKind.REWORDED: "Reworded",
    DifferenceKind.MOVED: "Due dates moved",
    DifferenceKind.STATUS: "Stand differently",
    DifferenceKind.RESPONSE: "Responses",
    DifferenceKind.OWNERS: "Referred to others",
    DifferenceKind.MEETING: "Agreed at another meeting",
    DifferenceKind.REFERENCE: "Have another reference",
    DifferenceKind.VANISHED: "No longer in the pack",
}


@click.command()
@click.argument("first", type=MeetingDay(), metavar="DATE")
@click.argument("second", type=MeetingDay(), metavar="DATE")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(app: App, /, *, first: str, second: str, as_json: bool) -> None:
    """Tell what changed between the packs of two meetings, as they were published.

    What is new, completed or no longer there, and every cell that says something else, from the
    earlier meeting to the later; only how old an action is grows by itself. Of several
    publications of a meeting it takes the latest, and of two views the same for both; one meeting
    named twice is compared with its publication before.

    \b
    Example:
      cpctrack compare --help
    """
    from cpctrack.publishing import comparing
    from cpctrack.records.exempt import is_withheld
    from cpctrack.store import packs, store

    current = store.read(app.store_path())
    earlier, later = _pair(packs.in_order(current.document), first, second)
    ids = {row.record for each in (earlier, later) for row in each.rows}
    withheld = {record for record in ids if is_withheld(current.readable(record))}
    found = comparing.compare(earlier, later, withheld=withheld)
    if as_json:
        print_json(_as_json(found))
    else:
        click.echo("\n".join(_lines(found)))
    _tell(app, found)


def _pair(publications: Sequence[Any], first: str, second: str) -> Any:
    from cpctrack.publishing import comparing

    if first == second and sum(each.meeting == first for each in publications) == 1:
        raise NotFoundError(
            f"The pack of {long_date(first)} was published once, so there is nothing to compare "
            "it with; name another meeting."
        )
    return comparing.pair(publications, (first, second))


def _lines(found: "Comparison") -> Iterator[str]:
    yield f"From {found.earlier.name} to {found.later.name}"
    shown = {kind: each for kind, each in found.differences.items() if each}
    if not shown:
        yield "Nothing changed."
    for kind, differences in shown.items():
        yield ""
        yield f"{_HEADINGS[kind]} ({len(differences)})"
        if kind is DifferenceKind.VANISHED and found.of_two_years:
            yield f"  All of {one_line(found.earlier.year)}: this pack is of {_year(found)}."
            continue
        for difference in differences:
            yield from _difference(difference)


def _year(found: "Comparison") -> str:
    return one_line(found.later.year)


def _difference(difference: "Difference") -> Iterator[str]:
    row = difference.row
    text = row.texts.get("action") or row.texts.get("recommendation", "")
    yield f"  {one_line(row.ref)}  {shorten(text, _ABOUT)}".rstrip()
    if difference.kind is DifferenceKind.VANISHED:
        stood = f"it was printed as “{one_line(how_it_stood(row))}”"
        yield f"{_INDENT}{stood if difference.why else f'{stood}, and the later pack says nothing'}"
    elif difference.kind is not DifferenceKind.NEW:
        yield f"{_INDENT}before: {one_line(difference.before) or _NOTHING}"
        yield f"{_INDENT}now:    {one_line(difference.after) or _NOTHING}"


def _tell(app: App, found: "Comparison") -> None:
    if found.earlier.view != found.later.view:
        app.warn(
            f"One pack is the {one_line(found.earlier.view)} view, the other the "
            f"{one_line(found.later.view)} view: what only one of them prints is no change."
        )
    if found.of_two_years:
        app.warn(
            f"These are the tables of two municipal years, {one_line(found.earlier.year)} and "
            f"{_year(found)}, and no action stands in both. --view progress goes over the years."
        )
    if found.left_out:
        rows = counted(found.left_out, "action")
        app.warn(f"{rows} left out: exempt by now, gone from the store, or not to be read.")


def _as_json(found: "Comparison") -> dict[str, Any]:
    sides = {
        name: {"meeting": each.meeting, "number": each.number, "view": each.view, "year": each.year}
        for name, each in (("from", found.earlier), ("to", found.later))
    }
    kinds = {
        kind.value: [_difference_as_json(each) for each in differences]
        for kind, differences in found.differences.items()
    }
    return {**sides, **kinds, "left_out": found.left_out}


def _difference_as_json(difference: "Difference") -> dict[str, Any]:
    texts = {name: clean(text) for name, text in difference.row.texts.items()}
    row: dict[str, Any] = {
        "ref": texts.get("ref", ""),
        "item": texts.get("item", ""),
        "action": texts.get("action", ""),
        "recommendation": texts.get("recommendation", ""),
        "referred_to": texts.get("referred_to", ""),
        "status": texts.get("status", ""),
    }
    if difference.kind is DifferenceKind.VANISHED:
        row["why"] = difference.why
    elif difference.kind is not DifferenceKind.NEW:
        before, after = clean(difference.before), clean(difference.after)
        row |= {"field": difference.field, "before": before, "after": after}
    return row
