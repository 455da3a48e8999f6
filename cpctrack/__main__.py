"""Where ``python -m cpctrack`` and the installed program begin."""

import sys


def run() -> None:
    """Run the command line, and let Ctrl-C end it with a line at any time."""
    try:
        from cpctrack.cli import main  # takes a moment, in which somebody may change their mind

        main.run()
    except KeyboardInterrupt:
        sys.exit("Stopped.")


if __name__ == "__main__":
    run()
