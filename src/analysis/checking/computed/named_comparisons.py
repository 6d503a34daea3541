"""Numbers that set a settled quantity against one that is named: right where that is what they come to.

"24 countries, eight more than the target", 比目标低四个百分点: what stands before the number is settled, what
it is compared with is named right beside it, and the record holds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from analysis.checking.candidates.agreement import (
    OF_SHARES,
    SHARES,
    agrees,
    in_units_of_one,
    on_its_side,
)
from analysis.checking.candidates.belonging import MEASURE, PERIOD
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import PAIRS, Derived, computed_of_two, printings, siblings
from analysis.checking.candidates.likes import Likes
from analysis.checking.candidates.named_likes import named_likes
from analysis.checking.candidates.wordings import COMPARING
from analysis.checking.computed.compared_with import (
    WHOLE,
    Reference,
    compared_with,
    part_of,
    places_of_phrases,
)
from analysis.checking.computed.set_against import (
    NEAR,
    TABLES,
    is_datum,
    scaled_as_beside,
    settled_before,
    stands_beside,
)
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.operands import TIMES
from analysis.checking.judging.own_numbers import nearly_so_many_times, without_qualifier
from analysis.checking.judging.verdicts import (
    DISAGREES,
    NOT_RECORDED,
    OTHER_PERIOD,
    UNDECIDED,
    Verdict,
    computed_as,
)
from analysis.checking.text.mentions import UNNAMED, Sentence, first_phrase
from analysis.checking.text.sentence_reading import sentence_of
from analysis.reading import PrintedNumber

POINTS = "percentage_points"
PLANS = {result: plan for plan, result in PAIRS if plan != "baseline"}
TARGETED = PAIRS[0]
# Which part of the words of a plan that is stated are those of what came about.
SAME = 0.6
# Words that say how a number is computed, not of what.
COMPUTING = (
    *(*COMPARING, "planned", "higher", "lower", "passed", "missed", "away", "lacking"),
    *("apart", "gap", "thus", "ratio_of", "latter"),
)
# What says that a share in words is only near.
NEARLY = ("nearly", "about")
# Within which part of a value its printed number is that value rounded.
ROUNDED = Fraction(6, 100)
_SEPARATORS = re.compile(r"[,;:(（，；：—–。]|[.!?]\s|\s-\s|\b(?:and|et|y|but|mais|pero)\b")


class NamedComparisons:
    """Judges the numbers that set a settled quantity against one that is named beside them."""

    def __init__(self, catalogue: CandidateIndex, likes: Likes):
        self.catalogue = catalogue
        self.likes = likes
        self._plans: dict[tuple, list[Candidate]] = {}
        for one in catalogue.candidates:
            if one.axes.get(MEASURE) in (*PLANS, *PLANS.values()) and one.base is not None:
                self._plans.setdefault(_but_measure(one, one.axes[MEASURE]), []).append(one)

    def judged(self, checked: Sequence[Checked]) -> list[Checked]:
        """Return the numbers of a draft, those judged that compare two recorded quantities."""
        settled = list(checked)
        for at, one in enumerate(checked):
            told = self._told(one, [*settled[max(at - NEAR, 0) : at], *checked[at : at + NEAR]])
            settled[at] = replace(one, verdict=told) if told is not None else one
        return settled

    def _told(self, one: Checked, beside: Sequence[Checked]) -> Verdict | None:
        if not _is_asked(one):
            return None
        here = [other for other in beside if stands_beside(one, other)]
        former = [other for other in beside if other.block is one.block and other.sentence[1] <= one.start]
        subject = settled_before(one, here)
        told_before = subject is None and not any(
            is_datum(other) for other in here if other.start < one.start
        )
        subject = settled_before(one, former) if told_before else subject
        if subject is None:
            return None
        held = subject.verdict.candidate
        text = one.block.text[one.sentence[0] : one.sentence[1]]
        lexicon = self.catalogue.lexicon(one.language)
        read = sentence_of(text, [other.number for other in here], one.language, lexicon, held.period)
        read.mentions = [*read.mentions, *named_likes(self.catalogue, self.likes, held, read)]
        reference = compared_with(read, one.number)
        if reference is None and not told_before:
            reference = part_of(read, one.number, subject.number)
        if reference is None or (told_before and reference.column != MEASURE):
            return None
        since = 0 if told_before else subject.number.end
        if self._of_another(read, since, one.number, held, reference):
            return None
        number = scaled_as_beside(one.number, read)
        subject = self._of_a_plan(subject, here, reference)
        made = self.comparisons_of(subject.verdict.candidate, number, reference)
        return self.verdict_on(one, number, subject.number, made, reference)

    def comparisons_of(self, held: Candidate, number: PrintedNumber, reference: Reference) -> list[Derived]:
        """Return what a quantity comes to with what is named, in each way that a number may say it."""
        pairs = self._pairs(held, reference)
        return [own for pair in pairs for own in _comparisons(number, *pair, reference)]

    def verdict_on(
        self,
        one: Checked,
        number: PrintedNumber,
        printed: PrintedNumber | None,
        made: list[Derived],
        reference: Reference,
    ) -> Verdict | None:
        """Return the verdict by the comparisons that a number may be: right by one, or wrong by all."""
        fitting = [own for own in made if _fits(number, own, printed)]
        right = [own for own in fitting if _goes(own, reference.way)]
        points = right if all(own.unit == POINTS for own in right) else []
        if right and not (points and number.unit == "percent"):
            own = right[0]
            if one.verdict.is_right:
                return None
            verdict = computed_as(own, "", agrees(number, own.value) != "exact", one.verdict.matches)
            return replace(verdict, suspicion=one.verdict.suspicion)
        ways = {own.how for own in made}
        if not made or (not right and len({own.value for own in made}) > len(ways)):
            return None
        if not right and (on_its_side(number, made[0].value) or _is_nearly(number, made[0].value, one)):
            return None
        plain = replace(number, qualifier="about")
        own = (right or fitting or made)[0]
        if right:
            kind = "unit"
        elif fitting:
            kind = "direction"
        else:
            kind = "qualifier" if number.qualifier and agrees(plain, own.value) else "arithmetic"
        return computed_as(own, kind, matches=one.verdict.matches)

    def _of_another(
        self,
        read: Sentence,
        low: int,
        number: PrintedNumber,
        held: Candidate,
        reference: Reference,
    ) -> bool:
        """Whether words between a settled number and what is said more or less speak of something else."""
        high = len(without_qualifier(read.text[: number.start].lower(), number, read.language))
        high = min(reference.start, high) if read.language == "zh" else high
        for match in _SEPARATORS.finditer(read.text, low, high):
            low = match.end()
        than = number.end if number.unit in TIMES else reference.than
        moving = self.catalogue.wordings.comparing(read.language, COMPUTING)
        told = places_of_phrases(read, COMPUTING) if read.language == "zh" else set()
        own = {name for names in held.features.values() for name in names} | held.unit_features
        words = (
            feature.name
            for feature in read.features
            if low <= feature.start < high or number.end <= feature.start < than
            if feature.name not in moving and feature.name not in own
            if told.isdisjoint(range(feature.start, feature.end))
        )
        between = (one for one in read.mentions if low <= one.start < number.start)
        codes = (one for one in between if not reference.start <= one.start < reference.end)
        return any(words) or any(
            one.axis not in (MEASURE, PERIOD)
            and one.code != UNNAMED
            and held.axes.get(one.axis, "") not in one.code.split("|")
            for one in codes
        )

    def _pairs(self, held: Candidate, reference: Reference) -> Iterator[tuple[Candidate, Candidate]]:
        """Yield what a quantity may be with what is named beside the comparison."""
        if reference.column == MEASURE:
            known_plans = [
                (own, other)
                for own in self.meant(held)
                if (plan := PLANS.get(own.axes.get(MEASURE, ""), ""))
                for other in self._plans.get(_but_measure(own, plan), ())
            ]
            planned = (
                (other, held)
                for result, plan in PLANS.items()
                if held.axes.get(MEASURE) == plan
                for other in self._plans.get(_but_measure(held, result), ())
            )
            yield from known_plans or [*planned] or self._stated_plan(held)
            return
        known: dict[str, tuple[Candidate, Candidate]] = {}
        if reference.column == WHOLE:
            of_regions = (like for like in self.likes.of(held) if like[1] == "region")
            wholes = ((own, other) for own, column, other in of_regions if column in other.whole)
            known = {other.id: (own, other) for own, other in wholes if own.axes.get("region")}
        for own in printings(self.catalogue, held) if reference.column != WHOLE else ():
            near = ((own, column, other) for column, other in siblings(self.catalogue, own))
            for first, column, other in (*near, *self.likes.of(own)):
                if (
                    column == reference.column
                    and other.code(column) == reference.code
                    and other.base is not None
                ):
                    known.setdefault(other.id, (first, other))
        if not known and reference.column == PERIOD:
            beside = (other for other in self.likes.beside(held) if other.unit == held.unit)
            known = {other.id: (held, other) for other in beside if other.period == reference.code}
        if reference.part:
            stated = self._stated_like(held, {**held.axes, reference.column: reference.code})
            known = known or {other.id: pair for pair in stated for other in pair[1:]}
            known = {at: (part, whole) for at, (whole, part) in known.items() if part.size < whole.size}
        yield from known.values()

    def _of_a_plan(self, subject: Checked, here: Sequence[Checked], reference: Reference) -> Checked:
        """Return the result before a plan that is settled; what is settled where it is no plan of one."""
        held = subject.verdict.candidate
        if reference.column != MEASURE or held.axes.get(MEASURE) not in PLANS.values():
            return subject
        before = (one for one in here if one.start < subject.start and is_datum(one) and one.verdict.is_right)
        results = (one for one in before if one.verdict.candidate is not None)
        planned = (
            one
            for one in results
            if any(plan is held for _, plan in self._pairs(one.verdict.candidate, reference))
        )
        return next(planned, subject)

    def _stated_plan(self, held: Candidate) -> list[tuple[Candidate, Candidate]]:
        """Return a quantity with the one plan that stands beside it and is of the same codes and words."""
        if held.axes.get(MEASURE, TARGETED[1]) != TARGETED[1]:
            return []
        return self._stated_like(held, {**held.axes, MEASURE: TARGETED[0]})

    def _stated_like(self, held: Candidate, codes: dict[str, str]) -> list[tuple[Candidate, Candidate]]:
        """Return a quantity with the one that is stated beside it of some codes and in the same words."""
        likes = [
            other
            for other in self.likes.beside(held)
            if (other.unit, other.period) == (held.unit, held.period)
            and other.axes.keys() - held.axes.keys() == codes.keys() - held.axes.keys()
            and all(codes.get(axis) == code for axis, code in other.axes.items())
            and len(other.features["words"] & held.features["words"]) >= SAME * len(other.features["words"])
        ]
        return [(held, likes[0])] if len(likes) == 1 else []

    def meant(self, held: Candidate) -> list[Candidate]:
        """Return a quantity; of a statement what it states of a table, where one has its value and codes."""
        some = printings(self.catalogue, held)
        if any(one.axes.get(MEASURE) in PLANS for one in some):
            return some
        document = held.id.partition("/")[0]
        stated = [
            one
            for one in self.catalogue.by_base.get(held.base, ())
            if one.axes.get(MEASURE) in PLANS
            and one.kind == held.kind
            and one.period == held.period
            and one.id.startswith(document)
            and all(one.axes.get(axis) == code for axis, code in held.axes.items())
            and self._plans.get(_but_measure(one, PLANS[one.axes[MEASURE]]))
        ]
        return stated if len(stated) == 1 else []


def _is_nearly(number: PrintedNumber, value: Fraction, one: Checked) -> bool:
    """Whether a multiple or a share in words is close to a value, and not said to be passed or missed."""
    if number.unit == "fraction" and number.qualifier in NEARLY:
        return abs(in_units_of_one(number) - abs(value)) <= OF_SHARES
    before = one.block.text[one.sentence[0] : one.start].lower()
    passed = any(first_phrase(before, one.language, kind) for kind in ("passed", "missed"))
    return not passed and nearly_so_many_times(number, value)


def _comparisons(
    number: PrintedNumber, first: Candidate, second: Candidate, reference: Reference
) -> list[Derived]:
    """Return what two quantities come to in each way that a number may set them against each other.

    "Three times less than" says how many times the other is the one.
    """
    if number.unit in TIMES and reference.way < 0:
        first, second = second, first
    made = (computed_of_two(how, first, second, 0) for how in _ways(number, first, reference))
    return [own for own in made if own is not None]


def _ways(number: PrintedNumber, first: Candidate, reference: Reference) -> tuple[str, ...]:
    if number.unit in TIMES:
        return ("ratio",)
    if number.unit in SHARES:
        if not reference.way:
            return ("share",)
        if first.unit == "percent":
            return ("change", "difference") if number.unit == "percent" else ()
        return ("change",)
    return ("difference",) if number.unit != POINTS or first.unit == "percent" else ()


def _goes(own: Derived, way: int) -> bool:
    """Whether a comparison goes the way that is said; a share and a multiple go any."""
    return own.how in ("ratio", "share") or not way or (own.value > 0) == (way > 0)


def _fits(number: PrintedNumber, own: Derived, printed: PrintedNumber | None) -> bool:
    """Whether a number is a comparison, of the recorded quantities or of the first as it is printed."""
    if printed is None or agrees(number, own.value):
        return printed is not None or bool(agrees(number, own.value))
    first, second = in_units_of_one(printed), own.second.base
    if not own.first.base or abs(first - own.first.base) > ROUNDED * abs(own.first.base):
        return False
    scale = Fraction(10) ** printed.decimals
    values = {"difference": first - second, "ratio": first / second, "share": first / second * 100}
    rounded = Fraction(round(second * scale)) / scale
    values["change"] = first / second * 100 - 100
    near = [values[own.how]] + ([first - rounded] if own.how == "difference" else [])
    return any(agrees(number, value) for value in near)


def _but_measure(one: Candidate, measure: str) -> tuple:
    """Return what a quantity shares with the one of another measure."""
    codes = frozenset((axis, code) for axis, code in one.axes.items() if axis != MEASURE)
    return one.table, codes, one.unit, one.period, measure


def _is_asked(checked: Checked) -> bool:
    """Whether a number may be judged by what it compares: no recorded quantity settles it."""
    verdict = checked.verdict
    if checked.block.kind in TABLES or not is_datum(checked):
        return False
    if verdict.is_right:
        return isinstance(verdict.derived, Derived)
    if verdict.verdict == DISAGREES and verdict.candidate is not None:
        return verdict.candidate.axes.get(MEASURE) in PLANS.values()
    return verdict.verdict in (UNDECIDED, NOT_RECORDED, OTHER_PERIOD)
