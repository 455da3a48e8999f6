"""The same merge, seen from the other side."""

import copy

from cpctrack.store import codec


def swapped(document: codec.Document) -> codec.Document:
    """Give the document as the other side's merge would name its conflicts."""
    document = copy.deepcopy(document)
    for table in document.values():
        for row in table.values():
            for line in row.get(codec.CONFLICTS, ()):
                line["ours"], line["theirs"] = line["theirs"], line["ours"]
    return document
