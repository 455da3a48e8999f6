"""Putting stores away for good: all of them in one file, with what shows that it is whole."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.errors import CpctrackError, ImportRefusedError, RenderError, StoreError, reason
from cpctrack.records.exempt import is_withheld
from cpctrack.records.model import NOTHING, Record
from cpctrack.records.refs import is_prefix
from cpctrack.render.documents import FORMATS
from cpctrack.render.export import bundle, forms
from cpctrack.render.export.index import Chapter, Entry, page
from cpctrack.render.export.tables import Rows, tables
from cpctrack.store import canonical, codec, files, packs
from cpctrack.store.codec import Document, Row
from cpctrack.store.packs import Publication
from cpctrack.store.storage import parse_document
from cpctrack.store.store import Store
from cpctrack.tasks import handing_out
from cpctrack.tasks.handing_out import Part
from cpctrack.text import counted, one_line, unfit_name

_INDEX = "index.html"
_MARK = f"{forms.MARK.upper()}.txt"
_MEANS = (  # of the tables, in their order
    "the meetings",
    "every action, recommendation and decision, for Excel",
    "their history, a line for each change",
)


class Archived(NamedTuple):
    """What was written: how many files, the SHA-256 of the archive, what was left out of it.

    `left_out` are records and `packs` publications that the public must not see (any more).
    """

    files: int
    sha256: str
    left_out: int
    packs: int


def archive(
    held: Sequence[Store],
    target: Path,
    today: date,
    *,
    include_exempt: bool = False,
    force: bool = False,
) -> Archived:
    """Write an archive of these stores, after it was verified as `verify` does.

    Raises `UsageError`, `StoreError` or `RenderError`.
    """
    chosen = handing_out.parts(held, include_exempt=include_exempt)
    contents: dict[str, bytes] = {}
    chapters, packs_left_out = [], 0
    for part in chosen:
        prefix = part.store.settings.prefix
        if not is_prefix(prefix):
            raise StoreError(
                f"The prefix “{one_line(prefix)}” of {part.store.path} can name no folder of an "
                "archive; correct it in the file. Nothing was written."
            )
        every = packs.in_order(part.store.document)
        shown = [each for each in every if include_exempt or _is_public(each, part)]
        packs_left_out += len(every) - len(shown)
        folder = f"{prefix}_" if unfit_name(prefix) else prefix
        entries = []
        rows = tables([part.source(today)])
        for name, means, content in _files(part, rows, shown, internal=include_exempt):
            entries.append(Entry(f"{folder}/{name}", means))
            contents[f"{folder}/{name}"] = content
        summary = _summary(part, rows, len(shown))
        chapters.append(Chapter(part.store.settings.committee, summary, entries))
    day = long_date(today.isoformat())
    contents[_INDEX] = page(chapters, day, internal=include_exempt)
    if include_exempt:
        contents[_MARK] = b"Not for publication: exempt business is in these files.\n"
    packed = bundle.pack(contents)
    if wrong := verify(packed, target.name):
        raise RenderError(f"Nothing was archived, as it could not be read again: {wrong[0]}")
    handing_out.put_in_place({target: packed}, [each.path for each in held], force=force)
    left_out = handing_out.left_out(chosen)
    return Archived(len(contents) + 1, sha256(packed).hexdigest(), left_out, packs_left_out)


def verify_file(path: Path) -> list[str]:
    """Say what is wrong with an archive, as `verify` does; raises `StoreError`."""
    try:
        content = files.read(path)
    except OSError as error:
        raise StoreError(
            f"{path} can't be read ({reason(error)}); name an archive that cpctrack made."
        ) from error
    return verify(content, path.name)


def verify(content: bytes, name: str) -> list[str]:
    """Say in a sentence each what is wrong with an archive, or nothing where it is whole.

    Every file must have its checksum, and every store must open, down to its packs.
    """
    try:
        contents = bundle.unpack(content, name)
    except (StoreError, ImportRefusedError) as error:
        return [str(error)]
    problems = list(bundle.differences(contents))
    stores = [each for each in contents if each.endswith(f"/{files.STORE_NAME}")]
    if not stores:
        problems.append(f"{name} holds no store.")
    for each in stores:
        problems += _damage(contents[each], each)
    return problems


def _damage(content: bytes, name: str) -> Iterator[str]:
    try:
        document = Store(Path(name), parse_document(content, name)).document
        codec.check_readable(document, document.get("actions", {}).keys())
        publications = document.get(packs.TABLE, {})
    except CpctrackError as error:
        yield f"{name}: {error}"
        return
    for row_id, row in publications.items():
        if wrong := packs.damage(row_id, row):
            yield f"{name}: {wrong}"


def _is_public(publication: Publication, part: Part) -> bool:
    """Tell whether all that a pack printed may be seen; raises `StoreError` where it can't be."""
    packs.frozen(publication)  # its rows say whose records must be looked at
    return not any(is_withheld(part.store.readable(row.record)) for row in publication.rows)


def _files(
    part: Part, rows: Rows, shown: Sequence[Publication], *, internal: bool
) -> Iterator[tuple[str, str, bytes]]:
    """Give each file of a store: its name, what it is, in words, and its content."""
    document = part.store.document if internal else _public_document(part, shown)
    yield files.STORE_NAME, "the store itself, as cpctrack reads it", canonical.dumps(document)
    made = forms.folder_of(rows, "csv", internal=internal)
    for (name, content), means in zip(made.items(), _MEANS, strict=True):
        yield name, means, content
    for each in shown:
        view = "".join(c if c.isascii() and c.isalnum() else "-" for c in each.view)
        for form in FORMATS.values():
            if form.name in each.documents and each.documents[form.name].content:
                name = f"packs/{each.meeting}-{each.number}-{view}{form.endings[0]}"
                means = f"{each.name}, as it was published ({form.name})"
                yield name, means, packs.document(each, form.name)


def _public_document(part: Part, shown: Sequence[Publication]) -> Document:
    """Give the store without what is not for the public.

    Only tables that are known to hold nothing private go with it: no addresses, no habits.
    """
    document, settings = part.store.document, part.store.settings._replace(extra=NOTHING)
    kept = {
        "meetings": list(part.meetings),
        packs.TABLE: [each.id for each in shown],
        codec.WITHDRAWN: list(document.get(codec.WITHDRAWN, {})),
    }
    return {
        "actions": {record.id: _row(record, part.store) for record in part.records},
        "meetings": {},
        **{name: {key: document[name][key] for key in keys} for name, keys in kept.items() if keys},
        "settings": {codec.SETTINGS_ID: codec.encode_settings(settings)},
    }


def _row(record: Record, held: Store) -> Row:
    """Give a record's row as the store has it, unless it must not name all that it names there."""
    if record == held.record(record.id):
        return held.document["actions"][record.id]
    return codec.encode_record(record)


def _summary(part: Part, rows: Rows, published: int) -> str:
    numbers = (
        counted(len(part.records), "action"),
        f"{sum(each.status.is_open for each in part.records):,} not finished",
        f"{sum(row['overdue'] for row in rows['records']):,} overdue",
        counted(len(part.meetings), "meeting"),
        counted(published, "published pack"),
    )
    return f"{', '.join(numbers)}."
