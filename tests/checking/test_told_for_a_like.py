"""A number that is the value of another sex, region or period than its own clause says."""

import pytest

from analysis.checking.text.countries import countries_named

TOLD = [
    ("The child labour rate in 2020 was {} per cent for girls.", "en", "7.8", "11.2", "sex"),
    ("The unemployment rate of women stood at {} per cent in 2021.", "en", "6.3", "6.4", "period"),
    ("La tasa de trabajo infantil fue del {} % entre las niñas en 2020.", "es", "7,8", "11,2", "sex"),
    ("Chez les filles, le travail des enfants est de {} % en 2020.", "fr", "7,8", "9,6", "sex"),
    ("童工中女童有{}人，男童有9700万人。", "zh", "6300万", "9700万", "sex"),
    ("In Africa the Office recorded {} results.", "en", "329", "195", "region"),
    ("Norway gave US${} million in 2020–22.", "en", "55.7", "52.1", "outcome"),
    ("La France a versé {} milliers de dollars en 2020-22.", "fr", "11 014", "7 957", "outcome"),
    ("成果目标5的工作人员时间中，非洲占{}%。", "zh", "14", "13", "outcome"),
    ("Les Amériques ont enregistré {} ratifications.", "fr", "21", "36", "region"),
    ("美洲登记了{}份批准书。", "zh", "21", "36", "region"),
    (
        "Recruiting development cooperation staff took {} days on average, 52 fewer than in 2016–17.",
        *("en", "148", "200", "period"),
    ),
    ("发展合作人员的平均招聘时间为{}天，比2016-2017年缩短52天。", "zh", "148", "200", "period"),
    ("本两年期，换岗或换地点的经常预算职员有{}名。", "zh", "248", "325", "period"),
    (
        "En este bienio, {} funcionarios del presupuesto ordinario cambiaron de puesto o lugar de destino.",
        *("es", "248", "325", "period"),
    ),
    ("联盟8.7的开拓国家到本期末是{}个。", "zh", "26", "19", "outcome"),
]


def first_of(check_text, text, language):
    data = [one for one in check_text(text, language) if not one.number.rule]
    return data[0].verdict


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "right", "wrong", "kind"), TOLD)
def test_a_number_disagrees_that_is_a_likes(check_text, text, language, right, wrong, kind):
    told = first_of(check_text, text.format(right), language)
    assert told.verdict in ("agrees", "rounding")
    other = first_of(check_text, text.format(wrong), language)
    assert (other.verdict, other.error_kind) == ("disagrees", kind)
    assert other.held == told.held
    assert other.right_for.base != told.held


GONE_ON = [
    (
        "In 2021, 40 per cent of reports on ratified Conventions arrived on time. The Americas managed {}.",
        "en",
        ("34", "33", "region"),
    ),
    (
        "Unemployment among women was 6.4 per cent in 2020. A year later, in 2021, it was {}.",
        "en",
        ("6.3", "6.1", "sex"),
    ),
    (
        "La seguridad y salud movilizó a 32 Estados en materia de riesgos específicos; de ellos, {} son "
        "asiáticos.",
        "es",
        ("ocho", "siete", "region"),
    ),
    (
        "Quatre-vingt-quinze ratifications de normes : 95. L’Europe et l’Asie centrale en comptent {}.",
        "fr",
        ("24", "21", "region"),
    ),
    ("两年期内共登记95份批准书。其中欧洲和中亚{}份。", "zh", ("24", "21", "region")),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "numbers"), GONE_ON)
def test_a_clause_goes_on_to_a_like_of_what_was_spoken_of_last(check_text, text, language, numbers):
    right, wrong, kind = numbers
    assert check_text(text.format(right), language)[-1].verdict.verdict != "disagrees"
    told = check_text(text.format(wrong), language)[-1].verdict
    assert (told.verdict, told.error_kind) == ("disagrees", kind)


