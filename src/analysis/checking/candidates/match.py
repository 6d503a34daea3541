"""A candidate for a number of a text, with its score and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.clause import Said

TAKEN = 0.35
"""How much less a candidate is that another number of the sentence is."""


@dataclass(eq=False, slots=True)
class Match:
    """A candidate for a number, with why; nobody writes to one that is made, of which there are very many.

    Attributes
    ----------
    candidate : Candidate
    score : float
    topic : float
        The score before the period counts.
    said : Said
        What the number's clause says of the candidate.
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
    said: Said
    topic: float
    in_period: bool
    conflicts: tuple[str, ...]
    beside: float = 0.0
    around: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the features that both share, the rarest first."""
        return self.said.words

    @property
    def explained(self) -> float:
        """Return the part of the number's own clause that the candidate's words make up, by rarity."""
        return self.said.explained

    def less(self, amount: float) -> Match:
        """Return it with less of a score."""
        return self._but(self.score - amount, self.topic - amount, self.beside, self.around)

    def standing(self, beside: float) -> Match:
        """Return it as near to what was spoken of lately."""
        return self._but(self.score, self.topic, beside, self.around)

    def among(self, around: tuple[str, ...]) -> Match:
        """Return it with what it is to the quantities around."""
        return self._but(self.score, self.topic, self.beside, around)

    def _but(self, score: float, topic: float, beside: float, around: tuple[str, ...]) -> Match:
        return Match(self.candidate, score, self.said, topic, self.in_period, self.conflicts, beside, around)


@dataclass(frozen=True, eq=False)
class Suspicion:
    """What a number would be a wrong value of, and the signs of it in its own sentence.

    Attributes
    ----------
    match : Match
    signs : dict
        By name, as in ``chances.csv``.
    otherwise : str
        In what the text speaks against its statement, where the number is its value: ``direction``, ``unit``
        or ``digit``.
    slip : Match or None
        What is likely enough meant of which the number is the value but for a slip: its digits in another
        order, another scale, the wrong side of its qualifier.
    """

    match: Match
    signs: dict[str, float]
    otherwise: str = ""
    slip: Match | None = None


def less_taken(matches: list[Match], taken: frozenset[str]) -> list[Match]:
    """Return matches in order, those that other numbers of the sentence are with a lower score."""
    ranked = (match.less(TAKEN) if taken and match.candidate.id in taken else match for match in matches)
    return sorted(ranked, key=lambda match: (-match.score, match.candidate.id))
