"""Which labels some work looks up, so that it is done anew when one of them changes, and only then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_WATCHING: list[dict[tuple[str, str], str | None]] = []


@contextmanager
def watched() -> Iterator[dict[tuple[str, str], str | None]]:
    """Yield what is looked up meanwhile: by language and key, the label, or None where there is none."""
    seen: dict[tuple[str, str], str | None] = {}
    _WATCHING.append(seen)
    try:
        yield seen
    finally:
        _WATCHING[:] = [other for other in _WATCHING if other is not seen]


def looked_up(language: str, key: str, label: str | None) -> None:
    """Note that a label was looked up."""
    for seen in _WATCHING:
        seen[language, key] = label


def looked_up_before(seen: Mapping[tuple[str, str], str | None]) -> None:
    """Note again what was looked up for work that is not done anew."""
    for watching in _WATCHING:
        watching.update(seen)
