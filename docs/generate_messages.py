"""Write ``docs/messages.md`` from the words in the code: ``python docs/generate_messages.py``.

With ``--check`` nothing is written; the exit code is 1 where the page is not what the code says.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "cpctrack"
TEMPLATES = PACKAGE.parent / "templates"
TARGET = Path(__file__).with_name("messages.md")

INTRODUCTION = """\
# Everything it says

Every message, label and line of help that a person can read, by room and file, made by
`python docs/generate_messages.py`. Read it through when you change words: does each say what is
wrong, where, and what to do next, in words that a clerk uses? `{…}` stands for what is filled in.
"""

SPEAKERS = frozenset({"say", "warn", "echo", "fail", "prompt", "confirm", "ask"})
"""Functions whose every word is said to somebody."""

LISTENERS = (
    "due.py", "lexicon.py", "matching", "minutes", "programs.py", "reading", "records/exempt.py",
    "records/owners.py", "records/printed_status.py", "render/excel", "render/pdf.py",
    "render/templates", "render/word", "replies", "tables", "testing.py", "text.py", "timing.py",
)  # fmt: skip
"""Files full of other people's words, where only what is raised, said or a sentence counts."""

_WORD = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"[^\W\d_]{2,}.*\s|\s.*[^\W\d_]{2,}", re.DOTALL)
_LABEL = re.compile(r"[A-Z][a-z]+[.:?]?")
_SENTENCE = re.compile(r".*[^\W\d_]{2,} .*[.?:;]\s*", re.DOTALL)
# What looks like words and is a pattern, the markup of a document or a type for the checker.
_FOR_MACHINES = re.compile(
    r"^[A-Z]{4,} [A-Z]{3,}|\\|\(\?|\[\^|^\^|</?\w|/>|\w\[|^\s*@|%[a-zA-Z-]|[a-z]:[a-z]|\t"
    r"|#[0-9A-F]{6}"
)
_JINJA = re.compile(r"\{%.*?%\}|\{#.*?#\}|<(style|script)\b.*?</\1>", re.DOTALL)
_FILLED_IN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_GAP = re.compile(r"\{[^}]*\}")
_READ_OUT = re.compile(r"""(?:aria-label|title|alt|placeholder)="([^"]*)\"""")


def main(arguments: list[str]) -> int:
    """Write the page, or compare it, and give the exit code."""
    page = "\n".join([INTRODUCTION, *rooms()])
    if "--check" not in arguments:
        TARGET.write_text(page, encoding="utf-8", newline="\n")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == page:
        return 0
    sys.stderr.write(f"{TARGET} is not what the code says; run {Path(__file__).name}.\n")
    return 1


def rooms() -> Iterator[str]:
    """Give a heading for each room, and under it what its files say."""
    python = ((path, list(spoken(path))) for path in sorted(PACKAGE.rglob("*.py"), key=_by_room))
    pages = ((path, list(printed(path))) for path in sorted(TEMPLATES.rglob("*.j2")))
    for files in (python, pages):
        saying = ((path, messages) for path, messages in files if messages)
        for room, inside in groupby(saying, lambda each: _room(each[0])):
            yield f"## {room}\n"
            for path, messages in inside:
                lines = "\n".join(f"- {message}" for message in messages)
                name = path.relative_to(PACKAGE.parent).as_posix()
                yield f"### {name}\n\n```text\n{lines}\n```\n"


def spoken(path: Path) -> Iterator[str]:
    """Give each text of a module that a person can read, once, in the order of the code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = path.relative_to(PACKAGE).as_posix()
    listens = inside.startswith(LISTENERS)
    yield from dict.fromkeys(filter(None, map(_tidied, _texts(tree, listens=listens))))


def printed(path: Path) -> Iterator[str]:
    """Give each text of a template that a person can read, or hear read out, once."""
    source = _FILLED_IN.sub("{…}", _JINJA.sub("\n", path.read_text(encoding="utf-8")))
    texts = [*_TAG.sub("\n", source).splitlines(), *_READ_OUT.findall(source)]
    yield from dict.fromkeys(_tidied(text) for text in texts if _WORD.search(text))


def _texts(node: ast.AST, *, listens: bool, said: bool = False) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef) and _is_help(node):
        yield from (ast.get_docstring(node) or "").replace("\b", "").split("\n\n")
    if (text := text_of(node)) is not None:
        prose = _SENTENCE.fullmatch(text) if listens else _WORDS.search(text)
        label = not listens and _LABEL.fullmatch(text)
        bare = _GAP.sub("", text)
        read = (prose or label) and not _FOR_MACHINES.search(text)
        if _WORD.search(bare) and (said or read):
            yield text
    inner = _placeholders(node) if text is not None else _children(node)
    said = said or isinstance(node, ast.Raise) or _speaks(node)
    for child in inner:
        yield from _texts(child, listens=listens, said=said and text is None)


def text_of(node: ast.AST) -> str | None:
    """Give a text of the code with its placeholders in words; None where it is no text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(text_of(part) or _placeholder(part) for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            both = text_of(left), text_of(right)
            if both == (None, None):
                return None
            return "".join(
                _placeholder(part) if text is None else text
                for part, text in zip((left, right), both, strict=True)
            )
    return None


def _placeholder(node: ast.AST) -> str:
    match node:
        case ast.FormattedValue(value=value) | ast.Starred(value=value):
            return _placeholder(value)
        case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))):
            return f"{{{one}|{other}}}"
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return f"{{{name.strip('_').lower().replace('_', ' ')}}}"
        case ast.Call(args=[ast.Name() | ast.Attribute() | ast.Call() as first, *_]):
            return _placeholder(first)
        case ast.Call(func=ast.Attribute(value=value)):
            return _placeholder(value)
    return "{…}"


def _placeholders(node: ast.AST) -> Iterator[ast.AST]:
    """Give what stands in the gaps of a text, for the words that it may hold in turn."""
    match node:
        case ast.JoinedStr(values=parts):
            yield from (part.value for part in parts if isinstance(part, ast.FormattedValue))
        case ast.BinOp(left=left, right=right):
            for side in (left, right):
                yield from [side] if text_of(side) is None else _placeholders(side)


def _children(node: ast.AST) -> Iterable[ast.AST]:
    """Give what stands in a piece of code, but for docstrings, types and patterns."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return ()
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return ()
        case ast.AnnAssign(annotation=ast.Subscript(value=ast.Name(id="Annotated")) as said):
            return [said]
        case ast.AnnAssign(value=value):
            return [value] if value else ()
        case ast.FunctionDef():
            return [*node.decorator_list, node.args, *node.body]
        case ast.arg():
            return ()
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return ()
        case ast.Call(func=ast.Name(id="cast" | "TypeVar" | "getattr" | "NamedTuple")):
            return ()
    return ast.iter_child_nodes(node)


def _speaks(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in SPEAKERS
        case ast.keyword(arg="help"):
            return True
    return False


def _is_help(node: ast.FunctionDef) -> bool:
    """Tell whether a docstring is a command's help."""
    for each in node.decorator_list:
        match each.func if isinstance(each, ast.Call) else each:
            case ast.Attribute(attr="command" | "group") | ast.Name(id="command" | "group"):
                return True
    return False


def _tidied(text: str) -> str:
    return " ".join(text.split())


def _by_room(path: Path) -> tuple[str, Path]:
    return _room(path), path


def _room(path: Path) -> str:
    """Name the folder of the package that a file is in; what is in none of them is the package."""
    package, *inside, _ = path.relative_to(PACKAGE.parent).parts
    return inside[0] if package == PACKAGE.name and inside else package


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
