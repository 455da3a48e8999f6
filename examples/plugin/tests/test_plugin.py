"""What an author tests of a plug-in, with the kit that cpctrack brings."""

import pytest
from cpctrack_marlowe.agenda import AGENDA, COLUMNS
from cpctrack_marlowe.checks import long_action
from cpctrack_marlowe.plain import TEXT

from cpctrack.errors import ImportRefusedError
from cpctrack.testing import check_check, check_format, check_reader, make_record


def test_the_reader_finds_a_row_on_each_line():
    line = "15/3/2023 | 3. Homes | Report back on beds. | Head of Homes | 1/9/2023"
    row = ("15/3/2023", "3. Homes", "Report back on beds.", "Head of Homes", "1/9/2023")
    check_reader(AGENDA, f"{line}\n\n{line}\n".encode(), [COLUMNS, row, row])


def test_the_reader_names_a_line_that_is_wrong():
    with pytest.raises(ImportRefusedError, match=r"^a\.agenda, line 2 has not five parts; "):
        AGENDA.read("\n1 | 2", "a.agenda")


def test_the_format_prints_whatever_a_store_holds():
    check_format(TEXT)


def test_the_check_finds_what_is_too_long():
    short, long = make_record(1, action="word " * 60), make_record(2, action="word " * 61)
    assert check_check(long_action, short, long) == [
        (long.ref, "It takes 61 words; say in 60 what is to be done.")
    ]
