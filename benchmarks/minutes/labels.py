"""What a person found in minutes; the form is explained in corpus/README.md."""

from collections.abc import Mapping
from typing import Any, NamedTuple

OBLIGES = ("action", "recommendation")
BY_LINE = (".txt", ".md")  # elsewhere `Line.number` counts paragraphs, labels count lines


class Label(NamedTuple):
    """One entry of an agenda item as a person read it."""

    first: int  # its lines, 0 where they are not numbered as the labels number them
    last: int
    number: str  # the agenda item's, empty where it has none
    titles: tuple[str, ...]  # of the item or the unnumbered sub-item: either is right
    texts: tuple[str, ...]  # each of them is right; may be only the first words
    kind: str = "action"  # or recommendation, resolution, trap
    owners: tuple[str, ...] = ("",)  # each of them is right
    due_text: str = ""
    marked: bool = True
    optional: bool = False  # right whether it is drafted or not


class Labels(NamedTuple):
    """All that a person marked in one document."""

    meeting: Mapping[str, str]  # date, or undated where the text has none; type
    entries: tuple[Label, ...]


def labels_from(data: Mapping[str, Any], suffix: str = ".txt") -> Labels:
    """Read the labels of one document: sets of items with entries, or lists by kind."""
    labels = _by_item(data["sets"][0]) if "sets" in data else _by_kind(data)
    if suffix in BY_LINE:
        return labels
    return labels._replace(entries=tuple(x._replace(first=0, last=0) for x in labels.entries))


def _by_item(data: Mapping[str, Any]) -> Labels:
    entries = tuple(
        Label(
            first=row["source_line"] or 0,
            last=row["source_line_end"] or row["source_line"] or 0,
            number=item["number"] or "",
            titles=(item["title"] or "",),
            texts=tuple(filter(None, (row["text"], row.get("alt")))),
            kind=row["kind"],
            owners=(row["owner"] or "", *row.get("owner_or", ())),
            due_text=row["target_date"] or "",
            marked=row["in_marked_block"],
            optional=row.get("optional", False),
        )
        for item in data["items"]
        for row in item["entries"]
    )
    # A date that does not stand in the text may be found or not.
    date = "date" if data.get("date_in_text", True) else "undated"
    return Labels({date: data["date"] or "", "type": data.get("type") or ""}, entries)


def _by_kind(data: Mapping[str, Any]) -> Labels:
    titles = {row["number"]: row["title"] for row in data["items"]}
    kinds = (
        ("actions", "", True),
        ("candidates", "action", False),
        ("resolutions", "resolution", True),
    )
    entries = []
    for group, kind, marked in kinds:
        for row in data[group]:
            first, last = row.get("lines", (row["line"], row["line"]))
            item = row["item"]
            number = item if item in titles else ""
            names = (row.get("under", ""), titles.get(item, item))
            label = Label(first, last, number, tuple(filter(None, names)), (row["text"],))
            entries.append(
                label._replace(
                    kind=kind or row["kind"],
                    owners=(row.get("owner", ""), *row.get("owner_or", ())),
                    due_text=row.get("due_text", ""),
                    marked=marked,
                )
            )
    return Labels(data["meeting"], tuple(entries))
