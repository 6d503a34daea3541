"""Pairs, slopes, counted dots, waterfalls and goals: what is drawn is what was recorded, or it is refused."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from boxes import faults
from matplotlib.text import Text

from analysis.labels import Catalogue
from analysis.pictures.figures import draw
from analysis.pictures.plane import planes
from analysis.pictures.sheet import SIZES, Sheet
from analysis.pictures.waterfall import steps


def marks(figure) -> dict[str, object]:
    """Return every drawn mark that is named by its keys."""
    found = {}
    for plane in planes(figure):
        for artist in (*plane.lines, *plane.patches):
            if (artist.get_gid() or "").startswith("values/"):
                assert artist.get_gid() not in found
                found[artist.get_gid()] = artist
    return found


def written(figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def numbers_of(chart) -> dict[str, float]:
    return {
        f"values/{series.key}/{key}": number
        for series in (*chart.series, *([chart.goals] if chart.goals else []))
        for key, number in zip(chart.keys, series.values, strict=True)
        if number is not None
    }


@pytest.mark.sampled
@pytest.mark.parametrize("size", ["half", "full"])
def test_each_dot_of_a_pair_stands_at_its_number_and_a_gap_is_said(made_up_charts, size):
    chart = made_up_charts("en")["dumbbell"]
    figure = draw(chart, size)
    found = {gid: float(dot.get_xdata()[0]) for gid, dot in marks(figure).items()}
    assert found == numbers_of(chart)
    assert "Result: n/a" in written(figure)
    (plane,) = [plane for plane in planes(figure) if any(line.get_gid() for line in plane.lines)]
    assert plane.get_xlim()[0] <= 0 < plane.get_xlim()[1]


@pytest.mark.parametrize("size", ["full", "phone"])
@pytest.mark.parametrize(("shift", "broken"), [(0, 0), (200, 1)])
def test_pairs_far_above_zero_and_close_together_stand_on_a_broken_axis(made_up_charts, size, shift, broken):
    chart = made_up_charts("en")["dumbbell"]
    first, second = chart.series
    near = [tuple(Fraction(shift + at % 3) / 10 + wide for at in range(len(chart.keys))) for wide in (1, 2)]
    texts = [tuple(f"{float(number):.1f}" for number in numbers) for numbers in near]
    lines = tuple(
        replace(line, numbers=numbers, texts=said)
        for line, numbers, said in zip((first, second), near, texts, strict=True)
    )
    made = replace(chart, series=lines, decimals=1)
    figure = draw(made, size)
    gids = [line.get_gid() for plane in planes(figure) for line in plane.lines]
    assert gids.count("axis-break") == broken
    found = {gid: float(dot.get_xdata()[0]) for gid, dot in marks(figure).items() if gid != "axis-break"}
    assert found == numbers_of(made)
    (plane,) = [plane for plane in planes(figure) if any(line.get_gid() in found for line in plane.lines)]
    least = min(float(number) for number in near[0])
    assert (plane.get_xlim()[0] > 0) == bool(broken)
    assert plane.get_xlim()[0] < least


def test_equal_numbers_of_a_pair_are_written_once(made_up_charts):
    chart = made_up_charts("en")["dumbbell"]
    same = replace(chart, series=(chart.series[0], replace(chart.series[0], key="measure.result")))
    assert written(draw(same)).count("179") == 1


def test_a_pair_of_three_or_below_zero_is_refused(made_up_charts):
    chart = made_up_charts("en")["dumbbell"]
    with pytest.raises(ValueError, match="joins two series"):
        draw(replace(chart, series=chart.series[:1]))
    below = replace(chart.series[0], numbers=(Fraction(-1),) * len(chart.keys))
    with pytest.raises(ValueError, match="not negative"):
        draw(replace(chart, series=(below, chart.series[1])))


def test_a_slope_holds_both_numbers_of_each_line(made_up_charts):
    chart = made_up_charts("en")["slope"]
    figure = draw(chart)
    found = {gid: tuple(line.get_ydata()) for gid, line in marks(figure).items()}
    assert found == {f"values/{each.key}": each.values for each in chart.series}
    texts = written(figure)
    for each in chart.series:
        assert each.texts[0] in texts
        assert f"{each.texts[1]} {each.label}" in texts
    with pytest.raises(ValueError, match="between two categories, not 1"):
        draw(replace(chart, keys=("a",), categories=("a",)))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["units", "units_few"])
@pytest.mark.parametrize("size", ["half", "full", "slide"])
def test_there_are_as_many_dots_as_things_and_none_lies_over_another(made_up_charts, name, size):
    chart = made_up_charts("en")[name]
    figure = draw(chart, size)
    (series,) = chart.series
    for key, number in zip(chart.keys, series.numbers, strict=True):
        dots = marks(figure)[f"values/{series.key}/{key}"]
        places = set(zip(dots.get_xdata(), dots.get_ydata(), strict=True))
        assert len(places) == len(dots.get_xdata()) == number
        across = sorted({left for left, _ in places})
        gaps = [after - before for before, after in pairwise(across)]
        assert all(gap >= dots.get_markersize() for gap in gaps)


def test_what_cannot_be_counted_is_refused(made_up_charts):
    chart = made_up_charts("en")["units"]
    for number in (Fraction(1, 2), Fraction(-1), Fraction(151), None):
        wrong = replace(chart.series[0], numbers=(Fraction(1), number))
        with pytest.raises(ValueError, match="counts from 0 to 150"):
            draw(replace(chart, series=(wrong,)))


def test_the_steps_of_a_waterfall_lead_from_level_to_level(made_up_charts):
    chart = made_up_charts("en")["waterfall"]
    found = marks(draw(chart))
    cut = found["values/label.difference/measure.strategic_budget"].get_x()
    assert 0 < cut < 966
    for gid, (start, end) in zip(numbers_of(chart), steps(chart), strict=True):
        low, high = sorted((float(start), float(end)))
        assert found[gid].get_x() == pytest.approx(low or cut)
        assert found[gid].get_x() + found[gid].get_width() == pytest.approx(high)
    gids = [patch.get_gid() for plane in planes(draw(chart)) for patch in plane.patches]
    assert gids.count("axis-break") == 2


def test_a_waterfall_from_zero_has_no_break(made_up_charts):
    chart = made_up_charts("en")["waterfall"]
    small = replace(chart.series[0], numbers=tuple(map(Fraction, (10, 30, -5, 25, 60))))
    figure = draw(replace(chart, series=(small,)))
    assert [patch.get_gid() for plane in planes(figure) for patch in plane.patches].count("axis-break") == 0
    assert marks(figure)["values/label.difference/measure.strategic_budget"].get_x() == 0


def test_steps_that_lead_elsewhere_or_are_missing_are_refused(made_up_charts):
    chart = made_up_charts("en")["waterfall"]
    numbers = chart.series[0].numbers
    elsewhere = replace(chart.series[0], numbers=(*numbers[:-1], numbers[-1] + 1))
    with pytest.raises(ValueError, match=r"lead to 1104\.7, not to 1105\.7"):
        draw(replace(chart, series=(elsewhere,)))
    gap = replace(chart.series[0], numbers=(numbers[0], None, *numbers[2:]))
    with pytest.raises(ValueError, match="every change between"):
        draw(replace(chart, series=(gap,)))


def test_goals_are_marked_where_they_are_and_small_parts_are_numbered_below(made_up_charts):
    chart = made_up_charts("en")["goals"]
    figure = draw(chart)
    goals = {gid: mark.get_xdata()[0] for gid, mark in marks(figure).items() if chart.goals.key in gid}
    assert goals == {gid: number for gid, number in numbers_of(chart).items() if chart.goals.key in gid}
    texts = written(figure)
    assert chart.goals.label in texts
    for series in chart.series:
        for number, text in zip(series.numbers, series.texts, strict=True):
            assert not number or text in texts


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_letter_is_under_eleven_pixels_on_a_phone(made_up_charts, language):
    for chart in made_up_charts(language).values():
        figure = draw(chart, "phone")
        width = figure.get_size_inches()[0] * 96
        assert width <= 361, "wider than a page of 390 pixels has room"
        sizes = [text.get_fontsize() * 96 / 72 for text in figure.findobj(Text) if text.get_text()]
        assert min(sizes) >= 11, chart.id


@pytest.mark.slow
def test_long_labels_stand_above_their_bars_on_a_phone_and_short_ones_before(made_up_charts):
    charts = made_up_charts("en")
    for name, wide in (("bars_two", True), ("units_few", True), ("bars_short", False)):
        chart = charts.get(name) or replace(charts["bars_two"], categories=tuple("ABCDEFGH"), id="bars_short")
        figure = draw(chart, "phone")
        (plane,) = [
            plane for plane in planes(figure) if any(p.get_gid() for p in (*plane.patches, *plane.lines))
        ]
        assert bool(plane.get_position().width > 0.9) is wide, name


def test_no_line_begins_with_a_sign_that_belongs_to_the_word_before():
    letters = Sheet(SIZES["full"], "fr", 8.0).label
    texts = (
        "juntos 56\N{NO-BREAK SPACE}% del total",
        "hausse de 5 % ; baisse de 3 % : ensuite",
        "a » b ! c ?",
    )
    for text in texts:
        for room in range(5, 120, 5):
            lines = letters.wrap(text, room)
            assert not any(line[:1] in ";:!?%»" for line in lines), (room, lines)
            assert "".join("".join(lines).split()) == "".join(text.split())
            if room >= letters.widest(text.split(" ")):
                assert " ".join(lines).split() == text.split()


@pytest.mark.slow
def test_what_is_left_out_between_two_bars_is_seen(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    whole, broken = draw(chart), draw(replace(chart, left_out=3))
    dots = "\N{MIDDLE DOT}" * 3
    assert dots not in written(whole)
    assert written(broken).count(dots) == 1
    middles = [bar.get_y() for gid, bar in marks(broken).items() if gid.startswith("values/measure.target/")]
    steps_between = [after - before for before, after in pairwise(middles)]
    assert steps_between[2] > max(steps_between[:2] + steps_between[3:]) + 5


@pytest.mark.slow
@pytest.mark.parametrize("size", ["half", "phone", "full"])
def test_a_long_reason_for_a_missing_number_is_shortened_and_stays_in_the_picture(made_up_charts, size):
    chart = made_up_charts("en")["dumbbell"]
    label = "The strategic budget of the whole programme and of each of its parts"
    numbers = (None, *chart.series[0].numbers[1:])
    texts = ("not applicable", *chart.series[0].texts[1:])
    long = replace(chart.series[0], label=label, numbers=numbers, texts=texts)
    figure = draw(replace(chart, series=(long, chart.series[1])), size)
    assert faults(figure) == []
    assert any(text.endswith("not applicable") for text in written(figure))


@pytest.mark.slow
def test_years_without_a_number_are_said_once_where_they_are_close(made_up_charts):
    chart = made_up_charts("zh")["lines_one"]
    years = tuple(str(year) for year in range(2000, 2012))
    numbers = (Fraction(5), *[None] * 10, Fraction(6))
    series = replace(chart.series[0], numbers=numbers, texts=("5", *[""] * 10, "6"), dashed=())
    figure = draw(replace(chart, keys=years, categories=years, series=(series,)), "phone")
    words = Catalogue("zh")("status.not_available")
    assert written(figure).count(words) == 1
    assert faults(figure) == []
