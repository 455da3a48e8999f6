"""Publishing what a meeting's pack prints, printing it again, and comparing two packs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpctrack import __version__
from cpctrack.dates import long_date
from cpctrack.errors import NotFoundError, RenderError, StoreError, UsageError, reason
from cpctrack.publishing.comparing import Comparison, compare, pair
from cpctrack.records.changes import Author
from cpctrack.records.exempt import is_withheld, unsaid
from cpctrack.records.model import MeetingType, Record
from cpctrack.render import documents, freezing
from cpctrack.render.documents import TEXT_FORMATS, Format, format_named
from cpctrack.render.views.view import AppendixView
from cpctrack.store import files, packs, store
from cpctrack.store.packs import Publication
from cpctrack.store.storage import new_id
from cpctrack.store.store import Store
from cpctrack.tasks.print_view import Laid, PrintRequest, document, lay_out, templates_of
from cpctrack.text import one_line, shorten

BOTH = "both"
"""What asks for either view of one meeting."""

_NAMES = {"full": "appendix4", "progress": "progress"}


class Published(NamedTuple):
    """What was published, what was laid out for it, and the files that were written."""

    publication: Publication
    laid: Laid
    files: tuple[Path, ...]


class Reprinted(NamedTuple):
    """A document of a pack, and the references in it that the public must not see by now.

    `differs` tells of one that is made again and has not the bytes that were published.
    """

    content: bytes
    withheld: tuple[str, ...]
    differs: bool


def publish(
    path: Path,
    folder: Path | None,
    wanted: PrintRequest,
    author: Author,
    today: date,
    *,
    formats: Iterable[str] = ("html",),
    again: bool = False,
    force: bool = False,
) -> list[Published]:
    """Write a pack's documents into a folder and freeze them in the store, or do neither.

    Without a meeting it is the next formal one that is known, without a folder one here that is
    named after it (``pack-2024-06-12``). The view “both” is the full one and the progress report.
    `again` publishes a meeting once more, `force` replaces files that are different. Raises
    `UsageError`, `StoreError`, `NotFoundError`, or `RenderError`.
    """
    published: list[Published] = []
    contents: dict[Path, bytes] = {}
    names = dict.fromkeys(formats)
    with store.editing(path) as current:
        meeting = wanted.meeting or current.calendar(today).next_formal
        if not meeting:
            raise UsageError(
                "Which meeting is the pack for? Add --meeting DATE: the store knows of no formal "
                "one to come."
            )
        folder = folder or Path(f"pack-{meeting}")
        for kind in _NAMES.values():  # what one that was killed has left
            for lock in folder.glob(f".{kind}-*.lock"):
                files.tidy(folder / lock.name.removeprefix(".").removesuffix(".lock"))
        for each in _each_view(wanted._replace(meeting=meeting)):
            _check_meeting(current, meeting, each.view, again=again)
            laid = lay_out(current, each, today)
            printed = {row.ref for row in laid.view.rows}
            # No pack can be taken back.
            refuse_doubtful(each for each in current.records if one_line(each.ref) in printed)
            made = {name: document(current, laid, name) for name in (*TEXT_FORMATS, *names)}
            stem = f"{_NAMES[laid.view.view]}-{laid.view.printed_for_iso}"
            own = {folder / f"{stem}{format_named(name).endings[0]}": made[name] for name in names}
            publication = _frozen(current, laid.view, made, author)
            current.put_rows(packs.TABLE, {publication.id: packs.encode(publication)}, author)
            published.append(Published(publication, laid, tuple(own)))
            contents |= own
        files.check_free(contents, [path], force=force)
        current.keep_meeting(current.meeting_on(meeting, MeetingType.FORMAL), author)
        _keep(current, meeting, contents)
    return published


def _each_view(wanted: PrintRequest) -> list[PrintRequest]:
    if wanted.view != BOTH:
        return [wanted]
    return [wanted._replace(view="full"), wanted._replace(view="progress", year="", carried=True)]


def refuse_doubtful(records: Iterable[Record]) -> None:
    """Refuse to publish what by its own words may be exempt; raises `StoreError`."""
    for record in records:
        if says := unsaid(record):
            raise StoreError(
                f"{one_line(record.ref)} is public, though “{shorten(says.words, 60)}” may say "
                "that it is exempt; nothing was published. “cpctrack update REF --exempt "
                'PARAGRAPH” keeps it from the public; --exempt "" says that it is public.'
            )


def reprint(
    current: Store, publication: Publication, made: Format, *, include_exempt: bool = False
) -> Reprinted:
    """Give a document of a pack: the bytes that were published, or what its frozen view makes now.

    Raises `StoreError` where it shows what is not for the public by now, unless that is asked for.
    """
    frozen = packs.frozen(publication)  # its rows say whose records must be looked at
    withheld = tuple(
        row.ref for row in publication.rows if is_withheld(current.readable(row.record))
    )
    if withheld and not include_exempt:
        named = publication.name[0].upper() + publication.name[1:]
        refs = ", ".join(map(one_line, withheld))
        raise StoreError(
            f"{named} printed {refs}, which must not be published any more: exempt "
            "by now, gone from the store, or not to be read. --include-exempt prints it all "
            "the same, for those who may see it."
        )
    kept = publication.documents.get(made.name)
    if made.name in TEXT_FORMATS or (kept and kept.content):
        return Reprinted(packs.document(publication, made.name), withheld, differs=False)
    content = documents.render(freezing.thaw(frozen), made)
    return Reprinted(content, withheld, differs=bool(kept and not packs.is_of(content, kept)))


def compare_packs(current: Store, first: str, second: str) -> Comparison:
    """Tell what changed between the packs of two meetings (ISO); raises `NotFoundError`."""
    publications = packs.in_order(current.document)
    if first == second and sum(each.meeting == first for each in publications) == 1:
        raise NotFoundError(
            f"The pack of {long_date(first)} was published once, so there is nothing to compare "
            "it with; name another meeting."
        )
    earlier, later = pair(publications, (first, second))
    ids = {row.record for each in (earlier, later) for row in each.rows}
    withheld = {record for record in ids if is_withheld(current.readable(record))}
    return compare(earlier, later, withheld=withheld)


def _check_meeting(current: Store, meeting: str, view: str, *, again: bool) -> None:
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


def _frozen(
    current: Store, view: AppendixView, made: Mapping[str, bytes], author: Author
) -> Publication:
    uses = Counter(row.ref for row in view.rows)
    if twice := [ref for ref, count in uses.items() if count > 1]:
        raise StoreError(
            f"Two actions have the reference {twice[0]}, so nobody could tell which was published. "
            "“cpctrack check” says how to put that right."
        )
    ids = {one_line(record.ref): record.id for record in current.records if not record.exempt}
    plain = freezing.freeze(view)
    day = view.printed_for_iso
    before = [each for each in packs.in_order(current.document) if each.meeting == day]
    return Publication(
        id=f"{day}-{new_id()}",
        meeting=day,
        view=view.view,
        year=view.year,
        at=max(author.at, *(each.at for each in before), ""),  # however wrong a clock is
        by=author.by,
        number=len(before) + 1,
        version=__version__,
        templates=freezing.templates(templates_of(current.path)),
        rows=packs.rows_of(plain, ids),
        frozen=packs.freeze(plain),
        documents={
            name: packs.pack(content, keep=not format_named(name).binary)
            for name, content in made.items()
        },
    )


def _keep(current: Store, meeting: str, contents: Mapping[Path, bytes]) -> None:
    """Write the documents and the store, all of it or nothing."""
    done = False
    try:
        with files.prepared(contents) as put_in_place:
            current.commit()
            done = True
            # From here on the store knows of the pack, and can print whatever is lost.
            put_in_place()
    except OSError as error:
        if not done:
            folder = next(iter(contents)).parent
            raise RenderError(
                f"{folder} can't be written to ({reason(error)}); nothing was published."
            ) from error
        raise RenderError(
            f"The pack is published, but its documents could not all be written "
            f"({reason(error)}); “cpctrack published {meeting} -o FILE” prints them."
        ) from error
