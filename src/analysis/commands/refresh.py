"""``analysis refresh``: print the bound numbers of a Word draft anew."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from analysis.checking.bound.refreshing import CHANGED, REFUSED, refresh
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.commands.bind import word_draft, write_new
from analysis.commands.checker_kept import checker_kept
from analysis.commands.chosen_period import tell_whose
from analysis.labels import Catalogue
from analysis.sources.register import Register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the draft, the record, the language of the numbers and where the file goes."""
    parser.add_argument("draft", metavar="DRAFT", help="a Word file whose numbers are bound")
    parser.add_argument("--against", metavar="PERIOD", help="whose record, for example 2018-19 (the newest)")
    parser.add_argument(
        "--organisation", default="", metavar="ID", help="whose; by default the project's own"
    )
    parser.add_argument("--corrected", action="store_true", help="apply the ledger of corrections first")
    parser.add_argument("--language", choices=("en", "fr", "es", "zh"), default="", help="whose separators")
    parser.add_argument("--output", metavar="DIR", required=True, help="folder of the new file")


def run(arguments: argparse.Namespace) -> int:
    """Print what changed and what was refused; return 1 where a number was refused."""
    path = word_draft(arguments.draft, Path(arguments.output))
    register = Register()
    period = register.period(arguments.against, arguments.organisation)
    tell_whose(register, period)
    if arguments.corrected:
        catalogue = CandidateIndex(register.recorded(period, corrected=True), register.root)
    else:
        catalogue = checker_kept(register, period, arguments.language or "en").catalogue
    content, done = refresh(path, catalogue, str(period), arguments.language)
    for refreshed in done:
        of = f"  ({refreshed.bound.id})" if refreshed.bound else ""
        if refreshed.outcome == CHANGED:
            print(f"{path.name}: {refreshed.before} -> {refreshed.after}{of}")
            if refreshed.verb and refreshed.bound:
                labels = Catalogue(refreshed.bound.language)
                print(f"  {labels('draft.verb', verb=refreshed.verb)}  {refreshed.sentence[:160]}")
        elif refreshed.outcome == REFUSED:
            print(f"{path.name}: {refreshed.before} refused: {refreshed.why}{of}")
    counts = Counter(refreshed.outcome for refreshed in done)
    print(
        f"{path.name}: {len(done)} bound numbers: " + ", ".join(f"{n} {name}" for name, n in counts.items())
    )
    print(write_new(Path(arguments.output) / path.name, content))
    return int(counts[REFUSED] > 0)
