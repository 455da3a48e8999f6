"""What an installed package adds is used like what is ours, and named where it fails."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plugged import EXAMPLE, found_anew, install, install_example

MEETING = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")
ROW = "15/3/2023 | 3. Homes | The Head of Homes would report on beds. | Head of Homes | 1/9/2023\n"
MEND = (
    "ask its author for another version, or uninstall the package cpctrack-brought as you "
    "installed it."
)
FORMS = """\
import sys
from cpctrack.reading.document import Cell, Document, Paragraph, Row, Table
from cpctrack.reading.registry import Form
from cpctrack.render.documents import Format
from cpctrack.check import Check, Checks, Tier
"""


@pytest.fixture
def example(tmp_path: Path) -> Iterator[None]:
    """Install the worked example."""
    install_example(tmp_path / "site")
    with found_anew(EXAMPLE, tmp_path / "site"):
        yield


@pytest.fixture
def bring(tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Give a function that installs a plug-in of a group, made by this code."""
    site = tmp_path / "site"

    def call(code: str, **points: str) -> None:
        (site / "brought.py").write_text(FORMS + code, encoding="utf-8")
        install(
            site,
            "cpctrack-brought",
            {f"cpctrack.{group}": {"extra": f"brought:{name}"} for group, name in points.items()},
        )

    site.mkdir()
    with found_anew(site):
        yield call


def add(run, *more):
    run("add", *MEETING, "--action", "Report back", "--owner", "Head of Homes", *more)


@pytest.fixture
def problems(run):
    """Give a function that runs `check`, and gives the name and message of each problem."""

    def call():
        found = json.loads(run("check", "--json", exit_code=1).stdout)
        return [(each["name"], each["ref"], each["message"]) for each in found]

    return call


@pytest.mark.parametrize("options", [(), ("--format", "agenda")])
def test_a_file_of_a_form_that_is_added_is_imported(example, new_store, run, write, options):
    file = write("march.agenda", ROW)
    run("import", str(file), *options, "--type", "formal", "--yes")
    (record,) = json.loads(run("list", "--json").stdout)
    assert (record["action"], record["owners"], record["due"]) == (
        "The Head of Homes would report on beds.",
        ["Head of Homes"],
        "2023-09-01",
    )


def test_what_a_reader_refuses_is_said_in_its_words(example, new_store, run, write):
    file, before = write("march.agenda", f"{ROW}Homes\n"), new_store.read_bytes()
    done = run("import", str(file), "--yes", exit_code=1)
    assert "march.agenda, line 2 has not five parts; export it again.\n" in done.stderr
    assert new_store.read_bytes() == before


