"""What is asked again and again of one table or chart, worked out once for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

_MOST = 5_000
_Thing = TypeVar("_Thing")
_Answer = TypeVar("_Answer")
_Rest = ParamSpec("_Rest")


def once_for_each(
    ask: Callable[Concatenate[_Thing, _Rest], _Answer],
) -> Callable[Concatenate[_Thing, _Rest], _Answer]:
    """Let a function of something that does not change answer the same question about it once.

    Which thing is meant is told by its identity: to compare two tables takes as long as to ask. Some
    thousands of answers are kept.
    """
    known: dict[tuple, tuple[object, _Answer]] = {}

    @wraps(ask)
    def answer(thing: _Thing, *rest: _Rest.args, **named: _Rest.kwargs) -> _Answer:
        asked = id(thing), rest, tuple(named.items())
        if asked not in known:
            if len(known) >= _MOST:
                known.clear()
            known[asked] = thing, ask(thing, *rest, **named)  # held, so that no other takes its place
        return known[asked][1]

    return answer
