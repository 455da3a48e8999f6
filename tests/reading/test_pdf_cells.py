"""The cells of a PDF's tables say what was put into them, however their maker drew them."""

import pytest

from cpctrack.reading.pdf.ruled import Rulings
from cpctrack.reading.pdf.tags import TaggedCell, with_tables
from cpctrack.reading.pdf.text import Piece, Strip
from cpctrack.reading.pdf.wrapping import Wrapping, wrapping_of


def lines(*texts):
    """Set texts under each other; one that ends with a space has it drawn."""
    pieces = [Piece(text.rstrip(), 50, 700 - 12 * n, 10) for n, text in enumerate(texts)]
    return [
        Strip(p.text, p.x, p.y, p.right, p.size, False, text.endswith(" "))
        for p, text in zip(pieces, texts, strict=True)
    ]


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (("Communitie", "s Panel"), "Communities Panel"),
        (("performanc", "e by estate"), "performance by estate"),
        (("Recommen", "dation"), "Recommendation"),
        (("Accommodati", "on for all"), "Accommodation for all"),
        (("Northumbe", "rland and all"), "Northumberland and all"),  # no word begins with “rl”
        (("accessibilit", "y of homes"), "accessibility of homes"),
        (("Cyfarwyddwr", "y Panel"), "Cyfarwyddwr y Panel"),
        (("Llywodraethu", "er mwyn pawb"), "Llywodraethu er mwyn pawb"),
        (("gwasanaeth", "bws a mlynedd"), "gwasanaeth bws a mlynedd"),
        (("Whistleblo", "wing"), "Whistleblo wing"),  # which may be one
        (("representatives", ". All"), "representatives. All"),
        (("Recommende", "d for closure"), "Recommended for closure"),
        (("Leader/Comm", "ittee Services"), "Leader/Committee Services"),  # which stands elsewhere
        (("consultation", "closed on 12 May"), "consultation closed on 12 May"),
        (("Fostering", "and homes"), "Fostering and homes"),
        (("performance", "is reported"), "performance is reported"),
        (("Safeguarding", "Action taken"), "Safeguarding Action taken"),
        (("performance ", "e by estate"), "performance e by estate"),  # with a space between
        (("Schools in", "s Panel"), "Schools in s Panel"),
        (("30/06/20", "23"), "30/06/2023"),
        (("30/06/202", "3."), "30/06/2023."),
        (("30.06.", "2023"), "30.06.2023"),
        (("30/06/23", "14/07/23"), "30/06/23 14/07/23"),
        (("SCR/2023/0", "14"), "SCR/2023/014"),  # as another reference that is whole
        (("SCR/2023/", "0"), "SCR/2023/ 0"),
    ],
)
def test_a_word_that_a_narrow_column_broke_is_whole(texts, whole):
    words = wrapping_of(
        [[Piece("To the Committee on SCR/2022/003 of May", 50, 500, 10)]], hangs_spaces=False
    )
    printed = lines(*texts)
    assert words.text(printed, max(each.right - each.x for each in printed)) == whole


def test_a_line_that_is_not_full_breaks_no_word():
    assert Wrapping().text(lines("Note", "s Panel"), 200) == "Note\ns Panel"


def test_a_line_that_had_room_for_the_next_word_was_broken_by_hand():
    kept = Wrapping(keeps_spaces=True)
    assert kept.text(lines("AB", "CD, EF, GH"), 50) == "AB\nCD, EF, GH"
    assert kept.text(lines("To be sent to ", "all"), 100) == "To be sent to all"
    assert kept.text(lines("Self-", "Assessment"), 60) == "Self-Assessment"


def read(pages, table):
    shown = with_tables(pages, [table], Wrapping(), [Rulings() for _ in pages])
    (read,) = [item.table for page in shown for item in page if isinstance(item, Strip)]
    return [[cell.text for cell in row.cells] for row in read.rows]


def test_a_row_that_lacks_its_empty_cells_has_its_letters_in_their_columns():
    """Browsers tag no cell that is empty."""
    texts = {1: ("Ref", 50), 2: ("Due", 150), 3: ("Status", 250), 4: ("Owner", 350)}
    texts |= {5: ("A1", 50), 6: ("Done", 250), 7: ("A2", 50), 8: ("JS", 350), 9: ("A3", 50)}
    page = [Piece(text, x, 700 - 20 * n, 10, mark=(1, n)) for n, (text, x) in texts.items()]

    def row(*numbers):
        return tuple(TaggedCell((((1, number),),)) for number in numbers)

    found = read([page], (row(1, 2, 3, 4), row(5, 6), row(7, 8), row(9)))
    assert found[1:] == [["A1", "", "Done", ""], ["A2", "", "", "JS"], ["A3", "", "", ""]]


def test_a_header_that_is_tagged_on_each_page_is_printed_once():
    pages = [
        [Piece("Item", 50, 700, 10, mark=(n, 1)), Piece("Action", 99, 700, 10, mark=(n, 2))]
        for n in (1, 2, 3)
    ]
    header = tuple(TaggedCell((tuple((n, mark) for n in (1, 2, 3)),)) for mark in (1, 2))
    assert read(pages, (header,)) == [["Item", "Action"]]
