"""Each check finds its problem, with reference and field, and nothing else."""

import random
from datetime import date

import pytest

from cpctrack.check import CHECKS, Problem, Tier, find_problems
from cpctrack.records.model import (
    Acceptance,
    Change,
    Kind,
    Meeting,
    MeetingType,
    Record,
    Settings,
    Status,
)

TODAY = date(2023, 7, 1)
SETTINGS = Settings(committee="Committee", prefix="CPC", year_starts="05-15")
JUNE = Meeting(date="2022-06-15", type=MeetingType.FORMAL, year="2022/23")
JULY = Meeting(date="2022-07-20", type=MeetingType.FORMAL, year="2022/23")
GOOD = Record(
    id="0123456789ab",
    ref="CPC-2223-001",
    meeting=JUNE,
    item="Item 3. Foster carers",
    action="The Head of Fostering would send members the recruitment figures.",
    owners=("Head of Fostering",),
)

NO_DAY = "is no day of the calendar; correct it with “cpctrack update CPC-2223-001"


def check(*records: Record, settings: Settings = SETTINGS, **meetings: Meeting) -> list[Problem]:
    held = {record.meeting.key: record.meeting for record in records}
    held |= {meeting.key: meeting for meeting in meetings.values()}
    return find_problems(records, held, settings, TODAY)


def told(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.name, problem.ref, problem.field) for problem in problems]


def test_a_good_record_has_no_problem() -> None:
    assert check(GOOD) == []
    assert check() == []


