"""A user's own templates: what they can do, how they fail, and that the guide tells the truth."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from cpctrack import programs
from cpctrack import render as room
from cpctrack.errors import RenderError
from cpctrack.render.chase.chair import ChairView, Silent
from cpctrack.render.chase.message import Shown, View
from cpctrack.render.documents import FORMATS, render
from cpctrack.render.templates import apart, environment, sandbox
from cpctrack.render.views.view import (
    AppendixView,
    BarView,
    CellView,
    ChartView,
    ChoiceView,
    GroupView,
    LineView,
    MarkView,
    MeetingView,
    PartView,
    RowView,
    TableView,
)

GUIDE = Path(__file__).parents[2] / "docs" / "templates.md"


@pytest.fixture
def own(tmp_path):
    """Give the path of a template of the user's, which is not there yet."""
    return tmp_path / "own.j2"


@pytest.fixture
def render_own(tmp_path, view):
    """Render a template of the user's, written to a file called ``own.j2``."""

    def call(source: str | bytes, format_name: str = "markdown") -> str:
        path = tmp_path / "own.j2"
        path.write_bytes(source.encode() if isinstance(source, str) else source)
        return sandbox.render(path, {"appendix": view}, html=FORMATS[format_name].html)

    return call


@pytest.fixture
def refusal(render_own, tmp_path):
    """Give the message a template is refused with, without the name of its folder."""

    def call(source: str | bytes, format_name: str = "markdown") -> str:
        with pytest.raises(RenderError) as caught:
            render_own(source, format_name)
        return str(caught.value).replace(str(tmp_path / "own.j2"), "own.j2")

    return call


def test_own_template_is_given_the_view(render_own):
    source = (
        "{% for row in appendix.rows[:2] %}\n{{ row.ref }} {{ row.standing | md }}\n{% endfor %}"
    )
    assert render_own(source) == "CPC-2223-002 Completed 19/08/2022\nCPC-2223-003 Ongoing\n"


def test_own_page_is_escaped_and_own_markdown_is_not(render_own):
    source = "{{ '<b>' }}"
    assert render_own(source, "html") == "&lt;b&gt;"
    assert render_own(source, "markdown") == "<b>"


def test_page_is_escaped_whatever_the_format(view, tmp_path):
    path = tmp_path / "own.html.j2"
    path.write_text("{{ '<b>' }}", encoding="utf-8")
    assert render(view, FORMATS["markdown"], str(path)) == b"&lt;b&gt;"
    named = render(view, FORMATS["markdown"], "appendix.html.j2")
    assert named == render(view, FORMATS["html"])


def test_text_of_a_record_is_never_a_template(view, tmp_path):

    path = tmp_path / "own.md.j2"
    path.write_text("{{ appendix.summary }}", encoding="utf-8")
    hostile = view._replace(summary="{{ 7*7 }}{% include 'x' %}")
    assert render(hostile, FORMATS["markdown"], str(path)) == b"{{ 7*7 }}{% include 'x' %}"


def test_own_template_may_extend_ours_even_under_its_name(view, tmp_path):
    path = tmp_path / "appendix.html.j2"
    path.write_text(
        '{% extends "appendix.html.j2" %}{% block footer %}Marlowe{% endblock %}',
        encoding="utf-8-sig",
    )
    page = render(view, FORMATS["html"], str(path)).decode()
    assert "<footer>\nMarlowe" in page
    assert page.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("name", ["appendix", "appendix.md.j2"])
def test_ours_goes_by_its_name(view, name):
    assert render(view, FORMATS["markdown"], name) == render(view, FORMATS["markdown"])


def test_syntax_error_names_file_and_line(refusal):
    assert refusal("one\n{% if %}\n") == (
        "The template own.j2, line 2: Expected an expression, got 'end of statement block'."
    )


def test_unknown_filter_names_file_and_line(refusal):
    assert refusal("\n\n{{ 1 | frobnicate }}") == (
        "The template own.j2, line 3: No filter named 'frobnicate'."
    )


