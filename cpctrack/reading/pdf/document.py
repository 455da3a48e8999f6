"""PDF documents: their lines as printed, put together from where the letters stand."""

import contextlib
import io
import logging
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from cpctrack.errors import CpctrackError, ImportRefusedError
from cpctrack.extras import needed
from cpctrack.reading.document import Document
from cpctrack.reading.pdf.columns import Known, with_columns
from cpctrack.reading.pdf.flow import blocks_of
from cpctrack.reading.pdf.ruled import Rulings, with_ruled
from cpctrack.reading.pdf.tags import tables_of, with_tables
from cpctrack.reading.pdf.text import MOST_LETTERS, Piece, Pieces, TooMuchError
from cpctrack.reading.pdf.wrapping import wrapping_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)", re.ASCII)
_MOST_GARBLED = 0.5
_BYTES_OF_AN_EMPTY_PAGE = 1000
_PICTURE = "holds no text that can be read (a picture?)"
_GARBLED = "holds letters that can't be read: its fonts don't say which they are"
_TYPST = "Typst "
MOST_PAGES = 2000
MOST_BYTES_OF_A_PAGE = 4 * 1024 * 1024  # of drawing instructions; a page of text has 20 kB
MOST_BYTES = 64 * 1024 * 1024


class _Page(NamedTuple):
    pieces: list[Piece]
    rulings: Rulings
    unread: str = ""


def read(content: bytes, name: str, known: Known | None = None) -> Document:
    """Read the text and the tables of every page.

    Where its tables are wanted, `known` counts the cells of a row that may be names of columns.

    Raises `ImportRefusedError` for what is encrypted, damaged, holds pictures of pages in place
    of text, or is too large.
    """
    with needed("pdf", f"{name} is a PDF document and"):
        import pypdf
    with _quiet():
        try:
            reader = pypdf.PdfReader(io.BytesIO(content))
            _unlock(reader, name)
            drawn = list(_pages(reader, name))
            pages = [page.pieces for page in drawn]
            tables = tables_of(reader)
            made_on = _made_on(reader)
            by_typst = _maker(reader).startswith(_TYPST)
        except CpctrackError:
            raise
        # The library raises what it stumbles on: a dozen kinds for files that were cut or forged.
        except Exception as error:
            raise ImportRefusedError(
                f"{name} is damaged: its text can't be read; make the PDF again, or name the "
                "document it was made of."
            ) from error
    if not any(piece.text.strip() for page in pages for piece in page):
        if any(page.unread == _GARBLED for page in drawn):
            raise ImportRefusedError(
                f"{name} holds letters that can't be read: its fonts don't say which they are; "
                "name the document it was made of, or have its text recognised (OCR) first."
            )
        raise ImportRefusedError(
            f"{name} holds no text: its pages are pictures, as a scanner makes them; name the "
            "document it was printed from, or have its text recognised (OCR) first."
        )
    rulings = [page.rulings for page in drawn]
    wrapping = wrapping_of(pages, hangs_spaces=by_typst)
    items = list(map(with_ruled, with_tables(pages, tables, wrapping, rulings), rulings))
    if known:
        items = with_columns(items, rulings, known)
    blocks = tuple(blocks_of(items, made_on, wrapping))
    unread = tuple((number, page.unread) for number, page in enumerate(drawn, 1) if page.unread)
    return Document(name, "pdf", blocks, unread=unread)


def _unlock(document: "PdfReader", name: str) -> None:
    """Open a document that anybody may read, but not change; refuse one with a password."""
    if not document.is_encrypted:
        return
    try:
        opened = bool(document.decrypt(""))
    except Exception:  # its cipher needs a library that cpctrack does without
        opened = False
    if not opened:
        raise ImportRefusedError(
            f"{name} is encrypted; save it without a password, or name the document it was made of."
        )


def _pages(document: "PdfReader", name: str) -> Iterator[_Page]:
    if len(document.pages) > MOST_PAGES:
        raise ImportRefusedError(
            f"{name} has more than {MOST_PAGES:,} pages; save those of the minutes as a PDF of "
            "their own."
        )
    left = MOST_BYTES
    letters = MOST_LETTERS
    for number, page in enumerate(document.pages, 1):
        size = _size(page)
        left -= size
        if size > MOST_BYTES_OF_A_PAGE or left < 0:
            raise _too_much(name, number)
        rulings = Rulings()
        pieces = Pieces(number, letters, rulings.see)
        try:
            page.extract_text(
                visitor_text=pieces.add,
                visitor_operand_before=pieces.before,
                visitor_operand_after=pieces.after,
            )
        except TooMuchError as error:
            raise _too_much(name, number) from error
        letters -= sum(len(piece.text) for piece in pieces.pieces)
        if pieces.garbled > pieces.drawn * _MOST_GARBLED:
            yield _Page([], Rulings(), _GARBLED)
        elif not pieces.drawn and (pieces.pictures or size > _BYTES_OF_AN_EMPTY_PAGE):
            yield _Page([], Rulings(), _PICTURE)
        else:
            yield _Page(pieces.pieces, rulings)


def _made_on(document: "PdfReader") -> str:
    """Give the day (ISO) that a document of ours says it was made on.

    A PDF has no remark for a mark of ours: the program that set it and how it is titled tell.
    """
    said: Any = document.metadata or {}
    title, author = str(said.get("/Title", "")), str(said.get("/Author", ""))
    day = _DAY.match(str(said.get("/CreationDate", "")))
    is_ours = _maker(document).startswith(_TYPST) and author
    return "-".join(day.groups()) if day and is_ours and title.endswith(f" – {author}") else ""


def _maker(document: "PdfReader") -> str:
    said: Any = document.metadata or {}
    return str(said.get("/Creator", ""))


def _size(page: "PageObject") -> int:
    """Measure the instructions of a page and of the forms, drawings of their own, that it draws."""
    contents = page.get_contents()
    size = 0 if contents is None else len(contents.get_data())
    waiting: list[Any] = [page]
    seen: set[int] = set()
    while waiting and size <= MOST_BYTES_OF_A_PAGE:
        drawing = waiting.pop()
        resources = drawing["/Resources"].get_object() if "/Resources" in drawing else {}
        drawn = resources["/XObject"].get_object() if "/XObject" in resources else {}
        for form in [drawn[name].get_object() for name in drawn]:
            if form.get("/Subtype") == "/Form" and id(form) not in seen:
                seen.add(id(form))
                size += len(form.get_data())
                waiting.append(form)
    return size


def _too_much(name: str, page: int) -> ImportRefusedError:
    return ImportRefusedError(
        f"{name}, page {page} is a drawing too large to look for text in; save the pages of the "
        "minutes as a PDF of their own."
    )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library remarks on a file from the terminal."""
    logger = logging.getLogger("pypdf")
    before = logger.disabled, logger.propagate, logger.level
    logger.propagate, logger.level = False, logging.CRITICAL + 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled, logger.propagate, logger.level = before
