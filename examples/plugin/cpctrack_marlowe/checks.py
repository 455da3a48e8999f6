"""A check: an action that takes too many words to say what is to be done."""

from cpctrack.check import Checks, Findings, Subject, Tier

MOST_WORDS = 60

CHECKS = Checks(Tier.ATTENTION)


@CHECKS.add("action")
def long_action(subject: Subject) -> Findings:
    """An action is said in sixty words."""
    for record in subject.records:
        count = len(record.action.split())
        if count > MOST_WORDS:
            yield record.ref, f"It takes {count} words; say in {MOST_WORDS} what is to be done."
