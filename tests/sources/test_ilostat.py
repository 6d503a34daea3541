"""ILOSTAT files: both dialects, codes kept, projections told apart, copies in Parquet."""

import gzip
from pathlib import Path

import polars as pl
import pytest

from analysis.sources import ilostat, ilostat_cache

RECORDED = Path(__file__).parents[3] / "shared" / "data" / "ilostat_api"
recorded = pytest.mark.skipif(
    not RECORDED.exists(), reason="the folder shared/data is not beside the checkout"
)

BULK = """"ref_area","source","indicator","sex","classif1","classif2","time","obs_value","obs_status","note"
"NAM","BA:453","UNE_DEAP_SEX_AGE_GEO_RT","SEX_T","AGE_YTHADULT_YGE15","GEO_COV_NAT","2021",20.5,"B","R1:3513"
"NA","BA:453","EMP_TEMP_SEX_AGE_GEO_NB","SEX_M","AGE_YTHADULT_YGE15","GEO_COV_NAT","2021Q3",700.25,,
"X01","XA:8405","UNE_2EAP_SEX_AGE_RT","SEX_T","AGE_YTHADULT_YGE15",,"2026",4.8,,
"X01","XA:8405","UNE_2EAP_SEX_AGE_RT","SEX_T","AGE_YTHADULT_YGE15",,"2027",4.9,"U",
"FRA","BA:1","INJ_FATL_ECO_RT","SEX_T","ECO_AGGREGATE_TOTAL",,"2019",2.5,,
"""


@pytest.fixture
def bulk(tmp_path):
    path = tmp_path / "bulk.csv.gz"
    path.write_bytes(gzip.compress(BULK.encode()))
    return path


def test_bulk_is_tidied_and_keeps_codes_status_and_notes(bulk):
    found = ilostat.read_ilostat(bulk, edition=2026)
    assert found.columns[:10] == list(ilostat.TIDY)
    assert found["area"].to_list() == ["NAM", "NA", "X01", "X01", "FRA"]
    assert found["period"].to_list() == ["2021", "2021Q3", "2026", "2027", "2019"]
    assert found["value"].to_list() == [20.5, 700.25, 4.8, 4.9, 2.5]
    assert found["status"].to_list() == ["B", None, None, "U", None]
    assert found["basis"].to_list() == ["reported", "reported", "modelled", "projected", "reported"]
    assert found["unit"].to_list() == ["percent", "thousand_persons", "percent", "percent", None]
    assert found["age"].to_list() == ["AGE_YTHADULT_YGE15"] * 4 + [None]
    assert found["classif1"].to_list() == [None] * 4 + ["ECO_AGGREGATE_TOTAL"]
    assert found["classif2"].to_list() == ["GEO_COV_NAT", "GEO_COV_NAT", None, None, None]
    assert found["note"][0] == "R1:3513"


def test_a_file_without_sex_age_or_status_is_read(tmp_path):
    path = tmp_path / "plain.csv"
    path.write_text("ref_area,source,indicator,time,obs_value\nKEN,BA:1,SDG_0552_NOC_RT,2019,37.1\n")
    found = ilostat.read_ilostat(path, edition=2020).row(0, named=True)
    assert (found["sex"], found["age"], found["status"]) == (None, None, None)


def test_units_may_be_stated(bulk):
    found = ilostat.read_ilostat(bulk, edition=2026, units={"INJ_FATL_ECO_RT": "per_100000_workers"})
    assert found["unit"].to_list()[-2:] == ["percent", "per_100000_workers"]


@pytest.mark.parametrize(
    ("area", "source", "indicator", "basis"),
    [
        ("KEN", "BA:1", "UNE_DEAP_SEX_AGE_RT", "reported"),
        ("XKX", "BA:1", "UNE_DEAP_SEX_AGE_RT", "reported"),
        ("KEN", "XA:1", "UNE_DEAP_SEX_AGE_RT", "modelled"),
        ("KEN", "BA:1", "UNE_2EAP_SEX_AGE_RT", "modelled"),
        ("X01", "BA:1", "UNE_DEAP_SEX_AGE_RT", "modelled"),
    ],
)
def test_what_makes_a_value_modelled(tmp_path, area, source, indicator, basis):
    path = tmp_path / "one.csv"
    path.write_text(f"ref_area,source,indicator,time,obs_value\n{area},{source},{indicator},2019,1\n")
    assert ilostat.read_ilostat(path, edition=2020)["basis"].to_list() == [basis]


