"""Packages with plug-ins that are installed for the time of a test."""

import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from cpctrack import plugins
from cpctrack.reading import registry
from cpctrack.render import documents
from cpctrack.tasks import check

EXAMPLE = Path(__file__).parents[2] / "examples" / "plugin"


def install(folder: Path, package: str, groups: dict[str, dict[str, str]]) -> None:
    """Write what pip leaves of a package: its name, and its entry points."""
    info = folder / f"{package.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {where}\n" for name, where in points.items())
        for group, points in groups.items()
    ]
    (info / "entry_points.txt").write_text("".join(lines))


def install_example(folder: Path) -> None:
    """Install the worked example, as its own pyproject.toml says."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    install(folder, project["name"], project["entry-points"])


@contextmanager
def found_anew(*folders: Path) -> Iterator[None]:
    """Look for plug-ins in these folders too, and forget what was found and imported after it."""
    caches = (plugins.installed, registry.added, documents.added, check.added)
    path, modules = sys.path[:], dict[str, ModuleType](sys.modules)
    sys.path[:0] = map(str, folders)
    for each in caches:
        each.cache_clear()
    try:
        yield
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - set(modules):
            if name.startswith(("cpctrack_marlowe", "brought")):
                del sys.modules[name]
        for each in caches:
            each.cache_clear()
