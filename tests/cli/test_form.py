import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpctrack.cli.dialogue.editing import read_form, write_form
from cpctrack.errors import UsageError
from cpctrack.records.model import Meeting, MeetingType, Record, Status

MEETING = Meeting(date="2023-03-15", type=MeetingType.FORMAL, year="2022/23")
# What a store can hold: text that was cleaned, so no carriage returns.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t=# "))


def record(**fields: object) -> Record:
    return Record(id="1", ref="CPC-2223-001", meeting=MEETING, **fields)


@given(TEXTS, TEXTS, TEXTS)
def test_an_untouched_form_changes_nothing(action, response, item):
    old = record(action=action, response=response, item=item)
    assert read_form(write_form(old), old) == {}
    assert read_form(write_form(old).replace("\n", "\r\n"), old) == {}


@given(TEXTS, TEXTS, TEXTS)
def test_a_text_comes_back_to_the_letter(before, action, after):
    assume("@@" not in before + after)
    old = record(action="@@", recommendation=before, response=after)
    written = write_form(old).replace("@@", action)
    # Only a line that looks like the form's own headings could be taken for one.
    if f"\n{'=' * 6}" not in f"\n{action}":
        assert read_form(written, old) == ({} if action == "@@" else {"action": action})


def test_a_list_has_a_line_for_each():
    old = record(owners=("Chair", "Clerk"), evidence=("https://example.org/a", "b.pdf"))
    written = write_form(old).replace("\nb.pdf", "\nb.pdf\nc.pdf")
    assert read_form(written, old) == {"evidence": "https://example.org/a\nb.pdf\nc.pdf"}


def test_the_fence_is_longer_than_any_in_the_texts():
    old = record(action="====== Response\nmine")
    assert "\n======= Action\n" in write_form(old)
    assert read_form(write_form(old), old) == {}


def test_the_response_comes_first_and_no_field_names_are_seen():
    lines = write_form(record(action="x", status=Status.PROPOSED)).split("\n")
    headings = [line for line in lines if line.startswith("======")]
    assert headings[0] == "====== Response"
    assert not any("_" in line or ": " in line.partition("Status: ")[0] for line in headings)
    assert "Reported done" in lines  # as it stands, in the words that are offered


def test_a_lost_heading_is_refused():
    old = record(action="x")
    with pytest.raises(UsageError, match="headings"):
        read_form(write_form(old).replace("====== End of the form", ""), old)
