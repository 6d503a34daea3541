"""Numbers that set two quantities against each other of which a text prints neither.

"Outcome 6 missed its target by 25 results", "Africa reached four times as many results as the Arab States",
"unemployment rose by 1.2 points between 2019 and 2020": the one is what the sentence speaks of, the other is
named beside the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain, islice

from analysis.checking.candidates.agreement import SHARES
from analysis.checking.candidates.belonging import MEASURE, PERIOD
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.derived import Derived, printings, siblings
from analysis.checking.candidates.named_likes import named_likes
from analysis.checking.computed.compared_with import WHOLE, Reference, compared_with
from analysis.checking.computed.named_comparisons import COMPUTING, PLANS, NamedComparisons
from analysis.checking.computed.set_against import NEAR, TABLES, is_datum, scaled_as_beside, stands_beside
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.own_numbers import COMPARED
from analysis.checking.judging.verdicts import Verdict
from analysis.checking.text.countries import countries_named
from analysis.checking.text.mentions import Mention, Sentence, first_phrase
from analysis.checking.text.periods import compatible
from analysis.checking.text.read_once import read_alone
from analysis.checking.text.sentence_reading import sentence_of
from analysis.checking.text.words import Feature
from analysis.reading import PrintedNumber

# Among how many of the quantities that a sentence speaks of the one is looked for.
SPOKEN = 4
# Which part of the words of a share or an amount the sentence says, at least.
SAID = 0.5
# The same of what only its words tell from others of its column.
NAMED = 0.8
# Within how many signs behind a number what it counts is said.
BEHIND = 12
# How many signs the word for a multiple or for points may take.
UNIT = 18
# Words that say how a number is computed or told, not of what.
TELLING = (*COMPUTING, "stating", "met_plan", "over_budget", "under_budget")
_STOP = re.compile(r"[;；。:：]")


class BothNamed:
    """Judges the numbers that set what their sentence speaks of against what it names beside them."""

    def __init__(self, compared: NamedComparisons):
        self.compared = compared
        self.catalogue = compared.catalogue

    def judged(self, checked: Sequence[Checked]) -> list[Checked]:
        """Return the numbers of a draft, those that nothing settles judged by the two that are named."""
        settled = list(checked)
        for at, one in enumerate(checked):
            if _is_open(one):
                told = self._told(one, checked[max(at - NEAR, 0) : at + NEAR])
                settled[at] = replace(one, verdict=told) if told is not None else one
        return settled

    def _told(self, one: Checked, beside: Sequence[Checked]) -> Verdict | None:
        text = one.block.text[one.sentence[0] : one.sentence[1]]
        numbers = [other.number for other in beside if stands_beside(one, other)]
        read = sentence_of(text, numbers, one.language, self.catalogue.lexicon(one.language), "")
        low = read.stretch(one.number)[0]
        low = max([low, *(match.end() for match in _STOP.finditer(text, low, one.number.start))])
        spoken = [*islice(dict.fromkeys(self._spoken(one)), SPOKEN)]
        if not spoken or any(low <= other.start < one.number.start for other in numbers if not other.rule):
            return None
        read.mentions = [*read.mentions, *named_likes(self.catalogue, self.compared.likes, spoken[0], read)]
        reference = compared_with(read, one.number) or _between(read, one.number)
        if reference is None or _is_elsewhere(read) or not _is_recorded(read, reference):
            return None
        number, others = scaled_as_beside(one.number, read), _other_codes(read, reference)
        said: list[Derived] = []
        for held in spoken:
            subject = self._with_code(held, reference, others)
            made = self.compared.comparisons_of(subject, number, reference)
            if not made or not self._is_said(subject, made, read, one.number, low, reference):
                continue
            if self._is_another_above(one, subject, read):
                return None
            said += made if not said or said[0].first.kind == subject.kind else []
        return self.compared.verdict_on(one, number, None, said, reference)

    def _is_said(
        self,
        held: Candidate,
        made: Sequence[Derived],
        read: Sentence,
        number: PrintedNumber,
        low: int,
        reference: Reference,
    ) -> bool:
        """Whether a sentence speaks of a quantity, and nothing around the number of something else."""
        high, after = max(reference.end, number.end), number.end + (UNIT if number.unit in COMPARED else 0)
        inside = [one for one in read.features if low <= one.start < high]
        end = max(high, read.clause(number)[1])
        names = {one.name for one in read.features if low <= one.start < end}
        beside = [one for one in read.mentions if one.axis not in (MEASURE, PERIOD, reference.column)]
        periods = {one.code for one in read.mentions if one.axis == PERIOD}
        if any(held.axes.get(one.axis, "") not in one.code.split("|") for one in beside):
            return False
        if periods and not any(compatible(period, held.period) for period in periods):
            return False
        both = [one for own in made for one in (own.first, own.second)]
        own = held.unit_features.union(*(names for one in both for names in _names(one)))
        if not self._is_named(held, read, number, names):
            return False
        own |= self.catalogue.wordings.comparing(read.language, TELLING)
        some: list[Feature | Mention] = [*read.mentions, *inside]
        told = (range(one.start, one.end) for one in some if not _is_strange(one, own))
        covered = {*chain(*told), *range(number.start, after)}
        known = self.catalogue.rarity[self.catalogue.wordings.family(read.language)]
        strange = (one for one in inside if one.name in known and one.name not in own)
        if any(covered.isdisjoint(range(one.start, one.end)) for one in strange):
            return False
        return all(self._is_coded(held, axis, read, names) for axis in held.named_by)

    def _is_coded(self, held: Candidate, axis: str, read: Sentence, names: Set[str]) -> bool:
        """Whether a sentence says the code of a column of a quantity, or none where that is the whole's."""
        code = held.axes.get(axis, "")
        said = {some for one in read.mentions if one.axis == axis for some in one.code.split("|")}
        if axis in (MEASURE, PERIOD) or code in said or not code:
            return True
        if axis in held.whole:
            return not said
        words = held.features["words"]
        return not said and len(words & names) >= NAMED * len(words)

    def _is_another_above(self, one: Checked, held: Candidate, read: Sentence) -> bool:
        """Whether a heading or the sentences before say a code or a period that is not a quantity's.

        What the sentence itself says of a column counts alone.
        """
        lexicon = self.catalogue.lexicon(one.language)
        above = [*one.block.headings, one.block.text[: one.sentence[0]]]
        here = {some.axis for some in read.mentions}
        columns = {*held.axes, *self.catalogue.levels.get(held.table, ())} - {*here, MEASURE}
        told = [some for text in above for some in read_alone(text, one.language, lexicon).mentions]
        periods = [some.code for some in told if some.axis == PERIOD and PERIOD not in here]
        return any(not compatible(period, held.period) for period in periods[-1:]) or any(
            some.axis in columns and held.axes.get(some.axis, "") not in some.code.split("|") for some in told
        )

    def _is_worded(self, held: Candidate, names: Set[str]) -> bool:
        words = held.features["words"]
        return len(words & names) >= SAID * len(words)

    def _is_named(self, held: Candidate, read: Sentence, number: PrintedNumber, names: Set[str]) -> bool:
        """Whether a sentence names a share, or the number is one of money, or of what a quantity counts.

        What stands beside a plan may as well count those that met or missed it: "four indicators are below".
        """
        if held.kind == "count" and not number.unit and read.language != "zh":
            near = (one.name for one in read.features if number.end <= one.start < number.end + BEHIND)
            return not held.unit_features.isdisjoint(near)
        if held.kind == "count":
            return bool(held.unit_features & names)
        if held.kind == "money":
            return number.unit.startswith("usd") or number.unit in SHARES + COMPARED
        return number.unit in SHARES + COMPARED and self._is_worded(held, names)

    def _with_code(self, held: Candidate, reference: Reference, codes: Set[str]) -> Candidate:
        """Return a quantity; of what it is compared with, the like with the one other code that is said."""
        column = reference.column
        if column in (MEASURE, WHOLE) or held.code(column) != reference.code or len(codes) != 1:
            return held
        likes = (other for axis, other in siblings(self.catalogue, held) if axis == column)
        return next((like for like in likes if like.code(column) in codes), held)

    def _spoken(self, one: Checked) -> Iterator[Candidate]:
        """Yield what the sentence of a number speaks of: of what is stated, the quantity of a table."""
        matches = (held for held in one.verdict.matches if held.in_period and not held.conflicts)
        said = one.verdict.said.spoken if one.verdict.said else ()
        for held in dict.fromkeys([*said, *(match.candidate for match in matches)]):
            if held.base is not None:
                some = [*self.compared.meant(held), *self._stated(held), *printings(self.catalogue, held)]
                yield from some[:1] if some[0].named_by else ()

    def _stated(self, held: Candidate) -> list[Candidate]:
        """Return the one plan of a table that a statement says, where one has its value and codes."""
        if held.named_by or held.axes.get(MEASURE) not in PLANS.values():
            return []
        same = (one for one in self.catalogue.by_base.get(held.base, ()) if one.named_by)
        plans = [
            one
            for one in same
            if (one.unit, one.period) == (held.unit, held.period)
            and all(one.axes.get(axis) == code for axis, code in held.axes.items())
        ]
        return plans if len(plans) == 1 else []


