"""Cleaning: recorded text becomes a tidy, typed frame; rows are dropped by named rules that are counted.

Nothing is computed here: columns are renamed and retyped, states recoded, rows without a number left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.quantities import Recorded, RecordedTable

TIDY = ("indicator", "area", "period", "sex", "age", "value", "unit", "status", "basis", "source")
WORLD = "X01"
# SDMX OBS_STATUS: A normal, L missing because not collected, M cannot exist, O missing, N not significant.
OBS_STATUS = {
    "reported": "A",
    "repeated": "A",
    "blank": "O",
    "not_available": "L",
    "not_set": "O",
    "not_applicable": "M",
    "not_held": "M",
    "dash": "M",
    "text": "O",
    "indefinite": "N",
}


class CleaningError(ValueError):
    """A recorded row that no rule reads; the message shows the rows."""


@dataclass(frozen=True)
class Dropped:
    """How many rows a named rule left out of a table."""

    table: str
    rule: str
    rows: int


def retype(table: RecordedTable) -> pd.DataFrame:
    """Return a table's rows with numbers as numbers, and states as SDMX ``OBS_STATUS``.

    Parameters
    ----------
    table : RecordedTable
        With ``value``, ``decimals``, ``line`` and ``status`` as text.

    Returns
    -------
    pandas.DataFrame
        ``value`` float (a fraction in words by its value, missing where the print holds no number),
        ``decimals`` and ``line`` nullable integers, ``status`` a code; every other column as recorded.

    Raises
    ------
    CleaningError
        When a status has no code; the offending ids are named.
    """
    rows = table.rows.copy()
    unknown = rows[~rows["status"].isin([*OBS_STATUS, ""])]
    if len(unknown):
        examples = ", ".join(f"{row.id} ({row.status})" for row in unknown.head(5).itertuples())
        raise CleaningError(
            f"{table.source.path}: {len(unknown)} rows have a status without a code: {examples}; "
            f"expected one of {', '.join(OBS_STATUS)}"
        )
    rows["value"] = pd.array(
        [None if value.missing else float(value.value) for value in table.values], dtype="Float64"
    )
    for column in ("decimals", "line"):
        rows[column] = pd.to_numeric(rows[column].where(rows[column] != "", None)).astype("Int64")
    rows["status"] = rows["status"].map(OBS_STATUS).fillna("")
    return rows


def numbers(table: RecordedTable) -> tuple[pd.DataFrame, Dropped]:
    """Return the rows of a table that print a number, once each, and how many others were dropped.

    The rule ``prints_no_number_of_its_own`` drops blanks, text, and further uses of one printed number.
    """
    rows = retype(table)
    kept = rows["value"].notna() & (table.rows["status"] != "repeated")
    return rows[kept].reset_index(drop=True), Dropped(
        table.name, "prints_no_number_of_its_own", int((~kept).sum())
    )


def observations(recorded: Recorded) -> pd.DataFrame:
    """Return the decent work indicators as tidy observations of the World.

    Returns
    -------
    pandas.DataFrame
        Columns ``indicator, area, period, sex, age, value, unit, status, basis, source``; a missing number
        keeps its row, with the status that says why. All are modelled estimates.
    """
    table = recorded["report.decent_work_indicators"]
    rows = retype(table)
    tidy = rows.assign(area=WORLD, basis="modelled", source=f"{table.source.symbol}, {rows['place'].iloc[0]}")
    return tidy[list(TIDY)].reset_index(drop=True)
