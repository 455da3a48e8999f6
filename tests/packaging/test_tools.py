"""pipx, uv and uvx install the wheel file from a folder of wheels alone, and it runs."""

import zipfile

import pytest

pytestmark = [pytest.mark.packaging, pytest.mark.slow]


@pytest.mark.parametrize(
    ("tool", "words"), [("pipx", ["install"]), ("uv", ["tool", "install"])], indirect=["tool"]
)
def test_wheel_with_extras(tool, words, build, call, check_program, store, away):
    tool.install(*words, f"{build('wheel')}[office,pdf]")
    check_program(tool.script)
    for name in ("out.docx", "out.pdf"):
        call(tool.script, "--store", store, "appendix", "-o", name, cwd=away)
    assert "word/document.xml" in zipfile.ZipFile(away / "out.docx").namelist()
    assert (away / "out.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("tool", ["uv"], indirect=True)
def test_uvx_runs_the_wheel_that_nobody_has_installed(tool, build, check_program):
    uvx = tool.command("tool", "run", "--from", build("wheel"), "cpctrack")
    check_program(*uvx, **tool.env)
    assert not tool.script.exists()
