"""Checking a draft: each of its numbers with the record's verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from analysis.checking.across_sentences import AcrossSentences, told_of_no_other_period
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import computations_said, moved_between, options, planned, twins
from analysis.checking.candidates.likes import Likes, standing_beside
from analysis.checking.candidates.match import Match, less_taken
from analysis.checking.candidates.matching import Matcher
from analysis.checking.candidates.running import Running
from analysis.checking.computed.ranks_spoken import AskedRank, SpokenRanks, ranks_asked
from analysis.checking.judging.alarms import of_others, taken_back, unlike
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.computed_verdicts import compares, in_points, judge_number
from analysis.checking.judging.contested import Contested
from analysis.checking.judging.doubts import beside
from analysis.checking.judging.opened_block import OpenedBlock
from analysis.checking.judging.parts import judged_with_wholes
from analysis.checking.judging.runs import judged_lost_rows
from analysis.checking.judging.verdicts import (
    AGREES,
    DISAGREES,
    NO_DATUM,
    ROUNDING,
    SPOKEN_OF,
    UNDECIDED,
    Verdict,
    direct,
)
from analysis.checking.likelihood.chances import only_looking_wrong
from analysis.checking.likelihood.likely import Likelihoods, OpenNumber
from analysis.checking.likelihood.likely_computed import Computations
from analysis.checking.likelihood.likely_errors import with_suspicion
from analysis.checking.likelihood.offers import keeping_offers, offering_its_value
from analysis.checking.text.context import Context
from analysis.checking.text.draft_languages import languages_of
from analysis.checking.together.broken_down import Breakdowns
from analysis.checking.together.jointly import judged_exchanged, judged_together
from analysis.checking.together.moves_in_words import led_to_wrongly, said_in_words
from analysis.checking.together.told_for_a_code import judged_by_said_codes
from analysis.checking.together.told_for_a_like import judged_by_codes
from analysis.checking.together.told_for_another import judged_by_neighbours, judged_by_turns
from analysis.checking.together.with_plans import judged_as_results, judged_beside_results
from analysis.checking.two_processes import Progress, SecondProcess
from analysis.quantities import Recorded
from analysis.reading import DocumentError, Draft, PrintedNumber, read_document
from analysis.sources.earlier import own_record
from analysis.sources.register import Register


class Checker:
    """An opened record, against which any number of drafts is checked.

    Parameters
    ----------
    recorded : Recorded
    biennium : str
    root : Path or None
        The project, for its files of terms and its claims.
    """

    def __init__(self, recorded: Recorded, biennium: str, root: Path | None = None):
        self.catalogue = CandidateIndex(recorded, root)
        self.biennium = biennium
        self.root = root
        sources = {source for table in recorded.values() for source in (table.source, *dict(table.origins))}
        self.has_own_document = any(source.period == biennium for source in sources)
        self._matchers: dict[str, Matcher] = {}
        likes = Likes(self.catalogue)
        self.likelihoods = Likelihoods(self.catalogue, likes)
        self.breakdowns = Breakdowns(self.catalogue)
        self.computations = Computations(self.catalogue, likes)
        self.ranks = SpokenRanks(self.catalogue, self._matchers)
        self.across = AcrossSentences(self.catalogue, self.computations.likes)

    @cached_property
    def contested(self) -> Contested | None:
        """What the audit of the record contradicts; None where no project holds claims."""
        if self.root is None:
            return None
        from analysis.audit.claims import claims
        from analysis.audit.judging import audit

        recorded = own_record(self.catalogue.recorded)
        return Contested.of(audit(claims(recorded, Register(self.root)), recorded))

    def _matcher(self, language: str) -> Matcher:
        if language not in self._matchers:
            self._matchers[language] = Matcher(self.catalogue, language)
        return self._matchers[language]

    def get_ready(self, language: str) -> None:
        """Make what is asked of every draft that begins in a language."""
        self.catalogue.lexicon(language)
        self._matcher(language)
        if self.contested is not None:
            self.contested.get_ready(self.catalogue.labels[language])

    def check(self, draft: Draft | Path | str, language: str = "auto") -> list[Checked]:
        """Return the numbers of a draft in their order, each with its verdict.

        Parameters
        ----------
        draft : Draft, Path or str
            A document that was read, or its file.
        language : str
            ``auto`` finds it out by the commonest words, block by block where they tell.

        Raises
        ------
        DocumentError
            When it cannot be read, or holds more numbers than are checked at once.
        """
        opened = draft if isinstance(draft, Draft) else read_document(draft)
        many = sum(_many(opened))
        if many > MOST:
            told = f"holds {many:,} numbers; at most {MOST:,} are checked at once; check it in parts"
            raise DocumentError(f"{opened.name}: {told}")
        progress = self._judged_through(opened, languages_of(opened, language))
        judged = self.across.judged(progress.checked, self.contested)
        checked = keeping_offers(progress.checked, judged)
        checked = self.ranks.beside(checked, progress.ranks, opened.blocks)
        if not self.has_own_document:
            checked = told_of_no_other_period(checked, self.biennium)
        return only_looking_wrong(self.computations.offered(checked), self.catalogue.titled)

    def _judged_through(self, draft: Draft, languages: Iterable[str]) -> Progress:
        """Return the numbers of a draft judged one after the other; of a large one by two processes."""
        blocks, progress = [*zip(draft.blocks, languages, strict=True)], Progress()

        def judge(progress: Progress, at: int, judged: bool) -> None:
            block, language = blocks[at]
            running = self._running(progress, language, draft.kind in UNMARKED)
            opened = OpenedBlock(block, self.catalogue, language, running)
            if not judged:
                opened.read()
                return
            progress.checked += self._block(opened, progress.asked, progress.ranks)
            self._in_order(progress, whole=False)

        end = partial(self._in_order, whole=True)
        with SecondProcess(self.catalogue, draft.blocks, _many(draft), judge, end) as second:
            taken = False
            for at, (_, language) in enumerate(blocks):
                taken = taken or second.takes_over(at, progress)
                if taken:  # each language is asked in its turn all the same
                    self._running(progress, language, draft.kind in UNMARKED)
                else:
                    judge(progress, at, True)
        end(progress)
        return progress

    def _running(self, progress: Progress, language: str, plain: bool) -> Running:
        """Return what a text has said so far in a language, which is got ready where it is the first time."""
        if language not in progress.running:
            lexicon = self.catalogue.lexicon(language)
            progress.running[language] = Running(lexicon, language, self.biennium, plain)
            self._matcher(language)
        return progress.running[language]

    def _in_order(self, progress: Progress, whole: bool) -> None:
        """Put what is offered for numbers in order, as far as what follows them is known."""
        checked, asked = progress.checked, progress.asked
        progress.since = self.likelihoods.in_order(checked, asked, progress.since, whole)

    def _block(
        self, opened: OpenedBlock, open_ones: dict[int, OpenNumber], ranks: list[AskedRank]
    ) -> list[Checked]:
        block, running, language = opened.block, opened.running, opened.language
        matcher, checked = self._matcher(language), []
        before: list[Candidate] = []
        favoured: dict[str, tuple] = {}
        for start, end, sentence in opened.sentences():
            numbers = sentence.numbers
            contexts = opened.contexts(sentence)
            told = judged_lost_rows(self.catalogue, matcher, opened, sentence)
            asked = {at: context for at, context in contexts.items() if at not in told}
            firsts, favoured, ranked = self._firsts(matcher, asked, favoured, running)
            firsts |= told
            settled = {
                at: first.candidate
                for at, first in firsts.items()
                if first.verdict in (AGREES, ROUNDING, DISAGREES) and first.candidate is not None
                if at in told or not compares(contexts[at], first)
            }
            verdicts = {
                at: told.get(at) or self._computed(matcher, context, firsts[at], at, settled, before)
                for at, context in contexts.items()
            }
            open_ones |= {
                id(context.number): OpenNumber(matcher, context)
                for at, context in contexts.items()
                if at not in told and self._is_open(verdicts[at])
            }
            said = said_in_words(self.catalogue, sentence, settled, verdicts)
            verdicts |= led_to_wrongly(sentence, said, settled, verdicts)
            verdicts |= {
                at: offering_its_value(self.catalogue, verdicts[at], context.number, ranked[at])
                for at, context in asked.items()
            }
            for at, number in enumerate(numbers):
                verdict = verdicts.get(at) or Verdict(NO_DATUM, "not_data", rule=number.rule)
                span = start + number.start, start + number.end
                checked.append(Checked(block, *span, (start, end), number, verdict, language))
            for number, verdict in said:
                place = start + number.start
                checked.append(
                    Checked(block, place, start + number.end, (start, end), number, verdict, language)
                )
            before += settled.values()
            running.spoken += [firsts[at].candidate for at in sorted(firsts) if firsts[at].is_right]
            ranks += () if opened.in_row else ranks_asked(block, (start, end), sentence, running)
        return sorted(checked, key=lambda judged: (judged.start, judged.end))

    def _is_open(self, verdict: Verdict) -> bool:
        """Whether a number does not agree, so that it is asked what it may mean."""
        return not verdict.is_right or verdict.derived is not None

    def _firsts(
        self, matcher: Matcher, contexts: dict[int, Context], favoured: dict[str, tuple], running: Running
    ):
        """Return the verdicts on the numbers of a sentence as recorded quantities.

        What agrees is settled first; no other number of the sentence is likely to be the same quantity.
        """
        firsts, ranked, spoken, earlier = {}, {}, dict(favoured), running.numbers
        near = standing_beside(self.catalogue, running.spoken[-LATELY:])
        for at, context in contexts.items():
            context.beside = near
            context.series = series = spoken.get(context.number.unit) or spoken.get(LAST)
            ranked[at] = series, matcher.ranked(context, series)
            firsts[at] = self._direct(context, ranked[at][1], earlier)
            if firsts[at].is_right:
                spoken[context.number.unit] = spoken[LAST] = self._series(firsts[at].candidate)
        alone = {at: matches for at, (_, matches) in ranked.items()}
        held = {at: first.candidate.id for at, first in firsts.items() if first.is_right}
        spoken = dict(favoured)
        here = [first.candidate for first in firsts.values() if first.is_right]
        nearer = standing_beside(self.catalogue, [*running.spoken[-LATELY:], *here])
        for at, context in contexts.items():
            series = spoken.get(context.number.unit) or spoken.get(LAST)
            context.beside = nearer
            context.series = series = series or self._later(contexts, firsts, at)
            if at not in held:
                taken = frozenset(held.values())
                known, matches = ranked[at]
                if known == series and nearer == near:
                    matches = less_taken(matches, taken)
                else:
                    matches = matcher.ranked(context, series, taken)
                ranked[at] = series, matches
                first = self._direct(context, matches, earlier)
                firsts[at] = with_suspicion(self.catalogue, context, matches, first, running)
                if firsts[at].verdict == DISAGREES:
                    held[at] = firsts[at].candidate.id
            if at in held:
                spoken[context.number.unit] = spoken[LAST] = self._series(firsts[at].candidate)
        if contexts:
            read = next(iter(contexts.values())).sentence
            told = {at: matches for at, (_, matches) in ranked.items()}
            firsts |= judged_together(self.catalogue, contexts, firsts, told)
            firsts |= judged_exchanged(contexts, firsts, alone)
            firsts |= judged_by_neighbours(matcher, contexts, firsts, alone)
            firsts |= judged_by_turns(self.catalogue, self.computations.likes, matcher, contexts, firsts)
            firsts |= judged_by_codes(self.computations.likes, contexts, firsts, told, running.spoken)
            firsts |= judged_by_said_codes(self.catalogue, contexts, firsts, told, running.spoken[-LATELY:])
            firsts |= judged_with_wholes(self.catalogue, read, firsts, told)
            firsts |= self.breakdowns.judged(matcher, contexts, firsts, told, running.spoken)
            firsts |= judged_as_results(self.catalogue, contexts, firsts, told)
            firsts |= judged_beside_results(self.catalogue, contexts, firsts)
        return firsts, spoken, {at: matches for at, (_, matches) in ranked.items()}

    def _direct(self, context: Context, matches: list[Match], earlier: list[PrintedNumber]) -> Verdict:
        """Return the verdict on a number as a recorded quantity; undecided where an alarm is taken back."""
        verdict = direct(self.catalogue, context, matches)
        if verdict.verdict != DISAGREES or verdict.candidate is None:
            return verdict
        by = next((match for match in matches if match.candidate is verdict.candidate), None)
        far = verdict.error_kind == "digit" and by is not None and unlike(context.number, by, matches)
        if far or taken_back(self.catalogue, context, verdict.candidate, earlier, matches):
            return Verdict(UNDECIDED, matches=verdict.matches)
        return verdict

    def _later(self, contexts: dict, firsts: dict[int, Verdict], at: int) -> tuple | None:
        """Return the series of the next number of a sentence that agrees and has the unit of one."""
        unit = contexts[at].number.unit
        later = (
            first.candidate
            for place, first in firsts.items()
            if place > at and first.is_right and contexts[place].number.unit == unit
        )
        return next(map(self._series, later), None)

    def _series(self, candidate: Candidate) -> tuple:
        """Return the series that is spoken of: of a statement that stands alone, its twin's in a table."""
        return twins(self.catalogue, candidate)[0].series

    def _computed(
        self, matcher: Matcher, context, first: Verdict, at: int, settled: dict, before: list
    ) -> Verdict:
        if first.is_right:
            return first
        here = []
        if context.number.unit in COMPUTED:
            free = matcher.ranked(context, free=True)[:2]
            here = [match.candidate for match in free if match.score >= SPOKEN_BESIDE]
        others = [
            settled[place]
            for place in sorted(settled, key=lambda place: (place > at, abs(place - at)))
            if place != at
        ]
        implied = []
        if not others and set(computations_said(context)) - {"share", "ratio"}:
            free = matcher.ranked(context, free=True)[:IMPLIED]
            named = (match.candidate for match in free if match.score >= SPOKEN_OF and beside(context, match))
            implied = [candidate for candidate in named if planned(self.catalogue, candidate)][:1]
            implied = implied or moved_between(self.catalogue, context, free[:1])
        made = judge_number(
            self.catalogue,
            context,
            first,
            options(self.catalogue, context, others[::-1], before, here, implied),
        )
        unsettled = made.is_open or made.error_kind == "arithmetic"
        if context.number.unit == "percentage_points" and unsettled:
            asked = replace(context, number=replace(context.number, unit="percent"))
            told = in_points(asked, matcher.ranked(asked, context.series), self.catalogue)
            return made if told is None or of_others(context, told.candidate) else told
        return made


def _many(draft: Draft) -> list[int]:
    """Return how many numbers in digits each block of a draft has."""
    return [len(_DIGITS.findall(block.text)) for block in draft.blocks]


# The most numbers that are checked at once: some minutes.
MOST = 100_000
_DIGITS = re.compile(r"\d[\d.,]*")
# The formats that mark no headings.
UNMARKED = ("txt", "text")
# The key of the series that was spoken of last, beside the last of each unit.
LAST = "last"
# How many quantities are remembered beside which others stand in the record.
LATELY = 4

# From what score on the words beside a computed number speak of a quantity.
SPOKEN_BESIDE = 0.22
# Among how many quantities the one is looked for whose plan a difference is counted from.
IMPLIED = 6
COMPUTED = ("times", "times_increase", "fraction", "percentage_points")
__all__ = ["AGREES", "ROUNDING", "Checked", "Checker"]