@pytest.mark.parametrize(
    ("fields", "name", "field", "message"),
    [
        (
            {"ref": "57"},
            "malformed-reference",
            "ref",
            "“57” is not a reference, which looks like CPC-2223-057.",
        ),
        (
            {"due": "30/2/2023"},
            "unreadable-due-date",
            "due",
            f"“30/2/2023” {NO_DAY} --due”.",
        ),
        (
            {"completed_on": "2022-13-01", "status": Status.COMPLETED, "response": "Sent"},
            "unreadable-completion-date",
            "completed_on",
            f"“2022-13-01” {NO_DAY} --completed-on”.",
        ),
        (
            {"action": " ", "recommendation": ""},
            "nothing-agreed",
            "action",
            "It says neither an action nor a recommendation.",
        ),
        (
            {"rolled_to": "next year"},
            "unreadable-later-year",
            "rolled_to",
            "“next year” is no municipal year; write it like 2022/23.",
        ),
        (
            {"extra": {"exmept": True}},
            "unreadable-exemption",
            "exempt_paragraph",
            (
                "It has a field “exmept” that can't be read, so it is kept from the public; say "
                "which paragraph keeps it so with “cpctrack update CPC-2223-001 --exempt”, or take "
                "the field out of the file."
            ),
        ),
        (
            {"item": "Item 9. A lease (EXEMPT)"},
            "public-but-exempt",
            "exempt_paragraph",
            (
                "It is public, though “(EXEMPT)” may say that it is exempt. “cpctrack update "
                'CPC-2223-001 --exempt PARAGRAPH” keeps it from the public; --exempt "" says that '
                "it is public all the same."
            ),
        ),
        (
            {"due": "2022-06-14", "response": "Soon"},
            "due-before-meeting",
            "due",
            "Due on 14 June 2022, before its meeting of 15 June 2022.",
        ),
        (
            {"due": "2023-09-01", "due_text": "2 September 2023"},
            "due-unlike-its-text",
            "due",
            "Due on 1 September 2023, but “2 September 2023” was typed.",
        ),
        (
            {"completed_on": "2022-06-14", "status": Status.COMPLETED, "response": "Sent"},
            "completed-before-meeting",
            "completed_on",
            "Completed on 14 June 2022, before its meeting of 15 June 2022.",
        ),
        (
            {"completed_on": "2023-07-02", "status": Status.COMPLETED, "response": "Sent"},
            "completed-in-future",
            "completed_on",
            "Completed on 2 July 2023, which is still to come.",
        ),
        (
            {"completed_on": "2023-06-01", "status": Status.ONGOING},
            "open-but-completed",
            "completed_on",
            "Completed on 1 June 2023, but its status is “Continuing”.",
        ),
        (
            {"follow_up": "Completed 19/08/2022"},
            "follow-up-unlike-status",
            "follow_up",
            "The printed cell says “Completed 19/08/2022”, but the status is “To do”.",
        ),
        (
            {
                "follow_up": "Completed 19/08/2022",
                "completed_on": "2022-08-20",
                "status": Status.COMPLETED,
                "response": "Sent",
            },
            "completed-unlike-follow-up",
            "completed_on",
            "Completed on 20 August 2022, but the printed cell says “Completed 19/08/2022”.",
        ),
        (
            {"acceptance": Acceptance.IN_PART, "acceptance_on": "2022-06-20"},
            "unlikely-acceptance",
            "acceptance_on",
            "The executive answered “Accepted in part”, but this is no recommendation.",
        ),
        (
            {"kind": Kind.RECOMMENDATION, "acceptance_on": "2022-06-20"},
            "unlikely-acceptance",
            "acceptance_on",
            "The executive answered on 20 June 2022, but what it answered is missing.",
        ),
        (
            {"kind": Kind.RECOMMENDATION, "acceptance": Acceptance.NO, "acceptance_on": "soon"},
            "unlikely-acceptance",
            "acceptance_on",
            "The executive answered on soon, which is no day of the calendar.",
        ),
        (
            {
                "kind": Kind.RECOMMENDATION,
                "acceptance": Acceptance.YES,
                "acceptance_on": "2023-07-02",
            },
            "unlikely-acceptance",
            "acceptance_on",
            "The executive answered on 2 July 2023, which is still to come.",
        ),
        (
            {
                "kind": Kind.RECOMMENDATION,
                "acceptance": Acceptance.YES,
                "acceptance_on": "2022-06-14",
            },
            "unlikely-acceptance",
            "acceptance_on",
            "The executive answered on 14 June 2022, before its meeting of 15 June 2022.",
        ),
        (
            {"status": Status.COMPLETED},
            "completed-without-response",
            "response",
            "Completed, but no response says what came of it.",
        ),
        (
            {"due": "2023-06-30"},
            "overdue-without-response",
            "response",
            "Due 30 June 2023, and nobody has answered.",
        ),
        (
            {"due_text": "March 2023"},
            "overdue-without-response",
            "response",
            "Due “March 2023”, and nobody has answered.",
        ),
        ({"owners": ()}, "no-owner", "owners", "Nobody is named to do it."),
    ],
)
def test_a_record_with_one_problem(
    fields: dict[str, object], name: str, field: str, message: str
) -> None:
    record = GOOD._replace(**fields)
    (problem,) = check(record)
    assert (problem.name, problem.ref, problem.field) == (name, record.ref, field)
    assert problem.message == message


