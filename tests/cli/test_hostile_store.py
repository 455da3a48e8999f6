"""No string of a store is obeyed by the terminal it is shown on, whatever command shows it."""

import json

import pytest
from click.shell_completion import get_completion_class
from click.testing import CliRunner

from cpctrack.cli.commands import history, list_, published
from cpctrack.cli.main import main

OSC_52 = "\x1b]52;c;Y3VybA==\x07"  # puts a text into the clipboard
C1 = "".join(map(chr, range(0x80, 0xA0)))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
EVIL = f"{OSC_52}\x9d52;c;AA\x9c{C1}\x7f{BIDI}\ufeff"
OBEYED = frozenset([*map(chr, range(0x20)), *C1, *BIDI, "\x7f", "\ufeff"]) - frozenset("\t\n")

# What a store needs in its form to open, and a record to be named, sorted and printed.
WORDS = frozenset({"kind", "status", "type", "meeting"})
FORMS = frozenset({"ref", "date", "year_starts", "prefix", "id"})

ITEM = ("--type", "formal", "--item", "Item 5. Fostering")


def spoilt(value, skipped, name=""):
    """Give a value with `EVIL` in all its texts but these, and in the names of printed columns."""
    if isinstance(value, str):
        return value if name in skipped else f"\x1b\x9b{value}{EVIL}"
    if isinstance(value, list):
        return [spoilt(part, skipped, name) for part in value]
    if isinstance(value, dict):
        spoils = EVIL if name == "printed" else ""
        return {key + spoils: spoilt(part, skipped, key) for key, part in value.items()}
    return value


@pytest.fixture
def document(run, new_store):
    """Give a store in which every field of a record holds something."""
    for day, text in (("15/3/2023", "Provide a note."), ("7/6/2023", "Report back.")):
        run("add", "--meeting", day, *ITEM, "--action", text, "--owner", "Head of Fostering",
            "--due", "30 April 2023", "--referrer", "The chair", "--response", "Soon.")  # fmt: skip
    run("add", "--meeting", "15/3/2023", *ITEM, "--action", "Settle it.", "--exempt", "3")
    run("extend", "2223-1", "--to", "May 2023", "--reason", "Asked.", "--meeting", "15/3/2023")
    document = json.loads(new_store.read_text(encoding="utf-8"))
    for row in document["actions"].values():
        row |= {
            "printed": {"RAG": "amber"},
            "owner_text": "Head",
            "source_ref": "7/23",
            "x_unknown": {"deep": ["text"]},
            f"y{EVIL}": "more",
        }
        row["history"].append(
            {"at": "2023-07-01T09:00", "by": "x", "via": "y", "change": f"z{EVIL}", "from": "a"}
        )
    return document


def with_conflicts(document):
    sides = {"base": "a", "ours": "b", "theirs": "c"}
    lists = {side: [text] for side, text in sides.items()}
    names = ("response", "action", f"printed.RAG{EVIL}", f"x{EVIL}")
    first = next(iter(document["actions"].values()))
    first["_conflicts"] = [{"field": "owners", **lists}, *({"field": n, **sides} for n in names)]
    document["settings"]["store"]["_conflicts"] = [{"field": "committee", **sides}]


@pytest.fixture(params=["pipe", "terminal"])
def out(request, monkeypatch):
    """Let the commands believe that they print into a pipe, or on a terminal."""
    if request.param == "terminal":
        for command in (list_, published, history):
            monkeypatch.setattr(command, "window", lambda: 80)


@pytest.fixture
def safely(store_path):
    """Run a command, whatever it ends with, and look at every letter of what it shows."""

    def call(*words, **options):
        result = CliRunner().invoke(main, ["--store", str(store_path), *words], **options)
        assert result.exception is None or isinstance(result.exception, SystemExit), words
        # A CSV file begins with a mark of our own.
        for text in (result.stdout.removeprefix("\ufeff"), result.stderr):
            assert not {hex(ord(letter)) for letter in OBEYED & set(text)}, (words, text)
        return result

    return call


