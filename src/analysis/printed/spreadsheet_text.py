"""Texts for spreadsheets, which take some for formulas."""

from __future__ import annotations


def as_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before ``= + - @``.

    Printed numbers stay as they are: their minus is not a hyphen, and a plus sign before digits is a number.
    """
    risky = text[:1] in ("=", "@", "-", "+", "\t", "\r")
    number = text[:1] in ("+", "-") and text[1:2].isdigit() and not set(text[1:]) & set("=+-*/@(!|")
    return f"'{text}" if risky and not number else text
