"""Quantities that a clause names wholly: all that they are is said, and nothing else is.

"Asia and the Pacific accounted for 31 per cent of all results": the region and what the share is of. What has
words of its own that nobody says, or lacks words that somebody does, is then meant by no such clause, however
near it comes otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from analysis.checking.candidates.agreement import agreement
from analysis.checking.candidates.belonging import MEASURE
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import OWN, STATUS, CandidateIndex
from analysis.checking.candidates.code_fits import PLANNED
from analysis.checking.candidates.likes import NODES
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.running import Running
from analysis.checking.judging.alarms import taken_back
from analysis.checking.judging.doubts import speaks_of_a_town
from analysis.checking.judging.verdicts import DISAGREES, OFFERED, Verdict, error
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import Mention, Sentence, phrases
from analysis.reading.languages import as_a_word

# From what strength on a code or a period is said for a number itself.
SAID = 0.6
# How much of what a quantity is, by rarity, its clause says at least.
NAMED = 0.6
# Within how many signs of a number it is said that it is a share of a whole.
FAR = 60
EXACT = "exact"
# From what rarity on a word of a heading is a topic.
TOPIC = 0.3
_HAN = re.compile(r"[\u4e00-\u9fff]")


def by_what_is_wholly_said(
    catalogue: CandidateIndex, context: Context, matches: Sequence[Match], running: Running
) -> Verdict | None:
    """Return the verdict on a number that is no value of the quantity that its clause names wholly.

    None where the number agrees, where its clause names no quantity, or several of different values, and
    where something in the text may explain the number.
    """
    number = context.number
    if context.in_row or context.lost or context.earlier or number.qualifier or speaks_of_a_town(context):
        return None
    coded = [match for match in matches if match.candidate.named_by and _is_named(catalogue, context, match)]
    stated = (match for match in matches if coded and not match.candidate.named_by)
    named = [*coded, *(match for match in stated if _is_named(catalogue, context, match))]
    if len({match.candidate.base for match in named}) != 1:
        return None
    candidate = named[0].candidate
    if agreement(number, candidate) or taken_back(catalogue, context, candidate, running.numbers):
        return None
    if _narrowed(catalogue, context, candidate, running.headings):
        return None
    kind, right_for = error(catalogue, number, candidate)
    offered = tuple(dict.fromkeys([named[0], *matches]))[:OFFERED]
    if right_for is None:
        others = (match.candidate for match in matches if match.in_period and not match.conflicts)
        right_for = next((other for other in others if agreement(number, other) == EXACT), None)
    return Verdict(DISAGREES, "value", candidate, None, candidate.base, kind, right_for, offered)


def _is_named(catalogue: CandidateIndex, context: Context, match: Match) -> bool:
    """Whether a clause names a quantity wholly: its period, its codes and what it is, and nothing else."""
    candidate = match.candidate
    if candidate.base is None or not match.in_period or match.conflicts:
        return False
    if candidate.named_by and not (
        _in_said_period(context, candidate) and _coded(catalogue, context, candidate)
    ):
        return False
    return _is_told(catalogue, context, candidate) and not _says_more(catalogue, context, candidate)


def _in_said_period(context: Context, candidate: Candidate) -> bool:
    """Whether the period is said, or is the biennium of a text that says none."""
    return context.period == candidate.period and (context.period_strength >= SAID or "-" in candidate.period)


def _coded(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether every code of a quantity is said for the number, and no other code."""
    for axis, (said, _) in context.axes.items():
        held = candidate.axes.get(axis, "")
        if held == said or (catalogue.is_whole(axis, said) and not held):
            continue
        if axis != MEASURE or {held, *said.split("|")} & {*PLANNED}:
            return False
    return all(
        context.axes.get(axis, ("", 0.0))[1] >= SAID
        for axis in candidate.axes.keys() & {*OWN, *NODES, *STATUS}
        if axis in catalogue.choices[candidate.series] and axis not in candidate.whole
        if axis != MEASURE or candidate.axes[axis] in PLANNED
    )


