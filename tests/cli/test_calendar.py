"""``calendar``: what is to come, for a calendar program, and nothing exempt."""

import json

import pytest

from cpctrack.reading.calendars import events_of
from cpctrack.store import files

FORMAL = ("--meeting", "13/3/2024", "--type", "formal", "--item", "Item 4. Taxis")
PRIVATE = ("--meeting", "20/3/2024", "--type", "informal", "--item", "Item 9")


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-06-12")


@pytest.fixture
def actions(run, new_store):
    run("add", *FORMAL, "--action", "Report back.", "--owner", "Head of Law", "--due", "1/5/2024")
    run("add", *FORMAL, "--action", "Write to the drivers.", "--owner", "Clerk")
    run("meeting", "2024-07-17", "--type", "formal")
    return new_store


@pytest.fixture
def hide(run):
    """Add exempt records, and an informal meeting that has no other."""
    return lambda: [
        run("add", *where, "--action", "The qzx contract.", "--exempt", "3", "--due", "2/5/2024")
        for where in (FORMAL, PRIVATE)
    ]


def summaries(path):
    return [event.summary for event in events_of(path.read_text("utf-8"))]


def test_due_dates_and_meetings(run, actions, tmp_path):
    done = run("calendar", "-o", str(tmp_path / "out.ics"))
    assert done.stdout == ""
    assert "out.ics: 1 due date, 0 reply dates, 2 meetings." in done.stderr
    assert "Without a day, and so not in it: 1 action." in done.stderr
    assert summaries(tmp_path / "out.ics") == [
        "Corporate Parenting Committee: formal meeting",
        "Due CPC-2324-001: Report back.",
        "Corporate Parenting Committee: formal meeting",
    ]


def test_reply_dates_of_who_was_asked(run, actions, edit, tmp_path):
    line = {
        "at": "2024-06-01T09:00:00Z", "by": "Clerk", "via": "chase", "change": "asked",
        "to": ["CPC-CHASE-7K4QD", "Head of Law", "2024-06-15", ""],
    }  # fmt: skip
    edit(
        lambda held: [
            row["history"].append(line)
            for row in held["actions"].values()
            if row["owners"] == ["Head of Law"]
        ]
    )
    done = run("calendar", "-o", str(tmp_path / "out.ics"))
    assert "1 due date, 1 reply date, 2 meetings" in done.stderr
    assert "Reply due: Head of Law (1 action)" in summaries(tmp_path / "out.ics")


def test_only_whoever_was_asked_is_to_reply(run, actions, tmp_path):
    run("add", *FORMAL, "--action", "Share it.", "--owner", "Head of Law", "--owner", "Ann Lee")
    run("chase", "-o", str(tmp_path / "chase"), "--owner", "ann lee", "--format", "text")
    run("calendar", "-o", str(tmp_path / "out.ics"))
    replies = [each for each in summaries(tmp_path / "out.ics") if each.startswith("Reply")]
    assert replies == ["Reply due: Ann Lee (1 action)"]


def test_the_meetings_of_a_calendar_are_known_and_nothing_else_is_taken(run, actions, tmp_path):
    run("calendar", "-o", str(tmp_path / "out.ics"))
    before = actions.read_bytes()
    done = run("meetings", "import", str(tmp_path / "out.ics"), "--dry-run", "--json")
    found = json.loads(done.stdout)
    assert (found["new"], found["known"]) == (0, 2)
    assert actions.read_bytes() == before


def test_a_meeting_that_is_moved_is_cancelled_on_its_day(run, actions, tmp_path):
    run("meeting", "2024-07-17", "--type", "formal", "--moved-to", "2024-07-24")
    run("calendar", "-o", str(tmp_path / "out.ics"))
    found = events_of((tmp_path / "out.ics").read_text("utf-8"))
    assert {event.day: event.cancelled for event in found if "meeting" in event.summary} == {
        "2024-03-13": False, "2024-07-17": True, "2024-07-24": False
    }  # fmt: skip


def test_the_bytes_are_the_same_with_exempt_records_and_without(run, actions, hide, tmp_path):
    run("calendar", "-o", str(tmp_path / "before.ics"))
    hide()
    done = run("calendar", "-o", str(tmp_path / "after.ics"))
    assert (tmp_path / "after.ics").read_bytes() == (tmp_path / "before.ics").read_bytes()
    assert "2 exempt actions are left out" in done.stderr


def test_exempt_records_come_when_asked_for_and_are_marked(run, actions, hide, tmp_path):
    hide()
    done = run("calendar", "-o", str(tmp_path / "out.ics"), "--include-exempt")
    assert "Not for publication: what is exempt is included." in done.stderr
    text = (tmp_path / "out.ics").read_text("utf-8")
    assert text.count("SUMMARY:Not for publication: Due") == 2
    assert text.count("CLASS:PRIVATE") == text.count("BEGIN:VEVENT") == 6
    assert "X-WR-CALNAME:Not for publication: " in text


