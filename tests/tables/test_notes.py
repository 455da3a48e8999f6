"""What is said of how a table was read."""

import pytest


@pytest.mark.parametrize(
    ("table", "notes"),
    [
        ("Action\tOwner\tDue\nMend it.\tAnn\t30/6/2023\n", ()),
        (
            "Item\tAction\tOwner\n5. Roof\tMend it.\tAnn\n\tPaint it.\tBen\n",
            ("“Item” went on in 1 row where its cell is blank.",),
        ),
        (
            "Ref\tAction\tOwner\nRoads\t\t\n1\tMend it.\tAnn\n",
            ("1 row over others gave their item.",),
        ),
        ("Status\tAction\tOwner\nBlack\t\t\nBlack\tMend it.\tAnn\n", ()),
        (
            "Action\tOwner\tDue\nMend it.\tAnn\t06/30/2023\nPaint it.\tBen\t07/31/2023\n",
            ("The month was read first in the dates of 2 rows.",),
        ),
    ],
)
def test_what_a_plain_table_would_not_need_is_said(read, table, notes):
    assert read(table, "log.tsv").notes == notes
