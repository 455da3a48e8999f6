"""Whom an owner names instead of themselves."""

import pytest

from cpctrack.replies.people import named_instead

OTHERS = [
    ("Lead is now Ola Brandt.", "Ola Brandt"),
    ("Suggest you ask Public Health.", "Public Health"),
    ("We don’t do this. It is a matter for the Health Board.", "Health Board"),
    ("Handed over to Mari Gwyn last month.", "Mari Gwyn"),
    ("Not for me, please ask the Head of Parks.", "Head of Parks"),
    ("This sits with Legal Services.", "Legal Services"),
    ("This one should be with Dilys Marne.", "Dilys Marne"),
    ("This now belongs to the Director of Place.", "Director of Place"),
    ("Owain Tarr has taken over from me.", "Owain Tarr"),
    ("Bethan is away; Dr Una Frost covers for her.", "Dr Una Frost"),
    ("Over to Gareth Pell.", "Gareth Pell"),
    ("Please redirect to the Fostering Manager.", "Fostering Manager"),
    ("I have left the team. Please send this to Aled Brook.", "Aled Brook"),
    ("One for Highways, not us.", "Highways"),
    ("Nothing to do with us. Try the Estates Team.", "Estates Team"),
    ("This is now Siân Holt's.", "Si\u00e2n Holt"),
    ("The Housing Manager is the right person for this.", "Housing Manager"),
    ("Please reassign to J. Penhale.", "J. Penhale"),
    ("This is one for the Monitoring Officer.", "Monitoring Officer"),
    ("I no longer hold this post: please contact Marged Lowe.", "Marged Lowe"),
    ("Responsibility has passed to the Head of Waste.", "Head of Waste"),
    ("Please pass this to the Head of Libraries.", "Head of Libraries"),
    ("This should go to Nia Farrow in Housing.", "Nia Farrow"),
    ("Not mine. Elin Tudor leads on it now.", "Elin Tudor"),
    ("I moved to another post in January; Tegid Voss has picked this up.", "Tegid Voss"),
    ("You want the Licensing Manager for this one.", "Licensing Manager"),
    ("Wrong person, sorry. Try Democratic Services.", "Democratic Services"),
    ("this is the Town Clerk's, not mine", "Town Clerk"),
    ("Please direct this to Cllr Amy Thorne.", "Cllr Amy Thorne"),
    ("This isn't one of ours, it belongs with Environmental Health.", "Environmental Health"),
    ("Can you ask Rhodri Penn instead?", "Rhodri Penn"),
    ("Responsibility moved to the Director of Housing in April.", "Director of Housing"),
    ("My successor is Lisa Wray.", "Lisa Wray"),
    ("Hand this to Marc Ives please.", "Marc Ives"),
    ("To be picked up by the Virtual School Head.", "Virtual School Head"),
    ("The owner should be Aisha Khan.", "Aisha Khan"),
    ("not me, head of parks", "head of parks"),
    ("Please redirect this action to Sioned Vale.", "Sioned Vale"),
    ("Sioned Vale is dealing with this now.", "Sioned Vale"),
    ("This has been passed to the Estates Manager.", "Estates Manager"),
    ("I think this is for Highways.", "Highways"),
    ("Ask Highways.", "Highways"),
    ("No longer my area. Corin Bale took it on in May.", "Corin Bale"),
    ("belongs with the monitoring officer", "monitoring officer"),
]
NOBODY_ELSE = [
    "This is for the Ness House project.",
    "Who is the lead on this now?",
    "Please tell Mari Gwyn that it is finished.",
    "Rhodri on our side is putting the list together.",
    "My colleague Ifan Rhodes is helping with the figures.",
    "I have asked the Head of Parks for the numbers.",
    "Copied to Dilys Marne.",
    "Draft with the Head of Legal.",
    "Done, with thanks to Owain Tarr.",
    "The Chair has signed it.",
    "Not for publication.",
    "This sits well with the strategy.",
    "Waiting for Legal.",
    "Over to the next meeting.",
    "Sent to Aled Brook on 3 February.",
    "I will ask the Head of Parks.",
    "Nia Farrow is drafting it for me.",
    "Thanks to Marc Ives for the figures.",
    "The Director of Place has agreed it.",
    "Please send it to Members.",
    "Please ask Members to reply.",
    "It went to Cabinet in January.",
    "Elin Tudor will bring the report to the March meeting.",
    "I've copied in Tegid Voss.",
    "The Head of Parks and I met on Monday.",
    "Sent to Lisa Wray for comment.",
    "This is for information.",
    "This is for Members to decide.",
    "It is for the Committee to say.",
    "Over to you.",
    "This moved to June.",
    "Please note that Corin Bale will be at the meeting.",
    "Please thank Sioned Vale.",
    "Please contact Corin Bale with any questions.",
    "I have passed the figures to Finance.",
    "It is for the best.",
    "This one is done. Corin Bale has the file.",
    "Send this to Members please.",
    "We moved to Ness House in May.",
    "Please send the Chair a copy.",
]


@pytest.mark.parametrize(("text", "name"), OTHERS)
def test_whom_the_owner_names_instead(text, name):
    assert named_instead(text) == name


@pytest.mark.parametrize("text", NOBODY_ELSE)
def test_who_only_helps_is_no_new_owner(text):
    assert named_instead(text) == ""
