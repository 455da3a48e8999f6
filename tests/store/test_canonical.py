"""The canonical form is the standard library's, written faster by another library."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.model import Status
from cpctrack.store import canonical

TEXTS = st.text(max_size=12)
INTEGERS = st.integers(min_value=-(2**63), max_value=2**64 - 1)  # what a store may hold
SCALARS = st.none() | st.booleans() | INTEGERS
VALUES = st.recursive(
    SCALARS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_equals_the_standard_library(value: object) -> None:
    expected = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
    assert canonical.dumps(value).decode() == expected + "\n"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_fractions_keep_their_value(value: float) -> None:
    assert json.loads(canonical.dumps(value)) == value


def test_one_field_a_line() -> None:
    assert canonical.dumps({"b": ["é"], "a": {}, "c": [], "d": None}).decode() == (
        '{\n  "a": {},\n  "b": [\n    "é"\n  ],\n  "c": [],\n  "d": null\n}\n'
    )


def test_tuples_and_words_of_an_enumeration_are_written_as_json_knows_them() -> None:
    assert canonical.dumps(("a",)).decode() == '[\n  "a"\n]\n'
    assert canonical.dumps(Status.OPEN).decode() == '"open"\n'


@pytest.mark.parametrize("value", ["\ud800", 2**64, object()])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical.dumps({"a": value})
