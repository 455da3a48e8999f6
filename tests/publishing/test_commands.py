"""``publish``, ``published`` and ``compare`` as a clerk types them."""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from cpctrack.render.templates import environment
from cpctrack.store import files, packs

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
PAGE = "appendix4-2023-07-19.html"
TEXTS = ("html", "markdown", "csv")
NEXT = ("--meeting", "2023-11-02")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def again(run, *arguments, day="2023-07-19"):
    return run("published", day, *arguments).stdout_bytes


# --- publishing


def test_the_page_is_written_and_everything_frozen(publish, folder, document):
    said = publish()
    assert said.stdout == f"{folder / PAGE}\n"
    assert "Published the pack of 19 July 2023: 3 rows of 1 meeting: 2 not fin" in said.stderr
    assert names(folder) == [PAGE]
    ((row_id, row),) = document()["publications"].items()
    assert row_id.startswith("2023-07-19-")
    assert (row["meeting"], row["view"], row["year"]) == ("2023-07-19", "full", "2022/23")
    assert (row["at"], row["by"], row["number"]) == ("2023-07-01T00:00:00Z", "clerk", 1)
    assert set(row["documents"]) == set(TEXTS)
    assert [each["ref"][-3:] for each in row["rows"]] == ["001", "002", "003"]
    css = environment.templates_folder() / "appendix.css"
    assert row["templates"]["appendix.css"] == sha256(css.read_bytes()).hexdigest()


def test_it_prints_what_appendix_prints(publish, run, folder, tmp_path):
    publish("--format", "html", "--format", "markdown", "--format", "csv", "--format", "html")
    assert len(names(folder)) == 3
    for name in names(folder):
        other = tmp_path / name
        run("appendix", "--meeting", "19/7/2023", "--year", "2022/23", "-o", str(other))
        assert other.read_bytes() == (folder / name).read_bytes()


def test_the_progress_report(publish, folder):
    publish("--view", "progress", "--format", "markdown")
    assert names(folder) == ["progress-2023-07-19.md"]


def test_both_views_are_published_and_undone_at_once(run, stored, tmp_path, monkeypatch, document):
    monkeypatch.chdir(tmp_path)
    run("meeting", "2023-07-19", "--type", "formal")
    before = stored.read_bytes()
    said = run("publish", "--view", "both", "--no-carried", "--format", "html", "--format", "csv")
    assert "the pack of 19 July 2023 (full): " in said.stderr
    folder = Path("pack-2023-07-19")
    assert said.stdout.split() == [
        str(folder / f"{kind}-2023-07-19.{ending}")
        for kind in ("appendix4", "progress")
        for ending in ("html", "csv")
    ]
    assert {row["view"] for row in document()["publications"].values()} == {"full", "progress"}
    for kind, view in (("appendix4", "full"), ("progress", "progress")):
        page = (folder / f"{kind}-2023-07-19.html").read_bytes()
        assert again(run, "--view", view, "--format", "html") == page
    assert run("publish", "--view", "progress", exit_code=1).stderr.count("already (progress)") == 1
    run("publish", *NEXT, "--view", "full", "--year", "2022/23", "-o", "later")
    assert "One pack is" not in run("compare", "2023-07-19", "2023-11-02").stderr
    run("undo", "--yes")
    said = run("undo", "--yes")
    assert "19 July 2023 (full) leaves" in said.stdout
    assert "19 July 2023 (progress) leaves" in said.stdout
    assert stored.read_bytes() == before


def test_a_pack_of_both_views_is_written_whole_or_not_at_all(publish, stored, folder):
    folder.mkdir(parents=True)
    (folder / "progress-2023-07-19.html").write_bytes(b"mine")
    before = stored.read_bytes()
    publish("--view", "both", exit_code=1)
    assert (names(folder), stored.read_bytes()) == (["progress-2023-07-19.html"], before)


