"""Counts of nodes that a text says to have met, passed or missed what was planned of them.

"Five of the eight indicators met their target", 八项指标中五项超标, "all but one outcome overspent": the
level, what holds the nodes and the condition are said, and the record's results and plans are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby

from analysis.checking.candidates.agreement import agrees
from analysis.checking.candidates.belonging import MEASURE, PLANNED
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import PAIRS, Derived
from analysis.checking.computed.node_counts import CONDITIONS, NodeCounts, NodePairs
from analysis.checking.computed.set_against import TABLES, is_datum
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import DISAGREES, Verdict, computed_as
from analysis.checking.text.direction_words import IN_WORDS
from analysis.checking.text.mentions import UNNAMED, Sentence, first_phrase
from analysis.checking.text.read_once import read_alone
from analysis.checking.text.sentence_reading import sentence_of
from analysis.checking.text.words import features_of, stem
from analysis.reading import PrintedNumber
from analysis.reading.languages import written_one_way

# Up to which number nodes are counted.
MOST = 200
# The conditions by the phrases that say them, and by the codes.
PHRASES = {
    "met": ("met_plan",),
    "above": ("above_plan", "over_budget"),
    "below": ("below_plan", "under_budget"),
}
# The phrases that speak of what was spent, and the measures of it.
SPENT, SPENDING = ("over_budget", "under_budget"), PAIRS[1]
CODES = {"met_or_exceeded": "met", "not_met": "below"}
# Within how many signs after a number the noun stands that it counts, or a condition; in Chinese.
NEAR, NEAR_ZH = 40, 14
_PARTS = re.compile(r"[,;:(（，；：。)）]")


@dataclass
class SaidBefore:
    """The codes of what was spoken of last, by column, under some headings."""

    headings: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SpokenNodes:
    """The nodes of which a sentence speaks.

    Column and code of what holds them are nothing where all are meant. ``total`` is the number that says how
    many they are; ``sure`` says whether the sentence itself says what holds them, or nothing can.
    """

    level: str
    column: str
    code: str
    pairs: NodePairs
    total: Checked | None
    sure: bool

    def verdict(self, one: Checked, conditions: Sequence[str], left_out: bool) -> Verdict | None:
        """Return the verdict on a count by those that fulfil a condition; None where that does not tell."""
        counts = [
            Fraction(sum(CONDITIONS[condition](result.base, plan.base) for result, plan in self.pairs))
            for condition in conditions
        ]
        counts = [len(self.pairs) - count for count in counts] if left_out else counts
        place = next((at for at, count in enumerate(counts) if agrees(one.number, count)), None)
        held = counts[place or 0]
        scope = f', {self.column}="{self.code}"' if self.column else ""
        said = f"count_{conditions[place or 0]}({self.level}{scope})"
        said = f"{len(self.pairs)} - {said}" if left_out else said
        made = Derived("count", *self.pairs[0], held, "count", 0, (), said)
        right = one.verdict.is_right
        if place is not None:
            rounded = agrees(one.number, held) != "exact"
            return None if right else computed_as(made, rounded=rounded, matches=one.verdict.matches)
        if one.verdict.verdict == DISAGREES or (right and self._is_recorded(one)):
            return None
        return computed_as(made, "arithmetic", matches=one.verdict.matches)

    def _is_recorded(self, one: Checked) -> bool:
        """Whether a number that agrees is a recorded count of such nodes, or no number of all is told."""
        held, noun = one.verdict.candidate, stem(self.level)
        counts = held is not None and (noun in held.features["words"] or noun in held.unit_features)
        of_these = held is not None and held.axes.get(self.column, "") == self.code
        return self.total is None or (counts and of_these)


class CountedNodes:
    """Judges counts of nodes by the record's results and plans."""

    def __init__(self, catalogue: CandidateIndex):
        self.catalogue = catalogue
        self.counts = NodeCounts(catalogue)

    def judged(self, checked: Sequence[Checked]) -> list[Checked]:
        """Return the numbers of a draft, those judged that count nodes under a condition."""
        told: list[Checked] = []
        before = SaidBefore()
        for _, some in groupby(checked, key=lambda one: (id(one.block), one.sentence)):
            here = list(some)
            if here[0].block.headings != before.headings:
                before = SaidBefore(here[0].block.headings)
            verdicts: dict[int, Verdict] = {}
            if here[0].block.kind not in TABLES and any(map(_may_count, here)):
                verdicts = self._of_a_sentence(here, before)
            told += [replace(one, verdict=verdicts[id(one)]) if id(one) in verdicts else one for one in here]
            for one in here:
                held = one.verdict.candidate if one.verdict.is_right else None
                before.codes |= {axis: code for axis, code in held.axes.items() if code} if held else {}
        return told

    def _of_a_sentence(self, here: Sequence[Checked], before: SaidBefore) -> dict[int, Verdict]:
        low, high = here[0].sentence
        text, language = here[0].block.text[low:high], here[0].language
        data = [one for one in here if is_datum(one)]
        lexicon = self.catalogue.lexicon(language)
        verdicts: dict[int, Verdict] = {}
        said = {feature.name for feature in features_of(written_one_way(text), lexicon)}
        if said.isdisjoint(map(stem, self.counts.columns)):
            return verdicts
        numbers = [one.number for one in here if one.number.unit not in IN_WORDS]
        read = sentence_of(text, numbers, language, lexicon, "")
        for level in self.counts.columns:
            nouns = [feature.start for feature in read.features if feature.name == stem(level)]
            counted = self._counted(level, nouns, read, data, here, before) if nouns else None
            if counted is None:
                continue
            total = counted.total
            told = [*_under_conditions(read, data, total, nouns)]
            if total is not None and (told or counted.sure or not counted.column):
                verdict = counted.verdict(total, ("all",), left_out=False)
                verdicts |= {id(total): verdict} if verdict else {}
            for one, conditions in told:
                left_out = _is_left_out(read, one.number)
                many = one.number.value <= len(counted.pairs)
                if many and (verdict := counted.verdict(one, conditions, left_out)):
                    verdicts[id(one)] = verdict
        return verdicts

    def _counted(
        self,
        level: str,
        nouns: Sequence[int],
        read: Sentence,
        data: Sequence[Checked],
        here: Sequence[Checked],
        before: SaidBefore,
    ) -> SpokenNodes | None:
        """Return the nodes of a level of which a sentence speaks: as many as it says, where it does."""
        measures = {code for one in read.mentions if one.axis == MEASURE for code in one.code.split("|")}
        measures |= {*SPENDING} if _says(read.text.lower(), read.language, SPENT) else set()
        many = [one for one in data if _may_count(one) and _counts(read, one.number, nouns)]
        first = None
        for column, code, sure in self._scopes(level, read, data, here, before):
            pairs = self.counts.pairs_of(level, column, code, measures)
            total = next((one for one in many if one.number.value == len(pairs)), None)
            if total is not None:
                return SpokenNodes(level, column, code, pairs, total, sure)
            if pairs and sure and first is None:
                first = SpokenNodes(level, column, code, pairs, None, sure)
        return first

    def _scopes(
        self, level: str, read: Sentence, data: Sequence[Checked], here: Sequence[Checked], before: SaidBefore
    ) -> Iterator[tuple[str, str, bool]]:
        """Yield what may hold the nodes: what the sentence says, what it or those before speak of, all."""
        columns = self.counts.columns[level] - {""}
        said = {(one.axis, one.code) for one in read.mentions if one.axis in columns and one.code != UNNAMED}
        yield from ((column, code, len(said) == 1) for column, code in sorted(said))
        if said:
            return
        settled = [one.verdict.candidate for one in data if one.verdict.is_right]
        codes = {(axis, held.axes.get(axis, "")) for held in settled if held for axis in columns}
        yield from ((column, code, False) for column, code in sorted(codes) if code)
        yield from ((column, before.codes[column], False) for column in sorted(columns & before.codes.keys()))
        for heading in reversed(here[0].block.headings):
            above = read_alone(heading, read.language, self.catalogue.lexicon(read.language))
            yield from ((one.axis, one.code, False) for one in above.mentions if one.axis in columns)
        yield "", "", not columns


