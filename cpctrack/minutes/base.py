"""What the parts of `minutes` hand to one another: lines in, drafts out."""

from typing import NamedTuple


class Found(NamedTuple):
    """The meeting that the text names; what it does not name is empty."""

    date: str = ""  # ISO
    type: str = ""  # formal, informal or empty
    committee: str = ""
    line: int = 0  # where the date stands
    doubt: str = ""  # why a printed date was not taken


class Item(NamedTuple):
    """An agenda item or a sub-item, as printed."""

    line: int = 0
    printed: str = ""  # "7. PERFORMANCE REPORT"
    number: str = ""  # "7", "07/21", or empty
    title: str = ""


class MinutesDraft(NamedTuple):
    """What somebody is to do, or what was decided, and where the minutes say so."""

    line: int  # where its own words begin
    item: str  # the agenda item as printed, empty before the first
    item_number: str
    item_title: str
    text: str  # whole: the lead-in's words in front where the line means nothing alone
    printed: str  # its own words as printed, list number and emphasis marks off
    lead_in: str  # the printed lead-in, empty where there is none
    owner: str  # as printed, empty where nobody is named
    kind: str  # action, recommendation or resolution
    marked: bool  # the minutes mark it; else it is a candidate from the narrative
    due_text: str  # the timing words as printed
    due: str  # ISO, where the timing words are a date
    source: str  # the passage to show a person
    exempt_paragraph: str = ""  # why it is not for the public, else empty
    doubt: str = ""  # why a person should look at that
    score: float = 0.0  # how likely it is to be of use; compared within one text
    features: tuple[str, ...] = ()  # what it was judged by
    meant: str = ""  # whom initials mean, by the list of those present


class Minutes(NamedTuple):
    """Everything found in one text, in its order."""

    found: Found
    items: tuple[Item, ...]
    drafts: tuple[MinutesDraft, ...]
