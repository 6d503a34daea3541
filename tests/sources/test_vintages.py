"""Vintages as registered: golden values of each World, and every dialect with its traps."""

import gzip
import hashlib
import io
import json
import re
import shutil
from datetime import datetime
from itertools import islice

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook

from analysis.sources.vintages import TIDY, VintageError, Vintages
from analysis.sources.vintages.population import population
from analysis.sources.vintages.text_columns import read_text_columns

WORLD = [
    ("un_sdg_2020_10", "unemployment_rate", "SEX_T", "YTHADULT_YGE15", "2018", "5.39", 2, "modelled"),
    ("un_sdg_2020_10", "unemployment_rate", "SEX_T", "YTHADULT_YGE15", "2019", "5.39", 2, "modelled"),
    ("un_sdg_2020_10", "unemployment_rate", "SEX_T", "YTHADULT_Y15-24", "2019", "13.62", 2, "modelled"),
    ("un_sdg_2020_10", "neet_rate", "SEX_F", "YTHADULT_Y15-24", "2019", "31.1", 1, "modelled"),
    ("un_sdg_2020_10", "neet_rate", "SEX_T", "YTHADULT_Y15-24", "2018", "22", 1, "modelled"),
    ("un_sdg_2021_12", "unemployment_rate", "SEX_T", "YTHADULT_YGE15", "2020", "6.5", 1, "modelled"),
    ("un_sdg_2021_12", "managers_female_share", "SEX_T", "YTHADULT_YGE15", "2019", "28.25", 2, "modelled"),
    ("un_sdg_2022_04", "unemployment_rate", "SEX_F", "YTHADULT_YGE15", "2021", "6.4", 1, "modelled"),
    ("un_sdg_2022_04", "unemployment_rate", "SEX_T", "YTHADULT_Y15-24", "2020", "15.2", 1, "modelled"),
    ("un_sdg_2022_04", "working_poverty_rate", "SEX_T", "YTHADULT_YGE15", "2021", "6.9", 1, "modelled"),
    ("un_sdg_2022_04", "neet_rate", "SEX_T", "YTHADULT_Y15-24", "2020", "23.34", 2, "modelled"),
    ("un_sdg_2022_04", "social_protection_coverage", "SEX_T", "TOTAL", "2020", "46.9", 1, "modelled"),
    ("un_sdg_2022_04", "child_labour_rate", "SEX_M", "Y5-17", "2020", "11.2", 1, "modelled"),
    ("world_bank_2022_02", "unemployment_rate", "SEX_T", "YTHADULT_YGE15", "2018", "5.38981", 5, "modelled"),
    ("world_bank_2022_12", "unemployment_rate", "SEX_F", "YTHADULT_YGE15", "2021", "6.35826", 5, "modelled"),
    ("world_bank_2022_12", "employment_population_ratio", "SEX_T", "YTHADULT_YGE15", "2021",
     "55.34575", 5, "modelled"),
    ("world_bank_2021_10", "unemployment_rate", "SEX_F", "YTHADULT_YGE15", "2018",
     "5.53201644761165", 14, "modelled"),
    ("world_bank_2026_04", "unemployment_rate", "SEX_T", "YTHADULT_YGE15", "2018",
     "5.75951966875999", 14, "modelled"),
    ("ilostat_2026_09", "unemployment_rate", "SEX_T", "YTHADULT_YGE15", "2018", "5.756", 3, "modelled"),
    ("ilostat_2026_09", "unemployment_rate", "SEX_T", "YTHADULT_YGE15", "2026", "4.861", 3, "projected"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("row", WORLD, ids=lambda row: "-".join(row[:5]))
def test_the_world_of_each_vintage(vintages, row):
    name, indicator, sex, age, period, text, decimals, basis = row
    rows = vintages.observations(name)
    keys = {"indicator": indicator, "area": vintages[name].world, "sex": sex, "age": age, "period": period}
    found = rows[(rows[list(keys)] == pd.Series(keys)).all(axis=1)]
    assert len(found) == 1
    one = found.iloc[0]
    assert (one["text"], one["decimals"], one["basis"], one["unit"]) == (text, decimals, basis, "percent")
    assert one["value"] == float(text)


ROWS = {
    "un_sdg_2020_10": 35107, "un_sdg_2021_12": 50850, "un_sdg_2022_04": 71964, "world_bank_2021_10": 32900,
    "world_bank_2022_02": 241, "world_bank_2022_12": 217, "world_bank_2026_04": 8211, "ilostat_2026_09": 52,
}  # fmt: skip


@pytest.mark.slow
def test_every_vintage_is_read_whole_and_described(vintages):
    assert {name: len(vintages.observations(name)) for name in vintages.names()} == ROWS
    for name in [*vintages.names(), *vintages.names("weights"), *vintages.names("areas")]:
        about = vintages[name].descriptor
        assert about["licenses"]
        assert about["address"].startswith("https://")
        assert about["attribution"]
        assert about["edition_from"]
        for resource in about["resources"]:
            assert vintages[name].path(resource).is_file()


def test_the_vintages_are_in_order_of_their_dates(vintages):
    names = vintages.names()
    assert names[0] == "un_sdg_2020_10"
    assert names[-1] == "ilostat_2026_09"


def test_the_folder_is_small(root):
    assert sum(path.stat().st_size for path in (root / "data" / "estimates").rglob("*")) < 4_000_000


def world_and_regions(rows, indicator, age):
    chosen = rows[(rows["indicator"] == indicator) & (rows["age"] == age) & (rows["sex"] == "SEX_T")]
    return chosen[chosen["area"].str.startswith("M49:")]


@pytest.mark.slow
def test_a_missing_region_has_no_row_and_is_not_zero(vintages):
    rows = vintages.observations("un_sdg_2022_04")
    poverty = world_and_regions(rows, "working_poverty_rate", "YTHADULT_YGE15")
    assert "M49:53" not in set(poverty["area"])
    europe = poverty[(poverty["area"] == "M49:513") & (poverty["period"] == "2021")]
    assert europe["value"].tolist() == [0]


@pytest.mark.slow
def test_aggregates_are_modelled_and_apart_from_countries(vintages):
    rows = vintages.observations("un_sdg_2022_04")
    uem = rows[rows["series"] == "SL_TLF_UEM"]
    groups = uem[uem["area"].str.contains(":")]
    assert groups["area"].nunique() == 47
    assert set(groups["basis"]) == {"modelled"}
    assert set(uem.loc[~uem["area"].str.contains(":"), "basis"]) == {"reported"}
    assert uem["area"].str.fullmatch(r"[A-Z]{3}|M49:\d+").all()


@pytest.mark.slow
def test_child_labour_stands_in_one_series_of_two(vintages):
    rows = vintages.observations("un_sdg_2022_04")
    world = rows[(rows["area"] == "M49:1") & (rows["period"] == "2020") & (rows["age"] == "Y5-17")]
    assert set(world["series"]) == {"SL_TLF_CHLDEC"}
    assert "children_in_economic_activity_rate" in set(rows["indicator"])


@pytest.mark.slow
def test_the_worlds_of_the_services_stay_apart_and_one_series_has_another_weighting(vintages):
    youth = []
    for name in ("un_sdg_2022_04", "world_bank_2022_02"):
        rows = vintages.observations(name)
        world = rows[(rows["area"] == vintages[name].world) & (rows["age"] == "YTHADULT_Y15-24")]
        chosen = world[(world["indicator"] == "unemployment_rate") & (world["sex"] == "SEX_T")]
        youth.append(chosen.set_index("period").loc["2018"])
    assert (youth[0]["area"], youth[1]["area"]) == ("M49:1", "WB:WLD")
    assert youth[1]["value"] - youth[0]["value"] > 1.5
    assert vintages.codes.of_series("worldbank", youth[1]["series"]).world == "own_weights"
    assert vintages.codes.of_series("unsdg", youth[0]["series"]).world == "custodian"


@pytest.mark.slow
def test_decimals_are_those_of_the_series_not_of_the_text(vintages):
    """The October 2020 file has two decimals, the one after it one; services drop a trailing zero."""
    for name, decimals in (("un_sdg_2020_10", 2), ("un_sdg_2021_12", 1)):
        rows = world_and_regions(vintages.observations(name), "unemployment_rate", "YTHADULT_YGE15")
        assert set(rows["decimals"]) == {decimals}
        assert rows["text"].str.fullmatch(r"\d+").any() or decimals == 2


@pytest.fixture
def project(tmp_path, root, codes):
    """Make a project with the code lists and one vintage of given files."""
    folder = tmp_path / "data" / "estimates"
    folder.mkdir(parents=True)
    for name in ("series.csv", "codes.csv", "areas.csv", "worldbank_titles.csv", "services.csv"):
        shutil.copy(root / "data" / "estimates" / name, folder)
    shutil.copytree(root / "data" / "estimates" / "m49", folder / "m49")

    def make(dialect, text, *, name="sample.csv", series="", service="unsdg", world="M49:1", after=2020):
        held = folder / "sample"
        held.mkdir(exist_ok=True)
        content = text if isinstance(text, bytes) else text.encode()
        content = gzip.compress(content) if name.endswith(".gz") else content
        (held / name).write_bytes(content)
        resource = {"path": name, "dialect": dialect, "series": series}
        resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
        about = {"title": "Sample", "service": service, "role": "estimates", "address": "https://x.org"}
        about |= {"date": "2021", "projected_after": after, "world": world, "resources": [resource]}
        about |= {"retrieved": "2021-05-01", "attribution": "X", "licenses": [{"name": "CC-BY-4.0"}]}
        (held / "datapackage.json").write_text(json.dumps(about))
        made = Vintages(tmp_path)
        made.codes.m49 = codes.m49  # a copy of the same file
        return made

    return make


OLD = (
    "age,geo_area,nature,sex,units,year,sl_tlf_uem\n"
    "15,1,m,bothsex,percent,2020,6.5\n15,004,c,male,percent,2021,7\n"
)
NEW = (
    "age,geo_area,nature,observation_status,sex,units,year,sl_tlf_uem\n"
    "15,1,m,a,bothsex,percent,2020,6.5\n15,4,c,u,male,percent,2021,7\n"
)
LONG = (
    "Goal,SeriesCode,GeoAreaCode,GeoAreaName,TimePeriod,Value,[Age],[Nature],[Sex],[Units]\n"
    "8,SL_TLF_UEM,1,World,2020,6.5,15+,M,BOTHSEX,PERCENT\n8,SL_TLF_UEM,4,Afghanistan,2021,7,15+,C,MALE,PERCENT\n"
)
ACROSS = (
    "SeriesCode,GeoAreaCode,[Age],[Nature],[Sex],[Units],2020,2021\n"
    "SL_TLF_UEM,1,15+,M,BOTHSEX,PERCENT,6.5,\nSL_TLF_UEM,4,15+,C,MALE,PERCENT,,7\n"
)
PAGES = json.dumps(
    [
        {
            "data": [
                {
                    "series": "SL_TLF_UEM",
                    "geoAreaCode": code,
                    "timePeriodStart": year,
                    "value": value,
                    "dimensions": {"Age": "15+", "Sex": sex, "Reporting Type": "G"},
                    "attributes": {"Nature": nature, "Units": "PERCENT"},
                }
            ]
        }
        for code, year, value, sex, nature in (
            ("1", 2020.0, "6.5", "BOTHSEX", "M"),
            ("4", 2021.0, "7", "MALE", "C"),
        )
    ]
)


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("dialect", "text", "name"),
    [
        ("unsdg_datapoints", OLD, "old.csv"),
        ("unsdg_datapoints", NEW, "new.csv.gz"),
        ("unsdg_table", LONG, "long.csv"),
        ("unsdg_table", "\ufeff" + ACROSS, "across.csv"),
        ("unsdg_json", PAGES, "pages.json"),
    ],
)
def test_the_un_writes_one_thing_in_many_forms(project, dialect, text, name):
    rows = project(dialect, text, name=name, series="SL_TLF_UEM").observations("sample")
    assert rows.columns.tolist() == list(TIDY)
    by = rows.set_index("area")
    assert by["value"].to_dict() == {"M49:1": 6.5, "AFG": 7.0}
    assert by["sex"].to_dict() == {"M49:1": "SEX_T", "AFG": "SEX_M"}
    assert by["basis"].to_dict() == {"M49:1": "modelled", "AFG": "projected"}
    assert set(by["age"]) == {"YTHADULT_YGE15"}
    assert by.loc["AFG", "status"] == ("U" if "status" in text else "")


WIDE = (
    '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-04-08",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020","2021",\n'
    '"World","WLD","U","SL.UEM.TOTL.ZS","","6.5","6.25",\n"Kenya","KEN","U","SL.UEM.TOTL.ZS","5","","",\n'
    '"Euro area","EMU","U","SL.UEM.TOTL.ZS","7","","",\n"Kosovo","XKX","U","SL.UEM.TOTL.ZS","","9","",\n'
)
BANK = json.dumps(
    [
        [{"page": 1}, [
            {"country": {"id": "1W"}, "countryiso3code": "WLD", "date": "2020", "value": 6.5},
            {"country": {"id": "1W"}, "countryiso3code": "WLD", "date": "2021", "value": 6.25},
            {"country": {"id": "KE"}, "countryiso3code": "KEN", "date": "2019", "value": 5},
            {"country": {"id": "KE"}, "countryiso3code": "KEN", "date": "2020", "value": None},
        ]],
        [{"page": 2}, [
            {"country": {"id": "XC"}, "countryiso3code": "EMU", "date": "2019", "value": 7},
            {"country": {"id": "XK"}, "countryiso3code": "XKX", "date": "2020", "value": 9},
        ]],
    ]
)  # fmt: skip


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("dialect", "text", "name"), [("worldbank_wide", WIDE, "wide.csv"), ("worldbank_json", BANK, "p.json")]
)
def test_the_world_bank_writes_years_across_and_regions_like_countries(project, dialect, text, name):
    made = project(dialect, text, name=name, series="SL.UEM.TOTL.ZS", service="worldbank", world="WB:WLD")
    rows = made.observations("sample")
    found = rows.set_index(["area", "period"])["value"].to_dict()
    assert found == {
        ("WB:WLD", "2020"): 6.5,
        ("WB:WLD", "2021"): 6.25,
        ("KEN", "2019"): 5,
        ("WB:EMU", "2019"): 7,
        ("XKX", "2020"): 9,
    }
    assert rows.loc[rows["area"] == "WB:WLD", "decimals"].tolist() == [2, 2]
    assert rows.loc[rows["period"] == "2021", "basis"].tolist() == ["projected"]


