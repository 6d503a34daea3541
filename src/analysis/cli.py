"""The command line: one command a word; ``analysis --help`` lists them."""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from analysis import __version__
from analysis.commands.answers import READING, answered
from analysis.commands.outcome import DONE, MISUSE, outcome, shown
from analysis.postponed import postpone
from analysis.sources.project import INSTALLED, RegisterError, project_root

COMMANDS = {
    "reproduce": ("analysis.commands.reproduce", "run a biennium's notebooks and write its reports"),
    "list": ("analysis.commands.listing", "list biennia, documents and exhibits"),
    "audit": ("analysis.commands.audit", "judge every number that the documents print"),
    "explain": ("analysis.commands.explain", "trace one number: sentence, formulas, inputs, verdict"),
    "bind": ("analysis.commands.bind", "bind the numbers of a Word draft that agree to the record"),
    "refresh": ("analysis.commands.refresh", "print the bound numbers of a Word draft anew"),
    "check": ("analysis.commands.check", "check every number of a draft against the record"),
    "export": ("analysis.commands.export", "write one exhibit for one purpose"),
    "restyle": ("analysis.commands.restyle", "put Word files into an organisation's own styles"),
    "trends": ("analysis.commands.trends", "the trends of one country or region, beside its neighbours"),
    "revisions": ("analysis.commands.revisions", "what a vintage of estimates changed of another"),
    "import": ("analysis.commands.import_results", "make a record of results that an organisation published"),
    "verify": (
        "analysis.commands.verify",
        "compare a report with its sums, or with a second run",
    ),
    "site": ("analysis.commands.site", "write a report's site anew, and the page that links them all"),
    "fetch": ("analysis.commands.fetch", "take a snapshot of a statistical service as a vintage"),
    "estimate": ("analysis.commands.estimate", "compute indicators from a survey"),
    "new-mapping": (
        "analysis.commands.new_mapping",
        "propose a survey's mapping from its columns and labels",
    ),
    "compare": ("analysis.commands.compare", "set two periods side by side"),
    "new-report": ("analysis.commands.new_report", "lay out the folder of a report that is to be typed"),
    "check-data": ("analysis.commands.check_data", "tell everything that is wrong with the recorded files"),
    "register": ("analysis.commands.register", "write data/raw/datapackage.json as the files stand"),
    "init": ("analysis.commands.init", "lay out a project in a new folder"),
}
WITHOUT_PROJECT = ("estimate", "init", "new-mapping", "restyle", "verify")
WRITING_TO_PROJECT = ("reproduce", "register", "site", "new-report", "import", "fetch")
OF_TABLES = ("pandas", "pyarrow")
POSTPONED = {"check": OF_TABLES, "reproduce": (*OF_TABLES, "numpy", "narwhals")}
"""What some commands may do without, or need later: it takes longer to import than they take until then."""
WRITTEN_WHOLE = ("audit", "check", "compare", "export", "revisions", "trends")
"""Commands whose files are written and closed, and whose folders are cleared up, when they return."""
INTERRUPTED = 130
SELDOM = (50_000, 20, 50)
"""How many objects more there must be before the youngest, the middle and the oldest are looked at."""


class _Once(argparse._StoreAction):
    """Takes an option's value once: of two that differ the last would hold, and nobody be told."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        taken: dict[str, object] = vars(namespace).setdefault("_taken", {})
        if option_string and self.dest in taken and taken[self.dest] != values:
            both = f"{taken[self.dest]!r} and {values!r}"
            parser.error(f"argument {option_string}: given twice, as {both}; leave one out")
        taken[self.dest] = values
        setattr(namespace, self.dest, values)


class _Parser(argparse.ArgumentParser):
    def __init__(self, *words, **named) -> None:
        super().__init__(*words, **named)
        self.register("action", None, _Once)
        self.register("action", "store", _Once)

    def error(self, message: str) -> None:
        self.exit(MISUSE, f"{self.prog}: {shown(message)}\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each command's module adds its own arguments."""
    top = _Parser(prog="analysis", description="Reproduce, audit and export programme reporting.")
    top.add_argument("--version", action="version", version=f"analysis {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name, (_, about) in COMMANDS.items():
        commands.add_parser(name, help=about, description=about, add_help=False)
    return top


def say_where(command: str) -> None:
    """Say on the error stream which project is read, where it is not the working folder's own.

    Raises
    ------
    RegisterError
        When there is none, or when a command that writes to a project has only the installed record.
    """
    if command in WITHOUT_PROJECT:
        return
    root = project_root()
    if root == INSTALLED and command in WRITING_TO_PROJECT:
        raise RegisterError(
            f"there is no project in {Path.cwd()} or above it; `analysis init FOLDER` lays one out, "
            "then run this in FOLDER"
        )
    if root == INSTALLED:
        print(f"analysis {command}: reads the record installed with the package, {root}", file=sys.stderr)
    elif root != Path.cwd():
        print(f"analysis {command}: reads the project in {root}", file=sys.stderr)


def _refuse_empty(options: _Parser, words: list[str]) -> None:
    """Refuse an empty text, as a variable of the shell that is not set gives it: it leaves nothing out."""
    for before, word in zip(("", *words), words, strict=False):
        if word and not (word.startswith("--") and word.endswith("=")):
            continue
        name = word[:-1] or before
        what = f"argument {name}" if name.startswith("-") else "an argument"
        options.error(
            f"{what}: found an empty text; give what is meant, or leave it out (is a variable not set?)"
        )


def _run(name: str, words: list[str], begin: Callable[[], None]) -> int:
    module, about = COMMANDS[name]
    postpone(*POSTPONED.get(name, ()))
    command = importlib.import_module(module)
    options = _Parser(prog=f"analysis {name}", description=about)
    command.add_arguments(options)
    _refuse_empty(options, words)
    options_given = options.parse_args(words)
    say_where(name)
    begin()
    return command.run(options_given)


def _open_closed() -> None:
    """Let what is printed go nowhere where a stream is closed: else the next file that is opened takes it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


def _end(code: int) -> None:
    """End a process that has nothing left to do: to take apart what it holds costs a tenth of its time."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main(arguments: list[str] | None = None, begin: Callable[[], None] = lambda: None) -> int:
    """Run one command and return its exit code; ``begin`` is called right before it does its work.

    0 done; 1 the answer is no, or the work failed; 2 misuse or bad input; 3 a fault of the package; 130 and
    above: stopped by a signal.
    """
    words = sys.argv[1:] if arguments is None else arguments
    own = arguments is None
    if own:  # a process of its own: to look for objects that only hold each other costs a sixth of its time
        gc.set_threshold(*SELDOM)
        _open_closed()
        for stream in (sys.stdout, sys.stderr):  # of a terminal that cannot write every letter
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
    namespace, _ = parser().parse_known_args(words[:1])
    try:
        code = answered(namespace.command, words, lambda: _run(namespace.command, words[1:], begin))
        alone = threading.active_count() == 1  # what another thread is still writing is waited for
        if own and alone and namespace.command in (*READING, *WRITTEN_WHOLE):
            _end(code)
        return code
    except KeyboardInterrupt:
        print(f"analysis {namespace.command}: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except SystemExit:
        raise
    except BaseException as error:  # what stops in Rust is no Exception
        code, message = outcome(error)
        print(f"analysis {namespace.command}: {message}", file=sys.stderr)
        return code