def _is_told(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether enough is said of what a quantity is beside its codes; of a part, that it is one of a whole."""
    coded = set().union(*(words for axis, words in candidate.named_by.items() if axis in OWN))
    subject = candidate.features["words"] - coded
    rarity = catalogue.rarity["words"]
    said = sum(rarity.get(name, 0.0) for name in subject & context.local.keys())
    if not said or said < NAMED * sum(rarity.get(name, 0.0) for name in subject):
        return False
    parts = {*OWN} & candidate.axes.keys() - {MEASURE}
    if candidate.kind != "share" or MEASURE not in candidate.named_by or not parts:
        return True
    return _is_part(context, parts)


def _is_part(context: Context, columns: Set[str]) -> bool:
    """Whether a number is told as a part of a whole: "Africa had a share of", "9% were in Africa"."""
    read, number = context.sentence, context.number
    if read.near(number, "of_whole", FAR) or (
        read.near(number, "of_all", FAR) and not _is_located(read, number.start, columns)
    ):
        return True
    _, high = read.clause(number)
    after = [mention for mention in read.mentions if mention.axis in columns and mention.start > number.end]
    return bool(after) and not any(
        after[-1].end <= feature.start < high and not _is_ruled(read, feature.start)
        for feature in read.features
    )


def _is_located(read: Sentence, place: int, columns: Set[str]) -> bool:
    """Whether a code of some columns says before a place where something is: "In Africa, 85 per cent"."""
    words = "|".join(map(re.escape, phrases(read.language)["locating"]))
    locating = re.compile(rf"(?<!\w)(?:{words})\s+(?:(?:the|la|el|las|los|le|les)\s|l['’])?\s*$", re.I)
    said = (mention.start for mention in read.mentions if mention.axis in columns and mention.start < place)
    return any(locating.search(read.text[:start]) for start in said)


def _is_ruled(read: Sentence, place: int) -> bool:
    """Whether a word is part of a number that is no datum: of a period, say."""
    return any(number.start <= place < number.end for number in read.numbers if number.rule)


def _says_more(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether the clause has words that say nothing of a quantity, nor that a number is stated."""
    read = context.sentence
    low, high = read.stretch(context.number)
    family = catalogue.wordings.family(read.language)
    own = _own(candidate, family)
    covered = [(number.start, number.end) for number in read.numbers]
    covered += [(mention.start, mention.end) for mention in read.mentions if _is_of(mention, candidate)]
    covered += [(feature.start, feature.end) for feature in read.features if feature.name in own]
    text = read.text.lower()
    for phrase in (*phrases(read.language)["of_whole"], *phrases(read.language)["stating"]):
        places = re.compile(re.escape(phrase)) if read.language == "zh" else as_a_word(phrase)
        covered += [match.span() for match in places.finditer(text)]
    if read.language == "zh":
        held = {place for start, end in covered for place in range(start, end)}
        return any(_HAN.match(text[place]) and place not in held for place in range(low, high))
    return any(
        low <= feature.start
        and feature.end <= high
        and not any(start <= feature.start and feature.end <= end for start, end in covered)
        for feature in read.features
    )


def _own(candidate: Candidate, family: str) -> Set[str]:
    """Return the words of a quantity, of its codes and of what it counts."""
    own = candidate.features["words"] | candidate.features[family] | candidate.unit_features
    return own.union(*candidate.named_by.values())


def _narrowed(
    catalogue: CandidateIndex, context: Context, candidate: Candidate, headings: Iterable[str]
) -> bool:
    """Whether the headings speak of something that is less than the quantity: a topic, say."""
    language = context.sentence.language
    family = catalogue.wordings.family(language)
    title = catalogue.english.features(catalogue.sources[candidate.table].title)
    own = _own(candidate, family) | {feature.name for feature in title}
    rarity = catalogue.rarity[family]
    return any(rarity.get(name, 0.0) > TOPIC and name not in own for name in headings)


def _is_of(mention: Mention, candidate: Candidate) -> bool:
    return mention.axis == "period" or candidate.axes.get(mention.axis) in mention.code.split("|")
