"""Taking the last command back, and doing it again: the undo log carried out on the store."""

import contextlib
from pathlib import Path

from cpctrack.errors import NotFoundError, StoreError, reason
from cpctrack.store import codec, store, undo, undo_log
from cpctrack.store.store import Store


def look(path: Path, way: undo.Way) -> undo.Step:
    """Plan to take the last command back, or to do it again; raises `StoreError`.

    `NotFoundError` says that there is no such command.
    """
    return _plan(store.read(path), way)[1]


def take(path: Path, shown: undo.Step) -> None:
    """Carry out what `look` has planned; raises `StoreError` where things have changed since."""
    with store.locked(path):
        current = store.opened(path)
        log, step = _plan(current, shown.way)
        if step != shown or step.obstacles:
            raise StoreError(
                "Somebody else changed the store while you were reading; nothing was changed. "
                "Look again what there is to do now."
            )
        moved = undo.moved(log, step)
        if shown.way is undo.Way.UNDO:
            _write(current, step)
            # A log that stays as it was shows a command that the store knows nothing of.
            with contextlib.suppress(OSError):
                undo_log.rewrite(path, moved)
            return
        # What is done again must be in the log before it is in the store.
        try:
            undo_log.rewrite(path, moved)
        except OSError as error:
            raise StoreError(
                f"The undo log beside {path} can't be written ({reason(error)}); nothing was "
                "changed."
            ) from error
        try:
            _write(current, step)
        except StoreError:
            with contextlib.suppress(OSError):
                undo_log.rewrite(path, log)
            raise


def _plan(current: Store, way: undo.Way) -> tuple[undo_log.UndoLog, undo.Step]:
    log = undo_log.read(current.path, codec.SCHEMA)
    step = undo.find_step(log, current.document, way)
    if step:
        return log, step
    if way is undo.Way.REDO:
        raise NotFoundError(
            "There is nothing to do again: no command was taken back since the last one wrote."
        )
    how_far = "can't be read any further" if log.damaged else "goes back no further"
    raise NotFoundError(
        f"There is nothing to take back: the undo log {how_far}. “cpctrack history” tells what was "
        "changed."
    )


def _write(current: Store, step: undo.Step) -> None:
    document = undo.applied(current.document, step)
    codec.check_readable(document, {change.id for change in step.rows})
    current.replace(document)
