"""Texts for spreadsheets, which take some for formulas."""

from __future__ import annotations

import pandas as pd


def as_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before ``= + - @``.

    Printed numbers stay as they are: their minus is not a hyphen, and a plus sign before digits is a number.
    """
    risky = text[:1] in ("=", "@", "-", "+", "\t", "\r")
    number = text[:1] in ("+", "-") and text[1:2].isdigit() and not set(text[1:]) & set("=+-*/@(!|")
    return f"'{text}" if risky and not number else text


def csv_of(frame: pd.DataFrame) -> str:
    """Return a frame as CSV in which no cell of text is taken for a formula; numbers at full precision."""
    texts = {
        name: column.map(lambda cell: as_text(cell) if isinstance(cell, str) else cell)
        for name, column in frame.items()
        if not pd.api.types.is_numeric_dtype(column)
    }
    return frame.assign(**texts).rename(columns=as_text).to_csv(index=False, lineterminator="\n")
