"""The message as text: its parts, and templates of a committee's own."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import RenderError
from cpctrack.render import freezing
from cpctrack.render.chase.message import Shown, View, view
from cpctrack.render.chase.text import TEXT, parts, rendered
from cpctrack.text import clean

_TEXTS = st.text().map(clean)
_REFS = st.lists(st.from_regex(r"[A-Z]{1,3}-2223-0\d\d", fullmatch=True), max_size=4)


@pytest.fixture
def folder(tmp_path):
    """Give a committee's own folder of templates, empty."""
    made = tmp_path / "templates"
    made.mkdir()
    return made


@pytest.fixture
def own(folder, chase):
    """Give the parts that an own template makes."""

    def call(source):
        (folder / "chase.txt.j2").write_text(source, encoding="utf-8")
        return parts(view(chase), folder)

    return call


def made_of(refs, texts=("", "", "")):
    text, said, name = texts
    shown = [Shown(at, ref, text, "2023", said=said) for at, ref in enumerate(refs, 1)]
    return View("N", "S", f"Dear {name},", (text,), (), said, tuple(shown), (name,))


def test_text_is_the_one_that_was_kept(chase, check_golden):
    check_golden("chase.txt", "".join(part.text for part in parts(view(chase))).encode())


def test_exempt_one_begins_with_its_marking(chase):
    text = "".join(part.text for part in parts(view(chase._replace(exempt=True))))
    assert text.startswith("EXEMPT – not for publication\n\nDear Head of Fostering,\n\nThis is me")


def test_number_stands_in_the_first_line_after_the_greeting(chase):
    text = parts(view(chase))[0].text
    assert text.startswith("Dear Head of Fostering,\n\nThis is message [CPC-CHASE-7K4QD].")


def test_an_action_is_a_part_between_what_stands_around(chase):
    head, *actions, foot = parts(view(chase))
    assert [each.place for each in (head, *actions, foot)] == [0, 1, 2, 3, 4]
    assert [each.ref for each in actions] == list(chase.refs)
    assert (head.ref, foot.ref) == ("", "")
    for each in actions:
        assert each.text.startswith(f"{each.place}. {each.ref}\n  ")
        assert each.text.endswith("\nYour response:\n\n\n")
    assert foot.text == "Ada Marlowe\nDemocratic Services Officer\n"


def test_lines_leave_room_for_a_quotation(chase):
    longest = "https://example.org/" + "x" * 80
    word = chase.questions[0].record._replace(recommendation=f"See {longest} and " + "so on " * 40)
    text = "".join(
        part.text
        for part in parts(
            view(chase._replace(questions=[chase.questions[0]._replace(record=word)]))
        )
    )
    assert [line for line in text.split("\n") if len(line) > 72] == [f"  {longest}"]
    assert len(re.findall(r"so\s+on", text)) == 40


@pytest.mark.parametrize(
    "words",
    ["CPC-2223-013", "3. CPC-2223-013", "see\nCPC-2223-013\nDone", "Your response:\n\nMore",
     "2. CPC-2223-002\nagain", "x" * 200 + "\nCPC-2223-013"],
)  # fmt: skip
def test_words_of_an_action_begin_no_other(chase, words):
    """Neither its own words nor the response that was copied from an older message."""
    first = chase.questions[0]
    spoilt = first.record._replace(recommendation=words, response=words)
    named = chase._replace(questions=[first._replace(record=spoilt), *chase.questions[1:]])
    assert parts(view(named))[2:] == parts(view(chase))[2:]


@given(refs=_REFS, texts=st.tuples(_TEXTS, _TEXTS, _TEXTS))
def test_joined_they_are_the_text_whatever_it_says(refs, texts):
    found = parts(made_of(refs, texts))
    assert "".join(each.text for each in found) == rendered(TEXT, made_of(refs, texts), None)
    assert [each.place for each in found] == list(range(len(refs) + 2))
    assert [each.ref for each in found] == ["", *refs, ""]
    assert all(
        each.text.startswith(f"{each.place}. {each.ref}\n") for each in found[1 : len(refs) + 1]
    )


def test_a_message_goes_to_the_process_of_a_template_and_back(chase):
    plain = json.loads(json.dumps(freezing.freeze(view(chase))))
    assert freezing.thaw_as(View, plain) == view(chase)


def test_own_template_takes_the_place_of_ours(own):
    head, first, second, third, foot = own(
        "Hello\n{% for each in message.actions %}\n{{ each.ref }}\n{{ each.text }}\n"
        "Your response:\n\n{% endfor %}\nRegards\n"
    )
    assert head.text == "Hello\n"
    assert first.text.startswith("CPC-2223-004\nThat the Cabinet Member writes")
    assert second.text.startswith("CPC-2223-002\nMembers would be sent the <Promise> & the")
    assert third.text == "CPC-2223-013\nThe roof would be mended.\nYour response:\n\n"
    assert foot.text == "Regards\n"


@pytest.mark.parametrize(
    "line",
    ["{{ a.ref }}", "{{ a.place }} {{ a.ref }}", "{{ a.place }}) {{ a.ref }} ",
     "{{ a.place }}:\t{{ a.ref }}"],
)  # fmt: skip
def test_number_may_stand_before_the_reference(own, line):
    found = own(f"{{% for a in message.actions %}}{line}\nwhat\n{{% endfor %}}end")
    assert [each.text[-5:] for each in found[1:3]] == ["what\n", "what\n"]
    # Where nothing asks for the response nothing tells the last action from the foot.
    assert found[3].text.endswith("what\nend")
    assert found[4].text == ""


def test_own_template_may_extend_what_ours_is_made_of(folder, chase):
    (folder / "lines.txt").write_text(
        "{% macro wrapped(text, width=72) %}{{ text }}{% endmacro %}"
        "{% macro indented(text) %}\n> {{ text }}\n{% endmacro %}",
        encoding="utf-8",
    )
    assert "\n> Due: 1 December 2022\n" in parts(view(chase), folder)[1].text


@pytest.mark.parametrize(
    "line", ["{{ a.text }}", "{{ a.ref }} {{ a.text }}", "Action {{ a.ref }}", "  {{ a.ref }}"]
)
def test_own_template_without_a_line_for_each_reference_is_refused(own, folder, line):
    with pytest.raises(RenderError) as caught:
        own(f"{{% for a in message.actions %}}{line}\n{{% endfor %}}")
    assert str(caught.value) == (
        f"The template {folder / 'chase.txt.j2'}: no line of it is only the reference "
        "CPC-2223-004, so an answer could not be told from the next; print each action’s ref on a "
        "line of its own, in the order of message.actions."
    )


@pytest.mark.parametrize(
    ("source", "wrong"),
    [("\n{{ message.nmae }}", "line 2: 'cpctrack.render.chase.message.View object' has no"),
     ("{{ appendix.rows }}", "line 1: 'appendix' is undefined"),
     ("{{ message.__class__ }}", "line 1: access to attribute '__class__'"),
     ("{% include '/etc/passwd' %}", "line 1: it asks for “/etc/passwd”")],
)  # fmt: skip
def test_own_template_that_is_wrong_is_refused(own, source, wrong):
    with pytest.raises(RenderError, match=re.escape(wrong)):
        own(source)


def test_other_templates_of_the_folder_cost_no_process(folder, chase, monkeypatch):
    (folder / "appendix.css").write_text("body {}", encoding="utf-8")
    monkeypatch.setattr("cpctrack.render.templates.apart.render", None)
    assert parts(view(chase), folder) == parts(view(chase))
