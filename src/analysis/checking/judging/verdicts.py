"""What the record says of a number: a verdict, the quantity, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from analysis.checking.candidates.agreement import (
    LESS,
    MORE,
    agreement,
    closeness,
    digits,
    in_its_unit,
    in_units_of_one,
)
from analysis.checking.candidates.belonging import MEASURE, PLANNED
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.coverage import BESIDE
from analysis.checking.candidates.derived import Derived, siblings
from analysis.checking.candidates.match import Match, Suspicion
from analysis.checking.judging.combined import CombinedValue
from analysis.checking.judging.doubts import (
    SAID,
    beside,
    clearly_said,
    plausible,
    rivalled,
    slip_of,
    told_beside,
)
from analysis.checking.judging.own_numbers import OwnSum
from analysis.checking.judging.said_otherwise import is_level_of_a_change, said_otherwise
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import Sentence
from analysis.reading import PrintedNumber
from analysis.reading.currencies import may_be

AGREES, ROUNDING, DISAGREES = "agrees", "rounding", "disagrees"
RIGHT = (AGREES, ROUNDING)
OTHER_PERIOD, NOT_RECORDED = "other period", "not in the record"
UNDECIDED, NO_DATUM = "undecided", "not a statement about data"
LOOKING_WRONG = "looks wrong"
VERDICTS = (AGREES, ROUNDING, DISAGREES, OTHER_PERIOD, NOT_RECORDED, UNDECIDED, NO_DATUM)
# The verdicts in the order in which they are counted, with what looks wrong apart.
GRADES = (AGREES, ROUNDING, DISAGREES, LOOKING_WRONG, OTHER_PERIOD, NOT_RECORDED, UNDECIDED, NO_DATUM)
# Scores at which a match is believed: to agree, to be another period's, to disagree.
BELIEVED, SPOKEN_OF, CERTAIN = 0.2, 0.3, 0.34
# From what score on a small number in words agrees: there are few of them, and the record holds them all.
BY_CHANCE = 0.2
# With how many digits a number agrees by chance with nothing that is spoken of.
TELLING_DIGITS = 4
# By how much the words name one quantity better than another, and more of the clause, that is not meant then.
NAMED_FAR = 0.4
# From how many digits on a number from which something moved is its recorded level before.
OF_A_LEVEL = 2
# By how much less of a score is enough where nearly the whole clause is a quantity's.
EXPLAINED = 0.04
# From what chance on an undecided number looks wrong: of those that do, two in five are.
LOOKS_WRONG = 0.25
# Within which part of a number a value lies just on the wrong side of it.
JUST = Fraction(3, 100)
# Between which parts of a value a number lies that is it but for its scale, one for each scale.
MISSCALED = tuple(
    (Fraction(199, 200) * Fraction(10) ** step, Fraction(201, 200) * Fraction(10) ** step)
    for step in (-6, -3, -2, -1, 1, 2, 3, 6)
)
# How many quantities are offered at most.
OFFERED = 3


@dataclass(frozen=True, eq=False)
class SaidAround:
    """What is said around a number that nothing settles.

    ``spoken`` are the quantities of which the words speak, in whatever unit.
    """

    read: Sentence
    spoken: tuple[Candidate, ...]


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the record says of one number.

    Attributes
    ----------
    verdict : str
        One of ``VERDICTS``.
    kind : str
        ``value``, ``computed`` or ``not_data``.
    candidate : Candidate or None
        The recorded quantity.
    derived : Derived, OwnSum or None
        The computed one: from the record, or from the text's own numbers.
    held : Fraction or None
        What the record says, in units of one.
    error_kind : str
        Of what disagrees: ``digit``, ``period``, ``region``, ``sex``, ``unit``, ``direction``, ``outcome``,
        ``qualifier``, ``arithmetic``.
    right_for : Candidate or None
        What the printed number would be right for.
    matches : tuple of Match
        The candidates that were offered, the best first.
    rule : str
        By which a number is no datum.
    period : str
        The period that the text speaks of, where it is another.
    suspicion : Suspicion or None
        What the number would be a wrong value of, and the signs of it.
    likely : Match or None
        What the number most likely means and is the value of, where that is likely enough.
    said : SaidAround or None
        What the sentence of the number says, where nothing settles it.
    meant : tuple of float
        How likely each of the first of ``matches`` is meant, where that was weighed.
    offers : tuple of tuple
        What is offered instead of ``matches``, each with how likely it is meant: what no word names, but the
        number is the value of, is among it; nothing follows from it.
    computation : CombinedValue or None
        What else the number may be: what quantities around it, or likes of these, come to.
    computed_likely : float
        How likely it is that.
    taken_back : bool
        Whether it agreed by its value, with what the whole that is told beside it is no whole of.
    chance : float
        How likely it is wrong, of what is called wrong or looks so; 0 where no chance is estimated.
    """

    verdict: str
    kind: str = "value"
    candidate: Candidate | None = None
    derived: Derived | OwnSum | None = None
    held: Fraction | None = None
    error_kind: str = ""
    right_for: Candidate | None = None
    matches: tuple[Match, ...] = field(default=())
    rule: str = ""
    period: str = ""
    suspicion: Suspicion | None = None
    likely: Match | None = None
    said: SaidAround | None = None
    meant: tuple[float, ...] = ()
    offers: tuple[tuple[Match, float], ...] = ()
    computation: CombinedValue | None = None
    computed_likely: float = 0.0
    taken_back: bool = False
    chance: float = 0.0

    @property
    def is_right(self) -> bool:
        """Return whether the number agrees, rounded or not."""
        return self.verdict in RIGHT

    @property
    def is_open(self) -> bool:
        """Return whether nothing is said of the number yet, neither that it is right nor that it is wrong."""
        return self.verdict in (UNDECIDED, NOT_RECORDED)

    @property
    def grade(self) -> str:
        """Return the verdict, parting what is undecided but looks wrong from what else is undecided."""
        return LOOKING_WRONG if self.looks_wrong else self.verdict

    @property
    def offered(self) -> tuple[Match | CombinedValue, ...]:
        """Return what a number may mean, the likeliest first: at most three, a computation among them."""
        matches, meant = self.matches, self.meant
        if self.offers:
            matches, meant = zip(*self.offers, strict=True)
        if self.computation is None:
            return matches
        recorded = 1 - self.computed_likely
        before = sum(part * recorded >= self.computed_likely for part in meant[: OFFERED - 1])
        return (*matches[:before], self.computation, *matches[before : OFFERED - 1])

    @property
    def looks_wrong(self) -> bool:
        """Return whether the number is undecided and more likely wrong than other such numbers."""
        return self.verdict == UNDECIDED and self.chance >= LOOKS_WRONG


