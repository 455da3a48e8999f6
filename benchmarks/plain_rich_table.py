"""Print what `cpctrack list` shows of a record as a plain rich table, from a TSV file."""

import csv
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

COLUMNS = ("ref", "meeting_date", "item", "action", "owners", "due", "status")

with Path(sys.argv[1]).open(encoding="utf-8", newline="") as stream:
    rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
table = Table(*COLUMNS)
for row in rows:
    table.add_row(*(Text(row[name]) for name in COLUMNS))
Console().print(table)
