"""Tables of actions that are given for minutes."""

import io

import openpyxl
import pytest

from cpctrack.errors import ImportRefusedError
from cpctrack.tasks.read_documents import read_log, read_minutes

CSV = "Meeting Date,Actions,Owner,Status\n15/3/2023,Visit the homes,Ann Bell,Open\n"
ROWS = [line.split(",") for line in CSV.splitlines()]
MARKDOWN = "\n".join(f"|{'|'.join(row)}|" for row in (ROWS[0], ["---"] * 4, *ROWS[1:] * 9))
HTML = (
    f"<table>{''.join('<tr><td>' + '<td>'.join(row) for row in (ROWS[0], *ROWS[1:] * 9))}</table>"
)


def taken(path):
    return [line for line in read_minutes(path) if line.text]


@pytest.fixture
def refusal():
    def read(path):
        with pytest.raises(ImportRefusedError) as refused:
            taken(path)
        return str(refused.value)

    return read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("log.csv", CSV),
        ("log.csv", "Action,Owner\nVisit,Ann\n"),
        ("log.tsv", CSV.replace(",", "\t")),
        ("log.txt", CSV.replace(",", "\t")),
        ("log.md", f"# Appendix 4\n\n{MARKDOWN}\n"),
        ("log.html", HTML),
    ],
)
def test_a_table_of_actions_is_refused_and_the_import_named(write, refusal, name, content):
    path = write(name, content)
    assert refusal(path) == (
        f"{path} is a table of actions, not minutes; “cpctrack import” takes it in."
    )


def word(*paragraphs):
    """Write paragraphs, and the table of actions below them, as Word does."""

    def paragraph(text):
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    rows = (f"<w:tc>{'</w:tc><w:tc>'.join(map(paragraph, row))}</w:tc>" for row in ROWS)
    table = f"<w:tbl><w:tr>{'</w:tr><w:tr>'.join(rows)}</w:tr></w:tbl>"
    return "".join(map(paragraph, paragraphs)) + table


def test_a_table_in_a_word_document_is_too(docx, refusal):
    path = docx(word())
    assert refusal(path) == (
        f"{path} is a table of actions, not minutes; “cpctrack import” takes it in."
    )


def test_a_workbook_with_a_table_of_actions_is_too(write, refusal):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert refusal(write("log.xlsx", stream.getvalue())).endswith("“cpctrack import” takes it in.")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_minutes_in_a_sheet_are_read(write, form):
    rows = ("Item", "Minute"), ("1", "The report was noted.")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    text = "".join(f"{','.join(row)}\n" for row in rows)
    path = write(f"minutes.{form}", text if form == "csv" else stream.getvalue())
    assert [(line.number, line.cells) for line in taken(path)] == [(1, rows[0]), (2, rows[1])]


@pytest.mark.parametrize(
    "content",
    [
        f"{'The Panel noted the report and thanked the officers for it. ' * 30}\n\n{MARKDOWN}\n",
        f"# Minutes\n\nPresent: Councillor A\n\n{MARKDOWN}\n",
        "| Action | Owner | Due |\n|---|---|---|\n| Visit | Ann | May |\n",
    ],
)
def test_minutes_with_a_list_of_actions_are_read(write, content):
    assert taken(write("minutes.md", content))


def test_the_import_names_the_minutes_where_a_list_of_actions_stands_in_them(docx):
    path = docx(word("Minutes of the Panel", "Present: Ann Bell", "The report was noted. " * 20))
    with pytest.raises(ImportRefusedError, match="reads like minutes, not like a table of actions"):
        read_log(path)
    assert taken(path)


def test_every_table_of_a_document_is_looked_at(docx):
    log = read_log(docx(word("Log") + word("Actions of the last year")))
    assert [entry.cells["action"] for entry in log.entries] == ["Visit the homes"] * 2
