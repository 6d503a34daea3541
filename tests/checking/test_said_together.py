"""What numbers, codes and periods of one text say together: a part with its whole, from where to where."""

from fractions import Fraction

import pytest

from analysis.checking.candidates.agreement import digits_exchanged
from analysis.checking.candidates.likes import standing_beside
from analysis.checking.text.periods import begins_in
from analysis.reading import PrintedNumber, find_numbers

REPORT = "implementation-2020-21"
CITATIONS = "Citations of ILO research in multilateral flagship reports"


def verdicts(check_text, text):
    return {each.number.text: each.verdict for each in check_text(text) if not each.number.rule}


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Of its eight output indicators under outcome 5, five met or exceeded the target.", "five", "eight"),
        ("# 成果目标 5：技能和终身学习\n\n在 8 项产出指标中，有 5 项达到或超过了目标。", "5", "8"),
        ("De los 19 hitos de evaluación, 13 se alcanzaron plenamente.", "13", "19"),
    ],
)
def test_a_part_and_its_whole_agree_together(check_text, text, part, whole):
    found = verdicts(check_text, text)
    assert found[part].verdict == found[whole].verdict == "agrees"


def test_a_part_told_by_its_value_does_not_agree_where_its_whole_is_none_of_it(check_text):
    """The record has six of ten indicators of another kind."""
    text = "The skills work did best. Six of its eight indicators were met or passed.\n"
    assert verdicts(check_text, text)["Six"].verdict not in ("agrees", "rounding")


@pytest.mark.parametrize(
    ("text", "printed", "wanted"),
    [
        ("Citations of ILO research in multilateral flagship reports rose from 346 to 447.", "346", "agrees"),
        ("Citations of ILO research in multilateral flagship reports rose from 346 to 447.", "447", "agrees"),
        (
            "Citations of ILO research in multilateral flagship reports rose from 346 to 457.",
            "457",
            "disagrees",
        ),
        ("Countries asking for help with skills went from 28 in 2018–19 to 54.", "54", "agrees"),
        ("定期使用人力资源分析工具的职员由2017年的100人增至650人。", "650", "agrees"),
        ("定期使用人力资源分析工具的职员由2017年的100人增至650人。", "100", "agrees"),
    ],
)
def test_where_something_came_from_has_the_period_that_stands_there(check_text, text, printed, wanted):
    assert verdicts(check_text, text)[printed].verdict == wanted


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("160 millions d'enfants travaillent : le taux est de 11,2 % pour eux et de 7,8 % pour elles.", True),
        ("La tasa de trabajo infantil de los varones es alta; es del 11,2 % para ellas.", False),
    ],
)
def test_a_pronoun_says_a_code_where_the_sentence_says_another(check_text, text, right):
    assert (verdicts(check_text, text)["11,2"].verdict in ("agrees", "rounding")) is right


def test_a_difference_has_a_direction_from_the_year_it_is_compared_with(check_text):
    text = "Working poverty stood at 7.2 per cent in 2020, 0.5 percentage points {} than in 2019."
    more, less = (verdicts(check_text, text.format(word)) for word in ("more", "less"))
    key = next(each for each in more if each.startswith("0.5"))
    assert more[key].verdict == "agrees"
    assert less[key].verdict not in ("agrees", "rounding")


def test_a_line_with_numbers_of_its_own_says_nothing_of_the_table_below(check_text):
    table = "| 区域 | 成果 |\n|---|---|\n| 非洲 | 329 |\n| 阿拉伯国家 | 104 |\n"
    text = f"# 2020-2021两年期\n\n2024-2025年的经常预算拟定为8.85亿美元。\n\n{table}"
    found = verdicts(check_text, text)
    assert found["329"].verdict == "agrees"
    assert found["104"].verdict == "disagrees"


def test_posts_are_numbered_and_fractions_are_not(checker):
    posts = [each.rule for each in find_numbers("3/8 The good news: 70 results.", "en")]
    assert posts == ["list_number", ""]
    assert find_numbers("3/4 of the countries took part.", "en")[0].rule == ""


def test_statements_of_one_place_stand_beside_each_other(checker):
    catalogue = checker.catalogue
    near = standing_beside(catalogue, [catalogue.by_id[f"{REPORT}/prose/1758.2"]])
    ids = {catalogue.candidates[number].id for number in near}
    assert f"{REPORT}/prose/1758.1" in ids
    assert f"{REPORT}/prose/114.1" not in ids
    assert set(near.values()) == {1.0}
    spend = catalogue.by_id[f"{REPORT}/budget_by_outcome/5/total/actual_expenditure"]
    ids = {catalogue.candidates[number].id for number in standing_beside(catalogue, [spend])}
    assert f"{REPORT}/prose/1849.1" in ids, "a number of a table stands where its statement does"


@pytest.mark.parametrize(
    ("printed", "held", "wanted"),
    [
        (54, 45, True),
        (53_000, 35_000, True),
        (45, 45, False),
        (44, 44, False),
        (54, 46, False),
        (184, 148, False),
    ],
)
def test_two_digits_exchanged(printed, held, wanted):
    assert digits_exchanged(PrintedNumber(0, 0, "", Fraction(printed), 0), Fraction(held)) is wanted
    assert not digits_exchanged(PrintedNumber(0, 0, "", Fraction(printed), 0), None)


def test_a_period_begins_in_another():
    assert begins_in("2020-21", "2020-22")
    assert begins_in("2020-21", "2021")
    assert not begins_in("2020-21", "2018-21")
    assert not begins_in("2020-21", "2022-25")


STATUS = "2020-2021 年间执行性别平等《行动计划》情况的监测结果显示，65%的目标成功达到或超过，35%{}未达到。"


@pytest.mark.parametrize("inserted", ["", "(即 20 个目标)", "（共57个目标中的20个）"])
def test_what_is_in_brackets_after_a_number_parts_it_from_nothing(check_text, inserted):
    verdict = verdicts(check_text, STATUS.format(inserted))["35"]
    assert verdict.verdict == "agrees"
    assert verdict.candidate.id == "gender-equality-2020-21/monitoring_totals/2020-21/not_met/share"


def test_a_whole_that_stands_alone_after_its_part_agrees_also_where_the_part_is_wrong(check_text):
    for printed in (329, 290):
        numbers = check_text(f"In Africa {printed} results were reached in 2020-21, of 896.\n", "en")
        told = {judged.number.text: judged.verdict.verdict for judged in numbers}
        assert told["896"] == "agrees"
        assert (told[str(printed)] == "agrees") == (printed == 329)
