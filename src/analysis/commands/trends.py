"""``analysis trends``: the indicators of a country, a region or the World, beside their neighbours."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.labels import languages
from analysis.office.export import write_exhibit
from analysis.pictures.fonts import FontError
from analysis.printed.area_trends import AreaTrend
from analysis.printed.trends_opening import area_trends
from analysis.sources.register import RegisterError
from analysis.sources.vintages import VintageError, Vintages
from analysis.tables.markup import headings, lead

MISUSE = (VintageError, RegisterError, ValueError)
FAILURES = (FontError, OSError)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the area, what of it, and where files go."""
    parser.add_argument("--area", required=True, help="ISO3 code (KEN), or a code such as M49:202 or M49:1")
    parser.add_argument("--indicators", nargs="+", default=[], metavar="INDICATOR", help="by default all")
    parser.add_argument("--vintage", default="", help="one vintage; by default the newest edition of each")
    parser.add_argument("--since", type=int, default=2000, metavar="YEAR", help="first year (2000)")
    parser.add_argument("--language", default="en", help="language of what is written (en)")
    parser.add_argument("--output", metavar="DIR", help="write figures and tables there, in every format")


def run(arguments: argparse.Namespace) -> int:
    """Print tables and sentences, and write the exhibits where asked."""
    if arguments.language not in languages():
        raise ValueError(f"no language {arguments.language!r}: there are {', '.join(languages())}")
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
