import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import ImportRefusedError
from cpctrack.reading import registry
from cpctrack.reading.text import delimited
from cpctrack.tables.columns import count_known

TSV, CSV = "tsv", "csv"

HEAD = "Item\tActions\tOwner\n"


def read(form, text):
    (table,) = delimited.read(text, "log", form, count_known).blocks
    return table.rows


def cells(form, text):
    return [tuple(cell.text for cell in row.cells) for row in read(form, text)]


def lines(form, text):
    return [row.place.line for row in read(form, text)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Item\tActions, agreed\tOwner\n", TSV),
        ("Item,Actions,Owner\n", CSV),
        ("Item;Actions;Owner\na, b;c, d;e, f\n", CSV),
        ("sep=;\nItem;Actions;Owner\n", CSV),
        ("Just a sentence without any column\n", ""),
        ("", ""),
    ],
)
def test_the_delimiter_tells_the_format(text, form):
    assert delimited.form_of(text, count_known) == form


def test_tab_separated_text_is_taken_to_the_letter():
    text = HEAD + '4. A\t"Step into" is the new word \tAnn  Bell\r\n'
    assert cells(TSV, text)[1] == ("4. A", '"Step into" is the new word ', "Ann  Bell")


def test_a_quotation_mark_that_opens_a_cell_swallows_nothing():
    text = HEAD + '1\t"An open quote\tA\n2\tb"\tB\n'
    assert cells(TSV, text)[1:3] == [("1", '"An open quote', "A"), ("2", 'b"', "B")]


def test_quoted_tab_separated_text_may_hold_line_ends():
    text = HEAD + '1\t"two\nlines, ""quoted"""\tA\n2\tb\tB\n'
    assert cells(TSV, text)[1:] == [("1", 'two\nlines, "quoted"', "A"), ("2", "b", "B")]
    assert lines(TSV, text) == [1, 2, 4]


def test_comma_separated_cells_may_hold_commas_and_lines():
    text = 'Item,Actions,Owner\n1,"a, b\nc",A\n\n2,d,B\n'
    assert cells(CSV, text)[1:] == [("1", "a, b\nc", "A"), (), ("2", "d", "B")]
    assert lines(CSV, text) == [1, 2, 4, 5]


def test_semicolons_are_found():
    assert cells(CSV, "Item;Actions\n1;a, b, c\n")[1] == ("1", "a, b, c")


@pytest.mark.parametrize("bad", ['1,"never closed,A\n', '1,"closed" early,A\n'])
def test_a_broken_quotation_is_refused_with_its_line(bad):
    with pytest.raises(ImportRefusedError, match=r"^log, line 2: a quotation mark is not closed"):
        read(CSV, f"Item,Actions,Owner\n{bad}2,b,B\n")


def test_a_cell_of_many_lines_has_its_limit(monkeypatch):
    monkeypatch.setattr(delimited, "LONGEST_LINE", 100)
    before = csv.field_size_limit()
    with pytest.raises(ImportRefusedError, match=r"^log, line 2 is longer than"):
        read(CSV, 'Item,Actions\n1,"' + "line\n" * 50 + '"\n')
    assert csv.field_size_limit() == before


def test_the_guard_against_formulas_is_undone():
    text = "Item,Actions\n'=1,'-a\n''=1,'quoted'\n'@x,''\n"
    assert cells(CSV, text)[1:] == [("=1", "-a"), ("'=1", "'quoted'"), ("@x", "''")]


@given(
    st.lists(
        st.tuples(
            *[st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20)] * 3
        ).filter(lambda row: any(map(str.strip, row))),
        max_size=6,
    ),
    st.sampled_from(",;"),
)
def test_what_is_written_as_csv_is_read_back(rows, delimiter):
    from cpctrack.render.csv_table import guard

    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(("Item", "Actions", "Owner"))
    writer.writerows([guard(cell) for cell in row] for row in rows)
    assert cells(CSV, stream.getvalue())[1:] == rows


@pytest.mark.parametrize(("name", "row"), [("log.csv", "Visit,Ann"), ("log.tsv", "Visit\tAnn")])
@pytest.mark.parametrize("blank", ["", " ", "\r"])
def test_of_many_blank_lines_one_is_kept(tmp_path, name, row, blank):
    path = tmp_path / name
    head = row.replace("Visit", "Actions").replace("Ann", "Owner")
    gap = f"{blank}\n" * 100_000
    path.write_text(f"{gap}{head}\n{gap}{row}\n", newline="")
    (table,) = registry.read(path, registry.TABLES._replace(known=count_known)).blocks
    texts = [(row.place.line, tuple(cell.text for cell in row.cells)) for row in table.rows]
    assert [(line, row) for line, row in texts if any(map(str.strip, row))] == [
        (100_001, ("Actions", "Owner")), (200_002, ("Visit", "Ann")),
    ]  # fmt: skip
    assert len(table.rows) <= 5
