"""Several surveys as one archive: a mapping each, every sample once, what each alone gives."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.cli import main
from analysis.estimation import synthetic_population

EXAMPLES = Path(__file__).parents[2] / "examples" / "surveys"
MAPPING = """
[survey]
title = "{title}"
[variables]
country = {{ value = "{country}" }}
year = {{ value = {year} }}
ilo_sex = {{ column = "sex" }}
ilo_age = {{ column = "age" }}
ilo_lfs = {{ column = "lfs", missing = [{missing}] }}
ilo_wgt = {{ column = "w" }}
stratum = {{ column = "stratum" }}
psu = {{ column = "psu" }}
"""
NAMES = {"ilo_sex": "sex", "ilo_age": "age", "ilo_lfs": "lfs", "ilo_wgt": "w"}


@pytest.fixture(scope="module")
def sample():
    return synthetic_population(7, strata=3, psus=10, persons=20).draw(7)


@pytest.fixture
def archive(sample, tmp_path):
    """One survey as CSV with NA, one as Stata, one as Parquet: three samples of one population."""
    import pyreadstat

    listed = ['title = "Three surveys"']
    samples = [("X01", 2019, "csv"), ("X01", 2020, "dta"), ("X02", 2019, "parquet")]
    for country, year, kind in samples:
        own = sample[(sample["country"] == country) & (sample["year"] == year)]
        own = own[[*NAMES, "stratum", "psu"]].rename(columns=NAMES).reset_index(drop=True)
        file = tmp_path / f"{country}_{year}.{kind}"
        if kind == "csv":
            own.to_csv(file, index=False, na_rep="NA")
        elif kind == "dta":
            pyreadstat.write_dta(own, str(file))
        else:
            own.to_parquet(file)
        missing = '"NA"' if kind == "csv" else ""
        text = MAPPING.format(title=f"{country} {year}", country=country, year=year, missing=missing)
        (tmp_path / f"{country}_{year}.toml").write_text(text)
        listed += ["[[survey]]", f'file = "{file.name}"', f'mapping = "{country}_{year}.toml"']
    path = tmp_path / "archive.toml"
    path.write_text("\n".join(listed))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_an_archive_gives_what_its_persons_give_in_one_file(
    archive, sample, tmp_path, engine, capsys, monkeypatch
):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)  # the bar shows where somebody watches
    together = sample[(sample["country"] == "X01") | (sample["year"] == 2019)]
    together[[*NAMES, "stratum", "psu", "country", "year"]].to_parquet(tmp_path / "one.parquet")
    asked = ["--indicators", "unemployment_rate", "--by", "country,year,sex", "--engine", engine]
    found = {}
    for name in ("archive.toml", "one.parquet"):
        target = tmp_path / "out.parquet"
        words = ["estimate", str(tmp_path / name), *asked, "--output", str(target), "--overwrite"]
        assert main(words) == 0
        found[name] = pd.read_parquet(target)
    pd.testing.assert_frame_equal(found["archive.toml"], found["one.parquet"], check_exact=True)
    assert len(found["archive.toml"]) == 3 * 3 * 3 - 3
    assert "survey 3 of 3" in capsys.readouterr().err


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('file = "X01_2019.csv"', 'file = "absent.csv"', "[[survey]] 1:"),
        ('file = "X01_2019.csv"', 'path = "X01_2019.csv"', "[[survey]] 1: found path, mapping"),
        ('title = "Three surveys"', 'name = "Three surveys"', "name is not known"),
        (
            'file = "X01_2020.dta"\nmapping = "X01_2020.toml"',
            'file = "X01_2019.csv"\nmapping = "X01_2019.toml"',
            "both hold X01 2019",
        ),
    ],
)
def test_what_is_wrong_with_the_list_is_told(archive, capsys, old, new, said):
    archive.write_text(archive.read_text().replace(old, new))
    assert main(["estimate", str(archive)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_a_survey_without_country_is_told(archive, capsys):
    mapping = archive.with_name("X01_2020.toml")
    mapping.write_text(mapping.read_text().replace('country = { value = "X01" }', ""))
    assert main(["estimate", str(archive)]) == 2
    assert "X01_2020.toml: maps no country, by which the samples" in capsys.readouterr().err


@pytest.mark.slow
def test_a_survey_without_psu_among_others_is_told(archive, capsys):
    mapping = archive.with_name("X01_2020.toml")
    text = mapping.read_text().replace('psu = { column = "psu" }', "")
    mapping.write_text(text.replace('stratum = { column = "stratum" }', ""))
    assert main(["estimate", str(archive)]) == 2
    assert "X01 2020 has no psu, but" in capsys.readouterr().err


def test_an_output_does_not_replace_a_survey_of_the_archive(archive, capsys):
    survey = archive.with_name("X01_2019.csv")
    assert main(["estimate", str(archive), "--output", str(survey), "--overwrite"]) == 2
    assert "is read as" in capsys.readouterr().err


@pytest.mark.slow
def test_counts_over_several_years_are_said_to_be_no_population(capsys):
    assert main(["estimate", str(EXAMPLES / "archive.toml"), "--icls", "19", "--by", "year"]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert told.startswith("The survey holds up to 2 years of a country.")
    assert told.endswith("add the years up: they are no population of any time.")
    words = ["estimate", str(EXAMPLES / "routed_2019.csv"), "--mapping", str(EXAMPLES / "routed_2019.toml")]
    assert main([*words, "--icls", "19"]) == 0
    assert "years" not in capsys.readouterr().out
