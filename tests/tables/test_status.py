import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.model import Status
from cpctrack.tables.facts import front_status
from cpctrack.tables.phrases import Meaning, phrases
from cpctrack.tables.status import Derived, asked, derive

READING = Path(__file__).parent / "reading_2022_23.csv"


def status(response="", follow_up="", **more):
    return derive(response=response, follow_up=follow_up, **more).status.value


def doubts(response="", follow_up="", **more):
    return list(derive(response=response, follow_up=follow_up, **more).doubts)


# --- the response alone -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ("", "open"),
        ("Noted", "open"),
        ("Completed", "proposed"),
        ("Complete - sent in May", "proposed"),
        ("complete as the plan now has it", "proposed"),
        ("This action is now closed.", "proposed"),
        ("Done 3/5/2023", "proposed"),
        ("Paper circulated to Members", "proposed"),
        ("The form has been amended to include pictures.", "proposed"),
        ("Members were informed by e-mail", "proposed"),
        ("Ongoing", "ongoing"),
        ("on-going, with AB", "ongoing"),
        ("It is an ongoing job", "ongoing"),
        ("Ongoing, to be part of each report", "ongoing"),
        ("Ongoing discussions with the dentists", "in-progress"),
        ("Discussions are ongoing", "in-progress"),
        ("Work is under way", "in-progress"),
        ("Officers are reviewing the policy", "in-progress"),
        ("We have approached the landlord", "in-progress"),
        ("Awaiting an answer from the NHS", "in-progress"),
        ("This is on the Cabinet agenda for 8 March", "in-progress"),
        ("Some of the figures were given in January", "in-progress"),
        ("To be given in later reports", "open"),
        ("Still to be agreed.", "open"),
        ("This will be part of the next paper", "open"),
        ("Ann Bell to send a note", "open"),
        ("Due to be completed by 3 July", "open"),
        ("To be discussed with the landlord", "open"),
        ("Rolled over to the next municipal year", "deferred"),
        ("Deferred until July", "deferred"),
        ("Not feasible at present", "not-proceeding"),
        ("It falls outside our remit", "not-proceeding"),
        ("Superseded by action 14", "superseded"),
        ("Officers recommend closure", "proposed"),
        ("It is proposed to close the library", "open"),
        ("Wedi cau", "proposed"),
        ("At risk", "in-progress"),
        ("60%", "in-progress"),
        ("Recommended for closure", "proposed"),
        ("Gwaith yn parhau", "in-progress"),
        ("Bydd adroddiad yn cael ei gyflwyno", "open"),
        ("1/5/2024: Work is under way\n3/6/2024: Note circulated", "proposed"),
        ("3/6/2024: Not supported.\nCabinet was told.\n1/5/2024: Note sent", "not-proceeding"),
    ],
)
def test_a_response_without_follow_up_never_completes(response, expected):
    assert status(response) == expected
    assert derive(response=response, follow_up="").completed_on == ""


TRAPS = [
    "not completed", "Not done", "never completed", "incomplete", "to be completed by June",
    "will be completed", "was not provided", "Completed?", "Has this been completed?",
    "partially complete", "Nearly done", "Almost complete", "completion expected",
    "Cannot be completed", "It hasn't been done", "the work isn’t finished", "unable to complete",
    "Not all visits completed", "Completed in part", "Completed apart from the leaflet",
    "Should have been completed", "I think this is completed", "Completed: no",
    "Complete by the end of June", "Completed by June 2024", "Once completed it will be shared",
    "The report has not yet been circulated", "A note will be written and circulated",
    "Nobody has been sent the letter", "No action was taken", "neither completed nor started",
    "The review is complete but the report is not", "far from complete", "Yet to be confirmed",
    "Letter sent, but no reply received", "Completion date to be confirmed",
    "The completed form is awaited", "Complete list to be sent", "The work has started",
    "Due to be completed", "Completed subject to sign-off", "Hopefully completed",
]  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_are_done_in_no_column(trap):
    assert status(trap) in ("open", "in-progress")
    assert status("", trap) in ("open", "in-progress")
    assert status(trap, "Completed") in ("open", "in-progress")
    assert doubts(trap, "Completed")
    assert status("Completed", trap) in ("open", "in-progress")


