"""From the bytes of a mail to its words: the encoding it names is often not the one it has."""

import codecs
import re

# A text that is one in UTF-8 is hardly ever meant as anything else of the West.
_WESTERN = {"ascii", "iso8859-1", "iso8859-15", "cp1252", "utf-8"}
# What Python has under names of encodings, and no mail is written in.
_NONE = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OF_MARKS = ("utf-8-sig", "utf-16", "utf-16")
_NO_LETTERS = re.compile("([\x81\x8d\x8f\x90\x9d])")  # in Windows-1252
_TWICE = re.compile("[Â-ô][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸŽ€]")

_WESTERN_TEXT = re.compile("[\0-\u024f\u1e00-\u1eff\u2000-\u22ff]*")


def in_words(content: bytes, named: str = "") -> str:
    """Decode a text: as its mark says, else as is `named`, else as UTF-8, else Windows-1252.

    What breaks off within a letter loses that; what was encoded twice is put right.
    """
    marked = (as_ for mark, as_ in zip(_MARKS, _OF_MARKS, strict=True) if content.startswith(mark))
    for encoding in (*marked, _encoding(named, content), "utf-8"):
        try:
            return mended(codecs.getincrementaldecoder(encoding)().decode(content))
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def mended(text: str) -> str:
    """Put a text right that is UTF-8 read as Windows-1252 (“â€“”), if all of it is."""
    if not _TWICE.search(text):
        return text
    try:
        parts = enumerate(_NO_LETTERS.split(text))
        as_read = (part.encode("latin-1" if place % 2 else "cp1252") for place, part in parts)
        read = b"".join(as_read).decode()
    except ValueError:
        return text
    return read if _WESTERN_TEXT.fullmatch(read) else text


def _encoding(named: str, content: bytes) -> str:
    try:
        b"x".decode(named, "ignore")  # which fails for what packs bytes and makes no letters
        name = codecs.lookup(named).name
    except (LookupError, ValueError):
        return "utf-8"
    if name == "utf-16":  # without its mark
        return "utf-16-be" if content.startswith(b"\0") else "utf-16-le"
    return "utf-8" if name in _WESTERN | _NONE else name
