"""Rows of the table of owners, and what the store makes of names by them."""

import pytest

from cpctrack.errors import StoreError
from cpctrack.records.owners import NO_OWNERS, Owner
from cpctrack.store import codec, owners, store
from cpctrack.store.store import Store

FELL = Owner(
    "Dee Fell", "dee@example.org", "Legal", "Solicitor", ("DF",), "2024-04-30", {"phone": 5}
)
ROW = {
    "name": "Dee Fell",
    "email": "dee@example.org",
    "service": "Legal",
    "post": "Solicitor",
    "also": ["DF"],
    "left": "2024-04-30",
    "phone": 5,
}


def test_a_row_there_and_back() -> None:
    assert owners.encode(FELL) == ROW
    assert owners.decode("dee fell", ROW) == FELL
    assert owners.encode(Owner("Dee Fell")) == {"name": "Dee Fell"}


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"name": " "},
        {"name": "\u0301"},
        {"name": 5},
        {"email": []},
        {"also": "DF"},
        {"also": [5]},
    ],
)
def test_a_row_that_cannot_be_read_counts_for_nothing(row: codec.Row) -> None:
    row = {"name": "Dee Fell", **row} if row else row
    with pytest.raises(StoreError, match="What the store knows of the owner “dee fell”"):
        owners.decode("dee fell", row)
    assert owners.read({"dee fell": row}) is NO_OWNERS
    assert owners.read({}) is NO_OWNERS


def keep(held: Store, author, **rows: Owner) -> None:
    told = {key.replace("_", " "): owners.encode(owner) for key, owner in rows.items()}
    held.put_rows(codec.OWNERS, told, author)


def test_what_comes_in_takes_the_name_that_is_known(make_store, author) -> None:
    held = store.read(make_store(owners=("DEE FELL", "Tom Pike")))
    assert held.spelled(("dee fell", "D.F.", "tom pike")) == ("DEE FELL", "D.F.", "Tom Pike")
    keep(held, author, dee_fell=FELL)
    assert held.spelled(("dee  féll", "DF", "df", "tom pike")) == ("Dee Fell", "Tom Pike")
    assert held.spelled(("df",), but=("000000000000",)) == ("Dee Fell",)
    keep(held, author, dee_fell=FELL._replace(name="Dee Pike"))
    assert held.spelled(("df", "Dee Fell")) == ("Dee Pike",)
    held.drop_rows(codec.OWNERS, ["dee fell"], author)
    assert held.owners is NO_OWNERS
    assert "owners" not in held.document
