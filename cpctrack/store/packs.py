"""What a pack printed, frozen: rows of the store's table ``publications``, to and from. Pure.

`docs/store.md` describes each field. Nothing is unpacked before it is asked for, so a store that
keeps years of packs is read as fast as one that keeps none.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cpctrack.dates import is_iso, long_date
from cpctrack.errors import NotFoundError, RenderError, StoreError
from cpctrack.store import canonical
from cpctrack.store.codec import Document, Row
from cpctrack.text import fold, one_line

TABLE = "publications"

ROW_FIELDS = (
    "ref", "meeting_date_iso", "item", "recommendation", "action", "referred_to", "response",
    "standing", "status", "due", "due_iso", "completed_on_iso", "agreed_on_iso", "meeting_type",
    "follow_up_printed", "overdue_note", "slippage", "reopened",
)  # fmt: skip
"""What is kept readable of each row, by its name in the view of a row."""

MOST_BYTES = 64 * 1024 * 1024
"""How large a document can be and be kept: nothing is unpacked beyond it."""

_LEVEL = 9
_RECORD = "record"
_TEXTS = ("meeting", "view", "year", "at", "by", "version")


class Packed(NamedTuple):
    """A document as the store keeps it: `content` is deflated and in base64.

    It is empty for a document that is made again from the view, of which only length and SHA-256
    are kept.
    """

    length: int
    sha256: str
    content: str = ""


class PrintedRow(NamedTuple):
    """A row that was printed: the id of its record, and what stood in it."""

    record: str
    texts: Mapping[str, str]

    @property
    def ref(self) -> str:
        """The reference that was printed."""
        return self.texts.get("ref", "")


class Publication(NamedTuple):
    """One pack as it was published for a formal meeting (ISO).

    `number` counts the publications of the meeting in the order in which they were made; `frozen`
    is the whole view as JSON, `documents` are the documents by format, `templates` the SHA-256 of
    each template there was.
    """

    id: str
    meeting: str
    view: str
    year: str
    at: str
    by: str
    number: int
    version: str
    templates: Mapping[str, str]
    rows: tuple[PrintedRow, ...]
    frozen: Packed
    documents: Mapping[str, Packed]

    @property
    def name(self) -> str:
        """The publication in words: whose pack it is, and which one of several."""
        again = f", publication {self.number}" if self.number > 1 else ""
        return f"the pack of {one_line(long_date(self.meeting))}{again}"


def pack(content: bytes, *, keep: bool = True) -> Packed:
    """Pack a document for the store; raises `RenderError` where it is too large to be kept."""
    import zlib
    from base64 import b64encode
    from hashlib import sha256

    if len(content) > MOST_BYTES:
        raise RenderError(
            f"A document is too large to be published: {len(content) // 1024**2} MB, and the store "
            f"keeps at most {MOST_BYTES // 1024**2} MB."
        )
    packed = b64encode(zlib.compress(content, _LEVEL)).decode() if keep else ""
    return Packed(len(content), sha256(content).hexdigest(), packed)


def unpack(packed: Packed) -> bytes:
    """Give a packed document's bytes; raises `ValueError` where they are not what was packed."""
    import zlib
    from base64 import b64decode

    if not 0 <= packed.length <= MOST_BYTES:
        raise ValueError("its length is none that is kept")
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(b64decode(packed.content, validate=True), packed.length + 1)
    except zlib.error as error:
        raise ValueError("it can't be unpacked") from error
    if not unpacker.eof or unpacker.unused_data or not is_of(content, packed):
        raise ValueError("it is not what was published")
    return content


def is_of(content: bytes, packed: Packed) -> bool:
    """Tell whether these bytes are the ones that were packed."""
    from hashlib import sha256

    return len(content) == packed.length and sha256(content).hexdigest() == packed.sha256


def document(publication: Publication, name: str) -> bytes:
    """Give the document of this format as it was published; raises `StoreError`."""
    try:
        return unpack(publication.documents[name])
    except (KeyError, ValueError) as error:
        raise _unreadable(publication.id, f"the {name} document is missing or damaged") from error


def frozen(publication: Publication) -> Row:
    """Give the view that was published, as plain JSON; raises `StoreError`.

    So it does where the rows that can be read in the store are not those of the view: whatever is
    asked of the rows must hold for the documents.
    """
    import orjson

    try:
        view: Row = orjson.loads(unpack(publication.frozen))
        same = len(view["rows"]) == len(publication.rows) and all(
            row[name] == text
            for row, printed in zip(view["rows"], publication.rows, strict=True)
            for name, text in printed.texts.items()
        )
    except (ValueError, TypeError, KeyError) as error:
        raise _unreadable(publication.id, "what is kept to print it again is damaged") from error
    if not same:
        raise _unreadable(publication.id, "its rows are not those that were printed")
    return view


def freeze(view: Row) -> Packed:
    """Pack a view that was made plain JSON."""
    return pack(canonical.dumps(view))


def rows_of(view: Row, records: Mapping[str, str]) -> tuple[PrintedRow, ...]:
    """Give the readable rows of a view; `records` are the records' ids by reference."""
    return tuple(PrintedRow(records[row["ref"]], _texts(row)) for row in view["rows"])


