"""Write ``docs/records.schema.json`` from the table of fields: ``python docs/generate_schema.py``.

With ``--check`` nothing is written; the exit code is 1 where the file is another.
"""

import sys
from pathlib import Path

from cpctrack.render.export.schema import schema

TARGET = Path(__file__).with_name("records.schema.json")


def main(arguments: list[str]) -> int:
    """Write the schema, or compare it, and give the exit code."""
    if "--check" not in arguments:
        TARGET.write_bytes(schema())
        return 0
    if TARGET.is_file() and TARGET.read_bytes() == schema():
        return 0
    sys.stderr.write(f"{TARGET} is not what the fields say; run {Path(__file__).name}.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