# --- the follow-up column ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("follow_up", "expected"),
    [
        ("Completed", "completed"),
        (" COMPLETE. ", "completed"),
        ("Closed", "completed"),
        ("Open", "open"),
        ("Not started", "open"),
        ("Not yet due", "open"),
        ("In progress", "in-progress"),
        ("Underway", "in-progress"),
        ("In hand", "in-progress"),
        ("On-going", "ongoing"),
        ("Pending", "open"),
        ("Proposed for closure", "proposed"),
        ("On hold", "deferred"),
        ("Paused", "deferred"),
        ("Deferred", "deferred"),
        ("Rolled over", "deferred"),
        ("No longer feasible", "not-proceeding"),
        ("Rejected", "not-proceeding"),
        ("Superseded", "superseded"),
        ("N/A", "no-follow-up"),
        ("Reported done", "proposed"),
        ("Reported complete", "proposed"),
        ("Will not be done.", "not-proceeding"),
        ("Replaced", "superseded"),
        ("Replaced by CPC-2223-004", "superseded"),
        ("For information", "no-follow-up"),
        ("To do", "open"),
        ("Yes", "open"),
        ("No", "no-follow-up"),
    ],
)
def test_a_bare_status_is_taken_as_it_is(follow_up, expected):
    reading = derive(response="", follow_up=follow_up)
    assert (reading.status.value, reading.completed_on, reading.doubts) == (expected, "", ())


OTHER_BODIES = {
    "completed": """Fully Implemented · Discharged · Delivered · Actioned · Closed. ·
        Action complete · Cwblhawyd · Wedi'i gwblhau · Wedi’i gwblhau · Wedi cau ·
        Cwblhawyd / Completed""",
    "in-progress": """Partially Implemented · Substantially Implemented · Not fully implemented ·
        On track · Off track · Behind schedule · At risk · Nearing completion · 60% ·
        80 per cent complete · In Progress: Q4 2024 · Ar y gweill · Ar waith · Yn rhannol""",
    "open": """Not Implemented · No Action Taken · Not due yet · Item not due yet · Accepted ·
        Not commenced · Slipped · Pending: report in the autumn · Open (overdue) · Anghyflawn ·
        Heb ddechrau · Heb ei gwblhau · Ar agor · Agored""",
    "ongoing": "On going · On-going – two received · Parhaus · Yn parhau",
    "proposed": """Recommended for closure · Proposed to close · 100% · Argymhellir cau ·
        Ready for closure – letter sent""",
    "deferred": """Held over · Suspended · Deferred to December meeting · Gohiriwyd ·
        Carried forward to 2025/26 · Deferred until completed · Wedi'i ohirio""",
    "not-proceeding": "Will Not Implement · Not accepted · Not supported",
    "superseded": "Duplicate of 12 · Merged with 14 · Superseded by action 3",
    "no-follow-up": "No further action · NFA · Dim angen gweithredu",
}


@pytest.mark.parametrize(("expected", "words"), OTHER_BODIES.items())
def test_status_words_of_other_bodies(expected, words):
    for word in " ".join(words.split()).split(" · "):
        assert (word, status("", word), doubts("", word)) == (word, expected, [])


@pytest.mark.parametrize(
    "cell",
    [
        "Closed – see minute 12", "Closed. Note circulated on 10 May 2024.",
        "Complete: the ramp has been finished", "Completed – By-law 98-2020",
        "Completed (letter sent)", "Completed\nThe panel met in May.",
    ],
)  # fmt: skip
def test_a_note_behind_a_status_takes_nothing_away(cell):
    assert (status("", cell), doubts("", cell)) == ("completed", [])


@pytest.mark.parametrize(
    "cell",
    [
        "Completed – monitor monthly", "Closed – transferred to Audit", "Actioned – chasing reply",
        "Closed – agreed to carry forward", "Completed – phase 1", "Completed: March 2031",
        "Complete – by the end of May", "Completed – week 3", "Completed – 3 of 5 sites visited",
        "Closed for now", "Completed – N", "Closed: TBC",
        "Complete\nlist sent to Members", "Complete – letter to follow",
        "Complete: awaiting sign-off", "Completed, as she said",
        "Completed – no reply", "Closed? See minute 12", "Closed – not supported", "Cwblhau",
        "Ongoing / Complete", "Green – complete", "Pending: completed in May", "C", "x",
    ],
)  # fmt: skip
def test_a_note_that_may_take_something_away_closes_nothing(cell):
    assert status("", cell) != "completed"
    assert doubts("", cell)


