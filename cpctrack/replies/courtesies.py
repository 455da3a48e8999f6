"""What is in a letter and says nothing of an action: greetings, thanks, signatures, warnings."""

import re

from cpctrack.matching.owners import is_owner
from cpctrack.text import fold


def _lines(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE | re.VERBOSE)


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
    (?:\ (?:and|again|so\ much|very\ much|in\ advance|a\ chofion|o\ galon|\w+(?=,?\s*$))){0,3}\W*"""
)
_SIGNATURE = _lines(r"--\s*|_{2,}\s*--\s*")
_DISCLAIMER = _lines(
    r"""\W*(?:this\ (?:e-?mail|message|communication)\b(?!.{0,20}\ is\ to\ (?:say|let)).{0,80}
    (?:confidential|intended|meant\ only|privileged|virus|monitor)
    |(?:disclaimer|confidentiality\ notice)\b|the\ (?:information|contents?)\ (?:contained\ )?
    (?:in|of)\ this|(?:mae.r|y)\ (?:neges|e-?bost)\ (?:hon|hwn)|if\ you\ are\ not\ the\ intended
    |please\ (?:consider|think\ of)\ the\ environment|rydym\ yn\ croesawu
    |we\ welcome\b.{0,50}welsh|mae.r\ cyngor\ yn\ croesawu)"""
)
_PASSED_OVER = _lines(
    r"""\W*(?:sent\ from\ (?:my|outlook|mail|yahoo|samsung)\b.{0,60}|get\ outlook\ for\b.*
    |anfonwyd\ o.{0,60}|caution\W.*|\[?external\]?\W.{0,200}|warning\W.*\bexternal\b.*
    |.{0,80}originated\ from\ outside.*|you\ don.t\ often\ get\ e-?mail\ from.*
    |\[?cid:\S*\]?|from:\s*[^\W\d]+(?:\ [^\W\d]+){0,3}
    |(?:tel|mob(?:ile)?|phone|ffôn|e-?mail)\b\s*[:.].{0,80}|[\W_]+)"""
)
_POINTING = _lines(
    r""".{0,100}(?:\b(?:below|isod)\b|\bin\ (?:red|blue|green|
    bold|capitals|italics)\b|\b(?:in|see)\ the\ (?:table|form|boxes)\b
    |\bforms?\b.{0,20}\battached|\battached\b.{0,20}\bform
    |\b(?:my|our|the|these)\ (?:answers?|updates?
    |responses?|comments?|positions?)\b|\bas\ (?:requested|asked|follows)\b|\bmarked\b|in-?\ ?line
    |\bupdates?\W*\Z|\b(?:here|these)\ (?:are|you\ are|is)\b|\batebion\b|\bdiweddariad).{0,80}"""
)
_PLEASANTRY = _lines(
    r"""\W*(?:thanks|thank\ you|sorry|apolog|hope\ (?:you|this|that)|i\ hope\ (?:you|this|that)
    |any\ (?:questions|problems|queries)|let\ me\ know|happy\ to|ring\ me|call\ me|diolch
    |ymddiheur|please\ (?:shout|ring|call)|trust\ (?:you|this)|fyi|have\ a).{0,120}"""
)
_PASSES_ON = _lines(
    r"""\b(?:(?:see|please\ find|as|update|response|answer|reply)\ below|below\ from|isod|fyi
    |from\ my\ (?:colleague|team)|see\ (?:the\ )?(?:answer|reply|response|note)
    |forward(?:ed|ing)?|passing\ (?:this\ )?on)\b"""
)
_ASKING = _lines(
    r"""\s*(?:meeting|due|agreed|asked|(?:your\ )?last\ (?:answer|response)|please\ answer)\b
    .{0,20}:.*"""
)
# One word that is an answer, though it may begin as the sender's name does.
_ANSWERS = frozenset(
    {
        "done", "complete", "completed", "closed", "close", "ongoing", "open", "none", "no", "yes",
        "agreed", "deferred", "pending", "sent", "started", "finished", "legal", "nothing", "june",
        "july", "same", "noted", "superseded", "rejected",
    }
)  # fmt: skip


def is_greeting(text: str) -> bool:
    """Tell whether a line greets and says no more."""
    return _is_all(_GREETING, text) or _NAMED.fullmatch(text) is not None


def is_sign_off(text: str) -> bool:
    """Tell whether a line closes a letter: “Kind regards”."""
    return _is_all(_SIGN_OFF, text)


def ends(text: str) -> bool:
    """Tell whether a signature or a disclaimer begins here, so that nothing more is said."""
    return bool(_SIGNATURE.fullmatch(text[:80]) or _DISCLAIMER.match(text[:200]))


def is_passed_over(text: str) -> bool:
    """Tell whether a program, a gateway or a rule wrote a line."""
    return _PASSED_OVER.fullmatch(text[:400]) is not None


def is_pleasantry(text: str) -> bool:
    """Tell whether a text beside answers only thanks, or points to them."""
    return len(text) <= 220 and bool(_POINTING.fullmatch(text) or _PLEASANTRY.fullmatch(text))


def passes_on(text: str) -> bool:
    """Tell whether a short text points to somebody else's message."""
    return len(text) <= 400 and _PASSES_ON.search(text) is not None


def is_asking(text: str) -> bool:
    """Tell whether a line of a quotation is one with a label of the question's."""
    return _ASKING.fullmatch(text[:400]) is not None


def is_name(text: str, writer: str) -> bool:
    """Tell whether a line holds names of who wrote, and nothing else."""
    words = set(fold(text).strip(" ,.-–—*").split())
    return bool(words) and words <= set(fold(writer).replace(".", " ").split()) - _ANSWERS


def signs(text: str, writer: str) -> bool:
    """Tell whether a line behind an answer signs it: “Pip” for Philippa, or anybody's post."""
    text = text.strip(" \t,–—*")
    if not text or len(text) > 80 or text.endswith((".", ":", "!", "?")) or not text[0].isupper():
        return False
    if text.isalpha():
        names = fold(writer).split()
        return fold(text) not in _ANSWERS and any(name[0] == fold(text)[0] for name in names)
    return is_owner(text)


def _is_all(pattern: re.Pattern[str], text: str) -> bool:
    short = len(text) <= 60 and pattern.fullmatch(text) is not None
    return short and not _ANSWERS.intersection(re.findall(r"\w+", fold(text)))
