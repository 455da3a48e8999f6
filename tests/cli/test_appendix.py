"""``cpctrack appendix`` as a user meets it."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

HEADER = "| Meeting Type | Meeting Date | Item | Recommendation | Actions | Referred to |"
LEFT_OUT = "1 exempt row is left out; --include-exempt shows it, not for publication.\n"
SUMMARY = "3 rows of 2 meetings: 2 not finished (1 overdue), 1 finished or for information."


@pytest.fixture
def two_years(run, some_records) -> Path:
    run(
        "add", "--meeting", "2023-06-14", "--type", "informal", "--item", "Item 2",
        "--action", "Plan the summer.",
    )  # fmt: skip
    return some_records


def test_markdown_goes_to_standard_output(run, some_records):
    result = run("appendix")
    assert HEADER in result.stdout
    assert SUMMARY in result.stdout
    assert "Settle the lease" not in result.stdout
    assert result.stderr == LEFT_OUT


def test_output_is_utf8_with_plain_line_ends(run, some_records):
    result = run("appendix")
    assert "José, Youth Worker".encode() in result.stdout_bytes
    assert b"\r" not in result.stdout_bytes


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a b.html", b"<!DOCTYPE html>"),
        ("a.HTM", b"<!DOCTYPE html>"),
        ("a.md", b"# Appendix 4"),
        ("a.csv", b"\xef\xbb\xbfMeeting Type,"),
    ],
)
def test_format_follows_the_ending_and_the_place_is_said(run, some_records, tmp_path, name, begins):
    output = tmp_path / name
    result = run("appendix", "-o", str(output))
    assert output.read_bytes().startswith(begins)
    assert result.stdout == ""
    assert result.stderr == f"Wrote {output}: {SUMMARY}\n{LEFT_OUT}"


def test_quiet_still_tells_of_what_is_left_out(run, some_records, tmp_path):
    result = run("--quiet", "appendix", "-o", str(tmp_path / "a.md"))
    assert result.stderr == LEFT_OUT


def test_named_format_goes_before_the_ending(run, some_records, tmp_path):
    output = tmp_path / "table.txt"
    run("appendix", "--format", "csv", "-o", str(output))
    rows = list(csv.reader(io.StringIO(output.read_text(encoding="utf-8-sig"))))
    assert [row[2] for row in rows] == ["Item", "4. Update", "Item 5. Fostering", "Item 10 Health"]


def test_unknown_ending_is_wrong_usage(run, some_records, tmp_path):
    result = run("appendix", "-o", str(tmp_path / "a.doc"), exit_code=2)
    assert (
        "names no format; end it with one of .md, .markdown, .html, .htm, .docx, .pdf, .csv"
        in result.stderr
    )
    assert not (tmp_path / "a.doc").exists()


def test_existing_file_is_kept_without_force(run, some_records, tmp_path):
    output = tmp_path / "a.md"
    output.write_bytes(b"mine")
    result = run("appendix", "-o", str(output), exit_code=1)
    assert result.stderr == (
        f"Error: {output} already exists; name another file, or add --force.\n"
    )
    assert output.read_bytes() == b"mine"
    run("appendix", "-o", str(output), "--force")
    assert output.read_bytes().startswith(b"# Appendix 4")


@pytest.mark.parametrize("link", [False, True])
def test_store_is_never_written_over(run, some_records, tmp_path, link):
    before = some_records.read_bytes()
    output = some_records
    if link:
        output = tmp_path / "link.csv"
        os.link(some_records, output)
    result = run("appendix", "--format", "csv", "-o", str(output), "--force", exit_code=2)
    assert result.stderr == (f"Error: {output} is what this is made from; name another file.\n")
    assert some_records.read_bytes() == before


def test_template_is_never_written_over(run, some_records, tmp_path):
    template = tmp_path / "own.md"
    template.write_text("x", encoding="utf-8")
    run("appendix", "--template", str(template), "-o", str(template), "--force", exit_code=2)
    assert template.read_text(encoding="utf-8") == "x"


def test_folder_is_no_file(run, some_records, tmp_path):
    folder = tmp_path / "pack.md"
    folder.mkdir()
    result = run("appendix", "-o", str(folder), "--force", exit_code=2)
    assert result.stderr == f"Error: {folder} is a folder, where a file should go; name another.\n"


def test_missing_folder_is_said(run, some_records, tmp_path):
    output = tmp_path / "none" / "a.md"
    result = run("appendix", "-o", str(output), exit_code=1)
    assert result.stderr.startswith(f"Error: {output} can't be written (")
    assert not output.parent.exists()


def test_year_is_that_of_the_latest_meeting_unless_another_is_wanted(run, two_years):
    assert "- Municipal year: 2023/24\n" in run("appendix").stdout
    assert "- Municipal year: 2022/23\n" in run("appendix", "--year", "22-23").stdout


def test_unknown_year_names_those_there_are(run, two_years):
    result = run("appendix", "--year", "2019/20", exit_code=1)
    assert result.stderr == (
        "Error: The store has no meeting in 2019/20; it has 2023/24, 2022/23.\n"
    )


def test_pack_reports_the_year_of_the_meeting_before_it(run, two_years):
    result = run("appendix", "--meeting", "15 March 2023")
    assert "For the formal meeting of 15 March 2023" in result.stdout
    assert "- Municipal year: 2022/23\n" in result.stdout
    result = run("appendix", "--meeting", "19/7/2023")
    assert "For the formal meeting of 19 July 2023" in result.stdout
    assert "- Municipal year: 2023/24\n" in result.stdout


def test_pack_is_not_for_an_informal_meeting(run, two_years):
    result = run("appendix", "--meeting", "2023-01-18", exit_code=1)
    assert result.stderr.startswith("Error: There was no formal meeting on 18 January 2023")


def test_exempt_rows_come_with_a_warning(run, some_records):
    result = run("--quiet", "appendix", "--include-exempt")
    warning = (
        "Not for publication. 1 row is exempt under Schedule 12A of the Local Government Act 1972 "
        "(paragraph 3)."
    )
    assert result.stderr == warning + "\n"
    assert "Settle the lease." in result.stdout
    assert f"**{warning}**" in result.stdout
    assert "Settle the lease.<br>**Not for publication: paragraph 3**" in result.stdout


def test_several_exempt_rows_are_counted(run, some_records):
    run("update", "1", "--exempt", "1")
    assert run("appendix").stderr.startswith("2 exempt rows are left out; ")


def test_empty_store_gives_a_sentence(run, new_store):
    result = run("appendix")
    assert "No actions or recommendations were made in 2023/24." in result.stdout
    assert result.stderr == ""


def test_own_template_is_used_and_its_mistakes_are_named(run, some_records, tmp_path):
    template = tmp_path / "late.md.j2"
    template.write_text("{{ appendix.overdue }} late\n", encoding="utf-8")
    assert run("appendix", "--template", str(template)).stdout == "1 late\n"
    template.write_text("\n{{ appendix.late }}", encoding="utf-8")
    result = run("appendix", "--template", str(template), exit_code=1)
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: The template {template}, line 2: ")


def test_wrong_template_leaves_the_old_document_alone(run, some_records, tmp_path):
    output = tmp_path / "a.md"
    output.write_bytes(b"old")
    run("appendix", "--template", "none", "-o", str(output), "--force", exit_code=1)
    assert output.read_bytes() == b"old"


def test_completed_since_the_print_is_printed_as_completed(run, new_store):
    run(
        "add", "--meeting", "2023-03-15", "--type", "formal", "--item", "Item 1", "--action", "x",
        "--follow-up", "Ongoing", "--status", "ongoing",
    )  # fmt: skip
    assert "| Ongoing |" in run("appendix").stdout
    run("update", "1", "--status", "completed", "--completed-on", "2023-06-01")
    assert "| *Completed 1 June 2023* |" in run("appendix").stdout


def test_same_store_and_day_give_the_same_bytes(run, some_records, tmp_path):
    for name in ("a.html", "b.html"):
        run("appendix", "-o", str(tmp_path / name))
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_real_table_is_printed_to_the_letter(run, new_store, shared_data):
    source = shared_data / "appendix4-2022-23.tsv"
    rows = list(csv.reader(io.StringIO(source.read_text(encoding="utf-8")), delimiter="\t"))
    printed = [row for row in rows if any(row) and row[0] != "Meeting Type"]
    run("import", str(source), "--yes")
    content = run("appendix", "--format", "csv").stdout_bytes.decode("utf-8-sig")
    made = list(csv.reader(io.StringIO(content)))[1:]
    assert [row[2:7] for row in made] == [row[2:7] for row in printed]
    assert [new[7] for new, old in zip(made, printed, strict=True) if old[7]] == [
        row[7] for row in printed if row[7]
    ]
    assert len(made) == 62


@pytest.mark.parametrize("written", [None, 3, True, ["3"], {"a": 1}, False])
def test_a_record_whose_flag_can_not_be_read_is_exempt(run, some_records, written):
    document = json.loads(some_records.read_text("utf-8"))
    row = next(row for row in document["actions"].values() if row["ref"] == "CPC-2223-001")
    row["exempt_paragraph"] = written
    some_records.write_text(json.dumps(document), "utf-8")
    result = run("appendix")
    assert "briefing note" not in result.stdout
    assert result.stderr.startswith("2 exempt rows are left out; ")
    shown = run("appendix", "--include-exempt").stdout
    assert "**Not for publication: paragraph not stated**" in shown
    run("update", "1", "--response", "Sent.")
    after = json.loads(some_records.read_text("utf-8"))["actions"]
    assert [row["exempt_paragraph"] for row in after.values() if row["ref"] == "CPC-2223-001"] == [
        written
    ]
    run("update", "1", "--exempt", "3")
    assert json.loads(run("show", "1", "--json").stdout)["exempt_paragraph"] == "3"


@pytest.mark.parametrize(
    ("name", "value"), [("exempt", True), ("Exempt_para", "x"), ("is_exempt", 0)]
)
def test_a_flag_that_another_version_wrote_is_heeded(run, some_records, name, value):
    document = json.loads(some_records.read_text("utf-8"))
    row = next(row for row in document["actions"].values() if row["ref"] == "CPC-2223-001")
    row[name] = value
    some_records.write_text(json.dumps(document), "utf-8")
    assert "briefing note" not in run("appendix").stdout
    row[name] = False
    some_records.write_text(json.dumps(document), "utf-8")
    assert "briefing note" in run("appendix").stdout


@pytest.fixture
def private_store(run, tmp_path):
    """Give a second store of the committee; its record does not say that it is exempt."""
    path = tmp_path / "private.json"
    run("--store", str(path), "init", "--committee", "Corporate Parenting Committee")
    run(
        "--store", str(path), "add", "--meeting", "2023-03-15", "--type", "formal",
        "--item", "Item 13. Part 2", "--action", "Review the placement.",
    )  # fmt: skip
    return path


def test_a_private_store_is_printed_together_and_marked(run, some_records, private_store):
    result = run("appendix", "--with", str(private_store), "--include-exempt")
    assert "Review the placement." in result.stdout
    assert "**Not for publication: held in a private store**" in result.stdout
    assert "2 rows are exempt" in result.stderr


def test_a_private_store_alone_gives_nothing_to_the_public(run, some_records, private_store):
    refused = run("appendix", "--with", str(private_store), exit_code=2)
    assert "nothing in it is for the public; add --include-exempt" in refused.stderr
    assert refused.stdout == ""


def test_a_private_store_of_another_committee_is_a_slip(run, some_records, tmp_path):
    other = tmp_path / "other.json"
    run("--store", str(other), "init", "--committee", "Licensing")
    refused = run("appendix", "--with", str(other), "--include-exempt", exit_code=1)
    assert (
        "is of another committee (Licensing, not Corporate Parenting Committee)" in refused.stderr
    )


def test_a_private_store_is_never_written_over(run, some_records, private_store):
    before = private_store.read_bytes()
    refused = run(
        "appendix", "--with", str(private_store), "--include-exempt", "--format", "html",
        "-o", str(private_store), "--force", exit_code=2,
    )  # fmt: skip
    assert "is what this is made from" in refused.stderr
    assert private_store.read_bytes() == before


@pytest.mark.parametrize("format_name", ["docx", "pdf", "xlsx"])
def test_a_document_that_is_no_text_needs_a_file(run, some_records, format_name):
    refused = run("appendix", "--format", format_name, exit_code=2)
    assert f"A {format_name} document goes into a file; name it with -o FILE." in refused.stderr


def test_progress_is_of_every_year(run, some_records):
    refused = run("appendix", "--view", "progress", "--year", "2022/23", exit_code=2)
    assert "The progress report is of every year" in refused.stderr


@pytest.mark.parametrize("view", ["full", "progress"])
def test_a_pack_ends_at_its_meeting(run, some_records, view):
    for day, action in (("2023-05-10", "At it."), ("2023-05-11", "A day later.")):
        run("add", "--meeting", day, "--type", "formal", "--item", "1", "--action", action,
            "--year", "2022/23")  # fmt: skip
    run("add", "--meeting", "2023-05-11", "--type", "informal", "--item", "1", "--year", "2022/23",
        "--action", "In private, later.", "--exempt", "3")  # fmt: skip
    done = run("appendix", "--meeting", "10/5/2023", "--view", view)
    assert "Provide a briefing note." in done.stdout
    assert ("At it." in done.stdout) is (view == "full")
    assert "A day later." not in done.stdout
    assert "later" not in done.stdout
    if view == "full":
        assert done.stderr == LEFT_OUT  # of what is exempt, too, what came later is not counted
    assert "A day later." in run("appendix", "--year", "2022/23").stdout


def test_nothing_up_to_a_meeting_is_said_so(run, two_years):
    run("add", "--meeting", "2023-06-21", "--type", "formal", "--item", "1", "--action", "x")
    done = run("appendix", "--meeting", "2023-03-15", "--year", "2023/24")
    assert (
        "No actions or recommendations were made in 2023/24 up to 15 March 2023. Carried over from "
        "earlier years: 2 rows (1 overdue).\n"
    ) in done.stdout


def test_what_is_open_of_earlier_years_is_not_dropped_in_silence(run, two_years):
    told = (
        "Not in this table: 2 unfinished actions of earlier years (2 of 2022/23). See them with "
        "“cpctrack list --open --year 2022/23”, or print that year's table with “cpctrack appendix "
        "--year 2022/23”.\n"
    )
    assert run("appendix", "--no-carried").stderr == told
    run("add", "--meeting", "2021-06-16", "--type", "formal", "--item", "1", "--action", "Old.")
    assert run("appendix", "--no-carried").stderr == told.replace(
        "2 unfinished", "3 unfinished"
    ).replace("(2 of", "(1 of 2021/22, 2 of")
    assert "1 unfinished action of earlier years (1 of 2021/22)" in (
        run("appendix", "--no-carried", "--year", "2022/23").stderr
    )
    assert run("appendix", "--no-carried", "--year", "2021/22").stderr == ""
    assert run("appendix", "--view", "progress").stderr == LEFT_OUT
    # Exempt ones count where they would be printed.
    assert "3 unfinished actions of earlier years (1 of 2021/22, 2" in (
        run("appendix", "--no-carried").stderr
    )
    assert "4 unfinished actions of earlier years (1 of 2021/22, 3" in (
        run("appendix", "--no-carried", "--include-exempt").stderr
    )
    assert run("appendix").stderr == LEFT_OUT  # one that is exempt would be carried over
    refused = run("appendix", "--view", "progress", "--no-carried", exit_code=2).stderr
    assert "leave --no-carried out" in refused


@pytest.fixture
def audit(store_path) -> None:
    """Teach a layout."""
    (store_path.parent / "layouts").mkdir()
    (store_path.parent / "layouts" / "audit.toml").write_text(
        '[columns]\n"Decision" = "action"\n"Lead" = "owner"\n"RAG" = "rag"\n', encoding="utf-8"
    )


def test_a_layout_gives_the_columns_and_the_rest_is_as_ever(run, some_records, audit):
    done = run("appendix", "--layout", "Audit", "--format", "csv", "--year", "2022/23")
    assert list(csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff")))) == [
        ["Decision", "Lead", "RAG"],
        ["Arrange a visit.", "Participation Lead; José, Youth Worker", "Green"],
        ["Provide a briefing note.", "Head of Fostering", "Red"],
        ["That dentists be asked.", "", "Blue"],
    ]
    assert done.stderr == LEFT_OUT
    with_exempt = run("appendix", "--layout", "audit", "--include-exempt").stdout
    assert "| Settle the lease.<br>**Not for publication: paragraph 3** |" in with_exempt


@pytest.mark.parametrize(
    ("options", "exit_code", "message"),
    [
        (("--layout", "audti"), 1,
         "There is no layout “audti”. Did you mean audit? There are: audit.\n"),
        (("--layout", "audit", "--view", "progress"), 2,
         "The progress report has columns of its own; leave --view progress or --layout out.\n"),
        (("--layout", "audit", "--template", "appendix"), 2,
         "The template appendix.md.j2 is for --view full, not --layout.\n"),
        (("--template", "layout"), 2,
         "The template layout.md.j2 is for --layout, not --view full.\n"),
    ],
)  # fmt: skip
def test_what_a_layout_does_not_go_with_is_refused(
    run, some_records, audit, options, exit_code, message
):
    done = run("appendix", *options, exit_code=exit_code)
    assert (done.stdout, done.stderr.removeprefix("Error: ")) == ("", message)


def test_a_wrong_rule_of_a_layout_is_named(run, some_records, audit, store_path):
    path = store_path.parent / "layouts" / "audit.toml"
    path.write_text(path.read_text("utf-8") + '[rag]\n"Red" = "late"\n', encoding="utf-8")
    done = run("appendix", "--layout", "audit", exit_code=1)
    assert "Layout audit: what makes an action Red can't be “late”; it is one" in done.stderr
