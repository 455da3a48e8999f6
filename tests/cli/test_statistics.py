"""Figures on screen, as JSON and as documents: of one committee or of several."""

import csv
import io
import json
import re
import zipfile

import pytest
from pypdf import PdfReader

from cpctrack.render.documents import FORMATS

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
YEAR = ("--year", "2022/23")
MARK = "qzx"


def figures(run, *options):
    return json.loads(run("statistics", "--json", *options).stdout)


def everything(content):
    """Give all the text of a document."""
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        return "".join(archive.read(name).decode() for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode()


@pytest.fixture
def asked(run, some_records, monkeypatch):
    """Give the store a recommendation that the executive answered, and an action that moved."""
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-02")
    run("add", *FORMAL, "--item", "Item 6. Fares", "--recommendation", "That fares be free.",
        "--owner", "Cabinet Member", "--due", "1 May 2023")  # fmt: skip
    run("update", "5", "--accepted", "in-part", "--accepted-on", "2/5/2023")
    run("extend", "1", "--to", "1/9/2023", "--reason", "No staff.")
    return some_records


def test_the_municipal_year_that_it_is(run, some_records):
    told = figures(run)
    assert told["period"] == {
        "since": "2023-05-15", "until": "2023-07-01", "municipal_year": "2023/24",
    }  # fmt: skip
    assert told["figures"]["brought_forward"] == told["figures"]["open"] == 2
    assert told["period_before"]["until"] == "2022-07-01"
    assert told["before"] is None


def test_a_municipal_year(run, asked):
    told = figures(run, *YEAR)
    assert told["committees"] == ["Corporate Parenting Committee"]
    counted = told["figures"]
    assert (counted["all"], counted["raised"], counted["closed"], counted["open"]) == (4, 4, 1, 3)
    assert (counted["overdue"], counted["no_date"], counted["answered"]) == (2, 1, 1)
    assert counted["moves"] == 0  # it moved after the end of that year
    assert counted["per_cent"]["closed"] == 25
    assert told["came_later"] == 4
    assert told["groups"] == []
    assert told["recommendations"] == {
        "all": 2,
        "answers": {"none": 1, "yes": 0, "in-part": 1, "no": 0},
        "records": [
            {
                "ref": "CPC-2223-005",
                "committee": "Corporate Parenting Committee",
                "recommendation": "That fares be free.",
                "acceptance": "in-part",
                "acceptance_on": "2023-05-02",
                "status": "open",
                "due": "2023-05-01",
                "due_text": "1 May 2023",
                "overdue": True,
            },
            {
                "ref": "CPC-2223-003",
                "committee": "Corporate Parenting Committee",
                "recommendation": "That dentists be asked.",
                "acceptance": "",
                "acceptance_on": None,
                "status": "completed",
                "due": None,
                "due_text": "",
                "overdue": False,
            },
        ],
    }


def test_days_of_ones_own(run, asked):
    told = figures(run, "--since", "1/2/2023", "--until", "2/7/2023")
    assert told["period"] == {"since": "2023-02-01", "until": "2023-07-02", "municipal_year": ""}
    assert told["figures"]["brought_forward"] == 1
    assert told["figures"]["moved_once"] == told["figures"]["moves"] == 1
    assert figures(run, "--since", "1/2/2023", "--until", "2/7/2033") == told
    assert figures(run, "--since", "1/2/2023") == told


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--until", "1/1/2023"), "--until is the last day; name the first one"),
        (("--since", "1/2/2023", "--until", "1/1/2023"), "1 January 2023 is before 1 February"),
        (("--since", "2/7/2023"), "2 July 2023, the first day to be counted, is still to come"),
        (("--year", "2024/25"), "15 May 2024, the first day to be counted, is still to come"),
        (("--year", "2022/23", "--since", "1/1/2023"), "--year names all days of a year"),
        (("--json", "-o", "figures.md"), "--json prints figures for scripts"),
        (("--format", "pdf"), "A pdf document goes into a file"),
        (("-o", "figures.txt"), "names no format"),
    ],
)
def test_what_can_not_be_counted_is_wrong_usage(run, some_records, options, message):
    result = run("statistics", *options, exit_code=2)
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("way", "names"),
    [
        ("owner", ["Cabinet Member", "Head of Fostering", "José, Youth Worker",
                   "Participation Lead", ""]),
        ("service", [""]),
        ("meeting", ["2023-01-18 informal Corporate Parenting Committee",
                     "2023-03-15 formal Corporate Parenting Committee"]),
        ("status", ["open", "in-progress", "completed"]),
        ("kind", ["action", "recommendation"]),
        ("committee", ["Corporate Parenting Committee"]),
    ],
)  # fmt: skip
def test_groups_have_names_in_json_and_words_on_screen(run, asked, way, names):
    told = figures(run, *YEAR, "--by", way)
    assert told["by"] == way
    assert [group["name"] for group in told["groups"]] == names
    shown = run("statistics", *YEAR, "--by", way).stdout
    assert f"\nBy {way}\n" in shown
    several = "An action of several owners counts for each of them."
    assert (several in shown) == (way in ("owner", "service"))


