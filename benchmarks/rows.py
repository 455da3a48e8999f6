"""The rows of the table: which program is compared with which, and how far it may go."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from data import COMMITTEE
from measure import Program, Sample, megabytes, seconds
from programs import Programs

ADDED = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes", "--action",
         "Report back", "--owner", "Housing Manager", "--due", "1/9/2023")  # fmt: skip
PROGRESS = ("--view", "progress", "--meeting", "2023-07-19")
CHANGED = ("update", "1", "--response", "The note went to every member.")

Sizes = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison; `target` is the ratio asked for, if any; `theirs` may not be installed."""

    what: str
    beside: str
    ours: Program
    theirs: Program | None
    target: float | None = None
    measure: Callable[[Sample], float] = seconds


def all_rows(programs: Programs, sizes: Sizes) -> Iterator[Row]:
    """Give every row of the table, in its order."""
    yield from start_up(programs, sizes[0])
    yield from without_python(programs, sizes[0])
    yield from beside_taskwarrior(programs, sizes)
    yield from beside_todoman(programs, sizes)
    yield from writing(programs, sizes)
    yield merging(programs, sizes)
    yield from documents(programs, sizes)
    yield from councils(programs, sizes[2])


def start_up(programs: Programs, size: int) -> Iterator[Row]:
    """Measure every command on a committee's year, where start-up is most of the time."""
    commands = {
        "init": programs.cpctrack("init", "--committee", COMMITTEE),
        "add": programs.cpctrack("add", *ADDED, size=size),
        "update": programs.cpctrack(*CHANGED, size=size),
        "list in a pipe": programs.listing(size),
        "list --json": programs.cpctrack("list", "--json", size=size),
        "list on a terminal": programs.listing_on_terminal(size),
        "show": programs.cpctrack("show", "1", size=size),
        "import": programs.importing(size),
        "appendix, Markdown": programs.cpctrack("appendix", size=size),
        "appendix, HTML": programs.cpctrack("appendix", "--format", "html", size=size),
        "appendix, CSV": programs.cpctrack("appendix", "--format", "csv", size=size),
        # What it finds in invented records does not matter here.
        "check": replace(programs.cpctrack("check", size=size), exit_codes=frozenset({0, 1})),
    }
    for name, ours in commands.items():
        click = programs.python("import click")
        yield Row(f"{name}, {size:,}", "import click", ours, click, 1.5)


def without_python(programs: Programs, size: int) -> Iterator[Row]:
    """Measure the start of the download beside the installed program's."""
    for word in ("--version", "list"):
        installed = programs.cpctrack(word, size=size)
        row = Row(f"{word}, no Python, {size:,}", "installed cpctrack", installed, None, 2)
        if programs.unpacked:
            row = replace(row, ours=programs.download(word, size=size), theirs=installed)
        yield row


def beside_taskwarrior(programs: Programs, sizes: Sizes) -> Iterator[Row]:
    """Measure the list of open records beside Taskwarrior's."""
    for size, target in zip(sizes, (None, None, 0.45, 0.3), strict=True):
        ours, theirs = programs.listing(size), programs.task_list(size)
        yield Row(f"list in a pipe, {size:,}", "task list", ours, theirs, target)
        if size == sizes[2]:
            what = f"list in a pipe, {size:,}, memory"
            yield Row(what, "task list", ours, theirs, 0.75, megabytes)


def beside_todoman(programs: Programs, sizes: Sizes) -> Iterator[Row]:
    """Measure the list of open records beside todoman's."""
    for size, target in zip(sizes[:2], (0.5, None), strict=True):
        ours, theirs = programs.listing(size), programs.todo_list(size)
        yield Row(f"list in a pipe, {size:,}", "todo list", ours, theirs, target)


def writing(programs: Programs, sizes: Sizes) -> Iterator[Row]:
    """Measure what a change costs, and that an import grows with its rows."""
    for size, target in zip(sizes, (None, None, 0.6, None), strict=True):
        ours, theirs = programs.cpctrack(*CHANGED, size=size), programs.load_and_dump(size)
        yield Row(f"update of one, {size:,}", "json load and dump", ours, theirs, target)
    medium, large = sizes[1:3]
    ours, theirs = programs.importing(large), programs.importing(medium)
    linear = 1.2 * large / medium
    yield Row(f"import, {large:,}", f"import, {medium:,}", ours, theirs, linear)


def merging(programs: Programs, sizes: Sizes) -> Row:
    """Measure how two clones come together."""
    large = sizes[2]
    ours, theirs = programs.merging(large), programs.load_clones(large)
    return Row(f"merge driver, {large:,}", "json.load of three", ours, theirs, 4)


def documents(programs: Programs, sizes: Sizes) -> Iterator[Row]:
    """Measure the long page and the long table on a terminal."""
    medium, large = sizes[1:3]
    page = programs.cpctrack("appendix", "--format", "html", size=large)
    jinja = programs.python("import json, jinja2")
    yield Row(f"appendix, HTML, {large:,}", "import json, jinja2", page, jinja, 12)
    for name, target in (("markdown", 15), ("html", 15)):
        report = programs.cpctrack("appendix", *PROGRESS, "--format", name, size=large)
        what = f"progress, {name}, {large:,}"
        yield Row(what, "import json, jinja2", report, jinja, target)
    for name in ("docx", "xlsx", "pdf"):
        made = programs.cpctrack(
            "appendix", "--format", name, "-o", f"made.{name}", "--force", size=medium
        )
        yield Row(f"appendix, {name}, {medium:,}", "import json, jinja2", made, jinja)
    shown, rich = programs.listing_on_terminal(medium), programs.rich_table(medium)
    yield Row(f"list on a terminal, {medium:,}", "plain rich table", shown, rich, 0.3)


def councils(programs: Programs, size: int) -> Iterator[Row]:
    """Measure what thirty stores cost beside one that holds all of it."""
    export = ("export", "-o", "made.db", "--force")
    for words in (("list",), ("check",), ("statistics",), export):
        # What `check` finds in invented records does not matter here.
        codes = frozenset({0, 1} if words == ("check",) else {0})
        one, thirty = (
            replace(make(*words, size=size), exit_codes=codes)
            for make in (programs.cpctrack, programs.council)
        )
        yield Row(f"{words[0]}, 30 stores, {size:,}", "one store", thirty, one, 1.5)
