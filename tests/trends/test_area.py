"""The trend of one area: which vintage tells a line, what stands beside it, what is said."""

import hashlib
import json
import re
import shutil
from fractions import Fraction
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.cli import main
from analysis.exhibits.estimates import Strand
from analysis.framework import TITLES
from analysis.labels import Catalogue, languages
from analysis.labels.amounts import said_amount
from analysis.printed.area_notes import notes_on
from analysis.printed.revision_tables import without_number_said
from analysis.printed.trends_opening import area_trends, groups_shown
from analysis.quantities import Recorded, RecordedTable, Source
from analysis.sources.vintages.record import titles_of_estimates
from analysis.trends.area import lines_of, neighbours


def rows(indicator, area, periods, sex="SEX_T"):
    return pd.DataFrame(
        {"indicator": indicator, "sex": sex, "age": "Y", "area": area, "period": list(periods)}
    )


OLD = pd.concat([rows("a", "KEN", ["2018", "2019"]), rows("b", "KEN", ["2018"]), rows("a", "UGA", ["2019"])])
NEW = rows("a", "KEN", ["2019", "2020"])
SAME = rows("a", "KEN", ["2020"])


def test_the_newest_edition_tells_a_line_and_the_longest_of_it():
    held, editions = {"old": OLD, "new": NEW, "same": SAME}, {"old": "2019", "new": "2021", "same": "2021"}
    chosen = lines_of(held, editions, "KEN").set_index("indicator")
    assert chosen["vintage"].to_dict() == {"a": "new", "b": "old"}
    assert chosen.loc["a", ["periods", "first", "last"]].tolist() == [2, "2019", "2020"]
    assert lines_of(held, editions, "UGA")["vintage"].tolist() == ["old"]


@pytest.mark.parametrize(
    ("area", "indicators", "said"),
    [
        ("XXX", (), "area XXX: in no vintage; there are KEN, UGA"),
        ("UGA", ("b",), "indicator b: .* there are a"),
    ],
)
def test_what_is_not_there_is_told(area, indicators, said):
    with pytest.raises(ValueError, match=said):
        lines_of({"old": OLD}, {"old": "2019"}, area, indicators)


def test_neighbours_are_the_subregion(vintages):
    found = neighbours(vintages.codes.m49, "KEN")
    assert {"UGA", "TZA", "ETH"} <= set(found)
    assert "KEN" not in found
    assert "NGA" not in found
    assert neighbours(vintages.codes.m49, "M49:202") == []


@pytest.mark.slow
def test_every_area_has_words_and_those_of_a_record_in_every_language(vintages):
    held = titles_of_estimates(vintages).rows.groupby(["kind", "code"])["language"].agg(set)
    assert set(map(frozenset, held)) == {frozenset(languages())}
    assert {("area", "KEN"), ("area", "M49:747"), ("area", "M49:14"), ("measured", "neet_rate")} <= set(
        held.index
    )
    assert ("document", "un_sdg_2022_04") in held.index
    every = {area for name in vintages.names() for area in vintages.observations(name)["area"]}
    table = titles_of_estimates(vintages, complete=False).rows
    unnamed = every - set(table.loc[table["kind"] == "area", "code"])
    assert all(area.startswith("WB:") for area in unnamed)
    assert not table["text"].eq("").any()


@pytest.mark.slow
def test_another_age_than_the_titles_is_told(vintages):
    """Albania has child labour of 5 to 14 years alone, the United States the young of 16 to 24."""
    (albania,) = area_trends(vintages, "ALB", indicators=("child_labour_rate",))
    assert albania.notes[0] == "Age: 5–14, not 5–17 as for most areas."
    (states,) = area_trends(
        vintages, "USA", indicators=("neet_rate",), vintage="un_sdg_2020_10", language="zh"
    )
    assert states.notes[0] == "年龄：16–24，而非多数地区的青年（15-24 岁）。"
    (kenya,) = area_trends(vintages, "KEN", indicators=("neet_rate",), vintage="un_sdg_2020_10")
    assert kenya.notes[0].startswith("Basis")


