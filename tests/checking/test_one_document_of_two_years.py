"""Drafts on one document that holds plans and results of two years, by region and sex."""

import pytest
from part_of_record import copy_part

from analysis.checking.drafts import Checker
from analysis.checking.judging.verdicts import AGREES, DISAGREES, NO_DATUM
from analysis.cli import main
from analysis.sources.earlier import with_earlier
from analysis.sources.register import Register

pytestmark = pytest.mark.slow

MAPPING = r"""
[organisation]
id = "bureau"
name = { en = "A statistics office" }
short_name = { en = "Office" }
calendar = { years = 1, first = 2021 }

[document]
symbol = "SO {period}"
title = { en = "Results {period}" }
short_title = { en = "Results {period}" }

[file]
separator = ";"
decimal = ","
filled = ["Outcome", "Indicator", "Unit"]

[fixed]
activity = "Office"
result_type = "2"
ascending = "1"

[columns]
result_title = "Outcome"
indicator_title = "Indicator"
measure = "Unit"
baseline = { value = "Baseline", year = "Year" }

[translate.measure]
"%" = "2"
number = "1"

[[periods]]
pattern = '^(?P<period>\d{4}) Target$'
stated = "target"

[[periods]]
pattern = '^(?P<period>\d{4}) Result$'

[dimensions.region]
column = "Region"
total = "Total"

[dimensions.sex]
column = "Sex"
total = "Total"
codes = { "Total" = "SEX_T", "Women" = "SEX_F", "Men" = "SEX_M" }

[[units]]
pattern = "website"
unit = "millions"

[[units]]
measure = "unit"
unit = "count"
"""
ROWS = """Outcome;Indicator;Unit;Region;Sex;Year;Baseline;2022 Target;2022 Result;2023 Target;2023 Result
Standards;Statistical releases published on the announced date;%;Total;;2021;71,5;80,0;78,3;85,0;86,1
;Staff trained in data quality;number;Total;Total;2021;120;200;214;260;247
;;;Total;Women;2021;48;90;97;125;129
;;;Total;Men;2021;72;110;117;135;118
Surveys;Response rate of the labour force survey;%;Total;;2021;68,2;72,0;70,4;75,0;73,9
;;;North;;2021;61,0;66,0;63,8;70,0;69,2
;;;Centre;;2021;70,3;74,0;72,9;77,0;75,5
;;;South;;2021;74,8;77,0;75,1;79,0;78,4
;Households interviewed;number;Total;;2021;18 450;21 000;20 316;24 000;24 872
;;;North;;2021;5 120;6 000;5 742;7 000;6 954
;;;Centre;;2021;7 980;9 000;8 834;10 000;10 611
;;;South;;2021;5 350;6 000;5 740;7 000;7 307
Use;Visits to the website;number;Total;;2021;1,15;1,40;1,62;1,80;2,04
"""


@pytest.fixture(scope="module")
def office(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    copy_part(root, folder, ("raw", "organisations", "links"))
    (folder / "office.toml").write_text(MAPPING, encoding="utf-8")
    (folder / "office.csv").write_text(ROWS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ANALYSIS_ROOT", str(folder))
        words = ["import", "results", str(folder / "office.csv"), "--mapping", str(folder / "office.toml")]
        assert main([*words, "--as", "office-2022-23"]) == 0
    register = Register(folder)
    return Checker(with_earlier(register, register.period("2023", "bureau")), "2023", folder)


def judged(checker, tmp_path, text):
    draft = tmp_path / "draft.md"
    draft.write_text(text, encoding="utf-8")
    data = [one for one in checker.check(draft) if one.verdict.verdict != NO_DATUM]
    return {one.number.text: one.verdict for one in data}


@pytest.mark.parametrize(
    "text",
    [
        "The response rate of the labour force survey rose to 73.9 per cent in 2023 from 70.4 a year earlier."
        " It was highest in the South (78.4 per cent) and lowest in the North (69.2 per cent).",
        "In 2023, the response rate of the labour force survey was 73.9 per cent, against 70.4 in 2022.",
        "In 2023 most households interviewed were in the Centre (10,611), the fewest in the North (6,954).",
        "The response rate of the labour force survey rose from 68.2 to 73.9 per cent in 2023.",
        "Between 2022 and 2023 the response rate of the labour force survey rose by 3.5 percentage points.",
        "Visits to the website grew by 26 per cent between 2022 and 2023.",
        "The website had 2.04 million visits in 2023, against a target of 1.8 million.",
        "En 2023, 86,1 % des publications ont paru à la date annoncée, pour une cible de 85 %.",
    ],
)
def test_what_is_right_of_either_year_agrees(office, tmp_path, text):
    told = judged(office, tmp_path, text)
    assert {number: verdict.verdict for number, verdict in told.items()} == dict.fromkeys(told, AGREES)


def test_a_plan_told_as_a_result_is_told_by_the_result_of_its_year(office, tmp_path):
    text = "In 2023, 24,872 households were interviewed, 7,000 of them in the South."
    wrong = judged(office, tmp_path, text)["7,000"]
    assert (wrong.verdict, wrong.held) == (DISAGREES, 7307)


def test_by_how_much_it_moved_between_two_years_tells_the_direction(office, tmp_path):
    text = "Between 2022 and 2023 the response rate of the labour force survey fell by 3.5 percentage points."
    told = judged(office, tmp_path, text)["3.5"]
    assert (told.verdict, told.error_kind) == (DISAGREES, "direction")


def test_a_share_is_not_the_value_of_a_count(office, tmp_path):
    text = "Of the 247 staff trained in data quality in 2023, 48 per cent were women."
    wrong = judged(office, tmp_path, text)["48"]
    assert (wrong.verdict, wrong.error_kind) == (DISAGREES, "arithmetic")


def test_a_level_before_is_not_that_of_another_year(office, tmp_path):
    text = "The response rate of the labour force survey rose from 68.2 per cent in 2022 to 73.9 in 2023."
    wrong = judged(office, tmp_path, text)["68.2"]
    assert (wrong.verdict, wrong.error_kind) == (DISAGREES, "period")
