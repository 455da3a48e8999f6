"""Print the notes of a release: ``python .ci/release.py v0.2.0 [ADDRESS]``.

They are what CHANGELOG.md says of that version, with its links led to the files of that tag in the
repository at ADDRESS. A tag that is not this checkout's version, or a changelog that is not ready
for it, is refused.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(tag: str, address: str = "") -> int:
    """Print the notes for `tag`, or say what has to be put right first, and give the exit code."""
    code = (ROOT / "cpctrack" / "__init__.py").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (version,) = re.findall(r'^__version__ = "(.+)"$', code, re.MULTILINE)
    if tag != f"v{version}":
        return _refuse(f"The tag {tag} is not v{version}, the version in cpctrack/__init__.py.")
    if section(changelog, "Unreleased"):
        return _refuse(f"CHANGELOG.md has lines under “Unreleased”: move them under {version}.")
    notes = section(changelog, version)
    if not notes:
        return _refuse(f"CHANGELOG.md says nothing of {version}.")
    if address:
        notes = notes.replace("](#", "](CHANGELOG.md#")
        notes = re.sub(r"\]\((?!\w+:)", f"]({address}/blob/{tag}/", notes)
    sys.stdout.buffer.write(f"{notes}\n".encode())
    return 0


def section(changelog: str, name: str) -> str:
    """Give what stands under the heading of a version, without the heading."""
    found = re.search(
        rf"^## {re.escape(name)}(?: - \d{{4}}-\d\d-\d\d)?$(.*?)(?=^## |\Z)",
        changelog,
        re.MULTILINE | re.DOTALL,
    )
    return found[1].strip() if found else ""


def _refuse(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