def test_undefined_name_names_file_and_line(refusal):
    assert refusal("one\n\n{{ appendix.titel }}") == (
        "The template own.j2, line 3: 'cpctrack.render.views.view.AppendixView object' has no "
        "attribute 'titel'."
    )
    assert refusal("{{ nothing }}") == "The template own.j2, line 1: 'nothing' is undefined."


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ appendix.__class__.__init__.__globals__ }}",
        "{{ (appendix.rows | first).__reduce__() }}",
        "{{ '{0.__class__}'.format(appendix) }}",
        "{{ self.__init__ }}",
        "{{ appendix.blanks.update(item='x') }}",
        "{{ cycler.__init__.__globals__.os.system('true') }}",
    ],
)
def test_forbidden_attribute_is_refused(refusal, source):
    assert refusal(f"\n{source}").startswith("The template own.j2, line 2: ")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{{ 1 / 0 }}", "ZeroDivisionError: division by zero"),
        ("{{ range(1000000) | list }}", "Range too big. The sandbox blocks ranges larger than"),
        ("{{ 'x' + 1 }}", 'TypeError: can only concatenate str (not "int") to str'),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "RecursionError: "),
    ],
)
def test_program_that_goes_wrong_is_refused(refusal, source, reason):
    assert refusal(f"\n{source}").startswith(f"The template own.j2, line 2: {reason}")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only the time may be bounded")
