"""Population by sex and age, from World Population Prospects: what rates of countries and regions weigh."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.sources.vintages.codes import Codes, VintageError
from analysis.sources.vintages.register import NUMBER, Vintage
from analysis.sources.vintages.text_columns import read_text_columns

THOUSAND = 1000
SEXES = {"1": "SEX_M", "2": "SEX_F"}
AGES = {
    "TOTAL": (0, 200),
    "YTHADULT_YGE15": (15, 200),
    "YTHADULT_Y15-24": (15, 24),
    "YTHADULT_YGE25": (25, 200),
    "Y5-17": (5, 17),
}
"""First and last year of age of each class."""

OF_COUNTRIES = "is--country"
ENTITIES = ("country", OF_COUNTRIES, "iso3", "sdg_region", "geographic_region")
OBSERVED = ("time", "gender", "age5yearinterval", "population")
FORMS = {
    "time": ("[12][0-9]{3}", "a year"),
    "gender": ("|".join(SEXES), "1 (men) or 2 (women)"),
    "age5yearinterval": (r"[0-9]{1,3}(\D.*)?", "such as 15_19"),
    "population": (NUMBER, "a number"),
}
"""What cells hold, and how that is said."""
WIDTH = 5
PLACES = ("area", "region", "continent")


def _held(rows: pd.DataFrame, columns: Sequence[str], whose: Path | str) -> pd.DataFrame:
    if lacking := [name for name in columns if name not in rows]:
        raise VintageError(f"{whose}: lacks the column {', '.join(lacking)}")
    return rows


def _check(rows: pd.DataFrame, keys: list[str], path: Path) -> None:
    """Raise where a row says nothing that can be added up, or what another row says, too."""
    for name, (form, meant) in FORMS.items():
        wrong = rows.loc[~rows[name].str.fullmatch(form), name]
        if len(wrong):
            where = f"{path}: data row {wrong.index[0] + 1}, {name}"
            raise VintageError(f"{where}: found {wrong.iloc[0]!r}; expected {meant}")
    if (twice := rows.duplicated(keys)).any():
        raise VintageError(f"{path}: data row {twice.idxmax() + 1} says what an earlier row says, too")


def population(vintage: Vintage, codes: Codes) -> pd.DataFrame:
    """Return the population of countries and of the SDG regions.

    Parameters
    ----------
    vintage : Vintage
        World Population Prospects, five-year age groups by sex.
    codes : Codes
        For the regions' codes.

    Returns
    -------
    pandas.DataFrame
        Columns ``area`` (ISO3, or a region's code), ``region`` and ``continent`` (that the area lies in; a
        region has no continent), ``period``, ``sex``, ``age`` and ``population``, persons. A class that ends
        within a five-year group takes its share of the group's years (5-17 takes three fifths of 15-19).

    Raises
    ------
    VintageError
        When the vintage lacks a file, or a country's region is not listed in ``areas.csv``.
    """
    listed = codes.listed_areas
    regions = {
        number: area
        for area, numbers in zip(listed["area"], listed["wpp"], strict=True)
        for number in numbers.split()
    }
    entities = [(path, read_text_columns(path)) for path in vintage.files("wpp_entities")]
    listing = [_held(table, ENTITIES, path) for path, table in entities if OF_COUNTRIES in table]
    if not listing:
        raise VintageError(f"{vintage.name}: lists no countries: no file has a column {OF_COUNTRIES}")
    places = pd.concat(listing)
    countries = places[places[OF_COUNTRIES] == "TRUE"].set_index("country")
    for named in (countries.index, countries["iso3"]):
        if named.duplicated().any():
            raise VintageError(
                f"{vintage.name}: country {next(iter(named[named.duplicated()]))} stands twice"
            )
    parts = []
    for dialect, key in (("wpp_country", "country"), ("wpp_region", "sdg_region")):
        for path in vintage.files(dialect):
            rows = _held(read_text_columns(path), (key, *OBSERVED), path)
            _check(rows, [key, *OBSERVED[:-1]], path)
            if key == "country":
                rows["area"] = rows[key].map(countries["iso3"])
                rows["region"] = rows[key].map(countries["sdg_region"]).map(regions)
                rows["continent"] = rows[key].map(countries["geographic_region"]).map(regions)
            else:
                rows["area"] = rows["region"] = rows[key].map(regions)
                rows["continent"] = ""
            unknown = rows.loc[rows[[*PLACES]].isna().any(axis=1), key].unique()
            if len(unknown):
                raise VintageError(f"{path.name}: {key} {', '.join(unknown[:5])} has no code or no region")
            parts.append(rows)
    if not parts:
        raise VintageError(f"{vintage.name}: holds no population by age")
    rows = pd.concat(parts, ignore_index=True)
    first = rows["age5yearinterval"].str.extract(r"^(\d+)", expand=False).astype(int)
    persons = rows["population"].astype(float) * THOUSAND
    keys = [
        *(rows[name] for name in PLACES),
        rows["time"].rename("period"),
        rows["gender"].map(SEXES).rename("sex"),
    ]
    classes = []
    for age, (low, high) in AGES.items():
        within = (pd.concat([first + WIDTH, pd.Series(high + 1, first.index)], axis=1).min(axis=1)) - (
            first.clip(lower=low)
        )
        inside = persons * within.clip(0, WIDTH) / WIDTH
        sums = inside.groupby(keys).sum().rename("population").reset_index()
        both = sums.groupby([*PLACES, "period"], as_index=False)["population"].sum()
        classes.append(pd.concat([sums, both.assign(sex="SEX_T")]).assign(age=age))
    observations = pd.concat(classes, ignore_index=True)
    return observations.sort_values(["area", "period", "sex", "age"], ignore_index=True)
