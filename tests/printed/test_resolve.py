"""Exhibits in a language: rounded once, missing numbers by their status, units that meet."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from analysis.exhibits.parts import Chart, Column, Exhibit, Row, Series, Table
from analysis.labels import Catalogue, LabelError
from analysis.labels.agreement import Counted
from analysis.labels.numerals import MINUS, at_full_precision, printed
from analysis.printed.resolve import cell, numbering, resolve
from analysis.printed.wording import picture_in_words, totals_of
from analysis.quantities import (
    Recorded,
    RecordedTable,
    Source,
    UnitError,
    change,
    constant,
    rate,
    total,
    value,
)

ROWS = [
    # id, outcome, period, value, decimals, unit, qualifier, status
    ("a", "1", "2020-21", "54.85", "2", "percent", "", "reported"),
    ("b", "2", "2020-21", "", "", "percent", "", "not_available"),
    ("c", "3", "2020-21", "1250", "0", "usd_thousand", "", "reported"),
    ("d", "4", "2020-21", "12", "0", "month", "about", "reported"),
    ("e", "5", "2020-21", "", "", "percent", "", "blank"),
    ("f", "6", "2018-19", "40", "0", "percent", "", "reported"),
]


@pytest.fixture(scope="module")
def recorded() -> Recorded:
    names = ["id", "outcome", "period", "value", "decimals", "unit", "qualifier", "status"]
    rows = pd.DataFrame(ROWS, columns=names, dtype=str)
    for name in ("printed", "place", "line"):
        rows[name] = ""
    source = Source("made-up", "GB.1/A/1", "data/raw/made-up/rows.csv", "0" * 64, "Rows", "2022")
    return Recorded([RecordedTable("report.rows", rows, source)])


def of(outcome: str):
    return value("report.rows", outcome=outcome)


@pytest.mark.parametrize(
    ("number", "decimals", "locale", "expected"),
    [
        ("54.85", 1, "en", "54.9"),
        ("6.25", 1, "fr", "6,3"),
        ("1234567.5", 0, "en", "1,234,568"),
        ("1234567.5", 0, "fr", "1\u202f234\u202f568"),
        ("1234567.5", 0, "es", "1.234.568"),
        ("1234567.5", 0, "zh_Hans", "1,234,568"),
        ("-0.04", 1, "en", "0.0"),
        ("-10", 1, "en", f"{MINUS}10.0"),
        ("124000000", -6, "en", "124,000,000"),
    ],
)
def test_numbers_are_rounded_half_up_and_take_the_language_s_form(number, decimals, locale, expected):
    assert printed(Fraction(number), decimals, locale) == expected


def test_a_percentage_takes_the_language_s_sign():
    assert printed(Fraction("62.5"), 0, "en", percent=True) == "63%"
    assert printed(Fraction("62.5"), 1, "fr", percent=True) == "62,5\N{NO-BREAK SPACE}%"


def test_plain_numbers_are_exact_where_decimals_can_be():
    assert [at_full_precision(Fraction(text)) for text in ("1/8", "-100", "1/3")] == [
        "0.125",
        "-100",
        repr(1 / 3),
    ]
    assert at_full_precision(None) == ""


def test_a_recorded_number_prints_its_decimals_and_qualifier(recorded):
    english = Catalogue("en", recorded)
    assert cell(of("1"), Column("label.total"), recorded, english).text == "54.85%"
    assert cell(of("1"), Column("label.total", "unit.percent", 1), recorded, english).text == "54.9"
    assert cell(of("4"), Column("label.total", "unit.month"), recorded, english).text == "about 12"


def test_a_missing_number_says_why_when_it_is_recorded_and_nothing_when_it_is_computed(recorded):
    english, column = Catalogue("en", recorded), Column("label.total", "unit.percent", 1)
    assert cell(of("2"), column, recorded, english).text == "n/a"
    assert (cell(of("5"), column, recorded, english).status) == "blank"
    lost = cell(change(of("1"), of("2")), column, recorded, english)
    assert (lost.value, lost.text, lost.status) == (None, "", "empty")


def test_a_column_in_millions_takes_thousands_and_refuses_per_cent(recorded):
    column = Column("label.total", "unit.usd_million", 2)
    english = Catalogue("en", recorded)
    assert cell(of("3"), column, recorded, english).text == "1.25"
    with pytest.raises(UnitError, match="percent"):
        cell(of("1"), column, recorded, english)


def test_numbering_and_labels_take_the_language_s_words(recorded):
    chinese, french = Catalogue("zh"), Catalogue("fr")
    assert numbering("Tables 2–9 and Figure I.1", chinese) == "表2–9和图I.1"
    assert numbering("Paragraphs 20 and 21", chinese) == "第20和21段"
    assert numbering("Tables of pillars 1–4", french) == "Tableaux des piliers 1–4"
    assert [numbering(text, french) for text in ("Appendix", "Appendix II")] == ["Annexe", "Annexe II"]


def test_a_whole_exhibit_has_period_marks_shorthand_source_and_words_with_numbers(recorded):
    column = Column("measure.result", "unit.percent", 1)
    rows = (
        Row(("sex.SEX_F",), (of("1"),), notes=("sex.SEX_T",)),
        Row(("sex.SEX_M",), (of("2"),)),
        Row(("label.total",), (constant(100, "percent"),), total=True),
    )
    series = (Series("measure.result", (of("1"), of("2"))),)
    chart = Chart("made_up", "bars", ("sex.SEX_F", "2021"), series, "unit.percent", 1)
    exhibit = Exhibit(
        "made_up",
        "Figure 10",
        "report",
        "reproduced",
        Table(("dimension.region",), (column,), rows),
        (chart,),
        sources=("report.rows",),
        kind="results_by_region",
    )
    made = resolve(exhibit, recorded, Catalogue("en"))
    assert made.table.caption == "Results by region, 2020–21"
    assert [row.marks for row in made.table.rows] == [("a",), (), ()]
    assert [(note.mark, note.text) for note in made.table.notes] == [("a", "Total")]
    assert made.table.shorthand == (("n/a", "The document says that the number is not available."),)
    assert "GB.1/A/1" in made.table.source
    assert "2022" in made.table.source
    assert "Women: 54.9; 2021: n/a" in made.charts[0].alt
    assert made.charts[0].subtitle == "Per cent, 2020–21"
    assert made.charts[0].series[0].values == (54.85, None)


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", "Women, as printed: 2021: 54.9."),
        ("fr", "Femmes, tel qu’imprimé\N{NO-BREAK SPACE}: 2021\N{NO-BREAK SPACE}: 54,9."),
        ("es", "Mujeres, tal como se imprime: 2021: 54,9."),
        ("zh", "女性（原文所印）：2021：54.9。"),
    ],
)
def test_what_is_marked_on_a_line_bears_its_name_and_is_told_where_it_is(recorded, language, named):
    lines = (
        Series("sex.SEX_F", (of("2"), of("1"))),
        Series("sex.SEX_M", (of("1"), of("1"))),
        Series("label.as_printed", (None, of("1")), marked_on="sex.SEX_F"),
    )

    def resolved(series):
        chart = Chart("made_up", "lines", ("2020", "2021"), series, "unit.percent", 1)
        exhibit = Exhibit("made_up", "", "report", "reproduced", None, (chart,), kind="results_by_region")
        return resolve(exhibit, recorded, Catalogue(language)).charts[0]

    made = resolved(lines)
    assert named in made.alt
    assert [line.key for line in made.series] == [
        *("sex.SEX_F", "sex.SEX_M", "label.as_printed.sex.SEX_F"),
    ]
    assert made.own_lines == made.series[:2]
    alone = resolved(lines[::2])
    assert alone.series[1].label == Catalogue(language)("label.as_printed")


def test_a_label_that_a_language_lacks_is_an_error(recorded):
    exhibit = Exhibit("made_up", "", "report", "reproduced", kind="no_such_kind")
    with pytest.raises(LabelError, match=r"kind\.no_such_kind"):
        resolve(exhibit, recorded, Catalogue("en"))


def test_several_periods_are_no_period(recorded):
    rows = (Row(("label.total",), (total("report.rows", outcome=["1", "6"]),)),)
    table = Table(("label.total",), (Column("measure.result", "unit.percent", 1),), rows)
    exhibit = Exhibit("made_up", "", "report", "reproduced", table, kind="results_by_region")
    assert resolve(exhibit, recorded, Catalogue("en")).table.period == ""


def test_a_rate_is_brought_to_the_unit_of_its_column_or_refused(recorded):
    per = rate(of("3"), constant(5, "result"))
    assert cell(per, Column("x", "unit.usd_thousand/result", 0), recorded, Catalogue("en")).text == "250"
    assert cell(per, Column("x", "unit.usd_million/result", 2), recorded, Catalogue("en")).text == "0.25"
    with pytest.raises(UnitError):
        cell(per, Column("x", "unit.eur_million/result", 2), recorded, Catalogue("en"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["EUR million", "NOK thousand per result", "US$ million", "EUR 2 million"]),
        ("fr", ["millions EUR", "milliers NOK par résultat", "millions de dollars É.-U.", "2 millions EUR"]),
        ("es", ["millones EUR", "miles NOK por resultado", "millones de dólares EE.UU.", "2 millones EUR"]),
        ("zh", ["百万欧元", "千挪威克朗/项成果", "百万美元", "2欧元"]),
    ],
)
def test_every_currency_has_words(language, expected):
    labels = Catalogue(language)
    found = [labels(f"unit.{name}") for name in ("eur_million", "nok_thousand/result", "usd_million")]
    assert [*found, labels("amount.eur_million", number=Counted("2", "other"))] == expected
    unworded = ("unit.eur_x", "unit.zzz_million", "unit.eur_million/person")
    assert not any(key in labels for key in unworded)


def test_a_stack_with_a_part_below_zero_stands_side_by_side_without_the_headline_of_a_stack(recorded):
    down = value("report.rows", outcome="3") - constant(2000, "usd_thousand")
    series = tuple(Series(f"code.{name}", (number,)) for name, number in (("up", of("3")), ("down", down)))
    goals = Series("measure.target", (of("3"),))
    chart = Chart("x", "stacked", ("code.a",), series, "unit.usd_thousand", goals=goals)

    def drawn_of(chart: Chart):
        exhibit = Exhibit("x", "", "made-up", "reproduced", None, (chart,), kind="results_by_region")
        return resolve(exhibit, recorded, Catalogue("en")).charts[0]

    drawn = drawn_of(chart)
    assert (drawn.kind, drawn.goals, drawn.headline) == ("bars", None, "")
    assert [line.texts for line in drawn.series] == [("1,250",), ("1,250",), (f"{MINUS}750",)]
    whole = replace(chart, series=series[:1])
    kept = drawn_of(whole)
    assert kept.kind == "stacked"
    assert kept.goals is not None


def test_the_picture_in_words_says_totals_and_gaps_and_no_name_twice(made_up_charts):
    words = Catalogue("en")
    stacked = made_up_charts("en")["stacked"]
    said = picture_in_words(stacked, words)
    for name, whole in zip(stacked.categories, totals_of(stacked), strict=True):
        assert f"{name} {whole}" in said.partition("Total: ")[2]
    one = made_up_charts("en")["bars_negative"]
    (line,) = one.series
    again = replace(one, title=f"{line.label} by country", left_out=1, headline="")
    said = picture_in_words(again, words)
    assert said.count(line.label) == 1
    first, second = one.categories[:2]
    assert f"{first} {line.texts[0]}; others are left out; {second} {line.texts[1]}" in said
    assert f"{line.label}: " in picture_in_words(replace(one, title="By country"), words)
