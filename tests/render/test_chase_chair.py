"""The letter for the chair: who was asked about what on which days."""

import email
from datetime import date
from email import policy

import pytest

from cpctrack.errors import RenderError
from cpctrack.render.chase.chair import chair_view, letter
from cpctrack.render.documents import FORMATS, render

TODAY = date(2023, 7, 1)


@pytest.fixture
def late(chase):
    """Give two owners who have not answered."""
    first, second, third = chase.questions
    return [
        chase._replace(today=TODAY, questions=[first, third._replace(asked=("2023-06-20",))]),
        chase._replace(today=TODAY, owner="Clerk", questions=[second]),
    ]


def test_letter_is_the_one_that_was_kept(late, check_golden):
    check_golden("chair.txt", letter(late)[0].encode())


def test_it_is_an_unsent_mail_of_the_same_words(late):
    text, eml = letter(late)
    mail = email.message_from_bytes(eml, policy=policy.default)
    assert mail["Subject"] == (
        "Actions without an answer: Corporate Parenting Committee, 19 July 2023"
    )
    assert (mail["X-Unsent"], mail["To"], mail["Message-ID"]) == ("1", None, None)
    assert mail.get_content().replace("\r\n", "\n") == text
    assert (text, eml) == letter(late)


def test_every_action_tells_when_it_was_asked(late):
    owners = chair_view(late).owners
    assert [(owner.owner, each.ref, each.asked) for owner in owners for each in owner.actions] == [
        ("Head of Fostering", "CPC-2223-004", "10 June 2023 and 17 June 2023"),
        ("Head of Fostering", "CPC-2223-013", "20 June 2023"),
        ("Clerk", "CPC-2223-002", "10 June 2023 and 17 June 2023"),
    ]


def test_opening_counts(late):
    assert chair_view(late).opening == (
        "3 actions of the Corporate Parenting Committee had no answer by 1 July 2023, though their "
        "owners were asked before the meeting of 19 July 2023."
    )
    (last,) = late[1:]
    assert chair_view([last._replace(meeting="")]).opening == (
        "1 action of the Corporate Parenting Committee had no answer by 1 July 2023, though its "
        "owner was asked."
    )
    # Two who own one action are told of, and it is counted once.
    assert chair_view([last, last._replace(owner="Mayor")]).opening == (
        "1 action of the Corporate Parenting Committee had no answer by 1 July 2023, though their "
        "owners were asked before the meeting of 19 July 2023."
    )


def test_one_exempt_action_marks_the_whole_letter(late):
    (question,) = late[1].questions
    secret = question._replace(record=question.record._replace(exempt_paragraph="1"))
    text, eml = letter([late[0], late[1]._replace(questions=[secret])])
    assert text.startswith("EXEMPT – not for publication\n\n3 actions")
    mail = email.message_from_bytes(eml, policy=policy.default)
    assert mail["Subject"].startswith("EXEMPT – not for publication: Actions without an answer: ")
    assert "EXEMPT" not in letter(late)[0]


def test_own_letter_takes_the_place_of_ours(late, tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    own = folder / "chair.txt.j2"
    own.write_text("{% for one in letter.owners %}{{ one.owner }};{% endfor %}", encoding="utf-8")
    assert letter(late, folder)[0] == "Head of Fostering;Clerk;"
    own.write_text("{{ message.number }}", encoding="utf-8")
    with pytest.raises(RenderError, match=r"chair\.txt\.j2, line 1: 'message' is undefined\.$"):
        letter(late, folder)


@pytest.mark.parametrize("template", ["chase.txt.j2", "chase.html.j2", "chair.txt.j2"])
def test_no_document_is_made_with_templates_of_messages(view, template):
    with pytest.raises(Exception, match="is for “cpctrack chase”, not --view full") as caught:
        render(view, FORMATS["html"], template)
    assert type(caught.value).__name__ == "UsageError"
