"""What changed between two packs."""

import pytest

from cpctrack.errors import NotFoundError
from cpctrack.publishing.comparing import DifferenceKind, compare, pair
from cpctrack.records.model import Status


def kinds(found):
    return {
        kind.value: [each.row.ref[-3:] for each in differences]
        for kind, differences in found.differences.items()
        if differences
    }


@pytest.fixture
def between(make_publication, make_row):
    """Compare one row before with the same row after."""

    def compare_rows(before, after):
        return compare(
            make_publication(make_row(1, **before)), make_publication(make_row(1, **after))
        )

    return compare_rows


def test_new_and_vanished(make_publication, make_row):
    found = compare(
        make_publication(make_row(1), make_row(2), make_row(3, status="completed")),
        make_publication(make_row(4), make_row(1)),
    )
    assert kinds(found) == {"new": ["004"], "vanished": ["002", "003"]}
    assert [each.why for each in found.differences[DifferenceKind.VANISHED]] == ["", "closed"]


def test_nothing_changed(make_publication, make_row):
    pack = make_publication(make_row(1, due="1 May 2023"))
    assert kinds(compare(pack, pack)) == {}


def test_reworded_with_both_texts(between):
    found = between({"action": "Old."}, {"action": "New.", "recommendation": "That it be."})
    assert [each[2:5] for each in found.differences[DifferenceKind.REWORDED]] == [
        ("action", "Old.", "New."),
        ("recommendation", "", "That it be."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ({"due": "1 May 2023", "due_iso": "2023-05-01"}, {"due": "2 May 2023",
         "due_iso": "2023-05-02"}, ("1 May 2023", "2 May 2023")),
        ({"due": "Spring"}, {}, ("Spring", "")),
        ({}, {"due": "Spring"}, ("", "Spring")),
    ],
)  # fmt: skip
def test_dates_that_moved(between, before, after, moved):
    (found,) = between(before, after).differences[DifferenceKind.MOVED]
    assert (found.before, found.after) == moved


def test_one_day_in_other_words_has_not_moved(between):
    day = {"due_iso": "2023-05-01"}
    assert kinds(between({"due": "1 May 2023", **day}, {"due": "Monday 1 May", **day})) == {}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("open", {"status": "completed", "standing": "Completed"}, "completed"),
        ("completed", {"status": "completed", "agreed_on_iso": "2023-07-19"}, "completed"),
        ("completed", {"status": "open"}, "status"),
        ("open", {"status": "deferred", "standing": "Deferred"}, "status"),
    ],
)
def test_what_it_came_to(between, before, after, kind):
    assert kinds(between({"status": before}, after)) == {kind: ["001"]}


def test_agreement_is_told(between):
    done = {"status": "completed", "standing": "Completed"}
    (found,) = between(done, {**done, "agreed_on_iso": "2023-07-19"}).differences[
        DifferenceKind.COMPLETED
    ]
    assert (found.before, found.after) == ("Completed", "Completed; agreed on 19 July 2023")


def test_a_record_that_a_merge_gave_another_reference_is_the_same(make_publication, make_row):
    found = compare(
        make_publication(make_row(1, ref="CPC-2223-004")), make_publication(make_row(1))
    )
    assert kinds(found) == {"reference": ["001"]}


EARLIER_KEPT = {
    "meeting_type": "Formal", "meeting_date_iso": "2023-03-15", "item": "Item 5",
    "response": "Soon.",
    "referred_to": "Chair", "standing": "Open", "slippage": "First due 1 May 2023, moved once",
    "follow_up_printed": "Ongoing", "overdue_note": "Overdue: due 1 June 2023",
    "reopened": "Reopened on 1 June 2023: It leaks.",
}  # fmt: skip
STOOD = (
    "To do; Needs Follow Up: Ongoing; Overdue: due 1 June 2023; Reopened on 1 June 2023: It leaks."
)


