"""From a form that was filled in to answers: its rows by their keys, references and texts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import NamedTuple

from cpctrack.dates import find_date
from cpctrack.due import read_due
from cpctrack.labels import FORM_CHOOSE, FORM_HOW
from cpctrack.reading.document import Cell, Row, Table
from cpctrack.reading.forms import NUMBER, header_of, meaning
from cpctrack.reading.mail.letter import Form, Letter
from cpctrack.records.model import Record, Status
from cpctrack.records.refs import written
from cpctrack.replies.answer import Answer, Known
from cpctrack.replies.how_far import of_form
from cpctrack.replies.quotes import Words
from cpctrack.replies.refs import Refs
from cpctrack.replies.senders import Writer
from cpctrack.replies.sureness import Thread
from cpctrack.replies.when import asked_for
from cpctrack.replies.words import said
from cpctrack.text import fold, seen, shorten

_QUOTED = 60  # letters of what a reason quotes
_LONG = 25  # letters of a line that is not two people's by chance
_NO_DATE = re.compile(r"[-–—]|n/?a|none|no|nil|not needed", re.IGNORECASE)
_NOT_CHOSEN = re.compile(rf"{FORM_CHOOSE}\b|Dewiswch\b", re.IGNORECASE)  # Word’s own words too
_SERIAL = re.compile(r"[3-6]\d{4}", re.ASCII)  # a day as spreadsheets count them: 1982 to 2091
# What a spreadsheet would work out; a number of a telephone, or a dash of a list, is none.
_FORMULA = re.compile(r"['\s]*(?:=|[+@-][\w.$+*/-]*[(|!])")
_DAY_ZERO = date(1899, 12, 30)
# What a form says under an action, where the message is not known that it came with.
_OURS = re.compile(
    r"(?:meeting|agreed(?: at)?|due|(?:last (?:answer|response)|asked)[^:]{0,40}):"
    r"|overdue (?:by|since)\b",
    re.IGNORECASE,
)
_STARTS = ("Committee: ", "For the formal meeting of ", "Not for publication")
_AROUND = " \t.:;,()[]-–—"  # what parts a reference from words
_NO_WORDS = re.compile(r"\d*|(?:grand )?total|sum|cyfanswm", re.IGNORECASE)
_WORD = re.compile(r"\w{4,}")
_ANSWERS = ("response", "status", "due")
_BESIDE = "it stands outside the form’s table"
_REPORT = "the table is a report, not the form"
_Cells = dict[str, list[str]]  # by what their columns are for


class _Column(NamedTuple):
    kind: str
    heading: str


class _Which(NamedTuple):
    """Which action a row is about, as far as that can be told; see `Answer`."""

    ref: str = ""
    near: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def answers(form: Form, letter: Letter, known: Known, number: str = "") -> list[Answer]:
    """Give the answers in a form, in the order of its rows; see `Answer`.

    `number` is that of the chase which the letter answers; the form's own goes before.
    What stands outside its tables is an answer where it begins with a reference, or where the
    message is known and did not say so: a person looks at it.
    """
    if form.number in known.chases or not number:
        number = form.number
    reader = _Reader(letter, known, number, form.keys)
    found = [
        reader.aside(text, "it is a comment beside the form", line)
        for line, text in form.document.unread
    ]
    blocks = form.document.blocks
    is_form = any(isinstance(each, Table) and header_of(each.rows) >= 0 for each in blocks)
    for block in blocks:
        if isinstance(block, Table):
            no_table = _BESIDE if is_form and header_of(block.rows) < 0 else ""
            why = _REPORT if block.ours and not form.number else no_table
            found += reader.table(block.rows, why)
        else:
            found += reader.beside(block.text, block.place.line)
    return _the_last(found)


def _the_last(found: Iterable[Answer]) -> list[Answer]:
    """Give the last answer to each action; one that says something else is told with it."""
    last: dict[object, Answer] = {}
    for place, answer in enumerate(found):
        before = last.pop(answer.ref, answer)
        why = []
        if before[1:6] != answer[1:6]:
            first = shorten(before.response or before.status or before.due_text, _QUOTED)
            why.append(f"{answer.ref} is answered twice, first “{first}”")
        last[answer.ref or place] = answer._replace(unclear=(*answer.unclear, *why))
    return list(last.values())


class _Reader:
    """Reads the tables of one form."""

    def __init__(self, letter: Letter, known: Known, number: str, keys: Mapping[int, str]) -> None:
        self._letter, self._known, self._number, self._keys = letter, known, number, keys
        self._chase = known.chases.get(number)
        asked = self._chase.refs if self._chase else ()
        own = Words((), Writer(letter.sender, letter.address), asked)
        self._thread = Thread(letter, known, own, self._chase, Refs(known.records))
        self._sent = {part.ref: part.text for part in self._chase.parts} if self._chase else {}
        self._around = fold(" ".join(p.text for p in self._chase.parts)) if self._chase else ""
        self._by_text: dict[str, list[str]] = {}
        for ref, record in known.records.items():
            self._by_text.setdefault(_first_line(record.text), []).append(ref)
        self._begun = ""  # a reference that stands alone on the line before

    def table(self, rows: Sequence[Row], why: str = "") -> Iterator[Answer]:
        """Give the answers in a table; `why` is a reason to look at each of them.

        A report has what is known already.
        """
        header = header_of(rows)
        columns = self.columns(rows, header)
        for row in rows[: max(header, 0)] if columns else rows:
            for cell in row.cells:
                yield from self.beside(cell.text, row.place.line)
        above = ""
        # Of two forms in one table the head stands there twice.
        own = [row for row in rows[header + 1 :] if header_of([row]) < 0] if columns else []
        for row, below in zip(own, (*own[1:], Row(())), strict=False):
            cells, doubts = _gathered(row, columns, below)
            which = self._which(self._keys.get(row.place.line, ""), cells)
            answer = self._row(row, cells, which, doubts)
            if answer and not which.near and above and not which.ref:
                answer = answer._replace(near=(above,))
            above = which.ref or above
            if answer and not (why == _REPORT and self._is_known(answer)):
                yield answer._replace(unclear=(*answer.unclear, *filter(None, [why])))

    def beside(self, text: str, line: int) -> Iterator[Answer]:
        """Give the answers in what stands outside a table."""
        for words in filter(str.strip, seen(text).split("\n")):
            refs = written(words.strip())
            begun, self._begun = self._begun, ""
            if refs and refs[0][1] == 0:
                ref, _, end = refs[0]
                if rest := words.strip()[end:].lstrip(_AROUND):
                    yield self._answer(self._checked(ref, _BESIDE), rest, line)
                else:
                    self._begun = ref
            elif begun:
                yield self._answer(self._checked(begun, _BESIDE), words.strip(), line)
            elif self._chase and not self._is_ours(words, self._chase.owner):
                yield self.aside(words, f"{_BESIDE} and names no action", line)

    def aside(self, text: str, why: str, line: int) -> Answer:
        """Give what somebody said, nobody knows of which action."""
        near = self._chase.refs if self._chase else ()
        return self._answer(_Which("", near, (why,)), text.strip(), line)

    def _is_ours(self, line: str, owner: str) -> bool:
        is_named = NUMBER.search(line) is not None or line in (FORM_HOW, "Actions")
        starts = (f"For {owner}", *_STARTS)
        return is_named or line.startswith(starts) or fold(line) in self._around

    def columns(self, rows: Sequence[Row], header: int) -> list[_Column]:
        """Tell what each column is for: by its heading, or else by what stands in it."""
        if header >= 0:
            cells = rows[header].cells
            return _with_status(
                [_Column(meaning(cell.text), cell.text.strip()) for cell in cells],
                rows[header + 1 :],
            )
        kinds: dict[int, str] = {}
        for row in rows:
            for place, cell in enumerate(row.cells):
                if any(end == len(cell.text.strip()) for _, _, end in written(cell.text.strip())):
                    kinds[place] = "ref"
                elif _first_line(cell.text) in self._by_text:
                    kinds[place] = "action"
                else:
                    kinds.setdefault(place, "response")
        known = {"ref", "action"} & set(kinds.values())
        return [_Column(kinds[place], "") for place in sorted(kinds)] if known else []

    def _row(self, row: Row, cells: _Cells, which: _Which, doubts: list[str]) -> Answer | None:
        record = self._known.records.get(which.ref)
        texts = dict.fromkeys(cells["response"])
        old = fold(record.response) if record and len(texts) > 1 else ""
        parts = [text for text in texts if not old or fold(text) != old]
        if len(parts) > 1:
            doubts.append("several columns hold an answer")
        for where, text in (
            ("under the action", self._under("\n".join(cells["action"]), record)),
            ("beside the reference", _beside_reference("\n".join(cells["ref"]))),
            ("in a column without a heading", "\n".join(cells[""])),
        ):
            if text:
                parts.append(text)
                doubts.append(f"“{shorten(text, _QUOTED)}” stands {where}")
        states = list({fold(text): text for text in cells["status"]}.values())
        days = list({fold(text): text for text in cells["due"]}.values())
        if len(states) > 1 or len(days) > 1:
            doubts.append("two columns of the row disagree")
        if not (parts or states or days or doubts):
            return None
        told = which._replace(doubts=(*which.doubts, *doubts))
        response, line = "\n".join(parts), row.place.line
        return self._answer(told, response, line, "".join(states[:1]), "".join(days[:1]))

    def _which(self, key: str, cells: _Cells) -> _Which:
        """Tell which action a row is about: by its key, its reference and the action in it."""
        reference, action = "\n".join(cells["ref"]), "\n".join(cells["action"])
        named = list(dict.fromkeys(ref for ref, *_ in written(reference)))
        by_text = self._by_text.get(_first_line(action), []) if action else []
        candidates = dict.fromkeys(filter(None, (key, *named, *by_text)))
        near = tuple(ref for ref in candidates if ref in self._known.records)
        if len(named) > 1:
            return _Which("", near, ("the row names several actions",))
        typed = "".join(named)
        ref = key or typed or ("".join(by_text) if len(by_text) == 1 else "")
        if not ref:
            return _Which("", near, ("the row names no action",))
        doubts = []
        if key and typed and key != typed:
            doubts.append(f"the row was made for {key} and names {typed}")
        if ref not in self._known.records and len(by_text) == 1:
            doubts.append(f"there is no action {ref}")
            ref = by_text[0]
        record = self._known.records.get(ref)
        if by_text and ref not in by_text:
            doubts.append(f"the action beside {ref} is that of {by_text[0]}")
        elif record and not by_text and not key and not _is_about(action, record):
            doubts.append(f"the action beside {ref} is worded otherwise")
        checked = self._checked(ref, *doubts)
        others = tuple(each for each in near if each != ref) if checked.doubts else ()
        return checked._replace(near=(*checked.near, *others))

    def _checked(self, ref: str, *doubts: str) -> _Which:
        """Doubt a reference that there is not, and what `Thread` doubts of one that there is."""
        if ref not in self._known.records:
            return _Which("", (), (*doubts, f"there is no action {ref}"))
        doubts = (*doubts, *self._thread.doubts(ref))
        return _Which(ref, (ref,) if doubts else (), doubts)

    def _under(self, action: str, record: Record | None) -> str:
        """Give what was written into the cell of an action, under it or behind its words."""
        if record is None:
            return ""
        sent = self._sent.get(record.ref, "")
        whole = fold(" ".join((record.text, record.recommendation, record.response, sent)))
        own = {fold(line) for line in f"{record.text}\n{sent}".split("\n")}
        added: list[str] = []
        for number, line in enumerate(filter(None, map(str.strip, action.split("\n")))):
            words = fold(line)
            if words in own or (len(words) > _LONG and words in whole):
                continue
            behind = next((o for o in record.text.split("\n") if o and line.startswith(o)), "")
            if number == 0 and not behind:  # the action in other words: nothing of it is surely new
                return ""
            label = _OURS.match(line)
            if behind or not label or (sent and fold(line[label.end() :]) not in whole):
                added.append(line[len(behind) :].strip())
        return "\n".join(added)

    def _is_known(self, answer: Answer) -> bool:
        record = self._known.records.get(answer.ref)
        return record is not None and fold(answer.response) in ("", fold(record.response))

    def _answer(
        self, which: _Which, response: str, line: int, status: str = "", due: str = ""
    ) -> Answer:
        record = self._known.records.get(which.ref)
        day = find_date(self._letter.date) or self._known.today
        told = said(response, record, day, status=status)
        named = [ref for ref, *_ in written(response) if ref != which.ref]
        doubts = [*which.doubts, *(f"it names {ref}, too" for ref in named)]
        doubts += [*self._thread.of_words(response), *told.doubts]
        iso, words = told.due, told.due_text
        if due:
            when = read_due(_day_of(due))
            iso = when.iso
            if when.why:
                doubts.append(when.why)
            elif not iso:  # one without its year is that of the letter’s, or the next
                iso = asked_for(f"by {due}", record, day).day
            words = "" if iso else due
            is_past = bool(iso) and iso <= day.isoformat()
            if told.status == Status.PROPOSED and is_past:  # the day on which it was done
                iso = ""
            elif told.status == Status.PROPOSED:
                doubts.append("it is said to be done, and a new date is given")
            elif is_past:
                doubts.append(f"the new date, “{shorten(due, _QUOTED)}”, is past")
        letter, near = self._letter, filter(self._known.records.get, named)
        return Answer(
            which.ref, response, told.status, iso, words, told.redirect,
            tuple(dict.fromkeys(doubts)), tuple(dict.fromkeys((*which.near, *near))),
            letter.address or letter.sender, letter.date, letter.message_id, self._number,
            letter.name, line,
        )  # fmt: skip


def _with_status(columns: list[_Column], rows: Sequence[Row]) -> list[_Column]:
    """Take one of several columns of answers as the status, where each of its cells is a status."""
    found = []
    for at, column in enumerate(columns):
        texts = {_shown(cell, "") for row in rows for cell in row.cells[at : at + 1]} - {""}
        is_status = texts and all(len(text) < _LONG and of_form(text) for text in texts)
        if column.kind == "response" and is_status:
            found.append(at)
    kinds = [column.kind for column in columns]
    if "status" not in kinds and kinds.count("response") > 1 == len(found):
        columns[found[0]] = columns[found[0]]._replace(kind="status")
    return columns


def _gathered(row: Row, columns: Sequence[_Column], below: Row) -> tuple[_Cells, list[str]]:
    """Give the texts of a row by what their columns are for, and what is amiss with a cell."""
    cells: _Cells = {kind: [] for kind in ("ref", "action", "response", "status", "due", "")}
    doubts: list[str] = []
    stands = zip_longest(columns, row.cells[: len(columns)], below.cells[: len(columns)])
    for column, cell, under in stands:
        text = _shown(cell, column.kind)
        if column.kind not in cells or (not column.kind and column.heading) or not text:
            continue
        if column.kind in _ANSWERS and (cell.formula or _FORMULA.match(text)):
            doubts.append(f"“{column.heading}” holds a formula, which is no answer")
        if column.kind in _ANSWERS and "above" in (cell.covered, under and under.covered):
            doubts.append("one cell answers several actions")
        cells[column.kind].append(text)
    cells[""] += filter(None, (_shown(cell, "") for cell in row.cells[len(columns) :]))
    return cells, doubts


def _shown(cell: Cell | None, kind: str) -> str:
    """Give what a cell says, nothing where that is what says that nobody has filled it in."""
    if cell is None or cell.covered == "left":
        return ""
    text = seen(cell.text if cell.living is None else cell.living).strip()
    blank = {"due": _NO_DATE.fullmatch, "status": _NOT_CHOSEN.match}.get(kind)
    return "" if blank and blank(text) else text


def _beside_reference(cell: str) -> str:
    """Give what stands in the cell of a reference beside it, but for a number of the row."""
    for _, start, end in reversed(written(cell)):
        cell = f"{cell[:start]} {cell[end:]}"
    rest = cell.strip(_AROUND + "\n")
    return "" if _NO_WORDS.fullmatch(rest) else rest


def _first_line(text: str) -> str:
    return fold(text.strip().partition("\n")[0])


def _is_about(cell: str, record: Record) -> bool:
    """Tell whether half of a text's longer words are an action's; one that is cut has few."""
    words = set(_WORD.findall(fold(cell.strip().partition("\n")[0])))
    own = fold(f"{record.text} {record.recommendation} {record.item} {record.response}")
    return len(words) <= 2 * sum(word in own for word in words)


def _day_of(cell: str) -> str:
    """Give a date as it is written; one that lost its form in a spreadsheet is a number."""
    if _SERIAL.fullmatch(cell):
        return (_DAY_ZERO + timedelta(int(cell))).isoformat()
    return cell
