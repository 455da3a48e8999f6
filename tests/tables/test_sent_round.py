"""One sheet, copied to several officers, each of whom fills in some rows: every answer is kept."""

import csv
import io
from datetime import date
from random import Random

import openpyxl
import pytest
from amounts import times

from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, amend, create
from cpctrack.records.model import Acceptance, Draft, Kind, Meeting, MeetingType, Settings, Status
from cpctrack.render.documents import FORMATS
from cpctrack.render.templates import environment
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.plan import plan
from cpctrack.tasks.read_documents import read_log

MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
MAY = Meeting("2023-05-03", MeetingType.INFORMAL, "2022/23")
PRINTING = Printing(
    Settings("Corporate Parenting Committee", "CPC", "05-15"),
    Calendar(date(2023, 6, 1), ["2023-03-15"]),
    "2023-06-14",
    include_exempt=True,
)
VIEWS = {"full": appendix_view, "progress": progress_view}
OFFICERS = 3
ORDERS = times(40, 10)
ANSWER, STANDING, DUE = "Response/ Outcome", ("Needs Follow Up", "Status"), "Due"


def author(via, minute):
    return Author("clerk", f"2023-05-05T10:{minute:02}:00Z", via)


def made(number, via="add", meeting=MARCH, **fields):
    values = {"item": f"{number}. Homes", "action": f"Ask school {number} for a plan.",
              "owners": (f"Head of School {number}",)}  # fmt: skip
    source = "table.tsv, line 2" if via == "import" else ""
    draft = Draft(meeting, values | fields, source)
    ref = f"CPC-2223-{number:03}"
    return create(draft, record_id=str(number), ref=ref, author=author(via, number))


def records():
    """Give actions that were typed, imported, answered, extended, reopened, exempt."""
    asked = {"response": "Asked.", "owner_text": "A/B", "owners": ("A", "B")}
    return [
        made(1),
        made(2, "import", **asked),
        amend(made(3, "import", **asked), {"response": "Asked again."}, author("update", 20)),
        amend(made(4), {"response": "In May.", "status": Status.IN_PROGRESS}, author("update", 21)),
        amend(
            made(5, due="2023-04-01", due_text="1/4/2023"),
            {"due": "2023-05-01", "due_text": "1/5/2023"}, author("extend", 22), reason="Late.",
        ),
        made(6, meeting=MAY, exempt_paragraph="3", due_text="Spring term"),
        made(7, action="", recommendation="That it be so.", kind=Kind.RECOMMENDATION,
             acceptance=Acceptance.YES, acceptance_on="2023-04-20"),
        amend(
            amend(made(8), {"status": Status.COMPLETED}, author("update", 23)),
            {"status": Status.OPEN}, author("reopen", 24), reason="Not yet.",
        ),
        made(10, "import", follow_up="Ongoing – every report", status=Status.ONGOING),
        made(11, "import", follow_up="Completed 1/5/2023", status=Status.COMPLETED,
             completed_on="2023-05-01"),
        amend(made(12), {"follow_up": "First of two\nsent", "status": Status.COMPLETED},
              author("update", 19)),
        amend(made(9, "import"), {"response": "From a sheet.", "evidence": ("a.pdf", "b.pdf")},
              author("import", 15)),
    ]  # fmt: skip


def printed(view, ending, folder):
    laid = VIEWS[view](records(), PRINTING, year="2022/23")
    path = folder / f"sheet.{ending}"
    if ending in ("csv", "xlsx"):
        path.write_bytes(FORMATS[ending].render(laid))
    else:
        text = environment.render(
            f"appendix.{ending}.j2", {"appendix": laid}, html=ending == "html"
        )
        path.write_text(text, encoding="utf-8", newline="")
    return path


def edited(path, edit, name="copy"):
    """Give a copy of a CSV file or a workbook in which `edit` has changed the rows, as lists."""
    copy = path.with_stem(name)
    if path.suffix == ".csv":
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        edit(rows)
        with copy.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        return copy
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    before = [list(row) for row in rows]
    edit(rows[next(at for at, row in enumerate(rows) if ANSWER in row) :])  # below titles
    for number, (old, new) in enumerate(zip(before, rows, strict=True), 1):
        for column, (was, text) in enumerate(zip(old, new, strict=True), 1):
            if was != text:
                sheet.cell(number, column).value = text
    book.save(copy)
    return copy


def drafts_of(path, meeting):
    log = read_log(path)
    assert log.ours
    return make_drafts(log, meeting, Told())


def take_in(store, drafts, minute):
    planned = plan(drafts, list(store.values()), ours=True)
    assert (planned.new, planned.conflicts) == ((), ())
    for one in planned.changed:
        after = amend(one.record, one.values, author("import", minute))
        store[after.ref] = after


def answer(rows, officer):
    """Fill in every row that is this officer's, in one column or another."""
    header, *body = rows
    at = header.index(ANSWER)
    standing = next(header.index(name) for name in STANDING if name in header)
    for number, row in enumerate(body):
        if number % OFFICERS == officer:
            row[at] = f"Row {number}: sent to Members."
            if number % 2:
                row[standing] = row[standing].replace("To do", "Completed 3 May 2023")
            if DUE in header:
                row[header.index(DUE)] = f"{number + 1} July 2023"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("view", VIEWS)
