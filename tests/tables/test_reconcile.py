import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.matching import match
from cpctrack.matching.sides import likeness
from cpctrack.records.changes import Author, amend, create
from cpctrack.records.model import Draft, Kind, Meeting, MeetingType, Status
from cpctrack.tables.plan import plan

IMPORT = Author("clerk", "2023-04-01T00:00:00Z", "import")
UPDATE = Author("clerk", "2023-05-01T00:00:00Z", "update")
MARCH = Meeting(date="2023-03-15", type=MeetingType.FORMAL, year="2022/23")
MAY = Meeting(date="2023-05-03", type=MeetingType.INFORMAL, year="2022/23")

LONG = "The Head of Fostering would send Members a note on how many households stopped fostering."
LONGER = (
    "The Head of Fostering would send Members a note on how many households stopped fostering, "
    "what reasons they gave, and whether support from other carers nearby had been offered."
)


def draft(action="Send a note.", meeting=MARCH, line=2, **fields):
    values = {
        "item": "5. Homes", "action": action, "response": "", "follow_up": "",
        "owner_text": "Ann Bell", "owners": ("Ann Bell",), "status": Status.OPEN,
        "completed_on": "", "kind": Kind.ACTION,
    }  # fmt: skip
    return Draft(meeting, values | fields, f"log.tsv, line {line}", line)


def stored(*drafts, author=IMPORT):
    return [
        create(one, record_id=f"id{number}", ref=f"CPC-2223-{number:03}", author=author)
        for number, one in enumerate(drafts, 1)
    ]


def replace_via(via):
    return IMPORT._replace(via=via)


def changes(planned):
    return [(one.record.ref, dict(one.values)) for one in planned.changed]


def counts(planned):
    return len(planned.new), len(planned.changed), len(planned.unchanged), len(planned.missing)


def test_everything_is_new_to_an_empty_store():
    drafts = [draft("A"), draft("B")]
    assert plan(drafts, []).new == tuple(drafts)


def test_the_same_again_is_unchanged():
    drafts = [draft("A"), draft("B"), draft("A"), draft("A", meeting=MAY)]
    records = stored(*drafts)
    assert counts(plan(drafts, records)) == (0, 0, 4, 0)
    assert plan(drafts, records[::-1]).unchanged == tuple(records)


def test_spaces_and_case_make_no_other_row_but_letters_make_a_change():
    records = stored(draft("Send  a Note."))
    assert counts(plan([draft("Send a\nNote.")], records)) == (0, 0, 1, 0)
    assert changes(plan([draft("send a note.")], records)) == [
        ("CPC-2223-001", {"action": "send a note."})
    ]


def test_a_full_stop_makes_no_other_row_but_a_change():
    assert changes(plan([draft("Report back")], stored(draft("Report back.")))) == [
        ("CPC-2223-001", {"action": "Report back"})
    ]


def test_an_edited_response_is_a_change_and_the_status_follows():
    records = stored(draft("A"), draft("B"))
    edited = draft("B", response="Note sent", status=Status.PROPOSED)
    planned = plan([draft("A"), edited], records)
    assert counts(planned) == (0, 1, 1, 0)
    assert changes(planned) == [
        ("CPC-2223-002", {"response": "Note sent", "status": Status.PROPOSED})
    ]


def test_a_row_that_is_gone_is_missing_from_its_meeting_only():
    records = stored(draft("A"), draft("B"), draft("C", meeting=MAY))
    planned = plan([draft("A")], records)
    assert planned.missing == (records[1],)
    assert counts(planned) == (0, 0, 1, 1)


def test_status_derived_anew_without_new_cells_is_left_alone():
    records = stored(draft("A", response="x"))
    assert counts(plan([draft("A", response="x", status=Status.PROPOSED)], records)) == (0, 0, 1, 0)


# --- finding the record -----------------------------------------------------------------------


def test_our_own_reference_finds_the_record():
    records = stored(draft("A"), draft("B"))
    planned = plan([draft("All other words", source_ref="cpc-2223-002")], records)
    assert changes(planned) == [("CPC-2223-002", {"action": "All other words"})]


