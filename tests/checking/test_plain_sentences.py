"""Sentences as people write them in whole paragraphs: no right number of theirs is called wrong."""

import pytest

# Of each sentence the numbers that agree, those that are wrong, and right ones that may stay open.
SENTENCES = {
    "whom a subject comes after says nothing of its number": [
        ("Outcome 3 was the costliest after outcome 7, at US$225.1 million.", "225.1", "", ""),
        ("Outcome 3 was the costliest after outcome 7, at US$252.1 million.", "", "252.1", ""),
        ("Outcome 3 cost most after outcome 7, which spent US$280.6 million.", "280.6", "", ""),
        ("Le résultat 3 a coûté le plus après le résultat 7, 225,1 millions de dollars.", "", "", "225,1"),
        ("El resultado 3 es el más costoso después del resultado 7, con 225,1 millones.", "", "", "225,1"),
        ("成果3支出仅次于成果7，为2.251亿美元。", "2.251亿", "", ""),
    ],
    "those without are what the others leave of a hundred": [
        (
            "In 2020, 46.9 per cent of the world's population was covered by at least one social protection "
            "benefit; 53.1 per cent had none.",
            "46.9 53.1",
            "",
            "",
        ),
        ("全球只有46.9%的人口享有至少一项社会保护福利，53.1%的人没有任何保障。", "46.9 53.1", "", ""),
    ],
    "a verb behind a noun is no noun that is counted": [
        ("In the biennium 51 member States ratified 95 conventions.", "51 95", "", ""),
    ],
    "of several regions of a list none is the subject of what follows": [
        (
            "Africa led with 37 per cent of the results, ahead of Asia and the Pacific with 22 per cent. "
            "Social protection accounted for 70 results.",
            "37 22 70",
            "",
            "",
        ),
    ],
    "a later clause with a number of its own keeps its period": [
        ("2020年全球失业率升至6.6%。工作贫困率从6.7%升至7.2%，2021年回落到6.9%。", "6.6 6.7 7.2 6.9", "", ""),
    ],
    "the years of a series are said once": [
        (
            "Of every hundred men, 69.6 had a job in 2019, 66.6 a year later and 67.3 in 2021; for "
            "women the series runs from 45.2 to 43.0 and then 43.4.",
            "66.6 67.3",
            "",
            "45.2 43.0 43.4",
        ),
    ],
    "a scale that is printed again takes the currency of the amount before": [
        (
            "Les dépenses du résultat 1 ont atteint 147,4 millions de dollars, contre 112,8 millions prévus.",
            "147,4 112,8",
            "",
            "",
        ),
    ],
    "a part of what stands right before is no share of what was told earlier": [
        (
            "51 États ont ratifié 95 instruments. Dans 28 États le dialogue social a été relancé, dont la "
            "moitié en Afrique.",
            "51 95",
            "",
            "28 moitié",
        ),
    ],
    "what was planned to be achieved is the plan": [
        ("成果目标3原定取得114项。", "114", "", ""),
        ("成果目标3本应取得114项，结果少了12项。", "", "", "114 12"),
        ("Outcome 3 was planned to deliver 114 results.", "114", "", ""),
    ],
    "by how much something is more is no qualifier of the number before": [
        ("取得896项成果，比原定的874项多22项。", "896 22", "", "874"),
    ],
    "sums of partners of several kinds, and of more than are known by their names": [
        ("欧盟委员会、美国、联合国和德国合计5.47亿美元。", "5.47亿", "", ""),
        (
            "The European Commission, the United States, the United Nations and Germany together gave "
            "US$547.4 million.",
            "547.4",
            "",
            "",
        ),
    ],
    "the period of what is only compared with is no later number's": [
        (
            "Unemployment was 6.6 per cent in 2020, up from 5.4 per cent a year earlier, and working poverty "
            "stood at 7.2 per cent.",
            "6.6 5.4 7.2",
            "",
            "",
        ),
        (
            "Si le chômage est monté à 6,6 % en 2020, contre 5,4 % l'année précédente, la pauvreté au "
            "travail est passée de 6,7 à 7,2 %.",
            "6,6 5,4 6,7 7,2",
            "",
            "",
        ),
        ("2020年失业率为6.6%，上一年为5.4%，工作贫困率为7.2%。", "6.6 5.4 7.2", "", ""),
        ("2020年失业率为6.6%，上一年为5.4%，工作贫困率为6.7%。", "6.6 5.4", "6.7", ""),
    ],
    "shares may have more decimals than the record prints of them": [
        (
            "Africa led with 36.7 per cent of results, followed by Asia and the Pacific with 31 per cent.",
            "36.7",
            "31",
            "",
        ),
        (
            "Sur les 896 résultats, l'Afrique en a fourni 39,1 %, l'Asie et le Pacifique 22 %.",
            "896 22",
            "39,1",
            "",
        ),
    ],
    "what another comes after holds no rank, and a sum of what is listed is no error": [
        ("非洲有329项成果，亚太地区有195项，仅次于非洲，居第二。", "329 195", "", "第二"),
        (
            "The Conference abrogated 8 texts, withdrew 10 and dropped 11 Recommendations, 29 texts in all.",
            "",
            "",
            "29",
        ),
        ("Policy work cost US$1,104.6 million, spread over eight outcomes.", "1,104.6", "", "eight"),
        ("Gender equality even spent less than its budget, which was 75.7 million.", "75.7", "", ""),
    ],
    "a multiple in words may be close to what it says": [
        ("移民工人服务方面有29项成果，差不多是目标的三倍。", "", "", "29 三"),
    ],
    "what is planned governs what comes of it, and no word governs another plan": [
        ("The Office planned to deliver 179 results under outcome 1.", "179", "", ""),
        ("成果1原定取得179项成果。", "179", "", ""),
        ("Budget expenditure of outcome 1: US$147.4 million.", "147.4", "", ""),
    ],
    "a digit ends a sentence, and what only limits another names no subject of what follows": [
        (
            "Outcome 7 cost US$280.6 million. Its extrabudgetary part (US$191.4 million) is larger than the "
            "whole cost of any outcome except outcome 3. Five outputs belong to it; four of them met their "
            "target. Still, only four of its eleven indicators did.",
            "280.6 191.4",
            "",
            "four eleven",
        ),
    ],
    "what is left out is no number's": [
        (
            "Outside the regular budget 667.7 million was spent, where 500 million had been estimated.",
            "667.7 500",
            "",
            "",
        ),
        ("Hors budget ordinaire, 667,7 millions de dollars ont été dépensés.", "667,7", "", ""),
        ("除经常预算外，还支出6.677亿美元。", "6.677亿", "", ""),
        ("除非洲（36份）外，批准最多的是欧洲和中亚，共24份。", "36 24", "", ""),
        ("Except for outcome 7, which took US$280.6 million, outcome 3 cost most.", "280.6", "", ""),
    ],
    "those without are left of a hundred, whatever else stands between": [
        (
            "46.9 per cent of people have at least one social protection benefit, so 53.1 per cent, or "
            "4.1 billion people, have none.",
            "46.9",
            "",
            "53.1 4.1",
        ),
        ("成果8取得70项成果，55%为预算外资金。全球仍有53.1%的人没有任何社会保护。", "70 55", "", "53.1"),
    ],
    "a plan that a result is only close to is not the plan of what follows": [
        ("Close to target are outcome 1 with 199 and outcome 7 with 167.", "199 167", "", ""),
        ("接近目标的有成果1（199项）和成果7（167项）。", "", "", "199 167"),
        ("Outcome 1 had a target of 179 results; outcome 7 had one of 164.", "179", "", "164"),
    ],
    "what is set against a number of one may be that of the other, unnamed": [
        ("Men's unemployment rate was higher in 2020, 6.6 per cent against 6.4.", "6.6", "", "6.4"),
        ("En 2020 le taux de chômage des hommes était plus élevé, 6,6 % contre 6,4 %.", "", "", "6,6 6,4"),
    ],
    "成果 and a digit name an outcome, whatever follows": [
        ("成果1原定取得179项，成果6所得最少，成果7花费最多，达2.806亿美元。", "2.806亿", "", "179"),
        ("成果8：70（目标58）；成果1：199（目标179）。", "70 58 199 179", "", ""),
    ],
    "of a move told verbless of another the first number is the earlier": [
        (
            "En 2020, le chômage mondial est passé de 5,4 à 6,6 %, celui des jeunes de 13,5 à 15,2 %.",
            "5,4 6,6 13,5 15,2",
            "",
            "",
        ),
    ],
    "what is only so much is neither more nor rising": [
        ("Fin 2021, le déficit d'heures de travail n'était plus que de 4,3 %.", "", "", "4,3"),
    ],
    "tenths are those of a point, and a point and a half is one number": [
        (
            "En 2020 las mujeres ocupaban el 28,3 % de los cargos directivos, una décima más que en 2019.",
            "28,3 una",
            "",
            "",
        ),
        (
            "En 2020 las mujeres ocupaban el 28,3 % de los cargos directivos, una décima menos que en 2019.",
            "28,3",
            "una",
            "",
        ),
    ],
    "what is as it was then is no less of now": [
        (
            "En 2020-21, 6 % des résultats ont pour principal objectif l'égalité de genre, et 48 % y "
            "contribuent sensiblement, comme en 2018-19 (48 % également).",
            "6 48",
            "",
            "",
        ),
    ],
    "a period said behind two numbers may be that of both": [
        (
            "Le chômage des femmes était de 6,4 % en 2020 et de 6,3 % en 2021. Quant au ratio "
            "emploi-population : 43,0 % pour elles, 66,6 % pour eux en 2020.",
            "6,4 6,3",
            "",
            "43,0 66,6",
        ),
    ],
    "a period behind brackets is that of what they hold": [
        (
            "Les cibles non atteintes du plan d'action étaient 24 (42 %) en 2018-19, elles sont 20 (35 %) en "
            "2020-21.",
            "24 42",
            "",
            "20 35",
        ),
    ],
    "above a target something else goes, and not the target": [
        (
            "La huella de carbono de los viajes aéreos cayó un 83 %, muy por encima de la meta del 5 %.",
            "83 5",
            "",
            "",
        ),
        ("航空旅行的碳足迹下降了83%，远高于5%的目标。", "83 5", "", ""),
        ("La huella de carbono de los viajes aéreos aumentó un 83 %.", "", "83", ""),
    ],
    "by how much something fell is no wrong level of it": [
        ("En 2021 hubo cambios. Las mujeres salieron peor paradas: su empleo cayó un 3,6 %.", "", "", "3,6"),
    ],
    "of two years of a sentence the later is spoken of": [
        (
            "Le chômage recule : 6,2 % en 2021 après 6,6 % en 2020. La pauvreté au travail aussi (6,9 % "
            "contre 7,2 % un an plus tôt).",
            "6,2 6,6 6,9 7,2",
            "",
            "",
        ),
    ],
    "each of several codes named together may be that of a number": [
        (
            "The budgets of outcomes 1, 2 and 3 were US$112.8 million, US$67.7 million and US$196.5 million "
            "respectively.",
            "",
            "",
            "112.8 67.7 196.5",
        ),
        (
            "The budgets of outcomes 1, 2 and 3 were US$112.8 million, US$76.7 million and US$196.5 million "
            "respectively.",
            "",
            "76.7",
            "112.8 196.5",
        ),
    ],
    "those who speak of themselves say their sex": [
        (
            "En 2020 solo el 43,0 % de nosotras tenía empleo, frente al 66,6 % de los varones.",
            "66,6",
            "",
            "43,0",
        ),
    ],
    "a name may be told again by its number alone": [
        ("Le résultat 3, financé à 70 % par l'extrabudgétaire, et le 7, à 68 %.", "70 68", "", ""),
        (
            "De lo gastado por la CSPO, un 26 % se destinó al resultado 3 y un 16 % al 7.",
            "26 16",
            "",
            "",
        ),
        ("Le résultat 7 a coûté 280,6 millions de dollars, le 3, 252,1.", "280,6", "252,1", ""),
    ],
    "the years of a series are those of the sentence before": [
        (
            "En 2018, le taux mondial de chômage était de 5,4 % ; il atteint 6,6 % en 2020. Chez les "
            "femmes : 5,5 %, puis 6,4 %.",
            "5,4 6,6",
            "",
            "5,5 6,4",
        ),
    ],
    "to double is to grow by once as much": [
        (
            "Los participantes en las actividades del Centro de Turín se duplicaron con creces.",
            "duplicaron",
            "",
            "",
        ),
        ("Le nombre de participants aux activités du Centre de Turin a plus que doublé.", "doublé", "", ""),
        ("The number of followers on Instagram at least tripled in 2020–21.", "tripled", "", ""),
        (
            "Los participantes en las actividades del Centro de Turín aumentaron más del triple.",
            "",
            "triple",
            "",
        ),
    ],
    "a call ends a sentence": [
        (
            "151 pays, ce n'est pas rien ! Trois régions ont obtenu plus de 150 résultats chacune : "
            "l'Afrique (329), l'Asie et le Pacifique (195) et les Amériques (186).",
            "151 329 195 186",
            "",
            "150",
        ),
    ],
    "what is denied is no wrong number": [
        ("Non, le résultat 6 n'a pas dépensé 75,7 millions de dollars.", "", "", "75,7"),
        ("Outcome 6 did not spend US$75.7 million; that was its budget.", "", "", "75.7"),
        ("El resultado 6 no gastó 75,7 millones de dólares: ese era su presupuesto.", "", "", "75,7"),
        ("El resultado 6 no gastó más que 75,2 millones de dólares.", "", "75,2", ""),
    ],
    "a name stands before a colon, and girls and boys are everybody": [
        ("Budget (en millions de dollars) : résultat 1 : 112,8 ; résultat 2 : 67,7.", "", "", "112,8 67,7"),
        ("Sobre las niñas y los niños: en 2020, el trabajo infantil afectaba al 9,6 %.", "9,6", "", ""),
    ],
    "a move by so much starts from nothing": [
        ("En 2020, le PIB mondial a reculé de 3,1 %.", "3,1", "", ""),
        ("En 2020, le PIB mondial a progressé de 3,1 %.", "", "3,1", ""),
        ("Le taux de chômage est passé de 5,4 % en 2019 à 6,6 % en 2020.", "5,4 6,6", "", ""),
    ],
    "a share far below another is no wrong value of it": [
        (
            "Las mujeres no solo perdieron más empleo (3,6 % frente a 2,9 %), también lo recuperan más "
            "despacio: 43,4 % de ocupación en 2021.",
            "43,4",
            "",
            "3,6 2,9",
        ),
    ],
    "numbers that are listed in the order of codes are each of its own": [
        ("Outcomes 2, 3 and 6 have 117, 102 and 59 results, respectively.", "117 102 59", "", ""),
        ("Outcomes 2, 3 and 6 have 117, 120 and 59 results, respectively.", "117 59", "", "120"),
        (
            "Africa, the Americas and the Arab States have 329, 186 and 82 results, respectively.",
            "329 186 82",
            "",
            "",
        ),
        (
            "The share of the regular budget was 68, 70 and 27 per cent under outcomes 1, 6 and 3.",
            "68 70",
            "",
            "27",
        ),
        (
            "成果2、3和6分别取得117项、102项和59项成果，目标分别为130项、114项和84项。",
            "117 102 59",
            "",
            "130 114",
        ),
        (
            "Outcome 4 had 90 results, 30 per cent more than planned, outcome 5 (92, 21 per cent more).",
            "90 92",
            "",
            "",
        ),
    ],
    "a part of which the text speaks is not told for the whole": [
        (
            "Under outcome 2 extrabudgetary spending was put at US$11 million and came to US$18.6 million. "
            "The guess can be too high: US$35 million for outcome 6, US$16.6 million spent.",
            "18.6",
            "",
            "35 16.6",
        ),
    ],
    "no fewer than so many are at least so many": [
        ("No fewer than 151 Member States made progress.", "151", "", ""),
    ],
    "the latter is no later time, nor what something is below of": [
        (
            "到2021年底，工时比2019年低4.3%。失业率和在职贫困率2020年双双上升，前者升至6.6%，后者升至7.2%。",
            "4.3 6.6",
            "",
            "7.2",
        ),
        (
            "At the end of 2021 hours worked were 4.3 per cent below where they stood in 2019. Unemployment "
            "among young people was more than twice the overall rate: 15.2 per cent against 6.6 per cent in "
            "2020.",
            "4.3",
            "",
            "15.2 6.6",
        ),
    ],
    "what is set against another time is not set apart from what stands before": [
        (
            "48 per cent of all results contribute significantly to equality and a further 6 per cent have "
            "it as their main objective, one point more than in 2018–19.",
            "48 6 one",
            "",
            "",
        ),
    ],
    "the same years are not the same year": [
        (
            "The employment ratio of women was 45.2 per cent in 2019, 43.0 in 2020 and 43.4 in 2021. That of "
            "men was 69.4, 66.6 and 67.3 per cent in the same years.",
            "45.2 43.0 43.4",
            "",
            "69.4 66.6 67.3",
        ),
    ],
    "what is left of a hundred may stand apart from what is denied": [
        (
            "En 2020, más de la mitad de la humanidad, el 53,1 %, no tenía ninguna protección social.",
            "",
            "",
            "53,1",
        ),
        (
            "En 2020, plus de la moitié de l'humanité, 53,1 %, n'avait aucune protection sociale.",
            "",
            "",
            "53,1",
        ),
    ],
    "what a year was when it is compared with is its own, and to say that is to compare nothing": [
        (
            "In 2020 world unemployment was above its level of 2019, when it stood at 5.4 per cent.",
            "5.4",
            "",
            "",
        ),
        (
            "In 2020 world unemployment was higher than in 2019, when it was 5.4 per cent, and reached 6.6.",
            "5.4",
            "",
            "6.6",
        ),
        ("En 2020 el desempleo mundial fue mayor que en el 2019, cuando era del 5,4 %.", "5,4", "", ""),
        (
            "Rappelons qu'en 2009, après l'autre crise, le chômage mondial était de 6,0 %.",
            "",
            "",
            "6,0",
        ),
    ],
    "a share in words is one of a plan only where a plan is spoken of": [
        ("劳动保护花得最多，2.806亿美元，占去四分之一。", "2.806亿 四分之一", "", ""),
    ],
}
CASES = [
    pytest.param(*case, id=f"{kind}: {at}")
    for kind, some in SENTENCES.items()
    for at, case in enumerate(some)
]


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("text", "right", "wrong", "may_be_open"), CASES)
def test_no_right_number_of_a_plain_sentence_is_wrong(check_text, text, right, wrong, may_be_open):
    told = {one.number.text.strip(): one.verdict for one in check_text(text)}

    def of(printed):
        return next(verdict for number, verdict in told.items() if number.startswith(printed.strip()))

    for printed in right.split(" ") if right else ():
        assert of(printed).is_right, (printed, of(printed).verdict)
    if wrong:
        assert of(wrong).verdict == "disagrees"
    for printed in may_be_open.split(" ") if may_be_open else ():
        assert of(printed).verdict != "disagrees", printed
