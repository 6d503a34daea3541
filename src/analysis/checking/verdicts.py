"""What the record says of a number: a verdict, the quantity, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from analysis.checking.catalogue import Candidate, Catalogue
from analysis.checking.context import Context
from analysis.checking.derived import Derived, agreeing, computed, options, siblings
from analysis.checking.matching import CLOSE, Match, agreement, agrees, as_base
from analysis.reading import Number

AGREES, ROUNDING, DISAGREES = "agrees", "rounding", "disagrees"
OTHER_PERIOD, NOT_RECORDED = "other period", "not in the record"
UNDECIDED, NO_DATUM = "undecided", "not a statement about data"
VERDICTS = (AGREES, ROUNDING, DISAGREES, OTHER_PERIOD, NOT_RECORDED, UNDECIDED, NO_DATUM)
# Scores at which a match is believed: to agree, to be another period's, to disagree.
BELIEVED, SPOKEN_OF, CERTAIN = 0.2, 0.3, 0.45
RIVAL = 0.04


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
    derived : Derived or None
        The computed one.
    held : Fraction or None
        What the record says, in units of one.
    error_kind : str
        Of what disagrees: ``digit``, ``period``, ``region``, ``sex``, ``unit``, ``direction``, ``outcome``, ``qualifier``,
        ``arithmetic``.
    right_for : Candidate or None
        What the printed number would be right for.
    matches : tuple of Match
        The candidates that were offered, the best first.
    rule : str
        By which a number is no datum.
    """

    verdict: str
    kind: str = "value"
    candidate: Candidate | None = None
    derived: Derived | None = None
    held: Fraction | None = None
    error_kind: str = ""
    right_for: Candidate | None = None
    matches: tuple[Match, ...] = field(default=())
    rule: str = ""


def judge(
    catalogue: Catalogue,
    context: Context,
    matches: list[Match],
    settled: list[Candidate],
    before: list[Candidate],
) -> Verdict:
    """Return the verdict on a number.

    Parameters
    ----------
    catalogue : Catalogue
    context : Context
    matches : list of Match
        Candidates, the best first.
    settled, before : list of Candidate
        What the numbers before it are, in its sentence and in earlier ones.
    """
    number = context.number
    direct = _direct(catalogue, context, matches)
    if direct.verdict in (AGREES, ROUNDING) and not _computes(number):
        return direct
    made = options(catalogue, context, settled, before)
    found = agreeing(context, made)
    if found is not None and not (direct.verdict in (AGREES, ROUNDING)):
        exact = agrees(number, found.value)
        verdict = AGREES if exact == "exact" or not number.qualifier and number.unit != "fraction" else ROUNDING
        return Verdict(verdict, "computed", None, found, found.value, matches=direct.matches)
    if direct.verdict in (AGREES, ROUNDING):
        return direct
    wrong = _computed_wrong(context, made)
    if wrong is not None and (_computes(number) or direct.verdict != DISAGREES):
        return wrong
    if _computes(number) and direct.verdict == DISAGREES:
        return Verdict(UNDECIDED, matches=direct.matches)
    return direct


def _computes(number: Number) -> bool:
    return number.unit in ("times", "percentage_points", "times_increase", "fraction")


