"""Groupings of countries: regions and income groups of the ILO and the World Bank, SDG regions, M49's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from pathlib import Path

import pandas as pd

from analysis.framework import TITLES
from analysis.quantities import RecordedTable
from analysis.sources.vintages.codes import M49_GROUPS, M49_MARKED, PREFIX, VintageError
from analysis.sources.vintages.register import Vintage, Vintages
from analysis.sources.vintages.text_columns import read_list, read_text_columns

ILO = {
    "ILO Region": "ilo_region",
    "ILO Subregion - Broad": "ilo_subregion",
    "ILO Subregion - Detailed": "ilo_subregion_detailed",
    "World Bank Income Group": "ilo_income_group",
}
BANK = {"Region": "world_bank_region", "IncomeGroup": "world_bank_income_group"}
SDG, WORLD = "sdg_region", "world"
OWN_WORLD = "own:world"
"""The one group of all countries that are in an SDG region."""
GROUPINGS = (*ILO.values(), *BANK.values(), SDG, *M49_GROUPS, *M49_MARKED, WORLD)


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
        A row a country: ``area`` (ISO3) and a column for each of `GROUPINGS`; blank where it is in none. The
        SDG regions are those that the population is published for; those of M49 its table's.

    Raises
    ------
    VintageError
        When no registered vintage has such groups, or a country is listed twice.
    """
    ilo = _table(vintages, "ilo_countries", "ISO3 Code", ILO)
    bank = _table(vintages, "worldbank_countries", "Country Code", BANK, name)
    bank = bank[bank["world_bank_region"] != ""]
    m49 = vintages.codes.m49
    m49 = m49.loc[m49["area"] != "", ["area", *M49_GROUPS, *M49_MARKED]]
    listed = vintages.codes.listed_areas
    sdg = _table(vintages, "wpp_entities", "iso3", {"sdg_region": "wpp"})
    sdg = sdg.merge(listed[["area", "wpp"]].rename(columns={"area": SDG}), on="wpp").drop(columns="wpp")
    sdg[WORLD] = OWN_WORLD
    tables = (ilo, bank, sdg, m49)
    return reduce(lambda one, other: one.merge(other, on="area", how="outer"), tables).fillna("")


def listed_by(vintages: Vintages, grouping: str, name: str = "") -> str:
    """Return the title of the list that says which country is in which group, as `countries` takes it."""
    if grouping in ILO.values():
        return _file(vintages, "ilo_countries", "ISO3 Code")[0].title
    if grouping in BANK.values():
        return _file(vintages, "worldbank_countries", "Country Code", name)[0].title
    if grouping in (SDG, WORLD):
        return _file(vintages, "wpp_entities", "iso3")[0].title
    return vintages["m49"].title


def published_as(vintages: Vintages, grouping: str, groups: Iterable[str], name: str) -> dict[str, str]:
    """Return the areas under which services publish groups of a grouping; without those that none does.

    M49's regions are areas of the UN; of the World Bank's aggregates its list of countries gives the codes;
    the World is the named vintage's own.
    """
    if grouping == WORLD:
        return dict.fromkeys(groups, vintages[name].world)
    if grouping not in BANK.values():
        return {group: group for group in groups if group.startswith(f"{PREFIX['unsdg']}:")}
    path = _file(vintages, "worldbank_countries", "Country Code")[1]
    rows = read_list(path, ("Country Code", "Region", "TableName"))
    rows = rows[rows["Region"] == ""]
    codes = dict(zip(rows["TableName"], f"{PREFIX['worldbank']}:" + rows["Country Code"], strict=True))
    return {group: codes[group] for group in groups if group in codes}


def group_area(grouping: str, group: str) -> str:
    """Return the code of a group that is computed, as an area, such as ``ilo_region:Africa``."""
    return f"{grouping}:{group}"


def group_words(vintages: Vintages, words: RecordedTable) -> RecordedTable:
    """Return words of estimates with those of groupings and of groups that are computed.

    Parameters
    ----------
    vintages : Vintages
    words : RecordedTable
        Of areas, by which M49's regions are named.

    Returns
    -------
    RecordedTable
        `titles_of_estimates` with ``grouping.<grouping>`` and ``area.<grouping>:<group>``; a group that
        ``groups.csv`` does not word keeps the name that its list of countries gives it.
    """
    path = vintages.codes.folder / "groups.csv"
    listed = read_list(path, ("kind", "code", "name_en"), ("kind", "code"))
    languages = [name.removeprefix("name_") for name in listed.columns if name.startswith("name_")]
    own = words.rows[words.rows["kind"] == "area"].set_index(["code", "language"])["text"].to_dict()
    ours = {kind: listed[listed["kind"] == kind].set_index("code") for kind in ("grouping", "group")}
    if lacking := [name for name in GROUPINGS if name not in ours["grouping"].index]:
        raise VintageError(f"{path}: has no words for the grouping {', '.join(lacking)}")
    template = words.rows.iloc[0].to_dict()
    members = countries(vintages)
    rows = []
    for language in languages:
        names = ours["group"][f"name_{language}"].to_dict()
        named = [("grouping", name, ours["grouping"].loc[name, f"name_{language}"]) for name in GROUPINGS]
        for grouping in GROUPINGS:
            for group in sorted(set(members[grouping]) - {""}):
                text = names.get(group) or own.get((group, language)) or (group if language == "en" else "")
                named += [("area", group_area(grouping, group), text)] if text else []
        rows += [
            template | {"kind": kind, "code": code, "language": language, "text": text}
            for kind, code, text in named
        ]
    return RecordedTable(TITLES, pd.concat([words.rows, pd.DataFrame(rows)], ignore_index=True), words.source)


def _file(vintages: Vintages, dialect: str, area: str, name: str = "") -> tuple[Vintage, Path]:
    """Return the last vintage that has a file of the dialect with codes in a column, and the file."""
    roles = ("areas", "weights", "estimates")
    names = {candidate for role in roles for candidate in vintages.names(role)}
    dated = sorted(names, key=lambda candidate: (candidate == name, vintages[candidate].date, candidate))
    for candidate in reversed(dated):
        for path in vintages[candidate].files(dialect):
            if (read_text_columns(path).get(area, pd.Series(dtype=str)) != "").any():
                return vintages[candidate], path
    raise VintageError(f"no registered vintage has a file of {dialect}")


def _table(
    vintages: Vintages, dialect: str, area: str, columns: dict[str, str], name: str = ""
) -> pd.DataFrame:
    """Read a list of countries: their codes and some columns."""
    _, path = _file(vintages, dialect, area, name)
    rows = read_list(path, (area, *columns))
    rows = rows.rename(columns={area: "area", **columns})[["area", *columns.values()]]
    rows = rows[rows["area"] != ""]
    twice = rows["area"][rows["area"].duplicated()]
    if len(twice):
        raise VintageError(f"{path.name}: {', '.join(twice.unique()[:5])} is listed twice")
    return rows
