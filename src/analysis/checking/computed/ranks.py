"""What a text says of the rank of a quantity among its likes: "the second largest", 居第三位."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from analysis.checking.candidates.agreement import agreement
from analysis.checking.candidates.belonging import MEASURE, comes_after
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import Derived, siblings, twins
from analysis.checking.computed.set_against import is_datum, scaled_as_beside
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import AGREES, DISAGREES, RIGHT, Verdict, computed_as
from analysis.checking.text.direction_words import RANK, far_from, words_judged
from analysis.checking.text.mentions import UNNAMED, Sentence, first_phrase
from analysis.checking.text.sentence_reading import sentence_of
from analysis.reading import PrintedNumber

# Columns whose codes are no likes that are ranked; among how many others are.
UNRANKED, LIKES = ("measure", "sex", "age", "source"), 3
# As how many signs a stop between a word and a number counts.
STOPPED = 200
# Of how many of the nearest quantities others of their value may be ranked.
NEXT = 2
# The rule by which a number in digits is an ordinal.
ORDINAL = "ordinal"
_STOPS = re.compile(r"[;；。]")
# What stands between a rank and the name of which it is said: "the fewest were in the Arab States", 最少的是,
# "highest in Africa (45 per cent) and lowest in Europe (12)".
_IS = re.compile(
    r"(?:的\w{0,4})?[是为]|,?\s(?:\w+\s){0,3}(?:is|are|was|were|est|sont|es|son|fue|fueron)\s"
    r"(?:(?:in|en|dans|of|de|the|la|le|les|el|los|las)\s|l')*|"
    r"(?:\s[^\W\d]+){0,2}\s(?:in|among|for|en|dans|chez|parmi|pour|entre|para)\s"
    r"(?:(?:the|la|le|les|el|los|las)\s|l')?"
)
# What stands between a name and the rank that is put right beside it.
_BESIDE = re.compile(r"[)）]?,?\s*(?:(?:the|la|le|l'|les|el|los|las|au|in)\s+)?[是为]?")
_PARTS = re.compile(r"[;；。]|[,，、]")


def with_ranks(catalogue: CandidateIndex, checked: Sequence[Checked]) -> list[Checked]:
    """Return the numbers and words of a draft with the words of rank that its settled numbers tell."""
    told: list[Checked] = []
    for _, some in groupby(checked, key=lambda one: (id(one.block), one.sentence)):
        here = list(some)
        more = _of_a_sentence(catalogue, here)
        told += sorted([*here, *more], key=lambda one: (one.start, one.end)) if more else here
    return told


def _of_a_sentence(catalogue: CandidateIndex, here: Sequence[Checked]) -> list[Checked]:
    """Return the words of rank of a sentence, each with its verdict."""
    first = here[0]
    low, high = first.sentence
    text, language = first.block.text[low:high], first.language
    numbers = [one.number for one in here if is_datum(one) or one.number.rule]
    bare = Sentence(text, language, numbers, [])
    words = words_of_rank(bare)
    data = [one for one in here if is_datum(one)] if words else []
    settled = [(one.number, held) for one in data if (held := _held(one, bare)) is not None]
    if not settled:
        return []
    read = sentence_of(text, numbers, language, catalogue.lexicon(language), settled[0][1].period)
    made = []
    for word in words:
        if lacks_its_name(read, word):
            continue
        start, end = word.start, word.end
        reached = [pair for pair in settled if not _stopped(read, word.end, pair[0].start)]
        near = [held for _, held in sorted(reached, key=lambda pair: _far(read, word, pair[0]))]
        verdict = RankWord(catalogue, read, word).verdict(near)
        if verdict is not None:
            made.append(Checked(first.block, low + start, low + end, first.sentence, word, verdict, language))
    return made


def words_of_rank(read: Sentence) -> list[PrintedNumber]:
    """Return the words of rank of a sentence: of no other number, but an ordinal in digits, "dix" of one."""
    made = []
    for start, end, kind, place, _ in words_judged(read):
        if place == 1 and first_phrase(read.text[:start].lower(), read.language, "apart_from"):
            continue  # "apart from Africa, most were in Europe": the largest of the others
        within = [one for one in read.numbers if start < one.end and one.start < end]
        if kind == RANK and all(one.rule == ORDINAL or one.end < end for one in within):
            text = read.text[start:end]
            made.append(PrintedNumber(start, end, text, Fraction(place), 0, kind, words=True))
    return made


def is_bare(read: Sentence, word: PrintedNumber) -> bool:
    """Whether a word is one of rank only right beside a name: "Africa, third, …"."""
    return any(one.bare and one.start == word.start for one in words_judged(read) if one.kind == RANK)


def lacks_its_name(read: Sentence, word: PrintedNumber) -> bool:
    """Whether a word is one of rank only right beside a name, and no name is there."""
    if not is_bare(read, word):
        return False
    coded = [(one.start, one.end) for one in read.mentions if one.axis in (*UNRANKED, "period")]
    named = [(one.start, one.end) for one in read.mentions]
    named += [(one.start, one.end) for one in read.features]
    return not any(
        _BESIDE.fullmatch(read.text, end, word.start) or (start - word.end == 1 and read.language == "zh")
        for start, end in named
        if (start, end) not in coded and (read.text[start].isupper() or read.language == "zh")
    )


def _far(read: Sentence, word: PrintedNumber, number: PrintedNumber) -> int:
    far, stops = far_from(read, word, number)
    return far + STOPPED * stops


@dataclass(frozen=True)
class RankWord:
    """A word of rank, which says of a quantity of its sentence where it stands among its likes.

    ``pointed`` are the codes that are spoken of where the sentence says none of a column.
    """

    catalogue: CandidateIndex
    read: Sentence
    word: PrintedNumber
    pointed: Mapping[str, str] = field(default_factory=dict)

    def verdict(self, near: Sequence[Candidate]) -> Verdict | None:
        """Return the verdict on the word by the first quantity that has likes, of one that is said.

        By what the nearest numbers are before what is only named beside them: "Norway gave 59.8 million;
        Sweden comes seventh".
        """
        near = [self._of_the_named(one) for one in near]
        told: dict[str, set[str]] = {}
        for one in near:
            for axis, code in one.axes.items():
                told.setdefault(axis, set()).update({code} if axis not in one.whole else ())
        alone = {axis for axis, codes in told.items() if len(codes) == 1}
        of_value = [([one, *_of_its_value(self.catalogue, one)], False, False) for one in near[:NEXT]]
        itself = [(twins(self.catalogue, one), True, False) for one in near]
        named = [(some, widely, True) for some, widely, _ in (*of_value, *itself)]
        for some, widely, beside in (*of_value, *itself, *named):
            groups = self.likes(some, widely, alone, beside)
            if groups:
                return best_of(int(self.word.value), groups)
        return None

    def _of_the_named(self, held: Candidate) -> Candidate:
        """Return the part of a whole, and the measure, that are named right before the word; else itself."""
        read, word = self.read, self.word
        for axis in held.whole:
            before = [one for one in read.mentions if one.axis == axis and one.end <= word.start]
            before = [one for one in before if not comes_after(read, one)] or before
            nearest = max(before, key=lambda one: one.start, default=None)
            if nearest is None or nearest.code == UNNAMED or _stopped(read, nearest.end, word.start):
                continue
            for column, other in siblings(self.catalogue, held):
                if column == axis and other.axes.get(axis) == nearest.code:
                    return self._of_the_measure(other)
        return self._of_the_measure(held)

    def _of_the_measure(self, held: Candidate) -> Candidate:
        """Return the quantity of the measure that the clause of the word says before it; itself otherwise."""
        low, _ = self.read.clause_at(self.word.start, self.word.end)
        said = [
            one for one in self.read.mentions if one.axis == MEASURE and low <= one.start < self.word.start
        ]
        codes = said[-1].code.split("|") if said else []
        if MEASURE not in held.axes or not codes or held.axes[MEASURE] in codes:
            return held
        others = (other for column, other in siblings(self.catalogue, held) if column == MEASURE)
        return next((other for other in others if other.axes.get(MEASURE) in codes), held)

    def likes(
        self, some: Sequence[Candidate], widely: bool, alone: Set[str], beside: bool
    ) -> list[tuple[Candidate, list[Candidate]]]:
        """Return one of some with those among which it is ranked, itself too: alike but for a said code.

        Where codes are of several kinds those of its own kind come first, those of all kinds last. *Widely*
        they are also alike but for columns that not every line of the table has.
        """
        for one in some:
            for axis in one.axes:
                if groups := self.along(one, axis, widely, axis in alone, beside):
                    return groups
        return []

    def along(
        self, one: Candidate, axis: str, widely: bool = False, alone: bool = False, beside: bool = False
    ) -> list[tuple[Candidate, list[Candidate]]]:
        """Return those among which a quantity is ranked along a column, where it is said of what code.

        *Alone* its own code is meant by "our region", *beside* it another quantity of the code that is said.
        """
        if axis in UNRANKED or axis in one.whole:
            return []
        catalogue, code = self.catalogue, one.axes[axis]
        lines = [*catalogue.in_order.get(one.table, ()), *catalogue.by_series.get(one.series, ())]
        levels = catalogue.levels.get(one.table, [])
        columns = {name for line in lines for name in line.axes}
        apart = {name for name in columns if any(name not in line.axes for line in lines)}
        coarser = levels[levels.index(axis) + 1 :] if axis in levels else []
        groups = []
        named = {line.axes[axis]: line.named_by.get(axis, ()) for line in lines if line.axes.get(axis)}
        for left_out in ({axis, *apart},) if widely else ({axis}, {axis, *coarser}):
            likes = _alike_but_for(one, axis, left_out, lines)
            if len(likes) < LIKES or likes.get(code) is not one:
                continue
            said = self._said(axis, code if alone else "", named, beside)
            own = next((likes[other] for other in said if other in likes), None) if beside else one
            if own is not None and (beside or code in said):
                groups.append((own, list(likes.values())))
        return groups

    def _said(self, axis: str, alone: str, named: Mapping[str, Sequence[str]], surely: bool) -> Sequence[str]:
        """Return the codes of a column that are said nearest to a word, before it first.

        "Our region" is the one of the numbers beside it (``alone``), where they have one alone.
        """
        read, word = self.read, self.word
        held = [mention for mention in read.mentions if mention.axis == axis]
        if not held:
            return self._called(named, surely) or self._pointed_at(axis)
        held = [mention for mention in held if not self.catalogue.is_whole(axis, mention.code)]
        held = [mention for mention in held if not comes_after(read, mention)] or held
        if not held:
            return (alone,)
        linked = [one for one in held if _IS.fullmatch(read.text, word.end, max(one.start, word.end))]
        near = linked or [mention for mention in held if not _stopped(read, mention.end, word.start)]
        near = [mention for mention in near if not _PARTS.search(read.text[word.end : mention.start])]
        if not near:
            return () if any(alone in mention.code.split("|") for mention in held) else (alone,)
        nearest = min(near, key=lambda mention: (mention.start > word.start, abs(mention.start - word.start)))
        if nearest.code == UNNAMED:
            return (alone,) if alone else self._pointed_at(axis)
        return nearest.code.split("|")

    def _pointed_at(self, axis: str) -> Sequence[str]:
        return (self.pointed[axis],) if axis in self.pointed else ()

    def _called(self, named: Mapping[str, Sequence[str]], surely: bool) -> Sequence[str]:
        """Return the code that is called last before a word, of a column whose codes no term says.

        It is called by what no other code of the column is: "France"; by a term, where one is said, before
        words. *Surely* it is by a term or a name that begins with a capital letter.
        """
        read, word = self.read, self.word
        many = Counter(name for names in named.values() for name in set(names))
        codes = {name: code for code, names in named.items() for name in names if many[name] == 1}
        terms = [(1, one.start, one.end, f"{one.axis}:{one.code}") for one in read.mentions]
        words = [(0, one.start, one.end, one.name) for one in read.features]
        words = [one for one in words if not surely or read.text[one[1]].isupper()]
        before = [one for one in (*terms, *words) if one[1] < word.start and one[3] in codes]
        near = [one for one in before if not _stopped(read, one[2], word.start)] or before[:1]
        return (codes[max(near)[3]],) if near else ()


def _held(one: Checked, read: Sentence) -> Candidate | None:
    """Return the quantity that a number is, or the first that is offered for it and has its value."""
    verdict = one.verdict
    if verdict.verdict in (*RIGHT, DISAGREES) and verdict.candidate is not None:
        return verdict.candidate
    if verdict.derived is not None:
        return None
    number = scaled_as_beside(one.number, read)
    return next((match.candidate for match in verdict.matches if agreement(number, match.candidate)), None)


def _stopped(read: Sentence, start: int, end: int) -> bool:
    """Whether a part of a sentence ends between two places."""
    return bool(_STOPS.search(read.text, start, end))


def _of_its_value(catalogue: CandidateIndex, candidate: Candidate) -> list[Candidate]:
    """Return what has the value, the kind, the period and the codes of a statement that has any."""
    if candidate.named_by or not candidate.axes:
        return []
    return [
        other
        for other in catalogue.by_base.get(candidate.base, ())
        if other.kind == candidate.kind
        and other.period == candidate.period
        and other is not candidate
        and all(other.axes.get(axis) == code for axis, code in candidate.axes.items())
    ]


def best_of(wanted: int, groups: Sequence[tuple[Candidate, list[Candidate]]]) -> Verdict:
    """Return the verdict on a rank that is right among some likes; among the last ones otherwise."""
    judged = [_judged(wanted, own, likes) for own, likes in groups]
    return next((verdict for verdict in judged if verdict.verdict == AGREES), judged[-1])


def _judged(wanted: int, own: Candidate, likes: Sequence[Candidate]) -> Verdict:
    """Return the verdict on a rank among some likes; below nothing it is counted from the smallest."""
    beyond = [like for like in likes if (like.base > own.base if wanted > 0 else like.base < own.base)]
    tied = sum(like.base == own.base for like in likes)
    place = len(beyond) + 1
    right = place <= abs(wanted) < place + tied
    held = Fraction(1 + sum(like.base > own.base for like in likes))
    peers = tuple(sorted((like for like in likes if like is not own), key=lambda like: like.id))
    made = Derived(RANK, own, peers[0], held, RANK, 0, peers)
    return computed_as(made, "" if right else RANK)


def _alike_but_for(
    one: Candidate, axis: str, left_out: Set[str], lines: Sequence[Candidate]
) -> dict[str, Candidate]:
    """Return the lines that differ from one in a column, and may in others, by their code in it."""
    rest = {name: held for name, held in one.axes.items() if name not in left_out}
    return {
        line.axes[axis]: line
        for line in lines
        if line.base is not None
        and line.unit == one.unit
        and line.period == one.period
        and line.axes.get(axis, "")
        and axis not in line.whole
        and {name: held for name, held in line.axes.items() if name not in left_out} == rest
    }
