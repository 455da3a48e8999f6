"""The JSON Schema of the tables: draft 2020-12. Pure."""

import json
from typing import Any

from cpctrack.render.export.tables import TABLES, Column, Table, Type

_TEXTS = {"type": "array", "items": {"type": "string"}}
_SCHEMAS: dict[Type, dict[str, Any]] = {
    Type.TEXT: {"type": "string"},
    Type.DAY: {"type": "string", "format": "date"},
    Type.DATE: {"type": ["string", "null"], "format": "date"},
    Type.NUMBER: {"type": "integer", "minimum": 0},
    Type.FLAG: {"type": "boolean"},
    Type.TEXTS: _TEXTS,
    Type.LINKS: {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"kind": {"type": "string"}, "ref": {"type": "string"}},
            "required": ["kind", "ref"],
        },
    },
    Type.CELLS: {"type": "object", "additionalProperties": {"type": "string"}},
    Type.VALUE: {"anyOf": [{"type": "string"}, _TEXTS]},
}
_ROW_OF = {"meetings": "meeting", "records": "record", "changes": "change"}


def schema() -> bytes:
    """Write the schema: of all tables together, and of a row of each under ``$defs``."""
    rows = {name: {"$ref": f"#/$defs/{one}"} for name, one in _ROW_OF.items()}
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What cpctrack export writes",
        "description": "A line of records.jsonl is a record under $defs, and so on. Fields may be "
        "added; none will be renamed.",
        "type": "object",
        "properties": {name: {"type": "array", "items": row} for name, row in rows.items()},
        "required": list(rows),
        "$defs": {_ROW_OF[table.name]: _row(table) for table in TABLES},
    }
    return f"{json.dumps(whole, indent=2, ensure_ascii=False)}\n".encode()


def _row(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {each.name: _cell(each) for each in table.columns},
        "required": [each.name for each in table.columns],
    }


def _cell(column: Column) -> dict[str, Any]:
    cell: dict[str, Any] = {"description": f"{column.means[0].upper()}{column.means[1:]}."}
    cell |= _SCHEMAS[column.type]
    if column.words:
        cell["enum"] = list(column.words)
    return cell
