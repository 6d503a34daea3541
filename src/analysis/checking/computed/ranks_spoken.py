"""Words of rank beside which no number says of what: "Africa came third", 亚太排在第三位.

What is ranked is told by the words of their sentence, by what stands before and above, and by the quantities
around that are settled; who is ranked is named before the word, or was spoken of last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from analysis.checking.candidates.belonging import MEASURE, PERIOD, PLANNED, comes_after
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import Derived, printings, twins
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.matching import UNHEARD, Matcher
from analysis.checking.candidates.running import Running
from analysis.checking.computed.ranks import (
    UNRANKED,
    RankWord,
    best_of,
    is_bare,
    lacks_its_name,
    words_of_rank,
)
from analysis.checking.computed.set_against import is_datum
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import AGREES, Verdict
from analysis.checking.text.context import SENTENCE, Context
from analysis.checking.text.direction_words import RANK
from analysis.checking.text.mentions import UNNAMED, Mention, Sentence, first_phrase
from analysis.reading import Block, PrintedNumber
from analysis.reading.languages import written_one_way

# How many of the quantities that the words find are looked at.
LOOKED_AT = 60
# From what score on a quantity is ranked, and how near another comes to it.
SPOKEN, NEAR = 0.2, 0.08
# From what rarity on a word speaks of something; the kinds of phrases that say where something ranks.
TOPIC = 0.5
PASSING = (
    "ranked",
    "ranked_so",
    "ranks_beside",
    "rank_nouns",
    "ordinals",
    "last",
    "largest",
    "smallest",
    "then",
    "of_all",
    "among",
    "stating",
    "this_region",
    "sized",
)
# Among how many numbers before and after a word what is spoken of is looked for.
BEFORE, AFTER = 16, 3
# Within how many signs before a number it is said that something is one among so many.
AMONG = 14
# How many of the nearest quantities say of what table a word of rank is that says no more.
NEXT = 3
# From what strength on the code that was said before is the one that a sentence without a name speaks of.
POINTED = 0.3
_STOPS = re.compile(r"[;；。:：]")
# Chinese signs that only link what is said before a clause to it.
_LINKS = "在按从以就来看的中里内各个而言计论上年期两方面"


@dataclass(frozen=True, eq=False)
class AskedRank:
    """A word of rank with what is said around it."""

    block: Block
    sentence: tuple[int, int]
    word: PrintedNumber
    context: Context
    language: str


def ranks_asked(
    block: Block, place: tuple[int, int], read: Sentence, running: Running
) -> Iterator[AskedRank]:
    """Yield the words of rank of a sentence; what the text says on knows nothing of them."""
    for word in words_of_rank(read):
        if not lacks_its_name(read, word):
            aside = replace(running, called=set(running.called))
            yield AskedRank(block, place, word, aside.context(word, read), read.language)


class _Ranked(NamedTuple):
    """A quantity with those among which it is ranked, by kind or all, and how much is said of it."""

    score: float
    likes: list[tuple[Candidate, list[Candidate]]]


class SpokenRanks:
    """Judges words of rank by what is spoken of where they stand."""

    def __init__(self, catalogue: CandidateIndex, matchers: Mapping[str, Matcher]):
        self.catalogue = catalogue
        self._matchers = matchers

    def beside(
        self, checked: list[Checked], asked: Sequence[AskedRank], blocks: Sequence[Block]
    ) -> list[Checked]:
        """Return the numbers of a draft with those words of rank that no number of their sentence told."""
        order = {id(block): at for at, block in enumerate(blocks)}
        told = {(id(one.block), one.start) for one in checked if one.number.unit == RANK}
        left = [one for one in asked if (id(one.block), one.sentence[0] + one.word.start) not in told]
        made = self._judged(checked, left, order) if left else []
        if not made:
            return checked
        kept = [one for one in checked if not any(_is_within(one, word) for word in made)]
        return sorted([*kept, *made], key=lambda one: (order[id(one.block)], one.start, one.end))

    def _judged(
        self, checked: Sequence[Checked], asked: Sequence[AskedRank], order: Mapping[int, int]
    ) -> list[Checked]:
        """Return the words of rank that can be judged, each with its verdict."""
        data = [(order[id(one.block)], one.start, one) for one in checked if is_datum(one)]
        made: list[Checked] = []
        ranked: dict[tuple[int, int], Candidate] = {}
        for one in asked:
            place = order[id(one.block)], one.sentence[0] + one.word.start
            before = [held for at, start, held in data if (at, start) < place][-BEFORE:]
            after = [held for at, start, held in data if (at, start) > place][:AFTER]
            near = [held for held in before[::-1] if held.block.headings == one.block.headings]
            later = [held for held in after if held.block.headings == one.block.headings]
            low, _ = one.sentence
            verdict = self._verdict(one, near, later, ranked.get((id(one.block), low)))
            if verdict is not None and isinstance(verdict.derived, Derived):
                ranked[id(one.block), low] = verdict.derived.first
                start, end = low + one.word.start, low + one.word.end
                made.append(Checked(one.block, start, end, one.sentence, one.word, verdict, one.language))
        return made

    def _verdict(
        self,
        one: AskedRank,
        before: Sequence[Checked],
        after: Sequence[Checked],
        ranked: Candidate | None,
    ) -> Verdict | None:
        """Return the verdict on a word of rank by the numbers before and after it, the nearest first.

        ``ranked`` is the quantity of the word of rank before it in its sentence.
        """
        context, wanted = one.context, int(one.word.value)
        self._keep_what_tells(one)
        here = [
            held for held in (*before, *after) if held.sentence == one.sentence and held.block is one.block
        ]
        last = _settled(before)
        settled = [*([ranked] if ranked else _settled(here)), *last, *_settled(after)]
        favoured = (
            (ranked.series if ranked else twins(self.catalogue, settled[0])[0].series) if settled else None
        )
        by_name = RankWord(self.catalogue, context.sentence, one.word)
        matches = self._matches(context, favoured)
        groups = self._groups(one, by_name, matches, settled) or self._labelled(one, before, matches)
        if not groups and not is_bare(context.sentence, one.word):
            pointed = {axis: code for axis, (code, strength) in context.axes.items() if strength >= POINTED}
            if last and _names_nothing_before(context.sentence, one.word):
                codes = {axis: code for axis, code in last[0].axes.items() if axis not in UNRANKED}
                pointed |= codes
                context = replace(
                    context, axes=context.axes | {axis: (code, 1.0) for axis, code in codes.items()}
                )
            pointing = replace(by_name, pointed=pointed)
            groups = self._groups(one, pointing, self._matches(context, favoured), settled)
        if ranked is not None:
            groups = [one for one in groups if one.likes[0][0].series == ranked.series] or groups
        return _clear([(one.score, best_of(wanted, one.likes)) for one in groups]) if groups else None

    def _matches(self, context: Context, favoured: tuple | None) -> list[Match]:
        """Return the quantities that the words around a word of rank may speak of, the best first."""
        matches = self._matchers[context.sentence.language].ranked(context, favoured, free=True)[:LOOKED_AT]
        return [match for match in matches if match.in_period and not match.conflicts]

    def _groups(
        self, one: AskedRank, ranker: RankWord, matches: Sequence[Match], settled: Sequence[Candidate]
    ) -> list[_Ranked]:
        """Return the quantities that are spoken of, each with those among which it is ranked."""
        told = {held.table for spoken in settled[:NEXT] for held in twins(self.catalogue, spoken)}
        groups = [
            _Ranked(match.score, likes)
            for match in matches
            if match.score >= SPOKEN - NEAR
            if match.candidate.table in told or self._is_said(one.context, match.candidate, not told)
            for axis in match.candidate.axes
            if (likes := ranker.along(match.candidate, axis)) and not _is_of_another(one, likes[0][0])
        ]
        if not groups or groups[0].score < SPOKEN or self._says_more(one, groups[0].likes[0][0]):
            return []
        return [group for group in groups if not self._says_more(one, group.likes[0][0])]

    def _is_said(self, context: Context, own: Candidate, above: bool) -> bool:
        """Whether a sentence, if asked also what is above it, has a word of a quantity that no code gives."""
        family = self.catalogue.wordings.family(context.sentence.language)
        words = own.features[family].union(own.features["words"]).difference(*own.named_by.values())
        least = 0.0 if above else SENTENCE
        return any(weight >= least and name in words for name, weight in context.weights.items())

    def _labelled(self, one: AskedRank, before: Sequence[Checked], matches: Sequence[Match]) -> list[_Ranked]:
        """Return the quantities of the row of a table above whose label stands right before the word."""
        read, passing = one.context.sentence, self._passing(one.language)
        told = read.text[: one.word.start].lower()
        scores = {match.candidate.id: match.score for match in matches}
        plain = replace(read, mentions=[], features=[])
        groups = []
        for held in (held for held in before if held.block.kind == "row"):
            low, high = held.block.cells()[0]
            label = written_one_way(held.block.text[low:high].strip()).lower()
            at = told.rfind(label) + len(label) if label and label in told else len(read.text)
            between = (name.name for name in read.features if at <= name.start < one.word.start)
            coded = any(at - len(label) <= told.start < at for told in read.mentions)
            if coded or at > one.word.start or any(name not in passing for name in between):
                continue
            for own in (own for own in _settled([held]) if own.axes.get(MEASURE) not in PLANNED):
                ranker = RankWord(self.catalogue, plain, one.word, own.axes)
                groups += [
                    _Ranked(scores.get(own.id, 0.0), likes)
                    for like in printings(self.catalogue, own)
                    for axis in like.axes
                    if (likes := ranker.along(like, axis))
                ]
        return sorted(groups, key=lambda group: -group.score)

    def _passing(self, language: str) -> frozenset[str]:
        return self.catalogue.wordings.comparing(language, PASSING)

    def _keep_what_tells(self, one: AskedRank) -> None:
        """Leave out of a clause what says that something is ranked, and its numbers."""
        context, read = one.context, one.context.sentence
        places = [(own.start, own.end) for own in (one.word, *read.numbers)]
        numbers = {
            own.name
            for own in read.features
            if any(own.start < end and start < own.end for start, end in places)
        }
        passing = self._passing(one.language) | numbers
        context.local = {name: weight for name, weight in context.local.items() if name not in passing}

    def _says_more(self, one: AskedRank, own: Candidate) -> bool:
        """Whether a clause, or what stands before it, has telling words that are none of a quantity.

        "The third largest economy"; "Per inhabitant, the Arab States come first".
        """
        read, family = one.context.sentence, self.catalogue.wordings.family(one.language)
        held = own.features[family].union(own.features["words"], own.unit_features, *own.named_by.values())
        held |= self._passing(one.language)
        start, end = _in_front(read, one.word)
        if _of_some(read, one.word):
            return True
        if one.language == "zh":
            if _left(read, start, end, held):
                return True
            start = end
        rarity, unheard = self.catalogue.rarity[family], 0.0 if family == "zh" else UNHEARD
        words: dict[int, set[str]] = {}
        for feature in read.features:
            if feature.name in one.context.local or start <= feature.start < end:
                words.setdefault(feature.start, set()).add(feature.name)
        coded = {at for at in words if any(told.start <= at < told.end for told in read.mentions)}
        numbers = {at for at in words if any(told.start <= at < told.end for told in read.numbers)}
        return any(
            names.isdisjoint(held) and max(rarity.get(name, unheard) for name in names) > TOPIC
            for at, names in words.items()
            if at not in coded | numbers
        )


def _is_of_another(one: AskedRank, own: Candidate) -> bool:
    """Whether the code that is named nearest before a word of rank is another than a quantity has."""
    read, word = one.context.sentence, one.word
    return any(
        bool(named) and own.axes[axis] not in named[-1].code.split("|")
        for axis in own.axes.keys() - {*UNRANKED, PERIOD} - own.whole
        if (named := [held for held in read.mentions if _names(read, held, axis, word)])
    )


def _names(read: Sentence, mention: Mention, axis: str, word: PrintedNumber) -> bool:
    named = mention.axis == axis and mention.code != UNNAMED and mention.end <= word.start
    return named and not comes_after(read, mention)


def _clear(groups: Sequence[tuple[float, Verdict]]) -> Verdict | None:
    """Return the verdict on a rank of the quantity that is spoken of most, unless another speaks for it."""
    most, best = groups[0]
    near = [verdict.verdict for score, verdict in groups if score >= most - NEAR]
    return best if best.verdict == AGREES or AGREES not in near else None


def _settled(around: Sequence[Checked]) -> list[Candidate]:
    held = (one.verdict.candidate for one in around if one.verdict.is_right)
    return [candidate for candidate in held if candidate is not None]


def _names_nothing_before(read: Sentence, word: PrintedNumber) -> bool:
    """Whether a sentence names nothing before a word of rank: "elle se classe troisième"."""
    coded = any(one.axis not in (*UNRANKED, "period") and one.start < word.start for one in read.mentions)
    names = (own for own in read.features if 0 < own.start < word.start)
    return not coded and not any(read.text[own.start].isupper() for own in names)


def _is_within(one: Checked, word: Checked) -> bool:
    """Whether a number is an ordinal in digits, or a part of a word of rank: "dix" of "dix-neuvième"."""
    return one.block is word.block and one.start < word.end and word.start < one.end


def _of_some(read: Sentence, word: PrintedNumber) -> bool:
    """Whether a rank is one among so many: "among the three smallest regions, Europe comes first"."""
    before = (one for one in read.numbers if one.end <= word.start and not one.rule and not one.unit)
    said = (read.text[max(one.start - AMONG, 0) : one.start].lower() for one in before)
    return any(first_phrase(text, read.language, "among") for text in said)


def _in_front(read: Sentence, word: PrintedNumber) -> tuple[int, int]:
    """Return where what stands before the clause of a word of rank begins and ends: "In Europe, …"."""
    end, _ = read.clause_at(word.start, word.end)
    stops = [match.end() for match in _STOPS.finditer(read.text, 0, end)]
    told = [read.clause_at(one.end)[1] for one in read.numbers if not one.rule and one.end <= end]
    told += [one.end for one in words_of_rank(read) if one.end <= end]
    return max(0, *stops, *told) if stops or told else 0, end


def _left(read: Sentence, start: int, end: int, held: Set[str]) -> bool:
    """Whether signs are left of a stretch of a text without names, numbers and what is known."""
    known = [(one.start, one.end) for one in read.mentions]
    known += [(one.start, one.end) for one in read.numbers]
    known += [(one.start, one.end) for one in read.features if one.name in held]
    signs = {at for at in range(start, end) if read.text[at].isalpha() and read.text[at] not in _LINKS}
    return len(signs - {at for low, high in known for at in range(low, high)}) > 1
