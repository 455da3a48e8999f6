"""Links between records, where a merge gives one of them another reference."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from cpctrack.records.links import INVERSES
from cpctrack.records.model import Link
from cpctrack.store.codec import Row


def follow(rows: dict[str, Row], old: Mapping[str, str]) -> None:
    """Let links lead where they led before some records, by id, lost their `old` references.

    Of two records that had one reference it is the one that links back.
    """
    called = {row_id: old.get(row_id, row.get("ref")) for row_id, row in rows.items()}
    by_name: dict[Any, list[str]] = defaultdict(list)
    for row_id, name in called.items():
        by_name[name].append(row_id)
    links = {row_id: held for row_id, row in rows.items() if (held := _links_of(row))}
    for row_id, held in links.items():
        new = []
        for link in held:
            back = (INVERSES.get(link.kind), called[row_id])
            meant = [
                rows[other]["ref"]
                for other in by_name[link.ref]
                if back in [each[:2] for each in links.get(other, ())]
            ]
            new += [link._replace(ref=ref) for ref in sorted(meant) or [link.ref]]
        _put(rows, row_id, new)


def rename(rows: dict[str, Row], names: Mapping[str, str]) -> None:
    """Let links to references that give way to others lead to those."""
    for row_id, row in rows.items():
        if held := _links_of(row):
            new = [link._replace(ref=names.get(link.ref, link.ref)) for link in held]
            _put(rows, row_id, new)


def _links_of(row: Row) -> list[Link]:
    texts = row.get("links")
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        return []
    return [Link(*text.split(" ", 2)) for text in texts]


def _put(rows: dict[str, Row], row_id: str, links: Sequence[Link]) -> None:
    texts = list(dict.fromkeys(map(str, links)))
    if texts != rows[row_id]["links"]:
        rows[row_id] = {**rows[row_id], "links": texts}