SILENT = [
    (
        "In 2021, 40 per cent of reports on ratified Conventions arrived on time. "
        "The Americas have 33 offices.",
        "en",
    ),
    (
        "In 2021, 40 per cent of reports on ratified Conventions arrived on time. "
        "In the Americas unemployment stood at 33 per cent in some cities.",
        "en",
    ),
    ("En 2021, 40 % de los informes sobre convenios ratificados llegaron a tiempo. En Perú, el 47 %.", "es"),
    ("In Europe and Central Asia 21 of the ratifications came in 2021.", "en"),
    ("Norway and Switzerland gave US$55.7 million and US$52.1 million in 2020–22.", "en"),
    ("Pour la protection sociale, 32 des 70 résultats sont africains.", "fr"),
    ("The jobless rate went from 5.4 per cent in 2019 to 6.6 and stood at 6.2 in 2021.", "en"),
    ("In Peru, 6.6 per cent of the labour force was out of work in 2021.", "en"),
    ("中国2021年失业率为6.6%。", "zh"),
    ("Au Pérou, le chômage a touché 6,6 % de la population active en 2021.", "fr"),
    ("Among women aged 25 to 54 the unemployment rate was 6.1 per cent in 2021.", "en"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language"), SILENT)
def test_nothing_is_called_a_likes_that_may_be_its_own(check_text, text, language):
    assert "disagrees" not in {one.verdict.verdict for one in check_text(text, language)}


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("in Peru and the United Republic of Tanzania", "en", {"PE", "TZ"}),
        ("la Côte d'Ivoire et le Pérou", "fr", {"CI", "PE"}),
        ("中国城镇", "zh", {"CN"}),
        ("el Perú", "es", {"PE"}),
        ("the European Union, the United Nations and the world", "en", set()),
        ("Perugia and Malians", "en", set()),
    ],
)
def test_countries_are_known_by_their_names(text, language, codes):
    assert countries_named(text, language) == codes


OF_SAID_CODE = [
    (
        "## Outcome 5: skills\n\nThe work cost US$116.8 million; {} per cent of it was regular budget.",
        "en",
        ("33", "38"),
    ),
    ("# 补充账户\n\n补充账户的去向：就业26%，劳动保护{}%", "zh", ("16", "15")),
    (
        "| Results | Strategic budget (US$ million) | Actual expenditure (US$ million) |\n|---|---|---|\n"
        "| Enterprises | 104.8 | {} |\n",
        "en",
        ("115.6", "116.8"),
    ),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "numbers"), OF_SAID_CODE)
def test_the_value_of_another_code_than_is_said_does_not_agree(check_text, text, language, numbers):
    told = []
    for number in numbers:
        checked = [
            one for one in check_text(text.format(number), language) if one.number.text.startswith(number)
        ]
        told.append(checked[-1].verdict)
    right, wrong = told
    assert right.is_right
    assert wrong.verdict == "disagrees"
    assert wrong.held == right.held


def test_the_code_of_a_heading_says_nothing_against_another_that_the_clause_says(check_text):
    told = "Enterprises cost US$115.6 million, of which 38 per cent from the regular budget."
    verdicts = {
        one.number.text: one.verdict.verdict for one in check_text(f"## Outcome 5: skills\n\n{told}", "en")
    }
    assert verdicts["38"] == "agrees"