def _may_count(one: Checked) -> bool:
    """Whether a number may be a count of nodes."""
    number = one.number
    whole = is_datum(one) and not number.unit and number.value.denominator == 1 and number.decimals == 0
    return whole and 0 < number.value <= MOST


def _under_conditions(
    read: Sentence, data: Sequence[Checked], total: Checked | None, nouns: Sequence[int]
) -> Iterator[tuple[Checked, Sequence[str]]]:
    """Yield the numbers that count nodes under a condition, with what may be meant by it.

    They follow one another, and the number of all nodes where it is told; or count the noun themselves, where
    the sentence speaks of plans.
    """
    told = {
        id(one): _conditions(read, one.number, total.number if total else None)
        for one in data
        if one is not total and _may_count(one)
    }
    if total is None:
        alone = (one for one in data if _counts(read, one.number, nouns) and _is_of_plans(read))
        yield from ((one, told[id(one)]) for one in alone if told.get(id(one)))
        return
    at = data.index(total)
    for some in (data[at + 1 :], data[:at][::-1]):
        for one in some:
            if not told.get(id(one)):
                break
            yield one, told[id(one)]


def _near(read: Sentence) -> int:
    return NEAR_ZH if read.language == "zh" else NEAR


def _counts(read: Sentence, number: PrintedNumber, nouns: Sequence[int]) -> bool:
    """Whether one of some nouns is what a number counts: right after it, before another number."""
    behind = [other.start for other in read.numbers if other.start >= number.end]
    part = _PARTS.search(read.text, number.end)
    high = min([number.end + _near(read), *behind, *([part.start()] if part else [])])
    return any(number.end <= noun < high for noun in nouns)


