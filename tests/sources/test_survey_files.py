"""Files that cannot be read: one sentence with the file's name, and what helps, on every engine."""

import gzip
import random

import pandas as pd
import pyreadstat
import pytest

from analysis.sources import mapping, microdata
from analysis.sources.survey_files import KINDS, UnreadableSurvey, in_one_sentence

ENGINES = ("pandas", "polars", "duckdb")
PERSONS = pd.DataFrame({"lfs": [1, 2, 3] * 400, "w": [1.5, 2.0, 0.25] * 400, "place": ["a", "bb", "c"] * 400})
MAPPED = mapping.from_tables({"variables": {"ilo_lfs": {"column": "lfs"}, "ilo_wgt": {"column": "w"}}})


def written(kind: str, folder) -> bytes:
    path = folder / f"sound{kind}"
    if kind == ".parquet":
        PERSONS.to_parquet(path)
    elif kind in (".csv", ".csv.gz", ".tsv", ".tsv.gz"):
        PERSONS.to_csv(path, index=False, sep="\t" if ".tsv" in kind else ",")
    elif kind == ".dta":
        pyreadstat.write_dta(PERSONS, str(path))
    else:
        pyreadstat.write_sav(PERSONS, str(path), compress=kind == ".zsav")
    return path.read_bytes()


DAMAGE = {
    "empty": lambda sound: b"",
    "first bytes": lambda sound: sound[:10],
    "cut off": lambda sound: sound[: len(sound) * 2 // 3],
    "end missing": lambda sound: sound[:-9],
    "noise": lambda sound: random.Random(1).randbytes(600),
    "zeros": lambda sound: bytes(900),
}


@pytest.mark.sampled(6)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if "sv" not in kind or kind == ".csv.gz"])
def test_a_damaged_file_is_told_by_name(tmp_path, kind, damage, engine):
    if (kind, damage) == (".dta", "end missing"):
        pytest.skip("the last bytes of a Stata file hold no persons")
    path = tmp_path / f"damaged{kind}"
    path.write_bytes(DAMAGE[damage](written(kind, tmp_path)))
    with pytest.raises(UnreadableSurvey, match=rf"damaged{kind}: (cannot be read|the file is empty)") as told:
        microdata.survey(path, MAPPED, engine=engine)
    assert "\n" not in str(told.value)


def _said_persons(content: bytes, kind: str, number: int) -> bytes:
    """Return a Stata or SPSS file that says that it holds so many persons."""
    place, size = (content.index(b"<N>") + 3, 8) if kind == ".dta" else (80, 4)
    return content[:place] + number.to_bytes(size, "little") + content[place + size :]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", [".sav", ".zsav", ".dta"])
def test_no_memory_is_taken_for_persons_that_a_file_cannot_hold(tmp_path, kind, engine):
    sound = written(kind, tmp_path)
    path = tmp_path / f"many{kind}"
    path.write_bytes(_said_persons(sound, kind, 1_000_000_000))
    with pytest.raises(UnreadableSurvey, match=r"1,000,000,000 persons, for which its [\d,]+ bytes are too"):
        microdata.survey(path, MAPPED, engine=engine)
    path.write_bytes(_said_persons(sound, kind, len(PERSONS)))
    assert len(microdata.survey(path, MAPPED, engine="pandas")) == len(PERSONS)


def test_a_panic_of_polars_is_told_in_one_sentence():
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})
    with (
        pytest.raises(UnreadableSurvey, match=r"^a\.parquet: cannot be read: Polars broke off; the file"),
        in_one_sentence("a.parquet"),
    ):
        raise panic("assertion failed")
    with pytest.raises(KeyboardInterrupt), in_one_sentence("a.parquet"):
        raise KeyboardInterrupt


