"""A table of contacts: its columns by meaning, and what it tells of owners."""

import json

import pytest

from cpctrack.errors import ImportRefusedError
from cpctrack.records.owners import NO_OWNERS, Owner, Owners
from cpctrack.tables.contacts import Contact, count_known, plan_contacts, read_contacts


def rows(*lines: str) -> list[tuple[int, list[str]]]:
    return [(number, line.split("|")) for number, line in enumerate(lines, 1)]


@pytest.mark.parametrize(
    "headings",
    [
        ("Name", "E-mail", "Service", "Post"),
        ("OFFICER", "email address", "Directorate", "Job Title"),
        ("Display name", "E-mail Address", "Department", "Role"),
        ("Contact", "Mail", "Team", "Position"),
    ],
)
def test_columns_by_what_they_mean(headings: tuple[str, ...]) -> None:
    table = read_contacts("c.csv", rows("|".join(headings), "Dee Fell|d@b.org|Legal|Solicitor"))
    told = {"email": "d@b.org", "service": "Legal", "post": "Solicitor"}
    assert table == ((Contact(2, "Dee Fell", told),), ())
    assert count_known(headings) == 4


def test_any_order_a_title_above_blank_rows_and_other_columns() -> None:
    table = read_contacts(
        "c.csv", rows("Our contacts|", "Phone|Post|Surname|First name|", "1|Clerk| Fell | Dee", "|")
    )
    assert table.unread == ("Phone",)
    assert table.contacts == (Contact(3, "Dee Fell", {"post": "Clerk"}),)


def test_of_two_columns_with_one_meaning_the_nearer_is_read() -> None:
    table = read_contacts("c.csv", rows("Department|Name|Service", "Law|Dee Fell|Legal"))
    assert table.contacts[0].told == {"service": "Legal"}
    assert table.unread == ("Department",)


@pytest.mark.parametrize("heading", ["Dee Fell|d@b.org", "Name|Phone", "E-mail|Service", ""])
def test_without_names_of_columns_it_is_refused(heading: str) -> None:
    with pytest.raises(ImportRefusedError, match="give it the headings Name and E-mail"):
        read_contacts("c.csv", rows(heading))


def contact(name: str, line: int = 2, **told: str) -> Contact:
    return Contact(line, name, told)


def test_new_changed_and_unchanged() -> None:
    fell = Owner("Dee Fell", "d@b.org", also=("DF",))
    moss = Owner("Jo Moss", service="Parks")
    plan = plan_contacts(
        [
            contact("DF", service="Legal"),
            contact("jo moss", service="Parks"),
            contact("tom pike", post="Clerk"),
            contact("Ann Bell", post="Chair"),
        ],
        Owners({"dee fell": fell, "jo moss": moss}),
        ["Tom Pike", "Dee Fell"],
    )
    assert plan == (
        {
            "Dee Fell": (fell, fell._replace(service="Legal")),
            "Tom Pike": (None, Owner("Tom Pike", post="Clerk")),
            "Ann Bell": (None, Owner("Ann Bell", post="Chair")),
        },
        1,
        ("Ann Bell",),
        (),
    )


@pytest.mark.parametrize(
    ("contacts", "doubt"),
    [
        ([contact("", post="x")], "line 2: nobody is named"),
        ([contact("Dee Fell", email="dee")], "line 2: “dee” is no e-mail address of Dee Fell"),
        (
            [contact("Kitty Dalewod")],
            (
                "Kitty Dalewod may be Kitty Dalewood, who owns actions here; if so, say “cpctrack "
                'owner "Kitty Dalewood" --also "Kitty Dalewod"”'
            ),
        ),
        (
            [contact("Fell, Dee", post="x")],
            (
                "Fell, Dee may be Dee Fell, who owns actions here; if so, say “cpctrack owner "
                '"Dee Fell" --also "Fell, Dee"”'
            ),
        ),
        (
            [contact("Jo Moss")],
            (
                "Jo Moss may be Jo Moss - DSO, who owns actions here; if so, say “cpctrack owner "
                '"Jo Moss - DSO" --also "Jo Moss"”'
            ),
        ),
        (
            [contact("Ann Bell", post="head of homes")],
            (
                "Ann Bell may be Head of Homes, who owns actions here; if so, say “cpctrack owner "
                '"Head of Homes" --also "Ann Bell"”'
            ),
        ),
    ],
)
def test_what_is_unclear_is_listed(contacts: list[Contact], doubt: str) -> None:
    known = ["Dee Fell", "Kitty Dalewood", "Jo Moss - DSO", "Head of Homes"]
    plan = plan_contacts(contacts, NO_OWNERS, known)
    assert plan.doubts == (doubt,)
    assert all(not after.email and not after.also for _, after in plan.owners.values())


def test_who_stands_twice_is_left_out() -> None:
    book = Owners({"dee fell": Owner("Dee Fell", also=("DF",))})
    plan = plan_contacts([contact("Dee Fell", post="x"), contact("DF", 3, post="y")], book, [])
    assert (plan.owners, len(plan.doubts)) == ({}, 2)


