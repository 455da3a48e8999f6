"""The public site: what is in it, what never is, and which files of a folder it touches."""

import csv
import io
import json
import os
import re
import shutil
import signal
import uuid
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st

from cpctrack.errors import RenderError, StoreError, UsageError
from cpctrack.records.model import Settings
from cpctrack.render.site import pages
from cpctrack.render.site.views import file_name
from cpctrack.store import files, store
from cpctrack.store.store import Store
from cpctrack.tasks.site import MANIFEST, lay_out, write_site

TODAY = date(2023, 7, 20)
FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "qzx"


@pytest.fixture
def council(run, new_store, make_once, tmp_path):
    """Give a store of four records, the third one exempt, two packs, and a change after them."""

    def make():
        run("add", *FORMAL, "--item", "Item 5. Fostering", "--action", "Provide a <b>note</b>.",
            "--owner", "Head of Fostering", "--due", "30 June 2023")  # fmt: skip
        run("add", *FORMAL, "--item", "Item 6. Health", "--recommendation", "That more be done.",
            "--owner", "José", "--due", "1/9/2023")  # fmt: skip
        run("add", *FORMAL, "--item", SECRET, "--action", SECRET, "--owner", SECRET,
            "--exempt", "3", "--due", "1/5/2023")  # fmt: skip
        run("add", *FORMAL, "--item", "Item 7. Homes", "--action", "=Visit homes.",
            "--response", "Visited.", "--status", "completed", "--completed-on", "20/4/2023",
            "--referrer", "Cllr Nosy")  # fmt: skip
        run("extend", "1", "--to", "15/7/2023", "--reason", "No staff.")
        pack = ("-o", str(tmp_path / "packs"), "--meeting", "2023-07-05")
        run("publish", *pack, "--view", "progress")
        run("update", "1", "--response", "A typing erorr.")
        run("update", "1", "--response", "The note is written.")
        run("publish", "-o", str(tmp_path / "packs"), "--meeting", "2023-07-19")

    return make_once("a council", make)


@pytest.fixture
def written(council, tmp_path):
    """Write the site of the store as it is now, and give its folder."""
    folder = tmp_path / "public"

    def write(**options):
        write_site([store.read(council)], folder, TODAY, **options)
        return folder

    return write


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def made(document, path="x.json"):
    return dict(pages.files(lay_out([Store(path, document)], TODAY)))


def action(folder, number=1):
    return (folder / f"actions/CPC-2223-00{number}.html").read_text("utf-8")


# --- what is in it


def test_every_public_action_has_its_lasting_page(written):
    names = {name for name in contents(written()) if name.startswith("actions/")}
    assert names == {f"actions/CPC-2223-00{number}.html" for number in (1, 2, 4)}


def test_a_page_tells_how_an_action_stands_and_what_packs_printed_of_it(written):
    page = action(written())
    assert "Provide a &lt;b&gt;note&lt;/b&gt;." in page
    assert "Overdue by 5 days" in page
    assert "Asked for on 1 July 2023: No staff." in page
    printed = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", page[page.index("<table") :], re.DOTALL)[6:]
    assert printed == [
        "5 July 2023", "Provide a &lt;b&gt;note&lt;/b&gt;.", "Head of Fostering",
        "Nothing printed", "15 July 2023\nFirst due 30 June 2023, moved once", "To do",
        "19 July 2023", "As before", "As before", "The note is written.", "Nothing printed",
        "As before",
    ]  # fmt: skip


def test_what_was_only_typed_is_nowhere(written):
    everything = b"".join(contents(written()).values())
    for private in (b"erorr", b"clerk", b"Nosy", b"0123456789ab", SECRET.encode()):
        assert private not in everything


def test_overview_has_the_late_ones_before_the_numbers_of_each_committee(written):
    page = (written() / "index.html").read_text("utf-8")
    assert page.index("CPC-2223-001") < page.index("CPC.html")
    numbers = re.search(r"CPC\.html.*?</tr>", page)[0]
    assert re.findall(r"<td>(\d+)</td>", numbers) == ["2", "1", "0", "1"]


