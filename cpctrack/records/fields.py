"""What is said of a field of a record once, beside it in `Record`, and asked for everywhere.

Options, form, `show`, the columns of a pipe, JSON, the store's file, merges, imports and messages
go by it, so that a field is added in one place.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any, NamedTuple


class Holds(Enum):
    """What a field holds, and so how it is read, written and compared."""

    LINE = "line"
    TEXT = "text"
    NAME = "name"
    DATE = "date"
    WORD = "word"
    NAMES = "names"
    LINKS = "links"
    CELLS = "texts by name"


class Field(NamedTuple):
    """One field of a record.

    `words` is how a message calls it, `label` what stands before it in `show`, `form` above it in
    the form; where these are empty it is not shown there. `option` is that of `add` and `update`
    which sets it, with its `help` and `metavar`. `column` says whether it is one of those that
    `list` prints into a pipe. Fields of one `unit` say one thing between them: a merge takes all
    from one side. `read_from` are the fields of whose cells an import reads it.
    """

    words: str
    holds: Holds
    label: str = ""
    form: str = ""
    option: str = ""
    help: str = ""
    metavar: str | None = None
    column: bool = False
    unit: str = ""
    read_from: tuple[str, ...] = ()
    name: str = ""

    @property
    def given(self) -> str:
        """The name of its option's value among those that a command is given."""
        several = self.holds in (Holds.NAMES, Holds.LINKS)
        return self.name if several else self.option.replace("-", "_")


def fields_of(record: type[Any]) -> tuple[Field, ...]:
    """Give the fields that a kind of tuple declares, in its order."""
    return tuple(
        said._replace(name=name)
        for name, declared in record.__annotations__.items()
        for said in getattr(declared, "__metadata__", ())
    )


def names_of(fields: Iterable[Field], *holds: Holds) -> tuple[str, ...]:
    """Name the fields that hold one of these."""
    return tuple([each.name for each in fields if each.holds in holds])