@pytest.mark.parametrize(
    "source",
    [
        "{{ 'x' * 10 ** 10 }}",
        "{{ (10 ** 10 * appendix.rows) | length }}",
        "{{ [[]] * (10 ** 10) }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ '{:>9999999999}'.format(1) }}",
        "{{ 'x'.ljust(10 ** 10) | length }}",
        "{{ 'x' | center(10 ** 10) }}",
        "{{ ('x' | indent(width=10 ** 10)) * 2 }}",
        "{{ ('x' * 10 ** 5).replace('x', 'y' * 10 ** 5) }}",
        "{{ ('x' * 10 ** 5) | replace('x', 'y' * 10 ** 5) }}",
        "{{ ('x' * 10 ** 5).translate({120: 'y' * 10 ** 5}) }}",
        "{{ ('\t' * 10 ** 5).expandtabs(10 ** 5) }}",
        "{{ ('y' * 10 ** 5).join('x' * 10 ** 5) }}",
        "{% set n = namespace(x='x') %}{% for i in range(40) %}{% set n.x=n.x + n.x %}{% endfor %}",
    ],
)
def test_a_template_that_fills_the_memory_is_refused(own, view, source):
    own.write_text(f"\n{source}", encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render(view, FORMATS["markdown"], str(own))
    message = str(caught.value).replace(str(own), "own.j2")
    assert message in (f"The template own.j2, line 2: {sandbox.TOO_MUCH}.",
                       f"The template own.j2: {sandbox.TOO_MUCH}.")  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        "{{ 7 ** (10 ** 8) }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    ],
)
def test_a_template_without_end_is_ended(own, view, source, monkeypatch):
    monkeypatch.setattr(apart, "MOST_SECONDS", 1)
    own.write_text(source, encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render(view, FORMATS["markdown"], str(own))
    assert str(caught.value) == f"The template {own}: it has made no document in 1 seconds."


@pytest.mark.slow
def test_a_template_of_the_folder_without_end_is_named(view, folder, monkeypatch):
    monkeypatch.setattr(apart, "MOST_SECONDS", 1)
    endless = folder / "appendix.css"
    endless.write_text("{{ 7 ** (10 ** 8) }}", encoding="utf-8")
    with pytest.raises(RenderError, match=f"^The template {re.escape(str(endless))}: it has made"):
        render(view, FORMATS["html"], folder=folder)


def test_a_process_that_can_not_work_is_an_error_of_the_template(own, view, monkeypatch):
    own.write_text("x", encoding="utf-8")
    monkeypatch.setattr(sys, "executable", str(own))
    with pytest.raises(RenderError, match=r"own\.j2 can't be used: Python can't be started \("):
        render(view, FORMATS["markdown"], str(own))
    done = subprocess.CompletedProcess([], 1, b"", b"Traceback\n  here\nImportError: no jinja2\n")
    monkeypatch.setattr(programs, "run", lambda *_, **__: done)
    with pytest.raises(RenderError, match=r"own\.j2: ImportError: no jinja2\.$"):
        render(view, FORMATS["markdown"], str(own))


@pytest.mark.parametrize(
    "source",
    ["{{ " + "x" * 10**6 + " }}", "{{ appendix['" + "x" * 10**6 + "'] }}",
     "{% include '" + "x" * 10**6 + "' %}", "{{ 1 | " + "x" * 10**6 + " }}"],
)  # fmt: skip
def test_what_is_wrong_is_quoted_in_a_line(refusal, source):
    message = refusal(source)
    assert "xxx…" in message
    assert len(message) < 1_000


def test_no_module_of_the_current_folder_is_run(own, view, tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    own.write_text("{{ appendix.year }}", encoding="utf-8")
    assert render(view, FORMATS["markdown"], str(own)) == b"2022/23"


@pytest.mark.parametrize("tag", ["extends", "include", "import"])
def test_other_files_are_out_of_reach(refusal, tag, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    tail = " as x" if tag == "import" else ""
    for name in ("secret.txt", "../secret.txt", f"{tmp_path}/secret.txt", "/etc/passwd"):
        message = refusal(f"\n{{% {tag} '{name}'{tail} %}}")
        assert message == (
            f"The template own.j2, line 2: it asks for “{name}”, and can extend or include only "
            f"{', '.join(environment.files())}."
        )


def test_template_that_is_not_utf8_is_refused(refusal):
    assert refusal(b"caf\xe9") == "The template own.j2 is not UTF-8; save it as UTF-8."


def test_missing_template_names_ours(view):
    with pytest.raises(RenderError) as caught:
        render(view, FORMATS["html"], "apendix")
    assert str(caught.value) == (
        "There is no template “apendix”: no file of that name, and none of cpctrack's own "
        f"({', '.join(environment.names())}). Did you mean appendix?"
    )


def test_a_name_that_no_file_can_have_is_no_template(view):
    with pytest.raises(RenderError, match="There is no template “xxx"):
        render(view, FORMATS["html"], "x" * 5000)


def test_template_that_can_not_be_read_is_refused(view, tmp_path, monkeypatch):
    path = tmp_path / "own.md.j2"
    path.write_text("x", encoding="utf-8")

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(RenderError) as caught:
        sandbox.render(path, {"appendix": view}, html=False)
    assert str(caught.value) == f"The template {path} can't be read (permission denied)."


def test_our_own_templates_hide_no_error():
    with pytest.raises(UndefinedError):
        environment.render("appendix.md.j2", {}, html=False)


def test_templates_are_found_in_a_package_and_beside_it(tmp_path, monkeypatch):
    assert environment.templates_folder().joinpath("appendix.html.j2").is_file()
    package = tmp_path / "cpctrack"
    package.mkdir()
    monkeypatch.setattr(room, "__file__", str(package / "render" / "__init__.py"))
    assert environment.templates_folder() == tmp_path / "templates"
    (package / "templates").mkdir()
    assert environment.templates_folder() == package / "templates"


def _documented(heading: str) -> list[str]:
    section = GUIDE.read_text(encoding="utf-8").split(f"### {heading}\n", 1)[1].split("\n#", 1)[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("`appendix`", AppendixView),
        ("A meeting", MeetingView),
        ("A group", GroupView),
        ("A part", PartView),
        ("A table", TableView),
        ("A line", LineView),
        ("A chart", ChartView),
        ("A bar", BarView),
        ("A status", ChoiceView),
        ("A cell", CellView),
        ("A mark", MarkView),
        ("A row", RowView),
        ("`message`", View),
        ("An action of a message", Shown),
        ("`letter`", ChairView),
        ("An owner of the letter", Silent),
    ],
)
def test_guide_describes_every_field_in_order(heading, kind):
    assert _documented(heading) == list(kind._fields)


def test_guide_names_every_blank(view):
    line = re.search(r"^\| `blanks` .*$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"`(?:blanks)?\.(\w+)`", line[0]) == list(view.blanks)


def _examples() -> list[str]:
    pattern = re.compile(r"<!-- example -->\n```jinja\n(.*?)```", re.DOTALL)
    return pattern.findall(GUIDE.read_text(encoding="utf-8"))


def test_first_example_of_the_guide_lists_what_is_late(render_own):
    assert render_own(_examples()[0]) == (
        "# Late actions of 2022/23\n\n"
        "Corporate Parenting Committee, 1 July 2023: 2 overdue.\n\n"
        "- CPC-2223-003 (15 June 2022): A standing \\*invitation\\* to be kept up.\n"
        "  Councillors. Overdue: due by 31 March 2023\n"
        "- CPC-2223-004 (21 September 2022): That the Cabinet Member writes to the Health Board.\n"
        "  Cabinet Member. Overdue: due 1 December 2022\n"
    )


def test_third_example_of_the_guide_takes_the_place_of_ours(view, folder):
    (folder / "appendix.html.j2").write_text(_examples()[2], encoding="utf-8")
    page = render(view, FORMATS["html"], folder=folder).decode()
    assert "<p>Democratic Services, Town Hall, Marlowe</p>\n<p>Made on <time " in page


def test_second_example_of_the_guide_changes_the_head(render_own):
    page = render_own(_examples()[1], "html")
    assert '<header>\n<p>Marlowe Borough Council</p>\n<p class="committee">' in page
    assert len(_examples()) == 3


@pytest.fixture
def folder(tmp_path):
    """Give a user's own folder of templates, empty."""
    made = tmp_path / "templates"
    made.mkdir()
    return made


def test_arithmetic_of_documents_is_allowed(render_own):
    source = "{{ 3 * 4 }} {{ 'ab' * 2 }} {{ 2 ** 8 }} {{ '%5.1f' % 1.25 }} {{ '{:>4}'.format(7) }}"
    assert render_own(source) == "12 abab 256   1.2    7"
    assert render_own("{{ 1000000000 * 7 }}") == "7000000000"


def test_a_document_without_end_is_refused(refusal, monkeypatch):
    monkeypatch.setattr(sandbox, "MOST_OUTPUT", 1000)
    message = refusal("\n{% for i in range(2000) %}xx{% endfor %}")
    assert message == ("The template own.j2: it makes a document of more than 1,000 letters.")


def test_a_file_of_the_folder_stands_for_ours(view, folder):
    (folder / "appendix.md.j2").write_text("Ours: {{ appendix.year }}", encoding="utf-8")
    assert render(view, FORMATS["markdown"], folder=folder) == b"Ours: 2022/23"
    assert render(view, FORMATS["html"], folder=folder) == render(view, FORMATS["html"])
    assert environment.overriding(folder) == ["appendix.md.j2"]


def test_a_part_of_ours_can_be_replaced_alone(view, folder):
    (folder / "appendix.css").write_text("body { color: purple }", encoding="utf-8")
    page = render(view, FORMATS["html"], folder=folder).decode()
    assert "<style>\nbody { color: purple }" in page
    assert page.count("<tr") == render(view, FORMATS["html"]).decode().count("<tr")


def test_a_file_of_the_folder_may_extend_the_one_it_stands_for(view, folder):
    (folder / "appendix.html.j2").write_text(
        '{% extends "appendix.html.j2" %}{% block footer %}Marlowe{% endblock %}', encoding="utf-8"
    )
    assert "<footer>\nMarlowe" in render(view, FORMATS["html"], folder=folder).decode()


def test_a_template_named_by_its_file_may_extend_one_of_the_folder(view, folder, tmp_path):
    (folder / "appendix.html.j2").write_text(
        '{% extends "appendix.html.j2" %}{% block footer %}Marlowe{% endblock %}', encoding="utf-8"
    )
    own = tmp_path / "briefing.html.j2"
    own.write_text('{% extends "appendix.html.j2" %}', encoding="utf-8")
    assert b"<footer>\nMarlowe" in render(view, FORMATS["html"], str(own), folder)


def test_an_error_in_the_folder_names_file_line_and_variable(view, folder):
    (folder / "appendix.md.j2").write_text("one\n{{ appendix.yaer }}", encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render(view, FORMATS["markdown"], folder=folder)
    assert f"{folder.resolve() / 'appendix.md.j2'}, line 2: " in str(caught.value)
    assert "has no attribute 'yaer'" in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="making a link needs an administrator on Windows")
def test_a_link_out_of_the_folder_is_not_followed(view, folder, tmp_path):
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (folder / "appendix.md.j2").symlink_to(tmp_path / "secret")
    assert b"secret" not in render(view, FORMATS["markdown"], folder=folder)


def test_a_missing_folder_changes_nothing(view, tmp_path):
    none = tmp_path / "none"
    assert render(view, FORMATS["html"], folder=none) == render(view, FORMATS["html"])