@pytest.mark.parametrize(
    ("cell", "kind", "field", "before", "now"),
    [
        ({"response": "Done."}, "response", "response", "Soon.", "Done."),
        ({"response": ""}, "response", "response", "Soon.", ""),
        ({"referred_to": "Clerk"}, "owners", "referred_to", "Chair", "Clerk"),
        ({"item": "Item 6"}, "reworded", "item", "Item 5", "Item 6"),
        ({"meeting_type": "Informal"}, "meeting", "meeting", "Formal, 15 March 2023",
         "Informal, 15 March 2023"),
        ({"meeting_date_iso": "2023-03-16"}, "meeting", "meeting", "Formal, 15 March 2023",
         "Formal, 16 March 2023"),
        ({"slippage": "First due 1 May 2023, moved twice"}, "moved", "slippage",
         "First due 1 May 2023, moved once", "First due 1 May 2023, moved twice"),
        ({"standing": "Open since May"}, "status", "status", STOOD,
         STOOD.replace("To do", "Open since May", 1)),
        ({"follow_up_printed": "13-Sep-22"}, "status", "status", STOOD,
         STOOD.replace("Ongoing", "13-Sep-22")),
        ({"overdue_note": ""}, "status", "status", STOOD,
         STOOD.replace("Overdue: due 1 June 2023; ", "")),
        ({"reopened": ""}, "status", "status", STOOD, STOOD.partition("; Reopened")[0]),
    ],
)  # fmt: skip
def test_every_cell_that_differs_is_told(between, cell, kind, field, before, now):
    found = between(EARLIER_KEPT, {**EARLIER_KEPT, **cell})
    assert kinds(found) == {kind: ["001"]}
    (one,) = found.differences[DifferenceKind(kind)]
    assert (one.field, one.before, one.after) == (field, before, now)


def test_todays_words_for_a_status_are_no_difference_from_those_of_an_old_pack(between):
    for status in Status:
        new, *old = status.all_words
        for words in old:
            before, after = ({"status": status.value, "standing": each} for each in (words, new))
            assert kinds(between(before, after)) == {}


def test_what_an_earlier_pack_did_not_keep_is_no_difference(between):
    later = {"meeting_type", "slippage", "follow_up_printed", "overdue_note", "reopened"}
    earlier = {name: text for name, text in EARLIER_KEPT.items() if name not in later}
    assert kinds(between(earlier, EARLIER_KEPT)) == {}
    assert kinds(between(earlier, {**EARLIER_KEPT, "response": "Done."})) == {"response": ["001"]}


def test_two_views_print_a_status_each_in_its_own_way(make_publication, make_row):
    printed = {**EARLIER_KEPT, "status": "in-progress", "reopened": ""}
    whole = make_publication(
        make_row(
            1,
            **printed,
        ),
        view="full",
    )
    report = make_row(1, **{**printed, "standing": "In progress"})
    assert kinds(compare(whole, make_publication(report))) == {}
    late = make_row(1, **{**printed, "overdue_note": ""})
    assert kinds(compare(whole, make_publication(late))) == {"status": ["001"]}


def test_tables_of_two_years(make_publication, make_row):
    found = compare(
        make_publication(make_row(1), view="full"),
        make_publication(make_row(2), view="full", year="2023/24"),
    )
    assert found.of_two_years
    assert [each.why for each in found.differences[DifferenceKind.VANISHED]] == ["another year"]


def test_withheld_records_are_nowhere(make_publication, make_row):
    rows = [make_row(number) for number in (1, 2, 3)]
    found = compare(
        make_publication(rows[0], rows[1]),
        make_publication(rows[0], rows[2]),
        withheld={row.record for row in rows},
    )
    assert kinds(found) == {}
    assert found.left_out == 3


def test_the_latest_pack_of_each_meeting_and_the_same_view(make_publication):
    made = [
        make_publication(id="a", view="full"),
        make_publication(id="b", number=2),
        make_publication(id="c", view="full", number=3),
        make_publication(id="d", meeting="2023-11-02", number=1),
        make_publication(id="e", meeting="2024-03-13", number=1, view="other"),
    ]

    def chosen(*days):
        return tuple(each.id for each in pair(made, days))

    assert chosen("2023-07-19", "2023-11-02") == ("b", "d")
    assert chosen("2023-11-02", "2023-07-19") == ("b", "d")  # from the earlier to the later
    assert chosen("2023-07-19", "2023-07-19") == ("a", "c")
    assert chosen("2023-07-19", "2024-03-13") == ("c", "e")  # there is no other
    with pytest.raises(NotFoundError, match="for 1 May 2023"):
        chosen("2023-05-01", "2023-07-19")