def computed_as(
    made: Derived | OwnSum, error_kind: str = "", rounded: bool = False, matches: tuple[Match, ...] = ()
) -> Verdict:
    """Return the verdict on a number by what it is computed as: wrong in some way, or right."""
    verdict = DISAGREES if error_kind else ROUNDING if rounded else AGREES
    return Verdict(verdict, "computed", None, made, made.value, error_kind, matches=matches)


def combined_as(
    made: CombinedValue, error_kind: str = "", rounded: bool = False, matches: tuple[Match, ...] = ()
) -> Verdict:
    """Return the verdict on a number by what two recorded quantities and more come to."""
    first, second, *_ = (held for held in made.operands if isinstance(held, Candidate))
    derived = Derived(made.how, first, second, made.value, made.unit, 0, (), made.formula)
    return computed_as(derived, error_kind, rounded, matches)


def told_for(own: Candidate, held: Candidate, offered: Iterable[Match]) -> Verdict:
    """Return that a number is no value of what is said, but of another quantity that is told for it.

    ``own`` is what is said, ``held`` what the number is the value of.
    """
    matches = tuple(islice(offered, OFFERED))
    return Verdict(DISAGREES, "value", own, None, own.base, "outcome", held, matches)


def direct(catalogue: CandidateIndex, context: Context, matches: list[Match]) -> Verdict:
    """Return the verdict on a number as one recorded quantity, from its matches, the best first."""
    number = context.number
    before = _came_from(context, matches)
    if before is not None:
        offered = tuple(dict.fromkeys([before, *matches[:OFFERED]]))[:OFFERED]
        return Verdict(AGREES, "value", before.candidate, None, before.candidate.base, matches=offered)
    weak = not matches or matches[0].score < SPOKEN_OF
    told = weak and any(
        match.in_period
        and match.score + _relief(match, matches[0]) >= BELIEVED
        and agreement(number, match.candidate)
        and not is_level_of_a_change(catalogue, context, match.candidate)
        for match in matches
    )
    if weak and not told and context.period_strength >= 0.5:
        there = {match.candidate.series for match in matches if match.in_period}
        elsewhere = [
            match
            for match in matches
            if not match.in_period and match.topic >= SPOKEN_OF and match.candidate.series not in there
        ]
        if elsewhere:
            best = max(elsewhere, key=lambda match: match.topic)
            return Verdict(
                OTHER_PERIOD, candidate=best.candidate, matches=(best, *matches[:2]), period=context.period
            )
    if not told and (not matches or matches[0].score < BELIEVED):
        return Verdict(NOT_RECORDED, matches=tuple(matches[:3]))
    best = matches[0]
    least = best.score - closeness(number)
    if digits(number) >= TELLING_DIGITS:
        least = min(least, SPOKEN_OF)
    if number.words and digits(number) == 1:
        least = max(least, BY_CHANCE)
    close = [match for match in matches if match.score + _relief(match, best) >= least]
    agreed = [
        match
        for match in close
        if agreement(number, match.candidate)
        and meets(number, match.candidate)
        and not is_level_of_a_change(catalogue, context, match.candidate)
        and set(match.conflicts) <= set(best.conflicts)
    ]
    agreed = [match for match in agreed if not catalogue.is_one_of_many(match.candidate, context.axes.keys())]
    agreed = [match for match in agreed if not _is_another_row(match, best)]
    if agreed and just_missed(number, agreed[0], close):
        agreed = []
    if agreed and not agreed[0].in_period:  # the year that is meant stands beside it
        series = agreed[0].candidate.series
        same = [
            match for match in close if match.candidate.series == series and match.candidate.base is not None
        ]
        agreed = [] if any(match.in_period for match in same) else agreed
    chosen = agreed[0] if agreed else best
    offered = tuple(dict.fromkeys([chosen, *matches[:3]]))[:3]
    if not chosen.in_period and context.period_strength >= 0.5:
        verdict = OTHER_PERIOD if chosen.score >= BELIEVED else NOT_RECORDED
        return Verdict(verdict, candidate=chosen.candidate, matches=offered, period=context.period)
    if chosen.candidate.value.missing:
        return Verdict(NOT_RECORDED, candidate=chosen.candidate, matches=offered)
    held = chosen.candidate.base
    otherwise = said_otherwise(catalogue, context, chosen.candidate)
    if agreed and not otherwise:
        how = agreement(number, chosen.candidate)
        verdict = AGREES if how == "exact" else ROUNDING
        return Verdict(verdict, "value", chosen.candidate, None, held, matches=offered)
    slip = slip_of(context, matches)
    if slip is not None and not otherwise:
        kind, other = error(catalogue, number, slip.candidate)
        held = slip.candidate.base
        return Verdict(DISAGREES, "value", slip.candidate, None, held, kind, other, offered)
    small = number.words and abs(number.value) <= 12 and not number.unit
    anchored = told_beside(context, matches)
    certain = (
        CERTAIN
        + (0.2 if small and not anchored else 0.0)
        - (EXPLAINED if best.explained > SAID and beside(context, best) else 0.0)
    )
    if best.score < certain or not (anchored or clearly_said(catalogue, context, best)):
        return Verdict(UNDECIDED if best.score >= SPOKEN_OF else NOT_RECORDED, matches=offered)
    if otherwise and agreed:
        return Verdict(DISAGREES, "value", chosen.candidate, None, held, otherwise, matches=offered)
    best = plausible(number, matches)
    if best is not matches[0] and not (best and beside(context, best)):
        return Verdict(UNDECIDED, matches=offered)
    if not best.in_period or best.conflicts or rivalled(context, best, matches):
        return Verdict(UNDECIDED, matches=offered)
    kind, other = error(catalogue, number, best.candidate)
    return Verdict(DISAGREES, "value", best.candidate, None, best.candidate.base, kind, other, offered)


