"""Sums of quantities that a text names together: "Africa and the Americas together reached 515 results".

The likes that differ in one code are named beside the number, the words say that they are taken together;
what they are of is what the sentence speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from analysis.checking.candidates.agreement import SHARES, agrees, digits
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.likes import Likes
from analysis.checking.candidates.wordings import COMPARING
from analysis.checking.computed.computations import PARTS
from analysis.checking.computed.set_against import NEAR, TABLES, is_datum, scaled_as_beside, stands_beside
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.combined import CombinedValue, combined
from analysis.checking.judging.verdicts import Verdict, combined_as
from analysis.checking.text.mentions import Sentence, first_phrase
from analysis.checking.text.sentence_reading import sentence_of
from analysis.reading import PrintedNumber

# The kinds of phrases that say how a number is computed, not of what.
COMPUTING = (*COMPARING, "together", "thus", "stating", "of_all")
# Of how many digits a sum is no chance.
TELLING = 2
PERIOD = "period"
# Within how many points two shares are one, rounded otherwise.
ROUNDED = 1
_STOP = re.compile(r"[;；。]")
_PART = re.compile(r"[,;.，；。]")


class TakenTogether:
    """Judges the numbers that are what named likes come to."""

    def __init__(self, catalogue: CandidateIndex, likes: Likes):
        self.catalogue = catalogue
        self.likes = likes

    def judged(self, checked: Sequence[Checked]) -> list[Checked]:
        """Return the numbers of a draft, those judged that are sums of what is named."""
        settled = list(checked)
        for at, one in enumerate(checked):
            if _is_open(one) and _says_together(one):
                told = self._told(one, checked[max(at - NEAR, 0) : at + NEAR])
                settled[at] = replace(one, verdict=told) if told is not None else one
        return settled

    def _told(self, one: Checked, beside: Sequence[Checked]) -> Verdict | None:
        here = [other for other in beside if stands_beside(one, other)]
        text = one.block.text[one.sentence[0] : one.sentence[1]]
        lexicon = self.catalogue.lexicon(one.language)
        read = sentence_of(text, [other.number for other in here], one.language, lexicon, "")
        low, high = _stretch(read, one.number)
        if not first_phrase(text[low:high].lower(), one.language, "together"):
            return None
        said = {
            (mention.axis, code)
            for mention in read.mentions
            if low <= mention.start < high
            for code in mention.code.split("|")
        }
        inside = (feature for feature in lexicon.features(read.text) if low <= feature.start < high)
        codes = (feature.name.split(":") for feature in inside)  # those of a list are no mentions
        said |= {(code[0], code[1]) for code in codes if len(code) == 2}
        words = {feature.name for feature in read.features if low <= feature.start < high}
        number = scaled_as_beside(one.number, read)
        made = [
            (base, value)
            for base in _spoken(one, here)
            if (base.unit == "percent") == (number.unit in SHARES)
            for group in self._named(base, said, words)
            if (value := combined("sum", group, base.unit)) is not None
        ]
        fitting = next(((base, value) for base, value in made if agrees(number, value.value)), None)
        if fitting is not None:
            return combined_as(
                fitting[1], rounded=agrees(number, fitting[1].value) != "exact", matches=one.verdict.matches
            )
        if not made or not _is_of_one(number, made, words) or self._of_another(read, number, made, high):
            return None
        told = {other.value for other in read.numbers if other.words and low <= other.start < high}
        if told and not any(len(value.operands) in told for _, value in made):
            return None  # "the four together", of which fewer are known by their names
        return combined_as(made[0][1], "arithmetic", matches=one.verdict.matches)

    def _of_another(
        self,
        read: Sentence,
        number: PrintedNumber,
        made: Sequence[tuple[Candidate, CombinedValue]],
        high: int,
    ) -> bool:
        """Whether what is said behind a number is of something else, as far as the record knows its words."""
        family = self.catalogue.wordings.family(read.language)
        own = self.catalogue.wordings.comparing(read.language, COMPUTING)
        for base, value in made:
            for one in (base, *(held for held in value.operands if isinstance(held, Candidate))):
                own = own.union(*one.features.values(), *one.named_by.values(), one.unit_features)
        behind = {one.name for one in read.features if number.end <= one.start < high}
        told = {one.code for one in read.mentions if one.axis == PERIOD and one.start < high}
        other = told and made[0][0].period not in told
        return bool(other) or any(
            name in self.catalogue.rarity[family] and name not in own for name in behind
        )

    def _named(
        self, base: Candidate, said: Set[tuple[str, str]], words: Set[str]
    ) -> Iterator[Sequence[Candidate]]:
        """Yield the likes of a quantity that are named, two and more, of a column."""
        for column, group in (*self.likes.nested(base), *self.likes.groups(base)):
            named = [like for like in group if _is_named(like, column, group, said, words)]
            if 2 <= len(named) <= PARTS:
                yield named


def _is_open(one: Checked) -> bool:
    """Whether nothing settles a number that stands in a sentence and may be a sum."""
    open_one = one.verdict.is_open and one.verdict.derived is None
    whole = digits(one.number) >= TELLING or one.number.unit in SHARES
    return open_one and is_datum(one) and one.block.kind not in TABLES and whole


def _says_together(one: Checked) -> bool:
    """Whether the sentence of a number says that something is taken together."""
    text = one.block.text[one.sentence[0] : one.sentence[1]].lower()
    return bool(first_phrase(text, one.language, "together"))


def _stretch(read: Sentence, number: PrintedNumber) -> tuple[int, int]:
    """Return between which places the likes of a number are named: after the last but small numbers."""
    others = [
        other for other in read.numbers if other is not number and not (other.words and other.value <= PARTS)
    ]
    low = max([other.end for other in others if other.end <= number.start], default=0)
    low = max([low, *(match.end() for match in _STOP.finditer(read.text, low, number.start))])
    behind = [other.start for other in others if other.start >= number.end]
    part = _PART.search(read.text, number.end)
    return low, min([len(read.text), *behind, *([part.start()] if part else [])])


def _spoken(one: Checked, here: Sequence[Checked]) -> list[Candidate]:
    """Return the quantities of which a sentence speaks: its numbers', and those that are offered."""
    held = [other.verdict.candidate for other in here if other.verdict.is_right]
    offered = [match.candidate for match in one.verdict.matches if match.in_period]
    known = {held.id: held for held in (*held, *offered) if held is not None and held.base is not None}
    return list(known.values())


def _is_named(
    like: Candidate, column: str, group: Sequence[Candidate], said: Set[tuple[str, str]], words: Set[str]
) -> bool:
    """Whether a like is named by its code, or by what no other of its group is called."""
    code = like.axes.get(column, "")
    if (column, code) in said:
        return True
    others = [other.named_by.get(column, frozenset()) for other in group if other is not like]
    own = set(like.named_by.get(column, ())).difference(*others)
    told, signs = {name for name in own if name.isascii()}, {name for name in own if not name.isascii()}
    return bool(told & words) or 2 * len(signs & words) > len(signs)


def _is_of_one(
    number: PrintedNumber, made: Sequence[tuple[Candidate, CombinedValue]], words: Set[str]
) -> bool:
    """Whether all sums are one, and of what the number is said to count."""
    values = [value.value for _, value in made]
    apart = max(values) - min(values)
    if number.unit in SHARES:
        return apart <= ROUNDED
    first = made[0][0]
    counted = first.kind == "money" if number.unit else bool(first.unit_features & words)
    return not apart and counted
