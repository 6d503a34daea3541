"""``analysis trends``: the indicators of a country, a region or the World, beside their neighbours."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from analysis.commands.outputs import write_outputs
from analysis.labels import Catalogue, languages
from analysis.office.export import exhibit_files
from analysis.printed.area_trends import AreaTrend
from analysis.printed.group_trends import (
    formed,
    formed_said,
    group_trends,
    grouping_of,
    refusal,
    withheld_said,
)
from analysis.printed.revision_tables import table_in_words
from analysis.printed.spreadsheet_text import csv_of
from analysis.printed.trends_opening import area_trends
from analysis.quantities import Recorded
from analysis.sources.beside_the_record import descriptor_as_written, refuse_missed
from analysis.sources.vintages import Vintages
from analysis.sources.vintages.groupings import GROUPINGS, group_area, group_words
from analysis.sources.vintages.record import titles_of_estimates
from analysis.tables.markup import headings_of_table, lead
from analysis.trends.groups import GIVEN, RULES
from analysis.trends.opening import Trends
from analysis.trends.world import COUNTRIES, LEAST_COVERAGE

GROUPED = ["area", "sex", "age", "period", "value", "low", "high", "coverage", "reporting", "members"]
PARTS = [
    "area", "sex", "age", "rate_first", "rate_last", "change", "rates_part", "composition_part", "coverage",
    "reporting", "members",
]  # fmt: skip
LAST = 2100
FILLED, BESIDE = ["imputed", "effect"], ["departure"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the area, what of it, and where files go."""
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument(
        "--area",
        help="ISO3 code (KEN), a code such as M49:202 or M49:1, or a group to compute (ilo_region:Africa)",
    )
    whom.add_argument("--grouping", choices=GROUPINGS, help="groups of countries, computed from countries")
    parser.add_argument("--indicators", nargs="+", default=[], metavar="INDICATOR", help="by default all")
    parser.add_argument("--vintage", default="", help="one vintage; by default the newest edition of each")
    parser.add_argument(
        "--impute",
        choices=RULES,
        help="how what a country does not report is filled, where groups are computed",
    )
    parser.add_argument("--since", type=int, default=2000, metavar="YEAR", help="first year (2000)")
    parser.add_argument(
        "--between", nargs=2, type=int, metavar=("FIRST", "LAST"),
        help="with --grouping: what countries' rates and their composition moved between two years",
    )  # fmt: skip
    parser.add_argument("--language", default="en", help="language of what is written (en)")
    parser.add_argument("--output", metavar="DIR", help="write figures and tables there, in every format")


def run(arguments: argparse.Namespace) -> int:
    """Print tables and sentences, and write the exhibits where asked."""
    if arguments.language not in languages():
        raise ValueError(f"no language {arguments.language!r}: there are {', '.join(languages())}")
    if not 1900 <= arguments.since <= LAST:
        raise ValueError(f"--since {arguments.since}: expected a year from 1900 to {LAST}")
    if arguments.between and (not arguments.grouping or arguments.between[0] >= arguments.between[1]):
        raise ValueError("--between: goes with --grouping, and names an earlier and a later year")
    vintages = Vintages()
    refuse_missed(vintages.root / "data", descriptor_as_written(vintages.root), "estimates/")
    if arguments.grouping:
        return _groups(arguments, vintages)
    options = {
        "language": arguments.language,
        "indicators": tuple(arguments.indicators),
        "vintage": arguments.vintage,
        "since": str(arguments.since),
    }
    if grouping_of(arguments.area):
        trends = group_trends(vintages, arguments.area, rule=arguments.impute or RULES[0], **options)
    elif arguments.impute:
        raise ValueError(f"--impute: {arguments.area} is published, not computed; nothing is to be filled")
    else:
        trends = area_trends(vintages, arguments.area, **options)
    contents: dict[str, bytes] = {}
    for trend in trends:
        _print(trend)
        if arguments.output:
            for resolved in trend.exhibits():
                contents |= exhibit_files(resolved)
    return _written(contents, arguments.output)


