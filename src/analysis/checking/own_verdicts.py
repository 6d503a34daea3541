"""Verdicts on what a text computes of its own numbers, once each of those is judged by the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.mentions import Sentence, sentence_of
from analysis.checking.moves_and_ranks import IN_WORDS
from analysis.checking.own_numbers import EARLIER, Computed, computed_from, fits, meant_by
from analysis.checking.verdicts import AGREES, DISAGREES, ROUNDING, UNDECIDED, Verdict
from analysis.checking.wordings import COMPARING
from analysis.reading import PrintedNumber

if TYPE_CHECKING:
    from analysis.checking.drafts import Checked

RIGHT = (AGREES, ROUNDING)
# The kinds of phrases that say how a number is computed, not of what.
COMPUTING = (*COMPARING, "share", "apart", "gap", "together", "rest", "thus")
# Among how many numbers before and after one those of its sentence are looked for.
NEAR = 60
# The kinds of block whose numbers stand in sentences.
TABLES = ("row", "cells")


def by_own_numbers(catalogue: CandidateIndex, checked: Sequence[Checked]) -> list[Checked]:
    """Return the numbers of a draft, those that its own numbers come to judged by these.

    Parameters
    ----------
    catalogue : CandidateIndex
    checked : sequence of Checked
        In the order of the draft, each with its verdict by the record.
    """
    judged: list[Checked] = []
    reads: dict[tuple, Sentence] = {}
    for at, each in enumerate(checked):
        verdict = None
        if _is_data(each) and each.block.kind not in TABLES:
            verdict = _judged(catalogue, each, judged[-NEAR:], checked[at + 1 : at + NEAR], reads)
        judged.append(replace(each, verdict=verdict) if verdict else each)
    return judged


def _is_data(checked: Checked) -> bool:
    return not checked.number.rule and checked.number.unit not in IN_WORDS


def _judged(
    catalogue: CandidateIndex,
    checked: Checked,
    before: Sequence[Checked],
    after: Sequence[Checked],
    reads: dict[tuple, Sentence],
) -> Verdict | None:
    """Return the verdict on a number by the others of its text; None where they do not tell."""
    direct = checked.verdict
    if direct.verdict in RIGHT and direct.derived is None:
        return None
    here = [each for each in before if _beside(each, checked)]
    earlier = _earlier(checked, before)
    following = [each for each in after if _beside(each, checked)]
    if not here and not earlier:
        return None
    asked = _asked(catalogue, checked, (here, following, earlier), reads)
    verdicts = {id(each.number): each.verdict.verdict for each in (*here, *following, *earlier)}
    made = computed_from(asked)
    fitting = next((own for own in made if fits(checked.number, own)), None)
    if fitting is not None:
        told = {verdicts[id(each)] for each in fitting.operands}
        if direct.verdict in RIGHT or DISAGREES in told:
            return None
        if not told <= {*RIGHT}:
            return Verdict(UNDECIDED, "computed", None, fitting, fitting.value, matches=direct.matches)
        verdict = AGREES if fits(checked.number, fitting) == "exact" else ROUNDING
        return Verdict(verdict, "computed", None, fitting, fitting.value, matches=direct.matches)
    meant = meant_by(asked)
    if meant is None or not all(verdicts[id(each)] in RIGHT for each in meant.operands):
        return None
    return Verdict(DISAGREES, "computed", None, meant, meant.value, "arithmetic", matches=direct.matches)


def _beside(one: Checked, other: Checked) -> bool:
    return one.block is other.block and one.sentence == other.sentence and _is_data(one)


def _earlier(checked: Checked, before: Sequence[Checked]) -> list[Checked]:
    """Return the last numbers of the sentences before, under the same headings and in no table."""
    found = []
    for each in before[::-1]:
        if each.block.headings != checked.block.headings or len(found) == EARLIER:
            break
        if _is_data(each) and not _beside(each, checked) and each.block.kind not in TABLES:
            found.append(each)
    return found[::-1]


def _asked(
    catalogue: CandidateIndex,
    checked: Checked,
    others: tuple[Sequence[Checked], Sequence[Checked], Sequence[Checked]],
    reads: dict[tuple, Sentence],
) -> Computed:
    here, following, earlier = ([each.number for each in some] for some in others)
    place = id(checked.block), checked.sentence
    if place not in reads:
        reads.clear()
        text = checked.block.text[checked.sentence[0] : checked.sentence[1]]
        numbers = [*here, checked.number, *following]
        reads[place] = sentence_of(text, numbers, checked.language, catalogue.lexicon(checked.language), "")
    read = reads[place]
    return Computed(checked.number, read, here, following, earlier, _own(catalogue, read, checked.number))


def _own(catalogue: CandidateIndex, read: Sentence, number: PrintedNumber) -> set[str]:
    """Return the words and codes of the record in the clause of a number that do not only compare."""
    low, high = read.clause(number)
    known = catalogue.rarity[catalogue.wordings.family(read.language)]
    moving = catalogue.wordings.comparing(read.language, COMPUTING)
    inside = [each for each in read.features if low <= each.start < high]
    words = {
        each.name
        for each in inside
        if each.name in known and each.name not in moving and not (number.start <= each.start < number.end)
    }
    return words | {each.code for each in read.mentions if low <= each.start < high}
