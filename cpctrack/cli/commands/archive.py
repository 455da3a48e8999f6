"""``cpctrack archive``: a committee's records put away for good, and whether they are whole."""

from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.handing_out import INCLUDED, tell_of_exempt
from cpctrack.errors import UsageError
from cpctrack.text import clean, counted


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.zip",
              help="The archive to write.")  # fmt: skip
@click.option("--include-exempt", is_flag=True,
              help="Put the whole store into it, what is exempt too: not for publication."
              )  # fmt: skip
@click.option("--force", is_flag=True, help="Replace FILE.zip where it exists.")
@click.option("--verify", "archived", type=click.Path(path_type=Path), metavar="FILE.zip",
              help="Look whether an archive is whole, and write nothing.")  # fmt: skip
@click.pass_context
@pass_app
def command(
    app: App,
    ctx: click.Context,
    /,
    *,
    output: Path | None,
    archived: Path | None,
    include_exempt: bool,
    force: bool,
) -> None:
    """Put everything away in one file: store, history, published packs, and a page that lists them.

    It has a checksum of each file, and a folder for each committee. What is exempt stays out, and
    so do packs that printed what must not be shown any more; messages say how many. --verify ends
    with 0 where an archive is whole; else it prints what is wrong, and ends with 1.

    \b
    Example:
      cpctrack archive -o archive-2024.zip
      cpctrack archive --verify archive-2024.zip
    """
    from cpctrack.tasks import archive

    if (output is None) == (archived is None):
        raise UsageError(
            "Say where the archive goes (-o FILE.zip), or which to look at (--verify)."
        )
    if archived:
        if problems := archive.verify_file(archived):
            click.echo(clean("\n".join(problems)))
            ctx.exit(1)
        app.say(f"{archived} is whole.")
        return
    assert output
    if output.suffix.lower() != ".zip":
        raise UsageError(f"An archive is a .zip file; name it so: -o {output.stem}.zip.")
    done = archive.archive(
        app.stores(), output, app.today(), include_exempt=include_exempt, force=force
    )
    app.say(f"Wrote {output}: {counted(done.files, 'file')}, SHA-256 {done.sha256}.")
    tell_of_exempt(app, done.left_out, INCLUDED if include_exempt else "")
    if done.packs:
        app.warn(
            f"{counted(done.packs, 'published pack')} left out: what was printed must not be shown "
            "any more."
        )
