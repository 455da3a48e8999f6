"""Links lead somewhere, and every command a page shows could be typed."""

import re
import unicodedata

import click
import pytest

import cpctrack
from cpctrack.cli.main import main

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *#*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("http://", "https://", "mailto:")


def slug(heading):
    """Make the anchor that GitHub and GitLab make of a heading."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    kept = [
        letter for letter in plain if letter in " -_" or unicodedata.category(letter)[0] in "LN"
    ]
    return "".join(kept).replace(" ", "-")


def parse(words):
    """Parse a command line without looking at what its values stand for; raises `UsageError`."""
    with click.Context(main, info_name="cpctrack") as ctx:
        _, rest, _ = main.make_parser(ctx).parse_args(list(words))
        if not rest:
            return
        name, command, rest = main.resolve_command(ctx, rest)
        with click.Context(command, info_name=name, parent=ctx) as below:
            command.make_parser(below).parse_args(rest)


def test_links_lead_to_a_file_and_a_heading(pages, without_code):
    broken = []
    for page in pages:
        for link in LINK.findall(without_code(page.read_text(encoding="utf-8"))):
            if link.startswith(ELSEWHERE):
                continue
            name, _, anchor = link.partition("#")
            target = page.parent / name if name else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(f"{page.name}: {link}")
    assert broken == []


def anchors(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {slug(heading) for heading in HEADING.findall(text)}


def test_commands_shown_are_real(pages, shown_commands):
    wrong = []
    for page in pages:
        for words in shown_commands(page.read_text(encoding="utf-8")):
            if words and words[0].isupper():  # `cpctrack COMMAND --help`
                continue
            try:
                parse(words)
            except click.UsageError as error:
                wrong.append(f"{page.name}: cpctrack {' '.join(words)}: {error.message}")
    assert wrong == []


@pytest.mark.parametrize("line", ["frobnicate", "list --frobnicate", "--frobnicate list"])
def test_commands_that_are_not_real_would_be_found(line, shown_commands):
    (words,) = shown_commands(f"```sh\n$ cpctrack {line} | less  # ever\n```\n")
    assert words == line.split()
    with pytest.raises(click.UsageError):
        parse(words)


def test_readme_begins_with_two_commands_for_each_shell(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    languages = re.findall(r"^```(\w+)$", text, re.MULTILINE)
    assert languages[:4] == ["sh", "powershell", "sh", "powershell"]


def test_pages_are_reached_from_the_first_of_them(root, without_code):
    linked = set(LINK.findall(without_code((root / "docs/index.md").read_text(encoding="utf-8"))))
    pages = {page.name for page in root.glob("docs/*.md")} - {"index.md"}
    assert pages - linked == set()


def test_files_of_a_release_are_named_by_this_version(root):
    pages = [root / "README.md", *root.glob("docs/*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert set(re.findall(r"\bcpctrack-(\d+\.\d+\.\d+)-", text)) == {cpctrack.__version__}


def test_changelog_has_an_entry_for_this_version(root):
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(cpctrack.__version__)}\b", text, re.MULTILINE)
