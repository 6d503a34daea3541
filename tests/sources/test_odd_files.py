"""Odd files of the world and of attackers: the right persons or a refusal, alike on every engine."""

import gzip
import io
import math
import os

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from odd_texts import CASES

from analysis.sources import csv_marks, mapping, microdata
from analysis.sources.survey_breaches import SurveyError
from analysis.sources.survey_files import UnreadableSurvey

ENGINES = ("pandas", "polars", "duckdb")
MAPPED = {"ilo_lfs": {"column": "lfs"}, "ilo_wgt": {"column": "w"}}
SOUND = [(1, 2), (2, 3)]


def persons(path, engine: str, survey: dict, further: dict) -> list[tuple]:
    read = microdata.survey(
        path, mapping.from_tables({"survey": survey, "variables": MAPPED | further}), engine=engine
    )
    rows = nw.from_native(read).lazy().collect("pyarrow").rows()
    return [tuple(None if isinstance(v, float) and math.isnan(v) else v for v in row) for row in rows]


def agrees(expected, path, engine, survey=None, further=None) -> None:
    if isinstance(expected, list):
        assert persons(path, engine, survey or {}, further or {}) == expected
        return
    with pytest.raises((SurveyError, UnreadableSurvey)) as told:
        persons(path, engine, survey or {}, further or {})
    assert expected in str(told.value)


@pytest.mark.sampled(6)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES)
def test_an_odd_text_is_read_right_or_told(tmp_path, case, engine):
    content, survey, further, expected = CASES[case]
    path = tmp_path / survey.get("file", "s.csv")
    path.write_bytes(content)
    agrees(expected, path, engine, {key: said for key, said in survey.items() if key != "file"}, further)


@pytest.mark.sampled(7)
@pytest.mark.parametrize("together", [3, 4, 5, 7, 1 << 24])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'lfs,w,n\r\n1,2,"a ""b"" ""c"""\r\n2,3,""\r\n', True),
        (b'\xef\xbb\xbf"lfs",w\n"1",2\n', True),
        (b'lfs,w\n"1","2"', True),
        ('lfs,w,n\n1,2,"ñ€𝄞"\n'.encode(), True),
        (b"lfs,w\r\n1,2\n", False),
        (b"lfs,w\n1,2\r2,3\n", False),
        (b'lfs,w,n\r\n1,2,"a\nb"\r\n', False),
        (b'lfs,w,n\n1,2,a"\n', "line 2: a quote stands inside"),
        (b'lfs,w,n\n1,2,x\n1,2, "a"\n', "line 3: a quote stands inside"),
        (b'lfs,w,n\n1,2,"a" \n', "line 2: a quote stands inside"),
        (b'lfs,w,n\n1,2,"a""\n1,2,x\n', "line 2: a quote is opened and never closed"),
        (b'lfs,w,n\n1,2,"a\n1,2,x\n1,2,y\n', "line 2: a quote is opened and never closed"),
        (b"lfs,w\n1,\xc3", "not utf-8"),
        (b"lfs,w\n1,\xff\n", "not utf-8"),
    ],
)
def test_marks_are_checked_wherever_blocks_end(tmp_path, monkeypatch, together, content, said):
    monkeypatch.setattr(csv_marks, "TOGETHER", together)
    for path, written in (
        (tmp_path / "s.csv", content),
        (tmp_path / "s.csv.gz", gzip.compress(content)),
    ):
        path.write_bytes(written)
        if isinstance(said, bool):
            assert csv_marks.check_marks(path, ",", True) is said
        else:
            with pytest.raises(UnreadableSurvey, match=said):
                csv_marks.check_marks(path, ",", True)


def test_columns_that_differ_by_capitals_are_told_apart_or_refused(tmp_path):
    path = tmp_path / "s.csv"
    path.write_bytes(b"lfs,LFS,w\n1,2,3\n")
    agrees([(1, 3)], path, "pandas")
    agrees([(1, 3)], path, "polars")
    agrees("differ by capitals alone", path, "duckdb")
    table = pd.DataFrame({"lfs": [1], "LFS": [2], "w": [3]})
    table.to_parquet(path.with_suffix(".parquet"))
    pyreadstat.write_dta(table, str(path.with_suffix(".dta")))
    for other in (path.with_suffix(".parquet"), path.with_suffix(".dta")):
        agrees([(1, 3)], other, "pandas")
        agrees("columns 'lfs', 'LFS' differ by capitals alone", other, "duckdb")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("where", ["keep", "psu", "ilo_age"])
