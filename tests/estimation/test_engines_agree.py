"""Every engine gives the same numbers, bit for bit, in every run."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.estimation import (
    DESIGN,
    SurveyDesign,
    age_bands,
    estimate_domains,
    reduce_survey,
    scan,
    synthetic_population,
)
from analysis.estimation import batches as batching
from analysis.estimation.batches import independent_batches
from analysis.indicators import INDICATORS, unemployment_rate

HELD = set(synthetic_population(strata=1, psus=1).persons.columns)
LABOUR = [name for name, declared in INDICATORS.items() if set(declared().columns) <= HELD]
BY = ["country", "year", "ilo_sex", age_bands()]


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return synthetic_population().draw(3)


@pytest.fixture(scope="module")
def expected(sample) -> pd.DataFrame:
    return estimate_domains(sample, LABOUR, DESIGN, by=BY)


@pytest.fixture(scope="module")
def parquet(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    for number, part in enumerate(np.array_split(np.arange(len(sample)), 3)):
        sample.iloc[part].to_parquet(folder / f"part{number}.parquet")
    return folder


def assert_same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_an_engine_gives_the_same_numbers(engine, parquet, expected):
    assert_same(estimate_domains(parquet, LABOUR, DESIGN, by=BY, engine=engine), expected)


@pytest.mark.slow
@pytest.mark.parametrize(
    "convert",
    [
        pl.from_pandas,
        lambda persons: pl.from_pandas(persons).lazy(),
        lambda persons: duckdb.from_df(persons),
        lambda persons: persons.convert_dtypes(),
        lambda persons: persons.convert_dtypes(dtype_backend="pyarrow"),
        lambda persons: persons.sample(frac=1.0, random_state=4),
    ],
    ids=["polars", "polars lazy", "duckdb", "pandas nullable", "pandas on arrow", "rows in another order"],
)
def test_a_frame_in_memory_gives_the_same_numbers(convert, sample, expected):
    assert_same(estimate_domains(convert(sample), LABOUR, DESIGN, by=BY), expected)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_totals_alone_are_the_same_with_and_without_standard_errors(engine, parquet, expected):
    assert_same_totals(parquet, engine, expected)


def assert_same_totals(parquet, engine: str, expected: pd.DataFrame) -> None:
    plain = estimate_domains(parquet, LABOUR, DESIGN, by=BY, standard_errors=False, engine=engine)
    assert plain["n"].equals(expected["n"])
    assert plain["value"].to_numpy() == pytest.approx(expected["value"].to_numpy(), rel=1e-13, nan_ok=True)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["adjust", "average"])
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
@pytest.mark.parametrize("coded", [False, True], ids=["names", "categories"])
def test_an_archive_in_batches_gives_the_same_numbers(coded, engine, rule, sample, tmp_path, monkeypatch):
    lone = sample[~((sample["country"] == "X01") & (sample["stratum"] == 4) & (sample["psu"] > 0))]
    lone = lone.astype({"country": "category"}) if coded else lone
    lone.to_parquet(tmp_path / "archive.parquet", row_group_size=700)
    once = estimate_domains(tmp_path, LABOUR, DESIGN, by=BY, lonely_psu=rule, engine=engine)
    monkeypatch.setattr(batching, "BATCH_ROWS", 1)
    assert len(independent_batches(tmp_path, DESIGN.survey)) == 4
    batched = estimate_domains(tmp_path, LABOUR, DESIGN, by=BY, lonely_psu=rule, engine=engine)
    assert once["standard_error"].notna().sum() > 1000
    pd.testing.assert_frame_equal(batched, once, rtol=1e-11, atol=1e-11)


@pytest.mark.slow
def test_batches_hold_every_sample_once_and_whole(parquet, sample, monkeypatch):
    monkeypatch.setattr(batching, "BATCH_ROWS", 1)
    batches = independent_batches(parquet, DESIGN.survey)
    held = [b.open(["country", "year"], None).to_native() for b in batches]
    samples = [set(map(tuple, part.to_numpy())) for part in held]
    assert len(batches) == 2
    assert sum(map(len, held)) == len(sample)
    assert sum(map(len, samples)) == len(set().union(*samples)) == 4


@pytest.mark.slow
def test_samples_that_are_not_told_apart_are_one_batch(parquet, sample, tmp_path, monkeypatch):
    monkeypatch.setattr(batching, "BATCH_ROWS", 1)
    assert independent_batches(parquet, ()) == [parquet]
    assert independent_batches(parquet, ("country", "round")) == [parquet]
    assert independent_batches(sample, DESIGN.survey) == [sample]
    sample.assign(year=sample["year"] + 0.5).to_parquet(tmp_path / "halves.parquet")
    assert independent_batches(tmp_path, DESIGN.survey) == [tmp_path]
    sample.assign(year=sample["year"].astype("Int64").mask(sample.index == 3)).to_parquet(
        tmp_path / "halves.parquet"
    )
    assert independent_batches(tmp_path, DESIGN.survey) == [tmp_path]
    with pytest.raises(ValueError, match="'year' is missing in 1 of"):
        estimate_domains(tmp_path, LABOUR, DESIGN, by=BY, engine="polars", lonely_psu="remove")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_an_archive_in_no_order_is_read_in_batches_too(engine, sample, tmp_path, monkeypatch):
    sample.sample(frac=1.0, random_state=4).to_parquet(tmp_path / "mixed.parquet", row_group_size=200)
    once = estimate_domains(tmp_path, LABOUR, DESIGN, by=BY, lonely_psu="adjust", engine=engine)
    for bound in ("BATCH_ROWS", "PASS_ROWS"):
        monkeypatch.setattr(batching, bound, len(sample) // 4)
    monkeypatch.setattr(batching, "PASSES", 3)
    batches = independent_batches(tmp_path, DESIGN.survey, engine)
    assert sum(b.rows for b in batches) == len(sample)
    assert 2 <= len(batches) <= 3
    batched = estimate_domains(tmp_path, LABOUR, DESIGN, by=BY, lonely_psu="adjust", engine=engine)
    pd.testing.assert_frame_equal(batched, once, rtol=1e-11, atol=1e-11)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_weights_told_by_footers_are_as_those_read(engine, sample, parquet, tmp_path, monkeypatch):
    read = {"engine": engine, "standard_errors": False}
    told = reduce_survey(parquet, [unemployment_rate()], DESIGN, [], **read)
    monkeypatch.setattr(scan, "value_range", lambda *_: None)
    found = reduce_survey(parquet, [unemployment_rate()], DESIGN, [], **read)
    assert told.exponents == found.exponents
    assert {name: list(sums) for name, sums in told.sums.items()} == {
        name: list(sums) for name, sums in found.sums.items()
    }


@pytest.mark.sampled(3)
@pytest.mark.parametrize("weight", [np.nan, -1.0, np.inf, None])
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_an_unusable_weight_in_a_file_is_refused(engine, weight, sample, tmp_path):
    weights = [weight, *sample["ilo_wgt"][1:]]
    table = pa.table({"ilo_lfs": pa.array([3, *sample["ilo_lfs"][1:]], from_pandas=True), "ilo_wgt": weights})
    pq.write_table(table, tmp_path / "survey.parquet")
    with pytest.raises(ValueError, match=r"1 of 4800 persons have a missing, negative or infinite 'ilo_wgt'"):
        estimate_domains(
            tmp_path, ["unemployment_rate"], SurveyDesign(), standard_errors=False, engine=engine
        )


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_an_answer_that_is_no_number_is_missing(engine, tmp_path):
    nan = float("nan")
    columns = {
        "ilo_lfs": [1.0, 2.0, 1.0, nan, 2.0, 1.0],
        "ilo_age": [20.0, 30.0, nan, 40.0, nan, 16.0],
        "ilo_edu_attendance": [2.0, nan, 1.0, nan, 2.0, nan],
        "ilo_wgt": [1.0] * 6,
    }
    pq.write_table(pa.table(columns), tmp_path / "survey.parquet")
    asked = ["unemployment_rate", "neet_rate"]
    found = estimate_domains(
        tmp_path, asked, SurveyDesign(), by=[age_bands()], standard_errors=False, engine=engine
    )
    rows = zip(found["indicator"], found["age"], found["n"], found["value"], strict=True)
    assert [row for row in rows if row[2]] == [
        ("unemployment_rate", "_T", 3, 33.33333333333333),
        ("unemployment_rate", "Y15T24", 2, 0.0),
        ("unemployment_rate", "Y25T54", 1, 100.0),
        ("neet_rate", "_T", 2, 0.0),
        ("neet_rate", "Y15T24", 2, 0.0),
    ]


@pytest.mark.slow
def test_a_lazy_frame_is_read_in_batches_too(parquet, sample, monkeypatch):
    once = estimate_domains(sample, LABOUR, DESIGN, by=BY, lonely_psu="adjust")
    monkeypatch.setattr(batching, "PASS_ROWS", len(sample) // 4)
    monkeypatch.setattr(batching, "PASSES", 3)
    for lazy in (pl.scan_parquet(parquet), duckdb.read_parquet(str(parquet))):
        assert len(independent_batches(lazy, DESIGN.survey)) == 2
        assert independent_batches(lazy, ("country", "round")) == [lazy]
        found = estimate_domains(lazy, LABOUR, DESIGN, by=BY, lonely_psu="adjust")
        pd.testing.assert_frame_equal(found, once, rtol=1e-11, atol=1e-11)


@pytest.mark.slow
def test_another_sample_would_be_seen(expected):
    with pytest.raises(AssertionError):
        assert_same(estimate_domains(synthetic_population().draw(4), LABOUR, DESIGN, by=BY), expected)


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_numbers(parquet, sample, expected):
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with cluster, distributed.Client(cluster):
        assert_same(estimate_domains(parquet, LABOUR, DESIGN, by=BY, engine="dask"), expected)
        assert_same_totals(parquet, "dask", expected)


@pytest.mark.slow
@pytest.mark.needs_java
def test_a_spark_cluster_gives_the_same_numbers(parquet, expected):
    session = pytest.importorskip("pyspark.sql").SparkSession
    spark = session.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        assert_same(estimate_domains(parquet, LABOUR, DESIGN, by=BY, engine="pyspark"), expected)
        assert_same_totals(parquet, "pyspark", expected)
    finally:
        spark.stop()


def test_weights_are_not_rounded_to_the_kind_of_the_first_file(sample, tmp_path):
    """Whole weights in one file, decimal ones in the next: DuckDB would read both as whole numbers."""
    half = len(sample) // 2
    parts = [sample[:half].assign(ilo_wgt=(sample["ilo_wgt"][:half] * 10).round().astype(int)), sample[half:]]
    files = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for part, path in zip(parts, files, strict=True):
        part.to_parquet(path)
    asked = (["unemployment_rate"], SurveyDesign(stratum="stratum", psu="psu", survey=("country", "year")))
    found = estimate_domains(files, *asked, engine="duckdb")
    expected = estimate_domains(pd.concat(parts), *asked)
    assert found["denominator"].to_numpy() == pytest.approx(expected["denominator"].to_numpy(), rel=1e-12)
