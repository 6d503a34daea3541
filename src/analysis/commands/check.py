"""``analysis check``: every number of a draft, against the record."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis import __version__
from analysis.checking.answers.lines import as_json, as_sarif, lines_of_draft, rows
from analysis.checking.answers.page import page_of_draft
from analysis.checking.answers.telling import Teller
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import DISAGREES, LOOKING_WRONG, UNDECIDED
from analysis.checking.text.draft_languages import FIRST, languages_of, remarks_on
from analysis.commands.checker_kept import checker_kept
from analysis.commands.chosen_period import tell_whose
from analysis.commands.outputs import write_outputs
from analysis.printed.spreadsheet_text import csv_of
from analysis.reading import DocumentError, Draft, language_of, read_document
from analysis.sources.register import Register

# What each choice of ``--fail-on`` stops at, each more than the one before.
FAILING = {
    DISAGREES: {DISAGREES},
    "looks-wrong": {DISAGREES, LOOKING_WRONG},
    UNDECIDED: {DISAGREES, LOOKING_WRONG, UNDECIDED},
}
LANGUAGES = ("auto", "en", "fr", "es", "zh")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the drafts, the record, the language, what fails and where files go."""
    parser.add_argument(
        "drafts", nargs="+", metavar="DRAFT", help="Word, PowerPoint, PDF, Markdown, HTML, text, notebook"
    )
    parser.add_argument("--against", metavar="PERIOD", help="whose record, for example 2020-21 (the newest)")
    parser.add_argument(
        "--organisation", default="", metavar="ID", help="whose; by default the project's own"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="auto", help="of the drafts (found out)")
    parser.add_argument(
        "--output", metavar="DIR", help="write there: DRAFT.csv, DRAFT.html, of Word DRAFT with comments"
    )
    parser.add_argument(
        "--fail-on",
        choices=[*FAILING],
        help="exit 1 when a number disagrees (or looks wrong, or is undecided)",
    )
    parser.add_argument(
        "--format", choices=["text", "json", "sarif"], default="text", help="of what is printed (text)"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="tell numbers that agree as well: a line each, in Word a comment",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check each draft, print what does not agree, write what was asked for."""
    register = Register()
    period = register.period(arguments.against, arguments.organisation)
    tell_whose(register, period)
    opened = [(Path(name), read_document(name)) for name in dict.fromkeys(arguments.drafts)]
    if arguments.output:
        _refuse(opened, Path(arguments.output))
    first = next((tongue for _, draft in opened for tongue in languages_of(draft, arguments.language)), "en")
    checker = checker_kept(register, period, first)
    teller = Teller(checker)
    drafts = [(path, draft, checker.check(draft, arguments.language)) for path, draft in opened]
    remarks = [
        f"{path.as_posix()}: {remark}"
        for path, draft in opened
        for remark in remarks_on(draft, arguments.language, checker.catalogue.titled)
    ]
    print("\n".join(remarks), end="\n" if remarks else "", file=sys.stderr)
    named = [(path.as_posix(), checked) for path, _, checked in drafts]
    if arguments.format == "json":
        print(as_json(named, teller))
    elif arguments.format == "sarif":
        print(as_sarif(named, teller, __version__))
    else:
        for path, _, checked in drafts:
            print("\n".join(lines_of_draft(path.as_posix(), checked, teller, arguments.all)))
    if arguments.output:
        contents: dict[str, bytes] = {}
        for path, draft, checked in drafts:
            contents |= checked_files(
                path, draft, checked, teller, period.printed, arguments.all, arguments.language
            )
        for written in write_outputs(Path(arguments.output), contents):
            if arguments.format == "text":
                print(written)
    failing = FAILING.get(arguments.fail_on, set())
    return int(any(number.verdict.grade in failing for _, _, checked in drafts for number in checked))


def _refuse(opened: list[tuple[Path, Draft]], folder: Path) -> None:
    """Refuse what would write over a draft, or two drafts' results over one another."""
    stems = [path.stem for path, _ in opened]
    drafts = {path.resolve() for path, _ in opened}
    for path, _ in opened:
        if stems.count(path.stem) > 1:
            raise DocumentError(
                f"two drafts are called {path.stem}: check them one by one, each with its own --output"
            )
        for name in written_names(path):
            if (folder / name).resolve() in drafts:
                raise DocumentError(
                    f"{path}: --output {folder} would write over the draft {name}; name another folder"
                )


def written_names(path: Path) -> list[str]:
    """Return the names of what is written for a draft."""
    names = [f"{path.stem}.csv", f"{path.stem}.html"]
    return [*names, f"{path.stem}.docx"] if path.suffix.lower() == ".docx" else names


def checked_files(
    path: Path,
    draft: Draft,
    checked: list[Checked],
    teller: Teller,
    period: str,
    every: bool = False,
    tongue: str = "auto",
) -> dict[str, bytes]:
    """Return the rows, the page and, of a Word file, the file with comments, by name."""
    names = written_names(path)
    whole = "\n".join(block.text for block in draft.blocks[:FIRST])
    language = language_of(whole) if tongue == "auto" else tongue
    remarks = remarks_on(draft, tongue, teller.checker.catalogue.titled)
    files = {
        names[0]: csv_of(rows(checked, path.name, teller)).encode(),
        names[1]: page_of_draft(draft, checked, teller, period, language, remarks).encode(),
    }
    if path.suffix.lower() == ".docx":
        from analysis.checking.answers.word_comments import commented

        files[names[2]] = commented(path, draft, checked, teller, every)
    return files
