"""Two copies that have each taken a work programme in come together without asking anybody."""

import itertools

import pytest

from cpctrack.sharing.merge import three_way

KEY = "2024-09-18-2f117ec659ea"
TITLE = {"meeting": "2024-09-18", "title": "Fostering annual report"}


def with_programme(document, **rows):
    return {**document, "programme": rows} if rows else document


def merged(base, ours, theirs):
    done = three_way(base, ours, theirs, at="2024-06-12T09:00:00Z", by="Clerk")
    assert done.conflicts == ()
    return done.document


def test_rows_of_both_are_there_once(base):
    ours = with_programme(base, one=TITLE, two={"title": "Health"})
    theirs = with_programme(base, one=TITLE, three={"title": "Homes"})
    both = merged(base, ours, theirs)
    assert both["programme"] == {**ours["programme"], **theirs["programme"]}


def test_what_both_let_go_is_gone(base):
    start = with_programme(base, one=TITLE)
    assert "programme" not in merged(start, base, base)
    assert "programme" not in merged(start, start, base)


def test_who_changed_a_row_goes_before_who_let_it_go(base):
    start, ours = with_programme(base, one=TITLE), with_programme(base, one={**TITLE, "when": "x"})
    assert merged(start, ours, base)["programme"] == ours["programme"]
    assert merged(start, base, ours)["programme"] == ours["programme"]


VERSIONS = (
    {**TITLE, "contact": "Head of Fostering", "source": "plan.csv, line 2"},
    {**TITLE, "contact": "Head of Homes", "source": "plan (1).csv, line 2"},
    {**TITLE, "contact": "A", "exempt_paragraph": "3"},
    {**TITLE, "contact": "A", "confidential": True},
)


@pytest.mark.parametrize("start", [None, TITLE], ids=["new", "known"])
def test_any_number_of_copies_come_to_one_result_in_any_order(base, start):
    first = with_programme(base, **({KEY: start} if start else {}))
    results = []
    for sides in itertools.permutations(VERSIONS, 3):
        one, two, three = (with_programme(base, **{KEY: row}) for row in sides)
        both = merged(first, one, two)
        last = merged(first, both, three)
        results.append((frozenset(map(str, sides)), str(last["programme"])))
    assert len(set(results)) == len({sides for sides, _ in results})


def test_in_doubt_a_report_is_exempt(base):
    public, exempt = VERSIONS[1:3]
    for pair in ((public, exempt), (exempt, public)):
        ours, theirs = (with_programme(base, **{KEY: row}) for row in pair)
        assert merged(base, ours, theirs)["programme"] == {KEY: exempt}
