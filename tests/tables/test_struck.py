"""What is struck through in a table is asked about, and never taken for what the table says."""

import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from cpctrack.records.model import Status
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.entries import STRUCK, STRUCK_IN_PART
from cpctrack.tasks.read_documents import read_log

HEADER = ("Meeting Type", "Meeting Date", "Actions", "Referred to", "Status")
# A stretch in ~~ is struck through; each row, what is read of its action, owner and status.
ROWS = (
    (("Formal", "15/3/2023", "Visit.", "Ann", "Open"), ("Visit.", "Ann", Status.OPEN, ())),
    (
        ("~~Formal~~", "~~15/3/2023~~", "~~Write.~~", "~~Ben~~", "~~Completed~~"),
        ("Write.", "Ben", Status.OPEN, (STRUCK,)),
    ),
    (
        ("Formal", "15/3/2023", "Send ~~two~~ three.", "~~Ann~~ Ben", "~~Completed~~"),
        ("Send three.", "Ben", Status.OPEN, (STRUCK_IN_PART,)),
    ),
    (
        ("Formal", "15/3/2023", "~~Call.~~", "Cy", "Completed"),
        ("Call.", "Cy", Status.OPEN, (STRUCK,)),
    ),
    (
        ("Formal", "15/3/2023", "Meet.", "Di ~~Ed~~", "Completed"),
        ("Meet.", "Di", Status.COMPLETED, (STRUCK_IN_PART,)),
    ),
)


def markdown(rows):
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---|---|---|---|---|", *lines[1:]]).encode()


def html(before, after, head=""):
    def write(rows):
        def cell(text):
            kept, *struck = text.split("~~")
            for at, part in enumerate(struck):
                kept += (after if at % 2 else before) + part
            return f"<td>{kept}</td>"

        body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
        return f"<html>{head}<body><table>{body}</table></body></html>".encode()

    return write


def xlsx(rows):
    book = openpyxl.Workbook()
    for line, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = book.active.cell(line, column)
            parts = text.split("~~")
            if len(parts) == 3 and not parts[0] and not parts[2]:
                cell.value, cell.font = parts[1], Font(strike=True)
            elif len(parts) == 3:
                cell.value = CellRichText(
                    parts[0], TextBlock(InlineFont(strike=True), parts[1]), parts[2]
                )
            else:
                cell.value = text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("log.md", markdown),
        ("log.html", html("<s>", "</s>")),
        ("log.html", html("<strike><b>", "</b></strike>")),
        ("log.html", html("<del>", "</del>")),
        ("log.html", html('<span style="text-decoration:line-through">', "</span>")),
        (
            "log.html",
            html('<b class="x c7">', "</b>", "<style>.c7{text-decoration:line-through}</style>"),
        ),
        ("log.xlsx", xlsx),
    ],
)
def test_what_is_struck_through_is_told(tmp_path, meeting, name, write):
    path = tmp_path / name
    path.write_bytes(write([HEADER, *(row for row, _ in ROWS)]))
    found = [
        (draft.fields["action"], draft.fields["owner_text"], draft.fields["status"], draft.doubts)
        for draft in make_drafts(read_log(path), meeting, Told())
    ]
    assert found == [read for _, read in ROWS]


def test_a_row_that_is_struck_through_on_a_page(read):
    page = (
        "<table><tr><td>Action<td>Owner<tr style='text-decoration: line-through'><td>Write<td>Ben"
        "<tr><td>Visit<td>Ann</table>"
    )
    log = read(page, "log.html")
    assert [(one.cells["action"], one.struck) for one in log.entries] == [
        ("Write", STRUCK), ("Visit", ""),
    ]  # fmt: skip


def test_a_number_that_is_struck_through_is_what_it_shows(tmp_path):
    book = openpyxl.Workbook()
    for row in (("Action", "Owner", "% Complete"), ("Visit", "Ann", 0.5)):
        book.active.append(row)
    book.active["C2"].number_format, book.active["C2"].font = "0%", Font(strike=True)
    book.save(tmp_path / "log.xlsx")
    (entry,) = read_log(tmp_path / "log.xlsx").entries
    assert (entry.cells["percent"], entry.struck) == ("", STRUCK_IN_PART)


def test_what_keeps_a_row_from_the_public_still_does_when_struck_through(read):
    table = "| Action | Owner | Exempt |\n|---|---|---|\n| Visit | Ann | ~~Paragraph 3~~ |\n"
    (entry,) = read(table, "log.md").entries
    assert (entry.cells["exempt"], entry.struck) == ("Paragraph 3", STRUCK_IN_PART)


def test_the_rest_of_a_row_that_a_page_cut_in_two_may_be_struck_through(read):
    table = (
        "| Meeting Date | Action | Owner |\n|---|---|---|\n| 15/3/2023 | Visit | Ann ~~Bell~~ |\n"
        "| | | Lee ~~Cole~~ |\n"
    )
    (entry,) = read(table, "log.md").entries
    assert (entry.cells["owner"], entry.struck) == ("Ann Lee", STRUCK_IN_PART)