ILO = (
    "ref_area,source,indicator,sex,classif1,classif2,time,obs_value,obs_status\n"
    "X01,XA:8405,UNE_DEAP_SEX_AGE_RT,SEX_T,AGE_YTHADULT_YGE15,,2020,6.587,\n"
    "KEN,BA:1,UNE_DEAP_SEX_AGE_RT,SEX_T,AGE_YTHADULT_Y15-24,,2019,7,B\n"
    "KEN,BA:1,UNE_DEAP_SEX_AGE_RT,SEX_T,AGE_YTHADULT_YGE15,,2019,,\n"
)
FLOW = (
    "DATAFLOW,REF_AREA,FREQ,MEASURE,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,SOURCE\n"
    "ILO:DF_UNE_DEAP_SEX_AGE_RT(1.0),X01,A,U,SEX_T,AGE_YTHADULT_YGE15,2020,6.587,,ILO modelled estimates\n"
    "ILO:DF_UNE_DEAP_SEX_AGE_RT(1.0),KEN,A,U,SEX_T,AGE_YTHADULT_Y15-24,2019,7,B,LFS\n"
)
JSON = json.dumps(
    [
        {"ref_area": "X01", "source": "XA:8405", "indicator": "UNE_DEAP_SEX_AGE_RT", "sex": "SEX_T",
         "classif1": "AGE_YTHADULT_YGE15", "time": "2020", "obs_value": 6.587},
        {"ref_area": "KEN", "source": "BA:1", "indicator": "UNE_DEAP_SEX_AGE_RT", "sex": "SEX_T",
         "classif1": "AGE_YTHADULT_Y15-24", "time": "2019", "obs_value": 7, "obs_status": "B"},
    ]
)  # fmt: skip


