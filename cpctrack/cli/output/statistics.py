"""Figures as the JSON that scripts read."""

from typing import Any

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
