"""``cpctrack appendix``: print Appendix 4."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import MeetingDay, Year
from cpctrack.errors import RenderError, UsageError, reason
from cpctrack.render.documents import FORMATS, format_of

if TYPE_CHECKING:
    from cpctrack.render.view import AppendixView


@click.command()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    help="The kind of document, where the ending of FILE does not say.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write it, instead of standard output.",
)
@click.option(
    "--year",
    type=Year(),
    metavar="2022/23",
    help="The municipal year; that of the latest meeting unless you say otherwise.",
)
@click.option(
    "--meeting",
    type=MeetingDay(),
    metavar="DATE",
    help="The formal meeting it is printed for; the year is that of the meeting before it.",
)
@click.option(
    "--view",
    type=click.Choice(["full"]),
    default="full",
    show_default=True,
    expose_value=False,
    help="What to show: the whole table.",
)
@click.option(
    "--template",
    metavar="NAME|FILE",
    help="A template of your own, or one that cpctrack brings.",
)
@click.option(
    "--include-exempt", is_flag=True, help="Show exempt records too: not for publication."
)
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@pass_app
def command(
    app: App,
    *,
    format_name: str | None,
    output: Path | None,
    year: str | None,
    meeting: str | None,
    template: str | None,
    include_exempt: bool,
    force: bool,
) -> None:
    """Print Appendix 4: what came of a municipal year's actions, in the eight published columns.

    It goes to standard output as Markdown, or to FILE, whose ending says what it is: .md, .html
    or .csv. Exempt records stay out, and a message says how many.

    \b
    Example:
      cpctrack appendix -o appendix4.html --force
    """
    from cpctrack.render import documents

    made = format_of(name=format_name or "", output=output, template=template or "")
    path = app.store_path()
    if output:
        _check_output(output, (path, Path(template)) if template else (path,), force=force)
    view = _view(app, path, year or "", meeting or "", include_exempt=include_exempt)
    content = documents.render(view, made, template or "")
    if output:
        _write(output, content)
        app.say(f"Wrote {output}: {view.summary}")
    else:
        click.echo(content, nl=False)
    _tell_of_exempt(app, view)


def _view(app: App, path: Path, year: str, meeting: str, *, include_exempt: bool) -> "AppendixView":
    from cpctrack import store
    from cpctrack.render.view import appendix_view, check_printed_for, year_to_print

    current = store.read(path)
    current.require_settled()
    meetings = current.meetings.values()
    if meeting:
        check_printed_for(meetings, meeting, app.today())
    chosen = year_to_print(
        meetings, current.settings, wanted=year, printed_for=meeting, today=app.today()
    )
    return appendix_view(
        current.records,
        current.settings,
        year=chosen,
        today=app.today(),
        printed_for=meeting,
        include_exempt=include_exempt,
    )


def _check_output(output: Path, sources: tuple[Path, ...], *, force: bool) -> None:
    """Refuse to write over what the document is made from, or over any file without ``--force``."""
    if output.is_dir():
        raise UsageError(f"{output} is a folder; name a file in it.")
    if not output.exists():
        return
    if any(source.exists() and output.samefile(source) for source in sources):
        raise UsageError(f"{output} is what the document is made from; name another file.")
    if not force:
        raise RenderError(f"{output} already exists; name another file, or add --force.")


def _write(output: Path, content: bytes) -> None:
    from cpctrack.files import write_atomically

    try:
        write_atomically(output, content)
    except OSError as error:
        raise RenderError(f"{output} can't be written ({reason(error)}).") from error


def _tell_of_exempt(app: App, view: "AppendixView") -> None:
    if view.exempt_shown:
        app.warn(view.not_for_publication)
    if view.exempt_left_out:
        one = view.exempt_left_out == 1
        rows = "1 exempt row is" if one else f"{view.exempt_left_out} exempt rows are"
        them = "it" if one else "them"
        app.warn(
            f"{rows} left out; --include-exempt shows {them}, in a document not for the public."
        )
