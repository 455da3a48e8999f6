"""The pages of the documentation, by name: what there is to read, and where a word stands."""

import re
from pathlib import Path

from cpctrack.render import packed

ENDING = ".md"
CODE = "`"
"""What stands around code in a heading, and is not seen."""


def topics() -> dict[str, Path]:
    """Give the pages by name, in alphabetical order."""
    return {path.stem: path for path in sorted(packed("docs").glob(f"*{ENDING}"))}


def title(page: Path) -> str:
    """Give what stands over a page."""
    with page.open(encoding="utf-8") as lines:
        return next(
            (line[2:].strip().replace(CODE, "") for line in lines if line.startswith("# ")),
            page.stem,
        )


def headings_with(word: str) -> dict[str, str]:
    """Give of each page that has one the first heading that holds a word, by the page's name.

    What stands over a command or a file on a generated page is none.
    """
    heading = re.compile(rf"(?im)^#+ (?!cpctrack)(.*{re.escape(word)}.*)")
    held = ((name, page.read_text(encoding="utf-8")) for name, page in topics().items())
    found = ((name, heading.search(text.replace(CODE, ""))) for name, text in held)
    return {name: first[1] for name, first in found if first}
