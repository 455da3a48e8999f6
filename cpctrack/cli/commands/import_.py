"""``cpctrack import``: take in a published table."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.dialogue.confirming import check_answer
from cpctrack.cli.dialogue.taking_in import take_in
from cpctrack.cli.options import exempt_option
from cpctrack.cli.output.writing import page, print_json
from cpctrack.cli.types import ColumnMeaning, FormatName, LayoutName, MeetingDay, OneOf
from cpctrack.errors import ImportRefusedError
from cpctrack.records.model import MeetingType

if TYPE_CHECKING:
    from cpctrack.plugins import Found
    from cpctrack.reading.registry import Form
    from cpctrack.records.changes import Author
    from cpctrack.store.store import Store
    from cpctrack.tables.entries import Entry
    from cpctrack.tables.layout import Layout
    from cpctrack.tables.teaching import Teacher
    from cpctrack.tasks.import_tables import Intake, IsSame, Progress

_FORMATS = ("tsv", "csv", "markdown", "html", "xlsx", "docx", "odt", "ods", "pdf")
_TEXT = 120  # letters shown of a text that is asked about
_LONG = 500  # rows that take a moment to read


def _added() -> "Found[Form]":
    from cpctrack.reading import registry

    return registry.added()


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(path_type=Path))  # fmt: skip
@click.option("--format", "format_", type=FormatName(_FORMATS, _added),
              help="The files' format, where neither name nor content tells.")  # fmt: skip
@click.option("--meeting", type=MeetingDay(), metavar="DATE",
              help="The meeting, where the table does not name it.")  # fmt: skip
@click.option("--type", "type_", type=OneOf(MeetingType, "type of meeting"),
              help="The type of meeting, where the table does not say it.")  # fmt: skip
@click.option("--column", "columns", type=ColumnMeaning(), multiple=True,
              metavar="HEADING=MEANING",
              help="What a column holds: “Allocated to=owner”; repeat it.")  # fmt: skip
@click.option("--layout", type=LayoutName(), metavar="NAME",
              help="The layout to read by, or to keep what --column says under.")  # fmt: skip
@exempt_option
@click.option("--dry-run", is_flag=True, help="Show the plan and write nothing.")
@click.option("--yes", is_flag=True, help="Write the plan without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON for scripts.")
@pass_app
def command(app: App, /, *, files: Sequence[Path], **given: Any) -> None:
    """Bring in a published table: Excel, Word, OpenDocument, PDF, CSV, HTML or Markdown.

    Shows what is new, changed and to look at, asks, and writes all of it or nothing. A row that the
    store holds already is recognised, so the same file can be imported again. Nothing is deleted.

    On a terminal a column that is not understood is asked about; --column says it in a script.
    What was said is kept as a layout (see “cpctrack layouts”), and tables with those headings are
    read by it from then on.

    \b
    Example:
      cpctrack import published-table.tsv --dry-run
      cpctrack import published-table.tsv --column "Referred to=owner" --dry-run
    """
    check_answer(app, given=given["dry_run"] or given["yes"])
    from cpctrack.tasks.learn_words import learn_words

    learn_words(app.store_path())
    from cpctrack.cli.output import import_plan  # only now: what is imported looks words up
    from cpctrack.tables.drafts import Told
    from cpctrack.tasks import import_tables as intakes

    asks = app.interactive and not (given["yes"] or given["dry_run"])
    told = Told(given["meeting"] or "", given["type_"], given["exempt"] or "")
    follow, is_same = _progress(app), _asking() if asks else None
    teacher = _teacher(app.store_path(), given, asks=asks)
    try:
        logs = intakes.read_logs(files, given["format_"], teacher)
        for note in teacher.notes:
            app.warn(note)

        def take(current: "Store", author: "Author") -> "Intake":
            return intakes.take_in(
                current, logs, told, author=author, progress=follow, is_same=is_same
            )

        def show(intake: "Intake", current: "Store") -> None:
            calendar = current.calendar(app.today())
            if given["as_json"]:
                print_json(import_plan.as_json(intake, calendar, current.owners))
            else:
                click.echo(import_plan.in_words(intake, calendar))

        dry_run, yes = given["dry_run"], given["yes"]
        take_in(app, "import", take, show, dry_run=dry_run, yes=yes, ask=partial(_save, app))
        if not given["dry_run"]:
            _keep(teacher.taught.values(), app)
    except ImportRefusedError as error:
        if given["as_json"]:
            print_json(import_plan.refusal(intakes.problems_of(error)))
        raise


def _teacher(path: Path, given: dict[str, Any], *, asks: bool) -> "Teacher":
    """Gather what is known of tables, and what was said on the command line."""
    from cpctrack.tables.layout import check_name
    from cpctrack.tables.teaching import Teacher
    from cpctrack.tasks.layouts import find_file, has_layout, read_layouts

    name = given["layout"] or ""
    teacher = Teacher(read_layouts(path), columns=dict(given["columns"]), name=name)
    if asks:
        from cpctrack.cli.dialogue.teaching import Asker

        asker = Asker()
        teacher.ask, teacher.ask_action = asker.ask, asker.ask_action
    if name and given["columns"] and not has_layout(path, name):
        check_name(name)
    elif name:
        stem = find_file(path, name).stem
        teacher.forced = next(each for each in teacher.layouts if each.name == stem)
    return teacher


def _keep(taught: "Iterable[Layout]", app: App) -> None:
    from cpctrack.tasks.layouts import keep_layout

    for layout in taught:
        keep_layout(app.store_path(), layout)
        app.say(
            f"What was said of the table is kept as the layout “{layout.name}”; “cpctrack layouts "
            f"show {layout.name}” shows it."
        )


def _save(app: App, intake: "Intake") -> None:
    """Ask whether to save what the plan shows, of which every row can be looked at."""
    from cpctrack.cli.dialogue.asking import leave, one_of, prompt
    from cpctrack.cli.output.import_plan import rows_in_words

    count = len(intake.outcomes)
    these = f"these {count:,}" if count > 1 else "this one"
    question = f"Save {these}? [Y = save, n = save nothing, v = view all rows]"
    read = one_of(("yes", "no", "view"))
    while said := prompt(question, default="yes", show_default=False, value_proc=read):
        if said == "no":
            leave()
        if said == "yes":
            return
        page(rows_in_words(intake), app)


def _asking() -> "IsSame":
    """Ask of each row once, however often the files are taken in."""
    from functools import cache

    from cpctrack.cli.dialogue.asking import one_of, prompt
    from cpctrack.records.model import agreed
    from cpctrack.text import shorten

    @cache
    def ask(source: str, text: str, ref: str, held: str) -> bool:
        click.echo(f"{source}: {shorten(text, _TEXT)}", err=True)
        question = f"  Is this {ref}, {shorten(held, _TEXT)}? (same, new)"
        return bool(prompt(question, default="new", value_proc=one_of(("same", "new"))) == "same")

    return lambda draft, record: ask(draft.source, agreed(draft.fields), record.ref, record.text)


def _progress(app: App) -> "Progress":
    """Show a bar on a terminal while many rows are read."""
    shown = not app.quiet and sys.stderr.isatty()

    def follow(entries: "Sequence[Entry]") -> "Iterator[Entry]":
        if not shown or len(entries) <= _LONG:
            yield from entries
            return
        with click.progressbar(entries, label="Reading the rows", file=sys.stderr) as bar:
            yield from bar

    return follow