READING = (
    ("list",), ("list", "--overdue"), ("list", "--search", "nothing"), ("list", "--owner", "zz"),
    ("list", "--year", "2019/20"), ("show", "2223-1"), ("show", "2"), ("show", "9"), ("history",),
    ("history", "2223-2"), ("check",), ("conflicts",), ("published",),
    ("published", "15/3/2023", "--view", "progress", "--format", "markdown"),
    ("published", "15/3/2023", "--format", "markdown"), ("compare", "15/3/2023", "7/6/2023"),
    ("appendix", "--format", "markdown"), ("appendix", "--format", "csv"),
    ("appendix", "--format", "html", "--include-exempt"),
    ("appendix", "--view", "progress", "--meeting", "7/6/2023", "--format", "markdown"),
    *(
        ("statistics", "--year", "2022/23", "--by", way)
        for way in ("owner", "service", "meeting", "status", "kind", "committee")
    ),
    ("statistics", "--format", "markdown"),
)  # fmt: skip
WRITING = (
    ("update", "2324-1", "--status", "proposed", "--owner", "Head of Fosterings"),
    ("agree", "2324-1", "--meeting", "7/6/2023"), ("reopen", "2324-1", "--reason", "Not yet."),
    ("undo",), ("undo", "--yes"), ("redo", "--yes"), ("resolve", "2223-1"),
    ("resolve", "2223-1", "nothing", "--ours"), ("resolve", "2223-1", "response", "--ours"),
    ("resolve", "2223-1", "action", "--theirs"),
)  # fmt: skip
AS_JSON = (
    ("list",), ("show", "2223-1"), ("show", "2324-1"), ("history",), ("check",), ("conflicts",),
    ("published",), ("compare", "15/3/2023", "7/6/2023"),
    ("statistics", "--year", "2022/23", "--by", "owner"),
)  # fmt: skip


def publish_both(safely, folder):
    for day in ("15/3/2023", "7/6/2023"):
        assert safely("publish", "--meeting", day, "-o", str(folder)).exit_code == 0


@pytest.mark.parametrize("form", ["", *sorted(FORMS)])
def test_no_string_of_a_store_that_opens(document, store_path, tmp_path, out, safely, form):
    skipped = (WORDS | FORMS) - {form}
    store_path.write_text(json.dumps(spoilt(document, skipped)), encoding="utf-8")
    if not form:
        publish_both(safely, tmp_path / "pack")
    for words in (*READING, *WRITING):
        safely(*words)


def test_nothing_that_a_merge_left(document, store_path, safely, out):
    with_conflicts(document)
    store_path.write_text(json.dumps(spoilt(document, WORDS | FORMS)), encoding="utf-8")
    for words in (*READING, *WRITING):
        safely(*words)


@pytest.mark.parametrize("field", sorted(WORDS))
def test_no_refusal_of_a_store_that_does_not_open(document, store_path, safely, field):
    spoils = spoilt(document, (WORDS | FORMS) - {field})
    store_path.write_text(json.dumps(spoils), encoding="utf-8")
    assert safely("list").exit_code == 1
    for words in (*READING, *WRITING):
        safely(*words)


def test_nothing_in_the_undo_log(document, store_path, safely):
    store_path.write_text(json.dumps(spoilt(document, WORDS | FORMS)), encoding="utf-8")
    safely("update", "2223-1", "--response", "Sent.")
    (log,) = store_path.parent.glob(".*.undo")
    lines = [json.loads(line) for line in log.read_bytes().splitlines()]
    spoils = [spoilt(line, WORDS | FORMS | {"table"}) for line in lines]
    log.write_text("".join(json.dumps(line) + "\n" for line in spoils), encoding="utf-8")
    for words in (("undo",), ("undo", "--yes"), ("redo", "--yes")):
        safely(*words)


def test_no_question(document, store_path, safely, at_a_terminal):
    store_path.write_text(json.dumps(spoilt(document, WORDS | FORMS)), encoding="utf-8")
    said = safely("add", input="\n\nAct\nhed of fost\ny\n\n\nn\n").stderr
    assert "Agenda item [Item 5. Fostering]52;c;Y3VybA==" in said
    assert "Do you mean Head of Fostering]52;" in said
    with_conflicts(document)
    store_path.write_text(json.dumps(spoilt(document, WORDS | FORMS)), encoding="utf-8")
    assert "Which is right" in safely("resolve", input="v\n\n" * 9).stderr


