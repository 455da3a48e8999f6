"""From a letter to its answers: the owner's own words, parted by action, and how sure each is."""

from collections.abc import Collection, Iterable
from datetime import date

from cpctrack.reading.mail.letter import Letter
from cpctrack.replies import courtesies, forms, quotes, senders, words
from cpctrack.replies.answer import Answer, Known, Nothing, Read
from cpctrack.replies.blocks import Block, How, blocks
from cpctrack.replies.refs import Refs
from cpctrack.replies.sureness import Claim, Thread, claims
from cpctrack.text import fold, one_line, shorten

_LONGEST_TOLD = 300
_RESTATED = 8  # words of an action in a row that an answer repeats


def read(letters: Iterable[Letter], known: Known) -> Read:
    """Read letters in the order in which they were written.

    Of two answers to an action the later one counts, and is asked about where they differ.
    """
    held = sorted(letters, key=lambda letter: letter.date or known.today.isoformat())
    refs = Refs(known.records)
    clerks = _clerks(held, known, refs)
    answers: dict[object, Answer] = {}
    nothing: list[Nothing] = []
    for letter in held:
        found, why = (
            ([], letter.automatic) if letter.automatic else _read(letter, known, refs, clerks)
        )
        for answer in found:
            key = answer.ref or len(answers)
            answers[key] = _after(answers.pop(key, None), answer)
        if why:
            nothing.append(Nothing(letter.name, why))
    return Read(tuple(answers.values()), tuple(nothing))


def _clerks(letters: Iterable[Letter], known: Known, refs: Refs) -> set[str]:
    """Give names and addresses of who asks: of those who sent a chase, or are quoted with one."""
    keys = {fold(chase.by) for chase in known.chases.values()}
    for letter in letters:
        if not letter.automatic:
            found = quotes.own(letter, known.chases.get(_number(letter, known)), refs, ())
            sender = senders.Writer(letter.sender, letter.address).keys
            keys |= sender if found.is_question else found.clerk.keys
    return keys - {""}


def _read(
    letter: Letter, known: Known, refs: Refs, clerks: Collection[str]
) -> tuple[list[Answer], str]:
    """Give the answers in a letter, and why it, or some of its words, are none."""
    number = _number(letter, known)
    in_forms = [
        answer for form in letter.forms for answer in forms.answers(form, letter, known, number)
    ]
    if said := senders.chat(letter):
        found = in_forms + _of_chat(said, known, refs, clerks)
        return found, "" if found else "nobody answers in this chat"
    in_text, why = _of_text(letter, known, refs, clerks, number, has_form=bool(in_forms))
    return in_forms + in_text, why


def _of_text(
    letter: Letter,
    known: Known,
    refs: Refs,
    clerks: Collection[str],
    number: str,
    *,
    has_form: bool,
) -> tuple[list[Answer], str]:
    chase = known.chases.get(number)
    own = quotes.own(letter, chase, refs, clerks)
    if own.is_question:
        return [], "it is the question itself, not an answer"
    if own.writer.keys & {*clerks, *own.clerk.keys}:
        return [], "the clerk wrote it"
    thread = Thread(letter, known, own, chase, refs)
    clerk = own.clerk.name or (chase.by if chase else "")
    found = blocks(own.own, thread.refs, own.writer.name, clerk)
    if found and all(block.how is How.NOT for block in found):
        text = "\n".join(block.text for block in found)
        if why := _no_answer(text, letter, thread):
            return [], f"{why}: “{shorten(text, _LONGEST_TOLD)}”"
    answered = {ref for block in found for ref in block.refs}
    claimed: list[Claim] = []
    answering: list[Claim] = []
    aside: list[Claim] = []
    for block in found:
        if has_form and courtesies.is_pleasantry(block.text):
            continue
        about = list(claims(block, thread, beside=len(found) - 1, answered=answered))
        is_aside = not any(claim.ref for claim in about) and thread.says_nothing(block)
        claimed += about
        (aside if is_aside else answering).extend(about)
    if aside and (answering or has_form) and all(claim.ref for claim in answering):
        text = " ".join(claim.block.text for claim in aside)
        why = f"beside its answers it says: “{shorten(one_line(text), _LONGEST_TOLD)}”"
        return [_answer(claim, letter, known, number) for claim in answering], why
    unread = f"; look at what is attached: {', '.join(letter.unread)}" if letter.unread else ""
    why = "" if claimed or has_form else f"there is no answer in its words{unread}"
    return [_answer(claim, letter, known, number) for claim in claimed], why


