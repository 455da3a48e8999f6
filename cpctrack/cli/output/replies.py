"""Answers and what is asked about them, in words and as JSON."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from cpctrack.cli.output import columns
from cpctrack.cli.output.plan import counts, number_of, section
from cpctrack.dates import long_date
from cpctrack.records.model import Record
from cpctrack.replies.answer import Answer, Read
from cpctrack.tasks.replies import Decision, Saved, decision_of
from cpctrack.text import clean, one_line, shorten

_TEXT = 60
_LONGEST = 600  # letters of an answer in a plan


def as_json(
    found: Read, taken: Collection[Answer], saved: Sequence[Saved] | None
) -> dict[str, Any]:
    """Give what was read for scripts; an absent date or word is null.

    `saved` are the records that have an answer now, or None where nothing was to be saved.
    """
    told: dict[str, Any] = {
        "answers": [{**_answer(each), "taken_in": each in taken} for each in found.answers],
        "nothing": [each._asdict() for each in found.nothing],
    }
    if saved is not None:
        told["saved"] = [record.ref for each in saved for _, record in each.records]
    return told


def _answer(answer: Answer) -> dict[str, Any]:
    told = answer._asdict()
    told |= {
        name: told[name] or None
        for name in ("ref", "status", "due", "due_text", "redirect", "date")
    }
    return {("from" if name == "sender" else name): told[name] for name in told if name != "number"}


def summary(found: Read, taken: Collection[Answer]) -> str:
    """Count what was read: 6 answers: 4 certain, 2 to look at."""
    unclear = sum(bool(each.unclear) for each in found.answers if each not in taken)
    certain = len(found.answers) - len(taken) - unclear
    parts = counts((certain, "certain", "green"), (unclear, "to look at", "yellow"))
    known = f", {len(taken)} taken in already" if taken else ""
    return f"{number_of(len(found.answers), 'answer')}: {', '.join(parts)}{known}"


def in_words(
    found: Read, taken: Collection[Answer], records: Mapping[str, Record], width: int
) -> Iterator[str]:
    """Describe what was read: what would be saved, what a person should look at, what is none.

    `records` are those of the stores by their references.
    """
    yield summary(found, taken)
    new = [each for each in found.answers if each not in taken]
    yield from _table("Certain", [each for each in new if not each.unclear], records, width)
    yield from _table("To look at", [each for each in new if each.unclear], records, width)
    known = (f"{one_line(each.ref) or '?'}  {where(each)}" for each in taken)
    yield from section("Taken in already", "nothing of it changes", sorted(known))
    yield from nothing(found)


def nothing(found: Read) -> Iterator[str]:
    """Name the files in which there is no answer, and why."""
    told = [f"{one_line(each.file)}: {one_line(each.why)}" for each in found.nothing]
    yield from section("Set aside", "", told, most=len(told))


def _table(
    title: str, answers: Sequence[Answer], records: Mapping[str, Record], width: int
) -> Iterator[str]:
    if not answers:
        return
    rows = []
    for each in answers:
        record = records.get(each.ref)
        draft = decision_of(each, record) if record else None
        text = [shorten(record.text, _TEXT)] if record else []
        cut = "…" if len(each.response) > _LONGEST else ""
        said = [f"“{clean(each.response[:_LONGEST])}{cut}”"] if each.response else []
        doubts = [f"? {why}" for why in each.unclear]
        if near := [ref for ref in each.near if ref != each.ref]:
            doubts.append(f"? perhaps {', '.join(near)}")
        lines = [*text, *said, *consequences(each, draft), *doubts, where(each)]
        rows.append((each.ref or "?", "\n".join(lines)))
    yield ""
    yield from columns.fitted((title, "Answer"), rows, width, gives_way={"Answer"})


def consequences(answer: Answer, draft: Decision | None) -> Iterator[str]:
    """Say what comes of an answer beside its words, and what it asks for that is not decided.

    A status that stands already goes without saying.
    """
    if draft and draft.record.exempt:
        yield "exempt: it stays out of public documents"
    if draft and draft.status not in (None, draft.record.status):
        yield f"status: {draft.status.words}"
    if draft and draft.due:
        agreed = f"agreed on {long_date(draft.meeting)}" if draft.meeting else "asked for"
        yield f"due: {one_line(draft.due)}, {agreed}"
    elif when := long_date(answer.due) or one_line(answer.due_text):
        yield f"asks for more time: {when}; somebody has to agree"
    if draft and draft.owner:
        yield f"goes to {one_line(draft.owner)}"
    elif answer.redirect:
        yield f"names someone else: {one_line(answer.redirect)}"


def where(answer: Answer) -> str:
    """Say where an answer stands, and who wrote it when."""
    line = f", line {answer.line}" if answer.line else ""
    told = (f"{answer.file}{line}" if answer.file else "", answer.sender, long_date(answer.date))
    return one_line(", ".join(filter(None, told)))


def saved_words(saved: Sequence[Saved], decided: Sequence[Decision], waiting: int) -> Iterator[str]:
    """Say what was saved and how to take it back, and what of the answers waits for a person."""
    refs = [one_line(record.ref) for each in saved for _, record in each.records]
    if refs:
        files = " and ".join(str(each.store.path) for each in saved)
        undo = "cpctrack undo" if len(saved) == 1 else "cpctrack --store FILE undo"
        what = "Answer" if len(refs) == 1 else "Answers"
        yield f"{what} to {', '.join(refs)} saved in {files}; “{undo}” takes this back."
    else:
        yield "Nothing was saved."
    if waiting:
        waits, them = ("answer waits", "it") if waiting == 1 else ("answers wait", "them")
        again = f"“cpctrack replies” on a terminal comes back to {them}."
        yield f"{waiting} {waits} for a person; {again}"
    asks = [one for one in decided if (one.answer.due or one.answer.due_text) and not one.due]
    if asks:
        yield f"More time is asked for of {_refs(asks)}; “cpctrack extend” gives it."
    if names := [one for one in decided if one.answer.redirect and not one.owner]:
        yield f"Someone else is named for {_refs(names)}; “cpctrack reassign” gives it on."


def _refs(decided: Sequence[Decision]) -> str:
    return ", ".join(dict.fromkeys(one_line(one.record.ref) for one in decided))
