"""The examples are what their maker makes, and show all that they are there to show."""

import importlib.util
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cpctrack.cli.main import main
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Kind, MeetingType, Status
from cpctrack.store import council, store

STORES = ["actions.json", "licensing/actions.json"]
PUBLIC = ["appendix4-2023-24", "progress-2024-06-12"]
TEXTS = [f"printed/{name}{ending}" for name in PUBLIC for ending in (".csv", ".html", ".md")]
# Another version of a library may write these in other bytes.
STARTS = {".docx": b"PK\x03\x04", ".xlsx": b"PK\x03\x04", ".pdf": b"%PDF", ".eml": b"X-Unsent"}


@pytest.fixture(scope="session")
def maker():
    path = Path(__file__).parents[2] / "examples" / "make.py"
    spec = importlib.util.spec_from_file_location("make_examples", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def examples(root):
    return root / "examples"


@pytest.fixture
def records(examples):
    return store.read(examples / "actions.json").records


@pytest.fixture
def licensing(examples):
    return store.read(examples / "licensing" / "actions.json")


@pytest.fixture
def on_the_day(maker, monkeypatch):
    """Make it the day the examples were made on."""
    monkeypatch.setenv("CPCTRACK_TODAY", maker.TODAY.isoformat())


def command(*arguments):
    return CliRunner().invoke(main, arguments, prog_name="cpctrack")


def test_stores_are_what_the_story_makes(maker, examples, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    maker.write_stores()
    for name in STORES:
        assert (tmp_path / name).read_bytes() == (examples / name).read_bytes()


@pytest.mark.slow
def test_maker_makes_all_there_is_in_the_same_bytes(maker, examples, tmp_path):
    (tmp_path / "actions.json").write_text("damaged", encoding="utf-8")
    (tmp_path / "printed").mkdir()
    (tmp_path / "printed" / "no-longer.md").touch()
    maker.main([str(tmp_path)])
    printed = {path.relative_to(examples) for path in examples.glob("printed/**/*.*")}
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.*") if path.is_file()}
    assert made == printed | {Path(name) for name in STORES}
    for name in made:
        ours, theirs = (tmp_path / name).read_bytes(), (examples / name).read_bytes()
        if name.suffix in STARTS:
            start = STARTS[name.suffix]
            assert (ours[: len(start)], theirs[: len(start)]) == (start, start)
        else:
            assert ours == theirs, name


def test_readme_counts_and_names_what_there_is(records, licensing, examples):
    text = (examples / "README.md").read_text(encoding="utf-8")
    meetings = {record.meeting.key for record in records}
    assert (len(meetings), len(records)) == (10, 43)
    assert "ten meetings, 43 records" in text
    held = {record.meeting.key for record in licensing.records}
    assert (len(held), len(licensing.meetings), len(licensing.records)) == (6, 8, 14)
    assert "six meetings and two to come, 14 records" in text
    named = set(re.findall(r"`([\w./*-]+?)/?`", text)) | set(re.findall(r"\]\(([\w.-]+)\)", text))
    kept = [path for path in examples.iterdir() if path.is_file() and path.name != "README.md"]
    for path in [*kept, *examples.glob("printed/*")]:
        assert named & {path.name, f"{path.stem}.*"} or path.name == "make.py", path


def test_the_two_committees_met_for_a_year_and_a_half_and_meet_in_one_action(records, licensing):
    days = sorted(record.meeting.date for record in licensing.records)
    assert (days[0], days[-1]) == ("2022-09-14", "2024-03-20")
    here = next(record for record in records if record.links)
    there = licensing.find("LIC-2223-007")
    assert here.links == (
        "transferred-to LIC-2223-007 Licensing Committee, Marlowe Borough Council",
    )
    assert there.links == (
        f"transferred-from {here.ref} Corporate Parenting Committee, Marlowe Borough Council",
    )
    assert (there.status, there.agreed_on) == (Status.COMPLETED, "2023-10-11")
    assert licensing.find("LIC-2223-002").links == (
        "split-into LIC-2223-005",
        "split-into LIC-2223-006",
    )


def test_store_has_two_years_of_formal_and_informal_meetings(records):
    assert len(records) >= 36
    meetings = {record.meeting.key: record.meeting for record in records}.values()
    assert {meeting.year for meeting in meetings} == {"2022/23", "2023/24"}
    for type_ in MeetingType:
        assert sum(meeting.type is type_ for meeting in meetings) >= 3
    assert [meeting.date for meeting in meetings if meeting.year_stated] == ["2023-05-17"]


@pytest.mark.parametrize("year", ["2022/23", "2023/24"])
def test_each_year_has_many_statuses_and_every_kind(records, year):
    of_the_year = [record for record in records if record.meeting.year == year]
    assert {record.kind for record in of_the_year} == set(Kind)
    assert len({record.status for record in of_the_year}) >= 7


def test_every_status_is_shown(records):
    assert {record.status for record in records} == set(Status)


def test_texts_are_long_short_many_lined_and_not_only_ascii(records):
    lengths = [len(record.text) for record in records]
    assert min(lengths) < 80
    assert max(lengths) > 1000
    assert any(record.text.count("\n") >= 3 for record in records)
    assert set("éŷ–’“") <= set("".join(record.item + record.text for record in records))


def test_owners_are_posts_and_sometimes_two(records):
    assert sum(len(record.owners) == 2 for record in records) >= 3
    owners = {owner for record in records for owner in record.owners}
    posts = re.compile(r"Head|Officer|Manager|Director|Nurse|Member|Leader|Partner|Councillors")
    assert [owner for owner in owners if not posts.search(owner)] == []


def test_due_dates_are_exact_and_vague(records):
    vague = {record.due_text for record in records if record.due_text and not record.due}
    assert {"Spring term", "in 6 weeks", "end of March 2024", "by the next meeting"} <= vague
    assert sum(bool(record.due) for record in records) >= 5


def test_items_are_numbered_as_councils_print_them(records):
    items = " ".join({record.item for record in records})
    for form in ("Item 3. ", "Item. 3 ", "Item8. ", "Item 10 D", "4. F", "7.C", "6(a): ", "7 – "):
        assert form in items


def test_some_are_overdue_on_the_day(records, maker):
    overdue = {record.ref for record in records if Calendar(maker.TODAY).is_overdue(record)}
    assert overdue == {"CPC-2223-015", "CPC-2324-007", "CPC-2324-011", "CPC-2324-018"}


def test_one_record_is_exempt_and_in_no_document(records, examples):
    (exempt,) = (record for record in records if record.exempt)
    for name in TEXTS:
        text = (examples / name).read_text(encoding="utf-8")
        assert exempt.ref not in text
        assert exempt.text not in text
        assert "provider’s fees" not in text


def test_histories_are_by_two_clerks_and_in_order(records):
    changes = [change for record in records for change in record.history]
    assert len({change.by for change in changes}) == 2
    assert {change.via for change in changes} == {
        "add",
        "agree",
        "extend",
        "import",
        "reopen",
        "transfer",
        "update",
    }
    for record in records:
        moments = [change.at for change in record.history]
        assert moments == sorted(moments)
        assert record.meeting.date <= moments[0][:10]


def test_an_imported_record_keeps_what_was_printed(records):
    printed = [record for record in records if record.printed]
    assert [record.source_ref for record in printed] == ["CP/22/02"]


def test_a_closed_action_was_opened_again_and_a_due_date_slipped(records):
    by_ref = {record.ref: record for record in records}
    statuses = [
        change.after for change in by_ref["CPC-2324-006"].history if change.what == "status"
    ]
    assert statuses == ["completed", "open", "proposed"]
    slipped = [change.after for change in by_ref["CPC-2324-011"].history if change.what == "due"]
    assert slipped == ["2024-02-29"]


def test_check_is_silent_on_the_day_over_both_committees(examples, on_the_day):
    assert council.stores_in(examples) == [
        examples / "actions.json", examples / "licensing" / "actions.json",
    ]  # fmt: skip
    done = command("--store", str(examples), "check")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_published_table_can_be_taken_in(examples, tmp_path, on_the_day):
    path = str(tmp_path / "actions.json")
    assert command("--store", path, "init", "--committee", "Corporate Parenting").exit_code == 0
    table = str(examples / "published-table.tsv")
    done = command("--store", path, "import", table, "--yes")
    assert done.exit_code == 0, done.stderr
    records = store.read(tmp_path / "actions.json").records
    assert len(records) == 12
    assert {record.meeting.key for record in records} == {
        "2022-06-22-informal",
        "2022-09-28-formal",
        "2022-12-07-formal",
        "2023-02-15-informal",
    }


def test_the_inbox_has_answers_of_each_kind(examples, on_the_day):
    store = str(examples / "actions.json")
    done = command("--store", store, "replies", str(examples / "inbox"), "--dry-run", "--json")
    told = json.loads(done.stdout)
    unclear = {each["ref"]: each["unclear"] for each in told["answers"]}
    assert unclear == {
        "CPC-2223-018": [],
        "CPC-2324-005": [],
        "CPC-2324-011": [],
        "CPC-2324-018": ["only its words tell which action it is about"],
        "CPC-2324-022": [],
    }
    assert [each["file"] for each in told["nothing"]] == ["reviewing-manager.eml"]
    (more,) = (each for each in told["answers"] if each["ref"] == "CPC-2324-022")
    assert more["due"] == "2024-09-30"
