"""``analysis reproduce``: run a biennium's notebooks and write its reports."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from tqdm import tqdm

from analysis.commands.chosen_period import add_period, period_of
from analysis.labels import LabelError
from analysis.periods import Period
from analysis.run import NotebookFailure, ParameterError, checked, reproduce
from analysis.sources.corrections import CorrectionError
from analysis.sources.register import Register, RegisterError

MISUSE = (ParameterError, ValueError, RegisterError, CorrectionError, LabelError)
FAILURES = (NotebookFailure, OSError)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add biennium, language, choice of notebooks, output folder, jobs and further parameters."""
    add_period(parser)
    parser.add_argument("--language", default="en", help="language of the reports (en)")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NOTEBOOK", help="stem or number; may be repeated"
    )
    parser.add_argument("--output", metavar="DIR", help="folder of all reports (reports)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="notebooks run at a time (1)")
    parser.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a notebook's parameter"
    )
    parser.add_argument("--corrected", action="store_true", help="apply data/corrections.csv, and say where")
    parser.add_argument("--notebooks-only", action="store_true", help="leave documents and the site out")


def run(arguments: argparse.Namespace) -> int:
    """Run the notebooks with a progress bar and print what was made and where."""
    if arguments.jobs < 1:
        raise ParameterError(f"--jobs must be 1 or more, found {arguments.jobs}")
    parameters = {}
    for text in arguments.parameter:
        name, equals, given = text.partition("=")
        if not equals:
            raise ParameterError(f"-p takes NAME=VALUE, found {text!r}")
        parameters[name] = given
    if arguments.corrected:
        parameters["corrected"] = "true"
    register = Register()
    asked = period_of(register, arguments)
    chosen = checked(register, asked, arguments.language, arguments.only, parameters)
    started = time.monotonic()
    with tqdm(total=len(chosen) + 1, unit="step", desc="notebooks") as bar:

        def advance(step: str) -> None:
            bar.set_postfix_str(step)
            bar.update()

        folder = reproduce(
            register,
            asked,
            arguments.language,
            only=arguments.only,
            output=Path(arguments.output) if arguments.output else None,
            jobs=arguments.jobs,
            parameters=parameters,
            finish=None if arguments.notebooks_only else _documents(register, asked, arguments),
            progress=advance,
        )
        advance("documents")
    if not arguments.notebooks_only:
        _link(register, Path(arguments.output) if arguments.output else register.root / "reports")
    print(summary(folder, time.monotonic() - started))
    return 0


def _documents(register: Register, period: Period, arguments: argparse.Namespace):
    from analysis.documents import write_documents

    return lambda folder: write_documents(register, period, arguments.language, folder, arguments.corrected)


def _link(register: Register, root: Path) -> None:
    from analysis.site.writing import write_contents

    write_contents(register, root)


def summary(folder: Path, seconds: float) -> str:
    """Return a few lines on what a finished folder holds."""
    outputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    kinds: dict[str, int] = {}
    for name in outputs:
        kind = name.split("/")[0] if "/" in name else "pages and documents"
        kinds[kind] = kinds.get(kind, 0) + 1
    page = folder / "index.html"
    opened = f"\nOpen {page}" if page.is_file() else ""
    made = ", ".join(f"{number} in {kind}" for kind, number in sorted(kinds.items()))
    return f"{folder}: {len(outputs)} files ({made}) in {seconds:.0f} s" + opened
