"""What may stand behind an option, how it is read, and how the shell completes it."""

import contextlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cpctrack import dates, system
from cpctrack.errors import CpctrackError, DateError, LayoutError
from cpctrack.records.model import Status
from cpctrack.text import clean, fold, one_line, shorten

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cpctrack.plugins import Found
    from cpctrack.records.model import Meeting, Record
    from cpctrack.store.store import Store

_Word = TypeVar("_Word", bound=StrEnum)
_FEW = 5
_PARTS = 3  # of a reference
_MOST_INPUT = 1024 * 1024
# Whatever says when something is due has a digit or one of these in it. The words of minutes take
# longer to load than click, and most names need none of them.
_TIMELY = (
    *(month[:3].lower() for month in dates.MONTHS), *sum(dates.WELSH_MONTHS, ()),
    "day", "week", "fortnight", "month", "quarter", "term", "year", "annual", "cycle", "meeting",
    "spring", "summer", "autumn", "winter", "easter", "christmas", "before", "soon", "asap",
    "immediately", "forward", "forthwith", "delay", "course", "basis", "next", "future",
    "following", "forthcoming", "subsequent", "upcoming",
    "endof", "closeof", "startof", "beginningof", "middleof",
    "tomorrow", "urgency", "permit", "allow", "once", "advanceof", "priorto", "aheadof",
)  # fmt: skip


class FormatName(click.Choice[str]):
    """The name of a format; those of plug-ins are looked for where it is none of ours."""

    def __init__(self, ours: Iterable[str], added: "Callable[[], Found[Any]]") -> None:
        super().__init__(list(ours))
        self._added = added

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the name; raises `UsageError` where there is no such format."""
        from cpctrack.plugins import chosen

        chosen(value, dict.fromkeys(self.choices), self._added)
        return str(value)


class Text(click.ParamType[str]):
    """Any text, kept to the letter but for what could disturb a terminal."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Clean the text."""
        return clean(str(value)).strip("\n")


class TextOrInput(Text):
    """Any text; “-” reads it from standard input, as UTF-8."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read standard input where that is wanted, and clean the text."""
        if value != "-":
            return super().convert(value, param, ctx)
        if sys.stdin.isatty():
            end = system.END_OF_INPUT
            click.echo(f"Type or paste the text, and end it with Enter and {end}.", err=True)
        content = sys.stdin.buffer.read(_MOST_INPUT + 1)
        if len(content) > _MOST_INPUT:
            self.fail("what comes in is more than 1 MB; no answer is so long.", param, ctx)
        try:
            text = super().convert(content.decode("utf-8-sig"), param, ctx)
        except UnicodeDecodeError:
            self.fail("what comes in is not UTF-8; save the text as that first.", param, ctx)
        if not text.strip():
            self.fail('nothing came in; “--response ""” clears it.', param, ctx)
        return text


class OneLine(Text):
    """A text of one line: a name, an agenda item, a reference."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Join the lines of the text."""
        return one_line(str(value))


class Day(click.ParamType[str]):
    """An exact date, as ISO text; an empty one takes a date away."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the date, day first."""
        try:
            return dates.parse_date(value).isoformat() if value.strip() else ""
        except DateError as error:
            self.fail(str(error), param, ctx)


class Due(OneLine):
    """When something is due: a date or words, but no day that never is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what looks like a date and is none."""
        text = super().convert(value, param, ctx)
        if dates.find_date(text) is None and any(letter.isdecimal() for letter in text):
            from cpctrack.due import read_due

            if (when := read_due(text)).is_wrong:
                self.fail(f"{when.why}; correct it.", param, ctx)
        return text


class MeetingDay(Day):
    """The date of a meeting, completed from the meetings there are."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """Offer the meetings, held and to come, the latest first."""
        days = {meeting.date: meeting.type.value for meeting in _meetings(ctx) if meeting.stands}
        return [
            _item(day, help=days[day])
            for day in sorted(days, reverse=True)
            if day.startswith(incomplete)
        ]


class Year(click.ParamType[str]):
    """A municipal year, as ``2022/23``."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read 2022/23, 2022-23, 22/23 or 2223."""
        try:
            return dates.parse_municipal_year(value)
        except DateError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """Offer the years the store has meetings in."""
        years = sorted({meeting.year for meeting in _meetings(ctx)})
        return [_item(year) for year in years if year.startswith(incomplete)]


class OneOf(click.ParamType[_Word]):
    """One of an enumeration's words, in any case, with spaces or hyphens."""

    def __init__(self, words: type[_Word], name: str) -> None:
        self.words = words
        self.name = name

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """Show the words themselves where there are few."""
        return f"[{'|'.join(filter(None, self.words))}]" if len(self.words) < _FEW else None

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> _Word:
        """Read the word as scripts write it (in-progress) or as members read it."""
        wanted = _hyphenated(value)
        for word in self.words:
            if wanted in (word.value, _hyphenated(getattr(word, "words", word))):
                return word
        hint, known = self._hint(value), ", ".join(map(_both, filter(None, self.words)))
        raise click.BadParameter(
            f"“{one_line(value)}” is not a {self.name}.{hint} There are {known}.",
            ctx=ctx,
            param=param,
        )

    def _hint(self, value: str) -> str:
        from cpctrack.suggest import did_you_mean

        return did_you_mean(_hyphenated(value), list(self.words))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """Offer the words, with their meaning where they have one."""
        return [
            _item(word.value, help=getattr(word, "words", None))
            for word in self.words
            if word and word.startswith(incomplete.lower())
        ]


