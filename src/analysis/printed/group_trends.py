"""The trend of a group of countries, computed from its countries, and how it was formed in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.aggregation.imputation import NONE, YEARS_REACHED
from analysis.exhibits.estimates import Strand
from analysis.labels import Catalogue
from analysis.labels.numerals import printed
from analysis.printed.area_notes import years_in_words
from analysis.printed.area_trends import AreaTrend
from analysis.printed.trends_opening import groups_shown, same_line_elsewhere
from analysis.quantities import Recorded
from analysis.rounding import as_fraction
from analysis.sources.vintages import Vintages
from analysis.sources.vintages.groupings import GROUPINGS, group_area, group_words, listed_by
from analysis.sources.vintages.record import computed_table, published, table_name, titles_of_estimates
from analysis.trends.groups import GIVEN
from analysis.trends.opening import Trends
from analysis.trends.world import COUNTRIES, LEAST_COVERAGE, LINE

NAMED = 12
"""Countries that a sentence names; of more, it gives the codes."""


def grouping_of(area: str) -> tuple[str, str] | None:
    """Return the grouping and the group that an area's code names; None where it names no grouping."""
    grouping, _, group = area.partition(":")
    return (grouping, group) if grouping in GROUPINGS else None


def group_trends(
    vintages: Vintages,
    area: str,
    *,
    language: str = "en",
    indicators: Sequence[str] = (),
    vintage: str = "",
    since: str = "2000",
    rule: str = NONE,
) -> list[AreaTrend]:
    """Return the trend of each indicator of a group of countries, beside the grouping's other groups.

    Parameters
    ----------
    vintages : Vintages
    area : str
        Grouping and group, such as ``ilo_region:Africa`` or ``sdg_region:M49:202``.
    language : str
    indicators : sequence of str
        Which, in their order.
    vintage : str
        One vintage; by default as `Trends.newest_rates` chooses.
    since : str, year
    rule : str
        How a country's own years fill what it does not report.

    Returns
    -------
    list of AreaTrend
        One for each indicator and vintage that tells some line of it; each says how it was formed.

    Raises
    ------
    ValueError
        When there is no such group, no indicators are named, or the countries suffice for no number.
    """
    grouping, group = grouping_of(area)
    trends = Trends(vintages)
    if not indicators:
        raise ValueError(
            f"{area} is computed from countries: name --indicators, of {', '.join(trends.weighable)}"
        )
    about = [group_words(vintages, titles_of_estimates(vintages, complete=False))]
    area_trends = []
    for indicator in dict.fromkeys(indicators):
        rows = formed(trends, indicator, grouping, vintage=vintage, since=since, rule=rule)
        if group not in set(rows["group"]):
            known = ", ".join(group_area(grouping, row) for row in sorted(set(rows["group"])))
            raise ValueError(f"area {area}: no such group; there are {known}")
        own = rows[rows["group"] == group]
        if not (own["status"] == GIVEN).any():
            raise ValueError(refusal(own, area))
        for name, part in rows.groupby("vintage", sort=False):
            table = computed_table(vintages, name, part, f"_{grouping}")
            own_part = part[(part["group"] == group) & (part["status"] == GIVEN)]
            groups = groups_shown(own_part, indicator, table.name, area) if len(own_part) else ()
            if not groups:
                continue
            world = vintages[name].world
            recorded = Recorded([table, published(vintages, name, {world})], about=about)
            labels = Catalogue(language, recorded)
            others = sorted(set(part["area"]) - {area})
            first = groups[0]
            area_trends.append(
                AreaTrend(
                    recorded,
                    labels,
                    groups,
                    same_line_elsewhere(replace(first, table=table_name(name)), [world], recorded, since),
                    same_line_elsewhere(first, others, recorded, since),
                    labels(f"grouping.{grouping}"),
                    labels.document(name),
                    since,
                    tuple(_said_of(part[part["group"] == group], groups, trends, rule, since, labels)),
                    "rank_groups",
                )
            )
    return area_trends


def formed(
    trends: Trends, indicator: str, grouping: str, *, vintage: str, since: str, rule: str
) -> pd.DataFrame:
    """Return a grouping's rates as `Trends.newest_rates` does, from a year on; areas are groups' codes."""
    rows = trends.newest_rates(indicator, grouping, rule=rule, vintage=vintage)
    rows = rows[rows["period"] >= since]
    if rows.empty:
        raise ValueError(f"{indicator} by {grouping}: nothing since {since}")
    return rows.assign(area=[group_area(grouping, group) for group in rows["group"]])


