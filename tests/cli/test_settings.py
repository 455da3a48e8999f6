"""What a committee chose is shown, set, merged and taken back."""

import json

import pytest

AS_IS_USUAL = """\
Committee                 Corporate Parenting Committee
Municipal year starts on  15 May (as is usual)
Autumn term ends on       31 December (as is usual)
Spring term ends on       31 March (as is usual)
Summer term ends on       31 July (as is usual)
Owners reminded after     7 days (as is usual)
Chair told after          14 days (as is usual)
Messages end with         your own name (as is usual)
Corrections go to         nobody: none is printed (as is usual)
References begin with     CPC (stays, since references are printed)
"""


def row(document):
    return document()["settings"]["store"]


def test_shows_what_is_usual(run, new_store):
    before = new_store.read_bytes()
    assert run("settings").stdout == AS_IS_USUAL
    assert json.loads(run("settings", "--json").stdout) == [
        {
            "committee": "Corporate Parenting Committee", "year_starts": "05-15",
            "autumn_ends": "12-31", "spring_ends": "03-31", "summer_ends": "07-31",
            "remind_after": "7", "escalate_after": "14", "clerk": "", "contact": "",
            "prefix": "CPC",
            "usual": ["year_starts", "autumn_ends", "spring_ends", "summer_ends",
                      "remind_after", "escalate_after", "clerk", "contact"],
        }
    ]  # fmt: skip
    assert new_store.read_bytes() == before


def test_sets_several_and_undo_takes_them_back(run, new_store, document):
    before = new_store.read_bytes()
    done = run("settings", "--year-starts", "20 May", "--spring-ends", "04-05",
               "--committee", "Corporate  Parenting Board")  # fmt: skip
    assert done.stderr == (
        "Committee Corporate Parenting Board.\n"
        "Municipal year starts on 20 May.\nSpring term ends on 5 April.\n"
    )
    assert row(document) == {
        "committee": "Corporate Parenting Board", "prefix": "CPC", "schema": 2,
        "spring_ends": "04-05", "year_starts": "05-20",
    }  # fmt: skip
    assert "Spring term ends on       5 April\n" in run("settings").stdout
    run("undo", "--yes")
    assert new_store.read_bytes() == before


def test_when_owners_are_reminded_and_who_asks(run, new_store, document):
    done = run("settings", "--remind-after", "3 days", "--escalate-after", "1",
               "--clerk", " Jo Bell ;; Clerk\x1b[1m\nto all ", exit_code=2)  # fmt: skip
    assert "these are 3 and 1" in done.stderr
    done = run("settings", "--remind-after", "3 days", "--escalate-after", "10",
               "--clerk", " Jo Bell ;; Clerk\nto  all ")  # fmt: skip
    assert done.stderr == (
        "Owners reminded after 3 days.\nChair told after 10 days.\n"
        "Messages end with Jo Bell; Clerk; to all.\n"
    )
    kept = {name: row(document)[name] for name in ("remind_after", "escalate_after", "clerk")}
    assert kept == {"remind_after": "3", "escalate_after": "10", "clerk": "Jo Bell\nClerk\nto all"}
    done = run("settings", "--clerk", "", "--remind-after", "")
    assert "Messages end with your own name (as is usual).\n" in done.stderr
    assert not {"clerk", "remind_after"} & row(document).keys()


@pytest.mark.parametrize("days", [7, "soon", "-1", "1000", "²", None])
def test_days_that_are_none_are_named(run, new_store, edit, days):
    edit(lambda held: held["settings"]["store"].update(remind_after=days))
    refused = run("list", exit_code=1).stderr
    assert "settings: the field “remind_after” must hold" in refused


