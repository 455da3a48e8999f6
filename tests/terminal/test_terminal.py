from datetime import date

import pytest
from click import unstyle
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Change, Meeting, MeetingType, Record, Status
from cpctrack.records.query import Dated, Event, Order, arranged
from cpctrack.render.screen import plain, terminal

TODAY = date(2023, 7, 1)
FORMAL = Meeting(date="2023-03-15", type=MeetingType.FORMAL, year="2022/23")
INFORMAL = Meeting(date="2023-01-18", type=MeetingType.INFORMAL, year="2022/23")


def record(number: int, **fields: object) -> Record:
    values: dict[str, object] = {"meeting": FORMAL, "item": "Item 5. Fostering", "action": "Act."}
    return Record(id=str(number), ref=f"CPC-2223-{number:03}", **values | fields)


def printed(records, width=80, days=()):
    return "".join(terminal.table([Dated(each, Calendar(TODAY, days)) for each in records], width))


def plainly(*given, **options):
    return unstyle(printed(*given, **options))


RECORDS = [
    record(1, meeting=INFORMAL, owners=("Participation Lead",), status=Status.IN_PROGRESS),
    record(2, action="A very long text indeed " * 10, due="2023-06-09", owners=("Head of X",)),
    record(3, recommendation="[bold]That[/bold] \x1b[31mit be so", action="",
           status=Status.PROPOSED),
    record(4, action="漢字" * 60, due_text="Autumn term", owner_text="José – 漢字漢字漢字漢字漢字"),
]  # fmt: skip


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 140, 200])
def test_every_line_fits_the_window(width):
    *table, _ = plainly(RECORDS, width).splitlines()
    assert [line for line in table if line.startswith("2223-00")]
    assert max(map(cell_len, table)) <= max(width, 30)


@pytest.mark.parametrize(
    ("width", "headings"),
    [
        (40, "Ref Due Action Status"),
        (80, "Ref Due Action Referred to Status"),
        (100, "Ref Due Action Referred to Agreed Status"),
        (140, "Ref Due Action Latest response Referred to Agreed Status"),
    ],
)
def test_what_a_window_has_no_room_for_gives_way(width, headings):
    long = record(2, action="A very long text indeed " * 10, due="2023-06-09", owners=("Head",))
    long_word = long._replace(status=Status.ONGOING)
    text = plainly([long, long_word], width)
    assert " ".join(text.splitlines()[0].split()) == headings
    assert "Continuing" in text


@pytest.mark.parametrize("width", [60, 70, 80, 96, 109, 110, 200])
def test_due_and_status_are_never_cut(width):
    late = [record(2, action="A very long text indeed " * 10, due="2023-06-09", owners=("Head",)),
            record(3, action="Another text, " * 9, due_text="immediately", owners=("The B",) * 9,
                   status=Status.NOT_PROCEEDING, meeting=INFORMAL)]  # fmt: skip
    text = plainly(late, width)
    assert "9 Jun 23" in text
    assert "immediately" in text
    assert "3 wk overdue" in text
    assert "Will not be" in text


def test_overdue_is_said_in_words_and_red():
    text = printed(RECORDS, 120)
    assert "\x1b[1;31mTo do\x1b[0m" in text
    assert "\x1b[1;31m3 wk overdue\x1b[0m" in text


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day overdue"), (5, "5 days overdue"), (66, "9 wk overdue"), (100, "3 mo overdue"),
     (800, "2 yr overdue")],
)  # fmt: skip
def test_lateness_is_short(days, words):
    assert terminal.lateness(days) == words
    assert len(words) <= 14


def test_the_status_says_why_an_action_needs_somebody():
    days = ("2023-03-15", "2023-06-14")
    records = [*RECORDS[:3], record(4, due="2023-09-29")]
    heading, *lines, _ = plainly(records, 80, days=days).splitlines()
    ends = [line[heading.index("Status") :].strip() for line in lines]
    assert [end for end in ends if end] == [
        "Under way", "no date", "To do", "3 wk overdue", "Reported done", "to agree", "To do",
        "no answer",
    ]  # fmt: skip


def test_texts_are_never_markup_nor_escapes():
    text = plainly(RECORDS, 200)
    assert "[bold]That[/bold] [31mit be so" in text
    assert "\x1b[31m" not in printed(RECORDS, 200)


def test_cut_texts_end_in_an_ellipsis():
    assert sum("…" in row for row in plainly(RECORDS, 100).splitlines()) >= 1


def test_references_are_short_but_where_they_are_of_several_committees():
    other = record(5)._replace(ref="LIC-2223-005")
    assert plainly([record(1)]).splitlines()[1].startswith("2223-001 ")
    assert plainly([record(1), other]).splitlines()[1].startswith("CPC-2223-001 ")


def test_the_last_line_counts_and_says_how_to_go_on():
    assert plainly(RECORDS, 100).splitlines()[-1] == (
        "4 actions: 1 overdue, 1 reported done. Open one: cpctrack show 2223-001"
    )
    done = record(5, status=Status.COMPLETED)
    assert plain.count_line([Dated(each, Calendar(TODAY)) for each in (*RECORDS, done)]) == (
        "5 actions: 4 not finished, 1 overdue, 1 reported done"
    )
    assert plain.count_line([Dated(done, Calendar(TODAY))]) == "1 action"


