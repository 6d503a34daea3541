"""Groupings of countries: the ILO's regions, the World Bank's regions and income groups, the SDG regions."""

from __future__ import annotations

import pandas as pd

from analysis.sources.vintages.codes import VintageError, read_text
from analysis.sources.vintages.register import Vintages

ILO = {
    "ILO Region": "ilo_region",
    "ILO Subregion - Broad": "ilo_subregion",
    "ILO Subregion - Detailed": "ilo_subregion_detailed",
    "World Bank Income Group": "ilo_income_group",
}
BANK = {"Region": "world_bank_region", "IncomeGroup": "world_bank_income_group"}
GROUPINGS = (*ILO.values(), *BANK.values())


def countries(vintages: Vintages, name: str = "") -> pd.DataFrame:
    """Return the groups that each country belongs to.

    Parameters
    ----------
    vintages : Vintages
    name : str
        Vintage whose own groups of the World Bank are taken; by default the newest that has them. Groups
        change: a vintage's aggregates are of its own year's.

    Returns
    -------
    pandas.DataFrame
        A row a country: ``area`` (ISO3) and a column for each of `GROUPINGS`; blank where it is in none.

    Raises
    ------
    VintageError
        When no registered vintage has such groups, or a country is listed twice.
    """
    held = [*vintages.names("areas"), *vintages.names("weights"), *vintages.names()]
    ilo = _table(vintages, held, "ilo_countries", "ISO3 Code", ILO)
    bank = _table(vintages, [*held, name] if name else held, "worldbank_countries", "Country Code", BANK)
    bank = bank[bank["world_bank_region"] != ""]
    return ilo.merge(bank, on="area", how="outer").fillna("")


def _table(
    vintages: Vintages, names: list[str], dialect: str, area: str, columns: dict[str, str]
) -> pd.DataFrame:
    """Read the last of the vintages that has a file of the dialect."""
    for name in reversed(names):
        for path in vintages[name].files(dialect):
            rows = read_text(path).rename(columns={area: "area", **columns})[["area", *columns.values()]]
            twice = rows["area"][rows["area"].duplicated()]
            if len(twice):
                raise VintageError(f"{path.name}: {', '.join(twice.unique()[:5])} is listed twice")
            return rows
    raise VintageError(f"no registered vintage has a file of {dialect}")
