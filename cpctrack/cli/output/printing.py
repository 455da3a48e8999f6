"""The options of every command that prints, and what the clerk is told besides."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpctrack.cli.context import App
from cpctrack.cli.types import FormatName
from cpctrack.render.documents import FORMATS, added
from cpctrack.text import counted

if TYPE_CHECKING:
    from cpctrack.tasks.print_view import Laid

VIEWS = ("full", "progress")
"""The views that a pack can have; the work programme is for looking ahead, and is never frozen."""

FORMAT = FormatName(FORMATS, added)
format_option = click.option("--format", "format_name", type=FORMAT,
    help="The kind of document, where the ending of FILE does not say.")  # fmt: skip
output_option = click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help="The file to write, instead of showing it here.")  # fmt: skip
_HELP = "The whole table of a year, or what happened since the formal meeting before"
pack_views_option = click.option(
    "--view", "view_name", type=click.Choice([*VIEWS, "both"]), default=VIEWS[0],
    show_default=True, help=f"{_HELP}, or both."
)  # fmt: skip
any_view_option = click.option(
    "--view", "view_name", type=click.Choice([*VIEWS, "programme"]), default=VIEWS[0],
    show_default=True, help=f"{_HELP}, or what comes to the meetings ahead."
)  # fmt: skip

no_carried_option = click.option("--no-carried", is_flag=True,
    help="Leave out what earlier years left unfinished, and say how much that is.")  # fmt: skip
no_bands_option = click.option("--no-bands", is_flag=True,
    help="Give meeting and item columns of their own, eight in all.")  # fmt: skip
text_size_option = click.option("--text-size", type=click.Choice(["10", "11", "12"]),
    default="11", show_default=True, help="The size of letters, in points.")  # fmt: skip


def tell_of_earlier(app: App, laid: "Laid") -> None:
    """Tell how many unfinished actions of earlier years the table has not, and how to see them."""
    if laid.earlier:
        of_each = ", ".join(f"{count} of {year}" for year, count in sorted(laid.earlier.items()))
        number, last = counted(sum(laid.earlier.values()), "unfinished action"), max(laid.earlier)
        app.warn(
            f"Not in this table: {number} of earlier years ({of_each}). See them with “cpctrack "
            f"list --open --year {last}”, or print that year's table with “cpctrack appendix "
            f"--year {last}”."
        )
