"""Opening the trends of an area: which vintage tells each indicator, in which words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.exhibits.estimates import Strand
from analysis.labels import Catalogue
from analysis.printed.area_notes import ADULTS, called, notes_on, usual_age
from analysis.printed.area_trends import AreaTrend
from analysis.quantities import Recorded
from analysis.sources.vintages import Vintages
from analysis.sources.vintages.groupings import group_words
from analysis.sources.vintages.record import comparable, published, table_name, titles_of_estimates
from analysis.trends.area import NO_VINTAGES, lines_of, neighbours
from analysis.trends.opening import Trends

GROUPS = (("SEX_T", ""), ("SEX_F", ""), ("SEX_M", ""), ("SEX_T", "YTHADULT_Y15-24"))
"""Sex, and age where it is not the indicator's own: the groups that are shown, in order."""


def area_trends(
    vintages: Vintages,
    area: str,
    *,
    language: str = "en",
    indicators: Sequence[str] = (),
    vintage: str = "",
    since: str = "2000",
) -> list[AreaTrend]:
    """Return the trend of each indicator of an area.

    Parameters
    ----------
    vintages : Vintages
    area : str
        ISO3 code, or a service's code behind its prefix.
    language : str
    indicators : sequence of str
        Which, in their order; all that have words where empty.
    vintage : str
        One vintage; by default each line is told by the newest edition that has it.
    since : str, year

    Returns
    -------
    list of AreaTrend
        One for each indicator and vintage that tells some group of it.

    Raises
    ------
    ValueError
        When no vintage has the area (an area that is asked for by its name is told its code) or an indicator
        of it, or no year since then.
    """
    names = [vintage] if vintage else vintages.names()
    if not names:
        raise ValueError(NO_VINTAGES)
    rates = {name: comparable(vintages, name) for name in names}
    editions = {name: vintages[name].edition for name in names}
    named = titles_of_estimates(vintages, complete=False)
    if rates and not any((rows["area"] == area).any() for rows in rates.values()):
        others = [name for name in vintages.names() if (vintages.observations(name)["area"] == area).any()]
        if others:
            raise ValueError(f"area {area}: not in {vintage}; it is in {', '.join(others)}")
        codes = [code for code in called(area, group_words(vintages, named).rows) if code != area]
        if codes:
            raise ValueError(f"area {area}: in no vintage under this name; its code is {' or '.join(codes)}")
    chosen = lines_of(rates, editions, area, indicators)
    if not ((named.rows["kind"] == "area") & (named.rows["code"] == area)).any():
        raise ValueError(
            f"area {area}: has numbers but no name; name it in areas.csv beside the vintages, or in the "
            "M49 table"
        )
    trends = Trends(vintages)
    about = [named]
    codes = vintages.codes.m49
    beside = neighbours(codes, area)
    subregions = codes.loc[codes["area"] == area, ["subregion", "subregion_area"]].to_numpy().tolist()
    trends_there = []
    order = list(dict.fromkeys(indicators or sorted(chosen["indicator"])))
    for indicator in order:
        lines = chosen[(chosen["indicator"] == indicator) & (chosen["last"] >= since)]
        for name, part in lines.groupby("vintage", sort=False):
            usual = usual_age(rates[name], indicator)
            groups = groups_shown(part, indicator, table_name(name), area, usual)
            if not groups:
                continue
            others = [
                other for other in (trends.region_of.get(area, ""), vintages[name].world) if other != area
            ]
            areas = {area, *others, *beside}
            recorded = Recorded([published(vintages, name, areas)], about=about)
            first, labels = groups[0], Catalogue(language, recorded)
            trends_there.append(
                AreaTrend(
                    recorded,
                    labels,
                    groups,
                    same_line_elsewhere(first, [other for other in others if other], recorded, since),
                    same_line_elsewhere(first, beside, recorded, since),
                    _subregion(subregions, labels),
                    labels.document(name),
                    since,
                    notes=tuple(notes_on(groups, rates[name], vintages.without_number(name), since, labels)),
                )
            )
    if not trends_there:
        raise ValueError(f"area {area}: nothing since {since} on {', '.join(order)}")
    return trends_there


def _subregion(areas: list[list[str]], labels: Catalogue) -> str:
    """Return a country's subregion in the language's words, or in M49's English; empty for a region."""
    return next((labels(key) if (key := f"area.{code}") in labels else name for name, code in areas), "")


def groups_shown(
    part: pd.DataFrame, indicator: str, table: str, area: str, usual: str = ADULTS
) -> tuple[Strand, ...]:
    """Return the strands of the groups that are shown: at the usual age, or one of the area's; the young."""
    groups_there = set(zip(part["sex"], part["age"], strict=True))
    ages = sorted({age for _, age in groups_there}, key=lambda age: (age != usual, age != ADULTS, age))
    strands = []
    for sex, other in GROUPS:
        age = other or ages[0]
        if (sex, age) in groups_there and not (other and age == ages[0]):
            label = f"age.{age}" if other else f"sex.{sex}"
            strands.append(Strand(table, indicator, sex, age, area, label))
    return tuple(strands)


def same_line_elsewhere(
    first: Strand, areas: Sequence[str], recorded: Recorded, since: str
) -> tuple[Strand, ...]:
    """Return the same line of other areas, of those that have a year since then."""
    strands = [
        Strand(first.table, first.indicator, first.sex, first.age, area, f"area.{area}") for area in areas
    ]
    return tuple(trend for trend in strands if any(year >= since for year in trend.years(recorded)))