def test_a_status_in_front_of_a_response_counts_where_the_rest_takes_nothing_away():
    assert front_status("Complete. The policy was reviewed in May.") == "Complete"
    assert front_status("Pending: report in the autumn") == "Pending"
    assert front_status("Completed") == "Completed"
    for text in ("Complete: March 2031", "Completed – phase 1", "Closed. Monitor monthly"):
        assert front_status(text) == ""


@pytest.mark.parametrize(("one", "word"), [(one, word) for one in Status for word in one.all_words])
def test_our_own_words_are_read_back_those_of_once_too(one, word):
    for column in ("follow_up", "status"):
        reading = derive(response="", follow_up=word, column=column)
        assert (reading.status, reading.doubts) == (one, ())


@pytest.mark.parametrize(
    ("follow_up", "day"),
    [
        ("Completed 12/06/2023", "2023-06-12"),
        ("Completed on 12 June 2023", "2023-06-12"),
        ("Complete – 12-Jun-23", "2023-06-12"),
        ("Closed (12.6.2023)", "2023-06-12"),
    ],
)
def test_a_status_with_a_date_gives_both(follow_up, day):
    reading = derive(response="Note circulated", follow_up=follow_up)
    assert reading == (Status.COMPLETED, day, ()) or (
        (reading.status, reading.completed_on, reading.doubts) == (Status.COMPLETED, day, ())
    )


def test_figures_are_read_month_first_where_that_is_said():
    read = derive(response="", follow_up="Completed 3/4/2023", month_first=True)
    assert read.completed_on == "2023-03-04"
    read = derive(response="", follow_up="Closed", completed="6/30/2023", month_first=True)
    assert (read.completed_on, read.doubts) == ("2023-06-30", ())
    read = derive(response="", follow_up="", completed="3/4/2023", month_first=True)
    assert (read.status, read.completed_on) == (Status.COMPLETED, "2023-03-04")
    told = "2/20/2023: Begun.\n3/4/2023: Completed."
    assert derive(response=told, follow_up="", month_first=True).status is Status.PROPOSED


def test_a_date_belongs_to_what_is_completed_only():
    reading = derive(response="Work is under way", follow_up="Completed 12/06/2023")
    assert (reading.status, reading.completed_on) == (Status.IN_PROGRESS, "")
    assert derive(response="", follow_up="Deferred 12/06/2023").completed_on == ""


@pytest.mark.parametrize(
    ("response", "follow_up", "expected", "doubt"),
    [
        ("Work is under way", "Completed", "in-progress",
         "the follow-up says “Completed”, the response that it is under way"),
        ("To be sent in May", "Completed", "open",
         "the follow-up says “Completed”, the response that it will be done"),
        ("Ongoing", "Completed", "ongoing",
         "the follow-up says “Completed”, the response that it is ongoing"),
        ("Work is under way", "Proposed for closure", "in-progress",
         "the follow-up says “Proposed for closure”, the response that it is under way"),
        ("Completed", "Ongoing", "ongoing",
         "the follow-up says “Ongoing”, the response that it is done"),
        ("Work is under way", "N/A", "in-progress",
         "the follow-up says “N/A”, the response that it is under way"),
        ("Completed", "Rolled over to 2024/25", "deferred",
         "the follow-up says “Rolled over to 2024/25”, the response that it is done"),
        ("Completed", "This has rolled over to 2024/25", "deferred",
         "“This has rolled over to 2024/25” is a note and not a status"),
        ("Note circulated", "14-Jun-23", "proposed",
         "“14-Jun-23” may be the day it was done or the day it is due"),
        ("", "28/06/23", "open", "“28/06/23” may be the day it was done or the day it is due"),
        ("Note sent", "Completed, as the note was sent", "proposed",
         "“Completed, as the note was sent” is a note and not a status"),
        ("", "First paper sent in May", "in-progress",
         "“First paper sent in May” is a note and not a status"),
        ("N/A", "", "open",
         "the response says that it does not apply, and the follow-up is blank"),
        ("The Head of Homes is new in post", "", "open",
         "the response does not say how far it has come"),
        ("Letter sent; a reply is to be discussed in May", "", "in-progress",
         "the response says that something is done and something is not"),
        ("Visits are not realistic. We have approached the landlord", "", "in-progress",
         "the response says that a part will not happen and another is under way"),
        ("Completed. Rolled over to next year", "", "deferred",
         "the response says that it is done, and also that it is put off"),
    ],
)  # fmt: skip
def test_what_disagrees_is_left_open_and_listed(response, follow_up, expected, doubt):
    assert status(response, follow_up) == expected
    assert doubt in doubts(response, follow_up)