@pytest.mark.parametrize(
    "fields",
    [
        {"due": "2023-06-30", "response": "Sent to all"},
        {"due": "2023-06-30", "status": Status.PROPOSED},
        {"due": "2022-06-15", "response": "Said at the meeting"},
        {"due": "2023-09-01", "due_text": "1/9/23"},
        {"due": "2023-09-01", "due_text": "by 1/9/23 (was 1/7/23)"},
        {"due": "2023-09-01", "due_text": "by 9/1/23"},
        {"due": "2023-09-01", "due_text": "end of summer"},
        {"completed_on": "2023-07-01", "status": Status.COMPLETED, "response": "Sent"},
        {"completed_on": "2023-06-01", "status": Status.PROPOSED, "response": "Sent"},
        {"owners": (), "kind": Kind.DECISION},
        {"owners": (), "status": Status.NO_FOLLOW_UP},
        {"action": "", "recommendation": "That dentists be asked."},
        {"follow_up": ""},
        {"follow_up": "Ongoing"},
        {"follow_up": "First report sent in the autumn"},
        {"follow_up": "Completed", "status": Status.COMPLETED, "response": "Sent"},
        {"follow_up": "Completed", "status": Status.NO_FOLLOW_UP},
        {"follow_up": "N/A", "status": Status.NOT_PROCEEDING},
        {"status": Status.DEFERRED, "response": ""},
        {"kind": Kind.RECOMMENDATION, "acceptance": Acceptance.YES},
        {
            "kind": Kind.RECOMMENDATION,
            "acceptance": Acceptance.NO,
            "acceptance_on": "2022-06-15",
        },
    ],
)
def test_what_is_no_problem(fields: dict[str, object]) -> None:
    assert check(GOOD._replace(**fields)) == []


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("Completed", Status.OPEN),
        ("Completed", Status.PROPOSED),
        ("Done", Status.NOT_PROCEEDING),
        ("Ongoing", Status.COMPLETED),
        ("In progress", Status.NO_FOLLOW_UP),
        ("N/A", Status.OPEN),
        ("Superseded", Status.COMPLETED),
        ("Not completed", Status.COMPLETED),
    ],
)
def test_a_follow_up_cell_that_the_status_contradicts(cell: str, status: Status) -> None:
    problems = check(GOOD._replace(follow_up=cell, status=status, response="Sent"))
    assert told(problems) == [("follow-up-unlike-status", "CPC-2223-001", "follow_up")]


@pytest.mark.parametrize("response", ["", " ", "N/A", "noted.", "-", "None", "TBC"])
def test_what_is_no_response(response: str) -> None:
    problems = check(GOOD._replace(status=Status.COMPLETED, response=response))
    assert told(problems) == [("completed-without-response", "CPC-2223-001", "response")]


def test_settings_that_can_not_be_right() -> None:
    terms = SETTINGS.terms._replace(spring="Easter")
    settings = SETTINGS._replace(prefix="c-p", year_starts="31 May", terms=terms)
    problems = check(settings=settings)
    assert told(problems) == [
        ("unusable-prefix", "settings", "prefix"),
        ("unusable-year-start", "settings", "year_starts"),
        ("unusable-term-end", "settings", "terms"),
    ]
    assert problems[0].message == "“c-p” can't begin a reference; write capitals, like CPC."
    assert problems[1].message == "“31 May” is no day of the year; write it like 05-15."
    assert problems[2].message == (
        "“Easter” is no day of the year for the end of the spring term; “cpctrack settings "
        "--spring-ends” sets another."
    )


def test_two_records_with_one_reference() -> None:
    twin = GOOD._replace(id="ba9876543210", action="Something else entirely is to be done.")
    (problem,) = check(GOOD, twin)
    assert told([problem]) == [("duplicate-reference", "CPC-2223-001", "ref")]
    assert problem.message == (
        "2 actions have this reference, 0123456789ab, ba9876543210; "
        "after a merge “cpctrack resolve --from-git” gives the younger another; "
        "else give it a number in the file that is free."
    )


def test_case_does_not_tell_references_apart() -> None:
    twin = GOOD._replace(id="ba9876543210", ref="cpc-2223-001", action="Something else to do.")
    names = {problem.name for problem in check(GOOD, twin)}
    assert names == {"malformed-reference", "duplicate-reference"}


def other(number: int, **fields: object) -> Record:
    """Give a good record unlike the others."""
    text = f"Action {'abcdefghijklmnopqrstuvwxyz'[number % 26] * 4} is for someone to do."
    values = {"id": f"{number:012}", "ref": f"CPC-2223-{number:03}", "action": text, **fields}
    return GOOD._replace(**values)