@pytest.mark.sampled
@pytest.mark.parametrize(("text", "name"), [(ILO, "bulk.csv"), (FLOW, "flow.csv"), (JSON, "answer.json")])
def test_ilostat_in_three_forms(project, text, name):
    rows = project("ilostat", text, name=name, service="ilostat", world="ILO:X01").observations("sample")
    by = rows.set_index("area")
    assert by["value"].to_dict() == {"ILO:X01": 6.587, "KEN": 7}
    assert by["basis"].to_dict() == {"ILO:X01": "modelled", "KEN": "reported"}
    assert by["age"].to_dict() == {"ILO:X01": "YTHADULT_YGE15", "KEN": "YTHADULT_Y15-24"}
    assert by["status"].to_dict() == {"ILO:X01": "", "KEN": "B"}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("dialect", "text", "said"),
    [
        ("unsdg_datapoints", OLD.replace("bothsex", "both"), "sex 'both' is not in codes.csv"),
        ("unsdg_datapoints", OLD.replace("15,1,", "17_19,1,"), "age '17_19' is not in codes.csv"),
        ("unsdg_datapoints", OLD.replace(",m,", ",z,"), "basis 'z' is not in codes.csv"),
        ("unsdg_datapoints", OLD.replace("6.5", "n/a"), "1 values are no number"),
        ("unsdg_datapoints", OLD + "15,1,e,bothsex,percent,2020,6.6\n", "2 rows share indicator, area"),
        ("unsdg_datapoints", OLD.replace("6.5", '"<2,5"'), "1 values are no number"),
        ("unsdg_datapoints", OLD.replace("6.5", "2-3"), "1 values are no number"),
        ("unsdg_datapoints", OLD.replace("6.5", "６.５"), "1 values are no number"),
        ("unsdg_datapoints", OLD.replace("15,1,", "15,,"), "unsdg: 1 rows have no code of an area"),
        ("worldbank_wide", WIDE + '"Total","","U","SL.UEM.TOTL.ZS","1","1","1",\n', "rows have no code"),
        ("unsdg_datapoints", OLD.replace("6.5", ".."), r"list it in codes.csv .unsdg, no_number"),
        ("unsdg_datapoints", OLD.replace("6.5", "<0.1").replace(",7", ",NaN"), "no value is a number"),
        ("unsdg_datapoints", OLD + "15,1,e,bothsex,percent,2020,<6\n", "2 rows share indicator, area"),
        ("unsdg_datapoints", OLD.replace("6.5", "inf"), "1 values are no number"),
        ("unsdg_datapoints", OLD.replace("6.5", "1_0"), "1 values are no number"),
        ("unsdg_datapoints", OLD.replace("6.5", "650"), "1 rates are not within 0 and 100"),
        ("unsdg_datapoints", OLD.replace("6.5", "-9"), "1 rates are not within 0 and 100"),
        ("unsdg_datapoints", OLD.partition("15,1")[0], "no observation, read by the dialect"),
        ("unsdg_datapoints", OLD.replace("age,", "location,age,").replace("15,", "urban,15,"),
         "column location is no dimension that is known, and holds 'urban'"),
        ("unsdg_table", LONG.replace("[Sex]", "[Gender]"), "column Gender is no dimension that is known"),
        ("worldbank_wide", re.sub(r'"(20\d\d)"', r'"\1 [YR\1]"', WIDE), "no observation, read by"),
        ("unsdg_table", LONG.replace("SL_TLF_UEM", "XX"), "series 'XX' of unsdg is not in series.csv"),
        ("unsdg_table", LONG.replace("[Nature]", "[N]"), "no column nature"),
        ("worldbank_wide", "<html>busy</html>\n", "no line begins"),
        ("worldbank_wide", WIDE.replace("SL.UEM", "SL.EMP"), "holds SL.EMP.TOTL.ZS; registered as"),
        ("worldbank_table", "Country Code,Year,Forests\nKEN,2019,7\n", "none of its columns is a title"),
        ("ilostat", ILO.replace("YGE15,,2020", "YGE15,GEO_X,2020"), "further classifications"),
        ("ilostat", ILO.replace("Y15-24", "Y15-99"), "age 'AGE_YTHADULT_Y15-99' is not in codes.csv"),
        ("ilostat", ILO.replace("SEX_T", "SEX_Q"), "sex 'SEX_Q' is not in codes.csv"),
        ("ilostat", ILO.replace("AGE_YTHADULT_Y15-24", "GEO_COV_URB"), "GEO_COV_URB', which is no age"),
        ("ilostat", FLOW.replace("SEX,AGE", "SEX,AGE,GEO").replace("2020,", "GEO_COV_URB,2020,", 1).replace(
            "2019,7", "_T,2019,7"), "column GEO is no dimension that is known, and holds 'GEO_COV_URB'"),
        ("ilostat", FLOW.replace(",A,U", ",M,U"), "FREQ is 'M'; expected 'A'"),
        ("ilostat", FLOW.replace("FREQ,", "FREQ,UNIT_MULT,").replace(",A,U", ",A,3,U"), "UNIT_MULT is '3'"),
        ("worldbank_wide", WIDE.replace('"2021"', '"2021 (p)"'), "columns '2021 .p.' hold values"),
        ("unheard_of", OLD, "resources 1, dialect 'unheard_of'; expected one of unsdg_datapoints"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(project, dialect, text, said):
    series = "SL.UEM.TOTL.ZS" if dialect.startswith("worldbank") else "SL_TLF_UEM"
    with pytest.raises(VintageError, match=said):
        project(dialect, text, series=series).observations("sample")


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("dialect", "text", "name"),
    [
        ("unsdg_table", LONG.replace("Afghanistan", "Albania"), "l.csv"),
        ("unsdg_json", PAGES.replace('Code": "4"', 'Code": "4", "geoAreaName": "ALBANIA"'), "p.json"),
        ("worldbank_wide", WIDE.replace('"Kenya"', '"Côte d\'Ivoire"'), "w.csv"),
        ("worldbank_json", BANK.replace('"id": "KE"', '"id": "KE", "value": "Uganda"'), "b.json"),
        ("worldbank_table", "Country Name,Country Code,Year,T\nUganda,KEN,2019,7\n", "t.csv"),
        ("ilostat", ILO.replace("area,", "area,ref_area.label,").replace("N,B", "N,Uganda,B").replace(
            "1,X", "1,World,X"), "i.csv"),
    ],
)  # fmt: skip
def test_a_country_beside_the_code_of_another_is_told(project, dialect, text, name):
    """Numbers of one country under the name of another are the most silent of wrong numbers."""
    service = {"u": "unsdg", "w": "worldbank", "i": "ilostat"}[dialect[0]]
    series = {"unsdg": "SL_TLF_UEM", "worldbank": "SL.UEM.TOTL.ZS", "ilostat": ""}[service]
    with pytest.raises(VintageError, match=r"which is (ALB|CIV|UGA), stands beside the code of (AFG|KEN)"):
        project(dialect, text, name=name, series=series, service=service).observations("sample")


NAMED = {
    "ilo_countries/ilo_countries_en.csv": ("Country", "ISO3 Code", "ilostat"),
    "world_bank_2024_06/Metadata_Countries.csv": ("TableName", "Country Code", "worldbank"),
    "un_sdg_2022_04/ddf--entities--geo_area.csv": ("name", "geo_area", "unsdg"),
}


@pytest.mark.parametrize("path", NAMED)
def test_every_registered_name_stands_beside_its_own_code(codes, path):
    """Micronesia is a region of M49, and the name by which others call a country."""
    name, code, service = NAMED[path]
    rows = read_text_columns(codes.folder / path)
    codes.check_names(path, codes.areas(service, rows[code]), rows[name])
    with pytest.raises(VintageError, match="a code or a name is wrong"):
        codes.check_names(path, codes.areas(service, rows[code]), rows[name][::-1])


def test_the_world_bank_flags_forecasts_and_may_leave_out_the_code_of_three_letters(project):
    pages = json.loads(BANK)
    pages[0][1][0]["obs_status"] = "F"
    pages[0][1][2]["countryiso3code"] = ""
    asked = {"name": "p.json", "series": "SL.UEM.TOTL.ZS", "service": "worldbank", "world": "WB:WLD"}
    rows = project("worldbank_json", json.dumps(pages), **asked).observations("sample")
    assert set(rows["area"]) == {"KEN", "WB:WLD", "WB:EMU", "XKX"}
    assert rows.set_index(["area", "period"]).loc[("WB:WLD", "2020"), ["status", "basis"]].tolist() == [
        "F",
        "projected",
    ]
    other = [[page[0], [row | {"indicator": {"id": "SL.X"}} for row in page[1]]] for page in pages]
    with pytest.raises(VintageError, match=r"holds SL\.X; registered as SL\.UEM\.TOTL\.ZS"):
        project("worldbank_json", json.dumps(other), **asked).observations("sample")


BANK_SHEET = [
    ["Data Source", "WDI"],
    [],
    ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2019", "2020"],
    ["World", "WLD", "U", "SL.UEM.TOTL.ZS", 5.5, 6.5],
    ["Kenya", "KEN", "U", "SL.UEM.TOTL.ZS", 5, None],
]


def hide(book):
    book.create_sheet("Draft", 0).sheet_state = "hidden"
    for row in BANK_SHEET[:4]:
        book["Draft"].append([99 if isinstance(cell, float) else cell for cell in row])


def put(cell, value, shown="General"):
    def change(book):
        book["Data"][cell] = value
        book["Data"][cell].number_format = shown

    return change


WORKBOOKS = {
    "as it is": (lambda book: None, None),
    "numbers as text": (put("E4", " 5.5 "), None),
    "years as numbers": (put("E3", 2019), None),
    "a hidden sheet before it": (hide, None),
    "a formula that nobody has computed": (put("E4", "=5+0.5"), "cell E4 is a formula without a value"),
    "per cent as shares": (put("E4", 0.055, "0.0%"), "cell E4 shows per cent and holds 0.055"),
    "a merged header": (lambda book: book["Data"].merge_cells("E3:F3"), "columns '' hold values"),
    "a year as a date": (put("E3", datetime(2019, 1, 1), "yyyy"), "hold values, but bear no year"),
    "an error": (put("E4", "#DIV/0!"), "1 values are no number"),
}  # fmt: skip


@pytest.mark.sampled
@pytest.mark.parametrize("case", WORKBOOKS)
def test_a_workbook_is_read_as_it_is_seen_or_refused(project, case):
    change, said = WORKBOOKS[case]
    book = Workbook()
    book.active.title = "Data"
    for row in BANK_SHEET:
        book["Data"].append(row)
    change(book)
    content = io.BytesIO()
    book.save(content)
    asked = {"name": "w.xlsx", "series": "SL.UEM.TOTL.ZS", "service": "worldbank", "world": "WB:WLD"}
    made = project("worldbank_wide", content.getvalue(), **asked)
    if said is not None:
        with pytest.raises(VintageError, match=said):
            made.observations("sample")
        return
    found = made.observations("sample").set_index(["area", "period"])["value"].to_dict()
    assert found == {("WB:WLD", "2019"): 5.5, ("WB:WLD", "2020"): 6.5, ("KEN", "2019"): 5}


def test_a_dimension_that_holds_nothing_but_the_whole_is_none(project):
    text = LONG.replace("[Sex]", "[Location],[Reporting Type],[Sex]").replace("BOTHSEX", "ALLAREA,G,BOTHSEX")
    rows = project("unsdg_table", text.replace("MALE", "ALLAREA,G,MALE")).observations("sample")
    assert rows["value"].tolist() == [7, 6.5]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "value", "decimals"), [(" 6.50 ", 6.5, 2), ("6.5e-1", 0.65, 2), ("7", 7, 0), ("7.", 7, 0)]
)
def test_a_number_is_read_however_it_is_written(project, text, value, decimals):
    made = project("unsdg_datapoints", OLD.replace("6.5", text), series="SL_TLF_UEM")
    world = made.observations("sample").set_index("area").loc["M49:1"]
    assert (world["value"], world["decimals"], world["text"]) == (value, decimals, text.strip())


