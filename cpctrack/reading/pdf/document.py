"""PDF documents: their lines as printed, put together from where the letters stand."""

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpctrack.errors import CpctrackError, ImportRefusedError
from cpctrack.extras import needed
from cpctrack.reading.lines import Line
from cpctrack.reading.pdf.flow import lines_of
from cpctrack.reading.pdf.text import MOST_LETTERS, Piece, Pieces, TooMuchError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 2000
MOST_BYTES_OF_A_PAGE = 4 * 1024 * 1024  # of drawing instructions; a page of text has 20 kB
MOST_BYTES = 64 * 1024 * 1024


def read(content: bytes, path: Path) -> list[Line]:
    """Read the text of every page.

    Raises `ImportRefusedError` for what is encrypted, damaged, holds pictures of pages in place
    of text, or is too large.
    """
    with needed("pdf", f"{path} is a PDF document and"):
        import pypdf
    with _quiet():
        try:
            document = pypdf.PdfReader(io.BytesIO(content))
            _unlock(document, path)
            pages = list(_pages(document, path))
        except CpctrackError:
            raise
        # The library raises what it stumbles on: a dozen kinds for files that were cut or forged.
        except Exception as error:
            raise ImportRefusedError(
                f"{path} is damaged: its text can't be read; make the PDF again, or name the "
                "document it was made of."
            ) from error
    if not any(piece.text.strip() for page in pages for piece in page):
        raise ImportRefusedError(
            f"{path} holds no text: its pages are pictures, as a scanner makes them; name the "
            "document it was printed from, or have its text recognised (OCR) first."
        )
    return lines_of(pages)


def _unlock(document: "PdfReader", path: Path) -> None:
    """Open a document that anybody may read, but not change; refuse one with a password."""
    if not document.is_encrypted:
        return
    try:
        opened = bool(document.decrypt(""))
    except Exception:  # its cipher needs a library that cpctrack does without
        opened = False
    if not opened:
        raise ImportRefusedError(
            f"{path} is encrypted; save it without a password, or name the document it was made of."
        )


def _pages(document: "PdfReader", path: Path) -> Iterator[list[Piece]]:
    if len(document.pages) > MOST_PAGES:
        raise ImportRefusedError(
            f"{path} has more than {MOST_PAGES:,} pages; save those of the minutes as a PDF of "
            "their own."
        )
    left = MOST_BYTES
    letters = MOST_LETTERS
    for number, page in enumerate(document.pages, 1):
        size = _size(page)
        left -= size
        if size > MOST_BYTES_OF_A_PAGE or left < 0:
            raise _too_much(path, number)
        pieces = Pieces(letters)
        try:
            page.extract_text(visitor_text=pieces.add, visitor_operand_before=pieces.count)
        except TooMuchError as error:
            raise _too_much(path, number) from error
        letters -= sum(len(piece.text) for piece in pieces.pieces)
        yield pieces.pieces


def _size(page: "PageObject") -> int:
    """Measure the instructions of a page and of the forms it draws."""
    contents = page.get_contents()
    size = 0 if contents is None else len(contents.get_data())
    waiting: list[Any] = [page]
    seen: set[int] = set()
    while waiting and size <= MOST_BYTES_OF_A_PAGE:
        for form in _forms(waiting.pop()):
            if id(form) not in seen:
                seen.add(id(form))
                size += len(form.get_data())
                waiting.append(form)
    return size


def _forms(drawing: Any) -> list[Any]:
    """Give the forms, which are drawings of their own, that a page or a form draws."""
    resources = drawing.get("/Resources", {}).get_object() if "/Resources" in drawing else {}
    drawn = resources["/XObject"].get_object() if "/XObject" in resources else {}
    objects = [drawn[name].get_object() for name in drawn]
    return [thing for thing in objects if thing.get("/Subtype") == "/Form"]


def _too_much(path: Path, page: int) -> ImportRefusedError:
    return ImportRefusedError(
        f"{path}, page {page} is a drawing too large to look for text in; save the pages of the "
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
