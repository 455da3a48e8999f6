"""The guide as a newcomer follows it: each block as printed, where it says.

The shell is one from the first block to the last, on a terminal, where questions are answered.
"""

import os
import re
import select
import shlex
import shutil
import subprocess
import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("the blocks are for a POSIX shell", allow_module_level=True)
if not shutil.which("git"):
    pytest.skip("there is no git here", allow_module_level=True)

import pty
import termios

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:.*\\\n)*.+\n")
STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
TYPED = {  # what a clerk types where a command waits for it
    re.compile(rb"\[Y(/n|[^\]\r\n]*)\]: $"): "\n",
    re.compile(rb"Paste the answer.*stops\.(?:\x1b\[0m)?\r\n$", re.DOTALL): (
        "All 62 were asked again, and 41 want a visitor.\n.\n"
    ),
    re.compile(rb"\[s\]: $"): "s",
}
DEADLINE_SECONDS = 20
END = "@ends with"

# “In a clone”, says the guide where it tells of git.
CLONE = (
    "git init -q -b main . && git add -A && git commit -qm Begun && git init -q --bare ../it.git"
    " && git remote add origin ../it.git && git push -qu origin main && cpctrack git-setup\n"
)
# What the text around a command promises of it, by the command's beginning.
PROMISED = {
    "cpctrack init": ["its references begin with CPC"],
    "cpctrack settings": ["Summer term ends on 24 July"],
    "cpctrack import ../clerk-year/published-table.tsv --d": ["12 new", "nothing was written"],
    "cpctrack import ../clerk-year/published-table.tsv\n": [
        "CPC-2223-008", "Save these 12?", "Written",
    ],
    "cpctrack show CPC-2223-008": ["28-Feb-23"],
    "cpctrack update CPC-2223-008": ["Reported done → Completed", "“28 February 2023”"],
    "cpctrack meetings import": ["7 new", "29 January 2025, 2024/25, cancelled", "Written"],
    "cpctrack meeting 11/9/2024": ["moved to 18 September 2024"],
    "cpctrack meetings --year": ["18 Sep 2024", "The hall is being painted."],
    "cpctrack minutes": ["1 new, 4 known", "Only shown, as --dry-run asks"],
    "cpctrack add --meeting 13/3/2024 --type formal": ["18 September 2024", "CPC-2324-026\n"],
    "cpctrack add --meeting 12/6/2024 --type formal": ["is exempt and stays out", "CPC-2425-001"],
    "cpctrack owners import": ["5 new", "Written"],
    "cpctrack owner ": ["also “Pia Kerr”"],
    "cpctrack reassign": ["1 action given from Housing Options Manager"],
    "cpctrack chase --dry-run": ["Head of Fostering"],
    "cpctrack chase -o messages": ["12 messages", "24 April 2024; nothing was sent"],
    "cpctrack list --unanswered": ["2324-009  11 Sep 24"],
    "cpctrack list --open --owner": ["2324-007"],
    "cpctrack replies inbox --dry-run": ["5 answers: 4 certain, 1 to look at", "out of office"],
    "cpctrack replies inbox --yes": ["Answers to CPC-2324-011", "1 answer waits for a person"],
    "cpctrack answer": ["CPC-2324-009 saved"],
    "cpctrack calendar": ["Wrote actions.ics"],
    "cpctrack update 2324-7": ["Under way → Reported done"],
    "cpctrack list --overdue\n": ["29 Feb 24", "3 overdue"],
    "cpctrack appendix -o appendix4.html": ["formal meeting of 12 June 2024", "Carried over from"],
    "cpctrack appendix --view progress": ["Wrote progress.docx", "1 exempt row is left out"],
    "cpctrack appendix --view programme": ["6 meetings ahead"],
    "cpctrack publish --view progress -o": ["pack/progress-2024-06-12.html"],
    "cpctrack published": ["1 publication."],
    "cpctrack compare": ["Due dates moved (1)", "now:    12 July 2024"],
    "cpctrack agree": [
        "4 actions", "as published", "CPC-2324-006: agreed as completed, formal meeting of 12 June",
    ],
    "cpctrack extend": ["now due 30 September 2024. First due"],
    "cpctrack reopen": ["to do again"],
    "cpctrack list --needs-attention": ["no answer", "to agree", "overdue"],
    "cpctrack statistics --year": ["Wrote figures.html"],
    "cpctrack appendix -o appendix4-september": ["formal meeting of 18 September", "Carried over"],
    "cpctrack roll-over --to 2024/25 --except": ["rolled over to 2024/25"],
    "cpctrack supersede": ["replaced by CPC-2324-018"],
    "cpctrack split": ["CPC-2324-028\nCPC-2324-029"],
    "cpctrack transfer": ["LIC-2324-008"],
    "cpctrack --store . statistics": ["By committee"],
    "cpctrack --store . site": ["public/index.html", "2 committees", "exempt actions left out"],
    "cpctrack --store . archive": ["SHA-256"],
    "cpctrack archive": ["is whole"],
    "git commit": ["Joint meeting: a day is asked for"],
    "cpctrack undo": ["“update” of 13 Jun 2024", "Take this back?", "Taken back"],
    "cpctrack redo": ["Done again"],
    "cpctrack history 2324-7": ["Under way → Reported done"],
}  # fmt: skip


