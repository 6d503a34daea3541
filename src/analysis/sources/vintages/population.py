"""Population by sex and age, from World Population Prospects: what rates of countries and regions weigh."""

from __future__ import annotations

import pandas as pd

from analysis.sources.vintages.codes import Codes, VintageError, read_text_columns
from analysis.sources.vintages.register import Vintage

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

WIDTH = 5
PLACES = ("area", "region", "continent")


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
    entities = pd.concat([read_text_columns(path) for path in vintage.files("wpp_entities")])
    countries = entities[entities["is--country"] == "TRUE"].set_index("country")
    parts = []
    for dialect, key in (("wpp_country", "country"), ("wpp_region", "sdg_region")):
        for path in vintage.files(dialect):
            rows = read_text_columns(path)
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
