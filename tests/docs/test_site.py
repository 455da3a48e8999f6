"""The documentation is a site: every link leads somewhere, and nothing comes from elsewhere."""

import re
import subprocess
import sys

import pytest

FETCHED = re.compile(
    r"<(?:script|img|source|iframe)\b[^>]*\bsrc=\"([^\"]+)|<link\b[^>]*\bhref=\"([^\"]+)"
)
IMPORTED = re.compile(r"@import[^;]*|url\((?![\"']?(?:data:|#))([^)]*)\)")


@pytest.fixture(scope="session")
def site(root, tmp_path_factory):
    """Give the folder of the site, built from nothing; a warning counts as a fault."""
    pytest.importorskip("sphinx", reason="the site needs: python -m pip install -e '.[docs]'")
    folder = tmp_path_factory.mktemp("site")
    builder = ["-m", "sphinx", "-W", "--keep-going", "-q", "-d", folder / "read", "-c", "docs"]
    done = subprocess.run(
        [sys.executable, *builder, ".", folder / "pages"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "pages"


@pytest.mark.slow
def test_every_page_is_in_the_sidebar_under_its_part(site, root):
    start = (site / "docs/index.html").read_text("utf-8")
    (sidebar,) = re.findall(r'<div class="sidebar-tree">(.*?)</div>', start, re.DOTALL)
    parts = re.findall(r'class="caption-text">([^<]*)<', sidebar)
    assert parts == ["Start", "How to", "Reference", "Explanation", "Take part"]
    pages = {f"{page.stem}.html" for page in root.glob("docs/*.md")} - {"index.html"}
    linked = set(re.findall(r'href="([^"#]+)"', sidebar))
    assert pages <= linked
    assert {"../README.html", "../CONTRIBUTING.html", "../CHANGELOG.html"} <= linked


@pytest.mark.slow
def test_nothing_is_fetched_from_elsewhere(site):
    fetched = [
        (page.name, address)
        for page in site.rglob("*.html")
        for pair in FETCHED.findall(page.read_text("utf-8"))
        for address in filter(None, pair)
    ]
    fetched += [
        (style.name, address)
        for style in site.rglob("*.css")
        for address in IMPORTED.findall(style.read_text("utf-8"))
    ]
    assert len(fetched) > 100
    assert [each for each in fetched if re.match(r"[\"']?(?:\w+:)?//", each[1])] == []


@pytest.mark.slow
def test_every_table_can_be_scrolled_where_a_page_is_narrow(site):
    tables = "".join(page.read_text("utf-8") for page in site.glob("docs/*.html"))
    assert tables.count("<table") > 30
    assert tables.count("<table") == len(re.findall(r'<div class="table-wrapper[ "]', tables))


@pytest.mark.slow
def test_the_address_of_the_site_leads_to_its_first_page(site):
    assert "url=docs/index.html" in (site / "index.html").read_text("utf-8")
