"""What can go wrong at the front door: three errors, each told in one message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class AnalysisError(Exception):
    """Something that the front door cannot do; the message says what, where, and what to do next."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""

    def _render_traceback_(self) -> list[str]:
        """Show one line in a notebook, instead of the path through the package."""
        return [f"{type(self).__name__}: {self}"]


class NotFound(AnalysisError, LookupError):
    """What is asked for by name or id is not there; the message lists what is, or what comes near."""


class Misuse(AnalysisError, ValueError):
    """What is asked for makes no sense: unlike units, an expression that cannot be read, a wrong option."""


class BadData(AnalysisError):
    """Files that are not what they should be: unregistered, changed, or against the rules of their format."""


@contextmanager
def told(kinds: Mapping[type[Exception], type[AnalysisError]]) -> Iterator[None]:
    """Tell the errors of the rooms behind the front door as its own, without the path through them.

    Parameters
    ----------
    kinds : mapping
        From an error's class to the one that is told; of several that fit, the first counts.
    """
    try:
        yield
    except AnalysisError:
        raise
    except tuple(kinds) as error:
        kind = next(kinds[known] for known in kinds if isinstance(error, known))
        raise kind(error.args[0] if isinstance(error, KeyError) and error.args else str(error)) from None
