import io
from datetime import date

import pytest
from rich.cells import cell_len
from rich.console import Console

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record, Status
from cpctrack.records.query import Dated
from cpctrack.render.screen import plain, terminal

TODAY = date(2023, 7, 1)
FORMAL = Meeting(date="2023-03-15", type=MeetingType.FORMAL, year="2022/23")
INFORMAL = Meeting(date="2023-01-18", type=MeetingType.INFORMAL, year="2022/23")


def record(number: int, **fields: object) -> Record:
    values: dict[str, object] = {"meeting": FORMAL, "item": "Item 5. Fostering", "action": "Act."}
    return Record(id=str(number), ref=f"CPC-2223-{number:03}", **values | fields)


def printed(monkeypatch, records, width=80, late=False, days=(), **options):
    stream = io.StringIO()

    def console(**given):
        return Console(file=stream, width=width, force_terminal=True, **options, **given)

    monkeypatch.setattr(terminal, "Console", console)
    terminal.print_table([Dated(each, Calendar(TODAY, days)) for each in records], late=late)
    return stream.getvalue()


RECORDS = [
    record(1, meeting=INFORMAL, owners=("Participation Lead",), status=Status.IN_PROGRESS),
    record(2, action="A very long text indeed " * 10, due="2023-06-09", owners=("Head of X",)),
    record(3, recommendation="[bold]That[/bold] \x1b[31mit be so", action="",
           status=Status.PROPOSED),
    record(4, action="漢字" * 60, due_text="Autumn term", owner_text="José – 漢字漢字漢字漢字漢字"),
]  # fmt: skip


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 200])
def test_every_line_fits_the_window(monkeypatch, width):
    text = printed(monkeypatch, RECORDS, width, color_system=None)
    table = text.split("\n4 records")[0].splitlines()
    assert all("CPC-2223" not in line or line.startswith("CPC-2223-00") for line in table)
    if width >= 60:
        assert max(map(cell_len, table)) <= width


def test_a_wide_window_shows_every_column(monkeypatch):
    text = printed(monkeypatch, RECORDS, 140, color_system=None)
    heading, first = text.splitlines()[:2]
    assert heading.split() == [
        "Reference", "Meeting", "Item", "Action", "Referred", "to", "Due", "Status",
    ]  # fmt: skip
    assert first.split("  ")[:3] == ["CPC-2223-001", "18 Jan 23 inf.", "5"]
    assert first.endswith("In progress")


@pytest.mark.parametrize("width", [40, 50, 60, 70, 80, 96, 109, 110, 200])
def test_what_is_overdue_shows_since_when(monkeypatch, width):
    late = [record(2, action="A very long text indeed " * 10, due="2023-06-09", owners=("Head",)),
            record(3, action="Another text, " * 9, due_text="in 2 weeks", owners=("The B",) * 9,
                   status=Status.IN_PROGRESS, meeting=INFORMAL)]  # fmt: skip
    lines = printed(monkeypatch, late, width, late=True, color_system=None).splitlines()
    assert "Due" in lines[0].split()
    assert max(map(cell_len, lines[:-1])) <= width
    assert "9 Jun 2023" in lines[1]
    assert any("in 2 weeks" in line for line in lines)
    assert "A very long" in lines[1]


def test_overdue_is_said_in_words_and_red(monkeypatch):
    text = printed(monkeypatch, RECORDS, 120, color_system="standard")
    assert "\x1b[1;31mOpen, overdue\x1b[0m" in text


def test_the_status_says_why_an_action_needs_somebody(monkeypatch):
    days = ("2023-03-15", "2023-06-14")
    records = [*RECORDS[:3], record(4, due="2023-09-29")]
    text = printed(monkeypatch, records, 80, days=days, color_system=None)
    heading, *lines, _ = text.splitlines()
    ends = [line[heading.index("Status") :].strip() for line in lines]
    assert not {"Open, no", "In progress, no", "Proposed, to"} & set(ends)
    assert " ".join(" ".join(ends).split()) == (
        "In progress, no date Open, overdue Proposed, to agree Open, no answer"
    )
    assert max(map(cell_len, lines)) <= 80


def test_texts_are_never_markup_nor_escapes(monkeypatch):
    text = printed(monkeypatch, RECORDS, 120, color_system=None)
    assert "[bold]That[/bold] [31mit be so" in text
    assert "\x1b" not in text


def test_cut_texts_end_in_an_ellipsis(monkeypatch):
    rows = printed(monkeypatch, RECORDS, 100, color_system=None).splitlines()
    assert sum("…" in row for row in rows) >= 1


def test_the_last_line_counts(monkeypatch):
    text = printed(monkeypatch, RECORDS, 100, color_system=None)
    assert text.splitlines()[-1] == (
        "4 records: 2 open, 1 in progress, 1 proposed for closure; 1 overdue."
    )
    assert printed(monkeypatch, [], 100, color_system=None) == "0 records.\n"


def test_describe_wraps_to_a_window():
    text = plain.describe(RECORDS[1], Calendar(TODAY), history=True, width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert "\n                   long" in text or "\n                   A" in text


def test_describe_names_what_was_printed():
    odd = record(
        5, printed={"RAG": "Amber"}, source_ref="SR (25/26) 01", exempt_paragraph="3",
        due="2023-06-09", due_text="Friday 9 June 2023",
    )  # fmt: skip
    text = plain.describe(odd, Calendar(TODAY))
    assert "  As printed, RAG: Amber" in text
    assert "SR (25/26) 01" in text
    assert "9 June 2023 (given as “Friday 9 June 2023”)" in text
    assert "Open (overdue)" in text