def refusal(rows: pd.DataFrame, what: str) -> str:
    """Return why nothing is given: how much the countries cover at most."""
    best = rows.loc[rows["coverage"].idxmax()]
    return (
        f"{best['indicator']} of {what}: no year in which countries cover {LEAST_COVERAGE[COUNTRIES]:g} % "
        f"of the weight (at most {best['coverage']:.2f} %, {best['reporting']} of {best['members']} "
        f"countries, in {best['period']}, {best['vintage']}); --impute fills from a country's own years, "
        "--vintage takes another vintage"
    )


def formed_said(rows: pd.DataFrame, trends: Trends, rule: str, since: str, labels: Catalogue) -> list[str]:
    """Return how one vintage's rates of a grouping were formed, and what is in none of them.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `formed` returns them, of one vintage and indicator.
    trends : Trends
    rule, since : str
    labels : Catalogue
    """
    name, indicator = rows["vintage"].iloc[0], rows["indicator"].iloc[0]
    sources = [labels.document(source) for source in trends.weighted_by(name, indicator)]
    sentences = [
        labels(
            "trends.computed",
            weight=labels(f"weight.{trends.share_of(name, indicator)}"),
            sources=labels("label.list_separator").join(sources),
            listed=listed_by(trends.vintages, rows["grouping"].iloc[0], name),
            rule=labels(f"imputation.{rule}", reach=str(YEARS_REACHED)),
            least=f"{LEAST_COVERAGE[COUNTRIES]:g}",
        )
    ]
    apart = rows[rows["departure"].notna()]
    if len(apart):
        widest = apart.loc[apart["departure"].abs().idxmax()]
        sentences.append(
            labels(
                "trends.departs",
                count=str(len(apart)),
                mean=_number(apart["departure"].abs().mean(), labels, 2),
                largest=_number(abs(widest["departure"]), labels, 2),
                area=labels(f"area.{widest['area']}"),
                group=labels(f"sex.{widest['sex']}"),
                period=widest["period"],
            )
        )
    bare = sorted({code for listed in rows["unweighted"] for code in listed.split()})
    if bare:
        sentences.append(labels("trends.unweighted", areas=_areas(bare, labels)))
    observed = trends.vintages.observations(name)
    observed = observed[observed["area"].isin(trends.countries) & (observed["period"] >= since)]
    lines = rows[LINE].drop_duplicates()
    years = set(observed.merge(lines, on=LINE)["period"]) - set(rows["period"])
    if years:
        sentences.append(labels("trends.unweighted_years", years=years_in_words(years)))
    return sentences


def withheld_said(rows: pd.DataFrame, labels: Catalogue) -> list[str]:
    """Return in a sentence how many of a grouping's numbers are not given; nothing where all are."""
    count = int((rows["status"] != GIVEN).sum())
    return [labels("trends.blank", count=str(count), all=str(len(rows)))] if count else []


def _said_of(
    own: pd.DataFrame, groups: Sequence[Strand], trends: Trends, rule: str, since: str, labels: Catalogue
) -> list[str]:
    sentences = formed_said(own, trends, rule, since, labels)
    for strand in groups:
        called = labels(strand.label)
        rows = own[(own["sex"] == strand.sex) & (own["age"] == strand.age)]
        last = rows[rows["status"] == GIVEN].iloc[-1]
        words = {name: str(last[name]) for name in ("period", "reporting", "members", "imputed")}
        words |= {name: _number(last[name], labels, 2) for name in ("coverage", "low", "high")}
        sentences.append(labels("trends.covered", group=called, **words))
        if last["missing"]:
            areas = _areas(last["missing"].split(), labels)
            sentences.append(labels("trends.missing", group=called, period=last["period"], areas=areas))
        formed_rows = rows[rows["status"] != GIVEN]
        if len(formed_rows):
            coverage = _number(formed_rows["coverage"].max(), labels, 2)
            years = years_in_words(set(formed_rows["period"]))
            sentences.append(labels("trends.withheld", group=called, years=years, coverage=coverage))
    return sentences


def _areas(codes: Sequence[str], labels: Catalogue) -> str:
    names = [labels(f"area.{code}") if f"area.{code}" in labels else code for code in codes]
    return labels("label.list_separator").join(names) if len(codes) <= NAMED else " ".join(codes)


def _number(number: float, labels: Catalogue, decimals: int) -> str:
    return printed(as_fraction(float(number)), decimals, labels("language.locale"))
