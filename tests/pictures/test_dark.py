"""Pictures on a dark ground: marks, words, and words on marks stand out; paper stays as it was."""

import re
from pathlib import Path

import pytest

from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue
from analysis.pictures import dark, palette
from analysis.pictures.dark import in_the_dark, with_dark
from analysis.pictures.formats import picture
from analysis.printed.resolve import resolve

COLOURS = sorted(
    {
        *(code for family in palette.FAMILIES.values() for code in family.values()),
        *(code for family in palette.BY_STANDING.values() for code in family),
        *palette.UNNAMED,
        *palette.SEQUENTIAL,
        *palette.DIVERGING,
        palette.RULE,
        palette.NO_DATA,
        "#6B7785",
    }
)
RULE = re.compile(
    r'(:not\(text,tspan\)|:is\(text\))\[style\*="(fill|stroke): (#[0-9a-f]{6})"\]\{\w+:(#[0-9A-F]{6})!'
)
CSS = Path(dark.__file__).parents[1] / "site" / "templates" / "page.css"


@pytest.mark.sampled(12)
@pytest.mark.parametrize("colour", COLOURS)
def test_a_mark_stands_out_and_words_on_it_stay_readable(colour):
    lighter = in_the_dark(colour)
    assert palette.contrast(lighter, dark.PAPER) >= 3
    assert palette.contrast(lighter, palette.ink_on(colour)) >= 4.5
    assert palette.contrast(in_the_dark(colour, 4.5), dark.PAPER) >= 4.5


def test_ink_is_read_and_rules_are_quiet():
    assert palette.contrast(in_the_dark(palette.INK), dark.PAPER) >= 12
    assert palette.contrast(in_the_dark(palette.MUTED), dark.PAPER) >= 7
    assert palette.contrast(in_the_dark("#D9DEE4"), dark.PAPER) < 3
    assert in_the_dark(palette.PAPER) == dark.PAPER


def test_the_ground_is_that_of_the_dark_page():
    block = CSS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark) {")[1]
    assert f"--paper: {dark.PAPER.lower()}" in block


@pytest.mark.slow
def test_every_colour_of_a_picture_stands_out_in_the_dark(made_up_charts):
    for chart in made_up_charts("en").values():
        svg = picture(chart, "svg").decode("utf-8")
        _, _, rest = svg.partition('<style class="dark">')
        rules = {(where == ":is(text)", part, code): new for where, part, code, new in RULE.findall(rest)}
        body = rest.partition("</style>")[2]
        for part, code in set(re.findall(r"\b(fill|stroke): (#[0-9a-f]{6})", body)):
            new = rules.get((False, part, code), code.upper())
            if code not in ("#ffffff", "#d9dee4", "#000000") and not (
                chart.kind == "heat" and part == "fill"
            ):
                assert palette.contrast(new, dark.PAPER) >= 3, (chart.id, part, code)
        for code in set(re.findall(r"<text\b[^>]*?fill: (#[0-9a-f]{6})", body)) - {"#ffffff", "#000000"}:
            new = rules.get((True, "fill", code), code.upper())
            assert palette.contrast(new, dark.PAPER) >= 4.5, (chart.id, code)
        assert rules[False, "fill", "#ffffff"] == dark.PAPER
        assert "@media screen and (prefers-color-scheme: dark)" in rest


def test_shades_stay_as_they_are_read_against_each_other():
    svg = '<style type="text/css">*{}</style><path style="fill: #1e3a8a"/><path style="stroke: #1f2933"/>'
    assert "#1e3a8a" not in with_dark(svg, "id", "heat").partition("dark")[2].partition("</style>")[0]
    assert "#1e3a8a" in with_dark(svg, "id", "bars").partition("dark")[2].partition("</style>")[0]
    assert with_dark("<style></style><path/>", "id", "bars") == "<style></style><path/>"


@pytest.mark.slow
@pytest.mark.needs_chromium
def test_a_browser_shows_the_dark_colours_where_they_are_asked_for(made_up_charts, tmp_path):
    from browser import DESKTOP, chromium

    chart = next(each for each in made_up_charts("en").values() if each.kind == "lines")
    path = tmp_path / "lines.svg"
    path.write_bytes(picture(chart, "svg"))
    words = "const fill = name => getComputedStyle(document.querySelector(name)).fill;"
    with chromium(*DESKTOP) as browser:
        browser.get(path.as_uri())
        shown = {}
        for scheme in ("light", "dark"):
            browser.execute_cdp_cmd(
                "Emulation.setEmulatedMedia",
                {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
            )
            shown[scheme] = browser.execute_script(f"{words} return [fill('path'), fill('text')]")
    assert shown["light"] == ["rgb(255, 255, 255)", "rgb(31, 41, 51)"]
    assert shown["dark"] == ["rgb(18, 24, 31)", "rgb(230, 235, 240)"]


_STROKES = """
const marks = [...document.querySelectorAll("path, use, line, rect")].filter(mark => !mark.closest("defs"));
return marks.map(mark => {
  const style = getComputedStyle(mark);
  const seen = style.stroke === "none" ? 0 : style.opacity * style.strokeOpacity;
  return [style.stroke, seen, style.fill, parseFloat(style.strokeWidth)];
}).filter(([stroke, seen]) => seen > 0);
"""
GRID = dark.in_the_dark("#D9DEE4")


def _code(shown):
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", shown)[:3])


@pytest.mark.slow
@pytest.mark.needs_chromium
def test_every_line_of_data_and_every_axis_stands_out_on_a_dark_screen(recorded, biennium, tmp_path):
    """What a browser draws of every figure of a report with lines: thin marks as words, others as marks."""
    from browser import DESKTOP, chromium

    wanted = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    measured, grid = {}, 0
    labels = Catalogue("en", recorded)
    exhibits = (make(definition, recorded, biennium) for definition in definitions(recorded))
    charts = [chart for made in exhibits if made.charts for chart in resolve(made, recorded, labels).charts]
    assert {chart.kind for chart in charts} > dark.THIN - {"intervals"}
    with chromium(*DESKTOP) as browser:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)
        for chart in charts:
            for size in ("full", "phone"):
                path = tmp_path / f"{chart.id}.{size}.svg"
                path.write_bytes(picture(chart, "svg", size))
                browser.get(path.as_uri())
                for stroke, seen, fill, wide in browser.execute_script(_STROKES):
                    colour = _code(stroke)
                    if colour == GRID:
                        grid += 1
                        assert fill == "none", (chart.id, wide)
                        assert chart.kind in ("lines", "panels"), chart.id
                        continue
                    if colour == dark.PAPER:  # the edges between parts of a bar, cells and rings
                        assert fill != "none", chart.id
                        continue
                    contrast = palette.contrast(colour, dark.PAPER)
                    measured[chart.id] = min(measured.get(chart.id, 21.0), contrast * seen)
    thin = {chart.id for chart in charts if chart.kind in dark.THIN} & measured.keys()
    assert min(measured[name] for name in thin) >= 4.5
    assert min(measured.values()) >= 3
    assert len(thin) > 30
    assert grid > 20
