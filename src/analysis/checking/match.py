"""A candidate for a number of a text, with its score and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.checking.candidate import Candidate

TAKEN = 0.35
"""How much less a candidate is that another number of the sentence is."""


@dataclass(frozen=True, eq=False)
class Match:
    """A candidate for a number, with why.

    Attributes
    ----------
    candidate : Candidate
    score : float
    topic : float
        The score before the period counts.
    words : tuple of str
        The features that both share, the rarest first.
    explained : float
        Part of the number's own clause that the candidate's words make up, by rarity.
    in_period : bool
        Whether the period that the text speaks of is the candidate's.
    conflicts : tuple of str
        Columns in which the text says another code.
    beside : float
        How near it stands in the record to what was spoken of lately, 1 next to the last.
    around : tuple of str
        What it is to the quantities that numbers nearby agree with, where that was weighed: ``alike``,
        ``near``.
    """

    candidate: Candidate
    score: float
    words: tuple[str, ...]
    topic: float
    explained: float
    in_period: bool
    conflicts: tuple[str, ...]
    beside: float = 0.0
    around: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Suspicion:
    """What a number would be a wrong value of, and the signs of it in its own sentence.

    Attributes
    ----------
    match : Match
    signs : dict
        By name, as in ``chances.csv``.
    """

    match: Match
    signs: dict[str, float]


def less_taken(matches: list[Match], taken: frozenset[str]) -> list[Match]:
    """Return matches in order, those that other numbers of the sentence are with a lower score."""
    ranked = (
        replace(match, score=match.score - TAKEN, topic=match.topic - TAKEN)
        if match.candidate.id in taken
        else match
        for match in matches
    )
    return sorted(ranked, key=lambda match: (-match.score, match.candidate.id))
