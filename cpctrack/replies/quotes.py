"""What of a letter is an owner's own: what was sent, or stands quoted, is taken away."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cpctrack.dates import find_date
from cpctrack.matching.owners import is_owner
from cpctrack.reading.mail.letter import Letter, Line
from cpctrack.records.asking import Chase
from cpctrack.records.changes import versions
from cpctrack.records.model import Record
from cpctrack.replies import courtesies
from cpctrack.replies.refs import Refs
from cpctrack.replies.senders import Message, Writer, messages
from cpctrack.text import fold

_WORD = re.compile(r"\w+")
_MOST_WORDS = 5000  # of a stretch that are compared with what was sent
_FEWEST_WORDS = 3  # in a row, that they are the same by no chance
_PROOF = 6  # words of an action that prove that it is quoted
_OPENING = "[(“\"'‘’£€$#~+−-"  # which belong to the word behind them
_CLOSING = re.compile(r"[^\w\s]*")


class Own(NamedTuple):
    """A line of an owner's, and the action it stands under in the quotation, or in its row.

    `within` says that it stands among the marked lines of a quotation, and may be no answer.
    """

    line: Line
    under: str = ""
    within: bool = False


class Words(NamedTuple):
    """An owner's own words, who wrote them, and what they answer.

    `asked` are the actions that the quoted message was about, in its order; `clerk` is who asked,
    as the quotation names them. `is_question` says that the letter itself is what was sent.
    """

    own: tuple[Own, ...]
    writer: Writer
    asked: tuple[str, ...] = ()
    clerk: Writer = Writer()
    is_question: bool = False


class _Sent(NamedTuple):
    """What was sent of each action, and around them; not `exact` where only records tell it."""

    of: Mapping[str, str]
    around: str
    exact: bool


def own(letter: Letter, chase: Chase | None, refs: Refs, clerks: Collection[str]) -> Words:
    """Give the owner's words in a letter, or those of a colleague that they passed on.

    `chase` is the message that is answered, where it is known: its text is taken away word by
    word; else the words of the records that are quoted. `clerks` are names and addresses, folded.
    """
    found = messages(letter)
    at, quoted_refs = _question(found, refs)
    asked = chase.refs if chase else quoted_refs
    if at is not None:
        found = _with_deeper(found, at)
    clerk = found[at].writer if at else Writer()
    if at and clerk.keys & found[0].writer.keys and _greets(found[at], found[0].writer):
        clerk = Writer()
    if at == 0 and letter.message_id and (not letter.thread or found[0].writer.keys & set(clerks)):
        return Words((), found[0].writer, asked, is_question=True)
    asking = clerk.keys | set(clerks)
    newest = _newest(found, at, asking, refs)
    quoted: dict[int, Own] = {}
    if at is not None:
        fresh = not any(map(_has_words, found[newest + 1 : at]))
        sent = _sent(chase, quoted_refs, refs.records)
        quoted = {
            number: one if fresh else one._replace(line=Line(""))
            for number, one in _answers_within(found[at], sent, refs, is_own=at == 0).items()
        }
    lines = dict(quoted)
    under = ""
    for number in sorted({*quoted, *found[newest].lines}):
        under = quoted[number].under if number in quoted else under
        lines.setdefault(number, Own(found[newest].lines.get(number, Line("")), under))
    return Words(
        tuple(lines[number] for number in sorted(lines)), found[newest].writer, asked, clerk
    )


def difference(pieces: Sequence[str], sent: str, fewest: int = _FEWEST_WORDS) -> list[str]:
    """Take from lines or cells what was sent, word by word; what is left is to the letter.

    Fewer words in a row than `fewest` count as sent only where they are all of their piece.
    """
    from difflib import SequenceMatcher

    spans = [
        (number, each.start(), each.end())
        for number, piece in enumerate(pieces)
        for each in _WORD.finditer(piece)
    ][:_MOST_WORDS]
    words = [fold(pieces[number][start:end]) for number, start, end in spans]
    matcher = SequenceMatcher(None, words, list(map(fold, _WORD.findall(sent))), autojunk=False)
    ours: set[int] = set()
    for start, _, length in matcher.get_matching_blocks():
        end = start + length
        whole = (start == 0 or spans[start - 1][0] != spans[start][0]) if length else False
        whole = whole and (end == len(spans) or spans[end][0] != spans[end - 1][0])
        if length >= fewest or whole:
            ours.update(range(start, end))
    theirs: dict[int, list[int]] = {}
    worded = {number for number, _, _ in spans}
    for place, (number, _, _) in enumerate(spans):
        if place not in ours:
            theirs.setdefault(number, []).append(place)
    return [
        _left(piece, spans, theirs[number], ours)
        if number in theirs
        else ("" if number in worded or piece.strip() in sent else piece)
        for number, piece in enumerate(pieces)
    ]


def _left(
    piece: str, spans: Sequence[tuple[int, int, int]], theirs: Sequence[int], ours: set[int]
) -> str:
    first, last = theirs[0], theirs[-1]
    number, start, _ = spans[first]
    end = spans[last][2]
    closing = _CLOSING.match(piece, end)
    if first - 1 in ours and spans[first - 1][0] == number:
        start = len(piece[:start].rstrip(_OPENING))
    else:
        start = 0
    if last + 1 not in ours or spans[last + 1][0] != number:
        end = len(piece)
    elif closing:
        end = closing.end()
    return piece[start:end].strip()


def _question(found: Sequence[Message], refs: Refs) -> tuple[int | None, tuple[str, ...]]:
    """Give the first message that asks, and of what: it has references on lines, and the texts."""
    for at, message in enumerate(found):
        asked = [ref for line in message.lines.values() if (ref := _ref_of(line, refs))]
        if not asked:
            continue
        text = " ".join(_words(" ".join(map(_text, message.lines.values()))))
        records = [refs.records[ref] for ref in asked if ref in refs.records]
        proofs = {_proof(one) for record in records for one in versions(record)}
        if any(proof and proof in text for proof in proofs):
            return at, tuple(dict.fromkeys(asked))
    return None, ()


def _with_deeper(found: Sequence[Message], at: int) -> list[Message]:
    """Give back to what was sent the lines that only a deeper mark parts from it.

    They stand among its own, and were marked by whoever answered: “>>> Done.” between “>” lines.
    """
    question = found[at]
    deeper = [
        message
        for message in found[at + 1 :]
        if not message.writer.keys and message.writer.depth > question.writer.depth
    ]
    lines = dict(question.lines)
    for message in deeper:
        lines.update(message.lines)
    lines = {number: lines[number] for number in sorted(lines)}
    rest = [message for message in found[at + 1 :] if message not in deeper]
    return [*found[:at], question._replace(lines=lines), *rest]


def _newest(found: Sequence[Message], at: int | None, clerks: Collection[str], refs: Refs) -> int:
    """Give the message whose words count: the letter's own, or the one that it passes on."""
    text = "\n".join(map(_text, found[0].lines.values()))
    answers = any(refs.start(_text(line)) for line in found[0].lines.values())
    passes = not text.strip() or courtesies.passes_on(text) or found[0].writer.keys & set(clerks)
    if answers or not passes:
        return 0
    below = range(1, len(found) if at is None else at)
    others = set(clerks) | (found[0].writer.keys if text.strip() else set())
    given = (each for each in below if _has_words(found[each]))
    return next((each for each in given if not found[each].writer.keys & others), 0)


