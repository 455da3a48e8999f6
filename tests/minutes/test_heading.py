"""The meeting's day: read from the title zone where it stands clear, else not found."""

import pytest

from cpctrack.minutes.finding.heading import found_meeting
from cpctrack.reading.lines import Line


def meeting(text):
    return found_meeting([Line(at, one) for at, one in enumerate(text.split("\n"), 1)])


@pytest.mark.parametrize(
    ("head", "day"),
    [
        # England
        ("FENLEY BOROUGH COUNCIL\nMINUTES of the Ponds Committee held on 15\nMarch 2023 at 7pm",
         "2023-03-15"),
        ("Ponds Panel\nMeeting held on Wednesday 15 March\n2023\nPresent: Tess", "2023-03-15"),
        ("FENLEY PARISH COUNCIL\nMeeting held on 3 May2006\nPresent: Jo", "2006-05-03"),
        ("Ponds Panel\n\nWednesday, 2nd of March, 2011\n\nPresent: Jo", "2011-03-02"),
        ("Ponds Panel\nMinutes of the meeting of 15 and 16 March 2023", "2023-03-15"),
        ("Ponds Panel\nMinutes of the meeting of 15-16 March 2023", "2023-03-15"),
        ("Ponds Panel\nMinutes of the meeting of 30 April and 1 May 2023", "2023-04-30"),
        ("Minutes of Fenley Parish Council\nVillage hall, Room 4 - 15 March 2023\nMeeting",
         "2023-03-15"),
        ("Draft minutes\nMinutes of the meeting held on 3 May 2023\nApproved on 7 June 2023",
         "2023-05-03"),
        ("(Draft until approved at the meeting on 7 June 2023) Minutes of 3 May 2023",
         "2023-05-03"),
        ("Published on 20 May 2023\nPonds Panel\n3 May 2023\nNext meeting: 7 June 2023",
         "2023-05-03"),
        ("Minutes of the working party to review the ponds, held on 3 May 2023", "2023-05-03"),
        # Scotland
        ("WEIR COUNCIL\nMinute of Meeting of the Ponds Committee by video on Thursday 4 May 2023",
         "2023-05-04"),
        ("Weir Community Council\nMinutes of meeting, Tuesday 2nd May 2023, 7.30pm", "2023-05-02"),
        # Wales
        ("CYNGOR TREF CRAIGWEN\nCofnodion y cyfarfod a gynhaliwyd nos Fawrth 14eg o Fawrth 2023",
         "2023-03-14"),
        ("Cyngor Cymuned Craigwen\nCyfarfod Dydd Iau 6 Gorffennaf 2023", "2023-07-06"),
        # Ireland
        ("COMHAIRLE CHONTAE DHÚN AILL\nCruinniú, 15 Márta 2023", "2023-03-15"),
        ("DUNALL COUNTY COUNCIL\nMinutes of meeting held 4ú Meán Fómhair 2023", "2023-09-04"),
        # NHS, school
        ("Weir NHS Trust – Board of Directors\nDate: 28.09.23\nPresent: Jo", "2023-09-28"),
        ("Weir NHS Trust – Board\nMeeting in public\nPresent | Jo\nDate of meeting | 3/5/2023",
         "2023-05-03"),
        ("Fenley Primary School\nGoverning Body\nMonday 25/9/2023\nApologies: Tess", "2023-09-25"),
        ("Fenley School Governors\nMinutes of the meeting, 10-7-2023 (Monday)", "2023-07-10"),
        ("1\n\nA meeting of the Ponds Panel was held in\n\nWeir Hall, 3rd October,\n\n2023.",
         "2023-10-03"),
        # America, associations
        ("Town of Fenley\nBoard of Trustees\nMinutes\nTuesday, October 3rd, 2023", "2023-10-03"),
        ("Fenley Township Regular Meeting\nTuesday 10-3-2023\nRoll call", "2023-10-03"),
        ("Fenley Water District\nMinutes, 10-13-2023", "2023-10-13"),
        ("Fenley Library Board Meeting\nMarch 15-16, 2023", "2023-03-15"),
        ("4th day of January, 2024\nFenley City Council Meeting", "2024-01-04"),
        ("# Pike Club weekly call 2023.10.03\nAttendees: Jo", "2023-10-03"),
        ("# 2023-10-03\n## Attendance\nJo", "2023-10-03"),
        ("Ponds Panel\nMinutes of the meeting held on 8thJune 2023", "2023-06-08"),
    ],
)  # fmt: skip
def test_day(head, day):
    assert (meeting(head).date, meeting(head).doubt) == (day, "")


