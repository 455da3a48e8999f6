"""Numbers as lists print them: 3, c, C, iii, III."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_MOST_LETTERS = 26 * 10


def numeral(style: str, number: int) -> str:
    """Print a number in the style `1`, `01`, `a`, `A`, `i` or `I`; another gives plain digits."""
    if style in ("a", "A") and 0 < number <= _MOST_LETTERS:
        # After z come aa, bb, as Word and LibreOffice print them.
        letters = chr(ord(style) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style in ("i", "I") and 0 < number <= _MOST_ROMAN:
        letters = _roman(number) if style == "i" else _roman(number).upper()
    else:
        letters = f"{number:02}" if style == "01" else str(number)
    return letters


def _roman(number: int) -> str:
    printed = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        printed += letters * times
    return printed
