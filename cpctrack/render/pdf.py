"""The document as a PDF that screen readers can follow: PDF/UA-1, tagged and self-contained.

`pdf.typ` lays it out. It is given the view as JSON, so that no text of a record is ever code; it
reads no other file but the fonts beside it, and nothing from the network.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cpctrack import extras
from cpctrack.errors import RenderError
from cpctrack.labels import NOT_FOR_PUBLICATION
from cpctrack.render.views.view import (
    AppendixView,
    CellView,
    GroupView,
    MeetingView,
    PartView,
)
from cpctrack.render.widths import (
    MOST_UPRIGHT,
    column_widths,
    pieces,
    response_first,
    text_lines,
    text_width,
)
from cpctrack.text import one_line

_TYPST = (0, 15)  # the first that takes the time it is given; pyproject.toml asks for it, too
_VERSION = re.compile(r"(\d+)\.(\d+)", re.ASCII)
_LAYOUT = Path(__file__).with_name("pdf.typ")
_FONTS = Path(__file__).with_name("fonts")
_MOST_TRIES = 5
_NOT_SHOWN = re.compile(r'the text `("(?:[^"\\]|\\.)*")` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_SHORT, _LONG = 595.0, 842.0  # the sides of A4, in points as all that follows
_MARGIN, _INSET = 36.0, 4.0
_MOST_LINES = 12  # of a row that stays in one piece: else much of a page is left empty
_MAY_BREAK = "\u200b"


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
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)]),
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


class _Columns:
    """The columns of a table, as wide as its rows need them."""

    def __init__(
        self, names: Sequence[str], rows: Iterable[Sequence[CellView]], room: float, size: int
    ) -> None:
        self.names = names
        self.widths = column_widths(
            names,
            [[cell.as_long for cell in cells] for cells in rows],
            room,
            size=size,
            padding=2 * _INSET,
            least=response_first(names),
            slashes=True,
        )
        self._rooms = [(width - 2 * _INSET) / size for width in self.widths]

    def row(self, cells: Sequence[CellView]) -> dict[str, Any]:
        """Lay out a row; a high one may be broken."""
        both = list(zip(cells, self._rooms, strict=True))
        return {
            "long": max(text_lines(cell.as_long, room) for cell, room in both) > _MOST_LINES,
            "cells": [
                cell._replace(
                    text=_breaking(cell.text, room),
                    small=_breaking(cell.small, room),
                    note=_breaking(cell.note, room),
                )._asdict()
                for cell, room in both
            ],
        }


def _breaking(text: str, room: float) -> str:
    """Let a word that is wider than its column, in ems, go on below; typst breaks none itself."""

    def broken(word: re.Match[str]) -> str:
        if text_width(word[0]) <= room:
            return word[0]
        return _MAY_BREAK.join(
            part if text_width(part) <= room else _MAY_BREAK.join(part)
            for part in pieces(word[0], slashes=True)
        )

    return re.sub(rf"\S{{{max(int(room), 1)},}}", broken, text)


def _sections(view: AppendixView) -> list[tuple[str, str, bool, Sequence[GroupView]]]:
    """Give the title of each, its introduction, whether it needs a decision, and its rows."""
    if view.parts:
        return [
            (f"{part.title}: {len(part.rows)}", part.introduction, part.decision, [_plain(part)])
            if part.rows
            else (part.title, part.none, part.decision, [])
            for part in view.parts
        ]
    sections = (
        (view.caption, "", False, view.groups or list(map(_plain, view.meetings))),
        (view.carried_title, view.carried_words, False, view.carried),
    )
    return [each for each in sections if each[-1]]


def _plain(whole: MeetingView | PartView) -> GroupView:
    return GroupView("", "", whole.rows)


def _lines(
    groups: Iterable[GroupView], columns: _Columns, shown: Sequence[int], view: AppendixView
) -> Iterator[dict[str, Any]]:
    """Give what stands in a table below its header: bands, titles of groups and rows.

    Where a row's cells say its date, the first one of a meeting is marked.
    """
    band = ""
    for group in groups:
        if group.title:
            yield {"title": group.title}
        for at, row in enumerate(group.rows):
            if row.band != band and len(shown) < len(view.columns):
                band = row.band
                yield {"band": band}
            laid = columns.row([row.cells[place] for place in shown])
            strip = [mark._asdict() for mark in row.strip] if view.parts else []
            yield laid | {"first": view.view == "full" and not at, "strip": strip}


def _data(view: AppendixView) -> dict[str, Any]:
    facts = (
        ("Committee", view.committee),
        ("Municipal year", "" if view.parts else view.year),
        ("For the formal meeting of", view.printed_for),
        ("Previous formal meeting", view.previous_meeting),
        ("Made on", view.made_on),
    )
    shown = view.places
    across = max([len(shown), *(len(each.columns) for each in view.tables)]) > MOST_UPRIGHT
    room = (_LONG if across else _SHORT) - 2 * _MARGIN
    columns = _Columns(
        [view.columns[at] for at in shown],
        [[row.cells[at] for at in shown] for row in view.rows],
        room,
        view.text_size,
    )
    sections = [
        {
            "title": title,
            "introduction": introduction,
            "decision": decision,
            "columns": columns.names,
            "widths": columns.widths,
            "rows": list(_lines(groups, columns, shown, view)),
            "figures": False,
            "numeric": False,
        }
        for title, introduction, decision, groups in _sections(view)
    ]
    for each in view.tables:
        own = _Columns(each.columns, [line.cells for line in each.rows], room, view.text_size)
        rows = [own.row(line.cells) for line in each.rows]
        sections.append(
            each._asdict()
            | {"decision": False, "figures": True, "widths": own.widths, "rows": rows}
        )
    return {
        "title": view.document_title,
        "heading": f"{view.heading}: {view.title}",
        "author": view.committee,
        "made_on": [int(part) for part in view.made_on_iso.split("-")],
        "marking": view.page_marking,
        "warning": view.not_for_publication,
        "running": view.document_title.removeprefix(f"{NOT_FOR_PUBLICATION} – "),
        "footer": f"Made on {view.made_on}",
        "about": view.about,
        "facts": [] if view.about else [fact for fact in facts if fact[1]],
        "summary": view.summary,
        "corrections": view.corrections,
        "shades": view.shades,
        "size": view.text_size,
        "across": across,
        "margin": _MARGIN,
        "inset": _INSET,
        "above": view.above,
        "sections": sections,
        "charts": [
            each._asdict() | {"bars": [bar._asdict() for bar in each.bars]}
            for each in (view.charts if view.view == "progress" else ())
        ],
    }
