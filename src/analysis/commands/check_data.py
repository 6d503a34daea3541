"""``analysis check-data``: everything that is wrong with the recorded files, told at once."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import LayoutError, make
from analysis.exhibits.layout_checks import (
    indicators_left_out,
    tables_not_shown,
    words_borrowed,
    words_missing,
)
from analysis.exhibits.parts import Exhibit
from analysis.framework import FrameworkError
from analysis.labels import LabelError, languages
from analysis.periods import Period
from analysis.quantities import Recorded, SelectionError, UnitError
from analysis.sources.appending import CollisionError
from analysis.sources.descriptor import describe, faults_of
from analysis.sources.register import Document, Register, RegisterError, project_root
from analysis.sources.schema import Fault

_Shown = tuple[Recorded, tuple[Exhibit, ...]]
_STOPPING = (CollisionError, FrameworkError, LayoutError, LabelError, SelectionError, UnitError)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the document, and whether the answer is for a program."""
    parser.add_argument(
        "document", nargs="?", metavar="DOCUMENT", help="a folder of data/raw; all by default"
    )
    parser.add_argument(
        "--json", action="store_true", help="one object a line: path, row, column, found, expected"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every fault, then every remark; return 1 where something cannot be registered."""
    root = project_root()
    folder = root / "data" / "raw"
    there = sorted(path.parent.name for path in folder.glob("*/document.toml"))
    if arguments.document and arguments.document not in there:
        raise RegisterError(f"no document {arguments.document!r} in data/raw: there are {', '.join(there)}")
    asked = [arguments.document] if arguments.document else there
    found = [fault for name in asked for fault in faults_of(folder, name)]
    if not any(each.grave for each in found):
        register = Register(root)
        register.descriptor = describe(folder)
        shown: dict[Period, _Shown] = {}
        found += [fault for name in asked for fault in _of_layout(register, register.documents[name], shown)]
    found.sort(key=lambda each: not each.grave)
    for each in found:
        if arguments.json:
            told = {"path": each.path, "row": each.row, "column": each.column, "found": each.found}
            print(json.dumps({**told, "expected": each.allowed, "grave": each.grave}, ensure_ascii=False))
        else:
            print(each if each.grave else f"remark: {each}")
    grave = sum(each.grave for each in found)
    print(f"{len(asked)} documents: {grave} faults, {len(found) - grave} remarks", file=sys.stderr)
    return 1 if grave else 0


def _of_layout(register: Register, document: Document, shown: dict[Period, _Shown]) -> Iterator[Fault]:
    """Yield what keeps a document's exhibits from being made, and what its layout leaves out.

    Several documents share a period, whose exhibits are made once and kept in ``shown``.
    """
    layout = f"data/raw/{document.name}/exhibits.csv"
    for text in document.periods:
        period = register.period(text, document.organisation)
        try:
            if period not in shown:
                recorded = register.recorded(period)
                exhibits = tuple(make(each, recorded, period) for each in definitions(recorded))
                shown[period] = recorded, exhibits
            yield from _of_period(document, period, *shown[period])
        except _STOPPING as error:
            told = error.args[0] if error.args else error
            expected = "exhibits that can be made"
            yield Fault(layout, 0, "", f"what stops the exhibits of {period}: {told}", expected)


def _of_period(
    document: Document, period: Period, recorded: Recorded, exhibits: tuple[Exhibit, ...]
) -> Iterator[Fault]:
    layout = f"data/raw/{document.name}/exhibits.csv"
    for identifier, key in words_missing(recorded, exhibits, "en"):
        yield Fault(layout, 0, identifier, f"no words for {key}", "a row of framework/titles.csv")
    if document.period != str(period):
        return
    own = f"{document.kind}."
    for table in (each for each in tables_not_shown(recorded, exhibits) if each.startswith(own)):
        told = f"no exhibit that shows {table}"
        yield Fault(layout, 0, "", told, "a row of a kind that reads it, or none by intent", False)
    for code in indicators_left_out(recorded):
        yield Fault(layout, 0, "", f"no trend of indicator {code}", "kind trend, indicator=" + code, False)
    for language in languages():
        borrowed = words_borrowed(recorded, exhibits, language)
        if borrowed:
            some = ", ".join(list(borrowed)[:3])
            told = f"{len(borrowed)} titles without {language}, such as {some}"
            yield Fault(f"data/raw/{document.name}/framework/titles.csv", 0, "", told, "a translation", False)
