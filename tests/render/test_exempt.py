"""Exempt business reaches no public document: not in words, counts, charts or hidden parts."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from functools import cache

import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Change, Kind, Meeting, MeetingType, Record, Settings, Status
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.progress import progress_view
from cpctrack.render.views.view import AppendixView

COMMITTEE = Settings(committee="Corporate Parenting Committee", prefix="CPC", year_starts="05-15")
MARCH = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
APRIL = Meeting("2023-04-19", MeetingType.INFORMAL, "2022/23")
PUBLIC = [
    Record("0" * 12, "CPC-2223-001", MARCH, action="Send a note.", owners=("Head of Health",)),
    Record("1" * 12, "CPC-2223-003", MARCH, action="Visit.", status=Status.PROPOSED),
]
MARK = "qzx"  # begins and ends every secret, so that no chance finds it elsewhere
SECRET = st.text(min_size=1, max_size=30).map(lambda text: f"{MARK}{text}{MARK}")
FLAGS = st.sampled_from(
    [{"exempt_paragraph": "3"}, {"exempt_paragraph": " "}, {"extra": {"exempt_paragraph": None}}]
)


@st.composite
def exempt(draw: st.DrawFn) -> Record:
    """Draw an exempt record with a secret in every field that can hold one."""
    texts = dict.fromkeys(
        ("item", "action", "recommendation", "referrer", "owner_text", "due_text", "response",
         "follow_up", "source_ref"), ""
    )  # fmt: skip
    secret = draw(SECRET)
    return Record(
        id="2" * 12,
        ref="CPC-2223-002",
        meeting=draw(st.sampled_from((MARCH, APRIL))),
        kind=draw(st.sampled_from(Kind)),
        status=draw(st.sampled_from(Status)),
        owners=(secret,),
        due=draw(st.sampled_from(("", "2023-05-01"))),
        completed_on=draw(st.sampled_from(("", "2023-06-01"))),
        printed={secret: secret},
        history=(Change("2023-05-01T00:00:00Z", secret, "extend", "due", "", "", secret),),
        **(dict.fromkeys(texts, secret) | draw(FLAGS)),
    )


def views(records: Sequence[Record], **options: bool) -> list[AppendixView]:
    printing = Printing(
        COMMITTEE, Calendar(date(2023, 7, 1), ("2023-03-15",)), "2023-07-19", **options
    )
    return [
        appendix_view(records, printing, year="2022/23"),
        progress_view(records, printing, year="2022/23"),
    ]


def everything(content: bytes) -> str:
    """Give all the text of a document, its properties and its hidden parts."""
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        return "".join(name + archive.read(name).decode("utf-8") for name in archive.namelist())
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        parts = [page.extract_text() for page in reader.pages]
        return "".join(
            [*parts, str(reader.metadata), str(reader.outline), str(reader.xmp_metadata)]
        )
    return content.decode("utf-8")


@pytest.mark.parametrize("format_name", FORMATS)
@given(hidden=exempt(), place=st.integers(0, 2))
@settings(max_examples=times(40, 10))
def test_a_document_is_the_same_with_an_exempt_record_in_the_store_and_without(
    format_name: str, hidden: Record, place: int
) -> None:
    contents = documents(format_name, (*PUBLIC[:place], hidden, *PUBLIC[place:]))
    assert contents == documents_without(format_name)
    assert MARK not in "".join(map(everything, contents))


def documents(format_name: str, records: Sequence[Record]) -> list[bytes]:
    return [render(view, FORMATS[format_name]) for view in views(records)]


@cache
def documents_without(format_name: str) -> list[bytes]:
    return documents(format_name, PUBLIC)


@pytest.mark.parametrize("format_name", FORMATS)
def test_what_is_looked_for_would_be_found(format_name: str) -> None:
    shown = PUBLIC[0]._replace(action=f"{MARK} is here.", exempt_paragraph="3")
    for view in views([shown], include_exempt=True):
        text = everything(render(view, FORMATS[format_name]))
        assert MARK in text
        assert "Not for publication" in text


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_document_with_exempt_rows_says_so_in_each_of_them(format_name: str) -> None:
    records = [PUBLIC[0], PUBLIC[1]._replace(exempt_paragraph="3")]
    for view in views(records, include_exempt=True):
        text = " ".join(everything(render(view, FORMATS[format_name])).split())
        assert "Not for publication: paragraph 3" in text
