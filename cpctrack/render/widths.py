"""How wide the columns of a table are, computed from its text; one function for every format. Pure.

Letters are measured as those of Arial, whose widths the fonts of our documents share.
"""

from collections.abc import Mapping, Sequence

LEAST_OF_RESPONSE = 0.28
"""What part of a table the column for responses has at least."""


def text_width(text: str) -> float:
    """Give how wide a line of text is, in ems: widths of letters as parts of their size."""
    return 0.5 * len(text)


def column_widths(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    room: float,
    *,
    size: float,
    padding: float,
    least: Mapping[int, float] | None = None,
) -> tuple[float, ...]:
    """Share `room` out among columns so that the rows together are least high.

    No column is narrower than its longest word, so that none is cut, unless the longest words
    together need more than there is. `size` is that of the letters and `padding` what stays free
    in a cell, both sides together, in the unit of `room`; `least` gives columns by their places,
    counted from 0, and the part of the room that each has at least. The order of rows makes no
    difference.
    """
    least = least or {}
    needs = [
        max((size * text_width(word) for text in texts for word in text.split()), default=0.0)
        + padding
        for texts in zip(columns, *rows, strict=True)
    ]
    needs = [max(need, room * least.get(at, 0)) for at, need in enumerate(needs)]
    return tuple(room * need / sum(needs) for need in needs)
