"""Letters that hold the answers a test says, so that saving is tested apart from reading."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from cpctrack.replies import reading
from cpctrack.replies.answer import Answer, Nothing, Read


class Letters:
    """Writes files into a folder, and lets the reader find in each what was said of it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.said: dict[str, list[dict[str, Any]]] = {}
        folder.mkdir(exist_ok=True)
        monkeypatch.setattr(reading, "read", self._read)

    def write(self, name: str, *answers: dict[str, Any], message_id: str | None = None) -> Path:
        """Write a letter of these answers: `ref`, `response` and what else is said."""
        self.said[name] = list(answers)
        path = self.folder / name
        own = f"{name}@council.example" if message_id is None else message_id
        header = f"Message-ID: <{own}>\n" if own else ""
        path.write_text(f"From: Head of Homes <homes@council.example>\n{header}\n{answers}\n")
        return path

    def _read(self, letters: Iterable[Any], _known: object) -> Read:
        answers, nothing = [], []
        for letter in letters:
            if not self.said[letter.name]:
                nothing.append(Nothing(letter.name, "it is an automatic reply"))
            for line, said in enumerate(self.said[letter.name], 3):
                start = {
                    "ref": "", "response": "", "sender": letter.sender, "date": "2023-06-20",
                    "message_id": letter.message_id, "file": letter.name, "line": line,
                }  # fmt: skip
                answers.append(Answer(**{**start, **said}))
        return Read(tuple(answers), tuple(nothing))
