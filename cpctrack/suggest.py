"""“Did you mean”: the nearest of the words there are."""

from collections.abc import Iterable

from cpctrack.text import fold

_NEAR = 0.7
_MOST = 3


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Give up to three known words that are spelled like `word`, the nearest first."""
    from difflib import get_close_matches

    by_fold = {fold(name): name for name in known if name}
    wanted = fold(word)
    # A part of a name is as good as a misspelt whole: “fostering” for “Head of Fostering”.
    parts = [name for key, name in by_fold.items() if wanted and wanted in key]
    close = get_close_matches(wanted, by_fold, n=_MOST, cutoff=_NEAR)
    by_part = _closest_part(wanted, by_fold) if not close else []
    ranked = dict.fromkeys([*parts, *(by_fold[key] for key in close), *by_part])
    return list(ranked)[:_MOST]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Say which known words may be meant, as a sentence with a space before it, or nothing."""
    names = nearest(word, known)
    return f" Did you mean {' or '.join(names)}?" if names else ""


def _closest_part(wanted: str, by_fold: dict[str, str]) -> list[str]:
    from difflib import get_close_matches

    by_word = {part: name for key, name in by_fold.items() for part in key.split()}
    return [by_word[part] for part in get_close_matches(wanted, by_word, n=_MOST, cutoff=_NEAR)]
