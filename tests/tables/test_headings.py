"""What headings mean, by their names and by the words they are made of."""

import pytest

from cpctrack.tables.headings import claims, is_name, names


def meanings(heading):
    return " + ".join("|".join(claim.meaning for claim in fact) for fact in claims(heading))


@pytest.mark.parametrize(
    ("means", "headings"),
    [
        (
            "owner",
            "Action Officer(s)|Allocated to|Lead Director|Portfolio Holder|Owner (post)",
        ),
        ("owner", "Responsible Directorate|Cllr|Swyddog Arweiniol|Pwy"),
        (
            "due",
            "Date due|Target date for delivery|Timeframe|Expected|Forecast completion",
        ),
        ("due", "Planned implementation|To be done by|Date required|Erbyn pryd|Dyddiad targed"),
        ("revised_due", "Revised implementation date|Extended deadline|New target|Updated due"),
        (
            "response",
            "Progress to date|Status Update|Comments/Update|Feedback received|Current position",
        ),
        ("response", "Cynnydd|Sylwadau"),
        ("status + response", "STATUS/ COMMENT|Status & progress"),
        ("status", "Overall status|Stage|Open or closed|Statws"),
        ("ref", "Minute Reference|Resolution No.|Item number|#|Unique ID|Cyfeirnod"),
        ("ref", "Minute and Decision Number"),
        ("item", "Title|Topic|Issue|Objective|Area of work|Eitem"),
        ("action|recommendation", "Decision|Council Resolution|Directive|Penderfyniad"),
        ("action", "Recommendation/Action|Agreed task|Undertaking|Camau"),
        ("recommendation", "Recommendation from the review|Argymhelliad"),
        ("recommendation + action", "Our recommendation and proposed step"),
        ("owner + due", "Person Responsible & to be completed by|Officer and Deadline|Lead / when"),
        ("ref + item + action", "Ref / Item / Action"),
        ("meeting_date + item", "Date and Title"),
        ("meeting_date", "Date raised|Committee of|Council held on|Agreed on|Dyddiad|Cyfarfod"),
        ("completed_on", "Date action closed|Actual delivery completed|Delivered on|Cwblhawyd"),
        ("achieved", "Discharged|Closed (Y/N)|Delivered?"),
        ("referrer", "Moved by|Proposer|Submitted by"),
        ("rag", "BRAG"),
        ("percent", "Percentage"),
        # What comes to a meeting is no action, and a sentence no heading.
        ("", "Purpose of report|Scope of the action|Ward|The officer will report"),
        ("", "Who is it and why|Send the first of all our many actions"),
        ("", f"Action {'x' * 70}"),
        ("", " : |"),
    ],
)  # fmt: skip
def test_a_heading_is_words_for_who_what_when_how_far_and_which(means, headings):
    said = {heading: meanings(heading) for heading in headings.split("|")}
    assert said == dict.fromkeys(said, means)


def test_a_number_or_a_motion_may_be_something_else_beside_a_better_column():
    assert [meanings(each) for each in ("Item No", "Motion", "Action No")] == [
        "item|ref", "action|recommendation", "ref",
    ]  # fmt: skip


def test_only_a_whole_heading_is_a_name():
    assert (is_name("Action(s):"), is_name("Action by"), is_name("")) == (True, False, False)
    assert (names("Who and when"), names("Ward")) == ("owner", "")
