"""The rows of the table ``chases``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import StoreError
from cpctrack.records.asking import Chase, Part
from cpctrack.store import chases

SENT = Chase(
    "CPC-CHASE-7K4QD",
    "Dilys Marlow",
    "2024-05-06T09:00:00Z",
    "Jo Bell",
    "2024-05-20",
    "2024-06-12",
    2,
    True,
    (Part(0, "Dear Dilys"), Part(1, "1. …", "CPC-2324-001"), Part(3, "Jo")),
)
ROW = chases.encode(SENT)


def test_a_row_says_what_there_is():
    plain = Chase("CPC-CHASE-7K4QD", "Dilys Marlow", "x", "Jo")
    assert chases.encode(plain) == {
        "owner": "Dilys Marlow", "at": "x", "by": "Jo", "step": 1, "parts": [],
    }  # fmt: skip
    assert ROW["parts"][:2] == [
        {"place": 0, "text": "Dear Dilys"},
        {"place": 1, "text": "1. …", "ref": "CPC-2324-001"},
    ]


@given(
    owner=st.text(), day=st.text(), step=st.integers(), exempt=st.booleans(),
    parts=st.dictionaries(st.integers(), st.tuples(st.text(), st.text())),
)  # fmt: skip
def test_rows_come_back_as_they_were(owner, day, step, exempt, parts):
    sent = Chase(
        "x", owner, day, day, day, day, step, exempt,
        tuple(sorted(Part(place, *said) for place, said in parts.items())), {"colour": ["red"]},
    )  # fmt: skip
    assert chases.decode("x", chases.encode(sent)) == sent


def test_parts_are_read_in_their_order():
    shuffled = {**ROW, "parts": ROW["parts"][::-1]}
    assert chases.decode(SENT.number, shuffled) == SENT


@pytest.mark.parametrize(
    "wrong",
    [{"owner": 1}, {"at": None}, {"exempt": "yes"}, {"step": "2"}, {"step": True}, {"parts": "x"},
     {"parts": ["x"]}, {"parts": [{"place": "0", "text": ""}]}, {"parts": [{"place": 0}]},
     {"parts": [{"place": 0, "text": "", "ref": 1}]}],
)  # fmt: skip
def test_what_can_not_be_read_is_passed_over(wrong):
    row = {**ROW, **wrong}
    assert not chases.is_sound(row)
    with pytest.raises(StoreError, match="What was sent as x can't be read"):
        chases.decode("x", row)
    assert chases.read({chases.TABLE: {"x": row, SENT.number: ROW}}) == {SENT.number: SENT}


def test_what_several_stores_keep_is_one_message():
    head, first, foot = SENT.parts
    other = Part(2, "2. …", "LIC-2324-001")
    here, there = SENT, SENT._replace(parts=(head, other, foot))
    whole = chases.together([{SENT.number: here}, {SENT.number: there}, {}])
    assert whole == {SENT.number: SENT._replace(parts=(head, first, other, foot))}
