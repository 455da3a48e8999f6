"""Several tables below one another in one sheet, file or page."""

import io

import openpyxl
import pytest

from cpctrack.tables.grid import Grid, GridRow
from cpctrack.tables.stacked import unstack

PLAN = ("Ref", "What Needs to Happen?", "Lead", "Due by", "RAG")
VISIT = ("1", "Visit the homes", "Ann Bell", "May 2023", "Green")
OUTSTANDING = ("Outstanding Action", "Remedial Actions Required", "Date Completed")
TRAIN = ("Train the staff", "Two more sessions", "June 2017")


def csv(*rows):
    return "".join(",".join(row) + "\n" for row in rows)


def markdown(*rows):
    lines = [f"| {' | '.join(row)} |" for row in rows if row]
    return "\n".join([lines[0], "|---|---|---|---|---|", *lines[1:]])


def html(*rows):
    return "<table>" + "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
    )


def xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WRITERS = pytest.mark.parametrize(
    "write", [csv, markdown, html, xlsx], ids=["csv", "md", "html", "xlsx"]
)


def read_as(read, write, *rows):
    return read(
        write(*rows), f"log.{ {csv: 'csv', markdown: 'md', html: 'html'}.get(write, 'xlsx') }"
    )


@WRITERS
@pytest.mark.parametrize("between", [(), ((),), (("Outstanding actions",),), ((), ("Next",))])
def test_each_header_begins_a_table(read, write, between):
    log = read_as(read, write, PLAN, VISIT, *between, OUTSTANDING, TRAIN, PLAN, VISIT)
    plan = {
        "ref": "1", "action": "Visit the homes", "owner": "Ann Bell", "due": "May 2023",
        "rag": "Green",
    }  # fmt: skip
    assert [(dict(one.cells), dict(one.others)) for one in log.entries] == [
        (plan, {}),
        (
            {"action": "Train the staff", "completed_on": "June 2017"},
            {"Remedial Actions Required": "Two more sessions"},
        ),
        (plan, {}),
    ]
    assert [text for _, text in log.left_out] == [row[0] for row in between if row]


@WRITERS
def test_a_table_below_that_is_no_log_is_left_out_and_told(read, write):
    scores = ("Indicator", "Target", "Actual"), ("Visits", "95%", "91%"), ("Reviews", "9%", "8%")
    log = read_as(read, write, PLAN, VISIT, (), ("Performance",), *scores)
    assert [one.cells["action"] for one in log.entries] == ["Visit the homes"]
    ((line, text),) = log.left_out
    assert text == (
        "a scorecard of performance measures, not a log of actions: “Performance” and 3 rows "
        "below it"
    )
    assert line == {csv: 4, xlsx: 4, markdown: 4, html: 1}[write]
    assert log.other_tables == 1


@pytest.mark.parametrize(
    ("text", "actions", "left_out"),
    [
        ("Action,Owner\nVisit,Ann\nOwner,Action\nBen,Call\n", ["Visit", "Call"], []),
        ("Action,Owner\nVisit,Ann\nAction,Owner,Due\nCall,Ben,May\n", ["Visit", "Call"], []),
        ("Action,Owner,Due\nVisit,Ann,May\nAction,Owner\nCall,Ben\n", ["Visit", "Call"], []),
        (
            "Action,Owner\nVisit,Ann\n\nDone,\nAction,Owner\nCall,Ben\n",
            ["Visit", "Call"],
            [(4, "Done")],
        ),
        # A short row above a header printed again, or above a gap, is a row.
        (
            "Action,Owner\nVisit,Ann\nWrite,\nAction,Owner\nCall,Ben\n",
            ["Visit", "Write", "Call"],
            [],
        ),
        (
            "Action,Owner\nVisit,Ann\nWrite,\n\nOwner,Action\nBen,Call\n",
            ["Visit", "Write", "Call"],
            [],
        ),
        # Words of a header among others are none.
        (
            "Type,Action,Owner,Status\nAction,Visit,Councillors,Completed\n\nMotion,Write,Ann,Done\n",
            ["Visit", "Write"],
            [],
        ),
        # A header over two rows, a gap above it.
        (
            "Action,Owner\nVisit,Ann\n\nWhat needs,By,Due\nto happen?,whom?,by\nCall,Ben,May\n",
            ["Visit", "Call"],
            [],
        ),
    ],
)
def test_where_a_table_begins(read, text, actions, left_out):
    log = read(text, "log.csv")
    assert [one.cells["action"] for one in log.entries] == actions
    assert list(log.left_out) == left_out


def test_a_table_takes_its_own_faults_along():
    rows = (("Action", "Owner"), ("Visit", "Ann"), (), ("KPI", "RAG"), ("Visits", "Red"))
    faults = ((2, "one"), (5, "another"))
    table = Grid(tuple(GridRow(line, row) for line, row in enumerate(rows, 1)), faults=faults)
    assert [part.faults for part in unstack(table)] == [faults[:1], faults[1:]]
