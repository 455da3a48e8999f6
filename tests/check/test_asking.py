"""What was asked and never answered, and what was sent and can't be read."""

from datetime import date

import pytest

from cpctrack.check import find_problems
from cpctrack.records.asking import Chase, Heard, answer, ask
from cpctrack.records.changes import Author
from cpctrack.records.model import Status

AUTHOR = Author("Jo Bell", "2023-06-05T09:00:00Z", "chase")
SENT = Chase("CPC-CHASE-7K4QD", "Head of Fostering", "", "", "2023-06-19", "2023-07-19")


def problems(record, settings, today=date(2023, 7, 1), rows=None):
    held = {record.meeting.key: record.meeting}
    found = find_problems([record], held, settings, today, {"chases": rows or {}})
    ours = ("asked-in-vain", "unreadable-chase")
    return [(each.name, each.ref, each.field, each.message) for each in found if each.name in ours]


def test_who_has_not_answered_in_time_is_named(make_record, settings):
    asked = ask(make_record(), SENT, AUTHOR)
    message = (
        "“Head of Fostering” was asked on 5 June 2023 to answer by 19 June 2023, and nobody has; "
        "“cpctrack chase --again” reminds them."
    )
    expected = [("asked-in-vain", "CPC-2223-001", "response", message)]
    assert problems(asked, settings) == expected
    assert problems(asked, settings, date(2023, 6, 20)) == expected
    assert problems(asked, settings, date(2023, 6, 19)) == []


def test_each_owner_who_is_late_is_named(make_record, settings):
    later = SENT._replace(owner="Clerk", reply_by="2023-07-19")
    both = ask(ask(make_record(), SENT, AUTHOR), later, AUTHOR)
    for day, count in ((date(2023, 7, 1), 1), (date(2023, 7, 20), 2)):
        assert len(problems(both, settings, day)) == count


@pytest.mark.parametrize(
    "changed",
    [
        lambda one: answer(one, Heard("a@example.org", "2023-06-07", ""), AUTHOR),
        lambda one: one._replace(status=Status.PROPOSED),
        lambda one: one._replace(history=()),
        lambda one: ask(one._replace(history=()), SENT._replace(reply_by=""), AUTHOR),
    ],
)
def test_what_needs_nobody(make_record, settings, changed):
    assert problems(changed(ask(make_record(), SENT, AUTHOR)), settings) == []


def test_a_row_that_can_not_be_read(make_record, settings):
    ((name, ref, field, message),) = problems(
        make_record(), settings, rows={"CPC-CHASE-\x1b7": {"parts": 1}}
    )
    assert (name, field) == ("unreadable-chase", "parts")
    assert "can't be read; correct it in the file" in message
    assert "\x1b" not in ref