@pytest.mark.parametrize(
    ("text", "owner", "shown"),
    [
        ("The Head of Homes would report back.", "Head of Homes", "Report back."),
        ("The Designated Nurse will bring it.", "Designated Nurse for Children", "Bring it."),
        ("The Head of A and the Head of B would act.", "Head of A; Head of B", "Act."),
        ("The Head of Homes would be asked.", "Head of Homes", ""),
        ("The Head of Homes would have a say.", "Head of Homes", ""),
        ("The Head of Homes would receive a note.", "Head of Homes", ""),
        ("The Head of Homes would not pay.", "Head of Homes", ""),
        ("The Head of Homes would report back.", "Head of Fostering", ""),
        ("The Head of Homes would report back.", "", ""),
        ("Members would each visit a home.", "Members", ""),
    ],
)
def test_an_owner_who_stands_beside_it_is_not_named_twice(text, owner, shown):
    assert terminal.without_owner(record(1, action=text, owner_text=owner)) == (shown or text)


WORDS = st.lists(
    st.sampled_from(["The", "the", "Head", "of", "Homes", "and", "would", "will", "to", "be", "é"])
)


@given(WORDS, WORDS)
def test_nothing_of_what_is_to_be_done_is_lost(words, owner):
    text = " ".join(words)
    shown = terminal.without_owner(record(1, action=text, owner_text=" ".join(owner)))
    assert text[len(text) - len(shown) + 1 :] == shown[1:]
    assert text[len(text) - len(shown) :].casefold() == shown.casefold()


def test_what_is_longest_overdue_stands_first_and_what_is_finished_last():
    records = [
        record(1, due="2023-01-01", status=Status.COMPLETED),
        record(2),
        record(3, due="2023-08-01"),
        record(4, due="2023-06-20"),
        record(5, due="2023-05-01", status=Status.PROPOSED),
        record(6, due_text="in 2 weeks"),
    ]
    dated = [Dated(each, Calendar(TODAY)) for each in records]
    assert [one.record.id for one in arranged(dated, Order.DUE)] == list("645321")


def test_describe_wraps_to_a_window():
    text = plain.describe(RECORDS[1], Calendar(TODAY), history=True, width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert "text indeed A very long\ntext indeed" in text


def test_describe_begins_with_how_it_stands():
    first, _, text, *_ = plain.describe(RECORDS[1], Calendar(TODAY), width=80).splitlines()
    assert first == "CPC-2223-002          To do · 3 weeks overdue (due 9 June 2023)"
    assert text.startswith("A very long text")


def test_describe_names_what_was_printed():
    odd = record(
        5, printed={"RAG": "Amber"}, source_ref="SR (25/26) 01", exempt_paragraph="3",
        due="2023-06-09", due_text="Friday 9 June 2023",
    )  # fmt: skip
    text = plain.describe(odd, Calendar(TODAY))
    assert "As printed, RAG  Amber" in text
    assert "SR (25/26) 01" in text
    assert "9 June 2023 (given as “Friday 9 June 2023”)" in text


def test_describe_is_no_way_to_the_terminal():
    bad = "\x1b[31mred\x1b[0m"
    odd = record(5, action=bad, response=bad, owner_text=bad, printed={bad: bad}, item=bad)
    assert "\x1b" not in plain.describe(odd, Calendar(TODAY), history=True, width=80)


def changed(what, before="", after="", **more):
    return Change("2023-06-30T09:00:00Z", "Clerk", "update", what, before, after, **more)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([changed("added")], "added"),
        ([changed("response", "", "Sent."), changed("status", "open", "in-progress")],
         "response added; To do → Under way"),
        ([changed("response", "Sent.", "Sent to all.")], "response changed"),
        ([changed("response", "Sent.", "")], "response taken out"),
        ([changed("due", "2023-06-12", "2023-09-11"),
          changed("due_text", "12 June 2023", "11 September 2023", reason="Ill.")],
         "due 12 Jun → 11 Sep 2023: Ill."),
        ([changed("due", "2023-12-12", "2024-01-11")], "due 12 Dec 2023 → 11 Jan 2024"),
        ([changed("due", "2023-06-12", ""), changed("due_text", "12 June 2023", "Autumn term")],
         "due 12 Jun 2023 → Autumn term"),
        ([changed("due_text", "soon", "")], "no longer due"),
        ([changed("due_text", "Spring term", "Autumn term")], "due Spring term → Autumn term"),
        ([changed("owner_text", "A", ""), changed("owners", ("A",), ("B", "C"))],
         "referred to B; C"),
        ([changed("status", "proposed", "completed"), changed("completed_on", "", "2023-06-01"),
          changed("agreed_on", "", "2023-06-14")], "agreed as completed"),
        ([changed("status", "\x1b[1mbad", "open")], "[1mbad → To do"),
    ],
)  # fmt: skip
def test_a_command_is_told_in_a_few_words(changes, words):
    assert plain.in_brief(changes) == words


def test_what_a_command_did_alike_is_one_line_and_the_last_stands_first():
    later = changed("response", "", "Sent. " * 99)._replace(at="2023-07-01T09:00:00Z")
    told = [Event(f"CPC-2223-{number:03}", changed("added")) for number in (1, 2, 3, 5)]
    told += [Event("CPC-2324-001", changed("added")), Event("CPC-2223-004", later)]
    assert list(plain.command_lines(told, 80)) == [
        " 1 Jul 2023  Clerk  2223-004  response added",
        "30 Jun 2023  Clerk  2223-001 to 003, 005, 2324-001  added",
    ]
    assert max(map(len, plain.command_lines(told, 40))) == 40


def test_references_of_several_committees_stand_whole_in_history():
    told = [Event(ref, changed("added")) for ref in ("CPC-2223-001", "CPC-2223-002", "LIC-2223-1")]
    assert next(plain.command_lines(told, 99)).endswith(
        "  CPC-2223-001, CPC-2223-002, LIC-2223-1  added"
    )