def test_a_note_against_a_response_that_says_done_is_told_twice():
    assert doubts("Completed", "This has rolled over")[1] == "the response says that it is done"


@pytest.mark.parametrize(
    ("response", "follow_up", "expected"),
    [
        ("", "Completed", "completed"),
        ("N/A", "Completed", "completed"),
        ("None of those we asked had been there.", "Completed", "completed"),
        ("Trips booked from May", "Completed", "completed"),
        ("Note sent, and one will be sent each term", "Completed", "completed"),
        ("To be part of the reports", "Ongoing", "ongoing"),
        ("They have spoken to us and will answer in May", "Ongoing", "ongoing"),
        ("N/A", "N/A", "no-follow-up"),
        ("Note circulated", "N/A", "no-follow-up"),
        ("Not feasible for the Forum", "N/A", "not-proceeding"),
        ("As it would not belong to their remit, not feasible", "N/A", "not-proceeding"),
    ],
)
def test_columns_that_agree_are_not_listed(response, follow_up, expected):
    assert (status(response, follow_up), doubts(response, follow_up)) == (expected, [])


# --- other columns ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "expected", "sure"),
    [
        ("achieved", "Yes", "completed", True),
        ("achieved", "No", "open", True),
        ("achieved", "Partly", "in-progress", True),
        ("status", "Yes", "open", False),
        ("rag", "Green", "in-progress", False),
        ("rag", "Amber", "in-progress", False),
        ("rag", "Red", "open", False),
        ("rag", "Blue", "proposed", False),
        ("rag", "Complete", "completed", True),
        ("rag", "Purple", "open", False),
        ("percent", "100%", "proposed", True),
        ("percent", "100", "proposed", True),
        ("percent", "40 %", "in-progress", True),
        ("percent", "0%", "open", True),
        ("status", "50% complete", "in-progress", True),
        ("achieved", "✓", "completed", True),
        ("achieved", "✔ 12/06/2023", "completed", True),
        ("achieved", "ü", "completed", True),
        ("achieved", "\uf0fc", "completed", True),
        ("achieved", "x", "open", False),
        ("achieved", "über", "open", False),
        ("status", "✓", "open", False),
        ("follow_up", "✓", "open", False),
        ("status", "O", "open", True),
        ("open_closed", "O", "open", True),
        ("open_closed", "C", "completed", True),
        ("to_close", "C", "proposed", True),
        ("to_close", "Closed", "proposed", True),
    ],
)
def test_each_column_is_read_its_own_way(column, cell, expected, sure):
    assert status("", cell, column=column) == expected
    assert (not doubts("", cell, column=column)) is sure


def test_the_heading_says_what_o_and_c_answer():
    assert asked("status", "Open/Closed") == "open_closed"
    assert asked("status", "Proposed to Open/ Close") == "to_close"
    assert asked("status", "Status") == "status"
    assert asked("rag", "Open or closed") == "rag"


@pytest.mark.parametrize(
    "heading", ["Open/Closed", "Complete / Ongoing", "Completed or outstanding?"]
)
def test_yes_is_no_answer_to_which_of_two(heading):
    assert asked("achieved", heading) == "status"
    assert asked("achieved", "Completed (Y/N)") == "achieved"


@pytest.mark.parametrize(
    "cell",
    ["☐ Completed", "Completed [ ]", "( ) Completed", "Completed ✗", "🔴 Closed", "≠ Completed",
     "Completed ✓ ✗", "Completed ___", "Completed __/__/____", "Completed / /", "Completed .....",
     "~~Completed~~", "Done ❌"],
)  # fmt: skip
@pytest.mark.parametrize("column", ["status", "follow_up"])
def test_a_mark_beside_a_status_takes_it_back(cell, column):
    assert status("", cell, column=column) == "open"
    assert doubts("", cell, column=column) == [f"what the mark in “{cell}” means is not known"]
    assert status("Note circulated", cell, column=column) == "proposed"


@pytest.mark.parametrize(
    "cell",
    ["✓ Completed", "✅ Completed", "[✓] Completed", "- Completed", "“Completed”", "(Closed)"],
)
def test_a_tick_and_punctuation_take_nothing_back(cell):
    assert derive(response="", follow_up=cell) == Derived(Status.COMPLETED)


