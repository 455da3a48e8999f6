"""Two clones of a store come together: by record and field, with what can't be both shown.

Rows are merged as the file holds them, so that fields and tables this version does not know take
part. Which side is “ours” never matters for the result, only for the names in its conflicts.
"""

from typing import NamedTuple

from cpctrack.records.model import Conflict
from cpctrack.sharing.merge import links
from cpctrack.sharing.merge.across import Renumbered, contradictions, keep_meetings, renumber
from cpctrack.sharing.merge.documents import Merge
from cpctrack.sharing.merge.sides import Sides
from cpctrack.sharing.merge.soundness import exposed
from cpctrack.sharing.merge.twins import Twins, unite
from cpctrack.store.codec import Document

__all__ = ["Merged", "Renumbered", "Sides", "Twins", "three_way"]


_UNAWARE = (
    "One of you made it exempt while the other worked on it as public: it is exempt now; take back "
    "what was sent or printed of it."
)


class Merged(NamedTuple):
    """The merged store, the conflicts that this merge added to it, the references it changed.

    `twins` are the actions that both sides took in, `exposed` the references of records that one
    side made exempt and the other published or changed, with what is to be done about each.
    """

    document: Document
    conflicts: tuple[Conflict, ...]
    renumbered: tuple[Renumbered, ...]
    twins: tuple[Twins, ...] = ()
    exposed: tuple[tuple[str, str], ...] = ()


def three_way(base: Document, ours: Document, theirs: Document, *, at: str, by: str) -> Merged:
    """Bring together what two sides made of `base`, all of this version's schema.

    `base` is empty where both added the store. `at` and `by` go into the history of a record that
    is given a new reference. Nothing of the three documents is changed; the result shares their
    rows. Raises `StoreError` where a record that both changed can't be read.
    """
    parted = Sides(base, ours, theirs)
    sides, twins = unite(parted)
    merge = Merge(sides, parted)
    # The actions last: whether they are sound depends on the settings and meetings.
    names = {name for each in sides for name in each}
    for name in sorted(names, key=lambda each: (each == "actions", each)):
        merge.table(name)
    keep_meetings(merge)
    renumbered = renumber(merge, at=at, by=by)
    if renumbered:
        links.follow(merge.document["actions"], {each.id: each.old for each in renumbered})
    contradictions(merge)
    news = exposed(merge.document) - exposed(ours) - exposed(theirs)
    news |= {(merge.document["actions"][each]["ref"], _UNAWARE) for each in merge.unaware}
    conflicts = tuple(merge.conflicts())
    return Merged(merge.document, conflicts, renumbered, twins, tuple(sorted(news)))