@pytest.mark.parametrize("options", [("--format", "text"), ("-o", "table.TXT")])
def test_a_format_that_is_added_is_printed(example, new_store, run, tmp_path, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    add(run)
    printed = run("appendix", *options).stdout
    text = printed or Path("table.TXT").read_text("utf-8")
    assert "\n\nCPC-2223-001\nMeeting Type: Formal\nMeeting Date: 15 March 2023\n" in text
    assert text.endswith("\n") and "Recommendation" not in text.partition("CPC-2223-001")[2]


def test_a_format_that_is_added_gets_what_is_exempt_only_when_asked(example, new_store, run):
    add(run, "--exempt", "1")
    assert "Report back" not in run("appendix", "--format", "text").stdout
    shown = run("appendix", "--format", "text", "--include-exempt").stdout
    assert "Report back" in shown and "Not for publication: paragraph 1" in shown


def test_a_format_that_is_added_is_published_and_printed_again(example, new_store, run, tmp_path):
    add(run)
    folder = tmp_path / "pack"
    run("publish", "--meeting", "2023-07-12", "-f", "text", "-o", str(folder))
    (made,) = folder.iterdir()
    assert made.name == "appendix4-2023-07-12.txt"
    run("update", "1", "--response", "Done by letter.")
    again = tmp_path / "again.txt"
    run("published", "2023-07-12", "-o", str(again))
    assert again.read_bytes() == made.read_bytes()


def test_a_format_that_was_not_published_is_made_of_what_was_frozen(example, new_store, run):
    add(run)
    run("publish", "--meeting", "2023-07-12", "-o", str(new_store.parent / "pack"))
    run("update", "1", "--action", "Something else")
    done = run("published", "2023-07-12", "--format", "text")
    assert "Report back" in done.stdout and "Something else" not in done.stdout


def test_a_format_that_is_added_has_no_template(example, new_store, run):
    add(run)
    done = run("appendix", "--format", "text", "--template", "appendix", exit_code=2)
    assert "A text document has no template; leave --template out." in done.stderr


def test_a_check_that_is_added_is_made(example, new_store, run, problems):
    add(run)
    run("add", *MEETING, "--action", "word " * 61, "--owner", "Head of Homes")
    said = ("long-action", "CPC-2223-002", "It takes 61 words; say in 60 what is to be done.")
    assert problems() == [said]
    assert run().stdout.endswith("problems\t1\n")


def test_who_has_no_plug_in_does_not_pay_for_any(new_store, run):
    add(run)
    code = (
        "import atexit, sys\n"
        "before = set(sys.modules)\n"
        "atexit.register(lambda: print(*set(sys.modules) - before, file=sys.stderr))\n"
        "from cpctrack.cli.main import run\n"
        "run()"
    )
    for arguments in (["check"], ["list"], ["appendix", "-o", str(new_store.with_name("a.csv"))]):
        done = subprocess.run(
            [sys.executable, "-c", code, "--store", str(new_store), *arguments],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert "cpctrack.plugins" in done.stderr or arguments == ["list"]
        assert "importlib.metadata" not in done.stderr.split()


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("None.x", "AttributeError: 'NoneType' object has no attribute 'x'"),
        ("sys.exit(3)", "SystemExit: 3"),
        ("print('a', file=sys.stderr) or 'b'", "TypeError: it has printed no document but a str"),
    ],
)
def test_a_format_that_fails_is_named_and_nothing_is_written(
    bring, new_store, run, tmp_path, code, why
):
    bring(f"EXTRA = Format('extra', ('.extra',), lambda view: {code})", formats="EXTRA")
    add(run)
    before, target = new_store.read_bytes(), tmp_path / "out.extra"
    said = f"Error: The plug-in “extra” of cpctrack-brought has failed ({why}); {MEND}\n"
    done = run("appendix", "-o", str(target), exit_code=1)
    assert (done.stdout, done.stderr) == ("", said)
    pack = tmp_path / "pack"
    done = run("publish", "--meeting", "2023-07-12", "-f", "extra", "-o", str(pack), exit_code=1)
    assert done.stderr == said
    assert not target.exists() and not pack.exists() and new_store.read_bytes() == before


def test_what_a_plug_in_prints_goes_nowhere(bring, new_store, run):
    bring("EXTRA = Format('extra', (), lambda view: print('noise') or b'kept')", formats="EXTRA")
    add(run)
    assert run("appendix", "--format", "extra").stdout == "kept"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("'text'", "TypeError: it is no Document"),
        ("Document(name, 'x', iter([1]))", "TypeError: its blocks is no tuple"),
        ("Document(name, 'x', ('text',))", "TypeError: one of its blocks is no Paragraph or Table"),
        ("Document(name, 'x', (Paragraph(3),))", "TypeError: its text is no str"),
        ("Document(name, 'x', (Paragraph('a', place=3),))", "TypeError: its place is no Place"),
        ("Document(name, 'x', (), unread=((1, 2),))", "TypeError: one of its unread is no str"),
        ("Document(name, 'x', (Table((('a',),)),))", "TypeError: one of its rows is no Row"),
        ("Document(name, 'x', (Table((Row(('a',)),)),))", "TypeError: one of its cells is no Cell"),
        (
            "Document(name, 'x', (Table((Row((Cell(value='x'),)),)),))",
            "TypeError: its value is no date or float or NoneType or int",
        ),
        (
            "Document(name, 'x', (Table((Row((Cell(blocks=('x',)),)),)),))",
            "TypeError: one of its blocks is no Paragraph or Table",
        ),
    ],
)
def test_a_reader_that_fails_is_named_with_the_file(bring, new_store, run, write, code, why):
    bring(
        f"EXTRA = Form('extra', 'an extra', ('.extra',), lambda content, name: {code})",
        readers="EXTRA",
    )
    file = write("a.extra", "a\tb\n")
    done = run("import", str(file), "--dry-run", exit_code=1)
    assert done.stdout == ""
    assert (
        f"a.extra can't be read. The plug-in “extra” of cpctrack-brought has failed ({why}); {MEND}"
    ) in done.stderr


