"""What is open, in two small charts: by age and by owner. Only of rows that are shown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cpctrack.records.model import Status
from cpctrack.render.views.view import BarView, ChartView, RowView
from cpctrack.text import counted

_AGES = (
    (91, "Under 3 months"),
    (183, "3 to 6 months"),
    (365, "6 to 12 months"),
    (10**9, "Over a year"),
)
_MOST_OWNERS = 8
_NOBODY = "Nobody named"


def charts(rows: Iterable[RowView]) -> tuple[ChartView, ...]:
    """Chart the open actions among these rows; there are no charts where nothing is open."""
    left = [row for row in rows if Status(row.status).is_open]
    if not left:
        return ()
    return (
        _chart("open-by-age", "Open actions by age", _by_age(left)),
        _chart("open-by-owner", "Open actions by owner", _by_owner(left)),
    )


def _by_age(rows: Sequence[RowView]) -> Mapping[str, int]:
    counts = dict.fromkeys((words for _, words in _AGES), 0)
    for row in rows:
        counts[next(words for limit, words in _AGES if row.age_days < limit)] += 1
    return counts


def _by_owner(rows: Sequence[RowView]) -> Mapping[str, int]:
    owners = Counter(owner for row in rows for owner in dict.fromkeys(row.owners or (_NOBODY,)))
    ranked = sorted(owners.items(), key=lambda each: (-each[1], each[0].casefold()))
    shown = dict(ranked[:_MOST_OWNERS])
    if rest := ranked[_MOST_OWNERS:]:
        shown[f"{counted(len(rest), 'other owner')} together"] = sum(count for _, count in rest)
    return shown


def _chart(anchor: str, title: str, counts: Mapping[str, int]) -> ChartView:
    longest = max(counts.values())
    bars = tuple(
        BarView(label, count, round(100 * count / longest)) for label, count in counts.items()
    )
    words = "; ".join(f"{bar.label}: {bar.number}" for bar in bars)
    return ChartView(anchor, title, f"{title}. {words}.", bars)