def _sent(chase: Chase | None, asked: Sequence[str], records: Mapping[str, Record]) -> _Sent:
    if chase:
        of = {part.ref: part.text for part in chase.parts if part.ref}
        around = "\n".join(part.text for part in chase.parts if not part.ref)
        return _Sent(of, around, exact=True)
    return _Sent(
        {ref: _as_recorded(records[ref]) for ref in asked if ref in records}, "", exact=False
    )


def _as_recorded(record: Record) -> str:
    """Give what messages say of an action, as it is and as it was whenever they were written."""
    was = list(versions(record))
    days = [find_date(one.meeting.date) for one in was]
    met = [f"{day.day} {day:%B %Y}" if day else "" for day in days]
    lines = (
        *(one.text for one in was),
        *(f"Meeting: {day}, {one.item}." for day, one in zip(met, was, strict=True)),
        *(f"Due: {one.due_text or 'no date was set'}." for one in was),
    )
    return "\n".join((record.ref, *dict.fromkeys(lines)))


def _answers_within(message: Message, sent: _Sent, refs: Refs, *, is_own: bool) -> dict[int, Own]:
    """Give what is left of each line of what was sent, and the action that it stands under."""
    left: dict[int, Own] = {}
    for ref, numbers in _stretches(message, refs):
        lines = [message.lines[number] for number in numbers]
        if ref and ref not in sent.of:  # it is another committee's
            left.update((number, Own(Line(""), ref)) for number in numbers)
            continue
        texts = _left_of(lines, sent.of.get(ref, ""), refs)
        around = _left_of(lines, sent.around, refs)
        foot = 0 if not ref else _foot(lines, texts, around, sent)
        for place, (number, line) in enumerate(zip(numbers, lines, strict=True)):
            if place < foot:
                text, under = texts[place], ref
                dropped = courtesies.is_asking(text if sent.exact else line.text)
                dropped = dropped and (text.endswith(":") or not sent.exact)
            else:
                dropped = bool(line.cells) or not (sent.exact or is_own)
                text, under = around[place], ""
            marked = 0 < line.quoted <= message.writer.depth and not line.cells and not sent.exact
            within = marked or courtesies.is_asking(line.text)
            text = "" if dropped else text
            left[number] = Own(line._replace(text=text, cells=()), under, within)
    return left


