"""How a file of results writes its numbers: marks, qualifiers, and what it writes where it has none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.rounding import as_fraction

QUALIFIERS = {
    "<": "less_than",
    "≤": "up_to",
    "<=": "up_to",
    ">": "more_than",
    "≥": "at_least",
    ">=": "at_least",
}
QUALIFIERS |= {"~": "about", "≈": "about"}
"""Signs before a number, and what they say of it."""

SPACES = " \u00a0\u2009\u202f"
_SIGNED = re.compile(
    r"(?P<sign>[<>]=?|[≤≥~≈])?\s*"
    r"(?P<number>[-−+]?[\d.,' \u00a0\u2009\u202f]*\d(?:[eE][-+]?\d+)?)(?P<percent>\s?%)?"
)
PLAIN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


class RecordedNumber(NamedTuple):
    """A cell as a record holds it: texts of the columns of these names."""

    printed: str
    value: str
    decimals: str
    qualifier: str
    status: str
    note: str = ""


@dataclass(frozen=True)
class NumberForm:
    """How a file writes numbers.

    Attributes
    ----------
    decimal : str
        The decimal mark: ``.`` or ``,``.
    thousands : str
        What stands between thousands beside spaces: ``,``, ``.``, ``'`` or nothing.
    absent : mapping of str to str
        What a cell without a number says, and the status that it means (``n/a``: ``not_available``).
    marks : mapping of str to str
        Marks of footnotes behind a number, and what each says, which the record notes.
    """

    decimal: str = "."
    thousands: str = ""
    absent: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)

    def read(self, text: str, measure: str) -> RecordedNumber:
        """Return a cell as a record holds it.

        Parameters
        ----------
        text : str
            As written; a number in words, of a qualitative measure, is kept as it is.
        measure : str
            What the indicator measures; a per cent sign is a percentage's only.

        Raises
        ------
        ValueError
            When the text is no number in this form and no word for a missing one.
        """
        if not text:
            return RecordedNumber("", "", "", "", "blank")
        if text in self.absent:
            return RecordedNumber(text, "", "", "", self.absent[text])
        for mark in self.marks:
            if mark and text.endswith(mark):
                number = self.read(text.removesuffix(mark).strip(), measure)
                notes = "; ".join(filter(None, (number.note, self.marks[mark])))
                return number._replace(printed=text, note=notes)
        match = _SIGNED.fullmatch(text)
        bare = self._bare(match["number"]) if match else ""
        percent = bool(match and match["percent"])
        if not bare or (percent and measure != "percentage"):
            if measure == "qualitative":
                return RecordedNumber(text, "", "", "", "text")
            raise ValueError(f"{text!r} is not a number ({self._expected()}, of a measure {measure!r})")
        value, decimals = _exact(bare)
        qualifier = QUALIFIERS.get(match["sign"] or "", "") if match else ""
        return RecordedNumber(text, value, decimals, qualifier, "reported")

    def _bare(self, number: str) -> str:
        """Return a number with a decimal point and no marks between thousands; nothing where it is none."""
        number = number.strip().replace("−", "-")
        whole, mark, rest = number.partition(self.decimal)
        marks = "".join({*SPACES, self.thousands})
        grouped = re.fullmatch(rf"[-+]?\d{{1,3}}(?:[{re.escape(marks)}]\d{{3}})+", whole)
        if grouped:
            whole = re.sub(rf"[{re.escape(marks)}]", "", whole)
        number = f"{whole}{'.' if mark else ''}{rest}"
        return number if PLAIN.fullmatch(number) and "." not in whole + rest else ""

    def _expected(self) -> str:
        between = f" and {self.thousands!r} between thousands" if self.thousands else ""
        return (
            f"expected 1234{self.decimal}5{between}; [file] decimal and thousands say another form, "
            "[absent] what stands for no number, [marks] what a footnote's mark behind a number says"
        )


def _exact(text: str) -> tuple[str, str]:
    """Return a number in digits, and how many decimals it is written with."""
    exact = as_fraction(text)
    decimals = 0
    while (exact * 10**decimals).denominator != 1:
        decimals += 1
    written = len(text.partition(".")[2]) if "e" not in text.lower() else decimals
    decimals = max(decimals, written)
    sign, digits = "-" if exact < 0 else "", str(abs(int(exact * 10**decimals))).rjust(decimals + 1, "0")
    fraction = f".{digits[len(digits) - decimals :]}" if decimals else ""
    return f"{sign}{digits[: len(digits) - decimals]}{fraction}", str(decimals)
