"""The errors a user can meet; each carries the exit code of the process.

A message is one plain sentence or two: what is wrong, where, and what to do next.
"""


class CpctrackError(Exception):
    """Anything cpctrack refuses to do; ends the process with `exit_code`."""

    exit_code = 1


class UsageError(CpctrackError):
    """The command was not given what it needs."""

    exit_code = 2


class DateError(CpctrackError):
    """A date, municipal year or day of the year is not written in a form we can be sure of."""


class StoreError(CpctrackError):
    """The store is missing, damaged, locked or can't be written."""


class NotFoundError(CpctrackError):
    """No record, owner, meeting or year answers to what was asked."""


class AmbiguousError(NotFoundError):
    """More than one record answers; `latest` is the reference of the last year, if one is that."""

    def __init__(self, message: str, latest: str) -> None:
        super().__init__(message)
        self.latest = latest


class ImportRefusedError(CpctrackError):
    """A file is not an action log, or not one that can be taken in as it stands."""


class LexiconError(CpctrackError):
    """A committee's own lexicon can't be read, or adds to what is not there."""


class LayoutError(CpctrackError):
    """A layout says what it can’t, or there is none of that name."""


class RenderError(CpctrackError):
    """A document can't be rendered: a template is wrong, or there is nothing to print."""


class DecisionError(CpctrackError):
    """What is to be recorded as decided does not fit how the action stands."""


class MissingExtraError(CpctrackError):
    """A library that an extra brings is not installed."""


class PluginError(CpctrackError):
    """What an installed package adds has failed, or is not what it should be."""


class GitError(CpctrackError):
    """There is no git, no repository, or git refuses."""


def reason(error: OSError) -> str:
    """Say why the system refused a file, for the brackets in a message."""
    return (error.strerror or "no access").lower()
