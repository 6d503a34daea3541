"""What a sentence says beside its numbers: words, codes and periods, with their places."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from analysis.checking.text.words import Feature
from analysis.reading import PrintedNumber
from analysis.reading.languages import as_a_word

_CLAUSE = re.compile(r"[,;()，；、（）—–|]|\s-\s|\.\*{0,2}\s|。")
_INSERTED = re.compile(r"\s?(?:%|per cent)?\s?[(（][^()（）]*[)）]")
# The end of brackets in which a number stands: "20 targets (35 %) in 2020-21".
_CLOSING = re.compile(r"\s?(?:%|per cent|pour cent|por ciento)?\s?[)）]")
# What is only put beside a word, in brackets: an abbreviation, an age.
_ASIDE = re.compile(r"[(（][^()（）]{1,24}[)）]")
# "2020年的7.2%": the period is said of the number after it, however near another stands behind.
_OWN = re.compile(r"\s*年?\s*的\s*[约近]?\s*")
_UNITS = re.compile(
    r"\s*(?:per cent|percent|percentage points?|pour cent|por ciento|points de pourcentage|"
    r"puntos porcentuales|%)\s*",
    re.I,
)
_TO = re.compile(r"(?:\band|\bet|\by|\bto|\bà|\bau|\bal?|升至|降至|增至|减至|至|到)\s*$", re.I)
_LINK = re.compile(
    r"\s*(?:\w+ )?(?:came |was |were |is |are )?(?:from|of|in|for|under|by|among|to|du|de|des|en|dans|"
    r"pour|chez|au|aux|au titre de|del|al|por|entre|para)(?: the| la| le| les| los| las| l')?\s*",
    re.I,
)
CROSSED, PARTED, SENTENCE = 30, 8, 40
# Of terms that say a code in texts, not in titles: anywhere ("achieved"), or right before a number: 计划40项.
# Of words that point: a code, where the sentence says another of its column: "63 girls, 97 boys; for her, …".
SPOKEN, BEFORE, POINTS = "spoken", "before", "points"
# A code that only points at one.
UNNAMED = "?"


@cache
def phrases(language: str) -> dict[str, list[str]]:
    """Return the phrases of a language by what they point at."""
    return tomllib.loads(files("analysis.checking").joinpath("phrases.toml").read_text(encoding="utf-8"))[
        language
    ]


@dataclass(frozen=True)
class Mention:
    """Something that is said at a place: a code of a column, or a period.

    Attributes
    ----------
    start, end : int
    axis : str
        The column, or ``period``.
    code : str
    relative : bool
        Whether it is said by pointing at another ("the year before").
    strength : float
        How clearly: less than 1 where it is only called by a part of its title.
    called : bool
        Whether it is called by words of its title, not by its code.
    """

    start: int
    end: int
    axis: str
    code: str
    relative: bool = False
    strength: float = 1.0
    called: bool = False


@dataclass
class Sentence:
    """A sentence with its numbers and what stands beside them.

    Attributes
    ----------
    text : str
        With spaces, digits and hyphens written one way.
    language : str
    numbers : list of PrintedNumber
        Places counted from the sentence's start.
    features : list of Feature
    mentions : list of Mention
    """

    text: str
    language: str
    numbers: list[PrintedNumber]
    features: list[Feature]
    mentions: list[Mention] = field(default_factory=list)
    _ends: list[tuple[int, int]] | None = None
    _bounds: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def crossed(self, number: PrintedNumber, mention: Mention) -> int:
        """Return how many other numbers stand between a number and a mention."""
        low, high = sorted((number.start, mention.start))
        if mention.start >= number.end:
            low = self._behind(number, mention) - 1
        return sum(
            low < other.start < high and not other.rule for other in self.numbers if other is not number
        )

    def _behind(self, number: PrintedNumber, mention: Mention) -> int:
        """Return where a number before a mention ends, and what is in brackets after it, or its own ones."""
        inserted = _INSERTED.match(self.text, number.end, mention.start)
        if mention.axis == "period":
            inserted = inserted or _CLOSING.match(self.text, number.end, mention.start)
        return inserted.end() if inserted else number.end

    def parted(self, number: PrintedNumber, mention: Mention) -> bool:
        """Return whether a clause ends between a number and a mention after it."""
        return bool(_CLAUSE.search(self.text[self._behind(number, mention) : mention.start]))

    def clause(self, number: PrintedNumber) -> tuple[int, int]:
        """Return the bounds of the clause of a number; what is in brackets after it parts nothing."""
        low, high = self.clause_at(number.start, number.end)
        inserted = _INSERTED.match(self.text, number.end)
        return (low, self.clause_at(inserted.end())[1]) if inserted else (low, high)

    def inserted(self, number: PrintedNumber, place: int) -> bool:
        """Return whether a place is in brackets right after a number that have numbers of their own."""
        aside = _INSERTED.match(self.text, number.end)
        return aside is not None and aside.start() < place < aside.end() and self._holds_data(*aside.span())

    def clause_at(self, start: int, end: int | None = None) -> tuple[int, int]:
        """Return the bounds of the clause at a place."""
        end = start if end is None else end
        if (start, end) in self._bounds:
            return self._bounds[start, end]
        if self._ends is None:
            asides = (match.span() for match in _ASIDE.finditer(self.text))
            within = {place for span in asides if not self._holds_data(*span) for place in range(*span)}
            self._ends = [
                match.span() for match in _CLAUSE.finditer(self.text) if match.start() not in within
            ]
        before = bisect_right(self._ends, start, key=lambda span: span[1])
        behind = bisect_left(self._ends, end, key=lambda span: span[0])
        low = self._ends[before - 1][1] if before else 0
        high = self._ends[behind][0] if behind < len(self._ends) else len(self.text)
        return self._bounds.setdefault((start, end), (low, high))

    def _holds_data(self, start: int, end: int) -> bool:
        return any(start <= number.start < end and not number.rule for number in self.numbers)

    def stretch(self, number: PrintedNumber) -> tuple[int, int]:
        """Return the bounds of a number's clause and of those before it that have no number of their own."""
        low, high = self.clause(number)
        data = [other.end for other in self.numbers if not other.rule and other.end <= number.start]
        last = self.clause_at(max(data))[1] if data else 0
        return min(low, max(last, 0)) if not data or last <= low else low, high

    def distance(self, number: PrintedNumber, mention: Mention) -> float:
        """Return how far a mention stands from a number: signs between, and what lies between."""
        low, high = (
            (mention.end, number.start) if mention.end <= number.start else (number.end, mention.start)
        )
        if low > high:
            return 0.0
        if mention.start >= number.end:
            low = self._behind(number, mention)
        if mention.end <= number.start and self.language == "zh" and _OWN.fullmatch(self.text[low:high]):
            return 0.0
        between = _UNITS.sub("", self.text[low:high])
        crossed = sum(low <= other.start and other.end <= high and not other.rule for other in self.numbers)
        parted = len(_CLAUSE.findall(between))
        after = 4 if mention.start >= number.end else 0
        if after and _LINK.fullmatch(self._but_for_others(between, low, mention)):
            return 0.0
        after += 15 if not after and _TO.search(between) else 0
        return (
            len(between) * (3 if self.language == "zh" else 1) + CROSSED * crossed + PARTED * parted + after
        )

    def _but_for_others(self, between: str, low: int, mention: Mention) -> str:
        """Return what stands before a mention without the code of another column: "of the young men"."""
        for other in self.mentions:
            if other.axis != mention.axis and low <= other.start and other.end <= mention.start:
                between = between.replace(self.text[other.start : other.end], "").replace("  ", " ")
        return between

    def enclosed(self, number: PrintedNumber, mention: Mention) -> bool:
        """Return whether a mention before a number stands in brackets that are closed before it."""
        if mention.start >= number.start:
            return False
        between = self.text[mention.start : number.start]
        closing = max(between.find(")"), between.find("）"))
        return closing >= 0 and not any(sign in between[:closing] for sign in "(（")

    def near(self, number: PrintedNumber, names: str, width: int = 36) -> str:
        """Return the first phrase of a kind that stands near a number, or nothing."""
        low, high = self.clause(number)
        around = self.text[max(low, number.start - width) : min(high, number.end + width)].lower()
        return first_phrase(around, self.language, names)

    def before(self, number: PrintedNumber, names: str) -> str:
        """Return the phrase of a kind that stands right before a number, or nothing."""
        text = self.text[max(0, number.start - 28) : number.start].lower().rstrip(" $us€£")
        for phrase in phrases(self.language)[names]:
            if text.endswith(phrase) and (self.language == "zh" or not text[: -len(phrase)][-1:].isalpha()):
                return phrase
        return ""


