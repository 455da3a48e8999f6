"""Write the lowest versions that pyproject.toml allows, one a line, as constraints for pip."""

import re
import sys
import tomllib
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
_BOUND = re.compile(r"([\w.-]+)(?:\[[^]]*])?>=([\w.]+)")


def main() -> None:
    """Take them from what users install and from the tools of the tests."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    used = (extras[name] for name in ("office", "outlook", "parquet", "pdf", "test"))
    wanted = [*project["dependencies"], *chain.from_iterable(used)]
    for bound in filter(None, map(_BOUND.fullmatch, wanted)):
        sys.stdout.write(f"{bound[1]}=={bound[2]}\n")


if __name__ == "__main__":
    main()
