import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from analysis.office.slides import deck
from analysis.pictures.figures import draw
from analysis.pictures.plane import planes
from analysis.printed.axes import LEAST_STEPS, line_axis


@pytest.mark.parametrize(
    ("values", "low_at_zero", "most_of_height"),
    [
        ((5.4, 5.4, 6.6, 6.2), False, 0.3),
        ((27.9, 28.2, 28.3), False, 0.12),
        ((0.2, 0.6), True, 0.12),
        ((10.0, 80.0), True, 1.0),
    ],
)
def test_a_small_change_is_no_cliff_and_zero_is_shown_where_it_is_near(values, low_at_zero, most_of_height):
    axis = line_axis(values, 1)
    assert (axis.low == 0) is low_at_zero
    assert (max(values) - min(values)) / (axis.high - axis.low) <= most_of_height


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.integers(0, 3))
def test_an_axis_holds_every_number_spans_forty_steps_and_ends_on_marks(values, decimals):
    axis = line_axis(values, decimals)
    assert axis.low <= min(values)
    assert max(values) <= axis.high
    assert axis.high - axis.low >= LEAST_STEPS * 10.0**-decimals * (1 - 1e-9)
    assert axis.marks[0] == axis.low
    assert axis.marks[-1] == pytest.approx(axis.high)
    assert 3 <= len(axis.marks) <= 12


def test_gaps_and_no_number_at_all_make_an_axis():
    assert line_axis([None, 5.0, None], 1) == line_axis([5.0], 1)
    assert not line_axis([None], 1).cut


@pytest.mark.slow
def test_the_picture_marks_a_cut_axis_and_office_has_the_same_ends(made_up_charts):
    chart = made_up_charts("en")["lines_three"]
    axis = line_axis((number for each in chart.series for number in each.values), chart.decimals)
    drawn = planes(draw(chart, "full"))
    marks = [line for plane in drawn for line in plane.lines if line.get_gid() == "axis-break"]
    assert len(marks) == int(axis.cut) == 1
    (body,) = [
        plane for plane in drawn if any(str(line.get_gid()).startswith("values/") for line in plane.lines)
    ]
    ends = pytest.approx((axis.low, axis.high))
    assert tuple(map(float, body.get_ylim())) == ends
    (slide,) = Presentation(io.BytesIO(deck([chart], "Charts", "en"))).slides
    (made,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert (made.value_axis.minimum_scale, made.value_axis.maximum_scale) == ends
