"""The words of the package, and what may be added to them."""

import pytest

from cpctrack import lexicon
from cpctrack.errors import LexiconError


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('whom = ["reeve"]', "has no list to add to called “whom”. Did you mean who?"),
        ('[columns]\npledge = ["pledge"]', "has no list to add to called “columns.pledge”."),
        (
            "who = 3",
            'lexicon.toml “who” is no list of words; write it as who = ["one", "another"].',
        ),
        ("who = [1]", "“who” is no list of words"),
        ("[who]\na = 1", "“who” is no list of words"),
        ("who = ['reeve', '(*']", "“who” may hold at most 1000 words or names"),
        ("who = [", "can't be read: invalid value (at end of document); its lines look like"),
    ],
)
def test_what_adds_to_no_list_is_refused(text, told):
    with pytest.raises(LexiconError) as error:
        lexicon.teach(text, "lexicon.toml")
    assert told in str(error.value)


def test_a_list_has_each_word_once_as_it_is_looked_up():
    for name in ("who", "doing", "bodies", "not_an_item"):
        assert {" ".join(word.casefold().split()) for word in lexicon.words(name)} == lexicon.words(
            name
        )
