"""The files of the public site: pages, the feed, and its data as JSON and CSV."""

from collections.abc import Iterator

from jinja2 import Environment

from cpctrack.render import csv_table
from cpctrack.render.site.views import ActionView, SiteView
from cpctrack.render.templates import environment
from cpctrack.text import json_text

_FOLDER = "site/"
_ONCE = ("index.html", "all.html", "feed.xml", "site.css", "site.js")


def files(site: SiteView) -> Iterator[tuple[str, bytes]]:
    """Give each file by its name below the site's folder; names have ``/`` on every system."""
    made = environment.configure(Environment, environment.ours(), html=True)
    for name in _ONCE:
        page = made.get_template(_FOLDER + name)
        yield name, page.render(site=site, up="", corrections=site.page.corrections).encode()
    committee_page = made.get_template(f"{_FOLDER}committee.html")
    action_page = made.get_template(f"{_FOLDER}action.html")
    for committee in site.committees:
        given = {"site": site, "up": "../", "corrections": committee.page.corrections}
        shown = committee_page.render(given, committee=committee, appendix=committee.page)
        yield committee.file, shown.encode()
        for action in committee.actions:
            yield action.file, action_page.render(given, action=action).encode()
    rows = [_plain(action) for action in site.actions]
    about = {"as_of": site.page.made_on_iso, "actions": rows}
    yield "data.json", f"{json_text(about)}\n".encode()
    yield "data.csv", _csv(rows)


def _plain(action: ActionView) -> dict[str, object]:
    """Give what is public of an action, by the names that ``list --json`` has for it."""
    row = action.row
    return {
        "ref": row.ref,
        "committee": action.committee,
        "kind": row.kind,
        "meeting_type": row.meeting_type.lower(),
        "meeting_date": row.meeting_date_iso,
        "municipal_year": action.year,
        "item": row.item,
        "recommendation": row.recommendation,
        "action": row.action,
        "referred_to": row.referred_to,
        "owners": list(row.owners),
        "response": row.response,
        "evidence": list(row.evidence),
        "status": row.status,
        "due": row.due_iso or None,
        "due_text": "" if row.due_iso else row.due,
        "times_moved": row.times_moved,
        "overdue": row.overdue,
        "completed_on": row.completed_on_iso or None,
        "agreed_on": row.agreed_on_iso or None,
        "links": [{"kind": link.kind, "ref": link.ref} for link in action.links],
        "page": action.file,
    }


def _csv(rows: list[dict[str, object]]) -> bytes:
    """Write the same as a table that spreadsheets open: a list is joined with semicolons."""
    return csv_table.write(next(iter(rows), ()), (map(_in_a_cell, row.values()) for row in rows))


def _in_a_cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(
            " ".join(each.values()) if isinstance(each, dict) else str(each) for each in value
        )
    return "" if value is None else str(value)
