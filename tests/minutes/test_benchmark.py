"""The benchmark counts rightly, and its labels say what stands in the minutes beside them."""

import html
import json

import pytest

from cpctrack.minutes.base import Found, Minutes, MinutesDraft


@pytest.fixture
def labels(package):
    return package("labels")


@pytest.fixture
def scoring(package):
    return package("scoring")


@pytest.fixture
def program(package):
    return package("__main__")


ASKED = "Harbour Master to ask three firms for prices"
DRAWN = "A chart of the inner basin to be drawn"
LIKE = "Harbour Master to ask three builders for quotes"
WOULD = "The Clerk would see to the lamps on the quay"


def entry(line, text, **fields):
    row = {"text": text, "kind": "action", "owner": None, "owner_or": [], "target_date": None,
           "marker": None, "in_marked_block": True, "optional": False, "alt": None,
           "source_line": line, "source_line_end": line}  # fmt: skip
    return row | fields


BY_ITEM = {
    "sets": [
        {
            "date": "2024-03-05",
            "type": "formal",
            "date_in_text": True,
            "items": [
                {
                    "number": "2",
                    "title": "Dredging",
                    "entries": [
                        entry(9, ASKED, owner="Harbour Master", target_date="by 1 May 2024"),
                        entry(31, WOULD, in_marked_block=False),
                        entry(44, "Members may wish to read the report", kind="trap"),
                    ],
                },
                {
                    "number": "",
                    "title": "The inner basin",
                    "entries": [entry(60, DRAWN, owner="KL", owner_or=["Kay Lund"])],
                },
            ],
        }
    ]
}
BY_KIND = {
    "meeting": {"date": "2024-03-05", "type": "formal", "committee": "Harbour Board"},
    "items": [{"number": "2", "title": "Dredging"}, {"number": "", "title": "The inner basin"}],
    "actions": [
        {"line": 9, "item": "2", "text": "Harbour Master to ask three", "owner": "Harbour Master",
         "kind": "action", "due_text": "by 1 May 2024"},
        {"line": 60, "item": "2", "under": "The inner basin", "kind": "action",
         "text": "A chart of the inner", "owner": "KL", "owner_or": ["Kay Lund"], "due_text": ""},
    ],
    "candidates": [{"line": 31, "item": "2", "text": "The Clerk would see"}],
    "resolutions": [{"line": 44, "item": "2", "text": "Members may wish to read"}],
}  # fmt: skip


def draft(line, printed, *, item=("2", "Dredging"), **fields):
    given = {"owner": "", "kind": "action", "marked": True, "due_text": "", "due": ""} | fields
    number, title = item
    return MinutesDraft(line=line, item=f"{number}. {title}", item_number=number, item_title=title,
                        text=printed, printed=printed, lead_in="", source="", **given)  # fmt: skip


ASK = draft(9, ASKED, owner="The Harbour Master", due_text="1 May 2024", due="2024-05-01")
CHART = draft(60, DRAWN, owner="Kay Lund", item=("", "The inner basin"))
CLERK = draft(31, WOULD, marked=False)
MAY = draft(44, "Members may wish to read the report")
MEETING = Found("2024-03-05", "", "Harbour Board")
ALL_RIGHT = {"texts": 1, "marked": 2, "found": 2, "drafted": 2, "items": 2, "owned": 2,
             "owners": 2, "dated": 1, "dues": 1, "shown": 1, "useful": 1, "drafts": 3,
             "date_right": 1}  # fmt: skip


@pytest.fixture(params=[BY_ITEM, BY_KIND], ids=["by item", "by kind"])
def compare(request, labels, scoring):
    """Give a function that scores drafts against the labels, whichever form they have."""

    def score(*drafts, found=MEETING):
        return scoring.score(labels.labels_from(request.param), Minutes(found, (), drafts))

    return score


def counted(result):
    return {name: count for name, count in result.counts.items() if count}


def test_all_that_is_labelled_and_nothing_else_is_perfect(compare):
    result = compare(ASK, CLERK, CHART)
    assert result.notes == ()
    assert counted(result) == ALL_RIGHT


def test_nothing_found_is_lost(compare):
    result = compare()
    assert counted(result) == {"texts": 1, "marked": 2, "lost": 2, "date_right": 1}
    assert [note[:14] for note in result.notes] == ["lost: line 9: ", "lost: line 60:"]


def test_what_is_offered_is_neither_found_nor_lost(compare):
    counts = compare(ASK._replace(marked=False), CHART).counts
    assert (counts["found"], counts["offered"], counts["lost"]) == (1, 1, 0)
    assert (counts["shown"], counts["useful"]) == (1, 1)


def test_a_marked_draft_of_what_obliges_nobody_is_false(compare):
    result = compare(ASK, CHART, CLERK, MAY)
    assert counted(result) == ALL_RIGHT | {"drafted": 3, "drafts": 4, "false": 1}
    assert result.notes == (f"false: line 44: {MAY.text}",)


def test_a_resolution_is_no_draft_of_an_action(compare):
    assert counted(compare(ASK, CHART, CLERK, MAY._replace(kind="resolution"))) == ALL_RIGHT


@pytest.mark.parametrize(("line", "right"), [(2, 0), (3, 1), (15, 1), (16, 0)])
def test_a_draft_may_stand_six_lines_off(compare, line, right):
    short = ASK._replace(line=line, text=LIKE, printed="")
    assert compare(short).counts["found"] == right


