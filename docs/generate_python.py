"""Write what `docs/python.md` promises from the code: ``python docs/generate_python.py``.

With ``--check`` nothing is written; the exit code is 1 where the page is not what the code says.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
TARGET = Path(__file__).with_name("python.md")
BEGIN, END = "<!-- promised: made by docs/generate_python.py -->\n", "<!-- so far -->\n"
WIDTH = 88

PROMISED = {
    "cpctrack.store.store": (
        "read", "editing", "initialise",
        "Store.records", "Store.find", "Store.add", "Store.put", "Store.calendar",
    ),
    "cpctrack.store.council": ("stores_in", "read_all"),
    "cpctrack.store.packs": ("in_order", "choose"),
    "cpctrack.records.model": ("Settings", "Meeting", "MeetingType", "Draft"),
    "cpctrack.records.query": ("Query", "Query.select"),
    "cpctrack.records.changes": ("Author", "amend"),
    "cpctrack.records.decisions": ("extend", "reopen"),
    "cpctrack.records.attention": ("reason_of",),
    "cpctrack.tasks.check": ("problems_of",),
    "cpctrack.tasks.import_tables": ("read_logs", "take_in"),
    "cpctrack.tables.drafts": ("Told",),
    "cpctrack.tasks.update": ("Changes", "update"),
    "cpctrack.tasks.print_view": ("PrintRequest", "lay_out", "document"),
    "cpctrack.tasks.publish": ("publish", "reprint"),
    "cpctrack.tasks.export": ("export",),
    "cpctrack.reading.registry": ("Form",),
    "cpctrack.reading.document": ("Document", "Table", "Row", "Cell", "Paragraph", "Place"),
    "cpctrack.render.documents": ("Format", "format_named"),
    "cpctrack.render.views.flat": ("header", "lines", "words"),
    "cpctrack.check.base": ("Tier", "Subject", "Check", "Checks", "Checks.add"),
    "cpctrack.testing": ("make_record", "check_reader", "check_format", "check_check"),
}  # fmt: skip
"""What stays, by module, in the order of the page."""


def main(arguments: list[str]) -> int:
    """Write the page, or compare it, and give the exit code."""
    before = TARGET.read_text(encoding="utf-8")
    head, _, rest = before.partition(BEGIN)
    page = "".join([head, BEGIN, "\n", *sections(), END, rest.partition(END)[2]])
    if "--check" not in arguments:
        TARGET.write_text(page, encoding="utf-8", newline="\n")
        return 0
    if page == before:
        return 0
    sys.stderr.write(f"{TARGET} is not what the code says; run {Path(__file__).name}.\n")
    return 1


def sections() -> Iterator[str]:
    """Give each module's heading, and under it the signature and first sentence of each name."""
    for module, names in PROMISED.items():
        file = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
        tree = ast.parse(file.read_text(encoding="utf-8"))
        yield f"### `{module}`\n\n"
        for name in names:
            node: ast.AST = tree
            for part in name.split("."):
                node = _inside(node, part)
            said = " ".join((ast.get_docstring(_documented(node)) or "").split("\n\n")[0].split())
            said = said.replace("``", "`")
            yield f"```text\n{signature(name, node)}\n```\n\n{said}\n\n"


def signature(name: str, node: ast.AST) -> str:
    """Write how a function is called, what a class has or what a property is, with types."""
    if isinstance(node, ast.FunctionDef):
        given = _split(ast.unparse(node.args).removeprefix("self, ").removeprefix("self"))
        result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        if any(ast.unparse(each).endswith("property") for each in node.decorator_list):
            return f"{name}: {result.removeprefix(' -> ')}"
    else:
        body = _documented(node).body
        given = [ast.unparse(each) for each in body if isinstance(each, ast.AnnAssign | ast.Assign)]
        result = ""
    line = f"{name}({', '.join(given)}){result}"
    if len(line) <= WIDTH:
        return line
    return f"{name}(\n" + "".join(f"    {each},\n" for each in given) + f"){result}"


def _documented(node: ast.AST) -> ast.FunctionDef | ast.ClassDef:
    assert isinstance(node, ast.FunctionDef | ast.ClassDef)
    return node


def _inside(node: ast.AST, name: str) -> ast.AST:
    return next(
        each
        for each in ast.iter_child_nodes(node)
        if isinstance(each, ast.FunctionDef | ast.ClassDef) and each.name == name
    )


def _split(arguments: str) -> list[str]:
    """Split arguments at their commas, but for those within brackets."""
    parts, depth = [""], 0
    for letter in arguments:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