def test_an_empty_value_takes_one_back(run, new_store, document):
    run("settings", "--summer-ends", "07-22")
    done = run("settings", "--summer-ends", "", "--json")
    assert done.stderr == "Summer term ends on 31 July (as is usual).\n"
    assert json.loads(done.stdout)[0]["summer_ends"] == "07-31"
    assert "summer_ends" not in row(document)
    assert (
        run("settings", "--summer-ends", "").stderr == "That is set already; nothing was changed.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--spring-ends", "02-30"), "“02-30” is not a day of the year; write it like 05-15."),
        (("--spring-ends", "Easter"), "“Easter” is not a day of the year; write it like 05-15."),
        (("--year-starts", "a\nb"), "“a b” is not a day of the year; write it like 05-15."),
        (("--committee", " "), "a store belongs to a committee; give its name."),
        (
            ("--spring-ends", "12-24"),
            "these would end on 24 December, 31 July and 31 December.",
        ),
        (("--prefix", "LIC"), "No such option --prefix."),
        (("--remind-after", "0"), "“0” is no number of days from 1 to 365."),
        (("--remind-after", "a week"), "“a week” is no number of days from 1 to 365."),
        (("--escalate-after", "-3 days"), "“-3 days” is no number of days from 1 to 365."),
        (("--escalate-after", "9" * 5000), "is no number of days from 1 to 365."),
        (("--escalate-after", "0010" * 9), "is no number of days from 1 to 365."),
        (("--escalate-after", "²"), "“²” is no number of days from 1 to 365."),
        (("--remind-after", "14"), "fewer days than --escalate-after; these are 14 and 14."),
        (("--escalate-after", "1 day"), "fewer days than --escalate-after; these are 7 and 1."),
    ],
)
def test_what_it_refuses(run, new_store, arguments, why):
    before = new_store.read_bytes()
    assert why in run("settings", *arguments, exit_code=2).stderr
    assert new_store.read_bytes() == before


SOON = ("--meeting", "2023-05-17", "--type", "formal", "--item", "1. Chair", "--action", "Elect.")
MOVED = "This puts 1 meeting into another municipal year; references never change.\n"


def test_a_new_start_of_the_year_says_what_it_moves(run, new_store):
    run("add", *SOON)
    run("add", "--meeting", "2023-05-16", *SOON[2:], "--year", "2022/23")  # it says so itself
    done = run("settings", "--year-starts", "05-20")
    assert done.stderr == f"{MOVED}Municipal year starts on 20 May.\n"
    record = json.loads(run("show", "CPC-2324-001", "--json").stdout)
    assert record["municipal_year"] == "2022/23"
    assert "another" not in run("settings", "--spring-ends", "04-05").stderr


def test_at_a_terminal_it_asks_first(run, new_store, at_a_terminal):
    run("--no-input", "add", *SOON)
    before = new_store.read_bytes()
    done = run("settings", "--year-starts", "05-20", input="n\n")
    assert MOVED in done.stderr
    assert "Save it?" in done.output
    assert new_store.read_bytes() == before
    assert "starts on 20 May." in run("settings", "--year-starts", "05-20", input="y\n").stderr


def test_damaged_terms_are_shown_and_can_be_put_right(run, new_store, edit):
    def damage(held):
        held["settings"]["store"] |= {"spring_ends": "\x1b[31mEaster", "year_starts": "05-32"}

    edit(damage)
    assert "\x1b" not in run("settings").stdout
    assert "unusable-term-end" in run("check", "--json", exit_code=1).stdout
    run("settings", "--committee", "Corporate Parenting Board")  # the rest does not wait for it
    run("settings", "--spring-ends", "", "--year-starts", "")
    assert run("check").stdout == ""


def test_shows_those_of_every_store(run, new_store, tmp_path):
    folder = tmp_path / "council"
    folder.mkdir()
    for name in ("Licensing Committee", "Audit Committee"):
        run("--store", str(folder / f"{name[:5]}.json"), "init", "--committee", name)
    shown = json.loads(run("--store", str(folder), "settings", "--json").stdout)
    assert [each["committee"] for each in shown] == ["Audit Committee", "Licensing Committee"]
    refused = run("--store", str(folder), "settings", "--spring-ends", "04-05", exit_code=2)
    assert "Which committee? Name one with --store" in refused.stderr


def test_terms_decide_what_is_overdue(run, new_store, monkeypatch):
    run("add", "--meeting", "2023-03-15", *SOON[2:], "--due", "Spring term")
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-04-03")
    assert "CPC-2223-001" in run("list", "--overdue").stdout
    run("settings", "--spring-ends", "04-05")
    assert "CPC-2223-001" not in run("list", "--overdue").stdout
    assert json.loads(run("show", "1", "--json").stdout)["due_by"] == "2023-04-05"


