"""The page as a browser, a screen reader and a printer take it."""

import re
import subprocess

import pytest

DESKTOP = {"width": 1280, "height": 900}
TABLET = {"width": 768, "height": 1024}
PHONE = {"width": 320, "height": 640}
SIZES = pytest.mark.parametrize(
    "size", [DESKTOP, TABLET, PHONE], ids=["desktop", "tablet", "phone"]
)
NAMES = [
    "full", "exempt", "empty", "progress", "progress-exempt", "nothing-to-report", "hostile",
    "layout", "carried", "carried-only",
    "layout", "statistics", "statistics-hostile",
]  # fmt: skip
PAGES = pytest.mark.parametrize("name", NAMES)
SITE = ["site", "site-all", "site-committee", "site-action"]
SITE_TOO = pytest.mark.parametrize("name", [*NAMES, *SITE])
COLUMNS = [
    "Meeting Type", "Meeting Date", "Item", "Recommendation", "Actions", "Referred to",
    "Response/ Outcome", "Needs Follow Up",
]  # fmt: skip
REPORT_COLUMNS = [
    "Reference", "Agreed at", "Item", "Action or recommendation", "Referred to",
    "Response/ Outcome", "Due", "Status",
]  # fmt: skip

pytestmark = pytest.mark.browser


@SITE_TOO
@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, axe, name, size, scheme):
    page = open_page(name, size, color_scheme=scheme).page
    for details in page.locator("summary").all():
        details.click()  # what is folded away is looked at too
    page.evaluate(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
    assert [(found["id"], found["nodes"][0]["html"]) for found in result["violations"]] == []
    assert len(result["passes"]) > 15


@SITE_TOO
def test_nu_checker_finds_nothing(documents, nu_checker, name):
    # It does not know that the policy's “file:” lets pages that are opened as files load others.
    loads = ".*external (stylesheet|script) .*site[.](css|js)” blocked.*"
    done = subprocess.run(
        [*nu_checker, "--stdout", "--filterpattern", loads, str(documents[name])],
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode() == ""
    assert done.returncode == 0


@PAGES
def test_nothing_is_asked_of_the_network(open_page, documents, name):
    opened = open_page(name, DESKTOP)
    opened.page.mouse.wheel(0, 5000)
    assert opened.requests == [documents[name].as_uri()]
    assert opened.complaints == []


@SITE_TOO
@pytest.mark.parametrize("width", [320, 360, 575, 576, 768, 959, 960, 1024, 1280, 1920])
def test_page_never_scrolls_sideways(open_page, name, width):
    page = open_page(name, {"width": width, "height": 640}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    clipped = """[...document.querySelectorAll("td, tbody th, p, h1, h2, dt, dd, li, svg, select")]
        .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
        .map(e => e.textContent)"""
    assert page.evaluate(clipped) == []


@SIZES
def test_screen_reader_is_told_of_a_table(open_page, size):
    """The table must stay one where the phone shows its rows as cards."""
    page = open_page("full", size).page
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    seen = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in tree
            if not n["ignored"]]  # fmt: skip
    tables = [name for role, name in seen if role == "table"]
    assert tables == ["Actions and recommendations of 2022/23, by meeting and agenda item"]
    assert [name for role, name in seen if role == "columnheader"] == COLUMNS
    rows = page.locator("tbody tr").count()
    assert rows == 23
    assert [role for role, _ in seen].count("row") == rows + 1
    assert [name for role, name in seen if role == "rowheader"] == (
        ["Informal"] * 5 + ["Formal"] * 18
    )
    assert [role for role, _ in seen].count("cell") == rows * 7


@SIZES
def test_figures_are_a_table_each_to_a_screen_reader(open_page, size):
    page = open_page("statistics", size).page
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    seen = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in tree
            if not n["ignored"]]  # fmt: skip
    titles = page.locator(".part:has(table) h2").all_inner_texts()
    assert [name for role, name in seen if role == "table"] == titles
    rows = page.locator("tbody tr").count()
    headers = [name for role, name in seen if role == "rowheader"]
    assert len(headers) == rows
    assert {"Raised", "Overdue", "Head of Fostering"} <= set(headers)


@SIZES
def test_report_is_a_table_a_part_to_a_screen_reader(open_page, size):
    page = open_page("progress", size).page
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    seen = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in tree
            if not n["ignored"]]  # fmt: skip
    tables = [name for role, name in seen if role == "table"]
    assert len(tables) == page.locator("table").count() == 5
    assert tables[0].startswith("Completed, for the committee to agree: ")
    headers = [name for role, name in seen if role == "columnheader"]
    assert headers == REPORT_COLUMNS * len(tables)
    rows = page.locator("tbody tr").count()
    assert [role for role, _ in seen].count("cell") == rows * 7
    references = [name for role, name in seen if role == "rowheader"]
    assert len(references) == rows
    assert all(name.startswith("CPC-2223-") for name in references)


