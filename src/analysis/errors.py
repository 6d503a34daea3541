"""What can go wrong at the front door: three errors, each told in one message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

TYPE_CHECKING = False  # without the import of typing, which the front door would wait for
if TYPE_CHECKING:
    from typing import Any

OFFERED = 12


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


def offered(names: Iterable[str], name: object = "") -> str:
    """Return the names that a message offers: all when they are few, or else those that come near."""
    known = list(names)
    if len(known) <= OFFERED:
        return ", ".join(known)
    import difflib

    near = difflib.get_close_matches(str(name), known, n=OFFERED // 2, cutoff=0.4)
    shown = near or known[: OFFERED // 2]
    return f"{', '.join(shown)} and {len(known) - len(shown)} more"


def expect(value: object, kinds: Any, meaning: str) -> None:
    """Refuse what is of another type than a parameter takes.

    Parameters
    ----------
    value : object
        What the caller gave.
    kinds : type or union of types
        What the parameter takes.
    meaning : str
        The parameter and what it takes, in words: ``an exhibit is asked for by its id, a text``.

    Raises
    ------
    Misuse
        When it is none of these types.
    """
    if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is int):
        raise Misuse(f"{meaning}; found {value!r:.80}")


@contextmanager
def errors_as(kinds: Mapping[type[Exception], type[AnalysisError]]) -> Iterator[None]:
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