def test_minutes_are_read_by_a_plug_in_too(bring, new_store, run, write):
    bring(
        "EXTRA = Form('extra', 'an extra', ('.extra',), lambda content, name: Document(name,\n"
        "  'extra', tuple(Paragraph(line) for line in content.decode().split('|'))))",
        readers="EXTRA",
    )
    file = write(
        "march.extra",
        "Minutes of the meeting of 15 March 2023|3. Homes|ACTION: Head of Homes to report on beds.",
    )
    done = run("minutes", str(file), "--dry-run", "--type", "formal")
    assert "report on beds" in done.stdout


CHECKS = """
def wrong(subject):
    yield {found}

EXTRA = Check("extra", Tier.DAMAGED, "due", "All is well.", wrong)
"""


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("'CPC-2223-001', 3", "TypeError: can only join an iterable"),
        ("3", "TypeError: cannot unpack non-iterable int object"),
        (
            "from __import__('itertools').repeat(('CPC-2223-001', 'Bad.'))",
            "ValueError: it finds more than 100,000 problems",
        ),
    ],
)
def test_a_check_that_fails_is_named_and_the_others_are_made(
    bring, new_store, run, problems, found, why
):
    bring(CHECKS.format(found=found), checks="EXTRA")
    add(run, "--due", "1/6/2023")
    failed = f"The plug-in “extra” of cpctrack-brought has failed ({why}); {MEND}"
    (first, second) = problems()
    assert first == ("extra", "plug-ins", failed)
    assert second[:2] == ("overdue-without-response", "CPC-2223-001")


@pytest.mark.parametrize(
    ("code", "group", "why"),
    [
        ("1 / 0", "formats", "ZeroDivisionError: division by zero"),
        ("class Odd(BaseException): pass\nraise Odd('No.')", "readers", "Odd: No."),
        (
            "class Mute(Exception):\n  def __str__(self): return self.lost\nraise Mute",
            "checks",
            "Mute",
        ),
        ("from cpctrack.errors import *; raise DateError('No.')", "readers", "DateError: No."),
        ("EXTRA = 3", "formats", "TypeError: it is no Format"),
        ("EXTRA = 3", "readers", "TypeError: it is no Form"),
        ("EXTRA = 3", "checks", "TypeError: it is no Check"),
        ("", "checks", "AttributeError: module 'brought' has no attribute 'EXTRA'"),
        ("EXTRA = Format(3, ())", "formats", "TypeError: its name is no str"),
        (
            "EXTRA = Check('a', 'bad', 'due', 'Well.', print)",
            "checks",
            "TypeError: its tier is no Tier",
        ),
        (
            "EXTRA = Form('a', 'a', ('.Abc',), print)",
            "readers",
            "ValueError: “.Abc” is no name or ending of small letters",
        ),
        (
            "EXTRA = Format('.abc', ())",
            "formats",
            "ValueError: endings begin with a full stop and names do not, unlike “.abc”",
        ),
        (
            "EXTRA = Format('a', ('abc',))",
            "formats",
            "ValueError: endings begin with a full stop and names do not, unlike “abc”",
        ),
        ("EXTRA = Format('a', '.abc')", "formats", "TypeError: its endings is no tuple"),
        ("EXTRA = Form('a', 'a', (), 3)", "readers", "TypeError: its read is no Callable"),
        (
            "EXTRA = Format('../a', ('.abc',))",
            "formats",
            "ValueError: “../a” is no name or ending of small letters",
        ),
        ("EXTRA = Format('html', ())", "formats", "ValueError: “html” belongs to cpctrack"),
        (
            "EXTRA = Form('a', 'a', ('.csv',), print)",
            "readers",
            "ValueError: “.csv” belongs to cpctrack",
        ),
        (
            "EXTRA = Check('no-owner', Tier.DAMAGED, 'due', 'Well.', print)",
            "checks",
            "ValueError: “no-owner” belongs to cpctrack",
        ),
    ],
)
def test_what_can_not_be_used_is_named_by_check(bring, new_store, problems, code, group, why):
    bring(code, **{group: "EXTRA"})
    said = f"The plug-in “extra” of cpctrack-brought can't be used ({why}); {MEND}"
    assert problems() == [("broken-plug-in", "plug-ins", said)]


