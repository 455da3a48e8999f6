"""The names in Word's XML, and the few ways their values are written."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")


def child(parent: "Element | None", name: str) -> "Element | None":
    """Give the first child of this name."""
    return None if parent is None else parent.find(f"{W}{name}")


def value(element: "Element | None") -> str:
    """Give what an element sets; nothing where it is not there."""
    return "" if element is None else element.get(f"{W}val", "")


def number(element: "Element | None", otherwise: int) -> int:
    """Give the whole number an element sets."""
    text = value(element)
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def is_on(properties: "Element | None", name: str) -> bool | None:
    """Tell whether a property is switched on or off here; None where nothing is said."""
    element = child(properties, name)
    return None if element is None else value(element) not in _OFF
