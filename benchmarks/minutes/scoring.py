"""Compare what was found in minutes with the labels; nothing is read or printed here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from cpctrack.minutes.base import Found, Minutes, MinutesDraft

from .labels import Label, Labels, names_of, number_of, same

_Label = TypeVar("_Label")
_Found = TypeVar("_Found")
Place = tuple[str, str]  # number and title


class Tally(NamedTuple):
    """How many were right, of how many labelled and how many found."""

    right: int = 0
    labelled: int = 0
    found: int = 0


class Score(NamedTuple):
    """What one document came to, or several."""

    actions: Tally = Tally()
    owners: Tally = Tally()  # this and the next three: of the actions that were found
    places: Tally = Tally()
    kinds: Tally = Tally()
    dues: Tally = Tally()
    agenda: Tally = Tally()
    candidates: Tally = Tally()
    resolutions: Tally = Tally()  # right: not given as an action
    meeting: Tally = Tally()


class Result(NamedTuple):
    """The score of one document, and a note on each thing that is wrong."""

    score: Score
    notes: tuple[str, ...]


def total(scores: Iterable[Score]) -> Score:
    """Add up scores."""
    columns = zip(Score(), *scores, strict=True)
    return Score(*(Tally(*map(sum, zip(*column, strict=True))) for column in columns))


def score(labels: Labels, minutes: Minutes) -> Result:
    """Compare what was found with the labels, and say what is wrong."""
    drafts = [draft for draft in minutes.drafts if draft.kind != "resolution"]
    marked = [draft for draft in drafts if draft.marked]
    unmarked = [draft for draft in drafts if not draft.marked]
    items = [(item.number, item.title) for item in minutes.items]

    agenda = paired(labels.items, items, item_fits)
    actions = paired(labels.actions, marked, draft_fits)
    candidates = paired(labels.candidates, unmarked, draft_fits)
    taken = {id(draft) for _, draft in actions}
    decided = paired(labels.resolutions, [x for x in marked if id(x) not in taken], draft_fits)
    rows = [list(_checks(label, draft, labels.items)) for label, draft in actions]
    meeting = list(_meeting(labels.meeting, minutes.found))

    owners, places, kinds, dues = (_clean(row[n] for row in rows) for n in range(4))
    return Result(
        Score(
            actions=Tally(len(actions), len(labels.actions), len(marked)),
            owners=owners,
            places=places,
            kinds=kinds,
            dues=dues,
            agenda=Tally(len(agenda), len(labels.items), len(items)),
            candidates=Tally(len(candidates), len(labels.candidates), len(unmarked)),
            resolutions=Tally(
                len(labels.resolutions) - len(decided), len(labels.resolutions), len(decided)
            ),
            meeting=_clean(meeting),
        ),
        (
            *filter(None, meeting),
            *_unpaired("agenda item", labels.items, items, agenda),
            *_unpaired("action", labels.actions, marked, actions),
            *(f"a resolution given as an action: {_words(draft)}" for _, draft in decided),
            *(note for row in rows for note in row if note),
            *_unpaired("candidate", labels.candidates, unmarked, candidates),
        ),
    )


def paired(
    labels: Sequence[_Label], found: Sequence[_Found], fit: Callable[[_Label, _Found], int]
) -> list[tuple[_Label, _Found]]:
    """Pair each label with what fits best and is not taken yet; a fit of 0 is none.

    Where two fit equally well it is the earlier one.
    """
    free = list(found)
    pairs = []
    for label in labels:
        fits = [fit(label, one) for one in free]
        if best := max(fits, default=0):
            pairs.append((label, free.pop(fits.index(best))))
    return pairs


def draft_fits(label: Label, draft: MinutesDraft) -> int:
    """Say how well a draft fits: not at all on another line, best with the same first words."""
    if not label.first <= draft.line <= label.last:
        return 0
    begins = same(draft.printed).startswith(same(label.text)[:20])
    return 1 + (draft.line == label.line) + 2 * begins


def item_fits(label: Place, item: Place) -> int:
    """Compare number and title; a sub-item without a number may be given that of its item."""
    numbers = not label[0] or number_of(label[0]) == number_of(item[0])
    return int(numbers and same(label[1]) == same(item[1]))


def in_place(label: Label, draft: MinutesDraft, items: Iterable[Place]) -> bool:
    """Say whether a draft names its agenda item, or the unnumbered sub-item it stands under."""
    number, title = number_of(draft.item_number), same(draft.item_title)
    if title and title in {same(label.under), same(label.item)}:
        return number in {"", number_of(label.item)}
    of_item = {same(name) for printed, name in items if printed == label.item}
    return number == number_of(label.item) and title in (of_item or {""})


def due_right(label: Label, draft: MinutesDraft) -> bool:
    """Compare the timing words, more of them or fewer, and the date where the label has one."""
    ours, theirs = same(draft.due_text), same(label.due_text)
    words = (ours in theirs or theirs in ours) if ours and theirs else ours == theirs
    return words and label.due in {"", draft.due}


def _checks(label: Label, draft: MinutesDraft, items: Sequence[Place]) -> Iterator[str]:
    """Say of owner, item, kind and due what is wrong; nothing where it is right."""
    place = f"{draft.item_number} {draft.item_title}".strip()
    owner = names_of(draft.owner) in map(names_of, label.owners)
    due = f"{draft.due_text} {draft.due}".strip()
    for what, right, ours, theirs in (
        ("owner", owner, draft.owner, label.owners[0]),
        ("item", in_place(label, draft, items), place, f"{label.item} {label.under}".strip()),
        ("kind", draft.kind == label.kind, draft.kind, label.kind),
        ("due", due_right(label, draft), due, f"{label.due_text} {label.due}".strip()),
    ):
        yield "" if right else f"{what} of line {draft.line}: “{ours}”, labelled “{theirs}”"


def _meeting(labelled: Mapping[str, str], found: Found) -> Iterator[str]:
    """Say the same of the meeting. Minutes that name no type are of a formal one."""
    given = found._replace(type=found.type or "formal")
    for name, theirs in labelled.items():
        ours = str(getattr(given, name))
        right = same(ours) == same(theirs)
        yield "" if right else f"meeting: {name} “{ours}”, labelled “{theirs}”"


def _clean(notes: Iterable[str]) -> Tally:
    checked = list(notes)
    return Tally(sum(not note for note in checked), len(checked), len(checked))


def _unpaired(
    what: str,
    labels: Sequence[_Label],
    found: Sequence[_Found],
    pairs: Sequence[tuple[_Label, _Found]],
) -> Iterator[str]:
    left = {id(label) for label, _ in pairs}
    right = {id(one) for _, one in pairs}
    yield from (f"missed {what}: {_words(one)}" for one in labels if id(one) not in left)
    yield from (f"false {what}: {_words(one)}" for one in found if id(one) not in right)


def _words(one: Any) -> str:
    match one:
        case Label():
            text, item = one.text, one.item
        case MinutesDraft():
            text, item = one.printed, one.item_number or one.item_title
        case _:
            return " ".join(one).strip()
    return f"line {one.line}, {item or 'no item'}: {' '.join(text.split())[:90]}"
