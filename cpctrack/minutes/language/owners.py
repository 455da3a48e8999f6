"""Who is to act: the words of a sentence, a lead-in or a label that name somebody."""

import re
from collections.abc import Iterable

from cpctrack.minutes import words
from cpctrack.minutes.language import timing
from cpctrack.minutes.page.columns import is_initials, is_name

_OPENING = re.compile(
    rf"(?i)(?:(?:resolved|agreed|decided|recommended|unanimously|also|further|therefore|and|that|"
    rf"it\swas\s(?:also\s|further\s|then\s|unanimously\s)?(?:agreed|resolved|noted|(?:proposed|suggested)(?=\s(?:to|that)\s))|"
    rf"(?:a\s)?motion(?=\sto\s)|"
    rf"(?:the\s)?{words.one_of(words.BODIES)}\s(?:noted\s[^.;:]{{0,60}}?\sand\s)?(?:also\s|further\s)?(?:agreed|resolved))\b[\s:,–—-]*)+"
)
_ASKED = words.one_of(words.ASKED_PARTICIPLES)
_MODAL = re.compile(
    rf"(?i)\s(?:would|will|shall|should|must|(?:to\s)?be\s{_ASKED}|(?:was|were|is|are|has|have)\s(?:also\s)?(?:been\s)?{_ASKED}"
    rf"|(?:who\s)?(?:(?:has|have|kindly|also)\s){{0,2}}(?:agreed\sto|undertook|undertaken|offered|volunteered|promised|committed\sto)"
    rf"|{_ASKED}(?=\sto\s(?!be\b))|agrees\sto|(?:is|are)\s(?:also\s|now\s|currently\s)?(?:(?:going\s)?to|(?!being\b)[a-z]{{2,}}ing)|to)(?=\s|$|:)"
)
# What somebody says or asks is read by itself: “X asked that Y be …”, “X suggested that he would”.
_SPEAKER = re.compile(
    r"(?P<who>[^.;:]{1,80}?)\s(?:also\s|then\s|further\s)?(?:(?:asked|requested|suggested|proposed|recommended|advised|explained|thinks"
    r"|thought|hoped|noted|felt)\sthat|(?:said|stated|confirmed|replied|added|reported)(?:\sthat)?)\s"
)
# “X asked Y to …”, “seconded by X to have Y sign up”
_TOLD = re.compile(
    rf"(?:^(?P<by>(?!\b(?:be|been|was|were)\b)[^.;:,]{{1,60}}?)\s(?:also\s)?(?:{_ASKED}|called\s(?:up)?on)|\bto\shave)\s(?!to\b|that\b|by\b|for\b)"
)
_ASSIGNED = re.compile(r"(?i)\bassign(?:ed)?\sto:?\s(?P<who>[^.;:()]{1,60})")
_TAIL = re.compile(r".\s[–—-]\s(?=(?:the\s)?[^–—.;:]{2,60}?\s(?:to|will|would)\s)", re.DOTALL)
_ACTS_ITSELF = re.compile(
    r"(?i)(?:the\s)?[\w-]+\s(?:would|will|shall)\s(?:also\s)?"
    rf"{words.one_of(words.DOING - words.RESOLVING)}\b"
)
_ADVERB = re.compile(r"(?:\s(?:also|[a-z]+ly))+$")
_HELD = re.compile(rf"\s(?:is|are|was|were|has|have|{words.one_of(words.PAST)})\s")
_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "him", "her", "them"})
_PASSIVE = re.compile(
    r"(?i)\s(?:would|will|shall|should|must|to)\s(?:also\s|then\s|now\s|again\s)?(?:be|have\sbeen)\s(?:\w+ly\s)?(?P<done>[a-z-]+)"
)
_ASKING = re.compile(
    rf"(?i)(?:to\s)?(?:{words.one_of(words.ASKING)}|recommend(?=\w*\sthat\b))(?:s|es|ed|ing)?\s(?:back\s)?(?:that\s|to\s|from\s)?"
)
_AGENT = re.compile(
    r"\b(?:by|from)\s(?P<who>(?:the\s)?(?:[A-Z]|members\b|officers\b|staff\b)[^.;:]{1,90})"
)
_DASH = re.compile(r":\s|\s[–—-]\s")
_DONE_BY = re.compile(r"(?i)\bbe\s(?:\w+ly\s)?[a-z]+")
_AGENT_END = re.compile(
    r"[,.;:]|\s(?:by|in|to|before|at|within|for|on|with|from|when|so|who|which|that|as|after|and\sthat|no\slater)\b"
)
_TRAILING = re.compile(
    r"[(\[–—-]\s?(?P<who>[A-Z][\w.'’ /&-]{1,40}?)(?:,[^()\[\]]{1,30})?[)\]]?\.?$"
)
_REFERRED = re.compile(
    r"(?:\bbe\s(?:referred|remitted|passed)|^(?:to\s)?refers?\s[^.;]{1,80}?)\s(?:back\s)?to\s(?P<who>[^.,;]{2,80}?)(?=\s(?:to|for|with|and|by|in|so)\b|[.,;]|$)"
)
_WORD = re.compile(r"[\w'’-]+")
_NO_SUBJECT = re.compile(
    r"(?i)\b(?:was|were|is|are|be|had|has|have|been|which|who|because|if|whether)\b"
)
_ABOUT = re.compile(r"\([A-Z][^()]{3,60}\)\s(?=[A-Z])")
_LONGEST = 8  # words of a name
_LONGEST_NAME = 90  # letters
_MODALS = frozenset({"would", "shall", "should", "must", "need", "can", "could", "may"})
_ACRONYM = 4  # letters that are nobody's initials
_LOOKED_AT = 600  # letters
_SPLIT = re.compile(r"[/,&;]|\band\b|\+")
_VERBS = words.DOING | words.RESOLVING
_ONLY_VERBS = _VERBS - words.ALSO_NOUNS - words.WHO - words.IN_POSTS
_DECIDED = words.RESOLVING | words.ASKING | words.RECOMMENDING


