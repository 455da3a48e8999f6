"""``cpctrack layouts``: see and change what was taught of other bodies' tables."""

from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import print_json
from cpctrack.cli.types import LayoutName
from cpctrack.errors import LayoutError, UsageError
from cpctrack.text import clean, one_line, shorten

if TYPE_CHECKING:
    from cpctrack.tables.layout import Layout

_SHORT = 60  # letters of a layout's headings


@click.group()
def command() -> None:
    """Teach cpctrack what the columns of another body's table mean.

    A layout is a small file in the folder “layouts” beside the store. A table with its headings is
    read by it. “cpctrack import” makes one of what you answer; docs/importing.md shows how to
    write one.

    \b
    Example:
      cpctrack layouts list
      cpctrack layouts show brookfield
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the layouts as JSON for scripts.")
@pass_app
def list_command(app: App, *, as_json: bool) -> None:
    """Name every layout, with what it is about and the headings by which its tables are known.

    \b
    Example:
      cpctrack layouts list
    """
    from cpctrack.tasks.layouts import layout_files, layout_named

    path = app.store_path()
    wrong = []
    layouts = []
    for name in layout_files(path):
        try:
            layouts.append(layout_named(path, name))
        except LayoutError as error:
            wrong.append(str(error))
    if as_json:
        print_json([_as_json(each) for each in layouts])
    else:
        for each in layouts:
            headings = shorten(", ".join(map(one_line, each.columns)), _SHORT)
            click.echo("\t".join((clean(each.name), one_line(each.about), headings)))
        if not (layouts or wrong):
            app.say("There is no layout yet; “cpctrack import” makes one of what you answer.")
    if wrong:
        raise LayoutError("\n".join(wrong))


@command.command("show")
@click.argument("name", type=LayoutName())
@pass_app
def show_command(app: App, *, name: str) -> None:
    """Show what each column of a layout means, and its file.

    \b
    Example:
      cpctrack layouts show brookfield
    """
    from cpctrack.tables.layout import read_layout, words_of
    from cpctrack.tasks.layouts import find_file, layout_text

    path = app.store_path()
    file, text = find_file(path, name), layout_text(path, name)
    try:
        layout = read_layout(file.stem, text)
    except LayoutError:
        click.echo(clean(text), nl=False)
        raise
    width = max(len(one_line(heading)) for heading in layout.columns)
    for heading, meanings in layout.columns.items():
        means = ", ".join(words_of(meanings))
        click.echo(f"{one_line(heading):{width}}  {means}")
    click.echo(f"\n# {clean(str(file))}\n{clean(text)}", nl=False)


@command.command("edit")
@click.argument("name", type=LayoutName())
@pass_app
def edit_command(app: App, *, name: str) -> None:
    """Open a layout in your editor, or begin a new one there.

    \b
    Example:
      cpctrack layouts edit brookfield
    """
    from cpctrack.cli.dialogue.editing import edit_until
    from cpctrack.tables.layout import MEANINGS, check_name, read_layout
    from cpctrack.tasks.layouts import (
        SKELETON,
        find_file,
        has_layout,
        layout_text,
        layouts_of,
        save_layout,
    )

    path = app.store_path()
    known = has_layout(path, name)
    if not known:
        check_name(name)
    if not app.interactive:
        raise UsageError(
            f"Nobody is there to edit it: write the file in {layouts_of(path)} yourself."
        )
    if known:
        name = find_file(path, name).stem
        text = layout_text(path, name)
    else:
        text = SKELETON.format(meanings=", ".join(MEANINGS))

    def read(written: str) -> str:
        written = clean(written)
        read_layout(name, written)
        return written

    instead = f"change the file in {layouts_of(path)}"
    written = edit_until(text, read, what="layout", instead=instead)
    if written is None or written == text:
        app.say("Nothing was changed.")
        return
    app.say(f"Written to {save_layout(path, name, written)}.")


@command.command("forget")
@click.argument("name", type=LayoutName())
@click.option("--yes", is_flag=True, help="Forget it without asking.")
@pass_app
def forget_command(app: App, *, name: str, yes: bool) -> None:
    """Remove a layout; what was imported by it stays as it is.

    \b
    Example:
      cpctrack layouts forget brookfield
    """
    from cpctrack.cli.dialogue.confirming import confirm
    from cpctrack.tasks.layouts import find_file, forget_layout

    path = app.store_path()
    file = find_file(path, name)
    confirm(app, f"Remove {file}?", yes=yes, default=False)
    forget_layout(path, name)
    app.say(f"Removed {file}; undo does not bring it back.")


def _as_json(layout: "Layout") -> dict[str, Any]:
    from cpctrack.tables.layout import words_of

    columns = {heading: words_of(meanings) for heading, meanings in layout.columns.items()}
    return {"name": layout.name, "about": layout.about, "columns": columns}
