"""What a number takes from its clause, sentence and table, from what stood before and the headings above."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from analysis.checking.candidates.belonging import (
    CODED,
    MEASURE,
    NAMED,
    before_next,
    code_of_word,
    denied_around,
    elsewhere,
    is_anothers,
    is_left_out,
    is_no_subject,
    of_another,
    of_next,
    weight_outside,
)
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.compared_periods import dates, is_only_compared
from analysis.checking.candidates.in_turn import codes_in_turn
from analysis.checking.candidates.period_given import give_period
from analysis.checking.candidates.periods_of_numbers import usable_periods
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import UNNAMED, Mention, Sentence
from analysis.checking.text.nicknames import AREA
from analysis.checking.text.read_once import read_alone
from analysis.checking.text.sentence_reading import sentence_of
from analysis.checking.text.words import Lexicon
from analysis.reading import PrintedNumber

CLAUSE, HEADER, BEFORE, HEADING, TOP = 1.0, 0.9, 0.35, 0.4, 0.2
FAR, LATELY, CAPTION = 150, 4, 2.0
# How strongly a heading that is nothing but a node's name is of all that stands below it.
NAMING = 0.6
# By how many signs farther a code seems that is hardly named.
FAINTER = 80
# How strongly "this region" says the one that another paragraph named.
POINTED = 0.7
# What is left of the words of another paragraph, and from which weight on.
AWAY, FAINTEST = 0.5, 0.2
# Within how many signs after a number the noun stands that it counts; in Chinese.
REACH = (26, 6)
# What a heading says of no number below it.
PASSING = (MEASURE, "source", "target_status")
# How strongly a code that an earlier sentence named still holds.
KEPT_FROM = 0.8
KEPT = {"outcome": 0.6, "output": 0.5, "region": 0.35, "indicator": 0.4}


@dataclass
class Running:
    """What a text has said so far, block by block.

    Attributes
    ----------
    lexicon : Lexicon
    language : str
    biennium : str
        The biennium of the record.
    plain : bool
        Whether headings are only guessed: in plain text, which marks none.
    spoken : list of Candidate
        Each quantity that was agreed on, in order.
    caption : str
        The last sentence before a table, where it has no numbers of its own.
    table : str
        Name of the table that is read.
    named, subjects : dict
        The code named last of each column, and the one that was named first below these headings: at which
        "this region" and "this area" point.
    above : tuple of str
        The headings of the block.
    section : dict
        The codes that were said since the headings changed, by column.
    places : dict
        The codes that were said in the whole text, by column without a whole: one that names one place alone
        is about it.
    periods : set of str
        The periods that were said.
    numbers : list of PrintedNumber
        Those of the sentence before.
    called : set of tuple
        Columns and codes that were only called by words of a title.
    captioned : set of str
        Columns of which the caption says a code, ``period`` among them.
    titled : dict or None
        The codes of the first headings of the text, by column; None before there were any.
    title : str or None
        The first heading, where it may be that of the whole text; empty once another like it has taken its
        place.
    """

    lexicon: Lexicon
    language: str
    biennium: str
    plain: bool = False
    previous: dict[str, float] = field(default_factory=dict)
    axes: dict[str, tuple[str, float]] = field(default_factory=dict)
    period: str = ""
    headings: dict[str, float] = field(default_factory=dict)
    heading_axes: dict[str, tuple[str, float]] = field(default_factory=dict)
    heading_period: str = ""
    spoken: list[Candidate] = field(default_factory=list)
    caption: str = ""
    table: str = ""
    named: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    section: dict[str, set[str]] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    periods: set[str] = field(default_factory=set)
    numbers: list[PrintedNumber] = field(default_factory=list)
    nearest: Sentence | None = None
    called: set[tuple[str, str]] = field(default_factory=set)
    captioned: set[str] = field(default_factory=set)
    titled: dict[str, str] | None = None
    title: str | None = None

    def open_block(self, headings: tuple[str, ...], table: str) -> None:
        """Take the headings of a block in; forget what another paragraph said, unless its table follows."""
        self.headings, self.heading_axes, self.heading_period = {}, {}, ""
        self.nearest, self.numbers = None, []
        if headings != self.above:
            self.above, self.section, self.subjects = headings, {}, {}
        clear = 1.0 if self.plain else AREA
        for level, text in enumerate((*headings[::-1], *self._above_all(headings))):
            read = read_alone(text, self.language, self.lexicon)
            self.nearest = self.nearest or read
            self._heard(read)
            for feature in read.features:
                self.headings.setdefault(feature.name, HEADING if not level else TOP)
            for mention in read.mentions:
                if mention.axis == "period" and not dates(read, mention):
                    self.heading_period = self.heading_period or mention.code
                elif mention.axis not in (*PASSING, "period") and mention.strength >= clear:
                    strength = 0.2 if level else NAMING if mention.called else 0.35
                    self.heading_axes.setdefault(mention.axis, (mention.code, strength))
        if headings and self.titled is None:
            self.titled = {axis: code for axis, (code, _) in self.heading_axes.items()}
        if not table:
            faded = {name: AWAY * value for name, value in self.previous.items() if value > FAINTEST}
            self.previous, self.axes, self.period, self.table = faded, {}, "", ""
        elif self.table and self.table != table:
            self.previous, self.axes, self.period, self.caption = {}, {}, "", ""
        elif not self.table:
            self.axes = {axis: held for axis, held in self.axes.items() if axis in self.captioned}
            self.period = self.period if "period" in self.captioned else ""
        self.table = table

    def _above_all(self, headings: tuple[str, ...]) -> tuple[str, ...]:
        """Return the title of the text where it stands no higher than the headings of its sections.

        The first heading is one until another of its height names another code of a column of which it says
        one: then they are sections, each of its own subject.
        """
        if not headings or self.plain:
            return ()
        self.title = headings[0] if self.title is None else self.title
        if self.title in ("", headings[0]):
            return ()
        first, other = (self._named_by(text) for text in (self.title, headings[0]))
        others = any(first.get(axis, code) != code for axis, code in other.items())
        self.title = "" if others or not first else self.title
        return (self.title,) if self.title else ()

    def _named_by(self, heading: str) -> dict[str, str]:
        """Return the codes that a heading says, by column."""
        mentions = read_alone(heading, self.language, self.lexicon).mentions
        return {one.axis: one.code for one in mentions if one.axis not in (*PASSING, "period")}

    def _heard(self, read: Sentence) -> None:
        """Keep which codes and periods the text has said."""
        self.called_by(read)
        for mention in read.mentions:
            if mention.axis == "period":
                # "The round before" is its number's alone.
                self.periods |= {mention.code} if not (mention.relative and "-" in mention.code) else set()
            elif mention.code != UNNAMED and not self._is_whole(mention):
                self.section.setdefault(mention.axis, set()).update(mention.code.split("|"))
                if mention.axis in self.lexicon.without_whole:
                    self.places.setdefault(mention.axis, set()).update(mention.code.split("|"))

    def _is_whole(self, mention: Mention) -> bool:
        return mention.code in self.lexicon.whole_codes.get(mention.axis, ())

    def _listed(self, read: Sentence) -> set[str]:
        """Return the columns of which a sentence names several codes, so that none of them is its subject."""
        named: dict[str, set[str]] = {}
        for mention in read.mentions:
            if mention.axis in CODED and mention.code != UNNAMED and not self._is_whole(mention):
                named.setdefault(mention.axis, set()).add(mention.code)
        return {axis for axis, codes in named.items() if len(codes) > 1}

    def meant(self, axis: str) -> str:
        """Return the code at which "this region" or "this area" points; nothing where none was named.

        In plain text, whose headings are only guessed, that is the one named last.
        """
        above = self.heading_axes.get(axis, ("", 0.0))[0]
        first = "" if self.plain else self.subjects.get(axis, "")
        return above or first or (self.titled or {}).get(axis, "") or self.named.get(axis, "")

    def called_by(self, *told: Sentence | None) -> None:
        """Keep which codes were only called by words of their title, in a sentence and above it."""
        for mention in (one for read in told if read is not None for one in read.mentions):
            (self.called.add if mention.called else self.called.discard)((mention.axis, mention.code))

    def sentence(self, text: str, numbers: list[PrintedNumber]) -> Sentence:
        """Return a sentence read, with periods counted from what was said last, or from the year reported on.

        "The year before" of a text on 2023 is 2022; a year before a biennium is none that anybody means.
        """
        anchor = self.period or self.heading_period or self.biennium * ("-" not in self.biennium)
        return sentence_of(text, numbers, self.language, self.lexicon, anchor, self.biennium)

    def context(
        self,
        number: PrintedNumber,
        read: Sentence,
        header: Sentence | None = None,
        stub: Sentence | None = None,
    ) -> Context:
        """Return what is said about one number; ``header`` is its column's, ``stub`` the first column's."""
        self.called_by(read, header, stub)
        lately = [candidate.table.partition(".")[0] for candidate in self.spoken[-LATELY:]]
        documents = {name: lately.count(name) / LATELY for name in set(lately)}
        made = Context(number, read, in_row=header is not None, documents=documents)
        made.lost = stub is not None and header is None
        made.periods = frozenset(self.periods)
        made.denies = denied_around(read, number, header, self.nearest)
        (low, high), clause = read.stretch(number), read.clause(number)
        for source, weight in ((self.headings, 1.0), (self.previous, CAPTION if made.in_row else 1.0)):
            for name, value in source.items():
                made.weights[name] = max(made.weights.get(name, 0), value * weight)
        others = {feature.start for feature in read.features if of_another(read, number, feature.start)}
        left = [one for one in read.mentions if header is None and is_left_out(read, number, one)]
        others |= {
            feature.start
            for feature in read.features
            if any(one.start <= feature.start < one.end for one in left)
        }
        for feature in read.features:
            row = header is not None
            joined = not row and of_next(read, number, feature.start)
            inside = row or (low <= feature.start and feature.end <= high and feature.start not in others)
            inside = inside and not joined
            weight = CLAUSE if inside else weight_outside(read, number, feature.start)
            if row or (
                clause[0] <= feature.start
                and feature.end <= clause[1]
                and feature.start not in others
                and not joined
            ):
                made.local[feature.name] = 1.0
                said = code_of_word(read, feature.start, NAMED)
                if said is not None:
                    made.coded[feature.name] = (said.axis, said.code)
            if inside and code_of_word(read, feature.start) is None:
                made.telling.add(feature.name)
            made.weights[feature.name] = max(made.weights.get(feature.name, 0), weight)
        for term in (*(header.features if header else ()), *(stub.features if stub else ())):
            made.weights[term.name] = max(made.weights.get(term.name, 0), HEADER)
            made.local[term.name] = 1.0
        made.counted = tuple(
            (feature.start, feature.name)
            for feature in read.features
            if number.end <= feature.start <= min(number.end + REACH[read.language == "zh"], clause[1])
            and feature.start not in others
        )
        self._axes(made, read, header)
        for mention in stub.mentions if made.lost and stub is not None else ():
            if mention.axis != "period":
                made.axes[mention.axis] = (mention.code, 1.0)
        give_period(self, made, read, header)
        return made

    def _axes(self, made: Context, read: Sentence, header: Sentence | None) -> None:
        made.axes.update({axis: ("".join(some), TOP) for axis, some in self.places.items() if len(some) == 1})
        made.axes.update(self.heading_axes)
        made.axes.update({axis: held for axis, held in self.axes.items() if held[1] > 0.05})
        low, high = read.clause(made.number)
        nearest: dict[str, tuple[tuple, Mention]] = {}
        for mention in read.mentions:
            if mention.axis == "period" or (header is None and elsewhere(read, made.number, mention)):
                continue
            if mention.code == UNNAMED and (meant := self.meant(mention.axis)):
                if all(one.axis != mention.axis or one.code == UNNAMED for one in read.mentions):
                    alone = len(self.section.get(mention.axis, ())) < 2
                    made.axes[mention.axis] = (meant, 1.0 if alone else POINTED)
                    continue
                mention = replace(mention, code=meant)
            if header is None and is_anothers(read, made.number, mention):
                continue
            after = header is None and mention.start > made.number.start
            after = after and (read.parted(made.number, mention) or before_next(read, made.number, mention))
            if self._is_whole(mention) and any(
                other.axis == mention.axis and not self._is_whole(other) and low <= other.start < high
                for other in read.mentions
            ):
                continue
            far = (after, read.distance(made.number, mention) + FAINTER * (1 - mention.strength))
            if mention.axis not in nearest or far < nearest[mention.axis][0]:
                nearest[mention.axis] = (far, mention)
        for axis, ((after, far), mention) in nearest.items():
            strength = (
                0.3 if after else 1.0 if far <= 60 or header is not None else 0.75 if far < FAR else 0.5
            )
            made.axes[axis] = (mention.code, strength * mention.strength)
        if header is None:
            made.axes |= {axis: (code, 1.0) for axis, code in codes_in_turn(read, made.number)}
        if self.plain:
            held = {axis for axis, (code, _) in self.heading_axes.items() if made.axes[axis][0] == code}
            made.guessed = frozenset(held - nearest.keys())
        if header is not None:
            for mention in header.mentions:
                if mention.axis != "period":
                    made.axes[mention.axis] = (mention.code, mention.strength)
        made.called = frozenset(axis for axis, (code, _) in made.axes.items() if (axis, code) in self.called)

    def close_sentence(self, read: Sentence) -> None:
        """Keep what a sentence said for those that follow."""
        self._heard(read)
        self.numbers, self.caption = read.numbers, ""
        if all(number.rule for number in read.numbers) or read.text.rstrip().endswith((":", "：")):
            self.caption = read.text
        self.captioned = {mention.axis for mention in read.mentions if self.caption}
        fresh = {feature.name: BEFORE for feature in read.features}
        for name, value in self.previous.items():
            fresh[name] = max(fresh.get(name, 0), 0.5 * value)
        self.previous = {name: value for name, value in fresh.items() if value >= 0.08}
        self.axes = {
            name: (code, 0.6 * strength) for name, (code, strength) in self.axes.items() if strength > 0.1
        }
        first = next((number for number in read.numbers if not number.rule), None)
        own = first is None or bool(usable_periods(read, first))
        listed, told = self._listed(read), list[str]()
        for mention in read.mentions:
            if self._is_whole(mention) or (mention.axis != "period" and is_no_subject(read, mention)):
                continue
            if mention.axis != "period" and mention.code != UNNAMED and mention.strength >= KEPT_FROM:
                self.named[mention.axis] = mention.code
                self.subjects.setdefault(mention.axis, mention.code)
            if mention.code == UNNAMED and (meant := self.meant(mention.axis)):
                self.axes[mention.axis] = (meant, KEPT.get(mention.axis, 0.05))
            elif mention.axis in listed:
                continue
            elif mention.axis != "period" and mention.code != UNNAMED and mention.strength >= KEPT_FROM:
                self.axes[mention.axis] = (mention.code, KEPT.get(mention.axis, 0.05) * mention.strength)
            elif (
                mention.axis == "period"
                and not mention.relative
                and not is_only_compared(read, mention)
                and not dates(read, mention)
                and own
            ):
                told.append(mention.code)
        if told:  # "6.2 in 2021, after 6.6 in 2020": the later year is spoken of
            self.period = max(told) if all(map(str.isdecimal, told)) else told[-1]
