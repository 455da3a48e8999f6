"""Records that go on as others: what they keep, how it is said, and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import DecisionError
from cpctrack.records import ageing, decisions, links, printed_status
from cpctrack.records.changes import Author, versions
from cpctrack.records.model import Clash, Link, Meeting, MeetingType, Record, Status

MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
JULY = Meeting("2023-07-19", MeetingType.FORMAL, "2023/24")
AUTHOR = Author("Clerk", "2023-07-20T10:00:00Z", "supersede")
OLD = Record(id="0" * 12, ref="CPC-2223-001", meeting=MARCH, action="Do it.", due="2023-05-01")
NEW = Record(id="1" * 12, ref="CPC-2324-002", meeting=JULY, action="Do more.", due="2023-09-01")


def moved(record: Record, to: str, reason: str = "No staff.", meeting: str = "") -> Record:
    author = AUTHOR._replace(via="extend")
    return decisions.extend(record, author, to=to, reason=reason, meeting=meeting)


def superseded(old: Record, new: Record) -> tuple[Record, Record]:
    ended = links.close(old, [Link(links.SUPERSEDED_BY, new.ref)], AUTHOR)
    return ended, links.succeed(new, Link("supersedes", old.ref), old, AUTHOR)


def test_both_are_linked_and_the_first_is_superseded() -> None:
    ended, goes_on = superseded(OLD, NEW)
    assert (ended.status, ended.links) == (Status.SUPERSEDED, ("superseded-by CPC-2324-002",))
    assert (goes_on.status, goes_on.links) == (Status.OPEN, ("supersedes CPC-2223-001",))
    assert superseded(ended, goes_on) == (ended, goes_on)  # a second time changes nothing


def test_the_one_that_goes_on_is_as_old_as_the_first_and_counts_its_moves() -> None:
    old = moved(moved(OLD, "1 June 2023"), "Autumn term", "Still none.", "2023-07-19")
    _, new = superseded(old, moved(NEW, "1 October 2023"))
    assert ageing.age(new, ("2023-03-15", "2023-07-19"), date(2023, 7, 20)) == ageing.Age(127, 1)
    assert ageing.first_due(new) == "2023-05-01"
    told = [(each.before, each.after, each.meeting, each.at) for each in ageing.extensions(new)]
    assert told == [
        ("2023-05-01", "2023-06-01", "", ""),
        ("2023-06-01", "Autumn term", "2023-07-19", ""),
        ("2023-09-01", "2023-10-01", "", AUTHOR.at),  # its own, still to be told of
    ]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_nothing_of_a_line_is_lost_however_long_it_is(extensions: list[int]) -> None:
    line, ended = OLD, []
    for number, count in enumerate(extensions, 1):
        for month in range(count):
            line = moved(line, f"{number} {month + 1}/20{30 + number}".replace(" ", "/"))
        own = NEW._replace(ref=f"CPC-2324-{number:03}", due=f"20{30 + number}-01-01")
        old, line = superseded(line, own)
        ended.append(old)
    assert len(ageing.extensions(line)) == sum(extensions)
    assert ageing.began(line) == "2023-03-15"
    assert all(links.successors(each) and not each.status.is_open for each in ended)


def test_a_part_has_what_is_of_the_whole_and_no_answer_to_it() -> None:
    old = OLD._replace(
        owners=("Chair",), response="Begun.", follow_up="Ongoing", status=Status.PROPOSED,
        exempt_paragraph="3", source_ref="A1", printed={"Notes": "x"}, evidence=("x",),
        extra={"private": "yes"},
    )  # fmt: skip
    part = links.part_of(old, "The first half.", AUTHOR._replace(via="split"))
    assert part.text == "The first half."
    assert (part.owners, part.due, part.meeting) == (("Chair",), "2023-05-01", MARCH)
    assert (part.exempt_paragraph, dict(part.extra)) == ("3", {"private": "yes"})
    assert not any((part.response, part.follow_up, part.source_ref, part.printed, part.evidence))
    assert part.status is Status.OPEN
    (first,) = part.history
    assert (first.what, first.after, first.via) == ("added", "CPC-2223-001", "split")
    ongoing = links.part_of(OLD._replace(status=Status.ONGOING), "Half.", AUTHOR)
    assert ongoing.status is Status.ONGOING
    recommended = OLD._replace(action="", recommendation="That it be done.")
    assert links.part_of(recommended, "Half.", AUTHOR).recommendation == "Half."


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["superseded-by CPC-2324-002"], "Replaced by CPC-2324-002"),
        (["split-into A-2324-001"], "Split into A-2324-001"),
        (["split-into A-2324-001", "split-into A-2324-002"],
         "Split into A-2324-001 and A-2324-002"),
        (["supersedes B-2324-003", *(f"split-into A-2324-00{n}" for n in (1, 2, 3))],
         "Split into A-2324-001, A-2324-002 and A-2324-003"),
        (["transferred-to LIC-2425-003 Licensing Committee"],
         "Transferred to the Licensing Committee, LIC-2425-003"),
        (["transferred-to LIC-2425-003 The Licensing Panel, Exmouth\u202e\x1b[0m"],
         "Transferred to The Licensing Panel, Exmouth[0m, LIC-2425-003"),
        (["transferred-to LIC-2425-003"], "Transferred to LIC-2425-003"),
        (["split-from A-2324-001"], ""),
        (["superseded-by"], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_what_stands_in_the_table_is_read_back_as_superseded(texts: list[str], words: str) -> None:
    record = OLD._replace(status=Status.SUPERSEDED, links=tuple(texts))
    assert links.standing(record) == words
    assert links.standing(record._replace(status=Status.OPEN)) == ""
    if "A-" in words or "," in words or "by" in words:
        once = words.replace("Replaced", "Superseded")  # as cpctrack 0.1 printed it
        assert {printed_status.stated(each) for each in (words, once)} == {(Status.SUPERSEDED, "")}


@pytest.mark.parametrize(
    "cell",
    [
        "Transferred to the Highways team, who report in June",
        "Split into two phases",
        "Replaced by CPC-2324-002, but see the minutes",
        "Not superseded by CPC-2324-002",
    ],
)
def test_what_only_begins_so_is_no_such_cell(cell: str) -> None:
    assert printed_status.stated(cell)[0] is None


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.NOT_PROCEEDING, Status.NO_FOLLOW_UP])
def test_what_has_ended_can_not_go_on(status: Status) -> None:
    with pytest.raises(DecisionError, match="nothing of it goes on; open it again first with"):
        superseded(OLD._replace(status=status), NEW)


def test_what_was_superseded_without_a_link_can_be_given_one() -> None:
    ended, _ = superseded(OLD._replace(status=Status.SUPERSEDED), NEW)
    assert [line.what for line in ended.history] == ["links"]


def test_a_link_is_not_made_a_lie() -> None:
    ended, _ = superseded(OLD, NEW)
    with pytest.raises(DecisionError, match="CPC-2223-001 goes on as CPC-2324-002, so it stays"):
        decisions.reopen(ended, AUTHOR, reason="Not done.")
    with pytest.raises(DecisionError, match="work on that"):
        decisions.check_update(ended, ended._replace(status=Status.COMPLETED))
    decisions.check_update(ended, ended._replace(response="See the other one."))
    with pytest.raises(DecisionError, match="goes on as CPC-2324-002"):
        links.close(ended, [Link(links.SUPERSEDED_BY, "CPC-2324-009")], AUTHOR)


def test_what_a_merge_left_open_is_not_copied() -> None:
    links.require_settled(OLD)
    with pytest.raises(DecisionError, match=r"cpctrack resolve CPC-2223-001"):
        links.require_settled(OLD._replace(conflicts=(Clash("due", "", "a", "b"),)))


def test_a_version_from_before_has_no_link() -> None:
    ended, _ = superseded(OLD, NEW)
    assert [links.standing(each) for each in versions(ended)] == [
        "Replaced by CPC-2324-002", "", "",
    ]  # fmt: skip
