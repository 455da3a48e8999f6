"""The rich text in which old Outlooks keep a body: the page that is folded into it, or its text."""

import html
import re
from typing import NamedTuple

from cpctrack.extras import needed

_MOST_PACKED = 1024 * 1024  # of which each byte may become nine
_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,9})?[ ]?|\\'(?P<byte>[\da-f]{2})|\\(?P<sign>[^a-z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.IGNORECASE,
)
_LETTERS = {
    "par": "\n", "line": "\n", "row": "\n", "tab": "\t", "cell": "\t", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "endash": "–", "emdash": "—", "bullet": "•",
}  # fmt: skip
_SIGNS = {"~": "\xa0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_UNSEEN = {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer"}


class _Group(NamedTuple):
    unseen: bool = False
    is_tag: bool = False  # a tag of the page that is folded in
    is_copy: bool = False  # how rich text shows what the page has anyway
    behind: int = 1  # so many letters stand for one that has a number, for who can't read those


def unpacked(packed: bytes) -> tuple[str, str]:
    """Give the page that is folded into packed rich text, or else its text.

    Raises `MissingExtraError`, and `ValueError` where it is too long.
    """
    with needed("outlook", "An Outlook message (.msg)"):
        import compressed_rtf
    if len(packed) > _MOST_PACKED:
        raise ValueError("longer than any answer")
    source = compressed_rtf.decompress(packed).decode("latin-1")
    is_page = "\\fromhtml" in source
    reader = _Reader(source, is_page=is_page)
    return (reader.text, "") if is_page else ("", reader.text)


class _Reader:
    def __init__(self, source: str, *, is_page: bool) -> None:
        self._is_page = is_page
        self._found: list[str] = []
        self._groups = [_Group()]
        self._skip = 0  # letters
        named = re.search(r"\\ansicpg(\d{3,5})", source)
        self._encoding = f"cp{named[1]}" if named else "cp1252"
        for token in _TOKEN.finditer(source):
            if token["brace"] == "{":
                self._groups.append(self._groups[-1])
            elif token["brace"]:
                self._groups[1:] = self._groups[1:-1]
            elif word := token["word"]:
                self._take_word(word, int(token["number"] or 1))
            elif token["sign"] == "*":
                self._groups[-1] = self._groups[-1]._replace(unseen=True)
            else:
                byte, sign, text = token["byte"], token["sign"], token["text"]
                letter = bytes.fromhex(byte).decode(self._encoding, "replace") if byte else ""
                self._write(letter or text or _SIGNS.get(sign, ""))

    @property
    def text(self) -> str:
        """What was read; a letter that was named in two halves is one."""
        return "".join(self._found).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _take_word(self, word: str, number: int) -> None:
        group = self._groups[-1]
        if word == "htmltag":
            self._groups[-1] = group._replace(unseen=False, is_tag=True)
        elif word in _UNSEEN:
            self._groups[-1] = group._replace(unseen=True)
        elif word == "htmlrtf":
            self._groups[-1] = group._replace(is_copy=self._is_page and number != 0)
        elif word == "uc":
            self._groups[-1] = group._replace(behind=number)
        elif word == "u":
            self._write(chr(number & 0xFFFF))
            self._skip = group.behind
        elif letter := _LETTERS.get(word):
            self._write(letter)

    def _write(self, text: str) -> None:
        group = self._groups[-1]
        skipped, self._skip = min(self._skip, len(text)), max(0, self._skip - len(text))
        if not (group.unseen or group.is_copy):
            text = text[skipped:]
            self._found.append(html.escape(text) if self._is_page and not group.is_tag else text)
