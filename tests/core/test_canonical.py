"""The canonical form is the standard library's, written faster."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack import canonical
from cpctrack.model import Status

TEXTS = st.text(st.characters(codec=None), max_size=12)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_equals_the_standard_library(value: object) -> None:
    expected = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
    assert canonical.dumps(value) == expected + "\n"


def test_one_field_a_line() -> None:
    assert canonical.dumps({"b": ["é"], "a": {}, "c": [], "d": None}) == (
        '{\n  "a": {},\n  "b": [\n    "é"\n  ],\n  "c": [],\n  "d": null\n}\n'
    )


def test_tuples_and_words_of_an_enumeration_are_written_as_json_knows_them() -> None:
    assert canonical.dumps(("a",)) == '[\n  "a"\n]\n'
    assert canonical.dumps(Status.OPEN) == '"open"\n'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object()])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical.dumps({"a": value})
