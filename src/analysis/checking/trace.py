"""What two processes that judge a draft are compared by: what all that follows a place depends on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from analysis.checking.candidate import Candidate
from analysis.checking.clause import Said
from analysis.checking.likely import AFTER, BEFORE, KEPT
from analysis.checking.progress import Progress
from analysis.checking.running import LATELY
from analysis.checking.verdicts import NO_DATUM
from analysis.reading import Block

WINDOW = KEPT + BEFORE + AFTER
"""How many numbers that are data are looked at, at most, once those after them are known."""


@dataclass(frozen=True)
class State:
    """What all that follows depends on, at the beginning of a block.

    Attributes
    ----------
    told : str
        A sum over the last numbers and what they wait for.
    first : int
        The first of the blocks in which they stand.
    regarded : int
        How many they are.
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

        Parameters
        ----------
        at : int
            Place of the block.
        progress : Progress
        places : dict
            Of the blocks, by ``id``.
        meeting : bool
            Whether the processes are compared there.
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