def _no_answer(text: str, letter: Letter, thread: Thread) -> str:
    """Say why words that name no action are no answer; nothing where they may be one."""
    if courtesies.is_machine(text):
        return "an automatic reply"
    if courtesies.is_thanks(text):
        return "it only thanks"
    if words.is_holding(text):
        return "it says only that an answer will come"
    is_question = letter.unread and text.endswith("?") and not thread.asked
    return "it asks about what is attached" if is_question else ""


def _of_chat(
    said: Iterable[Letter], known: Known, refs: Refs, clerks: Collection[str]
) -> list[Answer]:
    """Read a chat: what answers a question about one action is asked about."""
    answers: list[Answer] = []
    question, asker = "", ""
    for message in said:
        text = "\n".join(line.text for line in message.lines).strip()
        words_of = quotes.Words((), senders.Writer(message.sender))
        thread = Thread(message, known, words_of, None, refs)
        asked = refs.within(text) if "?" in text else ()
        own = [quotes.Own(line) for line in message.lines]
        found = blocks(own, refs, message.sender)
        named = any(block.refs or block.typed for block in found)
        if asked and not (named and asker and message.sender != asker):
            question, asker = asked[0] if len(asked) == 1 else "", message.sender
        elif fold(message.sender) in clerks:
            continue
        elif named:
            answers += [
                _answer(claim, message, known, "")
                for block in found
                if block.how is How.REFERENCE
                for claim in claims(block, thread)
            ]
        elif asker and message.sender != asker and text and not courtesies.is_pleasantry(text):
            reason = "it answers what was asked in the chat"
            answers.append(_answer(Claim(Block(text), question, (reason,)), message, known, ""))
            question = ""
    return answers


def _answer(claim: Claim, letter: Letter, known: Known, number: str) -> Answer:
    block, record = claim.block, known.records.get(claim.ref)
    written = date.fromisoformat(letter.date) if letter.date else known.today
    text = block.text
    if record and text:
        lines = quotes.difference(text.split("\n"), record.text, _RESTATED)
        text = "\n".join(filter(None, lines)) or text
    said = words.said(text, record, written, status=block.status)
    due, due_text = said.due, said.due_text
    if block.date:
        new = words.said(f"by {block.date}", record, written)
        due, due_text = new.due, new.due_text or ("" if new.due else block.date)
    return Answer(
        claim.ref, text, said.status, due, due_text, said.redirect,
        unclear=(*claim.unclear, *said.doubts), near=claim.near,
        sender=letter.address or letter.sender, date=letter.date, message_id=letter.message_id,
        number=number, file=letter.name, line=block.line or letter.line,
    )  # fmt: skip


def _after(earlier: Answer | None, answer: Answer) -> Answer:
    if earlier is None or fold(earlier.response) == fold(answer.response):
        return answer
    reason = f"it was answered before: “{shorten(earlier.response, 200)}”"
    return answer._replace(unclear=(*answer.unclear, reason))


def _number(letter: Letter, known: Known) -> str:
    """Give the number of the chase that a letter answers, as subject, thread or text show it."""
    if not known.chases:
        return ""
    shown = (letter.subject, *letter.thread, *(" ".join((e.text, *e.cells)) for e in letter.lines))
    return next((found for text in shown if (found := _shown(text, known))), "")


def _shown(text: str, known: Known) -> str:
    plain = text.upper()
    return next((number for number in known.chases if number in plain), "") if "-" in plain else ""
