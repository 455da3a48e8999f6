"""Build the download that needs no Python: ``python -P .ci/frozen/build.py FOLDER``.

Packs the cpctrack that is installed beside the Python that runs this, and writes to FOLDER
``cpctrack-VERSION-SYSTEM-MACHINE.zip``, ``….cdx.json``, the bill of its materials, and SHA256SUMS.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import uuid
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

HERE = Path(__file__).resolve().parent
SYSTEM = {"Darwin": "macos"}.get(platform.system(), platform.system().lower())
MADE = datetime(2020, 1, 1, tzinfo=UTC)  # the same files make the same zip, whenever that is

# The libraries that a Python brings along, by what their names begin with: what is not here stops
# the build, until somebody has looked at its licence.
LIBRARIES = {
    "api-ms-win-": "Microsoft redistributable",
    "libbz2": "bzip2-1.0.6",
    "libffi": "MIT",
    "liblzma": "0BSD",
    "libpython": "PSF-2.0",
    "libsqlite3": "blessing",
    "libz.": "Zlib",
    "python": "PSF-2.0",
    "sqlite3": "blessing",
    "ucrtbase": "Microsoft redistributable",
    "vcruntime140": "Microsoft redistributable",
    "zlib": "Zlib",
}
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)


def main(out: Path) -> None:
    """Build it, and say what was written."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cpctrack-frozen-") as name:
        folder, inside = _freeze(Path(name))
        parts, libraries = _parts(inside)
        shutil.copyfile(HERE / "README.txt", folder / "README.txt")
        (folder / "LICENCES.txt").write_text(_notices(parts, libraries), "utf-8", newline="\n")
        ours = distribution("cpctrack")
        stem = f"{ours.name}-{ours.version}-{SYSTEM}-{platform.machine().lower()}"
        _zip(folder, out / f"{stem}.zip")
    bill = JsonV1Dot6(_bill(ours, parts, libraries)).output_as_string(indent=2)
    (out / f"{stem}.cdx.json").write_text(f"{bill}\n", "utf-8", newline="\n")
    sums = [f"{_sha256(out / f'{stem}.{kind}')}  {stem}.{kind}\n" for kind in ("cdx.json", "zip")]
    (out / "SHA256SUMS").write_text("".join(sums), "utf-8", newline="\n")
    sys.stdout.write(f"{out / stem}.zip, with {len(parts)} packages inside\n")


def _freeze(work: Path) -> tuple[Path, list[tuple[str, str, str]]]:
    """Let PyInstaller make the folder; give it, and name, source and kind of what is inside."""
    command = [sys.executable, "-P", "-m", "PyInstaller", "--log-level", "WARN"]
    command += ["--distpath", str(work / "dist"), "--workpath", str(work)]
    surroundings = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(int(MADE.timestamp()))}
    subprocess.run(
        [*command, str(HERE / "cpctrack.spec")], check=True, env={**os.environ, **surroundings}
    )
    inside = json.loads((work / "cpctrack" / "inside.json").read_text("utf-8"))
    return work / "dist" / "cpctrack", inside


def _parts(inside: list[tuple[str, str, str]]) -> tuple[list[Distribution], dict[str, Path]]:
    """Give the packages that have a file inside, and the libraries that are no package's."""
    owners = {
        os.path.realpath(str(each.locate_file(file))): each.name
        for each in reversed(list(distributions()))  # what is found first counts
        for file in each.files or ()
    }
    names = {owners.get(os.path.realpath(source)) for _, source, _ in inside} - {None}
    libraries = {
        Path(name).name: Path(source)
        for name, source, kind in inside
        if kind == "BINARY" and os.path.realpath(source) not in owners
    }
    if unknown := [name for name in libraries if not _licence_of(name)]:
        sys.exit(f"Nobody has looked at the licence of {', '.join(unknown)}: see LIBRARIES.")
    names |= {"cpctrack"}  # an editable one owns no files
    return [distribution(name) for name in sorted(filter(None, names))], libraries


def _licence_of(library: str) -> str:
    name = library.lower()
    return next((LIBRARIES[each] for each in LIBRARIES if name.startswith(each)), "")


def _licence(part: Distribution) -> str:
    """Name a package's licence by the most exact of the three ways in which packages tell it."""
    ways = ("License-Expression", "License", "Classifier")
    expression, text, told = (part.metadata.get_all(way) or [] for way in ways)
    classified = [each.rpartition(" :: ")[2] for each in told if each.startswith("License ::")]
    return next(filter(None, [*expression, *text, *classified]), "see its home page")


def _texts(part: Distribution) -> Iterator[str]:
    for file in part.files or ():
        described = any(folder.endswith(".dist-info") for folder in file.parts[:-1])
        if described and ("licenses" in file.parts or _LICENCE_FILE.search(file.name)):
            yield Path(str(part.locate_file(file))).read_text("utf-8", errors="replace").strip()


def _notices(parts: list[Distribution], libraries: dict[str, Path]) -> str:
    """Write who made what is inside, and on which terms."""
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    of_python = next(file for each in places if (file := each / "LICENSE.txt").is_file())
    maker = distribution("pyinstaller")
    exception = "whose exception lets it be given away with a program of any licence"
    notices = [
        [f"Python {platform.python_version()}", of_python.read_text("utf-8").strip()],
        *([f"{name}, which came with Python: {_licence_of(name)}"] for name in sorted(libraries)),
        [f"How it starts: PyInstaller {maker.version}, {exception}", *_texts(maker)],
        *([f"{each.name} {each.version}: {_licence(each)}", *_texts(each)] for each in parts),
    ]
    heading = "What is in this folder, and its licences"
    return f"\n\n{'=' * 78}\n".join([heading, *map("\n\n".join, notices)]) + "\n"


def _bill(ours: Distribution, parts: list[Distribution], libraries: dict[str, Path]) -> Bom:
    bill = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{ours.name} {ours.version} {SYSTEM}"))
    bill.metadata.timestamp = MADE
    bill.metadata.component = root = _component(ours)
    interpreter = Component(
        name="python",
        version=platform.python_version(),
        bom_ref="python",
        type=ComponentType.PLATFORM,
        licenses=[LicenseFactory().make_from_string("PSF-2.0")],
    )
    others = [interpreter, *(_component(each) for each in parts if each.name != ours.name)]
    for name, source in libraries.items():
        others.append(
            Component(
                name=name,
                bom_ref=name,
                licenses=[LicenseFactory().make_from_string(_licence_of(name))],
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=_sha256(source))],
            )
        )
    bill.components.update(others)
    bill.register_dependency(root, others)
    return bill


def _component(part: Distribution) -> Component:
    return Component(
        name=part.name,
        version=part.version,
        bom_ref=part.name,
        licenses=[LicenseFactory().make_from_string(_licence(part))],
        purl=PackageURL("pypi", name=part.name.lower().replace("_", "-"), version=part.version),
    )


def _zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            entry = zipfile.ZipInfo(
                path.relative_to(folder.parent).as_posix(), MADE.timetuple()[:6]
            )
            entry.create_system = 3  # so that the rights are heeded, and links stay links
            entry.external_attr = path.lstat().st_mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            if path.is_symlink():
                archive.writestr(entry, str(path.readlink()))
            elif path.is_file():
                archive.writestr(entry, path.read_bytes())


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