@pytest.mark.parametrize(
    ("refs", "meetings", "found"),
    [
        (("RX/1", "rx/1"), (JUNE, JULY), True),
        (("RX/1", "RX/2"), (JUNE, JUNE), False),
        (("1", "1"), (JUNE, JUNE), True),
        (("1", "1"), (JUNE, JULY), False),
        ((" ", ""), (JUNE, JUNE), False),
    ],
)
def test_a_reference_printed_twice(
    refs: tuple[str, str], meetings: tuple[Meeting, Meeting], found: bool
) -> None:
    pairs = zip(refs, meetings, strict=True)
    problems = check(
        *(
            other(n, source_ref=ref, meeting=meeting, status=Status.NO_FOLLOW_UP)
            for n, (ref, meeting) in enumerate(pairs, 1)
        )
    )
    expected = [("duplicate-printed-reference", "CPC-2223-001", "source_ref")] if found else []
    assert told(problems) == expected
    if found:
        assert problems[0].message == f"“{refs[0]}” is printed at CPC-2223-002 too."


@pytest.mark.parametrize(
    ("meeting", "name", "field", "message"),
    [
        (
            Meeting(date="2022-02-30", type=MeetingType.FORMAL, year=""),
            "unreadable-meeting-date",
            "date",
            "“2022-02-30” is no day of the calendar; correct it in the file.",
        ),
        (
            JUNE._replace(year="2022", year_stated=True),
            "unreadable-year",
            "year",
            "“2022” is no municipal year; write it like 2022/23.",
        ),
        (
            Meeting(date="1922-06-15", type=MeetingType.FORMAL, year="1922/23"),
            "meeting-long-ago",
            "date",
            "It was held on 15 June 1922, more than 50 years ago.",
        ),
        (
            JUNE._replace(year="2023/24", year_stated=True),
            "contradictory-year",
            "year",
            "Its year is given as 2023/24, but 15 June 2022 is well within 2022/23.",
        ),
    ],
)
def test_a_meeting_with_one_problem(meeting: Meeting, name: str, field: str, message: str) -> None:
    (problem,) = check(meeting=meeting)
    assert (problem.name, problem.ref, problem.field) == (name, meeting.key, field)
    assert problem.message == message


@pytest.mark.parametrize(
    ("day", "year", "contradictory"),
    [
        ("2022-05-10", "2022/23", False),
        ("2022-05-20", "2021/22", False),
        ("2022-05-20", "2022/23", False),
        ("2022-07-20", "2021/22", True),
        ("2022-03-01", "2022/23", True),
        ("0001-01-01", "2022/23", True),
        ("9999-12-31", "2022/23", True),
    ],
)
def test_a_stated_year_may_differ_near_the_years_end(
    day: str, year: str, contradictory: bool
) -> None:
    meeting = Meeting(date=day, type=MeetingType.FORMAL, year=year, year_stated=True)
    names = {problem.name for problem in check(meeting=meeting)}
    assert ("contradictory-year" in names) is contradictory


def test_a_meeting_to_come_may_be_planned_but_has_agreed_nothing() -> None:
    soon = Meeting(date="2023-07-02", type=MeetingType.FORMAL, year="2023/24")
    assert check(meeting=soon) == []
    problems = check(other(1, ref="CPC-2324-001", meeting=soon))
    assert told(problems) == [("meeting-to-come", "2023-07-02-formal", "date")]
    assert problems[0].message == "This meeting is in the future (2 July 2023). Is the date right?"


def test_a_meeting_under_another_ones_id() -> None:
    problems = find_problems([], {"2022-06-16-formal": JUNE}, SETTINGS, TODAY)
    assert told(problems) == [("wrong-meeting-id", "2022-06-16-formal", "date")]
    assert "2022-06-15-formal" in problems[0].message


def test_two_types_of_meeting_on_one_day() -> None:
    informal = JUNE._replace(type=MeetingType.INFORMAL)
    problems = check(other(1), other(2), other(3, meeting=informal))
    assert told(problems) == [("meeting-of-two-types", "2022-06-15-informal", "type")]
    assert problems[0].message == (
        "15 June 2022 has a formal meeting (2 actions) and an informal one (1 action); "
        "is one a slip? If both were held, give one a note with “cpctrack meeting --note”."
    )
    noted = informal._replace(note="Held after tea.")
    assert check(other(1), other(2), other(3, meeting=noted)) == []


