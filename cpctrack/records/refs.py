"""Printed references: short enough to type, never changed, never used again.

``CPC-2223-057`` is the committee's prefix, the municipal year and a running number in that year.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from cpctrack.errors import AmbiguousError, NotFoundError, UsageError
from cpctrack.suggest import did_you_mean
from cpctrack.text import fold


class Referenced(Protocol):
    """What can be found by a reference: ours, or the one another table printed."""

    @property
    def ref(self) -> str:
        """Our own reference."""

    @property
    def source_ref(self) -> str:
        """The reference another table gave it, or nothing."""


_N = TypeVar("_N", bound=Referenced)

_REFERENCE = re.compile(r"(?P<prefix>[A-Z0-9]+)-(?P<year>\d{4})-(?P<number>\d{1,9})", re.ASCII)
_BETWEEN = r"[\s/\u2010-\u2015\u2212-]"
_TYPED = re.compile(
    rf"(?:(?:(?P<prefix>[a-z][a-z0-9]*?){_BETWEEN}*)?(?P<year>\d{{4}}){_BETWEEN}+)?"
    r"(?P<number>\d{1,9})",
    re.ASCII | re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"(?<![a-z0-9])([a-z][a-z0-9]{0,7})\s?[-\u2010-\u2015\u2212]\s?(\d{4})"
    r"\s?[-\u2010-\u2015\u2212]\s?(\d{1,9})(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}", re.ASCII)


def parse_prefix(text: str) -> str:
    """Check the committee's prefix: up to 8 letters and digits; raises `UsageError`."""
    prefix = text.strip().upper()
    if not is_prefix(prefix):
        raise UsageError(f"“{text}” can't begin a reference; give one to eight letters, like CPC.")
    return prefix


def is_prefix(text: str) -> bool:
    """Tell whether references can begin with this."""
    return _PREFIX.fullmatch(text) is not None


def prefix_from(committee: str) -> str:
    """Make a prefix from the initials of a committee's name."""
    words = re.findall(r"[A-Za-z]+", committee)
    initials = "".join(word[0] for word in words if word.lower() not in ("and", "of", "the", "for"))
    return initials.upper()[:8] or "ACT"


def make_ref(prefix: str, year: str, number: int) -> str:
    """Write a reference; `year` is a municipal year like ``2022/23``."""
    return f"{prefix}-{year[2:4]}{year[-2:]}-{number:03}"


def written(text: str) -> list[tuple[str, int, int]]:
    """Give the references in a text, each as it would be printed, and where it begins and ends.

    Word makes other hyphens of ours, and people type small letters and leave out noughts.
    """
    return [
        (f"{each[1].upper()}-{each[2]}-{int(each[3]):03}", *each.span())
        for each in _WRITTEN.finditer(text)
    ]


def split_ref(ref: str) -> tuple[str, str, int]:
    """Split a reference into prefix, short year and number; another form gives (ref, "", 0)."""
    match = _REFERENCE.fullmatch(ref)
    return (match["prefix"], match["year"], int(match["number"])) if match else (ref, "", 0)


def last_numbers(refs: Iterable[str]) -> dict[str, int]:
    """Give the highest number used in each short year (``2223``), whatever the prefix."""
    highest: dict[str, int] = {}
    for ref in refs:
        _, year, number = split_ref(ref)
        highest[year] = max(number, highest.get(year, 0))
    return highest


def find(records: Sequence[_N], typed: str) -> _N:
    """Find the record somebody means by ``CPC-2223-057``, ``2223-57``, ``57`` or a printed one.

    Case does not matter, nor what stands between the parts. Raises `AmbiguousError` where more than
    one answers, and `NotFoundError`, with the nearest references there are, where none does.
    """
    wanted = typed.strip()
    found = _named(records, fold(wanted))
    short = _TYPED.fullmatch(wanted)
    if short and not found:
        found = [record for record in records if _answers(record.ref, short)]
    if len(found) == 1:
        return found[0]
    if found:
        refs = sorted({record.ref for record in found})
        raise AmbiguousError(_which(wanted, refs, len(found)), _latest(refs))
    refs = [record.ref for record in records]
    whole = wanted.upper()
    if short and short["year"] and refs:  # written out, so that it can be compared with whole ones
        prefix = (short["prefix"] or split_ref(refs[0])[0]).upper()
        whole = f"{prefix}-{short['year']}-{int(short['number']):03}"
    hint = did_you_mean(whole, refs) or " “cpctrack list” shows them all."
    raise NotFoundError(f"No action has the reference “{wanted}”.{hint}")


def _named(records: Sequence[_N], wanted: str) -> list[_N]:
    # Our own reference goes first: another table may have printed the same one.
    return [record for record in records if record.ref.casefold() == wanted] or [
        record
        for record in records
        if wanted and record.source_ref and fold(record.source_ref) == wanted
    ]


def _which(wanted: str, refs: Sequence[str], count: int) -> str:
    if len(refs) == 1:
        return f"{count} actions have the reference {refs[0]}; “cpctrack check” names them."
    return f"“{wanted}” could be {', '.join(refs[:5])}; give the whole reference."


def _latest(refs: Sequence[str]) -> str:
    """Give the reference of the last year, or nothing where they are not of one committee."""
    (prefix, _, _), *others = parts = [split_ref(ref) for ref in refs]
    if not others or any(other[0] != prefix or not other[1] for other in others):
        return ""
    return refs[parts.index(max(parts))]


def _answers(ref: str, typed: re.Match[str]) -> bool:
    prefix, year, number = split_ref(ref)
    return (
        int(typed["number"]) == number
        and typed["year"] in (None, year)
        and (typed["prefix"] or prefix).upper() == prefix
    )