def test_data_is_public_fields_in_both_forms(written):
    folder = written()
    told = json.loads((folder / "data.json").read_text("utf-8"))
    assert told["as_of"] == "2023-07-20"
    first = told["actions"][0]
    assert first["ref"] == "CPC-2223-001"
    assert (first["due"], first["overdue"], first["times_moved"]) == ("2023-07-15", True, 1)
    assert not {"referrer", "history", "printed", "exempt_paragraph", "id"} & first.keys()
    assert all((folder / each["page"]).is_file() for each in told["actions"])
    rows = list(csv.DictReader(io.StringIO((folder / "data.csv").read_text("utf-8-sig"))))
    assert [row["ref"] for row in rows] == [each["ref"] for each in told["actions"]]
    assert [row["action"] for row in rows][2] == "'=Visit homes."
    assert (rows[0]["overdue"], rows[1]["agreed_on"]) == ("yes", "")


def test_feed_names_actions_and_packs_newest_first_with_times_of_the_data(written):
    folder = written()
    feed = ET.parse(folder / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    moments = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert moments == sorted(moments, reverse=True) == ["2023-07-01T00:00:00Z"] * 5
    assert feed.findtext(f"{ATOM}updated") == moments[0]
    ids = {uuid.UUID(entry.findtext(f"{ATOM}id")) for entry in entries}
    assert len(ids) == 5
    for entry in entries:
        assert (folder / entry.find(f"{ATOM}link").get("href")).is_file()
    titles = {entry.findtext(f"{ATOM}title") for entry in entries}
    assert "CPC-2223-001: Provide a <b>note</b>." in titles
    assert "Corporate Parenting Committee: the pack of 19 July 2023 was published" in titles


def test_a_change_nobody_sees_is_no_news(written, run, monkeypatch):
    before = (written() / "feed.xml").read_bytes()
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-20")
    run("update", "1", "--referrer", "Somebody")
    assert (written() / "feed.xml").read_bytes() == before
    run("update", "1", "--response", "Sent.")
    newest = ET.parse(written() / "feed.xml").getroot().find(f"{ATOM}entry")
    assert newest.findtext(f"{ATOM}updated") == "2023-07-20T00:00:00Z"


@pytest.mark.parametrize(
    "change",
    [("update", "2", "--accepted", "yes", "--accepted-on", "1/4/2023"),
     ("update", "2", "--goes-to", "2023-09-20"),
     ("supersede", "1", "--by", "2")],
)  # fmt: skip
def test_every_change_that_a_page_shows_is_news(written, run, monkeypatch, change):
    def cells(folder):
        page = (folder / "actions" / "CPC-2223-002.html").read_text("utf-8")
        feed = ET.parse(folder / "feed.xml").getroot()
        moments = {
            entry.find(f"{ATOM}link").get("href"): entry.findtext(f"{ATOM}updated")
            for entry in feed.findall(f"{ATOM}entry")
        }
        return page, moments["actions/CPC-2223-002.html"]

    page, moment = cells(written())
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-21")
    run(*change)
    page_now, moment_now = cells(written())
    assert page_now != page
    assert moment_now == "2023-07-21T00:00:00Z" > moment


def test_times_that_are_none_do_not_break_the_feed(council, document):
    held = document()
    at_of = {"1": "2023-07-01T09:00", "2": "?", "3": "?", "4": "2023-07-01T99:00:00Z"}
    for row in held["actions"].values():
        at = at_of[row["ref"][-1]]
        row["history"] = [{**line, "at": at} for line in row["history"]]
    held["meetings"]["2023-03-15-formal"]["date"] = "once"
    for row in held["publications"].values():
        row["at"] = "?"
    feed = ET.fromstring(made(held)["feed.xml"])
    moments = {each.text for each in feed.iter(f"{ATOM}updated")}
    assert moments >= {"2023-07-01T00:00:00Z", "1970-01-01T00:00:00Z"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", each) for each in moments)


def test_a_store_without_actions_has_a_site(tmp_path):
    path = tmp_path / "a.json"
    store.initialise(path, Settings("Licensing Committee", "LIC", "05-15"))
    site = dict(pages.files(lay_out([store.read(path)], TODAY, council="Marlowe Council")))
    assert b"There are no actions yet." in site["committees/LIC.html"]
    assert b"<updated>2023-07-20T00:00:00Z</updated>" in site["feed.xml"]
    assert site["data.csv"] == b"\xef\xbb\xbf"
    assert b"Marlowe Council" in site["index.html"]


def test_links_lead_only_to_actions_that_have_a_page(council, document):
    held = document()
    first = next(row for row in held["actions"].values() if row["ref"].endswith("1"))
    first["links"] = ["superseded-by CPC-2223-004", "split-into CPC-2223-003", "x LIC-1"]
    site = made(held)
    page = site["actions/CPC-2223-001.html"].decode()
    link = '<dt>Replaced by</dt><dd><a href="../actions/CPC-2223-004.html">CPC-2223-004</a>'
    assert link in page
    assert "split" not in page.lower()
    (data, *_) = json.loads(site["data.json"])["actions"]
    assert data["links"] == [{"kind": "superseded-by", "ref": "CPC-2223-004"}]


def test_a_pack_that_printed_another_reference_says_so(council, document):
    held = document()
    first = next(row for row in held["actions"].values() if row["ref"].endswith("1"))
    first["ref"] = "CPC-2223-009"
    page = made(held)["actions/CPC-2223-009.html"].decode()
    assert "5 July 2023\nas CPC-2223-001" in page


def test_a_pack_of_which_nobody_can_tell_what_it_printed_is_no_history(document, council):
    held = document()
    for row in held["publications"].values():
        row["view"] = "another"
    site = made(held)
    assert b"No published pack has reported on it yet." in site["actions/CPC-2223-001.html"]
    assert b"the pack of 19 July 2023 was published" in site["feed.xml"]


# --- what never is


@given(exempt=st.sets(st.integers(0, 3)), flag=st.sampled_from(["3", " ", None, ["x"]]))
@settings(max_examples=times(40, 12))
def test_the_same_bytes_with_and_without_exempt_records(exempt, flag, frozen_document):
    held = json.loads(frozen_document)
    rows = sorted(held["actions"].items(), key=lambda each: each[1]["ref"])
    for number in exempt:
        rows[number][1]["exempt_paragraph"] = flag
    shown = made(held)
    names = {f"actions/{row['ref']}.html" for number, (_, row) in enumerate(rows)
             if number in exempt or number == 2}  # fmt: skip
    assert not names & shown.keys()
    for key, row in rows:
        if "exempt_paragraph" in row:
            del held["actions"][key]
    assert made(held) == shown
    assert SECRET.encode() not in b"".join(shown.values())


@pytest.fixture(scope="module")
def frozen_document(tmp_path_factory):
    """Give the text of a store of four records, the third exempt, with links between them."""
    from click.testing import CliRunner

    from cpctrack.cli.main import main

    folder = tmp_path_factory.mktemp("store")
    path = folder / "actions.json"
    env = {"CPCTRACK_TODAY": "2023-07-01"}

    def run(*arguments):
        assert CliRunner(env=env).invoke(main, ["--store", str(path), *arguments]).exit_code == 0

    run("init", "--committee", "Corporate Parenting Committee")
    for number in range(4):
        exempt = ("--exempt", "3") if number == 2 else ()
        text = SECRET if exempt else f"Action {number}"
        run(
            "add",
            *FORMAL,
            "--item",
            text,
            "--action",
            text,
            "--owner",
            text,
            "--due",
            "1/5/2023",
            *exempt,
        )
        run("extend", str(number + 1), "--to", "1/6/2023", "--reason", text)
    run("publish", "--meeting", "2023-07-19", "--view", "progress", "-o", str(folder / "packs"))
    held = json.loads(path.read_text("utf-8"))
    refs = [row["ref"] for row in held["actions"].values()]
    for row in held["actions"].values():
        row["links"] = [f"superseded-by {ref}" for ref in refs if ref != row["ref"]]
    return json.dumps(held)


def test_a_record_that_became_exempt_disappears_and_so_does_its_page(written, run):
    before = contents(written())
    assert b"As before" in before["actions/CPC-2223-001.html"]
    run("update", "1", "--exempt", "3")
    after = contents(written())
    assert "actions/CPC-2223-001.html" not in after
    assert b"CPC-2223-001" not in b"".join(after.values())


def test_what_may_be_exempt_by_its_words_is_refused(written, run):
    run("update", "2", "--item", "Item 6. Not for publication: paragraph 3")
    with pytest.raises(StoreError, match="CPC-2223-002 is public, though"):
        written()


def test_a_private_store_beside_the_public_one_is_refused(council, tmp_path):
    private = tmp_path / "private.json"
    store.initialise(private, Settings("corporate PARENTING Committee", "CPCX", "05-15"))
    with pytest.raises(StoreError, match="one may be its private store"):
        lay_out([store.read(council), store.read(private)], TODAY)


def test_two_records_of_one_reference_are_refused(council, edit, document):
    held = document()
    for row in held["actions"].values():
        row["ref"] = "cpc-2223-001"
    with pytest.raises(StoreError, match="Two actions have the reference CPC-2223-001"):
        made(held)


def test_conflicts_are_settled_first(council, document):
    held = document()
    row = next(iter(held["actions"].values()))
    row["_conflicts"] = [{"field": "response", "base": "a", "ours": "b", "theirs": "c"}]
    with pytest.raises(StoreError, match="resolve"):
        made(held)


# --- names of files


@given(
    st.lists(st.text(max_size=90) | st.sampled_from(["CON", "con", "a/b", "..", "CPC-2223-001"]))
)
def test_file_names_are_safe_everywhere_and_never_one_of_two(texts):
    names = [file_name(text) for text in set(texts)]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,80}", name, re.ASCII) for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert not {"CON", "NUL", "AUX", "PRN"} & {name.upper() for name in names}


def test_a_reference_is_its_file_name():
    assert file_name("CPC-2223-001") == "CPC-2223-001"
    assert file_name("CON") != "CON"


# --- the folder


def test_the_same_store_and_day_give_the_same_bytes(written, council, tmp_path):
    first = contents(written())
    write_site([store.read(council)], tmp_path / "other", TODAY)
    assert contents(tmp_path / "other") == first
    assert not list(tmp_path.rglob(".cpctrack-*"))
    assert write_site([store.read(council)], tmp_path / "public", TODAY).changed == 0


def test_an_older_state_of_the_store_gives_its_own_site_again(written, council, run):
    older, before = council.read_bytes(), contents(written())
    run("add", *FORMAL, "--item", "Item 9", "--action", "Do more.")
    assert contents(written()) != before
    council.write_bytes(older)
    assert contents(written()) == before


def test_strangers_files_stay(written, run):
    folder = written()
    (folder / "CNAME").write_text("example.org", "utf-8")
    (folder / "actions" / "notes.html").write_text("mine", "utf-8")
    run("update", "1", "--exempt", "3")
    written()
    assert (folder / "CNAME").is_file()
    assert (folder / "actions" / "notes.html").read_text("utf-8") == "mine"


def test_a_folder_that_is_no_site_is_refused(written, tmp_path):
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "index.html").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="is no site that cpctrack made"):
        written()
    assert contents(folder) == {"index.html": b"mine"}
    shutil.rmtree(folder)
    folder.write_text("a file", "utf-8")
    with pytest.raises(UsageError, match="is no site"):
        written()


