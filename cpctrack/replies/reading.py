"""From a letter to its answers: the owner's own words, parted by action, and how sure each is."""

from collections.abc import Iterable

from cpctrack.reading.mail.letter import Letter
from cpctrack.replies import forms
from cpctrack.replies.answer import Answer, Known, Nothing, Read


def read(letters: Iterable[Letter], known: Known) -> Read:
    """Read letters in the order in which they were written; a later answer wins over an earlier."""
    answers: list[Answer] = []
    nothing: list[Nothing] = []
    for letter in letters:
        if letter.automatic:
            nothing.append(Nothing(letter.name, letter.automatic))
            continue
        for form in letter.forms:
            answers += forms.answers(form, letter, known)
    return Read(tuple(answers), tuple(nothing))
