"""A meeting and an item above rows, in the place of columns: as headings, or as bands between."""

import pytest

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.document import Cell, Document, Paragraph, Place, Row, Table
from cpctrack.records.model import MeetingType, Status
from cpctrack.tables.drafts import Told, make_drafts
from cpctrack.tables.log import log_of
from cpctrack.tables.plan import plan

OURS = '<head><meta name="generator" content="cpctrack 0.1.0"></head>'
EIGHT = (
    "Meeting Type", "Meeting Date", "Item", "Recommendation", "Actions", "Referred to",
    "Response/ Outcome", "Needs Follow Up",
)  # fmt: skip
FOUR = EIGHT[4:]
JULY, HOMES, ROADS = "Formal · 20 July 2022", "Item 9. Homes – and more", "10. Roads"
NOTE = "Not for publication: paragraph 3"


def band(text, columns):
    return f'<tr class="band"><th scope="rowgroup" colspan="{columns}">{text}</th></tr>'


def page(columns, *rows, head=OURS):
    header = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = "".join(
        row if isinstance(row, str) else f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in rows
    )
    return f"<html>{head}<table><tr>{header}</tr>{body}</table></html>"


def facts(drafts):
    """Give the meeting, the item and the action of each."""
    return [
        (draft.meeting.key, draft.fields.get("item", ""), draft.fields["action"])
        for draft in drafts
    ]


def document(*blocks, ours=True):
    """Give a document of headings (level and text), paragraphs, and tables of these rows."""
    made, line = [], 0
    for block in blocks:
        line += 1
        if isinstance(block, str):
            made.append(Paragraph(block, place=Place(line)))
        elif isinstance(block[0], int):
            made.append(Paragraph(block[1], block[0], place=Place(line)))
        else:
            rows = [Row(tuple(map(Cell, row)), Place(line + at)) for at, row in enumerate(block, 1)]
            line += len(rows)
            made.append(Table(tuple(rows), ours=ours, made_on="2023-06-05" if ours else ""))
    return Document("log.docx", "docx", tuple(made))


def test_bands_that_say_again_what_stands_in_the_row_give_nothing(read, meeting):
    def row(item, action, follow_up):
        return ("Formal", "20 July 2022", item, "None", action, "Ann Bell", "Noted", follow_up)

    long = f"{ROADS} {'and bridges ' * 20}".strip()
    text = page(
        EIGHT,
        band(f"{JULY} · {HOMES}", 8),
        row(HOMES, f'Let it.<strong class="note">{NOTE}</strong>', "Ongoing – each month"),
        band(f"{JULY} · {long}", 8),
        row(long, "Mend it.", '<span class="tag open">To do</span>'),
        band(f"{JULY} · {HOMES}", 8),
        row(HOMES, "Paint it.", "Completed 3 May 2023"),
    )
    log = read(text, "log.html")
    assert (log.ours, log.notes, log.left_out) == (True, (), ())
    drafts = make_drafts(log, meeting, Told())
    assert facts(drafts) == [
        ("2022-07-20-formal", HOMES, "Let it."),
        ("2022-07-20-formal", long, "Mend it."),
        ("2022-07-20-formal", HOMES, "Paint it."),
    ]
    assert [draft.fields.get("exempt_paragraph", "") for draft in drafts] == ["3", "", ""]
    assert not any("printed" in draft.fields or draft.doubts for draft in drafts)
    new = plan(drafts, [], ours=True).new
    # What the document derived was never printed; what stands in both, nobody knows.
    assert [(one.fields["follow_up"], one.fields["status"]) for one in new] == [
        ("Ongoing – each month", Status.ONGOING),
        ("", Status.OPEN),
        ("Completed 3 May 2023", Status.COMPLETED),
    ]


def test_bands_in_the_place_of_columns_give_meeting_and_item(read, meeting):
    text = page(
        FOUR,
        band(f"{JULY} · {HOMES}", 4),
        ("Let it.", "Ann Bell", "No response yet", "To do"),
        (f'Sell it.<strong class="note">{NOTE}</strong>', "Nobody named", "Asked", "Under way"),
        band("Informal · 3 August 2022", 4),
        ("Mend it.", "Ben Carr", "None recorded", "Proposed for closure"),
        band(f"{JULY} · Part 2 – Exempt papers", 4),
        ("Burn it.", "Ann Bell", "No response yet", "To do"),
    )
    log = read(text, "log.html")
    assert (log.ours, log.notes) == (True, ())
    drafts = make_drafts(log, meeting, Told())
    assert facts(drafts) == [
        ("2022-07-20-formal", HOMES, "Let it."),
        ("2022-07-20-formal", HOMES, "Sell it."),
        ("2022-08-03-informal", "", "Mend it."),
        ("2022-07-20-formal", "Part 2 – Exempt papers", "Burn it."),
    ]
    kept = [draft.fields.get("exempt_paragraph", "") for draft in drafts]
    assert kept == ["", "3", "", "Part 2 – Exempt papers"]
    assert [draft.fields["response"] for draft in drafts] == ["", "Asked", "", ""]
    assert [draft.fields["owner_text"] for draft in drafts][1:3] == ["", "Ben Carr"]
    assert [draft.fields["status"].value for draft in drafts] == [
        "open", "in-progress", "proposed", "open",
    ]  # fmt: skip


