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
