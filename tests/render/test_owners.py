"""What is known of owners reaches no public document; their names count as one."""

from datetime import date

import pytest

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record, Settings
from cpctrack.records.owners import NO_OWNERS, Owner, Owners
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view

COMMITTEE = Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")
MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
RECORDS = [
    Record("0" * 12, "CPC-2223-001", MARCH, action="Send a note.", owners=("Head of Homes",)),
    Record("1" * 12, "CPC-2223-002", MARCH, action="Visit.", owners=("HoH",)),
    Record("2" * 12, "CPC-2223-003", MARCH, action="Report.", owners=("Head of Homes", "Chair")),
]
KNOWN = Owner(
    "Kit Dale", "kit@example.org", "Housing", "Director", ("Head of Homes",), "2023-01-01"
)


def views(owners: Owners):
    printing = Printing(
        COMMITTEE, Calendar(date(2023, 7, 1), ("2023-03-15",)), "2023-07-19", owners=owners
    )
    return [
        appendix_view(RECORDS, printing, year="2022/23"),
        progress_view(RECORDS, printing, year="2022/23"),
    ]


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_document_is_the_same_with_owners_known_and_without(format_name: str) -> None:
    known, without = (
        [render(view, FORMATS[format_name]) for view in views(owners)]
        for owners in (Owners({"kit dale": KNOWN}), NO_OWNERS)
    )
    assert known == without


def test_names_that_mean_one_owner_are_one_bar_and_one_choice_under_their_usual_name() -> None:
    for view in views(Owners({"kit dale": KNOWN.known_as(["HoH"])})):
        (chart,) = (each for each in view.charts if each.anchor == "open-by-owner")
        assert {bar.label: bar.number for bar in chart.bars} == {"Head of Homes": 3, "Chair": 1}
        assert view.owners == ("Chair", "Head of Homes")
        assert "HoH" in {row.referred_to for row in view.rows}


@pytest.mark.parametrize("view", ["full", "progress"])
def test_the_commands_print_none_of_it(run, new_store, view) -> None:
    meeting = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")
    run("add", *meeting, "--action", "Go.", "--owner", "Head of Homes")
    printed = ("appendix", "--view", view, "--format", "html")
    before = run(*printed).stdout
    run("owner", "Head of Homes", "--also", "Kit Dale", "--email", "k@d.org", "--service", "Homes")
    assert run(*printed).stdout == before