def test_a_year_for_the_whole_table(publish, document):
    publish("--year", "2022/23")
    publish("--year", "2021/22", "--again", exit_code=1)
    assert [row["year"] for row in document()["publications"].values()] == ["2022/23"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        (("--meeting", "2023-03-16", "-o", "x"), 1, "There was no formal meeting on 16 March 2023"),
        (("--meeting", "", "-o", "x"), 2, "Which meeting is the pack for?"),
        (("-o", "x"), 2, "--meeting"),
        (("--meeting", "2023-03-15", "-o", "x", "--include-exempt"), 2, "include-exempt"),
        (("--meeting", "2023-07-19", "--view", "progress", "--year", "22/23", "-o", "x"), 2,
         "Leave --year out"),
    ],
)  # fmt: skip
def test_what_is_refused(run, stored, tmp_path, monkeypatch, arguments, exit_code, message):
    monkeypatch.chdir(tmp_path)
    before = stored.read_bytes()
    assert message in run("publish", *arguments, exit_code=exit_code).stderr
    assert stored.read_bytes() == before
    assert not (tmp_path / "x").exists()


def test_an_informal_meeting_gets_no_pack(run, stored, folder):
    run("add", "--meeting", "2023-08-02", "--type", "informal", "--item", "1", "--action", "x")
    said = run("publish", "--meeting", "2023-08-02", "-o", str(folder), exit_code=1)
    assert "is informal and gets no pack" in said.stderr


def test_a_second_time_needs_again_and_keeps_both(publish, run, folder, document):
    publish()
    first = (folder / PAGE).read_bytes()
    run("update", "1", "--response", "Sent.")
    said = publish(exit_code=1).stderr
    assert "was published on 1 July 2023 already (full)" in said
    assert "“cpctrack published 2023-07-19 --view full -o FILE”" in said
    publish("--view", "progress")  # another view is another pack
    publish("--again", "--force")
    assert len(document()["publications"]) == 3
    assert again(run, "--format", "html", "--number", "1") == first
    assert again(run, "--format", "html") == (folder / PAGE).read_bytes() != first


def test_a_clock_put_back_does_not_reorder(publish, run, document, monkeypatch):
    publish()
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-06-01")
    publish("--again", "--force")
    assert {row["at"] for row in document()["publications"].values()} == {"2023-07-01T00:00:00Z"}
    listed = json.loads(run("published", "--json").stdout)
    assert [each["number"] for each in listed] == [1, 2]


def test_a_different_file_stays_unless_forced(publish, folder, stored):
    folder.mkdir(parents=True)
    (folder / PAGE).write_bytes(b"mine")
    before = stored.read_bytes()
    assert "already exists; name another file, or add --force" in publish(exit_code=1).stderr
    assert ((folder / PAGE).read_bytes(), stored.read_bytes()) == (b"mine", before)
    publish("--force")
    assert (folder / PAGE).read_bytes().startswith(b"<!DOCTYPE html>")


def test_the_same_file_is_no_obstacle(publish, run, folder):
    publish()
    run("undo", "--yes")
    publish()
    assert names(folder) == [PAGE]


def test_nothing_is_written_over_a_folder_or_the_store(publish, run, stored, folder):
    (folder / PAGE).mkdir(parents=True)
    assert "is a folder" in publish(exit_code=2).stderr
    (folder / PAGE).rmdir()
    (folder / PAGE).hardlink_to(stored)
    before = stored.read_bytes()
    assert "is what this is made from" in publish("--force", exit_code=2).stderr
    assert stored.read_bytes() == before


def test_a_folder_that_is_closed(publish, folder, stored, monkeypatch):
    def refuse(*_: object) -> None:  # as the system does, but to root
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "prepared", refuse)
    before = stored.read_bytes()
    assert "nothing was published" in publish(exit_code=1).stderr
    assert stored.read_bytes() == before


def test_a_file_where_the_folder_should_be(publish, folder, stored):
    folder.parent.mkdir()
    folder.write_bytes(b"")
    before = stored.read_bytes()
    assert "nothing was published" in publish(exit_code=1).stderr
    assert stored.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_in_the_place_of_a_document_is_not_read(publish, folder, stored):
    folder.mkdir(parents=True)
    os.mkfifo(folder / PAGE)
    before = stored.read_bytes()
    assert f"{PAGE} already exists" in publish(exit_code=1).stderr
    assert stored.read_bytes() == before


def test_a_file_that_cannot_be_read(publish, folder, stored, monkeypatch):
    folder.mkdir(parents=True)
    (folder / PAGE).write_bytes(b"")
    before = stored.read_bytes()
    read_bytes = Path.read_bytes

    def refuse(path):
        if path.name == PAGE:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    said = publish(exit_code=1).stderr
    assert f"{PAGE} already exists" in said
    monkeypatch.undo()
    assert stored.read_bytes() == before


