"""Whatever is done to a document, it is read or refused in one sentence."""

import io
import zipfile

import pypdf
import pytest
from amounts import times
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpctrack.errors import ImportRefusedError
from cpctrack.tasks.read_documents import read_minutes

MUTATED = settings(
    max_examples=times(60, 20),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=4
)


def mutated(content: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    """Put a few bytes in the place of others, at a few places."""
    for place, put, out in changes:
        at = int(place * len(content))
        content = content[:at] + put + content[at + out :]
    return content


def read_or_refuse(path, content):
    path.write_bytes(content)
    try:
        assert any(line.text for line in read_minutes(path))
    except ImportRefusedError as error:
        assert str(error).startswith((str(path), f"There is no file {path}"))
        assert str(error).endswith(".") and "\n" not in str(error)


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """One document of each form, whole."""
    import docx
    import typst

    word = docx.Document()
    word.add_heading("Minutes", 1)
    for text in ("Write to all.", "Report back."):
        word.add_paragraph(text, style="List Number")
    word.add_table(2, 3).cell(0, 0).text = "Homes"
    packed = io.BytesIO()
    word.save(packed)
    page = b"<html><body><h1>Minutes</h1><ol start=3><li>Write<table><tr><td colspan=2>x<td>y"
    return {
        "docx": packed.getvalue(),
        "html": page + b"</table></ol><pre>a\n\nb</pre></body></html>",
        "pdf": typst.compile(b"= Minutes\n+ Write to all.\n#table(columns: 2, [a], [b])"),
        "txt": "Minutes\n1. Write to all – by May.\n".encode(),
    }


@pytest.mark.parametrize("form", ["docx", "html", "pdf", "txt"])
@MUTATED
@given(changes=CHANGES)
def test_mutated_documents(whole, tmp_path, form, changes):
    read_or_refuse(tmp_path / f"minutes.{form}", mutated(whole[form], changes))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
@MUTATED
@given(changes=CHANGES)
def test_mutated_parts_of_a_word_document(whole, tmp_path, part, changes):
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole["docx"])) as before,
        zipfile.ZipFile(packed, "w") as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, mutated(content, changes) if name == part else content)
    read_or_refuse(tmp_path / "minutes.docx", packed.getvalue())


@MUTATED
@given(drawn=st.binary(max_size=300))
def test_pages_that_draw_anything(whole, tmp_path, drawn):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(whole["pdf"]))
    stream = pypdf.generic.StreamObject()
    stream.set_data(b"BT /F 9 Tf (x) Tj " + drawn)
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    packed = io.BytesIO()
    writer.write(packed)
    read_or_refuse(tmp_path / "minutes.pdf", packed.getvalue())