def test_a_column_of_lists_is_told(tmp_path, engine, where):
    path = tmp_path / "s.parquet"
    pq.write_table(pa.table({"lfs": [1, 2], "w": [2, 3], "n": [[1], [2, 3]]}), path)
    survey, further = ({"keep": ["n"]}, {}) if where == "keep" else ({}, {where: {"column": "n"}})
    agrees("column 'n' is List(Int64); expected one value a person", path, engine, survey, further)


def test_a_folder_that_holds_a_column_in_its_names_is_refused(tmp_path):
    for year in (2019, 2020):
        (tmp_path / f"year={year}").mkdir()
        pd.DataFrame({"lfs": [1], "w": [2]}).to_parquet(tmp_path / f"year={year}" / "part.parquet")
    agrees("folder 'year=2019' of a partitioned data set, whose column 'year' is not in", tmp_path, "pandas")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_line_may_be_long(tmp_path, engine):
    path = tmp_path / "s.csv"
    path.write_bytes(b"lfs,w,n\n1,2," + b"a" * (5 << 20) + b"\n2,3,b\n")
    agrees(SOUND, path, engine)


WEIGHTS = pa.array([2, 3])
TABLES = {
    "index named": (pd.DataFrame({"lfs": [1, 2], "w": [2.0, 3.0]}).set_index("w"), SOUND),
    "categories": (pd.DataFrame({"lfs": pd.Categorical(["1", "2"]), "w": [2, 3]}), SOUND),
    "categories of numbers": (pd.DataFrame({"lfs": pd.Categorical([1, 2]), "w": [2, 3]}), SOUND),
    "truth": (pd.DataFrame({"lfs": [True, False], "w": [2, 3]}), "codes that are not harmonised"),
    "decimals": (pa.table({"lfs": [1, 2], "w": WEIGHTS.cast(pa.decimal128(21, 2))}), SOUND),
    "small numbers": (pa.table({"lfs": pa.array([1, 2], pa.uint8()), "w": WEIGHTS}), SOUND),
    "half floats": (pa.table({"lfs": [1, 2], "w": pa.array(np.array([2, 3], dtype=np.float16))}), SOUND),
    "a column without answers": (pa.table({"lfs": pa.nulls(2), "w": WEIGHTS}), [(None, 2), (None, 3)]),
    "weights without answers": (pa.table({"lfs": [1, 2], "w": pa.nulls(2)}), "weight missing"),
    "NaN beside missing": (pa.table({"lfs": [math.nan, None], "w": WEIGHTS}), [(None, 2), (None, 3)]),
    "truth or nothing": (pa.table({"lfs": pa.array([True, None]), "w": WEIGHTS}), [(1, 2), (None, 3)]),
    "infinity as a code": (pa.table({"lfs": [math.inf, 1], "w": WEIGHTS}), "inf × 1"),
    "no rows": (pa.table({"lfs": pa.array([], pa.int64()), "w": pa.array([], pa.int64())}), "no persons"),
    "days": (pa.table({"lfs": WEIGHTS.cast(pa.timestamp("s")), "w": WEIGHTS}), "expected numbers or text"),
    "lists": (pa.table({"lfs": [[1], [2]], "w": WEIGHTS}), "expected one value a person"),
    "structures": (pa.table({"lfs": [{"a": 1}, {"a": 2}], "w": WEIGHTS}), "expected one value a person"),
    "bytes": (pa.table({"lfs": [b"1", b"2"], "w": WEIGHTS}), "expected numbers or text"),
    "large text": (pa.table({"lfs": pa.array(["1", "2"], pa.large_string()), "w": ["2", "3"]}), SOUND),
    "text by views": (pa.table({"lfs": pa.array(["1", "2"], pa.string_view()), "w": WEIGHTS}), SOUND),
    "a dictionary": (pa.table({"lfs": pa.array(["1", "2"]).dictionary_encode(), "w": WEIGHTS}), SOUND),
    "a name twice": (
        pa.Table.from_arrays([WEIGHTS, WEIGHTS, WEIGHTS], names=["lfs", "lfs", "w"]),
        "'lfs' stands twice",
    ),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", TABLES)
def test_an_odd_table_is_read_right_or_told(tmp_path, case, engine):
    table, expected = TABLES[case]
    table = pa.Table.from_pandas(table) if isinstance(table, pd.DataFrame) else table
    out = io.BytesIO()
    pq.write_table(table, out)
    path = tmp_path / "s.parquet"
    path.write_bytes(out.getvalue())
    agrees(expected, path, engine)


COMPRESSED = {
    "two members": (gzip.compress(b"lfs,w\n1,2\n") + gzip.compress(b"2,3\n"), SOUND),
    "nothing in it": (gzip.compress(b""), "the first line is blank"),
    "a header alone": (gzip.compress(b"lfs,w\n"), "no persons"),
    "compressed twice": (gzip.compress(gzip.compress(b"lfs,w\n1,2\n")), "is no text but compressed by gzip"),
    "garbage after": (gzip.compress(b"lfs,w\n1,2\n") + b"garbage", "damaged or cut off"),
    "a wrong sum": (gzip.compress(b"lfs,w\n1,2\n")[:-8] + bytes(8), "damaged or cut off"),
    "a byte less": (gzip.compress(b"lfs,w\n1,2\n2,3\n")[:-1], "cut off"),
    "plain text": (b"lfs,w\n1,2\n", "damaged or cut off"),
}


@pytest.mark.sampled(8)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", COMPRESSED)
def test_an_odd_compressed_file_is_read_right_or_told(tmp_path, case, engine):
    content, expected = COMPRESSED[case]
    path = tmp_path / "s.csv.gz"
    path.write_bytes(content)
    agrees(expected, path, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_odd_statistics_file_is_read_right_or_told(tmp_path, engine):
    answers = pd.DataFrame({"lfs": [1.0, 2.0, 8.0], "w": [2.0, 3.0, 4.0]})
    path = tmp_path / "s.dta"
    pyreadstat.write_dta(answers, str(path), variable_value_labels={"lfs": {8: "refused"}})
    agrees("8 “refused” × 1", path, engine)
    agrees("cannot be read", path, engine, {"encoding": "klingon"})
    cut = tmp_path / "cut.dta"
    cut.write_bytes(path.read_bytes()[:200])
    agrees("cut.dta: cannot be read", cut, engine)
    renamed = tmp_path / "s.sav"
    renamed.write_bytes(path.read_bytes())
    agrees("s.sav: cannot be read", renamed, engine)


LONG = 2**60
IDENTIFIED = {
    "decimals that are whole": (pa.array([LONG, LONG + 1], pa.int64()).cast(pa.decimal128(38, 0)), True),
    "whole numbers": (pa.array([LONG, LONG + 1], pa.int64()), True),
    "numbers without a sign": (pa.array([LONG, LONG + 1], pa.uint64()), True),
    "floating-point numbers": (pa.array([float(LONG), float(LONG)]), False),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", IDENTIFIED)
def test_long_identifiers_keep_their_digits_or_are_refused(tmp_path, case, engine):
    units, kept = IDENTIFIED[case]
    path = tmp_path / "s.parquet"
    pq.write_table(pa.table({"lfs": [1, 2], "w": WEIGHTS, "u": units}), path)
    further = {"psu": {"column": "u"}}
    if kept:
        read = persons(path, engine, {}, further)
        assert [str(unit) for *_, unit in read] == [str(LONG), str(LONG + 1)]
    else:
        agrees("psu: a floating-point number of more than 15 digits", path, engine, {}, further)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("units", "kept"), [
    (np.array([123456789, 123456790], dtype=np.float32), False),
    (np.array([7001, 7002], dtype=np.float32), True),
    (np.array([2.0**53, 2.0**53 + 2]), False), (np.array([123456789.0, 123456790.0]), True),
])  # fmt: skip
@pytest.mark.parametrize("ending", ["dta", "sav", "parquet"])
def test_units_that_a_floating_point_number_cannot_tell_apart_are_refused(
    tmp_path, engine, units, kept, ending
):
    """Stata's default kind is of single precision, in which 123456789 and 123456790 are one number."""
    path = tmp_path / f"s.{ending}"
    table = pd.DataFrame({"lfs": [1, 2], "w": [2.0, 3.0], "u": units})
    if ending == "dta":
        table.to_stata(path, write_index=False)
    elif ending == "sav":
        pyreadstat.write_sav(table, str(path))
        kept |= units.dtype == np.float32  # SPSS holds every number in double precision
    else:
        table.to_parquet(path)
    further = {"psu": {"column": "u"}}
    if kept:
        assert [float(unit) for *_, unit in persons(path, engine, {}, further)] == units.tolist()
    else:
        agrees("psu: a floating-point number of more than 15 digits", path, engine, {}, further)


@pytest.mark.parametrize("engine", ENGINES)
def test_decimals_and_implied_ones_are_the_nearest_numbers(tmp_path, engine):
    weights = np.random.default_rng(1).uniform(50, 2500, 500).round(4)
    whole = pa.array(np.round(weights * 10_000).astype(np.int64))
    decimals = pa.array(weights).cast(pa.decimal128(12, 4))
    path = tmp_path / "s.parquet"
    pq.write_table(pa.table({"lfs": [1] * 500, "w": decimals, "i": whole}), path)
    read = persons(path, engine, {}, {"hourly_earnings": {"column": "i", "implied_decimals": 4}})
    assert [row[1:] for row in read] == [(w, w) for w in weights]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("held", [np.float64, np.float32])
def test_a_missing_code_with_decimals_is_one_in_numbers_too(tmp_path, engine, held):
    path = tmp_path / "s.parquet"
    pq.write_table(pa.table({"lfs": [1, 2], "w": WEIGHTS, "h": np.array([99.9, 40.5], dtype=held)}), path)
    further = {"ilo_joball_how_usual": {"column": "h", "missing": [99.9]}}
    agrees([(1, 2, None), (2, 3, 40.5)], path, engine, {}, further)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "s.csv"
    os.mkfifo(path)
    agrees("is a pipe or a device", path, "pandas")


WHOLE = [(1, 2, 10.5), (2, 3, 20.25), (1, 4, 30), (2, 5, 40)]
FIRST_FILE = pd.DataFrame({"lfs": [1, 2], "w": [2, 3], "h": [10.5, 20.25]})
NEXT_FILE = pd.DataFrame({"lfs": [1, 2], "w": [4, 5], "h": [30.0, 40.0]})
UNLIKE_FILES = {
    "columns in another order": lambda next_file: next_file[["h", "w", "lfs"]],
    "whole numbers where decimals were": lambda next_file: next_file.astype({"h": int}),
    "text where numbers were": lambda next_file: next_file.astype({"lfs": str}),
    "decimals where whole numbers were": lambda next_file: next_file.astype({"w": float}),
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", ["csv", "parquet", "dta"])
@pytest.mark.parametrize("case", UNLIKE_FILES)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_files_of_one_survey_are_put_together_by_name(tmp_path, case, kind, engine, turned):
    """Two weights swapped by their place, or rounded to the first file's kind, would be a wrong number."""
    parts = [FIRST_FILE, UNLIKE_FILES[case](NEXT_FILE)]
    for name, part in zip("ba" if turned else "ab", parts, strict=True):
        path = tmp_path / f"{name}.{kind}"
        if kind == "csv":
            part.to_csv(path, index=False)
        elif kind == "parquet":
            part.to_parquet(path)
        else:
            pyreadstat.write_dta(part, str(path))
    further = {"hourly_earnings": {"column": "h"}}
    assert sorted(persons(tmp_path, engine, {}, further)) == sorted(WHOLE)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_weight_of_decimals_is_not_rounded_to_the_whole_numbers_before_it(tmp_path, engine):
    for name, weight in (("a", [2, 3]), ("b", [2.5, 3.25])):
        pd.DataFrame({"lfs": [1, 2], "w": weight}).to_parquet(tmp_path / f"{name}.parquet")
    assert sorted(persons(tmp_path, engine, {}, {})) == [(1, 2), (1, 2.5), (2, 3), (2, 3.25)]
