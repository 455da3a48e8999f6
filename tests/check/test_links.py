"""Links that lead nowhere, one way only, or contradict the status."""

from datetime import date

import pytest

from cpctrack.check import Tier, find_problems
from cpctrack.records.model import Status

NAMES = {"dangling-link", "one-sided-link", "goes-on-twice", "status-unlike-link"}


@pytest.fixture
def found(settings):
    def look(*records, **elsewhere):
        held = {record.meeting.key: record.meeting for record in records}
        problems = find_problems(
            records,
            held,
            settings,
            date(2023, 7, 1),
            elsewhere=elsewhere,
            tiers={Tier.CONTRADICTORY},
        )
        return [(each.name, each.ref, each.message) for each in problems if each.name in NAMES]

    return look


@pytest.fixture
def linked(make_record):
    def make(number, *links, status=Status.OPEN, prefix="CPC"):
        return make_record(ref=f"{prefix}-2223-{number:03}", links=links, status=status)

    return make


def test_links_both_ways_are_well(found, linked):
    old = linked(1, "superseded-by CPC-2223-002", status=Status.SUPERSEDED)
    new = linked(2, "supersedes CPC-2223-001")
    assert found(old, new) == []
    assert found(linked(1, status=Status.SUPERSEDED)) == []


def test_a_link_to_nothing(found, linked):
    ((name, ref, message),) = found(linked(2, "split-from CPC-2223-001"))
    assert (name, ref) == ("dangling-link", "CPC-2223-002")
    assert message.startswith(
        "“Split from CPC-2223-001”, but there is no such action; correct the file"
    )


def test_a_link_into_another_store_is_followed_where_that_is_at_hand(found, linked):
    text = "transferred-to LIC-2223-001 Licensing Committee"
    old = linked(1, text, status=Status.SUPERSEDED)
    back = linked(1, "transferred-from CPC-2223-001 Corporate Parenting", prefix="LIC")
    other = linked(2, prefix="LIC")
    assert found(old) == []
    assert found(old, LIC={back.ref: back}) == []
    ((name, _, message),) = found(old, LIC={})
    assert name == "dangling-link"
    assert message.endswith("run its transfer once more, or take it back here too.")
    assert [each[0] for each in found(old, LIC={other.ref: other})] == ["dangling-link"]
    (one,) = found(old, LIC={back.ref: back._replace(links=())})
    assert one[0] == "one-sided-link"


@pytest.mark.parametrize(
    ("link", "fix"),
    [
        ("superseded-by CPC-2223-002", "supersede CPC-2223-001 --by CPC-2223-002” links both"),
        ("supersedes CPC-2223-002", "supersede CPC-2223-002 --by CPC-2223-001” links both"),
        ("split-into CPC-2223-002", "correct the file"),
        ("transferred-from CPC-2223-002", "run it once more"),
    ],
)
def test_a_link_one_way(found, linked, link, fix):
    ((name, ref, message),) = found(linked(1, link, status=Status.SUPERSEDED), linked(2))
    assert (name, ref) == ("one-sided-link", "CPC-2223-001")
    assert fix in message


def test_what_two_people_transferred_is_open_at_one_committee(found, linked):
    texts = [f"transferred-to {prefix}-2223-001 {prefix} Committee" for prefix in ("LIC", "PLN")]
    old = linked(1, *texts, status=Status.SUPERSEDED)
    one, two = [
        linked(1, "transferred-from CPC-2223-001 CPC Committee", prefix=prefix)
        for prefix in ("LIC", "PLN")
    ]
    ((name, ref, message),) = found(old, LIC={one.ref: one}, PLN={two.ref: two})
    assert (name, ref) == ("goes-on-twice", "CPC-2223-001")
    assert "it goes on as LIC-2223-001, PLN-2223-001; end all but one" in message
    ended = two._replace(status=Status.NOT_PROCEEDING)
    assert found(old, LIC={one.ref: one}, PLN={two.ref: ended}) == []
    assert found(old, LIC={one.ref: one}) == []


def test_what_goes_on_is_superseded(found, linked):
    old = linked(1, "superseded-by CPC-2223-002", status=Status.COMPLETED)
    ((name, ref, message),) = found(old, linked(2, "supersedes CPC-2223-001"))
    assert (name, ref) == ("status-unlike-link", "CPC-2223-001")
    assert message == "“Replaced by CPC-2223-002”, but its status is “Completed”."


def test_kinds_of_a_later_version_are_left_alone(found, linked):
    assert found(linked(1, "reminds-of CPC-2223-009", "broken")) == []
