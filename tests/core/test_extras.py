"""What a user is told where an extra's library is missing."""

import sys

import pytest

from cpctrack import extras
from cpctrack.errors import MissingExtraError


def test_a_missing_library_says_what_to_install() -> None:
    with pytest.raises(MissingExtraError) as caught, extras.needed("office", "A Word document"):
        import no_such_library_anywhere  # type: ignore[import-not-found] # noqa: F401
    assert str(caught.value) == (
        "A Word document needs a part of cpctrack that is not installed; "
        "“cpctrack help installing” says how to install the extra “office”"
    )
    assert caught.value.exit_code == 1


def test_nothing_can_be_installed_into_a_download(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(MissingExtraError) as caught, extras.needed("parquet", "Parquet"):
        import no_such_library_anywhere  # type: ignore[import-not-found] # noqa: F401
    assert str(caught.value) == (
        "Parquet needs a part of cpctrack that is not installed, and nothing can be added to this "
        "download; “cpctrack help installing” says how to install the extra “parquet”"
    )


def test_a_library_that_is_there_is_imported() -> None:
    with extras.needed("office", "A Word document"):
        import json
    assert json.dumps([]) == "[]"