def test_a_strangers_file_in_the_way_is_not_written_over(written, run):
    folder = written()
    (folder / "actions" / "CPC-2223-005.html").write_text("mine", "utf-8")
    before = contents(folder)
    run("add", *FORMAL, "--item", "Item 9", "--action", "Do more.")
    with pytest.raises(UsageError, match=r"CPC-2223-005.html is there already"):
        written()
    assert contents(folder) == before


def test_a_manifest_can_name_nothing_else(written, tmp_path):
    folder = written()
    outside = tmp_path / "precious.html"
    outside.write_text("mine", "utf-8")
    manifest = folder / MANIFEST
    names = ["../precious.html", str(outside), "actions/../../precious.html", "CNAME", ""]
    manifest.write_text(json.dumps({"files": [*contents(folder), *names]}), "utf-8")
    written()
    assert outside.is_file()
    for wrong in ("[]", "{", '{"files": 3}', '{"files": [3]}'):
        manifest.write_text(wrong, "utf-8")
        with pytest.raises(UsageError, match="is not as cpctrack wrote it"):
            written()


def test_a_linked_folder_is_not_written_through(written, tmp_path):
    folder = written()
    shutil.rmtree(folder / "actions")
    (tmp_path / "elsewhere").mkdir()
    try:
        (folder / "actions").symlink_to(tmp_path / "elsewhere")
    except OSError:
        pytest.skip("links can't be made here")
    with pytest.raises(UsageError, match="is there already"):
        written()
    assert contents(tmp_path / "elsewhere") == {}