@pytest.mark.parametrize(
    "cell",
    ["Completed – recommended for closure", "Completed - propose to close",
     "Closed (request closure)", "Completed – note sent ☐"],
)  # fmt: skip
def test_what_is_still_to_be_closed_is_proposed(cell):
    assert status("", cell) == "proposed"
    assert doubts("", cell) == [f"“{cell}” is a note and not a status"]


def test_a_colour_says_less_than_a_response():
    assert status("Note circulated", "Green", column="rag") == "proposed"
    assert doubts("Note circulated", "Green", column="rag") == []


@pytest.mark.parametrize(
    ("completed", "expected", "day"),
    [
        ("12/06/2023", "completed", "2023-06-12"),
        ("Yes", "completed", ""),
        ("No", "open", ""),
        ("in the summer", "open", ""),
        ("", "open", ""),
    ],
)
def test_a_completed_column_stands_in_for_a_blank_follow_up(completed, expected, day):
    reading = derive(response="", follow_up="", completed=completed)
    assert (reading.status.value, reading.completed_on) == (expected, day)


def test_a_completed_column_dates_a_printed_status():
    reading = derive(response="", follow_up="Closed", column="status", completed="1/2/2023")
    assert (reading.status, reading.completed_on) == (Status.COMPLETED, "2023-02-01")
    assert derive(response="", follow_up="Open", completed="1/2/2023").completed_on == ""
    assert derive(response="", follow_up="Open", completed="1/2/2023").doubts


# --- all of it --------------------------------------------------------------------------------


@given(st.text(), st.text(alphabet=st.characters(categories=["Zs", "Cc"])))
def test_a_blank_follow_up_never_completes(response, blank):
    assert derive(response=response, follow_up=blank).status is not Status.COMPLETED


@given(st.text(), st.text(), st.sampled_from(["follow_up", "status", "achieved", "rag", "percent"]))
def test_any_two_cells_can_be_read(response, follow_up, column):
    derive(response=response, follow_up=follow_up, column=column)


def test_a_long_cell_takes_no_long_time_to_read():
    # Each of these once made a rule look at every letter from every other.
    for piece in ("to be ", "not ", "a. ", "x " * 50, "first a ", "if ", "(" * 40, "is on a "):
        assert phrases(piece * (1_000_000 // len(piece))) is not None


def test_every_rule_can_be_met():
    met = {says for text in [*TRAPS, *SAMPLES] for says in phrases(text)}
    assert met == set(Meaning)


SAMPLES = ["N/A", "rejected", "deferred", "superseded", "ongoing", "is on the agenda", "sent"]


def test_agreement_with_a_careful_persons_reading(shared_data):
    lines = (shared_data / "appendix4-2022-23.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("Meeting Type\t")]
    with READING.open(encoding="utf-8", newline="") as stream:
        reading = list(csv.DictReader(stream))
    assert len(rows) == len(reading) == 62
    derived = [derive(response=row[6], follow_up=row[7]) for row in rows]
    agree = [mine.status == theirs["status"] for mine, theirs in zip(derived, reading, strict=True)]
    wrongly = [
        theirs["row"]
        for mine, theirs in zip(derived, reading, strict=True)
        if mine.status is Status.COMPLETED and theirs["status"] != "completed"
    ]
    assert wrongly == []
    assert sum(agree) == 61
    unclear = [
        bool(mine.doubts) == (theirs["unclear"] == "yes")
        for mine, theirs in zip(derived, reading, strict=True)
    ]
    assert sum(unclear) == 61
    # Where we disagree, a person is asked.
    assert all(ok or mine.doubts for ok, mine in zip(agree, derived, strict=True))


@pytest.mark.parametrize("follow_up", ["Completed", "Blue", "Completed 12/06/2023"])
def test_a_day_of_completion_that_cannot_be_read_is_asked_about(follow_up):
    read = derive(response="Note sent", follow_up=follow_up)
    asked = derive(response="Note sent", follow_up=follow_up, completed="31/6/2023")
    why = "the day it was completed, “31/6/2023”, can't be read"
    assert (asked.status, asked.completed_on) == (read.status, read.completed_on)
    assert asked.doubts == (*read.doubts, why)
    assert why not in derive(response="", follow_up=follow_up, completed="Yes").doubts