@pytest.mark.parametrize("word", ["show", "list --owner", "list --year", "list --meeting"])
def test_no_word_that_tab_completes(document, store_path, monkeypatch, word):
    store_path.write_text(json.dumps(spoilt(document, WORDS)), encoding="utf-8")
    words = ["cpctrack", "--store", str(store_path), *word.split()]
    complete = get_completion_class("bash")(main, {}, "cpctrack", "_CPCTRACK_COMPLETE")
    found = complete.get_completions(words[1:], "")
    assert found
    assert not OBEYED & set("".join(f"{each.value}{each.help or ''}" for each in found))


def test_nothing_that_a_file_is_compared_with(document, store_path, tmp_path, safely):
    store_path.write_text(json.dumps(spoilt(document, WORDS | FORMS)), encoding="utf-8")
    table, minutes = tmp_path / "table.tsv", tmp_path / "minutes.txt"
    table.write_text(
        "Meeting Date\tMeeting Type\tItem\tActions\tReferred to\tResponse\n"
        "15/3/2023\tFormal\tItem 5. Fostering\tProvide a note.]52;c;Y3VybA==52;c;AA\tX\tDone\n",
        encoding="utf-8",
    )
    minutes.write_text(
        "MINUTES OF THE MEETING\n15 March 2023\n\n5. FOSTERING\n\nACTION AGREED:\n\n"
        "1. The Head of Fostering would provide a note.\n",
        encoding="utf-8",
    )
    for words in (("import", str(table)), ("minutes", str(minutes), "--type", "formal")):
        for how in (("--dry-run",), ("--dry-run", "--json"), ("--yes",)):
            assert safely(*words, *how).exit_code == 0


@pytest.mark.parametrize("conflicts", [False, True])
def test_json_says_the_same_in_escapes(document, store_path, tmp_path, safely, conflicts):
    if conflicts:
        with_conflicts(document)
    store_path.write_text(json.dumps(spoilt(document, WORDS | FORMS)), encoding="utf-8")
    if not conflicts:
        publish_both(safely, tmp_path / "pack")
    said = {words: safely(*words, "--json").stdout for words in AS_JSON}
    values = {words: json.loads(text) for words, text in said.items() if text}
    record = values["show", "2223-1"]
    assert record["action"] == f"\x1b\x9bProvide a note.{EVIL}"
    assert record["printed"] == {f"RAG{EVIL}": f"\x1b\x9bamber{EVIL}"}
    assert record["history"][0]["at"] == f"\x1b\x9b2023-07-01T00:00:00Z{EVIL}"
    assert len(values["conflicts",]) == 6 * conflicts


def test_a_spoiled_date_and_reference_stay_harmless_in_plans_and_reports(run, new_store, tmp_path):
    run("add", "--meeting", "2023-03-15", "--type", "formal", "--item", "1. Homes",
        "--action", "Report back on the homes", "--owner", "Head of Homes")  # fmt: skip
    bad = "\x1b]52;c;eA==\x07"
    document = json.loads(new_store.read_text("utf-8"))
    (row,) = document["actions"].values()
    row["ref"] += bad
    document["meetings"]["2023-03-15-formal"]["date"] += bad
    new_store.write_text(json.dumps(document), "utf-8")
    table = tmp_path / "table.tsv"
    table.write_text(
        "Meeting Type\tMeeting Date\tItem\tActions\tReferred to\n"
        "Formal\t15/3/2023\t1. Homes\tReport back on the homes\tHead of Parks\n",
        "utf-8",
    )
    report = ("appendix", "--view", "progress", "--meeting", "2023-07-19", "--format", "markdown")
    for command in (("import", str(table), "--dry-run"), report):
        done = run(*command)
        assert "\x1b" not in done.stdout + done.stderr
        assert "\x07" not in done.stdout + done.stderr