def test_their_reference_finds_the_record_even_at_another_meeting():
    records = stored(draft("A", source_ref="SR (25/26) 01"))
    moved = draft("Quite another text", meeting=MAY, source_ref="sr (25/26) 01")
    (changed,) = plan([moved], records).changed
    assert changed.values["meeting"] is MAY
    assert changed.values["action"] == "Quite another text"


def test_a_reference_that_is_counted_anew_overwrites_no_other_words():
    records = stored(draft("Buy bins for the park", source_ref="Action 1"))
    for other in (
        draft("Sell the field", source_ref="Action 1"),
        draft("Buy more bins for the park soon", meeting=MAY, source_ref="Action 1"),
    ):
        planned = plan([other], records)
        assert (planned.changed, [one.fields["action"] for one in planned.new]) == (
            (), [other.fields["action"]]
        )  # fmt: skip
        assert planned.near == {0: [records[0]]}
    edited = draft("Buy red bins for the park", source_ref="Action 1")
    assert len(plan([edited], records).changed) == 1


def test_an_owner_in_other_capitals_is_unchanged():
    records = stored(draft())
    assert plan([draft(owner_text="ANN BELL", owners=("ANN BELL",))], records).unchanged
    assert changes(plan([draft(owner_text="BEN CARR", owners=("BEN CARR",))], records))


def test_a_bare_number_begins_again_at_every_meeting():
    records = stored(draft(LONGER, source_ref="1"), draft(LONGER, meeting=MAY, source_ref="1"))
    edited = LONGER.replace("households", "families")
    again = [draft(edited, source_ref="1"), draft(edited, meeting=MAY, source_ref="1")]
    assert [ref for ref, _ in changes(plan(again, records))] == ["CPC-2223-001", "CPC-2223-002"]


def test_a_number_that_several_rows_share_finds_nothing():
    records = stored(draft("A", source_ref="M12"), draft("B", source_ref="M12"))
    again = [draft("B", source_ref="M12"), draft("A", source_ref="M12")]
    assert counts(plan(again, records)) == (0, 0, 2, 0)


def test_another_reference_keeps_like_texts_apart():
    records = stored(draft(LONG, source_ref="R1"))
    planned = plan([draft(LONG, source_ref="R2")], records)
    assert counts(planned) == (1, 0, 0, 1)


def test_a_record_without_reference_takes_the_tables():
    planned = plan([draft("A", source_ref="R1")], stored(draft("A")))
    assert changes(planned) == [("CPC-2223-001", {"source_ref": "R1"})]


def test_another_item_is_a_change():
    planned = plan([draft("A", item="6. Homes")], stored(draft("A")))
    assert changes(planned) == [("CPC-2223-001", {"item": "6. Homes"})]


def test_the_text_as_it_was_imported_still_finds_a_record_that_was_reworded():
    (record,) = stored(draft("A"))
    reworded = amend(record, {"action": "Something else altogether"}, UPDATE)
    assert counts(plan([draft("A")], [reworded])) == (0, 0, 1, 0)
    assert counts(plan([draft("Something else altogether")], [reworded])) == (0, 0, 1, 0)


def test_an_edited_text_is_found_between_its_neighbours():
    edited = LONGER.replace("households", "families")
    records = stored(draft("First."), draft(LONGER), draft("Last."))
    planned = plan([draft("First."), draft(edited), draft("Last.")], records)
    assert changes(planned) == [("CPC-2223-002", {"action": edited})]


def test_a_like_text_in_another_place_is_another_action():
    records = stored(draft("First."), draft(LONG), draft("Middle."), draft("Last."))
    again = LONG.replace("households", "schools")
    planned = plan([draft("First."), draft("Middle."), draft("Last."), draft(again)], records)
    assert counts(planned) == (1, 0, 3, 1)


def test_an_edited_text_is_found_when_a_neighbour_went_or_came():
    edited = LONGER.replace("households", "families")
    records = stored(draft("Old first."), draft(LONGER), draft("Last."))
    planned = plan([draft("Brand new thing here"), draft(edited), draft("Last.")], records)
    assert (counts(planned), changes(planned)[0][0]) == ((1, 1, 1, 1), "CPC-2223-002")


