"""``cpctrack publish``: print a meeting's pack, and keep for good what was printed."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.printing import (
    Laid,
    Wanted,
    tell_of_earlier,
    templates_of,
    view_of,
    view_option,
)
from cpctrack.cli.types import MeetingDay, Year
from cpctrack.dates import long_date
from cpctrack.errors import NotFoundError, RenderError, StoreError, UsageError, reason
from cpctrack.records.model import MeetingType
from cpctrack.render.documents import FORMATS, TEXT_FORMATS
from cpctrack.text import counted, one_line, shorten

if TYPE_CHECKING:
    from cpctrack.records.changes import Author
    from cpctrack.render.views.view import AppendixView
    from cpctrack.store.packs import Publication
    from cpctrack.store.store import Store

_NAMES = {"full": "appendix4", "progress": "progress"}


@click.command()
@click.option(
    "--meeting",
    type=MeetingDay(),
    metavar="DATE",
    required=True,
    help="The formal meeting whose pack it is.",
)
@click.option("--year", type=Year(), metavar="2022/23", help="The municipal year, as for appendix.")
@view_option
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(FORMATS)),
    multiple=True,
    help="A kind of document to write; repeat it for several. A web page where none is named.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder for the documents; it is made where it is missing.",
)
@click.option("--again", is_flag=True, help="Publish a meeting once more, and keep both.")
@click.option("--force", is_flag=True, help="Replace documents in DIR that are different.")
@pass_app
def command(
    app: App,
    *,
    meeting: str,
    year: str | None,
    view_name: str,
    formats: tuple[str, ...],
    folder: Path,
    again: bool,
    force: bool,
) -> None:
    """Publish what a formal meeting's pack prints: write its documents, and freeze them.

    The store keeps every row as printed, and the web page, the Markdown and the CSV file to the
    letter, whatever happens to the actions and the templates later: “cpctrack published” prints
    them again, “cpctrack compare” tells what changed from one pack to the next. Exempt records
    never are in a pack. The names of the documents are printed, one a line.

    \b
    Example:
      cpctrack publish --meeting 24/4/2024 --view progress --format html --format csv -o pack
    """
    from cpctrack.store import store

    if not meeting:
        raise UsageError("Say which meeting the pack is for: --meeting DATE.")
    path = app.store_path()
    author = app.author("publish")
    _tidy(folder)
    with store.editing(path) as current:
        _check_meeting(current, meeting, view_name, again=again)
        laid = view_of(app, current, Wanted(view_name, year or "", meeting))
        view = laid.view
        _check_words(current, view)
        names = dict.fromkeys(formats or ("html",))
        made = _documents(view, dict.fromkeys((*TEXT_FORMATS, *names)), templates_of(path))
        files = {folder / _name(view, name): made[name] for name in names}
        _check_files(files, path, force=force)
        publication = _frozen(current, view, made, author, path)
        _keep(current, publication, files, author)
    try:
        click.echo("\n".join(map(str, files)))
    finally:
        _tell(app, publication, laid)


def _tidy(folder: Path) -> None:
    """Remove what a `publish` that was killed has left in a folder of packs."""
    from cpctrack.store.files import tidy

    for kind in _NAMES.values():
        for lock in folder.glob(f".{kind}-*.lock"):
            tidy(folder / lock.name.removeprefix(".").removesuffix(".lock"))


def _check_meeting(current: "Store", meeting: str, view: str, *, again: bool) -> None:
    from cpctrack.store import packs

    types = {each.type for each in current.meetings.values() if each.date == meeting}
    if types == {MeetingType.INFORMAL}:
        raise NotFoundError(
            f"The meeting of {long_date(meeting)} is informal and gets no pack; name a formal one."
        )
    of_it = [
        each
        for each in packs.in_order(current.document)
        if (each.meeting, each.view) == (meeting, view)
    ]
    if of_it and not again:
        raise StoreError(
            f"The pack of {long_date(meeting)} was published on {long_date(of_it[-1].at[:10])} "
            f"already ({view}). “cpctrack published {meeting} --view {view} -o FILE” prints it "
            "again as it was; --again publishes what is right today, and keeps both."
        )


def _check_words(current: "Store", view: "AppendixView") -> None:
    """Refuse to publish what its own words call exempt: no pack can be taken back."""
    from cpctrack.records.exempt import unsaid

    printed = {row.ref for row in view.rows}
    for record in current.records:
        if one_line(record.ref) in printed and (says := unsaid(record)):
            raise StoreError(
                f"{one_line(record.ref)} is public, though “{shorten(says.words, 60)}” may say "
                "that it is exempt; nothing was published. “cpctrack update REF --exempt "
                'PARAGRAPH” keeps it from the public; --exempt "" says that it is public.'
            )


def _documents(
    view: "AppendixView", names: Mapping[str, None], templates: Path
) -> dict[str, bytes]:
    from cpctrack.render import documents

    return {name: documents.render(view, FORMATS[name], folder=templates) for name in names}


def _name(view: "AppendixView", format_name: str) -> str:
    return f"{_NAMES[view.view]}-{view.printed_for_iso}{FORMATS[format_name].endings[0]}"


def _check_files(files: Mapping[Path, bytes], store_path: Path, *, force: bool) -> None:
    """Refuse to replace the store, a folder, or without ``--force`` a file that is different."""
    from cpctrack.store.files import read

    for file, content in files.items():
        if file.is_dir():
            raise UsageError(f"{file} is a folder, where a document should go.")
        if not file.exists():
            continue
        if file.samefile(store_path):
            raise UsageError(f"{file} is the store itself; name another folder.")
        try:
            same = read(file) == content
        except OSError as error:
            raise RenderError(f"{file} can't be read ({reason(error)}).") from error
        if not same and not force:
            raise RenderError(
                f"{file} already exists and is different; name another folder, or add --force. "
                "Nothing was published."
            )


def _frozen(
    current: "Store",
    view: "AppendixView",
    made: Mapping[str, bytes],
    author: "Author",
    path: Path,
) -> "Publication":
    from cpctrack import __version__
    from cpctrack.render import freezing
    from cpctrack.store import packed, packs
    from cpctrack.store.storage import new_id

    plain = freezing.freeze(view)
    day = view.printed_for_iso
    before = [each for each in packs.in_order(current.document) if each.meeting == day]
    return packs.Publication(
        id=f"{day}-{new_id()}",
        meeting=day,
        view=view.view,
        year=view.year,
        at=max(author.at, *(each.at for each in before), ""),  # however wrong a clock is
        by=author.by,
        number=len(before) + 1,
        version=__version__,
        templates=freezing.templates(templates_of(path)),
        rows=packs.rows_of(plain, _ids(current, view)),
        frozen=packs.freeze(plain),
        documents={
            name: packed.pack(content, keep=name in TEXT_FORMATS) for name, content in made.items()
        },
    )


def _ids(current: "Store", view: "AppendixView") -> dict[str, str]:
    """Give the id of each record by its reference as printed, of which there must be one."""
    from collections import Counter

    uses = Counter(row.ref for row in view.rows)
    if twice := [ref for ref, count in uses.items() if count > 1]:
        raise StoreError(
            f"Two records have the reference {twice[0]}, so nobody could tell which was published. "
            "“cpctrack check” says how to put that right."
        )
    return {one_line(record.ref): record.id for record in current.records if not record.exempt}


def _keep(
    current: "Store", publication: "Publication", files: Mapping[Path, bytes], author: "Author"
) -> None:
    """Write the documents and the store, all of it or nothing."""
    from cpctrack.store import packs
    from cpctrack.store.files import prepared

    done = False
    try:
        with prepared(files) as put_in_place:
            current.put_row(packs.TABLE, publication.id, packs.encode(publication), author)
            current.commit()
            done = True
            # From here on the store knows of the pack, and can print whatever is lost.
            put_in_place()
    except OSError as error:
        if not done:
            folder = next(iter(files)).parent
            raise RenderError(
                f"{folder} can't be written to ({reason(error)}); nothing was published."
            ) from error
        raise RenderError(
            f"The pack is published, but its documents could not all be written "
            f"({reason(error)}); “cpctrack published {publication.meeting} -o FILE” prints them."
        ) from error


def _tell(app: App, publication: "Publication", laid: Laid) -> None:
    app.say(f"Published {publication.name}: {laid.view.summary}")
    tell_of_earlier(app, laid)
    if laid.left_out:
        left = counted(laid.left_out, "exempt row")
        app.warn(f"{left} left out: what is published is for the public.")