@pytest.mark.parametrize(
    "head",
    [
        "Ponds Panel\n1. Minutes of the meeting held on 1st October 2019 were confirmed",
        "Ponds Panel\nMinutes of the meeting held on 1st October 2019 were confirmed",
        "Ponds Panel\nThe minutes of 1 October 2019, as circulated, were read and signed",
        "Ponds Panel\nTo approve the minutes of the meeting held on 1 October 2019",
        "Ponds Panel\nAccounts as at June 30, 2023",
        "Ponds Panel\nNext meeting: Wednesday 7 June 2023",
        "Ponds Panel\nMinutes approved on 7 June 2023",
        "At the meeting held on 7 June 2023 members agreed the work programme",
        "Ponds Panel\nPublished 7 June 2023",
        "13/06/2023, 11:20 Ponds Panel minutes\nPonds Panel",
        "Ponds Panel\nWelcome to all\nJo opened the pike fair of 13 June 2023 and thanked the band",
        "Ponds Panel\nPresent: Jo\nThe meeting on 13 June 2023 was a joy",
        "Ponds Committee\nThe fair on Saturday 3 June 2023 was a joy\nPresent: Jo",
        "Ponds Committee\nMeeting under the Fenley (Meetings) Regulations of 4 April 2020",
        "Ponds Committee\nThe minute of its meeting of 4 April 2023 lay before it",
        "[Minutes](https://fenley.example/2023-06-13/a)\nPonds Panel",
        # nothing but actions
        "Clerk to write to the bank by 31 June 2023",
        "Clerk to send round the minutes of the meeting held on 30 June 2023",
        "The Clerk will ring the bank on 30 June 2023.",
        "Action: Clerk to call a meeting on 30 June 2023",
        "Action: Clerk\nmend the gate\n30 June 2023",
        "Clerk: mend the gate before the meeting of 30 June 2023",
        "AGREED that a meeting be held on 30 June 2023",
        "HR – mend the park gate – 30 June 2023",
        # a date of its own line far below, behind what was told
        "Ponds Panel\nTess said that the pike were well.\n30 June 2023\nThe otters are back.",
    ],
)
def test_another_day_is_none(head):
    assert meeting(head) == meeting(head)._replace(date="", doubt="")


@pytest.mark.parametrize(
    ("head", "doubt"),
    [
        ("Ponds Panel\nMeeting held on Tuesday 15 March 2023",
         "“Tuesday 15 March 2023” is not a day of the calendar, or not on that weekday"),
        ("Ponds Panel\nMeeting held on 31 June 2023",
         "“31 June 2023” is not a day of the calendar, or not on that weekday"),
        ("Ponds Panel\nMeeting 5/4/2023",
         "“5/4/2023” can be read as 5 April 2023 or 4 May 2023"),
        ("Ponds Panel\nMeeting of 5 April 2023\nMinutes, 6 April 2023",
         "“5 April 2023” and “6 April 2023” can be read as 5 April 2023 or 6 April 2023"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_asked_about(head, doubt):
    assert (meeting(head).date, meeting(head).doubt) == ("", doubt)


@pytest.mark.parametrize(
    ("elsewhere", "day"),
    [
        ("Cllr Fenn paid £4", "2023-04-05"),
        ("The fair is on 13/6/2023", "2023-04-05"),
        ("The fair is on 13 June 2023", "2023-04-05"),
        ("The fair is on 6/13/2023", "2023-05-04"),
    ],
)
def test_what_stands_elsewhere_tells_which_figure_is_the_day(elsewhere, day):
    assert meeting(f"Ponds Panel\nMeeting 5/4/2023\n\n1. Fair\n\n{elsewhere}").date == day


def test_many_dates_in_figures_are_read_in_time():
    line = "1/2/2023 was held, meeting of 3/4/2023 " * 15
    assert meeting("\n".join(["Ponds Panel", *[line] * 200])).date == ""
