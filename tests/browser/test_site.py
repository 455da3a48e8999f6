"""The public site, opened as files: what its pages share is found, and the search works."""

import pytest

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
PAGES = pytest.mark.parametrize("name", ["site", "site-all", "site-committee", "site-action"])

pytestmark = pytest.mark.browser


def shown(page):
    return [row for row in page.locator("tr[data-status]").all() if row.is_visible()]


def search(page, words):
    page.fill("#filter_words", words)
    status = page.locator("[role=status]")
    status.get_by_text(f"words: {words.strip()}").wait_for(timeout=5000)
    return status.text_content()


@PAGES
def test_only_files_of_the_site_are_asked_for_and_nothing_is_amiss(open_page, documents, name):
    opened = open_page(name, DESKTOP)
    folder = documents["site"].parent.as_uri()
    first, *others = opened.requests
    assert first == documents[name].as_uri()
    assert {each.removeprefix(f"{folder}/") for each in others} <= {"site.css", "site.js"}
    assert opened.complaints == []
    assert (
        opened.page.evaluate("getComputedStyle(document.querySelector('header')).borderTopWidth")
        == "6px"
    )


@PAGES
def test_every_link_leads_to_a_file(open_page, documents, name):
    page = open_page(name, DESKTOP).page
    links = page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.href)")
    there = {path.as_uri() for path in documents["site"].parent.rglob("*")}
    assert {link.partition("#")[0] for link in links} <= there
    assert len(links) > 5


@PAGES
def test_a_page_has_its_landmarks_and_one_heading(open_page, name):
    page = open_page(name, DESKTOP).page
    assert page.locator("h1").count() == 1
    for role in ("banner", "main", "contentinfo", "navigation"):
        assert page.get_by_role(role).count() == 1, role
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("name", ["site-all", "site-committee"])
def test_search_finds_words_whatever_their_case_and_accents(open_page, name):
    page = open_page(name, DESKTOP).page
    every = len(shown(page))
    assert every > 20
    said = search(page, "  HÉAD service ")
    assert 0 < len(shown(page)) <= every
    assert "(words: HÉAD service)" in said
    assert search(page, "nothing like it").startswith(f"Filtered: 0 of {every} rows shown")
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == every
    assert page.locator("[role=status]").text_content() == f"All {every} rows are shown."


def test_search_looks_at_what_the_short_table_leaves_out(open_page):
    page = open_page("site-all", DESKTOP).page
    search(page, "scorecard")
    assert len(shown(page)) > 20
    search(page, "a-very-long-address")
    assert len(shown(page)) == 2


def test_filters_work_together(open_page):
    page = open_page("site-all", DESKTOP).page
    page.select_option("#filter_committee", index=1)
    of_it = len(shown(page))
    assert of_it == 23
    page.check("#filter_overdue")
    late = shown(page)
    assert 0 < len(late) < of_it
    assert all("Overdue" in row.text_content() for row in late)
    page.select_option("#filter_owner", label="Head of Fostering")
    assert (
        "referred to: Head of Fostering; overdue only"
        in page.locator("[role=status]").text_content()
    )


@pytest.mark.parametrize("name", ["site-all", "site-committee"])
def test_without_a_script_every_row_is_there_and_no_dead_control(open_page, name):
    page = open_page(name, DESKTOP, java_script_enabled=False).page
    assert len(shown(page)) == page.locator("tr[data-status]").count() > 20
    assert not any(one.is_visible() for one in page.locator("form, select, button, input").all())


@pytest.mark.parametrize("name", ["site", "site-all", "site-action"])
def test_a_phone_shows_the_name_of_every_column(open_page, name):
    page = open_page(name, PHONE).page
    columns = page.locator("table").first.locator("thead th").all_text_contents()
    row = page.locator("tbody tr").first
    labels = row.evaluate(
        """row => [...row.children].map(
            cell => getComputedStyle(cell, "::before").content.split('"')[1])"""
    )
    heading = row.evaluate("row => [...row.children].findIndex(e => e.tagName == 'TH')")
    labels[heading] = columns[heading]  # a card begins with it, and needs no name for it
    assert labels == columns


def test_policy_lets_no_other_script_run(open_page):
    page = open_page("site-all", DESKTOP).page
    page.evaluate(
        """document.body.append(Object.assign(
            document.createElement("script"), {textContent: "document.title = 2"}))"""
    )
    assert page.title() == "All actions – Marlowe Council"
