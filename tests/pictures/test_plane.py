"""A plane draws what matplotlib's axes draw that show no frame."""

import io

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.pictures.plane import Plane, planes

PLACE = (0.2, 0.1, 0.6, 0.7)
MARKS = {
    "a line": lambda plane: plane.plot([0, 1, 4], [1, 3, 2], "--", color="red", linewidth=3),
    "points": lambda plane: plane.plot(
        range(5), [0, 2, float("nan"), 4, 9], "o", color="blue", clip_on=False
    ),
    "a line that leaves the plane": lambda plane: plane.plot([-3, 9], [-2, 8], color="green", linewidth=4),
    "points that leave it": lambda plane: plane.plot([0, 5], [0, 5], "s", color="k", markersize=30),
    "rules": lambda plane: (
        plane.axhline(2, color="grey", zorder=0),
        plane.axvline(0, color="red", linewidth=6, clip_on=False),
        plane.axhline(9, color="blue"),
    ),
    "bars of one colour": lambda plane: plane.barh(
        [1, 3], [4, 2], 0.8, left=[0.5, 1], color="teal", edgecolor="white", linewidth=2
    ),
    "bars of their own colours": lambda plane: plane.barh([1, 3], [-1, 7], 1.5, color=["teal", "gold"]),
    "a shape over a line": lambda plane: (
        plane.plot([0, 5], [0, 5], color="black", zorder=1),
        plane.fill([1, 3, 2], [1, 1, 4], color="orange"),
    ),
    "a patch under a line": lambda plane: (
        plane.plot([0, 5], [0, 5], color="black"),
        plane.add_patch(Rectangle((1, 1), 2, 2, facecolor="pink", edgecolor="k")),
    ),
}


def dots(figure) -> np.ndarray:
    drawn = io.BytesIO()
    figure.savefig(drawn, format="raw", dpi=100)
    return np.frombuffer(drawn.getvalue(), np.uint8).astype(int)


@pytest.mark.sampled(6)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("name", MARKS)
def test_marks_stand_where_axes_put_them(name, turned):
    mine, theirs = Figure(figsize=(3, 2)), Figure(figsize=(3, 2))
    plane, axes = Plane(mine, PLACE), theirs.add_axes(PLACE)
    axes.set_axis_off()
    axes.set(xlim=(0, 5), ylim=(5, 0))
    plane.set_limits((0, 5), (5, 0))
    for each in (plane, axes):
        MARKS[name](each)
        if turned:
            each.invert_xaxis()
    assert (plane.get_xlim(), plane.get_ylim()) == (axes.get_xlim(), axes.get_ylim())
    assert np.ptp(dots(mine)) > 0
    assert np.abs(dots(mine) - dots(theirs)).max() <= 1


def test_a_figure_knows_its_planes_and_how_far_they_reach():
    figure = Figure(figsize=(3, 2))
    plane = Plane(figure, PLACE)
    line, bars = plane.plot([0, 1], [0, 1]), plane.barh([0.5], [1], 0.2, color="red")
    assert planes(figure) == [plane]
    assert (plane.lines, plane.patches) == ([line], bars)
    assert figure.findobj(type(line)) == [line]
    reach = figure.get_tightbbox()
    assert (reach.x0, reach.y0, reach.x1, reach.y1) == pytest.approx((0.6, 0.2, 2.4, 1.6))