def test_a_committee_is_not_forgotten_by_mistake(written, council, tmp_path):
    other = tmp_path / "lic.json"
    store.initialise(other, Settings("Licensing Committee", "LIC", "05-15"))
    folder = tmp_path / "public"
    write_site([store.read(council), store.read(other)], folder, TODAY)
    with pytest.raises(UsageError, match="has the committee LIC too"):
        written()
    assert (folder / "committees" / "LIC.html").is_file()
    written(force=True)
    assert not (folder / "committees" / "LIC.html").exists()


class KilledError(BaseException):
    """The process ends here."""


def test_one_that_was_killed_is_mended_by_the_next(council, written, run, monkeypatch, tmp_path):
    written()
    run("update", "1", "--exempt", "3")
    run("add", *FORMAL, "--item", "Item 9", "--action", "Do more.")
    write_site([store.read(council)], tmp_path / "whole", TODAY)
    whole = contents(tmp_path / "whole")
    replace, unlink = files.system.replace, type(tmp_path).unlink
    for last in range(1, 20):
        folder = tmp_path / f"killed {last}"
        shutil.copytree(tmp_path / "public", folder)
        steps = iter(range(1, 1000))

        def die(*arguments, steps=steps, last=last, **options):
            if next(steps) == last:
                raise KilledError
            return (replace if len(arguments) > 1 else unlink)(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(files.system, "replace", die)
            try:
                write_site([store.read(council)], folder, TODAY)
            except KilledError:
                pass
            else:
                break
        write_site([store.read(council)], folder, TODAY)
        assert contents(folder) == whole
    assert last > 5


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_process_killed_at_any_step_leaves_what_the_next_run_mends(
    written, council, run, killer, tmp_path
):
    written()
    run("update", "1", "--exempt", "3")
    run("add", *FORMAL, "--item", "Item 9", "--action", "Do more.")
    stored, steps = str(council), []
    for step in range(1, 400, times(1, 5)):
        folder = tmp_path / f"killed {step}"
        if step % 2:  # else it is the first run
            shutil.copytree(tmp_path / "public", folder)
        arguments = ("--store", stored, "site", "-o", str(folder))
        code, _, err = killer.run(folder, step, *arguments, only_changes=True)
        assert code in (0, -signal.SIGKILL), err
        steps.append(code)
        write_site([store.read(council)], folder, date(2023, 7, 1))
        whole = contents(folder)
        assert not list(folder.glob(".*"))
        assert whole == contents(tmp_path / "killed 1")
        if code == 0:
            break
    assert steps[-1] == 0
    assert len(steps) > 5


def test_a_first_run_that_was_killed_leaves_a_folder_that_is_taken_again(
    council, tmp_path, monkeypatch
):
    folder = tmp_path / "public"
    (folder / ".cpctrack-new").mkdir(parents=True)
    (folder / ".cpctrack-new" / "0").write_bytes(b"half")
    (folder / f".{MANIFEST}.lock").write_bytes(b"")
    write_site([store.read(council)], folder, TODAY)
    assert (folder / "index.html").is_file()
    assert not list(folder.glob(".*"))


def test_a_full_disk_is_told(council, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.system, "replace", full)
    with pytest.raises(RenderError, match="no space left on device"):
        write_site([store.read(council)], tmp_path / "public", TODAY)


EVIL = "\x1b]52;c;AA\x07\u202e\ufeff\x00]]>\"'><script src=x></script>&\ud800\ufffe"


def test_hostile_texts_stay_texts(council, document):
    held = document()
    held["settings"]["store"]["committee"] += EVIL
    held["settings"]["store"]["prefix"] = "../../CON"
    for number, row in enumerate(held["actions"].values()):
        for field in ("action", "item", "response", "recommendation", "owner_text", "due_text"):
            row[field] = EVIL
        row |= {"owners": [EVIL], "evidence": [EVIL], "ref": f"../{number}{EVIL}"}
    for publication in held["publications"].values():
        publication["meeting"] += EVIL
        for row in publication["rows"]:
            row.update(dict.fromkeys(("action", "ref", "response", "standing"), EVIL))
    site = made(held)
    assert all(re.fullmatch(r"([a-z]+/)?[A-Za-z0-9_-]+\.[a-z]+", name) for name in site)
    ET.fromstring(site["feed.xml"])
    for name, content in site.items():
        text = content.decode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\ufffe]|\\w\ufeff", text)
        assert "<script src=x>" not in text or name.startswith("data.")
