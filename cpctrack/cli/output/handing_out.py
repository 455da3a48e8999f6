"""What is told of exempt business when records leave the store."""

from cpctrack.cli.context import App
from cpctrack.labels import NOT_FOR_PUBLICATION
from cpctrack.text import counted


def tell_of_exempt(app: App, left_out: int, *, shown: bool) -> None:
    """Tell that it is in what was written, or how many records were left out."""
    if shown:
        app.warn(f"{NOT_FOR_PUBLICATION}: exempt records are included.")
    elif left_out:
        one = left_out == 1
        app.warn(
            f"{counted(left_out, 'exempt record')} {'is' if one else 'are'} left out; "
            f"--include-exempt writes {'it' if one else 'them'}, not for publication."
        )
