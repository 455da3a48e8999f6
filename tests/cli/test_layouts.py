"""Teaching an import what columns mean, and ``layouts list``, ``show``, ``edit`` and ``forget``."""

import contextlib
import json
import sys

import pytest
from click.testing import CliRunner

from cpctrack.cli.dialogue.teaching import Asker
from cpctrack.errors import LayoutError
from cpctrack.records.model import Status
from cpctrack.tables.layout import Layout, Reading, check_name

TABLE = (
    "Meeting\tAction\tAllotted unto\tYonder\n"
    "Formal 15/3/2023\tSend a note.\tHead of Homes\t30/6/2023\n"
)
OWNER = ("--column", "Allotted unto=owner")
SAID = 'about = "The audit committee"\n\n[columns]\n"Lead" = "owner"\n"Why" = "kept"\n'


@pytest.fixture
def log(tmp_path):
    """Write a table with a heading that means nothing to us, and give its path as text."""
    path = tmp_path / "Homes log.tsv"
    path.write_text(TABLE, "utf-8")
    return str(path)


@pytest.fixture
def layouts(new_store):
    """Give the folder of layouts, with one in it."""
    folder = new_store.parent / "layouts"
    folder.mkdir()
    (folder / "audit.toml").write_text(SAID, "utf-8")
    return folder


def owners(run):
    return [record["owners"] for record in json.loads(run("list", "--json").stdout)]


def test_what_a_column_is_said_to_mean_is_kept_and_serves_the_next_table(run, new_store, log):
    done = run("import", log, "--yes", "--json", *OWNER)
    assert json.loads(done.stdout)["layout"] == "homes-log"
    assert done.stderr == (
        f"Written to {new_store}; “cpctrack undo” takes it back.\n"
        "What was said of the table is kept as the layout “homes-log”; “cpctrack layouts show "
        "homes-log” shows it.\n"
    )
    assert owners(run) == [["Head of Homes"]]
    layout = new_store.parent / "layouts" / "homes-log.toml"
    assert '"Allotted unto" = "owner"\n' in layout.read_text("utf-8")
    again = run("import", log, "--yes")
    assert again.stdout.startswith("Homes log.tsv: 1 row, read by the layout “homes-log”\n")
    assert "kept as the layout" not in again.stderr


def test_several_meanings_and_a_name(run, new_store, log):
    date = ("--column", "Yonder = due, reference", "--layout", "homes")
    run("import", log, "--yes", *OWNER, *date)
    text = (new_store.parent / "layouts" / "homes.toml").read_text("utf-8")
    assert '"Yonder" = ["due", "reference"]\n' in text


@pytest.mark.parametrize("how", [("--dry-run",), ("--yes", "--meeting", "never")])
def test_nothing_is_kept_where_nothing_is_written(run, new_store, log, how):
    run("import", log, *OWNER, *how, exit_code=2 if "never" in how else 0)
    assert not (new_store.parent / "layouts").exists()


def test_nothing_is_kept_where_the_answer_is_no(run, new_store, log, at_a_terminal):
    run("import", log, *OWNER, input="\nn\n", exit_code=1)
    assert not (new_store.parent / "layouts").exists()
    assert owners(run) == []


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            "Alloted to=owner",
            "No table has a column “Alloted to”. Did you mean Allotted unto? There are",
        ),
        (
            "Allotted unto=ownr",
            "“Allotted unto” is said to be “ownr”, which no column can be. Did you",
        ),
        ("Allotted unto", "write “Allotted unto” like “Allocated to=owner”."),
    ],
)
def test_a_column_that_is_wrongly_said_is_refused(run, new_store, log, said, message):
    refused = run("import", log, "--yes", "--column", said, exit_code=2)
    assert message in refused.stderr
    assert owners(run) == []


def test_a_layout_is_read_by_its_name_and_what_it_lacks_is_said(run, layouts, log):
    refused = run("import", log, "--yes", "--layout", "audit", exit_code=1)
    assert "has no table with a heading of the layout “audit”" in refused.stderr
    (layouts / "audit.toml").write_text(f'{SAID}"Yonder" = "due"\n', "utf-8")
    plan = run("import", log, "--dry-run", "--layout", "Audit").stdout
    assert plan.startswith(
        "Homes log.tsv: 1 row of 1 meeting, read by the layout “audit”\n"
        "  The layout “audit” names a column “Lead”, which the table has not.\n"
        "  The layout “audit” names a column “Why”, which the table has not.\n"
    )
    refused = run("import", log, "--yes", "--layout", "adit", exit_code=1)
    assert "There is no layout “adit”. Did you mean audit? There are: audit." in refused.stderr


def test_a_damaged_layout_stops_an_import_and_not_the_list(run, layouts, log):
    (layouts / "bad.toml").write_text("[colums]\n", "utf-8")
    refused = run("import", log, "--yes", exit_code=1)
    assert "Layout bad says “colums”, which no layout has. Did you mean columns?" in refused.stderr
    listed = run("layouts", "list", exit_code=1)
    assert listed.stdout == "audit\tThe audit committee\tLead, Why\n"
    assert "Layout bad says" in listed.stderr
    assert run("layouts", "show", "bad", exit_code=1).stdout == "[colums]\n"
    run("layouts", "forget", "bad", "--yes")
    run("import", log, "--yes")


