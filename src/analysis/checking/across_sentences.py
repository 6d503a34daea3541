"""What tells numbers once all those of a draft are judged: its lines and tables, its own sums, likelihood."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.likes import Likes
from analysis.checking.computed.counted_nodes import CountedNodes
from analysis.checking.computed.named_comparisons import NamedComparisons
from analysis.checking.computed.node_counts import NodeCounts
from analysis.checking.computed.own_verdicts import by_own_numbers
from analysis.checking.computed.ranks import with_ranks
from analysis.checking.computed.set_against import SetAgainst
from analysis.checking.computed.taken_together import TakenTogether
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.contested import Contested
from analysis.checking.likelihood.chances import graded_by_chance, with_slips
from analysis.checking.likelihood.most_likely import settled_by_likelihood
from analysis.checking.tables.by_lines import by_lines
from analysis.checking.tables.own_tables import by_own_tables
from analysis.checking.together.with_plans import listed_plans


class AcrossSentences:
    """Judges the numbers of a whole draft by one another."""

    def __init__(self, catalogue: CandidateIndex, likes: Likes, counts: NodeCounts):
        self.catalogue = catalogue
        self.set_against = SetAgainst(catalogue, likes)
        self.compared = NamedComparisons(catalogue, likes)
        self.together = TakenTogether(catalogue, likes)
        self.counted = CountedNodes(catalogue, counts)

    def judged(self, checked: Sequence[Checked], contested: Contested | None) -> list[Checked]:
        """Return the numbers of a draft, with the words of rank among them, each with its last verdict."""
        checked = listed_plans(by_lines(self.catalogue, checked))
        if contested is not None:
            checked = [contested.beside(judged) for judged in checked]
        checked = by_own_tables(checked)
        checked = settled_by_likelihood(graded_by_chance(self.catalogue, checked), contested)
        checked = by_own_numbers(self.catalogue, checked)
        checked = with_slips(self.catalogue, self.compared.judged(self.set_against.judged(checked)))
        return with_ranks(self.catalogue, self.counted.judged(self.together.judged(checked)))
