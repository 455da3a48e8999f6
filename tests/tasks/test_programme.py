"""Taking a work programme in, in one write: what is new, known, changed or moved."""

import json

import click
import pytest

from cpctrack.cli.output import programme_plan
from cpctrack.records.changes import Author
from cpctrack.records.model import Meeting, MeetingType
from cpctrack.store import programme, store
from cpctrack.store.programme import Report
from cpctrack.tables.programme import Programme
from cpctrack.tasks.programme import read_programme, take_programme

JUNE, SEPTEMBER, DECEMBER = "2024-06-19", "2024-09-18", "2024-12-04"
FIRST = (
    Report(JUNE, "Fostering", contact="Head of Fostering", source="plan.csv, line 2"),
    Report(SEPTEMBER, "Scorecard", source="plan.csv, line 3"),
    Report(DECEMBER, "Scorecard", source="plan.csv, line 4"),
    Report("", "Health", when="Autumn 2024", source="plan.csv, line 5"),
)


@pytest.fixture
def take(new_store):
    """Take reports in, as those of a programme of 2024, on a day."""

    def call(*reports, today="2024-06-12", days=(JUNE, SEPTEMBER, DECEMBER), left_out=()):
        read = Programme("plan.csv", days, reports, left_out)
        author = Author("Clerk", f"{today}T09:00:00Z", "meetings")
        with store.editing(new_store) as current:
            return take_programme(current, author, read)

    return call


@pytest.fixture
def held(new_store):
    """Give the reports that the store holds, in order."""

    def call():
        return sorted(programme.read(store.read(new_store).document).values())

    return call


def test_meetings_that_are_missing_and_reports_are_new(take, held, document, new_store):
    with store.editing(new_store) as current:
        informal = Meeting(SEPTEMBER, MeetingType.INFORMAL, "2024/25")
        current.keep_meeting(informal, Author("Clerk", "2024-06-11T09:00:00Z", "meeting"))
    taken = take(*FIRST)
    assert [meeting.key for meeting in taken.meetings] == [f"{JUNE}-formal", f"{DECEMBER}-formal"]
    assert (taken.new, taken.changed, taken.known, taken.moved) == (FIRST, (), (), ())
    assert taken.undated == FIRST[3:]
    assert taken.writes
    assert held() == sorted(FIRST)
    assert set(document()["meetings"]) == {
        f"{JUNE}-formal", f"{SEPTEMBER}-informal", f"{DECEMBER}-formal",
    }  # fmt: skip


def test_the_same_again_changes_nothing(take, new_store):
    take(*FIRST)
    before = new_store.read_bytes()
    again = take(*(each._replace(source="other.csv, line 9") for each in FIRST))
    assert again.known == FIRST
    assert not again.writes
    assert new_store.read_bytes() == before


def test_what_a_later_programme_says_more_is_taken_and_what_it_leaves_blank_stays(take, held):
    take(*FIRST)
    more = FIRST[0]._replace(
        contact="", purpose="Yearly.", exempt_paragraph="3", source="b, line 1"
    )
    taken = take(more)
    expected = FIRST[0]._replace(purpose="Yearly.", exempt_paragraph="3")
    assert taken.changed == (expected,)
    assert expected in held()
    assert take(FIRST[0]).known == (expected,)  # what was exempt stays so


def test_a_report_at_another_meeting_is_taken_from_where_it_was(take, held):
    take(*FIRST)
    moved = (Report(SEPTEMBER, "FOSTERING"), FIRST[1], FIRST[2], Report(DECEMBER, "Health"))
    taken = take(*moved)
    assert sorted(taken.moved) == sorted([FIRST[0], FIRST[3]])
    assert held() == sorted(moved)


def test_what_was_exempt_stays_so_where_it_moves(take, held):
    take(FIRST[0]._replace(exempt_paragraph="3"))
    take(Report(SEPTEMBER, "Fostering"))
    assert held() == [Report(SEPTEMBER, "Fostering", exempt_paragraph="3")]


