"""Compare what was found in minutes with the labels; nothing is read or printed here."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from cpctrack.minutes.base import Minutes, MinutesDraft

from .labels import OBLIGES, Label, Labels

_WORD = re.compile(r"[a-z0-9£$€]+")
_TITLES = frozenset(
    ("the", "a", "an", "mr", "mrs", "ms", "miss", "dr", "cllr", "cllrs", "councillor",
     "councillors", "cr")
)  # fmt: skip
_VERBS = frozenset(
    ("is", "are", "was", "were", "be", "been", "will", "would", "shall", "should", "must", "can",
     "could", "may", "has", "have", "had", "to", "not", "agreed", "resolved", "noted", "asked",
     "requested", "reported")
)  # fmt: skip
_PEOPLE = re.compile(r"[A-Z]|\b(?:all|clerks?|chair\w*|members?|officers?|secretary|staff|team)\b")
_NEAR = 6  # lines that a draft may stand off its label
_LONGEST_NAME = 8  # words


class Result(NamedTuple):
    """The counts of one document, and a note on each thing that is wrong.

    Counted are `marked` actions, of these `found`, `offered`, `lost`; marked drafts, `drafted`,
    and `false` ones; lines that are offered, `shown`, and `useful` ones; of what is found `items`,
    `owners` of `owned`, `spurious` of `unowned`, `dues` of `dated`; of all `drafts` those whose
    owner is `nameless`; `date_right`, `date_wrong`, `date_none`, `type_wrong` of `texts`.
    """

    counts: Counter[str]
    notes: tuple[str, ...]


def score(labels: Labels, minutes: Minutes) -> Result:
    """Compare what was found with the labels, and say what is wrong."""
    drafts = [draft for draft in minutes.drafts if draft.kind != "resolution"]
    marked = [draft for draft in drafts if draft.marked]
    shown = [draft for draft in drafts if not draft.marked]
    counts: Counter[str] = Counter(texts=1, drafts=len(drafts), drafted=len(marked))
    notes: list[str] = []
    for label in labels.entries:
        if label.kind in OBLIGES and label.marked and not label.optional:
            counts["marked"] += 1
            if draft := _best(label, marked):
                counts["found"] += 1
                notes += _checked(label, draft, counts)
            else:
                what = "offered" if _best(label, shown) else "lost"
                counts[what] += 1
                notes.append(f"{what}: line {label.first}: {label.texts[0]}")
    right = [label for label in labels.entries if label.kind in OBLIGES or label.optional]
    for draft in marked:
        if not any(fit(label, draft) for label in right):
            counts["false"] += 1
            notes.append(f"false: line {draft.line}: {draft.text}")
    counts["shown"] = len(shown)
    counts["useful"] = sum(any(fit(label, draft) for label in right) for draft in shown)
    for draft in drafts:
        if not is_name(draft.owner):
            counts["nameless"] += 1
            notes.append(f"no name: line {draft.line}: “{draft.owner}”")
    notes += _meeting(labels, minutes, counts)
    return Result(counts, tuple(notes))


def total(results: Iterable[Result]) -> Counter[str]:
    """Add up counts."""
    return sum((result.counts for result in results), Counter())


def fit(label: Label, draft: MinutesDraft) -> float:
    """Say how well a draft stands for a label, from 0.6 to 1; 0 where it does not."""
    best = 0.0
    for theirs in label.texts:
        for ours in (draft.text, draft.printed):
            there, back = _covered(theirs, ours), _covered(ours, theirs)
            if back:
                whole = back >= 0.9 and len(_words(ours)) >= 5
                best = max(best, _alike(theirs, ours), there * (there >= 0.8), back * whole)
    for text in label.texts[1:]:  # the same is said elsewhere too
        if max(_covered(text, draft.text), _alike(text, draft.text)) >= 0.9:
            return best
    away = label.first and not label.first - _NEAR <= draft.line <= label.last + _NEAR
    if away and (best < 0.95 or len(_words(label.texts[0])) < 6):
        return 0.0
    return best if best >= 0.6 else 0.0


def owner_right(label: Label, owner: str) -> bool:
    """Compare names without titles; nearly the same letters will do."""
    ours = _name(owner)
    theirs = [() if name == "none" else _name(name) for name in label.owners]
    return ours in theirs or any(_alike(" ".join(ours), " ".join(name)) >= 0.8 for name in theirs)


def item_right(label: Label, draft: MinutesDraft) -> bool:
    """Compare the number of the item, or of one without a number its title."""
    number, printed = label.number.lstrip("0"), draft.item_number
    if number and number in {printed.lstrip("0").rstrip("."), printed.split(".")[0]}:
        return True
    if number and len(label.titles) == 1:
        return False
    ours = " ".join(_words(draft.item_title))
    titles = [" ".join(_words(title)) for title in label.titles]
    return any(
        not title or title in ours or (ours and ours in title) or _alike(ours, title) >= 0.6
        for title in titles
    )


def is_name(owner: str) -> bool:
    """Tell whether this may name a person, a post or a body: no verb, not long, no thing."""
    words = _words(owner)
    if not words:
        return True
    return len(words) <= _LONGEST_NAME and not _VERBS & {*words} and bool(_PEOPLE.search(owner))


def _best(label: Label, drafts: Sequence[MinutesDraft]) -> MinutesDraft | None:
    best = max(drafts, key=lambda draft: fit(label, draft), default=None)
    return best if best and fit(label, best) else None


def _checked(label: Label, draft: MinutesDraft, counts: Counter[str]) -> list[str]:
    owner = owner_right(label, draft.owner)
    due = not label.due_text or _covered(label.due_text, draft.due_text) >= 0.5
    item = item_right(label, draft)
    named = bool(label.owners[0])
    counts.update(items=item, owned=named, owners=named and owner, unowned=not named,
                  spurious=not named and not owner, dated=bool(label.due_text),
                  dues=bool(label.due_text) and due)  # fmt: skip
    place = f"{label.number} {' / '.join(label.titles)}".strip()
    ours = f"{draft.item_number} {draft.item_title}".strip()
    checks = (
        ("item", item, ours, place),
        ("owner", owner, draft.owner, label.owners[0]),
        ("due", due, draft.due_text, label.due_text),
    )
    return [
        f"{what} of line {draft.line}: “{got}”, labelled “{wanted}”"
        for what, right, got, wanted in checks
        if not right
    ]


def _meeting(labels: Labels, minutes: Minutes, counts: Counter[str]) -> list[str]:
    found, wanted = minutes.found, labels.meeting
    dates = {wanted["date"]} if wanted.get("date") else {"", wanted.get("undated", "")}
    right = found.date in dates
    counts.update(date_right=right, date_wrong=not right and bool(found.date),
                  date_none=not right and not found.date)  # fmt: skip
    kind = wanted.get("type", "")
    counts["type_wrong"] += bool(kind and found.type and found.type != kind)
    notes = [] if right else [f"date: “{found.date}”, labelled “{max(dates)}”"]
    return notes + [f"type: “{found.type}”, labelled “{kind}”"] * counts["type_wrong"]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "").replace("'", ""))


def _name(owner: str) -> tuple[str, ...]:
    return tuple(word for word in _words(owner) if word not in _TITLES)


def _alike(one: str, other: str) -> float:
    first, second = " ".join(_words(one)), " ".join(_words(other))
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _covered(part: str, whole: str) -> float:
    """Give the share of one text's words that stand in the other, in order."""
    first, second = _words(part), _words(whole)
    if not first or not second:
        return 0.0
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(first)