def test_a_reference_of_another_year() -> None:
    early = Meeting(date="2022-03-01", type=MeetingType.INFORMAL, year="2021/22")
    (problem,) = check(other(1, meeting=early))
    assert problem.name == "reference-of-another-year"
    assert (problem.ref, problem.field) == ("CPC-2223-001", "meeting")
    assert problem.message == (
        "The reference is of 2022/23, but the informal meeting of 1 March 2022 is not; is it right?"
    )


def test_a_reference_of_another_year_that_is_explained() -> None:
    early = Meeting(date="2022-03-01", type=MeetingType.INFORMAL, year="2021/22")
    moved = Change("2022-03-03T09:00:00Z", "Clerk", "update", "meeting", JUNE.key, early.key)
    assert check(other(1, meeting=early, history=(moved,))) == []
    stated = Meeting(date="2023-05-16", type=MeetingType.FORMAL, year="2022/23", year_stated=True)
    assert check(other(1, meeting=stated), other(2, ref="CPC-2324-002", meeting=stated)) == []
    settled = Meeting(date="2023-05-10", type=MeetingType.FORMAL, year="2022/23")
    assert check(other(1, ref="CPC-2324-001", meeting=settled)) == []
    undated = Meeting(date="soon", type=MeetingType.FORMAL, year="")
    assert told(check(other(1, meeting=undated))) == [
        ("unreadable-meeting-date", "soon-formal", "date")
    ]


def test_an_owner_in_two_spellings() -> None:
    names = ["Sam Example - DSO", "Sam Example DSO", "Sam Example - DSO", "Sam Example DSO", "X"]
    records = [other(n, owners=(name,)) for n, name in enumerate(names, 1)]
    records.append(other(6, owners=("Sam Example - DSO", "Y")))
    problems = check(*records)
    assert told(problems) == [("owner-in-two-spellings", "CPC-2223-002", "owners")]
    assert problems[0].message == (
        "“Sam Example DSO” here and at CPC-2223-004 may be “Sam Example - DSO”, "
        "who has 3 actions; use one spelling, or say with “cpctrack owner” that both mean one."
    )


def test_a_spelling_of_many_records_names_a_few() -> None:
    records = [other(n, owners=("Sam Example - DSO",)) for n in range(1, 10)]
    records += [other(n, owners=("Sam Example DSO",)) for n in range(10, 18)]
    (problem,) = check(*records)
    assert "CPC-2223-011, CPC-2223-012, CPC-2223-013, CPC-2223-014, CPC-2223-015 and 2 more" in (
        problem.message
    )


def test_near_duplicates_of_one_meeting() -> None:
    again = other(2, action=GOOD.action.replace("would", "will").upper())
    assert told(check(GOOD, again)) == [("near-duplicate", "CPC-2223-002", "action")]
    assert check(GOOD, again)[0].message == "It reads nearly like CPC-2223-001."
    closed = GOOD._replace(status=Status.NO_FOLLOW_UP)
    assert check(closed, again._replace(meeting=JULY)) == []
    assert check(GOOD, again._replace(kind=Kind.DECISION)) == []


def messy() -> list[Record]:
    """Give records with many problems of every tier."""
    return [
        GOOD._replace(owners=()),
        other(2, ref="x", due="soon"),
        other(3, due="2022-01-01", completed_on="2022-01-01"),
        other(4, status=Status.COMPLETED, follow_up="Ongoing"),
        other(4, id="0" * 12, owners=("Head of Fosterng",)),
    ]


def test_all_problems_at_once_the_worst_tier_first_in_an_order_that_stays() -> None:
    problems = check(*messy())
    assert len(problems) >= 9
    tiers = [problem.tier for problem in problems]
    assert tiers == sorted(tiers, key=list(Tier).index)
    assert set(tiers) == set(Tier)
    for seed in range(5):
        records = messy()
        random.Random(seed).shuffle(records)
        assert check(*records) == problems


