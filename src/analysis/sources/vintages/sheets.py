"""A table in a workbook as text: the sheet that is seen, without formulas that nobody has computed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.sources.vintages.codes import VintageError


def sheet_of_text(path: Path) -> pd.DataFrame:
    """Return the first sheet of a workbook that is not hidden, every cell as text, an empty one as "".

    Parameters
    ----------
    path : Path
        An ``.xlsx`` or ``.xls`` file.

    Raises
    ------
    VintageError
        Of ``.xlsx``, when a formula of the sheet has no value, as programs other than spreadsheets write
        them, or a cell shows per cent and holds a hundredth of it.
    """
    with pd.ExcelFile(path) as book:
        seen = _seen(book)
        table = pd.read_excel(book, sheet_name=seen, header=None, dtype=object, keep_default_na=False)
    if path.suffix == ".xlsx":
        _refuse_misread(path, seen)
    return table.map(_text)


def _seen(book: pd.ExcelFile) -> str:
    if book.engine == "openpyxl":
        return next(sheet.title for sheet in book.book.worksheets if sheet.sheet_state == "visible")
    return next(sheet.name for sheet in book.book.sheets() if sheet.visibility == 0)


def _refuse_misread(path: Path, name: str) -> None:
    from openpyxl import load_workbook

    written, computed = (load_workbook(path, data_only=values)[name] for values in (False, True))
    for row in written.iter_rows():
        for cell in row:
            if cell.data_type == "f" and computed[cell.coordinate].value is None:
                raise VintageError(
                    f"{path.name}: cell {cell.coordinate} is a formula without a value ({cell.value}); open "
                    "the file in a spreadsheet, save it, and register that"
                )
            if cell.data_type == "n" and cell.value is not None and "%" in cell.number_format:
                raise VintageError(
                    f"{path.name}: cell {cell.coordinate} shows per cent and holds {cell.value}; expected "
                    "values as they are to be read"
                )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
