"""Words of rank beside which no number says of what: "Asia and the Pacific came third", 亚太排第三."""

import pytest

from analysis.checking.answers.lines import as_json, as_sarif, lines_of_draft, rows
from analysis.checking.answers.telling import Teller

BY_REGION = "# Results by region, 2020-21\n\nAfrica recorded 329 results. {}"
PAR_REGION = "# Résultats par région\n\nL’Afrique compte 329 résultats en 2020-21. {}"
POR_REGION = "# Resultados por región\n\nÁfrica logró 329 resultados. {}"
ZH_REGION = "# 各地区成果\n\n2020–21两年期，非洲取得329项成果。{}"
PARTNERS = "# Our partners, 2020-22\n\nNorway gave US$55.7 million. {}"
BAILLEURS = "# Nos bailleurs, 2020-2022\n\nL’Allemagne a donné 114,9 millions de dollars. {}"
SPENT = "# Expenditure by outcome\n\nOutcome 7 spent US$280.6 million. {}"


def told_ranks(check_text, text):
    return [
        (one.number.text, one.verdict.verdict, int(one.verdict.held))
        for one in check_text(text)
        if one.number.unit == "rank"
    ]


SPOKEN_RANKS = [
    (BY_REGION, "Asia and the Pacific came {}.", "second", "third", 2),
    (BY_REGION, "Europe and Central Asia is {}.", "fourth", "fifth", 4),
    (PARTNERS, "Sweden ranks {} on the list.", "8th", "7th", 8),
    (PARTNERS, "Japan, {}, follows.", "eleventh", "tenth", 11),
    (SPENT, "Social protection ranks {} by expenditure.", "sixth", "fifth", 6),
    (PAR_REGION, "Les Amériques sont {}.", "troisièmes", "deuxièmes", 3),
    (PAR_REGION, "Les États arabes arrivent au {} rang.", "cinquième", "quatrième", 5),
    # Who was spoken of last.
    (BAILLEURS, "Elle est le {} bailleur.", "quatrième", "troisième", 4),
    (BAILLEURS, "La France se classe au {} rang de la liste.", "dix-neuvième", "vingtième", 19),
    (POR_REGION, "Los Estados Árabes quedan en {} lugar.", "quinto", "cuarto", 5),
    (ZH_REGION, "亚太地区位列{}。", "第二", "第三", 2),
    (ZH_REGION, "阿拉伯国家{}。", "垫底", "排第四", 5),
    # By the label of a row above, which no term and no title says.
    (
        "# Iniciativas de innovación\n\n| Tipo | Meta | Resultado |\n|---|---|---|\n| Calidad | 50 | 73 |\n"
        "| Atención al usuario | 50 | 61 |\n| Transparencia | 35 | 70 |\n| Eficiencia | 35 | 81 |\n\n{}",
        "La calidad ocupa el {} puesto.",
        "segundo",
        "primer",
        2,
    ),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("above", "text", "right", "wrong", "place"), SPOKEN_RANKS)
def test_a_rank_is_told_of_what_is_spoken_of(check_text, above, text, right, wrong, place):
    agreeing = told_ranks(check_text, above.format(text.format(right)))
    assert [one[1:] for one in agreeing] == [("agrees", place)]
    disagreeing = told_ranks(check_text, above.format(text.format(wrong)))
    assert [one[1:] for one in disagreeing] == [("disagrees", place)]


def test_ranks_of_a_sentence_are_of_one_quantity(check_text):
    text = BY_REGION.format("Europe and Central Asia comes third, and the Arab States fourth.")
    assert told_ranks(check_text, text) == [("third", "disagrees", 4), ("fourth", "disagrees", 5)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "text",
    [
        BY_REGION.format("The third session of the committee met in Africa."),
        BY_REGION.format("The Americas hosted the second forum; the third is planned in Africa."),
        BY_REGION.format("First, the Americas; second, the Arab States; third, Africa."),
        BY_REGION.format("Asia and the Pacific is the third most populous region."),
        # Of something else, and of fewer.
        BY_REGION.format("In the ranking of visits to the website, the Americas come first."),
        BY_REGION.format("Among the three smallest regions, Europe and Central Asia comes first."),
        PARTNERS.format("Norway is the third-largest economy of the region. Germany came first in cycling."),
        PARTNERS.format("Among European donors Norway ranks third."),
        BAILLEURS.format("Le troisième versement de la Norvège a eu lieu en mai."),
        BAILLEURS.format("Rapporté à sa population, le Luxembourg arrive premier."),
        POR_REGION.format("Por habitante, los Estados Árabes ocupan el primer puesto."),
        POR_REGION.format("La tercera edición del informe de América fue la primera en línea."),
        ZH_REGION.format("第三章介绍美洲的情况，亚太第二届会议五月召开。"),
        ZH_REGION.format("按人口计算，阿拉伯国家排第一。"),
        ZH_REGION.format("第一，亚太；第二，非洲；第三，美洲。"),
        "**Women first.** Their employment shrank by 3.6 per cent.",
    ],
)
def test_an_ordinal_of_something_else_is_no_rank(check_text, text):
    assert told_ranks(check_text, text) == []


def test_a_rank_without_a_number_is_answered_as_any_number(checker, check_text):
    numbers = check_text(BY_REGION.format("Asia and the Pacific came third."))
    checked, teller = numbers, Teller(checker)
    row = rows(checked, "draft.md", teller).set_index("printed").loc["third"]
    assert (row["verdict"], row["error_kind"], row["record_value"]) == ("disagrees", "rank", "2")
    assert '"printed": "third"' in as_json([("draft.md", checked)], teller)
    assert '"level": "error"' in as_sarif([("draft.md", checked)], teller, "1")
    assert any("disagrees: third" in line for line in lines_of_draft("draft.md", checked, teller))


def test_an_ordinal_in_digits_is_told_once(check_text):
    told = [one.number.text for one in check_text(PARTNERS.format("Sweden ranks 8th."))]
    assert told[-1:] == ["8th"]
    assert "8" not in told
