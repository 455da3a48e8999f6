"""A committee's own words: `lexicon.toml` beside the store file adds to those of the package."""

from pathlib import Path

from cpctrack import lexicon
from cpctrack.errors import LexiconError, reason

_NAME = "lexicon.toml"
_MOST_BYTES = 200_000


def learn_words(store: Path) -> None:
    """Add the words of the committee's own lexicon beside its store file, if it has one.

    This goes before a room that looks words up is imported. Raises `LexiconError`.
    """
    path = store.with_name(_NAME)
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return
    except OSError as error:
        raise LexiconError(f"{path} can't be read ({reason(error)}).") from error
    if len(text) > _MOST_BYTES:
        raise LexiconError(f"{path} is longer than a list of words is; is it another file?")
    try:
        lexicon.teach(text.decode("utf-8-sig").replace("\r\n", "\n"), str(path))
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path} is no UTF-8 text; save it as that.") from error