@pytest.mark.parametrize("edition", [2025, 2026, 2030])
def test_only_years_after_the_edition_are_projected(bulk, edition):
    found = ilostat.read_ilostat(bulk, edition=edition, areas=["X01"])
    expected = ["projected" if int(year) > edition else "modelled" for year in found["period"]]
    assert found["basis"].to_list() == expected


def test_codes_are_kept_only_when_asked_for(bulk):
    found = ilostat.read_ilostat(bulk, edition=2026, areas="X01", indicators=["UNE_2EAP_SEX_AGE_RT"])
    assert found["area"].to_list() == ["X01", "X01"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"areas": ["XXX", "FRA"]}, "no rows for area XXX"),
        ({"indicators": ["UNE"]}, "no rows for indicator UNE"),
        ({"areas": []}, "asks for nothing"),
    ],
)
def test_a_code_that_is_not_there_is_refused(bulk, asked, said):
    with pytest.raises(ValueError, match=said):
        ilostat.read_ilostat(bulk, edition=2026, **asked)


NOTED = "ref_area,source,indicator,time,obs_value,obs_status,note\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("ref_area.label,time,obs_value\nKenya,2019,1\n", "expected the columns"),
        ("<html>busy</html>", "expected the columns"),
        ("ref_area,source,indicator,time,obs_value\n", "a header and no rows"),
        (
            "ref_area,source,indicator,time,obs_value\nKEN,BA:1,X_RT,2019,many\n",
            "cannot be read as the columns",
        ),
        ("ref_area,source,indicator,time,obs_value,x,x\nKEN,BA:1,X_RT,2019,1,,\n", "names that differ"),
        (
            "ref_area,source,indicator,time,obs_value\nKEN,BA:1,X_RT,2019,1\nKEN,BA:1,X_R",
            "the last line has 3 cells, 5 expected: the file is cut off",
        ),
        (f"{NOTED}KEN,BA:1,X_RT,2019,1,,n\nKEN,BA:1,X_RT,2018,,\n", "the last line has 6 cells, 7 expected"),
        (f'{NOTED}KEN,BA:1,"X_RT,2019",1,,\n', "the last line has 6 cells, 7 expected"),
        (f"{NOTED}KEN,BA:1,X_RT,2019,1,R1:3513\nKEN,BA:1,X_RT,2018,2,B,n\n", "obs_status holds 'R1:3513'"),
        (f'{NOTED}KEN,BA:1,"X_RT,2019,1,,n\nKEN,BA:1,X_RT",2018,2,B,n\n', "3 lines hold 1 rows"),
        (f"{NOTED},BA:1,X_RT,2019,1,,n\n", "data row 1: ref_area is blank"),
        (f"{NOTED}KEN,BA:1,X_RT,4.184,,B,n\n", "time holds '4.184'; expected a year"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, text, said):
    path, packed = tmp_path / "bad.csv", tmp_path / "bad.csv.gz"
    path.write_text(text)
    packed.write_bytes(gzip.compress(text.encode()))
    for file in (path, packed) if "line" not in said else (path,):
        with pytest.raises(ValueError, match=said):
            ilostat.read_ilostat(file, edition=2026)


@pytest.mark.parametrize("content", [b"\xffref_area,time\n", b"ref_area,\rtime\nKEN,1\n"])
@pytest.mark.parametrize("suffix", ["csv", "csv.gz"])
def test_a_file_of_other_letters_or_cut_off_is_refused_with_its_name(tmp_path, content, suffix):
    path = tmp_path / f"bad.{suffix}"
    path.write_bytes(content)  # of the second suffix no gzip at all
    with pytest.raises(ValueError, match=r"bad\.csv"):
        ilostat.read_ilostat(path, edition=2026)
    whole = gzip.compress(NOTED.encode() + b"KEN,BA:1,X_RT,2019,1,,n\n" * 1000)
    (tmp_path / "cut.csv.gz").write_bytes(whole[:-20])
    with pytest.raises(ValueError, match=r"cut\.csv\.gz"):
        ilostat.read_ilostat(tmp_path / "cut.csv.gz", edition=2026)