def test_the_screen(run, asked, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("statistics", *YEAR, "--by", "meeting").stdout.splitlines()
    lines = [line.rstrip() for line in lines]
    assert lines[:4] == [
        "Corporate Parenting Committee",
        "Statistics: Actions and recommendations from 15 May 2022 to 14 May 2023",
        "2 actions and 2 recommendations: 4 raised. At the end 1 was closed and 3 were",
        "not finished, 2 of them overdue.",
    ]
    rows = {tuple(line.split()) for line in lines}
    assert ("Raised", "4", "100") in rows
    assert ("Closed", "1", "25") in rows
    assert ("Accepted", "in", "part", "1", "50") in rows
    assert any(line.startswith("15 March 2023,") for line in lines)
    assert max(map(len, lines)) <= 80
    assert not any(line.startswith("Reopened") for line in lines)  # no row says nothing
    refs = [line.split()[0] for line in lines if line.startswith("CPC")]
    assert refs and all(len(ref) == len("CPC-2223-001") for ref in refs)


def test_beside_the_year_before(run, some_records):
    run("add", "--meeting", "2022-03-16", "--type", "formal", "--item", "1", "--action", "Ask.")
    told = figures(run, *YEAR)
    assert (told["before"]["raised"], told["figures"]["brought_forward"]) == (1, 1)
    shown = run("statistics", *YEAR, "--format", "markdown").stdout
    assert "“A year before” is 15 May 2021 to 14 May 2022." in shown
    assert "| Raised | 3 | 75 | 1 | 2 more |" in shown
    assert "| Not finished at the end | 3 | 75 | 1 | 2 more |" in shown


def test_days_and_moves_beside_the_year_before(run, some_records):
    done = ("--status", "completed", "--completed-on")
    earlier = ("--meeting", "2022-03-16", "--type", "formal", "--item", "1", "--action", "Ask.")
    run("add", *earlier, *done[:2])
    run("update", "2122-1", "--completed-on", "2022-03-26")
    run("update", "2223-3", "--completed-on", "2023-04-14")
    shown = run("statistics", *YEAR, "--format", "markdown").stdout
    assert "they are known of 1 of the 1 that were completed" in shown
    assert "| Days to completion, median | 30 | 10 | 20 more |" in shown
    run("update", "2223-3", "--completed-on", "")
    shown = run("statistics", *YEAR, "--format", "markdown").stdout
    assert "| Days to completion, median | – | 10 | – |" in shown
    assert "| Closed | 1 | 33 | 1 | the same |" in shown
    assert "| Superseded" not in shown


def test_nothing_to_count(run, new_store, tmp_path):
    shown = run("statistics").stdout
    assert shown.endswith("Nothing was left to do then, and nothing was raised.\n")
    assert figures(run)["figures"]["per_cent"] == {}
    for made in FORMATS.values():
        path = tmp_path / f"none{made.endings[0]}"
        told = run("statistics", "-o", str(path)).stderr
        assert told == f"Wrote {path}: Nothing was left to do then, and nothing was raised.\n"
        assert path.stat().st_size


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_of_each_format(run, asked, tmp_path, name):
    path = tmp_path / f"figures{FORMATS[name].endings[0]}"
    options = ("statistics", *YEAR, "--by", "owner", "-o", str(path))
    run(*options)
    content = path.read_bytes()
    text = everything(content)
    for words in ("In short", "How all of them stand", "Head of Fostering", "CPC-2223-005",
                  "Accepted in part, 2 May 2023", "Overdue"):  # fmt: skip
        assert words in text.replace("\n", " "), words
    assert "already exists" in run(*options, exit_code=1).stderr
    run(*options, "--force")
    assert path.read_bytes() == content


def test_a_csv_file_has_a_line_a_figure(run, asked):
    content = run("statistics", *YEAR, "--format", "csv").stdout.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == ["Table", "Row", "Figure", "Value"]
    assert ["In short", "Raised", "Number", "4"] in rows
    assert ["How far each recommendation is", "CPC-2223-003", "Status", "Completed"] in rows


def test_a_workbook_has_a_sheet_a_table_and_numbers_in_it(run, asked, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "figures.xlsx"
    run("statistics", *YEAR, "--by", "owner", "-o", str(path))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "In short", "How all of them stand", "By owner", "Recommendations",
        "How far each recommendation is",
    ]  # fmt: skip
    rows = {row[0]: row[1:] for row in book["In short"].iter_rows(values_only=True)}
    assert rows["Raised"] == (4, 100)
    assert rows["Not finished at the end"] == (3, 75)
    run("update", "3", "--completed-on", "2023-03-16")
    run("add", *FORMAL, "--item", "1", "--action", "Ask again.", "--status", "completed")
    run("update", "6", "--completed-on", "2023-03-25")
    run("statistics", *YEAR, "-o", str(path), "--force")
    times = openpyxl.load_workbook(path)["Days and due dates"]
    assert [row[1] for row in times.iter_rows(min_row=3, values_only=True)] == ["Number", 5.5, 10]


def test_a_page_can_be_read_by_everybody(run, asked):
    page = run("statistics", *YEAR, "--by", "owner", "--format", "html").stdout
    assert page.count("<table") == page.count("<caption") == 7
    assert "<td></td>" not in page
    assert page.count('<th scope="row"') == page.count("<tr>") - 5
    standing = re.search("<caption>How all of them stand</caption>.*?</table>", page, re.DOTALL)
    bars = [" ".join(row.split()) for row in re.findall(r"<tr>(.*?)</tr>", standing[0], re.DOTALL)]
    assert [re.sub("<.*?>", "", bar) for bar in bars] == [
        "Completed 1", "Overdue 2", "Not finished, without a due date 1"
    ]  # fmt: skip
    assert "Not finished at the end, by owner" in page


@pytest.mark.parametrize(
    ("table", "places"),
    [
        ("in-short", {2: "Number", 3: "Per cent"}),
        ("parts", {2: "Number", 3: "Per cent"}),
        ("groups", {2: "In all", 3: "Raised", 10: "No date"}),
        ("recommendations", {1: "Reference", 3: "Answer", 5: "Due"}),
    ],
)
def test_each_number_has_its_own_label_on_a_narrow_page(run, asked, table, places):
    page = run("statistics", *YEAR, "--by", "owner", "--format", "html").stdout
    labels = re.findall(rf'#{table} .*nth-child\((\d+)\)::before {{ content: "([^"]*)"', page)
    told = {int(place): label for place, label in labels}
    assert places.items() <= told.items()
    assert (min(told), max(told)) == (min(places), max(places))


def test_a_chart_shows_the_longest_bars_only(run, new_store):
    for number in range(10):
        run("add", *FORMAL, "--item", "1", "--action", "Ask.", "--owner", f"Officer {number}")
    page = run("statistics", *YEAR, "--by", "owner", "--format", "html").stdout
    assert "Not finished at the end, by owner (the 8 with most)" in page
    run("update", *map(str, range(1, 11)), "--status", "superseded")
    page = run("statistics", "--since", "1/1/2023", "--by", "owner", "--format", "html").stdout
    assert "Not finished at the end, by" not in page


def test_ones_own_style_beside_the_store(run, asked):
    folder = asked.parent / "templates"
    folder.mkdir()
    (folder / "statistics.css").write_text("/* Marlowe */", encoding="utf-8")
    assert "/* Marlowe */" in run("statistics", *YEAR, "--format", "html").stdout


def test_the_template_is_of_no_other_view(run, asked):
    told = run("appendix", "--template", "statistics.md.j2", exit_code=2).stderr
    assert "The template statistics.md.j2 is for “cpctrack statistics”, not --view full." in told


def test_hostile_words_stay_words(run, new_store):
    hostile = "=1+1 <script>alert(1)</script> | \x1b[31m[bold]red[/bold]"
    run("add", *FORMAL, "--item", "1", "--recommendation", hostile, "--owner", hostile,
        "--kind", "recommendation")  # fmt: skip
    options = ("statistics", *YEAR, "--by", "owner")
    assert "<script>alert" not in run(*options, "--format", "html").stdout
    assert "\\| \\[" in run(*options, "--format", "markdown").stdout
    shown = run(*options).stdout
    assert "\x1b" not in shown
    assert "[bold]red[/bold]" in "".join(shown.split())
    assert ",'=1+1" in run(*options, "--format", "csv").stdout


def test_nothing_exempt_is_counted(run, asked, edit, tmp_path):
    """Documents, screen and JSON are the same with an exempt record in the store and without."""
    secret = f"{MARK} lease"
    run("add", *FORMAL, "--item", secret, "--recommendation", secret, "--owner", secret,
        "--due", "1/4/2023", "--exempt", "3")  # fmt: skip
    run("extend", "6", "--to", "1/5/2023", "--reason", secret)
    run("update", "6", "--accepted", "yes", "--accepted-on", "1/6/2023")
    run("add", "--meeting", "16/3/2022", "--type", "formal", "--item", secret, "--action", secret,
        "--status", "completed", "--exempt", "3")  # fmt: skip

    def made():
        of_all = [run("statistics", *YEAR, "--by", "owner", "--json")]
        of_all += [run("statistics", *YEAR, "--by", way) for way in ("owner", "kind", "status")]
        documents = []
        for form in FORMATS.values():
            path = tmp_path / f"public{form.endings[0]}"
            run("-q", "statistics", *YEAR, "--by", "owner", "-o", str(path), "--force")
            documents.append(path.read_bytes())
        return [result.stdout for result in of_all], documents

    with_it = made()
    told = run("statistics", *YEAR).stderr
    assert told == (
        "2 exempt actions are left out; --include-exempt counts them, not for publication.\n"
    )
    edit(lambda store: [
        store["actions"].pop(key)
        for key, row in list(store["actions"].items()) if row.get("exempt_paragraph")
    ])  # fmt: skip
    assert made() == with_it
    assert MARK not in "".join([*with_it[0], *map(everything, with_it[1])])


@pytest.mark.parametrize("name", FORMATS)
def test_figures_with_exempt_records_are_marked(run, asked, tmp_path, name):
    run("update", "5", "--exempt", "3")
    path = tmp_path / f"private{FORMATS[name].endings[0]}"
    told = run("statistics", *YEAR, "--include-exempt", "-o", str(path)).stderr
    assert "Not for publication. 2 actions are exempt under Schedule 12A" in told
    text = " ".join(everything(path.read_bytes()).split())
    assert "Not for publication: paragraph 3" in text
    assert "That fares be free." in text
    assert figures(run, *YEAR, "--include-exempt")["figures"]["all"] == 5
    run("update", "5", "--exempt", "")
    told = run("statistics", *YEAR, "--include-exempt").stderr
    assert "Not for publication. 1 action is exempt" in told


def test_conflicts_are_settled_before_a_document_is_made(run, asked, edit, tmp_path):
    def conflict(store):
        row = next(row for row in store["actions"].values() if row["ref"] == "CPC-2223-001")
        row["_conflicts"] = [
            {"field": "status", "base": "open", "ours": "ongoing", "theirs": "deferred"}
        ]

    edit(conflict)
    path = tmp_path / "figures.md"
    run("statistics", *YEAR, "-o", str(path), exit_code=1)
    assert not path.exists()
    assert run("statistics", *YEAR).stdout


@pytest.fixture
def council(run, tmp_path):
    """Give a folder of two stores, whose years begin on other days."""
    folder = tmp_path / "council"
    folder.mkdir()
    for name, prefix, starts in (("Licensing", "LIC", "05-15"), ("Audit", "AUD", "05-01")):
        path = ("--store", str(folder / f"{name}.json"))
        run(*path, "init", "--committee", name, "--prefix", prefix, "--year-starts", starts)
        run(*path, "add", *FORMAL, "--item", "1", "--action", "Ask.", "--owner", "Clerk")
    return ("--store", str(folder))


def test_several_committees_together(run, council):
    told = json.loads(run(*council, "statistics", *YEAR, "--by", "committee", "--json").stdout)
    assert told["committees"] == ["Audit", "Licensing"]
    assert told["period"] == {
        "since": "2022-05-01", "until": "2023-05-14", "municipal_year": "2022/23",
    }  # fmt: skip
    assert told["figures"]["all"] == 2
    assert [(each["name"], each["all"]) for each in told["groups"]] == [
        ("Audit", 1),
        ("Licensing", 1),
    ]
    shown = run(*council, "statistics", *YEAR, "--by", "meeting", "--format", "markdown").stdout
    assert "Committee: Audit; Licensing" in shown
    assert "| 15 March 2023, formal, Audit | 1 |" in shown


def test_many_committees_are_counted_and_not_named(run, council, tmp_path):
    for name in ("Scrutiny", "Planning"):
        path = str(tmp_path / "council" / f"{name}.json")
        run("--store", path, "init", "--committee", name, "--prefix", name[:3].upper())
    shown = run(*council, "statistics", *YEAR).stdout
    assert shown.startswith("4 committees\n")
