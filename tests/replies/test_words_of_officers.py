"""What officers, contractors, schools and lawyers write, and what a careful clerk makes of it.

A line of `officers.tsv` is what is looked at, what it may say (“-” is nothing), and an answer.
"""

from datetime import date
from pathlib import Path

import pytest

from cpctrack.replies.words import said

WRITTEN = date(2024, 5, 20)  # a Monday
_TABLE = Path(__file__).with_name("officers.tsv").read_text(encoding="utf-8")


def _lines(kind):
    rows = [line.split("\t") for line in _TABLE.splitlines()]
    return pytest.mark.parametrize(
        ("may", "text"), [(may, text) for about, may, text in rows if about == kind]
    )


@_lines("status")
def test_how_far_it_is(may, text):
    assert (said(text, None, WRITTEN).status or "-") in may.split("/")


@_lines("time")
def test_by_when(may, text):
    read = said(text, None, WRITTEN)
    assert (read.due or read.due_text or "-") == may


@_lines("owner")
def test_who_else(may, text):
    assert (said(text, None, WRITTEN).redirect or "-") == may


@_lines("doubt")
def test_what_a_person_should_look_at(may, text):
    assert bool(said(text, None, WRITTEN).doubts) == (may == "asked")


MORE_TIME = "Full paper by 20 June."


def test_who_asks_for_time_has_begun():
    assert said(MORE_TIME, None, WRITTEN).status == "in-progress"
    assert said(f"Report sent. {MORE_TIME}", None, WRITTEN).status == "in-progress"
    assert said(f"Not started. {MORE_TIME}", None, WRITTEN).status == "open"
    assert said("I will send this in by the 30th.", None, WRITTEN).status != "proposed"


def test_what_somebody_was_sent_is_no_answer_to_the_action():
    assert said("The trust has sent us its figures.", None, WRITTEN).status == "in-progress"
