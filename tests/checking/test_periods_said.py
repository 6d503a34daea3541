"""Which recorded periods may be those that a text speaks of."""

import pytest

from analysis.checking.periods import compatible


@pytest.mark.parametrize(
    ("asked", "held", "may_be"),
    [
        ("2020", "2020-21", True),
        ("2020-08", "2020", True),
        ("2020-08", "2020-21", True),
        ("2012-02", "2011-12", True),
        ("2022-03", "2020-21", False),
        ("2020-08", "2020-03", False),
        ("2020-21", "2020-08", False),
        ("2018-19", "2020-21", False),
    ],
)
def test_a_month_may_be_of_its_year_and_of_its_biennium(asked, held, may_be):
    assert compatible(asked, held) == may_be


PORTAL = "2020 年 8 月推出的战略合规门户网站帮助了 9 个国家和领地的劳动监察部门在线监测监察活动。"


def test_the_month_of_something_else_makes_no_other_period(checker, tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text(PORTAL, encoding="utf-8")
    verdict = next(judged.verdict for judged in checker.check(path) if judged.number.text == "9")
    assert verdict.verdict == "agrees"
    assert verdict.candidate.id == "implementation-2020-21/prose/1120.1"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("相比之下，2018-2019年另有结果。\n\n50%的目标成功达到或超过，42%的目标(即24个目标)未达到。", False),
        ("In 2018-19 much was otherwise.\n\n42 per cent of the targets were not met.", False),
        ("In 2020-21, 42 per cent of the targets were not met.", True),
    ],
)
def test_no_number_is_wrong_that_is_of_another_period_said_before(checker, tmp_path, text, wrong):
    """That a text that says no period means its own biennium is no reason for an alarm."""
    path = tmp_path / "draft.md"
    path.write_text(text, encoding="utf-8")
    verdict = next(judged.verdict for judged in checker.check(path) if judged.number.text.startswith("42"))
    assert (verdict.verdict == "disagrees") == wrong
