"""What is offered says of what it is: in the language of the draft, and no word twice."""

import pytest

from analysis.checking.answers.telling import Teller

REPORT, GENDER = "implementation-2020-21", "gender-equality-2020-21"
JOBLESS = f"{REPORT}/decent_work_indicators/unemployment_rate/SEX_M/YTHADULT_YGE15/2020"
CHILDREN = f"{REPORT}/decent_work_indicators/child_labour_rate/SEX_F/Y5-17/2020"
SHARE = f"{REPORT}/results_by_region/asia_pacific/share"
ALL_TARGETS = f"{GENDER}/monitoring_totals/2020-21/total/count"
BUDGET = f"{REPORT}/budget_by_outcome/2/total/strategic_budget"
ALL_RESULTS = 'total("report.output_indicators", measure="result", region="all", unit="result")'

NARROW = "\u00a0"

SAID = [
    (SHARE, "en", "Results by region: Asia and the Pacific, Share, 2020-21"),
    (SHARE, "fr", "Résultats par région : Asie et Pacifique, Part, 2020-21"),
    (SHARE, "zh", "按区域分列的成果：亚太地区, 比例, 2020-21"),
    (ALL_TARGETS, "fr", "Totaux des cibles du Plan d’action : Nombre, 2020-21"),
    (ALL_TARGETS, "es", "Totales de las metas del Plan de acción: Número, 2020-21"),
    (ALL_RESULTS, "en", "Targets and results by output indicator: Result, 2020-21"),
    (JOBLESS, "en", "Unemployment rate, Men, 15 and over, 2020"),
    (CHILDREN, "en", "Children aged 5–17 in child labour, Women, 2020"),
]


@pytest.mark.parametrize(("held", "language", "said"), SAID)
def test_a_statement_names_its_quantity(checker, held, language, said):
    assert Teller(checker).statement(checker.catalogue.by_id[held], language).replace(NARROW, " ") == said


def test_every_statement_says_more_than_its_codes(checker):
    """Of nothing that is offered only a measure and a period are told: "Number, 2020-21"."""
    teller = Teller(checker)
    bare = {
        "Number",
        "Share",
        "Target",
        "Result",
        "Nombre",
        "Part",
        "Cible",
        "Número",
        "Meta",
        "数量",
        "比例",
    }
    for candidate in checker.catalogue.candidates:
        for language in ("en", "fr", "es", "zh"):
            assert teller.statement(candidate, language).split(",")[0] not in bare, candidate.id


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        (
            "In 2016-17 the Committee on Freedom of Association had dealt with 121 cases.",
            "en",
            "The record holds “",
        ),
        (
            "En 2018-2019, la région Afrique avait obtenu 287 résultats.",
            "fr",
            "« Cibles et résultats par indicateur",
        ),
    ],
)
def test_another_period_is_told_with_its_quantity(checker, check_text, text, language, said):
    told = " ".join(Teller(checker).told(judged) for judged in check_text(text, language))
    assert said in told.replace(NARROW, " ")