@SIZES
def test_screen_reader_is_told_what_the_charts_say(open_page, size):
    page = open_page("full", size).page
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    images = [n["name"]["value"] for n in tree if n["role"]["value"] == "image"]
    assert [name.split(". ")[0] for name in images] == [
        "Open actions by age",
        "Open actions by owner",
    ]
    assert "; Nobody named: " in images[1]
    # The bars and their labels are the image: they are not read out once more.
    assert not any(n["role"]["value"] == "SvgRoot" and not n["ignored"] for n in tree)


def test_phone_shows_the_name_of_every_column(open_page):
    page = open_page("full", PHONE).page
    labels = page.evaluate(
        """[...document.querySelector("tbody tr").children]
            .map(cell => getComputedStyle(cell, "::before").content)"""
    )
    assert [re.match(r'"([^"]+)"', label)[1] for label in labels] == COLUMNS


def test_desktop_keeps_the_header_in_sight(open_page):
    page = open_page("long", DESKTOP).page
    page.mouse.wheel(0, 8000)
    page.wait_for_function("window.scrollY > 5000")
    assert page.evaluate("document.querySelector('thead th').getBoundingClientRect().top") == 0


def test_skip_link_shows_when_it_has_the_focus_and_leads_to_the_table(open_page):
    page = open_page("full", DESKTOP).page
    assert page.evaluate("document.querySelector('.skip').getBoundingClientRect().bottom") < 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the table"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "table"


def test_link_to_a_meeting_is_not_hidden_by_the_header(open_page):
    page = open_page("full", DESKTOP).page
    page.get_by_role("link", name="23 November 2022").click()
    header, target = page.evaluate(
        """[document.querySelector("thead th").getBoundingClientRect().bottom,
            document.querySelector(":target").getBoundingClientRect().top]"""
    )
    assert target >= header - 1


def test_every_row_is_there_without_javascript_and_no_dead_control(open_page):
    page = open_page("full", DESKTOP, java_script_enabled=False).page
    assert page.locator("tbody tr").count() == 23
    assert all(row.is_visible() for row in page.locator("tbody tr").all())
    assert not any(one.is_visible() for one in page.locator("form, select, button, input").all())


def test_policy_lets_no_other_script_run(open_page):
    page = open_page("full", DESKTOP).page
    page.evaluate(
        """document.body.insertAdjacentHTML(
            "beforeend", "<button id='x' onclick='document.title = 1'>x</button>");
           document.body.append(Object.assign(
            document.createElement("script"), {textContent: "document.title = 2"}))"""
    )
    title = page.title()
    assert title.startswith("Appendix 4: ")
    page.click("#x")
    assert page.title() == title


def test_hostile_owner_stays_text(open_page):
    opened = open_page("hostile", DESKTOP)
    assert opened.page.title().startswith("Appendix 4: ")
    assert opened.page.locator("script").count() == 1
    assert opened.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_colour_schemes(open_page, scheme):
    """Axe leaves out what it can't judge, such as the words of an image and invisible states."""
    page = open_page("exempt", DESKTOP, color_scheme=scheme).page
    page_colour, *letters = page.evaluate(
        """() => {
            const name = (e) => getComputedStyle(e);
            const names = "text, .standing, small, .note, .none, dt, a";
            const words = [...document.querySelectorAll(names)];
            return [name(document.body).backgroundColor, ...new Set(words.map((e) =>
                e.matches("text") ? name(e).fill : name(e).color))];
        }"""
    )
    assert len(letters) >= 6
    assert min(_contrast(page_colour, letter) for letter in letters) >= 4.5
    dark = _luminance(page_colour) < 0.1
    assert dark == (scheme == "dark")


def test_bars_stand_out_from_the_page_and_are_drawn_in_forced_colours(open_page):
    for settings in ({}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        page = open_page("full", DESKTOP, **settings).page
        bar, ground = page.evaluate(
            """[getComputedStyle(document.querySelector(".bar")).fill,
                getComputedStyle(document.body).backgroundColor]"""
        )
        assert _contrast(bar, ground) >= 3


def _luminance(colour):
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