def test_a_disk_that_fills_up_leaves_nothing(publish, folder, stored, monkeypatch):
    before = stored.read_bytes()
    written = []

    def fail(descriptor):
        written.append(descriptor)
        if len(written) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    said = publish("--format", "html", "--format", "csv", exit_code=1).stderr
    assert "can't be written to (no space left on device); nothing was published" in said
    assert stored.read_bytes() == before
    assert not folder.parent.exists()  # the folders it made are gone too


def test_a_store_that_cannot_be_written_leaves_no_documents(publish, folder, stored, monkeypatch):
    before = stored.read_bytes()

    def refuse(path, content, *, over=None):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cpctrack.store.storage.write_atomically", refuse)
    assert "nothing was changed" in publish(exit_code=1).stderr
    assert stored.read_bytes() == before
    assert not folder.exists()


def test_a_document_that_cannot_be_put_in_place_can_be_printed(publish, run, folder, monkeypatch):
    replace = files.system.replace

    def refuse(source, target):
        if target.name == PAGE:
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(files.system, "replace", refuse)
    said = publish("--format", "csv", "--format", "html", exit_code=1).stderr
    assert "The pack is published, but" in said
    assert "“cpctrack published 2023-07-19 -o FILE”" in said
    assert names(folder) == ["appendix4-2023-07-19.csv"]  # and nothing temporary
    assert again(run, "--format", "html").startswith(b"<!DOCTYPE html>")


def test_what_a_killed_process_left_is_removed(publish, folder):
    folder.mkdir(parents=True)
    (folder / f".{PAGE}.0123abcd.tmp").write_bytes(b"half")
    publish()
    assert names(folder) == [PAGE]


def test_nothing_is_published_while_conflicts_stand(publish, edit, stored, folder):
    clash = {"field": "response", "base": None, "ours": "a", "theirs": "b"}
    edit(lambda held: next(iter(held["actions"].values())).update(_conflicts=[clash]))
    before = stored.read_bytes()
    assert "nothing is printed before" in publish(exit_code=1).stderr
    assert stored.read_bytes() == before
    assert not folder.exists()


def test_two_records_with_one_reference_cannot_be_published(publish, edit, folder):
    edit(lambda held: [row.update(ref="CPC-2223-001") for row in held["actions"].values()])
    assert "Two actions have the reference CPC-2223-001" in publish(exit_code=1).stderr
    assert not folder.exists()


def test_a_template_of_the_users_own_is_used_and_named(publish, run, stored, folder, document):
    own = stored.parent / "templates"
    own.mkdir()
    (own / "appendix.md.j2").write_text("Ours: {{ appendix.committee }}\n", encoding="utf-8")
    publish("--format", "markdown")
    wanted = b"Ours: Corporate Parenting Committee\n"
    assert (folder / "appendix4-2023-07-19.md").read_bytes() == wanted
    (own / "appendix.md.j2").unlink()
    assert again(run) == wanted
    (row,) = document()["publications"].values()
    assert (
        row["templates"]["appendix.md.j2"]
        == sha256(b"Ours: {{ appendix.committee }}\n").hexdigest()
    )


def test_exempt_records_are_left_out(publish, run, folder, document):
    run("add", *FORMAL, "--item", "Item 9. Part 2", "--action", "SECRET lease.", "--exempt", "3")
    said = publish("--format", "html", "--format", "csv", "--format", "markdown")
    assert "1 exempt row left out" in said.stderr
    assert not any(b"SECRET" in path.read_bytes() for path in folder.iterdir())
    assert b"SECRET" not in again(run, "--format", "html")
    kept = packs.in_order(document())[0]
    assert "SECRET" not in json.dumps(packs.frozen(kept))
    assert len(kept.rows) == 3


def test_references_of_a_pack_are_never_used_again(publish, run, edit):
    publish()
    edit(lambda held: held["actions"].clear())
    assert run("add", *FORMAL, "--item", "1", "--action", "x").stdout == "CPC-2223-004\n"


def test_a_pack_makes_its_day_a_formal_meeting(publish, run):
    publish("--view", "progress")
    page = run("appendix", "--view", "progress", "--meeting", "2023-11-02").stdout
    assert "19 July 2023" in page


# --- listing and printing again


