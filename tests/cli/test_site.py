"""``cpctrack site`` as a clerk meets it."""

import webbrowser

import pytest

FORMAL = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 5. Fostering")


@pytest.fixture
def stores(run, tmp_path):
    """Give a folder of two stores: the one has an overdue and an exempt action, the other none."""
    folder = tmp_path / "stores"
    folder.mkdir()
    for name in ("Corporate Parenting Committee", "Licensing Committee"):
        run("--store", str(folder / f"{name[0]}.json"), "init", "--committee", name)
    first = ("--store", str(folder / "C.json"), "add", *FORMAL)
    run(*first, "--action", "Report back.", "--due", "1/5/2023")
    run(*first, "--action", "Settle it.", "--exempt", "3")
    return folder


@pytest.fixture
def opened(monkeypatch):
    """Catch what a browser is asked for, which says whether it could be started."""
    asked = []
    monkeypatch.setattr(webbrowser, "open", lambda url: asked.append(url) or len(asked) == 1)
    return asked


def test_it_prints_its_first_page_and_says_what_the_site_has(run, stores, tmp_path, opened):
    public = tmp_path / "public"
    done = run("--store", str(stores), "site", "-o", str(public), "--council", "Marlowe Council")
    assert done.stdout == f"{public / 'index.html'}\n"
    assert done.stderr == (
        "The site has 2 committees; 1 action: 1 not finished (1 overdue). "
        "10 files written, 0 removed.\n"
        "1 exempt action left out: the site is for the public.\n"
    )
    page = (public / "index.html").read_text("utf-8")
    assert "<title>Actions and recommendations – Marlowe Council</title>" in page
    assert "Report back." in page
    assert opened == []


def test_quiet_keeps_the_warning(run, stores, tmp_path):
    done = run("-q", "--store", str(stores), "site", "-o", str(tmp_path / "public"))
    assert done.stderr == "1 exempt action left out: the site is for the public.\n"


def test_open_shows_it_in_the_browser(run, stores, tmp_path, opened):
    arguments = (
        "-q",
        "--store",
        str(stores / "L.json"),
        "site",
        "-o",
        str(tmp_path / "p"),
        "--open",
    )
    assert run(*arguments).stderr == ""
    assert opened == [(tmp_path / "p" / "index.html").as_uri()]
    assert "No browser could be started; open " in run(*arguments).stderr


def test_one_committee_is_not_forgotten_without_force(run, stores, tmp_path):
    out = ("site", "-o", str(tmp_path / "public"))
    run("--store", str(stores), *out)
    one = ("--store", str(stores / "L.json"), *out)
    assert "has the committee CPC too" in run(*one, exit_code=2).stderr
    assert "5 removed" not in run(*one, "--force").stderr
    assert not (tmp_path / "public" / "committees" / "CPC.html").exists()


def test_conflicts_are_told_once(run, stores, tmp_path):
    import json

    path = stores / "C.json"
    held = json.loads(path.read_text("utf-8"))
    row = next(iter(held["actions"].values()))
    row["_conflicts"] = [{"field": "response", "base": "a", "ours": "b", "theirs": "c"}]
    path.write_text(json.dumps(held), "utf-8")
    done = run("--store", str(stores), "site", "-o", str(tmp_path / "public"), exit_code=1)
    assert done.stderr.count("conflict") == 2  # what there is, and the command that shows it
    assert not (tmp_path / "public").exists()