@pytest.mark.sampled(2)
@pytest.mark.parametrize("text", ["<0.1", ">= 95", "≤0.05", "NaN", "n"])
def test_an_end_or_a_sign_in_place_of_a_number_is_kept_and_is_no_number(project, text):
    """One such value does not stop the vintage, and is in no calculation; it is not zero either."""
    made = project("unsdg_datapoints", OLD + f"15,8,c,male,percent,2020,{text}\n", series="SL_TLF_UEM")
    assert made.observations("sample")["value"].tolist() == [7, 6.5]
    (row,) = made.without_number("sample").to_dict("records")
    assert (row["area"], row["period"], row["text"], row["decimals"]) == ("ALB", "2020", text, 0)
    assert np.isnan(row["value"])


def test_a_blank_is_not_published(project):
    made = project("unsdg_datapoints", OLD + "15,8,c,male,percent,2020,\n", series="SL_TLF_UEM")
    assert len(made.observations("sample")) == 2
    assert made.without_number("sample").empty


def test_a_number_that_is_flagged_as_a_forecast_is_projected(project):
    made = project("ilostat", ILO.replace("6.587,", "6.587,F"), service="ilostat", world="ILO:X01")
    assert made.observations("sample").set_index("area")["basis"].to_dict() == {
        "ILO:X01": "projected",
        "KEN": "reported",
    }