def test_hostile_text_is_cut_to_one_line() -> None:
    wild = "\x1b[31m" + "x\n" * 500
    record = GOOD._replace(due=wild, follow_up="Done", owners=(wild,), completed_on=wild)
    for problem in check(record, other(2)._replace(owners=(f"{wild}.",))):
        assert "\x1b" not in problem.message
        assert "\n" not in problem.message
        assert len(problem.message) < 300


def test_every_check_has_a_name_of_its_own_and_a_rule() -> None:
    names = [each.name for each in CHECKS]
    assert len(set(names)) == len(names)
    assert all(each.rule.endswith(".") and each.field for each in CHECKS)
    tiers = [each.tier for each in CHECKS]
    assert tiers == sorted(tiers, key=list(Tier).index)
    assert [tier.words for tier in Tier] == ["Damaged", "Contradictory", "Needs attention"]


@pytest.mark.slow
def test_ten_thousand_records_take_a_moment() -> None:
    # One meeting, one text, as many owners as records: were any check to compare all with all,
    # a hundred million comparisons would keep this from ending.
    records = [
        other(n, ref=f"CPC-2223-{n:05}", owners=(f"Head of Service {n:x} Example",))
        for n in range(10_000)
    ]
    assert {problem.name for problem in check(*records)} <= {"near-duplicate"}


FELL = {"name": "Dee Fell", "also": ["DF"], "left": "2023-06-30"}


def of_owners(*records: Record, **rows: object) -> list[Problem]:
    document = {"owners": {name.replace("_", " "): row for name, row in rows.items()}}
    held = {record.meeting.key: record.meeting for record in records}
    return find_problems(records, held, SETTINGS, TODAY, document)  # type: ignore[arg-type]


def test_what_is_open_is_with_nobody_who_has_left() -> None:
    record = GOOD._replace(owners=("Chair", "df"))
    (problem,) = of_owners(record, dee_fell=FELL)
    assert told([problem]) == [("owner-has-left", "CPC-2223-001", "owners")]
    assert problem.message == (
        '“df” left on 30 June 2023; “cpctrack reassign "df" NEW CPC-2223-001” gives it to another.'
    )
    done = record._replace(status=Status.COMPLETED, response="Sent")
    assert of_owners(done, dee_fell=FELL) == []
    assert of_owners(record, dee_fell={**FELL, "left": "2023-07-02"}) == []


def test_spellings_that_are_settled_are_not_told_of() -> None:
    records = [GOOD._replace(owners=(name,)) for name in ("Kitty Dalewood", "Kitty Dalewod")]
    records[1] = records[1]._replace(id="1" * 12, ref="CPC-2223-002", action="Visit the centre.")
    row = {"name": "Kitty Dalewood"}
    (problem,) = of_owners(*records, kitty_dalewood=row)
    assert problem.name == "owner-in-two-spellings"
    assert of_owners(*records, kitty_dalewood={**row, "also": ["kitty dalewod"]}) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"name": 5}, "What the store knows of the owner “dee fell” can't be read; correct it"),
        ({"left": "soon"}, "“soon” is no day of the calendar; correct it with “cpctrack owner"),
        ({"email": "dee"}, "“dee” is no e-mail address; correct it with"),
    ],
)
def test_a_row_of_an_owner_is_sound(row: dict[str, object], message: str) -> None:
    (problem,) = of_owners(dee_fell={"name": "Dee Fell", **row})
    assert told([problem]) == [("unreadable-owner", "dee fell", "owners")]
    assert problem.message.startswith(message)


def test_a_name_means_one_owner() -> None:
    rows = {
        "ann_bell": {"name": "Ann Bell", "also": ["AB"]},
        "al_bow": {"name": "A", "also": ["ab"]},
    }
    (problem,) = of_owners(**rows)
    assert told([problem]) == [("name-of-two-owners", "AB", "owners")]
    assert problem.message.startswith("It is said to mean both “A” and “Ann Bell”, and counts as")
