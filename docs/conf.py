"""The documentation site: ``python -m sphinx -W --keep-going -c docs . build/site``.

The pages stay plain Markdown that reads as well where the code is kept. The whole checkout is the
source, so that a link such as ``../CHANGELOG.md`` is one on the site too.
"""

import re
from importlib.metadata import version as version_of
from typing import Any

project = "cpctrack"
author = "The cpctrack contributors"
release = version = version_of("cpctrack")
language = "en"

extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["*.md", "docs/*.md", "examples/**README.md", "benchmarks/**README.md"]
exclude_patterns = ["build", ".*", "**/node_modules", "tests", "cpctrack"]
myst_heading_anchors = 6
nitpicky = True  # a link that leads nowhere is a fault, and -W makes faults count
suppress_warnings = ["misc.highlighting_failure"]  # nothing colours a CSV file

smartquotes = False  # the pages have the quotation marks they want
html_theme = "furo"
html_title = "cpctrack"
html_additional_pages = {"index": "to-start.html"}
templates_path = ["site"]
html_copy_source = html_show_sourcelink = html_show_copyright = False
html_use_index = False
html_theme_options: dict[str, list[str]] = {"top_of_page_buttons": []}

PART = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
FOLDER = re.compile(r"\]\(((?:\.\./)?examples(?:/[\w-]+)*)/?\)")
ENTRY = re.compile(r"^- \[(.+?)\]\((.+?)\.md\)", re.MULTILINE)


def setup(app: Any) -> None:
    """Have the first page's lists make the sidebar, and a link to a folder lead to its README."""
    app.connect("source-read", _prepare)


def _prepare(_app: Any, page: str, source: list[str]) -> None:
    source[0] = FOLDER.sub(r"](\1/README.md)", source[0])
    if page == root_doc:
        for caption, links in PART.findall(source[0]):
            entries = "\n".join(f"{words} <{target}>" for words, target in ENTRY.findall(links))
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{entries}\n```\n"
