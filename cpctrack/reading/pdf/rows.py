"""Rows of tables on a page of a PDF, seen from the order in which their letters are drawn.

Programs draw a table cell by cell: letters that stand beside what was drawn before them, and not
below it, begin a new cell.
"""

from collections.abc import Sequence

from cpctrack.reading.pdf.strips import Strip

StripsOfCell = list[Strip]
Group = list[StripsOfCell]  # a line of text is a group of one cell with one strip

LETTER = 0.5  # a letter's width, in its size
_MOST_COLUMNS = 100
_MOST_LINES = 25  # of a first cell
_MOST_ABOVE = 10  # letter sizes that a later cell may reach above an earlier one
_NEAR = 0.6  # of a letter's size: on the same height
_NEXT_LINE, _NEXT_PARAGRAPH = 1.6, 2.6  # letter sizes to what stands below in a cell, at most


def groups_of(page: Sequence[Strip]) -> list[Group]:
    """Group the strips of a page into lines and rows."""
    groups: list[Group] = []
    for strip in page:
        if strip.is_table or not groups or not _is_taken(groups, strip):
            groups.append([[strip]])
    return _settled(groups)


def _is_taken(groups: list[Group], strip: Strip) -> bool:
    """Add a strip to the row it belongs to, or begin a row with it; say whether it found one."""
    last = groups[-1]
    if last[0][0].is_table:
        return False
    if len(last) > 1 and _is_next_cell(last, strip):
        last.append([strip])
    elif len(last) > 1 and _is_under(last, strip):
        last[-1].append(strip)
    elif len(last) == 1 and (first := _cell_beside(groups, strip)):
        del groups[-len(first) :]
        groups.append([first, [strip]])
    else:
        return False
    return True


def _is_next_cell(row: Group, strip: Strip) -> bool:
    drawn = row[-1][-1]
    top = max(cell[0].y for cell in row)
    return (
        strip.x > row[-1][0].x + strip.size
        and strip.y > drawn.y - _NEAR * strip.size
        and strip.y < top + _MOST_ABOVE * strip.size
    )


def _is_under(row: Group, strip: Strip) -> bool:
    """Tell whether a strip is another line of the last cell.

    Only a row that is sure to be one has cells of several paragraphs: else it may be a line with
    initials at its right edge, and the next line's initials below them.
    """
    cell = row[-1]
    is_sure = len(row) > 2 or any(len(cell) > 1 for cell in row)
    most = _NEXT_PARAGRAPH if is_sure else _NEXT_LINE
    down = cell[-1].y - strip.y
    return 0 < down < most * strip.size and strip.x > cell[0].x - 1.5 * strip.size


def _cell_beside(groups: list[Group], strip: Strip) -> StripsOfCell:
    """Give the lines drawn last that make a cell to the left of this strip; none if they do not."""
    drawn = groups[-1][0][0]
    near = _NEAR * strip.size
    if strip.x < drawn.x + strip.size or strip.y < drawn.y - near:
        return []
    if strip.y < drawn.y + near:
        return [drawn]
    lines: StripsOfCell = []
    for group in reversed(groups[-_MOST_LINES:]):
        line = group[0][0]
        if line.is_table or len(group) > 1 or line.x > strip.x - strip.size:
            break
        lines.insert(0, line)
        middle = (lines[0].y + lines[-1].y) / 2
        # The cells of a row begin, or have their middle, on one height.
        if abs(line.y - strip.y) < near or (len(lines) > 1 and abs(middle - strip.y) < near):
            return lines
    return []


def _settled(groups: list[Group]) -> list[Group]:
    """Tell rows of a table from a line with a tab in it, and fill in a row's empty cells."""
    settled: list[Group] = []
    for place, group in enumerate(groups):
        around = groups[max(0, place - 1) : place] + groups[place + 1 : place + 2]
        if len(group) == 2 and not _is_row(group, around):
            settled.append([[_tabbed(group[0][0], group[1][0])]])
        else:
            settled.append(_aligned(group, settled[-1] if settled else []))
    return settled


def _is_row(group: Group, around: Sequence[Group]) -> bool:
    """Look for a wrapped cell, or for a column shared with the row above or below."""
    if any(len(cell) > 1 for cell in group):
        return True
    edge = group[1][0]
    return any(
        abs(cell[0].x - edge.x) < edge.size for row in around if len(row) > 1 for cell in row
    )


def _tabbed(left: Strip, right: Strip) -> Strip:
    """Set a line with something at its right-hand edge in spaces, as wide as it is printed."""
    column = int((right.x - left.x) / (LETTER * left.size or 1.0))
    return left._replace(
        text=f"{left.text:<{min(column, _MOST_COLUMNS)}}    {right.text}",
        right=right.right,
        bold=left.bold and right.bold,
    )


def _aligned(group: Group, above: Group) -> Group:
    """Put the cells of a row with fewer of them under those of the row above."""
    if not 1 < len(group) < len(above):
        return group
    aligned: Group = [[] for _ in above]
    for cell in group:
        # A cell of the row above may itself be empty, and stands nowhere.
        apart = [abs(top[0].x - cell[0].x) if top else float("inf") for top in above]
        aligned[apart.index(min(apart))] += cell
    return aligned
