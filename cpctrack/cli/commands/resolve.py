"""``cpctrack resolve``: say what is right where a merge could not choose."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import OneLine, Reference, Text
from cpctrack.errors import UsageError
from cpctrack.records.refs import split_ref

if TYPE_CHECKING:
    from cpctrack.tasks.merge import FromCopy, FromGit
    from cpctrack.tasks.resolve import Settled


@click.command()
@click.argument("ref", type=Reference(), required=False)
@click.argument("field", type=OneLine(), required=False)
@click.option("--ours", is_flag=True, help="Take what git calls ours.")
@click.option("--theirs", is_flag=True, help="Take what git calls theirs.")
@click.option("--base", is_flag=True, help="Take what it was before either change.")
@click.option("--value", type=Text(), help="Take this instead, as “cpctrack update” would.")
@click.option("--from-git", is_flag=True, help="Merge the store again from the versions git "
              "keeps, after a merge without cpctrack.")  # fmt: skip
@click.option("--from-copy", type=click.Path(path_type=Path), metavar="FILE", help="Bring in a "
              "copy of the store that a synchronised folder has left.")  # fmt: skip
@pass_app
def command(
    app: App,
    /,
    *,
    ref: str | None,
    field: str | None,
    value: str | None,
    from_git: bool,
    from_copy: Path | None,
    **sides: bool,
) -> None:
    """Settle a conflict that a merge has left: say which side of it is right, or what is.

    “cpctrack conflicts” names each REF and FIELD; the field “record” is an action that one side
    removed. On a terminal, without a FIELD, it goes through all conflicts, or those of REF, and
    asks. What you choose is written into the action's history.

    \b
    Example:
      cpctrack resolve --help
    """
    chosen = [side for side, given in sides.items() if given]
    whole = "--from-copy" if from_copy else "--from-git" if from_git else ""
    if whole:
        if ref or chosen or value is not None or (from_copy and from_git):
            raise UsageError(f"{whole} goes alone; settle what is left afterwards.")
        _merge(app, from_copy)
        return
    if len(chosen) + (value is not None) > 1:
        raise UsageError("Give one of --ours, --theirs, --base and --value.")
    says = bool(chosen) or value is not None
    if field and not says and not app.interactive:
        raise UsageError("Say what is right: --ours, --theirs, --base or --value TEXT.")
    if says and not field:
        raise UsageError("Name the action and the field too, as “cpctrack conflicts” shows them.")
    if not says and not app.interactive:
        raise UsageError(
            "Name an action and a field, as “cpctrack conflicts” shows them, and what is right: "
            "--ours, --theirs, --base or --value TEXT. On a terminal you are asked."
        )
    from cpctrack.cli.dialogue.conflicts import ask, typed_value
    from cpctrack.store import store
    from cpctrack.store.conflicts import Resolution
    from cpctrack.tasks import resolve

    path = app.store_path(*([ref] if ref and split_ref(ref.upper())[1] else ()))
    current = store.read(path)
    wanted = resolve.find(current, ref or "", field or "")
    if says:
        right = Resolution(chosen[0]) if chosen else typed_value(wanted[0], value or "")
        answers = [(wanted[0], right)]
        author = app.author("resolve")
    else:
        answers = ask(current, wanted)
        author = app.author("resolve")
        unsound = resolve.unsound(current, answers, author, app.today())
        for wrong in unsound.values():
            app.warn(wrong)
        answers = [each for each in answers if each[0].id not in unsound]
        if not answers:
            app.say("Nothing was changed.")
            return
    _tell(app, resolve.settle(path, answers, author, app.today()))


def _merge(app: App, copy: Path | None) -> None:
    """Merge the store with a copy of it, or once more what git merged."""
    from cpctrack.tasks import merge

    if copy is None:
        path = app.store_path()
        _tell_of_git(app, path, merge.rebuild_from_git(path, app.author("resolve")))
        return
    beside = merge.stores_beside(app.store_paths(), copy)
    path = beside[0] if len(beside) == 1 else app.store_path()
    _tell_of_copy(app, path, copy, merge.bring_in(path, copy, app.author("resolve", path.parent)))


def _tell_of_copy(app: App, path: Path, copy: Path, done: "FromCopy") -> None:
    from cpctrack.check.base import listed
    from cpctrack.cli.output.conflicts import merged_words

    merged, left, back = done
    if merged is None:
        app.say(f"{path} has all that {copy} holds; you may delete the copy.")
    else:
        app.say(f"Brought in: {path} now has what either held; you may delete {copy}.")
        for line in merged_words(merged):
            app.say(line)
        if back:
            # The same action, or another that has got the same number: no store tells.
            app.say(
                f"Under {listed(back)} one of you had taken an action back and the other has one; "
                "look whether it should stay."
            )
        for ref, message in merged.exposed:
            app.warn(f"{ref}: {message}")
    _tell_of_left(app, left)


def _tell_of_left(app: App, left: int) -> None:
    if left:
        noun = "1 conflict is" if left == 1 else f"{left} conflicts are"
        app.say(f"{noun} left: see “cpctrack conflicts”, settle with “cpctrack resolve”.")


def _tell(app: App, settled: "Settled") -> None:
    from cpctrack.cli.output.noticing import notice
    from cpctrack.store.conflicts import field_words, find

    current = settled.store
    left = len(find(current.document))
    told = (f"{each.ref} ({field_words(each.clash.field)})" for each in settled.conflicts)
    rest = f"{left} left: “cpctrack conflicts” shows what." if left else "Nothing is left."
    app.say(f"Settled: {', '.join(dict.fromkeys(told))}. {rest}")
    ids = {each.id for each in settled.conflicts}
    notice(app, current, [record for record in current.records if record.id in ids])


def _tell_of_git(app: App, path: Path, done: "FromGit") -> None:
    from cpctrack.cli.output.conflicts import merged_words

    if not done.changed:
        app.say(f"{path} holds everything of {done.merge} already; nothing was changed.")
    else:
        app.say(f"Put {path} together again, action by action, from both sides of {done.merge}.")
        for line in merged_words(done.rebuilt):
            app.say(line)
    _tell_of_left(app, done.left)
    if done.changed or done.left:
        app.say(f"Then “git add {path.name}” and “git commit”.")