def test_the_usual_age_is_preferred():
    part = pd.DataFrame({"sex": "SEX_T", "age": ["Y10-17", "Y5-14", "Y5-17"]})
    (group,) = groups_shown(part, "r", "t", "KEN", "Y5-17")
    assert group.age == "Y5-17"


@pytest.mark.slow
def test_kenya_by_one_vintage(vintages):
    (trend,) = area_trends(vintages, "KEN", indicators=("working_poverty_rate",))
    assert [each.label for each in trend.groups] == [
        "sex.SEX_T",
        "sex.SEX_F",
        "sex.SEX_M",
        "age.YTHADULT_Y15-24",
    ]
    said = trend.sentences()
    assert said[0] == "Kenya, Total: 26.4 % in 2021, −7.2 points against 2000 (33.6 %)."
    assert "Beside it in 2021: Sub-Saharan Africa 37.9; World 6.9." in said
    assert "Highest since 2000: 39.5 % (2004); lowest: 26.4 % (2019)." in said
    groups, beside = trend.exhibits()
    assert [row.labels[0] for row in beside.table.rows][:3] == ["Kenya", "Sub-Saharan Africa", "World"]
    assert groups.table.rows[0].cells[-1].text == "−6.8"
    chart = beside.charts[0]
    assert chart.categories[0] == "2000"
    assert all(chart.series[0].dashed)
    assert chart.title == "Working poverty rate: Kenya"
    assert "UN SDG Global Database, 2022-04-03 (CC-BY-4.0)" in chart.foot


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "changed", "ranked"),
    [
        ("en", "Kenya, Women: 5.3 % in 2019, −4.8 points against 2006", "Women — Rank among the"),
        ("fr", "Kenya, Femmes : 5,3 % en 2019, −4,8 points par rapport à 2006", "Femmes — Rang parmi les"),
        ("es", "Kenia, Mujeres: 5,3 % en 2019, −4,8 puntos frente a 2006", "Mujeres — "),
        ("zh", "肯尼亚", "女性——"),
    ],
)
def test_what_is_told_of_one_group_for_want_of_a_total_names_it(vintages, language, changed, ranked):
    """The newest edition has the total of Kenya's unemployment alone: women and men stand in an older one."""
    trends = area_trends(vintages, "KEN", indicators=("unemployment_rate",), language=language)
    (trend,) = [trend for trend in trends if trend.groups[0].sex == "SEX_F"]
    said = [text.replace("\N{NO-BREAK SPACE}", " ") for text in trend.sentences()]
    assert said[0].startswith(changed)
    named = [text for text in said if "—" in text[:12]]
    assert len(named) == 3
    assert named[-1].startswith(ranked)
    assert not any("—" in text[:12] for text in trends[1].sentences())


def test_a_french_point_is_one_below_two():
    words = Catalogue("fr", Recorded([]))
    told = {"area": "x", "group": "y", "last": "1", "end": "2020", "start": "2019", "first": "2"}
    for number, form in ((Fraction(-1), "point "), (Fraction("-4.8"), "points ")):
        change = said_amount(number, 1, "percentage_points", str(number), words)
        assert form in words("trends.change", **told, change=change)


@pytest.mark.slow
def test_the_basis_and_the_flags_of_numbers_are_told(vintages):
    (kenya,) = area_trends(vintages, "KEN", vintage="ilostat_2026_09")
    assert kenya.notes == (
        "Basis of these numbers: reported 2005, 2009, 2016, 2019, 2021.",
        "Total, 2005: break in the series; numbers before and after it are not alike.",
    )
    assert [note.text for note in kenya.exhibits()[0].table.notes] == [*kenya.notes]
    (world,) = area_trends(vintages, "ILO:X01", vintage="ilostat_2026_09")
    assert world.notes == ("Basis of these numbers: modelled 2000–2025; projected 2026–2027.",)
    (later,) = area_trends(vintages, "KEN", vintage="ilostat_2026_09", since="2010")
    assert len(later.notes) == 1


