"""Colours by name: a region, a sex, a source of funds has one colour in every figure.

Within a family colours differ for readers with any colour vision and step down in lightness, so that they
differ in greyscale too; ``tests/pictures/test_palette.py`` measures both.
"""

from __future__ import annotations

from analysis.printed.printable import ResolvedChart, ResolvedSeries

INK, MUTED, RULE, PAPER = "#1F2933", "#52606D", "#8A94A0", "#FFFFFF"
NO_DATA = "#E4E7EB"

FAMILIES: dict[str, dict[str, str]] = {
    "sex": {"SEX_T": "#2B2F36", "SEX_F": "#8A3FA0", "SEX_M": "#E69F2E"},
    "age": {"YTHADULT_Y15-24": "#0F7F8C"},
    "measure": {"target": "#A9B8C9", "result": "#1E3A8A"},
    "money": {"strategic_budget": "#A9CBA4", "actual_expenditure": "#20603D"},
    "target_status": {"met": "#1B5E4B", "not_met": "#D9772B", "no_data": "#D3D9E0"},
    "change": {"up": "#2F7F8F", "down": "#D9772B"},
    "judgement": {
        "delivered": "#12403A",
        "on_track": "#2F7F8F",
        "reported": "#8FB8DE",
        "outstanding": "#D9772B",
        "no_evidence": "#E1E5EA",
    },
    "verdict": {
        "reproduced": "#12403A",
        "rounding": "#4F9C7F",
        "discrepancy": "#A8321A",
        "not_recomputable": "#E1E5EA",
        "input": "#9DB7E0",
    },
}
# Families whose members are data: the first member has the first colour, whatever it is called.
BY_STANDING: dict[str, tuple[str, ...]] = {
    "region": ("#591C51", "#9E2A05", "#7A5CD0", "#2FBF93", "#FBC66A"),
    "source": ("#173B83", "#C4632B", "#F2C75C"),
    "outcome": (
        "#482343",
        "#173B83",
        "#783D34",
        "#5D6203",
        "#4266D9",
        "#D15183",
        "#9C9202",
        "#A895E8",
        "#E6A299",
        "#9DD56D",
        "#91E3F9",
    ),
}
# Series of no family, by their place in the chart.
UNNAMED = ("#1E3A8A", "#C4632B", "#EEB93C", "#42B785", "#885081", "#A5EF99", "#630531", "#0772E2", "#CBA2D8")
_SAME = {
    "sex_child.SEX_T": "sex.SEX_T",
    "sex_child.SEX_F": "sex.SEX_F",
    "sex_child.SEX_M": "sex.SEX_M",
    "measure.strategic_budget": "money.strategic_budget",
    "measure.actual_expenditure": "money.actual_expenditure",
    "label.budget_or_estimate": "money.strategic_budget",
}
# Kinds of keys that share the colours of another.
FAMILY = {"funding": "source"}
# Bars of one series take their categories' colours when all of them belong to one of these.
_TELLING = ("region", "sex", "source", "target_status", "verdict")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">")

SEQUENTIAL = ("#EEF2F9", "#1E3A8A")
DIVERGING = ("#A04A0A", "#F6F6F4", "#1E3A8A")


def colour(key: str, place: int = 0, standing: int | None = None) -> str:
    """Return the colour of a catalogue key.

    Parameters
    ----------
    key : str
        For example ``measure.target``.
    place : int
        Place of the series in its chart; decides only for keys of no family.
    standing : int, optional
        Place of the key's code among its likes, where the record has an order of them: it has one colour in
        every figure.
    """
    family, _, name = _SAME.get(key, key).partition(".")
    if standing is not None and family not in FAMILIES:
        colours = BY_STANDING.get(FAMILY.get(family, family), UNNAMED)
        return colours[standing] if standing < len(colours) else UNNAMED[standing % len(UNNAMED)]
    return FAMILIES.get(family, {}).get(name) or UNNAMED[place % len(UNNAMED)]


def bar_colours(series: ResolvedSeries, place: int, chart: ResolvedChart, alone: bool) -> list[str]:
    """Return the colour of each bar of a series: the series' own, or its categories' when it stands alone.

    Parameters
    ----------
    series : ResolvedSeries
    place : int
        Its place in the chart.
    chart : ResolvedChart
    alone : bool
        Whether it is the only series.
    """
    kinds = (_SAME.get(key, key).partition(".")[0] for key in chart.keys)
    families = {FAMILY.get(kind, kind) for kind in kinds}
    if alone and len(families) == 1 and families <= set(_TELLING):
        standings = chart.standings or (None,) * len(chart.keys)
        pairs = enumerate(zip(chart.keys, standings, strict=True))
        return [colour(key, number, standing) for number, (key, standing) in pairs]
    return [colour(series.key, place, series.standing)] * len(chart.keys)


def linear(code: str) -> tuple[float, float, float]:
    """Return linear-light red, green and blue of ``#RRGGBB``."""
    red, green, blue = (part / 255 for part in _parts(code))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(code: str) -> float:
    """Return the relative luminance (WCAG), 0 for black and 1 for white."""
    red, green, blue = linear(code)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours (WCAG), 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(background: str) -> str:
    """Return black or white for text, whichever contrasts more with a background: 4.5 or more on any."""
    return max(("#000000", PAPER), key=lambda ink: contrast(ink, background))


def outline(fill: str) -> str:
    """Return the edge of an area: a darker rule where the fill is too pale to be seen on paper."""
    return fill if contrast(fill, PAPER) >= 3 else "#6B7785"


def between(stops: tuple[str, ...], place: float) -> str:
    """Return the colour at a place from 0 to 1 along stops, mixed evenly."""
    reach = min(max(place, 0.0), 1.0) * (len(stops) - 1)
    left = min(int(reach), len(stops) - 2)
    rest = reach - left
    pairs = zip(_parts(stops[left]), _parts(stops[left + 1]), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * rest):02X}" for low, high in pairs)


def _parts(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)
