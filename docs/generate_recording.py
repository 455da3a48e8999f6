"""Record the terminal for the README: ``python docs/generate_recording.py [--check]``.

Runs real commands on a copy of the examples, on their day, and draws what they print as a picture
that moves, ``terminal.svg``: CSS alone, without a script or a font of its own. Where a reader asks
for less motion it shows the last scene. With ``--check`` nothing is written; the exit code is 1
where the picture is not what the commands print today. It needs a POSIX terminal.
"""

import os
import re
import shlex
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console
from rich.style import Style
from rich.text import Text

TARGET = Path(__file__).with_name("terminal.svg")
EXAMPLES = Path(__file__).parents[1] / "examples"
TODAY = "2024-04-10"  # when the examples were made
CLERK = "/home/clerk"
SCENES = (
    ("cpctrack",),
    ("cpctrack minutes minutes-2024-03-13.txt --yes",),
    ("cpctrack list --overdue",),
    ("cpctrack show 2324-11", "cpctrack appendix -o appendix4.html"),
)
COLUMNS, ROWS = 96, 23  # as in the README’s tour
CHARACTER, LINE, MARGIN = 8.4, 19, 18  # pixels, at letters of 14
KEY, REACT, READ, PAUSE = 0.05, 0.4, 0.1, 1.8  # seconds: a key, an answer, a row of it, a scene
STYLE = """\
rect{fill:#16181d}text{fill:#d7dae0;font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.bold{font-weight:700}.dim{fill:#a0a6b1}.cursor{fill:#d7dae0}.window{stroke:#4b515c}
.c1{fill:#ff8f88}.c2{fill:#8fd18a}.c3{fill:#e5c07b}.c4{fill:#8ab8ff}.c5{fill:#dba2f0}.c6{fill:#7fd3dc}
.scene{visibility:hidden}.scene:last-of-type{visibility:visible}.cover{opacity:0}
"""


class Step(NamedTuple):
    """A command line, the rows that answer it, and when it is asked for, typed and answered."""

    line: str
    answer: list[Text]
    asked: float
    typed: float
    answered: float


def main(arguments: list[str]) -> int:
    """Write the picture, or compare it, and give the exit code."""
    picture = drawn(recorded())
    if "--check" not in arguments:
        TARGET.write_text(picture, encoding="utf-8", newline="\n")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == picture:
        return 0
    sys.stderr.write(f"{TARGET} is not what the commands print; run {Path(__file__).name}.\n")
    return 1


def recorded() -> list[list[Step]]:
    """Run each scene's commands; a scene ends when its last answer has been read."""
    scenes, now = [], 0.0
    with TemporaryDirectory() as scratch:
        folder = shutil.copytree(EXAMPLES, Path(scratch).resolve() / "clerk")
        for lines in SCENES:
            scene = []
            for line in lines:
                answer = rows(in_terminal(line, folder).replace(str(folder), CLERK))
                typed = now + REACT + len(line) * KEY
                scene.append(Step(line, answer, now, typed, typed + REACT))
                now = typed + REACT + READ * len(answer)
            scenes.append(scene)
            now += PAUSE
    return scenes


