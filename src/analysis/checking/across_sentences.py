"""What tells numbers once all those of a draft are judged: its lines and tables, its own sums, likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import Derived
from analysis.checking.candidates.likes import Likes
from analysis.checking.computed.both_named import BothNamed
from analysis.checking.computed.counted_nodes import CountedNodes
from analysis.checking.computed.named_comparisons import NamedComparisons
from analysis.checking.computed.of_the_other import told_of_the_other_sex
from analysis.checking.computed.own_verdicts import by_own_numbers
from analysis.checking.computed.ranks import with_ranks
from analysis.checking.computed.set_against import SetAgainst
from analysis.checking.computed.taken_together import TakenTogether
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.contested import Contested
from analysis.checking.judging.verdicts import DISAGREES, OTHER_PERIOD, Verdict
from analysis.checking.likelihood.chances import graded_by_chance, with_slips
from analysis.checking.likelihood.most_likely import settled_by_likelihood
from analysis.checking.tables.by_lines import by_lines
from analysis.checking.tables.own_tables import by_own_tables
from analysis.checking.text.periods import compatible, span
from analysis.checking.together.with_plans import listed_plans


class AcrossSentences:
    """Judges the numbers of a whole draft by one another."""

    def __init__(self, catalogue: CandidateIndex, likes: Likes):
        self.catalogue = catalogue
        self.set_against = SetAgainst(catalogue, likes)
        self.compared = NamedComparisons(catalogue, likes)
        self.both_named = BothNamed(self.compared)
        self.together = TakenTogether(catalogue, likes)
        self.counted = CountedNodes(catalogue)

    def judged(self, checked: Sequence[Checked], contested: Contested | None) -> list[Checked]:
        """Return the numbers of a draft, with the words of rank among them, each with its last verdict."""
        checked = listed_plans(by_lines(self.catalogue, checked))
        if contested is not None:
            checked = [contested.beside(judged) for judged in checked]
        checked = by_own_tables(checked)
        checked = settled_by_likelihood(graded_by_chance(self.catalogue, checked), contested)
        checked = by_own_numbers(self.catalogue, checked)
        checked = self.compared.judged(self.set_against.judged(checked))
        checked = with_slips(self.catalogue, self.both_named.judged(checked))
        checked = told_of_the_other_sex(self.catalogue, checked)
        return with_ranks(self.catalogue, self.counted.judged(self.together.judged(checked)))


def told_of_no_other_period(checked: Sequence[Checked], period: str) -> list[Checked]:
    """Return the numbers of a draft of a period that no document is about.

    What another period holds calls a number right or wrong only where the draft names one of its years: in
    the sentence, in a heading above it or in the head of its column.
    """
    made = []
    for one in checked:
        held = _held(one.verdict)
        if held is not None and not compatible(period, held.period) and not _names(one, held.period):
            verdict = Verdict(OTHER_PERIOD, candidate=held, matches=one.verdict.matches, period=period)
            one = replace(one, verdict=verdict)
        made.append(one)
    return made


def _held(verdict: Verdict) -> Candidate | None:
    """Return the recorded quantity that a number is called right or wrong by; None where it is by none."""
    if not (verdict.is_right or verdict.verdict == DISAGREES):
        return None
    return verdict.derived.first if isinstance(verdict.derived, Derived) else verdict.candidate


def _names(one: Checked, period: str) -> bool:
    """Whether a draft names a year of a period where a number stands."""
    first, last = span(period)
    said = " ".join([one.block.text[slice(*one.sentence)], *one.block.headings, *one.block.columns])
    return any(str(year) in said for year in range(first, last + 1))