def owner_of(text: str) -> str:
    """Give who a sentence obliges, as printed without “The”; empty where it names nobody."""
    core = without_opening(text[:_LOOKED_AT])
    tail = None
    for tail in _TAIL.finditer(core):  # noqa: B007 - the last one counts
        pass
    if tail and (last := owner_of(core[tail.end() :])):
        return last
    speaker = _SPEAKER.match(core)
    if speaker and (can_act(speaker["who"]) or tidy(speaker["who"]).casefold() in _PRONOUNS):
        said = owner_of(core[speaker.end() :])
        return tidy(speaker["who"]) if said.casefold() in ("he", "she", "i") else said
    told = _TOLD.search(core[:200])
    if told and (not told["by"] or can_act(told["by"])):
        rest = core[told.end() :]
        if whom := _subject(rest) or bare_subject(rest):
            return whom
    owner = (
        _in_front(core)
        or _assigned(core)
        or _referred(core)
        or _asked(core)
        or _subject(core)
        or agent_in(core)
        or bare_subject(core)
        or _in_brackets(core)
    )
    if tidy(owner).casefold() in words.DECIDING and not _ACTS_ITSELF.match(core):
        return ""
    return owner


def without_opening(text: str) -> str:
    """Take “RESOLVED that”, “It was agreed that”, “That”, “(About this)” off a statement."""
    about = _ABOUT.match(text)
    text = text[about.end() :] if about else text
    match = _OPENING.match(text)
    return text[match.end() :].lstrip("“\"' ") if match else text.lstrip("“\"' ")


def tidy(name: str) -> str:
    """Take the article and what surrounds a name off it."""
    bare = " ".join(name.strip(" .,;:–—-“”\"'").split())
    bare = _ADVERB.sub("", bare) if len(bare) <= _LONGEST_NAME else bare
    for article in ("The ", "the "):
        bare = bare.removeprefix(article)
    return bare


