"""What docs/sharing.md promises two clerks, each through a push that is refused and a pull."""

import json
import shutil

import pytest

from cpctrack.cli.context import App

from .conftest import Clone, surroundings

pytestmark = pytest.mark.slow

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
PACK = ("publish", "--meeting", "2023-07-19", "-o", "packs", "--format", "markdown")
MINUTES = """Corporate Parenting Committee
Minutes of the meeting held on 24 May 2023

5. FOSTERING

AGREED ACTIONS
1. The Head of Fostering would send the figures to Members.
2. The Head of Housing would write to landlords by 30 June 2023.
"""
TABLE = """Meeting Type\tMeeting Date\tItem\tRecommendation\tActions\tReferred to\t\
Response/ Outcome\tNeeds Follow Up
Formal\t24/5/2023\tItem 6. Health\t\tVisit the clinic.\tChair\t\t
Formal\t24/5/2023\tItem 6. Health\t\tAs above.\tChair\t\t
Formal\t24/5/2023\tItem 6. Health\t\tAs above.\tChair\t\t
"""


@pytest.fixture(scope="session")
def _two_clerks(_set_up, tmp_path_factory):
    """Make a shared repository and two clerks' clones of it, as the page has them set up."""
    folder = tmp_path_factory.mktemp("two clerks")
    with pytest.MonkeyPatch.context() as patch:
        surroundings(patch)
        Clone(_set_up).git("clone", "-q", "--bare", ".", str(folder / "shared.git"))
        for name in ("hers", "his"):
            one = Clone(folder / name)
            Clone(folder).git("clone", "-q", "shared.git", name)
            one.git("remote", "set-url", "origin", "../shared.git")
            one.run("git-setup")
            one.git("config", "pull.rebase", "false")
            with (one.folder / ".git/info/exclude").open("a") as stream:
                stream.write("packs/\n")
    return folder


@pytest.fixture
def pair(_two_clerks, tmp_path, monkeypatch):
    """Give two clerks' clones of one shared repository."""
    shutil.copytree(_two_clerks, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path / "his")
    return [Clone(tmp_path / "hers"), Clone(tmp_path / "his")]


def work(one, *commands, day="2023-06-01"):
    for each in commands:
        arguments = [str(one.folder / part) if part == "packs" else part for part in each]
        one.commit(*arguments, day=day)


def together(pair, *, conflict=False):
    """Let her push and him pull, and give what git says to him; she then has the result as well."""
    hers, his = pair
    hers.git("push", "-q")
    his.git("push", "-q", exit_code=1)
    said = his.git("pull", "--no-edit", exit_code=int(conflict))
    if not conflict:
        hand_over(pair)
    return said


def hand_over(pair):
    hers, his = pair
    his.git("push", "-q")
    hers.git("pull", "-q", "--ff-only")
    assert hers.store.read_bytes() == his.store.read_bytes()


def actions(one):
    return sorted(row["action"] for row in one.document["actions"].values())


def problems(one, name):
    found = json.loads(one.run("check", "--json", exit_code=1).stdout)
    return [each for each in found if each["name"] == name]


def fields(one):
    return {
        (each["ref"], each["field"]) for each in json.loads(one.run("conflicts", "--json").stdout)
    }


def test_different_records(pair):
    hers, his = pair
    work(hers, ("update", "1", "--response", "Hers."))
    work(his, ("update", "2", "--response", "His."))
    said = together(pair)
    assert "CPC-" not in said
    assert (his.record("CPC-2223-001")["response"], his.record("CPC-2223-002")["response"]) == (
        "Hers.", "His.",
    )  # fmt: skip


def test_different_things_of_one_record(pair):
    hers, his = pair
    work(hers, ("update", "1", "--response", "Hers."), day="2023-06-01")
    work(his, ("update", "1", "--status", "in-progress"), day="2023-06-02")
    assert "CPC-" not in together(pair)
    row = his.record("CPC-2223-001")
    assert (row["response"], row["status"]) == ("Hers.", "in-progress")
    assert [line["change"] for line in row["history"]] == ["added", "response", "status"]


def test_both_wrote_the_same(pair):
    for each, day in zip(pair, ("2023-06-01", "2023-06-02"), strict=True):
        work(each, ("update", "1", "--response", "Sent."), day=day)
    assert "CPC-" not in together(pair)
    assert pair[1].record("CPC-2223-001")["response"] == "Sent."
    pair[1].run("check")