class StatusWord(OneOf[Status]):
    """A status; the words other councils print for one are hints only."""

    def __init__(self) -> None:
        super().__init__(Status, "status")

    def _hint(self, value: str) -> str:
        from cpctrack.records.printed_status import stated

        meant, _ = stated(value)
        return f" Did you mean {meant}?" if meant else super()._hint(value)


class ColumnMeaning(click.ParamType[tuple[str, tuple[str, ...]]]):
    """What a column is said to hold, as in ``Date/Ref=meeting date, reference``."""

    name = "heading"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, tuple[str, ...]]:
        """Part the heading from its meanings."""
        if isinstance(value, tuple):
            return value
        from cpctrack.tables.layout import meanings_of

        heading, equals, meant = value.rpartition("=")
        if not heading.strip() or not equals:
            self.fail(f"write “{one_line(value)}” like “Allocated to=owner”.", param, ctx)
        heading = one_line(heading)
        try:
            return heading, meanings_of(heading, meant)
        except LayoutError as error:
            self.fail(str(error), param, ctx)


class LayoutName(OneLine):
    """A layout's name, completed from the layouts there are."""

    name = "name"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """Offer every layout with this in the name."""
        from cpctrack.tasks.layouts import layout_files

        try:
            return [
                _item(name)
                for path in _paths(ctx)
                for name in layout_files(path)
                if fold(incomplete) in fold(name)
            ]
        except CpctrackError:
            return []


class Owner(OneLine):
    """Whom an action is referred to, completed from the owners there are."""

    name = "name"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """Offer every owner with this in the name."""
        from cpctrack.records.query import known_owners

        return [
            _item(owner) for owner in known_owners(_records(ctx)) if fold(incomplete) in fold(owner)
        ]


class NewOwner(Owner):
    """Whom an action shall be referred to: one, and no time, which is easily typed in its place."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what says when and not who, names nobody, or several."""
        from cpctrack.records.owners import is_name

        name = super().convert(value, param, ctx)
        if not is_name(name):
            self.fail(
                f"“{name}” is not the name of one owner; give one name at a time.", param, ctx
            )
        if not may_say_when(name):
            return name
        from cpctrack.minutes.language.timing import due_words

        if dates.find_date(name) or due_words(f"by {name}") in (name, f"by {name}"):
            self.fail(f"“{name}” says when, not who: it is for the due date (--due).", param, ctx)
        return name


def may_say_when(name: str) -> bool:
    """Tell whether there is a digit in a name, or a word that is part of a time."""
    folded = "".join(name.casefold().split())
    return any(letter.isdecimal() for letter in name) or any(part in folded for part in _TIMELY)


class Reference(OneLine):
    """A record's reference, completed from the records there are."""

    name = "ref"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """Offer references by their beginning or a later part, with what each is about."""
        from cpctrack.records.query import in_order

        return [
            _item(record.ref, help=shorten(record.text, 50))
            for record in in_order(_records(ctx))
            if incomplete.upper() in record.ref
        ]


def whole_refs(
    _context: click.Context, _argument: click.Parameter, words: tuple[str, ...]
) -> tuple[str, ...]:
    """Put a reference together that was typed in three words: CPC 2324 006."""
    refs: list[str] = []
    left = list(words)
    while left:
        prefix, *rest = left[:3]
        whole = prefix.isalpha() and len(rest) == _PARTS - 1 and all(map(str.isdecimal, rest))
        refs.append(" ".join(left[:_PARTS]) if whole else prefix)
        del left[: _PARTS if whole else 1]
    return tuple(refs)


def _both(word: str) -> str:
    """Give a word as scripts write it, and as members read it where that is another."""
    read = getattr(word, "words", word)
    return word if _hyphenated(read) == word else f"{word} ({read})"


def _hyphenated(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", fold(word))


def _item(value: str, help: str | None = None) -> "CompletionItem":  # noqa: A002 - click's word
    from click.shell_completion import CompletionItem

    return CompletionItem(one_line(value), help=help and one_line(help))


def _paths(ctx: click.Context) -> list[Path]:
    from cpctrack.cli.context import App

    named = ctx.find_root().params.get("store") or ()  # no command has run yet
    return App(store=tuple(map(Path, named))).store_paths()


def _stores(ctx: click.Context) -> "Iterator[Store]":
    from cpctrack.store import store

    with contextlib.suppress(CpctrackError):  # completing a word is no moment for messages
        yield from map(store.read, _paths(ctx))


def _records(ctx: click.Context) -> "list[Record]":
    try:
        return [record for each in _stores(ctx) for record in each.records]
    except CpctrackError:
        return []


def _meetings(ctx: click.Context) -> "list[Meeting]":
    return [meeting for each in _stores(ctx) for meeting in each.meetings.values()]