def test_of_several_edited_rows_each_finds_its_own():
    texts = [f"{LONG} The {word} part of it comes first." for word in ("north", "south", "east")]
    records = stored(*map(draft, texts))
    drafts = [draft(text.replace("would send", "will send")) for text in texts]
    assert [ref for ref, _ in changes(plan(drafts, records))] == [r.ref for r in records]


def test_a_recommendation_is_found_by_its_text():
    records = stored(draft("", recommendation="That it be so.", kind=Kind.RECOMMENDATION))
    again = draft("", recommendation="That it be so.", kind=Kind.RECOMMENDATION, response="Agreed")
    assert changes(plan([again], records)) == [("CPC-2223-001", {"response": "Agreed"})]


# --- two actions are two -----------------------------------------------------------------------

NOTE = "To provide Members with a briefing note on the {} issues for children in care."


def fostering(**fields):
    values = {"item": "7. Fostering", "owner_text": "Fostering Manager",
              "owners": ("Fostering Manager",)}  # fmt: skip
    return draft(NOTE.format("transport"), **values | fields)


def health(**fields):
    values = {"item": "8. Health", "owner_text": "Health Manager", "owners": ("Health Manager",),
              "response": "Sent on 1 May", "follow_up": "Completed",
              "status": Status.COMPLETED}  # fmt: skip
    return draft(NOTE.format("passport"), **values | fields)


def closed(record):
    return amend(record, {"status": Status.COMPLETED, "completed_on": "2023-05-01"}, UPDATE)


def exempt(record):
    return amend(record, {"exempt_paragraph": "3"}, UPDATE)


def agreed(record):
    return closed(record)._replace(agreed_on="2023-05-03")


@pytest.mark.parametrize("author", [IMPORT, replace_via("add")])
@pytest.mark.parametrize("become", [lambda record: record, closed, exempt, agreed])
@pytest.mark.parametrize("ours", [False, True])
def test_a_like_action_of_another_item_and_owner_is_another(author, become, ours):
    records = [become(one) for one in stored(fostering(), author=author)]
    planned = plan([health()], records, ours=ours)
    assert (planned.new, planned.missing) == ((health(),), tuple(records))


ONE = "To write to the 5 schools by 3 May about lifts to training."


@pytest.mark.parametrize(
    ("words", "other"),
    [
        (ONE, {"action": ONE.replace("5", "6")}),
        (ONE, {"action": ONE.replace("3 May", "4 May")}),
        (ONE, {"action": ONE.replace("May", "June")}),
        (ONE, {"action": ONE.replace("To write", "Not to write")}),
        (ONE, {"action": ONE.replace("lifts", "buses")}),
        (ONE, {"action": f"{ONE} It would", "item": "9. Buses"}),
        (ONE, {"action": f"{ONE} It would", "owner_text": "Ben Carr", "owners": ("Ben Carr",)}),
        (ONE, {"action": f"{ONE} It would", "due": "2023-07-01"}),
        ("Report back.", {"action": "Report back.", "item": "9. Buses"}),
        (ONE, {"item": "9. Buses", "owner_text": "Ben Carr", "owners": ("Ben Carr",)}),
    ],
)
def test_what_contradicts_is_at_most_perhaps_the_same(words, other):
    records = stored(draft(words, due="2023-06-01"))
    planned = plan([draft(**{"action": words} | other)], records)
    assert counts(planned) == (1, 0, 0, 1)
    assert planned.near == {0: records}
    assert planned.new[0].doubts[-1].startswith("it may be CPC-2223-001: ")


@pytest.mark.parametrize("become", [closed, exempt])
def test_a_closed_or_exempt_record_is_found_by_its_own_words_only(become):
    (record,) = map(become, stored(draft(LONGER)))
    assert plan([draft(LONGER)], [record]).unchanged == (record,)
    edited = draft(LONGER.replace("households", "families"))
    around = [draft("First."), draft("Last.")]
    first, last = [
        one._replace(id=one.action, ref=ref)
        for one, ref in zip(stored(*around), ("CPC-2223-000", "CPC-2223-009"), strict=True)
    ]
    planned = plan([around[0], edited, around[1]], [first, record, last])
    assert (counts(planned), planned.near) == ((1, 0, 2, 1), {1: [record]})


