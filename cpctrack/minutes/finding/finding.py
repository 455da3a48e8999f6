"""From the lines of minutes to the meeting, its agenda items and the drafts of actions."""

from collections import defaultdict
from collections.abc import Sequence

from cpctrack.minutes.base import Minutes, MinutesDraft
from cpctrack.minutes.finding.candidates import candidates, content
from cpctrack.minutes.finding.heading import found_meeting
from cpctrack.minutes.finding.items import headings
from cpctrack.minutes.finding.marked import Gathering
from cpctrack.minutes.finding.withheld import stamp
from cpctrack.minutes.language import grammar
from cpctrack.minutes.page.layout import blocks
from cpctrack.reading.lines import Line

_SAME = 0.6  # of the shorter text's words, those in both: a summary repeats what was said
_SUMMED_UP = 0.74  # the same, of what a summary at the end says in fewer words
_LOOKED_AT = 20  # drafts with a word in common


def find(lines: Sequence[Line]) -> Minutes:
    """Find the meeting, the agenda items and the drafts in the lines of minutes.

    The drafts are in the order of the text: marked ones, resolutions among them, and candidates.
    Only the words decide; the same lines always give the same drafts.
    """
    found = blocks(lines)
    titles = headings(found)
    gathered = Gathering(found, titles).all()
    marked = _said_once(_without_proposals(gathered))
    unmarked = candidates(gathered.narrative, marked, len(gathered.items))
    drafts = sorted((*marked, *unmarked), key=lambda draft: draft.line)
    drafts = stamp(drafts, lines, found, titles)
    return Minutes(found_meeting(lines), tuple(gathered.items), tuple(drafts))


def _without_proposals(gathered: Gathering) -> list[MinutesDraft]:
    """Leave out a “Recommendation” that the same item's resolution came after."""
    proposed = set(gathered.proposals)
    last = {
        (draft.item, draft.item_number): at
        for at, draft in enumerate(gathered.drafts)
        if at not in proposed
    }
    return [
        draft
        for at, draft in enumerate(gathered.drafts)
        if at not in proposed or last.get((draft.item, draft.item_number), -1) < at
    ]


def _said_once(drafts: Sequence[MinutesDraft]) -> list[MinutesDraft]:
    """Turn what a block of actions says again into a resolution, and leave out summaries.

    “RESOLVED … that updates be provided” before a list of agreed actions that has the update is
    the decision behind that action, not another one.
    """
    seen: dict[str, list[int]] = defaultdict(list)
    texts = [content(draft.printed) - content(draft.owner) for draft in drafts]
    again: set[int] = set()
    summed_up: set[int] = set()
    for at, draft in enumerate(drafts):
        if draft.kind != grammar.ACTION:
            continue
        rare = sorted(texts[at] & seen.keys(), key=lambda word: (len(seen[word]), word))
        for other in sorted({other for word in rare[:6] for other in seen[word][-_LOOKED_AT:]}):
            if _repeats(draft, drafts[other], texts[at], texts[other]):
                if _is_behind(drafts[other], draft):
                    again.add(other)
                else:
                    summed_up.add(at)
                break
        for word in texts[at]:
            seen[word].append(at)
    return [
        draft._replace(kind=grammar.RESOLUTION) if at in again else draft
        for at, draft in enumerate(drafts)
        if at not in summed_up
    ]


def _repeats(draft: MinutesDraft, other: MinutesDraft, words: set[str], others: set[str]) -> bool:
    shared = len(words & others)
    fewest = min(len(words), len(others))
    if shared == fewest > 1 and draft.owner and draft.owner == other.owner:
        return True  # "JB - the rota" in a list at the end
    if fewest < 3 or shared < _SAME * fewest:
        return False
    if _is_behind(other, draft):
        return fewest > 3
    first, second = draft.owner.casefold(), other.owner.casefold()
    initials = {"".join(word[0] for word in name.split()) for name in (first, second)}
    may_be_one = first == second or not first or not second or {first, second} & initials
    return shared > _SUMMED_UP * fewest and bool(may_be_one)


def _is_behind(earlier: MinutesDraft, later: MinutesDraft) -> bool:
    """Tell whether an earlier draft is the decision that a later list of actions carries out."""
    unowned = not earlier.lead_in and not earlier.owner
    return earlier.item == later.item and unowned and bool(later.owner)
