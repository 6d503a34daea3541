"""A workbook whose formulas are of functions that every Excel knows."""

from __future__ import annotations

import re

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

FUNCTIONS = (
    "ABS",
    "AND",
    "COUNTIFS",
    "IF",
    "INT",
    "MAX",
    "MIN",
    "N",
    "OR",
    "ROUND",
    "SIGN",
    "SUM",
    "SUMIFS",
    "SUMPRODUCT",
)
_OTHERS = re.compile(rf"[{{}}]|\b(?!(?:{'|'.join(FUNCTIONS)})\()[\w.]+\(")


class LiveSheet(Worksheet):
    """A sheet; XlsxWriter looks each formula through for thirty newer functions, one after the other."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Return a formula as a file holds it."""
        if _OTHERS.search(formula):
            return super()._prepare_formula(formula, expand_future_functions)
        return formula.removeprefix("=")


class LiveBook(Workbook):
    """A workbook of such sheets."""

    worksheet_class = LiveSheet
