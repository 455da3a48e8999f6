"""``cpctrack minutes``: from the minutes of a meeting to its actions."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.dialogue.confirming import check_answer
from cpctrack.cli.options import exempt_option
from cpctrack.cli.output.writing import print_json, window
from cpctrack.cli.types import MeetingDay, OneOf
from cpctrack.dates import long_date
from cpctrack.errors import ImportRefusedError, StoreError, UsageError
from cpctrack.records.model import MeetingType
from cpctrack.text import one_line

if TYPE_CHECKING:
    from cpctrack.minutes.base import Minutes
    from cpctrack.minutes.finding.reasons import Reading
    from cpctrack.minutes.habits import Habits
    from cpctrack.records.calendar import Calendar
    from cpctrack.store.store import Store
    from cpctrack.tasks.take_minutes import Sheet, Written

_ALL = -1  # lines that there is something to tell of


class _Command(click.Command):
    """The command, in which the file may follow ``--why`` without a number between."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``--why`` behind the file, which click would take for the number."""
        for at, (one, behind) in enumerate(pairwise(args)):
            if one == "--why" and not (behind.startswith("-") or behind.isdecimal()):
                del args[at]
                args.insert(args.index("--") if "--" in args else len(args), one)
                break
        return super().parse_args(ctx, args)


@click.command(cls=_Command)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--meeting", type=MeetingDay(), metavar="DATE",
              help="The meeting, where the text does not name it or is wrong.")  # fmt: skip
@click.option("--type", "type_", type=OneOf(MeetingType, "type of meeting"),
              help="The type of meeting, where the text does not say it or is wrong.")  # fmt: skip
@exempt_option
@click.option("--all", "resolutions", is_flag=True,
              help="Resolutions that oblige nobody as well, as decisions.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what is found and write nothing.")
@click.option("--yes", is_flag=True, help="Save what is marked as action and new, without asking.")
@click.option("--why", type=int, is_flag=False, flag_value=_ALL, metavar="[LINE]",
              help="Tell why lines are drafted or offered, or all about one line.")  # fmt: skip
@click.option("--habits", is_flag=True,
              help="Show what going through minutes has taught, without a FILE.")  # fmt: skip
@click.option("--forget", is_flag=False, flag_value="", metavar="[WHAT]",
              help="Forget all of that, or one thing of it, without a FILE.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True,
              help="Print what is found as JSON for scripts; writes only with --yes.")  # fmt: skip
@pass_app
def command(app: App, /, *, file: Path | None, **given: Any) -> None:
    """Find the actions that a meeting's minutes agree, and save those that are new.

    Reads text, Markdown, HTML, Word, OpenDocument, PDF, Excel and CSV files. On a terminal it
    goes through the drafts one by one, each with its passage: accept, edit, skip, or quit and come
    back later. What the store holds already is recognised, so minutes can be read again. The
    meeting is kept even where it agreed nothing.

    \b
    Examples:
      cpctrack minutes minutes-2024-03-13.txt --dry-run
      cpctrack minutes minutes-2024-03-13.txt --why 47
      cpctrack minutes --habits
    """
    if given["habits"] or given["forget"] is not None:
        _habits(file, given, app)
        return
    if file is None:
        raise UsageError("Name the FILE of the minutes; only --habits and --forget need none.")
    asks_why = given["why"] is not None
    looks_only = given["dry_run"] or asks_why or (given["as_json"] and not given["yes"])
    check_answer(app, given=looks_only or given["yes"])
    given["own"] = _own(app, needs_store=not asks_why)
    name = one_line(file.name)
    try:
        if asks_why:
            _explain(name, _read(file, given["own"]), given)
            return
        take = _look if looks_only else _write if given["yes"] else _walk
        take(name, _read(file, given["own"]).minutes, given, app)
    except ImportRefusedError as error:
        if given["as_json"]:
            from cpctrack.cli.output import minutes_plan

            print_json(minutes_plan.refusal(name, str(error)))
        raise


def _own(app: App, *, needs_store: bool) -> "Habits":
    """Learn the committee's own words, and give its habits."""
    from cpctrack.tasks.learn_words import learn_words

    try:
        learn_words(app.store_path())  # before a room is imported that looks words up
        from cpctrack.tasks.habits import own_habits

        return own_habits(app.store_path())
    except StoreError:
        if needs_store:
            raise
    from cpctrack.minutes.habits import NO_HABITS

    return NO_HABITS


def _habits(file: Path | None, given: dict[str, Any], app: App) -> None:
    from cpctrack.cli.dialogue import habits

    if file is not None or (given["habits"] and given["forget"] is not None):
        raise UsageError("Say --habits or --forget, without a FILE.")
    if given["habits"]:
        habits.show(app, as_json=given["as_json"])
    else:
        habits.forget(app, given["forget"], yes=given["yes"])


def _read(file: Path, own: "Habits") -> "Reading":
    from cpctrack.minutes.finding.finding import read
    from cpctrack.tasks.read_documents import read_minutes

    return read(read_minutes(file), own)