def test_the_same_bytes_after_everything_moved_on(publish, run, folder, stored):
    publish(*(word for name in TEXTS for word in ("--format", name)))
    run("update", "1", "2", "3", "--action", "Reworded.", "--status", "deferred")
    own = stored.parent / "templates"
    own.mkdir()
    for name in environment.files():
        (own / name).write_text("changed", encoding="utf-8")
    for name, ending in zip(TEXTS, (".html", ".md", ".csv"), strict=True):
        published = (folder / PAGE).with_suffix(ending).read_bytes()
        assert again(run, "--format", name) == published
        copy = folder.parent / f"again{ending}"
        run("published", "19/7/2023", "-o", str(copy))
        assert copy.read_bytes() == published


def test_into_a_file_that_exists_only_by_force(publish, run, folder):
    publish()
    said = run("published", "2023-07-19", "-o", str(folder / PAGE), exit_code=1).stderr
    assert "already exists" in said
    said = run("published", "2023-07-19", "-o", str(folder / PAGE), "--force").stderr
    assert "the pack of 19 July 2023, published on 1 July 2023." in said


def test_word_pdf_and_workbook_are_made_again_with_the_same_bytes(publish, run, folder):
    for module in ("docx", "openpyxl", "typst"):
        pytest.importorskip(module)
    publish("--format", "docx", "--format", "xlsx", "--format", "pdf")
    run("update", "1", "--action", "Reworded.")
    for name in ("docx", "xlsx", "pdf"):
        copy = folder / f"again.{name}"
        said = run("published", "2023-07-19", "-o", str(copy)).stderr
        assert "differ" not in said
        assert copy.read_bytes() == (folder / f"appendix4-2023-07-19.{name}").read_bytes()


def test_other_bytes_than_those_published_are_told(publish, run, folder, monkeypatch):
    pytest.importorskip("docx")
    publish("--format", "docx")
    monkeypatch.setattr("cpctrack.render.word.writing.render", lambda *_: b"of a later version")
    said = run("published", "2023-07-19", "-o", str(folder / "again.docx")).stderr
    assert "is not to the letter the docx document that" in said


def test_what_printing_again_refuses(publish, run):
    assert "None was yet" in run("published", "2023-07-19", exit_code=1).stderr
    publish()
    assert "The latest: 19 July 2023" in run("published", "2023-07-20", exit_code=1).stderr
    said = run("published", "2023-07-19", "--view", "progress", exit_code=1).stderr
    assert "no such publication; it has 1 (full)" in said
    run("published", "2023-07-19", "--number", "2", exit_code=1)
    assert (
        "goes into a file" in run("published", "2023-07-19", "--format", "pdf", exit_code=2).stderr
    )
    assert "Name the meeting" in run("published", "--format", "html", exit_code=2).stderr
    assert (
        "leave --json out"
        in run("published", "2023-07-19", "--json", "-o", "x", exit_code=2).stderr
    )


def test_listing(publish, run, document, monkeypatch):
    said = run("published")
    assert said.stdout == ""
    assert "Nothing was published yet" in said.stderr
    publish()
    publish("--view", "progress")
    header, *lines = run("published").stdout.splitlines()
    assert header.split("\t")[:4] == ["meeting", "number", "view", "year"]
    assert [line.split("\t")[:4] for line in lines] == [
        ["2023-07-19", "1", "full", "2022/23"],
        ["2023-07-19", "2", "progress", "2022/23"],
    ]
    monkeypatch.setattr("cpctrack.cli.commands.published.window", lambda: 80)
    wide = run("published")
    assert wide.stdout.splitlines()[1].split()[:4] == ["2023-07-19", "1", "full", "2022/23"]
    assert "2 publications." in wide.stderr


def test_listing_for_scripts(publish, run, folder):
    assert json.loads(run("published", "--json").stdout) == []
    publish()
    (one,) = json.loads(run("published", "2023-07-19", "--json").stdout)
    assert list(one) == ["meeting", "number", "view", "year", "at", "by", "rows", "version",
                         "refs", "templates", "documents"]  # fmt: skip
    page = (folder / PAGE).read_bytes()
    assert one["documents"]["html"] == {
        "length": len(page), "sha256": sha256(page).hexdigest()
    }  # fmt: skip
    assert (one["rows"], one["refs"][0]) == (3, "CPC-2223-001")
    assert json.loads(run("published", "2023-07-20", "--json").stdout) == []