STRAND = Strand("t", "a", "SEX_T", "Y", "KEN", "sex.SEX_T")


@pytest.mark.parametrize("language", languages())
def test_every_flag_has_words_or_its_code(language):
    flagged = rows("a", "KEN", ["2018", "2019", "2020", "2021"]).assign(
        basis="reported", status=["B", "U", "X", "A"]
    )
    basis, *flags = notes_on([STRAND], flagged, flagged[:0].assign(text=""), "2000", Catalogue(language))
    assert "2018–2021" in basis
    assert [year in told for year, told in zip(("2018", "2019", "2020"), flags, strict=True)] == [True] * 3
    assert "X" in flags[-1]
    assert not any("{" in told for told in (basis, *flags))


@pytest.mark.parametrize("language", languages())
def test_what_is_published_in_place_of_a_number_is_told(language):
    held = rows("a", "KEN", ["2018", "2019"]).assign(basis="reported", status="A")
    blank = rows("a", "KEN", ["2015", "2016", "1999"]).assign(text=["<0.1", "<0.1", "NaN"])
    other = rows("a", "UGA", ["2015"]).assign(text="<0.2")
    told = notes_on([STRAND], held, pd.concat([blank, other]), "2000", Catalogue(language))
    assert len(told) == 2
    assert "<0.1" in told[1]
    assert "2015–2016" in told[1]


@pytest.mark.parametrize("language", languages())
def test_vintages_with_ends_or_signs_in_place_of_numbers_are_told(language):
    held = {"one": pd.DataFrame({"text": ["<0.1", "NaN", "<0.1"]}), "two": pd.DataFrame({"text": []})}
    vintages = SimpleNamespace(without_number=held.get)
    title = {"kind": "document", "code": "one", "language": language, "form": "title", "text": "One"}
    title |= {"wording": "ours", "document": "", "of": "estimates"}
    about = RecordedTable(TITLES, pd.DataFrame([title]), Source("", "", "", "", ""))
    labels = Catalogue(language, Recorded([], about=[about]))
    (told,) = without_number_said(vintages, held, labels)
    assert all(part in told for part in ("One", "3", "<0.1", "NaN"))


@pytest.mark.slow
def test_a_rank_tells_the_years_of_the_numbers_that_it_is_among(vintages):
    """Later numbers of others, such as Mauritius' of 2020, are not among them."""
    (trend,) = area_trends(vintages, "KEN", indicators=("neet_rate",), vintage="un_sdg_2022_04")
    rank = next(each for each in trend.sentences() if each.startswith("Rank"))
    told = "Rank among the 11 countries of Eastern Africa with a number of 2015 to 2019: 8 (highest first)."
    assert rank == told


@pytest.mark.slow
def test_numbers_of_a_rank_are_of_the_last_years(vintages):
    (trend,) = area_trends(vintages, "KEN", indicators=("unemployment_rate",), vintage="world_bank_2026_04")
    rank = next(each for each in trend.sentences() if each.startswith("Rank"))
    assert (
        rank
        == "Rank among the 17 countries of Eastern Africa with a number of 2021 to 2025: 10 (highest first)."
    )
    numbers = {row.labels[0]: row.cells[-2].text for row in trend.exhibits()[-1].table.rows}
    own = float(numbers.pop("Kenya"))
    higher = [float(text) for area, text in numbers.items() if text and float(text) > own and area != "World"]
    assert len(higher) + 1 == 10 - 1  # South Sudan's last number, higher too, is of 2023