def test_headings_give_the_tables_below_them_meeting_and_item(meeting):
    log = log_of(
        document(
            "Not for publication (paragraph 3) – Appendix 4",
            (1, JULY),
            (2, HOMES),
            [
                FOUR,
                (f"Let it.\n{NOTE}", "Ann Bell", "Asked", "To do"),
                ("B Report", "C D", "Noted", "To do"),
            ],
            (2, "Informal · 1 May 2021 · Item 9"),
            [FOUR, ("Mend it.", "Ben Carr", "No response yet", "To do")],
            (1, "Informal · 3 August 2022"),
            (2, "No item recorded"),
            [FOUR, ("Paint it.", "Ben Carr", "No response yet", "To do")],
            (1, "Carried over from earlier years"),
            (1, "Formal · 15 March 2022"),
            (2, "Actions"),
            [FOUR, ("Do it.", "Ben Carr", "No response yet", "Continuing")],
            (2, ROADS),
            [FOUR, ("Do that.", "Ben Carr", "No response yet", "Continuing")],
        )
    )
    assert (log.ours, log.notes, log.left_out) == (True, (), ())
    drafts = make_drafts(log, meeting, Told())
    assert facts(drafts) == [
        ("2022-07-20-formal", HOMES, "Let it."),
        ("2022-07-20-formal", HOMES, "B Report"),
        ("2022-07-20-formal", "Informal · 1 May 2021 · Item 9", "Mend it."),
        ("2022-08-03-informal", "", "Paint it."),
        ("2022-03-15-formal", "Actions", "Do it."),
        ("2022-03-15-formal", ROADS, "Do that."),
    ]
    # Each row says for itself whether it is exempt, and that of one table for all.
    assert [draft.fields.get("exempt_paragraph", "") for draft in drafts] == ["3", *[""] * 5]
    assert [entry.carried for entry in log.entries] == [False] * 4 + [True] * 2


def test_an_item_of_a_heading_that_says_so_is_exempt(meeting):
    rows = [FOUR, ("Let it.", "Ann Bell", "Asked", "To do")]
    for ours in (True, False):
        read = log_of(document((1, JULY), (2, "Item 5. A lease (exempt)"), rows, ours=ours))
        (draft,) = make_drafts(read, meeting, Told())
        assert "xempt" in draft.fields["exempt_paragraph"]


def test_headings_of_another_bodys_document(read, meeting):
    table = "| Action | Owner | Status |\n| --- | --- | --- |\n| {} | Ann Bell | Open |\n"
    first, second = table.format("Let it."), table.format("Mend it.")
    said = (
        f"# Action log\n\n## 20 July 2022\n\n### Item 5. Homes\n\n{first}\n### Actions\n\n{second}"
    )
    told = Told(type=MeetingType.FORMAL)
    # One day may be that of the document, which a doubt says; two are those of meetings.
    drafts = make_drafts(read(said, "log.md"), meeting, told)
    assert facts(drafts) == [
        ("2022-07-20-formal", "Item 5. Homes", "Let it."),
        ("2022-07-20-formal", "", "Mend it."),
    ]
    why = ("its meeting is named only in the title of the table",)
    assert [draft.doubts for draft in drafts] == [why, why]
    more = f"{said}\n## Informal meeting of 3 August 2022\n\n### 6. Roads\n\n{first}"
    log = read(more, "log.md")
    assert [draft.doubts for draft in make_drafts(log, meeting, told)] == [()] * 3
    assert facts(make_drafts(log, meeting, told))[2:] == [
        ("2022-08-03-informal", "6. Roads", "Let it.")
    ]
    assert "A heading above the table gave the item of 2 rows." in log.notes
    with pytest.raises(ImportRefusedError):
        make_drafts(read(f"## Action log of June\n\n{first}", "log.md"), meeting, told)


def test_the_report_and_the_marks_of_cpctrack_0_1_are_still_read(read, meeting):
    columns = (
        "Part", "Reference", "Agreed at", "Item", "Action or recommendation", "Referred to",
        "Response/ Outcome", "Due", "Status",
    )  # fmt: skip
    row = (
        "Still open", "CPC-2223-001", "Formal, 15 March 2023<br>82 days, 1 formal meeting since",
        f'5. Homes<small>{NOTE}</small>', "Let it.", "Not assigned", "None recorded",
        "No due date", "Proposed for closure<small>Needs Follow Up: Asked twice</small>",
    )  # fmt: skip
    log = read(page(columns, row), "report.html")
    (draft,) = make_drafts(log, meeting, Told())
    assert (log.ours, log.progress, draft.meeting.key) == (True, True, "2023-03-15-formal")
    fields = {name: value for name, value in draft.fields.items() if value}
    assert fields == {
        "source_ref": "CPC-2223-001", "item": "5. Homes", "action": "Let it.", "kind": "action",
        "exempt_paragraph": "3", "follow_up": "Asked twice", "status": Status.IN_PROGRESS,
        "printed": {"Status": "Proposed for closure"},
    }  # fmt: skip
    old = page(EIGHT, ("Formal", "15 March 2023", "5. Homes<small>Exempt: 3</small>", "None",
                       "Let it.", "Not assigned", "None recorded", "Open"))  # fmt: skip
    (draft,) = make_drafts(read(old, "old.html"), meeting, Told())
    assert (draft.fields["item"], draft.fields["exempt_paragraph"]) == ("5. Homes", "3")
    assert (draft.fields["owner_text"], draft.fields["response"]) == ("", "")