@pytest.fixture
def clone(root, tmp_path):
    """Give a clone in which the README's first command has been typed."""
    folder = tmp_path / "cpctrack"
    scripts = folder / ".venv" / "bin"
    scripts.mkdir(parents=True)
    shutil.copytree(root / "examples", folder / "examples")
    python = shlex.quote(sys.executable)
    for name, script in {
        "cpctrack": f'exec {python} -m cpctrack "$@"',
        # What the test run has is installed; anything else would want the network.
        "python": f'[ "$2" = pip ] && exit; exec {python} "$@"',
    }.items():
        (scripts / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (scripts / name).chmod(0o755)
    (scripts / "activate").write_text(f"PATH={scripts}:$PATH; export PATH\n", encoding="utf-8")
    return folder


@pytest.fixture
def walked(clone, tmp_path):
    """Give a function that types blocks in a shell: each command, its exit code, what it shows."""

    def walk(blocks):
        typed = [command for block in blocks for command in COMMAND.findall(block)]
        script = tmp_path / "typed.sh"
        script.write_text(
            "".join(f"{line}echo; echo '{END}' $?\n" for line in typed), encoding="utf-8"
        )
        shown = on_a_terminal(["sh", str(script)], clone)
        parts = re.split(rf"^{END} (\d+)\n", shown, flags=re.MULTILINE)
        return list(zip(typed, map(int, parts[1::2]), parts[::2], strict=False))

    return walk


def on_a_terminal(words, folder):
    ours, theirs = pty.openpty()
    who = {f"GIT_{role}_{what}": "clerk@example.org" for role in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")}  # fmt: skip
    surroundings = {**os.environ, **who, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "120"}
    surroundings["PAGER"] = "cat"  # nobody is there to leave another
    surroundings.pop("CPCTRACK_TODAY")  # the page says it
    process = subprocess.Popen(
        words, cwd=folder, env=surroundings, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    try:
        seen = what_is_shown(ours)
    finally:
        os.close(ours)
        process.kill()
        process.wait()
    return STYLE.sub("", seen.decode().replace("\r\n", "\n"))


def what_is_shown(terminal):
    """Give what comes until the terminal is closed, where questions are answered."""
    seen = b""
    while True:
        ready, _, _ = select.select([terminal], [], [], DEADLINE_SECONDS)
        assert ready, f"it waits after:\n{seen.decode()}"
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # how Linux says that the terminal has closed
            piece = b""
        if not piece:
            return seen
        seen += piece
        for question, typed in TYPED.items():
            if question.search(seen[-1000:]):
                wait_for_a_key(terminal, typed)
                os.write(terminal, typed.encode())


def wait_for_a_key(terminal, typed):
    """Wait till a key counts without Enter: what came before is thrown away then."""
    until = time.monotonic() + DEADLINE_SECONDS
    while not typed.endswith("\n") and termios.tcgetattr(terminal)[3] & termios.ICANON:
        assert time.monotonic() < until, "no key was waited for"


@pytest.mark.slow
def test_the_guide_does_what_it_says(root, walked):
    blocks = BLOCK.findall((root / "docs" / "guide.md").read_text(encoding="utf-8"))
    at = next(number for number, block in enumerate(blocks) if block.startswith("git pull"))
    done = walked([*blocks[:at], CLONE, *blocks[at:]])
    assert [(typed, code, shown) for typed, code, shown in done if code != 0] == []
    assert "".join(typed for typed, _, _ in done) == "".join([*blocks[:at], CLONE, *blocks[at:]])
    for beginning, promises in PROMISED.items():
        found = [shown for typed, _, shown in done if typed.startswith(beginning)]
        assert found, beginning
        assert [promise for promise in promises if promise not in found[0]] == [], found[0]
    assert [shown.strip() for typed, _, shown in done if typed == "cpctrack check\n"] == [""]


def test_the_shell_completes_as_the_guide_says(root, clone, tmp_path):
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    page = (root / "docs" / "guide.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    for block in blocks:
        line = f". .venv/bin/activate\n{block}. ~/.bashrc\ncomplete -p cpctrack\n"
        (tmp_path / ".bashrc").touch()
        done = subprocess.run(
            [bash, "-ec", line], cwd=clone, env={**os.environ, "HOME": str(tmp_path)},
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("complete ")
    assert len(blocks) == 2
