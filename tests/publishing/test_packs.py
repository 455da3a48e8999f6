"""Publications to and from the store's rows, and documents packed and unpacked."""

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import NotFoundError, RenderError, StoreError
from cpctrack.store import packs
from cpctrack.store.packs import Packed, decode, encode, is_of, pack, unpack


@given(st.binary(max_size=3000))
def test_what_is_packed_comes_out_again(content):
    assert unpack(pack(content)) == content


def test_only_the_digest_is_kept_of_what_is_made_again():
    digest = pack(b"a document", keep=False)
    assert digest == Packed(10, pack(b"a document").sha256, "")
    assert is_of(b"a document", digest)
    assert not is_of(b"another one", digest)


def deflated(content):
    return base64.b64encode(zlib.compress(content)).decode()


def whole():
    return pack(b"published")


@pytest.mark.parametrize(
    "damaged",
    [
        whole()._replace(content=deflated(b"tampered!")),
        whole()._replace(content=deflated(b"published and more")),
        whole()._replace(content=deflated(b"publish")),
        whole()._replace(content=whole().content[:8]),
        whole()._replace(content="not base64"),
        whole()._replace(content=base64.b64encode(b"not deflated").decode()),
        whole()._replace(content=base64.b64encode(zlib.compress(b"published") + b"x").decode()),
        whole()._replace(content="é"),
        whole()._replace(sha256="0" * 64),
        whole()._replace(length=8),
        whole()._replace(length=-1),
        whole()._replace(length=packs.MOST_BYTES + 1),
        whole()._replace(content=""),
    ],
)
def test_what_is_damaged_is_refused(damaged):
    assert unpack(whole()) == b"published"
    with pytest.raises(ValueError, match=r"."):
        unpack(damaged)


def test_nothing_is_unpacked_beyond_what_the_store_says_it_is(monkeypatch):
    bomb = Packed(10, "0" * 64, deflated(bytes(50_000_000)))
    asked = []

    class Watched:
        def __init__(self):
            self._unpacker = decompressobj()

        def decompress(self, content, most):
            asked.append(most)
            return self._unpacker.decompress(content, most)

        def __getattr__(self, name):
            return getattr(self._unpacker, name)

    decompressobj = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", Watched)
    with pytest.raises(ValueError, match="not what was published"):
        unpack(bomb)
    assert asked == [11]


def test_what_is_too_large_is_not_published(monkeypatch):
    monkeypatch.setattr(packs, "MOST_BYTES", 5)
    assert pack(b"12345").length == 5
    with pytest.raises(RenderError, match="is too large to be published"):
        pack(b"123456")


def test_a_row_of_the_store_and_back(make_publication, make_row):
    publication = make_publication(
        make_row(1, due="1 May 2023"), make_row(2), documents={"html": pack(b"<p>")}
    )
    assert decode(publication.id, encode(publication)) == publication


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("meeting", 5), ("at", None), ("number", "1"), ("number", True), ("rows", {}),
        ("rows", [{"ref": "X"}]), ("rows", [{"record": 1}]), ("rows", ["x"]),
        ("rows", [{"record": "x", "ref": 5}]), ("templates", []), ("templates", {"x": 1}),
        ("frozen", {}), ("frozen", {"length": "5", "sha256": "x"}), ("frozen", "x"),
        ("frozen", {"length": 5, "sha256": 5}), ("documents", []), ("documents", {"html": 1}),
    ],
)  # fmt: skip
def test_a_row_of_another_shape_is_refused(make_publication, field, value):
    row = encode(make_publication())
    with pytest.raises(StoreError, match=r"The publication x can't be read: its fields"):
        decode("x", {**row, field: value})
    del row[field]
    with pytest.raises(StoreError, match="its fields are not as docs/store"):
        decode("x", row)


def test_fields_of_a_newer_version_are_passed_over(make_publication, make_row):
    publication = make_publication(make_row())
    row = encode(publication)
    row["rows"][0]["colour"] = "green"
    assert decode(publication.id, {**row, "paper": "A4"}) == publication


def table(*made):
    return {packs.TABLE: {each.id: encode(each) for each in made}}


def test_two_first_publications_of_a_meeting_are_numbered_by_time(make_publication):
    late = make_publication(id="a", at="2023-07-12T09:00:00Z")
    early = make_publication(id="b", at="2023-07-11T09:00:00Z")
    again = make_publication(id="c", at="2023-07-12T09:00:00Z", number=2)
    other = make_publication(id="d", meeting="2023-11-02")
    found = packs.in_order(table(other, again, late, early))
    assert [(each.id, each.number) for each in found] == [("b", 1), ("a", 2), ("c", 3), ("d", 1)]
    assert found[1].name == "the pack of 19 July 2023, publication 2"


def test_choosing_the_latest_or_the_one_that_is_named(make_publication):
    full = make_publication(id="a", view="full")
    progress = make_publication(id="b", number=2)
    later = make_publication(id="c", view="full", number=3)
    found = packs.in_order(table(full, progress, later))
    choose = packs.choose
    assert choose(found, "2023-07-19").id == "c"
    assert choose(found, "2023-07-19", view="progress").id == "b"
    assert choose(found, "2023-07-19", number=1).id == "a"
    with pytest.raises(NotFoundError, match=r"it has 1 \(full\), 2 \(progress\), 3 \(full\)"):
        choose(found, "2023-07-19", view="progress", number=3)
    with pytest.raises(NotFoundError, match=r"for 2 November 2023. The latest: 19 July 2023"):
        choose(found, "2023-11-02")
    with pytest.raises(NotFoundError, match="None was yet"):
        choose([], "2023-11-02")


def test_what_can_be_read_of_damaged_rows(make_publication, make_row):
    good = encode(make_publication(make_row()))
    document = {
        packs.TABLE: {
            "a": good,
            "b": {"meeting": 5, "rows": "x"},
            "c": {"meeting": "soon", "rows": [5, {"ref": "CPC-2223-002"}, {"record": "x"}]},
        }
    }
    assert packs.meetings(document) == {"2023-07-19"}
    assert list(packs.printed(document)) == [
        ("CPC-2223-001", f"{1:012x}", "2023-07-19"),
        ("CPC-2223-002", "", "soon"),
    ]
    assert packs.printed_as(document)[f"{1:012x}", "cpc-2223-001"] == ("2023-07-19",)
