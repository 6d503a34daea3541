"""Which quantity a number of a text is: by words, codes, period and unit; the value only breaks ties."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from itertools import compress, repeat

import numpy as np

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.clause import TELLING, Clause, Said
from analysis.checking.candidates.code_fits import CodeFits
from analysis.checking.candidates.counting import Counting, counted_noun
from analysis.checking.candidates.coverage import Coverage, Shortlist
from analysis.checking.candidates.labels import part_of_label_explained
from analysis.checking.candidates.match import Match, less_taken
from analysis.checking.candidates.unit_fits import PrintedUnit, unit_class, unit_fit, unit_of
from analysis.checking.text.context import Context
from analysis.checking.text.periods import begins_in, compatible

_CLASSIFIER = re.compile(r"[多余]?\s*[个项名份国家人次种位所届期类条件]")
RECENT = 0.08
COVERED, EXPLAINED = 0.55, 0.45
# What is added to the weight of a clause, and what a word of it weighs that the record does not have.
SMOOTHED, UNHEARD = 0.8, 0.8
# Scores up to which a quantity is not looked at, but for its period.
FAINTEST = 0.02
# How much less a quantity is whose value the record does not have.
UNAVAILABLE = 0.03
# How strongly a period is said at most that is only the record's own.
UNSAID_PERIOD = 0.1
# What a quantity has of the series that was spoken of last, where the clause names nothing else, or does; and
# of the table.
SAME_SERIES, NAMED_SERIES, SAME_TABLE = 0.3, 0.04, 0.08
# What the period that is said adds, and what another takes.
PERIOD_AGREES, PERIOD_DIFFERS = 0.08, 0.4
# Weight of a word that the record does not have, where explaining is asked.
UNKNOWN, TRANSLATED = {"en": 0.8}, 0.3
# How much less a quantity is that says what is not so, where the text denies nothing; and one that has
# nothing of the label of its row.
UNDENIED, UNLABELLED = 0.15, 0.3
# The places of nothing.
NONE = np.array([], dtype=int)


class Matcher:
    """Ranks the candidates of a catalogue for numbers in one language."""

    def __init__(self, catalogue: CandidateIndex, language: str):
        self.catalogue = catalogue
        self.family = catalogue.wordings.family(language)
        self.rarity = catalogue.rarity[self.family]
        self.forms = catalogue.wordings.forms(self.family)
        self.fits = CodeFits(catalogue)
        self.coverages = {
            form: Coverage(catalogue, self.rarity, form, self.fits) for form in {*self.forms, self.family}
        }
        candidates = catalogue.candidates
        masses = np.array([self.coverages[form].mass for form in self.forms])
        least = np.min(masses, axis=0, where=masses > 0, initial=np.inf)
        self._series = _places(candidate.series for candidate in candidates)
        mass = np.where(np.isfinite(least), least, 0.0)
        self._shortlist = Shortlist(catalogue, self.coverages[self.family], mass, self._series)
        self._units, self._unit_of = _numbered(map(unit_class, candidates))
        self._unit_fits: dict[tuple[bool, PrintedUnit], np.ndarray] = {}
        self._label: tuple[tuple, dict[Candidate, float]] = ((), {})
        self._counting = Counting(catalogue)
        self._undenied = UNDENIED * np.array([candidate.denies for candidate in candidates])
        self._unavailable = UNAVAILABLE * np.array([candidate.value.missing for candidate in candidates])
        self._tables = _places(candidate.table for candidate in candidates)
        self._coded = _places(candidate.table if candidate.named_by else "" for candidate in candidates)
        self._begun: dict[tuple[str, str, tuple], bool] = {}
        self._documents = _places(candidate.table.partition(".")[0] for candidate in candidates)

    def ranked(
        self,
        context: Context,
        favoured: tuple | None = None,
        taken: frozenset[str] = frozenset(),
        free: bool = False,
        among: Iterable[int] | None = None,
    ) -> list[Match]:
        """Return the candidates for a number, the best first.

        ``favoured`` is the series of the quantity that the text spoke of last, ``taken`` are ids that other
        numbers of the sentence are. If ``free``, units do not matter: for what a share or a ratio is one side
        of. ``among`` are the places of the candidates that are looked at; those that the words find where it
        is left out.
        """
        if among is not None:
            known = self._known(context, favoured, [*among])
        else:
            chosen = self._shortlist.chosen(context, favoured, self._noun(context))
            if free:
                known = self._scored(chosen, context, favoured, free)
            else:
                self._look_at(chosen, context, favoured)
                known = {number: match for number, match in context.scored.items() if chosen[number]}
        beside = context.beside
        scored = [
            match if match.beside == beside.get(number, 0.0) else match.standing(beside.get(number, 0.0))
            for number, match in known.items()
        ]
        told = self._labelled(scored, context)
        return less_taken(told, taken)

    def weighed(self, context: Context, places: Iterable[int]) -> list[Match]:
        """Return candidates for a number, the best first, however little is said of them."""
        asked = np.zeros(len(self.catalogue.candidates), dtype=bool)
        asked[[*places]] = True
        known = self._scored(asked, context, context.series, free=False, least=-np.inf)
        return less_taken(self._labelled([*known.values()], context), frozenset())

    def _known(self, context: Context, favoured: tuple | None, places: list[int]) -> dict[int, Match]:
        """Return what some candidates are for a number, by place; most of them were looked at before."""
        if not self._looked_at(context, favoured)[places].all():
            chosen = np.zeros(len(self.catalogue.candidates), dtype=bool)
            chosen[places] = True
            self._look_at(chosen, context, favoured)
        return {place: context.scored[place] for place in places if place in context.scored}

    def _look_at(self, chosen: np.ndarray, context: Context, favoured: tuple | None) -> None:
        """Score candidates that were not, and keep what they are."""
        looked_at = self._looked_at(context, favoured)
        context.scored |= self._scored(chosen & ~looked_at, context, favoured, free=False)
        looked_at |= chosen

    def _looked_at(self, context: Context, favoured: tuple | None) -> np.ndarray:
        """Return what was scored before, but for what is in the table that was favoured then, or is now."""
        if context.looked_at is None:
            context.looked_at = np.zeros(len(self.catalogue.candidates), dtype=bool)
        changed = {favoured, context.scored_for} - {None} if favoured != context.scored_for else set()
        for table in {series[0] for series in changed if series}:
            places = self._tables.get(table, NONE)
            for number in places[context.looked_at[places]].tolist():
                context.scored.pop(number, None)
            context.looked_at[places] = False
        context.scored_for = favoured
        return context.looked_at

    def _labelled(self, matches: list[Match], context: Context) -> list[Match]:
        """Return matches, less for those that have nothing of their row's label where others have."""
        if not context.label:
            return matches
        language = context.sentence.language
        label, parts = self._label
        if label != (context.label, language):  # the numbers of a row have one label
            parts = {}
            self._label = (context.label, language), parts
        for candidate in (match.candidate for match in matches if match.candidate not in parts):
            parts[candidate] = part_of_label_explained(self.catalogue, context.label, candidate, language)
        if not any(parts[match.candidate] for match in matches):
            return matches
        return [match if parts[match.candidate] else match.less(UNLABELLED) for match in matches]

    def _scored(
        self, asked: np.ndarray, context: Context, favoured: tuple | None, free: bool, least: float = FAINTEST
    ) -> dict[int, Match]:
        """Return what candidates are for a number, those of the ones that are asked that can be meant."""
        if not asked.any():
            return {}
        fits = [
            (axis, strength, self.fits.of(axis, code, axis in context.called))
            for axis, (code, strength) in context.axes.items()
        ]
        if free not in context.said:
            scores = self._by_words(context)
            if not free:
                scores += self._by_unit(context)
            for _, strength, fit in fits:
                scores += fit.adds * strength
            context.said[free] = scores - self.fits.unsaid(context.axes)
        scores = context.said[free].copy()
        if favoured is not None:
            scores += self._by_series(context, favoured)
        for document, part in context.documents.items():
            scores[self._documents[document]] += RECENT * part
        scores -= self._unavailable
        if not context.denies:
            scores -= self._undenied
        spoken = self._series.get(context.series, NONE)
        scores += self._counting.of(context, self._noun(context), spoken)
        (places,) = (asked & (scores > least)).nonzero()
        topics = scores[places].tolist()
        against = [fit.against(strength)[places].tolist() for _, strength, fit in fits]
        axes = [axis for axis, _, _ in fits]
        conflicts = zip(*against, strict=True) if fits else repeat(())
        clause = Clause(context, self.rarity, self._unknown(context), self.family)
        candidates, beside = self.catalogue.candidates, context.beside
        periods: dict[str, tuple[bool, float]] = {}
        scored: dict[int, Match] = {}
        for number, topic, contrary in zip(places.tolist(), topics, conflicts, strict=False):
            candidate = candidates[number]
            period = candidate.period
            if period not in periods:
                periods[period] = _by_period(context, period)
            in_period, more = periods[period]
            if not in_period and self._unsaid(context, candidate):
                in_period, more = True, 0.0
            alone = round(topic, 6)
            scored[number] = Match(
                candidate,
                round(topic + more, 6) if more else alone,
                Said(clause, candidate),
                alone,
                in_period,
                tuple(compress(axes, contrary)) if True in contrary else (),
                beside.get(number, 0.0),
            )
        return scored

    def _by_words(self, context: Context) -> np.ndarray:
        """Return what is said of each candidate's words, and what these explain of the clause."""
        covered = [self.coverages[form].covered(context) for form in self.forms]
        local = sum(self.rarity.get(name, UNHEARD) for name in context.local) or 1.0
        explained = self.coverages[self.family].shared(dict.fromkeys(context.local, 1.0))
        return COVERED * np.maximum.reduce(covered) + EXPLAINED * explained / (local + SMOOTHED)

    def _by_unit(self, context: Context) -> np.ndarray:
        """Return what the unit adds to candidates; minus infinity where the two never meet."""
        counts, printed = self._counts(context), unit_of(context.number, context.in_row)
        if (counts, printed) not in self._unit_fits:
            held = [self.catalogue.candidates[place] for place in self._unit_of]
            fits = (None if counts and one.kind == "share" else unit_fit(printed, one) for one in held)
            self._unit_fits[counts, printed] = np.array([-np.inf if fit is None else fit for fit in fits])
        return self._unit_fits[counts, printed][self._units]

    def _by_series(self, context: Context, favoured: tuple) -> np.ndarray:
        """Return what candidates have of the series and the table that were spoken of last."""
        more = np.zeros(len(self.catalogue.candidates))
        more[self._coded.get(favoured[0], [])] = SAME_TABLE
        telling = any(self.rarity.get(name, 1.0) > TELLING for name in context.telling)
        nouns = context.local.keys() & self.catalogue.counted_nouns
        for place in self._series.get(favoured, NONE).tolist():
            counted = self.catalogue.candidates[place].unit_features
            other = telling or (bool(nouns and counted) and not nouns & counted)  # counts something else
            more[place] = NAMED_SERIES if other else SAME_SERIES
        return more

    def _unsaid(self, context: Context, candidate: Candidate) -> bool:
        """Whether no period is said, and a quantity's begins in the record's own; its series has no other."""
        if context.period_strength > UNSAID_PERIOD or not candidate.period:
            return False
        asked = context.period, candidate.period, candidate.series
        if asked not in self._begun:
            alike = self.catalogue.by_series[candidate.series]
            self._begun[asked] = begins_in(context.period, candidate.period) and not any(
                compatible(context.period, other.period) for other in alike
            )
        return self._begun[asked]

    def _unknown(self, context: Context) -> float:
        """Return the rarity of a word that the record does not have, where a clause is to be explained.

        A pair of Chinese signs that the record does not have is no word; a word of another language than the
        record's that has no counterpart in it counts for less than an English one.
        """
        return 0.0 if self.family == "zh" else UNKNOWN.get(context.sentence.language, TRANSLATED)

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


def _by_period(context: Context, period: str) -> tuple[bool, float]:
    """Return whether a recorded period may be the one that a text speaks of, and what it adds to a score."""
    in_period = compatible(context.period, period)
    if not context.period or not period:
        return in_period, 0.0
    if context.period == period:
        return in_period, PERIOD_AGREES * context.period_strength
    return in_period, 0.0 if in_period else -PERIOD_DIFFERS * context.period_strength


def _places(names: Iterable[Hashable]) -> dict[Hashable, np.ndarray]:
    """Return where each name stands."""
    places: dict[Hashable, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    return {name: np.array(own) for name, own in places.items()}


def _numbered(names: Iterable[Hashable]) -> tuple[np.ndarray, list[int]]:
    """Return a number for each name, the same for the same, and where each stands first."""
    numbers: dict[Hashable, int] = {}
    numbered = np.array([numbers.setdefault(name, len(numbers)) for name in names])
    return numbered, np.unique(numbered, return_index=True)[1].tolist()
