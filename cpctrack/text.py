"""What is done to words before they are stored, compared or shown."""

import re
import unicodedata

_TAB_AND_NEWLINE = "\t\n"
_CONTROLS = {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in _TAB_AND_NEWLINE
}
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))
_UNSAFE = {**_CONTROLS, **_BIDI, 0xFEFF: None}
# Most texts hold none of these: one search is cheaper than a translation.
_HAS_UNSAFE = re.compile("[" + re.escape("".join(map(chr, _UNSAFE))) + "\ud800-\udfff]")
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    r"""Take out what can disturb a terminal or reorder a line; keep every other letter.

    Terminal escapes, C0 and C1 controls, bidirectional overrides and byte order marks go; line
    ends become ``\n``; tabs stay; half a surrogate pair becomes U+FFFD, as UTF-8 can't hold it.
    """
    if not _HAS_UNSAFE.search(text) and "\u2028" not in text and "\u2029" not in text:
        return text
    text = _NEWLINES.sub("\n", text).translate(_UNSAFE)
    return _SURROGATES.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Join the lines of a text with single spaces, for a table or a message."""
    return _SPACES.sub(" ", clean(text)).strip()


def fold(text: str) -> str:
    """Reduce a text to what two spellings of it share: no case, no accents, single spaces."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def shorten(text: str, width: int) -> str:
    """Cut a text to `width` characters of one line, the last of them ``…`` where it was cut."""
    line = one_line(text)
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
