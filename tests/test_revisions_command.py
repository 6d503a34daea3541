"""``analysis revisions``: what it prints, writes and refuses."""

import csv
import re

import pytest

from analysis.cli import main
from analysis.labels import Catalogue
from analysis.printed.revision_tables import unretrieved_said
from analysis.quantities import Recorded
from analysis.sources.vintages import Vintage

pytestmark = pytest.mark.slow

PAIR = ["un_sdg_2022_04", "world_bank_2026_04"]


def test_the_vintages_are_listed_with_their_editions(capsys):
    assert main(["revisions"]) == 0
    printed = capsys.readouterr().out
    assert "un_sdg_2022_04" in printed
    assert "2021-11" in printed
    (said,) = re.findall("No day of retrieval is on record for (.*); what is known", printed)
    assert len(said.split("; ")) == 8


class Listed(dict):
    """Vintages by name."""

    def names(self):
        return list(self)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-09-14T10:00:00+00:00", "2026-09-14"),
        ("2026-09-14T10:00:00Z", "2026-09-14"),
        ("2026-09-14", "2026-09-14"),
        ("not on record", ""),
        ("2020-10-19T00:58:54Z, when the package at the address was made", ""),
        ("2026-09, when the answers were recorded", ""),
    ],
)
def test_a_day_of_retrieval_is_a_day_and_nothing_else(tmp_path, said, day):
    vintage = Vintage("made", tmp_path, {"retrieved": said})
    assert vintage.retrieved == day
    vintages = Listed(made=vintage)
    assert bool(unretrieved_said(vintages, Catalogue("en", Recorded([])))) is (day == "")


def test_what_moved_is_printed_and_written(capsys, tmp_path):
    assert main(["revisions", *PAIR, "--output", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out
    assert "22 cells in both, 21 of them moved" in printed
    assert "2,369 left out: reported beside modelled" in printed
    assert "3 of the 4 printed numbers" in printed
    decided = re.search(r"hold: (\d+) of the (\d+) statements .*; (\d+) rest on numbers", printed).groups()
    failing, held, undecided = map(int, decided)
    assert 0 < failing < held < undecided
    assert "implementation-2020-21/prose/114.1: Global unemployment rate in 2019 (5.4% → 5.5" in printed
    assert printed.count("Largest revisions") == 1
    spans = re.findall(r"^Unemployment rate +(0–1|2–4|5–9|10\+) +(\d+)", printed, flags=re.M)
    assert [span for span, _ in spans] == ["0–1", "2–4", "5–9", "10+"]
    assert sum(int(count) for _, count in spans) == 22
    horizons = list(csv.DictReader((tmp_path / "out" / "revisions_by_horizon.csv").open()))
    assert len(horizons) == 22
    rows = list(csv.DictReader((tmp_path / "out" / "revisions.csv").open()))
    assert {row["period"]: row["before"] for row in rows}["2018"] == "5.4"
    reprints = list(csv.DictReader((tmp_path / "out" / "reprinted.csv").open()))
    assert len(reprints) == 51
    found = {(row["sex"], row["period"]): row["now"] for row in reprints if row["now"]}
    assert found[("SEX_T", "2018")] == "5.8"
    statements = list(csv.DictReader((tmp_path / "out" / "statements.csv").open()))
    assert len(statements) == held + undecided
    (tmp_path / "out" / "reprinted.csv").write_text("mine")
    assert main(["revisions", *PAIR, "--output", str(tmp_path / "out")]) == 2
    assert "out/reprinted.csv: there already, and changed since it was" in capsys.readouterr().err
    assert (tmp_path / "out" / "reprinted.csv").read_text() == "mine"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("3 des 4 nombres", "5,8")),
        ("es", ("3 de los 4 números", "5,8")),
        ("zh", ("4 个印刷数字中的 3 个", "5.8")),
        ("en", ("3 of the 4", "5.8")),
    ],
)
def test_what_the_report_would_print_today(capsys, language, said):
    assert main(["revisions", "--today", "--language", language]) == 0
    printed = capsys.readouterr().out
    assert all(text in printed for text in said)


def test_one_indicator_of_one_area(capsys):
    asked = ["un_sdg_2021_12", "un_sdg_2022_04", "--indicator", "neet_rate", "--area", "World"]
    assert main(["revisions", *asked]) == 0
    printed = capsys.readouterr().out
    assert "45 cells in both" in printed
    assert "Unemployment" not in printed.partition("Would no longer hold")[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a", "b"], "no vintage 'a'; registered: ilostat_2026_09, un_sdg"),
        (["un_sdg_2022_04"], "name two vintages"),
        ([*PAIR, "--today"], "name two vintages"),
        (PAIR[::-1], "world_bank_2026_04 is later than un_sdg_2022_04"),
        ([PAIR[0], PAIR[0]], "beside itself"),
        ([*PAIR, "--area", "XXX"], "area XXX is in neither vintage"),
        ([*PAIR, "--indicator", "gdp"], "indicator gdp is in neither vintage"),
        ([*PAIR, "--biennium", "1066-67"], "registered"),
        (["wpp_2019", PAIR[1]], "holds no file of observations"),
    ],
)
def test_what_cannot_be_compared_is_one_line_and_exit_code_2(capsys, words, said):
    assert main(["revisions", *words]) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert len(printed.strip().splitlines()) == 1
