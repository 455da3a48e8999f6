"""The pages of the documentation, read in a terminal."""

import pytest

from cpctrack.cli.commands import help as command
from cpctrack.render.screen import topics
from cpctrack.render.screen.pages import shown as shown_page

PAGE = """\
# Two halls

Read [the lease](lease.md#rent), [below](#the-small-hall), [a file](../LICENSE) or
[the law](https://law.example/1972); not <b>this</b>.

![Both halls at night](halls.png)

<!-- for programs -->

```{toctree}
lease
```

## The `small` hall

```sh
cpctrack list \x1b[31m
```

| what | when |
| --- | --- |
| Keys | `Monday` |
| Coats | Friday |

### Its garden

Mown.

## The Great Hall

1. Sweep.
"""
SMALL = """\
The small hall

    cpctrack list [31m

 what   when
 ─────────────
 Keys   Monday

 Coats  Friday

Its garden

Mown.
"""


@pytest.fixture
def halls(tmp_path, monkeypatch):
    """Put a page of our own where the packed pages are, and another that it leads to."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "halls.md").write_text(PAGE, "utf-8")
    (folder / "lease.md").write_text("# The lease\n\nIt ends.\n", "utf-8")
    monkeypatch.setattr(topics, "packed", lambda name: tmp_path / name)


def test_a_page_is_shown_plain_in_a_pipe(run, halls):
    assert (
        run("help", "Halls").stdout
        == f"""\
Two halls

Read the lease (cpctrack help lease), below, a file or the law (https://law.example/1972); not this.

[Picture: Both halls at night]

{SMALL}
The Great Hall

 1 Sweep.
"""
    )


@pytest.mark.parametrize("words", [("small",), ("SMALL", "hall")])
def test_a_section_is_shown_alone(run, halls, words):
    assert run("help", "halls", *words).stdout == SMALL


def test_a_heading_that_is_on_no_page(run, halls):
    said = run("help", "halls", "kit\x1bchen", exit_code=2).stderr
    assert "No heading of the page halls has “kitchen”; “cpctrack help halls” shows all" in said


def test_topics_are_the_pages_there_are(run, halls):
    assert run("help", "topics").stdout == (
        "  cpctrack help halls  Two halls\n  cpctrack help lease  The lease\n"
    )
    assert run("help", "--page").stdout == run("help", "topics").stdout


def test_a_word_leads_to_the_sections_that_are_about_it(run, halls):
    assert run("help", "garden").stdout == (
        'For “garden”:\n  cpctrack help halls "garden"  Its garden\n'
    )
    run("help", "rde", exit_code=2)  # too short to be looked for


def test_a_name_that_a_command_has_too(run):
    assert run("help", "minutes").stdout.endswith(
        "\n\nThere is a page about it, too: cpctrack help minutes --page\n"
    )
    assert run("help", "minutes", "--page").stdout.startswith("From minutes to actions\n\n")
    assert "There is a page" not in run("help", "templates", "copy").stdout
    assert "There is a page" not in run("help", "list").stdout


def test_on_a_terminal_it_has_the_width_and_colours_of_one(halls, monkeypatch, run):
    monkeypatch.setattr(command, "window", lambda: 40)
    shown = []
    monkeypatch.setattr(command, "page", lambda lines, _: shown.extend(lines))
    run("help", "halls")
    assert "\x1b[1" in shown[0]
    assert "\x1b[31m" not in shown[0]
    monkeypatch.setattr(command, "window", lambda: 500)
    run("help", "sharing")
    plain = shown_page(topics.topics()["halls"], 40, styled=False)
    assert max(map(len, plain.splitlines())) <= 40


@pytest.mark.parametrize("name", sorted(topics.topics()))
@pytest.mark.parametrize("width", [40, 100])
def test_every_page_can_be_shown(root, name, width):
    shown = shown_page(root / "docs" / f"{name}.md", width, styled=False)
    assert max(map(len, shown.splitlines())) <= width
    assert shown.startswith(topics.title(root / "docs" / f"{name}.md")[:20])
    assert ".md)" not in shown
