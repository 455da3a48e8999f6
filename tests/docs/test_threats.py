"""Each promise of the page on threats names a test that there is."""

import re
from pathlib import Path

TEST = re.compile(r"\| `(test_\w+)` in (tests/[\w/]+\.py) \|$")


def test_every_promise_names_a_test_that_there_is(root: Path) -> None:
    page = (root / "docs/threats.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and " --- " not in line]
    promises = [row for row in rows if row != "| what cpctrack does | the test |"]
    assert len(promises) == 33
    missing = [
        row
        for row in promises
        if not (named := TEST.search(row))
        or f"\ndef {named[1]}(" not in (root / named[2]).read_text(encoding="utf-8")
    ]
    assert missing == []
