"""The namespaces of OpenDocument, and how its numbers are read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{_OASIS}office:1.0}}"
STYLE = f"{_OASIS}style:1.0}}"
TEXT = f"{_OASIS}text:1.0}}"
TABLE = f"{_OASIS}table:1.0}}"
DRAW = f"{_OASIS}drawing:1.0}}"
FO = f"{_OASIS}xsl-fo-compatible:1.0}}"
META = f"{_OASIS}meta:1.0}}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def whole(element: "Element", name: str, otherwise: int) -> int:
    """Give the whole number that an attribute holds."""
    text = element.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise
