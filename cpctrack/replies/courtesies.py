"""What is in a letter and says nothing of an action: greetings, thanks, signatures, warnings."""

import re
from collections.abc import Sequence

from cpctrack.matching.owners import is_owner, is_person
from cpctrack.text import fold


def _lines(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE | re.VERBOSE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_GREETING = re.compile(
    r"""\W*(?i:hi|hello|hiya|hey|dear|(?:good\ )?(?:morning|afternoon|evening)|annwyl|helo
    |bore\ da|prynhawn\ da|noswaith\ dda|shwmae|s[’']?mae)\b
    (?:[\s,]+(?:[^\W\d_a-z]\S*|all|both|there|again|everyone|bawb|clerk|colleagues?
    |team|chair|sir|madam)){0,4}\W*""",
    re.VERBOSE,
)
_NAMED = re.compile(r"[^\W\d_a-z]\w{1,20},")  # “Ann,”
_SIGN_OFF = _lines(
    r"""\W*(?:(?:many|with|kind)?\ ?thanks|thank\ you|ta|cheers|(?:kind(?:est)?|warm(?:est)?|best)
    ?\ ?(?:regards|wishes)|all\ the\ best|best|k(?:ind\ )?r|rgds|yours(?:\ \w+)?|sincerely|hwyl
    |(?:llawer\ o\ )?ddiolch|diolch(?:\ yn\ fawr)?|cofion(?:\ \w+)?|yn\ gywir|gyda\ diolch)
    (?:,?\ (?:and|again|so\ much|very\ much|in\ advance|a\ chofion|o\ galon|to\ all|both|all
    |(?:best|kind|warm)?\ ?(?:regards|wishes)|(?-i:[A-Z])\w+(?=,?\s*$))){0,3}\W*"""
)
_SIGNATURE = _lines(r"--\s*|_{2,}\s*--\s*")
_DISCLAIMER = _lines(
    r"""\W*(?:this\ (?:e-?mail|message|communication)\b(?!.{0,20}\ is\ to\ (?:say|let)).{0,80}
    \b(?:confidential|intended|meant\ only|privileged|viruses|monitored)\b
    |(?:disclaimer|confidentiality\ notice)\s*(?:[:.–-]|\Z)
    |the\ (?:information|contents?)\ (?:contained\ )?(?:in|of)\ this\ (?:e-?mail|message|comm)
    |(?:mae.r|y)\ (?:neges|e-?bost)\ (?:hon|hwn)|if\ you\ are\ not\ the\ intended
    |please\ (?:consider|think\ of)\ the\ environment|rydym\ yn\ croesawu
    |we\ welcome\b.{0,50}welsh|mae.r\ cyngor\ yn\ croesawu)"""
)
_PASSED_OVER = _lines(
    r"""\W*(?:sent\ from\ (?:my\ (?!team|office|desk)|outlook|mail\b|yahoo|samsung).{0,40}
    |get\ outlook\ for\b.*|anfonwyd\ o.{0,60}|caution\s*[:!–-].*|\[external\].{0,200}
    |external(?:\ (?:e-?mail|sender|message))?\s*(?:[:!–-].{0,200}|\Z)
    |warning\W.*\bexternal\ (?:e-?mail|sender|source).*|.{0,80}originated\ from\ outside.*
    |you\ don.t\ often\ get\ e-?mail\ from.*|\[?cid:\S*\]?|from:\s*[^\W\d]+(?:\ [^\W\d]+){0,3}
    |(?:direct|tel\w*|mob(?:ile)?|phone|ffôn|e-?mail|e-?bost|[temw])\b\s*[:.]\s*[\w.+()@/\ -]{0,80}
    |(?:my\ )?pronouns\b.{0,60}|\(?(?:she/her|he/him|they/them)\b.{0,60}|follow\ us\b.{0,120}
    |(?:(?:my|please\ note\ my)\ )?(?:normal\ |usual\ )?working\ (?:days|hours|pattern)\b.{0,80}
    |(?:please\ note\ )?i\ (?:work|am\ in\ the\ office|do\ not\ work|don.t\ work)\ (?:on\ )?
    (?:mon|tue|wed|thu|fri|part).{0,60}|[\W_]+)"""
)
# What a line beside answers is made of when it only thanks, greets or points to them.
_SMALL_TALK = _set(
    """a about above acknowledged action actions advance again ahead all am an and answered answers
    any anything apologies are as asked at ateb atebion attached back be been below best blue
    body bold both boxes break busy by call can chasing colleague colleagues comments contact
    dear delay detail details diolch discuss diweddariad diweddariadau do don each else email
    enclosed ever far feel few filled find five following follows for form forms forward
    forwarded four free from further fyi get getting give go good got great green happy have
    hello help helpful helps here hesitate hi holiday hope how i if in info information inline
    is isod it italics item items know last late let looking lovely mail many marked me meet
    message more morning mr mrs ms my name need next nice note notes of off ok okay on once one or
    other our out paper passing patience phone please pleased position positions possible
    problem problems promised prompting provided purple queries query question questions quickly
    re received red regarding reminder reminding replies reply requested response responses ring
    s see seen send sending sent shout so some sorry sun table talk team thank thanks that the
    their them these they things this those three time to today too touch trust two under up
    update updated updates us useful very was we weekend well were what when wish with would
    writing yellow ymddiheuriadau you your yours"""
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_THANKS = _lines(
    r"""\W*(?:ok(?:ay)?|(?:many\ )?thanks|thank\ you|received|hope|i\ hope|trust|sorry
    |apologies|diolch|any\ (?:questions|problems|queries)|let\ me\ know|have\ a
    |(?:please\ )?(?:shout|ring|call)|(?:i\ am\ |i.m\ )?happy\ to)\b.*"""
)
_THANKS_FOR = _lines(
    r"""\W*(?:thanks|thank\ you|diolch)\ (?:for|am)\ (?:your|the|chasing|eich)\b.{0,20}
    \b(?:e-?mail|message|reminder|letter|note)\b[^.,;:!?]{0,20}\W*"""
)
_PASSES_ON = _lines(
    r"""(?:(?:please\ )?(?:see|find)\b.*\b(?:below|from|answer|reply|response|note)\b|isod|fyi
    |(?:update|response|answer|reply|the\ below|below)\b.*\bfrom\b|as\ below|from\ my\ |forward
    |(?:i\ am\ |i.m\ )?(?:passing|forwarding)\b|below\b).*"""
)
_MACHINE = _lines(
    r"""\bthis\ is\ an?\ (?:automat\w+|auto\W?(?:reply|generated|response))
    |\b(?:do\ not|don.t)\ reply\ to\ this\b
    |\bthis\ (?:mailbox|inbox|address)\ is\ not\ (?:monitored|read)"""
)
_ASKING = _lines(
    r"""\s*(?:meeting|due|agreed|asked|(?:your\ )?last\ (?:answer|response)|please\ answer)\b
    .{0,20}:.*"""
)
_AWAY = _lines(
    r"""(?:\bi(?:\ am|['’]m|\ will\ be|['’]ll\ be)\b[^.!?\n]{0,20}\b(?:leave|away|off)
    |\bout\ of\ (?:the\ )?office)\b"""
)
# Words that are an answer wherever they stand, and those that are one where nothing else does.
_STATUSES = _set(
    """done complete completed closed close ongoing none no not yes agreed deferred pending
    sent started finished nothing same noted superseded rejected approved ready cancelled stopped
    delayed nil cwblhau parhau"""
)
_ANSWERS = _STATUSES | _set(
    """open legal draft cabinet council board report due late amber red green january february march
    april may june july august september october november december monday tuesday wednesday thursday
    friday spring summer autumn winter easter christmas"""
)
_JOINING = _set("of and for the to in at by a y r yr a’r i o yn am with on und de")
_PRONOUNS = re.compile(r"\((?:she|he|they|hi|ef|nhw)/[\w/]{2,12}\)", re.IGNORECASE)
_CONTACT = re.compile(r"@|\bwww\.|https?:|\||\d{3,}[\d\s]{4,}")
_MOST_SMALL = 3  # words in small letters of a line that tells a number or an address


def is_greeting(text: str) -> bool:
    """Tell whether a line greets and says no more."""
    return _is_all(_GREETING, text) or _is_all(_NAMED, text)


def is_sign_off(text: str) -> bool:
    """Tell whether a line closes a letter: “Kind regards”."""
    return _is_all(_SIGN_OFF, text)


def is_passed_over(text: str) -> bool:
    """Tell whether a program, a gateway or a rule wrote a line."""
    mark = _SIGNATURE.fullmatch(text[:80])
    return not mark and _PASSED_OVER.fullmatch(text[:400]) is not None


def is_pleasantry(text: str) -> bool:
    """Tell whether a text beside answers only thanks, or points to them: each word is small talk.

    Names may stand in it; any other word says something.
    """
    words = re.findall(r"[^\W\d_]+|\d+", text)
    named = [word for word in words if word.istitle() or (len(word) < 4 and word.isupper())]
    names = [word for word in named if fold(word) not in _SMALL_TALK]
    said = {fold(word) for word in words if word not in names}
    if _THANKS_FOR.fullmatch(text) and not _says(text):
        return True
    is_small = len(words) <= 40 and len(names) <= 2 and said <= _SMALL_TALK
    return is_small and _ANSWERS.isdisjoint(map(fold, names))


def is_thanks(text: str) -> bool:
    """Tell whether a text only thanks, hopes or offers help."""
    return _THANKS.fullmatch(text.replace("\n", " ")) is not None and is_pleasantry(text)


def passes_on(text: str) -> bool:
    """Tell whether a short text points to somebody else's message, and says nothing itself."""
    parts = [part.strip() for part in _SENTENCE.findall(text[:500]) if part.strip()]
    points = [bool(_PASSES_ON.fullmatch(part)) and not _says(part) for part in parts]
    rest = (part for part, is_one in zip(parts, points, strict=True) if not is_one)
    return len(text) <= 400 and any(points) and all(map(is_pleasantry, rest))


def unaway(text: str) -> str:
    """Give a text without sentences that say when its writer is away."""
    return "".join(part for part in _SENTENCE.findall(text[:2000]) if not _AWAY.search(part))


def is_machine(text: str) -> bool:
    """Tell whether a text says of itself that no person wrote it."""
    return _MACHINE.search(text[:2000]) is not None


def is_asking(text: str) -> bool:
    """Tell whether a line of a quotation is one with a label of the question's."""
    return _ASKING.fullmatch(text[:400]) is not None


def is_name(text: str, writer: str) -> bool:
    """Tell whether a line holds names of who wrote, and nothing else."""
    words = set(fold(text).strip(" ,.-–—*").split())
    names = fold(writer).replace(".", " ").split()
    return bool(words) and words <= set(names) - _ANSWERS


def is_signature(text: str) -> bool:
    """Tell whether a line behind a name may be of a signature: it says nothing in small letters."""
    if not text.strip() or is_passed_over(text):
        return True
    words = re.findall(r"[^\W\d_]+", _PRONOUNS.sub("", text))
    small = [word for word in words if word[0].islower() and word not in _JOINING]
    most = _MOST_SMALL if _CONTACT.search(text) else 0
    return len(text) <= 120 and len(small) <= most and bool(words) and not _says(text)


def unsigned(lines: Sequence[str], writer: str) -> tuple[list[str], list[str]]:
    """Part lines at what closes a letter: give those before it, and words that stand behind it.

    What reads like a signature is neither: a line whose words are names, a post, a number.
    """
    end = next((at for at in range(len(lines)) if _closes(lines, at, writer)), len(lines))
    last = next((at for at in range(end, len(lines)) if _disclaims(lines[at])), len(lines))
    own = list(lines[:end])
    while own and (not own[-1].strip() or (any(own[:-1]) and is_thanks(own[-1]))):
        own.pop()
    is_signed = any(map(str.strip, own))
    behind: list[str] = []
    for line in lines[end:last]:
        is_closing = is_sign_off(line) or _SIGNATURE.fullmatch(line[:80]) is not None
        is_signed = is_signed or is_name(line, writer) or _is_nickname(line, writer)
        if not is_closing and not (is_signature(line) if is_signed else is_owner(line)):
            behind.append(line)
    behind = behind if any(map(str.strip, behind)) else []
    return (own, behind) if any(map(str.strip, own)) else (behind, [])


def _closes(lines: Sequence[str], at: int, writer: str) -> bool:
    text = lines[at]
    if is_sign_off(text) or _SIGNATURE.fullmatch(text[:80]) or _disclaims(text):
        return True
    names = is_name(text, writer) and (is_person(writer) or fold(text.strip(" ,")) == fold(writer))
    if names or not text.strip():
        return names
    above = next((line.strip() for line in reversed(lines[:at]) if line.strip()), "")
    behind = [line for line in lines[at + 1 :] if line.strip()][:1]
    is_apart = bool(at) and not lines[at - 1].strip()
    if not is_apart and above and above[-1] not in ".!?)”":
        return False
    if is_apart and above[-1:] in tuple(".!?") and is_owner(text) and is_signature(text):
        return not behind or _says_who(behind[0])
    if is_person(text) and not _says(text) and behind and text[-1] not in ".!?":
        return is_owner(behind[0]) or _CONTACT.search(behind[0]) is not None
    return _is_nickname(text, writer) and (not behind or _says_who(behind[0]))


def _says_who(text: str) -> bool:
    return is_signature(text) or is_sign_off(text) or _disclaims(text) or is_passed_over(text)


def _is_nickname(text: str, writer: str) -> bool:
    """Tell whether a line is a name in short: “Pip” for Philippa, “TR”."""
    short = fold(text.strip(" \t,–—*"))
    if not short.isalpha() or len(short) > 12 or short in _ANSWERS:
        return False
    names = fold(writer).split()
    return short == "".join(name[0] for name in names) or any(
        name[0] == short[0] and _is_within(short, name) for name in names
    )


def _is_within(short: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in short)


def _disclaims(text: str) -> bool:
    return _DISCLAIMER.match(text[:200]) is not None


def _says(text: str) -> bool:
    """Tell whether a line answers, though it may be as short as a name."""
    words = set(re.findall(r"[^\W\d_]+", fold(text))) - _JOINING
    return not words.isdisjoint(_STATUSES) or (bool(words) and words <= _ANSWERS)


def _is_all(pattern: re.Pattern[str], text: str) -> bool:
    parts = text.split(" / ")  # in two languages
    return len(text) <= 60 and all(map(pattern.fullmatch, parts)) and not _says(text)