@pytest.mark.parametrize("kind", ["minutes", "table", "typed"])
def test_both_took_in_the_same(pair, tmp_path, kind):
    (tmp_path / "24 May.txt").write_text(MINUTES, encoding="utf-8")
    (tmp_path / "table.tsv").write_text(TABLE, encoding="utf-8")
    add = ("add", *FORMAL, "--item", "Item 8. Homes", "--action", "Look again.", "--owner", "Chair")
    line, several = {
        "minutes": (("minutes", str(tmp_path / "24 May.txt"), "--yes", "--type", "formal"), 2),
        "table": (("import", str(tmp_path / "table.tsv"), "--yes"), 3),
        "typed": (add, 1),
    }[kind]
    hers, his = pair
    work(hers, line, day="2023-06-02")
    work(his, line, day="2023-06-01")
    assert "CPC-" not in together(pair)
    assert len(actions(his)) == 3 + several
    refs = {row["ref"] for row in his.document["actions"].values()}
    assert len(refs) == 3 + several
    # Read once more, it is known.
    if kind != "typed":
        told = json.loads(his.run(*line[:2], "--dry-run", "--json", *line[3:]).stdout)
        assert told["new"] == 0


def test_both_took_in_the_same_under_two_references(pair, tmp_path):
    (tmp_path / "24 May.txt").write_text(MINUTES, encoding="utf-8")
    line = ("minutes", str(tmp_path / "24 May.txt"), "--yes", "--type", "formal")
    own = ("add", "--meeting", "2023-05-24", "--type", "formal", "--item", "Item 9. Homes")
    hers, his = pair
    work(hers, line, day="2023-06-02")
    work(his, (*own, "--action", "His own."), line, day="2023-06-01")
    said = together(pair)
    assert "CPC-2324-002 and CPC-2324-001 are one action: kept as CPC-2324-002." in said
    assert "CPC-2324-003 and CPC-2324-002 are one action: kept as CPC-2324-003." in said
    assert len(actions(his)) == 6
    shown = his.run("show", "2324-3").stdout
    assert "also taken in as CPC-2324-002 from 24 May.txt, line 8" in shown
    # No undo of one clerk takes away what is the other's too.
    assert "somebody has changed what it left" in his.run("undo", "--yes", exit_code=1).stderr
    assert "nothing to take back" in hers.run("undo", "--yes", exit_code=1).stderr
    # No reference that anybody has seen is given to another action.
    assert his.run(*own, "--action", "The next.").stdout == "CPC-2324-004\n"


def test_both_added_records(pair):
    hers, his = pair
    work(hers, ("add", *FORMAL, "--item", "8", "--action", "Hers."), day="2023-06-01")
    work(his, ("add", *FORMAL, "--item", "9", "--action", "His."), day="2023-06-02")
    said = together(pair)
    assert "Two actions had the reference CPC-2223-004; the younger is now CPC-2223-005." in said
    assert his.record("CPC-2223-005")["history"][-1]["from"] == "CPC-2223-004"


def test_different_things_in_one_place(pair, monkeypatch):
    hers, his = pair
    work(hers, ("update", "1", "--response", "Hers."), day="2023-06-01")
    work(his, ("update", "1", "--response", "His."), day="2023-06-02")
    before = his.store.read_bytes()
    together(pair, conflict=True)
    assert fields(his) == {("CPC-2223-001", "response")}
    assert "A merge has left 1 conflict" in his.run("list").stderr
    assert "nothing is printed" in his.run("appendix", exit_code=1).stderr
    his.git("merge", "--abort")
    assert his.store.read_bytes() == before
    his.git("pull", "--no-edit", exit_code=1)
    monkeypatch.setattr(App, "interactive", property(lambda app: not app.no_input))
    his.run("resolve", input="theirs\n")
    his.commit()
    hand_over(pair)
    row = hers.record("CPC-2223-001")
    assert row["response"] == "Hers."
    assert {"His.", "Hers."} <= {line.get("to") for line in row["history"]}


DUE = ("update", "1", "--due", "1 May 2023")
PUT_OFF = {
    "extended": ("extend", "1", "--to", "1 September 2023", "--reason", "The post is vacant."),
    "deferred": ("update", "1", "--status", "deferred"),
}
ENDED = {
    "completed": ("update", "1", "--status", "completed", "--completed-on", "2023-05-30"),
    "not-proceeding": ("update", "1", "--status", "not-proceeding"),
}