def _came_from(context: Context, matches: Sequence[Match]) -> Match | None:
    """Return the recorded level before of what is spoken of, where a text says from what it moved, not when.

    "Rose from 68.2 to 73.9 per cent in 2023": whichever year before it is of.
    """
    number = context.number
    dated = any(one.axis == "period" and one.code == context.period for one in context.sentence.mentions)
    if not matches or not context.earlier or dated or digits(number) < OF_A_LEVEL:
        return None
    spoken = {**matches[0].candidate.axes, "measure": ""}
    level = next(
        (
            match
            for match in matches
            if match.candidate.is_level_before
            and match.candidate.series == matches[0].candidate.series
            and {**match.candidate.axes, "measure": ""} == spoken
            and agreement(number, match.candidate) == "exact"
            and meets(number, match.candidate)
        ),
        None,
    )
    return matches[0] if level and agreement(number, matches[0].candidate) == "exact" else level


def just_missed(number: PrintedNumber, agreed: Match, matches: Sequence[Match]) -> bool:
    """Whether what is spoken of better than an agreeing quantity lies just on the wrong side of a number.

    "More than 60" of 64, where 59 is what the words name: only its qualifier lets the number agree.
    """
    if number.qualifier not in (*MORE, *LESS) or agreement(number, agreed.candidate) != "qualifier":
        return False
    value = abs(in_units_of_one(number))
    return any(
        match.score > agreed.score
        and match.in_period
        and set(match.conflicts) <= set(agreed.conflicts)
        and match.candidate.unit == agreed.candidate.unit
        and not agreement(number, match.candidate)
        and is_just_missed(number, match.candidate.base)
        and abs(match.candidate.base) != value
        for match in matches
    )