@pytest.mark.parametrize(
    ("field", "changed", "note"),
    [
        ("owners", {"owner": "Clerk"}, "owner of line 9: “Clerk”, labelled “Harbour Master”"),
        ("items", {"item_number": "3"}, "item of line 9: “3 Dredging”, labelled “2 Dredging”"),
        ("dues", {"due_text": ""}, "due of line 9: “”, labelled “by 1 May 2024”"),
    ],
)
def test_each_field_is_checked(compare, field, changed, note):
    result = compare(ASK._replace(**changed), CHART, CLERK)
    assert result.notes == (note,)
    assert result.counts[field] == ALL_RIGHT[field] - 1
    assert counted(result)["found"] == 2


@pytest.mark.parametrize(
    ("found", "count"),
    [
        (Found("2024-03-06", "formal"), "date_wrong"),
        (Found("", "formal"), "date_none"),
        (Found("2024-03-05", "informal"), "type_wrong"),
    ],
)
def test_the_meeting_is_checked(compare, found, count):
    result = compare(ASK, CHART, CLERK, found=found)
    assert result.counts[count] == 1
    assert len(result.notes) == 1


def test_a_date_that_is_not_in_the_text_need_not_be_found(labels, scoring):
    data = {"sets": [BY_ITEM["sets"][0] | {"date_in_text": False}]}
    read = labels.labels_from(data)
    right = [
        scoring.score(read, Minutes(Found(day), (), ())).counts["date_right"]
        for day in ("", "2024-03-05", "2024-03-06")
    ]
    assert right == [1, 1, 0]


def test_what_is_optional_is_neither_lost_nor_false(labels, scoring):
    row = entry(9, ASKED, optional=True)
    data = {"sets": [{"date": "", "items": [{"number": "2", "title": "", "entries": [row]}]}]}
    read = labels.labels_from(data)
    assert counted(scoring.score(read, Minutes(Found(), (), ()))) == {"texts": 1, "date_right": 1}
    assert scoring.score(read, Minutes(Found(), (), (ASK,))).counts["false"] == 0


@pytest.mark.parametrize(
    ("owner", "named"),
    [
        ("", True),
        ("Clerk to the Governors", False),
        ("the clerk", True),
        ("KL", True),
        ("Head of Corporate Parenting", True),
        ("the lamps on the quay", False),
        ("Councillors were", False),
        ("A B C D E F G H I", False),
    ],
)
def test_an_owner_is_a_person_a_post_or_a_body(scoring, owner, named):
    assert scoring.is_name(owner) is named


def test_paragraphs_are_not_counted_as_the_labels_count_lines(labels):
    for data in (BY_ITEM, BY_KIND):
        assert {(x.first, x.last) for x in labels.labels_from(data, ".html").entries} == {(0, 0)}


def test_the_table_shows_counts_and_the_summary_shares(program, scoring, compare):
    counts = scoring.total([compare(ASK), compare(CHART, CLERK, MAY)])
    assert program.cells("harbour", counts) == [
        "harbour", "2/4", "2", "3", "1", "1", "1", "2/2", "2/2", "0", "1/1", "2/2",
    ]  # fmt: skip
    summary = program.summary(counts)
    assert "rows lost 2 of 4 (50 %)" in summary
    assert "marked drafts false 1 of 3 (33 %)" in summary
    assert "lines offered a text 0.5, of use 1 of 1 (100 %)" in summary
    assert "rows lost 0 of 0 (-)" in program.summary(scoring.total([]))


def test_a_folder_and_its_unseen_ones_are_reported_apart(
    program, compare, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(program, "scored", lambda _path: compare(ASK))
    (tmp_path / "unseen").mkdir()
    for name in ("seen.txt", "seen.json", "notes.txt", "unseen/other.md", "unseen/other.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    program.main([str(tmp_path), "-v"])
    printed = capsys.readouterr().out
    assert [line for line in printed.splitlines() if line.endswith("1 minutes")] == [
        f"{tmp_path.name}: 1 minutes", "unseen: 1 minutes",
    ]  # fmt: skip
    assert "\nseen.txt\n  lost: line 60: A chart" in printed
    assert printed.count("| all ") == 2
    assert "notes" not in printed


def test_a_folder_that_is_not_there_is_wrong_usage(program, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        program.main([str(tmp_path / "nowhere")])
    assert ended.value.code == 2
    assert "there is no folder" in capsys.readouterr().err


def test_every_label_says_what_stands_on_its_line(program, labels):
    documents = program.documents(program.CORPUS)
    assert len(documents) >= 12
    for path in documents:
        text = path.read_text(encoding="utf-8")
        text = html.unescape(text) if path.suffix == ".html" else text
        lines = text.splitlines()
        whole = " ".join(text.replace("*", "").split()).casefold()
        data = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        for row in (*data["actions"], *data["candidates"], *data["resolutions"]):
            assert row["text"] in lines[row["line"] - 1], (path.name, row)
        for label in labels.labels_from(data).entries:
            where = (path.name, label)
            assert 0 < label.first <= label.last, where
            assert all(title.casefold() in whole for title in label.titles), where
            assert label.due_text.casefold() in whole, where
