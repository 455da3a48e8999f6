"""``cpctrack compare``: what changed between the packs of two meetings."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import print_json
from cpctrack.cli.types import MeetingDay
from cpctrack.publishing.comparing import DifferenceKind, how_it_stood
from cpctrack.text import clean, counted, one_line, shorten

if TYPE_CHECKING:
    from cpctrack.publishing.comparing import Comparison, Difference

_ABOUT = 70

_HEADINGS: Mapping[DifferenceKind, str] = {
    DifferenceKind.NEW: "New",
    DifferenceKind.COMPLETED: "Completed",
    DifferenceKind.REWORDED: "Reworded",
    DifferenceKind.MOVED: "Due dates moved",
    DifferenceKind.STATUS: "Status changed",
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
    from cpctrack.store import store
    from cpctrack.tasks.publish import compare_packs

    found = compare_packs(store.read(app.store_path()), first, second)
    if as_json:
        print_json(_as_json(found))
    else:
        click.echo("\n".join(_lines(found)))
    earlier, later = found.earlier, found.later
    if earlier.view != later.view:
        app.warn(
            f"One pack is the {one_line(earlier.view)} view, the other the "
            f"{one_line(later.view)} view: what only one of them prints is no change."
        )
    if found.of_two_years:
        app.warn(
            f"These are the tables of two municipal years, {one_line(earlier.year)} and "
            f"{one_line(later.year)}, and no action stands in both. --view progress goes over the "
            "years."
        )
    if found.left_out:
        rows = counted(found.left_out, "action")
        app.warn(f"{rows} left out: exempt by now, gone from the store, or not to be read.")


def _lines(found: "Comparison") -> Iterator[str]:
    earlier, later = found.earlier, found.later
    yield f"From {earlier.name} to {later.name}"
    shown = {kind: each for kind, each in found.differences.items() if each}
    if not shown:
        yield "No status, date, wording or response changed."
    for kind, differences in shown.items():
        yield f"\n{_HEADINGS[kind]} ({len(differences)})"
        if kind is DifferenceKind.VANISHED and found.of_two_years:
            yield f"  All of {one_line(earlier.year)}: this pack is of {one_line(later.year)}."
            continue
        for difference in differences:
            row = difference.row
            text = row.texts.get("action") or row.texts.get("recommendation", "")
            yield f"  {one_line(row.ref)}  {shorten(text, _ABOUT)}".rstrip()
            if kind is DifferenceKind.VANISHED:
                silent = "" if difference.why else ", and the later pack says nothing"
                yield f"      it was printed as “{one_line(how_it_stood(row))}”{silent}"
            elif kind is not DifferenceKind.NEW:
                yield f"      before: {one_line(difference.before) or 'nothing'}"
                yield f"      now:    {one_line(difference.after) or 'nothing'}"


def _as_json(found: "Comparison") -> dict[str, Any]:
    sides = {
        name: {"meeting": each.meeting, "number": each.number, "view": each.view, "year": each.year}
        for name, each in (("from", found.earlier), ("to", found.later))
    }
    kinds = {
        kind.value: [_difference(each) for each in differences]
        for kind, differences in found.differences.items()
    }
    return {**sides, **kinds, "left_out": found.left_out}


def _difference(difference: "Difference") -> dict[str, str]:
    names = ("ref", "item", "action", "recommendation", "referred_to", "status")
    row = {name: clean(difference.row.texts.get(name, "")) for name in names}
    if difference.kind is DifferenceKind.VANISHED:
        return {**row, "why": difference.why}
    if difference.kind is DifferenceKind.NEW:
        return row
    before, after = clean(difference.before), clean(difference.after)
    return {**row, "field": difference.field, "before": before, "after": after}
