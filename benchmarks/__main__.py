"""Run benchmarks: ``python -m benchmarks [NAME …] [--persons N] [--rows N] [--rounds N] [--json FILE]``."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import time
from pathlib import Path

from benchmarks.timing import race, report

TOTALS = {
    "library on Polars": "benchmarks.library:polars polars",
    "library on DuckDB": "benchmarks.library:duckdb duckdb",
    "Polars by hand, grouped by answers": "benchmarks.totals_by_hand:polars",
    "Polars by hand, conditional sums": "benchmarks.totals_by_hand:polars_conditions",
    "DuckDB by hand": "benchmarks.totals_by_hand:duckdb",
}
TOTALS_PANDAS = {
    "library on pandas": "benchmarks.library:pandas",
    "pandas by hand, vectorised": "benchmarks.totals_by_hand:pandas",
    "pandas by hand, groupby-apply": "benchmarks.totals_by_hand:groupby_apply",
}
ERRORS = {
    "library on Polars": "benchmarks.library:polars_errors polars",
    "library on DuckDB": "benchmarks.library:duckdb_errors duckdb",
    "DuckDB by hand": "benchmarks.errors_by_hand:duckdb",
    "library on pandas": "benchmarks.library:pandas_errors",
}
BY_PERSON = {
    "library on pandas": "benchmarks.by_person:library_{} analysis.estimation pyarrow.dataset "
    "narwhals._pandas_like.namespace",
    "NumPy by hand": "benchmarks.by_person:numpy_{} scipy.special pyarrow.dataset",
    "svy": "benchmarks.by_person:svy_{} svy",
    "R survey": "benchmarks.by_person:r_{}",
}
SAMPLES = 100
"""Countries and years of an archive."""
PACKAGES = {
    "svy, one country and year at a time": "svy_by_sample",
    "R survey, one country and year at a time": "r_survey",
    "svy, the whole file": "svy_whole",
}
GIVEN = {"r_survey": 2}
"""How many samples a package is given, where not all."""
ONCE = ("r_survey", "svy_whole")
"""Packages that take minutes, and one turn."""


def totals(asked: argparse.Namespace) -> list[dict]:
    """Five indicators by country, year, sex and age with all totals, without standard errors."""
    from benchmarks.make import archive

    path = {"path": str(archive(asked.persons, psus=asked.psus))}
    title = f"five indicators with totals, {asked.persons:,} persons"
    records = report(title, race(TOTALS, path, rounds=asked.rounds))
    return records + report(f"{title}, pandas", race(TOTALS_PANDAS, path, rounds=asked.rounds))


def errors(asked: argparse.Namespace) -> list[dict]:
    """The same with standard errors by Taylor linearization."""
    from benchmarks.make import archive

    timed = race(ERRORS, {"path": str(archive(asked.persons, psus=asked.psus))}, rounds=asked.rounds)
    return report(f"five indicators with standard errors, {asked.persons:,} persons", timed)


def stream(asked: argparse.Namespace) -> list[dict]:
    """Standard errors of an archive and of one ten times as large: memory, and time for each row."""
    from benchmarks.make import archive

    records = []
    for persons in (asked.persons, 10 * asked.persons):
        path = {"path": str(archive(persons, psus=asked.psus))}
        timed = race({"library on Polars": ERRORS["library on Polars"]}, path, rounds=asked.rounds)
        records += report(f"standard errors streamed, {persons:,} persons", timed)
    small, large = (record["seconds"] for record in records)
    print(f"  time for each row, ten times the rows: {large / small / 10:.2f}×")
    return records


def packages(asked: argparse.Namespace) -> list[dict]:
    """Standard errors beside R's survey package and svy, whole processes; R is given some samples only.

    Given the whole file, svy takes 9 GiB for each million persons: it is left out beyond one.
    """
    from benchmarks.make import archive
    from benchmarks.other_packages import samples

    path = archive(asked.package_persons, psus=asked.psus)
    folder, records = samples(path), []
    for name in asked.packages or PACKAGES:
        function = PACKAGES[name]
        too_large = function == "svy_whole" and asked.package_persons > 1_000_000
        if too_large or (function == "r_survey" and not shutil.which("Rscript")):
            continue
        there = {
            "library on Polars": "benchmarks.library:within_samples",
            name: f"benchmarks.other_packages:{function}",
        }
        given = GIVEN.get(function, SAMPLES)
        arguments = {"path": str(path), "folder": str(folder), "given": given}
        timed = race(there, arguments, rounds=asked.rounds, once=[name] if function in ONCE else [])
        timed[1].process_seconds = [seconds * SAMPLES / given for seconds in timed[1].process_seconds]
        of = "" if given == SAMPLES else f"; {name} timed on {given} of {SAMPLES} samples, and multiplied"
        title = f"standard errors within samples, {asked.package_persons:,} persons, whole process{of}"
        records += report(title, timed, whole=True)
    return records


def _by_person(asked: argparse.Namespace, what: str, title: str, persons: int, replicates: int) -> list[dict]:
    from benchmarks.by_person import for_r
    from benchmarks.make import earnings

    contenders = {name: function.format(what) for name, function in BY_PERSON.items() if name in asked.beside}
    path = earnings(persons, replicates)
    folder = str(for_r(path, replicates)) if "R survey" in contenders else ""
    arguments = {"path": str(path), "replicates": replicates, "folder": folder}
    return report(title, race(contenders, arguments, rounds=asked.rounds, once=["R survey", "svy"]))


def quantiles(asked: argparse.Namespace) -> list[dict]:
    """Median hourly earnings by sex and age with Woodruff's errors."""
    title = f"medians by sex and age, {asked.package_persons:,} persons"
    return _by_person(asked, "median", title, asked.package_persons, 0)