def encode(publication: Publication) -> Row:
    """Write a publication as a row of the store."""
    texts = {name: getattr(publication, name) for name in _TEXTS}
    return {
        **texts,
        "number": publication.number,
        "templates": dict(publication.templates),
        "rows": [{_RECORD: row.record, **row.texts} for row in publication.rows],
        "frozen": _encode_packed(publication.frozen),
        "documents": {name: _encode_packed(each) for name, each in publication.documents.items()},
    }


def decode(row_id: str, row: Row) -> Publication:
    """Read a row of the store; raises `StoreError`. Its documents stay packed."""
    try:
        texts = {name: row[name] for name in _TEXTS}
        "".join((*texts.values(), *row["templates"].values()))
        return Publication(
            id=row_id,
            **texts,
            number=_of_type(int, row["number"]),
            templates=row["templates"],
            rows=tuple(map(_decode_row, _of_type(list, row["rows"]))),
            frozen=_decode_packed(row["frozen"]),
            documents={name: _decode_packed(each) for name, each in row["documents"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _unreadable(row_id, "its fields are not as docs/store.md describes them") from error


def in_order(document: Document) -> list[Publication]:
    """Read every publication there is, by meeting and as they were made; raises `StoreError`.

    Two copies of the store may each have published a meeting: they are numbered anew, by time.
    """
    read = [decode(row_id, row) for row_id, row in document.get(TABLE, {}).items()]
    numbered: list[Publication] = []
    for each in sorted(read, key=lambda each: (each.meeting, each.at, each.number, each.id)):
        follows = bool(numbered) and numbered[-1].meeting == each.meeting
        numbered.append(each._replace(number=numbered[-1].number + 1 if follows else 1))
    return numbered


def choose(
    publications: Iterable[Publication], meeting: str, *, view: str = "", number: int = 0
) -> Publication:
    """Choose a meeting's publication: the latest, of this view or number if one is named.

    Raises `NotFoundError` naming what there is.
    """
    every = list(publications)
    of_it = [each for each in every if each.meeting == meeting]
    if not of_it:
        days = sorted({each.meeting for each in every}, reverse=True)[:3]
        known = f"The latest: {', '.join(map(long_date, days))}." if days else "None was yet."
        raise NotFoundError(f"No pack was published for {long_date(meeting)}. {known}")
    fit = [each for each in of_it if view in ("", each.view) and number in (0, each.number)]
    if not fit:
        known = ", ".join(f"{each.number} ({one_line(each.view)})" for each in of_it)
        raise NotFoundError(
            f"The meeting of {long_date(meeting)} has no such publication; it has {known}."
        )
    return fit[-1]


def meetings(document: Document) -> set[str]:
    """Give the days (ISO) that packs were published for, as far as they can be read."""
    days = (row.get("meeting") for row in document.get(TABLE, {}).values())
    return {day for day in days if isinstance(day, str) and is_iso(day)}


def printed(document: Document) -> Iterator[tuple[str, str, str]]:
    """Give each reference that was published, as far as it can be read.

    With it come the id of the record that bore it, and the meeting (ISO) it was published for.
    """
    for row in document.get(TABLE, {}).values():
        lines = row.get("rows")
        for line in lines if isinstance(lines, list) else ():
            if isinstance(line, dict) and line.get("ref"):
                record, meeting = line.get(_RECORD, ""), row.get("meeting", "")
                yield str(line["ref"]), str(record), str(meeting)


def printed_as(document: Document) -> dict[tuple[str, str], tuple[str, ...]]:
    """Give the meetings (ISO) whose packs printed a record, by its id and its reference, folded."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for ref, record, meeting in sorted(printed(document)):
        key = (record, fold(ref))
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), meeting)))
    return found


def standing(document: Document) -> dict[tuple[str, str], Document]:
    """Give the last publication of each meeting and view, which took the place of those before."""
    rows = document.get(TABLE, {}).items()
    in_time = sorted(
        rows, key=lambda each: (str(each[1].get("at")), f"{each[1].get('number')!s:>9}")
    )
    last = {
        (str(row.get("meeting")), str(row.get("view"))): (row_id, row) for row_id, row in in_time
    }
    return {key: {TABLE: {row_id: row}} for key, (row_id, row) in last.items()}


def damage(row_id: str, row: Row) -> str:
    """Say what is wrong with a publication, everything that is kept of it included, or nothing."""
    try:
        publication = decode(row_id, row)
        frozen(publication)
        for name, each in publication.documents.items():
            if each.content:
                document(publication, name)
    except StoreError as error:
        return str(error)
    day = publication.meeting
    return "" if is_iso(day) else f"“{one_line(day)}” is no day of the calendar."


def _texts(row: Row) -> dict[str, str]:
    return {name: value for name in ROW_FIELDS if (value := row.get(name))}


def _decode_row(row: Row) -> PrintedRow:
    texts = _texts(row)
    "".join((row[_RECORD], *texts.values()))
    return PrintedRow(row[_RECORD], texts)


def _encode_packed(packed: Packed) -> Row:
    row: Row = {"length": packed.length, "sha256": packed.sha256}
    return {**row, "content": packed.content} if packed.content else row


def _decode_packed(row: Row) -> Packed:
    length, digest, content = row["length"], row["sha256"], row.get("content", "")
    "".join((digest, content))
    return Packed(_of_type(int, length), digest, content)


def _of_type(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError
    return value


def _unreadable(row_id: str, why: str) -> StoreError:
    return StoreError(
        f"The publication {one_line(row_id)} can't be read: {why}. Restore the file from git or a "
        "backup."
    )
