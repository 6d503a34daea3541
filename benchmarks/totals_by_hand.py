"""Five indicators by country, year, sex and age with all totals, as one writes them by hand."""

from __future__ import annotations

from itertools import product

import duckdb as duck
import numpy as np
import pandas as pd
import polars as pl

DIMENSIONS = ("country", "year", "sex", "age")
READ = ["country", "year", "ilo_wgt", "ilo_sex", "ilo_age", "ilo_lfs", "ilo_edu_attendance", "ilo_joball_tru"]
BANDS = {0: "_X", 1: "Y15T24", 2: "Y25T54", 3: "Y55T64", 4: "Y_GE65"}
SHARES = {
    "unemployment_rate": ("unemployed", "labour_force"),
    "employment_population_ratio": ("employed", "population"),
    "labour_force_participation_rate": ("labour_force", "population"),
    "neet_rate": ("neet", "youth"),
    "time_related_underemployment": ("underemployed", "employed"),
}
SQL_SUMS = {
    "employed": "ilo_lfs = 1",
    "unemployed": "ilo_lfs = 2",
    "labour_force": "ilo_lfs <= 2",
    "population": "ilo_lfs <= 3",
    "youth": "ilo_age BETWEEN 15 AND 24 AND ilo_lfs <= 3",
    "neet": "ilo_age BETWEEN 15 AND 24 AND ilo_lfs >= 2 AND ilo_edu_attendance = 2",
    "underemployed": "ilo_lfs = 1 AND ilo_joball_tru = 1",
}
SQL_BAND = (
    "CASE WHEN ilo_age < 15 THEN 0 WHEN ilo_age < 25 THEN 1 WHEN ilo_age < 55 THEN 2 WHEN ilo_age < 65 THEN "
    "3 ELSE 4 END"
)


def polars(path: str) -> pd.DataFrame:
    """One streaming group-by over the answers themselves; the sums come from the few rows left."""
    age, lfs = pl.col("ilo_age"), pl.col("ilo_lfs")
    band = (age >= 15).cast(pl.Int8) + (age >= 25) + (age >= 55) + (age >= 65)
    cells = (
        pl.scan_parquet(path)
        .group_by(
            "country", "year", "ilo_sex", band.alias("age"), "ilo_lfs", "ilo_edu_attendance", "ilo_joball_tru"
        )
        .agg(pl.col("ilo_wgt").sum())
        .collect(engine="streaming")
    )
    wgt, young = pl.col("ilo_wgt"), pl.col("age") == 1
    sums = cells.group_by("country", "year", pl.col("ilo_sex").alias("sex"), "age").agg(
        wgt.filter(lfs == 1).sum().alias("employed"),
        wgt.filter(lfs == 2).sum().alias("unemployed"),
        wgt.filter(lfs <= 2).sum().alias("labour_force"),
        wgt.filter(lfs <= 3).sum().alias("population"),
        wgt.filter(young & (lfs <= 3)).sum().alias("youth"),
        wgt.filter(young & (lfs >= 2) & (pl.col("ilo_edu_attendance") == 2)).sum().alias("neet"),
        wgt.filter((lfs == 1) & (pl.col("ilo_joball_tru") == 1)).sum().alias("underemployed"),
    )
    return rates(sums.to_pandas())


def polars_conditions(path: str) -> pd.DataFrame:
    """One streaming group-by with a conditional sum for each quantity."""
    age, lfs, wgt = pl.col("ilo_age"), pl.col("ilo_lfs"), pl.col("ilo_wgt")
    band = (age >= 15).cast(pl.Int8) + (age >= 25) + (age >= 55) + (age >= 65)
    young = (age >= 15) & (age < 25)
    conditions = {
        "employed": lfs == 1,
        "unemployed": lfs == 2,
        "labour_force": lfs <= 2,
        "population": lfs <= 3,
        "youth": young & (lfs <= 3),
        "neet": young & (lfs >= 2) & (pl.col("ilo_edu_attendance") == 2),
        "underemployed": (lfs == 1) & (pl.col("ilo_joball_tru") == 1),
    }
    sums = (
        pl.scan_parquet(path)
        .group_by("country", "year", pl.col("ilo_sex").alias("sex"), band.alias("age"))
        .agg(
            *(pl.when(where).then(wgt).otherwise(0.0).sum().alias(name) for name, where in conditions.items())
        )
        .collect(engine="streaming")
    )
    return rates(sums.to_pandas())


