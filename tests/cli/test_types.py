"""Reading what stands behind an option."""

import re

import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st

from cpctrack.cli.types import may_say_when
from cpctrack.minutes import words
from cpctrack.text import one_line


@pytest.mark.parametrize("pattern", [*words.DUE, *words.DUE_IF_BROUGHT])
def test_no_time_is_passed_over_as_a_name(pattern) -> None:
    @settings(max_examples=times(100, 20))
    @given(st.from_regex(re.compile(pattern, re.IGNORECASE), fullmatch=True))
    def check(when):
        assert may_say_when(one_line(when)), when

    check()


@pytest.mark.parametrize("name", ["Head of Fostering", "Director of Education", "SEND Service"])
def test_a_plain_name_is_no_time(name) -> None:
    assert not may_say_when(name)
