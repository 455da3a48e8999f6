"""The document as a PDF that screen readers can follow: PDF/UA-1, tagged and self-contained.

`pdf.typ` lays it out. It is given the view as JSON, so that no text of a record is ever code; it
reads no other file, no font of the computer and nothing from the network.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cpctrack import extras
from cpctrack.errors import RenderError
from cpctrack.render.views.view import AppendixView, GroupView, LineView, RowView
from cpctrack.text import one_line

_TYPST = (0, 15)  # the first that takes the time it is given; pyproject.toml asks for it, too
_VERSION = re.compile(r"(\d+)\.(\d+)", re.ASCII)
_LAYOUT = Path(__file__).with_name("pdf.typ")
_LONG = 2_500  # letters of a row that might not fit on one page: only such a row is broken
_MOST_TRIES = 5
_NOT_SHOWN = re.compile(r'the text `("(?:[^"\\]|\\.)*")` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_WIDTHS: Mapping[str, tuple[int, ...]] = {
    "full": (8, 9, 14, 14, 24, 13, 24, 14),
    "progress": (11, 12, 14, 24, 13, 24, 15, 13),
    "programme": (14, 46, 26, 24, 16),
}


def render(view: AppendixView) -> bytes:
    """Make the PDF.

    A letter that the font lacks, such as an emoji, is written as its name in brackets. The same
    view gives the same bytes with the same version of typst. Raises `MissingExtraError`,
    and `RenderError` where typst refuses the document.
    """
    data = json.dumps(_data(view), ensure_ascii=False)
    for _ in range(_MOST_TRIES):
        try:
            return _compile(data, view.made_on_iso)
        except _NotShownError as error:
            data = _named(data, error.letters)
    return _compile(_named(data, filter(_is_far, data)), view.made_on_iso)


class _NotShownError(Exception):
    """The font lacks some letters."""

    def __init__(self, letters: Iterable[str]) -> None:
        super().__init__()
        self.letters = letters


def _compile(data: str, made_on: str) -> bytes:
    lacking = f"typst {'.'.join(map(str, _TYPST))} or later, which is not installed"
    with extras.needed("pdf", "A PDF", lacking):
        import typst

        version = _VERSION.match(getattr(typst, "__version__", ""))
        if not version or tuple(map(int, version.groups())) < _TYPST:
            raise ImportError
    try:
        content: bytes = typst.compile(
            _LAYOUT.read_bytes(),
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=int(datetime.fromisoformat(made_on).replace(tzinfo=UTC).timestamp()),
        )
    except typst.TypstError as error:
        # All that the font lacks is told at once, each as the text that was to be set.
        told = "".join(_NOT_SHOWN.findall(str(error.diagnostic)))
        letters = set(filter(_is_far, _ESCAPE.sub(lambda code: chr(int(code[1], 16)), told)))
        if not letters:
            raise RenderError(
                f"The PDF can't be made ({one_line(str(error))}); print a web page instead."
            ) from error
        raise _NotShownError(letters) from error
    return content


def _named(data: str, letters: Iterable[str]) -> str:
    return data.translate({ord(letter): _name(letter) for letter in letters})


def _name(letter: str) -> str:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):  # part of the letter before it
        return ""
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"


def _is_far(letter: str) -> bool:
    return not letter.isascii()


def _data(view: AppendixView) -> dict[str, Any]:
    facts = (
        ("Committee", view.committee),
        ("Municipal year", "" if view.parts else view.year),
        ("For the formal meeting of", view.printed_for),
        ("Previous formal meeting", view.previous_meeting),
        ("Made on", view.made_on),
    )
    if view.parts:
        sections = [
            (each.title, each.introduction if each.rows else each.none, list(map(_row, each.rows)))
            for each in view.parts
        ]
    else:
        of_year = view.groups or [GroupView("", "", each.rows) for each in view.meetings]
        sections = [
            (
                title,
                said,
                [line for group in groups for line in _group(group, dated=not view.groups)],
            )
            for title, said, groups in (
                (view.caption, "", of_year),
                (view.carried_title, view.carried_words, view.carried),
            )
            if groups
        ]
    widths = view.widths or _WIDTHS.get(view.view, ())
    laid = [
        {"title": title, "introduction": said, "rows": rows, "columns": view.columns}
        | {"widths": widths, "figures": False, "numeric": False}
        for title, said, rows in sections
    ]
    laid += [
        each._asdict() | {"rows": list(map(_row, each.rows)), "figures": True}
        for each in view.tables
    ]
    return {
        "title": view.document_title,
        "heading": f"{view.heading}: {view.title}",
        "author": view.committee,
        "made_on": [int(part) for part in view.made_on_iso.split("-")],
        "marking": view.page_marking,
        "warning": view.not_for_publication,
        "running": f"{view.committee}: {view.title}",
        "footer": f"Made on {view.made_on}",
        "facts": [fact for fact in facts if fact[1]],
        "summary": view.summary,
        "shades": view.shades,
        "sections": laid,
    }


def _group(group: GroupView, *, dated: bool) -> list[dict[str, Any]]:
    """Give the rows of a group, below its title or, where they are `dated`, with a first one."""
    title = [{"title": group.title}] if group.title else []
    return [*title, *[_row(row, first=dated and not at) for at, row in enumerate(group.rows)]]


def _row(row: RowView | LineView, *, first: bool = False) -> dict[str, Any]:
    cells = [{**each._asdict(), "iso": bool(each.iso)} for each in row.cells]
    letters = sum(len(each.text + each.small) + 40 * each.text.count("\n") for each in row.cells)
    return {"first": first, "long": letters > _LONG, "cells": cells}