def remove(held, ref):
    key = next(key for key, row in held["actions"].items() if row["ref"] == ref)
    del held["actions"][key]


def alter(held, ref, **fields):
    next(row for row in held["actions"].values() if row["ref"] == ref).update(fields)


@pytest.mark.parametrize(
    "close",
    [
        lambda held: alter(held, "CPC-2223-002", exempt_paragraph="3"),
        lambda held: alter(held, "CPC-2223-002", exempt_paragraph=["?"]),
        lambda held: alter(held, "CPC-2223-002", is_exempt="of another program"),
        lambda held: alter(held, "CPC-2223-002", status="no status"),
        lambda held: alter(held, "CPC-2223-002", meeting="no meeting"),
        lambda held: alter(
            held,
            "CPC-2223-002",
            _conflicts=[{"field": "exempt_paragraph", "base": None, "ours": "3", "theirs": None}],
        ),
        lambda held: remove(held, "CPC-2223-002"),
    ],
)
def test_what_is_exempt_by_now_is_not_printed_again(publish, run, folder, edit, close):
    publish()
    publish("--meeting", "2023-11-02")
    edit(close)
    said = run("published", "2023-07-19", "--format", "html", exit_code=1)
    assert said.stdout == ""
    assert "July 2023 printed CPC-2223-002, which must not be published any more" in said.stderr
    said = run("published", "2023-07-19", "--format", "html", "--include-exempt")
    assert said.stdout_bytes == (folder / PAGE).read_bytes()
    assert "Not for publication: CPC-2223-002" in said.stderr
    said = run("compare", "2023-07-19", "2023-11-02")
    assert "CPC-2223-002" not in said.stdout
    assert "1 action left out: exempt by now" in said.stderr


# --- damage


def the_row(held):
    return next(iter(held["publications"].values()))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda row: row.pop("meeting"), "its fields are not as docs/store.md describes"),
        (lambda row: row["documents"]["html"].update(content="eJw="), "the html document is"),
        (lambda row: row["frozen"].update(sha256="0" * 64), "what is kept to print it again"),
        (lambda row: row["rows"][0].update(action="Forged."), "not those that were printed"),
        (lambda row: row["rows"].pop(), "its rows are not those that were printed"),
    ],
)
def test_a_damaged_publication_is_found_and_not_printed(
    publish, run, edit, stored, damage, message
):
    publish()
    assert "unreadable-publication" not in run("check", "--json", exit_code=1).stdout
    edit(lambda held: damage(the_row(held)))
    (found,) = [
        each
        for each in json.loads(run("check", "--json", exit_code=1).stdout)
        if each["name"] == "unreadable-publication"
    ]
    assert found["tier"] == "damaged"
    assert found["ref"].startswith("2023-07-19-")
    assert message in found["message"]
    assert message in run("published", "2023-07-19", "--format", "html", exit_code=1).stderr
    run("list")  # what does not look at packs goes on
    run("update", "1", "--response", "Sent.")


def test_a_day_that_is_none_is_found(publish, run, edit):
    publish()
    edit(lambda held: the_row(held).update(meeting="soon"))
    assert "“soon” is no day of the calendar." in run("check", exit_code=1).stdout


def test_a_document_that_was_left_out_is_told(publish, run, edit):
    publish()
    edit(lambda held: the_row(held)["documents"].pop("csv"))
    said = run("published", "2023-07-19", "--format", "csv", exit_code=1).stderr
    assert "the csv document is missing or damaged" in said


def test_a_published_reference_that_the_store_has_lost_is_found(publish, run, edit):
    publish()
    edit(lambda held: remove(held, "CPC-2223-002"))

    def lost():
        problems = json.loads(run("check", "--json", exit_code=1).stdout)
        return [each["ref"] for each in problems if each["name"] == "lost-reference"]

    assert lost() == ["CPC-2223-002"]
    edit(lambda held: held.update(withdrawn={"CPC-2223-002": {}}))
    assert lost() == []


# --- undo


