"""Fail where a test of the gate was skipped in every run: a skip would hide that nothing is tested.

Takes pytest's JUnit files. Tests of the real published documents may be skipped where those are
not beside the checkout, as on a public runner.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
SHARED_REASON = "the published documents are not beside this checkout"


def main(files: list[str]) -> int:
    """Print each test that no run has run, and give the exit code."""
    skipped: dict[str, str] = {}
    ran: set[str] = set()
    for file in files:
        for case in ET.parse(file).iter("testcase"):
            name = f"{case.get('classname')}::{case.get('name')}"
            reason = case.find("skipped")
            if reason is None:
                ran.add(name)
            else:
                skipped[name] = reason.get("message", "")
    never = {name: why for name, why in skipped.items() if name not in ran and not _allowed(why)}
    for name, why in sorted(never.items()):
        sys.stdout.write(f"skipped: {name}: {why}\n")
    sys.stdout.write(f"{len(ran)} tests ran, {len(never)} were skipped.\n")
    return 1 if never or not ran else 0


def _allowed(reason: str) -> bool:
    return reason.startswith(SHARED_REASON) and not SHARED.is_dir()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