def test_the_same_row_twice_is_one_and_a_name_alone_is_nothing_to_keep() -> None:
    twice = [contact("Dee Fell", post="x"), contact("Dee Fell", 3, post="x"), contact("Jo Moss", 4)]
    plan = plan_contacts(twice, NO_OWNERS, ["Dee Fell"])
    assert plan == ({"Dee Fell": (None, Owner("Dee Fell", post="x"))}, 0, (), ())


@pytest.mark.parametrize("name", ["N/A", "tbc", "Dee Fell; Jo Moss"])
def test_a_name_of_nobody_or_of_two_is_left_out(name: str) -> None:
    plan = plan_contacts([contact(name, post="x")], NO_OWNERS, [])
    assert (plan.owners, plan.doubts) == ({}, (f"line 2: “{name}” is not the name of one owner",))


@pytest.mark.parametrize("typed", ["d@b.org", "mailto:d@b.org", "Dee Fell <d@b.org>"])
def test_an_address_as_a_mail_program_writes_it(typed: str) -> None:
    table = read_contacts("c.csv", [(1, ("Name", "E-mail 1 - Value")), (2, ("Dee Fell", typed))])
    assert table.contacts[0].told == {"email": "d@b.org"}


def test_a_settled_post_leaves_no_doubt() -> None:
    book = Owners({"ann bell": Owner("Ann Bell", also=("Head of Homes",))})
    plan = plan_contacts([contact("Ann Bell", post="Head of Homes")], book, ["Head of Homes"])
    assert plan.doubts == ()


# --- the command

CSV = "E-mail;Name;Directorate;Phone\nd@b.org;Zoë Fell;Legal;1\n;Tom Pike;Parks;\nx;Jo;;\n"


@pytest.fixture
def fell(run, new_store):
    meeting = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")
    run("add", *meeting, "--action", "Go.", "--owner", "zoe fell")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_file_is_planned_and_taken_in(run, fell, write, document, encoding, mark):
    path = str(
        write(
            "contacts.tsv" if mark == "\t" else "contacts.csv",
            CSV.replace(";", mark).encode(encoding),
        )
    )
    before = document()
    plan = run("owners", "import", path, "--dry-run").stdout
    assert "2 new, 0 changed, 0 unchanged, 1 to look at" in plan
    assert "line 4: “x” is no e-mail address of Jo" in plan
    assert "Own nothing here: they are kept all the same\n  Tom Pike\n" in plan
    assert "Other columns, not read: Phone" in plan
    assert document() == before
    run("owners", "import", path, "--yes", *(("--format", "tsv") if mark == "\t" else ()))
    assert document()["owners"] == {
        "tom pike": {"name": "Tom Pike", "service": "Parks"},
        "zoe fell": {"name": "zoe fell", "service": "Legal", "email": "d@b.org"},
    }
    again = run("owners", "import", path, "--yes")
    assert "0 new, 0 changed, 2 unchanged" in again.stdout
    assert "nothing to write" in again.stderr
    run("undo", "--yes")
    assert document() == before


def test_a_change_is_shown(run, fell, write):
    run("owner", "zoe fell", "--service", "Law")
    plan = run("owners", "import", str(write("contacts.csv", CSV)), "--dry-run").stdout
    assert (
        "Changed\n  zoe fell\n    e-mail: (nothing) → d@b.org\n    service: Law → Legal\n" in plan
    )


def test_nobody_is_there_to_ask(run, fell, write):
    path = str(write("contacts.csv", CSV))
    said = run("owners", "import", path, exit_code=2).stderr
    assert "This needs a yes. Run: cpctrack owners import … --yes" in said


@pytest.mark.usefixtures("at_a_terminal")
def test_somebody_is_asked(run, fell, write, document, monkeypatch):
    path = str(write("contacts.csv", CSV))
    run("owners", "import", path, input="n\n")
    assert "owners" not in document()
    from cpctrack.cli.dialogue import taking_in

    def meanwhile(*_, **__):
        run("owner", "Jo", "--post", "Clerk")

    monkeypatch.setattr(taking_in, "require", meanwhile)
    assert "Somebody else changed" in run("owners", "import", path, exit_code=1).stderr
    monkeypatch.setattr(taking_in, "require", lambda *_, **__: True)
    run("owners", "import", path)
    assert len(document()["owners"]) == 3


@pytest.mark.parametrize("content", ["", "Name\n", "a,b\n1,2\n", "\x00\x01"])
def test_what_is_no_table_of_contacts_is_refused(run, fell, write, document, content):
    before = document()
    run("owners", "import", str(write("contacts.csv", content)), "--yes", exit_code=1)
    assert document() == before


def test_it_is_no_action_log_and_says_nothing_in_json_of_itself(run, fell, write):
    run("owners", "import", str(write("contacts.csv", CSV)), "--yes")
    told = json.loads(run("owners", "--json").stdout)
    assert {one["name"]: one["open"] for one in told} == {"Tom Pike": 0, "zoe fell": 1}
