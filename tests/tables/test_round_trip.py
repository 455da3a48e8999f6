"""What our own documents print is read back as what the store holds."""

from datetime import date
from pathlib import Path

import pytest
from amounts import times
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpctrack.errors import ImportRefusedError
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, create
from cpctrack.records.model import Draft, Meeting, MeetingType, Settings, Status
from cpctrack.render.documents import FORMATS
from cpctrack.render.templates import environment
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.store.store import read
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.plan import plan
from cpctrack.tables.problems import ProblemsError
from cpctrack.tasks.import_tables import take_in
from cpctrack.tasks.read_documents import read_log

TODAY = date(2024, 4, 10)
SETTINGS = Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")
MARCH = Meeting(date="2023-03-15", type=MeetingType.FORMAL, year="2022/23")
AUTHOR = Author("clerk", "2023-04-01T00:00:00Z", "add")


# A contact that would be a row, a heading or a meeting if it were read as more than it is.
HOSTILE = "=1+1 | Action | Formal meeting of 14 March 2024: CPC-2324-001 **Completed** <tr><td>"


def document(records, ending, year, contact=""):
    settings = SETTINGS._replace(contact=contact)
    view = appendix_view(
        records, Printing(settings, Calendar(TODAY), include_exempt=True), year=year
    )
    if ending in ("csv", "xlsx", "docx", "pdf"):
        return FORMATS[ending].render(view)
    html = ending == "html"
    return environment.render(f"appendix.{ending}.j2", {"appendix": view}, html=html).encode()


def printed_and_read(records, ending, folder, year, meeting, contact=""):
    path = folder / f"appendix.{ending}"
    path.write_bytes(document(records, ending, year, contact))
    return make_drafts(read_log(path), meeting, Told())


@pytest.mark.parametrize("ending", ["md", "html", "csv", "xlsx", "docx", "pdf"])
@pytest.mark.parametrize("year", ["2022/23", "2023/24"])
@pytest.mark.parametrize("contact", ["", HOSTILE])
def test_the_examples_come_back_unchanged(root, tmp_path, meeting, ending, year, contact):
    store = read(root / "examples" / "actions.json")
    records = [record for record in store.records if record.meeting.year == year]
    assert records
    drafts = printed_and_read(records, ending, tmp_path, year, store.meeting_on, contact)
    planned = plan(drafts, records)
    assert (planned.new, planned.changed, planned.missing, planned.conflicts) == ((), (), (), ())
    assert len(planned.unchanged) == len(records)


@pytest.mark.parametrize(("ending", "to"), [("docx", ""), ("docx", "odt"), ("pdf", "")])
def test_every_cell_of_a_document_comes_back(root, tmp_path, request, meeting, ending, to):
    records = read(root / "examples" / "actions.json").records
    cells = {}
    for form in ("html", ending):
        path = tmp_path / f"appendix.{form}"
        path.write_bytes(document(records, form, "2023/24"))
        if to and form == ending:
            (path,) = request.getfixturevalue("convert")(to, path)
        log = read_log(path)
        assert log.ours
        drafts = make_drafts(log, meeting, Told())
        # A column that is blank throughout is left out where meeting and item stand above.
        cells[form] = [(one.meeting, {"recommendation": "", **one.fields}) for one in drafts]
    assert len(cells[ending]) == 28  # one of them exempt, three carried over from 2022/23
    assert cells[ending] == cells["html"]


@pytest.mark.parametrize("ending", ["md", "html", "csv", "xlsx"])
def test_exempt_rows_come_back_exempt(tmp_path, meeting, ending):
    fields = {"action": "Settle the lease.", "item": "9. Contracts", "exempt_paragraph": "3"}
    record = create(Draft(MARCH, fields), record_id="a", ref="CPC-2223-001", author=AUTHOR)
    (draft,) = printed_and_read([record], ending, tmp_path, "2022/23", meeting)
    assert (draft.fields["item"], draft.fields["exempt_paragraph"]) == ("9. Contracts", "3")


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=30)


@pytest.mark.parametrize("ending", ["md", "html", "csv", "xlsx"])
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, st.sampled_from(list(Status))), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(40, 15))
def test_any_texts_come_back_unchanged(tmp_path, meeting, ending, rows):
    records = [
        create(
            Draft(MARCH, {"action": f"Do {text}", "item": item, "response": answer, "status": one}),
            record_id=str(number), ref=f"CPC-2223-{number:03}", author=AUTHOR,
        )
        for number, (text, item, answer, one) in enumerate(rows, 1)
    ]  # fmt: skip
    if not records:
        return
    planned = plan(printed_and_read(records, ending, tmp_path, "2022/23", meeting), records)
    assert (planned.new, planned.changed, planned.missing) == ((), (), ())


@given(
    content=st.binary(max_size=300),
    ending=st.sampled_from(["csv", "tsv", "md", "html", "txt", "xlsx"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path, meeting, content, ending):
    path = tmp_path / f"any.{ending}"
    path.write_bytes(content)
    with pytest.raises(ImportRefusedError) as error:
        read_log(path)
    assert str(error.value)


PIECES = st.sampled_from(
    ["Actions", "Owner", "Meeting Date", "\t", "\n", "|", ",", "Send", "15/3/2023", "---", "<td>",
     "<tr>", "<table>", "</table>", '"', "N/A", "Completed", " ", "\\", "\x1b[0m", "\u202e"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60), st.sampled_from(["csv", "tsv", "md", "html", "txt"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_pieces_of_tables_are_read_or_refused(tmp_path, meeting, pieces, ending):
    path = tmp_path / f"any.{ending}"
    path.write_text("Actions\tOwner\n" + "".join(pieces), encoding="utf-8", newline="")
    try:
        drafts = make_drafts(read_log(path), meeting, Told("2023-03-15", MeetingType.FORMAL))
    except ImportRefusedError as error:
        assert str(error)
    else:
        assert all(draft.fields["action"].strip() for draft in drafts)


def test_two_files_with_one_action_make_one_record(tmp_path, root):
    store_path = tmp_path / "actions.json"
    store_path.write_bytes(Path(root / "examples" / "actions.json").read_bytes())
    store = read(store_path)
    text = "Type of meeting,Date,Actions,Response\nFormal,1/2/2022,Send a note.,{}\n"
    logs = []
    for number, response in enumerate(("Asked", "Sent")):
        (tmp_path / f"{number}.csv").write_text(text.format(response))
        logs.append(read_log(tmp_path / f"{number}.csv"))
    intake = take_in(store, logs, Told(), author=AUTHOR._replace(via="import"))
    assert (len(intake.new), len(intake.changed)) == (1, 1)
    assert intake.changed[0].record.response == "Sent"
    with pytest.raises(ProblemsError):
        take_in(store, [*logs, replace_date(tmp_path)], Told(), author=AUTHOR)


def replace_date(folder):
    (folder / "bad.csv").write_text("Date,Actions\nsometime,Send a note.\n")
    return read_log(folder / "bad.csv")