def _is_of_plans(read: Sentence) -> bool:
    """Whether a sentence speaks of what was planned."""
    codes = {code for one in read.mentions for code in one.code.split("|")}
    return bool(codes & {*PLANNED, *CODES}) or _says(read.text.lower(), read.language, ("planned", *SPENT))


def _says(text: str, language: str, kinds: Sequence[str]) -> bool:
    """Whether a text has a phrase of one of some kinds."""
    return any(first_phrase(text, language, kind) for kind in kinds)


def _is_left_out(read: Sentence, number: PrintedNumber) -> bool:
    """Whether a number says how many do not fulfil what is said: "all but two", 除两项外."""
    before = read.text[: number.start].lower().rstrip()
    return bool(first_phrase(before[-NEAR_ZH:], read.language, "all_but"))


def _conditions(read: Sentence, number: PrintedNumber, total: PrintedNumber | None) -> Sequence[str]:
    """Return the condition that is said of a count, right after it or its total, or else before it."""
    others = [other for other in read.numbers if other is not number and other is not total]
    start = total.end if total is not None and total.start >= number.end else number.end
    high = min([other.start for other in others if other.start >= start], default=len(read.text))
    part = _PARTS.search(read.text, start, high)
    after = _said_in(read, start, part.start() if part else high)
    if after is not None:
        return after
    low = max([other.end for other in others if other.end <= number.start], default=0)
    low = max([low, *(match.end() for match in _PARTS.finditer(read.text, low, number.start))])
    return _said_in(read, low, number.start) or ()


def _said_in(read: Sentence, low: int, high: int) -> Sequence[str] | None:
    """Return the conditions that a part of a sentence says, none where they do not go together.

    None where it says nothing of the kind; what meets *or* passes may do either.
    """
    inside = [one for one in read.mentions if one.axis == "target_status" and low <= one.start < high]
    text = read.text[low:high].lower()
    for one in inside:
        text = text.replace(read.text[one.start : one.end].lower(), " ")
    said = {CODES[one.code] for one in inside if one.code in CODES}
    said |= {
        one
        for one, kinds in PHRASES.items()
        if any(first_phrase(text, read.language, kind) for kind in kinds)
    }
    if not said:
        return None
    if first_phrase(text, read.language, "denial") and said != {"below"}:
        return ("below",) if said == {"met"} else ()
    if "below" in said and len(said) > 1:
        return ()
    return ("met", "above") if len(said) > 1 else (next(iter(said)),)
