"""Which quantity a number of a text is: by words, codes, period and unit; the value only decides between equals."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from analysis.checking.catalogue import WHOLE, Candidate, Catalogue
from analysis.checking.context import Context, compatible
from analysis.reading import Number

LOOKED_AT = 90
COVERED, EXPLAINED = 0.55, 0.45
CLOSE = 0.1
AXIS_AGREES, AXIS_DIFFERS, AXIS_UNSAID = 0.12, 0.5, 0.12
UNSAID = {"region": 0.16, "sex": 0.18, "age": 0.2, "measure": 0.12, "source": 0.14, "outcome": 0.12, "output": 0.08}
LACKING = {"region": 0.18, "sex": 0.1, "outcome": 0.16, "output": 0.16, "indicator": 0.12, "source": 0.14, "age": 0.1}
COUNTED_AGREES, COUNTED_DIFFERS = 0.1, 0.1


@dataclass(frozen=True, eq=False)
class Match:
    """A candidate for a number, with why.

    Attributes
    ----------
    candidate : Candidate
    score : float
    words : tuple of str
        The features that both share, the rarest first.
    in_period : bool
        Whether the period that the text speaks of is the candidate's.
    conflicts : tuple of str
        Columns in which the text says another code.
    """

    candidate: Candidate
    score: float
    words: tuple[str, ...]
    in_period: bool
    conflicts: tuple[str, ...]


def unit_fit(number: Number, candidate: Candidate, in_row: bool) -> float | None:
    """Return what the unit adds to a score, or None where the two units never meet."""
    kind, unit = candidate.kind, candidate.unit
    if number.unit == "percent" or number.unit == "fraction":
        if unit in ("percent", "fraction", "ratio"):
            return 0.05 if (number.unit == "percent") == (unit == "percent") else 0.03 if unit == "fraction" else 0.0
        return -0.1 if unit == "percentage_points" else None
    if number.unit == "percentage_points":
        return 0.08 if unit == "percentage_points" else -0.25 if unit == "percent" else None
    if number.unit in ("times", "times_increase"):
        return 0.05 if unit in ("times", "times_increase") else None
    if number.unit:
        return 0.08 if kind == "money" else None
    if kind == "money":
        return -0.02 if in_row else -0.12 if abs(number.value) < 10_000 else 0.0
    if kind == "share":
        return 0.0 if in_row else -0.1 if number.decimals > 0 or number.value <= 100 else None
    if number.decimals > 0 and kind in ("count", "duration") and not in_row:
        return None
    if kind == "amount":
        return 0.04 if number.decimals < 0 or abs(number.value) >= 100_000 else -0.15
    return 0.03


class Matcher:
    """Ranks the candidates of a catalogue for numbers in one language.

    Parameters
    ----------
    catalogue : Catalogue
    language : str
    """

    def __init__(self, catalogue: Catalogue, language: str):
        self.catalogue = catalogue
        self.family = "zh" if language == "zh" else "words"
        self.rarity = catalogue.rarity[self.family]
        self.postings = catalogue.postings[self.family]
        self._mass = [self._weight(each.features[self.family]) for each in catalogue.candidates]

    def _weight(self, names) -> float:
        return sum(self.rarity.get(name, 1.0) for name in names)

    def ranked(self, context: Context, favoured: tuple | None = None) -> list[Match]:
        """Return the candidates for a number, the best first.

        Parameters
        ----------
        context : Context
        favoured : tuple, optional
            Series of the quantity that the text spoke of last.
        """
        shared: dict[int, float] = {}
        for name, weight in context.weights.items():
            rarity = self.rarity.get(name)
            if rarity is not None:
                for number in self.postings[name]:
                    shared[number] = shared.get(number, 0.0) + weight * rarity
        if favoured is not None:
            for each in self.catalogue.by_series.get(favoured, ()):
                shared.setdefault(self._numbers[each.id], 0.001)
        order = sorted(shared, key=lambda number: (-shared[number] / (self._mass[number] + 1.5), number))
        chosen = dict.fromkeys(order[:LOOKED_AT])
        said = {axis: code for axis, (code, _) in context.axes.items()}
        for number in order[LOOKED_AT : 8 * LOOKED_AT]:
            axes = self.catalogue.candidates[number].axes
            if said and all(axes.get(axis) == code for axis, code in said.items() if axis in axes):
                chosen.setdefault(number)
        if favoured is not None:
            chosen |= dict.fromkeys(
                self._numbers[each.id] for each in self.catalogue.by_series.get(favoured, ())
            )
        local = sum(self.rarity.get(name, 0.8) for name in context.local) or 1.0
        found = [self._scored(number, shared[number], context, local, favoured) for number in chosen]
        return sorted((each for each in found if each), key=lambda each: (-each.score, each.candidate.id))

    @property
    def _numbers(self) -> dict[str, int]:
        if not hasattr(self, "_placed"):
            self._placed = {each.id: number for number, each in enumerate(self.catalogue.candidates)}
        return self._placed

    def _scored(self, number: int, shared: float, context: Context, local: float, favoured) -> Match | None:
        candidate = self.catalogue.candidates[number]
        fit = unit_fit(context.number, candidate, context.in_row)
        if fit is None:
            return None
        names = candidate.features[self.family]
        own = [name for name in context.local if name in names]
        score = COVERED * shared / (self._mass[number] + 1.0)
        score += EXPLAINED * sum(self.rarity.get(name, 0.8) for name in own) / (local + 0.8)
        score += fit + self._counted(context, candidate)
        conflicts = []
        for axis, (code, strength) in context.axes.items():
            held = candidate.axes.get(axis)
            if held == code:
                score += AXIS_AGREES * strength
            elif held is None or held in WHOLE:
                score -= LACKING.get(axis, 0.05) * strength
                if held in WHOLE and strength > 0.7:
                    conflicts.append(axis)
            else:
                score -= AXIS_DIFFERS * strength
                conflicts.append(axis)
        for axis, held in candidate.axes.items():
            if axis not in context.axes and axis in UNSAID and held not in WHOLE:
                measured = axis == "measure" and held not in ("target", "strategic_budget", "baseline")
                score -= 0.0 if measured else UNSAID[axis]
        in_period = compatible(context.period, candidate.period)
        if context.period and candidate.period:
            exact = context.period == candidate.period
            score += 0.08 * context.period_strength if exact else 0.0 if in_period else -0.4 * context.period_strength
        if favoured is not None and candidate.series == favoured:
            score += 0.12 if len(own) < 2 else 0.04
        if score <= 0.02:
            return None
        common = sorted((name for name in context.weights if name in names), key=lambda name: (-self.rarity.get(name, 0), name))
        return Match(candidate, round(score, 6), tuple(common[:6]), in_period, tuple(conflicts))

    def _counted(self, context: Context, candidate: Candidate) -> float:
        if context.number.unit or not context.counted or candidate.kind not in ("count", "amount", "duration"):
            return 0.0
        if candidate.unit_features & context.counted:
            return COUNTED_AGREES
        titles = candidate.features["words"]
        return COUNTED_AGREES / 2 if context.counted & titles else -COUNTED_DIFFERS


def agreement(number: Number, candidate: Candidate) -> str:
    """Return how a printed number agrees with a quantity: ``exact``, ``rounding``, ``qualifier`` or nothing.

    The printed number stands for an interval: half a unit of its last digit on each side, under *about* 6 per
    cent or the digits that are printed, one-sided under *more than* and *less than*.
    """
    held = candidate.base
    if held is None:
        return ""
    return agrees(number, held, candidate.decimals_in_base, candidate.qualifier)


def as_base(number: Number) -> Fraction:
    """Return a printed number in units of one; a fraction as per cent."""
    return number.value * 100 if number.unit == "fraction" else number.value


def agrees(number: Number, held: Fraction, decimals: int | None = None, qualifier: str = "") -> str:
    """Return how a printed number agrees with a value in units of one (see :func:`agreement`)."""
    value = as_base(number)
    if number.upper is not None:
        return "exact" if value <= held <= number.upper else ""
    half = Fraction(1, 2) / Fraction(10) ** number.decimals
    if number.unit == "fraction":
        half = Fraction(5, 2) if number.words else Fraction(1, 2)
    if number.unit == "times" and number.words:
        half = abs(value) * Fraction(2, 100)
    near = abs(abs(value) - abs(held)) <= half
    exact = abs(value) == abs(held) or (near and (decimals is None or number.decimals >= decimals) and not (
        number.unit == "fraction"
    ))
    one_sided = _one_sided(number, value, held, half, qualifier)
    if one_sided is not None:
        return one_sided
    if exact:
        return "exact"
    if number.qualifier in ("about", "nearly"):
        zeros = _step(value)
        slack = max(abs(held) * Fraction(6, 100), half, zeros / 2)
        if number.qualifier == "nearly" and abs(held) > abs(value) and abs(held) - abs(value) > half:
            return ""
        return "qualifier" if abs(abs(value) - abs(held)) <= slack else ""
    return "rounding" if near else ""


def _one_sided(number: Number, value: Fraction, held: Fraction, half: Fraction, qualifier: str) -> str | None:
    """Return the agreement under a one-sided qualifier; None where the number has none."""
    said = number.qualifier
    if said in ("more_than", "at_least"):
        if abs(held) == abs(value):
            return "exact" if said == "at_least" or qualifier in ("more_than", "at_least") else ""
        return "qualifier" if 0 < abs(held) - abs(value) <= max(abs(value) * Fraction(30, 100), half * 2) else ""
    if said in ("less_than", "up_to"):
        if abs(held) == abs(value):
            return "exact" if said == "up_to" or qualifier in ("less_than", "up_to") else ""
        return "qualifier" if 0 < abs(value) - abs(held) <= max(abs(value) * Fraction(30, 100), half * 2) else ""
    return None


def _step(value: Fraction) -> Fraction:
    """Return the worth of the last digit before trailing zeros: ten for 60, a thousand for 9,000."""
    step = Fraction(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step