def test_copies_in_any_order_and_again_keep_every_answer(tmp_path, meeting, view, ending):
    sheet = printed(view, ending, tmp_path)
    copies = [
        drafts_of(edited(sheet, lambda rows, each=each: answer(rows, each)), meeting)
        for each in range(OFFICERS)
    ]
    one_by_one = {record.ref: record for record in records()}
    for minute, copy in enumerate(copies, 30):
        take_in(one_by_one, copy, minute)
    answers = {ref: record._replace(history=()) for ref, record in one_by_one.items()}
    assert {one.response for one in answers.values()} == {
        f"Row {number}: sent to Members." for number in range(12)
    }
    for seed in range(ORDERS):
        random = Random(seed)
        order = [*range(OFFICERS), *random.choices(range(OFFICERS), k=2)]
        random.shuffle(order)
        store = {record.ref: record for record in records()}
        for minute, copy in enumerate(order, 30):
            take_in(store, copies[copy], minute)
        assert {ref: one._replace(history=()) for ref, one in store.items()} == answers, seed


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_copies_that_libreoffice_saved_keep_every_answer(tmp_path, meeting, convert, ending):
    copies = [
        edited(
            printed(view, ending, tmp_path),
            lambda rows, each=officer: answer(rows, each),
            f"{view} {officer}",
        )
        for view in VIEWS
        for officer in range(OFFICERS)
    ]
    saved = [drafts_of(path, meeting) for path in convert(ending, *copies)]
    for of_view in (saved[:OFFICERS], saved[OFFICERS:]):
        store = {record.ref: record for record in records()}
        for officer in (2, 0, 1, 2):
            take_in(store, of_view[officer], 30 + officer)
        assert {one.response for one in store.values()} == {
            f"Row {number}: sent to Members." for number in range(12)
        }


@pytest.mark.parametrize(
    ("view", "ending"),
    [*(("full", each) for each in ("md", "html", "csv", "xlsx")),
     ("progress", "csv"), ("progress", "xlsx")],
)  # fmt: skip
def test_every_document_comes_back_unchanged(tmp_path, meeting, view, ending):
    store = records()
    planned = plan(drafts_of(printed(view, ending, tmp_path), meeting), store, ours=True)
    assert (planned.new, planned.changed, planned.conflicts) == ((), (), ())
    assert {record.ref for record in planned.unchanged} == {one.ref for one in store}


@pytest.mark.parametrize(
    ("column", "text", "status"),
    [
        ("Status", "Completed 3 May 2023", Status.COMPLETED),
        ("Needs Follow Up", "Completed 3 May 2023", Status.COMPLETED),
        ("Status", "Open", Status.OPEN),
    ],
)
def test_a_status_beside_a_printed_cell_can_be_edited(tmp_path, meeting, column, text, status):
    def edit(rows):
        row = next(row for row in rows if row[1] == "CPC-2223-010")
        row[rows[0].index(column)] = text

    path = edited(printed("progress", "csv", tmp_path), edit)
    (changed,) = plan(drafts_of(path, meeting), records(), ours=True).changed
    assert changed.record.ref == "CPC-2223-010"
    assert (changed.values["follow_up"], changed.values["status"]) == (text, status)


@pytest.mark.parametrize("ending", ["md", "html"])
def test_an_answer_typed_into_a_text_document_is_taken(tmp_path, meeting, ending):
    path = printed("full", ending, tmp_path)
    text = path.read_text("utf-8")
    path.write_text(text.replace("Asked again.", "Sent."), encoding="utf-8", newline="")
    (changed,) = plan(drafts_of(path, meeting), records(), ours=True).changed
    assert (changed.record.ref, changed.values["response"]) == ("CPC-2223-003", "Sent.")


def test_a_sheet_with_references_and_columns_of_ones_own_is_still_ours(tmp_path, meeting):
    refs = {one.text: one.ref for one in records()}

    def edit(rows):
        header, *body = rows
        words = header.index("Actions")
        header += ["Reference", "Whom I asked"]
        for row in body:
            text = (row[words] or row[words - 1]).partition("\nNot for publication")[0]
            row += [refs[text], ""]
            row[words] = row[words].replace("Ask school 3 for a plan.", "Reworded")

    path = edited(printed("full", "csv", tmp_path), edit)
    changed = plan(drafts_of(path, meeting), records(), ours=True).changed
    assert [(one.record.ref, dict(one.values)) for one in changed] == [
        ("CPC-2223-003", {"action": "Reworded"})
    ]


def test_a_workbook_says_on_which_day_it_was_made(tmp_path, meeting):
    path = printed("full", "xlsx", tmp_path)
    copy = edited(path, lambda rows: answer(rows, 2))
    log = read_log(copy)
    assert log.made_on == "2023-06-01"
    drafts = drafts_of(copy, meeting)
    for day, kept in (("2023-05-31", []), ("2023-06-02", ["Row 2: sent to Members."])):
        at = author("update", 0)._replace(at=f"{day}T09:00:00Z")
        held = records()
        held[2] = amend(held[2], {"response": "By telephone."}, at)
        planned = plan(drafts, held, ours=True, made_on=log.made_on)
        assert [one.theirs for one in planned.conflicts] == kept