def denied(text: str, low: int, high: int, language: str) -> bool:
    """Whether a stretch of a text says that something is not so."""
    return pattern_of_any(language, "denial").search(text, low, high) is not None


def denial(text: str, low: int, high: int, language: str) -> tuple[int, int] | None:
    """Return the place of a word that denies what a number is said of; None where there is none."""
    return match.span() if (match := pattern_of_any(language, "denied").search(text, low, high)) else None


@cache
def pattern_of_any(language: str, names: str) -> re.Pattern[str]:
    """Return the pattern of every phrase of a kind, as words."""
    before, after = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    return re.compile(f"{before}(?:{'|'.join(map(re.escape, phrases(language)[names]))}){after}", re.I)


def is_linked(between: str) -> bool:
    """Whether only a unit and a word as "of" or "from" stand between a number and what it is of."""
    return bool(_LINK.fullmatch(_UNITS.sub("", between)))


def is_own(between: str) -> bool:
    """Whether a period is said of the number right after it: 2020年的7.2%."""
    return bool(_OWN.fullmatch(between))


def first_phrase(text: str, language: str, names: str) -> str:
    """Return the first phrase of a kind that a text holds, or nothing; 少 of 至少 is none."""
    for compound in phrases(language).get("compounds", ()):
        text = text.replace(compound, " " * len(compound))
    said = (phrase for phrase in phrases(language)[names] if phrase in text)
    return next((phrase for phrase in said if language == "zh" or as_a_word(phrase).search(text)), "")
