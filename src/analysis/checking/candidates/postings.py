"""Where each feature of a catalogue is found, and how rare it is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Protocol


class Featured(Protocol):
    """What has features, by family of languages (``words`` or ``zh``)."""

    @property
    def features(self) -> dict[str, frozenset[str]]:
        """Return the names of its features by family."""
        ...


def rarity(candidates: Iterable[Featured], family: str) -> dict[str, float]:
    r"""Return the rarity of each feature, from 0 of one that all have to 1 of one that none would.

    .. math:: \frac{\ln(1 + N / n)}{\ln(1 + N)}

    of :math:`N` candidates of which :math:`n` have the feature (inverse document frequency, scaled).
    """
    counts: dict[str, int] = {}
    many = 0
    for candidate in candidates:
        many += 1
        for name in candidate.features[family]:
            counts[name] = counts.get(name, 0) + 1
    return {name: math.log(1 + many / count) / math.log(1 + many) for name, count in counts.items()}


def postings(candidates: Iterable[Featured], family: str) -> dict[str, list[int]]:
    """Return the places of the candidates that have each feature."""
    places: dict[str, list[int]] = {}
    for number, candidate in enumerate(candidates):
        for name in candidate.features[family]:
            places.setdefault(name, []).append(number)
    return places
