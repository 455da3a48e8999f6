"""What is offered of minutes, and in which order."""

from cpctrack.matching.match import Standing
from cpctrack.minutes.base import Found, MinutesDraft
from cpctrack.tasks.take_minutes import Asked, Sheet


def offered(line, score):
    draft = MinutesDraft(line, "", "", "", "Look at the lamps", "Look at the lamps", "", "",
                         "action", marked=False, due_text="", due="", source="",
                         score=score)  # fmt: skip
    return Asked(draft, ())


def test_what_is_offered_comes_best_first_and_equals_as_they_stand():
    asked = (offered(3, 0.2), offered(5, 0.9), offered(8, 0.2), offered(9, 0.4))
    sheet = Sheet("minutes.txt", Found(), None, asked, (Standing(),) * 4)
    assert [sheet.draft(at).line for at in sheet.candidates] == [5, 9, 3, 8]