def replicates(asked: argparse.Namespace) -> list[dict]:
    """Three rates by sex and age with errors by replicate weights."""
    title = f"three rates by sex and age, {asked.replicates} replicates, {asked.package_persons:,} persons"
    return _by_person(asked, "replicates", title, asked.package_persons, asked.replicates)


def suppression(asked: argparse.Namespace) -> list[dict]:
    """Complementary suppression of a table of thousands of cells, beside the estimation of it."""
    from benchmarks.suppressed import run

    return run(asked.rounds)


def surveys(asked: argparse.Namespace) -> list[dict]:
    """Every ratio of surveys in one run, R and svy among them; the README's tables are made from it."""
    from benchmarks.results_of_run import machine, write

    def given(**options) -> argparse.Namespace:
        return argparse.Namespace(**{**vars(asked), **options})

    start, load = time.perf_counter(), os.getloadavg()[0]
    by_hand = ["library on pandas", "NumPy by hand"]
    few, many = min(100_000, asked.package_persons), asked.package_persons
    records = totals(given(rounds=2)) + errors(given(rounds=2))
    records += packages(given(rounds=2, packages=[*PACKAGES][:2]))
    records += quantiles(given(package_persons=few))
    records += quantiles(given(package_persons=many, beside=by_hand)) if many > few else []
    records += replicates(given(package_persons=few)) + suppression(asked)
    loads = f"{load:.1f} before, {os.getloadavg()[0]:.1f} after"
    run = machine() | {"seconds in all": f"{time.perf_counter() - start:.0f}", "load": loads}
    if not asked.without_writing:
        write("surveys", records, run)
    return records


def file_checks(asked: argparse.Namespace) -> list[dict]:
    """The checks of a survey's files beside the reading itself, in seconds of a processor."""
    from benchmarks.file_checks import run

    return run(asked.package_persons, asked.rounds)


def ilostat(asked: argparse.Namespace) -> list[dict]:
    """An ILOSTAT bulk file beside Polars' own reading, and the second reading from its copy."""
    from benchmarks.ilostat_bulk import run

    return run(asked.rows, asked.rounds)


def reproduce(asked: argparse.Namespace) -> list[dict]:
    """A report made whole, again and in a second language, beside papermill and plain calls."""
    from benchmarks.reproduce import run

    return run()


def commands(asked: argparse.Namespace) -> list[dict]:
    """Commands that read the record, whole processes: with nothing kept, after a change, and again."""
    from benchmarks.commands import run

    return run(asked.rounds)


BENCHMARKS = {
    each.__name__: each
    for each in (
        *(totals, errors, stream, packages, quantiles, replicates, suppression),
        *(file_checks, ilostat, reproduce, commands),
    )
}
TOGETHER = {"surveys": surveys}
"""Several benchmarks in one run, asked for by name."""


def main() -> None:
    """Run the benchmarks named, all by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        choices=[[], *BENCHMARKS, *TOGETHER],
        metavar="NAME",
        help=", ".join([*BENCHMARKS, *TOGETHER]),
    )
    parser.add_argument("--persons", type=int, default=10_000_000, help="persons in the survey archive")
    parser.add_argument("--psus", type=int, default=5000, help="PSUs of each country and year, at most")
    parser.add_argument("--package-persons", type=int, default=1_000_000, help="persons for R and svy")
    parser.add_argument("--packages", nargs="*", choices=PACKAGES, help="packages to compare with")
    parser.add_argument("--replicates", type=int, default=500, help="replicate weights")
    parser.add_argument(
        "--beside", nargs="*", choices=BY_PERSON, default=list(BY_PERSON), help="for quantiles and replicates"
    )
    parser.add_argument("--rows", type=int, default=5_000_000, help="rows of the bulk file")
    parser.add_argument("--rounds", type=int, default=3, help="turns of every contender; the best counts")
    parser.add_argument(
        "--without-writing", action="store_true", help="with surveys: leave results and README as they are"
    )
    parser.add_argument("--json", type=Path, help="a file for the numbers")
    asked = parser.parse_args()
    records = [
        record for name in asked.names or BENCHMARKS for record in (BENCHMARKS | TOGETHER)[name](asked)
    ]
    if asked.json:
        asked.json.write_text(json.dumps(records, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
