"""``cpctrack templates``: see and copy the templates that documents are made with."""

from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.printing import templates_of
from cpctrack.errors import NotFoundError, RenderError, reason


@click.group()
def command() -> None:
    """Make the templates your own.

    A file in the folder “templates” beside the store takes the place of cpctrack's own file of
    the same name. docs/templates.md says what a template can do.

    \b
    Example:
      cpctrack templates list
      cpctrack templates copy appendix.css
    """


@command.command("list")
@pass_app
def list_command(app: App) -> None:
    """Name every file that the templates are made of, and say which of them are yours.

    \b
    Example:
      cpctrack templates list
    """
    from cpctrack.render.templates import environment

    folder = templates_of(app.store_path())
    yours = environment.overriding(folder)
    for name in environment.files():
        click.echo(f"{name}\t{folder / name}" if name in yours else name)


@command.command("copy")
@click.argument("name")
@click.option("--force", is_flag=True, help="Replace the file where you have it already.")
@pass_app
def copy_command(app: App, *, name: str, force: bool) -> None:
    """Copy one of cpctrack's files beside your store, for you to change.

    From then on documents are made with yours. Delete it to go back.

    \b
    Example:
      cpctrack templates copy appendix.css
    """
    from cpctrack.render.templates import environment
    from cpctrack.store.files import write_atomically
    from cpctrack.suggest import did_you_mean

    known = environment.files()
    if name not in known:
        hint = did_you_mean(name, known)
        raise NotFoundError(f"cpctrack has no template “{name}”; it has {', '.join(known)}.{hint}")
    target = templates_of(app.store_path()) / name
    _refuse_to_replace(target, force=force)
    try:
        target.parent.mkdir(exist_ok=True)
        write_atomically(target, (environment.templates_folder() / name).read_bytes())
    except OSError as error:
        raise RenderError(f"{target} can't be written ({reason(error)}).") from error
    app.say(f"Copied {name} to {target}; documents are made with that file from now on.")


def _refuse_to_replace(target: Path, *, force: bool) -> None:
    if target.exists() and not force:
        raise RenderError(f"{target} already exists; keep it, or add --force to begin anew.")