def test_list_check_and_documents_go_by_one_calendar(run, new_store, monkeypatch):
    run("settings", "--year-starts", "05-20", "--spring-ends", "05-16")
    for due in ("end of the municipal year", "Spring term"):
        run("add", "--meeting", "2023-03-15", *SOON[2:], "--due", due)
    for today, late in (("2023-05-16", 0), ("2023-05-17", 1), ("2023-05-20", 2)):
        monkeypatch.setenv("CPCTRACK_TODAY", today)
        assert len(json.loads(run("list", "--overdue", "--json").stdout)) == late
        assert run("appendix").stdout.count("Overdue: due by") == late
        found = json.loads(run("check", "--json", exit_code=1).stdout)
        assert sum(each["name"] == "overdue-without-response" for each in found) == late


CONTACT = "Democratic Services, democratic.services@marlowe.example"
CORRECTIONS = f"Corrections: {CONTACT}"


@pytest.fixture
def with_contact(run, new_store):
    run("add", "--meeting", "2023-03-15", *SOON[2:])
    assert run("settings", "--contact", f" {CONTACT}\n\x1b").stderr == (
        f"Corrections go to {CONTACT}.\n"
    )


@pytest.mark.parametrize(
    "command",
    [
        ("appendix", "--year", "2022/23"),
        ("appendix", "--view", "progress"),
        ("statistics", "--year", "2022/23"),
    ],
)
@pytest.mark.parametrize("form", ["markdown", "html", "docx", "xlsx", "pdf", "csv"])
def test_documents_name_whom_to_tell_of_a_mistake(
    run, with_contact, document, tmp_path, command, form
):
    ending = {"markdown": "md"}.get(form, form)

    def text(name):
        path = tmp_path / f"{name}.{ending}"
        run(*command, "-o", str(path))
        return words_of(path)

    said = text("with")
    assert said.count(CORRECTIONS) == (0 if form == "csv" else 1)
    if form not in ("xlsx", "csv"):
        after = said.partition(CORRECTIONS)[2]
        assert "Elect" not in after  # it stands at the foot
    run("settings", "--contact", "")
    assert document()["settings"]["store"].get("contact") is None
    assert "Corrections" not in text("without")


def words_of(path):
    if path.suffix == ".docx":
        import docx

        body = docx.Document(str(path)).element.body
        return "\n".join("".join(part.text or "" for part in each.iter("{*}t")) for each in body)
    if path.suffix == ".xlsx":
        import openpyxl

        (sheet, *_) = openpyxl.load_workbook(path)
        return "\n".join(str(cell) for row in sheet.values for cell in row)
    if path.suffix == ".pdf":
        import pypdf

        return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return path.read_text("utf-8").replace("\\", "")


def test_markup_in_a_contact_stays_text(run, with_contact):
    run("settings", "--contact", "<script>alert(1)</script> | *x*")
    assert (
        "<p>Corrections: &lt;script&gt;alert(1)&lt;/script&gt; | *x*</p>"
        in run("appendix", "--format", "html").stdout
    )
    assert run("appendix").stdout.endswith(
        "\nCorrections: \\<script\\>alert(1)\\</script\\> \\| \\*x\\*\n"
    )


def test_each_page_of_the_site_names_the_contact_of_its_committee(run, with_contact, new_store):
    folder = new_store.parent / "both"
    folder.mkdir()
    new_store.rename(folder / "one.json")
    other, both = str(folder / "two.json"), ("--store", str(folder))
    run("--store", other, "init", "--committee", "Licensing", "--prefix", "LIC")
    run("--store", other, "add", *SOON)
    run(*both, "site", "-o", str(folder / "site"))
    feet = corrections_of(folder / "site")
    assert feet.pop("committees/LIC.html") == feet.pop("actions/LIC-2324-001.html") == ""
    assert set(feet.values()) == {CORRECTIONS}
    run("--store", other, "settings", "--contact", "Licensing Team")
    run(*both, "site", "-o", str(folder / "site"), "--force")
    feet = corrections_of(folder / "site")
    assert feet["actions/LIC-2324-001.html"] == "Corrections: Licensing Team"
    assert feet["actions/CPC-2223-001.html"] == CORRECTIONS
    assert feet["index.html"] == f"{CORRECTIONS}; Licensing Team"
    report = run(*both, "appendix", "--view", "progress").stdout
    assert report.endswith(f"\n{CORRECTIONS}; Licensing Team\n")


def corrections_of(site):
    return {
        page.relative_to(site).as_posix(): "".join(
            line.removeprefix("<p>").removesuffix("</p>")
            for line in page.read_text("utf-8").splitlines()
            if "Corrections: " in line
        )
        for page in site.rglob("*.html")
    }
