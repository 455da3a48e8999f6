"""What came of writing the public site, in words."""

from typing import TYPE_CHECKING

from cpctrack.cli.context import App
from cpctrack.text import counted

if TYPE_CHECKING:
    from cpctrack.tasks.site import Written


def tell(app: App, written: "Written") -> None:
    """Say what the site holds, and what was left out of it."""
    site = written.site
    app.say(
        f"The site has {counted(len(site.committees), 'committee')}; {site.page.summary} "
        f"{counted(written.changed, 'file')} written, {written.removed:,} removed."
    )
    if written.left_out:
        left = counted(written.left_out, "exempt action")
        app.warn(f"{left} left out: the site is for the public.")