def _stretches(message: Message, refs: Refs) -> Iterator[tuple[str, list[int]]]:
    """Give the lines under each reference; a table's last row is the last line under its own."""
    ref, in_row, numbers = "", False, list[int]()
    for number, line in message.lines.items():
        starts = _ref_of(line, refs)
        if starts or (in_row and (line.cells[0] if line.cells else line.text).strip()):
            yield ref, numbers
            ref, in_row, numbers = starts, bool(starts and line.cells), []
        numbers.append(number)
    yield ref, numbers


def _foot(lines: Sequence[Line], texts: Sequence[str], around: Sequence[str], sent: _Sent) -> int:
    """Give the place where the words about an action end, and those around them go on."""
    for place, line in enumerate(lines):
        text = line.text.strip()
        is_theirs = bool(text) and not line.cells and texts[place] == text
        if is_theirs and sent.exact and not around[place]:
            return place
        if is_theirs and not sent.exact and _is_of_clerk(text):
            return place
    return len(lines)


def _is_of_clerk(text: str) -> bool:
    return courtesies.is_sign_off(text) or (is_owner(text) and courtesies.is_signature(text))


def _left_of(lines: Sequence[Line], sent: str, refs: Refs) -> list[str]:
    pieces = [piece.strip() for line in lines for piece in (line.cells or (line.text,))]
    pieces = ["" if refs.alone(piece) else piece for piece in pieces]
    left = iter(difference(pieces, sent) if sent else pieces)
    return ["\n".join(filter(None, islice(left, len(line.cells) or 1))) for line in lines]


def _greets(message: Message, writer: Writer) -> bool:
    """Tell whether a message is to somebody, whatever name a mail program put above it."""
    greetings = [line.text for line in message.lines.values() if courtesies.is_greeting(line.text)]
    return bool(writer.name) and any(fold(writer.name) in fold(text) for text in greetings)


def _ref_of(line: Line, refs: Refs) -> str:
    texts = line.cells or (line.text,)
    return next((ref for text in texts if (ref := refs.alone(text))), "")


def _text(line: Line) -> str:
    return " ".join(line.cells) if line.cells else line.text


def _has_words(message: Message) -> bool:
    return any(_WORD.search(_text(line)) for line in message.lines.values())


def _words(text: str) -> list[str]:
    return list(map(fold, _WORD.findall(text)))


def _proof(record: Record) -> str:
    return " ".join(_words(record.text)[:_PROOF])
