"""The benchmark of tables counts rightly what is right, lost, named and wrongly completed."""

import importlib.util
import json
import sys

import pytest

LABEL = {
    "ref": "7", "meeting_date": "2024-03-05", "item": None, "action": "Dredge the basin.",
    "owners": ["Harbour Master"], "due": "2024-05-01", "response": "", "status": "open",
}  # fmt: skip
RECORD = {
    "source_ref": "7", "meeting_date": "2024-03-05", "item": "", "action": "Dredge the basin.",
    "recommendation": "", "owners": ["Harbour Master"], "due": "2024-05-01",
    "due_text": "1 May 2024", "response": "", "follow_up": "", "status": "open", "doubts": [],
}  # fmt: skip


@pytest.fixture
def tables(root, monkeypatch):
    """Import the benchmark, which the gate keeps off the path."""
    path = root / "benchmarks" / "tables.py"
    spec = importlib.util.spec_from_file_location("tables_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "tables_benchmark", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def wrong(tables):
    """Give a function that says which labelled fields are wrong, and whether they are named."""

    def compare(label=LABEL, *records, **plan):
        result = tables.compared("a.csv", [label], tables.Plan(records or (RECORD,), **plan))
        return [(cell.field, cell.named) for cell in result.wrong]

    return compare


def test_what_a_person_would_record_is_right(wrong):
    assert wrong() == []


@pytest.mark.parametrize(
    ("label", "record", "right"),
    [
        ({"item": "Basin"}, {"item": "basin "}, True),
        ({"ref": ["7", "B/7"]}, {"source_ref": "B/7"}, True),
        ({"ref": ""}, {}, False),
        ({"action": "Dredge – with “Molly” – the <b>basin</b>"},
         {"action": "Dredge - with \"Molly\" - the • basin"}, True),
        ({}, {"action": "", "recommendation": "Dredge the basin."}, True),
        ({"owners": ["Clerk", "Harbour Master"]}, {"owners": ["harbour master", "Clerk"]}, True),
        ({"owners": ["Clerk", "Harbour Master"]}, {}, False),
        ({"owners": [["Clerk"], ["Harbour Master"]]}, {}, True),
        ({"owners": []}, {}, False),
        ({"due": "May 2024"}, {"due": None, "due_text": "May 2024"}, True),
        ({"due": "2024-05-02"}, {}, False),
        ({"due": ""}, {}, False),
        ({"due": ""}, {"due": None, "due_text": "soon"}, False),
        ({"response": "Begun."}, {"follow_up": "Begun."}, True),
        ({"response": ""}, {"follow_up": "Ongoing"}, True),
        ({"response": ""}, {"response": "Begun."}, False),
        ({"status": "open|in-progress"}, {"status": "in-progress"}, True),
        ({"status": "open|in-progress"}, {"status": "proposed"}, False),
    ],
)  # fmt: skip
def test_a_cell_is_right_where_it_is_one_of_what_was_labelled(wrong, label, record, right):
    changed = [] if right else [(next(iter(label)), False)]
    assert wrong(LABEL | label, RECORD | record) == changed


def test_wrong_cells_are_named_by_a_doubt_of_their_row(wrong):
    assert wrong(LABEL, RECORD | {"due": None, "doubts": ["“1 May” has no year"]}) == [
        ("due", True)
    ]


@pytest.mark.parametrize(("response", "named"), [("", True), ("Something else.", False)])
def test_an_unknown_column_names_what_is_missing_only(wrong, response, named):
    label = LABEL | {"response": "Begun."}
    assert wrong(label, RECORD | {"response": response}, unrecognised=1) == [("response", named)]


@pytest.mark.parametrize(("left_out", "named"), [(0, False), (2, True)])
def test_a_lost_row_is_named_by_a_line_left_out(wrong, left_out, named):
    other = RECORD | {"action": "Paint the crane and the gate."}
    fields = [name for name, value in LABEL.items() if value is not None]
    assert wrong(LABEL, other, left_out=left_out) == [(name, named) for name in fields]


def test_nothing_of_a_refused_table_is_wrong_and_nothing_right(tables):
    result = tables.compared("a.csv", [LABEL], tables.Plan(refusal="a.csv is empty."))
    assert (result.records, result.wrong) == (None, [])
    assert not any(cell.right for cell in result.cells)


def test_rows_and_records_are_paired_by_their_texts_then_by_their_places(tables):
    same = [LABEL | {"ref": ref} for ref in "12"]
    records = [RECORD | {"source_ref": "1"}, RECORD | {"source_ref": "2"},
               RECORD | {"source_ref": "0", "action": "Dredge the basin. Paint it."}]  # fmt: skip
    pairs = tables.paired(same, records)
    assert [pairs[at]["source_ref"] for at in (0, 1)] == ["1", "2"]
    assert tables.paired(same, []) == {}


@pytest.fixture
def folder(tmp_path):
    """Make a folder of labelled tables."""
    head = "Meeting Date,Action,Owner,Due Date,Status\n"
    (tmp_path / "good.csv").write_text(
        f"{head}5/3/2024,Dredge the basin.,Clerk,1/5/2024,Completed\n"
        "5/3/2024,Paint the crane.,Clerk,,Open\n"
    )
    (tmp_path / "undated.csv").write_text("Action,Owner\nSweep the quay.,Clerk\n")
    (tmp_path / "poem.csv").write_text("Tides,Ships\nhigh,many\n")
    blank = dict.fromkeys(LABEL)
    labels = {
        "good": [
            blank | {"action": "Dredge the basin.", "due": "2024-05-02", "status": "open"},
            blank | {"action": "Paint the crane.", "due": "", "status": "open"},
        ],
        "undated": [blank | {"action": "Sweep the quay.", "meeting_date": "2024-03-05"}],
    }
    for name, rows in labels.items():
        (tmp_path / f"{name}.expected.json").write_text(json.dumps(rows))
    manifest = [
        {"file": "good.csv", "expected": "good.expected.json"},
        {"file": "good.docx", "expected": "good.expected.json", "twin_of": "good"},
        {"file": "undated.csv", "expected": "undated.expected.json", "meeting": "2024-03-05"},
        {"file": "poem.csv", "expected": "undated.expected.json"},
        {"file": "poem.csv", "expected": "", "refuse": "a poem"},
        {"file": "good.csv", "expected": "", "refuse": "taken for a poem"},
    ]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path


@pytest.mark.slow
def test_a_folder_is_reported(tables, folder, capsys):
    tables.main([str(folder), "--own"])
    *printed, refusal = (" ".join(line.split()) for line in capsys.readouterr().out.splitlines())
    by_field = "meeting_date 50 %, item -, action 75 %, owners -, due 50 %, response -, status 50 %"
    assert printed[2:] == [
        "| good.csv | 2 | 1/2 | 4/6 (67 %) | 2 | 0 % | 1 |",
        "| undated.csv | 1 | 1/1 | 2/2 (100 %) | 0 | - | 0 |",
        "| poem.csv | refused | 0/1 | 0/2 (0 %) | 0 | - | 0 |",
        "| all | 2 of 3 | 2/4 | 6/10 (60 %) | 2 | 0 % | 1 |",
        "",
        f"By field: ref -, {by_field}.",
        "Rightly refused: 1 of 2; taken in: good.csv.",
        "",
        "Not named:",
        "good.csv: row 1 due, row 1 status",
        "undated.csv: nothing",
    ]
    assert refusal.startswith("poem.csv: poem.csv has no column of actions")


def test_layouts_are_put_beside_the_store(tables, tmp_path):
    (tmp_path / "taught").mkdir()
    (tmp_path / "taught" / "harbour.toml").write_text("seen")
    (tmp_path / "show.py").write_text(
        "import json, pathlib, sys\n"
        "store = pathlib.Path(sys.argv[2])\n"
        "texts = [path.read_text() for path in store.parent.glob('layouts/*')]\n"
        "print(json.dumps({'records': texts, 'left_out': [], 'unrecognised': []}))\n"
    )
    program = [sys.executable, str(tmp_path / "show.py")]
    plan = tables.imported(tmp_path / "a.csv", None, program, tmp_path / "taught")
    assert plan == tables.Plan(["seen"])


def test_a_program_that_breaks_has_refused_nothing(tables, tmp_path):
    (tmp_path / "broken.py").write_text("import sys\nassert sys.argv[3] == 'init', 'torn'\n")
    program = [sys.executable, str(tmp_path / "broken.py")]
    with pytest.raises(RuntimeError, match=r"a\.csv was not refused(?s:.)*AssertionError: torn"):
        tables.imported(tmp_path / "a.csv", None, program, None)


def test_a_folder_without_a_manifest_is_an_error(tables, tmp_path, capsys):
    with pytest.raises(SystemExit):
        tables.main([str(tmp_path)])
    assert f"there is no {tmp_path / 'manifest.json'}" in capsys.readouterr().err
