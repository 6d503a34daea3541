"""Survey files of every kind, on every engine, and what is refused of them."""

from pathlib import Path

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sources import mapping, microdata, statistics_files
from analysis.sources.survey_breaches import SurveyError
from analysis.sources.survey_files import UnreadableSurvey

CHILE = Path(__file__).parents[3] / "shared" / "data" / "chile_ene" / "chile_ene_2020_q1.csv.gz"
ENGINES = ("pandas", "polars", "duckdb")

PERSONS = pd.DataFrame(
    {
        "sexo": [1, 2, 2, 1],
        "edad": [15, 34, 99, 70],
        "status": [1, 8, 12, 0],
        "peso": [100.5, 0.0, 20.25, 30.0],
        "region": [1, 1, 2, 2],
        "ea": ["001", "002", "001", "010"],
        "pais": ["NA", "NA", "NA", "NA"],
    }
)
VARIABLES = {
    "country": {"column": "pais"},
    "year": {"value": 2020},
    "ilo_sex": {"column": "sexo", "codes": {"1": 1, "2": 2}},
    "ilo_age": {"column": "edad", "missing": [99]},
    "ilo_lfs": {"column": "status", "codes": {"1..7": 1, "8..9": 2, "10..28": 3}, "missing": [0]},
    "ilo_wgt": {"column": "peso"},
    "stratum": {"column": "region"},
    "psu": {"column": "ea"},
}
MAPPED = mapping.from_tables({"survey": {"title": "A survey"}, "variables": VARIABLES})
EXPECTED = {
    "country": ["NA"] * 4,
    "year": [2020] * 4,
    "ilo_sex": [1, 2, 2, 1],
    "ilo_age": [15, 34, None, 70],
    "ilo_lfs": [1, 2, 3, None],
    "ilo_wgt": [100.5, 0.0, 20.25, 30.0],
    "stratum": ["1", "1", "2", "2"],
    "psu": ["001", "002", "001", "010"],
}


def values(persons):
    frame = nw.from_native(persons).lazy().collect("polars").to_native()
    frame = frame.with_columns(pl.col("stratum").cast(pl.String).str.strip_suffix(".0"))
    return frame.fill_nan(None).sort("ilo_wgt", descending=True).to_dict(as_series=False)


IN_ORDER = pd.DataFrame(EXPECTED).astype(object).sort_values("ilo_wgt", ascending=False)
IN_ORDER = {c: [None if pd.isna(v) else v for v in IN_ORDER[c]] for c in IN_ORDER}


def write(kind, folder):
    path = folder / f"survey{kind}"
    if kind == ".parquet":
        PERSONS.to_parquet(path)
    elif kind in (".csv", ".csv.gz", ".tsv", ".tsv.gz"):
        PERSONS.to_csv(path, index=False, sep="\t" if ".tsv" in kind else ",")
    elif kind == ".dta":
        pyreadstat.write_dta(PERSONS, str(path))
    else:
        pyreadstat.write_sav(PERSONS, str(path), compress=kind == ".zsav")
    return path


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", microdata.KINDS)
def test_every_kind_on_every_engine_gives_the_same_survey(tmp_path, kind, engine):
    found = values(microdata.survey(write(kind, tmp_path), MAPPED, engine=engine))
    assert {name: found[name] for name in EXPECTED} == IN_ORDER


@pytest.mark.sampled
@pytest.mark.parametrize(
    "make", [lambda f: f, pl.from_pandas, lambda f: pl.from_pandas(f).lazy(), duckdb.from_df]
)
def test_a_frame_in_memory_keeps_its_engine(make):
    frame = make(PERSONS)
    found = microdata.survey(frame, MAPPED)
    assert type(found) is type(frame)
    assert {name: values(found)[name] for name in EXPECTED} == IN_ORDER


@pytest.mark.slow
def test_parquet_and_csv_stay_on_disk(tmp_path):
    for kind in (".parquet", ".csv"):
        path = write(kind, tmp_path)
        assert isinstance(microdata.survey(path, MAPPED, engine="polars"), pl.LazyFrame)
        assert isinstance(microdata.survey(path, MAPPED, engine="duckdb"), duckdb.DuckDBPyRelation)


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", [".parquet", ".csv", ".dta"])
def test_a_folder_is_one_survey(tmp_path, kind, engine):
    for year in ("2019", "2020"):
        (tmp_path / year).mkdir()
        write(kind, tmp_path / year)
    assert len(values(microdata.survey(tmp_path, MAPPED, engine=engine))["ilo_sex"]) == 8


def test_columns_kept_and_identifiers_joined():
    variables = VARIABLES | {"psu": {"columns": ["region", "ea"]}}
    mapped = mapping.from_tables({"survey": {"keep": ["edad"]}, "variables": variables})
    found = microdata.survey(PERSONS, mapped)
    assert found["psu"].tolist() == ["1|001", "1|002", "2|001", "2|010"]
    assert found["edad"].tolist() == [15, 34, 99, 70]