def test_a_reference_over_the_words_of_another_record_is_asked_about():
    roof = draft("Repair the roof.", owners=("Ben Carr",), owner_text="Ben Carr", source_ref="AB/2")
    records = stored(draft("Send the figures.", source_ref="AB/1"), roof)
    row = roof._replace(fields={**roof.fields, "source_ref": "AB/1", "status": Status.COMPLETED})
    planned = plan([row], records)
    assert not planned.changed
    assert planned.near == {0: records}


def test_one_reference_and_all_else_another_is_asked_about():
    records = stored(fostering(source_ref="R1"))
    planned = plan([health(source_ref="R1")], records)
    assert (counts(planned), planned.near) == ((1, 0, 0, 1), {0: records})
    records += [one._replace(id="b", ref="CPC-2223-002") for one in stored(health(source_ref="R1"))]
    assert plan([health(source_ref="R1")], records).unchanged == (records[1],)


def test_rows_that_only_count_are_found_when_one_came_before_them():
    texts = ("Ask the schools.", "Ask the landlord.")
    records = stored(*(draft(text, source_ref=str(at)) for at, text in enumerate(texts, 1)))
    new = draft("Write to the Minister.", source_ref="1")
    planned = plan([new, draft(texts[0], source_ref="2"), draft(texts[1], source_ref="3")], records)
    assert planned.new == (new,)
    assert changes(planned) == [
        ("CPC-2223-001", {"source_ref": "2"}), ("CPC-2223-002", {"source_ref": "3"}),
    ]  # fmt: skip


def test_one_text_for_several_owners_stays_with_each_in_any_order():
    owners = [{"owner_text": name, "owners": (name,)} for name in ("Ann Bell", "Ben Carr")]
    drafts = [draft("A", response=str(at), **one) for at, one in enumerate(owners)]
    drafts += [draft("A", response="2", **owners[0])]
    assert counts(plan(drafts[::-1], stored(*drafts))) == (0, 0, 3, 0)


def test_what_a_person_said_counts():
    records = stored(fostering())
    planned = plan([health()], records, said={0: records[0]})
    assert counts(planned) == (0, 1, 0, 0)
    like = draft(
        NOTE.format("passport"),
        **{name: value for name, value in fostering().fields.items() if name != "action"},
    )
    assert plan([like], records).near == {0: records}
    said = plan([like], records, said={0: None})
    assert (said.new, said.near) == ((like,), {})


def test_one_column_for_both_is_the_recommendation_where_there_is_only_that():
    record = stored(draft("", recommendation="That it be so.", kind=Kind.RECOMMENDATION))[0]
    again = draft("That it be so.", response="Agreed")
    assert changes(plan([again], [record])) == [("CPC-2223-001", {"response": "Agreed"})]


def test_a_blank_cell_takes_nothing_away():
    (record,) = stored(draft("A", response="Asked", due="2023-05-01", due_text="1 May 2023"))
    blank = draft("A", response="", owner_text="", owners=(), due="", due_text="")
    assert plan([blank], [record]).unchanged == (record,)


# --- three ways -------------------------------------------------------------------------------


def test_what_was_typed_since_is_not_taken_back():
    (record,) = stored(draft("A", response="Asked"))
    typed = amend(record, {"response": "Answered", "status": Status.COMPLETED}, UPDATE)
    assert counts(plan([draft("A", response="Asked")], [typed])) == (0, 0, 1, 0)
    assert counts(plan([draft("A", response="Answered")], [typed])) == (0, 0, 1, 0)


def test_where_both_changed_ours_is_kept_and_told():
    (record,) = stored(draft("A", response="Asked"))
    typed = amend(record, {"response": "Answered"}, UPDATE)
    planned = plan([draft("A", response="Refused", status=Status.NOT_PROCEEDING)], [typed])
    assert counts(planned) == (0, 0, 1, 0)
    (conflict,) = planned.conflicts
    assert (conflict.field, conflict.theirs) == ("response", "Refused")


def test_a_status_somebody_set_is_kept_and_told():
    (record,) = stored(draft("A"))
    typed = amend(record, {"status": Status.COMPLETED, "completed_on": "2023-05-01"}, UPDATE)
    planned = plan([draft("A", response="Ongoing", status=Status.ONGOING)], [typed])
    assert changes(planned) == [("CPC-2223-001", {"response": "Ongoing"})]
    assert [(one.field, one.theirs) for one in planned.conflicts] == [
        ("status", Status.ONGOING), ("completed_on", ""),
    ]  # fmt: skip


