"""A view as plain JSON and back."""

import copy
import json
from datetime import date
from hashlib import sha256

import pytest

from cpctrack.errors import StoreError
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record, Settings, Status
from cpctrack.records.statistics import Period, Statistics, cases, figures
from cpctrack.render import freezing
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.render.views.statistics import statistics_view
from cpctrack.render.views.view import AppendixView

SETTINGS = Settings("Corporate Parenting Committee", "CPC", "05-15")
MEETINGS = (
    Meeting("2023-03-15", MeetingType.FORMAL, "2022/23"),
    Meeting("2023-04-19", MeetingType.INFORMAL, "2022/23"),
)
PRINTING = Printing(SETTINGS, Calendar(date(2023, 7, 1), ("2023-03-15",)), "2023-07-19")


def views():
    records = [
        Record(
            f"{number:012x}", f"CPC-2223-{number:03}", MEETINGS[number % 2],
            status=status, owners=("José", "Chair"), action=f"Action {number}.\nTwo lines.",
            due="2023-05-01",
        )
        for number, status in enumerate(Status, 1)
    ]  # fmt: skip
    yield appendix_view(records, PRINTING, year="2022/23")
    yield progress_view(records, PRINTING, year="2022/23")
    yield appendix_view([], PRINTING, year="2022/23")
    period = Period("2022-05-15", "2023-05-14", "2022/23")
    known = cases(records, PRINTING.calendar, period)
    yield statistics_view(
        Statistics(period, ["Committee"], known, figures(known), period), PRINTING
    )


@pytest.mark.parametrize("view", list(views()), ids=["full", "progress", "empty", "statistics"])
def test_a_view_comes_back_as_it_was(view):
    plain = json.loads(json.dumps(freezing.freeze(view)))
    assert freezing.thaw(plain) == view


def test_no_row_is_written_twice():
    for view in views():
        text = json.dumps(freezing.freeze(view))
        for row in view.rows:
            assert text.count(json.dumps(row.anchor)) == 1


@pytest.fixture
def plain():
    return freezing.freeze(next(views()))


def test_fields_that_came_later_take_their_defaults(plain):
    for name in AppendixView._field_defaults:
        del plain[name]
    del plain["rows"][0]["cells"]
    view = freezing.thaw({**plain, "of a newer version": 1})
    assert (view.view, view.parts, view.rows[0].cells) == ("full", (), ())
    assert view.meetings[0].rows == view.rows[: len(view.meetings[0].rows)]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda plain: plain.pop("title"),
        lambda plain: plain.pop("rows"),
        lambda plain: plain.update(title=5),
        lambda plain: plain.update(overdue=True),
        lambda plain: plain.update(rows="x"),
        lambda plain: plain.update(rows=[5]),
        lambda plain: plain.update(columns={"a": "b"}),
        lambda plain: plain.update(blanks=["a"]),
        lambda plain: plain.update(blanks={"a": 1}),
        lambda plain: plain["rows"][0].update(overdue="no"),
        lambda plain: plain["rows"][0].update(owners=[1]),
        lambda plain: plain["meetings"][0].update(rows="x"),
        lambda plain: plain.update(meetings=[5]),
    ],
)
def test_what_is_no_view_is_refused(plain, break_it):
    broken = copy.deepcopy(plain)
    break_it(broken)
    with pytest.raises(StoreError, match="can't be laid out again"):
        freezing.thaw(broken)


def test_digests_of_the_templates_a_user_has_changed(tmp_path):
    before = freezing.templates(tmp_path / "missing")
    assert {"appendix.css", "appendix.html.j2", "appendix.md.j2"} <= before.keys()
    (tmp_path / "appendix.css").write_bytes(b"body { color: red }")
    (tmp_path / "own.css").write_bytes(b"not one of ours")
    after = freezing.templates(tmp_path)
    assert after == {**before, "appendix.css": sha256(b"body { color: red }").hexdigest()}
