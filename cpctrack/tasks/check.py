"""What is wrong with stores: all of it at once, by our checks and by those of plug-ins."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import NamedTuple

from cpctrack import plugins
from cpctrack.check import CHECKS, Check, Problem, Subject, Tier, find_problems
from cpctrack.check.base import Findings
from cpctrack.errors import CpctrackError
from cpctrack.records.model import Settings
from cpctrack.records.refs import split_ref
from cpctrack.store import copies
from cpctrack.store.store import Store

_PLUGINS = "plug-ins"
_MOST_FOUND = 100_000


class Told(NamedTuple):
    """A problem, and whose store it is in."""

    settings: Settings
    problem: Problem

    @property
    def where(self) -> str:
        """The record's reference, or the committee's prefix before what has none of its own."""
        prefix, ref = self.settings.prefix, self.problem.ref
        return ref if split_ref(ref)[1] else f"{prefix} {ref}"


def problems_of(held: Sequence[Store], today: date) -> list[Told]:
    """Give every problem of these stores, whose records may be linked.

    Plug-ins that can't be used are problems too, told with the first store.
    """
    everywhere = {
        each.settings.prefix: {record.ref: record for record in each.records} for each in held
    }
    tiers = list(Tier)
    checks = [*CHECKS, *map(_surviving, added().things.values())]
    checks.sort(key=lambda check: tiers.index(check.tier))
    told = [
        Told(each.settings, problem)
        for each in held
        for problem in find_problems(
            each.records,
            each.meetings,
            each.settings,
            today,
            each.document,
            elsewhere=everywhere,
            copies=[copy.name for copy in copies.beside(each.path, each.document)],
            checks=checks,
        )
    ]
    return told + [
        Told(first.settings, Problem("broken-plug-in", Tier.ATTENTION, _PLUGINS, "plug-in", why))
        for first in held[:1]
        for why in _wrong()
    ]


def _wrong() -> tuple[str, ...]:
    """Say what of any plug-in can't be used."""
    if not plugins.installed():
        return ()
    from cpctrack.reading import registry
    from cpctrack.render import documents

    wrong = (*registry.added().wrong, *documents.added().wrong, *added().wrong)
    return tuple(dict.fromkeys(wrong))  # of a package that can't be read at all once


@cache
def added() -> plugins.Found[Check]:
    """Give the checks that plug-ins make."""
    return plugins.found("cpctrack.checks", Check, CHECKS, "find", whole)


def whole(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give all that a plug-in has found; raises `TypeError` for what is no text.

    And `ValueError` for what may have no end.
    """
    pairs = [("".join(ref), "".join(message)) for ref, message in islice(found, _MOST_FOUND + 1)]
    if len(pairs) > _MOST_FOUND:
        raise ValueError(f"it finds more than {_MOST_FOUND:,} problems")
    return pairs


def _surviving(check: Check) -> Check:
    """Let a check that fails say so in the place of what it would find."""

    def find(subject: Subject) -> Findings:
        try:
            return check.find(subject)
        except CpctrackError as error:
            return [(_PLUGINS, str(error))]

    return check._replace(find=find)
