import pytest

from cpctrack.errors import ImportRefusedError

SCORECARD = "log.csv is a scorecard of performance measures, not a log of actions."
FRONT_SHEET = "log.csv is the front sheet of a report, not a log of actions."
PROGRAMME = (
    "log.csv is a work programme (what comes to which meeting), not a log of actions; “cpctrack "
    "meetings import FILE” brings it in."
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Priority,Topic,Contact Officer\nHigh,Homes,Ann Bell\n", PROGRAMME),
        ("Meeting date,Item,Contact Officer\n1/2/2023,Homes,Ann Bell\n", PROGRAMME),
        ("Indicator,Target,Actual,RAG\nVisits,95%,91%,Amber\n", SCORECARD),
        ("KPI,Owner,RAG\nVisits,Ann Bell,Amber\n", SCORECARD),
        ("Measure,Target,Q1,Q2,Actions,Owner\nVisits,95%,91%,,Do more,Ann Bell\n", SCORECARD),
        (
            'Report of:,Ann Bell\nRECOMMENDATIONS,"Deadline date: 3 June"\nTo note it.,\n',
            FRONT_SHEET,
        ),
        ("FROM: Director of Homes,Deadline date: N/A\n", FRONT_SHEET),
        (
            "Ward,Owner,Update\nEast,Ann Bell,Sent\n",
            "log.csv has no column of actions; one heading must be “Actions” or the like.",
        ),
        (
            "Meeting Date,Item,Actions\n\n,,\n",
            "log.csv has the headings of an action log and no row below them.",
        ),
    ],
)
def test_what_is_no_action_log_is_refused_with_the_reason(read, text, reason):
    with pytest.raises(ImportRefusedError) as error:
        read(text, "log.csv")
    assert str(error.value) == reason


def test_an_action_log_may_use_some_of_their_words(read):
    log = read(
        "Priority,Topic,Actions,Owner,Target date,RAG\nHigh,Homes,Visit,Ann Bell,,Red\n", "a.csv"
    )
    assert log.unrecognised == ("Priority",)


def test_a_lookalike_beside_a_log_is_passed_over(read):
    text = (
        "| Indicator | Target | Actual |\n|---|---|---|\n| Visits | 95% | 91% |\n\n"
        "| Actions | Owner |\n|---|---|\n| Visit | Ann Bell |\n"
    )
    log = read(text, "log.md")
    assert (len(log.entries), log.other_tables) == (1, 1)
