"""Lets ``python -m cpctrack`` do what ``cpctrack`` does."""

from cpctrack.cli.main import run

if __name__ == "__main__":
    run()