@pytest.mark.parametrize(
    ("later", "options"),
    [
        ((Report(DECEMBER, "Fostering"),), {"today": "2024-07-01"}),  # that meeting has been
        ((Report(DECEMBER, "Fostering"),), {"days": (DECEMBER,)}),  # the plan of the other half
        ((Report("", "Fostering"),), {}),  # it names no day for it
        ((Report(DECEMBER, "Fees"),), {}),
    ],
)
def test_what_a_programme_says_nothing_of_stays(take, held, later, options):
    take(FIRST[0])
    assert take(*later, **options).moved == ()
    assert FIRST[0] in held()


def test_one_undo_takes_it_all_back(take, run, new_store):
    before = json.loads(new_store.read_bytes())
    take(*FIRST)
    said = run("undo", "--yes").stdout
    assert "the report “Fostering” leaves the store" in said
    assert "the formal meeting of 19 June 2024 leaves the store" in said
    assert json.loads(new_store.read_bytes()) == before
    run("redo", "--yes")
    assert len(json.loads(new_store.read_bytes())["programme"]) == len(FIRST)


def test_what_somebody_changed_since_is_not_taken_back(take, run, edit):
    take(FIRST[0])
    edit(lambda held: held["programme"][FIRST[0].id].update(contact="Ann"))
    assert "the report “Fostering”: contact" in run("undo", "--yes", exit_code=1).stderr


def test_the_plan_in_words_and_as_json(take):
    take(FIRST[0], FIRST[1], FIRST[3])
    exempt = Report(DECEMBER, "Sale of\na home", contact="Ann", exempt_paragraph="3")
    new = Report("", "Homes")
    moved = Report(SEPTEMBER, "Fostering")
    taken = take(moved, FIRST[1], exempt, new, left_out=((9, "A note."),))
    assert click.unstyle(programme_plan.in_words(taken)) == (
        "plan.csv: a work programme\n"
        "3 new, 0 changed, 1 known, 1 moved\n"
        "\n"
        "What comes\n"
        "  18 September 2024: Fostering\n"
        "  4 December 2024: Sale of a home (Ann)\n"
        "\n"
        "No date yet: kept until one is known\n"
        "  Homes\n"
        "\n"
        "Taken from where they were: the programme has them at another meeting now\n"
        "  19 June 2024: Fostering (Head of Fostering)\n"
        "\n"
        "Exempt: kept out of what the public reads\n"
        "  Sale of a home: paragraph 3\n"
        "\n"
        "Lines left out: they are no report that comes, nor the day of a meeting\n"
        "  line 9: A note."
    )
    told = programme_plan.as_json(taken)
    counts = {name: told[name] for name in ("new", "changed", "known", "moved", "no_date")}
    assert counts == {"new": 3, "changed": 0, "known": 1, "moved": 1, "no_date": 1}
    assert told["meetings"] == []
    assert told["left_out"] == [{"line": 9, "text": "A note."}]
    assert told["reports"][2] == {
        "meeting": None, "when": "", "title": "Homes", "contact": "", "purpose": "",
        "exempt": False, "source": "", "outcome": "new",
    }  # fmt: skip
    assert [each["outcome"] for each in told["reports"]] == ["new"] * 3 + ["known", "moved"]


def test_the_plan_names_the_meetings_that_are_new(take):
    taken = take(days=(JUNE,))
    assert "New formal meetings\n  19 June 2024" in click.unstyle(programme_plan.in_words(taken))
    assert programme_plan.as_json(taken)["meetings"] == [{"date": JUNE, "type": "formal"}]


def test_what_cannot_be_read_is_none(tmp_path):
    assert read_programme(tmp_path / "missing.docx") is None


def test_a_meeting_that_the_programme_calls_informal(new_store):
    read = Programme("plan.csv", (JUNE, SEPTEMBER), FIRST[:2], informal=(SEPTEMBER,))
    with store.editing(new_store) as current:
        taken = take_programme(current, Author("Clerk", "2024-06-12T09:00:00Z", "meetings"), read)
    assert [each.type for each in taken.meetings] == [MeetingType.FORMAL, MeetingType.INFORMAL]
    told = click.unstyle(programme_plan.in_words(taken))
    assert "New formal meetings\n  19 June 2024\n\nNew informal meetings\n  18 Sept" in told
