from datetime import date, datetime, time, timedelta

import pytest

from cpctrack.reading.excel import shown

MARCH = datetime(2023, 3, 15)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("1.0", "0.00", "1.0"),
        (True, "General", "TRUE"),
        (7, "General", "7"),
        (7.0, "General", "7"),
        (100, "General", "100"),
        (-0.5, "General", "-0.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (12345678901234567890, "@", "12345678901234567890"),
        (float("inf"), "0.00", "Infinity"),
        (7, "000", "007"),
        (7, "0", "7"),
        (7.25, "0.0", "7.3"),
        (1e300, "0.00", "1" + "0" * 300),
        (1, "0%", "100%"),
        (7, "0.00", "7.00"),
        (1234567, "#,##0", "1,234,567"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1200, '"£"#,##0', "1,200"),
        (1200, "[Red]0;[Blue]-0", "1200"),
        (1234.5, "0.00E+00", "1234.5"),
        (MARCH, "mm-dd-yy", "2023-03-15"),
        (MARCH, "General", "2023-03-15"),
        (MARCH, "[$-809]d mmmm yyyy", "2023-03-15"),
        (MARCH, "[$-F800]dddd, mmmm dd, yyyy", "2023-03-15"),
        (MARCH, "mmm-yy", "March 2023"),
        (MARCH, "mmmm\\ yyyy", "March 2023"),
        (MARCH, "d-mmm", "15 March"),
        (MARCH, "dddd", "2023-03-15"),
        (date(2023, 3, 15), "dd/mm/yyyy", "2023-03-15"),
        (datetime(2023, 3, 15, 14, 30), "dd/mm/yyyy h:mm", "2023-03-15 14:30"),
        (datetime(2023, 3, 15, 14, 30), "dd/mm/yyyy", "2023-03-15"),
        (MARCH, "yyyy-mm-dd h:mm:ss", "2023-03-15"),
        (time(9, 5), "h:mm", "09:05"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
    ],
)
def test_a_value_is_what_its_cell_shows(value, number_format, text):
    assert shown(value, number_format) == text