def is_just_missed(number: PrintedNumber, held: Fraction | None) -> bool:
    """Whether a value lies at a number that is said to be more or less, or just on the wrong side of it."""
    value = abs(in_units_of_one(number))
    if held is None or number.qualifier not in (*MORE, *LESS):
        return False
    over = abs(held) - value
    return abs(over) <= JUST * value and (over == 0 or (over < 0) == (number.qualifier in MORE))


def _relief(match: Match, best: Match) -> float:
    """Return how much less of a score is enough for a statement beside what was spoken of lately.

    Nothing for one of which the clause says less than of the best, and for its likes with another code.
    """
    held, spoken = match.candidate, best.candidate
    if not match.beside:
        return 0.0
    if match.explained < best.explained or held.series == spoken.series:
        return 0.0
    if held.axes.get(MEASURE) in PLANNED and held.axes.get(MEASURE) != spoken.axes.get(MEASURE):
        return 0.0
    return BESIDE * match.beside


def _is_another_row(match: Match, best: Match) -> bool:
    """Whether the words name another quantity of a table far better than one."""
    held, named = match.candidate, best.candidate
    same = (held.table, held.unit, held.period) == (named.table, named.unit, named.period)
    if not same or not (held.named_by and named.named_by) or named.base is None:
        return False
    return best.score >= match.score + NAMED_FAR and best.explained >= match.explained + NAMED_FAR


def meets(number: PrintedNumber, candidate: Candidate) -> bool:
    """Whether the units are the same, not only near: points are no per cent, euros no dollars.

    Points that the record itself prints as per cent may be printed so.
    """
    if candidate.unit == "percentage_points" and candidate.in_percent and number.unit == "percent":
        return True
    if (number.unit == "percentage_points") != (candidate.unit == "percentage_points"):
        return number.unit != "percentage_points" and candidate.unit != "percentage_points"
    if candidate.kind == "money" and number.unit:
        return candidate.unit.startswith(may_be(number.unit))
    return True


def error(
    catalogue: CandidateIndex, number: PrintedNumber, candidate: Candidate
) -> tuple[str, Candidate | None]:
    """Return in what a number is wrong, and what it would be right for."""
    if agreement(number, candidate) and not meets(number, candidate):
        return "unit", None
    for axis, other in sorted(
        siblings(catalogue, candidate), key=lambda sibling: (sibling[0] != "period", sibling[1].id)
    ):
        if agreement(number, other):
            return axis if axis in ("period", "sex", "region") else "outcome", other
    number = in_its_unit(number, candidate)
    if number.qualifier and _within(number, candidate):
        return "qualifier", None
    if candidate.base:
        ratio = abs(in_units_of_one(number) / candidate.base)
        if any(low <= ratio <= high for low, high in MISSCALED):
            return "unit", None
    return "digit", None


def _within(number: PrintedNumber, candidate: Candidate) -> bool:
    held = abs(candidate.base or Fraction(0))
    return abs(abs(in_units_of_one(number)) - held) <= held * Fraction(15, 100)


def said_rightly(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a text says a quantity of which a number has the digits in its unit and direction."""
    return meets(context.number, candidate) and not said_otherwise(catalogue, context, candidate)
