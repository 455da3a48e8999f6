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
    "layout", "carried", "carried-only", "plain",
    "statistics", "statistics-hostile",
]  # fmt: skip
PAGES = pytest.mark.parametrize("name", NAMES)
SITE = ["site", "site-all", "site-committee", "site-action"]
SITE_TOO = pytest.mark.parametrize("name", [*NAMES, *SITE])
COLUMNS = [
    "Meeting Type", "Meeting Date", "Item", "Recommendation", "Actions", "Referred to",
    "Response/ Outcome", "Needs Follow Up",
]  # fmt: skip
REPORT_COLUMNS = [
    "Action or recommendation", "Referred to", "Response/ Outcome", "Status and date",
]  # fmt: skip
SCHEMES = pytest.mark.parametrize(
    "scheme",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "forced"],
)
EXAMPLES = pytest.mark.parametrize("name", ["example", "example-progress"])
SPACING = """* {
  line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important;
}
p { margin-bottom: 2em !important; }"""  # of WCAG 1.4.12

pytestmark = pytest.mark.browser


def unfold(page):
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def seen_by_screen_readers(page):
    """Give the role and the name of everything that is not passed over."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree
            if not node["ignored"]]  # fmt: skip


def named(seen, wanted):
    return [name for role, name in seen if role == wanted]


@EXAMPLES
@pytest.mark.parametrize(("size", "most"), [(DESKTOP, 400), (PHONE, 500)], ids=["desktop", "phone"])
def test_first_action_is_near_the_top(open_page, name, size, most):
    page = open_page(name, size).page
    assert page.locator("tr[data-status] th").first.bounding_box()["y"] <= most


@EXAMPLES
def test_response_has_room(open_page, name):
    page = open_page(name, DESKTOP).page
    heading = page.get_by_role("columnheader", name="Response/ Outcome").first
    assert heading.bounding_box()["width"] >= 380


@SITE_TOO
@SIZES
@SCHEMES
def test_axe_finds_nothing(open_page, axe, name, size, scheme):
    page = open_page(name, size, **scheme).page
    unfold(page)  # what is folded away is looked at too
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
    check_nothing_is_clipped(page, width)


@SITE_TOO
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_cut_off_where_letters_stand_further_apart(open_page, name, width):
    page = open_page(name, {"width": width, "height": 640}, bypass_csp=True).page
    page.add_style_tag(content=SPACING)
    unfold(page)
    check_nothing_is_clipped(page, width)


def check_nothing_is_clipped(page, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    clipped = """[...document.querySelectorAll("td, th, p, h1, h2, dt, dd, li, .tag")]
        .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
        .map(e => e.textContent)"""
    assert page.evaluate(clipped) == []


@SITE_TOO
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_is_pressed_is_large_enough(open_page, name, size):
    page = open_page(name, size).page
    unfold(page)
    pressed = "main a, nav a, summary, select, button, input"
    boxes = [each.bounding_box() for each in page.locator(pressed).all() if each.is_visible()]
    assert all(box["height"] >= 24 and box["width"] >= 24 for box in boxes)


@SIZES
@pytest.mark.parametrize("name", ["full", "plain"])
def test_screen_reader_is_told_of_a_table(open_page, name, size):
    """The table must stay one where the phone shows its rows as cards, and no cell be lost."""
    page = open_page(name, size).page
    seen = seen_by_screen_readers(page)
    assert named(seen, "table") == [
        page.locator("caption .unseen, caption.unseen").inner_text(),
        *page.locator(".bars caption").all_inner_texts(),
    ]
    assert named(seen, "columnheader") == COLUMNS
    assert page.locator("tr[data-status]").count() == 23
    assert page.locator("tr[data-status] > *").count() == 23 * 8
    assert len(named(seen, "row")) == page.locator("tr").count()
    assert len(named(seen, "cell")) == page.locator("td").count()
    assert len(named(seen, "rowheader")) == page.locator("tbody th").count()
    bands = [each for each in named(seen, "rowheader") if each.startswith("Formal · 15 March 2023")]
    assert bool(bands) == (name == "full")


@SIZES
@SITE_TOO
def test_tables_say_what_they_are_also_to_browsers_that_forget_it(open_page, name, size):
    page = open_page(name, size).page
    roles = {"table": "table", "tr": "row", "td": "cell", "thead th": "columnheader",
             "tbody th": "rowheader", "tbody": "rowgroup", "thead": "rowgroup"}  # fmt: skip
    for selector, role in roles.items():
        said = page.evaluate(f"[...document.querySelectorAll('{selector}')].map(e => e.role)")
        assert set(said) <= {role}


@SIZES
def test_figures_are_a_table_each_to_a_screen_reader(open_page, size):
    page = open_page("statistics", size).page
    seen = seen_by_screen_readers(page)
    assert set(page.locator(".part:has(table) h2").all_inner_texts()) <= set(named(seen, "table"))
    headers = named(seen, "rowheader")
    assert len(headers) == page.locator("tbody tr").count()
    assert {"Raised", "Overdue", "Head of Fostering"} <= set(headers)


@SIZES
def test_report_is_a_table_a_part_to_a_screen_reader(open_page, size):
    page = open_page("progress", size).page
    seen = seen_by_screen_readers(page)
    parts = page.locator(".part").count()
    assert parts > 2
    assert len(named(seen, "table")) == parts + page.locator(".bars").count()
    assert named(seen, "columnheader") == REPORT_COLUMNS * parts
    rows = page.locator("tr[data-status]").count()
    assert rows > 15
    assert sum("CPC-2223-" in header for header in named(seen, "rowheader")) == rows
    # What the strips show stands beside them in words.
    assert page.locator("svg").count() == page.locator("svg[aria-hidden=true]").count() > 0
    assert not {"image", "SvgRoot"} & {role for role, _ in seen}


def test_every_owner_stands_in_a_table_with_bars(open_page):
    page = open_page("full", DESKTOP).page
    owners = page.locator(".bars").nth(1)
    names = owners.locator("th").all_inner_texts()
    assert {"Head of Fostering", "Nobody named"} <= set(names)
    numbers = [int(each) for each in owners.locator("td").all_inner_texts()]
    widths = [each.bounding_box()["width"] for each in owners.locator("rect").all()]
    assert numbers == sorted(numbers, reverse=True)
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("name", ["full", "progress", "plain"])
def test_card_begins_with_the_action_and_names_what_follows(open_page, name):
    page = open_page(name, PHONE).page
    for row in page.locator("tr[data-status]").all()[:6]:
        heading = row.locator("th")
        tops = [each.bounding_box()["y"] for each in row.locator("> *").all()
                if each.bounding_box()["width"] > 1]  # fmt: skip
        assert heading.bounding_box()["y"] == min(tops)
        labels = row.evaluate(
            """row => [...row.querySelectorAll("td")].map(
                cell => getComputedStyle(cell, "::before").content.split('"')[1])"""
        )
        columns = page.locator("table").first.locator("thead th").all_text_contents()
        columns.pop(row.evaluate("row => [...row.children].findIndex(e => e.tagName == 'TH')"))
        assert labels == columns


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
    page.get_by_text("Go to a meeting").click()
    page.get_by_role("link", name="23 November 2022").click()
    header, target = page.evaluate(
        """[document.querySelector("thead th").getBoundingClientRect().bottom,
            document.querySelector(":target").getBoundingClientRect().top]"""
    )
    assert target >= header - 1


def test_every_row_is_there_without_javascript_and_no_dead_control(open_page):
    page = open_page("full", DESKTOP, java_script_enabled=False).page
    assert page.locator("tr[data-status]").count() == 23
    assert all(row.is_visible() for row in page.locator("tr").all())
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
    ground, *pairs = page.evaluate(
        """() => {
            const colours = getComputedStyle;
            const behind = (e) => {
                const own = colours(e).backgroundColor;
                return own === "rgba(0, 0, 0, 0)" ? behind(e.parentElement) : own;
            };
            const words = document.querySelectorAll(".tag, small, .note, .none, dt, a, .band th");
            return [[colours(document.body).backgroundColor, ""],
                ...[...words].map((e) => [behind(e), colours(e).color])];
        }"""
    )
    assert len({tuple(pair) for pair in pairs}) >= 6
    assert min(_contrast(*pair) for pair in pairs) >= 4.5
    dark = _luminance(ground[0]) < 0.1
    assert dark == (scheme == "dark")


def test_bars_stand_out_from_the_page_and_are_drawn_in_forced_colours(open_page):
    for settings in ({}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        page = open_page("progress", DESKTOP, **settings).page
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for selector in (".bars rect", ".strip .agreed", ".strip .meeting"):
            fill = page.evaluate(
                "name => getComputedStyle(document.querySelector(name)).fill", selector
            )
            assert _contrast(fill, ground) >= 3


def _luminance(colour):
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
