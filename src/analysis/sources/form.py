"""How a text file is written: its encoding, and what stands between columns and before decimals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """How a text file is written.

    Attributes
    ----------
    encoding : str
        Character encoding; UTF-8 when empty.
    delimiter : str
        What stands between columns; a comma when empty.
    decimal : str
        What stands before decimals; a point when empty.
    """

    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""

    def or_else(self, other: Form) -> Form:
        """Return the form with what is left empty taken from another."""
        return Form(
            self.encoding or other.encoding, self.delimiter or other.delimiter, self.decimal or other.decimal
        )


PLAIN = Form()
"""A text file of which nothing is said."""
