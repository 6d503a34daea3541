"""Words of direction and rank in a sentence: "rose", 下降, "the second largest"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from analysis.checking.text.mentions import Sentence, phrases
from analysis.reading import PrintedNumber
from analysis.reading.languages import in_small_letters

DIRECTION, RANK = IN_WORDS = ("direction", "rank")
# As how many signs a clause between a word and a number counts, and that the number stands before the word.
PARTED, EARLIER = 25, 12
_PARTS = re.compile(r"[;；。]|[,，、]")
_WORD = re.compile(r"\w+")


def far_from(read: Sentence, word: PrintedNumber, number: PrintedNumber) -> tuple[int, int]:
    """Return how far a number stands from a word, farther where it stands before, and the stops between."""
    after = number.start >= word.end
    between = read.text[word.end : number.start] if after else read.text[number.end : word.start]
    parts = _PARTS.findall(between)
    far = len(between) * (2 if read.language == "zh" else 1) + PARTED * len(parts)
    return far + (0 if after else EARLIER), sum(sign in ";；。" for sign in parts)


def words_judged(read: Sentence) -> list[tuple[int, int, str, int]]:
    """Return the words of a sentence that may be judged: where each begins and ends, its kind, and its place.

    Of a word of direction the place is 1 for up and -1 for down; of a word of rank it is counted from the
    largest, or below nothing from the smallest.
    """
    words = _words(read.text, read.language)
    starts = [start for start, *_ in words]
    return [
        word for word in words if word[2] != DIRECTION or not _is_of_no_number(read, word[0], word[1], starts)
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


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern, str, int, frozenset[str]], ...]:
    """Return the patterns of words of direction and rank, with what these begin with."""
    held = phrases(language)
    edge = ("", "") if language == "zh" else (r"(?<![\w-])", r"(?:(?<=-)|(?![\w-]))")

    made: list[tuple[re.Pattern, str, int, frozenset[str]]] = []

    def add(names: list[str], kind: str, place: int, before: str = "", after: str = "") -> None:
        some = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        whole = re.compile(rf"{before}{edge[0]}(?P<word>{some}){edge[1]}{after}", re.I)
        made.append((whole, kind, place, frozenset(_parts(name, language)[0] for name in names)))

    extremes = "|".join(re.escape(word_of_rank) for word_of_rank in (*held["largest"], *held["smallest"]))
    nouns = "|".join(re.escape(noun) for noun in held["rank_nouns"])
    add(held["rose"], DIRECTION, 1)
    add(held["fell"], DIRECTION, -1)
    for place, names in enumerate(held["from_last"], start=1):
        add(names.split("|"), RANK, -place)
    some = "|".join(re.escape(verb) for verb in held["ranked"])
    so = rf"(?<!\w)(?:{'|'.join(held['ranked_so'])})\s+"
    beside = "|".join(held["ranks_beside"])
    then = "|".join(re.escape(word) for word in held["then"])
    verb = rf"(?<!\w)(?:{some})\s+(?:(?:en|au|aux|le|la|les|the|el|{then})\s+){{,2}}"
    for place, names in enumerate(held["ordinals"], start=1):
        if language == "zh":
            add(names.split("|"), RANK, place, r"[居排列][^，。；\d]{0,8}?", rf"(?={nouns}|[^\w]|$)")
            add(names.split("|"), RANK, place, "", r"(?=[大高](?![会学]))")
        else:
            add(names.split("|"), RANK, place, "", rf"(?=[\s-]*(?:{extremes}|{nouns}))")
            add(names.split("|"), RANK, place, verb)
            add(names.split("|"), RANK, place, so, rf"(?=\s*(?:[,.;:)]|$)|\s(?:{beside})\b)")
    if some:
        add(held["last"], RANK, -1, verb)
    add(held["largest"], RANK, 1)
    add(held["smallest"], RANK, -1)
    return tuple(made)


def _parts(text: str, language: str) -> list[str]:
    """Return the words of a text in small letters; in Chinese its signs."""
    small = in_small_letters(text)
    return [*small] if language == "zh" else _WORD.findall(small)


@lru_cache(maxsize=4096)
def _words(text: str, language: str) -> tuple[tuple[int, int, str, int], ...]:
    """Return the words of direction and rank with their places; "second largest" is one, its first word."""
    held = phrases(language)
    lowered = text.lower()
    for compound in held.get("compounds", ()):
        lowered = lowered.replace(compound, " " * len(compound))
    places_of_words: list[tuple[int, int, str, int]] = []
    parts = {*_parts(lowered, language)}
    for pattern, kind, place, beginnings in _patterns(language):
        if parts.isdisjoint(beginnings):
            continue
        for match in pattern.finditer(lowered):
            start, end = match.span("word")
            before = lowered[max(0, start - 24) : start]
            near = before if language == "zh" else before.split()
            ranked = any(
                other == RANK and began <= start <= ended + 2 for began, ended, other, _ in places_of_words
            )
            kinds = ("open_ended", "among") if kind == RANK else ("open_ended",)
            open_ended = any(words in near for kind in kinds for words in held[kind])
            if ranked or open_ended or _of_a_change(lowered, end, kind, held):
                continue
            smallest = lowered[end:].lstrip(" -").startswith(tuple(held["smallest"]))
            from_below = kind == RANK and place > 1 and smallest
            places_of_words.append((start, end, kind, -place if from_below else place))
    return tuple(sorted(places_of_words))


def _of_a_change(text: str, end: int, kind: str, held: dict) -> bool:
    """Whether a word of rank is about a change, or about most of something: "the largest increase"."""
    following = _PARTS.split(text[end : end + 16])[0]
    return kind == RANK and any(
        phrase in following for phrase in (*held["rise"], *held["fall"], *held["not_ranked"])
    )
