"""Named checks of a store: what is damaged, what contradicts itself, what needs a person's eye.

Every check looks at everything, so that all problems come at once, in an order that stays.
"""

from collections.abc import Container, Iterable, Mapping
from datetime import date

from cpctrack.check import (
    asking,
    attention,
    contradictory,
    damaged,
    forgotten,
    links,
    meetings,
    programme,
    publishing,
)
from cpctrack.check.base import NOTHING_ELSE, Check, Checks, Findings, Problem, Subject, Tier
from cpctrack.records.calendar import calendar_of
from cpctrack.records.model import NOTHING, Meeting, Record, Settings
from cpctrack.records.query import in_order
from cpctrack.store import packs
from cpctrack.store.codec import Document

__all__ = [
    "CHECKS", "Check", "Checks", "Findings", "Problem", "Subject", "Tier", "find_problems",
]  # fmt: skip

CHECKS = (
    *damaged.CHECKS,
    *publishing.DAMAGED,
    *programme.DAMAGED,
    *asking.DAMAGED,
    *publishing.CONTRADICTORY,
    *contradictory.CHECKS,
    *meetings.CONTRADICTORY,
    *links.CHECKS,
    *publishing.EXPOSED,
    *forgotten.CHECKS,
    *attention.CHECKS,
    *asking.ATTENTION,
    *meetings.ATTENTION,
    *programme.ATTENTION,
)
"""Every check, in the order in which problems are told."""


def find_problems(
    records: Iterable[Record],
    meetings: Mapping[str, Meeting],
    settings: Settings,
    today: date,
    document: Document = NOTHING_ELSE,
    *,
    tiers: Container[Tier] = frozenset(Tier),
    elsewhere: Mapping[str, Mapping[str, Record]] = NOTHING,
    copies: Iterable[str] = (),
    checks: Iterable[Check] = CHECKS,
) -> list[Problem]:
    """Give every problem of these records and meetings: by tier, then check, then record.

    `document` is the store as the file holds it, for what else is in it; `elsewhere` are the
    records of all stores at hand, by prefix and reference, to which links may lead, and `copies`
    the names of the store's copies that nobody has brought in. Only those of the `checks` that are
    of these `tiers` are made.
    """
    ordered = tuple(in_order(records))
    calendar = calendar_of(settings, meetings.values(), today, packs.meetings(document))
    subject = Subject(ordered, meetings, settings, calendar, document, elsewhere, tuple(copies))
    return [
        Problem(check.name, check.tier, ref, check.field, message)
        for check in checks
        if check.tier in tiers
        for ref, message in check.find(subject)
    ]
