"""Write ``docs/settings.md`` from the table of settings: ``python docs/generate_settings.py``.

With ``--check`` nothing is written; the exit code is 1 where the page is not what the code says.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from cpctrack.records.settings import SETTINGS

TARGET = Path(__file__).with_name("settings.md")

INTRODUCTION = """\
# Settings

What can be chosen once, in one place, made by `python docs/generate_settings.py`. What is chosen
each time a command runs is an option of it: [Commands](commands.md).
"""

CHOSEN = """\
## What a committee chooses

`cpctrack settings` shows these, and sets one or several. They are in the store, so they reach your
colleagues with it, and `cpctrack undo` takes them back. An empty text takes one back to what is
usual. [More about them](year.md#settings).

```sh
cpctrack settings
cpctrack settings --contact "Democratic Services, democratic.services@marlowe.example"
cpctrack settings --contact ""
```
"""

BESIDE = """\
## What stands beside the store

Files in the folder of the store file. Share them as you share the store.
"""

SURROUNDINGS = """\
## What a computer says

Variables of the terminal or the user account: they hold for one computer, and are set there
(`export NAME=value`; in PowerShell `$env:NAME = "value"`).
"""

VARIABLES = {
    "CPCTRACK_STORE": (
        "The store, or a folder of stores, where `--store` names none.",
        "`actions.json` in this folder or the nearest above it",
        "Every command.",
    ),
    "CPCTRACK_TODAY": (
        "The day that counts as today, like `2024-06-12`, for trying things out.",
        "the day it is",
        "What is late, how old an action is, dates in documents, and when a change was made.",
    ),
    "NO_COLOR": ("Anything in it turns colours off.", "colours on a terminal", "Every command."),
    "TERM": (
        "`dumb` turns off colours, and keys that answer without Enter.",
        "what the terminal says",
        "Every command; questions.",
    ),
    "VISUAL": (
        "The editor to open.",
        "`EDITOR`, else one that is found",
        "`cpctrack update`, `cpctrack answer` and `cpctrack layouts edit`.",
    ),
    "EDITOR": ("The same, where `VISUAL` is not set.", "one that is found", "As there."),
    "PAGER": (
        "The program that shows what is longer than the window.",
        "`less`; on Windows none",
        "`cpctrack list`, `cpctrack help` and others that show much.",
    ),
    "LESS": ("How `less` behaves, if it is that.", "`-FRX`", "As there."),
    "LESSCHARSET": ("The letters that `less` shows.", "`utf-8`", "As there."),
}
"""What each variable means, what is usual, and where it has its effect."""

FILES = (
    (
        "`templates`",
        "Your own layout of documents and messages, file by file",
        "cpctrack's own",
        "`cpctrack templates copy NAME`, then [edit it](templates.md#always-your-own)",
    ),
    (
        "`layouts`",
        "What the columns of another body's table mean, and its order of columns",
        "the names that are known",
        "answer what an import asks, or [write one](importing.md#a-layout-from-nothing)",
    ),
    (
        "`lexicon.toml`",
        "Words that your minutes and tables use, beside those that are known",
        "none",
        "[write it](minutes.md#teaching-it-another-council) with any editor",
    ),
)


def main(arguments: list[str]) -> int:
    """Write the page, or compare it, and give the exit code."""
    page = "\n".join(parts())
    if "--check" not in arguments:
        TARGET.write_text(page, encoding="utf-8", newline="\n")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == page:
        return 0
    sys.stderr.write(f"{TARGET} is not what the code says; run {Path(__file__).name}.\n")
    return 1


def parts() -> Iterator[str]:
    """Give the page piece by piece."""
    yield INTRODUCTION
    yield CHOSEN
    yield table(
        ("set it with", "what it means", "usual", "where it has its effect"),
        (
            (
                f"`--{each.name.replace('_', '-')} {each.metavar}`",
                each.help,
                each.shown(each.usual) or "what `cpctrack init` was told",
                each.where,
            )
            for each in SETTINGS
        ),
    )
    yield (
        "What references begin with is chosen once, with `--prefix` of `cpctrack init`, and stays: "
        "it is printed.\n"
    )
    yield BESIDE
    yield table(("file or folder", "what it means", "usual", "how to make it"), FILES)
    yield SURROUNDINGS
    yield table(
        ("variable", "what it means", "usual", "where it has its effect"),
        ((f"`{name}`", *said) for name, said in VARIABLES.items()),
    )
    yield (
        "A change is signed with the name that git has for you (`git config user.name`), else with "
        "that of your account on the computer.\n"
    )


def table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a table; none of its texts holds a bar."""
    lines = [headings, ("---",) * len(headings), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