def test_the_last_import_is_what_counts():
    (record,) = stored(draft("A", response="one"))
    again = amend(record, {"response": "two"}, IMPORT)
    assert counts(plan([draft("A", response="two")], [again])) == (0, 0, 1, 0)
    assert changes(plan([draft("A", response="one")], [again])) == [
        ("CPC-2223-001", {"response": "one"})
    ]


def test_owners_and_due_dates_follow_their_cells():
    (record,) = stored(draft("A", due="", due_text="Spring"))
    new = draft(
        "A", owner_text="B C; D E", owners=("B C", "D E"), due="2023-05-01", due_text="1 May 2023"
    )
    (changed,) = plan([new], [record]).changed
    assert changed.values == {
        "owner_text": "B C; D E", "owners": ("B C", "D E"),
        "due": "2023-05-01", "due_text": "1 May 2023",
    }  # fmt: skip


def test_a_typed_record_is_filled_in_but_not_written_over():
    typed = {"item": "5. Homes", "action": LONG, "owners": ("Ann Bell",), "response": ""}
    (record,) = stored(Draft(MARCH, typed), author=replace_via("add"))
    answered = draft(
        LONG, item="5. House", owner_text="Ben Carr", owners=("Ben Carr",), response="Sent",
        status=Status.PROPOSED,
    )  # fmt: skip
    planned = plan([answered], [record])
    assert changes(planned) == [("CPC-2223-001", {"response": "Sent", "status": Status.PROPOSED})]
    assert [(one.field, one.theirs) for one in planned.conflicts] == [
        ("item", "5. House"), ("owner_text", "Ben Carr"),
    ]  # fmt: skip
    filled = amend(record, planned.changed[0].values, IMPORT)
    again = draft(LONG, owner_text="Ann Bell", response="Sent in May", status=Status.PROPOSED)
    assert changes(plan([again], [filled])) == [("CPC-2223-001", {"response": "Sent in May"})]


def test_a_typed_record_is_recognised_in_our_own_print():
    fields = {"owner_text": "", "owners": ("A B", "C D"), "due": "2023-05-01", "due_text": "1/5/23"}
    (record,) = stored(Draft(MARCH, draft("A").fields | fields), author=replace_via("add"))
    printed = draft("A", owner_text="A B; C D", due="2023-05-01", due_text="1 May 2023")
    assert counts(plan([printed], [record])) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("cell", "status", "result"),
    [
        ("Completed 1 May 2023", Status.COMPLETED, (0, 0, 1, 0)),
        ("Completed", Status.COMPLETED, (0, 0, 1, 0)),
        ("Ongoing", Status.ONGOING, (0, 0, 1, 0)),
        ("Superseded", Status.SUPERSEDED, (0, 0, 1, 0)),
    ],
)
def test_the_status_our_documents_print_is_no_new_cell(cell, status, result):
    (record,) = stored(draft("A", follow_up="Ongoing", status=Status.ONGOING))
    closed = amend(record, {"status": Status.COMPLETED, "completed_on": "2023-05-01"}, UPDATE)
    planned = plan([draft("A", follow_up=cell, status=status)], [closed])
    assert counts(planned) == result
    # Any other cell is told, and does not come to stand beside what somebody has decided.
    assert [one.field for one in planned.conflicts] == ["follow_up"] * (cell == "Superseded")


def test_a_printed_status_is_compared_as_a_cell():
    (record,) = stored(draft("A", follow_up="Completed 1/5/2023", status=Status.COMPLETED))
    planned = plan([draft("A", follow_up="Completed", status=Status.COMPLETED)], [record])
    assert changes(planned) == [("CPC-2223-001", {"follow_up": "Completed"})]


def test_columns_we_do_not_know_are_compared_and_the_others_stay():
    (record,) = stored(draft("A", printed={"Ward": "East", "Priority": "High"}))
    same = draft("A", printed={"Ward": "East"})
    assert counts(plan([same], [record])) == (0, 0, 1, 0)
    planned = plan([draft("A", printed={"Ward": "West"})], [record])
    assert changes(planned) == [("CPC-2223-001", {"printed": {"Ward": "West", "Priority": "High"}})]


