"""A kit of tests for whoever writes a plug-in: each function fails as a test does, and says why."""

import contextlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO
from typing import Any

from cpctrack.check import Check, find_problems
from cpctrack.errors import CpctrackError
from cpctrack.reading import registry
from cpctrack.reading.document import Document, Table
from cpctrack.reading.registry import Form
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record, Settings
from cpctrack.render import documents
from cpctrack.render.documents import Format
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.render.views.view import AppendixView
from cpctrack.tasks.check import whole
from cpctrack.text import clean, one_line

NASTY = (
    "<script>alert(1)</script> &amp; <b>",
    "{{ 7 * 7 }}{% for x in y %}",
    '=HYPERLINK("x")',
    "| a | b |\n| --- | --- |\n\n# *no* `heading` [a](b)",
    "\x1b[31mred\x1b[0m \u202eover\ttab\r\nline",
    "Gofal ŵ ŷ €, 漢字",
    "word " * 400,
    "",
)
"""Texts that people have pasted, each of which has broken some document."""

_TODAY = date(2024, 6, 12)
_SETTINGS = Settings(committee=f"Marlowe {NASTY[0]}", prefix="CPC", year_starts="05-15")
_MEETING = Meeting(date="2024-05-29", type=MeetingType.FORMAL, year="2024/25")
_OWNER = "Head of Homes"
_EXEMPT = "Kept from the public"
_CUTS = 20


def make_record(number: int = 1, **fields: Any) -> Record:
    """Make an invented record of this number; `fields` are those that matter, by their names."""
    usual = {
        "id": f"{number:012x}",
        "ref": f"CPC-2425-{number:03}",
        "meeting": _MEETING,
        "item": "3. Homes",
        "action": "Report back on beds.",
        "owners": (_OWNER,),
    }
    return Record(**usual | fields)


def check_reader(form: Form, content: bytes, *tables: Sequence[Sequence[str]]) -> Document:
    """Check that a form reads these tables, rows of texts each, and nothing breaks it.

    A file that was cut short, or is of another form, is read or refused with a `CpctrackError`.
    """
    document = _read(form, content)
    found = [
        [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if isinstance(block, Table)
    ]
    assert found == [[list(row) for row in table] for table in tables], f"It reads {found}."
    cuts = range(0, len(content), len(content) // _CUTS + 1)
    for other in (b"\x00\xff\xfe", *(content[:at] for at in cuts), *map(str.encode, NASTY)):
        with contextlib.suppress(CpctrackError):
            _read(form, other)
    return document


def check_format(made: Format) -> None:
    """Check that a format prints any view: the same each time, whole, and with nothing unsafe.

    A text must have every row, and what marks exempt business.
    """
    for view in _views():
        content, again = _print(made, view), _print(made, view)
        if made.binary:
            assert content, "It prints nothing."
            continue
        assert content == again, "Printed twice, it is not the same."
        text = content.decode()
        plain = text.removeprefix("\ufeff").replace("\\", "")
        assert clean(plain) == plain, "It has letters that disturb a terminal."
        for words in (_OWNER, *{row.exempt_note for row in view.rows if row.exempt}):
            rows = [row for row in view.rows if words in (*row.owners, row.exempt_note)]
            assert plain.count(words) >= len(rows), f"It lacks “{words}” of a row."


def check_check(check: Check, *records: Record) -> list[tuple[str, str]]:
    """Give what a check finds in these records, after checking that it survives any others."""
    assert re.fullmatch(r"[a-z][a-z0-9-]*", check.name), f"“{check.name}” is no name."
    assert check.rule.endswith("."), "Its rule is no sentence."
    assert _find(check) == [], "It finds something where nothing is."
    _find(check, *_nasty())
    found = _find(check, *records)
    for _, message in found:
        assert message == one_line(message), f"“{message}” is more than a line."
    return found


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    said = StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        yield
    assert not said.getvalue(), f"It prints “{said.getvalue()}”."


def _read(form: Form, content: bytes) -> Document:
    name = f"invented{(*form.endings, '')[0]}"
    with _silent():
        return registry.whole(
            form.read(content.decode(errors="replace") if form.is_text else content, name)
        )


def _print(made: Format, view: AppendixView) -> bytes:
    with _silent():
        return documents.whole(documents.render(view, made))


def _find(check: Check, *records: Record) -> list[tuple[str, str]]:
    def find(subject: Any) -> list[tuple[str, str]]:
        return whole(check.find(subject))

    meetings = {each.meeting.key: each.meeting for each in records}
    with _silent():
        problems = find_problems(
            records, meetings, _SETTINGS, _TODAY, checks=[check._replace(find=find)]
        )
    return [(problem.ref, problem.message) for problem in problems]


def _nasty() -> list[Record]:
    return [
        make_record(number, item=text, action=text or "Act.", response=text)
        for number, text in enumerate(NASTY, 1)
    ]


def _views() -> Iterator[AppendixView]:
    exempt = make_record(99, action=_EXEMPT, exempt_paragraph="1")
    for records in ([], [*_nasty(), exempt]):
        for include_exempt in (False, True):
            printing = Printing(
                _SETTINGS, Calendar(_TODAY), _TODAY.isoformat(), include_exempt=include_exempt
            )
            yield appendix_view(records, printing, year=_MEETING.year)
            yield progress_view(records, printing, year=_MEETING.year)
