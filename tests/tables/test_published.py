"""The real table: Appendix 4 of a council's pack, as published."""

from collections import Counter

import pytest

from cpctrack.records.model import Kind
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tasks.read_documents import read_log

FIELDS = ("item", "recommendation", "action", "owner_text", "response", "follow_up")


@pytest.fixture
def raw(shared_data):
    lines = (shared_data / "appendix4-2022-23.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("Meeting Type\t")]
    return [[*row, *[""] * (8 - len(row))] for row in rows]


@pytest.fixture
def published(shared_data, meeting):
    return make_drafts(read_log(shared_data / "appendix4-2022-23.tsv"), meeting, Told())


def test_rows_and_meetings_are_right(published):
    assert Counter(draft.meeting.key for draft in published) == {
        "2022-06-15-informal": 9,
        "2022-07-20-formal": 10,
        "2022-09-21-informal": 3,
        "2022-11-23-formal": 24,
        "2023-01-18-informal": 7,
        "2023-03-15-formal": 9,
    }
    assert {draft.meeting.year for draft in published} == {"2022/23"}


def test_every_text_cell_is_kept_to_the_letter(raw, published):
    assert [[draft.fields[name] for name in FIELDS] for draft in published] == [
        row[2:] for row in raw
    ]


def test_owners_are_split_where_there_are_several(raw, published):
    owners = [draft.fields["owners"] for draft in published]
    expected = [1 if row[5] != "N/A" else 0 for row in raw]
    for number, row in enumerate(raw):
        expected[number] += row[5].count("/") if row[5] != "N/A" else 0
    assert [len(names) for names in owners] == expected
    assert sum(len(names) > 1 for names in owners) == 9
    assert all("/" not in name for names in owners for name in names)


def test_decisions_nobody_has_to_act_on_are_told(raw, published):
    decisions = [n for n, draft in enumerate(published) if draft.fields["kind"] is Kind.DECISION]
    assert decisions == [n for n, row in enumerate(raw) if row[5] == "N/A"]
    assert len(decisions) == 2


def test_the_day_of_completion_is_read_where_it_is_printed(published):
    days = [draft.fields["completed_on"] for draft in published if draft.fields["completed_on"]]
    assert days == ["2022-08-19"]


@pytest.mark.parametrize("wrap_at", [3, 5, 8])
def test_wrapped_lines_blank_lines_and_footers_change_nothing(
    shared_data, tmp_path, meeting, published, wrap_at
):
    text = (shared_data / "appendix4-2022-23.tsv").read_text(encoding="utf-8")
    lines = []
    for number, line in enumerate(text.split("\n")):
        cells = line.split("\t")
        if len(cells) > 4 and number % 2 and cells[0] != "Meeting Type":
            words = cells[4].split(" ")
            cells[4] = "\n".join([" ".join(words[:wrap_at]), " ".join(words[wrap_at:])]).strip("\n")
        lines += [
            "\t".join(cells),
            *(["", f"Page {number} of 80", "Appendix 4"] * (number % 5 == 0)),
        ]
    path = tmp_path / "wrapped.tsv"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    log = read_log(path)
    again = make_drafts(log, meeting, Told())
    assert [draft.fields for draft in again] == [draft.fields for draft in published]
    assert log.left_out == ()