@pytest.mark.parametrize("heading", ["Item 9. EXEMPT: taxis", "Private and confidential"])
def test_what_may_be_exempt_is_refused(run, actions, tmp_path, heading):
    run("update", "1", "--item", heading)
    done = run("calendar", "-o", str(tmp_path / "out.ics"), exit_code=1)
    assert "may say that it is exempt" in done.stderr
    assert not (tmp_path / "out.ics").exists()


def test_conflicts_are_refused_and_told_once(run, actions, edit, tmp_path):
    clash = {"field": "due", "base": "2024-05-01", "ours": "2024-05-02", "theirs": "2024-05-03"}
    edit(lambda held: next(iter(held["actions"].values())).update(_conflicts=[clash]))
    done = run("calendar", "-o", str(tmp_path / "out.ics"), exit_code=1)
    assert done.stderr.count("cpctrack conflicts") == 1
    assert not (tmp_path / "out.ics").exists()


def test_several_committees_are_in_one(run, actions, tmp_path):
    other = str(tmp_path / "lic.json")
    run("--store", other, "init", "--committee", "Licensing Committee", "--prefix", "LIC")
    run("--store", other, "add", *FORMAL, "--action", "Look into it.", "--due", "1/5/2024")
    done = run("--store", str(tmp_path), "calendar", "-o", str(tmp_path / "out.ics"))
    assert "2 due dates, 0 reply dates, 3 meetings" in done.stderr
    found = events_of((tmp_path / "out.ics").read_text("utf-8"))
    assert {event.calendar for event in found} == {"2 committees: actions"}
    uids = [
        line for line in (tmp_path / "out.ics").read_text("utf-8").splitlines() if "UID:" in line
    ]
    assert len(set(uids)) == 5


def test_of_an_owner(run, actions, tmp_path):
    done = run("calendar", "-o", str(tmp_path / "out.ics"), "--owner", "clerk")
    assert "0 due dates, 0 reply dates, 2 meetings" in done.stderr
    run("calendar", "-o", str(tmp_path / "law.ics"), "--owner", "LAW")
    assert "Due CPC-2324-001: Report back." in summaries(tmp_path / "law.ics")


def test_an_owner_of_nothing_is_refused(run, actions, tmp_path):
    done = run("calendar", "-o", str(tmp_path / "out.ics"), "--owner", "Head of Lax", exit_code=1)
    assert "No owner is called “Head of Lax”. Did you mean Head of Law?" in done.stderr
    assert not (tmp_path / "out.ics").exists()


def test_an_empty_calendar_is_not_written(run, new_store, tmp_path):
    done = run("calendar", "-o", str(tmp_path / "out.ics"), exit_code=1)
    assert "a calendar would be empty. Nothing was written." in done.stderr
    assert not (tmp_path / "out.ics").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Which file? Add --output FILE.ics."),
        (("-o", "out.txt"), "A calendar is an .ics file; name it so: -o out.ics."),
        (("-o", "actions.json"), "name it so: -o actions.ics."),
        (("-o", "folder.ics"), "is a folder, where a file should go"),
    ],
)
def test_what_goes_nowhere_is_refused(run, actions, monkeypatch, tmp_path, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.ics").mkdir()
    before = actions.read_bytes()
    assert said in run("calendar", *arguments, exit_code=2).stderr
    assert actions.read_bytes() == before


def test_a_file_that_is_there_stays_but_for_force(run, actions, tmp_path):
    taken = tmp_path / "out.ics"
    run("calendar", "-o", str(taken))
    run("calendar", "-o", str(taken))  # nothing has changed
    taken.write_bytes(b"mine")
    done = run("calendar", "-o", str(taken), exit_code=1)
    assert "already exists; name another file, or add --force" in done.stderr
    assert taken.read_bytes() == b"mine"
    run("calendar", "-o", str(taken), "--force")
    assert summaries(taken)


def test_a_full_disk_leaves_nothing(run, actions, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    done = run("calendar", "-o", str(tmp_path / "new" / "out.ics"), exit_code=1)
    assert "can't be written to (no space left on device)" in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_killed_run_leaves_the_old_file_or_the_new_one(run, actions, tmp_path, killer):
    target = tmp_path / "made" / "out.ics"
    run("calendar", "-o", str(target))
    old = target.read_bytes()
    run("add", *FORMAL, "--action", "Count the taxis.", "--due", "9/9/2024")
    order = ("--store", str(actions), "calendar", "-o", str(target), "--force")
    whole = set()
    for step in range(1, 200):
        code, _, _ = killer.run(target.parent, step, *order, only_changes=True)
        whole.add(target.read_bytes())
        if code == 0:
            break
    assert code == 0
    assert step > 2
    assert whole == {old, target.read_bytes()}
    assert [path.name for path in target.parent.iterdir()] == ["out.ics"]
