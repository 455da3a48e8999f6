"""The page that tells a reader what is in an archive."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from cpctrack.labels import NOT_FOR_PUBLICATION
from cpctrack.render.export.bundle import MANIFEST
from cpctrack.text import counted, one_line


class Entry(NamedTuple):
    """A file of the archive, and what it is, in words."""

    name: str
    means: str


class Chapter(NamedTuple):
    """One committee: its name, what there is of it in words, its files."""

    committee: str
    summary: str
    entries: Sequence[Entry]


_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto;
  padding: 0 1rem; color: #111; background: #fff; }}
a {{ color: #0b3d91; overflow-wrap: anywhere; }}
li {{ margin: .4rem 0; }}
.mark {{ border: .2rem solid #a00; padding: .5rem 1rem; font-weight: bold; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def page(chapters: Sequence[Chapter], day: str, *, internal: bool = False) -> bytes:
    """Write the page: what there is of each committee as it stood on a day, and how to check it."""
    whose = chapters[0].committee if len(chapters) == 1 else counted(len(chapters), "committee")
    before = f"{NOT_FOR_PUBLICATION}: " if internal else ""
    title = escape(f"{before}Archive of {one_line(whose)}")
    return _PAGE.format(title=title, body="\n".join(_body(chapters, day, internal))).encode()


def _body(chapters: Iterable[Chapter], day: str, internal: bool) -> Iterator[str]:
    if internal:
        yield (
            f'<p class="mark">{NOT_FOR_PUBLICATION}. Exempt business is in these files; they are '
            "for those only who may see it.</p>"
        )
    yield f"<p>Actions, recommendations and decisions, as they stood on {escape(day)}.</p>"
    for chapter in chapters:
        yield f"<h2>{escape(one_line(chapter.committee))}</h2>"
        yield f"<p>{escape(chapter.summary)}</p>"
        yield "<ul>"
        for name, means in chapter.entries:
            yield f'<li><a href="{escape(name)}">{escape(name)}</a>: {escape(means)}</li>'
        yield "</ul>"
    yield "<h2>Whether it is whole</h2>"
    yield (
        f"<p><code>{MANIFEST}</code> has the SHA-256 of every file. “cpctrack archive --verify "
        f"FILE” compares them, and so does “sha256sum -c {MANIFEST}” in the unpacked folder.</p>"
    )