def test_letters_as_codes_and_implied_decimals():
    persons = PERSONS.assign(sexo=["M", "F", "F", "x"], peso=[10050, 0, 2025, 3000])
    variables = VARIABLES | {
        "ilo_sex": {"column": "sexo", "codes": {"M": 1, "F": 2}, "missing": ["x"]},
        "ilo_wgt": {"column": "peso", "implied_decimals": 2},
    }
    found = microdata.survey(pl.from_pandas(persons), mapping.from_tables({"variables": variables}))
    assert found["ilo_sex"].to_list() == [1, 2, 2, None]
    assert found["ilo_wgt"].to_list() == [100.5, 0.0, 20.25, 30.0]


BREACHES = [
    ({"sexo": [1, 3, 3, 4]}, "ilo_sex", r"codes not in the mapping of 'sexo': 3 × 2, 4 × 1 \(3 persons\)"),
    ({"status": [1, 29, 1, 1]}, "ilo_lfs", "29 × 1"),
    ({"edad": [15, -1, 34, 126]}, "ilo_age", r"out of range; expected 0 to 125 \(2 persons\)"),
    ({"edad": [15, 34.5, 34, 20]}, "ilo_age", "not a whole number"),
    ({"peso": [1.0, None, 1.0, None]}, "ilo_wgt", r"weight missing \(2 persons\)"),
    ({"peso": [1.0, -0.5, 1.0, 1.0]}, "ilo_wgt", "negative or infinite"),
    ({"peso": [1.0, float("inf"), 1.0, 1.0]}, "ilo_wgt", "negative or infinite"),
    ({"ea": ["1", None, "2", "3"]}, "psu", r"stratum without PSU \(1 person\)"),
    ({"region": [1, None, 2, 2]}, "stratum", "PSU without stratum"),
    ({"region": [1, None, 2, 2], "ea": ["1", None, "2", "3"]}, "psu", "neither stratum nor PSU"),
    ({"pais": ["NA", None, "NA", "NA"]}, "country", "every person needs one"),
]


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("changed", "variable", "said"), BREACHES, ids=[b[2][:24] for b in BREACHES])
def test_one_breach_is_told(tmp_path, changed, variable, said, engine):
    path = tmp_path / "bad.parquet"
    PERSONS.assign(**changed).to_parquet(path)
    with pytest.raises(SurveyError, match=said) as refused:
        microdata.survey(path, MAPPED, engine=engine)
    assert [breach.variable for breach in refused.value.breaches] == [variable]
    assert refused.value.breaches[0].examples


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_an_answer_that_is_no_number_is_missing(tmp_path, engine):
    def written(**changed: list) -> Path:
        table = pa.Table.from_pandas(PERSONS.assign(**{name: 1.0 for name in changed}))
        for name, numbers in changed.items():
            table = table.set_column(table.column_names.index(name), name, [pa.array(numbers)])
        pq.write_table(table, tmp_path / "survey.parquet")
        return tmp_path / "survey.parquet"

    found = microdata.survey(written(edad=[15.0, float("nan"), 34.0, 70.0]), MAPPED, engine=engine)
    ages = nw.from_native(found).lazy().select("ilo_age").collect("pyarrow").to_native()["ilo_age"]
    assert sorted(ages.to_pylist(), key=str) == [15, 34, 70, None]
    with pytest.raises(SurveyError, match=r"1 rule broken.*\n.*weight missing \(1 person\)"):
        microdata.survey(written(peso=[1.0, float("nan"), 1.0, 1.0]), MAPPED, engine=engine)


@pytest.mark.slow
def test_all_breaches_are_told_at_once_with_rows():
    bad = PERSONS.assign(
        sexo=[3, 1, 2, 5], edad=[15, 200, 34, 20], peso=[1.0, -1.0, None, 1.0], ea=["1", "2", None, "3"]
    )
    with pytest.raises(SurveyError, match="A survey: 5 rules broken; nothing was computed") as refused:
        microdata.survey(bad, MAPPED)
    told = str(refused.value)
    assert "row 1, sexo 3" in told
    assert "row 2, edad 200" in told
    assert "row 3, ea" in told


@pytest.mark.parametrize("kind", [".csv", ".parquet", ".dta"])
def test_an_absent_column_is_told_with_those_of_the_file(tmp_path, kind):
    variables = VARIABLES | {"ilo_sex": {"column": "sexos"}, "ilo_age": {"column": "Q17"}}
    with pytest.raises(SurveyError) as refused:
        microdata.survey(write(kind, tmp_path), mapping.from_tables({"variables": variables}))
    told = str(refused.value)
    assert "column 'sexos' is not in the survey; did you mean 'sexo'?; it holds sexo, edad, status" in told
    assert "column 'Q17' is not in the survey; it holds sexo, edad, status, peso, region, ea, pais" in told


def test_a_column_of_days_is_told():
    bad = PERSONS.assign(edad=pd.Timestamp("2020-01-01"))
    with pytest.raises(SurveyError, match=r"column 'edad' is Datetime.*; expected numbers or text"):
        microdata.survey(bad, MAPPED)