def _is_open(one: Checked) -> bool:
    """Whether nothing settles a number that stands in a sentence and may compare two quantities."""
    open_one = one.verdict.is_open and one.verdict.derived is None
    return open_one and is_datum(one) and one.block.kind not in TABLES


def _is_strange(one: Feature | Mention, own: Set[str]) -> bool:
    """Whether a word is none of some; a code is none."""
    return isinstance(one, Feature) and one.name not in own


def _names(held: Candidate) -> Iterator[Set[str]]:
    """Yield the words that a quantity has."""
    yield from (*held.features.values(), *held.named_by.values())


def _is_recorded(read: Sentence, reference: Reference) -> bool:
    """Whether a plan is called by the record's name for it: no forecast is a strategic budget."""
    codes = (one.code.split("|") for one in read.mentions if one.axis == MEASURE)
    return reference.column != MEASURE or not {*PLANS.values()}.isdisjoint(chain(*codes))


def _is_elsewhere(read: Sentence) -> bool:
    """Whether a sentence speaks of a town or a country that is no code of the record."""
    text = read.text
    for one in read.mentions:
        text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return bool(first_phrase(text.lower(), read.language, "local") or countries_named(text, read.language))


def _other_codes(read: Sentence, reference: Reference) -> set[str]:
    """Return the codes that a sentence says of a column besides the one that is compared with."""
    return {one.code for one in read.mentions if one.axis == reference.column} - {reference.code}


def _between(read: Sentence, number: PrintedNumber) -> Reference | None:
    """Return the earlier of the two periods between which a number says that something moved."""
    said = sorted({one.code for one in read.mentions if one.axis == PERIOD})
    rises, falls = (bool(read.near(number, kind, 48)) for kind in ("rise", "fall"))
    if len(said) != 2 or rises == falls:
        return None
    return Reference(PERIOD, said[0], 1 if rises else -1, number.start, number.end, number.end)
