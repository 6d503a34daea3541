"""``analysis fetch``: take a snapshot of a statistical service's series as a new vintage."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.sources.fetching import ADDRESSES, Client, take
from analysis.sources.register import project_root
from analysis.sources.vintages.codes import Codes

MEGABYTE = 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the service, the series, and what of them."""
    parser.add_argument("service", choices=sorted(ADDRESSES), help="whom to ask")
    parser.add_argument("series", nargs="+", metavar="SERIES", help="the service's codes of series")
    parser.add_argument(
        "--area", action="append", default=[], help="the service's code of an area; may be repeated (all)"
    )
    parser.add_argument("--since", type=int, metavar="YEAR", help="first year (all)")
    parser.add_argument("--into", metavar="DIR", help="folder of vintages (data/estimates)")
    parser.add_argument("--address", default="", metavar="URL", help="another address, such as a mirror")
    parser.add_argument("--limit", type=int, default=200, metavar="MB", help="size of one answer (200)")


def run(arguments: argparse.Namespace) -> int:
    """Fetch, check and register; print where the vintage stands."""
    if arguments.limit < 1:
        raise ValueError("--limit must be 1 or more")
    if arguments.address and not arguments.address.endswith("/"):
        raise ValueError(f"--address {arguments.address!r}: expected a slash at its end")
    estimates = project_root() / "data" / "estimates"
    vintage = take(
        arguments.service,
        arguments.series,
        areas=arguments.area,
        since=arguments.since,
        into=Path(arguments.into) if arguments.into else estimates,
        codes=Codes(estimates),
        client=Client(limit=arguments.limit * MEGABYTE),
        address=arguments.address,
    )
    for resource in vintage.descriptor["resources"]:
        print(f"{resource['series']}: {resource['rows']} rows, {resource['bytes']} bytes, {resource['date']}")
    blank = vintage.descriptor["without_number"]
    if blank:
        print(f"{blank} values are an end (<0.1) or a sign in place of a number: kept, in no calculation")
    print(vintage.folder)
    return 0