def duckdb(path: str) -> pd.DataFrame:
    """One query with a filtered sum for each quantity."""
    sums = ", ".join(
        f"coalesce(sum(ilo_wgt) FILTER ({where}), 0) AS {name}" for name, where in SQL_SUMS.items()
    )
    query = f"SELECT country, year, ilo_sex AS sex, {SQL_BAND} AS age, {sums} FROM '{path}' GROUP BY ALL"
    return rates(duck.sql(query).df())


def pandas(path: str) -> pd.DataFrame:
    """Vectorised pandas: one group-by over columns of weighted indicators."""
    persons = pd.read_parquet(path, columns=READ)
    age, lfs = persons["ilo_age"].to_numpy(), persons["ilo_lfs"].fillna(0).to_numpy()
    wgt, young = persons["ilo_wgt"].to_numpy(), (age >= 15) & (age < 25)
    attends, tru = persons["ilo_edu_attendance"].to_numpy(), persons["ilo_joball_tru"].to_numpy()
    columns = {
        "employed": wgt * (lfs == 1),
        "unemployed": wgt * (lfs == 2),
        "labour_force": wgt * ((lfs == 1) | (lfs == 2)),
        "population": wgt * (lfs >= 1),
        "youth": wgt * (young & (lfs >= 1)),
        "neet": wgt * (young & (lfs >= 2) & (attends == 2)),
        "underemployed": wgt * ((lfs == 1) & (tru == 1)),
    }
    band = np.searchsorted([15, 25, 55, 65], age, side="right")
    keys = [
        persons["country"].astype("category"),
        persons["year"],
        persons["ilo_sex"],
        pd.Series(band, name="age"),
    ]
    sums = pd.DataFrame(columns).groupby(keys, observed=True, sort=False).sum().reset_index()
    return rates(sums.rename(columns={"ilo_sex": "sex"}).astype({"country": "str"}))


def groupby_apply(path: str) -> pd.DataFrame:
    """The way of textbooks: a function applied to every group of persons."""
    persons = pd.read_parquet(path, columns=READ)
    persons["age"] = np.searchsorted([15, 25, 55, 65], persons["ilo_age"], side="right")

    def summed(group: pd.DataFrame) -> pd.Series:
        wgt, lfs, young = group["ilo_wgt"], group["ilo_lfs"], group["ilo_age"].between(15, 24)
        return pd.Series(
            {
                "employed": wgt[lfs == 1].sum(),
                "unemployed": wgt[lfs == 2].sum(),
                "labour_force": wgt[lfs <= 2].sum(),
                "population": wgt[lfs <= 3].sum(),
                "youth": wgt[young & (lfs <= 3)].sum(),
                "neet": wgt[young & (lfs >= 2) & (group["ilo_edu_attendance"] == 2)].sum(),
                "underemployed": wgt[(lfs == 1) & (group["ilo_joball_tru"] == 1)].sum(),
            }
        )

    sums = persons.groupby(["country", "year", "ilo_sex", "age"]).apply(summed).reset_index()
    return rates(sums.rename(columns={"ilo_sex": "sex"}))


def rates(sums: pd.DataFrame) -> pd.DataFrame:
    """Form the indicators of every domain and total from the sums of the finest domains."""
    sums = sums.assign(
        country=sums["country"].astype("str"),
        year=sums["year"].astype("str"),
        sex=sums["sex"].astype("str"),
        age=sums["age"].map(BANDS),
    )
    quantities = [name for name in sums.columns if name not in DIMENSIONS]
    parts = []
    for kept in product((True, False), repeat=len(DIMENSIONS)):
        names = [name for name, keep in zip(DIMENSIONS, kept, strict=True) if keep]
        part = (
            sums.groupby(names)[quantities].sum().reset_index()
            if names
            else sums[quantities].sum().to_frame().T
        )
        parts.append(part.assign(**{name: "_T" for name in DIMENSIONS if name not in names}))
    every = pd.concat(parts, ignore_index=True)
    every = every[every["age"] != "_X"]
    made = []
    for indicator, (above, below) in SHARES.items():
        there = every[every[below] > 0]
        value = 100 * there[above] / there[below]
        made.append(there[list(DIMENSIONS)].assign(indicator=indicator, value=value))
    return pd.concat(made, ignore_index=True)[["indicator", *DIMENSIONS, "value"]]
