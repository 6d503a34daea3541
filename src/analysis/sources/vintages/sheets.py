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
        When it is no workbook that can be read. Of ``.xlsx``, when a formula of the sheet has no value, as
        programs other than spreadsheets write them, or a cell shows per cent and holds a hundredth of it.
    """
    try:
        with pd.ExcelFile(path) as book:
            seen = _seen(book, path)
            table = pd.read_excel(book, sheet_name=seen, header=None, dtype=object, keep_default_na=False)
        if path.suffix == ".xlsx":
            _refuse_misread(path, seen)
    except (VintageError, MemoryError):
        raise
    except Exception as error:  # of zip, XML, openpyxl and xlrd, as many as there are ways to be damaged
        if isinstance(error, OSError) and error.errno is not None:
            raise  # of the system: that of a file without parts has no number
        raise VintageError(
            f"{path}: no workbook that can be read ({type(error).__name__}: {error})"
        ) from None
    return table.map(_text)


def _seen(book: pd.ExcelFile, path: Path) -> str:
    if book.engine == "openpyxl":
        names = [sheet.title for sheet in book.book.worksheets if sheet.sheet_state == "visible"]
    else:
        names = [sheet.name for sheet in book.book.sheets() if sheet.visibility == 0]
    if not names:
        raise VintageError(f"{path}: has no sheet that is seen; show one, and save it")
    return str(names[0])


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
