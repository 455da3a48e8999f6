"""Files that may be a form with answers: read as a document, with what they carry unseen.

Office files, tables in text and web pages. What a column is for is told by its heading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cpctrack.labels import FORM_KEY, FORM_MARK
from cpctrack.reading import decode, registry
from cpctrack.reading.archives import Parts, open_archive
from cpctrack.reading.document import Block, Document, Row, Table
from cpctrack.reading.mail.letter import Form
from cpctrack.records.refs import written
from cpctrack.text import fold, seen

NUMBER = re.compile(r"\b[A-Z][A-Z0-9]{0,7}-CHASE-[A-Z0-9]{4,8}\b", re.ASCII)
"""The number of a message, as its owner sees it."""

# Where a file keeps it, the surest place first: programs that save it may leave out one.
_KEPT = (
    r"docProps/custom\.xml", r"docProps/core\.xml", r"meta\.xml",
    r"(?:content|xl/sharedStrings|xl/worksheets/\w+)\.xml",
)  # fmt: skip
_OFFICE = (".docx", ".docm", ".odt", ".xlsx", ".xlsm", ".ods", ".doc", ".xls")
_TEXT = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".html": "html", ".htm": "html"}
_WITH_COMMENTS = r"word/comments\.xml|xl/(?:comments|threadedComments)/?\w*\.xml|content\.xml"
_COMMENTS = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}comment",
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}comment",
    "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}threadedComment",
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation",
)
_HEADER_WITHIN = 30  # rows
_LONGEST_HEADING = 80
_NEW = "new|revised|extended|extension|proposed|expected|requested|newydd"
_DAY = "date|deadline|due|until|target|timescale|completion|extension|dyddiad"
_RESPONSE = (
    "response|reply|answer|update|comment|progress|position|feedback|outcome|"
    "ymateb|diweddariad|sylwadau|cynnydd"
)
# The first line that fits; the words are as `fold` leaves them, without punctuation.
_MEANINGS = (
    ("key", re.sub(r"\W+", " ", fold(FORM_KEY)).strip()),
    ("", r".*\b(?:last|previous|earlier|original|self|myself|blaenorol)\b.*"),
    ("response", r"(?:your|eich) (?!ref|action|name|e ?mail|status|new|service|team).*"),
    ("response", r"status (?:update|comment|narrative)s?.*"),
    ("due", rf"(?=.*\b(?:{_NEW})\b).*\b(?:{_DAY})\b.*"),
    ("", r".*\b(?:due|deadline)\b.*"),
    ("status", r"(?:.* )?(?:status|b?rag|statws|sefyllfa)\b.*"),
    ("status", r"(?:done|completed?|closed|finished|achieved)\b.{0,9}"),
    ("response", rf"(?:.* )?(?:{_RESPONSE})s?\b.*|notes?|action taken.*"),
    ("", r".*\b(?:owner|officer|lead|responsible|meeting|item)\b.*"),
    ("ref", r"(?:.* )?(?:ref|reference|cyfeirnod)s?\b.*|(?:action )?(?:no|number|id|rhif)"),
    ("action", r"(?:.* )?(?:action|task|request|gweithred|camau)s?\b.*"),
)  # fmt: skip
_ANSWERS = {"response", "status", "due"}


def meaning(heading: str) -> str:
    """Tell what a column is for: ref, action, response, status, due or key; else nothing."""
    return _meaning(heading) if len(heading) <= _LONGEST_HEADING else ""


@lru_cache(maxsize=1024)
def _meaning(heading: str) -> str:
    words = re.sub(r"\W+", " ", fold(seen(heading))).strip()
    return next((what for what, rule in _MEANINGS if words and re.fullmatch(rule, words)), "")


def header_of(rows: Sequence[Row]) -> int:
    """Give the place of the row that names the columns of a form, -1 where there is none."""
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        found = {meaning(cell.text) for cell in row.cells if not cell.covered}
        if found & {"ref", "action"} and found & _ANSWERS:
            return place
    return -1


def read(content: bytes, name: str) -> Form | None:
    """Read a form, filled in or not; None where the file is none, and no table with answers.

    Raises `ImportRefusedError` for an office file that is damaged, locked, old or beyond reason in
    size, and `MissingExtraError` without the libraries that read it.
    """
    path = Path(name)
    ending = path.suffix.lower()
    format_ = registry.binary_form(content) or _TEXT.get(ending, "")
    if format_ == "pdf" or not (format_ or ending in _OFFICE):
        return None
    is_office = format_ not in _TEXT.values()
    kept: Sequence[str] = ()
    if is_office:
        archive = open_archive(content, name)
        parts = [part for rule in _KEPT for part in archive.namelist() if re.fullmatch(rule, part)]
        kept = [archive.read(part).decode("utf-8", "replace") for part in parts]
    if not format_:
        return None
    document = registry.parse(content, path, _FORMS, format_)
    texts = (*kept, *document.margins, *_around(document))
    number = next((found[0] for text in texts if (found := NUMBER.search(text))), "")
    blocks = [each for each in document.blocks if is_office or isinstance(each, Table)]
    if not number and not any(map(_may_answer, blocks)):
        return None
    if is_office:
        document = replace(document, unread=tuple((0, text) for text in _comments(content, name)))
    keys = dict(reversed(list(_keys(document))))  # the first sheet's, where several have the line
    return Form(document, number, keys)


def _around(document: Document) -> Iterator[str]:
    """Give what stands around the rows of a form."""
    for block in document.blocks:
        if isinstance(block, Table):
            above = block.rows[: max(header_of(block.rows), 0)]
            yield from (cell.text for row in above for cell in row.cells)
        else:
            yield block.text


def _comments(content: bytes, name: str) -> Iterator[str]:
    """Give what is noted at the side of a document, or at a cell."""
    archive = Parts(content, name)
    for tag in _COMMENTS:
        yield from filter(None, archive.texts(_WITH_COMMENTS, tag))


def _may_answer(block: Block) -> bool:
    """Tell a table with a row about an action, or a line that begins with its reference."""
    if isinstance(block, Table):
        texts = [cell.text for row in block.rows for cell in row.cells]
    else:
        texts = block.text.split("\n")
    return any(start == 0 for text in texts for _, start, _ in written(text.strip())[:1])


def _keys(document: Document) -> Iterator[tuple[int, str]]:
    """Give the references that rows carry unseen: in a bookmark, or in a column that is hidden."""
    for table in document.blocks:
        if not isinstance(table, Table):
            continue
        header = header_of(table.rows)
        names = [meaning(cell.text) for cell in table.rows[header].cells] if header >= 0 else []
        hidden = names.index("key") if "key" in names else None
        for row in table.rows[header + 1 :]:
            in_cell = "" if hidden is None else "".join(c.text for c in row.cells[hidden:][:1])
            key = in_cell or row.mark.removeprefix(FORM_MARK).replace("_", "-")
            for ref, *_ in written(key)[:1]:
                yield row.place.line, ref


def _headings(cells: Sequence[str]) -> int:
    return len({meaning(cell) for cell in cells} - {""})


_FORMS = decode.Purpose(
    "the form",
    decode.MOST_BYTES,
    "which no form is; send its table alone",
    "save the form again",
    "which no form is; save it as .docx, .xlsx or .csv",
    _headings,
    formulas=True,
)