def _direct(catalogue: Catalogue, context: Context, matches: list[Match]) -> Verdict:
    number = context.number
    if not matches or matches[0].score < BELIEVED:
        return Verdict(NOT_RECORDED, matches=tuple(matches[:3]))
    best = matches[0]
    close = [each for each in matches if each.score >= best.score - CLOSE]
    agreed = [each for each in close if agreement(number, each.candidate) and _meets(number, each.candidate)]
    chosen = agreed[0] if agreed else best
    offered = tuple(dict.fromkeys([chosen, *matches[:3]]))[:3]
    if not chosen.in_period and context.period_strength >= 0.5:
        verdict = OTHER_PERIOD if chosen.score >= BELIEVED else NOT_RECORDED
        return Verdict(verdict, candidate=chosen.candidate, matches=offered)
    if chosen.candidate.value.missing:
        return Verdict(NOT_RECORDED, candidate=chosen.candidate, matches=offered)
    held = chosen.candidate.base
    turned = _turned(context, chosen.candidate)
    if agreed and not turned:
        how = agreement(number, chosen.candidate)
        verdict = AGREES if how == "exact" else ROUNDING
        return Verdict(verdict, "value", chosen.candidate, None, held, matches=offered)
    if best.score < CERTAIN:
        return Verdict(UNDECIDED if best.score >= SPOKEN_OF else NOT_RECORDED, matches=offered)
    if turned and agreed:
        return Verdict(DISAGREES, "value", chosen.candidate, None, held, "direction", matches=offered)
    rivals = [
        each
        for each in matches[1:6]
        if each.score >= best.score - RIVAL
        and each.candidate.base is not None
        and each.candidate.base != held
        and each.candidate.series != best.candidate.series
    ]
    if rivals:
        return Verdict(UNDECIDED, matches=offered)
    kind, other = error(catalogue, context, chosen.candidate)
    return Verdict(DISAGREES, "value", chosen.candidate, None, held, kind, other, offered)


def _meets(number: Number, candidate: Candidate) -> bool:
    """Whether the units are the same, not only near: points are no per cent, euros no dollars."""
    if (number.unit == "percentage_points") != (candidate.unit == "percentage_points"):
        return number.unit != "percentage_points" and candidate.unit != "percentage_points"
    if candidate.kind == "money" and number.unit:
        return candidate.unit.startswith(number.unit)
    return True


def _turned(context: Context, candidate: Candidate) -> bool:
    """Whether the text says that something fell that the record says rose, or the other way round."""
    rises, falls = "increas" in candidate.features["words"], "fall" in candidate.features["words"]
    if rises == falls or candidate.value.missing:
        return False
    read, number = context.sentence, context.number
    up, down = read.near(number, "rise", 40), read.near(number, "fall", 40)
    return bool(rises and down and not up) or bool(falls and up and not down)


def error(catalogue: Catalogue, context: Context, candidate: Candidate) -> tuple[str, Candidate | None]:
    """Return in what a number is wrong, and what it would be right for."""
    number = context.number
    if agreement(number, candidate) and not _meets(number, candidate):
        return "unit", None
    for axis, other in sorted(siblings(catalogue, candidate), key=lambda each: (each[0] != "period", each[1].id)):
        if agreement(number, other):
            return axis if axis in ("period", "sex", "region") else "outcome", other
    if number.qualifier and _within(number, candidate):
        return "qualifier", None
    value, held = abs(as_base(number)), abs(candidate.base or 0)
    if value and held and any(abs(value * 10**step - held) <= held / 200 for step in (-6, -3, -2, -1, 1, 2, 3, 6)):
        return "unit", None
    return "digit", None


def _within(number: Number, candidate: Candidate) -> bool:
    held = abs(candidate.base or 0)
    return abs(abs(as_base(number)) - held) <= held * Fraction(15, 100)


def _computed_wrong(context: Context, made: list[Derived]) -> Verdict | None:
    """Return the verdict where one computation is clearly said and gives another number."""
    number = context.number
    clear = [each for each in made if each.priority == 0]
    points = next((each for each in made if each.how == "difference" and each.priority <= 2 and agrees(number, each.value)), None)
    if points is not None and number.unit == "percent" and points.unit == "percentage_points":
        return Verdict(DISAGREES, "computed", None, points, points.value, "unit")
    values = {abs(each.value) for each in clear}
    if len(values) != 1:
        return None
    held = clear[0]
    if held.unit == "percentage_points" and number.unit not in ("percentage_points", "percent"):
        return None
    kind = "qualifier" if number.qualifier and agrees(_plainly(number), held.value) else "arithmetic"
    return Verdict(DISAGREES, "computed", None, held, held.value, kind)


def _plainly(number: Number) -> Number:
    from dataclasses import replace

    return replace(number, qualifier="about")


__all__ = ["AGREES", "DISAGREES", "VERDICTS", "Verdict", "computed", "judge"]
