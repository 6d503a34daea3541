"""Numbers that nothing else settles, and that are a quantity set against one of its likes.

"Fourteen countries, two more than planned", 比美洲多9项: by how much, or how many times, one quantity is
another. The one is what the numbers around agree with, or what is offered for the number itself; the other
differs from it in one column, and is named in the sentence or need not be: the whole, the target, another
period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.checking.candidates.agreement import SHARES, agrees, scaled
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import PAIRS, Derived, computed_of_two
from analysis.checking.candidates.likes import Likes
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.operands import TIMES
from analysis.checking.judging.own_numbers import Computed, OwnSum
from analysis.checking.judging.verdicts import NO_DATUM, computed_as
from analysis.checking.text.direction_words import IN_WORDS
from analysis.checking.text.mentions import Sentence
from analysis.checking.text.sentence_reading import sentence_of
from analysis.reading import PrintedNumber
from analysis.reading.languages import written_one_way

# Among how many numbers before one, and after it in its sentence, its quantities are looked for.
BEFORE, AFTER = 6, 5
# Among how many numbers before and after one those of its sentence are.
NEAR = 40
# The phrases that say that one quantity is set against another, and their reach.
SET_AGAINST, REACH = ("rise", "fall", "apart", "gap", "rest"), 48
# What a number with decimals is in where its scale is said of another of its sentence, and below what.
MILLION, UNSCALED = 1_000_000, 10_000
# The kinds of block whose numbers stand in no sentences.
TABLES = ("row", "cells")


class SetAgainst:
    """Finds the numbers that are a recorded quantity set against one of its likes."""

    def __init__(self, catalogue: CandidateIndex, likes: Likes):
        self.catalogue = catalogue
        self.likes = likes

    def judged(self, checked: Sequence[Checked]) -> list[Checked]:
        """Return the numbers of a draft, those agreeing that are one quantity set against another."""
        settled = list(checked)
        data = [at for at, one in enumerate(checked) if is_datum(one)]
        for order, at in enumerate(data):
            one = checked[at]
            if not _is_open(one):
                continue
            before = [checked[place] for place in data[max(order - BEFORE, 0) : order]]
            after = [checked[place] for place in data[order + 1 : order + 1 + AFTER]]
            spoken = _spoken(one, before[::-1], after)
            made = self._made(one, checked[max(at - NEAR, 0) : at + NEAR], spoken) if spoken else None
            if made is not None:
                told = computed_as(made, "", agrees(one.number, made.value) != "exact", one.verdict.matches)
                settled[at] = replace(one, verdict=replace(told, suspicion=one.verdict.suspicion))
        return settled

    def _made(self, one: Checked, beside: Sequence[Checked], spoken: Sequence[Candidate]) -> Derived | None:
        """Return the first computation that a number is, in the direction that its words say."""
        text = one.block.text[one.sentence[0] : one.sentence[1]]
        numbers = [other.number for other in beside if stands_beside(one, other)]
        bare = Sentence(written_one_way(text), one.language, numbers, [])
        number = scaled_as_beside(one.number, bare)
        how = "ratio" if number.unit in TIMES else "difference"
        clause = Computed(one.number, bare, (), (), (), set())
        if how == "difference" and number.unit != "percentage_points" and not clause.says(*SET_AGAINST):
            return None
        read = sentence_of(text, numbers, one.language, self.catalogue.lexicon(one.language), "")
        rises, falls = bool(read.near(one.number, "rise", REACH)), bool(read.near(one.number, "fall", REACH))
        for first, second in self._pairs(read, spoken):
            made = computed_of_two(how, first, second, 0)
            if made is None or not made.value or (how == "ratio" and made.value < 1):
                continue
            points = made.unit == "percentage_points"
            turned = first.period != second.period and rises != falls and (made.value > 0) != rises
            if points == (number.unit == "percentage_points") and not turned and agrees(number, made.value):
                return made
        return None

    def _pairs(self, read: Sentence, spoken: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
        """Yield the quantities that are spoken of with their likes; of two periods, the later one first."""
        said = {(mention.axis, code) for mention in read.mentions for code in mention.code.split("|")}
        for candidate in spoken:
            for one, column, other in self.likes.of(candidate):
                if _comparable(one, other, column, said):
                    if one.period >= other.period:
                        yield one, other
                    if one.period <= other.period:
                        yield other, one


def _comparable(one: Candidate, other: Candidate, column: str, said: set[tuple[str, str]]) -> bool:
    """Whether two quantities that differ in a column may be set against each other."""
    if column == "period":
        return one.period != other.period
    own, code = one.axes.get(column, ""), other.axes.get(column, "")
    if own == code:
        return False
    if column == "measure":
        return (own, code) in PAIRS or (code, own) in PAIRS
    return not code or column in other.whole or (column, code) in said


def is_datum(checked: Checked) -> bool:
    """Whether a number is data, and no word of direction or rank."""
    return checked.verdict.verdict != NO_DATUM and checked.number.unit not in IN_WORDS


def _is_open(checked: Checked) -> bool:
    """Whether nothing settles a number that stands in a sentence and may be computed from the record."""
    verdict = checked.verdict
    if not verdict.is_open or isinstance(verdict.derived, OwnSum):
        return False
    return checked.block.kind not in TABLES and checked.number.unit not in ("percent", "fraction")


def stands_beside(one: Checked, other: Checked) -> bool:
    """Whether a number stands in the sentence of another, and is no word of direction or rank."""
    return one.block is other.block and one.sentence == other.sentence and other.number.unit not in IN_WORDS


def settled_before(one: Checked, here: Sequence[Checked]) -> Checked | None:
    """Return the settled number right before one, which that compares; None where it is open.

    A number in brackets that close before it is none; of what is itself computed the one before that is, and
    of a share the count before it where what compares has no unit ("195 results, 22 per cent, nine more").
    """
    text = one.block.text
    before = [other for other in here if other.start < one.start and is_datum(other)]
    counted = not one.number.unit and any(other.number.unit not in SHARES for other in before)
    for other in before[::-1]:
        if counted and other.number.unit in SHARES:
            continue
        between = text[other.end : one.start]
        closing = max(between.find(")"), between.find("）"))
        if closing >= 0 and not any(sign in between[:closing] for sign in "(（"):
            continue
        if other.verdict.derived is not None and other.verdict.is_right:
            continue
        settled = other.verdict.is_right and other.verdict.candidate is not None
        return other if settled and other.verdict.candidate.base is not None else None
    return None


def _spoken(one: Checked, before: Sequence[Checked], after: Sequence[Checked]) -> list[Candidate]:
    """Return what the sentence of a number speaks of, then what is offered for it, then what stands before.

    How many times one is another is asked of the sentence alone: words for it fit many.
    """
    here = [other for other in (*before, *after) if stands_beside(one, other)]
    further = [] if one.number.unit in TIMES else [other for other in before if other not in here]
    held, earlier = (
        [other.verdict.candidate for other in some if other.verdict.is_right] for some in (here, further)
    )
    spoken = [*held, *(match.candidate for match in one.verdict.matches), *earlier]
    known = {one.id: one for one in spoken if one is not None and one.base is not None}
    return list(known.values())


def scaled_as_beside(number: PrintedNumber, read: Sentence) -> PrintedNumber:
    """Return a number with decimals in millions where another of its sentence is: "57.2 million, 18.5"."""
    if number.unit or number.decimals <= 0 or number.value >= UNSCALED:
        return number
    if not any(other.decimals < 0 and other.value >= MILLION for other in read.numbers):
        return number
    return scaled(number, MILLION)
