"""The filter as somebody without a mouse, and somebody who can't see it, use it."""

import pytest

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
PAGES = pytest.mark.parametrize("name", ["full", "progress"])

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page, name):
    return open_page(name, DESKTOP).page


def said(page):
    return page.locator("[role=status]").text_content()


def shown(page):
    """Give the rows that can be seen, each as its status, its owners and whether it is overdue."""
    return [
        (row.get_attribute("data-status"), row.get_attribute("data-owners").split("\n"),
         row.get_attribute("data-overdue") is not None)
        for row in page.locator("tr[data-status]").all()
        if row.is_visible()
    ]  # fmt: skip


def focus(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent")


def tab_to(page, wanted):
    for _ in range(20):
        page.keyboard.press("Tab")
        if focus(page) == wanted:
            return
    raise AssertionError(wanted)


@PAGES
def test_all_rows_are_shown_at_first(page):
    rows = page.locator("tr[data-status]").count()
    assert len(shown(page)) == rows > 15
    assert said(page) == f"All {rows} rows are shown."


@PAGES
def test_filter_works_from_the_keyboard(page):
    everything = shown(page)
    tab_to(page, "filter_owner")
    page.keyboard.type("Head")
    owner = "Head of Fostering"
    of_owner = [row for row in everything if owner in row[1]]
    assert shown(page) == of_owner
    assert 0 < len(of_owner) < len(everything)
    total = len(everything)
    assert said(page) == f"Filtered: {len(of_owner)} of {total} rows shown (referred to: {owner})."

    page.keyboard.press("Tab")
    assert focus(page) == "filter_status"
    page.keyboard.press("ArrowDown")
    status = page.locator("#filter_status").input_value()
    words = page.locator("#filter_status option:checked").text_content()
    both = [row for row in of_owner if row[0] == status]
    assert shown(page) == both
    assert said(page) == (
        f"Filtered: {len(both)} of {total} rows shown (referred to: {owner}; status: {words})."
    )

    page.keyboard.press("Tab")
    assert focus(page) == "filter_overdue"
    page.keyboard.press("Space")
    assert shown(page) == [row for row in both if row[2]]
    assert said(page).endswith("; overdue only).")

    page.keyboard.press("Tab")
    assert focus(page) == "Show all"
    page.keyboard.press("Enter")
    assert shown(page) == everything
    assert said(page) == f"All {total} rows are shown."
    assert focus(page) == "Show all"  # the focus is not lost


@PAGES
def test_count_is_announced_politely_and_was_there_before(page):
    """A live region that comes with its words is not read out; this one only changes them."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    (status,) = [node for node in tree if node["role"]["value"] == "status"]
    properties = {each["name"]: each["value"].get("value") for each in status["properties"]}
    assert properties["live"] == "polite"
    assert properties["atomic"] is True
    before = page.locator("[role=status]").element_handle()
    page.select_option("#filter_status", index=1)
    assert before.evaluate("e => e.isConnected && e.textContent").startswith("Filtered: ")


@PAGES
def test_groups_without_rows_are_hidden_with_their_links(page):
    page.select_option("#filter_status", "deferred")
    groups = page.locator("[data-group]").all()
    visible = [group for group in groups if group.is_visible()]
    assert 0 < len(visible) < len(groups)
    for group in groups:
        rows = group.locator("tr[data-status]").all()
        assert group.is_visible() == any(row.is_visible() for row in rows)
    page.evaluate("document.querySelector('nav details')?.setAttribute('open', '')")
    for link in page.locator("nav a").all():
        # It leads to what is shown of its group, or isn't there.
        target = page.locator(link.get_attribute("href"))
        assert link.is_visible() == (target.count() == 1 and target.is_visible())
    page.get_by_role("button", name="Show all").click()
    assert all(group.is_visible() for group in groups)


@pytest.mark.parametrize("name", ["full"])
def test_rows_that_name_nobody_can_be_asked_for(page):
    page.select_option("#filter_owner", label="Nobody named")
    assert shown(page)
    assert all(owners == [""] for _, owners, _ in shown(page))
    assert "(referred to: Nobody named)" in said(page)


@pytest.mark.parametrize("name", ["full"])
def test_filter_that_leaves_nothing_says_so(page):
    page.select_option("#filter_owner", label="Nobody named")
    page.select_option("#filter_status", "superseded")
    page.check("#filter_overdue")
    assert shown(page) == []
    assert said(page).startswith("Filtered: 0 of 23 rows shown ")


def test_hostile_owner_can_be_chosen(open_page):
    page = open_page("hostile", DESKTOP).page
    value = page.locator("#filter_owner option").nth(1).get_attribute("value")
    assert value.startswith("\"'><script>")
    page.select_option("#filter_owner", value)
    assert len(shown(page)) == 11
    assert all(owners == [value] for _, owners, _ in shown(page))
    assert value in said(page)
    assert page.title().startswith("Appendix 4: ")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@PAGES
def test_controls_are_large_enough_and_keep_within_the_window(open_page, name, size):
    page = open_page(name, size).page
    if size == PHONE:
        assert not page.locator("#filter_form").is_visible()
        page.get_by_text("Show only one person’s, or one status").click()
    page.select_option("#filter_owner", index=1)
    for control in page.locator("form select, form button, form input").all():
        box = control.bounding_box()
        assert box["width"] >= 24
        assert box["height"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@PAGES
def test_filtered_page_has_no_fault_that_axe_finds(page, axe):
    page.select_option("#filter_status", "deferred")
    page.evaluate(axe)
    result = page.evaluate("axe.run()")
    assert [found["id"] for found in result["violations"]] == []


@PAGES
def test_what_the_browser_filled_in_by_itself_is_filtered_by(page):
    page.evaluate(
        """() => {
            document.getElementById("filter_status").value = "deferred";
            dispatchEvent(new PageTransitionEvent("pageshow"));
        }"""
    )
    assert {status for status, _, _ in shown(page)} == {"deferred"}