@pytest.mark.slow
def test_where_the_total_is_missing_the_title_names_the_group(vintages):
    found = area_trends(vintages, "KEN", indicators=("unemployment_rate",), vintage="world_bank_2021_10")
    assert [each.title for each in found[0].exhibits()] == [
        "Unemployment rate: Kenya",
        "Unemployment rate, Women: Kenya",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Kenya, Total\xa0: 26,4\xa0% en 2021"),
        ("es", "Kenia, Total: 26,4\xa0% en 2021"),
        ("zh", "肯尼亚，合计：2021年为 26.4%"),
    ],
)
def test_in_every_language(vintages, language, said):
    (trend,) = area_trends(vintages, "KEN", language=language, indicators=("working_poverty_rate",))
    assert trend.sentences()[0].startswith(said)
    assert len(trend.exhibits()) == 2


@pytest.mark.slow
def test_a_region_and_the_world(vintages):
    (region,) = area_trends(vintages, "M49:202", indicators=("neet_rate",))
    assert [each.label for each in region.beside] == ["area.M49:1"]
    assert not region.neighbours
    (world,) = area_trends(vintages, "M49:1", indicators=("neet_rate",))
    assert not world.beside
    assert len(world.exhibits()) == 1


@pytest.mark.slow
def test_the_command(capsys, tmp_path):
    words = [
        "trends",
        "--area",
        "KEN",
        "--indicators",
        "social_protection_coverage",
        "--output",
        str(tmp_path),
    ]
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert "Population covered by at least one social protection benefit: Kenya" in printed
    assert re.search(r"^Kenya +10\.4 .* 10\.1 +−0\.3$", printed, flags=re.M)
    name = "trend_social_protection_coverage_ken_beside_un_sdg_2022_04.svg"
    assert (tmp_path / "figures" / name).is_file()
    assert main(words) == 0
    (tmp_path / "figures" / name).write_text("mine")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert main(words) == 2
    assert f"figures/{name}: there already, and changed since it was written" in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--area", "XXX"], "area XXX: in no vintage"),
        (["--area", "VAT"], "area VAT: in no vintage; there are"),
        (["--area", "kenya"], "area kenya: in no vintage under this name; its code is KEN"),
        (["--area", "afrique"], "its code is M49:2 or ilo_region:Africa or m49_region:M49:2"),
        (["--area", "KEN", "--since", "20"], "--since 20: expected a year from 1900 to 2100"),
        (["--area", "KEN", "--indicators", "gdp"], "indicator gdp: no vintage has it for KEN"),
        (["--area", "KEN", "--vintage", "none"], "no vintage 'none'"),
        (
            ["--area", "KEN", "--vintage", "world_bank_2022_02"],
            "not in world_bank_2022_02; it is in un_sdg_2020",
        ),
        (["--area", "KEN", "--language", "xx"], "no language 'xx'"),
        (["--area", "KEN", "--since", "2090"], "nothing since 2090"),
    ],
)
def test_what_cannot_be_shown_is_one_line_and_exit_code_2(capsys, words, said):
    assert main(["trends", *words]) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert len(printed.strip().splitlines()) == 1


@pytest.mark.slow
def test_an_area_without_a_name_is_told(root, tmp_path, monkeypatch, capsys):
    """A code that the area list does not have, as of a country that was split."""
    source, beside = root / "data" / "estimates" / "world_bank_2022_02", tmp_path / "beside"
    shutil.copytree(source, beside / "world_bank_2030_01")
    about = json.loads((beside / "world_bank_2030_01" / "datapackage.json").read_text(encoding="utf-8"))
    about["name"] = "world-bank-2030-01"
    for resource in about["resources"]:
        path = beside / "world_bank_2030_01" / resource["path"]
        content = path.read_bytes().replace(b"world,", b"zzz,")
        path.write_bytes(content)
        resource |= {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
    (beside / "world_bank_2030_01" / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    monkeypatch.setenv("ANALYSIS_ESTIMATES", str(beside))
    assert main(["trends", "--area", "WB:ZZZ", "--vintage", "world_bank_2030_01"]) == 2
    assert "area WB:ZZZ: has numbers but no name; name it in areas.csv" in capsys.readouterr().err
