"""Where ``python -m cpctrack`` and the installed program begin."""

import sys


def run() -> None:
    """Run the command line, and let Ctrl-C end it with a line at any time."""
    try:
        if sys.getfilesystemencoding() != "utf-8":  # which Python asked of a locale that isn't
            from cpctrack import system

            system.start_in_utf8()
        from cpctrack.cli import main  # takes a moment, in which somebody may change their mind

        main.run()
    except KeyboardInterrupt:
        sys.exit("Stopped.")


if __name__ == "__main__":
    run()
