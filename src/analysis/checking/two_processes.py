"""A large draft judged by two processes, with the answers of one.

What a draft has said goes on from sentence to sentence, and hardly depends on what its numbers were found to
be: only on the last few quantities that were spoken of, and on a few numbers before one that no rule settles.
So the second process reads the first part without judging it, and judges the rest. The first one judges from
the beginning, and on into the rest until all that what follows depends on is as the second one had it there;
from that place on it takes what the second one found. Where that never happens, or where there can be no
second process, the first one judges all.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.clause import Said
from analysis.checking.candidates.running import LATELY, Running
from analysis.checking.computed.ranks_spoken import AskedRank
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import NO_DATUM
from analysis.checking.likelihood.likely import AFTER, BEFORE, KEPT, OpenNumber
from analysis.reading import Block

LARGE = 600
"""How many numbers a draft has at least that two processes judge."""
FIRST_PART = 0.56
"""Which part of them the second process does not judge: to read it takes time, too."""
MEETING = 80
"""After how many numbers of the rest the two are compared first; then after twice as many, and so on."""
WINDOW = KEPT + BEFORE + AFTER
"""How many numbers that are data are looked at, at most, once those after them are known."""


def can_be_two() -> bool:
    """Whether a second process can be made that runs beside this one."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return False
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return own > 1


class SecondProcess:
    """A process that judges the rest of a draft; it ends with the ``with`` that it is made in.

    Parameters
    ----------
    catalogue : CandidateIndex
    blocks : sequence of Block
    many : sequence of int
        How many numbers each block has, about.
    judge : callable
        Judges a block, by its place, or only reads it; given a progress, the place and whether it judges.
    end : callable
        Ends the judging, given a progress.
    """

    def __init__(
        self,
        catalogue: CandidateIndex,
        blocks: Sequence[Block],
        many: Sequence[int],
        judge: Callable[[Progress, int, bool], None],
        end: Callable[[Progress], None],
    ):
        self._blocks, self._judge, self._end = blocks, judge, end
        self._places = {id(block): at for at, block in enumerate(blocks)}
        self._exchange = _Exchange(catalogue.candidates, blocks)
        self._rest, self._meetings = _parted(many)
        self._large = sum(many) >= LARGE
        self._own = Trace()
        self._process, self._pipe, self._begun = 0, -1, False

    def __enter__(self) -> SecondProcess:
        self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _begin(self) -> None:
        if not self._large or not can_be_two():
            return
        first = os.getpid()
        reading, writing = os.pipe()
        try:
            process = os.fork()
        except OSError:  # as many processes as there may be
            os.close(reading)
            os.close(writing)
            return
        if process:
            os.close(writing)
            self._process, self._pipe, self._begun = process, reading, True
            return
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.close(reading)
            content = self._judged(first)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(content)
            status = 0
        finally:
            os._exit(status)

    def _judged(self, first: int) -> bytes:
        """Return what this process, the second one, finds."""
        trace, progress = Trace(), Progress()
        for at in range(len(self._blocks)):
            if os.getppid() != first:
                break
            if at >= self._rest:
                trace.keep(at, progress, self._places, at in self._meetings)
            self._judge(progress, at, at >= self._rest)
        self._end(progress)
        return self._exchange.written((trace, progress.checked, progress.ranks))

    @cached_property
    def _found(self) -> tuple[Trace, list[Checked], list[AskedRank]] | None:
        """What the second process found, once it has ended; None where it did not end well."""
        with os.fdopen(self._pipe, "rb") as pipe:
            self._pipe = -1
            content = pipe.read()
        process, self._process = self._process, 0
        try:
            _, status = os.waitpid(process, 0)
        except ChildProcessError:  # nobody waits for processes here: how it ended cannot be told
            return None
        return self._exchange.read(content) if status == 0 else None

    def _stop(self) -> None:
        if self._pipe >= 0:
            os.close(self._pipe)
        if self._process:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
        self._process, self._pipe = 0, -1

    def takes_over(self, at: int, progress: Progress) -> bool:
        """Whether all from a block on is what the second process found; then it is taken.

        ``progress`` is that of this process, before it judges the block.
        """
        if at < self._rest or not self._begun:
            return False
        self._own.keep(at, progress, self._places, at in self._meetings)
        if at not in self._meetings:
            return False
        told = self._found
        if told is None or not self._own.meets(told[0], at):
            return False
        trace, checked, ranks = told
        regarded = self._own.states[at].regarded
        progress.checked[-regarded:] = checked[trace.lengths[at] - regarded :]
        progress.ranks += [one for one in ranks if self._places[id(one.block)] >= at]
        progress.since = len(progress.checked)
        progress.asked.clear()
        return True


def _parted(many: Sequence[int]) -> tuple[int, frozenset[int]]:
    """Return the first block of the rest, and those before which the processes are compared."""
    counted, whole = 0, sum(many)
    rest, meetings, asked = len(many), set(), MEETING
    for at, own in enumerate(many):
        if rest == len(many) and counted >= FIRST_PART * whole:
            rest, counted = at, 0
        if rest < len(many) and counted >= asked:
            meetings.add(at)
            asked = 2 * counted
        counted += own
    return rest, frozenset(meetings)


