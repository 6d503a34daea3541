"""Which recorded periods may be those that a text speaks of."""

import pytest

from analysis.checking.drafts import Checker
from analysis.checking.text.periods import compatible


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
        ("2008", "2008-12", True),
        ("2010", "2008-12", False),
        ("2012", "2011-12", True),
        ("2014", "2012-16", True),
    ],
)
def test_a_month_may_be_of_its_year_and_of_its_biennium(asked, held, may_be):
    assert compatible(asked, held) == may_be


PORTAL = "2020 年 8 月推出的战略合规门户网站帮助了 9 个国家和领地的劳动监察部门在线监测监察活动。"


def test_the_month_of_something_else_makes_no_other_period(check_text):
    verdict = next(
        judged.verdict for judged in check_text(PORTAL, suffix=".txt") if judged.number.text == "9"
    )
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
def test_no_number_is_wrong_that_is_of_another_period_said_before(check_text, text, wrong):
    """That a text that says no period means its own biennium is no reason for an alarm."""
    verdict = next(judged.verdict for judged in check_text(text) if judged.number.text.startswith("42"))
    assert (verdict.verdict == "disagrees") == wrong


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language", "right", "wrong"),
    [
        (
            "Relative to 2018-19, new approvals of voluntary funding fell {} per cent, to $672.5 million.",
            "en",
            "15",
            "25",
        ),
        (
            "Un 46 % dice recibir formación, ocho puntos más que en 2019, y el {} % agradece el teletrabajo.",
            "es",
            "88",
            "81",
        ),
        ("童工比2016年多840万，男孩{}万。", "zh", "9,700", "7,900"),
        (
            "Les rapports ont cité le BIT 447 fois, contre 346 en 2018-19, soit une hausse de {}.",
            "fr",
            "29 pour cent",
            "29 points",
        ),
    ],
)
def test_a_period_that_something_is_set_against_is_of_no_number_beyond_a_comma(
    check_text, text, language, right, wrong
):
    for said, wanted in ((right, "agrees"), (wrong, "disagrees")):
        one = next(
            entry
            for entry in check_text(text.format(said), language)
            if entry.number.text.startswith(said[:2])
        )
        assert one.verdict.verdict == wanted


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Against 2019, when global unemployment stood at 5.4 per cent, the world was worse off.", "en"),
        (
            "Contre 2019, année où le taux de chômage mondial était de 5,4 pour cent, la perte est claire.",
            "fr",
        ),
        ("Frente a 2019, cuando el desempleo mundial era del 5,4 %, la cifra subió.", "es"),
        ("与2019年全球失业率5.4%相比，情况更糟。", "zh"),
    ],
)
def test_what_is_said_of_the_period_that_something_is_set_against_is_of_it(check_text, text, language):
    one = next(entry for entry in check_text(text, language) if entry.number.text in ("5.4", "5,4"))
    assert (one.verdict.verdict, one.verdict.candidate.period) == ("agrees", "2019")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("En 2020, la planète a travaillé {} % d’heures de moins qu’au dernier trimestre de 2019.", "fr"),
        ("En 2020 se trabajó en el mundo un {} % de horas menos que en el último trimestre de 2019.", "es"),
        ("In 2020, {} per cent fewer hours were worked worldwide than in the last quarter of 2019.", "en"),
    ],
)
def test_a_quarter_that_something_is_compared_with_is_of_no_number(check_text, text, language):
    for printed, verdict in ((8.9, "agrees"), (9.8, "disagrees")):
        numbers = check_text(
            text.format(f"{printed}".replace(".", "." if language == "en" else ",")), language
        )
        one = next(one for one in numbers if one.number.unit == "percent")
        assert one.verdict.verdict == verdict


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("New approvals, at $672.5 million, were {} per cent down on the record level of 2018–19.", "up"),
        ("两年期新批准额为6.725亿美元，比2018–19年的最高水平下降{}。", "15个百分点"),
    ],
)
def test_a_period_behind_a_level_that_is_compared_with_is_of_no_number(check_text, text, wrong):
    other = text.replace("down", wrong).format("15") if wrong == "up" else text.format(wrong)
    told = []
    for one in (text.format("15" if wrong == "up" else "15%"), other):
        data = [judged.verdict.verdict for judged in check_text(one) if not judged.number.rule]
        told.append([verdict for verdict in data if verdict != "not a statement about data"][:2])
    assert told[0] == ["agrees", "agrees"]
    assert told[1] == ["agrees", "disagrees"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("New voluntary approvals were 15 percentage points less than the record level of 2018–19.", "en"),
        (
            "Les nouvelles approbations sont inférieures de 15 points au niveau record de 2018-19.",
            "fr",
        ),
        ("2016年以来，童工缩小了840万人。", "zh"),
    ],
)
def test_another_unit_or_direction_is_wrong_beside_the_period_that_something_is_counted_from(
    check_text, text, language
):
    data = [judged.verdict for judged in check_text(text, language) if not judged.number.rule]
    assert [(verdict.verdict, verdict.error_kind in ("unit", "direction")) for verdict in data] == [
        ("disagrees", True)
    ]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("La Cuenta Suplementaria recibió 50,9 millones, más de 17 millones sobre 2017-2019.", "17"),
        ("Llegaron a la CSPO 50,9 millones, más de 17 millones por encima del trienio 2017-2019.", "17"),
        ("Las contribuciones voluntarias nuevas bajaron un 15 % con respecto al bienio anterior.", "15"),
        (
            "Les contributions volontaires nouvelles ont reculé de 15 % par rapport au précédent exercice.",
            "15",
        ),
    ],
)
def test_what_lies_above_or_below_a_period_is_not_of_it(check_text, text, printed):
    verdict = next(one.verdict for one in check_text(text) if one.number.text.startswith(printed))
    assert verdict.verdict == "agrees"


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("text", "printed", "sex"),
    [
        ("En Mozambique, 1,7 millones de hogares, 68 % de ellos encabezados por una mujer.", "68", None),
        ("En 2021 trabajaba el 43,4 % de ellas y el 67,3 % de ellos.", "67,3", "SEX_M"),
        ("En 2019 eran pobres el 7,1 % de las trabajadoras y el 6,5 % de los trabajadores.", "6,5", "SEX_M"),
    ],
)
def test_of_them_is_of_no_sex_unless_the_other_is_told_so_too(check_text, text, printed, sex):
    verdict = next(one.verdict for one in check_text(text) if one.number.text == printed)
    assert verdict.verdict == "agrees"
    assert sex is None or verdict.candidate.axes["sex"] == sex


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "Entre marzo de 2020 y noviembre de 2021 salieron ocho ediciones del Observatorio de la OIT; "
            "la segunda tardó tres semanas.",
            "tres",
        ),
        (
            "Between March 2020 and November 2021 eight editions of the ILO Monitor came out; "
            "the second took three weeks.",
            "three",
        ),
        (
            "En Uzbekistán, 270.000 de las 500.000 personas con empleo temporal eran mujeres: el 54 %.",
            "270.000",
        ),
        ("Pour recruter dans un projet, il fallait 200 jours en 2016-17; on en est à 148.", "148"),
    ],
)
def test_what_stands_behind_a_colon_or_a_semicolon_is_of_the_next_number(check_text, text, printed):
    verdict = next(one.verdict for one in check_text(text) if one.number.text.startswith(printed))
    assert verdict.verdict == "agrees"


