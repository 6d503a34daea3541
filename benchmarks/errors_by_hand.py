"""The same indicators with standard errors by Taylor linearization, as one writes them by hand in DuckDB's
SQL.

The variance of a ratio r of a domain is quadratic in r: sums of squares and products of the PSU totals
within strata are taken once, and serve every domain and total.
"""

from __future__ import annotations

import duckdb as duck
import pandas as pd

from benchmarks.totals_by_hand import BANDS, DIMENSIONS, SHARES, SQL_BAND, SQL_SUMS

SAMPLE = "country, year"


def query(path: str) -> str:
    """Return the whole query."""
    conditions = ", ".join(f"sum(ilo_wgt) FILTER ({where}) AS {name}" for name, where in SQL_SUMS.items())
    added = ", ".join(f"coalesce(sum({name}), 0) AS {name}" for name in SQL_SUMS)
    products = {f"{a}_{b}": (a, b) for pair in SHARES.values() for a, b in (pair, pair[:1] * 2, pair[1:] * 2)}
    moments = ", ".join(f"sum({a} * {b}) AS {name}" for name, (a, b) in products.items())
    sums = ", ".join(f"sum({name}) AS {name}" for name in SQL_SUMS)
    scatter = ", ".join(
        f"sum(psus / (psus - 1) * ({name} - {a} * {b} / psus)) AS {name}" for name, (a, b) in products.items()
    )
    shares = " UNION ALL ".join(
        f"SELECT '{indicator}' AS indicator, {', '.join(DIMENSIONS)}, 100 * {a} / {b} AS value, "
        f"100 * sqrt(greatest({a}_{a} - 2 * {a} / {b} * {a}_{b} + ({a} / {b}) ** 2 * {b}_{b}, 0)) / {b} "
        f"AS standard_error FROM domains WHERE {b} > 0"
        for indicator, (a, b) in SHARES.items()
    )
    unit, total = f"{SAMPLE}, stratum, psu", "-1"
    return f"""
    WITH cells AS MATERIALIZED (
        SELECT {unit}, ilo_sex AS sex, {SQL_BAND} AS age, {conditions} FROM '{path}' GROUP BY ALL),
    units AS (
        SELECT {unit}, coalesce(sex, {total}) AS sex, coalesce(age, {total}) AS age, {added} FROM cells
        GROUP BY GROUPING SETS (({unit}, sex, age), ({unit}, sex), ({unit}, age), ({unit}))),
    sizes AS (SELECT {SAMPLE}, stratum, count(DISTINCT psu)::DOUBLE AS psus FROM cells GROUP BY ALL),
    strata AS (SELECT {SAMPLE}, stratum, sex, age, {sums}, {moments} FROM units GROUP BY ALL),
    domains AS (
        SELECT country, year, sex, age, {sums}, {scatter}
        FROM strata JOIN sizes USING ({SAMPLE}, stratum)
        GROUP BY GROUPING SETS ((country, year, sex, age), (country, sex, age), (year, sex, age), (sex, age)))
    {shares}"""


def duckdb(path: str) -> pd.DataFrame:
    """One query."""
    found = duck.sql(query(path)).df()
    found["country"] = found["country"].fillna("_T").astype("str")
    found["year"] = found["year"].map(lambda year: "_T" if pd.isna(year) else str(int(year))).astype("str")
    found["sex"] = found["sex"].astype("str").replace("-1", "_T")
    found["age"] = found["age"].map(BANDS | {-1: "_T"}).astype("str")
    return found[found["age"] != "_X"].reset_index(drop=True)
