"""What git knows; the only user of subprocess. Without git nothing here fails."""

import subprocess
from pathlib import Path


def user_name(folder: Path) -> str:
    """Give the user name git would commit with in this folder, or nothing."""
    return _output(folder, "config", "--get", "user.name")


def _output(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError:  # no git, or no such folder
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
