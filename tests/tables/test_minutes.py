"""Minutes that are given to the import."""

import pytest

from cpctrack.errors import ImportRefusedError

MINUTES = (
    "# Minutes of the Panel\n\nPresent: Councillors A and B\n\n1. Roads\n\nACTION: The Clerk, with "
    "a surveyor, to send a note.\n"
)


def refused(read, content, name):
    with pytest.raises(ImportRefusedError) as error:
        read(content, name)
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (MINUTES, "minutes.md"),
        (MINUTES, "minutes.txt"),
        (MINUTES.replace("\n\n", "\tx, y\n"), "minutes.txt"),
        (
            "<h1>Draft minutes</h1><p>Apologies: Councillor A<table><tr><td>Item<td>Vote</table>",
            "minutes.html",
        ),
        (f"| Minute | Action |\n|---|---|\n| {'It was agreed. ' * 9} | HR |\n", "minutes.md"),
        (f"<table><tr><td>Minute<td>Item<td>Action<tr><td>{'x ' * 40}<td>1<td>HR", "minutes.htm"),
    ],
)
def test_minutes_are_told_and_their_command_named(read, content, name):
    assert refused(read, content, name) == (
        f"{name} reads like minutes, not like a table of actions; “cpctrack minutes {name}” finds "
        "the actions in them."
    )


@pytest.mark.parametrize(
    ("content", "name"), [("A sentence.\n", "a.txt"), (b"%PDF-1.7\n", "a.pdf"), ("# A\n", "a.md")]
)
def test_what_may_be_minutes_names_their_command(read, content, name):
    assert refused(read, content, name).endswith("; minutes are read with “cpctrack minutes”.")


def test_a_table_with_minute_numbers_is_a_table(read):
    log = read("Minute,Action,Owner\n12/23,Visit,Ann\n", "log.csv")
    assert log.entries[0].cells["ref"] == "12/23"
