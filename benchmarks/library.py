"""The library as a contender."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.estimation import Classification, SurveyDesign, age_bands, estimate_domains

INDICATORS = (
    "unemployment_rate",
    "employment_population_ratio",
    "labour_force_participation_rate",
    "neet_rate",
    "time_related_underemployment",
)
DESIGN = SurveyDesign(stratum="stratum", psu="psu", survey=("country", "year"))
KEYS = ["indicator", "country", "year", "sex", "age"]


def dimensions() -> list:
    """Return country, year, sex and age bands."""
    import narwhals as nw

    return ["country", "year", Classification("sex", nw.col("ilo_sex"), ("ilo_sex",)), age_bands()]


def estimated(path: str, engine: str, standard_errors: bool, totals: bool | list = True) -> pd.DataFrame:
    """Return five indicators by country, year, sex and age with totals, all by default."""
    found = estimate_domains(
        path,
        INDICATORS,
        DESIGN,
        by=dimensions(),
        totals=totals,
        engine=engine,
        standard_errors=standard_errors,
        lonely_psu="certainty",
    )
    found = found[found["value"].notna() & (found["age"] != "_X")]
    numbers = ["value", "standard_error"] if standard_errors else ["value"]
    return found[[*KEYS, *numbers]].astype(dict.fromkeys(KEYS, "str")).reset_index(drop=True)


def polars(path: str) -> pd.DataFrame:
    """Values without standard errors."""
    return estimated(path, "polars", False)


def duckdb(path: str) -> pd.DataFrame:
    """Values without standard errors."""
    return estimated(path, "duckdb", False)


def pandas(path: str) -> pd.DataFrame:
    """Values without standard errors."""
    return estimated(path, "pandas", False)


def polars_errors(path: str) -> pd.DataFrame:
    """Values with standard errors."""
    return estimated(path, "polars", True)


def duckdb_errors(path: str) -> pd.DataFrame:
    """Values with standard errors."""
    return estimated(path, "duckdb", True)


def pandas_errors(path: str) -> pd.DataFrame:
    """Values with standard errors."""
    return estimated(path, "pandas", True)


def within_samples(path: str, folder: str, given: int) -> pd.DataFrame:
    """Values with standard errors, totals over sex and age only; those of the samples given to the others."""
    found = estimated(path, "polars", True, ["sex", "age"])
    chosen = {each.stem for each in sorted(Path(folder).glob("*.csv"))[:given]}
    return found[(found["country"] + "_" + found["year"]).isin(chosen)].reset_index(drop=True)
