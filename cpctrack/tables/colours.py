"""What a colour is called."""

import colorsys
import re
from collections.abc import Container

_HUES = (
    (15, "red"), (48, "amber"), (65, "yellow"), (165, "green"), (195, "turquoise"), (255, "blue"),
    (295, "purple"), (345, "pink"), (360, "red"),
)  # fmt: skip
_GREYS = ((0.1, "black"), (0.35, "dark grey"), (0.8, "grey"), (0.97, "light grey"), (1, "white"))
_GREY = 0.09  # a colour whose parts differ by less
_DARK, _LIGHT = 0.3, 0.75


def is_colour(text: str) -> bool:
    """Tell what `find_colour` may find: six hexadecimal digits, or a name."""
    shade, _, name = text.rpartition(" ")
    named = {each.split()[-1] for _, each in (*_HUES, *_GREYS)} | {"brown"}
    return re.fullmatch("[0-9a-f]{6}", text) is not None or (
        shade in ("", "light", "dark") and name in named
    )


def colour_name(colour: str) -> str:
    """Call a colour, six hexadecimal digits, by a plain word: light green, amber, grey."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    hue, lightness, _ = colorsys.rgb_to_hls(*parts)
    if max(parts) - min(parts) < _GREY:
        return next(name for most, name in _GREYS if lightness <= most)
    name = next(name for most, name in _HUES if hue * 360 <= most)
    if lightness < _DARK:
        return "brown" if name == "amber" else f"dark {name}"
    return f"light {name}" if lightness > _LIGHT else name


def find_colour(colour: str, known: Container[str]) -> str | None:
    """Find a colour among those that are written as digits, as “light green”, or as “green”."""
    name = colour_name(colour)
    return next((each for each in (colour, name, name.split()[-1]) if each in known), None)