AGAINST_ANOTHER = [
    ("Social dialogue brought 199 results.", "other period"),
    ("Social dialogue brought 190 results.", "undecided"),
    ("In 2020–21 social dialogue brought 199 results.", "agrees"),
    ("# Results in 2020–21\n\nSocial dialogue brought 199 results.", "agrees"),
    ("The gender action plan met 29 of its targets.", "agrees"),
]


@pytest.mark.slow
def test_a_period_that_no_document_is_about_is_not_judged_by_another(checker, tmp_path):
    """``checker`` reads the documents of 2020–21, which print some numbers of the period before."""
    before = Checker(checker.catalogue.recorded, "2018-19", None)
    path = tmp_path / "draft.md"
    for text, verdict in AGAINST_ANOTHER:
        path.write_text(text, encoding="utf-8")
        judged = [one.verdict.verdict for one in before.check(path, "en") if not one.number.rule]
        assert judged[-1] == verdict, text


def test_a_ratio_is_no_comparison(check_text):
    before = "2020年女性的失业率是6.6%，2021年为6.3%。青年2020年达到15.2%，比上一年高出1.7%。"
    before += "就业人口比率从2019年的57.3%降到2020年的55.4%。"
    numbers = check_text(f"{before}男性的这一比率2021年为67.3%，女性为43.4%，两者相差23.9个百分点。", "zh")
    told = {one.number.text: one.verdict for one in numbers}
    assert told["43.4"].is_right
    assert told["43.4"].candidate.period == "2021"
