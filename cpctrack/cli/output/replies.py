"""Answers and what is asked about them, in words and as JSON."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from cpctrack.cli.output import columns
from cpctrack.cli.output.plan import SHOWN, counts, section
from cpctrack.dates import long_date
from cpctrack.records.model import Record
from cpctrack.replies.answer import Answer, Read
from cpctrack.tasks.replies import Saved, decision_of
from cpctrack.text import clean, counted, one_line, shorten

_TEXT = 60
_LONGEST = 600  # letters of an answer in a plan
_TAKEN = "taken in already; nothing of it changes"


def as_json(
    found: Read, taken: Collection[Answer], saved: Sequence[Saved] | None
) -> dict[str, Any]:
    """Give what was read for scripts; an absent date or word is null.

    `saved` are the records that have an answer now, none at all where nothing was to be saved.
    """
    told: dict[str, Any] = {
        "answers": [{**_answer(each), "taken_in": each in taken} for each in found.answers],
        "nothing": [each._asdict() for each in found.nothing],
    }
    if saved is not None:
        told["saved"] = [record.ref for each in saved for _, record in each.records]
    return told


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "ref": answer.ref or None,
        "response": answer.response,
        "status": answer.status or None,
        "due": answer.due or None,
        "due_text": answer.due_text or None,
        "redirect": answer.redirect or None,
        "from": answer.sender,
        "date": answer.date or None,
        "unclear": list(answer.unclear),
        "near": list(answer.near),
        "message_id": answer.message_id,
        "file": answer.file,
        "line": answer.line,
    }


def summary(found: Read, taken: Collection[Answer]) -> str:
    """Count what was read: 6 answers: 4 certain, 2 unclear."""
    new = [each for each in found.answers if each not in taken]
    unclear = sum(bool(each.unclear) for each in new)
    parts = counts((len(new) - unclear, "certain", "green"), (unclear, "unclear", "yellow"))
    if taken:
        parts.append(f"{len(taken)} taken in already")
    return f"{counted(len(found.answers), 'answer')}: {', '.join(parts)}"


def in_words(
    found: Read, taken: Collection[Answer], records: Mapping[str, Record], width: int
) -> Iterator[str]:
    """Describe what was read: what would be saved, what a person should look at, what is none.

    `records` are those of the stores by their references.
    """
    yield summary(found, taken)
    new = [each for each in found.answers if each not in taken]
    yield from _table("Certain", [each for each in new if not each.unclear], records, width)
    yield from _table("Unclear", [each for each in new if each.unclear], records, width)
    yield from section(
        "Known", _TAKEN, (f"{one_line(each.ref) or '?'}  {where(each)}" for each in taken)
    )
    yield from nothing(found)


def nothing(found: Read) -> Iterator[str]:
    """Name the files in which there is no answer, and why."""
    told = (f"{one_line(each.file)}: {shorten(each.why, 200)}" for each in found.nothing)
    yield from section("No answer in", "", told, most=max(SHOWN, len(found.nothing)))


def _table(
    title: str, answers: Sequence[Answer], records: Mapping[str, Record], width: int
) -> Iterator[str]:
    if answers:
        yield ""
        rows = []
        for each in answers:
            record = records.get(each.ref)
            text = [shorten(record.text, _TEXT)] if record else []
            said = [f"“{clean(shorten_lines(each.response))}”"] if each.response else []
            lines = [*text, *said, *suggested(each, record), *map(one_line, each.unclear)]
            rows.append((one_line(each.ref) or "?", "\n".join([*lines, where(each)])))
        yield from columns.fitted((title, "Answer"), rows, width, gives_way={"Answer"})


def shorten_lines(text: str) -> str:
    """Cut a text that is too long for a plan, and keep its lines."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def suggested(answer: Answer, record: Record | None) -> Iterator[str]:
    """Say what words suggest beyond themselves: the status that is saved, and what is only asked.

    A status that stands already goes without saying.
    """
    if record and (status := decision_of(answer, record).status) not in (None, record.status):
        yield f"status: {status.words}"
    if answer.due or answer.due_text:
        day = long_date(answer.due) or one_line(answer.due_text)
        yield f"asks for more time: {day}, which somebody has to agree"
    if answer.redirect:
        yield f"names someone else: {one_line(answer.redirect)}"


def where(answer: Answer) -> str:
    """Say where an answer stands, and who wrote it when."""
    line = f", line {answer.line}" if answer.line else ""
    told = [f"{one_line(answer.file)}{line}" if answer.file else "", one_line(answer.sender)]
    return ", ".join(filter(None, [*told, long_date(answer.date)]))


def saved_words(saved: Sequence[Saved], waiting: int) -> Iterator[str]:
    """Say what was saved, how to take it back, and how much waits for a person."""
    refs = [one_line(record.ref) for each in saved for _, record in each.records]
    if refs:
        back = "“cpctrack undo” takes it back"
        if len(saved) > 1:
            back = "“cpctrack --store FILE undo” takes it back, in each of them"
        files = " and ".join(str(each.store.path) for each in saved)
        yield f"Saved what {', '.join(refs)} got for an answer, in {files}; {back}."
    else:
        yield "Nothing was saved."
    if waiting:
        waits = "waits" if waiting == 1 else "wait"
        yield (
            f"{counted(waiting, 'answer')} {waits} for a person: run it on a terminal without --yes."
        )
