"""Every error carries the exit code of its process."""

import inspect

from cpctrack import errors
from cpctrack.errors import CpctrackError, UsageError


def test_exit_codes() -> None:
    classes = [each for _, each in inspect.getmembers(errors, inspect.isclass)]
    assert len(classes) > 5
    assert all(issubclass(each, CpctrackError) for each in classes)
    assert {each for each in classes if each.exit_code == 2} == {UsageError}
    assert {each.exit_code for each in classes} == {1, 2}


def test_every_error_says_what_it_is_for() -> None:
    assert all(each.__doc__ for _, each in inspect.getmembers(errors, inspect.isclass))
