"""Words of direction and rank in a sentence: "rose", 下降, "the second largest"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.checking.text.mentions import Sentence, phrases
from analysis.reading import PrintedNumber
from analysis.reading.languages import in_small_letters

DIRECTION, RANK = IN_WORDS = ("direction", "rank")
# As how many signs a clause between a word and a number counts, and that the number stands before the word.
PARTED, EARLIER = 25, 12
# Below which place a rank may be told in digits.
MOST = 60
_PARTS = re.compile(r"[;；。]|[,，、]")
_WORD = re.compile(r"\w+")


def far_from(read: Sentence, word: PrintedNumber, number: PrintedNumber) -> tuple[int, int]:
    """Return how far a number stands from a word, farther where it stands before, and the stops between."""
    after = number.start >= word.end
    between = read.text[word.end : number.start] if after else read.text[number.end : word.start]
    parts = _PARTS.findall(between)
    far = len(between) * (2 if read.language == "zh" else 1) + PARTED * len(parts)
    return far + (0 if after else EARLIER), sum(sign in ";；。" for sign in parts)


class JudgedWord(NamedTuple):
    """A word of direction or rank: where it begins and ends, its kind and its place.

    ``bare`` is a word of rank that is one only right beside a name: "Africa, third, …".
    """

    start: int
    end: int
    kind: str
    place: int
    bare: bool


def words_judged(read: Sentence) -> list[JudgedWord]:
    """Return the words of a sentence that may be judged.

    Of a word of direction the place is 1 for up and -1 for down; of a word of rank it is counted from the
    largest, or below nothing from the smallest.
    """
    words = _words(read.text, read.language)
    starts = [word.start for word in words]
    return [
        word
        for word in words
        if word.kind != DIRECTION or not _is_of_no_number(read, word.start, word.end, starts)
    ]


def _is_of_no_number(read: Sentence, start: int, end: int, words: Sequence[int]) -> bool:
    """Whether the clause of a word has no number, and the next one, in another, has such a word of its own.

    "Jobs fell sharply, and unemployment rose from 5.4 to 6.6 per cent": nothing says how many jobs.
    """
    data = [number.start for number in read.numbers if not number.rule]
    low, high = read.clause_at(start, end)
    following = min((place for place in data if place >= end), default=None)
    if following is None or any(low <= place < high for place in data):
        return False
    _, last = read.clause_at(following)
    return any(end <= other < last for other in words)


class _Pattern(NamedTuple):
    """A pattern of words: with the place of each, what these begin with, and whether a name stands beside."""

    words: re.Pattern
    kind: str
    places: dict[str, int]
    beginnings: frozenset[str]
    bare: bool


@cache
def _patterns(language: str) -> tuple[_Pattern, ...]:
    """Return the patterns of words of direction and rank."""
    held = phrases(language)
    edge = ("", "") if language == "zh" else (r"(?<![\w-])", r"(?:(?<=-)|(?![\w-]))")

    made: list[_Pattern] = []

    def add(places: dict[str, int], kind: str, before: str = "", after: str = "", bare: bool = False) -> None:
        some = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
        whole = re.compile(rf"{before}{edge[0]}(?P<word>{some}){edge[1]}{after}", re.I)
        begun = frozenset(_parts(name, language)[0] for name in places)
        made.append(_Pattern(whole, kind, places, begun, bare))

    extremes = "|".join(re.escape(word_of_rank) for word_of_rank in (*held["largest"], *held["smallest"]))
    nouns = "|".join(re.escape(noun) for noun in held["rank_nouns"])
    add(dict.fromkeys(held["rose"], 1), DIRECTION)
    add(dict.fromkeys(held["fell"], -1), DIRECTION)
    add({name: -place for place, name in _numbered(held["from_last"])}, RANK)
    ordinals = {name: place for place, name in _numbered(held["ordinals"])}
    ordinals |= {form.format(place): place for place in range(1, MOST) for form in held["ordinal_digits"]}
    if language == "zh":
        add(ordinals, RANK, r"[居排列][^，。；\d]{0,8}?", rf"(?={nouns}|[^\w]|$)")
        add(ordinals, RANK, "", r"(?=[大高](?![会学]))")
        add(ordinals, RANK, r"(?<=\w)", rf"(?=[^\w]|$|(?:{nouns})(?=\w))", bare=True)
    else:
        articles = r"(?:(?:the|la|le|l'|les|el|los|las)\s+)?"
        beside = "|".join(held["ranks_beside"])
        then = "|".join(re.escape(word) for word in held["then"])
        some = "|".join(re.escape(verb) for verb in held["ranked"])
        verb = rf"(?<!\w)(?:{some})\s+(?:(?:en|au|aux|le|la|les|the|el|{then})\s+){{,2}}"
        so = rf"(?<!\w)(?:{'|'.join(held['ranked_so'])})\s+{articles}"
        add(ordinals, RANK, "", rf"(?=[\s-]*(?:{extremes}|{nouns}))")
        add(ordinals, RANK, verb)
        add(ordinals, RANK, so, rf"(?=\s*(?:[,.;:)]|$)|\s(?:{beside})\b)")
        add(ordinals, RANK, rf"(?<=\w),\s+{articles}", rf"(?=\s*(?:[,;.]|$)|\s(?:{beside})\b)", True)
        add(ordinals, RANK, r"(?<=\w)\s+(?:au\s+|in\s+)?", r"(?=\s*(?:[;.)]|$))", True)
        add(dict.fromkeys(held["last"], -1), RANK, verb)
    add(dict.fromkeys(held["largest"], 1), RANK)
    add(dict.fromkeys(held["smallest"], -1), RANK)
    return tuple(made)


def _numbered(names: Sequence[str]) -> list[tuple[int, str]]:
    """Return the names of places, parted by ``|``, each with its place."""
    return [(place, name) for place, some in enumerate(names, start=1) for name in some.split("|")]


def _parts(text: str, language: str) -> list[str]:
    """Return the words of a text in small letters; in Chinese its signs."""
    small = in_small_letters(text)
    return [*small] if language == "zh" else _WORD.findall(small)


@lru_cache(maxsize=4096)
def _words(text: str, language: str) -> tuple[JudgedWord, ...]:
    """Return the words of direction and rank with their places; "second largest" is one, its first word."""
    held = phrases(language)
    lowered = text.lower()
    for compound in held.get("compounds", ()):
        lowered = lowered.replace(compound, " " * len(compound))
    places_of_words: list[JudgedWord] = []
    parts = {*_parts(lowered, language)}
    for pattern, kind, places, beginnings, bare in _patterns(language):
        if parts.isdisjoint(beginnings):
            continue
        for match in pattern.finditer(lowered):
            start, end = match.span("word")
            place = places[match["word"]]
            before = lowered[max(0, start - 24) : start]
            near = before if language == "zh" else before.split()
            ranked = any(one.kind == RANK and one.start <= start <= one.end + 2 for one in places_of_words)
            kinds = ("open_ended", "among") if kind == RANK else ("open_ended",)
            open_ended = any(words in near for kind in kinds for words in held[kind])
            if ranked or open_ended or _of_a_change(lowered, end, kind, held):
                continue
            smallest = lowered[end:].lstrip(" -").startswith((*held["smallest"], *held["smaller"]))
            from_below = kind == RANK and place > 1 and smallest
            places_of_words.append(JudgedWord(start, end, kind, -place if from_below else place, bare))
    return tuple(sorted(places_of_words))


def _of_a_change(text: str, end: int, kind: str, held: dict) -> bool:
    """Whether a word of rank is about a change, or about most of something: "the largest increase"."""
    following = _PARTS.split(text[end : end + 16])[0]
    return (
        kind == RANK
        and not following.startswith(("名", "位"))
        and any(phrase in following for phrase in (*held["rise"], *held["fall"], *held["not_ranked"]))
    )
