"""Write ``docs/commands.md`` from the help of every command: ``python docs/generate_commands.py``.

With ``--check`` nothing is written; the exit code is 1 where the file is not what the help says.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cpctrack.cli.main import main as cpctrack

TARGET = Path(__file__).with_name("commands.md")
WIDTH = 80

INTRODUCTION = """\
# Commands

What `cpctrack COMMAND --help` says, made by `python docs/generate_commands.py`. The
[guide](guide.md) shows when to use which.

Results go to standard output, messages to standard error. The exit code is 0 when all is well, 1
for a problem in the data or the operation, 2 for wrong usage.
"""


def main(arguments: list[str]) -> int:
    """Write the page, or compare it, and give the exit code."""
    page = "\n".join([INTRODUCTION, *sections(cpctrack, "cpctrack")])
    if "--check" not in arguments:
        TARGET.write_text(page, encoding="utf-8", newline="\n")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == page:
        return 0
    sys.stderr.write(f"{TARGET} is not what the help says; run {Path(__file__).name}.\n")
    return 1


def sections(
    command: click.Command, name: str, parent: click.Context | None = None
) -> Iterator[str]:
    """Give a section for the command and for each below it."""
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    with click.Context(command, info_name=name, parent=parent, **settings) as ctx:
        yield f"## {ctx.command_path}\n\n```text\n{command.get_help(ctx)}\n```\n"
        if isinstance(command, click.Group):
            for below in command.list_commands(ctx):
                found = command.get_command(ctx, below)
                if found and not found.hidden:
                    yield from sections(found, below, ctx)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