def test_another_file_under_the_same_name_is_refused(project, tmp_path):
    made = project("unsdg_datapoints", OLD, series="SL_TLF_UEM")
    (tmp_path / "data" / "estimates" / "sample" / "sample.csv").write_text(OLD.replace("6.5", "6.6"))
    with pytest.raises(VintageError, match="checksum differs"):
        made.observations("sample")
    (tmp_path / "data" / "estimates" / "sample" / "sample.csv").unlink()
    with pytest.raises(VintageError, match="registered, but not there"):
        made.observations("sample")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2,\n3,4,\n", "lines are longer than the first"),
        ("a,b\n1,2\n3\n", "line 3 is shorter than the first"),
        ("a,b,a\n1,2,3\n", "column a stands twice"),
    ],
)
def test_a_table_whose_lines_do_not_fit_its_header_is_refused(tmp_path, text, said):
    """pandas takes the first cells of longer lines for names, and each value for that of the next column."""
    path = tmp_path / "table.csv"
    path.write_text(text)
    with pytest.raises(VintageError, match=said):
        read_text_columns(path)


WPP = "ddf--datapoints--population--by--sdg_region--time--age5yearinterval--gender.csv.gz"
COUNTRIES = "ddf--entities--geo--country.csv"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (COUNTRIES, "\n100,", "\n104,", "country 104 stands twice"),
        (COUNTRIES, ",iso3,", ",iso,", "lacks the column iso3"),
        (WPP, ",0_4,1,", ",0_4,3,", "data row 1, gender: found '3'; expected 1"),
        (WPP, ",5_9,1,", ",0_4,1,", "data row 2 says what an earlier row says, too"),
        (WPP, "947,1990,0_4,1,", "947,1990,0_4,1,x", "population: found 'x44616.541'; expected a number"),
        (WPP, "947,1990,0_4", "947,MMXX,0_4", "time: found 'MMXX'; expected a year"),
    ],
)
def test_a_population_that_cannot_be_added_up_is_refused(root, tmp_path, monkeypatch, file, old, new, said):
    """The first rows of each file will do: what is wrong stands in them."""
    monkeypatch.setenv("ANALYSIS_CACHE", "")
    folder = tmp_path / "beside" / "weights_of_ours"
    shutil.copytree(root / "data" / "estimates" / "wpp_2019", folder)
    about = json.loads((folder / "datapackage.json").read_text()) | {"name": "weights_of_ours"}
    for resource in about["resources"]:
        path = folder / resource["path"]
        with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as lines:
            content = b"".join(islice(lines, 2000))
        if path.name == file:
            assert old.encode() in content
            content = content.replace(old.encode(), new.encode(), 1)
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
        resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(about))
    monkeypatch.setenv("ANALYSIS_ESTIMATES", str(tmp_path / "beside"))
    vintages = Vintages(root)
    with pytest.raises(VintageError, match=said):
        population(vintages["weights_of_ours"], vintages.codes)


