"""``cpctrack templates``: see and copy the templates that documents are made with."""

import click

from cpctrack.cli.context import App, pass_app


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
    from cpctrack.tasks.templates import list_templates

    for name, yours in list_templates(app.store_path()).items():
        click.echo(f"{name}\t{yours}" if yours else name)


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
    from cpctrack.tasks.templates import copy_template

    target = copy_template(app.store_path(), name, force=force)
    app.say(f"Copied {name} to {target}; documents are made with that file from now on.")
