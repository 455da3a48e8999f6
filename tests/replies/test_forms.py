"""What the rows of a form say, and of which action; whatever is not certain is asked about."""

import pytest
from amounts import times
from answer_forms import (
    AGREED,
    CHASE,
    DUE,
    LATE,
    LETTER,
    NUMBER,
    RECORDS,
    REFS,
    SAID,
    TEXTS,
    VIEW,
    known,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from cpctrack.labels import FORM_HOW
from cpctrack.reading.document import Cell, Document, Paragraph, Place, Row, Table
from cpctrack.reading.mail.letter import Form
from cpctrack.records.model import Status
from cpctrack.records.owners import Owner, Owners
from cpctrack.replies import forms
from cpctrack.replies.words import Said

HEAD = ("Reference", "Action", "Your response", "Status", "New date, if more time is needed")
ONE, TWO, THREE, FOUR = REFS


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    """Let no words be read: how they are is tested beside them."""

    def said(response, record, written, *, status=""):
        return Said(status=status)

    monkeypatch.setattr(forms, "said", said)


def table(*rows, head=HEAD, ours=False):
    cells = [head, *rows] if head else rows
    return Table(
        tuple(
            Row(tuple(each if isinstance(each, Cell) else Cell(each) for each in row), Place(line))
            for line, row in enumerate(cells, 1)
        ),
        ours=ours,
    )


def answers(*blocks, number="", keys=None, held=None):
    form = Form(Document("form.docx", "docx", blocks), number, keys or {})
    return forms.answers(form, LETTER, held or known())


def read(*rows, head=HEAD, **options):
    return answers(table(*rows, head=head), **options)


def test_a_row_is_an_answer_word_for_word():
    (answer,) = read((ONE, TEXTS[0], "Eleven,\nfour squeak.", "Done", ""))
    assert answer[:6] == (ONE, "Eleven,\nfour squeak.", "Done", "", "", "")
    assert (answer.unclear, answer.near) == ((), ())
    assert answer[8:] == ("play@elmborough.example", "2024-05-13", "m1", "", "answer.eml", 2)


def test_blank_rows_are_none_and_so_are_cells_of_other_columns():
    head = ("My no.", *HEAD, "Notes to self", "Last response")
    rows = [("1", ONE, TEXTS[0], "", "Choose", "–", "ring Bo", "Half."), ("", "", "", "", "", "")]
    assert read(*rows, head=head) == []


@pytest.mark.parametrize(
    ("cell", "due", "words"),
    [
        ("2024-07-31", "2024-07-31", ""),
        ("31/07/24", "2024-07-31", ""),
        ("45504", "2024-07-31", ""),
        ("31 July 2024", "2024-07-31", ""),
        ("September 2024", "", "September 2024"),
        ("after the summer", "", "after the summer"),
        ("n/a", "", ""),
        ("None", "", ""),
    ],
)
def test_a_new_date_may_be_a_day_a_number_or_words(cell, due, words):
    (answer,) = read((ONE, TEXTS[0], "Slowly.", "", cell))
    assert (answer.due, answer.due_text, answer.unclear) == (due, words, ())


@pytest.mark.parametrize(
    ("status", "cell", "why"),
    [
        (Status.PROPOSED, "summer", "it is said to be done, and a new date is given"),
        (Status.PROPOSED, "1 July 2024", "it is said to be done, and a new date is given"),
        ("", "1 May 2024", "the new date, “1 May 2024”, is past"),
        ("", "31 February 2024", "31 February 2024"),
    ],
)
def test_a_date_that_may_not_be_meant_is_asked_about(status, cell, why):
    (answer,) = read((ONE, TEXTS[0], "Slowly.", status, cell))
    assert len(answer.unclear) == 1
    assert why in answer.unclear[0]


def test_the_day_on_which_it_was_done_is_no_new_date():
    (answer,) = read((ONE, TEXTS[0], "Counted.", Status.PROPOSED, "3 May 2024"))
    assert (answer.due, answer.due_text, answer.unclear) == ("", "", ())


@pytest.mark.parametrize("cell", ["Choose", "Choose an item.", "Dewiswch eitem."])
def test_a_status_that_nobody_chose_is_none(cell):
    assert read((ONE, TEXTS[0], "", cell, "")) == []


def test_one_cell_for_several_actions_is_asked_about_in_each():
    below = Cell("Both by June.", covered="above")
    found = read((ONE, "", "Both by June."), (TWO, "", below), (THREE, "", "No."))
    assert [each.unclear for each in found] == [
        ("one cell answers several actions",),
        ("one cell answers several actions",),
        (),
    ]


@pytest.mark.parametrize(
    "words", [f"See {TWO}.", "Done with ply-2324-2.", f"{ONE} and {TWO}: by hand"]
)
def test_an_answer_that_names_another_action_is_asked_about(words):
    (answer,) = read((ONE, TEXTS[0], words, "", ""))
    assert (answer.ref, answer.near) == (ONE, (TWO,))
    assert answer.unclear == (f"it names {TWO}, too",)


def test_a_list_beside_the_table_of_a_form_is_asked_about():
    notes = table((TWO, "ring Bo"), head=())
    found = answers(table((ONE, TEXTS[0], "Eleven.", "", "")), notes)
    assert [(each.ref, each.unclear) for each in found] == [
        (ONE, ()),
        (TWO, ("it stands outside the form’s table",)),
    ]
    assert answers(notes)[0].unclear == ()


def test_a_comment_is_asked_about():
    form = Form(Document("f.docx", "docx", (), unread=((0, "Ring me about the swings."),)))
    (answer,) = forms.answers(form, LETTER, known())
    assert (answer.ref, answer.response) == ("", "Ring me about the swings.")
    assert answer.unclear == ("it is a comment beside the form",)


def test_a_status_or_a_date_alone_is_an_answer():
    found = read((ONE, TEXTS[0], "", "Deferred"), (TWO, TEXTS[1], "", "", "1 July 2024"))
    assert [(each.ref, each.status, each.due) for each in found] == [
        (ONE, "Deferred", ""),
        (TWO, "", "2024-07-01"),
    ]


@pytest.mark.parametrize(
    "cell", ["…", "The Head of Play would count the…", TEXTS[0], "Count swings"]
)
def test_an_action_beside_its_reference_may_be_cut_or_short(cell):
    (answer,) = read((ONE, cell, "Eleven.", "", ""))
    assert (answer.ref, answer.unclear) == (ONE, ())


@pytest.mark.parametrize("typed", [ONE.lower(), "ply‑2324‑001", "PLY - 2324 - 1", f"1. {ONE}"])
def test_a_reference_is_known_however_it_is_typed(typed):
    (answer,) = read((typed, TEXTS[0], "Eleven.", "", ""))
    assert (answer.ref, answer.unclear) == (ONE, ())


def test_a_row_without_a_reference_is_known_by_its_action():
    (answer,) = read(("", TEXTS[0], "Eleven.", "", ""))
    assert (answer.ref, answer.unclear) == (ONE, ())


@pytest.mark.parametrize(
    ("row", "key", "ref", "near", "why"),
    [
        ((TWO, TEXTS[0]), "", TWO, (TWO, ONE), f"the action beside {TWO} is that of {ONE}"),
        ((TWO, TEXTS[0]), ONE, ONE, (ONE, TWO), f"the row was made for {ONE} and names {TWO}"),
        ((ONE, TEXTS[1]), ONE, ONE, (ONE, TWO), f"the action beside {ONE} is that of {TWO}"),
        ((ONE, "Paint every gate of the allotments"), "", ONE, (ONE,), "worded otherwise"),
        ((f"{ONE} and {TWO}", ""), "", "", (ONE, TWO), "the row names several actions"),
        (("PLY-2324-099", TEXTS[0]), "", ONE, (ONE,), "there is no action PLY-2324-099"),
        (("PLY-2324-099", ""), "", "", (), "there is no action PLY-2324-099"),
        (("", "Something of mine"), "", "", (), "the row names no action"),
    ],
)
def test_what_disagrees_about_the_action_is_asked_about(row, key, ref, near, why):
    (answer,) = read((*row, "In force.", "", ""), keys={2: key} if key else {})
    assert (answer.ref, answer.near) == (ref, near)
    assert any(why in each for each in answer.unclear)


def test_two_actions_of_the_same_words_are_not_told_apart_by_them():
    twin = RECORDS[0]._replace(ref="PLY-2324-050")
    (answer,) = read(("", TEXTS[0], "Eleven."), held=known(RECORDS[0], twin, chased=False))
    assert (answer.ref, answer.near) == ("", (ONE, "PLY-2324-050"))
    assert answer.unclear


def test_an_action_of_another_message_or_a_closed_one_is_asked_about():
    closed = RECORDS[1]._replace(status=Status.COMPLETED)
    other = RECORDS[0]._replace(ref="PLY-2223-001", action="Ask the ducks.")
    held = known(RECORDS[0], closed, other)
    found = read((ONE, "", "Yes."), (TWO, "", "Yes."), ("PLY-2223-001", "", "Yes."),
                 number=NUMBER, held=held)  # fmt: skip
    assert [each.unclear for each in found] == [
        (),
        (f"{TWO} is closed",),
        ("PLY-2223-001 was not asked about in this message, and the sender does not own it",),
    ]


def test_a_row_that_was_put_in_below_another_is_asked_about():
    (first, second) = read((ONE, TEXTS[0], "Eleven."), ("", "", "And a seesaw."))
    assert (first.ref, first.unclear) == (ONE, ())
    assert (second.ref, second.near, second.unclear) == ("", (ONE,), ("the row names no action",))


def test_of_two_answers_the_last_counts_and_says_so():
    (answer,) = read((ONE, "", "Eleven."), (ONE, "", "Twelve."))
    assert answer.response == "Twelve."
    assert answer.unclear == (f"{ONE} is answered twice, first “Eleven.”",)
    (same,) = read((ONE, "", "Eleven."), (ONE, "", "Eleven."))
    assert same.unclear == ()


@pytest.mark.parametrize("chased", [True, False])
@pytest.mark.parametrize(
    ("cell", "added"),
    [
        (f"{TEXTS[0]}\n{AGREED}\n{DUE}\n{LATE}\n\nRo: eleven", "Ro: eleven"),
        (f"{TEXTS[0]} Eleven.\n{AGREED}", "Eleven."),
        (f"{TEXTS[0]}\nDone\n{AGREED}\n{DUE}", "Done"),
        (f"{TEXTS[0]}\n{AGREED}\nEleven.\nFour squeak.", "Eleven.\nFour squeak."),
    ],
)
def test_an_answer_in_the_cell_of_its_action_is_asked_about(cell, added, chased):
    (answer,) = read((ONE, cell, "", "", ""), number=NUMBER, held=known(chased=chased))
    assert (answer.ref, answer.response) == (ONE, added)
    assert len(answer.unclear) == 1


@pytest.mark.parametrize("chased", [True, False])
def test_what_the_form_says_under_an_action_is_no_answer(chased):
    rows = [(ref, f"{text}\n{AGREED}\n{DUE}") for ref, text in zip(REFS, TEXTS, strict=True)]
    rows[0] = (ONE, f"{rows[0][1]}\n{LATE}")
    rows[2] = (THREE, f"{rows[2][1]}\n{SAID}")
    assert read(*rows, number=NUMBER, held=known(chased=chased)) == []


def test_what_only_looks_like_a_line_of_the_form_is_an_answer_where_the_form_is_known():
    (answer,) = read((ONE, f"{TEXTS[0]}\n{AGREED}\nDue: in June now"), number=NUMBER)
    assert (answer.response, len(answer.unclear)) == ("Due: in June now", 1)


def test_words_beside_a_reference_are_asked_about():
    (answer,) = read((f"{ONE} – eleven", TEXTS[0], "", "", ""))
    assert (answer.ref, answer.response) == (ONE, "eleven")
    assert answer.unclear == ("“eleven” stands beside the reference",)


def test_words_in_a_column_without_a_heading_are_asked_about():
    (answer,) = read((ONE, TEXTS[0], "", "", "", "Eleven."))
    assert (answer.ref, answer.response) == (ONE, "Eleven.")
    assert answer.unclear == ("“Eleven.” stands in a column without a heading",)


def test_answers_in_two_columns_are_asked_about():
    head = ("Reference", "Your response", "Comments", "Status", "RAG")
    (both,) = read((ONE, "Eleven.", "Four squeak.", "Done", "Amber"), head=head)
    assert both.response == "Eleven.\nFour squeak."
    assert both.unclear == ("several columns hold an answer", "two columns of the row disagree")
    (same,) = read((ONE, "Eleven.", "Eleven.", "Done", "done"), head=head)
    assert (same.response, same.unclear) == ("Eleven.", ())


def test_what_was_answered_before_is_none_beside_a_new_answer():
    held = known(RECORDS[0]._replace(response="Half of them."), chased=False)
    head = ("Reference", "Response/ Outcome", "Your response")
    (answer,) = read((ONE, "Half of them.", "All."), head=head, held=held)
    assert (answer.response, answer.unclear) == ("All.", ())


@pytest.mark.parametrize("cell", [Cell("2", formula=True), Cell("=HYPERLINK(1)"), Cell("=1+1")])
def test_a_formula_is_no_answer_and_is_told(cell):
    (answer,) = read((ONE, TEXTS[0], cell, "", ""))
    shown = cell.text if isinstance(cell, Cell) else cell
    assert answer.response == shown
    assert answer.unclear == ("“Your response” holds a formula, which is no answer",)


@pytest.mark.parametrize("text", ["+44 1999 555 0100", "- benches\n- swings", "+2 (was 7)", "a=b"])
def test_what_only_begins_like_a_formula_is_an_answer(text):
    (answer,) = read((ONE, TEXTS[0], text, "", ""))
    assert (answer.response, answer.unclear) == (text, ())


def test_a_form_answers_the_message_that_its_letter_names():
    form = Form(Document("f.docx", "docx", (table((ONE, TEXTS[0], "Eleven."), head=HEAD[:3]),)))
    for number, named in ((NUMBER, NUMBER), ("", "")):
        (answer,) = forms.answers(form, LETTER, known(), number)
        assert (answer.number, answer.unclear) == (named, ())
    (answer,) = forms.answers(form._replace(number=NUMBER), LETTER, known(), "X-CHASE-2222")
    assert answer.number == NUMBER
    (answer,) = forms.answers(form._replace(number="X-CHASE-2222"), LETTER, known(), NUMBER)
    assert answer.number == NUMBER


OWNED = Owners({"o1": Owner("Head of Play", email="play@elmborough.example")})


@pytest.mark.parametrize(
    ("letter", "why"),
    [
        (LETTER, ""),
        (LETTER._replace(thread=(), address="", message_id="", name="f.docx"), ""),
        (LETTER._replace(thread=(), address="", message_id="sha256:1f", name="f.docx"), ""),
        (LETTER._replace(thread=(), address="", message_id="sha256:1f"), "it is not known which"),
        (LETTER._replace(address="play@elmwood.example"), "the sender writes from outside"),
        (LETTER._replace(thread=(), address="sand@elmborough.example"), "it is not known which"),
        (LETTER._replace(thread=(), address="", message_id="m@x.example"), "it is not known which"),
    ],
)
def test_who_sent_a_form_is_doubted_as_for_any_letter(letter, why):
    form = Form(Document("f.docx", "docx", (table((ONE, TEXTS[0], "Eleven."), head=HEAD[:3]),)))
    held = known(chased=False)._replace(owners=OWNED)
    (answer,) = forms.answers(form, letter, held)
    assert bool(answer.unclear) == bool(why)
    assert why in "".join(answer.unclear)


def test_what_is_struck_through_and_what_a_merged_cell_covers_is_no_answer():
    struck = Cell("Twelve. Eleven.", living="Eleven.")
    (answer,) = read((ONE, TEXTS[0], struck, Cell("Done", covered="left"), ""))
    assert (answer.response, answer.status) == ("Eleven.", "")


@pytest.mark.parametrize(
    ("lines", "response"),
    [
        ((f"{ONE}: moved to September.",), "moved to September."),
        ((ONE, "moved to September."), "moved to September."),
        (("Please note", f"{ONE.lower()} – later"), "later"),
    ],
)
def test_an_answer_outside_the_table_is_asked_about(lines, response):
    found = answers(*map(Paragraph, lines), table((TWO, TEXTS[1], "By hand.", "", "")))
    assert [(each.ref, each.response, bool(each.unclear)) for each in found] == [
        (ONE, response, True),
        (TWO, "By hand.", False),
    ]


def test_a_table_may_stand_below_lines_of_its_own():
    rows = table(("Answers of the Head of Play",), (f"{TWO}: by hand.",), HEAD, (ONE, "", "Yes."),
                 head=())  # fmt: skip
    found = answers(rows)
    assert [(each.ref, each.response, bool(each.unclear)) for each in found] == [
        (TWO, "by hand.", True),
        (ONE, "Yes.", False),
    ]


def test_other_words_are_asked_about_where_the_form_is_known():
    about = (
        "Committee: Playgrounds Committee",
        "For the formal meeting of 12 June 2024",
        "Actions",
    )
    own = (VIEW.subject, "For Head of Play, by 20 May 2024", *about, VIEW.privacy, FORM_HOW, "")
    blocks = (*map(Paragraph, own), table(), Paragraph("All of it is done."))
    (answer,) = answers(*blocks, number=NUMBER)
    assert (answer.ref, answer.near, answer.response) == ("", REFS, "All of it is done.")
    assert answer.unclear
    assert answers(*blocks, number=NUMBER, held=known(chased=False)) == []


def test_a_report_that_was_sent_along_is_asked_about_and_says_nothing_known():
    held = known(RECORDS[0]._replace(response="Half of them."), RECORDS[1], chased=False)
    head = ("Reference", "Action or recommendation", "Response/ Outcome", "Status")
    rows = table((ONE, TEXTS[0], "Half of them.", ""), (TWO, TEXTS[1], "By hand.", "Done"),
                 head=head, ours=True)  # fmt: skip
    (answer,) = answers(rows, held=held)
    assert (answer.ref, answer.response) == (TWO, "By hand.")
    assert answer.unclear == ("the table is a report, not the form",)


@pytest.mark.parametrize(
    ("states", "read_as"),
    [
        (("Complete", "Ongoing"), ("Complete", "Ongoing")),
        (("Dropped", ""), ("Dropped",)),
        (("Complete", "Twelve benches"), None),
        (("", ""), ()),
    ],
)
def test_a_column_of_no_other_words_is_the_status(states, read_as):
    rows = [(ref, "", text, state) for ref, text, state in zip(REFS, ("A dog.", ""), states,
                                                             strict=False)]  # fmt: skip
    found = read(*rows, head=("Ref no", "Subject", "Officer comment", "Position"))
    if read_as is None:
        assert found[0].unclear == ("several columns hold an answer",)
    else:
        assert tuple(filter(None, (each.status for each in found))) == read_as
        assert [each.unclear for each in found] == [()] * len(found)


@pytest.mark.parametrize("words", ["Total", "Grand total", "Cyfanswm", "12"])
def test_a_row_that_adds_up_is_no_answer(words):
    assert read((words, "3", "", "", "")) == []


@pytest.mark.parametrize("cell", ["31 July", "31st of July", "Wed 31 July"])
def test_a_day_without_its_year_is_the_next_one(cell):
    (answer,) = read((ONE, TEXTS[0], "Slowly.", "", cell))
    assert (answer.due, answer.due_text, answer.unclear) == ("2024-07-31", "", ())


@pytest.mark.parametrize("row", [(ONE, TEXTS[0], "Eleven."), (TEXTS[0], "Eleven.")])
def test_a_table_without_headings_is_read_by_what_stands_in_it(row):
    (answer,) = read(row, head=())
    assert (answer.ref, answer.response, answer.unclear) == (ONE, "Eleven.", ())


def test_a_head_that_stands_there_twice_is_no_row():
    first, second = read((ONE, "", "Eleven."), HEAD[:5], (TWO, "", "By hand."))
    assert (first.ref, second.ref) == (ONE, TWO)
    assert (first.unclear, second.unclear) == ((), ())


_ANSWER = st.text("abc =,.\n", max_size=12).map(str.strip)


@settings(max_examples=times(200, 40))
@given(st.data())
def test_every_answer_lands_on_its_own_action_in_any_order(data):
    filled = {ref: data.draw(_ANSWER.filter(lambda text: text[:1] != "=")) for ref in REFS}
    order = data.draw(st.permutations(REFS))
    texts = dict(zip(REFS, TEXTS, strict=True))
    columns = data.draw(st.permutations(range(len(HEAD) + 1)))
    rows = [(*HEAD, "Ward"), *((ref, texts[ref], filled[ref], "", "", "Elm") for ref in order)]
    shuffled = [tuple(row[column] for column in columns) for row in rows]
    held, keys = known(), dict(enumerate(order, 2))
    for number, carried in (("", {}), (NUMBER, keys)):
        found = answers(table(*shuffled, head=()), number=number, keys=carried, held=held)
        assert {each.ref: each.response for each in found} == {
            ref: text for ref, text in filled.items() if text
        }
        assert [each.unclear for each in found] == [()] * len(found)


@settings(max_examples=times(200, 40))
@given(st.data())
def test_a_wrong_reference_is_never_certain(data):
    """Where one of reference, action and key is of another action, a person is asked."""
    ref, other = data.draw(st.permutations(REFS))[:2]
    texts = dict(zip(REFS, TEXTS, strict=True))
    spoilt = data.draw(st.sampled_from(("reference", "action", "key")))
    key = data.draw(st.sampled_from((ref, ""))) if spoilt != "key" else other
    row = (other if spoilt == "reference" else ref, texts[other if spoilt == "action" else ref])
    (answer,) = read((*row, "Done."), keys={2: key} if key else {})
    assert answer.unclear
    assert {ref, other} <= set(answer.near)


def test_the_chase_has_what_the_form_shows():
    """Else the tests above say nothing of a form that is known."""
    assert CHASE.refs == REFS
