"""Colours: apart for every colour vision, apart in greyscale, readable under text."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from analysis.pictures import palette
from analysis.printed.printable import ResolvedChart, ResolvedSeries

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear light.
VISIONS = {
    "usual": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
LEAST_DISTANCE, LEAST_STEP = 20, 5
EVERY = {name: tuple(family.values()) for name, family in palette.FAMILIES.items()} | palette.BY_STANDING


def lab(code: str, vision: str = "usual") -> np.ndarray:
    seen = np.clip(np.array(VISIONS[vision]) @ np.array(palette.linear(code)), 0, 1)
    parts = TO_XYZ @ seen / np.array([0.95047, 1, 1.08883])
    curved = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * curved[1] - 16, 500 * (curved[0] - curved[1]), 200 * (curved[1] - curved[2])])


def too_close(codes, vision: str) -> list[tuple[str, str]]:
    pairs = combinations(codes, 2)
    return [
        pair for pair in pairs if np.linalg.norm(lab(pair[0], vision) - lab(pair[1], vision)) < LEAST_DISTANCE
    ]


@pytest.mark.sampled(10)
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("family", EVERY)
def test_colours_of_a_family_differ_for_every_colour_vision(family, vision):
    assert too_close(EVERY[family], vision) == []


@pytest.mark.parametrize("family", EVERY)
def test_colours_of_a_family_differ_in_greyscale(family):
    light = sorted(lab(code)[0] for code in EVERY[family])
    assert all(after - before >= LEAST_STEP for before, after in pairwise(light))


@pytest.mark.parametrize("family", ["region", "source", "sex", "money"])
def test_a_printer_that_weighs_red_green_and_blue_tells_them_apart_too(family):
    """Grey as printers and pictures make it (Rec. 601); two regions were 7 of 255 apart."""
    grey = sorted(
        sum(weight * int(code[at : at + 2], 16) for weight, at in ((0.299, 1), (0.587, 3), (0.114, 5)))
        for code in EVERY[family]
    )
    assert all(after - before >= 19 for before, after in pairwise(grey))


@pytest.mark.parametrize("vision", VISIONS)
def test_series_without_a_name_differ_too(vision):
    assert too_close(palette.UNNAMED, vision) == []


def test_red_and_green_of_one_lightness_would_be_seen_as_too_close():
    assert too_close(["#B0643C", "#708238"], "deuteranopia")


def test_a_code_has_one_colour_wherever_it_stands():
    assert palette.colour("region.x", 0, 1) == palette.colour("region.y", 4, 1)
    assert palette.colour("region.x", 0, 1) != palette.colour("region.x", 0, 2)
    assert palette.colour("funding.x", 3, 2) == palette.colour("source.x", 0, 2)
    assert palette.colour("sex.SEX_F", 3, 0) == palette.FAMILIES["sex"]["SEX_F"]
    assert palette.colour("region.x", 0, 99) in palette.UNNAMED


def test_bars_alone_take_the_colours_of_their_categories():
    series = ResolvedSeries("measure.result", "", (), ())
    chart = ResolvedChart(
        "", "bars", "", "", "", ("region.a", "region.b"), ("", ""), (series,), "", 0, (), "", "", "en",
        standings=(3, 1),
    )  # fmt: skip
    alone = palette.bar_colours(series, 0, chart, alone=True)
    assert alone == [palette.BY_STANDING["region"][place] for place in (3, 1)]
    assert len(set(palette.bar_colours(series, 0, chart, alone=False))) == 1


def test_text_on_any_colour_can_be_read():
    colours = [code for family in EVERY.values() for code in family]
    colours += [palette.between(palette.SEQUENTIAL, step / 20) for step in range(21)]
    colours += [palette.between(palette.DIVERGING, step / 20) for step in range(21)]
    weak = [code for code in colours if palette.contrast(palette.ink_on(code), code) < 4.5]
    assert weak == []


def test_areas_can_be_seen_on_paper():
    for family in EVERY.values():
        for code in family:
            assert palette.contrast(palette.outline(code), palette.PAPER) >= 3