# --- any store --------------------------------------------------------------------------------

DRAFTS = st.lists(
    st.builds(
        draft,
        st.sampled_from(["A", "A b c", "A b d", LONG]),
        st.sampled_from([MARCH, MAY]),
        response=st.text(max_size=5),
        follow_up=st.text(max_size=5),
    ),
    max_size=12,
)


@given(DRAFTS)
def test_any_file_again_is_unchanged(drafts):
    planned = plan(drafts, stored(*drafts))
    assert counts(planned) == (0, 0, len(drafts), 0)
    assert planned.conflicts == ()


@given(DRAFTS, DRAFTS)
def test_every_row_and_record_is_accounted_for_once(drafts, others):
    records = stored(*others)
    planned = plan(drafts, records)
    matched = [one.record.id for one in planned.changed] + [one.id for one in planned.unchanged]
    assert len(matched) == len(set(matched))
    assert len(planned.new) + len(matched) == len(drafts)
    gone = {record.id for record in records if record.meeting in [d.meeting for d in drafts]}
    assert {record.id for record in planned.missing} == gone - set(matched)


ROWS = st.lists(
    st.builds(
        lambda words, item, owner, **fields: draft(
            words, item=item, owner_text=owner, owners=(owner,), **fields
        ),
        st.sampled_from([LONG, LONG.replace("note", "paper"), f"{LONG} Soon.", "Report.", ONE]),
        st.sampled_from(["5. Homes", "6. Homes", "7. Health", ""]),
        st.sampled_from(["Ann Bell", "Ben Carr", "Ann Bell/Ben Carr", "Head of Homes"]),
        source_ref=st.sampled_from(["", "1", "2", "R1", "R2", "CPC-2223-001"]),
        status=st.sampled_from([Status.OPEN, Status.COMPLETED]),
    ),
    max_size=6,
)


@given(ROWS, ROWS, st.booleans())
def test_no_import_changes_item_owner_and_words_at_once(drafts, others, ours):
    planned = plan(drafts, stored(*others), ours=ours)
    for one in planned.changed:
        assert not {"item", "owner_text", "action"} <= one.values.keys()
    assert len(planned.new) + len(planned.changed) + len(planned.unchanged) == len(drafts)
    assert all(planned.near.values())


@given(ROWS)
def test_a_row_made_of_a_record_is_that_record(drafts):
    records = stored(*drafts)
    again = [draft(one.text, item=one.item, owner_text=one.referred_to, owners=one.owners)
             for one in records]  # fmt: skip
    assert counts(plan(again, records)) == (0, 0, len(records), 0)


@given(ROWS, ROWS)
def test_other_words_for_another_owner_are_never_the_record(drafts, others):
    records = stored(*(one for one in others if one.fields["owners"] == ("Ann Bell",)))
    rows = [
        one._replace(fields={**one.fields, "owner_text": "Ben Carr", "owners": ("Ben Carr",)})
        for one in drafts
        if one.fields["source_ref"] == ""
        and one.fields["action"] not in [record.action for record in records]
    ]
    assert counts(plan(rows, records))[:3] == (len(rows), 0, 0)


@pytest.mark.parametrize("edited", [False, True])
def test_the_work_grows_with_the_rows_and_not_their_square(monkeypatch, edited):
    def comparisons(rows):
        asked = 0

        def counting(one, other):
            nonlocal asked
            asked += 1
            return likeness(one, other)

        monkeypatch.setattr(match, "likeness", counting)
        texts = [f"{LONG} {number}" for number in range(rows)]
        new = [text.replace("Members", "Councillors") if edited else text for text in texts]
        planned = plan([draft(text) for text in new], stored(*map(draft, texts)))
        assert counts(planned) == ((0, rows, 0, 0) if edited else (0, 0, rows, 0))
        return asked

    most = 8 if edited else 0  # of a row, whatever their number
    assert comparisons(50) <= 50 * most
    assert comparisons(400) <= 400 * most


def test_nothing_given_is_changed():
    drafts = [draft("A", response="x")]
    records = stored(draft("A"))
    before = repr((drafts, records))
    plan(drafts, records)
    assert repr((drafts, records)) == before
