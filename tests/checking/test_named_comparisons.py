"""A settled quantity set against one that is named right beside the number: right, wrong, and not judged."""

import pytest


def verdicts_of(check_text, text, language, printed):
    one = next(one for one in reversed(check_text(text, language)) if one.number.text.startswith(printed))
    return one.verdict


# A plan, another region, another outcome, a year, the biennium before; a share and a multiple.
COMPARED = [
    ("Social dialogue brought 199 results, {} more than planned.", "en", "20", "30"),
    ("Africa recorded 329 results, {} more than the Americas.", "en", "143", "123"),
    ("非洲取得329项成果，比美洲多{}项。", "zh", "143", "134"),
    ("成果目标8的成果为70项，比成果目标7少{}项。", "zh", "97", "87"),
    (
        "En tout, 710 membres du personnel ont participé à l'innovation, soit {} de plus que prévu.",
        "fr",
        "110",
        "120",
    ),
    ("Cambiaron de puesto o de destino 248 personas, {} menos que en el bienio anterior.", "es", "77", "79"),
    ("The unemployment rate was 6.2 per cent in 2021, {} points above 2019.", "en", "0.8", "1.8"),
    ("La más activa fue África, con 329 resultados, {} veces los de las Américas.", "es", "1,8", "1,6"),
    ("2021年失业率为6.2%，比2019年高{}个百分点。", "zh", "0.8", "1.8"),
    # A partner, whose code no term says.
    ("法国捐款1101.4万美元，比意大利多{}万美元。", "zh", "305.7", "405.7"),
    ("France gave 11.0 million dollars, {} million more than Italy.", "en", "3.1", "4.1"),
    ("La France donne 11 millions, {} fois moins que la Belgique.", "fr", "1,8", "2,4"),
    ("Outcome 5 spent US$116.8 million, {} per cent above budget.", "en", "35", "20"),
    # The second of two comparisons is of the same quantity.
    (
        "Asia and the Pacific recorded 195 results, nine more than the Americas and {} fewer than Africa.",
        "en",
        "134",
        "124",
    ),
    # The plan before the number, one that is stated elsewhere, or only how many are lacking.
    ("El diálogo social logró 199 resultados y superó la meta en {}.", "es", "20", "28"),
    ("Gender equality closed with 59 results. That is {} short of the target.", "en", "25", "35"),
    ("Hiring for development cooperation takes 148 days, {} more than the target.", "en", "28", "38"),
    ("Hiring for development cooperation takes 148 days; the goal of 120 is {} days off.", "en", "28", "38"),
    ("L’égalité de genre compte 59 résultats : il en manque {}.", "fr", "25", "15"),
    ("La igualdad de género logró 59 resultados: faltan {} para la meta.", "es", "25", "52"),
    ("提高效率的举措有81项，后者超出目标{}项。", "zh", "46", "36"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "right", "wrong"), COMPARED)
def test_what_is_set_against_something_named_is_right_or_wrong(check_text, text, language, right, wrong):
    assert verdicts_of(check_text, text.format(right), language, right).verdict == "agrees"
    told = verdicts_of(check_text, text.format(wrong), language, wrong)
    assert (told.verdict, told.error_kind) == ("disagrees", "arithmetic")


OTHERWISE_WRONG = [
    ("Social dialogue brought 199 results, 20 fewer than planned.", "en", "20", "direction"),
    (
        "En 2020, 7,2 % de ceux qui travaillaient étaient pauvres, 0,5 point de moins qu’en 2019.",
        "fr",
        "0,5",
        "direction",
    ),
    ("¿Basta con que el 46 % de los recursos sea voluntario, 2 % menos que la meta?", "es", "2", "unit"),
    (
        "Les contributions volontaires forment 46 % des ressources, une part inférieure de deux pour cent "
        "à l’objectif.",
        "fr",
        "deux",
        "unit",
    ),
    ("In 2021 unemployment was 6.2 per cent, over 1 point above 2019.", "en", "1", "qualifier"),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "language", "printed", "kind"), OTHERWISE_WRONG)
def test_a_comparison_is_wrong_in_its_direction_unit_or_qualifier(check_text, text, language, printed, kind):
    told = verdicts_of(check_text, text, language, printed)
    assert (told.verdict, told.error_kind) == ("disagrees", kind)


# What is compared is another quantity, what it is compared with is none of the record, or is not named.
NOT_COMPARED = [
    ("France gave 11.0 million dollars, 4.1 million more than italics cost us.", "en", "4.1"),
    ("In 2021 the unemployment rate was 6.2 per cent, and inflation stood 3 points above 2019.", "en", "3"),
    ("Africa recorded 329 results, 12 more countries than in the Americas asked for help.", "en", "12"),
    ("Africa recorded 329 results; my village has 12 more than planned.", "en", "12"),
    ("Africa recorded 329 results, four more than my colleague expected.", "en", "four"),
    ("102 results against 114 planned: 12 short", "en", "114"),
    ("En 2021, le chômage était de 6,2 %, soit 2 points de plus que chez nous.", "fr", "2 "),
    ("非洲取得329项成果，比本市多12项。", "zh", "12"),
    ("Social dialogue delivered 199 results; my choir beat its own target by 21.", "en", "21"),
    ("La cible de 84 n’a pas été atteinte. Il manque 3 chaises à ma table.", "fr", "3"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "language", "printed"), NOT_COMPARED)
def test_what_is_not_set_against_something_recorded_is_not_called_wrong(check_text, text, language, printed):
    assert verdicts_of(check_text, text, language, printed.strip()).verdict != "disagrees"


def test_the_biennium_before_is_told_once_however_its_words_overlap(checker, tmp_path):
    from analysis.checking.text.sentence_reading import sentence_of

    text = "79 menos que en el bienio anterior"
    read = sentence_of(text, [], "es", checker.catalogue.lexicon("es"), "2020-21")
    assert [mention.code for mention in read.mentions if mention.axis == "period"] == ["2018-19"]


def test_how_far_a_target_is_is_said_by_a_distance_in_chinese(check_text):
    for printed, wanted in (("七", "disagrees"), ("九", "agrees")):
        text = f"空缺通知写明性别技能的61%，离目标差{printed}个百分点。"
        assert verdicts_of(check_text, text, "zh", printed).verdict == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Asia and the Pacific delivered 195 results, 22 per cent of all, and nine more than the Americas.",
        "195 resultados en Asia y el Pacífico, el 22 % del total mundial y nueve más que las Américas.",
    ],
)
def test_a_count_is_compared_with_the_count_before_a_share(check_text, text):
    verdicts = {judged.number.text: judged.verdict.verdict for judged in check_text(text)}
    assert verdicts[next(name for name in verdicts if name in ("nine", "nueve"))] == "agrees"


OF_THE_WHOLE = [
    (
        "Member States in the Americas ratified 21 instruments, {} of the world total.",
        "over a fifth",
        "over a third",
    ),
    ("Les Amériques ont obtenu 186 résultats, {} % du total.", "21", "31"),
    (
        "Los países de África ratificaron 36 instrumentos, {} del total mundial.",
        "más de un tercio",
        "menos de un cuarto",
    ),
]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("text", "right", "wrong"), OF_THE_WHOLE)
def test_a_share_of_the_whole_is_of_that_of_what_stands_before(check_text, text, right, wrong):
    for printed, told in ((right, ("agrees", "rounding")), (wrong, ("disagrees",))):
        judged = [one for one in check_text(text.format(printed)) if not one.number.rule]
        assert judged[-1].verdict.verdict in told