def _groups(arguments: argparse.Namespace, vintages: Vintages) -> int:
    """Print each group's last rates with coverage and bounds; write all of them where asked."""
    trends = Trends(vintages)
    if not arguments.indicators:
        raise ValueError(
            f"--grouping computes from countries: name --indicators, of {', '.join(trends.weighable)}"
        )
    rule = arguments.impute or RULES[0]
    options = {"vintage": arguments.vintage, "since": str(arguments.since), "rule": rule}
    about = group_words(trends.vintages, titles_of_estimates(trends.vintages, complete=False))
    labels = Catalogue(arguments.language, Recorded([], about=[about]))
    rows_of, parts = {}, {}
    contents: dict[str, bytes] = {}
    for indicator in dict.fromkeys(arguments.indicators):
        rows = formed(trends, indicator, arguments.grouping, **options)
        if not (rows["status"] == GIVEN).any():
            raise ValueError(refusal(rows, arguments.grouping))
        rows_of[indicator] = rows
        for name in rows["vintage"].unique() if arguments.between else ():
            years = map(str, arguments.between)
            parts[indicator, name] = trends.parts(name, indicator, arguments.grouping, *years)
    for indicator, rows in rows_of.items():
        for name, part in rows.groupby("vintage", sort=False):
            measured, source = labels(f"measured.{indicator}"), labels.document(name)
            print(f"\n{labels('trends.heading', indicator=measured, area=source)}")
            shown = GROUPED + (FILLED if arguments.impute else [])
            shown += BESIDE if part["departure"].notna().any() else []
            print(table_in_words(_last(part)[shown], labels).to_string(index=False))
            sentences = formed_said(part, trends, rule, str(arguments.since), labels)
            for sentence in (*sentences, *withheld_said(part, labels)):
                print(sentence)
            if arguments.between:
                lines = part[["sex", "age"]].drop_duplicates()
                moved = parts[indicator, name].merge(lines, on=["sex", "age"])
                contents |= _print_parts(moved, arguments, labels)
        contents[f"tables/{indicator}_by_{arguments.grouping}.csv"] = csv_of(rows).encode("utf-8")
    return _written(contents, arguments.output)


def _written(contents: dict[str, bytes], folder: str | None) -> int:
    """Write files where a folder is named, and print their paths; return 0."""
    for path in write_outputs(Path(folder), contents) if folder else ():
        print(path)
    return 0


def _print_parts(rows: pd.DataFrame, arguments: argparse.Namespace, labels: Catalogue) -> dict[str, bytes]:
    """Print what moved each group's rate between two years, of the lines of one vintage; return the file."""
    years = tuple(map(str, arguments.between))
    rows = rows.assign(area=[group_area(arguments.grouping, group) for group in rows["group"]])
    print(f"\n{table_in_words(rows[PARTS], labels).to_string(index=False)}")
    print(labels("trends.parts", first=years[0], last=years[1], least=f"{LEAST_COVERAGE[COUNTRIES]:g}"))
    indicator, name = rows[["indicator", "vintage"]].iloc[0]
    stem = f"{indicator}_by_{arguments.grouping}_{years[0]}_{years[1]}_{name}"
    return {f"tables/{stem}.csv": csv_of(rows).encode("utf-8")}


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each group's last number; of one that has none, the year that is covered best."""
    ordered = rows.assign(
        given=rows["status"] == GIVEN, year=rows["period"].where(rows["status"] == GIVEN, "")
    )
    ordered = ordered.sort_values(["sex", "age", "group", "given", "year", "coverage"], kind="stable")
    return (
        ordered.groupby(["sex", "age", "group"], sort=False)
        .tail(1)
        .sort_values(["sex", "age", "group"], key=lambda codes: codes.where(codes != "SEX_T", ""))
    )


def _print(trend: AreaTrend) -> None:
    title = ""
    for resolved in trend.exhibits():
        table = resolved.table
        if resolved.title != title:
            title = resolved.title
            print(f"\n{title}\n")
        rows = [headings_of_table(table)]
        rows += [[lead(row, 0, table), *(cell.text for cell in row.cells)] for row in table.rows]
        wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
        for row in rows:
            print("  ".join(text.ljust(wide[0]) if not place else text.rjust(wide[place])
                            for place, text in enumerate(row)).rstrip())  # fmt: skip
        print()
    for sentence in trend.sentences():
        print(sentence)
