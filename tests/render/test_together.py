"""Progress reports of several committees in one."""

import pytest

from cpctrack.render.views.together import _short


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["Parenting, Marlowe Council", "Licensing, Marlowe Council"], ["Parenting", "Licensing"]),
        (["Parenting, Marlowe", "Licensing"], ["Parenting, Marlowe", "Licensing"]),
        (["Parenting", "Licensing"], ["Parenting", "Licensing"]),
        (["Licensing", "Licensing"], ["Licensing", "Licensing"]),
    ],
)
def test_what_all_names_end_with_is_left_out(names: list[str], short: list[str]) -> None:
    assert _short(names) == short