def can_act(phrase: str) -> bool:
    """Tell whether a phrase names somebody who can act: a post, a body, a person, initials."""
    bare = tidy(phrase)
    found = _WORD.findall(bare)
    longest = max(len(part.split()) for part in bare.split(" and "))
    if not found or longest > _LONGEST or _NO_SUBJECT.search(bare):
        return False
    first = found[0].casefold()
    posted = found[-1].casefold() in words.WHO and first not in words.DETERMINERS
    if (first in words.THINGS and not posted) or bare.casefold() in words.NOBODY | {"will"}:
        return False
    if found[-1] in words.CONNECTING or (first in words.CONNECTING | _MODALS and first != "will"):
        return False
    if (
        len(found) > 1
        and not {"and", "or"} & set(found)
        and _PRONOUNS & set(map(str.casefold, found))
    ):
        return False
    titled = (found[0][0].isupper() and first in words.IN_POSTS) or first in words.WHO
    stems = {first.removesuffix("d"), first.removesuffix("ed"), first.removesuffix("s")} - {first}
    if not titled and (stems & _DECIDED or (len(found) == 1 and _is_verb(first))):
        return False  # "appointed", "recommends"
    if first in _ONLY_VERBS and len(found) > 1 and not (found[1][0].isupper() and posted):
        return first == "grant" and str(found[1]).istitle()  # "consider an evening service"
    if first in words.ASKING and len(found) > 1 and found[1] in ("that", "the", "a", "an", "for"):
        return False
    if is_initials(bare) or _is_posted(found):
        return True
    named = (word[0].isupper() or word in ("and", "of", "de", "van", "for") for word in found)
    return bare[0].isupper() and len(found) <= 4 + 3 * found.count("and") and all(named)


def is_owner_only(text: str) -> bool:
    """Tell whether a text names who is to act and says nothing of what: “J Smith”, “Clerk/AB”."""
    bare = text.strip(" .)]*")
    due = timing.due_words(bare)
    if due:
        bare = bare.replace(due, "").strip(" ,;.–-")
    if not bare or len(bare) > 80:
        return False
    parts = [part.strip() for part in _SPLIT.split(bare) if part.strip()]
    if parts and all(map(_is_one_owner, parts)):
        return True
    found = _WORD.findall(bare)  # a post with its department: “Director, Homes and Place”
    named = all(word[0].isupper() or word in ("of", "for", "and", "the") for word in found)
    return named and _is_posted(found) and not _is_verb(found[0].casefold())


def _is_one_owner(part: str) -> bool:
    part = part.removeprefix("The ").removeprefix("the ").removeprefix("by ")
    if is_initials(part) or part.casefold() in words.WHO:
        return True
    found = _WORD.findall(part)
    if not 0 < len(found) <= 8 or found[0].casefold() in words.DOING - words.WHO:
        return False
    lower = {word for word in found if word[0].islower()} - words.WHO
    if lower - {"of", "for", "and", "in", "the"}:
        return False
    return _is_posted(found) or (len(found) <= 3 and part[0].isupper() and is_name(part))


def _is_posted(found: Iterable[str]) -> bool:
    """Tell whether one of the words makes a post or a body of a name."""
    return any(word.casefold() in words.WHO for word in found)


def _is_verb(word: str) -> bool:
    return bool({word, word.removesuffix("s"), word.removesuffix("es")} & (_VERBS | words.ASKING))


def is_body(phrase: str) -> bool:
    """Tell whether a phrase is just the deciding body: “the Committee”."""
    return tidy(phrase).casefold() in words.BODIES


def _subject(core: str) -> str:
    """Give the subject of “X would …”, “X be asked to …”, “X to …”; nobody for a passive."""
    match = _MODAL.search(core)
    if not match:
        return ""
    subject = core[: match.start()]
    passive = _PASSIVE.match(core, match.start())
    if passive and passive["done"].casefold() not in words.ASKED_PARTICIPLES | {"able", "asked"}:
        return "" if passive["done"].endswith(("ed", "n", "t", "d")) else _if_can_act(subject)
    if match[0].strip().casefold() == "to":  # "the Clerk write to …", not "the Clerk to …"
        bare = bare_subject(core[: match.start() + 1])
        if bare:
            return bare
    return _if_can_act(subject)


def _in_front(core: str) -> str:
    """Give X of “Chief Officer - note to be sent” and “Clerk: write to …”."""
    match = _DASH.search(core[:90])
    name = core[: match.start()] if match else ""
    posted = _is_posted(_WORD.findall(name)) or is_initials(name)
    return tidy(name) if posted and is_owner_only(name) else ""


def _referred(core: str) -> str:
    """Give X of “the bylaw be referred back to the X to …”."""
    match = _REFERRED.search(core)
    return tidy(match["who"]) if match and can_act(match["who"]) else ""


