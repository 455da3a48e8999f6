"""Whatever a record's texts hold comes out as text, in every format."""

import html
import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cpctrack.reading.text import delimited
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record, Settings
from cpctrack.render.csv_table import guard
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.templates.markdown import escape
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.view import AppendixView
from cpctrack.text import clean

SETTINGS = Settings(committee="C", prefix="CPC", year_starts="05-15")
MEETING = Meeting(date="2022-09-21", type=MeetingType.FORMAL, year="2022/23")
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% for x in y %}{# z #}",
    "[/] [bold]x[/bold] ![i](u) [a](b) <https://a.b> www.example.org a@b.org",
    "| a | b |\n| --- | --- |",
    "# no heading\n- no list\n1. none\n> none\n```\ncode\n```\n    code",
    "&lt; &amp;amp; &#42; &nbsp;x",
    "\\| \\\\| `|` `` ` ``",
    "=1+1",
    "-1",
    "+44 20 7946 0000",
    "@SUM(A1)",
    "'=1",
    "''x",
    "  two  spaces  \n  and \t tabs \t",
    "\n\nleading and trailing\n\n",
    "\x1b[31mred\x1b[0m \u202egnp.exe",
    '"quoted", and; so\ton',
    "$x$ ~~y~~ ==z== ^q^ :cat: 12:30",
    "\u00a0\u3000ends\u2003",
    "line\u2028separator\rand return",
]
texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60) | st.text(
    "\\`*_{}[]<>|~#&!$-+=:.1) \n\t'@\"a", min_size=1, max_size=30
)
hostile = pytest.mark.parametrize("text", HOSTILE)


def _view(text: str) -> AppendixView:
    record = Record(
        id="1",
        ref="CPC-2223-001",
        meeting=MEETING,
        item=text,
        recommendation=text,
        action=text,
        owners=(),
        owner_text=text,
        response=text,
        follow_up=text,
    )
    settings = Settings(committee=f"C {text}", prefix="CPC", year_starts="05-15")
    return appendix_view([record], Printing(settings, Calendar(date(2023, 7, 1))), year="2022/23")


def _shown(text: str, *blanks: str) -> list[str]:
    cleaned = clean(text)
    is_blank = not cleaned or cleaned.isspace()
    return list(blanks) if is_blank else [cleaned] * 6


BLANKS = ("No item recorded", "None", "None", "Nobody named", "No response yet", "To do")


def _cells_of_html(page: str) -> list[str]:
    body = page.split("<tbody", 1)[1].split("</tbody>", 1)[0].split("</tr>", 1)[1]  # below the band
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", body, re.DOTALL)
    return [html.unescape(re.sub(r"</?(?:span|strong)[^>]*>", "", cell)) for cell in cells]


def _cells_of_markdown(document: str) -> list[str]:
    rendered = MarkdownIt("commonmark").enable("table").render(document)
    body = rendered.split("<tbody>", 1)[1]
    cells = re.findall(r"<td>(.*?)</td>", body, re.DOTALL)
    return [html.unescape(re.sub("</?em>", "", cell.replace("<br>", "\n"))) for cell in cells]


@hostile
def test_html_shows_hostile_text_to_the_letter(text):
    page = render(_view(text), FORMATS["html"]).decode()
    assert _cells_of_html(page)[2:] == _shown(text, *BLANKS)
    assert page.count("<script") == 1  # the page's own


@given(text=texts)
def test_html_shows_any_text_to_the_letter(text):
    page = render(_view(text), FORMATS["html"]).decode()
    assert _cells_of_html(page)[2:] == _shown(text, *BLANKS)


@hostile
def test_markdown_shows_hostile_text_to_the_letter(text):
    document = render(_view(text), FORMATS["markdown"]).decode()
    assert _cells_of_markdown(document)[2:] == _shown(text, *BLANKS)


@given(text=texts)
def test_markdown_shows_any_text_to_the_letter(text):
    document = render(_view(text), FORMATS["markdown"]).decode()
    assert _cells_of_markdown(document)[2:] == _shown(text, *BLANKS)


@given(text=texts)
@example(text="1. x")
@example(text="- x")
@example(text="1) x")
@example(text="--- | ---")
@example(text="===")
@example(text="    code")
def test_escaped_text_is_one_paragraph_wherever_it_stands(text):
    cleaned = clean(text)
    if not cleaned or cleaned.isspace():
        return
    rendered = MarkdownIt("commonmark").enable("table").render(f"before\n{escape(cleaned)}\n")
    assert rendered.startswith("<p>before\n")
    shown = rendered.removeprefix("<p>before\n").removesuffix("</p>\n").replace("<br>", "\n")
    assert html.unescape(shown) == cleaned


def test_markdown_makes_no_links_of_addresses():
    assert escape("see https://a.b/c_d or www.a.b") == r"see https\://a.b/c\_d or www\.a.b"


@hostile
def test_csv_cell_is_no_formula(text):
    assert guard(text)[:1] not in tuple("=+-@\t\r")


@given(text=texts)
@example(text="'=1")
@example(text="''")
def test_csv_brings_any_text_back(text):
    content = render(_view(text), FORMATS["csv"]).decode("utf-8-sig")
    _, row = delimited.read(content, "appendix.csv", "csv", len).blocks[0].rows
    assert [cell.text for cell in row.cells[2:]] == _shown(text, "", "", "", "", "", "To do")
