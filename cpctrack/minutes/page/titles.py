"""What a title looks like, and what is no title: sentences, names, signatures, votes."""

import re

from cpctrack.minutes import words
from cpctrack.minutes.page.blocks import Block

_SENTENCE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|would|will|shall|noted|agreed|resolved|received|"
    r"reported|advised|asked|considered|introduced|presented|explained|thanked|that|gave|said)\b"
)
_TITLE_CASE = re.compile(r"[A-Z“\"'(\d]")
_PERSON_LIST = re.compile(r"(?:Cllrs?|Crs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Prof|Dame|Sir|Rev)\.?\s")
_SIGNATURE = re.compile(
    r"_{3,}|\.{4,}|…{2,}|^(?:signed\b|chair(?:man|person)?$|end\b|the meeting|\()", re.IGNORECASE
)
_PROCEDURE = re.compile("(?:" + "|".join(words.PROCEDURE) + ")", re.IGNORECASE)
_QUESTION = re.compile(r"(?:Who|What|When|Where|Why|How)\s[^.!?]{3,80}\?$")
_TWO_PARTS = re.compile(r"[.:;]\s")

_LONGEST = 22  # words
_LONGEST_CAPITAL = 30
_LONGEST_PLAIN = 11  # words of a heading that nothing but its place marks


def is_title(text: str) -> bool:
    """Tell whether a text can be the title of an item: short, and no sentence."""
    if len(text) > 250 or not _TITLE_CASE.match(text) or _SIGNATURE.search(text):
        return False
    count = len(text.split())
    if is_capital(text):
        return count <= _LONGEST_CAPITAL
    if count > _LONGEST or text.endswith((".", ";", "?", ",")):
        return text.endswith(".") and count <= 4 and not _SENTENCE.search(text)
    return not _SENTENCE.search(text)


def is_numbered_heading(text: str) -> bool:
    """Tell whether what the document sets as a numbered heading can be a title."""
    return len(text.split()) <= _LONGEST and not text.endswith((".", ";"))


def is_unnumbered(block: Block) -> bool:
    """Tell whether a block without a number can be a title; votes and names are none."""
    text = block.text.rstrip(":").strip()
    return not (
        not (is_title(text.rstrip("?")) or _QUESTION.match(text))
        or text.casefold() in words.NOT_AN_ITEM
        or text.endswith((".", ",", ";"))
        or _PROCEDURE.match(text)
        or (_PERSON_LIST.match(text) and not block.heading)
    )


def is_plain(block: Block) -> bool:
    """Tell whether a line that nothing sets apart but its place can be a title."""
    return (
        len(block.text.split()) <= _LONGEST_PLAIN
        and block.text[0].isalpha()
        and not block.text.endswith(":")
        and not _TWO_PARTS.search(block.text)
        and block.indent < 8
    )


def is_capital(text: str) -> bool:
    """Tell whether a text is printed in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 2 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def stands_out(block: Block) -> bool:
    """Tell whether a block looks like a heading: by structure, bold or capitals."""
    return bool(block.heading) or block.bold or is_capital(block.text)


def title_of(text: str) -> str:
    """Give a title without what surrounds it."""
    return text.strip().rstrip(".:-–— ").strip()
