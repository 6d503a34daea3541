"""Data of any size, seeded: a survey archive in Parquet, and an ILOSTAT bulk file."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

DATA = Path(__file__).parent / "data"
COUNTRIES, YEARS = 20, 5


def archive(persons: int, *, strata: int = 200, psus: int = 5000) -> Path:
    """Return a Parquet file of persons in 20 countries and 5 years, with strata and PSUs in each sample.

    With fewer than 20 persons a PSU, there are as many fewer PSUs and strata in each sample.
    """
    path = DATA / (f"persons-{persons}.parquet" if psus == 5000 else f"persons-{persons}-{psus}.parquet")
    if path.exists():
        return path
    DATA.mkdir(exist_ok=True)
    each = persons // (COUNTRIES * YEARS)
    psus = max(4, min(psus, each // 20))
    strata = max(2, min(strata, psus // 2))
    random, part, writer = np.random.default_rng(20), path.with_suffix(".part"), None
    for country in range(COUNTRIES):
        for year in range(YEARS):
            table = sample(random, f"C{country:02d}", 2015 + year, each, strata, psus)
            writer = writer or pq.ParquetWriter(part, table.schema, compression="zstd")
            writer.write_table(table, row_group_size=1_000_000)
    writer.close()
    part.replace(path)
    return path


def sample(random: np.random.Generator, country: str, year: int, n: int, strata: int, psus: int) -> pa.Table:
    """Return one country's persons in one year, in the order of their PSUs."""
    psu = np.sort(random.integers(0, psus, n)).astype(np.int32)
    psu[:psus] = np.arange(psus)
    psu.sort()
    level = random.normal(0, 0.4, psus)[psu]
    age, sex = random.integers(0, 90, n).astype(np.int16), random.integers(1, 3, n).astype(np.int8)
    active = (random.logistic(size=n) < level + 0.5 * (sex == 1) - 0.002 * (age - 42.0) ** 2 + 1.2) & (
        age >= 15
    )
    jobless = active & (random.random(n) < 0.05 + 0.10 * (age < 25))
    lfs = np.select([age < 15, jobless, active], [0, 2, 1], 3).astype(np.int8)
    attends = np.where((age < 25) & (random.random(n) < 0.5), 1, 2).astype(np.int8)
    short = ((lfs == 1) & (random.random(n) < 0.08)).astype(np.int8)
    return pa.table(
        {
            "country": pa.array([country]).take(pa.array(np.zeros(n, dtype=np.int32))),
            "year": np.full(n, year, dtype=np.int16),
            "stratum": (psu % strata).astype(np.int16),
            "psu": psu,
            "ilo_wgt": random.uniform(50, 1500, n),
            "ilo_sex": sex,
            "ilo_age": age,
            "ilo_lfs": pa.array(lfs, mask=lfs == 0),
            "ilo_edu_attendance": attends,
            "ilo_joball_tru": short,
        }
    )


def earnings(persons: int, replicates: int = 0, *, strata: int = 200, psus: int = 5000) -> Path:
    """Return a Parquet file of one survey's persons with earnings, and replicate weights by bootstrap.

    A replicate draws as many PSUs less one of each stratum, with replacement (Rao and Wu).
    """
    path = DATA / f"earnings-{persons}-{replicates}.parquet"
    if path.exists():
        return path
    DATA.mkdir(exist_ok=True)
    random = np.random.default_rng(12)
    psus = max(8, min(psus, persons // 20))
    strata = max(2, min(strata, psus // 4))
    table = sample(random, "C00", 2020, persons, strata, psus)
    psu, working = table["psu"].to_numpy(), table["ilo_lfs"].to_numpy(zero_copy_only=False) == 1
    hourly = np.round(np.exp(random.normal(2.5, 0.6, persons) + random.normal(0, 0.2, psus)[psu]), 2)
    table = table.append_column("hourly_earnings", pa.array(hourly, mask=~working))
    stratum = np.arange(psus) % strata
    part, weights = path.with_suffix(".part"), table["ilo_wgt"].to_numpy()
    for replicate in range(replicates):
        factor = np.zeros(psus)
        for h in range(strata):
            units = np.flatnonzero(stratum == h)
            drawn = np.bincount(random.integers(0, len(units), len(units) - 1), minlength=len(units))
            factor[units] = drawn * len(units) / (len(units) - 1)
        table = table.append_column(f"r{replicate + 1}", pa.array((weights * factor[psu]).astype(np.float32)))
    pq.write_table(table, part, row_group_size=100_000, compression=None, use_dictionary=False)
    part.replace(path)
    return path


def bulk(rows: int) -> Path:
    """Return an ILOSTAT bulk file of made-up numbers, in the service's order of rows."""
    path = DATA / f"bulk-{rows}.csv.gz"
    if path.exists():
        return path
    DATA.mkdir(exist_ok=True)
    random = np.random.default_rng(7)
    topics = ("EMP_TEMP", "EMP_DWAP", "EMP_2EMP", "UNE_TUNE", "POP_XWAP")
    indicators = [f"{topic}_SEX_AGE_NB" for topic in topics]
    indicators += [f"{topic}_SEX_AGE_RT" for topic in ("UNE_DEAP", "UNE_2EAP", "EIP_NEET")]
    ages = [f"AGE_5YRBANDS_Y{age}-{age + 4}" for age in range(15, 65, 5)] + ["AGE_YTHADULT_YGE15"]

    def drawn(values: list) -> pl.Series:
        return pl.Series(values).gather(random.integers(0, len(values), rows))

    areas = [f"{a}{b}{c}" for a in "ABCDEF" for b in "GHIJKL" for c in "MNOPQR"][:200]
    observations = pl.DataFrame(
        {
            "ref_area": drawn(areas),
            "source": drawn(["BA:453", "BX:3465", "XA:8405", "BB:7021"]),
            "indicator": drawn(indicators),
            "sex": drawn(["SEX_T", "SEX_M", "SEX_F"]),
            "classif1": drawn(ages),
            "time": drawn([str(year) for year in range(1980, 2028)]),
            "obs_value": np.round(random.gamma(2, 50, rows), 3),
            "obs_status": drawn([None, None, None, "B", "U"]),
            "note_classif": drawn([None, "C6:1058"]),
            "note_indicator": drawn([None, "I11:264"]),
            "note_source": drawn(["R1:3513", "R1:3513_T2:85", "R1:3513_R1:2803_T2:85"]),
        }
    ).sort("ref_area", "source", "indicator", "sex", "classif1", "time")
    part = path.with_suffix(".part")
    with gzip.open(part, "wb", compresslevel=6) as opened:
        observations.write_csv(opened, quote_style="non_numeric")
    part.replace(path)
    return path
