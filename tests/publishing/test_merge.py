"""Publications where two stores come together, without git."""

import copy

import pytest

from cpctrack.sharing.merge import three_way
from cpctrack.store import packs
from cpctrack.store.packs import PrintedRow


@pytest.fixture
def base(stored, document):
    return document()


def add(document, row_id, ref, at):
    made = copy.deepcopy(document)
    row = copy.deepcopy(next(iter(made["actions"].values())))
    row |= {"ref": ref, "action": row_id, "history": [{**row["history"][0], "at": at}]}
    made["actions"][row_id] = row
    return made


def with_pack(document, make_publication, row_id, ref, **fields):
    row = PrintedRow(row_id, {"ref": ref})
    made = packs.encode(make_publication(row, **fields))
    return {**document, packs.TABLE: {f"pack-{row_id}": made}}


def merge(base, ours, theirs):
    merged = three_way(base, ours, theirs, at="2023-07-01T00:00:00Z", by="clerk")
    other = three_way(base, theirs, ours, at="2023-07-01T00:00:00Z", by="clerk")
    assert other.document == merged.document
    assert other.renumbered == merged.renumbered
    return merged


OLD, YOUNG = "2023-06-01T00:00:00Z", "2023-06-02T00:00:00Z"
REF = "CPC-2223-004"


@pytest.mark.parametrize(
    ("old_is_published", "young_is_published", "stays"),
    [(False, False, "old"), (True, False, "old"), (False, True, "young"), (True, True, "old")],
)
def test_who_keeps_a_reference(base, make_publication, old_is_published, young_is_published, stays):
    ours, theirs = add(base, "old", REF, OLD), add(base, "young", REF, YOUNG)
    if old_is_published:
        ours = with_pack(ours, make_publication, "old", REF)
    if young_is_published:
        theirs = with_pack(theirs, make_publication, "young", REF.lower(), meeting="2023-09-20")
    merged = merge(base, ours, theirs)
    refs = {key: merged.document["actions"][key]["ref"] for key in ("old", "young")}
    goes = "young" if stays == "old" else "old"
    assert refs == {stays: REF, goes: "CPC-2223-005"}
    (told,) = merged.renumbered
    both = old_is_published and young_is_published
    assert (told.id, told.published) == (goes, ("2023-09-20",) if both else ())
    assert told.gave_way == (old_is_published != young_is_published)


def test_a_new_number_is_none_that_a_pack_has_printed(base, make_publication):
    ours = with_pack(add(base, "old", REF, OLD), make_publication, "lost", "CPC-2223-005")
    merged = merge(base, ours, add(base, "young", REF, YOUNG))
    assert merged.document["actions"]["young"]["ref"] == "CPC-2223-006"


def test_damaged_publications_do_not_stop_a_merge(base):
    ours, theirs = add(base, "old", REF, OLD), add(base, "young", REF, YOUNG)
    ours[packs.TABLE] = {"x": {"rows": "nothing", "meeting": 5}}
    assert merge(base, ours, theirs).document[packs.TABLE] == ours[packs.TABLE]
