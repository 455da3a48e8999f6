"""What click refuses, in words that say what to type instead."""

import re

import click

from cpctrack.text import listed, one_line

# What an argument or an option is, by its name; others are called by what stands for them.
_NOUNS = {
    "ref": "action", "refs": "action", "by": "action", "old": "owner", "new": "owner",
    "name": "name", "file": "file", "files": "file", "output": "file", "folder": "folder",
    "day": "meeting", "meeting": "meeting", "first": "meeting", "second": "meeting",
    "committee": "committee", "reason": "reason", "texts": "action",
}  # fmt: skip
_QUOTED = re.compile(r"(?<!\w)'([^']*)'")
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


def in_our_words(error: click.UsageError) -> str:
    """Say what is missing, too much or wrong, with an example where the command's help has one."""
    ctx = error.ctx
    if ctx and isinstance(error, click.MissingParameter) and error.param:
        noun = _NOUNS.get(error.param.name or "")
        question = "Why? " if noun == "reason" else f"Which {noun}? " if noun else ""
        if isinstance(error.param, click.Option):
            metavar = error.param.make_metavar(ctx)
            value = f'"{metavar}"' if metavar in ("NAME", "TEXT") else metavar
            return f"{question}Add {max(error.param.opts, key=len)} {value}."
        return (question + _example(ctx.command)).rstrip()
    if isinstance(error, click.BadOptionUsage):
        return f"Something is missing after {error.option_name}; type it there."
    if ctx and (extra := _EXTRA.fullmatch(error.message)):
        taken = [_noun(each) for each in ctx.command.params if isinstance(each, click.Argument)]
        takes = listed([f"one {noun}" for noun in taken]) or "only options"
        hint = " Put words that belong together in quotation marks." if " " in extra[1] else ""
        return f"“{one_line(extra[1])}” was not expected: {ctx.command.name} takes {takes}.{hint}"
    message = error.format_message().removeprefix("Invalid value for ")
    said = _QUOTED.sub(lambda found: f"“{found[1]}”" if found[1][:1] != "-" else found[1], message)
    return said.replace("is not a valid integer range", "is not a whole number")


def _noun(param: click.Parameter) -> str:
    name = param.name or ""
    return _NOUNS.get(name) or name.replace("_", " ")


def _example(command: click.Command) -> str:
    """Give the first example of the command's help that gives what it was to be given."""
    _, _, examples = (command.help or "").partition("Example")
    lines = [line.strip() for line in examples.splitlines()[1:]]
    given = (each for each in lines if each.startswith("cpctrack ") and "--help" not in each)
    return f"For example: {example}" if (example := next(given, "")) else ""
