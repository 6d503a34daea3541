"""``analysis compare``: two periods side by side, with changes and what changed beside the numbers."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path

from analysis.exhibits.catalogue import KINDS
from analysis.exhibits.comparing import YEAR, Compared, Comparison, compare, of_table
from analysis.files import write_whole
from analysis.framework import FrameworkError
from analysis.labels import Catalogue, LabelError
from analysis.printed.numerals import printed
from analysis.quantities import Quantity, evaluate
from analysis.running.asked import ParameterError, check_language
from analysis.sources.appending import CollisionError
from analysis.sources.register import Register, RegisterError

MISUSE = (RegisterError, ParameterError, LabelError, ValueError)
FAILURES = (CollisionError, FrameworkError, OSError)
COLUMNS = (
    "table",
    "what",
    "before",
    "after",
    "unit",
    "change",
    "change_unit",
    "warnings",
    "before_id",
    "after_id",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add both periods, whose they are, the language, and the file to write."""
    parser.add_argument("before", metavar="BEFORE", help="the earlier period, for example 2018-19")
    parser.add_argument("after", metavar="AFTER", nargs="?", help="the later; by default the newest")
    parser.add_argument(
        "--organisation", default="", metavar="ID", help="whose; by default the project's own"
    )
    parser.add_argument("--language", default="en", help="language of the titles (en)")
    parser.add_argument("--output", metavar="FILE", help="write a CSV file with every number exactly")


def run(arguments: argparse.Namespace) -> int:
    """Print the numbers that both periods print, or write them to a file."""
    register = Register()
    before, after = (
        register.period(text, arguments.organisation) for text in (arguments.before, arguments.after)
    )
    if before >= after:
        raise ParameterError(f"{before} is not before {after}: name the earlier period first")
    later = register.recorded(after)
    labels = Catalogue(check_language(arguments.language), later)
    found = compare(register.recorded(before), before, later, after)
    if arguments.output:
        path = Path(arguments.output)
        if path.exists():
            raise ParameterError(f"{path} is there already; nothing is overwritten")
        print(write_whole(path, _file(found, labels).encode("utf-8")))
    else:
        for table, numbers in of_table(found):
            print(f"\n{_words(f'table.{table}', table, labels)}")
            for each in numbers:
                print("  " + _line(each, found, labels))
    told = f"{len(found.numbers)} numbers in both {before.printed} and {after.printed}; {found.ended} of the "
    told += f"earlier period are not continued, {found.begun} of the later are new"
    told += "; the frameworks differ: only what `continues` says is one thing" if found.broken else ""
    print(told, file=sys.stderr)
    return 0


def _words(key: str, code: str, labels: Catalogue) -> str:
    return labels(key) if key in labels else code.replace("_", " ")


def _what(each: Compared, found: Comparison, labels: Catalogue) -> str:
    """Return in words what a number is, with the years where it is of one year."""
    reading = [kind.words for kind in KINDS.values() if each.table in kind.needs]
    kinds = {name: word for words in reading for name, word in words.items()}
    parts = []
    for name, code in each.key:
        if name == YEAR:
            parts.append(" → ".join(str(period.start + int(code)) for period in found.periods))
        else:
            parts.append(_words(f"{kinds.get(name, name)}.{code}", code, labels))
    return ", ".join(parts)


def _line(each: Compared, found: Comparison, labels: Catalogue) -> str:
    numbers = [_number(quantity, found, labels) for quantity in (each.before, each.after)]
    moved = "not comparable"
    if each.changed is not None:
        value = evaluate(each.changed, found.recorded)
        sign = "%" if value.unit == "percent" else f" {labels('unit.percentage_points')}"
        moved = "no change in per cent" if value.missing else _plain(value.value, labels, signed=True) + sign
    warned = f"  [changed: {', '.join(each.warnings)}]" if each.warnings else ""
    return f"{_what(each, found, labels)}: {numbers[0]} → {numbers[1]} ({moved}){warned}"


def _number(quantity: Quantity, found: Comparison, labels: Catalogue) -> str:
    value = evaluate(quantity, found.recorded)
    unit = labels(f"unit.{value.unit}") if f"unit.{value.unit}" in labels else value.unit.replace("_", " ")
    return f"{_plain(value.value, labels)}{'' if unit == '%' else ' '}{unit}"


def _plain(number, labels: Catalogue, *, signed: bool = False) -> str:
    decimals = 0 if number.denominator == 1 and not signed else 1
    return printed(number, decimals, labels("language.locale"), signed=signed)


def _file(found: Comparison, labels: Catalogue) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in found.numbers:
        before, after = (evaluate(quantity, found.recorded) for quantity in (each.before, each.after))
        moved = evaluate(each.changed, found.recorded) if each.changed is not None else None
        held = moved is not None and not moved.missing
        ids = [dict(quantity.where)["id"][0] for quantity in (each.before, each.after)]
        change = [float(moved.value), moved.unit] if held else ["", ""]
        row = [each.table, _what(each, found, labels), float(before.value), float(after.value), after.unit]
        writer.writerow([*row, *change, "|".join(each.warnings), *ids])
    return out.getvalue()
