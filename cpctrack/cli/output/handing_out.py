"""What is told of exempt business when records leave the store."""

from cpctrack.cli.context import App
from cpctrack.labels import NOT_FOR_PUBLICATION
from cpctrack.text import counted

INCLUDED = f"{NOT_FOR_PUBLICATION}: what is exempt is included."


def tell_of_exempt(
    app: App, left_out: int, included: str, *, noun: str = "action", does: str = "writes"
) -> None:
    """Warn that it is included, in these words if it is, or tell how much was left out."""
    if included:
        app.warn(included)
    if left_out:
        are, them = ("is", "it") if left_out == 1 else ("are", "them")
        app.warn(
            f"{counted(left_out, f'exempt {noun}')} {are} left out; --include-exempt {does} "
            f"{them}, not for publication."
        )