@pytest.mark.parametrize(
    ("points", "why"),
    [
        (b"[cpctrack.formats]\nextra brought\n", "TypeError"),
        (b"[cpctrack.formats]\nextra = \xff\n", "UnicodeDecodeError"),
    ],
)
def test_a_package_that_can_not_be_read_is_named_once(
    example, new_store, tmp_path, problems, points, why
):
    info = tmp_path / "site" / "cpctrack_odd-2.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_bytes(points)
    ((name, _, message),) = problems()
    assert name == "broken-plug-in" and message.startswith(
        f"The package cpctrack-odd can't be used ({why}: "
    )
    assert message.endswith("uninstall the package cpctrack-odd as you installed it.")


def test_packages_without_plug_ins_are_not_even_read(example, new_store, run, tmp_path):
    for number, points in enumerate((b"[gui_scripts]\na = \xff\n", None)):
        info = tmp_path / "site" / f"odd{number}-1.0.dist-info"
        (info / "entry_points.txt").mkdir(parents=True)
        if points:
            (info / "entry_points.txt").rmdir()
            (info / "entry_points.txt").write_bytes(points)
    (tmp_path / "site" / "cpctrack_marlowe-1.0.dist-info" / "METADATA").unlink()
    add(run)
    assert run("appendix", "--format", "text").stdout.count("Report back") == 1
    run("check")


def test_of_two_with_one_name_the_other_is_named(example, new_store, tmp_path, problems):
    install(
        tmp_path / "site",
        "cpctrack-zebra",
        {"cpctrack.formats": {"plain": "cpctrack_marlowe.plain:TEXT"}},
    )
    ((_, _, message),) = problems()
    assert message == (
        "The plug-in “plain” of cpctrack-zebra can't be used (ValueError: “text” belongs to the "
        "plug-in “text” of cpctrack-marlowe); ask its author for another version, or uninstall the "
        "package cpctrack-zebra as you installed it."
    )


def test_a_name_that_nothing_answers_to_tells_what_can_not_be_used(bring, new_store, run, write):
    bring("1 / 0", formats="EXTRA", readers="EXTRA")
    wrong = "The plug-in “extra” of cpctrack-brought can't be used (ZeroDivisionError: division"
    done = run("appendix", "--format", "extra", exit_code=2)
    assert "There is no format “extra”; there are markdown, html, " in done.stderr
    assert wrong in done.stderr
    assert wrong in run("appendix", "-o", "a.extra", exit_code=2).stderr
    file = write("a.extra", "A line.\n")
    assert wrong in run("import", str(file), "--dry-run", exit_code=1).stderr
    assert wrong in run("import", str(file), "--format", "extra", "--dry-run", exit_code=2).stderr
