"""Bytes in a text that are no UTF-8: which older encoding makes words of them. Pure."""

import re
from itertools import islice

STRAY = re.compile("[\udc80-\udcff]")  # what “surrogateescape” makes of such a byte
# The likeliest first: Windows, old Macs, the DOS window.
_ENCODINGS = ("cp1252", "mac_roman", "cp850")
_LOOKED_AT = 2000
_MOST_ODD = 0.2  # of the letters looked at: people write ‘ for ’, too

_LOWER, _UPPER = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžß", "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸŒŠŽ"
# A letter between its neighbours as English, Welsh and names have it.
_PLAUSIBLE = re.compile(
    rf"""[^\W\d_][{_LOWER}]\D | \D[{_LOWER}][^\W\d_] | \W[àâôÀ]\W
    | \W[{_UPPER}][^\W\d_] | [A-Z{_UPPER}][{_UPPER}][^a-z{_LOWER}\d]
    | \W[“‘«]\S | \S[”»]\W | \S’. | .’\w | \w´\w | .[–—…\xa0\xad].
    | \W[£€][\s\dkmb)] | \W[•·§][\s\w] | [\s\d(][½¼¾]\W | \w[²³™®]\W | \d°. | \W©.
    | [\s\d][×÷±][\s\d]""",
    re.VERBOSE | re.DOTALL,
)  # fmt: skip


def read(text: str) -> str:
    """Read the stray bytes of a text, all in one encoding; they stay where none is plausible.

    Two that are equally plausible and say different things are none, but for Windows-1252.
    """
    places = [match.start() for match in islice(STRAY.finditer(text), _LOOKED_AT)]
    sample = f" {text[: places[-1] + 2]} "
    readings = [_as(sample, encoding) for encoding in _ENCODINGS]
    odd = [sum(not _PLAUSIBLE.match(reading, at) for at in places) for reading in readings]
    best = odd.index(min(odd))
    is_sure = best == 0 or odd.count(odd[best]) == 1
    return _as(text, _ENCODINGS[best]) if is_sure and odd[best] <= _MOST_ODD * len(places) else text


def _as(text: str, encoding: str) -> str:
    """Read the stray bytes in this encoding; those that it has no letter for stay."""
    high = range(0x80, 0x100)
    letters = {0xDC00 + byte: bytes([byte]).decode(encoding, "surrogateescape") for byte in high}
    return text.translate(letters)
