"""``cpctrack published``: the packs there were, and any of them as it was printed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app, print_json
from cpctrack.cli.output.printing import VIEWS, format_option, output_option
from cpctrack.cli.output.writing import check_output, write
from cpctrack.cli.types import MeetingDay
from cpctrack.dates import long_date
from cpctrack.errors import StoreError, UsageError
from cpctrack.render.documents import Format, format_of
from cpctrack.text import counted, one_line

if TYPE_CHECKING:
    from cpctrack.store.packs import Publication
    from cpctrack.store.store import Store

_COLUMNS = ("meeting", "number", "view", "year", "at", "by", "rows", "version")


@click.command()
@click.argument("meeting", type=MeetingDay(), required=False, metavar="[DATE]")
@format_option
@output_option
@click.option(
    "--view", type=click.Choice(VIEWS), help="Which, where the meeting has packs of both views."
)
@click.option(
    "--number",
    type=click.IntRange(min=1),
    help="Which, where the meeting was published more than once; else the latest.",
)
@click.option(
    "--include-exempt",
    is_flag=True,
    help="Print it although records in it are exempt by now: not for publication.",
)
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@click.option("--json", "as_json", is_flag=True, help="List as JSON for scripts.")
@pass_app
def command(
    app: App,
    *,
    meeting: str | None,
    format_name: str | None,
    output: Path | None,
    view: str | None,
    number: int | None,
    include_exempt: bool,
    force: bool,
    as_json: bool,
) -> None:
    """List the packs that were published, or print one again as it was.

    The web page, the Markdown and the CSV file come out byte for byte as they were published. A
    Word file, a PDF or a workbook is made again from what was frozen: it says the same, and a
    message tells where its bytes are not those that were published.

    \b
    Example:
      cpctrack published
      cpctrack published --json
    """
    from cpctrack.store import packs, store

    path = app.store_path()
    current = store.read(path)
    every = packs.in_order(current.document)
    if meeting is None or as_json:
        if format_name or output:
            raise UsageError("Name the meeting whose pack is to be printed, and leave --json out.")
        found = [each for each in every if meeting in (None, each.meeting)]
        _list(app, found, as_json=as_json)
        return
    chosen = packs.choose(every, meeting, view=view or "", number=number or 0)
    made = format_of(name=format_name or "", output=output)
    if made.binary and not output:
        raise UsageError(f"A {made.name} document goes into a file; name it with -o FILE.")
    if output:
        check_output(output, [path], force=force)
    packs.frozen(chosen)  # its rows say whose records must be looked at
    _check_open(app, current, chosen, include_exempt=include_exempt)
    content = _document(app, chosen, made)
    if output:
        write(output, content)
        app.say(f"Wrote {output}: {chosen.name}, published on {long_date(chosen.at[:10])}.")
    else:
        click.echo(content, nl=False)


def _check_open(
    app: App, current: "Store", publication: "Publication", *, include_exempt: bool
) -> None:
    """Refuse to print what is not for the public by now, unless that is asked for."""
    from cpctrack.records.exempt import is_withheld

    closed = [row.ref for row in publication.rows if is_withheld(current.readable(row.record))]
    if not closed:
        return
    refs = ", ".join(map(one_line, closed))
    if not include_exempt:
        named = publication.name[0].upper() + publication.name[1:]
        raise StoreError(
            f"{named} printed {refs}, which must not be published any more: exempt "
            "by now, gone from the store, or not to be read. --include-exempt prints it all "
            "the same, for those who may see it."
        )
    app.warn(f"Not for publication: {refs} must not be shown to the public any more.")


def _document(app: App, publication: "Publication", made: Format) -> bytes:
    """Give the bytes that were published, or what the frozen view makes now."""
    from cpctrack.store import packed, packs

    if not made.binary:
        return packs.document(publication, made.name)
    from cpctrack.render import documents, freezing

    view = freezing.thaw(packs.frozen(publication))
    content = documents.render(view, made)
    published = publication.documents.get(made.name)
    if published and not packed.is_of(content, published):
        app.warn(
            f"It says what was published, but its bytes differ from those of the {made.name} "
            f"document that cpctrack {one_line(publication.version)} wrote."
        )
    return content


def _list(app: App, found: Sequence["Publication"], *, as_json: bool) -> None:
    if as_json:
        print_json([_as_json(each) for each in found])
        return
    if not found:
        app.say("Nothing was published yet; “cpctrack publish” does it.")
        return
    lines = [_COLUMNS, *(tuple(map(one_line, map(str, _cells(each)))) for each in found)]
    if _on_terminal():
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            click.echo("  ".join(cells).rstrip())
        app.say(counted(len(found), "publication") + ".")
    else:
        click.echo("\n".join("\t".join(line) for line in lines))


def _on_terminal() -> bool:
    import sys

    return sys.stdout.isatty()


def _cells(publication: "Publication") -> list[Any]:
    values = {**publication._asdict(), "rows": len(publication.rows)}
    return [values[name] for name in _COLUMNS]


def _as_json(publication: "Publication") -> dict[str, Any]:
    return {
        **dict(zip(_COLUMNS, _cells(publication), strict=True)),
        "refs": [row.ref for row in publication.rows],
        "templates": dict(publication.templates),
        "documents": {
            name: {"length": each.length, "sha256": each.sha256}
            for name, each in sorted(publication.documents.items())
        },
    }
