"""``analysis estimate`` from the command line to the file."""

import pandas as pd
import pytest

from analysis.cli import main
from analysis.estimation import synthetic_population
from analysis.estimation.survey_at_hand import domain_dimensions, survey_at_hand
from analysis.estimation.variants import AskedWrongly, estimands

MAPPING = """
[survey]
title = "A survey in its own words"
[variables]
country = { column = "pais" }
year = { column = "ano" }
ilo_sex = { column = "sexo", codes = { H = 1, M = 2 } }
ilo_age = { column = "ilo_age" }
ilo_wap = { column = "ilo_wap" }
ilo_lfs = { column = "situacion", codes = { "10..19" = 1, "20" = 2, "30" = 3 }, missing = [0] }
ilo_wgt = { column = "ilo_wgt" }
stratum = { column = "stratum" }
psu = { column = "psu" }
"""


@pytest.fixture(scope="module")
def sample():
    return synthetic_population(7, strata=3, psus=10, persons=20).draw(7)


@pytest.fixture
def survey(sample, tmp_path):
    own = sample.assign(
        pais=sample["country"],
        ano=sample["year"],
        sexo=sample["ilo_sex"].map({1: "H", 2: "M"}),
        situacion=sample["ilo_lfs"].map({1: 11, 2: 20, 3: 30}).fillna(0).astype(int),
    )
    own = own.drop(columns=["country", "year", "ilo_sex", "ilo_lfs"])
    path, mapping = tmp_path / "survey.csv", tmp_path / "mapping.toml"
    own.to_csv(path, index=False)
    mapping.write_text(MAPPING)
    return path, mapping


