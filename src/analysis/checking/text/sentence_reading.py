"""What a sentence says: its words, codes and periods, by the terms of its language."""

from __future__ import annotations

import re

from analysis.checking.text.mentions import (
    BEFORE,
    POINTS,
    SPOKEN,
    UNNAMED,
    Mention,
    Sentence,
    first_phrase,
    pattern_of_any,
    phrases,
)
from analysis.checking.text.periods import biennium_of, is_of_nothing_counted, shifted, spoken_period
from analysis.checking.text.words import Feature, Lexicon, features_of
from analysis.reading import PrintedNumber
from analysis.reading.languages import written_one_way

_YEARS = re.compile(r"\b(?:19|20)\d\d\s(?:and|et|y|to|à|a)\s(?P<later>(?:19|20)\d\d)\b")
# "68 % de ellos", "deux d'entre eux": who they are is of no sex.
_OF_THEM = re.compile(r"\s*(?:%|por ciento|pour cent)?\s*(?:de|entre|d['’]entre|parmi)\s+(?:l[ao]s\s+)?")
_NODE = re.compile(
    r"\s*(?:n(?:[°ºo]|úm)?s?\.?[°ºo]?\.?\s*)?([A-C]\b(?!\.)|(?:[A-C]\.)?\d+(?:\.\d+)*)(?!\s*%)"
)
# The numbers of several nodes, and what makes them a range: "outcomes 1, 2 and 3", "outcomes 3 to 8".
_CODE, _RANGE = re.compile(r"\d+(?:\.\d+)*"), re.compile(r"[–‑-]|\b(?:to|à|al?)\b|[至到]", re.I)
_SIGNS = "一二三四五六七八九十"
_SIGN = re.compile(rf"[{_SIGNS}](?![{_SIGNS}百千万亿个项成年期分倍%％类方共些直起般样致旦定次])")
# Before a number that is told instead of a name: "le 7", "al 3".
_ARTICLE = re.compile(r"(?<!\w)(?:le|au|du|el|al|del)\s+$", re.I)
_AND = re.compile(r"(?:地区|区域)?\s*(?:and|et|y|e|和|、|及|,)?\s*(?:les |las |los |the )?")
# Columns whose codes, said together, are meant together.
TOGETHER = ("sex", "region")
_RIGHT = re.compile(r"\s*[:：]?\s*(?:of|de|为|是)?\s*")


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
    names = [match.span() for match in pattern_of_any(language, "plans_by_name").finditer(text)]
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
    spans = (match.span() for kind in kinds for match in pattern_of_any(language, kind).finditer(text))
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


def _another(feature: Feature, axis: str, code: str) -> bool:
    """Whether a feature says another code of a column."""
    parts = feature.name.split(":")
    return len(parts) > 1 and parts[-2] == axis and parts[-1] != code


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
