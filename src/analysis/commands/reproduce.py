"""``analysis reproduce``: run a biennium's notebooks and write its reports."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from analysis.commands.chosen_period import add_period, chosen_period
from analysis.commands.outcome import DONE, outcome
from analysis.commands.templates_given import add_house, house_of
from analysis.errors import Misuse
from analysis.files import write_whole
from analysis.running.asked import ParameterError, choose_notebooks, languages_asked
from analysis.running.crew import Stopped, stopping
from analysis.running.reproduce import TIME_LIMIT, reproduce_all
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
    parser.add_argument(
        "--language",
        action="append",
        metavar="CODES",
        help="languages of the reports: en,fr, or all; may be repeated (en)",
    )
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


class _Heard:
    """What was heard of the reports of a run.

    Parameters
    ----------
    bar : tqdm
        Moved on with each task that ends.
    several : bool
        Whether there are several reports, of which the bar then says which.
    """

    def __init__(self, bar: tqdm, several: bool):
        self.bar, self.several, self.started = bar, several, time.monotonic()
        self.tasks: dict[str, list[dict]] = {}
        self.made: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()
        self.seconds: dict[str, float] = {}
        self.unchanged: set[str] = set()
        self.warnings: dict[str, None] = {}

    def __call__(self, event: dict) -> None:
        """Note an event."""
        report = event["report"]
        self.made[report] += len(event.get("made", []))
        self.taken[report] += event.get("taken", 0)
        if "seconds" in event:
            self.tasks.setdefault(report, []).append(event)
            self.bar.set_postfix_str(f"{report} {event['task']}" if self.several else event["task"])
            self.bar.update()
        if "unchanged" in event:
            self.unchanged.add(report)
        if {"finished", "unchanged"} & event.keys():
            self.seconds[report] = self.since
        if "warning" in event:
            self.warnings[f"{report}: {event['warning']}" if self.several else event["warning"]] = None

    @property
    def since(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.started


def run(arguments: argparse.Namespace) -> int:
    """Run the notebooks with a progress bar and print what was made and where."""
    for name, number in (("--jobs", arguments.jobs), ("--time-limit", arguments.time_limit)):
        if not number >= (1 if name == "--jobs" else 0.001):
            raise ParameterError(
                f"{name} must be {'1 or more' if name == '--jobs' else 'above 0'}, found {number}"
            )
    languages = languages_asked(arguments.language or ["en"])
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
    several = len(languages) > 1
    tqdm.monitor_interval = 0
    bar = tqdm(total=steps * len(languages), unit="step", leave=False, disable=None, delay=0.5)
    heard = _Heard(bar, several)
    try:
        with stopping(), bar:
            ended = reproduce_all(
                register,
                period,
                languages,
                only=arguments.only,
                output=Path(arguments.output) if arguments.output else None,
                jobs=arguments.jobs,
                parameters=parameters,
                documents=not arguments.notebooks_only,
                time_limit=arguments.time_limit,
                heard=heard,
                tell=lambda sentence: bar.write(f"analysis reproduce: {sentence}", file=sys.stderr),
            )
    except Stopped as stopped:
        print(f"analysis reproduce: {_told_of_stop(stopped, heard)}", file=sys.stderr)
        return INTERRUPTED + stopped.signal
    for warning in heard.warnings:
        print(f"analysis reproduce: {warning}", file=sys.stderr)
    reports = Path(arguments.output) if arguments.output else register.root / "reports"
    folders = {language: folder for language, folder in ended.items() if isinstance(folder, Path)}
    whole = not (arguments.notebooks_only or arguments.only or arguments.corrected)
    if whole and folders.keys() - heard.unchanged:
        _link(register, reports)
    for language, folder in folders.items():
        print(_told_of_report(folder, language, heard, arguments.timings, several))
        if house:
            print(_styled(house, folder, reports))
    if arguments.timings and several:
        core = sum(task["processor"] for tasks in heard.tasks.values() for task in tasks)
        print(f"{'the whole run':32} {heard.since:8.2f} {core:10.2f}")
    return _told_of_failures(ended, several)


def _told_of_stop(stopped: Stopped, heard: _Heard) -> str:
    """Return what a signal that stopped the run has left."""
    rest = "the last finished report is as it was, and the same command makes this one"
    if heard.several:
        done = f"{', '.join(heard.seconds)} made; " if heard.seconds else ""
        rest = f"{done}the last finished reports are as they were, and the same command makes those left"
    return f"stopped ({stopped.signal.name}); {rest}"


def _told_of_report(folder: Path, language: str, heard: _Heard, with_timings: bool, several: bool) -> str:
    """Return the lines that tell of a finished report, with its timings where they are asked for."""
    seconds, lines = heard.seconds[language], []
    if with_timings:
        whole = f"{language}, until it was finished" if several else "the whole run"
        lines.append(timings(heard.tasks.get(language, []), seconds, whole))
        lines.append(f"made anew: {heard.made[language]}; taken from the store: {heard.taken[language]}")
    if language in heard.unchanged:
        lines.append(f"nothing has changed since this report was made; its files are whole ({seconds:.1f} s)")
    return "\n".join([*lines, folder_summary(folder, seconds)])


def _told_of_failures(ended: dict[str, Path | Exception], several: bool) -> int:
    """Say why reports were not made, a sentence each; return the exit code.

    The only report's failure is raised, as the commands' errors are.
    """
    code = DONE
    for language, failure in ended.items():
        if isinstance(failure, Exception):
            if not several:
                raise failure
            one, message = outcome(failure)
            print(f"analysis reproduce: {language}: {message}", file=sys.stderr)
            code = max(code, one)
    return code


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


def timings(ended: list[dict], seconds: float, whole: str = "the whole run") -> str:
    """Return a table of the tasks: seconds by the clock and of a processor, memory at its largest."""
    lines = [f"{'task':32} {'seconds':>8} {'of a core':>10} {'MiB':>6}"]
    lines += [
        f"{task['task']:32} {task['seconds']:8.2f} {task['processor']:10.2f} {task['memory'] // 1024:6}"
        for task in ended
    ]
    core = sum(task["processor"] for task in ended)
    return "\n".join([*lines, f"{whole:32} {seconds:8.2f} {core:10.2f}"])


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