def test_a_folder_beside_the_project_may_hold_more(project, tmp_path, monkeypatch, root):
    project("unsdg_datapoints", OLD, series="SL_TLF_UEM")
    beside = tmp_path / "beside"
    shutil.copytree(tmp_path / "data" / "estimates" / "sample", beside / "sample")
    monkeypatch.setenv("ANALYSIS_ESTIMATES", str(beside))
    assert len(Vintages(root).observations("sample")) == 2
    with pytest.raises(VintageError, match="no vintage 'absent'; registered: "):
        Vintages(root)["absent"]
    with pytest.raises(VintageError, match="sample is the name of"):
        Vintages(tmp_path).names()
    monkeypatch.setenv("ANALYSIS_ESTIMATES", str(tmp_path / "absent"))
    with pytest.raises(VintageError, match="no such folder"):
        Vintages(root).names()


def test_areas_are_iso3_or_behind_the_services_prefix(codes):
    assert codes.areas("unsdg", pd.Series(["004", "4", "1", "202"])).tolist() == [
        "AFG",
        "AFG",
        "M49:1",
        "M49:202",
    ]
    assert codes.areas("worldbank", pd.Series(["KEN", "EAS"])).tolist() == ["KEN", "WB:EAS"]
    assert codes.areas("ilostat", pd.Series(["KEN", "X01"])).tolist() == ["KEN", "ILO:X01"]


