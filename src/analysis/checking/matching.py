"""Which quantity a number of a text is: by words, codes, period and unit; the value only breaks ties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from analysis.checking.belonging import MEASURE
from analysis.checking.candidate import Candidate
from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.context import Context
from analysis.checking.counted_nouns import counted_noun
from analysis.checking.labels import part_of_label_explained
from analysis.checking.match import Match, less_taken
from analysis.checking.periods import begins_in, compatible
from analysis.checking.shortlist import Shortlist
from analysis.checking.unit_fits import unit_class, unit_fit
from analysis.checking.words import stem

_CLASSIFIER = re.compile(r"[多余]?\s*[个项名份国家人次种位所届期类条件]")
TELLING, RECENT = 0.55, 0.08
COVERED, EXPLAINED, SMOOTHING = 0.55, 0.45, 0.6
AXIS_AGREES, AXIS_DIFFERS, AXIS_UNSAID = 0.12, 0.5, 0.12
UNSAID = {
    "region": 0.28,
    "sex": 0.2,
    "age": 0.22,
    "measure": 0.14,
    "source": 0.16,
    "outcome": 0.25,
    "output": 0.1,
}
LACKING = {
    "region": 0.18,
    "sex": 0.1,
    "outcome": 0.16,
    "output": 0.16,
    "indicator": 0.12,
    "source": 0.14,
    "age": 0.1,
}
# Measures of what was only planned, or was before.
PLANNED = ("target", "strategic_budget", "baseline")
# How strongly a period is said at most that is only the record's own.
UNSAID_PERIOD = 0.1
# How much less a quantity is that is none of a plan, where one is spoken of.
UNPLANNED = 0.25
# What a quantity of the table has that was spoken of last.
SAME_TABLE = 0.08
# What is left of it where the column's code stands nowhere in a statement's own words.
UNTOLD = 0.5
# Weight of a word that the record does not have, where explaining is asked.
UNKNOWN, TRANSLATED = {"en": 0.8}, 0.3
# How much less a quantity is that says what is not so, where the text denies nothing; and one that has
# nothing of the label of its row.
UNDENIED, UNLABELLED = 0.15, 0.3
COUNTED_AGREES, COUNTED_DIFFERS, UNIT_ABSENT = 0.14, 0.25, 0.1


class Matcher:
    """Ranks the candidates of a catalogue for numbers in one language.

    Parameters
    ----------
    catalogue : CandidateIndex
    language : str
    """

    def __init__(self, catalogue: CandidateIndex, language: str):
        self.catalogue = catalogue
        self.family = catalogue.wordings.family(language)
        self.rarity = catalogue.rarity[self.family]
        self.forms = catalogue.wordings.forms(self.family)
        self._unplanned: dict[str, bool] = {}
        self._weights = {
            form: [self._weight(candidate.features[form]) for candidate in catalogue.candidates]
            for form in self.forms
        }
        self._mass = [
            min((some[number] for some in self._weights.values() if some[number]), default=0.0)
            for number in range(len(catalogue.candidates))
        ]
        self._numbers = {candidate.id: number for number, candidate in enumerate(catalogue.candidates)}
        self._shortlist = Shortlist(catalogue, self.family, self._mass, self._numbers)
        units: dict[tuple, int] = {}
        self._units = [
            units.setdefault(unit_class(candidate), len(units)) for candidate in catalogue.candidates
        ]

    def _weight(self, names: Iterable[str]) -> float:
        return sum(self.rarity.get(name, 1.0) for name in sorted(names))

    def ranked(
        self,
        context: Context,
        favoured: tuple | None = None,
        taken: frozenset[str] = frozenset(),
        free: bool = False,
        among: Iterable[int] | None = None,
    ) -> list[Match]:
        """Return the candidates for a number, the best first.

        Parameters
        ----------
        context : Context
        favoured : tuple, optional
            Series of the quantity that the text spoke of last.
        taken : frozenset of str
            Ids that other numbers of the sentence are.
        free : bool
            Whether units do not matter: for what a share or a ratio is one side of.
        among : iterable of int, optional
            Places of the candidates that are looked at; those that the words find where it is left out.
        """
        if among is None:
            among = self._shortlist.chosen(context, favoured, self._noun(context))
        chosen = dict.fromkeys(among)
        weighted = {
            name: weight * rarity
            for name, weight in context.weights.items()
            if (rarity := self.rarity.get(name)) is not None
        }
        local = sum(self.rarity.get(name, 0.8) for name in context.local) or 1.0
        shares = free or not self._counts(context)
        known = {} if free else self._known(context, favoured)
        fits: dict[int, float | None] = {}
        for number in chosen:
            if number not in known:
                unit, candidate = self._units[number], self.catalogue.candidates[number]
                if unit not in fits:
                    met = free or shares or candidate.kind != "share"
                    fit = 0.0 if free else unit_fit(context.number, candidate, context.in_row)
                    fits[unit] = fit if met else None
                fit = fits[unit]
                known[number] = (
                    None if fit is None else self._scored(number, context, local, favoured, fit, weighted)
                )
        beside = context.beside
        scored = [
            match
            if match.beside == beside.get(number, 0.0)
            else replace(match, beside=beside.get(number, 0.0))
            for number in chosen
            if (match := known[number])
        ]
        told = self._labelled(scored, context)
        return less_taken(told, taken)

    def _known(self, context: Context, favoured: tuple | None) -> dict[int, Match | None]:
        """Return what was scored before, but for what is in the table that was favoured then, or is now."""
        changed = {favoured, context.scored_for} - {None} if favoured != context.scored_for else set()
        tables = {series[0] for series in changed if series}
        candidates = self.catalogue.candidates
        context.scored = {
            number: match
            for number, match in context.scored.items()
            if candidates[number].table not in tables
        }
        context.scored_for = favoured
        return context.scored

    def _labelled(self, matches: list[Match], context: Context) -> list[Match]:
        """Return matches, less for those that have nothing of their row's label where others have."""
        if not context.label:
            return matches
        language = context.sentence.language
        had = [
            part_of_label_explained(self.catalogue, context.label, match.candidate, language)
            for match in matches
        ]
        if not any(had):
            return matches
        return [
            match if part else replace(match, score=match.score - UNLABELLED, topic=match.topic - UNLABELLED)
            for match, part in zip(matches, had, strict=True)
        ]

    def _scored(
        self,
        number: int,
        context: Context,
        local: float,
        favoured: tuple | None,
        fit: float,
        weighted: Mapping[str, float],
    ) -> Match | None:
        candidate = self.catalogue.candidates[number]
        names = candidate.features[self.family]
        own = [name for name in context.local if name in names]
        score = COVERED * max(self._covered(form, number, context, weighted) for form in self.forms)
        explained = sum(self.rarity.get(name, 0.8) for name in own)
        score += EXPLAINED * explained / (local + 0.8)
        score += fit + self._counted(context, candidate)
        conflicts = []
        for axis, (code, strength) in context.axes.items():
            held = candidate.axes.get(axis)
            if held in code.split("|"):
                score += AXIS_AGREES * strength
            elif axis in context.called and axis not in candidate.named_by and candidate.row >= 0:
                continue  # its own words say what it is
            elif held is None and self.catalogue.is_whole(axis, code):
                continue
            elif axis == MEASURE and held not in PLANNED and self._came_about(code):
                continue  # what came about is not said apart where nothing was planned
            elif held is None and axis == MEASURE and set(code.split("|")) <= {*PLANNED}:
                score -= UNPLANNED * strength  # no plan is said of it
                conflicts.append(axis)
            elif held is None or axis in candidate.whole:
                score -= LACKING.get(axis, 0.05) * strength
                if strength > 0.7 and (axis in candidate.whole or axis in UNSAID):
                    conflicts.append(axis)
            else:
                score -= AXIS_DIFFERS * strength
                conflicts.append(axis)
        choices = self.catalogue.choices[candidate.series] if candidate.named_by else UNSAID
        for axis, held in candidate.axes.items():
            if (
                axis not in context.axes
                and axis in UNSAID
                and axis in choices
                and axis not in candidate.whole
            ):
                measured = axis == "measure" and held not in PLANNED
                told = candidate.named_by or axis in candidate.said
                score -= 0.0 if measured else UNSAID[axis] * (1.0 if told else UNTOLD)
        in_period = compatible(context.period, candidate.period) or self._unsaid(context, candidate)
        if favoured is not None and candidate.series == favoured:
            telling = [name for name in context.telling if self.rarity.get(name, 1.0) > TELLING]
            score += 0.3 if not telling and not self._counts_other(context, candidate) else 0.04
        elif favoured is not None and candidate.named_by and candidate.table == favoured[0]:
            score += SAME_TABLE
        score += RECENT * context.documents.get(candidate.table.partition(".")[0], 0.0)
        if candidate.value.missing:
            score -= 0.03
        if candidate.denies and not context.denies:
            score -= UNDENIED
        topic = score
        if context.period and candidate.period:
            exact = context.period == candidate.period
            score += (
                0.08 * context.period_strength
                if exact
                else 0.0
                if in_period
                else -0.4 * context.period_strength
            )
        if topic <= 0.02:
            return None
        common = sorted(
            (name for name in context.weights if name in names),
            key=lambda name: (-self.rarity.get(name, 0), name),
        )
        return Match(
            candidate,
            round(score, 6),
            tuple(common[:6]),
            round(topic, 6),
            self._explained(context, own, candidate),
            in_period,
            tuple(conflicts),
            context.beside.get(number, 0.0),
        )

    def _counts_other(self, context: Context, candidate: Candidate) -> bool:
        """Whether the clause names what something counts, and a quantity counts something else."""
        nouns = context.local.keys() & self.catalogue.counted_nouns
        return bool(nouns and candidate.unit_features) and not nouns & candidate.unit_features

    def _unsaid(self, context: Context, candidate: Candidate) -> bool:
        """Whether no period is said, and a quantity's begins in the record's own; its series has no other."""
        if context.period_strength > UNSAID_PERIOD or not candidate.period:
            return False
        alike = self.catalogue.by_series[candidate.series]
        return begins_in(context.period, candidate.period) and not any(
            compatible(context.period, other.period) for other in alike
        )

    def _came_about(self, measure: str) -> bool:
        """Whether a measure is what came about, but for money: of that, what is spent is said."""
        if measure not in self._unplanned:
            told = measure not in PLANNED and not self.catalogue.all_money(MEASURE, measure)
            self._unplanned[measure] = told
        return self._unplanned[measure]

    def _covered(self, form: str, number: int, context: Context, weighted: Mapping[str, float]) -> float:
        """Return how much of a candidate's words is said, but for those that its codes say."""
        candidate, weights, rarity = self.catalogue.candidates[number], context.weights, self.rarity
        names = candidate.features[form]
        shared = sum(weighted[name] for name in names if name in weighted)
        told: set[str] = set()
        for axis in candidate.named_by.keys() & context.axes.keys():
            code, strength = context.axes[axis]
            if strength >= 0.5 and candidate.axes.get(axis) in code.split("|"):
                told.update(candidate.named_by[axis])
        mass = self._weights[form][number]
        mass -= sum(rarity[name] for name in told if name in names and name not in weights)
        return shared / (max(mass, 0.0) + SMOOTHING)

    def _explained(self, context: Context, own: list[str], candidate: Candidate) -> float:
        """Return how much of a number's clause a candidate has: of all its words, or of those that tell.

        A pair of Chinese signs that the record does not have is no word; a word of another language than the
        record's that has no counterpart in it counts for less than an English one.
        """
        unknown = 0.0 if self.family == "zh" else UNKNOWN.get(context.sentence.language, TRANSLATED)
        local = {name: self.rarity.get(name, unknown) for name in context.local}
        said = {stem(axis) for axis in context.axes.keys() & candidate.axes.keys()}  # "the region Africa"
        local = {name: rarity for name, rarity in local.items() if name not in said or name in own}
        telling = {name: rarity for name, rarity in local.items() if rarity > TELLING}
        parts = [
            sum(some.get(name, 0.0) for name in own) / whole if (whole := sum(some.values())) else 1.0
            for some in (local, telling)
        ]
        return max(parts)

    def _counts(self, context: Context) -> bool:
        """Return whether a number without a unit counts something: a noun that is counted follows it."""
        if context.number.unit or context.in_row:
            return False
        if context.sentence.language == "zh":
            return bool(_CLASSIFIER.match(context.sentence.text, context.number.end))
        return bool(self._noun(context))

    def _noun(self, context: Context) -> frozenset[str]:
        """Return the counted noun that follows a number: the last of its phrase in English, or the first."""
        if context.noun is None:
            context.noun = counted_noun(context, self.catalogue.counted_nouns)
        return context.noun

    def _counted(self, context: Context, candidate: Candidate) -> float:
        if candidate.kind not in ("count", "amount", "duration"):
            return 0.0
        absent = candidate.unit_features and not candidate.unit_features & context.weights.keys()
        missing = -UNIT_ABSENT * (2 if candidate.kind == "duration" else 1) if absent else 0.0
        if candidate.kind == "duration" and not (candidate.unit_features & self._noun(context)):
            missing -= UNIT_ABSENT * 2
        if context.series == candidate.series and not self._noun(context):
            return 0.0
        if context.number.unit:
            return missing
        if not context.counted:  # "results came to 896": what is counted may stand before
            before = any(context.weights.get(name, 0.0) >= 1.0 for name in candidate.unit_features)
            return missing + (COUNTED_AGREES / 3 if before else 0.0)
        named, titles = self._noun(context), candidate.features["words"]
        if candidate.unit_features & named:
            return COUNTED_AGREES
        if named:
            return (
                0.0
                if candidate.unit == "count" and named & titles
                else -0.06
                if named & titles
                else -COUNTED_DIFFERS
            )
        following = any(name in titles for _, name in context.counted)
        return missing + (COUNTED_AGREES / 3 if following else 0.0)