def in_terminal(line: str, folder: Path) -> str:
    """Run a command line of cpctrack in a terminal, and give what it writes there."""
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    told = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "CPCTRACK_TODAY": TODAY}
    with subprocess.Popen(
        [sys.executable, "-m", *shlex.split(line)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **told},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        written = b"".join(iter(lambda: read(ours), b"")).decode()
    os.close(ours)
    return written


def read(terminal: int) -> bytes:
    """Read on; nothing at the end, which Linux calls an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def rows(written: str) -> list[Text]:
    """Give what stands on each row of the terminal, which breaks a long line anywhere."""
    lines = Text.from_ansi(written.replace("\r\n", "\n").rstrip()).split(allow_blank=True)
    return [row for line in lines for row in line.divide(range(COLUMNS, len(line), COLUMNS))]


def drawn(scenes: list[list[Step]]) -> str:
    """Draw the scenes one after the other, each from the top of an empty terminal."""
    ends = [scene[-1].answered + READ * len(scene[-1].answer) + PAUSE for scene in scenes]
    motion, picture = [], []
    for number, (scene, end) in enumerate(zip(scenes, ends, strict=True)):
        frames = {
            0.0: "visibility:hidden",
            scene[0].asked: "visibility:visible",
            end: "visibility:hidden",
        }
        motion.append(keyframes(f"s{number}", frames, ends[-1]))
        picture.append(f'<g class="scene s{number}">')
        row = 1
        for place, step in enumerate(scene):
            motion += moving(step, f"{number}-{place}", ends[-1])
            picture += still(step, f"{number}-{place}", row)
            row += len(step.answer) + 2
        if row - 2 > ROWS:
            raise ValueError(f"Scene {number} takes {row - 2} rows, and the picture has {ROWS}.")
        picture.append("</g>" * (len(scene) + 1))
    size = f"{COLUMNS * CHARACTER + 2 * MARGIN:g} {ROWS * LINE + 2 * MARGIN:g}"
    told = "; ".join(step.line for scene in scenes for step in scene)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img"',
        ' aria-labelledby="title told">',
        '<title id="title">cpctrack in a terminal</title>',
        f'<desc id="told">A clerk types, and reads what each says: {escape(told)}</desc>',
        f"<style>\n{STYLE}@media (prefers-reduced-motion:no-preference){{",
        *motion,
        "}</style>",
        '<rect class="window" x="1" y="1" width="99.7%" height="99.6%" rx="8"/>',
        *picture,
        "</svg>\n",
    ])  # fmt: skip


def moving(step: Step, name: str, end: float) -> Iterator[str]:
    """Let a cover with a cursor move off the command letter by letter, then let the answer be seen.

    What is typed next stands with the answer, as a terminal asks for it at once.
    """
    letters = len(step.line)
    stays, way = (
        f"transform:translateX({each * CHARACTER:.1f}px);opacity:" for each in (0, letters)
    )
    cover = {
        0.0: f"{stays}1",
        step.typed - letters * KEY: f"{stays}1;animation-timing-function:steps({letters})",
        step.typed: f"{way}1",
        step.answered: f"{way}0",
    }
    yield keyframes(f"c{name}", cover, end)
    answer = {0.0: "visibility:hidden", step.answered: "visibility:inherit"}
    yield keyframes(f"a{name}", answer, end)


def still(step: Step, name: str, row: int) -> Iterator[str]:
    """Draw a command from this row on, and its answer in a group that is left open."""
    left, top = MARGIN + 2 * CHARACTER, MARGIN + (row - 1) * LINE
    yield from runs(Text.assemble(("$ ", "dim"), (step.line, "bold")), row)
    yield f'<g class="cover c{name}">'
    yield f'<rect x="{left:g}" y="{top}" width="88%" height="{LINE}"/>'
    yield f'<rect x="{left:g}" y="{top}" width="{CHARACTER}" height="{LINE}" class="cursor"/></g>'
    yield f'<g class="a{name}">'
    for place, each in enumerate(step.answer, row + 1):
        yield from runs(each, place)


def keyframes(name: str, frames: dict[float, str], end: float) -> str:
    """Say in CSS how a class looks from each second on, over and over until the `end`."""
    said = "".join(f"{100 * at / end:.2f}%{{{look}}}" for at, look in frames.items())
    return f"@keyframes {name}{{{said}}}.{name}{{animation:{name} {end:.2f}s step-end infinite}}"


def runs(row: Text, place: int) -> Iterator[str]:
    """Draw a row: words of one look, each held to the columns that it has in a terminal."""
    column = 0
    for segment in row.render(Console(color_system=None)):
        style = segment.style or Style()
        look = [name for name in ("bold", "dim") if getattr(style, name)]
        look += [f"c{style.color.number}"] if style.color else []
        for words in re.finditer(r"\S+(?: \S+)*", segment.text):
            x = MARGIN + (column + words.start()) * CHARACTER
            kind = f' class="{" ".join(look)}"' if look else ""
            yield (
                f'<text x="{x:.1f}" y="{MARGIN + place * LINE - 5}"{kind}'
                f' textLength="{len(words[0]) * CHARACTER:.1f}">{escape(words[0])}</text>'
            )
        column += len(segment.text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
