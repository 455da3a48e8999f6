"""Names that are made one take nothing from an import: an unchanged table changes nothing."""

from datetime import date

import pytest
from amounts import times
from hypothesis import given
from hypothesis import settings as of_hypothesis
from hypothesis import strategies as st

from cpctrack.errors import CpctrackError
from cpctrack.records.changes import Author
from cpctrack.records.model import Settings
from cpctrack.store import store
from cpctrack.tables.drafts import Told
from cpctrack.tasks.import_tables import read_logs, take_in
from cpctrack.tasks.owners import Said, keep, reassign, survey

NAMES = ("Kit Dale", "KD", "Kit Dale - Clerk", "Ann Bell", "Ann Moss", "Head of Homes", "KIT DALE")
ROWS = [
    ("Send the figures of repairs to members.", "Kit Dale"),
    ("KD to send the figures of homes.", "KD"),
    ("Write to the trust about the lease.", "Kit Dale - Clerk/ Ann Bell"),
    ("Visit the new homes.", "Ann Moss"),
    ("Visit the old homes.", "Ann Bell/ KD"),
    ("Ask the tenants.", "Head of Homes/Ann Moss"),
    ("Report back.", "KIT DALE"),
]
HEADINGS = "Meeting Type,Meeting Date,Item,Recommendation,Actions,Referred to,Response/ Outcome"
TABLE = "\n".join(
    (HEADINGS, *(f"Formal,15/3/2023,Item 3. Homes,,{text},{owner}," for text, owner in ROWS))
)
AUTHOR = Author("Clerk", "2023-03-16T09:00:00Z", "import")
LATER = AUTHOR._replace(via="owner", at="2023-05-01T09:00:00Z")
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=6)


@pytest.mark.slow
@given(made_one=PAIRS, given_on=PAIRS)
@of_hypothesis(max_examples=times(150, 15))
def test_an_unchanged_table_changes_nothing(tmp_path_factory, made_one, given_on) -> None:
    folder = tmp_path_factory.mktemp("owners")
    path, table = folder / "actions.json", folder / "table.csv"
    table.write_text(TABLE, "utf-8")
    logs = read_logs([table])
    store.initialise(path, Settings("Committee", "CPC", "05-15"))
    with store.editing(path) as held:
        assert len(take_in(held, logs, Told(), author=AUTHOR).new) == len(ROWS)
    for name, other in made_one:
        keep(path, name, Said(also=[other]), LATER)
    for old, new in given_on:
        try:
            reassign(path, old, new, (), "", LATER)
        except CpctrackError:
            continue
    now = store.read(path)
    again = take_in(now, logs, Told(), author=AUTHOR._replace(at="2023-06-01T09:00:00Z"))
    assert (again.outcomes, again.conflicts, again.missing) == ([], [], [])
    assert again.unchanged == len(ROWS)
    found = survey([now], date(2023, 6, 1))
    assert sum(len(one.actions) for one in found) >= len(ROWS)
    assert all(now.owners.canonical(one.owner.name) == one.owner.name for one in found)
