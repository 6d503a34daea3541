"""What a number is said of: its period, its region, its clause, and what it is computed from."""

import pytest

CASES = [
    # A year in a title is no period; so is one that the number is only set against.
    (
        "该区域有11个成员国在本两年期批准了《<1930年强迫劳动公约>的2014年议定书》。",
        "zh",
        "11",
        "not other period",
    ),
    ("2020–2021年总核准额为6.725亿美元，与2018–2019年的高核准水平相比下降了15%。", "zh", "15%", "agrees"),
    # "This region" is the one that a paragraph before named.
    (
        "在美洲，许多政府采取了行动。\n\n该区域的11个成员国在本两年期批准了21份文书。",
        "zh",
        "11",
        "implementation-2020-21/prose/918.1",
    ),
    # The period right before a Chinese number is its own, however near the next one stands.
    ("在职贫困率自2019年的6.7%上升至2020年的7.2%和2021年的6.9%。", "zh", "7.2%", "agrees"),
    # What stands in brackets beside a word parts no clause.
    ("就业人口比率(15 岁及以上)由2020年的54.8%上升至2021年的51.4%。", "zh", "51.4%", "disagrees"),
    # Under an outcome, not counted: 项下 is no unit of counting.
    ("成果目标 7 项下取得了167项成果。", "zh", "7", "not a statement about data"),
    ("成果目标 7 项下取得了167项成果。", "zh", "167", "agrees"),
    # The word for a column is explained by its code.
    (
        "En 2020-2021, la región África obtuvo 321 resultados, la mayor cifra de todas las regiones.",
        "es",
        "321",
        "disagrees",
    ),
    # An amount without its currency is no counted noun's; one of a counted noun is.
    (
        "El gasto en los ocho resultados en materia de políticas ascendió a 1 104,6 millones de dólares, de "
        "los cuales 418,3 millones procedieron del presupuesto ordinario.",
        "es",
        "418,3 millones",
        "disagrees",
    ),
    # Computed from the numbers beside it, in the direction that is said.
    (
        "Outcome 1 spent US$147.4 million against a strategic budget of US$112.8 million, 31 per cent more.",
        "en",
        "31",
        "agrees",
    ),
    (
        "Outcome 1 spent US$147.4 million against a strategic budget of US$112.8 million, 39 per cent more.",
        "en",
        "39",
        "disagrees",
    ),
    # A change that the record holds is no other period's, and is called wrong where it is.
    (
        "160 million children were in child labour in 2020, 8.4 million more than in 2016.",
        "en",
        "8.4 million",
        "agrees",
    ),
    # "Of" and "from" say where something came from only where it moves.
    ("La tasa de desempleo era del 6,6 % en 2020; en 2021, del 6,2 %.", "es", "6,2", "agrees"),
    ("La tasa de desempleo aumentó en 2020, del 5,4 % al 6,6 %.", "es", "5,4", "agrees"),
    ("La tasa de desempleo aumentó en 2020, del 5,9 % al 6,6 %.", "es", "5,9", "disagrees"),
    # A period in a later clause is that clause's number's.
    ("6%的成果以性别平等和不歧视为主要目标，上一个两年期为5%。", "zh", "6%", "agrees"),
    ("9%的成果以性别平等和不歧视为主要目标，上一个两年期为5%。", "zh", "9%", "disagrees"),
    # ... and is not carried into the next sentence.
    (
        "46%的职员得到有效工作所需的培训，2019年为38%。81%的职员认为管理者是变革推动者。",
        "zh",
        "81%",
        "agrees",
    ),
    # Days are no results, and whom a measure word counts is counted.
    ("征聘平均用时148天，目标为120天。", "zh", "120", "not disagrees"),
    ("征聘平均用时148天。", "zh", "148", "agrees"),
    ("会议有14名代表出席。", "zh", "14", "not disagrees"),
    # What exceeds a plan, or is left of it, is no level; it is computed where it can be.
    ("Pour le résultat 3, les dépenses ont dépassé le budget de 28,6 millions.", "fr", "28,6", "agrees"),
    ("Pour le résultat 3, les dépenses ont dépassé le budget de 31 millions.", "fr", "31", "undecided"),
    ("Pour le résultat 3, les dépenses ont atteint 252,1 millions.", "fr", "252,1", "disagrees"),
    # The record's own French and Spanish words are known.
    ("46 % des agents disent avoir reçu la formation nécessaire.", "fr", "46", "agrees"),
    # A slip of the value that is spoken of is told where the words alone would not do; another number is not.
    ("Between 2020 and 2021 the Office helped 115 member States.", "en", "115", "disagrees"),
    ("Between 2020 and 2021 the Office helped 163 member States.", "en", "163", "not disagrees"),
    # A number has the series of those that follow it, too.
    ("非洲的成果为349项，阿拉伯国家为82项，亚洲及太平洋为195项。", "zh", "349", "disagrees"),
    # A table whose codes do not say what it counts is found by its title.
    ("Africa accounted for 37 per cent of all results.", "en", "37", "agrees"),
    # What stands behind the number that is joined to it is that number's, and so is a source.
    (
        "95 ratifications ont eu lieu, dont 69 en 2021 et 20 de conventions fondamentales.",
        "fr",
        "69",
        "agrees",
    ),
    (
        "Policy outcome expenditure was US$458.3 million from the regular budget and US$619.2 million from "
        "earmarked voluntary contributions.",
        "en",
        "619.2",
        "agrees",
    ),
    # The number of an outcome ends before the next number; neither is a list with "3 per cent more".
    ("Au titre du résultat 2, 117 résultats ont été obtenus.", "fr", "117", "agrees"),
    ("Results in 2020–21 came to 896, 3 per cent above target.", "en", "896", "agrees"),
    # Of which no period is said is of the record's own; an earlier year's value is not right then.
    ("46 per cent of staff said they received the training they needed.", "en", "46", "agrees"),
    ("33 per cent of staff said they received the training they needed.", "en", "33", "not agrees"),
    # Points for per cent, and a billion for a million.
    (
        "Of outcome 1 expenditure, 29 percentage points came from development cooperation.",
        "en",
        "29",
        "disagrees",
    ),
    ("Total expenditure under outcome 6 was US$57.2 billion.", "en", "57.2", "disagrees"),
    # A share is of a whole, not of another outcome.
    ("成果目标7支出为2.806亿美元，20%来自经常预算。成果目标6支出为0.572亿美元。", "zh", "20%", "not agrees"),
    # Of two years the first is of what moved, the second of where it came to.
    ("Working poverty rose from 6.7 per cent to 7.2 per cent between 2019 and 2020.", "en", "6.7", "agrees"),
    ("Working poverty rose from 6.7 per cent to 7.2 per cent between 2019 and 2020.", "en", "7.2", "agrees"),
    (
        "Working poverty rose from 6.7 per cent to 7.9 per cent between 2019 and 2020.",
        "en",
        "7.9",
        "disagrees",
    ),
    # What is denied is not the quantity that the words name.
    (
        "Sur les 57 cibles, 37 ont été atteintes ou dépassées et 20 ne l'ont pas été.",
        "fr",
        "20",
        "not disagrees",
    ),
    # One word in common names no quantity, whatever is counted; several do.
    ("Last year's conference drew 412 participants from 38 countries.", "en", "38", "not disagrees"),
    ("Last year's conference drew 412 participants from 38 countries.", "en", "412", "not disagrees"),
    ("La feria del libro atrajo a 3.400 personas de 12 ciudades.", "es", "12", "not disagrees"),
    ("98 chefs d'État et de gouvernement ont pris la parole au Sommet mondial.", "fr", "98", "disagrees"),
    # What is said of a town or a province is not what is said of the world.
    ("En la provincia, la tasa de desempleo juvenil era del 27,8 % en 2020.", "es", "27,8", "not disagrees"),
    ("En el mundo, la tasa de desempleo juvenil era del 27,8 % en 2020.", "es", "27,8", "disagrees"),
    # What "met or exceeded" governs is no limit.
    ("2020–21年行动计划有57项目标，达到或超过37项。", "zh", "37", "agrees"),
    # What the record prints as per cent is right so, though it is a difference of percentages; no other is.
    (
        "At the level of assistant secretary-general and above, the share of women rose by 6.5 per cent "
        "between December 2008 and December 2010 (from 24.4 to 30.9 per cent).",
        "en",
        "6.5",
        "agrees",
    ),
    (
        "2008年12月至2010年12月，在助理秘书长级及以上，最高增长率为6.5%(从24.4%到30.9%)。",
        "zh",
        "6.5",
        "agrees",
    ),
    ("2010年，在助理秘书长级及以上，比2008年提高了6.6%(从24.4%到30.9%)。", "zh", "6.6", "not agrees"),
    # A share that is lost is no change: that something beside it rose turns nothing.
    ("不活跃和失业上升解释了2020年工作时间减少的约52%。", "zh", "52%", "agrees"),
]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(("text", "language", "printed", "wanted"), CASES)
def test_a_number_is_what_its_words_speak_of(check_text, text, language, printed, wanted):
    one = next(
        each for each in check_text(text, language) if each.number.text.startswith(printed.rstrip("%"))
    )
    verdict = one.verdict
    if wanted == "not other period":
        assert verdict.verdict != "other period"
    elif wanted in ("not disagrees", "not agrees"):
        assert verdict.verdict != wanted.removeprefix("not ")
    elif "/" in wanted:
        assert (verdict.verdict, verdict.candidate.id) == ("agrees", wanted)
    else:
        assert verdict.grade == wanted
