"""The command itself: global options, commands loaded by name, errors turned into one line."""

import contextlib
import errno
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from cpctrack import __version__
from cpctrack.cli.context import App, warn_of_conflicts
from cpctrack.errors import CpctrackError, reason
from cpctrack.text import brief, clean

_COMMANDS = (
    "init", "add", "update", "agree", "reopen", "extend", "roll-over", "supersede", "split",
    "transfer", "undo", "redo",
    "list", "show", "history", "check", "statistics",
    "import", "layouts", "minutes", "meetings", "meeting", "settings", "owners", "owner",
    "reassign",
    "chase", "replies", "answer",
    "appendix", "templates", "publish", "published", "compare", "site",
    "calendar", "export", "archive",
    "conflicts", "resolve", "git-setup", "merge-driver",
)  # fmt: skip
_PYTHONS_OWN = {"import": "import_", "list": "list_"}  # names of modules that Python has taken


class Commands(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order a clerk meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and give its `command`."""
        if cmd_name not in _COMMANDS:
            return None
        name = _PYTHONS_OWN.get(cmd_name) or cmd_name.replace("-", "_")
        module = import_module(f"cpctrack.cli.commands.{name}")
        command: click.Command = module.command
        command.name = cmd_name
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command to run, or say which one may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from cpctrack.suggest import did_you_mean

            hint = did_you_mean(args[0], _COMMANDS)
            raise click.UsageError(f"There is no command “{args[0]}”.{hint}", ctx) from error

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
        except click.ClickException as error:
            error.message = brief(error.message)  # type: ignore[misc]
            raise


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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

    Every command explains itself with --help.

    \b
    Example:
      cpctrack list --open
    """
    ctx.obj = App(store=store, no_input=no_input, quiet=quiet)
    warn_of_conflicts(ctx)
    # click looks at neither of these.
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False


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
            main(prog_name="cpctrack")
        finally:
            sys.stdout.flush()
    except OSError as error:
        with contextlib.suppress(OSError):
            if error.errno != errno.EPIPE:  # a reader that has seen enough, as `head` has
                what = clean(str(error.filename or "The output"))
                click.echo(f"Error: {what} can't be used ({reason(error)}).", err=True)
        for stream in (sys.stdout, sys.stderr):  # Python would try once more to write what is left
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        sys.exit(1)


def _use_utf8() -> None:
    """Write UTF-8 and plain line ends into pipes and files, which on Windows get neither."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", newline="\n")
