"""What one record has to do with another: it was replaced, split, or taken over. Pure.

A link stands in both records, in each under its own kind. The one that goes on keeps the age and
the moves of the due date of the one before: they are lines of its own history, since a document
may show it without the other.
"""

from collections.abc import Container, Sequence

from cpctrack.errors import DecisionError
from cpctrack.records import ageing
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import NOTHING, Change, Link, Record, Status
from cpctrack.text import one_line

SUPERSEDED_BY = "superseded-by"
SPLIT_INTO = "split-into"
TRANSFERRED_TO = "transferred-to"

_BACK = {
    SUPERSEDED_BY: "supersedes",
    SPLIT_INTO: "split-from",
    TRANSFERRED_TO: "transferred-from",
}
INVERSES = _BACK | {back: forth for forth, back in _BACK.items()}
"""How the other record calls a link of each kind."""


def successors(record: Record) -> tuple[Link, ...]:
    """Give the links to the records as which this one goes on."""
    return tuple([link for link in record.linked if link.kind in _BACK]) if record.links else ()


def in_words(link: Link) -> str:
    """Say a link as members read it: “Transferred to the Licensing Committee, LIC-2425-003”."""
    return one_line(f"{kind_words(link.kind)} {_named(link)}")


def standing(record: Record) -> str:
    """Say as what a record goes on, or nothing where it does not: “Split into A-1 and A-2”."""
    links = successors(record)
    if not links or record.status is not Status.SUPERSEDED:
        return ""
    first, *others = [_named(link) for link in links if link.kind == links[0].kind]
    names = f"{', '.join((first, *others[:-1]))} and {others[-1]}" if others else first
    return one_line(f"{kind_words(links[0].kind)} {names}")


def close(record: Record, links: Sequence[Link], author: Author, *, reason: str = "") -> Record:
    """Let a record end as superseded, linked to those as which it goes on.

    Raises `DecisionError` where it has ended already. One that has just these links stays as it is.
    """
    texts = tuple(map(str, links))
    if set(texts) <= set(record.links) and record.status is Status.SUPERSEDED:
        return record
    require_here(record)
    if record.status is not Status.SUPERSEDED:
        require_open(record)
    values = {"status": Status.SUPERSEDED, "links": (*record.links, *texts)}
    return amend(record, values, author, reason=reason)


def succeed(record: Record, link: Link, former: Record, author: Author) -> Record:
    """Let a record go on from a `former` one, with its age and the moves of its due date.

    The line that tells of the link bears the day of the meeting (ISO) that agreed the first of
    them.
    """
    if str(link) in record.links:
        return record
    began = min(ageing.began(record), ageing.began(former))
    linked = amend(record, {"links": (*record.links, str(link))}, author, meeting=began)
    at = linked.history[-1].at
    moves = [
        Change(at, author.by, author.via, ageing.EARLIER, one.before, one.after, one.reason,
               one.meeting)
        for one in ageing.extensions(former)
    ]  # fmt: skip
    return linked._replace(history=(*linked.history, *moves))


def part_of(record: Record, text: str, author: Author) -> Record:
    """Make a record, still without id and reference, of a part of another one.

    Whose it is, when it is due, and whether it is exempt goes over to it; what was answered to the
    whole, or printed of it, does not.
    """
    status = record.status
    return record._replace(
        id="",
        ref="",
        status=status if status in (Status.IN_PROGRESS, Status.ONGOING) else Status.OPEN,
        response="",
        evidence=(),
        follow_up="",
        completed_on="",
        links=(),
        source_ref="",
        printed=NOTHING,
        history=(Change(author.at, author.by, author.via, "added", "", record.ref),),
        **{"action" if record.action else "recommendation": text},  # type: ignore[arg-type]
    )


def without(record: Record, refs: Container[str]) -> Record:
    """Take out of a record whatever names one of these references, which are in capitals.

    Its history may name them too: in a line that tells of links, and in the first one of a part.
    """

    def names(text: str) -> bool:
        return any(ref.upper() in refs for ref in text.split()[:2])

    history = [
        line._replace(after="") if line.what == "added" and names(str(line.after)) else line
        for line in record.history
        if line.what != "links" or not any(map(names, (*line.before, *line.after)))
    ]
    kept = tuple(link for link in record.links if not names(link))
    return record._replace(links=kept, history=tuple(history))


def require_here(record: Record) -> None:
    """Refuse to work on a record that goes on as another; raises `DecisionError`."""
    if record.status is Status.SUPERSEDED and (links := successors(record)):
        there = " and ".join(link.ref for link in links)
        raise DecisionError(
            f"{record.ref} goes on as {there}, so it stays replaced; work on that, or look at "
            f"what was done with “cpctrack show {record.ref}”."
        )


def require_open(record: Record) -> None:
    """Refuse to let a record go on that has ended; raises `DecisionError`."""
    if not record.status.is_open:
        raise DecisionError(
            f"{record.ref} is “{record.status.words}”, so nothing of it goes on; open it "
            f"again first with “cpctrack reopen {record.ref} --reason TEXT”."
        )


def require_settled(record: Record) -> None:
    """Refuse to copy what a merge has left to be settled; raises `DecisionError`."""
    if record.conflicts:
        raise DecisionError(
            f"A merge has left two versions of parts of {record.ref}; first say what is right with "
            f"“cpctrack resolve {record.ref}”."
        )


def _named(link: Link) -> str:
    name = one_line(link.committee)
    the = "" if not name or name.casefold().startswith("the ") else "the "
    return f"{the}{name}, {link.ref}" if name else link.ref


def kind_words(kind: str) -> str:
    """Say what kind of link it is as members read it: “Replaced by”."""
    return kind.replace("supersede", "replace").replace("-", " ").capitalize()