def test_what_pandas_noted_in_a_parquet_file_may_be_damaged(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    persons = pa.table({"lfs": [1, 2], "w": [1.0, 2.0]}).replace_schema_metadata({"pandas": '{"index": ['})
    pq.write_table(persons, tmp_path / "survey.parquet")
    assert len(microdata.survey(tmp_path / "survey.parquet", MAPPED, engine="pandas")) == 2


TEXTS = {
    "a line too long": (b"lfs,w\n1,2\n1,2,3\n", "names 2 columns, but there is a line of 3 columns: '1,2,3'"),
    "every line too long": (b"lfs,w\n1,2,3\n1,2,3\n", "names 2 columns, but there is a line of 3"),
    "a line too short": (b"lfs,w\n1,2\n1\n", "a line of 1 columns: '1'"),
    "a quote left open": (b'lfs,w\n1,2\n"1,2\n', "line 3: a quote is opened and never closed"),
    "semicolons": (b"lfs;w\n1;2\n", "holds no ',' but ';'; name it by --delimiter \";\""),
    "Latin-1": ("lfs,w\n1,2\nñ,2\n".encode("latin-1"), "not utf-8; name its encoding by --encoding"),
    "Latin-1 names": ("lfs,w,año\n1,2,3\n".encode("latin-1"), "not utf-8; name its encoding by --encoding"),
    "UTF-16": ("lfs,w\n1,2\n".encode("utf-16"), "the text is UTF-16"),
    "a blank first line": (b"\nlfs,w\n1,2\n", "the first line is blank"),
    "a name twice": (b"lfs,w,w\n1,2,3\n", "column 'w' stands twice"),
    "carriage returns": (b"lfs,w\r1,2\r", "carriage returns alone"),
}


@pytest.mark.sampled(11)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_file_that_is_not_as_expected_is_told(tmp_path, text, engine):
    content, said = TEXTS[text]
    for name, whole in (("survey.csv", content), ("survey.csv.gz", gzip.compress(content))):
        path = tmp_path / name
        path.write_bytes(whole)
        with pytest.raises(UnreadableSurvey) as told:
            microdata.survey(path, MAPPED, engine=engine)
        assert said in str(told.value)
        assert str(told.value).startswith(str(path))


@pytest.mark.sampled
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("content", [b"lfs,w", b"lfs,w\n", b"lfs,w\n\n"])
def test_a_header_alone_holds_no_persons(tmp_path, content, engine):
    path = tmp_path / "survey.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableSurvey, match=r"survey\.csv: holds no persons, only the names"):
        microdata.survey(path, MAPPED, engine=engine)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("content", [b"lfs,w\n1,2\n\n2,3\n\n", b"\xef\xbb\xbflfs,w\r\n1,2\r\n2,3"])
def test_blank_lines_and_marks_of_windows_are_no_persons(tmp_path, content, engine):
    import narwhals as nw

    path = tmp_path / "survey.csv"
    path.write_bytes(content)
    found = nw.from_native(microdata.survey(path, MAPPED, engine=engine)).lazy().collect("pandas").to_native()
    assert sorted(found["ilo_lfs"]) == [1, 2]


def test_a_folder_of_different_columns_is_told(tmp_path):
    (tmp_path / "a.csv").write_text("lfs,w\n1,2\n")
    (tmp_path / "b.csv").write_text("lfs,weight\n1,2\n")
    with pytest.raises(
        UnreadableSurvey, match=r"b.csv: its columns are not those of a.csv; differing: w, weight"
    ):
        microdata.survey(tmp_path, MAPPED)


def test_a_form_that_is_not_known_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("lfs,w\n1,2\n")
    for form, said in (
        ({"encoding": "latin-17"}, "'latin-17' is not known"),
        ({"delimiter": ";;"}, "one character"),
    ):
        survey = mapping.from_tables(
            {"survey": form, "variables": {"ilo_lfs": {"column": "lfs"}, "ilo_wgt": {"column": "w"}}}
        )
        with pytest.raises(UnreadableSurvey, match=said):
            microdata.survey(path, survey)
