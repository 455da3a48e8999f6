"""The templates that a committee has made its own, in the folder beside its store."""

from pathlib import Path

from cpctrack.errors import NotFoundError, RenderError, reason
from cpctrack.render.templates import environment
from cpctrack.store.files import write_atomically
from cpctrack.suggest import did_you_mean
from cpctrack.tasks.print_view import templates_of


def list_templates(path: Path) -> dict[str, Path | None]:
    """Name every file that templates are made of, with the one that stands for it, if there is."""
    folder = templates_of(path)
    yours = environment.overriding(folder)
    return {name: folder / name if name in yours else None for name in environment.files()}


def copy_template(path: Path, name: str, *, force: bool = False) -> Path:
    """Copy one of our files beside the store; raises `NotFoundError` or `RenderError`."""
    known = environment.files()
    if name not in known:
        hint = did_you_mean(name, known)
        raise NotFoundError(f"cpctrack has no template “{name}”; it has {', '.join(known)}.{hint}")
    target = templates_of(path) / name
    if target.exists() and not force:
        raise RenderError(f"{target} already exists; keep it, or add --force to write over it.")
    try:
        target.parent.mkdir(exist_ok=True)
        write_atomically(target, (environment.templates_folder() / name).read_bytes())
    except OSError as error:
        raise RenderError(f"{target} can't be written ({reason(error)}).") from error
    return target
