"""Print the README's two commands, in the order given: for ``sh``, or for ``powershell``."""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def main(language: str) -> int:
    """Print the first two blocks of code in that language."""
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    if len(blocks) < 2:
        sys.stderr.write(f"README.md shows {len(blocks)} commands for {language}, not two.\n")
        return 1
    sys.stdout.write("".join(blocks[:2]))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