@pytest.mark.parametrize(
    ("off", "ended", "first"),
    [("extended", "completed", "ended"), ("extended", "completed", "put off"),
     ("extended", "not-proceeding", "ended"), ("deferred", "completed", "put off")],
)  # fmt: skip
def test_one_ended_what_the_other_put_off(pair, off, ended, first):
    hers, his = pair
    work(his, DUE, day="2023-03-20")
    hand_over(pair)
    days = ("2023-06-01", "2023-06-02") if first == "ended" else ("2023-06-02", "2023-06-01")
    work(hers, ENDED[ended], day=days[0])
    work(his, PUT_OFF[off], day=days[1])
    assert "CPC-2223-001 (status)" in together(pair, conflict=True)
    both = {field for _, field in fields(his)}
    assert both >= {"status"} | ({"due", "due_text"} if off == "extended" else set())
    # Till then it is one of them, and not half of each.
    row = his.record("CPC-2223-001")
    later = off if first == "ended" else ended
    assert (row["status"], row["due"]) == {
        "extended": ("open", "2023-09-01"), "deferred": ("deferred", "2023-05-01"),
        "completed": ("completed", "2023-05-01"),
    }[later]  # fmt: skip
    his.run("resolve", "1", "status", "--theirs")
    if off == "extended":
        his.run("resolve", "1", "due", "--theirs")
    his.commit()
    hand_over(pair)
    assert hers.record("CPC-2223-001")["status"] == ended


def test_a_corrected_date_does_not_contradict_a_completion(pair):
    hers, his = pair
    work(hers, ENDED["completed"])
    work(his, DUE)
    assert "CPC-" not in together(pair)
    assert his.record("CPC-2223-001")["due"] == "2023-05-01"


MEETING = ("add", "--meeting", "2024-05-10", "--type", "formal", "--item", "5", "--action")


@pytest.mark.parametrize(
    ("her_year", "his_year"),
    [(("--year", "2023/24"), ("--year", "2024/25")), ((), ("--year", "2024/25"))],
)
def test_both_add_a_meeting_in_different_years(pair, her_year, his_year):
    hers, his = pair
    work(hers, (*MEETING, "Hers.", *her_year), day="2024-05-11")
    work(his, (*MEETING, "His.", *his_year), day="2024-05-12")
    assert "2024-05-10-formal (year)" in together(pair, conflict=True)
    shown = his.run("conflicts").stdout
    assert "ours:   2024/25" in shown
    assert "theirs: that of its date" in shown
    his.run("resolve", "2024-05-10-formal", "year", "--theirs")
    his.commit()
    hand_over(pair)
    rows = json.loads(hers.run("list", "--meeting", "2024-05-10", "--json").stdout)
    assert [row["municipal_year"] for row in rows] == ["2023/24"] * 2
    assert {row["ref"] for row in rows} == {"CPC-2324-001", "CPC-2425-001"}


def test_both_add_a_meeting_in_one_year(pair):
    his = pair[1]
    for each, text in zip(pair, ("Hers.", "His."), strict=True):
        work(each, (*MEETING, text, "--year", "2024/25"), day="2024-05-11")
    assert "(year)" not in together(pair)
    assert his.document["meetings"]["2024-05-10-formal"]["year"] == "2024/25"


EXEMPT = ("update", "1", "--exempt", "Paragraph 1")
PUBLISHED = "CPC-2223-001: It is exempt by now, and stands in the pack of 19 July 2023"


@pytest.mark.parametrize("turn", [0, 1], ids=["hers is exempt", "his is exempt"])
def test_one_exempts_what_the_other_publishes(pair, turn):
    one, other = pair[turn], pair[1 - turn]
    work(one, EXEMPT)
    work(other, PACK)
    his = pair[1]
    assert PUBLISHED in together(pair)
    assert his.record("CPC-2223-001")["exempt_paragraph"] == "Paragraph 1"
    (found,) = problems(his, "exempt-but-published")
    assert (found["ref"], found["tier"]) == ("CPC-2223-001", "contradictory")
    assert "--view full --again" in found["message"]
    assert "must not be published" in his.run("published", "2023-07-19", exit_code=1).stderr
    work(his, (*PACK, "--again", "--force"))
    his.run("check")


def test_one_exempts_what_the_other_words(pair):
    hers, his = pair
    work(hers, EXEMPT)
    work(his, ("update", "1", "--response", "His."))
    said = together(pair)
    assert "CPC-2223-001: One of you made it exempt while the other worked on it as public" in said
    row = his.record("CPC-2223-001")
    assert (row["exempt_paragraph"], row["response"]) == ("Paragraph 1", "His.")


@pytest.mark.parametrize("turn", [0, 1])
def test_in_doubt_it_is_exempt(pair, turn):
    work(pair[0], EXEMPT)
    work(pair[1], ("update", "2", "--response", "x"))
    together(pair)
    work(pair[turn], ("update", "1", "--exempt", ""), day="2023-06-03")
    work(pair[1 - turn], ("update", "1", "--exempt", "Paragraph 3"), day="2023-06-02")
    together(pair, conflict=True)
    assert pair[1].record("CPC-2223-001")["exempt_paragraph"] == "Paragraph 3"


def test_both_published(pair):
    hers, his = pair
    work(hers, ("update", "1", "--response", "Hers."), PACK)
    work(his, ("update", "2", "--response", "His."), PACK)
    together(pair)
    assert len(json.loads(hers.run("published", "--json").stdout)) == 2
