"""Calendar files: a form that programs read, whatever the texts, and the same bytes each time."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import StoreError
from cpctrack.reading.calendars import events_of
from cpctrack.records import asking
from cpctrack.records.asking import Chase, Heard
from cpctrack.records.calendar import calendar_of
from cpctrack.records.changes import Author
from cpctrack.records.model import Change, Meeting, MeetingType, Record, Settings, Status
from cpctrack.records.owners import Owner, Owners
from cpctrack.records.query import Query
from cpctrack.render.export.calendar import events, written
from cpctrack.render.export.tables import Source

TODAY = date(2024, 3, 1)
FORMAL = Meeting("2024-03-13", MeetingType.FORMAL, "2023/24")
SETTINGS = Settings("Licensing Committee", "LIC", "05-15")
CLERK = Author("Clerk", "2024-03-20T10:15:00Z", "chase")
EVERYTHING = Query(open=True)
NAMES = {
    "BEGIN", "VERSION", "PRODID", "X-WR-CALNAME", "UID", "DTSTAMP", "SEQUENCE", "DTSTART",
    "SUMMARY", "DESCRIPTION", "CLASS", "STATUS", "TRANSP", "END",
}  # fmt: skip
HOSTILE = st.text(
    st.sampled_from("a\n\r\\;,:\"'é😀\t\x00\x1b\x85\u2028\u202e\ud800 \u0301")
    | st.characters(codec=None),
    max_size=120,
) | st.just("x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTENDEE:mailto:a@example.org")


def action(number=1, **fields):
    given_ = {"action": "Report back.", "owners": ("Head of Law",), "due": "2024-05-01"} | fields
    added = Change("2024-03-14T09:00:00Z", "Clerk", "add", "added")
    history = given_.pop("history", (added,))
    return Record(f"{number:012x}", f"LIC-2324-{number:03}", FORMAL, **given_, history=history)


def asked(record, *, reply_by="2024-04-03", owner="Head of Law"):
    return asking.ask(record, Chase("LIC-CHASE-7K4QD", owner, CLERK.at, "Clerk", reply_by), CLERK)


def source(*records, meetings=(FORMAL,), settings=SETTINGS, today=TODAY):
    return Source(settings, calendar_of(settings, meetings, today), meetings, records)


def made(*sources, query=EVERYTHING):
    found = events(sources, query)
    return [*found.due, *found.replies, *found.meetings]


def logical(content):
    """Give the lines of a calendar as a strict reader puts them together, checking their form."""
    text = content.decode()
    assert text.endswith("\r\n")
    physical = text[:-2].split("\r\n")
    assert all(len(line.encode()) <= 75 for line in physical)
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", "".join(physical))
    lines = text[:-2].replace("\r\n ", "").split("\r\n")
    assert {re.split("[;:]", line)[0] for line in lines} <= NAMES
    return lines


@given(texts=st.lists(HOSTILE, min_size=5, max_size=5), internal=st.booleans())
def test_no_text_breaks_a_calendar(texts, internal):
    what, who, item, note, committee = texts
    record = asked(action(action=what, owners=(who,), item=item), owner=f"A{who}")
    meeting = FORMAL._replace(note=note)
    settings = SETTINGS._replace(committee=committee, prefix=committee)
    every = made(source(record, meetings=(meeting,), settings=settings))
    content = written(every, committee, internal=internal)
    lines = logical(content)
    assert len(every) == 3
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 3
    assert lines.count("CLASS:PRIVATE") == (3 if internal else 0)
    assert not any(line.startswith(("ATTENDEE", "BEGIN:VALARM")) for line in lines)
    days = sorted(event.day for event in events_of(content.decode()))
    assert days == ["2024-03-13", "2024-04-03", "2024-05-01"]


def test_texts_are_read_back_as_they_were():
    what = "One, two; three \\ four: “é” 😀 " + "long " * 30
    (event,) = made(source(action(action=what), meetings=()))
    text = written([event], "Actions").decode()
    said = next(line for line in logical(text.encode()) if line.startswith("DESCRIPTION:"))
    unescaped = re.sub(r"\\([\\;,])", r"\1", said.removeprefix("DESCRIPTION:").split("\\n")[0])
    assert unescaped == what
    assert events_of(text)[0].summary == event.summary


def test_folding_keeps_letters_whole():
    for ahead in range(8):
        line = "x" * ahead + "😀" * 60
        assert logical(written([], line))[3] == f"X-WR-CALNAME:{line}"


def test_the_same_actions_make_the_same_bytes_on_any_day_in_any_order():
    records = [asked(action(number)) for number in (1, 2, 3)]
    first = written(made(source(*records)), "Actions")
    assert first == written(reversed(made(source(*records))), "Actions")
    assert first == written(made(source(*records, today=date(2031, 1, 1))), "Actions")


def fields_of(event):
    return dict(
        line.split(":", 1) for line in logical(written([event], "Actions")) if "VEVENT" not in line
    )


def test_a_date_that_moves_keeps_its_identifier_and_is_newer():
    before = action()
    moved = Change("2024-04-09T08:00:00Z", "Clerk", "extend", "due", before.due, "2024-06-01")
    after = before._replace(due="2024-06-01", history=(*before.history, moved))
    (old, *_), (new, *_) = made(source(before)), made(source(after))
    old, new = fields_of(old), fields_of(new)
    assert old["UID"] == new["UID"]
    assert int(old["SEQUENCE"]) < int(new["SEQUENCE"])
    assert (old["DTSTAMP"], new["DTSTAMP"]) == ("20240314T000000Z", "20240409T000000Z")
    assert new["DTSTART;VALUE=DATE"] == "20240601"


def test_words_fall_due_on_their_last_day_which_moves_with_a_meeting():
    record = action(due="", due_text="by the next meeting")
    july = Meeting("2024-07-01", MeetingType.FORMAL, "2024/25")
    moved = july._replace(moved_to="2024-07-08")
    first = made(source(record, meetings=(FORMAL, july)))[0]
    then = made(source(record, meetings=(FORMAL, moved, july._replace(date="2024-07-08"))))[0]
    assert (first.day, then.day) == (date(2024, 7, 1), date(2024, 7, 8))
    assert first.uid == then.uid
    assert first.edition.changes < then.edition.changes


@pytest.mark.parametrize("fate", [{"moved_to": "2024-07-08"}, {"cancelled": True}])
def test_a_meeting_that_does_not_stand_is_cancelled(fate):
    july = Meeting("2024-07-01", MeetingType.FORMAL, "2024/25")
    stands = fields_of(made(source(meetings=(july,)))[0])
    fallen = fields_of(made(source(meetings=(july._replace(**fate),)))[0])
    assert "STATUS" not in stands
    assert fallen["STATUS"] == "CANCELLED"
    assert stands["UID"] == fallen["UID"]
    assert int(stands["SEQUENCE"]) < int(fallen["SEQUENCE"])
    (read,) = events_of(written(made(source(meetings=(july._replace(**fate),))), "A").decode())
    assert (read.day, read.cancelled) == ("2024-07-01", True)


def test_what_needs_nothing_more_is_not_due():
    done = [action(1, status=status) for status in Status if not status.can_be_overdue]
    found = events([source(*done, action(2), action(3, due="", due_text="soon"))], EVERYTHING)
    assert [event.uid for event in found.due] == ["000000000002-due"]
    assert found.undated == 1


def test_one_day_of_reply_for_an_owner_whatever_the_committees():
    other = SETTINGS._replace(committee="Planning Committee", prefix="PLA")
    first = source(asked(action(1)), asked(action(2), reply_by="2024-04-10"))
    second = source(asked(action(3)), settings=other)
    found = events([first, second], EVERYTHING).replies
    assert [(event.day.isoformat(), event.summary) for event in found] == [
        ("2024-04-03", "Reply due: Head of Law (2 actions)"),
        ("2024-04-10", "Reply due: Head of Law (1 action)"),
    ]
    assert found[0].description == "LIC-2324-001: Report back.\nLIC-2324-003: Report back."


def test_names_of_one_owner_are_one_and_the_last_question_counts():
    book = Owners({"head of law": Owner("Head of Law", also=("Law",))})
    reminded = asked(asked(action(1)), reply_by="2024-04-17", owner="Law")
    (event,) = events([source(reminded)], EVERYTHING._replace(owners=book)).replies
    assert event.day == date(2024, 4, 17)


def test_a_question_that_names_nobody_waits_for_nobody():
    record = asked(action(1, owners=("Head of Law", "Clerk")), owner="")
    found = events([source(record, asked(action(2)))], EVERYTHING).replies
    assert [event.summary for event in found] == ["Reply due: Head of Law (1 action)"]


def test_what_is_answered_closed_or_without_a_day_awaits_no_reply():
    answered = asking.answer(asked(action(1)), Heard("a", "2024-03-25", "id"), CLERK)
    closed = asked(action(2, status=Status.COMPLETED))
    open_ended = asked(action(3), reply_by="")
    damaged = asked(action(4), reply_by="2024-02-30")
    assert not events([source(answered, closed, open_ended, damaged)], EVERYTHING).replies


def test_of_an_owner_only_theirs_and_every_meeting():
    shared = asked(asked(action(1, owners=("Head of Law", "Clerk"))), owner="Clerk")
    found = events([source(shared, action(2, owners=("Clerk",)))], EVERYTHING._replace(owner="law"))
    assert [event.uid for event in found.due] == ["000000000001-due"]
    assert [event.summary for event in found.replies] == ["Reply due: Head of Law (1 action)"]
    assert len(found.meetings) == 1


def test_exempt_business_is_marked():
    record = asked(action(exempt_paragraph="3"))
    found = events([source(record, asked(action(2)))], EVERYTHING)
    assert found.due[0].summary.startswith("Not for publication: Due LIC-2324-001")
    assert not found.due[1].summary.startswith("Not")
    assert found.replies[0].summary.startswith("Not for publication: Reply due")
    lines = logical(written(made(source(record)), "Actions", internal=True))
    assert "X-WR-CALNAME:Not for publication: Actions" in lines


@pytest.mark.parametrize("day", ["2024-02-30", "soon", "\x1b[2J"])
def test_a_meeting_without_a_day_is_refused(day):
    with pytest.raises(StoreError, match="is no day of the calendar"):
        events([source(meetings=(FORMAL._replace(date=day),))], EVERYTHING)


@pytest.mark.parametrize("at", ["", "yesterday", "2024-02-30T10:00:00Z"])
def test_a_damaged_moment_is_passed_over(at):
    record = action(history=(Change(at, "Clerk", "add", "added"),))
    assert fields_of(made(source(record))[0])["DTSTAMP"] == "19700101T000000Z"
