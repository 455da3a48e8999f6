"""One owner has many names, and each name means one owner."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.owners import NO_OWNERS, Owner, Owners, is_address
from cpctrack.text import fold

MARLOW = Owner("José Marlow", service="Highways", also=("JM", "Roads Engineer"))
FELL = Owner("Dee Fell", email="dee@example.org", service="Legal")
BOOK = Owners({"jose marlow": MARLOW, "dee fell": FELL})

NAMES = st.text(st.sampled_from("abÁ ."), min_size=1, max_size=4).filter(fold)
OWNERS = st.builds(Owner, NAMES, also=st.lists(NAMES, max_size=3).map(tuple))


@pytest.mark.parametrize("name", ["José Marlow", "JOSE  MARLOW", "jm", "roads engineer "])
def test_any_name_means_the_owner(name: str) -> None:
    assert name in BOOK
    assert BOOK.find(name) is MARLOW
    assert BOOK.canonical(name) == "José Marlow"
    assert BOOK.names_of(name) == (name, "José Marlow", "JM", "Roads Engineer")
    assert BOOK.id_of(name) == "jose marlow"


def test_another_name_stays_as_it_is() -> None:
    assert "Marlow" not in BOOK
    assert BOOK.find("Marlow") is None
    assert BOOK.canonical("Tom  Pike") == "Tom  Pike"
    assert BOOK.names_of("Tom Pike") == ("Tom Pike",)
    assert BOOK.id_of("Tom  PIKE") == "tom pike"
    assert NO_OWNERS.canonical("JM") == "JM"


def test_the_services_of_several_owners_each_once() -> None:
    assert BOOK.services(("Dee Fell", "JM", "jose marlow", "Tom Pike")) == ("Legal", "Highways")


def test_what_has_no_letter_is_no_name() -> None:
    book = Owners({"a": Owner("Ann", also=("", "\u0301")), "b": Owner("Bea", also=("",))})
    assert book.find("") is None
    assert list(book.claimed()) == []
    assert book.rows["b"].known_as(["\u0301", "B"]).also == ("B",)


def test_the_id_of_a_row_means_its_owner_whatever_the_name_is_by_now() -> None:
    renamed = Owners({"dee fell": FELL._replace(name="Dee Pike")})
    assert renamed.canonical("Dee Fell") == "Dee Pike"


def test_who_bears_a_name_comes_before_whom_it_means_as_well() -> None:
    book = Owners({"a": Owner("Ann", also=("Bea",)), "b": Owner("Bea", also=("Cy",))})
    assert book.canonical("bea") == "Bea"
    assert list(book.claimed()) == [("Bea", book.rows["b"], book.rows["a"])]
    assert list(BOOK.claimed()) == []


@given(st.lists(OWNERS, max_size=4))
def test_a_name_that_was_settled_stays_settled(owners: list[Owner]) -> None:
    book = Owners({fold(owner.name): owner for owner in owners})
    for owner in book:
        for name in (*owner.names, owner.name.upper()):
            assert book.canonical(book.canonical(name)) == book.canonical(name)
            assert book.find(book.canonical(name)) is book.find(name)


@given(OWNERS, OWNERS)
def test_two_that_are_united_are_known_by_all_their_names_once(one: Owner, two: Owner) -> None:
    both = one.united(two)
    folded = [fold(name) for name in both.names]
    assert both.name == one.name
    assert len(folded) == len(set(folded))
    assert set(folded) == {fold(name) for name in (*one.names, *two.names)}
    assert both.united(two) == both


def test_what_the_first_does_not_tell_the_second_does() -> None:
    both = MARLOW.united(FELL._replace(extra={"phone": 1}))
    assert both == MARLOW._replace(
        email="dee@example.org",
        also=("JM", "Roads Engineer", "Dee Fell"),
        extra={"phone": 1},
    )


def test_somebody_has_left_from_that_day_on() -> None:
    gone = FELL._replace(left="2024-06-12")
    assert not gone.has_left(date(2024, 6, 11))
    assert gone.has_left(date(2024, 6, 12))
    assert not FELL.has_left(date(2024, 6, 12))


@pytest.mark.parametrize(
    "text", ["a@b.org", "dee.fell@legal.harbour.gov.uk", "o'dea+cpc@x-y.org", "josé@köln.example"]
)
def test_an_address(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "dee", "dee@legal", "@b.org", "a@b.org, c@d.org", "Dee <a@b.org>", "a b@c.org", "a@b..org",
     "a@-b.org", "a@b.org\n", f"{'a' * 65}@b.org", f"a@{'b' * 260}.org", "a@b.1"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)
