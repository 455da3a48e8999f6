"""What holds of every letter: no error, no word of what was sent, bounded time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_letters import (
    FOOT,
    HEAD,
    NUMBER,
    OUTLOOK,
    RECORDS,
    THREE,
    WROTE,
    answers,
    known,
    letter,
    marked,
    part,
    sent,
)

from cpctrack.replies import reading
from cpctrack.replies.quotes import difference

PIECES = st.sampled_from(
    [
        *THREE, "AVP-2425-099", "done", "On ", "From: ", "Sent: 1 May 2025", "To: x", "wrote:", ">",
        "> > ", "\n", "\n\n", " ", "1. ", "Item 2: ", "both ", "Hi Nadia,", "Thanks", "Tom", "--",
        OUTLOOK, WROTE, sent(*THREE), marked(sent(*THREE)), "Status: ", "New date: ", "?", "\t",
        "[20/05/2025 14:20] Tom Reave\n", NUMBER, "-----Original Message-----", "See below",
    ]
)  # fmt: skip
ANY = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25).map("".join)
ROWS = st.lists(st.tuples(ANY, st.sampled_from([*THREE, "", "x"]), ANY), max_size=3)


@given(ANY, ROWS, st.booleans())
def test_any_text_is_read(text, rows, is_known):
    of = known(*(THREE[:2] if is_known else ()))
    found = reading.read([letter(text, *rows)], of)
    assert found.answers or found.nothing
    for each in found.answers:
        assert each.ref in RECORDS or (not each.ref and each.unclear)


WORDS = st.lists(
    st.sampled_from(
        ("fourteen", "oak", "elm", "painted", "twice", "near", "harbour", "yes", "unknown", "£40")
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(st.lists(WORDS, min_size=3, max_size=3), st.sets(st.integers(0, 2), min_size=1), st.data())
def test_what_is_inline_is_kept_to_the_letter_and_nothing_of_the_rest(said, at, data):
    answered = [
        part(place, ref) + (f"{said[place - 1]}\n" if place - 1 in at else "") + "\n"
        for place, ref in enumerate(THREE, 1)
    ]
    text = HEAD + "".join(answered) + FOOT
    quotation = data.draw(st.sampled_from([OUTLOOK + text, WROTE + marked(text), text]))
    assert answers(letter(quotation, subject=NUMBER), of=known(*THREE)) == [
        f"{THREE[place][-3:]}: {said[place]}" for place in sorted(at)
    ]


@given(WORDS, st.sampled_from(THREE), st.sampled_from([OUTLOOK, WROTE, ""]))
def test_what_stands_above_is_kept_to_the_letter(said, ref, header):
    quotation = marked(sent(*THREE)) if header == WROTE else sent(*THREE)
    text = f"{ref}: {said}\n\n{header}{quotation}"
    assert answers(letter(text, subject=NUMBER), of=known(*THREE)) == [f"{ref[-3:]}: {said}"]


@given(st.lists(st.text(max_size=40), max_size=6))
def test_the_difference_from_itself_is_nothing(lines):
    assert not any(each.strip() for each in difference(lines, "\n".join(lines)))


@given(st.lists(st.text("abc .", max_size=20), max_size=6), st.text("abc .", max_size=40))
def test_a_difference_gives_stretches_of_its_lines(lines, text):
    for line, left in zip(lines, difference(lines, text), strict=True):
        assert left in line


@pytest.mark.parametrize(
    "text",
    [
        "On " * 400, "On Monday\n" * 400, "On 1 May 2025 we " * 3000, " " * 20_000, "\n" * 20_000,
        "From:\n" * 3000, "From: x\nSent: 1\n" * 3000, "> " * 5000 + "x", "AVP-2425-011 " * 5000,
        "AVP-2425-011: x\n" * 5000, "-" * 20_000, "_" * 20_000 + "x", "1. x\n" * 5000,
        "Thanks " * 5000, "a" * 100_000, "the bench " * 10_000, sent(*THREE) * 100, "[(" * 10_000,
        "AVP" + "-" * 20_000, "2" * 50_000, "Status: " * 5000, "x@" * 20_000, "Hi " * 10_000,
        (OUTLOOK + sent(*THREE)) * 60, WROTE * 500, "and " * 20_000, "On 1 2 " + "a " * 20_000,
    ],
)  # fmt: skip
def test_hostile_text_is_read_in_time_in_proportion_to_its_length(text):
    for of in (known(*THREE), known()):
        start = time.process_time()
        reading.read([letter(text)], of)
        assert time.process_time() - start < 100


LETTERS = [
    (
        f"Hi Nadia,\n\n{THREE[0]}: 14 benches.\n{THREE[1]} – With the designers.\n\nKind regards,\n"
        "Tom Reave\nParks Manager\nAshby Vale Council | 01999 555 0100\nSent from my iPhone\n\n"
    ),
    "Dear Nadia\n\nPlease see my answers below.\n\nThanks\nTom\n\n",
    "CAUTION: this came from outside.\n\nBoth done.\n\nTR\n\n--\nTom Reave\nParks\n\n",
    (
        f"See below from Una.\n\nTom\n\nFrom: Una Peake <una@ashby.example>\nSent: 16 May 2025\n"
        f"To: Tom Reave\nSubject: RE: Actions\n\nHi Tom\n\n{THREE[0]} – 14 benches.\n\nUna\n\n"
    ),
    f"Ref: {THREE[0]}\nUpdate: 14 benches.\nStatus: Open\n\nRef: {THREE[1]}\nStatus: Closed\n",
    "1. 14 benches\n2. with the designers\n\nPS I am away on Monday.\n\nTom\n",
    "I’ll get back to you on the rest.\n\nBest wishes,\n\nTom Reave\n",
]


@pytest.mark.parametrize("text", LETTERS)
@pytest.mark.parametrize(
    "quotation", ["", OUTLOOK + sent(*THREE[:2]), WROTE + marked(sent(*THREE))]
)
@pytest.mark.parametrize(
    "said",
    ["Ninety otters were moved in May.", "External otters", "Thanks to otters"],
)
def test_words_at_any_place_of_a_letter_are_answered_asked_about_or_told(text, quotation, said):
    lines = (text + quotation).split("\n")
    for at in range(len(text.split("\n"))):
        if lines[at].startswith(("Sent: ", "To: ", "Subject: ")):
            continue  # it would make the header none
        whole = "\n".join([*lines[:at], said, *lines[at:]])
        found = reading.read([letter(whole, subject=NUMBER)], known(*THREE[: 1 + at % 2]))
        shown = " ".join([*map(str, found.answers), *(each.why for each in found.nothing)])
        assert "otters" in shown, whole


@pytest.mark.parametrize("line", ["{}: x\n", "x {} y\n", "{}\nfourteen oak\n\n", "ZZ{}: x\n"])
def test_thousands_of_references_take_time_in_proportion(line):
    refs = [f"AVP-{2000 + at // 900}-{at % 900 + 1:03}" for at in range(4000)]
    records = {ref: RECORDS[THREE[0]]._replace(id=ref, ref=ref) for ref in refs}
    text = "".join(map(line.format, refs))
    start = time.process_time()
    reading.read([letter(text)], known()._replace(records=records))
    assert time.process_time() - start < 160