def _explain(name: str, reading: "Reading", given: dict[str, Any]) -> None:
    from cpctrack.cli.output import minutes_reasons, minutes_why

    line, last = given["why"], minutes_reasons.last_line(reading)
    if line == _ALL:
        told = minutes_reasons.overview(reading, decided=given["resolutions"])
    elif 0 < line <= last:
        told = minutes_reasons.of_line(reading, line)
    else:
        raise UsageError(f"There is no line {line} in {name}; it ends with line {last}.")
    if given["as_json"]:
        print_json(minutes_why.as_json(name, max(line, 0), told))
    elif line == _ALL:
        click.echo(minutes_why.overview(name, told, window()))
    else:
        click.echo(minutes_why.in_full(name, line, told, window()))


def _lay_out(
    name: str, found: "Minutes", given: dict[str, Any], current: "Store", app: App, *, asks: bool
) -> "Sheet":
    from cpctrack.cli.dialogue.minutes_meeting import settle
    from cpctrack.tasks import take_minutes

    asked = take_minutes.ask_for(
        found, resolutions=given["resolutions"], exempt=given["exempt"] or "", own=given["own"]
    )
    meeting = settle(found.found, given, current, app, asks=asks)
    return take_minutes.lay_out(name, found.found, asked, meeting, current)


def _look(name: str, found: "Minutes", given: dict[str, Any], app: App) -> None:
    from cpctrack.store import store

    current = store.read(app.store_path())
    sheet = _lay_out(name, found, given, current, app, asks=False)
    _show(sheet, None, given, current.calendar(app.today()))
    if sheet.meeting is None:
        app.warn(f"{_no_day(name, found)} Without it nothing can be known already.")
    if given["dry_run"]:
        app.say("Only shown, as --dry-run asks: nothing was written.")


def _write(name: str, found: "Minutes", given: dict[str, Any], app: App) -> None:
    from cpctrack.store import store
    from cpctrack.tasks.take_minutes import save_new

    author = app.author("minutes")  # it may ask git, which nobody else should wait for
    with store.editing(app.store_path()) as current:
        sheet = _lay_out(name, found, given, current, app, asks=False)
        if sheet.meeting is None:
            raise ImportRefusedError(_no_day(name, found))
        written = save_new(sheet, current, author)
    try:
        _show(sheet, written, given, current.calendar(app.today()))
    finally:
        _say_what_was_written(written, app, offered=bool(sheet.offered))
    if sheet.unclear:
        app.say("What is to look at was not saved; on a terminal, without --yes, you are asked.")


def _walk(name: str, found: "Minutes", given: dict[str, Any], app: App) -> None:
    from cpctrack.cli.dialogue.walking import DraftWalk
    from cpctrack.cli.output import minutes_plan
    from cpctrack.cli.output.noticing import notice_words
    from cpctrack.store import store
    from cpctrack.tasks.take_minutes import save_decided

    path = app.store_path()
    current = store.read(path)
    sheet = _lay_out(name, found, given, current, app, asks=True)
    click.echo(minutes_plan.heading(sheet), err=True)
    walk = DraftWalk(sheet, current, app.today())
    decided = walk.go()
    if walk.stopped and not (decided.accepted or decided.same):
        app.say("Nothing was accepted, so nothing was written.")
        return
    author = app.author("minutes")
    with store.editing(path) as now:
        written = save_decided(sheet, decided, now, author)
    try:
        for record in written.saved.values():
            click.echo(record.ref)
    finally:
        _say_what_was_written(written, app, offered=bool(sheet.offered), asked=True)
    notice_words(app, now.calendar(app.today()), [*written.saved.values()])


def _say_what_was_written(
    written: "Written", app: App, *, offered: bool, asked: bool = False
) -> None:
    for record in written.overtaken:
        app.warn(f"Somebody else has taken in {record.ref} meanwhile; it was not saved again.")
    if not (written.saved or written.same or written.held or written.learnt):
        nothing = "accepted" if offered and asked and not written.overtaken else "new"
        app.say(f"Nothing was {nothing}, so nothing was written.")
        return
    if held := written.held:
        agreed = "" if offered else "; nothing new was agreed"
        app.say(f"Kept the {held.type.value} meeting of {long_date(held.date)}{agreed}.")
    noted = ", ".join(record.ref for record in written.same)
    if noted:
        app.say(f"Noted as the same: {noted}.")
    if written.learnt and not (written.saved or written.same or written.held):
        app.say("Nothing was accepted; what you skipped was learnt from.")
    app.say(f"Written to {app.store_path()}; “cpctrack undo” takes it back.")


def _show(
    sheet: "Sheet", written: "Written | None", given: dict[str, Any], calendar: "Calendar"
) -> None:
    from cpctrack.cli.output import minutes_plan

    saved = written.saved if written else {}
    if given["as_json"]:
        print_json(minutes_plan.as_json(sheet, saved))
    else:
        click.echo(minutes_plan.in_words(sheet, saved, calendar))


def _no_day(name: str, found: "Minutes") -> str:
    why = f" ({one_line(found.found.doubt)})" if found.found.doubt else ""
    return f"{name} does not say on which day the meeting was{why}; say it with --meeting."
