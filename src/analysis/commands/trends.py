"""``analysis trends``: the indicators of a country, a region or the World, beside their neighbours."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.files import write_whole
from analysis.labels import Catalogue, languages
from analysis.office.export import write_exhibit
from analysis.printed.area_trends import AreaTrend
from analysis.printed.revision_tables import worded
from analysis.printed.spreadsheet_text import csv_of
from analysis.printed.trends_opening import area_trends
from analysis.quantities import Recorded
from analysis.sources.vintages import Vintages
from analysis.sources.vintages.groupings import GROUPINGS
from analysis.sources.vintages.record import words
from analysis.tables.markup import headings, lead
from analysis.trends.opening import Trends

GROUPED = ["group", "sex", "age", "period", "value", "low", "high", "coverage", "reporting", "members"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the area, what of it, and where files go."""
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--area", help="ISO3 code (KEN), or a code such as M49:202 or M49:1")
    whom.add_argument("--grouping", choices=GROUPINGS, help="groups of countries, computed from countries")
    parser.add_argument("--indicators", nargs="+", default=[], metavar="INDICATOR", help="by default all")
    parser.add_argument("--vintage", default="", help="one vintage; by default the newest edition of each")
    parser.add_argument("--since", type=int, default=2000, metavar="YEAR", help="first year (2000)")
    parser.add_argument("--language", default="en", help="language of what is written (en)")
    parser.add_argument("--output", metavar="DIR", help="write figures and tables there, in every format")


def run(arguments: argparse.Namespace) -> int:
    """Print tables and sentences, and write the exhibits where asked."""
    if arguments.language not in languages():
        raise ValueError(f"no language {arguments.language!r}: there are {', '.join(languages())}")
    if arguments.grouping:
        return _groups(arguments)
    found = area_trends(
        Vintages(),
        arguments.area,
        language=arguments.language,
        indicators=tuple(arguments.indicators),
        vintage=arguments.vintage,
        since=str(arguments.since),
    )
    for each in found:
        _print(each)
        if arguments.output:
            for resolved in each.exhibits():
                for path in write_exhibit(resolved, Path(arguments.output)):
                    print(path)
    return 0


def _groups(arguments: argparse.Namespace) -> int:
    """Print each group's last rates with coverage and bounds; write all of them where asked."""
    if not arguments.indicators or not arguments.vintage:
        raise ValueError("--grouping computes from countries: name --indicators and a --vintage")
    vintages = Vintages()
    trends = Trends(vintages)
    recorded = Recorded([], about=[words(vintages)])
    labels = Catalogue(arguments.language, recorded)
    for indicator in arguments.indicators:
        rows = trends.grouped(arguments.vintage, indicator, arguments.grouping)
        rows = rows[rows["period"] >= str(arguments.since)]
        last = rows[rows["period"] == rows["period"].max()]
        print(f"\n{labels(f'measured.{indicator}')}: {vintages[arguments.vintage].title}")
        print(worded(last[GROUPED], labels).to_string(index=False))
        if arguments.output:
            content = csv_of(rows).encode("utf-8")
            name = f"{indicator}_by_{arguments.grouping}.csv"
            print(write_whole(Path(arguments.output) / "tables" / name, content))
    return 0


def _print(trend: AreaTrend) -> None:
    for number, resolved in enumerate(trend.exhibits()):
        table = resolved.table
        if number == 0:
            print(f"\n{resolved.title}\n")
        rows = [headings(table)]
        rows += [[lead(row, 0, table), *(cell.text for cell in row.cells)] for row in table.rows]
        wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
        for row in rows:
            print("  ".join(text.ljust(wide[0]) if not place else text.rjust(wide[place])
                            for place, text in enumerate(row)).rstrip())  # fmt: skip
        print()
    for sentence in trend.sentences():
        print(sentence)
