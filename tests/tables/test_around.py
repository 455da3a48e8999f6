"""What stands around the rows of a table: titles, group rows, keys of colours, cells that go on."""

from dataclasses import replace

import pytest
from small_tables import grid_rows

from cpctrack.records.model import Status
from cpctrack.tables.around import carried, day_in, keys_in, of_group, of_titles, status_in
from cpctrack.tables.columns import columns_of
from cpctrack.tables.layout import Layout


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Actions from meeting on 28 February 2018", "2018-02-28"),
        ("1st of May 2018", "2018-05-01"),
        ("March 3, 2018", "2018-03-03"),
        ("Board 07/04/09", "2009-04-07"),
        ("3.4.2018, which is 2018-04-03", "2018-04-03"),
        ("3.4.2018 and 4.4.2018", ""),
        ("31/6/2018", ""),
        ("June 2018", ""),
        ("Room 12 34 Homes 2018", ""),
    ],
)
def test_the_one_day_that_a_title_names(text, day):
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Closed actions", "Closed"),
        ("A – Completed since the last meeting", "Completed"),
        ("Section B: in progress", "in progress"),
        ("Agreed actions", ""),
        ("Actions that are not started", ""),
        ("Actions", ""),
        ("Completed housing repairs", ""),
        ("Yes", ""),
    ],
)
def test_the_status_that_a_title_is_made_of(title, status):
    assert status_in(title) == status


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Actions from meeting on 28 February 2018", {"meeting_date": "2018-02-28"}),
        ("Meeting of 3 May 2018 (AB)", {"meeting_date": "2018-05-03", "owner": "AB"}),
        ("Closed actions", {"status": "Closed"}),
        ("Recruitment (AB & CD)", {"item": "Recruitment (AB & CD)", "owner": "AB & CD"}),
        ("Homes and roads", {"item": "Homes and roads"}),
        ("Ann Bell", {"owner": "Ann Bell"}),
        ("Head of Homes", {"owner": "Head of Homes"}),
        ("Owner: AB", {"owner": "AB"}),
        ("Item: Homes", {"item": "Homes"}),
        ("Comments: none", {"item": "Comments: none"}),
        (
            "Formal · 20 July 2022 · Item 6. Homes: an update",
            {
                "meeting_type": "Formal",
                "meeting_date": "20 July 2022",
                "item": "Item 6. Homes: an update",
            },
        ),
        (
            "20/7/2022 – Homes – and roads",
            {"meeting_date": "20/7/2022", "item": "Homes – and roads"},
        ),
        (
            "Formal meeting of 20 July 2022 | Homes",
            {"meeting_date": "Formal meeting of 20 July 2022", "item": "Homes"},
        ),
        ("Formal · 31 June 2022 · Homes", {"item": "Formal · 31 June 2022 · Homes"}),
    ],
)
def test_what_a_row_says_that_stands_over_others(text, says):
    assert of_group(text, columns_of(("Action", "Due"))) == says


def test_a_name_over_rows_with_a_column_of_owners_is_their_item():
    assert of_group("Ann Bell", columns_of(("Action", "Owner"))) == {"item": "Ann Bell"}


@pytest.mark.parametrize(
    ("group", "text", "says"),
    [
        ("meeting date", "Board of 3 May 2018", {"meeting_date": "2018-05-03"}),
        ("meeting date", "the Board", {"meeting_date": "the Board"}),
        ("item", "Closed actions", {"item": "Closed actions"}),
        ("owner", "Homes", {"owner": "Homes"}),
        ("kept", "Closed actions", {}),
    ],
)
def test_a_layout_says_what_such_a_row_gives(group, text, says):
    taught = Layout("board", {"Action": ("action",), "Due": ("due",)}, group=group)
    assert of_group(text, columns_of(("Action", "Due"), knows=lambda _: taught)) == says


@pytest.mark.parametrize(
    ("titles", "says"),
    [
        (["Actions agreed at the meeting on 3 May 2018"], {"meeting_date": "2018-05-03"}),
        (["Report for the meeting on 4 June 2018"], {}),
        (["Actions from the meeting on 3 May 2018", "Open actions"],
         {"meeting_date": "2018-05-03", "status": "Open"}),
        (["Open actions", "Closed actions"], {}),  # a key
        (["Open actions", "From the highways team", "Closed actions"], {"status": "Closed"}),
        (["Printed on 3 May 2018"], {}),
    ],
)  # fmt: skip
def test_what_the_titles_above_a_table_say(titles, says):
    assert of_titles(titles) == says


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "Key: Green – complete; Amber – ongoing, light grey = withdrawn",
            {
                "green": Status.COMPLETED,
                "amber": Status.ONGOING,
                "light grey": Status.NOT_PROCEEDING,
            },
        ),
        ("Orange rows are overdue", {"amber": Status.OPEN}),
        ("Items shaded gray are on hold", {"grey": Status.DEFERRED}),
        ("RAG\nRed: not started\nGreen: done", {"red": Status.OPEN, "green": Status.COMPLETED}),
        ("Blue: new since the last meeting", {}),
        ("It went from amber to green: complete", {}),
        ("Green Lane: complete", {}),
        ("Evergreen – complete", {}),
    ],
)
def test_what_a_text_says_of_colours(text, keys):
    assert keys_in([text]) == keys


HEADER = ("Date", "Item", "Action", "Owner")


def goes_on(*rows, header=HEADER, layout=None):
    columns = columns_of(header, grid_rows(*rows), lambda _: layout)
    return carried(grid_rows(*rows), columns)


def test_first_cells_go_on_below_and_what_stands_left_begins_them_anew():
    assert goes_on(
        ("1/5/2023", "Homes", "Write", "AB"),
        ("", "", "Call", "AB"),
        ("", "Roads", "Look", ""),
        ("2/5/2023", "Parks", "Ask", "CD"),
        ("", "", "See", "CD"),
    ) == [
        {},
        {"meeting_date": "1/5/2023", "item": "Homes"},
        {"meeting_date": "1/5/2023"},
        {},
        {"meeting_date": "2/5/2023", "item": "Parks"},
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("", "Homes", "Write", "AB")], id="one row"),
        pytest.param([("1/5/2023", "Homes", "Write", "AB"), ("1/5/2023", "", "", "")], id="full"),
        pytest.param(
            [("1/5/2023", "Homes", "Write", "AB")] * 9 + [("", "Homes", "Call", "AB")],
            id="too few blank",
        ),
    ],
)
def test_nothing_goes_on_where_the_first_column_does_not(rows):
    assert goes_on(*rows) == [{}] * len(rows)


def test_owners_go_on_only_where_a_layout_says_so():
    header = ("Owner", "Action")
    rows = [("Ann Bell", "Write"), ("", "Call")]
    assert goes_on(*rows, header=header) == [{}, {}]
    taught = Layout("board", {"Owner": ("owner",), "Action": ("action",)}, carried=("Owner",))
    assert goes_on(*rows, header=header, layout=taught) == [{}, {"owner": "Ann Bell"}]


def test_nothing_goes_on_below_a_row_that_stands_over_others():
    rows = grid_rows(("Homes", "Write"), ("", "Call"), ("", "Ask"))
    below = [*rows[:2], *(replace(row, group="Roads") for row in rows[2:])]
    assert carried(below, columns_of(("Item", "Action"), rows)) == [{}, {"item": "Homes"}, {}]