def test_undo_and_redo(publish, run, stored, folder, document):
    before = stored.read_bytes()
    publish()
    after = stored.read_bytes()
    said = run("undo", "--yes")
    assert "the pack of 19 July 2023 (full) leaves the store" in said.stdout
    assert "What was printed or put on a website stays there" in said.stderr
    assert stored.read_bytes() == before
    assert names(folder) == [PAGE]
    said = run("redo", "--yes")
    assert "the pack of 19 July 2023 (full) comes back into the store" in said.stdout
    assert "website" not in said.stderr
    assert stored.read_bytes() == after
    assert again(run, "--format", "html") == (folder / PAGE).read_bytes()


def test_what_a_colleague_has_published_is_not_taken_back(publish, run, stored):
    run("add", *FORMAL, "--item", "Item 9", "--action", "Mine.")
    log = stored.with_name(".actions.json.undo")
    mine = log.read_bytes()
    publish()
    log.write_bytes(mine)  # as if the publication had come from her clone
    before = stored.read_bytes()
    said = run("undo", "--yes", exit_code=1).stderr
    assert "CPC-2223-004 stands in the pack of 19 July 2023, which was published" in said
    assert stored.read_bytes() == before


def test_undoing_the_publication_and_then_the_record(publish, run, document):
    run("add", *FORMAL, "--item", "Item 9", "--action", "Mine.")
    publish()
    run("undo", "--yes")
    run("undo", "--yes")
    assert "CPC-2223-004" in document()["withdrawn"]


# --- comparing


def test_what_members_ask(publish, run, folder):
    publish("--view", "progress")
    run("update", "1", "--action", "Provide a longer note.", "--due", "1 October 2023")
    run("update", "2", "--status", "completed", "--completed-on", "1/7/2023", "--response", "Done.")
    run("add", *FORMAL, "--item", "Item 9. New", "--action", "Something new.")
    publish(*NEXT, "--view", "progress")
    said = run("compare", "19/7/2023", "2/11/2023")
    assert said.stdout.splitlines() == [
        "From the pack of 19 July 2023 to the pack of 2 November 2023",
        "",
        "New (1)",
        "  CPC-2223-004  Something new.",
        "",
        "Completed (1)",
        "  CPC-2223-002  Ask <b>dentists</b> & others.",
        "      before: To do",
        "      now:    Completed 1 July 2023",
        "",
        "Reworded (1)",
        "  CPC-2223-001  Provide a longer note.",
        "      before: Provide a briefing note.",
        "      now:    Provide a longer note.",
        "",
        "Due dates moved (1)",
        "  CPC-2223-001  Provide a longer note.",
        "      before: 30 April 2023",
        "      now:    1 October 2023",
        "",
        "Status changed (1)",
        "  CPC-2223-001  Provide a longer note.",
        "      before: To do; Overdue: due 30 April 2023",
        "      now:    To do",
        "",
        "Responses (1)",
        "  CPC-2223-002  Ask <b>dentists</b> & others.",
        "      before: nothing",
        "      now:    Done.",
    ]
    assert run("compare", "2/11/2023", "19/7/2023").stdout == said.stdout


def test_comparing_for_scripts(publish, run):
    publish()
    run("update", "1", "--action", "Provide a longer note.")
    publish("--again", "--force")
    found = json.loads(run("compare", "2023-07-19", "2023-07-19", "--json").stdout)
    assert found["from"] == {
        "meeting": "2023-07-19", "number": 1, "view": "full", "year": "2022/23"
    }  # fmt: skip
    assert found["to"]["number"] == 2
    (one,) = found["reworded"]
    assert (one["ref"], one["field"]) == ("CPC-2223-001", "action")
    assert (one["before"], one["after"]) == ("Provide a briefing note.", "Provide a longer note.")
    empty = ("new", "completed", "moved", "status", "response", "owners", "meeting", "reference",
             "vanished")  # fmt: skip
    assert [found[kind] for kind in empty] == [[]] * 9
    assert found["left_out"] == 0


def test_packs_that_say_the_same(publish, run):
    publish()
    publish("--again")
    assert (
        "No status, date, wording or response changed."
        in run("compare", "2023-07-19", "2023-07-19").stdout
    )


def test_a_pack_that_was_published_once_has_nothing_beside_it(publish, run):
    publish()
    said = run("compare", "2023-07-19", "2023-07-19", exit_code=1).stderr
    assert "was published once" in said
    assert (
        "No pack was published for 2 November"
        in run("compare", "2023-07-19", "2023-11-02", exit_code=1).stderr
    )
    said = run("compare", "2020-01-01", "2023-07-19", exit_code=1).stderr
    assert "No pack was published for 1 January 2020. The latest: 19 July 2023." in said


