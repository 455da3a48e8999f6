"""Taking the last command back, and doing it again: the undo log carried out on the store."""

import contextlib
from pathlib import Path

from cpctrack import codec, journal, store, undoing
from cpctrack.errors import NotFoundError, StoreError, reason
from cpctrack.store import Store


def look(path: Path, way: undoing.Way) -> undoing.Step:
    """Plan to take the last command back, or to do it again; raises `StoreError`.

    `NotFoundError` says that there is no such command.
    """
    return _plan(store.read(path), way)[1]


def take(path: Path, shown: undoing.Step) -> None:
    """Carry out what `look` has planned; raises `StoreError` where things have changed since."""
    with store.locked(path):
        current = store.opened(path)
        log, step = _plan(current, shown.way)
        if step != shown or step.obstacles:
            raise StoreError(
                "Somebody else changed the store while you were reading; nothing was changed. "
                "Look again what there is to do now."
            )
        if shown.way is undoing.Way.UNDO:
            _write(current, step)
            # A log that stays as it was shows a command that the store knows nothing of.
            with contextlib.suppress(OSError):
                journal.rewrite(path, undoing.moved(log, step))
        else:
            _redo(current, log, step)


def _plan(current: Store, way: undoing.Way) -> tuple[journal.Log, undoing.Step]:
    log = journal.read(current.path, codec.SCHEMA)
    step = undoing.find_step(log, current.document, way)
    if step is None:
        raise NotFoundError(_why_no_step(log, way))
    return log, step


def _write(current: Store, step: undoing.Step) -> None:
    document = undoing.applied(current.document, step)
    codec.check_readable(document, {change.id for change in step.rows})
    current.replace(document)


def _redo(current: Store, log: journal.Log, step: undoing.Step) -> None:
    """Do a command again, which must be in the log before it is in the store."""
    try:
        journal.rewrite(current.path, undoing.moved(log, step))
    except OSError as error:
        raise StoreError(
            f"The undo log beside {current.path} can't be written "
            f"({reason(error)}); nothing was changed."
        ) from error
    try:
        _write(current, step)
    except StoreError:
        with contextlib.suppress(OSError):
            journal.rewrite(current.path, log)
        raise


def _why_no_step(log: journal.Log, way: undoing.Way) -> str:
    if way is undoing.Way.REDO:
        return "There is nothing to do again: no command was taken back since the last one wrote."
    if log.damaged:
        return (
            "There is nothing to take back: the undo log can't be read any further. "
            "“cpctrack history” tells what was changed."
        )
    return (
        "There is nothing to take back: the undo log goes back no further. "
        "“cpctrack history” tells what was changed."
    )
