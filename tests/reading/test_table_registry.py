import io
import zipfile
from pathlib import Path

import pytest

from cpctrack.cli.commands.import_ import _FORMATS
from cpctrack.errors import ImportRefusedError, UsageError
from cpctrack.reading import registry


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


TSV = "Item\tActions\tOwner\n1\tVisit\tAnn Bell\n"
CSV = "Item,Actions,Owner\n1,Visit,Ann Bell\n"
MARKDOWN = "| Item | Actions |\n|---|---|\n| 1 | Visit |\n"
HTML = "<table><tr><th>Item<th>Actions<tr><td>1<td>Visit</table>"
ALL = {"tsv": TSV, "csv": CSV, "markdown": MARKDOWN, "html": HTML}


def test_the_command_offers_the_formats_there_are():
    assert registry.FORMATS == _FORMATS == (*ALL, "xlsx")


@pytest.mark.parametrize("name", ALL)
def test_content_alone_tells_the_format(name):
    assert registry.choose(Path("log.txt"), ALL[name]).name == name


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.TSV", "tsv"), ("a.tab", "tsv"), ("a.csv", "csv"), ("a.md", "markdown"), ("a.htm", "html")],
)
def test_the_ending_tells_the_format(file, name):
    assert registry.choose(Path(file), ALL[name]).name == name


@pytest.mark.parametrize("ending", ["csv", "tsv", "md", "html"])
@pytest.mark.parametrize("name", ALL)
def test_a_file_must_be_what_its_name_says(ending, name):
    named = {"md": "markdown"}.get(ending, ending)
    if named == name:
        assert registry.choose(Path(f"log.{ending}"), ALL[name]).name == name
        return
    with pytest.raises(ImportRefusedError) as error:
        registry.choose(Path(f"log.{ending}"), ALL[name])
    assert str(error.value) == (
        f"log.{ending} is {name} by its content, not {named}; rename it, or add --format {name}."
    )
    assert registry.choose(Path(f"log.{ending}"), ALL[name], name).name == name


@pytest.mark.parametrize("file", ["a.csv", "a.tsv", "a.md", "a.html"])
def test_a_text_without_a_table_is_refused(file):
    with pytest.raises(ImportRefusedError, match="holds no table in the format its name says"):
        registry.choose(Path(file), "A sentence.\n")


def test_a_text_without_a_table_and_an_unknown_ending_is_refused():
    with pytest.raises(
        ImportRefusedError, match=r"^a\.txt holds no table; cpctrack reads tsv, csv"
    ):
        registry.choose(Path("a.txt"), "A sentence.\n")


WORKBOOK = zipped("xl/workbook.xml")


def test_a_workbook_is_told_by_its_content():
    for file in ("a.xlsx", "a.XLSM", "a.txt", "a"):
        assert registry.choose_binary(Path(file), WORKBOOK).name == "xlsx"
    assert registry.choose_binary(Path("a.xlsx"), CSV.encode()) is None
    assert registry.choose_binary(Path("a.xlsx"), zipped("word/document.xml")) is None


def test_a_workbook_must_be_called_one():
    with pytest.raises(ImportRefusedError) as error:
        registry.choose_binary(Path("log.csv"), WORKBOOK)
    assert str(error.value) == (
        "log.csv is xlsx by its content, not csv; rename it, or add --format xlsx."
    )
    assert registry.choose_binary(Path("log.csv"), WORKBOOK, "xlsx").name == "xlsx"
    assert registry.choose_binary(Path("log.xlsx"), WORKBOOK, "csv") is None


def test_a_text_that_is_called_a_workbook_is_refused():
    with pytest.raises(ImportRefusedError) as error:
        registry.choose(Path("log.xlsx"), CSV)
    assert str(error.value) == (
        "log.xlsx is csv by its content, not xlsx; rename it, or add --format csv."
    )


class Eager:
    name = "eager"
    endings = (".csv",)

    def detect(self, head: str) -> bool:
        return True

    def read(self, text, name):
        return []


def test_two_readers_that_claim_a_file_are_an_error():
    readers = (*registry.READERS, Eager())
    for file in ("a.csv", "a.txt"):
        with pytest.raises(ImportRefusedError, match=f"^{file} could be csv or eager; say which"):
            registry.choose(Path(file), CSV, readers=readers)
    assert registry.choose(Path("a.csv"), CSV, "csv", readers).name == "csv"


def test_an_unknown_format_is_wrong_usage():
    with pytest.raises(UsageError, match="There is no format “docx”; there are tsv"):
        registry.choose(Path("a.csv"), CSV, "docx")


def test_two_kinds_of_table_in_one_text_are_not_guessed_at():
    with pytest.raises(ImportRefusedError, match="could be markdown or html"):
        registry.choose(Path("a.txt"), f"{HTML}\n\n{MARKDOWN}")
