"""Work that holds no words: done once for the reports in all languages of a run."""

from __future__ import annotations

import hashlib
import os
import pickle
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from analysis.files import write_whole
from analysis.labels.watching import watched

SHARED = "ANALYSIS_SHARED"
"""The environment variable by which a run in several languages tells its processes the folder of it."""
_Result = TypeVar("_Result")


def shared(inputs: object, make: Callable[[], _Result]) -> _Result:
    """Return what some work makes, from another process of the same run where one has made it.

    What looks a label up holds words, and what warns would warn in one language only: neither is shared.
    The folder is the run's own, and goes with it.

    Parameters
    ----------
    inputs : object
        Everything that the work depends on and that may differ within one run; what it is stands in its
        ``repr``.
    make : callable
        Does the work. What it raises is not shared.
    """
    if SHARED not in os.environ:
        return make()
    name = hashlib.sha256(repr(inputs).encode("utf-8", "surrogatepass")).hexdigest()
    path = Path(os.environ[SHARED]) / name
    if path.is_file():
        return pickle.loads(path.read_bytes())
    with watched() as labels, _counted() as warned:
        result = make()
    if not labels and not warned:
        write_whole(path, pickle.dumps(result))
    return result


@contextmanager
def _counted() -> Iterator[list[str]]:
    """Yield the warnings that are shown meanwhile, where they are shown at all."""
    shown: list[str] = []
    show = warnings.showwarning

    def count(message, category, *where, **more):
        shown.append(str(message))
        show(message, category, *where, **more)

    warnings.showwarning = count
    try:
        yield shown
    finally:
        warnings.showwarning = show