def _assigned(core: str) -> str:
    """Give X of “…; assign to X”."""
    match = _ASSIGNED.search(core)
    name = _AGENT_END.split(match["who"] + ".", maxsplit=1)[0] if match else ""
    name = re.split(r"\s(?:last|next|this)\b", name)[0]
    whole = match["who"].strip() if match else ""
    return whole if is_owner_only(whole) else tidy(name) if can_act(name) else ""


def _if_can_act(subject: str) -> str:
    subject = subject.rsplit(" that ", 1)[-1] if " that " in subject else subject
    if subject.endswith(" and") and (held := _HELD.search(subject)):
        subject = subject[: held.start()]  # "Kim took notes and will …"
    if not can_act(subject) and " and " in subject:
        subject = subject.rsplit(" and ", 1)[-1]
        subject = bare_subject(subject + " ") or subject
    return tidy(subject) if can_act(subject) else ""


def _asked(core: str) -> str:
    """Give X of “to instruct the X to …”, “requests the X to …”."""
    match = _ASKING.match(core)
    if not match:
        return ""
    rest = core[match.end() :]
    end = _MODAL.search(" " + rest)
    if not end or not end.start():
        return bare_subject(rest) or _if_can_act(rest.partition(" for ")[0])
    return _subject(rest) or _if_can_act(rest[: end.start() - 1])


def agent_in(core: str) -> str:
    """Give X of “would be provided by the X”."""
    done = _DONE_BY.search(core)
    begun = done.end() if done else len(core)
    for match in _AGENT.finditer(core, begun):
        who = match["who"]
        end = _AGENT_END.search(who)
        name = who[: end.start()] if end else who
        posted = _is_posted(_WORD.findall(name)) or is_initials(tidy(name))
        near = match[0].startswith("by") and not re.search(r"[.;]", core[begun : match.start()])
        posted = posted or (near and is_name(tidy(name)))
        if posted and can_act(name) and not is_body(name) and not timing.due_words(f"by {name}"):
            return tidy(name)
    return ""


def bare_subject(core: str) -> str:
    """Give X of “the X write to …”: the words before the first verb, where they can act."""
    found = list(_WORD.finditer(core[:200]))[: _LONGEST + 1]
    for at in range(1, len(found)):
        word = found[at][0]
        base = word.casefold()
        if _is_unknown_verb(found, at, core):
            subject = core[: found[at].start()]
            return tidy(subject) if can_act(subject) else ""
        if word[0].isupper() or not (base in _VERBS or base.removesuffix("s") in words.DOING):
            continue
        last = found[at - 1][0]
        if base in ("set", "report", "lead", "post", "work") and last.casefold() in ("a", "the"):
            continue
        subject = core[: found[at].start()]
        if base in words.ALSO_NOUNS and at == 1 and not (_is_posted([last]) or is_initials(last)):
            continue  # "Oversee post"
        closed = subject.rstrip().endswith(")") or last[0].isupper()
        if (closed or last.casefold() in words.WHO) and can_act(subject):
            return tidy(subject)
    return ""


def _is_unknown_verb(found: list[re.Match[str]], at: int, core: str) -> bool:
    """Tell whether a small word behind a capitalised post is its verb: “Director Parks audit”."""
    word, before = found[at][0], found[at - 1]
    named = [one[0].casefold() for one in found[:at]]
    thing = at > 1 and named[at - 2] in ("the", "a", "an")  # "the GCSE results"
    initials = is_initials(before[0]) and len(before[0]) < _ACRONYM and not thing
    if not (at > 1 or before[0].isupper()) or not (words.WHO & set(named) or initials):
        return False
    if word.casefold() in words.PAST or before[0].endswith(("'s", "’s")) or named[0] == "to":
        return False
    if not word[0].islower() or not before[0][0].isupper() or len(word) < 3:
        return False
    if word in words.CONNECTING or word.endswith(("ed", "ing", "ly")) or word in words.WHO:
        return False
    return core[before.end() : found[at].start()] in (" ", ") ")


def _in_brackets(core: str) -> str:
    match = _TRAILING.search(core[-60:])
    if not match or not core[: -len(match[0])].strip():
        return ""
    name = match["who"].strip()
    bracketed = match[0].startswith(("(", "["))
    return name if is_initials(name) or (bracketed and is_owner_only(name)) else ""