@pytest.mark.sampled
@pytest.mark.parametrize("make", [lambda f: f, pl.from_pandas, duckdb.from_df])
def test_a_survey_without_persons_is_refused(make):
    with pytest.raises(SurveyError, match="has no persons"):
        microdata.survey(make(PERSONS.head(0)), MAPPED)


def test_what_cannot_be_read_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        microdata.open_microdata(tmp_path / "absent.csv")
    with pytest.raises(ValueError, match="no survey file"):
        microdata.open_microdata(tmp_path)
    write(".csv", tmp_path)
    with pytest.raises(ValueError, match="does not read survey files"):
        microdata.open_microdata(tmp_path, engine="excel")
    write(".parquet", tmp_path)
    with pytest.raises(ValueError, match="found csv, parquet; expected files of one kind"):
        microdata.open_microdata(tmp_path)
    with pytest.raises(ValueError, match="named for a frame in memory"):
        microdata.open_microdata(PERSONS, engine="polars")
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(ValueError, match=r"unknown \(notes.txt\)"):
        microdata.open_microdata(tmp_path / "notes.txt")


@pytest.mark.slow
def test_a_statistics_file_is_copied_piece_by_piece(tmp_path, monkeypatch):
    monkeypatch.setattr(statistics_files, "ROWS_PER_PIECE", 3)
    source, target = write(".sav", tmp_path), tmp_path / "copy.parquet"
    assert statistics_files.to_parquet(source, target) == 4
    assert values(microdata.survey(target, MAPPED, engine="polars")) == values(
        microdata.survey(source, MAPPED)
    )
    with pytest.raises(FileExistsError, match="exists"):
        statistics_files.to_parquet(source, target)
    with pytest.raises(ValueError, match="expected a Stata or SPSS file"):
        statistics_files.to_parquet(target, tmp_path / "other.parquet")


@pytest.mark.parametrize(
    ("kind", "write_file"), [(".sav", pyreadstat.write_sav), (".dta", pyreadstat.write_dta)]
)
def test_a_copy_that_breaks_off_leaves_nothing(tmp_path, monkeypatch, kind, write_file):
    monkeypatch.setattr(statistics_files, "ROWS_PER_PIECE", 10)
    source = tmp_path / f"cut{kind}"
    write_file(pd.DataFrame({"peso": [1.37 * number for number in range(400)]}), str(source))
    source.write_bytes(source.read_bytes()[:-1600])
    with pytest.raises(UnreadableSurvey, match=rf"cut{kind}: cannot be read"):
        statistics_files.to_parquet(source, tmp_path / "copy.parquet")
    assert [path.name for path in tmp_path.iterdir()] == [source.name]


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 32), st.integers(-2, 130)), min_size=1, max_size=30))
def test_recoding_agrees_with_a_dictionary(answers):
    persons = pd.DataFrame(answers, columns=["status", "edad"]).assign(peso=1.0)
    variables = {name: VARIABLES[name] for name in ("ilo_lfs", "ilo_age", "ilo_wgt")}
    mapped = mapping.from_tables({"variables": variables})
    status = {0: None} | {c: 1 for c in range(1, 8)} | {8: 2, 9: 2} | {c: 3 for c in range(10, 29)}
    wrong_codes = sum(s not in status for s, _ in answers)
    wrong_ages = sum(not 0 <= a <= 125 for _, a in answers)
    for make in (lambda f: f, pl.from_pandas):
        if wrong_codes or wrong_ages:
            with pytest.raises(SurveyError) as refused:
                microdata.survey(make(persons), mapped)
            counts = {breach.variable: breach.count for breach in refused.value.breaches}
            assert counts.get("ilo_lfs", 0) == wrong_codes
            assert counts.get("ilo_age", 0) == wrong_ages
        else:
            found = nw.from_native(microdata.survey(make(persons), mapped))["ilo_lfs"].to_list()
            assert [None if f is None or f != f else int(f) for f in found] == [status[s] for s, _ in answers]


@pytest.mark.slow
@pytest.mark.skipif(not CHILE.exists(), reason="the folder shared/data is not beside the checkout")
@pytest.mark.parametrize("engine", ENGINES)
def test_chile(engine):
    variables = {
        "ilo_sex": {"column": "sexo", "codes": {"1": 1, "2": 2}},
        "ilo_lfs": {"column": "cae_especifico", "codes": {"1..7": 1, "8..9": 2, "10..28": 3}, "missing": [0]},
        "ilo_wgt": {"column": "fact_cal"},
        "stratum": {"column": "estrato_unico"},
        "psu": {"column": "conglomerado"},
    }
    found = nw.from_native(
        microdata.survey(CHILE, mapping.from_tables({"variables": variables}), engine=engine)
    )
    sums = found.lazy().group_by("ilo_lfs").agg(nw.col("ilo_wgt").sum()).collect("polars").rows()
    total = {int(lfs): weight for lfs, weight in sums if lfs is not None and lfs == lfs}
    assert round(100 * total[2] / (total[1] + total[2]), 1) == 8.2
