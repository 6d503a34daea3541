"""Tooltips: every mark of an SVG tells its number, and a picture inside a page keeps its ids to itself."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from analysis.labels import Catalogue
from analysis.labels.amounts import stated_amount
from analysis.pictures.formats import picture
from analysis.pictures.told import with_titles
from analysis.site.inline import inline

TITLE = re.compile(r"<title>([^<]*)</title>")


@pytest.mark.sampled
@pytest.mark.parametrize(
    "name",
    [
        "bars_two",
        "stacked",
        "heat",
        "dumbbell",
        "slope",
        "units",
        "waterfall",
        "goals",
        "lines_three",
        "lines_marked",
        "intervals",
    ],
)
def test_each_mark_tells_its_category_series_and_number(made_up_charts, name):
    chart = made_up_charts("en")[name]
    titles = TITLE.findall(picture(chart, "svg").decode())
    series = (*chart.series, *([chart.goals] if chart.goals else []))
    wanted = []
    for each in series:
        for category, number, text in zip(chart.categories, each.numbers, each.texts, strict=True):
            drawn = number is not None or chart.kind in ("heat", "bars", "stacked")
            if drawn and number is not None:
                wanted.append(
                    f"{category}: {text}" if len(series) == 1 else f"{category} · {each.label}: {text}"
                )
    assert sorted(titles) == sorted(wanted)


def test_a_mark_of_another_chart_stays_as_it_is(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    svg = '<g id="values/other/a"><path/></g>'
    assert with_titles(svg, chart) == svg


def test_a_text_in_a_title_is_escaped(made_up_charts):
    chart = made_up_charts("en")["units"]
    svg = picture(replace(chart, categories=("<b>", "a & b")), "svg").decode()
    assert "<title>&lt;b&gt;: 26</title>" in svg
    assert "<title>a &amp; b: 69</title>" in svg


@pytest.mark.slow
def test_two_pictures_in_a_page_share_no_id_and_every_reference_is_met(made_up_charts):
    charts = [made_up_charts("en")[name] for name in ("lines_three", "heat", "bars_two")]
    charts.append(replace(charts[0], id="the_same_again"))
    parts = [inline(picture(chart, "svg").decode(), chart.id) for chart in charts]
    ids = [each for part in parts for each in re.findall(r' id="([^"]+)"', part)]
    assert len(ids) == len(set(ids))
    for part in parts:
        own = re.findall(r' id="([^"]+)"', part)
        assert part.startswith("<svg ")
        styles = re.findall(r"<style[^>]*>([^{]*\{[^{]*)", part)
        (scope,) = styles
        assert scope.endswith(f'{{[aria-labelledby^="{own[0]}"]')
        used = re.findall(r'(?:href="|url\()#([^")]+)', part)
        assert set(used) <= set(own)
        assert TITLE.findall(part)


@pytest.mark.parametrize(
    ("number", "decimals", "unit", "texts"),
    [
        (
            "1",
            1,
            "percentage_points",
            ("+1.0 percentage points", "+1,0 point de pourcentage", "+1.0个百分点"),
        ),
        (
            "-1.25",
            1,
            "percentage_points",
            ("−1.3 percentage points", "−1,3 point de pourcentage", "−1.3个百分点"),
        ),
        (
            "0.005",
            3,
            "usd_million",
            ("US$0.005 million", "0,005 million de dollars É.-U.", "5,000美元"),
        ),
        (
            "12.5",
            1,
            "usd_million",
            ("+US$12.5 million", "+12,5 millions de dollars É.-U.", "+1,250万美元"),
        ),
        (
            "3.7",
            1,
            "usd_trillion",
            ("US$3.7 trillion", "3,7 billions de dollars É.-U.", "3.7万亿美元"),
        ),
        ("12000", 0, "hour", ("12,000 hours", "12 000 heures", "1.2万小时")),
        ("1/3", 1, "fraction", ("33.3%", "33,3 %", "33.3%")),
        ("2021", 0, "calendar_year", ("2021", "2021", "2021")),
        ("1", 0, "result", ("1", "1", "1")),
    ],
)
def test_an_amount_is_stated_with_its_unit(number, decimals, unit, texts):
    for language, text in zip(("en", "fr", "zh"), texts, strict=True):
        said = stated_amount(
            Fraction(number), decimals, unit, Catalogue(language), signed=texts[0].startswith(("+", "−"))
        )
        assert re.sub(r"\s", " ", said) == text
