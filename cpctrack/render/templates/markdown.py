"""Text in a Markdown document: what it holds is shown, never obeyed."""

import re
from functools import lru_cache

_BACKSLASHED = {ord(letter): f"\\{letter}" for letter in "\\`*_{}[]<>|~#&!$"}
# A renderer that makes links of bare addresses would show backslashes inside them: no links.
_ADDRESS = re.compile(r"(?<=\bwww)\.", re.IGNORECASE)
# At the start of a line these begin a list, the underline of a heading or a table's rule.
_BLOCK = re.compile(r"[-+=:]|(?<=\d)[.)]", re.ASCII)
_NUMBER = re.compile(r"\d*", re.ASCII)
_OUTER_SPACE = re.compile(r"\A\s+|\s+\Z|(?<=\n)\s+|[^\S\n]+(?=\n)")


@lru_cache(maxsize=4096)  # items, owners and the words for nothing come again and again
def escape(text: object) -> str:
    """Write a text so that Markdown shows it letter by letter, in a table's cell or a paragraph.

    A newline becomes ``<br>``; spaces at the ends of a line, which Markdown drops, become
    character references.
    """
    escaped = str(text).translate(_BACKSLASHED).replace("://", r"\://")
    if "ww." in escaped.lower():
        escaped = _ADDRESS.sub(r"\.", escaped)
    if escaped[:1].isspace() or escaped[-1:].isspace() or "\n" in escaped:
        escaped = _OUTER_SPACE.sub(_as_references, escaped)
    number = _NUMBER.match(escaped)
    if number and _BLOCK.match(escaped, number.end()):
        escaped = f"{number[0]}\\{escaped[number.end() :]}"
    return escaped.replace("\n", "<br>")


def _as_references(spaces: re.Match[str]) -> str:
    return "".join(letter if letter == "\n" else f"&#{ord(letter)};" for letter in spaces[0])
