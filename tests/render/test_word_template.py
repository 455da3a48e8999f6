"""A council's own document as the template of a Word document."""

import base64
import io
import os
import re
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from amounts import times
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cpctrack.errors import CpctrackError, ImportRefusedError, RenderError
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record, Settings
from cpctrack.render.views.appendix import appendix_view
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.view import AppendixView
from cpctrack.render.word import writing

MARK = "Not for publication (paragraph 1)"
SECRET = "qzxsecretqzx"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# A picture of one dot.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(found: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in found.items():
            archive.writestr(name, part)
    return stream.getvalue()


def corporate() -> bytes:
    """Make a council's document, with a text that must not come along in all its corners."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Heading 1"].font.size = Pt(17)
    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(30)
    section.header.paragraphs[0].text = "Marlowe Borough Council"
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(PICTURE))
    section.footer.paragraphs[0].text = "Town Hall"
    body = document.add_paragraph(SECRET, style="Heading 1")
    document.add_comment(body.runs, text=SECRET, author=SECRET)
    document.add_table(1, 1).cell(0, 0).text = SECRET
    document.add_paragraph().add_run().add_picture(io.BytesIO(PICTURE + SECRET.encode()))
    for name in ("author", "title", "keywords", "category", "comments", "identifier"):
        setattr(document.core_properties, name, SECRET)
    document.settings.element.append(
        parse_xml(
            f'<w:docVars xmlns:w="{WORD}"><w:docVar w:name="x" w:val="{SECRET}"/></w:docVars>'
        )
    )
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def linked(found: dict[str, bytes], owner: str, kind: str, target: str, *, external: bool) -> str:
    """Add a relationship to a part of a package and give its id."""
    folder, _, name = owner.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    before = found.get(rels, f'<Relationships xmlns="{package}"></Relationships>'.encode())
    key = f"rIdX{len(found)}{kind}"
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"{mode}/>'
    found[rels] = before.replace(b"</Relationships>", link.encode() + b"</Relationships>")
    return key


@pytest.fixture
def render_with(tmp_path, view):
    """Render with a template of these bytes."""

    def call(template: bytes, shown=view, name="corporate.docx"):
        path = tmp_path / name
        path.write_bytes(template)
        return writing.render(shown, path)

    return call


@pytest.fixture
def exempt_view(records, settings, today):
    return appendix_view(
        records, Printing(settings, Calendar(today), include_exempt=True), year="2022/23"
    )


def test_looks_are_the_councils_and_the_words_are_ours(render_with, view):
    document = opened(render_with(corporate()))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text.startswith("Marlowe Borough Council")
    assert section.footer.paragraphs[0].text == "Town Hall"
    assert document.styles["Normal"].font.name == "Georgia"
    assert document.styles["Heading 1"].font.size == Pt(17)
    assert [(p.style.name, p.text) for p in document.paragraphs[:2]] == [
        ("Title", "Appendix 4"),
        ("Subtitle", view.title),
    ]
    assert {p.style.name for p in document.paragraphs[2:]} == {"Normal", "Heading 1", "Heading 2"}
    assert sum(len(table._tbl.tr_lst) - 1 for table in document.tables) == len(view.rows)
    for table in document.tables:
        assert table.style.name == "Table Rules"
        assert sum(each.width for each in table.columns) == pytest.approx(Mm(160), abs=Pt(0.1))


def test_letters_in_a_table_are_the_councils_in_the_size_that_is_asked_for(render_with, view):
    style = opened(render_with(corporate(), view._replace(text_size=10))).styles["Table Text"]
    assert (style.font.size, style.font.name) == (Pt(10), None)
    assert style.base_style.name == "Normal"


def test_letters_are_smaller_where_the_page_is_narrow_for_eight_columns(render_with, records):
    printing = Printing(Settings("C", "CPC", "05-15"), Calendar(date(2023, 7, 1)), bands=False)
    shown = appendix_view(records, printing, year="2022/23")
    assert opened(render_with(corporate(), shown)).styles["Table Text"].font.size < Pt(10)


def test_tables_are_the_councils_where_it_has_a_style_for_them(render_with):
    document = opened(corporate())
    document.styles.add_style("Table Rules", docx.enum.style.WD_STYLE_TYPE.TABLE)
    stream = io.BytesIO()
    document.save(stream)
    (style,) = [s for s in opened(render_with(stream.getvalue())).styles if s.name == "Table Rules"]
    assert not list(style.element.iter(qn("w:tblBorders")))


def test_table_text_of_the_template_is_left_as_it_is(render_with):
    document = opened(corporate())
    document.styles.add_style("Table Text", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(
        11
    )
    stream = io.BytesIO()
    document.save(stream)
    found = opened(render_with(stream.getvalue()))
    assert [s.font.size for s in found.styles if s.name == "Table Text"] == [Pt(11)]


def test_nothing_of_the_text_comes_along(render_with):
    template = corporate()
    assert SECRET.encode() in b"".join(parts(template).values())
    found = parts(render_with(template))
    assert not any(SECRET.encode() in name.encode() + part for name, part in found.items())
    assert "word/comments.xml" not in found
    assert "docProps/thumbnail.jpeg" not in found
    assert not any(name.startswith("customXml") for name in found)
    assert [name for name in found if "media" in name] == ["word/media/image1.png"]


def test_footnotes_glossary_and_embedded_files_do_not_come_along(render_with):
    found = parts(corporate())
    for kind, name in (
        ("footnotes", "word/footnotes.xml"),
        ("glossaryDocument", "word/glossary/document.xml"),
        ("oleObject", "word/embeddings/old.bin"),
        ("aFChunk", "word/chunk.html"),
        ("customXml", "customXml/item9.xml"),
    ):
        found[name] = f'<w:footnotes xmlns:w="{WORD}">{SECRET}</w:footnotes>'.encode()
        linked(found, "word/document.xml", kind, f"/{name}", external=False)
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Default Extension="bin" ContentType="application/x-old"/>'
        b'<Default Extension="html" ContentType="text/html"/></Types>',
    )
    made = parts(render_with(packed(found)))
    assert not any(SECRET.encode() in part for part in made.values())


def test_only_links_that_somebody_clicks_lead_out(render_with):
    found = parts(corporate())
    settings_rel = linked(
        found, "word/settings.xml", "attachedTemplate", "file:///srv/a.dotm", external=True
    )
    found["word/settings.xml"] = found["word/settings.xml"].replace(
        b"</w:settings>",
        f'<w:attachedTemplate xmlns:r="{REL}" r:id="{settings_rel}"/></w:settings>'.encode(),
    )
    click = linked(
        found, "word/header1.xml", "hyperlink", "https://www.example.org/", external=True
    )
    picture = linked(
        found, "word/header1.xml", "image", "https://www.example.org/spy.png", external=True
    )
    frame = linked(
        found, "word/header1.xml", "frame", "https://www.example.org/frame.htm", external=True
    )
    found["word/header1.xml"] = found["word/header1.xml"].replace(
        b"</w:hdr>",
        f'<w:p xmlns:r="{REL}"><w:hyperlink r:id="{click}"><w:r><w:t>Our website</w:t></w:r>'
        f'</w:hyperlink><w:r><w:t r:link="{picture}">kept</w:t></w:r>'
        f'<w:r><w:t r:id="{frame}">cut</w:t></w:r></w:p></w:hdr>'.encode(),
    )
    made = parts(render_with(packed(found)))
    everything = b"".join(made.values())
    assert re.findall(rb'Target="([^"]*)" TargetMode="External"', everything) == [
        b"https://www.example.org/"
    ]
    assert b"attachedTemplate" not in everything
    assert b"Our website" in made["word/header1.xml"]
    assert b">kept<" in made["word/header1.xml"]
    assert b">cut<" not in made["word/header1.xml"]
    for name, part in made.items():
        if name.endswith(".xml") and name.startswith("word/"):
            folder, _, base = name.rpartition("/")
            known = set(re.findall(rb'Id="([^"]*)"', made.get(f"{folder}/_rels/{base}.rels", b"")))
            assert set(re.findall(rb'r:(?:id|embed|link)="([^"]*)"', part)) <= known


def test_locks_are_taken_off(render_with):
    found = parts(corporate())
    found["word/settings.xml"] = found["word/settings.xml"].replace(
        b"</w:settings>",
        b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>',
    )
    made = parts(render_with(packed(found)))
    assert b"documentProtection" not in made["word/settings.xml"]


def test_header_of_an_earlier_section_counts_for_the_last(render_with):
    document = opened(corporate())
    document.add_section(WD_SECTION.NEW_PAGE).page_width = Mm(297)
    assert document.sections[-1].header.is_linked_to_previous
    stream = io.BytesIO()
    document.save(stream)
    (section,) = opened(render_with(stream.getvalue())).sections
    assert round(section.page_width.mm) == 297
    assert section.header.paragraphs[0].text.startswith("Marlowe Borough Council")


def test_header_that_no_page_shows_does_not_come_along(render_with):
    document = opened(corporate())
    document.sections[0].header.paragraphs[0].text = SECRET
    later = document.add_section(WD_SECTION.NEW_PAGE)
    later.header.is_linked_to_previous = False
    later.header.paragraphs[0].text = "Marlowe"
    stream = io.BytesIO()
    document.save(stream)
    made = parts(render_with(stream.getvalue()))
    assert not any(SECRET.encode() in part for part in made.values())
    assert b"Marlowe" in b"".join(made.values())


def test_background_goes_with_its_picture(render_with):
    found = parts(corporate())
    picture = linked(found, "word/document.xml", "image", "media/image1.png", external=False)
    found["word/document.xml"] = found["word/document.xml"].replace(
        b"<w:body>", f'<w:background r:id="{picture}"/><w:body>'.encode()
    )
    made = parts(render_with(packed(found)))
    assert picture.encode() not in b"".join(made.values())


def test_template_without_header_and_section_gets_ours(render_with):
    document = docx.Document()
    body = document.element.body
    body.remove(body.sectPr)
    stream = io.BytesIO()
    document.save(stream)
    (section,) = opened(render_with(stream.getvalue())).sections
    assert section.header.paragraphs[0].text.startswith("Appendix 4: ")
    assert section.footer.paragraphs[0]._p.find(qn("w:fldSimple")) is not None


def test_columns_of_a_newsletter_become_one(render_with):
    document = opened(corporate())
    document.sections[0]._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")
    stream = io.BytesIO()
    document.save(stream)
    (section,) = opened(render_with(stream.getvalue())).sections
    assert section._sectPr.find(qn("w:cols")) is None


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("even", [False, True])
def test_every_page_of_an_exempt_document_is_marked(render_with, exempt_view, first, even):
    document = opened(corporate())
    (section,) = document.sections
    section.different_first_page_header_footer = first
    document.settings.odd_and_even_pages_header_footer = even
    section.even_page_header.paragraphs[0].text = "Even"
    stream = io.BytesIO()
    document.save(stream)
    made = opened(render_with(stream.getvalue(), exempt_view))
    (section,) = made.sections
    places = [section.header, section.footer, section.even_page_header]
    if first:
        places += [section.first_page_header, section.first_page_footer]
    if even:
        places.append(section.even_page_footer)
    for place in places:
        assert not place.is_linked_to_previous
        assert (place.paragraphs[0].text, place.paragraphs[0].style.name) == (MARK, "Page Marking")
    assert section.even_page_header.paragraphs[1].text == "Even"
    assert made.core_properties.title.startswith("Not for publication – ")


def test_style_that_is_missing_is_ours_on_the_councils_default(render_with):
    document = opened(corporate())
    for name in ("Title", "Subtitle", "Heading 2"):
        document.styles[name].delete()
    taken = document.styles.add_style("Something else", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    taken.element.set(qn("w:styleId"), "Title")
    stream = io.BytesIO()
    document.save(stream)
    made = opened(render_with(stream.getvalue()))
    assert made.paragraphs[0].style.name == "Title"
    assert made.paragraphs[0].style.style_id == "Title0"
    assert made.paragraphs[0].style.base_style.name == "Normal"
    assert made.paragraphs[1].style.name == "Subtitle"


def test_heading_of_another_name_is_known_by_its_level(render_with):
    found = parts(corporate())
    styles = found["word/styles.xml"]
    assert b'w:val="heading 1"' in styles
    found["word/styles.xml"] = styles.replace(b'w:val="heading 1"', b'w:val="Pennawd 1"')
    made = opened(render_with(packed(found)))
    first = next(p for p in made.paragraphs if p.text.startswith("Informal · "))
    assert first.style.name == "Pennawd 1"


def test_text_is_british_english_whatever_the_template_was(render_with):
    found = parts(corporate())
    assert b'w:lang w:val="en-US"' in found["word/styles.xml"]
    made = opened(render_with(packed(found)))
    assert made.core_properties.language == "en-GB"
    default = made.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "en-GB"


def test_template_without_defaults_gets_a_language(render_with):
    found = parts(corporate())
    found["word/styles.xml"] = f'<w:styles xmlns:w="{WORD}"/>'.encode()
    made = opened(render_with(packed(found)))
    default = made.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "en-GB"
    assert made.paragraphs[0].style.name == "Title"


def test_name_of_the_council_stays_and_how_long_somebody_worked_does_not(render_with):
    found = parts(corporate())
    found["docProps/app.xml"] = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'extended-properties"><Company>Marlowe</Company><TotalTime>99</TotalTime></Properties>'
    )
    about = parts(render_with(packed(found)))["docProps/app.xml"]
    assert b"<Company>Marlowe</Company>" in about
    assert b"TotalTime" not in about
    assert b"<Application>cpctrack</Application>" in about


def test_same_template_gives_the_same_bytes(render_with):
    template = corporate()
    assert render_with(template) == render_with(template)


def test_word_template_is_taken_too(render_with):
    found = parts(corporate())
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(
        b"wordprocessingml.document.main", b"wordprocessingml.template.main"
    )
    document = opened(render_with(packed(found), name="corporate.dotx"))
    assert document.sections[0].header.paragraphs[0].text.startswith("Marlowe Borough Council")


def _with_macros(found: dict[str, bytes]) -> None:
    found["word/vbaProject.bin"] = b"x"


def _macro_enabled(found: dict[str, bytes]) -> None:
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"vnd.ms-writing.document.macroEnabled.main+xml",
    )


@pytest.mark.parametrize("change", [_with_macros, _macro_enabled])
def test_macros_are_refused(render_with, tmp_path, change):
    found = parts(corporate())
    change(found)
    with pytest.raises(RenderError) as caught:
        render_with(packed(found), name="corporate.docm")
    assert str(caught.value) == (
        f"{tmp_path / 'corporate.docm'} has macros, which a template may not have; save it without "
        "them, as a Word document (.docx)."
    )


def test_a_strict_document_is_no_template(render_with, tmp_path):
    usual, strict = b"openxmlformats.org/wordprocessingml/2006/main", b"ooxml/wordprocessingml/main"
    found = parts(corporate())
    part = "word/document.xml"
    found[part] = found[part].replace(b"schemas." + usual, b"purl.oclc.org/" + strict)
    with pytest.raises(RenderError) as caught:
        render_with(packed(found))
    assert str(caught.value).endswith(
        ".docx is saved as “Strict Open XML”, which can't be a template; open it in Word and save "
        "it as a “Word Document (.docx)”."
    )


def test_missing_template_is_named(view, tmp_path):
    with pytest.raises(RenderError) as caught:
        writing.render(view, tmp_path / "none.docx")
    assert str(caught.value) == (
        f"There is no file {tmp_path / 'none.docx'}; the template of a Word document is a .docx "
        "file."
    )


def test_folder_is_no_template(view, tmp_path):
    with pytest.raises(RenderError, match=r"can't be read \("):
        writing.render(view, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_pipe_is_no_template(view, tmp_path):
    os.mkfifo(tmp_path / "pipe.docx")
    with pytest.raises(RenderError, match=r"pipe\.docx can't be read \(it is a pipe or a device"):
        writing.render(view, tmp_path / "pipe.docx")


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04", b"\xd0\xcf\x11\xe0old"])
def test_file_of_another_kind_is_refused(render_with, content):
    with pytest.raises(ImportRefusedError):
        render_with(content)


@pytest.mark.parametrize(
    "found",
    [
        {"a.txt": b"x"},
        {"[Content_Types].xml": b"<Types"},
        parts(corporate()) | {"word/document.xml": b"<w:document"},
        parts(corporate()) | {"word/document.xml": b"<x/>"},
        {name: part for name, part in parts(corporate()).items() if name != "word/header1.xml"},
    ],
)
def test_damaged_template_is_named(render_with, tmp_path, found):
    with pytest.raises(RenderError) as caught:
        render_with(packed(found))
    assert str(caught.value) == (
        f"{tmp_path / 'corporate.docx'} can't be used as a template: it is damaged or no Word "
        "document; open it in Word and save it as a Word document (.docx)."
    )


def test_page_of_no_sense_is_a_damaged_template(render_with):
    found = parts(corporate())
    found["word/document.xml"] = re.sub(rb'w:w="\d+"', b'w:w="wide"', found["word/document.xml"])
    with pytest.raises(RenderError, match="can't be used as a template"):
        render_with(packed(found))


SOUND = parts(corporate())


@given(
    name=st.sampled_from(sorted(SOUND)),
    tag=st.sampled_from((b"w:val", b"w:styleId", b"w:type", b"r:id", b"w:name", b"w:pgMar", b"Id")),
    harm=st.sampled_from(("gone", "cut", "renamed", "empty")),
)
@examples(max_examples=times(80, 20))
def test_template_with_damage_gives_a_document_or_a_sentence(name, tag, harm):
    found = dict(SOUND)
    part = found.pop(name)
    if harm == "cut":
        found[name] = part[: len(part) // 2]
    elif harm == "renamed":
        found[name] = part.replace(tag, b"w:other")
    elif harm == "empty":
        found[name] = b""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corporate.docx")
        path.write_bytes(packed(found))
        try:
            content = writing.render(VIEW, path)
        except CpctrackError as error:
            assert str(path) in str(error)
        else:
            assert opened(content).tables[0].style is not None


def _view() -> AppendixView:
    meeting = Meeting("2022-09-21", MeetingType.FORMAL, "2022/23")
    return appendix_view(
        [Record(id="0" * 12, ref="CPC-2223-001", meeting=meeting, action="x")],
        Printing(Settings("C", "CPC", "05-15"), Calendar(date(2023, 7, 1))),
        year="2022/23",
    )


VIEW = _view()
