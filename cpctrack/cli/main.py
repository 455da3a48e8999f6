"""The command itself: global options, commands loaded by name, errors turned into one line."""

import contextlib
import os
import sys
from copy import copy
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from cpctrack import __version__, system
from cpctrack.cli.context import App, warn_of_conflicts, warn_of_copies
from cpctrack.cli.menu import LINES, MENU, in_lines, sought
from cpctrack.errors import CpctrackError, reason
from cpctrack.text import brief, clean, not_utf8, one_line

_PYTHONS_OWN = {"import": "import_", "list": "list_"}  # names of modules that Python has taken
_GITS_OWN = "merge-driver"  # in no list: nobody but git types it


class Commands(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order a clerk meets them."""
        return list(LINES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and give its `command`, which takes our options too."""
        return _command(cmd_name) if cmd_name in LINES or cmd_name == _GITS_OWN else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command to run, or say which one may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            found = sought(args[0])
            hint = f" Try:\n{in_lines(found)}" if found else " “cpctrack help” shows them all."
            said = f"There is no command “{brief(one_line(args[0]))}”.{hint}"
            raise click.UsageError(said, ctx) from error

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in groups, a line each, and then our options."""
        for heading, commands in MENU.items():
            with formatter.section(heading):
                formatter.write_dl([(f"{name:<12}", line) for name, line in commands.items()])
        with formatter.section("Options, before a command or after it"):
            records = (param.get_help_record(ctx) for param in self.get_params(ctx))
            formatter.write_dl([each for each in records if each])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what it refuses becomes one line on stderr and an exit code."""
        try:
            return super().invoke(ctx)
        except click.Abort:
            click.echo("\nNothing was saved.", err=True)
            ctx.exit(1)
        except CpctrackError as error:
            failure = (
                click.UsageError
                if error.exit_code == click.UsageError.exit_code
                else click.ClickException
            )
            raise failure(brief(str(error))) from error
        except click.UsageError as error:
            from cpctrack.cli.usage import in_our_words

            raise click.UsageError(brief(in_our_words(error)), error.ctx) from error
        except click.ClickException as error:
            error.message = brief(error.message)  # type: ignore[misc]
            raise


@cache  # its options are added once
def _command(name: str) -> click.Command:
    module = import_module(
        f"cpctrack.cli.commands.{_PYTHONS_OWN.get(name) or name.replace('-', '_')}"
    )
    command: click.Command = module.command
    command.name = name
    _add_global_options(command)
    return command


def _add_global_options(command: click.Command) -> None:
    """Let the options of the whole program stand behind a command, and behind those below it."""
    for option in main.params:
        if isinstance(option, click.Option) and option.expose_value:
            also = copy(option)
            also.hidden, also.expose_value, also.callback = True, False, _also_given
            command.params.append(also)
    for below in getattr(command, "commands", {}).values():
        _add_global_options(below)


def _also_given(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    if value:
        given = ctx.find_root().params
        given[option.name] = value if value is True else (*given[option.name], *value)
        ctx.obj = App(**given)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    options_metavar="",
    subcommand_metavar="COMMAND …",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--store",
    metavar="FILE|DIR",
    type=click.Path(readable=False, path_type=Path),
    multiple=True,
    help="The JSON file to work on, instead of actions.json in this folder or above it; several, "
    "or a folder of them, for what reads many committees.",
)
@click.option("--no-input", is_flag=True, help="Never ask; take the defaults or refuse.")
@click.option("-q", "--quiet", is_flag=True, help="Print results and errors only.")
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, *, store: tuple[Path, ...], no_input: bool, quiet: bool) -> None:
    """Keep a council committee's actions in one file, and print its Appendix 4.

    More about a command: cpctrack help COMMAND. Pages to read: cpctrack help topics. Looking for
    delete, edit, close, search or print? cpctrack help WORD. “cpctrack” alone says what is to be
    done now.

    \b
    Example:
      cpctrack list --open
    """
    ctx.obj = App(store=store, no_input=no_input, quiet=quiet)
    warn_of_conflicts(ctx)
    warn_of_copies(ctx)
    # click looks at neither of these.
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False
    if ctx.invoked_subcommand is None:
        ctx.invoke(_command("dashboard"))


def run() -> None:
    """Run the command line; what it can't print ends it with one line and 1."""
    import gc

    # A command ends long before a collection would pay, and one costs a third of a large read.
    gc.disable()
    # What is printed to a closed stream must fail, as on a full disk.
    closed = {
        "stdin": (os.O_RDONLY, "r"), "stdout": (os.O_RDONLY, "w"), "stderr": (os.O_WRONLY, "w"),
    }  # fmt: skip
    for name, (flags, mode) in closed.items():
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode))
    _use_utf8()
    if "_CPCTRACK_COMPLETE" in os.environ:
        import cpctrack.cli.completion  # noqa: F401 - tells click of our shells
    try:
        try:
            _refuse_other_letters(sys.argv[1:])
            main(prog_name="cpctrack")
        finally:
            sys.stdout.flush()
    except OSError as error:
        with contextlib.suppress(OSError):
            if error.errno not in system.READER_LEFT:  # it has seen enough, as `head` has
                what = clean(str(error.filename or "The output"))
                click.echo(f"Error: {what} can't be used ({reason(error)}).", err=True)
        for stream in (sys.stdout, sys.stderr):  # Python would try once more to write what is left
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        sys.exit(1)


def _refuse_other_letters(words: list[str]) -> None:
    """End with a line where a letter can't be told; files that are there may be named in any."""
    for word in words:
        if (wrong := not_utf8(word)) and not any(
            os.path.lexists(name) for name in (word, word.partition("=")[2])
        ):
            click.echo(f"Error: {wrong}", err=True)
            sys.exit(click.UsageError.exit_code)


def _use_utf8() -> None:
    """Write UTF-8 and plain line ends into pipes and files, which on Windows get neither."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")  # `not_utf8` tells of it
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", newline="\n")
