"""One document gives the same drafts in every form."""

from pathlib import Path

import pytest

from cpctrack.minutes.base import Minutes
from cpctrack.minutes.finding.finding import find
from cpctrack.tasks.read_documents import read_minutes

HEAD = (
    "MINUTES OF THE FAMILIES AND HOMES PANEL (FORMAL)",
    "HELD AT 5.30PM ON TUESDAY 6 FEBRUARY 2024 IN THE ASH ROOM, WENMOUTH TOWN HALL",
)
# Each item: its title, its paragraphs, the heading of its actions, their lead-in, the actions.
ITEMS = (
    ("APOLOGIES FOR ABSENCE", ("Councillor Tamsyn Orrell sent apologies.",), "", "", ()),
    (
        "Allowances for carers",
        (
            (
                "The Panel received a report on the allowances that are paid to carers in the "
                "borough, and on how they compare with those of the councils around it."
            ),
            (
                "Members asked what carers were told when an allowance changed, and were told that "
                "a letter was sent within the week."
            ),
        ),
        "AGREED ACTIONS",
        "The Panel noted the report and agreed that:",
        (
            (
                "The Head of Fostering would write to every carer about the new allowance and the "
                "day from which it would be paid."
            ),
            (
                "The Finance Manager would bring a table of the allowances of the councils around "
                "the borough to the next meeting."
            ),
        ),
    ),
    (
        "HOMES",
        ("The Panel received the yearly report on homes.",),
        "ACTION AGREED",
        "The Panel agreed that the Head of Homes would provide Members with:",
        (
            "A list of the homes that had been inspected since April.",
            "A briefing note on the home at Larch Lane.",
        ),
    ),
)
FORMS = ("txt", "md", "html", "docx", "odt", "pdf")


def as_text() -> str:
    lines = [*HEAD, ""]
    for number, (title, paragraphs, heading, lead_in, actions) in enumerate(ITEMS, 1):
        lines += [f"{number}. {title}", ""]
        lines += [line for paragraph in paragraphs for line in (paragraph, "")]
        if actions:
            lines += [heading, "", lead_in, ""]
            lines += [f"{place}. {action}" for place, action in enumerate(actions, 1)] + [""]
    return "\n".join(lines)


def as_markdown() -> str:
    lines = [f"# {HEAD[0]}", "", HEAD[1], ""]
    for number, (title, paragraphs, heading, lead_in, actions) in enumerate(ITEMS, 1):
        lines += [f"## {number}. {title}", ""]
        lines += [line for paragraph in paragraphs for line in (paragraph, "")]
        if actions:
            lines += [f"**{heading}**", "", lead_in, ""]
            lines += [f"{place}. {action}" for place, action in enumerate(actions, 1)] + [""]
    return "\n".join(lines)


def as_page() -> str:
    parts = [f"<!DOCTYPE html><title>Minutes</title><h1>{HEAD[0]}</h1><p>{HEAD[1]}</p>"]
    for number, (title, paragraphs, heading, lead_in, actions) in enumerate(ITEMS, 1):
        parts += [f"<h2>{number}. {title}</h2>", *(f"<p>{text}</p>" for text in paragraphs)]
        if actions:
            items = "".join(f"<li>{action}</li>" for action in actions)
            parts.append(f"<p><b>{heading}</b></p><p>{lead_in}</p><ol>{items}</ol>")
    return "\n".join(parts)


def write_word(path: Path) -> None:
    import docx

    document = docx.Document()
    for line in HEAD:
        document.add_paragraph().add_run(line).bold = True
    for number, (title, paragraphs, heading, lead_in, actions) in enumerate(ITEMS, 1):
        document.add_heading(f"{number}. {title}", 1)
        for text in paragraphs:
            document.add_paragraph(text)
        if actions:
            document.add_paragraph().add_run(heading).bold = True
            document.add_paragraph(lead_in)
        for place, action in enumerate(actions, 1):
            document.add_paragraph(f"{place}.\t{action}")
    document.save(str(path))


def as_open_document() -> tuple[str, str]:
    """Give the body and the styles."""
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/></text:list-style>'
        '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    parts = [f'<text:p text:style-name="B">{line}</text:p>' for line in HEAD]
    for number, (title, paragraphs, heading, lead_in, actions) in enumerate(ITEMS, 1):
        parts.append(f'<text:h text:outline-level="1">{number}. {title}</text:h>')
        parts += [f"<text:p>{text}</text:p>" for text in paragraphs]
        if actions:
            items = "".join(
                f"<text:list-item><text:p>{action}</text:p></text:list-item>" for action in actions
            )
            parts.append(f'<text:p text:style-name="B">{heading}</text:p>')
            parts.append(f"<text:p>{lead_in}</text:p>")
            parts.append(f'<text:list text:style-name="L1">{items}</text:list>')
    return "".join(parts), styles


def as_typst() -> str:
    parts = ['#set page(margin: 3cm, numbering: "Page 1 of 1", header: [Families and Homes Panel])']
    parts += ['#set text(lang: "en", hyphenate: true)', "#set par(justify: true)"]
    parts += [f"#[*{line}*]\n" for line in HEAD]
    for number, (title, paragraphs, heading, lead_in, actions) in enumerate(ITEMS, 1):
        parts += [f"= #[{number}. {title}]", *(f"{text}\n" for text in paragraphs)]
        if actions:
            parts += [f"*{heading}*\n", f"{lead_in}\n", *(f"+ {action}" for action in actions), ""]
        parts.append("#pagebreak(weak: true)" if number == 2 else "")
    return "\n".join(parts)


@pytest.fixture
def documents(write, odt, pdf, tmp_path) -> dict[str, Path]:
    write_word(tmp_path / "minutes.docx")
    return {
        "txt": write("minutes.txt", as_text()),
        "md": write("minutes.md", as_markdown()),
        "html": write("minutes.html", as_page()),
        "docx": tmp_path / "minutes.docx",
        "odt": odt(*as_open_document()),
        "pdf": pdf(as_typst()),
    }


def found_in(path: Path) -> Minutes:
    """Give what is found in a document, less where it stands."""
    found = find(read_minutes(path))
    return Minutes(
        found.found._replace(line=0),
        tuple(item._replace(line=0) for item in found.items),
        tuple(draft._replace(line=0, source="", score=0.0, features=()) for draft in found.drafts),
    )


def test_the_text_gives_the_drafts_that_it_prints(documents):
    found = found_in(documents["txt"])
    assert found.found.date == "2024-02-06"
    assert [item.title for item in found.items] == [title for title, *_ in ITEMS]
    marked = [(draft.item_number, draft.owner) for draft in found.drafts if draft.marked]
    assert marked == [
        ("2", "Head of Fostering"),
        ("2", "Finance Manager"),
        ("3", "Head of Homes"),
        ("3", "Head of Homes"),
    ]


@pytest.mark.parametrize("form", FORMS[1:])
def test_every_form_gives_the_same(documents, form):
    assert found_in(documents[form]) == found_in(documents["txt"])


@pytest.mark.parametrize("form", ["docx", "odt", "html", "pdf"])
def test_published_minutes_give_the_same_in_every_form(shared_data, convert, form):
    path = shared_data / "minutes-2023-03-15.txt"
    assert found_in(*convert(form, path)) == found_in(path)


@pytest.mark.parametrize("form", ["odt", "pdf"])
def test_what_another_program_makes_of_a_word_document_gives_the_same(documents, convert, form):
    word = documents["docx"].rename(documents["docx"].with_name("word.docx"))
    assert found_in(*convert(form, word)) == found_in(documents["txt"])
