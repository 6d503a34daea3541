"""``analysis reproduce``: run a biennium's notebooks and write its reports."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from analysis.commands.chosen_period import add_period, chosen_period
from analysis.commands.templates_given import add_house, house_of
from analysis.errors import Misuse
from analysis.files import write_whole
from analysis.running.asked import ParameterError, choose_notebooks
from analysis.running.crew import Stopped, stopping
from analysis.running.reproduce import TIME_LIMIT, reproduce
from analysis.running.work import GROUPS
from analysis.sources.register import Register

if TYPE_CHECKING:
    from analysis.office.house import House

STYLED = "styled"
INTERRUPTED = 128
"""What a signal's number is added to in the exit code, as shells do."""


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
    parser.add_argument(
        "--time-limit",
        type=float,
        default=TIME_LIMIT,
        metavar="SECONDS",
        help=f"for a notebook, or for the documents ({TIME_LIMIT:g})",
    )
    add_house(parser)
    parser.add_argument("--timings", action="store_true", help="print where the time went")


def run(arguments: argparse.Namespace) -> int:
    """Run the notebooks with a progress bar and print what was made and where."""
    for name, number in (("--jobs", arguments.jobs), ("--time-limit", arguments.time_limit)):
        if not number >= (1 if name == "--jobs" else 0.001):
            raise ParameterError(
                f"{name} must be {'1 or more' if name == '--jobs' else 'above 0'}, found {number}"
            )
    parameters = {}
    for text in arguments.parameter:
        name, equals, value = text.partition("=")
        if not equals:
            raise ParameterError(f"-p takes NAME=VALUE, found {text!r}")
        parameters[name] = value
    house = house_of(arguments)
    if house and arguments.notebooks_only:
        raise Misuse("--template is for Word files and slides, which --notebooks-only leaves out")
    if arguments.corrected:
        parameters["corrected"] = "true"
    register = Register()
    period = chosen_period(register, arguments)
    steps = len(choose_notebooks(register.root, arguments.only)) + (
        0 if arguments.notebooks_only else len(GROUPS)
    )
    started, ended, warned = time.monotonic(), [], []
    outputs, taken, unchanged = [], 0, False
    tqdm.monitor_interval = 0
    try:
        with stopping(), tqdm(total=steps, unit="step", leave=False, disable=None, delay=0.5) as bar:

            def hear(event: dict) -> None:
                nonlocal taken, unchanged
                outputs.extend(event.get("made", []))
                taken += event.get("taken", 0)
                unchanged = unchanged or "unchanged" in event
                if "seconds" in event:
                    ended.append(event)
                    bar.set_postfix_str(event["task"])
                    bar.update()
                if "warning" in event:
                    warned.append(event["warning"])

            folder = reproduce(
                register,
                period,
                arguments.language,
                only=arguments.only,
                output=Path(arguments.output) if arguments.output else None,
                jobs=arguments.jobs,
                parameters=parameters,
                documents=not arguments.notebooks_only,
                time_limit=arguments.time_limit,
                heard=hear,
                tell=lambda sentence: bar.write(f"analysis reproduce: {sentence}", file=sys.stderr),
            )
    except Stopped as stopped:
        print(
            f"analysis reproduce: stopped ({stopped.signal.name}); the last finished report is as it was, "
            "and the same command makes this one",
            file=sys.stderr,
        )
        return INTERRUPTED + stopped.signal
    for warning in dict.fromkeys(warned):
        print(f"analysis reproduce: {warning}", file=sys.stderr)
    whole = not (arguments.notebooks_only or arguments.only or arguments.corrected)
    if whole and not unchanged:
        _link(register, Path(arguments.output) if arguments.output else register.root / "reports")
    seconds = time.monotonic() - started
    if arguments.timings:
        print(timings(ended, seconds))
        print(f"made anew: {len(outputs)}; taken from the store: {taken}")
    if unchanged:
        print(f"nothing has changed since this report was made; its files are whole ({seconds:.1f} s)")
    print(folder_summary(folder, seconds))
    if house:
        reports = Path(arguments.output) if arguments.output else register.root / "reports"
        print(_styled(house, folder, reports))
    return 0


def _styled(house: House, folder: Path, reports: Path) -> str:
    """Write a report's Word files and slides in the styles of templates; return what was made where.

    They stand in ``<reports>/styled``, so that the report's own files stay those that its manifest lists.
    """
    target = reports / STYLED / folder.relative_to(reports)
    contents, kept = {}, set()
    for path in sorted(path for suffix in house.templates for path in folder.rglob(f"*{suffix}")):
        contents[target / path.relative_to(folder)], stayed = house.styled(path)
        kept |= set(stayed)
    for path, content in contents.items():
        write_whole(path, content)
    rest = f"; kept, since the template has none: {', '.join(sorted(kept))}" if kept else ""
    templates = ", ".join(map(str, house.templates.values()))
    return f"{target}: {len(contents)} files in the styles of {templates}{rest}"


def timings(ended: list[dict], seconds: float) -> str:
    """Return a table of the tasks: seconds by the clock and of a processor, memory at its largest."""
    lines = [f"{'task':32} {'seconds':>8} {'of a core':>10} {'MiB':>6}"]
    lines += [
        f"{task['task']:32} {task['seconds']:8.2f} {task['processor']:10.2f} {task['memory'] // 1024:6}"
        for task in ended
    ]
    core = sum(task["processor"] for task in ended)
    return "\n".join([*lines, f"{'the whole run':32} {seconds:8.2f} {core:10.2f}"])


def _link(register: Register, root: Path) -> None:
    from analysis.site.writing import write_contents

    write_contents(register, root)


def folder_summary(folder: Path, seconds: float) -> str:
    """Return a few lines on what a finished folder holds."""
    outputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    kinds: dict[str, int] = {}
    for name in outputs:
        kind = name.split("/")[0] if "/" in name else "pages and documents"
        kinds[kind] = kinds.get(kind, 0) + 1
    page = folder / "index.html"
    opened = f"\nOpen {page}" if page.is_file() else ""
    counts = ", ".join(f"{number} in {kind}" for kind, number in sorted(kinds.items()))
    return f"{folder}: {len(outputs)} files ({counts}) in {seconds:.0f} s" + opened