def test_the_tables_of_two_years(publish, run):
    publish()
    run("add", "--meeting", "2023-06-21", "--type", "formal", "--item", "1", "--action", "x")
    publish(*NEXT, "--year", "2023/24", "--no-carried")
    said = run("compare", "2023-07-19", "2023-11-02")
    assert "All of 2022/23: this pack is of 2023/24." in said.stdout
    assert "no action stands in both" in said.stderr
    found = json.loads(run("compare", "2023-07-19", "2023-11-02", "--json").stdout)
    assert {each["why"] for each in found["vanished"]} == {"another year"}


def test_what_was_carried_over_stands_in_the_tables_of_two_years(publish, run):
    publish()
    run("add", "--meeting", "2023-06-21", "--type", "formal", "--item", "1", "--action", "x")
    publish(*NEXT, "--year", "2023/24")
    said = run("compare", "2023-07-19", "2023-11-02")
    assert said.stdout == (
        "From the pack of 19 July 2023 to the pack of 2 November 2023\n\n"
        "New (1)\n  CPC-2324-001  x\n\n"
        "No longer in the pack (1)\n  CPC-2223-003  That homes be visited.\n"
        "      it was printed as “Completed 20 April 2023”\n"
    )
    assert "no action stands in both" not in said.stderr


def test_what_was_agreed_leaves_the_progress_report(publish, run, folder, monkeypatch):
    publish("--view", "progress")
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-20")
    run("agree", "3", "--meeting", "2023-07-19")
    run("publish", *NEXT, "--view", "progress", "-o", str(folder))
    run("publish", "--meeting", "2024-03-13", "--view", "progress", "-o", str(folder))
    said = run("compare", "2023-07-19", "2023-11-02").stdout
    assert "now:    Completed 20 April 2023; agreed on 19 July 2023" in said
    said = run("compare", "2023-11-02", "2024-03-13").stdout
    assert "it was printed as “Completed 20 April 2023; agreed on 19 July 2023”" in said


def test_two_views_and_what_vanished_without_a_reason(publish, run, edit):
    publish()
    run("update", "2", "--meeting", "2023-12-06", "--type", "formal")  # not before that pack
    publish(*NEXT, "--view", "progress")
    said = run("compare", "2023-07-19", "2023-11-02")
    assert "One pack is the full view, the other the progress view" in said.stderr
    assert "it was printed as “To do”, and the later pack says nothing" in said.stdout


def test_hostile_texts_are_tamed(publish, run, edit):
    publish()
    edit(lambda held: the_row(held)["rows"][0].update(action="\x1b[31mred\u202e", ref="A\x1b\nB"))
    publish(*NEXT)
    said = run("compare", "2023-07-19", "2023-11-02")
    assert "\x1b" not in said.stdout
    assert "\u202e" not in said.stdout
    assert "\x1b" not in json.dumps(json.loads(run(
        "compare", "2023-07-19", "2023-11-02", "--json"
    ).stdout), ensure_ascii=False)  # fmt: skip


def test_what_its_words_call_exempt_is_not_published(publish, run, folder, document):
    item = ("--item", "Item 9. A lease (EXEMPT)")
    ref = run("add", *FORMAL, *item, "--action", "Sign.").stdout.strip()
    said = publish(exit_code=1)
    assert f"{ref} is public, though “(EXEMPT)” may say that it is exempt" in said.stderr
    assert "publications" not in document()
    assert not folder.exists()
    run("update", ref, "--exempt", "")  # somebody has looked, and it is public
    publish()
    assert b"A lease (EXEMPT)" in (folder / PAGE).read_bytes()


def test_a_pack_ends_at_its_meeting_and_tells_what_earlier_years_have(publish, run, folder):
    run("add", "--meeting", "2023-06-21", "--type", "formal", "--item", "1", "--action", "In time.")
    run(
        "add", "--meeting", "2024-01-17", "--type", "formal", "--item", "1", "--action", "Too late."
    )
    told = publish("--no-carried").stderr
    assert "Not in this table: 2 unfinished actions of earlier years (2 of 2022/23)." in told
    page = (folder / PAGE).read_text(encoding="utf-8")
    assert "In time." in page
    assert "Too late." not in page