def _held(kind: type, place: int) -> Any:
    """Stand for a candidate or a block of the process that reads."""
    raise pickle.UnpicklingError(f"{kind.__name__} {place} can only be read beside the draft")


class _Reader(pickle.Unpickler):
    """Reads what the second process of a draft found."""

    held: dict[type, Sequence[Any]]

    def find_class(self, module: str, name: str) -> Any:
        """Return a class, or what finds a candidate or a block by its place."""
        if (module, name) == (__name__, _held.__name__):
            return lambda kind, place: self.held[kind][place]
        return super().find_class(module, name)


class _Exchange:
    """Writes what a process found, and reads it in another that has the same candidates and blocks."""

    def __init__(self, candidates: Sequence[Candidate], blocks: Sequence[Block]):
        self._held = {Candidate: candidates, Block: blocks}
        self._places = {id(one): at for some in (candidates, blocks) for at, one in enumerate(some)}

    def written(self, held: Any) -> bytes:
        """Return what was found as bytes."""
        content = io.BytesIO()
        pickler = pickle.Pickler(content, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = dict.fromkeys(self._held, self._by_place)
        pickler.dump(held)
        return content.getvalue()

    def _by_place(self, one: Any) -> Any:
        place = self._places.get(id(one))
        return one.__reduce_ex__(pickle.HIGHEST_PROTOCOL) if place is None else (_held, (type(one), place))

    def read(self, content: bytes) -> Any:
        """Return what was found."""
        reader = _Reader(io.BytesIO(content))
        reader.held = self._held
        return reader.load()


@dataclass(frozen=True)
class State:
    """What all that follows depends on, at the beginning of a block.

    ``told`` is a sum over the last numbers and what they wait for, ``first`` the first of the blocks in which
    they stand, ``regarded`` how many they are.
    """

    told: str
    first: int
    regarded: int


@dataclass
class Trace:
    """What a process had before blocks of the rest of a draft.

    Attributes
    ----------
    spoken : dict
        The quantities spoken of last before each block, by language.
    states, lengths : dict
        Before each meeting what all that follows depends on, and how many numbers were judged.
    """

    spoken: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    states: dict[int, State | None] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)

    def keep(self, at: int, progress: Progress, places: dict[int, int], meeting: bool) -> None:
        """Keep what there is before a block is judged.

        ``places`` are those of the blocks, by ``id``; ``meeting`` says whether the processes are compared
        there.
        """
        self.spoken[at] = {
            language: [candidate.id for candidate in running.spoken[-LATELY:]]
            for language, running in progress.running.items()
        }
        if meeting:
            self.states[at] = _state(progress, places)
            self.lengths[at] = len(progress.checked)

    def meets(self, other: Trace, at: int) -> bool:
        """Whether all that follows a meeting is as another process has it.

        That is so where the last numbers are the same, and the same had been spoken of before each of their
        blocks: then the same is said of them.
        """
        state = self.states[at]
        return (
            state is not None
            and state == other.states.get(at)
            and all(self.spoken.get(one) == other.spoken.get(one, ()) for one in range(state.first, at + 1))
        )


def _state(progress: Progress, places: dict[int, int]) -> State | None:
    """Return what all that follows depends on; None where there are too few numbers to tell."""
    first, data = progress.since, 0
    while first and data < WINDOW:
        first -= 1
        data += progress.checked[first].verdict.verdict != NO_DATUM
    if data < WINDOW:
        return None
    last = progress.checked[first:]
    told = [(_plain(judged), id(judged.number) in progress.asked) for judged in last]
    waiting = len(progress.checked) - progress.since
    written = repr((waiting, told)).encode("utf-8", "surrogatepass")
    return State(hashlib.sha256(written).hexdigest(), places[id(last[0].block)], len(last))


def _plain(value: Any) -> Any:
    """Return what is written the same of two values that are the same."""
    if isinstance(value, Candidate):
        return value.id
    if isinstance(value, Block):
        return value.place
    if isinstance(value, Said):
        return value.words, value.explained
    if is_dataclass(value):
        told = (_plain(getattr(value, one.name)) for one in fields(value) if one.init)
        return type(value).__name__, *told
    if isinstance(value, dict):
        return sorted((repr(_plain(key)), _plain(held)) for key, held in value.items())
    if isinstance(value, (set, frozenset)):
        return sorted(repr(_plain(one)) for one in value)
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


@dataclass
class Progress:
    """How far the judging of a draft has come.

    Attributes
    ----------
    running : dict
        What the text has said, by language, in the order in which they were met.
    checked : list of Checked
        Its numbers so far.
    asked : dict
        Those that no rule settles, by ``id`` of the number, until what they may mean is weighed.
    since : int
        The first of the numbers of which it is not yet weighed.
    ranks : list of AskedRank
        Its words of rank so far.
    """

    running: dict[str, Running] = field(default_factory=dict)
    checked: list[Checked] = field(default_factory=list)
    asked: dict[int, OpenNumber] = field(default_factory=dict)
    since: int = 0
    ranks: list[AskedRank] = field(default_factory=list)