DESCRIBED = [
    ("title", None, "title is missing; expected text"),
    ("role", "estimate", "role 'estimate'; expected one of estimates, weights, computed, areas"),
    ("service", "oecd", "service 'oecd'; expected one of services.csv: unsdg, worldbank"),
    ("retrieved", "", "retrieved ''; expected when it was taken from there"),
    ("date", "soon", "date 'soon'; expected a year, month or day"),
    ("edition", "Nov 2021", "edition 'Nov 2021'; expected a year or a month"),
    ("projected_after", "2021", "projected_after '2021'; expected the last year"),
    ("attribution", None, "attribution is missing"),
    ("world", None, "world is missing; expected the code of the service's World"),
    ("licenses", [], "licenses []; expected a list of one or more objects"),
    ("licenses", [{"path": "x"}], "licenses 1, name is missing"),
    ("resources", None, "resources None; expected a list"),
    ("name", "another-sample", "name 'another-sample'; expected that of the folder, sample"),
    (
        "resources",
        [{"path": "../x.csv"}],
        "resources 1, path '../x.csv'; expected a file of the vintage's folder",
    ),
    (
        "resources",
        [{"path": "x.csv", "dialect": "unsdg"}],
        "dialect 'unsdg'; expected one of unsdg_datapoints",
    ),
    ("resources", [{"path": "x.csv", "dialect": "ilostat", "hash": "x"}], "hash 'x'; expected sha256:"),
]


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("name", "value", "said"), DESCRIBED)
def test_a_descriptor_that_does_not_say_what_it_has_to_is_refused(project, tmp_path, name, value, said):
    """A dialect misspelt left a file unread, and a role misspelt a vintage, without a word."""
    project("unsdg_datapoints", OLD, series="SL_TLF_UEM")
    path = tmp_path / "data" / "estimates" / "sample" / "datapackage.json"
    about = json.loads(path.read_text())
    about[name] = value
    path.write_text(json.dumps({key: each for key, each in about.items() if each is not None}))
    with pytest.raises(VintageError, match=re.escape(said)):
        Vintages(tmp_path).names()


def test_a_descriptor_is_an_object(project, tmp_path):
    project("unsdg_datapoints", OLD, series="SL_TLF_UEM")
    (tmp_path / "data" / "estimates" / "sample" / "datapackage.json").write_text("[]")
    with pytest.raises(VintageError, match="expected an object with title, role, service"):
        Vintages(tmp_path).names()


def test_a_folder_without_a_descriptor_is_told(project, tmp_path, monkeypatch):
    vintages = project("unsdg_datapoints", OLD, series="SL_TLF_UEM")
    beside = tmp_path / "data" / "estimates" / "beside"
    beside.mkdir()
    (tmp_path / "data" / "estimates" / ".unsdg-1.part").mkdir()
    assert vintages.undescribed == [beside]
    assert vintages.names() == ["sample"]
    monkeypatch.setenv("ANALYSIS_ESTIMATES", str(beside))
    with pytest.raises(VintageError, match=r"beside: no folder in it has a datapackage\.json"):
        Vintages(tmp_path).names()
