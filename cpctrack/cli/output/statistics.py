"""Figures as tables for a person, and as the JSON that scripts read."""

from collections.abc import Iterator
from textwrap import fill
from typing import Any

import click

from cpctrack.cli.output.columns import fitted
from cpctrack.records.model import Acceptance
from cpctrack.records.statistics import (
    Case,
    Figures,
    Part,
    Period,
    Statistics,
    per_cents,
    recommendations,
)
from cpctrack.render.views.view import AppendixView


def in_words(view: AppendixView, width: int) -> Iterator[str]:
    """Give the title, the sentence that sums all up, and every table, for a window so wide."""
    yield fill(view.committee, width)
    yield click.style(fill(f"{view.heading}: {view.title}", width), bold=True)
    yield fill(view.summary, width)
    for table in view.tables:
        # What a row is of gives way to numbers; a reference to nothing.
        words, others = table.columns[:1], table.columns[1:]
        numbers, gives_way = (others, words) if table.numeric else ((), others)
        rows = [
            ["\n".join(filter(None, (cell.text, cell.note))) for cell in row.cells]
            for row in table.rows
        ]
        yield click.style(f"\n{table.title}", bold=True)
        yield click.style(fill(table.introduction, width), dim=True)
        if rows:
            yield from fitted(table.columns, rows, width, gives_way=gives_way, numbers=numbers)


def to_json(told: Statistics) -> dict[str, Any]:
    """Give the figures of a period as ``statistics --json`` prints them; an absent date is null."""
    return {
        "committees": list(told.committees),
        "period": _period(told.period),
        "figures": _figures(told.figures),
        "period_before": _period(told.period_before),
        "before": _figures(told.before) if told.before else None,
        "by": told.by,
        "groups": [
            {"name": " ".join(filter(None, group.names)), **_figures(group.figures)}
            for group in told.groups
        ],
        "came_later": sum(case.is_late for case in told.cases),
        "recommendations": _recommendations(recommendations(told.cases)),
    }


def _period(period: Period) -> dict[str, str]:
    return {"since": period.since, "until": period.until, "municipal_year": period.year}


def _figures(counted: Figures) -> dict[str, Any]:
    return {**counted._asdict(), "per_cent": dict(per_cents(counted))}


def _recommendations(asked: list[Case]) -> dict[str, Any]:
    answers = [case.record.acceptance for case in asked]
    return {
        "all": len(asked),
        "answers": {each.value or "none": answers.count(each) for each in Acceptance},
        "records": [
            {
                "ref": case.record.ref,
                "committee": case.committee,
                "recommendation": case.record.recommendation or case.record.action,
                "acceptance": case.record.acceptance.value,
                "acceptance_on": case.record.acceptance_on or None,
                "status": case.record.status.value,
                "due": case.record.due or None,
                "due_text": case.record.due_text,
                "overdue": case.part is Part.OVERDUE,
            }
            for case in asked
        ],
    }
