"""cpctrack works from a wheel, an sdist, an editable install and a checkout, templates included."""

import email
import email.message
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.packaging, pytest.mark.slow]


def test_wheel_with_the_dependencies_it_declares(environment, build, check_program):
    environment.pip_install(build("wheel"))
    assert environment.package_folder().is_relative_to(environment.python.parents[1].resolve())
    check_program(environment.script)
    words = [environment.script, "help", "sharing"]
    done = subprocess.run(words, cwd=environment.away, capture_output=True, check=True)
    assert done.stdout.decode().startswith("Two clerks, one store")


def test_sdist(equipped, build, check_program):
    equipped.pip_install("--no-deps", build("sdist"))
    assert equipped.package_folder().is_relative_to(equipped.python.parents[1].resolve())
    check_program(equipped.script)


def test_editable_install(equipped, root, check_program):
    equipped.pip_install("--no-deps", "-e", root)
    assert equipped.package_folder() == root / "cpctrack"
    check_program(equipped.script)


def test_uninstalled_checkout(equipped, root, check_program):
    assert equipped.package_folder(PYTHONPATH=str(root)) == root / "cpctrack"
    check_program(equipped.python, "-m", "cpctrack", PYTHONPATH=str(root))


def test_wheel_holds_the_program_its_templates_and_nothing_else(build, root):
    with zipfile.ZipFile(build("wheel")) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        metadata = _metadata(wheel)
    assert names == _program_files(root)
    assert "cpctrack/py.typed" in names
    assert metadata["Name"] == "cpctrack"
    assert metadata["License-Expression"] == "MIT AND OFL-1.1"
    assert metadata.get_all("License-File") == ["LICENSE", "cpctrack/render/fonts/OFL.txt"]
    assert metadata["Requires-Python"] == ">=3.11"


def test_sdist_holds_what_a_packager_needs(build):
    with tarfile.open(build("sdist")) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    wanted = {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "tests/conftest.py"}
    assert wanted <= names
    assert not [name for name in names if name.startswith((".venv", ".ci", ".git/"))]
    assert not [name for name in names if "__pycache__" in name or "node_modules" in name]


def _metadata(wheel: zipfile.ZipFile) -> email.message.Message:
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    return email.message_from_bytes(wheel.read(name))


def _program_files(root: Path) -> set[str]:
    package = root / "cpctrack"
    kinds = ("py", "typed", "typ", "ttf", "txt", "xml", "toml", "json")
    files = [path for kind in kinds for path in package.rglob(f"*.{kind}")]
    code = {path.relative_to(root).as_posix() for path in files}
    templates = (root / "templates").rglob("*")
    pages = {f"cpctrack/docs/{path.name}" for path in root.glob("docs/*.md")}
    return (
        code
        | pages
        | {f"cpctrack/{path.relative_to(root).as_posix()}" for path in templates if path.is_file()}
    )
