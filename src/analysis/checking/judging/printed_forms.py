"""A number in the form in which it is printed, and another value in the same form."""

from __future__ import annotations

import re
from fractions import Fraction

from analysis.checking.judging.checked import Checked
from analysis.labels.numerals import printed as spelled
from analysis.reading import find_numbers
from analysis.reading.numbers import end_of_unit

_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_DIGITS = re.compile(r"\d(?:[\d.,'  ]*\d)?")


def as_printed(checked: Checked) -> str:
    """Return a number as it is printed, with the per cent or points that follow it."""
    text = checked.number.text
    if checked.number.unit in ("percent", "percentage_points"):
        end = end_of_unit(checked.block.text, checked.end, checked.language)
        text = checked.block.text[checked.start : end]
    return _SPACES.sub(" ", text)


def reworded(checked: Checked, held: Fraction, locale: str, decimals: int) -> str:
    """Return a value in the form of a printed number: its scale word, its separators, its decimals.

    ``held`` is in units of one, a fraction as per cent; ``decimals`` are those of the recorded value, in
    units of one.
    """
    number = checked.number
    match = _DIGITS.search(number.text)
    if number.words or match is None:
        places = max(decimals, 0)
        return spelled(held, places, locale) + (" %" if number.unit == "fraction" else "")
    printed_places = len(re.split(r"[.,]", match[0])[-1]) if re.search(r"[.,]\d{1,2}$", match[0]) else 0
    size = 10 ** (printed_places - number.decimals) if _scaled(number.text) or _scaled_above(checked) else 1
    grouped = bool(re.search(r"\d[ ., ]\d{3}", match[0])) or abs(held / size) >= 10_000
    places = max(printed_places, min(decimals + len(str(size)) - 1, 3)) if held / size % 1 else printed_places
    return (
        number.text[: match.start()]
        + spelled(held / size, places, locale, grouped=grouped)
        + number.text[match.end() :]
    )


def _scaled(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", text))


def _scaled_above(checked: Checked) -> bool:
    """Return whether a header or a caption tells the scale of a number: 118.6 under ``US$ million``."""
    own = find_numbers(checked.number.text, checked.language)
    return len(own) == 1 and own[0].value != 0 and abs(checked.number.value / own[0].value) >= 1000
