"""A sheet made here, edited in LibreOffice and imported again: that change and no other."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from amounts import times

from cpctrack.store.store import read

EDITED = "Sent on 3 May: see “Tŷ Heulog” 😀\nand  page 2. "
# Each would become something else in a sheet that did not say it is a text.
AWKWARD = (
    "=1+1", "+44 20 7946 0000", "-1", "@home", "'quoted'", "'=1", "007", "1/2", "3 March", "1.10",
    "12345678901234567890", "13-Sep-22", "50%", "TRUE", "#N/A", "#REF!", "12:30", "1,000",
    "  before and after  ", "one\ntwo\n\nfour\n", "\n\nbelow", "tab\there", "Ŵŷ Łódź 👨‍👩‍👧",
    "_x0041_", "a;b,\"c\"", "&amp; <b>", "x" * 5000,
)  # fmt: skip
UTF_8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
AS_UTF_8 = "--infilter=CSV:44,34,76,1"


@pytest.fixture
def awkward(run, new_store):
    """Give a store of a record for each awkward text; every second was imported, not typed."""
    rows = io.StringIO(newline="")
    writer = csv.writer(rows)
    writer.writerow(["Meeting Type", "Meeting Date", "Item", "Actions", "Referred to", "Response"])
    for number, text in enumerate(AWKWARD):
        action = f"Action{number} would{number} be{number} taken{number}"  # each like no other
        if number % 2:
            writer.writerow(["Formal", "15/3/2023", text, action, text, f"'{text}"])
        else:
            run("add", "--meeting", "15/3/2023", "--type", "formal", "--item", f"4. {text}",
                "--action", action, "--owner", "Ann Bell", "--response", text)  # fmt: skip
    path = new_store.parent / "table.csv"
    path.write_text(rows.getvalue(), encoding="utf-8", newline="")
    run("import", str(path), "--yes")
    return new_store


@pytest.fixture
def example(store_path, root):
    """Give a copy of the example store."""
    store_path.write_bytes((root / "examples" / "actions.json").read_bytes())
    return store_path


def listed(run):
    return {one["ref"]: one for one in json.loads(run("list", "--json").stdout)}


def exported(run, store, ending, year="2022/23"):
    path = store.parent / f"appendix4.{ending}"
    run("appendix", "-o", str(path), "--year", year, "--include-exempt", "--force")
    return path


def edit_workbook(path, number, text):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = next(cell.row for cell in sheet["A"] if cell.value == "Meeting Type")
    cell = sheet.cell(header + 1 + number, 7)
    cell.value = text
    cell.data_type = "s"
    book.save(path)


def edit_csv(path, number, text):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[number + 1][6] = text
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


EDIT = {".xlsx": edit_workbook, ".csv": edit_csv}


def check_one_change(run, path: Path, number: int, text: str = EDITED):
    """Edit one response of a sheet, import it, and see that nothing else has changed."""
    before = listed(run)
    EDIT[path.suffix](path, number, text)
    plan = json.loads(run("import", str(path), "--yes", "--json").stdout)
    assert (plan["new"], plan["changed"], plan["problems"], plan["missing"]) == (0, 1, [], [])
    (ref,) = [row["ref"] for row in plan["records"]]
    after = listed(run)
    assert after[ref]["response"] == text
    derived = {"response", "status", "completed_on", "overdue"}
    assert {
        (one, name)
        for one in before
        for name in before[one]
        if before[one][name] != after[one][name]
    } <= {(ref, name) for name in derived}
    again = json.loads(run("import", str(path), "--yes", "--json").stdout)
    assert (again["new"], again["changed"], again["problems"]) == (0, 0, [])


def check_unchanged(run, path, store):
    before = store.read_bytes()
    plan = json.loads(run("import", str(path), "--yes", "--json").stdout)
    assert (plan["new"], plan["changed"], plan["problems"], plan["missing"]) == (0, 0, [], [])
    assert plan["unchanged"] > 0
    assert store.read_bytes() == before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_sheet_that_nobody_edited_changes_nothing(run, awkward, ending):
    check_unchanged(run, exported(run, awkward, ending), awkward)


@pytest.mark.parametrize("number", [0, 1, 14, 25])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_edited_response_is_the_one_change(run, awkward, ending, number):
    check_one_change(run, exported(run, awkward, ending), number)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("year", ["2022/23", "2023/24"])
def test_any_response_of_the_example_can_be_edited(run, example, ending, year):
    count = sum(record.meeting.year == year for record in read(example).records)
    original = example.read_bytes()
    for number in range(0, count, times(5, 15)):
        example.write_bytes(original)
        check_one_change(
            run, exported(run, example, ending, year), number, "A new answer was sent."
        )


def test_a_sheet_from_before_something_was_typed_takes_nothing_back(run, example):
    path = exported(run, example, "xlsx", "2023/24")
    run("update", "CPC-2324-005", "--response", "Typed since.")
    edit_workbook(path, 0, "Edited in the old sheet.")
    plan = json.loads(run("import", str(path), "--yes", "--json").stdout)
    assert (plan["changed"], plan["problems"]) == (1, [])
    assert listed(run)["CPC-2324-001"]["response"] == "Edited in the old sheet."
    assert listed(run)["CPC-2324-005"]["response"] == "Typed since."


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_published_table_comes_back(run, new_store, shared_data, ending):
    run("import", str(shared_data / "appendix4-2022-23.tsv"), "--yes")
    path = exported(run, new_store, ending)
    check_unchanged(run, path, new_store)
    check_one_change(run, path, 20)


def test_what_libreoffice_saved_changes_nothing_but_what_was_edited(run, awkward, convert):
    (saved,) = convert("xlsx", exported(run, awkward, "xlsx"))
    check_unchanged(run, saved, awkward)
    edit_workbook(saved, 2, EDITED)
    check_one_change(run, *convert("xlsx", saved), 2)


def test_what_libreoffice_saved_of_the_example(run, example, convert):
    (saved,) = convert("xlsx", exported(run, example, "xlsx", "2023/24"))
    check_unchanged(run, saved, example)
    check_one_change(run, saved, 3)


@pytest.mark.parametrize("options", [("csv",), (UTF_8, AS_UTF_8)])
def test_a_csv_file_that_libreoffice_saved_of_the_example(run, example, convert, options):
    to, *options = options
    (saved,) = convert(to, exported(run, example, "csv", "2023/24"), options=options)
    check_unchanged(run, saved, example)
    check_one_change(run, saved, 3)


def test_a_csv_file_of_awkward_texts_that_libreoffice_saved(run, awkward, convert):
    plain_cells = ("--infilter=CSV:44,34,76,1,,1033,false,false",)
    (saved,) = convert(UTF_8, exported(run, awkward, "csv"), options=plain_cells)
    check_unchanged(run, saved, awkward)
    check_one_change(run, saved, 3)


def test_a_workbook_prints_its_header_and_its_marking_on_every_page(run, example, convert):
    from pypdf import PdfReader

    (pdf,) = convert("pdf", exported(run, example, "xlsx", "2023/24"))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(pdf).pages]
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert "Not for publication (paragraph 3)" in page
        assert "Meeting Date Item Recommendation Actions" in page
        assert f"Page {number} of {len(pages)}" in page
