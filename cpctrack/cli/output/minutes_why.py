"""Why lines of minutes are drafted, offered or passed over: in words for a person, and in JSON."""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

import click

from cpctrack.cli.output.minutes_reasons import EVERY_LINE, Told, percent
from cpctrack.cli.output.plan import INDENT, WIDTH, section
from cpctrack.minutes.finding.reasons import DECIDED, DRAFTED, OFFERED, PASSED
from cpctrack.text import one_line, shorten

_HEAVIEST = 4  # of a line among others
_TABLE = 12  # rows for, and against
_NARROWEST = 40  # letters
_COLOURS = {DRAFTED: "green", OFFERED: "yellow", DECIDED: None, PASSED: None}
_COUNTED = {PASSED: "left out"}
_TITLES = {
    DRAFTED: "Drafted",
    DECIDED: "Only decided",
    OFFERED: "Offered: not marked as actions",
    PASSED: "Left out, though they may be actions",
}


def as_json(name: str, line: int, told: Sequence[Told]) -> dict[str, Any]:
    """Give what ``--json`` prints; of one line all that was weighed, of many the heaviest."""
    most = None if line else _HEAVIEST
    return {
        "file": name,
        "line": line or None,
        "problems": [],
        "reasons": [
            {
                **one._asdict(),
                "rules": list(one.rules),
                "weighed": [each._asdict() for each in one.weighed[:most]],
            }
            for one in told
        ],
    }


def overview(name: str, told: Sequence[Told], window: int) -> str:
    """Explain drafts, offered lines and what was left out, shortly."""
    width = _width(window)
    counted = [(verdict, [one for one in told if one.verdict == verdict]) for verdict in _TITLES]
    number = ", ".join(
        f"{len(those)} {_COUNTED.get(verdict, verdict)}" for verdict, those in counted if those
    )
    lines = [f"{name}: {number or 'nothing was found'}"]
    for verdict, those in counted:
        lines += section(_TITLES[verdict], "", (_shortly(one, width) for one in those), len(those))
    return "\n".join([*lines, "\nFor all about a line, say which: --why LINE"])


def _shortly(one: Told, width: int) -> str:
    item = f", {shorten(one.item, 60)}" if one.item else ""
    lines = [shorten(one.text, 2 * (width - len(INDENT))), " ".join((one.why, *one.rules[1:2]))]
    named = [each for each in one.weighed if not each.words and each.what != EVERY_LINE]
    for side, sign in (("for it", 1), ("against it", -1)):
        if spoken := [each for each in named[:_HEAVIEST] if each.points * sign > 0]:
            told = ", ".join(f"{each.what} {each.points:+}" for each in spoken)
            lines.append(f"{side}: {told}")
    wrapped = (part for line in lines for part in _wrapped(line, width, INDENT))
    return "\n".join((f"line {one.line}{item}", *wrapped))


def in_full(name: str, line: int, told: Sequence[Told], window: int) -> str:
    """Explain all statements of a line, each with what speaks for it and against it."""
    width = _width(window)
    return "\n\n".join("\n".join(_fully(name, line, one, width)) for one in told)


def _fully(name: str, line: int, one: Told, width: int) -> Iterator[str]:
    verdict = click.style(one.verdict, fg=_COLOURS.get(one.verdict), bold=True)
    begins = f" (it begins in line {one.line})" if one.line != line else ""
    yield f"{name}, line {line}{begins}: {verdict}" if one.verdict else f"{name}, line {line}"
    if one.text.strip():
        yield from _wrapped(one.text, width, INDENT)
    yield ""
    yield from _wrapped(one.why, width, "  ")
    for rule in one.rules:
        yield from _wrapped(f"- {rule}", width, "  ", "    ")
    for title, sign, colour in (("For it", 1, "green"), ("Against it", -1, "red")):
        side = [each for each in one.weighed if each.points * sign > 0]
        if side:
            total = sum(each.points for each in side)
            yield f"\n  {click.style(title, bold=True)}: {abs(total)} points"
            for each in side[:_TABLE]:
                points = click.style(f"{abs(each.points):6}", fg=colour)
                yield f"{points}  {shorten(each.what, width - 8)}"
            if rest := side[_TABLE:]:
                yield f"{abs(sum(each.points for each in rest)):6}  {len(rest)} lighter ones"
    if one.weighed and one.score:
        total = sum(each.points for each in one.weighed)
        yield f"\n  Together {total:+} points: {percent(one.score)} sure."


def _width(window: int) -> int:
    return max(_NARROWEST, min(window or WIDTH, WIDTH))


def _wrapped(text: str, width: int, indent: str, further: str = "") -> Iterator[str]:
    whole = one_line(text).replace(" %", "\0%")  # a sign of its own line would be odd
    for line in wrap(whole, width, initial_indent=indent, subsequent_indent=further or indent):
        yield line.replace("\0", " ")