def test_the_copy_is_keyed_by_content_and_gives_the_same_frame(bulk, tmp_path):
    copies = tmp_path / "copies"
    first = ilostat.read_ilostat(bulk, edition=2026, cache=copies)
    ilostat_cache.finish()
    assert len(list(copies.iterdir())) == 1
    second = ilostat.read_ilostat(bulk, edition=2026, cache=copies)
    assert first.equals(second)
    assert first.equals(ilostat.read_ilostat(bulk, edition=2026))
    assert ilostat.read_ilostat(bulk, edition=2026, areas=["NA"], cache=copies)["value"].to_list() == [700.25]
    bulk.write_bytes(gzip.compress(BULK.replace("20.5", "20.6").encode()))
    assert ilostat.read_ilostat(bulk, edition=2026, cache=copies)["value"][0] == 20.6
    ilostat_cache.finish()
    assert len(list(copies.iterdir())) == 2


def test_the_second_reading_does_not_open_the_text_again(bulk, tmp_path, monkeypatch):
    ilostat.read_ilostat(bulk, edition=2026, cache=tmp_path / "copies")
    ilostat_cache.finish()
    monkeypatch.setattr(ilostat, "_parsed", lambda path: pytest.fail("parsed again"))
    assert ilostat.read_ilostat(bulk, edition=2025, cache=tmp_path / "copies")["basis"][2] == "projected"


def test_a_copy_for_one_country_skips_row_groups(tmp_path):
    rows = 300_000
    areas = pl.Series([f"A{number:02d}" for number in range(60)]).gather([i // 5000 for i in range(rows)])
    frame = pl.DataFrame({"indicator": "X_RT", "area": areas, "value": 1.0})
    ilostat_cache.write_behind(frame, tmp_path / "c.parquet")
    ilostat_cache.finish()
    import pyarrow.parquet as pq

    written = pq.ParquetFile(tmp_path / "c.parquet").metadata
    assert written.num_row_groups > 1
    column = [written.schema.column(i).name for i in range(3)].index("area")
    assert written.row_group(0).column(column).statistics.max < "A59"


@recorded
def test_recorded_bulk_world_unemployment():
    found = ilostat.read_ilostat(RECORDED / "rplumber_une-deap-sex-age-rt-a.csv", edition=2025)
    world = found.filter(area="X01")
    assert world.filter(period="2019")["value"].item() == 5.587
    assert dict(zip(world["period"], world["basis"], strict=True))["2026"] == "projected"
    assert dict(zip(world["period"], world["basis"], strict=True))["2025"] == "modelled"
    assert found.filter(area="USA")["basis"].unique().to_list() == ["reported"]
    assert found.filter(area="KEN", period="2005")["note_indicator"].item() == "I11:264"


@recorded
def test_recorded_sdmx():
    found = ilostat.read_ilostat(RECORDED / "sdmx_probe-UNE_DEAP_SEX_AGE_RT.csv", edition=2025)
    assert found["indicator"].unique().to_list() == ["UNE_DEAP_SEX_AGE_RT"]
    assert found.select("sex", "age", "value", "unit", "basis").rows() == [
        ("SEX_T", "AGE_YTHADULT_YGE15", 8.9, "percent", "reported"),
        ("SEX_M", "AGE_YTHADULT_YGE15", 8.6, "percent", "reported"),
    ]
    assert found["source"][0] == "LFS - Labour Force Survey"
    assert ilostat.dialect(RECORDED / "sdmx_probe-SDG_0552_NOC_RT.csv") == "sdmx"


@recorded
def test_recorded_best_source_is_kept():
    found = ilostat.read_ilostat(RECORDED / "rplumber_une-deap-best-source-all.csv", edition=2025)
    assert found.filter(period="2019").select("value", "best_source").rows() == [(5.014, "1"), (3.171, "0")]


def test_a_blank_between_quotation_marks_is_missing(tmp_path):
    path = tmp_path / "blank.csv"
    path.write_text(f'{NOTED}KEN,BA:1,X_RT,2019,1,"",""\n')
    read = ilostat.read_ilostat(path, edition=2026)
    assert read.select("status", "note").row(0) == (None, None)


def test_a_number_of_one_quotation_mark_is_told(tmp_path):
    """Polars stops in Rust, which is no error of Python's."""
    path = tmp_path / "odd.csv"
    path.write_text('ref_area,source,indicator,time,obs_value\nKEN,BA:1,X_RT,2019,"')
    with pytest.raises(ValueError, match=r"odd\.csv"):
        ilostat.read_ilostat(path, edition=2026)
