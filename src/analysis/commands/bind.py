"""``analysis bind``: bind the numbers of a Word draft that agree to the quantities of the record."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.checking.bound.binding import bind, bindable
from analysis.checking.judging.verdicts import NO_DATUM
from analysis.checking.text.direction_words import IN_WORDS
from analysis.checking.text.draft_languages import languages_of, remarks_on
from analysis.commands.checker_kept import checker_kept
from analysis.commands.chosen_period import tell_whose
from analysis.files import alone_in, write_whole
from analysis.reading import DocumentError, read_document
from analysis.sources.register import Register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the draft, the record and where the bound file goes."""
    parser.add_argument("draft", metavar="DRAFT", help="a Word file (.docx)")
    parser.add_argument("--against", metavar="PERIOD", help="whose record, for example 2020-21 (the newest)")
    parser.add_argument(
        "--organisation", default="", metavar="ID", help="whose; by default the project's own"
    )
    parser.add_argument("--language", choices=("auto", "en", "fr", "es", "zh"), default="auto")
    parser.add_argument("--output", metavar="DIR", required=True, help="folder of the bound file")


def run(arguments: argparse.Namespace) -> int:
    """Bind what agrees, and say what was bound and what was not."""
    path = word_draft(arguments.draft, Path(arguments.output))
    register = Register()
    period = register.period(arguments.against, arguments.organisation)
    tell_whose(register, period)
    draft = read_document(path)
    first = next(iter(languages_of(draft, arguments.language)), "en")
    checker = checker_kept(register, period, first)
    checked = checker.check(draft, arguments.language)
    content, bindings = bind(path, draft, checked, str(period))
    print(write_new(Path(arguments.output) / path.name, content))
    for remark in remarks_on(draft, arguments.language, checker.catalogue.titled):
        print(f"{path.as_posix()}: {remark}", file=sys.stderr)
    periods = {one.verdict.candidate.period for one in checked if bindable(one)}
    for other in sorted(one for one in periods if len(one) == len(str(period)) and one > str(period)):
        print(
            f"{path.as_posix()}: numbers of {other} bound to {period}: analysis refresh --against {other} "
            f"looks for those of the period after {other}; bind with --against {other} if they are to stay",
            file=sys.stderr,
        )
    data = sum(
        judged.verdict.verdict != NO_DATUM and judged.number.unit not in IN_WORDS for judged in checked
    )
    print(
        f"{path.name}: {len(bindings)} of {data} numbers bound; the others do not agree, are computed, "
        "in words, in a content control already, or in a text box, which the file holds twice"
    )
    return 0


def word_draft(name: str, folder: Path) -> Path:
    """Return a Word draft's path, refusing other formats and a folder where it would be written over."""
    path = Path(name)
    if path.suffix.lower() != ".docx":
        raise DocumentError(f"{path}: only Word files (.docx) hold bound numbers")
    if not path.is_file():
        raise DocumentError(f"{path}: no such file")
    if (folder / path.name).resolve() == path.resolve():
        raise DocumentError(f"{path}: --output {folder} would write over the draft; name another folder")
    _refuse_taken(folder / path.name)
    return path


def write_new(target: Path, content: bytes) -> Path:
    """Write a file where none is, nor has come to be since it was looked, and return its path."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with alone_in(target.parent):
        _refuse_taken(target)
        return write_whole(target, content)


def _refuse_taken(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise DocumentError(f"{target} is there already, and may hold somebody's work; name another folder")