def test_a_question_is_asked_once(run, new_store, log, at_a_terminal):
    done = run("import", log, input="?\nowner\nownr\ndue\n\n")
    assert "Homes log.tsv has a column “Allotted unto”:\n    Head of Homes\n" in done.stderr
    assert "revised due" in done.stderr
    assert "“Yonder” is said to be “ownr”, which no column can be." in done.stderr
    assert owners(run) == [["Head of Homes"]]
    assert "What is it" not in run("import", log).stderr


def test_which_column_holds_the_actions_is_asked(run, new_store, tmp_path, at_a_terminal):
    path = tmp_path / "promises.tsv"
    path.write_text("Ref\tWhat we promised\tOwner\n1\tSend a note.\tAnn\n", "utf-8")
    given = ("import", str(path), "--meeting", "15/3/2023", "--type", "formal")
    refused = run("--no-input", *given, "--yes", exit_code=1)
    assert '; or say which it is, as in --column "What we promised=action".' in refused.stderr
    refused = run(*given, input="0\n", exit_code=1)
    assert "    2  What we promised\n" in refused.stderr
    assert "promises.tsv has no column of actions;" in refused.stderr
    run(*given, input="2\n\n")
    assert json.loads(run("list", "--json").stdout)[0]["action"] == "Send a note."
    assert "Which of them" not in run(*given).stderr


def test_shades_words_and_dates_are_asked_about():
    layout = Layout("", {"Action": ("action",), "RAG": ("rag",)})
    reading = Reading(
        layout,
        shades={"d9d9d9": (4, "Repair the roof"), "c6efce": (1, "Buy a lamp")},
        words={"Lilac": (1, "Sell the van"), "Puce": (1_200, "Ask")},
        month_first=("01/13/2020", "01/14/2020"),
    )
    asker = Asker()
    with CliRunner().isolation("completed\n\nIn progress\nnothing\nY\n") as (_, errors, _):
        answered = asker.ask("log.docx", reading)
        assert asker.ask("log.docx", reading) is None
    said = errors.getvalue().decode()
    assert "4 rows are shaded light grey (first: Repair the roof)." in said
    assert "1 row is shaded light green (first: Buy a lamp)." in said
    assert "“Lilac” stands in 1 row (first: Sell the van)." in said
    assert "“Puce” stands in 1,200 rows (first: Ask)." in said
    assert answered == layout._replace(
        shading={"d9d9d9": Status.COMPLETED, "c6efce": None},
        status={"Lilac": Status.IN_PROGRESS, "Puce": None},
        dates="month first",
    )


def test_a_layout_is_listed_and_shown(run, layouts):
    assert json.loads(run("layouts", "list", "--json").stdout) == [
        {
            "name": "audit",
            "about": "The audit committee",
            "columns": {"Lead": ["owner"], "Why": ["kept"]},
        }
    ]
    assert run("layouts", "show", "AUDIT").stdout == (
        f"Lead  owner\nWhy   kept\n\n# {layouts / 'audit.toml'}\n{SAID}"
    )


def test_a_layout_is_forgotten_when_that_was_meant(run, layouts, at_a_terminal):
    run("layouts", "forget", "audit", input="n\n")
    assert (layouts / "audit.toml").exists()
    run("layouts", "forget", "audit", input="y\n")
    assert not (layouts / "audit.toml").exists()
    assert "There is no layout yet" in run("layouts", "list").stderr


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Let the editor put one text in the place of another, each time it is opened."""

    def use(old, new):
        script = tmp_path / "editor.py"
        script.write_text(
            "import os, pathlib, sys\n"
            "path = pathlib.Path(sys.argv[1])\n"
            f"path.write_text(path.read_text('utf-8-sig').replace({old!r}, {new!r}, 1), 'utf-8')\n"
            "os.utime(path, (0, 0))\n",
            "utf-8",
        )
        monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')

    return use


def test_a_layout_is_edited_until_it_is_right(run, layouts, editor, at_a_terminal):
    editor('"Why" = ', '"Why" = "item"\n#')
    done = run("layouts", "edit", "audit")
    assert done.stderr == f"Written to {layouts / 'audit.toml'}.\n"
    assert '"Why" = "item"\n#"kept"\n' in (layouts / "audit.toml").read_text("utf-8")
    editor('"Lead"', "Lead it")
    given_up = run("layouts", "edit", "audit", input="n\n", exit_code=1)
    assert "Layout audit can't be read: " in given_up.stderr
    assert 'Lead it = "owner"' in given_up.stderr
    assert '"Lead" = "owner"' in (layouts / "audit.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("e\u0301te\u0301", True),
        ("हिन्दी", True),
        ("子供 2", True),
        ("\u0301", False),
        ("a.b", False),
    ],
)
def test_a_name_may_have_the_letters_of_any_language(name, is_one):
    with contextlib.nullcontext() if is_one else pytest.raises(LayoutError):
        check_name(name)


def test_a_layout_is_begun_in_the_editor(run, layouts, editor, at_a_terminal):
    editor("Whose table this is", "The board")
    run("layouts", "edit", "board")
    assert run("layouts", "list").stdout.splitlines()[1] == "board\tThe board\tAction, Lead"
    assert "can't be the name of a layout" in run("layouts", "edit", "a/b", exit_code=1).stderr


def test_nobody_is_asked_where_nobody_is(run, layouts):
    assert "write the file in" in run("layouts", "edit", "audit", exit_code=2).stderr
    assert "forget … --yes" in run("layouts", "forget", "audit", exit_code=2).stderr