def read(path) -> pd.DataFrame:
    """A file of estimates, every bit of it."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path).fillna({"status_rule": ""})


BY = "country,year,sex,age"
INDICATORS = "unemployment_rate,labour_force_participation_rate"


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_mapped_file_gives_what_its_frame_gives(survey, sample, tmp_path, capsys, engine, ending):
    path, mapping = survey
    target, harmonised = tmp_path / f"out.{ending}", tmp_path / "harmonised.parquet"
    options = ["--indicators", INDICATORS, "--by", BY, "--engine", engine]
    assert main(["estimate", str(path), "--mapping", str(mapping), *options, "--output", str(target)]) == 0
    shown = capsys.readouterr()
    assert str(target) in shown.out
    assert not shown.err, "progress is for a terminal"
    sample.to_parquet(harmonised)
    assert main(["estimate", str(harmonised), *options, "--output", str(tmp_path / "again.csv")]) == 0
    found = read(target)
    again = read(tmp_path / "again.csv")
    assert len(found) == 2 * 3 * 3 * 3 * 5
    measures = {"value", "standard_error", "cv", "lower", "upper", "n", "status", "definition"}
    assert measures <= set(found.columns)
    pd.testing.assert_frame_equal(found, again, check_dtype=False, check_exact=True)


@pytest.mark.slow
def test_the_synthetic_survey_is_the_same_in_every_run(tmp_path, capsys):
    for name in ("a.csv", "b.csv"):
        words = ["estimate", "--seed-synthetic", "3", "--by", "sex"]
        assert main([*words, "--output", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert main(["estimate", "--seed-synthetic", "3", "--by", "sex"]) == 0
    assert "unemployment_rate" in capsys.readouterr().out


@pytest.mark.slow
def test_labour_force_status_by_a_standard_is_written_beside_the_number(sample, tmp_path):
    answers = sample.assign(
        hours_for_pay_or_profit=(sample["ilo_lfs"] == 1) * 40,
        absent_from_job=0,
        own_use_producer=0,
        unpaid_trainee=0,
        seeking_work=(sample["ilo_lfs"] == 2) * 1,
        available_for_work=1,
        future_starter=0,
    )
    path = tmp_path / "answers.parquet"
    answers.to_parquet(path)
    for icls in ("13", "19"):
        target = tmp_path / f"{icls}.csv"
        assert main(["estimate", str(path), "--icls", icls, "--output", str(target)]) == 0
        assert f"icls={icls}" in pd.read_csv(target)["definition"][0]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "either a survey or --seed-synthetic"),
        (["x.csv", "--seed-synthetic", "1"], "either a survey or --seed-synthetic"),
        (["--seed-synthetic", "1", "--output", "x.xlsx"], "ending in .csv or .parquet"),
        (["--seed-synthetic", "1", "--indicators", "unemployment"], "found unemployment; expected some of"),
        (["--seed-synthetic", "1", "--indicators", ","], "found nothing"),
        (["--seed-synthetic", "1", "--by", "sex,sex"], "names a dimension twice"),
        (["--seed-synthetic", "1", "--by", "age", "--age-bands", "15-24,20-"], "do not overlap"),
        (["--seed-synthetic", "1", "--by", "age", "--age-bands", "young"], "age bands 'young'"),
        (["--seed-synthetic", "1", "--accept-unsettled", "101"], "expected 0 to 100 per cent"),
        (["--seed-synthetic", "1", "--poverty-line", "2"], "2.15 (2017 PPP, extreme)"),
        (["--seed-synthetic", "1", "--variant", "pensionable_age"], "expected a name and a value"),
        (
            ["--seed-synthetic", "1", "--variant", "pensionable_age=60"],
            "declared by none of unemployment_rate",
        ),
        (["--seed-synthetic", "1", "--variant", "hours_threshold=15"], "need --icls"),
        (["absent.toml"], "no such file; expected an archive"),
        (["x.csv", "--mapping", "absent.toml"], "no such mapping file; `analysis new-mapping SURVEY`"),
    ],
)
def test_what_is_wrongly_asked_exits_with_2(words, said, capsys):
    assert main(["estimate", *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_a_broken_survey_exits_with_2_and_every_breach(survey, capsys):
    path, mapping = survey
    path.write_text(path.read_text().replace(",H,", ",X,").replace("M,20", "M,99"))
    assert main(["estimate", str(path), "--mapping", str(mapping)]) == 2
    told = capsys.readouterr().err
    assert "2 rules broken" in told
    assert "'X'" in told
    assert "99" in told


def test_a_faulty_mapping_exits_with_2(survey, capsys):
    path, mapping = survey
    mapping.write_text(MAPPING.replace("ilo_wgt =", "ilo_weight ="))
    assert main(["estimate", str(path), "--mapping", str(mapping)]) == 2
    assert "did you mean ilo_wgt" in capsys.readouterr().err


@pytest.mark.slow
def test_lacking_columns_exit_with_2(survey, capsys):
    path, mapping = survey
    assert main(["estimate", str(path), "--mapping", str(mapping), "--indicators", "neet_rate"]) == 2
    assert "ilo_edu_attendance" in capsys.readouterr().err


@pytest.mark.slow
def test_samples_are_counted():
    found = survey_at_hand(seed=3).samples()
    assert found.columns.tolist() == ["country", "year", "persons", "population", "mean_weight"]
    assert found["persons"].tolist() == [1200] * 4


def test_a_mapping_needs_a_survey():
    with pytest.raises(AskedWrongly, match="without a survey"):
        survey_at_hand(mapping="m.toml")


def test_names_become_dimensions_and_estimands():
    assert domain_dimensions(["country"]) == ["country"]
    assert domain_dimensions(["sex"])[0].labels == {1: "M", 2: "F"}
    assert list(domain_dimensions(["age"], "15-24,25-")[0].labels.values()) == ["Y15T24", "Y_GE25"]
    assert estimands(["neet_rate"])[0].indicator == "neet_rate"


@pytest.mark.slow
def test_a_column_that_is_not_there_is_told_without_quotes(tmp_path, capsys):
    target = tmp_path / "out.csv"
    words = ["estimate", "--seed-synthetic", "3", "--by", "yeer", "--output", str(target)]
    assert main(words) == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert "analysis estimate: survey: 1 column is missing: yeer (read by the dimension yeer)" in told
    assert told.endswith('keep = ["yeer"] under [survey]')
    assert not target.exists()


def estimated(*words, status: int = 0, tmp_path) -> pd.DataFrame:
    """What the command writes."""
    target = tmp_path / "estimated.parquet"
    assert main(["estimate", *map(str, words), "--output", str(target), "--overwrite"]) == status
    return pd.read_parquet(target)


@pytest.mark.slow
def test_a_status_recorded_below_the_working_age_is_not_read(sample, tmp_path, capsys):
    path = tmp_path / "survey.parquet"
    young = sample["ilo_age"].between(10, 14)
    children = sample.assign(
        ilo_lfs=sample["ilo_lfs"].mask(young, 2.0), ilo_wap=sample["ilo_wap"].mask(young, 1.0)
    )
    children.to_parquet(path)
    right = estimated("--seed-synthetic", 7, tmp_path=tmp_path)
    sample.to_parquet(tmp_path / "sound.parquet")
    right = estimated(tmp_path / "sound.parquet", tmp_path=tmp_path)
    assert estimated(path, tmp_path=tmp_path)["value"].tolist() == right["value"].tolist()
    children.drop(columns="ilo_wap").to_parquet(path)
    by_age = estimated(path, tmp_path=tmp_path)
    assert by_age["value"].tolist() == right["value"].tolist()
    assert by_age["definition"][0].endswith("working_age=15+ by ilo_age")
    children.assign(ilo_wap=sample["ilo_wap"]).drop(columns="ilo_age").to_parquet(path)
    assert estimated(path, tmp_path=tmp_path)["value"].tolist() == right["value"].tolist()
    children.drop(columns=["ilo_age", "ilo_wap"]).to_parquet(path)
    unchecked = estimated(path, tmp_path=tmp_path)
    assert unchecked["value"][0] > right["value"][0] + 5
    assert "not applied: the survey has neither ilo_age nor ilo_wap" in unchecked["definition"][0]


ROUTED = """
[survey]
title = "A routed questionnaire"
[variables]
ilo_age = { column = "ilo_age" }
ilo_wgt = { column = "ilo_wgt" }
stratum = { column = "stratum" }
psu = { column = "psu" }
hours_for_pay_or_profit = { column = "hours" }
absent_from_job = { column = "absent" }
seeking_work = { column = "seeks" }
available_for_work = { column = "available" }
future_starter = { value = 0 }
"""
NOT_ASKED = {
    'column = "hours"': "not_asked = [{ when = { worked = 2 }, value = 0 }]",
    'column = "absent"': "not_asked = [{ when = { worked = 1 }, value = 0 }]",
    'column = "seeks"': "not_asked = [{ when = { worked = 1 }, value = 0 }]",
    'column = "available"': "not_asked = [{ when = { seeks = [2, ''] }, value = 0 }]",
}


@pytest.fixture
def questionnaire(sample, tmp_path):
    """Hours asked of workers, search of the others, availability of seekers, as questionnaires route them."""
    work = sample["ilo_lfs"] == 1
    of_age, seeks = sample["ilo_age"] >= 15, sample["ilo_lfs"] == 2
    own = sample.assign(
        worked=work.map({True: 1, False: 2}).where(of_age),
        hours=sample["ilo_joball_how_actual"].clip(lower=1).where(work),
        absent=(work * 0).where(of_age & ~work),
        seeks=seeks.map({True: 1, False: 2}).where(of_age & ~work),
        available=(seeks * 1).where(seeks),
    )
    path, mapping = tmp_path / "routed.csv", tmp_path / "routed.toml"
    own.drop(columns=["ilo_lfs", "country", "year"]).to_csv(path, index=False)
    text = ROUTED.replace('column = "seeks" }', 'column = "seeks", codes = { 1 = 1, 2 = 0 } }')
    mapping.write_text(text)
    return path, mapping


RATIO = ["--icls", "19", "--indicators", "employment_population_ratio"]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_answers_of_who_was_not_asked_are_counted_and_refused(questionnaire, capsys, engine, tmp_path):
    path, mapping = questionnaire
    words = [str(path), "--mapping", str(mapping), *RATIO, "--engine", engine]
    assert main(["estimate", *words]) == 2
    told = capsys.readouterr().err
    assert "more than 5 per cent of the persons concerned could not be classified" in told
    assert "hours_for_pay_or_profit" in told
    assert "not_asked" in told
    accepted = estimated(*words, "--accept-unsettled", 100, tmp_path=tmp_path)
    assert accepted["value"][0] == 100.0
    assert accepted["unsettled_n"][0] > 100
    assert accepted[["status", "status_rule"]].iloc[0].tolist() == ["U", "unsettled > 5"]
    assert "per cent of those concerned" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_routing_that_the_mapping_states_gives_the_right_ratio(
    questionnaire, sample, engine, tmp_path, capsys
):
    path, mapping = questionnaire
    text = mapping.read_text()
    for column, routing in NOT_ASKED.items():
        text = text.replace(f"{column}", f"{column}, {routing}")
    mapping.write_text(text)
    words = [path, "--mapping", mapping, *RATIO, "--engine", engine]
    found = estimated(*words, tmp_path=tmp_path)
    recorded = tmp_path / "recorded.parquet"
    sample.drop(columns=["country", "year"]).to_parquet(recorded)
    right = estimated(recorded, *RATIO[2:], tmp_path=tmp_path)
    assert found["value"][0] == right["value"][0]
    assert found["unsettled_n"][0] == 0
    assert "Persons who could not be classified: none." in capsys.readouterr().out


@pytest.mark.slow
def test_an_output_replaces_nothing_unasked(survey, tmp_path, capsys):
    path, mapping = survey
    before = path.read_bytes()
    words = ["estimate", str(path), "--mapping", str(mapping), "--output"]
    assert main([*words, str(path), "--overwrite"]) == 2
    assert "is read as" in capsys.readouterr().err
    link = tmp_path / "link.csv"
    link.hardlink_to(path)
    assert main([*words, str(link), "--overwrite"]) == 2
    assert path.read_bytes() == before
    target = tmp_path / "out.csv"
    target.write_text("mine")
    assert main([*words, str(target)]) == 2
    assert "exists; name another file, or replace it by --overwrite" in capsys.readouterr().err
    assert target.read_text() == "mine"
    assert main([*words, str(target), "--overwrite", "--by", "nowhere"]) == 2
    assert target.read_text() == "mine"
    assert main([*words, str(target), "--overwrite"]) == 0
    assert "unemployment_rate" in target.read_text()
    (tmp_path / "folder").mkdir()
    path.rename(tmp_path / "folder" / "survey.csv")
    inside = ["estimate", str(tmp_path / "folder"), "--output", str(tmp_path / "folder" / "out.csv")]
    assert main(inside) == 2
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.slow
def test_the_form_of_the_file_does_not_move_a_bit(sample, tmp_path):
    import pyreadstat

    own = sample.assign(psu=sample["psu"] * 7 % 11 + 1, stratum=sample["stratum"] * 5 + 1)
    own = own.drop(columns="country").assign(year=own["year"] + (own["country"] == "X02") * 10)
    own.to_csv(tmp_path / "s.csv", index=False)
    own.to_parquet(tmp_path / "s.parquet")
    own.astype({"psu": "str", "stratum": "str"}).to_parquet(tmp_path / "text.parquet")
    pyreadstat.write_dta(own, str(tmp_path / "s.dta"))
    asked = ["--indicators", "unemployment_rate,neet_rate,lu4", "--by", "year,sex"]
    first = estimated(tmp_path / "s.csv", *asked, tmp_path=tmp_path)
    assert first["standard_error"].notna().sum() > 40
    for name in ("s.parquet", "text.parquet", "s.dta"):
        for engine in ("pandas", "polars", "duckdb"):
            found = estimated(tmp_path / name, *asked, "--engine", engine, tmp_path=tmp_path)
            pd.testing.assert_frame_equal(found, first, check_exact=True)


@pytest.mark.slow
def test_totals_stand_beside_rates(tmp_path):
    words = ["--seed-synthetic", "3", "--by", "sex", "--with-totals"]
    found = estimated(*words, tmp_path=tmp_path).set_index(["indicator", "sex"])
    rate = found.loc[("unemployment_rate", "F")]
    part, whole = (found.loc[(f"unemployment_rate_{part}", "F")] for part in ("numerator", "denominator"))
    assert part["value"] == rate["numerator"]
    assert whole["value"] == rate["denominator"]
    assert rate["value"] == pytest.approx(100 * part["value"] / whole["value"], rel=1e-14)
    assert part["standard_error"] > 0
    assert part["unit"] == "persons"


@pytest.mark.slow
def test_a_withheld_total_does_not_follow_from_its_rate(sample, tmp_path):
    few = sample[(sample["ilo_lfs"] != 2) | (sample.groupby("ilo_lfs").cumcount() < 3)]
    few.to_parquet(tmp_path / "few.parquet")
    found = estimated(tmp_path / "few.parquet", "--with-totals", tmp_path=tmp_path).set_index("indicator")
    assert found.loc["unemployment_rate_numerator", "status"] == "Q"
    assert (found["status"] == "Q").sum() >= 2
    shown = estimated(
        tmp_path / "few.parquet", "--with-totals", "--no-suppression", tmp_path=tmp_path
    ).set_index("indicator")
    assert shown["value"].notna().all()
    assert shown.loc["unemployment_rate_numerator", "status_rule"] == "n < 5: to be withheld"


@pytest.mark.slow
def test_a_poverty_line_is_named_by_its_amount(sample, tmp_path):
    consuming = sample.assign(daily_consumption_ppp2011=2.0, daily_consumption_ppp2017=2.0)
    consuming.to_parquet(tmp_path / "s.parquet")
    words = [
        tmp_path / "s.parquet",
        "--indicators",
        "working_poverty_rate,unemployment_rate",
        "--poverty-line",
    ]
    for line, value, said in (("1.90", 0.0, "1.90 a day, 2011 PPP"), ("2.15", 100.0, "2.15 a day, 2017 PPP")):
        found = estimated(*words, line, tmp_path=tmp_path)
        assert found["value"][0] == value
        assert said in found["definition"][0]


@pytest.mark.slow
def test_declared_variants_are_asked_by_name(sample, tmp_path):
    pensioners = sample.assign(receives_pension=(sample["ilo_age"] >= 65) * 1)
    pensioners.to_parquet(tmp_path / "s.parquet")
    words = [tmp_path / "s.parquet", "--indicators", "social_protection_older_persons"]
    assert estimated(*words, tmp_path=tmp_path)["value"][0] == 100.0
    variants = ["--variant", "pensionable_age=60", "--variant", "pensionable_age_women=55"]
    found = estimated(*words, *variants, tmp_path=tmp_path)
    assert 50 < found["value"][0] < 100
    assert "pensionable_age=60 (women 55)" in found["definition"][0]
    assert estimands(["unemployment_rate"], 19, ["hours_threshold=15"])[0].definition.count(
        "hours_threshold=15"
    )
    with pytest.raises(AskedWrongly, match="expected a number"):
        estimands(["social_protection_older_persons"], None, ["pensionable_age=old"])


@pytest.mark.slow
def test_a_small_rate_with_a_large_error_is_not_called_reliable(sample, tmp_path):
    rare = sample.assign(ilo_lfs=sample["ilo_lfs"].replace(2, 1))
    rare.loc[rare.index[rare["ilo_lfs"] == 1][0], "ilo_lfs"] = 2
    rare.to_parquet(tmp_path / "s.parquet")
    found = estimated(tmp_path / "s.parquet", tmp_path=tmp_path)
    assert found["n"][0] > 100
    assert (found["status"][0], found["status_rule"][0]) == ("U", "CV > 30")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_a_national_line_is_that_of_the_country_and_year(sample, tmp_path, engine, capsys):
    sample.assign(daily_consumption_lcu=100.0).to_parquet(tmp_path / "s.parquet")
    lines = tmp_path / "lines.csv"
    lines.write_text("country,year,line\nX01,2019,100\nX01,2020,100.5\nX02,2019,99\nX02,2020,500\n")
    words = [tmp_path / "s.parquet", "--indicators", "working_poverty_rate_national", "--by", "country,year"]
    found = estimated(*words, "--poverty-line", lines, "--engine", engine, tmp_path=tmp_path)
    rates = found.set_index(["country", "year"])["value"]
    assert [rates["X01", "2019"], rates["X01", "2020"], rates["X02", "2019"], rates["X02", "2020"]] == [
        0,
        100,
        0,
        100,
    ]
    lines.write_text("country,year,line\nX01,2019,100\n")
    assert main(["estimate", *map(str, words), "--poverty-line", str(lines)]) == 2
    assert "there is no line for X01 2020, X02 2019, X02 2020" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("country,line\nX01,2\n", "expected the columns country, year, line; found"),
        ("country,year,line\nX01,2019,\n", "line 2: found"),
        ("country,year,line\nX01,2019,2\nX01,2019,3\n", "line 3: X01 2019 stands twice"),
        (None, "No such file or directory"),
    ],
)
def test_national_lines_that_cannot_be_read_are_told(tmp_path, text, said, capsys):
    lines = tmp_path / "lines.csv"
    if text is not None:
        lines.write_text(text)
    words = [
        "--seed-synthetic",
        "1",
        "--indicators",
        "working_poverty_rate_national",
        "--poverty-line",
        str(lines),
    ]
    assert main(["estimate", *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_counts_over_quarters_and_persons_without_a_key_are_told(sample, tmp_path, capsys):
    """A year of four quarters holds every person four times; without a key nobody knows."""
    quarters = pd.concat([sample.assign(quarter=number, ilo_key=range(len(sample))) for number in (1, 2, 3)])
    path = tmp_path / "quarters.csv"
    quarters.to_csv(path, index=False)
    assert main(["estimate", str(path), "--with-totals"]) == 0
    told = capsys.readouterr().out
    assert "The survey holds up to 3 quarters of a year. Where quarter is _T" in told
    assert "No ilo_key is mapped" not in told
    sample.drop(columns="ilo_key", errors="ignore").to_csv(path, index=False)
    assert main(["estimate", str(path)]) == 0
    told = capsys.readouterr().out
    assert "quarters of a year" not in told
    assert "No ilo_key is mapped, so persons who stand in the survey twice count twice, unchecked." in told


@pytest.mark.sampled
@pytest.mark.parametrize(("scale", "told"), [(1, True), (1_000_000, True), (37.5, False)])
def test_weights_that_were_normalised_are_told(sample, tmp_path, capsys, scale, told):
    """Weights scaled to the number of cases, as demographic surveys ship them, add up to no population."""
    one = sample[sample["year"] == sample["year"].min()]
    one = one[one["country"] == one["country"].iloc[0]]
    path = tmp_path / "normalised.csv"
    one.assign(ilo_wgt=one["ilo_wgt"] / one["ilo_wgt"].mean() * scale).to_csv(path, index=False)
    assert main(["estimate", str(path)]) == 0
    said = "as normalised weights do: numerators and denominators are then no population"
    assert (said in capsys.readouterr().out) is told


@pytest.mark.slow
def test_an_indicator_that_counts_nobody_is_refused(sample, tmp_path, capsys):
    """Children alone, or ages in months, leave nobody of working age."""
    path = tmp_path / "children.parquet"
    sample[sample["ilo_age"] < 10].to_parquet(path)
    asked = ["estimate", str(path), "--lonely-psu", "adjust", "--accept-unsettled", "100", "--indicators"]
    assert main([*asked, "unemployment_rate"]) == 2
    told = capsys.readouterr().err
    assert "unemployment_rate: no person of the survey belongs to those of whom it is a measure" in told
    assert "ilo_age" in told
