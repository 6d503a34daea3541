"""What a sentence says beside its numbers: words, codes and periods, with their places."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from analysis.checking.text.periods import biennium_of, is_of_nothing_counted, shifted, spoken_period
from analysis.checking.text.words import Feature, Lexicon, features_of
from analysis.reading import PrintedNumber
from analysis.reading.languages import as_a_word, written_one_way

_CLAUSE = re.compile(r"[,;()，；、（）—–|]|\s-\s|\.\*{0,2}\s|。")
_INSERTED = re.compile(r"\s?(?:%|per cent)?\s?[(（][^()（）]*[)）]")
# The end of brackets in which a number stands: "20 targets (35 %) in 2020-21".
_CLOSING = re.compile(r"\s?(?:%|per cent|pour cent|por ciento)?\s?[)）]")
# What is only put beside a word, in brackets: an abbreviation, an age.
_ASIDE = re.compile(r"[(（][^()（）]{1,24}[)）]")
_AND = re.compile(r"(?:地区|区域)?\s*(?:and|et|y|e|和|、|及|,)?\s*(?:les |las |los |the )?")
# "2020年的7.2%": the period is said of the number after it, however near another stands behind.
_OWN = re.compile(r"\s*年?\s*的\s*[约近]?\s*")
_YEARS = re.compile(r"\b(?:19|20)\d\d\s(?:and|et|y|to|à|a)\s(?P<later>(?:19|20)\d\d)\b")
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
# "68 % de ellos", "deux d'entre eux": who they are is of no sex.
_OF_THEM = re.compile(r"\s*(?:%|por ciento|pour cent)?\s*(?:de|entre|d['’]entre|parmi)\s+(?:l[ao]s\s+)?")
_NODE = re.compile(
    r"\s*(?:n(?:[°ºo]|úm)?s?\.?[°ºo]?\.?\s*)?([A-C]\b(?!\.)|(?:[A-C]\.)?\d+(?:\.\d+)*)(?!\s*%)"
)
# The numbers of several nodes, and what makes them a range: "outcomes 1, 2 and 3", "outcomes 3 to 8".
_CODE, _RANGE = re.compile(r"\d+(?:\.\d+)*"), re.compile(r"[–‑-]|\b(?:to|à|al?)\b|[至到]", re.I)
# Before a number that is told instead of a name: "le 7", "al 3".
_ARTICLE = re.compile(r"(?<!\w)(?:le|au|du|el|al|del)\s+$", re.I)
_SIGNS = "一二三四五六七八九十"
_SIGN = re.compile(rf"[{_SIGNS}](?![{_SIGNS}百千万亿个项成年期分倍%％类方共些直起般样致旦定次])")
_RIGHT = re.compile(r"\s*[:：]?\s*(?:of|de|为|是)?\s*")
# Columns whose codes, said together, are meant together; a code that only points at one.
TOGETHER = ("sex", "region")
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
    return _any_of(language, "denial").search(text, low, high) is not None


def denial(text: str, low: int, high: int, language: str) -> tuple[int, int] | None:
    """Return the place of a word that denies what a number is said of; None where there is none."""
    return match.span() if (match := _any_of(language, "denied").search(text, low, high)) else None


@cache
def _any_of(language: str, names: str) -> re.Pattern[str]:
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


def sentence_of(
    text: str, numbers: list[PrintedNumber], language: str, lexicon: Lexicon, anchor: str, present: str = ""
) -> Sentence:
    """Return a sentence read: its features without those of numbers, its codes, and its periods.

    ``numbers`` have their places in the text; ``anchor`` is the period that "the year before" at the start
    would be counted from, ``present`` the one that "now" says where the sentence speaks of another: "200 days
    in 2016–17, now 148".
    """
    text = written_one_way(text)
    data = [number for number in numbers if number.rule not in ("name", "age")]
    features = [
        feature
        for feature in features_of(text, lexicon)
        if not (
            feature.name.startswith("#")
            and any(one.start < feature.end and feature.start < one.end for one in data)
        )
    ]
    read = Sentence(text, language, numbers, [feature for feature in features if ":" not in feature.name])
    coded = [feature for feature in features if ":" in feature.name]
    names = [match.span() for match in _any_of(language, "plans_by_name").finditer(text)]
    for feature in coded:
        axis, _, code = feature.name.partition(":")
        before, points = axis == BEFORE, axis == POINTS
        if axis in (BEFORE, SPOKEN, POINTS):
            axis, _, code = code.partition(":")
        named = axis == "measure" and any(low <= feature.start < high for low, high in names)
        others = [one for one in coded if _another(one, axis, code)]
        if named or (points and not others):
            continue
        if (
            points
            and _of_them(text, feature, numbers)
            and not any(_of_them(text, one, numbers) for one in others)
        ):
            continue
        if axis == "axis":
            called = _by_number(feature, code, text, numbers)
            read.mentions += [called] if called else []
        elif _is_part_of_another(feature, coded):
            continue
        elif before:
            after = (one for one in numbers if one.start >= feature.end and not one.rule)
            if any(_RIGHT.fullmatch(text[feature.end : one.start]) for one in after):
                read.mentions.append(Mention(feature.start, feature.end, axis, code))
        else:
            read.mentions.append(Mention(feature.start, feature.end, axis, code))
    read.mentions += _told_again(read)
    read.mentions = _apart(_merged(read))
    told = first_phrase(text.lower(), language, "this_region")
    at = text.lower().find(told) if told else -1
    low, high = read.clause_at(at, at + len(told)) if told else (0, 0)
    if told and not any(one.axis == "region" and low <= one.start < high for one in read.mentions):
        read.mentions.append(Mention(at, at + len(told), "region", UNNAMED))
    if lexicon.nicknames is not None:
        pointed = first_phrase(text.lower(), language, "this_area")
        for level in [*lexicon.nicknames.levels][:1] if pointed else ():
            at = text.lower().find(pointed)
            if not any(mention.axis == level for mention in read.mentions):
                read.mentions.append(Mention(at, at + len(pointed), level, UNNAMED))
        read.mentions += [
            Mention(name.start, name.end, name.level, name.code, strength=name.strength, called=True)
            for name in lexicon.nicknames.called(read)
        ]
    read.mentions += _periods(read, anchor, present)
    kinds = ["this_biennium"] + ["now"] * any(one.axis == "period" for one in read.mentions)
    spans = (match.span() for kind in kinds for match in _any_of(language, kind).finditer(text))
    read.mentions += [Mention(*span, "period", present, True) for span in spans if present]
    return read


def _of_them(text: str, feature: Feature, numbers: list[PrintedNumber]) -> bool:
    """Whether a word says right behind a number of whom it is a part: "68 % de ellos"."""
    return any(_OF_THEM.fullmatch(text[one.end : feature.start]) for one in numbers)


def _is_part_of_another(feature: Feature, coded: list[Feature]) -> bool:
    """Whether a longer word for a code holds one: "budget" of "regular budget"."""
    length = feature.end - feature.start
    around = (one for one in coded if one.start <= feature.start and feature.end <= one.end)
    return any(one.end - one.start > length for one in around)


def _another(feature: Feature, axis: str, code: str) -> bool:
    """Whether a feature says another code of a column."""
    parts = feature.name.split(":")
    return len(parts) > 1 and parts[-2] == axis and parts[-1] != code


def _by_number(feature: Feature, level: str, text: str, numbers: list[PrintedNumber]) -> Mention | None:
    """Return the node that is called by its number: "outcome 4", "output 1.2", 成果四; None where none is.

    Of "outcomes 1, 2 and 3" any may be meant by each number.
    """
    match = _NODE.match(text, feature.end)
    if match:
        start = match.start(1)
        listed = next((one.text for one in numbers if one.rule == "name" and one.start == start), "")
        if len(codes := _CODE.findall(listed)) > 1 and not _RANGE.search(listed):
            return Mention(feature.start, start + len(listed), level, "|".join(codes))
        ruled = any(one.rule for one in numbers if one.start <= start < one.end or one.start == feature.start)
        known = ruled or match[1].isalpha()
        return Mention(feature.start, match.end(), level, match[1]) if known else None
    sign = _SIGN.match(text, feature.end)
    if sign:
        return Mention(feature.start, sign.end(), level, str(_SIGNS.index(sign[0]) + 1))
    for one in numbers:
        if one.rule == "name" and one.words and 0 <= one.start - feature.end <= 1:
            return Mention(feature.start, one.end, level, str(one.value))
    return None


def _told_again(read: Sentence) -> list[Mention]:
    """Return the nodes of which only the number is told again: "le résultat 3 a coûté 225,1, le 7, 280,6"."""
    named = [one for one in read.mentions if read.text[one.end - 1].isdigit()]
    again = []
    for number in read.numbers:
        short = number.rule == "name" and _ARTICLE.search(read.text, 0, number.start)
        before = [one for one in named if one.end < number.start]
        if short and before:
            again.append(Mention(short.start(), number.end, before[-1].axis, number.text))
    return again


def _merged(read: Sentence) -> Sentence:
    """Join codes of one column that the same words may mean: "planned" is a target or a budget."""
    held: dict[tuple[int, int, str], str] = {}
    for mention in read.mentions:
        place = (mention.start, mention.end, mention.axis)
        known = held.get(place, "").split("|")
        held[place] = "|".join(dict.fromkeys(code for code in (*known, *mention.code.split("|")) if code))
    read.mentions = [Mention(start, end, axis, code) for (start, end, axis), code in held.items()]
    return read


def _apart(read: Sentence) -> list[Mention]:
    """Leave out codes that are said together: "women and men" are everybody; so are regions in a row."""
    kept = []
    for mention in read.mentions:
        together = any(
            other.axis == mention.axis
            and other.code != mention.code
            and re.fullmatch(_AND, read.text[min(mention.end, other.end) : max(mention.start, other.start)])
            for other in read.mentions
            if other is not mention
            and mention.axis in TOGETHER
            and not first_phrase(read.text.lower(), read.language, "each")
        )
        if not together:
            kept.append(mention)
    return kept


def _periods(read: Sentence, anchor: str, present: str) -> list[Mention]:
    spoken = [
        Mention(number.start, number.end, "period", period)
        for number in read.numbers
        if number.rule in ("period", "date")
        and not is_of_nothing_counted(read.text, number)
        and (period := spoken_period(read.text[number.start : number.end + 4]))
    ]
    for first in list(spoken):
        later = _YEARS.search(read.text, first.start, first.end)
        if later:  # "between 2019 and 2020": of what moved, the later; of what it moved from, the first
            spoken.append(Mention(first.start, first.end, "period", later["later"]))
    steps = {"year_before": -1, "year_after": 1, "years_after": 2, "same": 0}
    steps |= {"biennium_before": -1, "biennium_after": 1}
    lowered = read.text.lower()
    for name, step in steps.items():
        for phrase in (phrase for phrase in phrases(read.language)[name] if phrase in lowered):
            ended = "" if read.language == "zh" else r"(?!\w)"
            for match in re.finditer(
                rf"{re.escape(phrase)}{ended}(?!\s*[(（]\s*\d{{4}})", lowered
            ):  # "(2016–17)"
                if any(
                    one.relative and one.start < match.end() and match.start() < one.end for one in spoken
                ):
                    continue
                earlier = [mention for mention in spoken if mention.start < match.start()]
                base = earlier[-1].code if earlier else anchor
                if name.startswith("biennium") and "-" not in base:
                    base = biennium_of(base) if base else present
                if shifted(base, step):
                    spoken.append(Mention(match.start(), match.end(), "period", shifted(base, step), True))
    return spoken
