"""``cpctrack owner``: what is known of one owner."""

from typing import Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.options import is_given
from cpctrack.cli.output.writing import print_json
from cpctrack.cli.types import Day, NewOwner, OneLine, Owner

_FIELDS = ("email", "service", "post", "left")


class _Address(OneLine):
    """An e-mail address, or nothing."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what has not the form of one."""
        from cpctrack.records.owners import is_address

        address = super().convert(value, param, ctx)
        if address and not is_address(address):
            self.fail(
                f"“{address}” is no e-mail address, which looks like a.b@example.org.", param, ctx
            )
        return address


@click.command()
@click.argument("name", type=Owner(), metavar="NAME")
@click.option("--email", type=_Address(), metavar="ADDRESS", help="Where messages go.")
@click.option("--service", type=OneLine(), metavar="NAME", help="The service or directorate.")
@click.option("--post", type=OneLine(), metavar="TEXT", help="The post.")
@click.option("--also", type=NewOwner(), multiple=True, metavar="NAME",
              help="Another name of theirs: a spelling, initials, a post; repeat it.")  # fmt: skip
@click.option("--left", type=Day(), metavar="DATE", help="Since when they are no longer there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(app: App, /, *, name: str, as_json: bool, **given: Any) -> None:
    """Show one owner and what is with them, or say more of them.

    NAME is any name of theirs, or whole words of it that no other owner has. What --also says
    means the same owner from then on, whatever comes in by it. An empty text ("") clears. Nothing
    of it is printed in a public document.

    \b
    Example:
      cpctrack owner "Head of Fostering" --email fostering@example.org --also "Fostering Manager"
    """
    from cpctrack.cli.output import owners
    from cpctrack.tasks.owners import Said, find, keep, survey

    if any(is_given(value) for value in given.values()):
        fields = {field: given[field] for field in _FIELDS if given[field] is not None}
        done = keep(app.store_path(), name, Said(fields, given["also"]), app.author("owner"))
        for line in owners.kept(done):
            app.say(line)
        if not as_json:
            return
        name = done.owner.name
    one = find(survey(app.stores(), app.today()), name)
    if as_json:
        print_json(owners.as_json(one, actions=True))
    else:
        click.echo(owners.describe(one))
