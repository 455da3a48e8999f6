"""The table of fields: what is said of a field once, and asked for everywhere."""

from typing import Annotated, NamedTuple

import pytest

from cpctrack.records.fields import Field, Holds, fields_of, names_of
from cpctrack.records.model import FIELDS, Record


class Small(NamedTuple):
    id: str
    note: Annotated[str, Field("remark", Holds.TEXT, option="side-note")] = ""
    links: Annotated[tuple[str, ...], Field("links", Holds.LINKS, option="link")] = ()


def test_a_field_knows_its_name_and_what_its_option_gives():
    fields = fields_of(Small)
    assert [(each.name, each.words, each.given) for each in fields] == [
        ("note", "remark", "side_note"),
        ("links", "links", "links"),
    ]
    assert names_of(fields, Holds.LINKS, Holds.NAMES) == ("links",)


def test_every_field_of_a_record_is_in_the_table_but_what_it_is_and_where_it_stands():
    apart = {"id", "ref", "meeting", "history", "conflicts", "extra"}
    assert [each.name for each in FIELDS] == [n for n in Record._fields if n not in apart]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_what_can_be_typed_says_what_it_is(field):
    assert field.words
    assert bool(field.option) == bool(field.help)
    assert not field.form or field.option
