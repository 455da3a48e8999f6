"""What minutes say twice: the decision behind an action, and lists that sum up."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.base import MinutesDraft
from cpctrack.minutes.finding.reasons import Judged, Reason
from cpctrack.minutes.finding.sections import Statement
from cpctrack.minutes.language import grammar, marks
from cpctrack.minutes.page.blocks import Block

SAME = 0.6  # of the shorter text's words, those in both: a summary repeats what was said
_SUMMED_UP = 0.74  # the same, of what a summary at the end says in fewer words
_LOOKED_AT = 20  # drafts with a word in common
_FEW = 3  # words
_EMPTY = words.EMPTY | words.BODIES


def content(text: str) -> set[str]:
    """Reduce a text to the stems of its words with a meaning."""
    return {word[:5] for word in re.findall(r"[a-z0-9]+", text.casefold()) if word not in _EMPTY}


class _List(NamedTuple):
    """A list of actions that has a heading, or is a table."""

    opened: int | str  # the line of the heading; of a table its item
    heading: str  # its words; a table has none
    apart: bool  # it is of no item: its heading is one, or it stands before all


class _Pair(NamedTuple):
    """Two drafts with words in common."""

    share: float  # of the shorter one's words
    fewest: int  # words that one of them has
    first: int
    second: int


def said_once(
    judged: list[Judged], statements: Sequence[Statement], found: Sequence[Block]
) -> list[Judged]:
    """Turn what a list of actions carries out into a resolution, and leave out what is summed up.

    “RESOLVED … that updates be provided” before a list of agreed actions that has the update is
    the decision behind that action, not another one. A list at the end or at the beginning may be
    a summary: what it says again of an item's action is left out. Alike lines elsewhere are two.
    """
    acts = {at: one.draft for at, one in enumerate(judged) if one.draft and _is_action(one)}
    headings = {block.line: block.text.strip(" :.").casefold() for block in found}
    lists = {at: _list_of(judged[at], statements, headings) for at in acts}
    at_ends = dict.fromkeys([*lists.values()][-1:] + [*lists.values()][:1])
    ends = [one for one in at_ends if one]
    mixed: list[_Pair] = []  # one is in a list at an end, the other is not
    for pair in _alike(acts):
        one, other = judged[pair.first], judged[pair.second]
        mine, its = lists[pair.first], lists[pair.second]
        draft, action = acts[pair.first], acts[pair.second]
        places = [statements[each.at].place for each in (one, other) if each.at >= 0]
        apart = len(places) > 1 and places[0] != places[1]  # two items may have one title
        if pair.fewest > _FEW and not (mine or apart) and _is_behind(draft, action):
            decided = draft._replace(kind=grammar.RESOLUTION) if draft.marked else None
            judged[pair.first] = one._replace(reason=Reason.BEHIND, draft=decided, other=other.line)
        elif mine != its and (mine in ends or its in ends):
            mixed.append(pair)
    for summary in ends:
        left = [
            pair for pair in mixed
            if all(_is_action(judged[at]) for at in (pair.first, pair.second))
        ]  # fmt: skip
        for pair_of in _summed_up(summary, lists, left, acts).items():
            # Where only the summary says that it is an action, it is the one to keep.
            out, stays = sorted(pair_of, key=lambda at: acts[at].marked)
            kept = judged[stays]
            judged[out] = judged[out]._replace(reason=Reason.AGAIN, draft=None, other=kept.line)
            judged[stays] = kept._replace(draft=_filled(acts[stays], acts[out]))
    return judged


def _is_action(one: Judged) -> bool:
    return one.draft is not None and one.draft.kind == grammar.ACTION


def _filled(draft: MinutesDraft, summed_up: MinutesDraft) -> MinutesDraft:
    """Take from a summary who and when, where the action itself does not say it."""
    filled = draft._replace(owner=draft.owner or summed_up.owner)
    if draft.due_text:
        return filled
    return filled._replace(due_text=summed_up.due_text, due=summed_up.due)


def _list_of(
    one: Judged, statements: Sequence[Statement], headings: Mapping[int, str]
) -> _List | None:
    if one.at < 0:
        item = one.draft.item_title if one.draft else ""
        title = marks.read(Block(0, item))
        return _List(item, "", not item or (title is not None and title.kind == marks.ACTION))
    section, place = statements[one.at].section, statements[one.at].place
    if section.kind == marks.ACTION and section.opening in ("heading", "item"):
        apart = section.opening == "item" or not place.printed
        return _List(section.line, headings.get(section.line, ""), apart)
    return None


def _alike(acts: Mapping[int, MinutesDraft]) -> Iterator[_Pair]:
    """Give the drafts that have most words in common, each with others before it."""
    seen: dict[str, list[int]] = defaultdict(list)
    texts: dict[int, set[str]] = {}
    for at, one in acts.items():
        here = texts[at] = content(one.printed) - content(one.owner)
        rare = sorted(here & seen.keys(), key=lambda word: (len(seen[word]), word))
        for other in sorted({other for word in rare[:6] for other in seen[word][-_LOOKED_AT:]}):
            fewest = min(len(here), len(texts[other]))
            share = len(here & texts[other]) / fewest
            if share >= SAME and fewest > 1:
                yield _Pair(share, fewest, other, at)
        for word in here:
            seen[word].append(at)


def _is_behind(earlier: MinutesDraft, later: MinutesDraft) -> bool:
    """Tell whether an earlier draft is the decision that a later list of actions carries out."""
    unowned = not earlier.lead_in and not earlier.owner
    as_sure = later.marked or not earlier.marked
    return earlier.item == later.item and unowned and as_sure and bool(later.owner)


def _summed_up(
    summary: _List,
    lists: Mapping[int, _List | None],
    pairs: Sequence[_Pair],
    acts: Mapping[int, MinutesDraft],
) -> dict[int, int]:
    """Give what a list says again, with what it says; nothing where it is no summary.

    A list under an item is one only if no other list is headed as it is, and it says again what
    several items do: else its entries are that item's own.
    """
    found: dict[int, int] = {}
    kept: set[int] = set()
    for pair in sorted(pairs, key=lambda pair: (-pair.share, pair)):
        one, other = pair.second, pair.first
        if lists[other] == summary:
            one, other = other, one
        mixed = lists[one] == summary != lists[other] and one not in found and other not in kept
        if mixed and _repeats(acts[one], acts[other], pair):
            found[one] = other
            kept.add(other)
    items = {acts[other].item for other in kept}
    others = {one for one in lists.values() if one and one != summary}
    headed_so = summary.heading in (one.heading for one in others)
    return found if summary.apart or (len(items) > 1 and not headed_so) else {}


def _repeats(draft: MinutesDraft, other: MinutesDraft, pair: _Pair) -> bool:
    if draft.due and other.due and draft.due != other.due:
        return False
    if pair.share == 1 and draft.owner and draft.owner == other.owner:
        return True  # "JB - the rota" in a list at the end
    first, second = draft.owner.casefold(), other.owner.casefold()
    initials = {"".join(word[0] for word in name.split()) for name in (first, second)}
    may_be_one = first == second or not first or not second or {first, second} & initials
    return pair.fewest >= _FEW and pair.share > _SUMMED_UP and bool(may_be_one)
