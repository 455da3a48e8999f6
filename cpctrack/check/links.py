"""Links between records that lead nowhere, or one way only."""

from collections.abc import Iterator
from itertools import groupby

from cpctrack.check.base import Checks, Findings, Subject, Tier, listed, quoted
from cpctrack.records import links
from cpctrack.records.model import Link, Record, Status
from cpctrack.records.refs import split_ref
from cpctrack.text import one_line

CHECKS = Checks(Tier.CONTRADICTORY)


@CHECKS.add("links")
def dangling_link(subject: Subject) -> Findings:
    """A link leads to a record that there is."""
    for record, link, other in _links(subject):
        if other is None:
            fix = "correct the file, or restore it from git or a backup"
            if link.kind == links.TRANSFERRED_TO:
                fix = "run its transfer once more, or take it back here too"
            yield record.ref, f"{quoted(links.in_words(link))}, but there is no such action; {fix}."


@CHECKS.add("links")
def one_sided_link(subject: Subject) -> Findings:
    """A record that is linked to links back."""
    for record, link, other in _links(subject):
        back = (links.INVERSES[link.kind], record.ref)
        if other and back not in [each[:2] for each in other.linked]:
            fix = _REPAIRS[link.kind].format(*map(one_line, (record.ref, link.ref)))
            yield record.ref, f"{quoted(links.in_words(link))}, which does not say so too; {fix}."


@CHECKS.add("links")
def goes_on_twice(subject: Subject) -> Findings:
    """A record goes on at one other committee."""
    handed_over = (each for each in _links(subject) if each[1].kind == links.TRANSFERRED_TO)
    for ref, group in groupby(handed_over, key=lambda each: each[0].ref):
        there = [other.ref for _, _, other in group if other and other.status.is_open]
        if len(there) > 1:
            message = (
                f"Two people transferred it, and it goes on as {listed(there)}; end all but one "
                f"with “cpctrack update {one_line(there[-1])} --status not-proceeding”."
            )
            yield ref, message


@CHECKS.add("status")
def status_unlike_link(subject: Subject) -> Findings:
    """What goes on as another record is superseded."""
    for record in subject.records:
        if (there := links.successors(record)) and record.status is not Status.SUPERSEDED:
            words = record.status.words
            yield record.ref, f"{quoted(links.in_words(there[0]))}, but its status is “{words}”."


def _links(subject: Subject) -> Iterator[tuple[Record, Link, Record | None]]:
    """Give each link that can be followed, with its record and the other one, if it is there.

    Those into a store that is not at hand can't be.
    """
    own = {record.ref: record for record in subject.records}
    stores = {**subject.elsewhere, subject.settings.prefix: own}
    for record in subject.records:
        for link in record.linked if record.links else ():
            known = own if link.ref in own else stores.get(split_ref(link.ref)[0])
            if link.kind in links.INVERSES and known is not None:
                yield record, link, known.get(link.ref)


_REPAIRS = {
    "superseded-by": "“cpctrack supersede {0} --by {1}” links both",
    "supersedes": "“cpctrack supersede {1} --by {0}” links both",
    "transferred-to": "run its transfer once more, or correct the file",
    "transferred-from": "if its transfer was broken off, run it once more",
} | dict.fromkeys(("split-into", "split-from"), "correct the file")
