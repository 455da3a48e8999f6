"""Which form a file with a table is read in."""

import io
import zipfile

import pytest
from outlook_message import compound

from cpctrack.cli.commands.import_ import _FORMATS
from cpctrack.errors import ImportRefusedError, UsageError
from cpctrack.reading import registry
from cpctrack.tables.columns import count_known

TSV = "Item\tActions\tOwner\n1\tVisit\tAnn Bell\n"
CSV = "Item,Actions,Owner\n1,Visit,Ann Bell\n"
MARKDOWN = "| Item | Actions |\n|---|---|\n| 1 | Visit |\n"
HTML = "<table><tr><th>Item<th>Actions<tr><td>1<td>Visit</table>"
ALL = {"tsv": TSV, "csv": CSV, "markdown": MARKDOWN, "html": HTML}
CALLED = {
    "tsv": "tab-separated text", "csv": "comma-separated text", "markdown": "Markdown",
    "html": "a web page",
}  # fmt: skip


@pytest.fixture
def form(write):
    """Tell the form a file of that name and content is read in."""
    tables = registry.TABLES._replace(known=count_known)
    return lambda name, content, format_=None: (
        registry.read(write(name, content), tables, format_).form
    )


@pytest.fixture
def workbook():
    stream = io.BytesIO()
    pytest.importorskip("openpyxl").Workbook().save(stream)
    return stream.getvalue()


def test_the_command_offers_the_formats_there_are():
    assert registry.FORMATS == _FORMATS == (*ALL, "xlsx", "docx", "odt", "ods", "pdf")


@pytest.mark.parametrize("name", ALL)
def test_content_alone_tells_the_format(form, name):
    assert form("log.txt", ALL[name]) == name


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.TSV", "tsv"), ("a.tab", "tsv"), ("a.csv", "csv"), ("a.md", "markdown"), ("a.htm", "html")],
)
def test_the_ending_tells_the_format(form, file, name):
    assert form(file, ALL[name]) == name


@pytest.mark.parametrize("ending", ["csv", "tsv", "md", "html"])
@pytest.mark.parametrize("name", ALL)
def test_a_file_must_be_what_its_name_says(form, ending, name):
    named = {"md": "markdown"}.get(ending, ending)
    if named != name:
        with pytest.raises(ImportRefusedError) as error:
            form(f"log.{ending}", ALL[name])
        assert str(error.value).endswith(
            f"log.{ending} is {CALLED[name]} by its content, not {CALLED[named]} as its name says; "
            f"rename it, or add --format {name}."
        )
    assert form(f"log.{ending}", ALL[name], name) == name


@pytest.mark.parametrize("file", ["a.csv", "a.tsv", "a.md", "a.html"])
def test_a_text_without_a_table_is_refused(form, file):
    with pytest.raises(ImportRefusedError, match="holds no table in the format its name says"):
        form(file, "A sentence.\n")


def test_a_text_without_a_table_and_an_unknown_ending_is_refused(form):
    with pytest.raises(ImportRefusedError, match=r"a\.txt holds no table; cpctrack reads tsv, csv"):
        form("a.txt", "A sentence.\n")


def test_a_workbook_is_told_by_its_content(form, workbook):
    for file in ("a.xlsx", "a.XLSM", "a.txt", "a"):
        assert form(file, workbook) == "xlsx"


def test_a_workbook_must_be_called_one(form, workbook):
    with pytest.raises(ImportRefusedError) as error:
        form("log.csv", workbook)
    assert str(error.value).endswith(
        "log.csv is an Excel workbook by its content, not comma-separated text as its name says; "
        "rename it, or add --format xlsx."
    )
    assert form("log.csv", workbook, "xlsx") == "xlsx"
    with pytest.raises(ImportRefusedError, match="not a text file"):
        form("log.xlsx", workbook, "csv")


def test_a_text_that_is_called_a_workbook_is_refused(form):
    with pytest.raises(ImportRefusedError, match="comma-separated text by its content, not an Exc"):
        form("log.xlsx", CSV)


def test_a_document_with_a_password_is_told_whatever_its_name(form):
    content = compound({"EncryptionInfo": b"", "EncryptedPackage": b"x"})
    with pytest.raises(ImportRefusedError, match=r"^log\.docx has a password; open it, save"):
        form("log.docx", content)


def test_an_unknown_format_is_wrong_usage(form):
    with pytest.raises(UsageError, match="There is no format “doc”; there are tsv"):
        form("a.csv", CSV, "doc")


def test_two_kinds_of_table_in_one_text_are_not_guessed_at(form):
    with pytest.raises(ImportRefusedError, match="could be markdown or html; say which"):
        form("a.txt", f"{HTML}\n\n{MARKDOWN}")
    assert form("a.txt", f"{HTML}\n\n{MARKDOWN}", "html") == "html"


def test_an_archive_that_is_no_document_stays_one(form):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("notes.txt", "x")
    with pytest.raises(ImportRefusedError, match="is a ZIP archive, not a text file"):
        form("log.xlsx", stream.getvalue())
