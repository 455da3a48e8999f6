"""Answers and what is asked about them, in words and as JSON."""

from typing import Any

from cpctrack.replies.answer import Answer, Read


def as_json(found: Read) -> dict[str, Any]:
    """Give what was read for scripts; an absent date or word is null."""
    return {
        "answers": [_answer(each) for each in found.answers],
        "nothing": [each._asdict() for each in found.nothing],
    }


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
