"""What was asked, and what is due, in words for a person, as lines for a pipe, and as JSON."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from cpctrack.cli.output import columns
from cpctrack.dates import long_date, short_date
from cpctrack.render.chase.message import Message
from cpctrack.tasks.chase import NotNow, Planned, Why
from cpctrack.tasks.chase_files import Written
from cpctrack.text import counted, one_line

_HEADINGS = ("Owner", "Actions", "Step", "Asked on", "Address", "Exempt")
_TSV = ("owner", "actions", "step", "asked", "to", "exempt")
_STEPS = {1: "first", 2: "reminder"}
_MOST_NAMED = 5


def paths(sent: Written) -> Iterator[Path]:
    """Give every file that was written, the messages' in their order."""
    return chain(*(files for _, files in sent.messages), sent.chair)


def table(planned: Planned, width: int) -> Iterable[str]:
    """Lay out who is due for what, in columns that fit the window; of nobody there is none."""
    if not planned.messages:
        return ()
    rows = (
        (
            one_line(each.owner), str(len(each.questions)),
            _STEPS.get(each.step, "last, and the chair"), ", ".join(map(short_date, _asked(each))),
            each.to or "no address", "exempt" * each.exempt,
        )
        for each in planned.messages
    )  # fmt: skip
    gives_way = ("Owner", "Asked on")
    return columns.fitted(_HEADINGS, rows, width, gives_way=gives_way, numbers=("Actions",))


def tsv(planned: Planned) -> Iterator[str]:
    """Write a message that is due a line, under a header line; `asked` are the days before."""
    return columns.tsv(
        _TSV,
        (
            {
                "owner": each.owner, "actions": len(each.questions), "step": each.step,
                "asked": "; ".join(_asked(each)), "to": each.to, "exempt": "exempt" * each.exempt,
            }
            for each in planned.messages
        ),
    )  # fmt: skip


def as_json(planned: Planned, sent: Written | None) -> dict[str, Any]:
    """Give it for scripts; a message that is not written yet has no number and no files."""
    messages = sent.messages if sent else [(each, ()) for each in planned.messages]
    return {
        "messages": [
            {
                "owner": each.owner,
                "to": each.to,
                "refs": list(each.refs),
                "files": list(map(str, files)),
                "number": each.number,
                "step": each.step,
                "exempt": each.exempt,
            }
            for each, files in messages
        ],
        "chair": list(map(str, sent.chair)) if sent else [],
        "no_address": _without_address(planned),
        "not_due": [
            {
                "owner": each.owner,
                "ref": each.ref,
                "why": each.why.value,
                "asked": each.rung.asked[-1] if each.rung.asked else None,
                "due": each.rung.on.isoformat() if each.rung.on else None,
            }
            for each in planned.others
        ],
    }


def remarks(planned: Planned, sent: Written | None) -> Iterator[str]:
    """Say how much was written, who has no address, who is not asked, and what waits."""
    if sent and sent.messages:
        by = " or ".join(map(long_date, sorted({each.reply_by for each, _ in sent.messages})))
        yield (
            f"{counted(len(sent.messages), 'message')}, to be answered by {by}; nothing was sent. "
            f"{sent.lacking}"
        ).strip()
    elif not planned.messages:
        yield "Nobody is due to be asked."
    if names := _without_address(planned):
        yield (
            f"No address could be filled in for {_few(names)}; type it into the message, or tell "
            "it to “cpctrack owner NAME --email ADDRESS”."
        )
    early = {each.meeting for each in planned.messages if "" < each.meeting < each.reply_by}
    for day in map(long_date, sorted(early)):
        yield f"The meeting of {day} comes before the day to answer by; --reply-by names another."
    yield from _not_asked(planned.others)
    if planned.doubtful:
        yield (
            f"{_few(sorted(planned.doubtful))}: by its own words this may be exempt, and counts as "
            'such; “cpctrack update REF --exempt ""” says that it is public.'
        )


def _not_asked(others: Iterable[NotNow]) -> Iterator[str]:
    by_owner: dict[tuple[Why, str], list[NotNow]] = defaultdict(list)
    for each in others:
        by_owner[each.why, each.owner].append(each)
    for (why, owner), those in by_owner.items():
        if why is Why.GONE:
            yield (
                f"{one_line(owner)} has left and is not asked about {_refs(those)}; “cpctrack "
                f'reassign "{one_line(owner)}" NEW” gives that to another.'
            )
        elif why is Why.NOBODY:
            yield f"Nobody is asked about {_refs(those)}: no owner is named."
    for why, words in _WAITING.items():
        if those := [each for each in others if each.why is why]:
            days = [each.rung.on for each in those if each.rung.on]
            on = f", the next on {long_date(min(days).isoformat())}" if days else ""
            yield f"{counted(len(those), 'question')} {words}{on}."


_WAITING = {
    Why.ASKED: "put before and not due again",
    Why.ANSWERED: "answered already",
    Why.NEW: "not put yet, for a “cpctrack chase” without --again",
}


def _asked(message: Message) -> list[str]:
    return sorted({day for each in message.questions for day in each.asked})


def _without_address(planned: Planned) -> list[str]:
    return list(dict.fromkeys(each.owner for each in planned.messages if not each.to))


def _refs(those: Iterable[NotNow]) -> str:
    return _few([each.ref for each in those])


def _few(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return "; ".join(map(one_line, names[:_MOST_NAMED])) + (f" and {more} more" if more > 0 else "")
