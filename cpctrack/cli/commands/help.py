"""``cpctrack help``: commands, pages of the documentation, or what does what a word says."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.menu import in_lines, sought
from cpctrack.cli.output.writing import page, window
from cpctrack.errors import UsageError
from cpctrack.text import one_line

_LIST = "topics"
_WIDEST = 100  # letters in a line
_MOST, _SHORTEST = 3, 4  # sections that are named for a word, and letters in it


@click.command()
@click.argument("words", nargs=-1, metavar="[COMMAND|TOPIC|WORD]...")
@click.option("--page", "as_page", is_flag=True,
              help="Show the page about it, where a command has the same name.")  # fmt: skip
@click.pass_context
@pass_app
def command(app: App, ctx: click.Context, /, *, words: tuple[str, ...], as_page: bool) -> None:
    """Show the commands, all of one, a page of the documentation, or what does what a word says.

    “cpctrack help topics” lists the pages. Words behind a page's name show the section with these
    words in its heading.

    \b
    Example:
      cpctrack help list
      cpctrack help sharing
      cpctrack help sharing every day
      cpctrack help delete
    """
    found = None if as_page else _help_of(ctx, words)
    if found and not words:
        page([found, "\n"], app)
        return
    from cpctrack.render.screen.topics import title, topics

    pages = topics()
    name = words[0].casefold() if words else _LIST
    if found:
        also = f"\nThere is a page about it, too: cpctrack help {name} --page\n"
        page([found, "\n", also if len(words) == 1 and name in pages else ""], app)
    elif name == _LIST:
        width = max(map(len, pages), default=0)
        lines = (f"  cpctrack help {each:<{width}}  {title(pages[each])}\n" for each in pages)
        page(lines, app)
    elif name in pages:
        from cpctrack.render.screen.pages import shown

        width = min(window() or _WIDEST, _WIDEST)
        section = " ".join(words[1:])
        text = shown(pages[name], width, styled=bool(window()), section=section)
        if not text.strip():
            raise UsageError(
                f"No heading of the page {name} has “{one_line(section)}”; “cpctrack help {name}” "
                "shows all of it."
            )
        page([text], app)
    else:
        _look_up(name)


def _help_of(ctx: click.Context, words: tuple[str, ...]) -> str:
    """Give the help of the program, or of a command of it, or nothing where it is none."""
    above = ctx.find_root()
    for word in words:
        group = above.command
        below = group.get_command(above, word) if isinstance(group, click.Group) else None
        if below is None:
            return ""
        above = click.Context(below, info_name=word, parent=above, **below.context_settings)
    return above.get_help()


def _look_up(word: str) -> None:
    """Say which commands and which sections of pages a word leads to."""
    from cpctrack.render.screen.topics import headings_with

    said = one_line(word)
    lines = [in_lines(names)] if (names := sought(word)) else []
    sections = list(headings_with(said).items())[:_MOST] if len(said) >= _SHORTEST else ()
    lines += [f'  cpctrack help {name} "{said}"  {heading}' for name, heading in sections]
    if not lines:
        raise UsageError(
            f"There is no command and no page for “{said}”; “cpctrack help” shows all commands, "
            "“cpctrack help topics” all pages."
        )
    click.echo("\n".join([f"For “{said}”:", *lines]))
