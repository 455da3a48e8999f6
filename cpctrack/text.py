"""What is done to words before they are stored, compared or shown."""

import re
from collections.abc import Sequence

# Controls but tab and newline, bidirectional overrides, byte order mark, half surrogate pairs, and
# the two last code points, which are no letters and forbidden in XML.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# Soft hyphens and zero-width spaces; joiners too, but where they shape Persian letters or an emoji.
_UNSEEN = re.compile(
    "[\u00ad\u200b\u2060\ufeff]"
    "|(?<![^\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u024f])"
)
# Windows has no such letters in the names of files, and opens its devices by these names, whatever
# ending and folder stand beside them.
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_DEVICE = re.compile(
    r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE
)
_HALVES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
# What stands in quotation marks, ours or click's, or in brackets; and what no space divides.
_ENDLESS = re.compile(
    r"(?<=“)[^“”]{100,}(?=”)|(?<=(?<!\w)')[^']{100,}(?='(?!\w))|(?<=\()[^()]{300,}(?=\))"
    r"|[^\s“”'()]{300,}"
)


def clean(text: str) -> str:
    r"""Take out what can disturb a terminal or reorder a line; keep every other letter.

    Terminal escapes, C0 and C1 controls, bidirectional overrides and byte order marks go; line
    ends become ``\n``; tabs stay; half a surrogate pair becomes U+FFFD, as UTF-8 can't hold it.
    """
    if not _UNSAFE.search(text):
        return text
    return _UNSAFE.sub(_without, _LINE_ENDS.sub("\n", text))


def seen(text: str) -> str:
    """Give a text from a document as it is seen, without letters that have no width.

    What somebody typed keeps them.
    """
    return text if text.isascii() else _UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """Join the lines of a text with single spaces, for a table or a message."""
    return _SPACES.sub(" ", clean(text)).strip()


def not_utf8(typed: str) -> str:
    """Say that a text did not come as UTF-8, where Python has left halves of pairs; or nothing."""
    if not _HALVES.search(typed):
        return ""
    return (
        f"“{brief(one_line(typed))}” has a letter that did not come as UTF-8; set this terminal to "
        "UTF-8, and type it again."
    )


def json_text(value: object) -> str:
    """Write a value as JSON that no terminal obeys: what `clean` takes out is escaped."""
    import json

    written = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda unsafe: f"\\u{ord(unsafe[0]):04x}", written)


def counted(count: int, noun: str) -> str:
    """Write a number and what it counts: 1 day, 2 days."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listed(words: Sequence[str]) -> str:
    """Join words for a sentence: “a, b and c”, or “a, of b; and c” where one has a comma."""
    mark = ";" if any("," in each for each in words) else ""
    ahead = f"{mark or ','} ".join(words[:-1])
    return f"{mark} and ".join(filter(None, (ahead, *words[-1:])))


def fold(text: str) -> str:
    """Reduce a text to what two spellings of it share: no case, no accents, single spaces."""
    if not text.isascii():
        import unicodedata

        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def unfit_name(name: str) -> str:
    """Say why no file can have this name on Windows and what to do, or nothing where one can."""
    if found := _NOT_IN_NAMES.search(name):
        letter = f"“{found[0]}”" if found[0].isprintable() else "an unprintable letter"
        return f"it has {letter} in it; leave that out, or write “-” instead"
    if name.endswith((".", " ")) and name not in (".", ".."):
        last = "dot" if name.endswith(".") else "space"
        return f"it ends with a {last}; leave that out"
    if found := _DEVICE.fullmatch(name):
        return f"“{found[1]}” is a device there; add a word to it"
    return ""


def shorten(text: str, width: int) -> str:
    """Cut a text to `width` characters of one line, the last of them ``…`` where it was cut."""
    line = one_line(text)
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def brief(message: str) -> str:
    """Cut what a message quotes to a line."""
    return _ENDLESS.sub(lambda found: shorten(found[0], 100), clean(message))


def _without(unsafe: re.Match[str]) -> str:
    return "\ufffd" if "\ud800" <= unsafe[0] <= "\udfff" else ""
