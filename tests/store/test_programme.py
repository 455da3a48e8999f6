"""The rows of the table ``programme``."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.store import programme
from cpctrack.store.programme import Report

REPORT = Report(
    "2024-09-18",
    "Fostering annual report",
    "",
    "Head of Fostering",
    "Yearly.",
    "3",
    "plan.csv, line 2",
)
TEXT = st.text(min_size=1).filter(str.strip)


def test_a_row_says_what_there_is():
    assert REPORT.id == "2024-09-18-2f117ec659ea"
    assert REPORT.row == {
        "meeting": "2024-09-18",
        "title": "Fostering annual report",
        "contact": "Head of Fostering",
        "purpose": "Yearly.",
        "exempt_paragraph": "3",
        "source": "plan.csv, line 2",
    }
    assert Report("", "Health", "Autumn").id.startswith("no-date-")


@given(title=TEXT, contact=st.text(), when=st.text())
def test_rows_come_back_as_they_were(title, contact, when):
    report = Report("", title, when, contact, extra={"colour": ["red"]})
    assert programme.read({"programme": {report.id: report.row}}) == {report.id: report}


def test_two_who_spell_a_title_in_capitals_or_not_have_one_row():
    assert REPORT._replace(title="FOSTERING  Annual Report").id == REPORT.id
    assert REPORT._replace(meeting="2024-12-04").id != REPORT.id


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"title": " "}, {"title": 1}, {"meeting": "soon"}, {"contact": None},
     {"exempt_paragraph": 3}],
)  # fmt: skip
def test_what_is_no_report_is_passed_over(wrong):
    row = {**REPORT.row, **wrong}
    assert not programme.is_sound(row)
    assert programme.read({"programme": {"x": row, REPORT.id: REPORT.row}}) == {REPORT.id: REPORT}


@pytest.mark.parametrize(
    ("fields", "exempt"),
    [
        ({}, False),
        ({"exempt_paragraph": "3"}, True),
        ({"extra": {"confidential": True}}, True),
        ({"extra": {"confidential": "no"}}, False),
    ],
)
def test_in_doubt_a_report_is_exempt(fields, exempt):
    assert Report("2024-09-18", "Homes", **fields).exempt is exempt


def test_the_page_on_the_store_describes_every_field(root):
    page = (root / "docs" / "store.md").read_text(encoding="utf-8")
    section = page.split("\n## Programme\n")[1].partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert set(named) == set(REPORT._replace(when="Autumn").row)
    assert REPORT.id in section