BEFORE_BRACKETS = [
    (
        "In 2020 9.6 per cent of children worked. For boys alone, {} per cent (in 2000 both together were "
        "above 16 per cent).",
        "en",
    ),
    (
        "En 2020, 9,6 % des enfants travaillaient. Pour les garçons seuls, {} % (en 2000, les deux réunis "
        "dépassaient 16 %).",
        "fr",
    ),
    (
        "En 2020 trabajaba el 9,6 % de los niños. Entre los varones, el {} % (en 2000 ambos sexos superaban "
        "juntos el 16 %).",
        "es",
    ),
    ("2020年童工率为9.6%。男孩为{}%（2000年两者合计超过16%）。", "zh"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language"), BEFORE_BRACKETS)
def test_brackets_with_numbers_of_their_own_say_nothing_of_the_number_before(check_text, text, language):
    for printed, wanted in (("11.2", "agrees"), ("7.8", "disagrees")):
        printed = printed.replace(".", ",") if language in ("fr", "es") else printed
        told = {one.number.text: one.verdict.verdict for one in check_text(text.format(printed), language)}
        assert told[printed] == wanted


OF_WHOLES = [
    ("By October 2020 Uzbekistan had given temporary jobs to {} people.", "en", ("500,000", "270,000")),
    ("成果目标6性别平等的实际支出为{}万美元。", "zh", ("5720", "1660")),
    (
        "| Outcome | Strategic budget (US$ million) | Actual expenditure (US$ million) |\n|---|---|---|\n"
        "| Economic, social and environmental transitions | 196.5 | {} |\n",
        "en",
        ("225.1", "157.3"),
    ),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "numbers"), OF_WHOLES)
def test_the_value_of_a_part_of_which_nothing_is_said_disagrees(check_text, text, language, numbers):
    told = []
    for number in numbers:
        checked = [
            one for one in check_text(text.format(number), language) if one.number.text.startswith(number)
        ]
        told.append(checked[-1].verdict)
    assert [verdict.verdict for verdict in told] == ["agrees", "disagrees"]
    assert told[0].held == told[1].held


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("By October 2020 Uzbekistan had given temporary jobs to 270,000 women.", "en", "270,000"),
        ("成果目标6性别平等的预算外实际支出为1660万美元。", "zh", "1660万"),
    ],
)
def test_the_value_of_a_part_that_is_named_agrees(check_text, text, language, number):
    (verdict,) = [one.verdict for one in check_text(text, language) if one.number.text == number]
    assert verdict.verdict == "agrees"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The skills outcome exceeded its budget by 35 per cent. Of the RBSA, 26 per cent was spent on "
            "transitions.",
            "en",
        ),
        (
            "El resultado sobre competencias superó su presupuesto en un 35 por ciento. De la CSPO, el 26 "
            "por ciento se gastó en las transiciones.",
            "es",
        ),
        (
            "El resultado sobre el diálogo social costó 147,4 millones. Del gasto de la Cuenta "
            "Suplementaria, el 26 % fue al resultado sobre transiciones.",
            "es",
        ),
    ],
)
def test_an_outcome_that_the_clause_calls_by_its_title_is_none_that_was_said_before(
    check_text, text, language
):
    told = {one.number.text: one.verdict for one in check_text(text, language)}
    assert told["26"].verdict == "agrees"
    assert told["26"].candidate.axes["outcome"] == "3"


# What the clause names too little of to be told by its words, and the value of another code than it says.
LIKELY = [
    (
        "In the Arab States {} per cent of reports on the application of standards arrived on time.",
        "34",
        "region",
        "33",
    ),
    ("通过UN INFO平台报告的国家办事处，2021年为{}%。", "69", "period", "81"),
    (
        "In the Arab States {} per cent of project proposals were at gender marker 2 or 3.",
        "5",
        "region",
        "9",
    ),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "number", "kind", "right"), LIKELY)
def test_the_value_of_another_code_than_is_said_of_what_is_likely_meant_disagrees(
    checker, tmp_path, text, number, kind, right
):
    path, told = tmp_path / "draft.md", {}
    for printed in (number, right):
        path.write_text(text.format(printed), encoding="utf-8")
        (told[printed],) = [one.verdict for one in checker.check(path) if one.number.text == printed]
    assert (told[number].verdict, told[number].error_kind) == ("disagrees", kind)
    assert float(told[number].held) == float(right)
    assert told[right].verdict != "disagrees"
