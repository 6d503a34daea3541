"""What each language's numbers look like: the word lists of ``words/*.toml``, opened once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

# One character for one character, so that places in the text stay what they are.
_SAME = {ord(space): " " for space in "\u00a0\u202f\u205f\u3000\r\n"}
_SAME |= {space: " " for space in range(0x2000, 0x200B)}
_SAME |= {0xFF10 + digit: str(digit) for digit in range(10)}
_SAME |= {ord("٫"): ".", ord("٬"): ",", ord("٪"): "%", ord("﹪"): "%", ord("\u2012"): "-", ord("﹣"): "-"}
_SAME |= {ord("％"): "%", ord("．"): ".", ord("’"): "'", ord("\u2011"): "-", ord("\u2010"): "-"}
_SAME |= {ord("－"): "-", ord("\u2212"): "-", ord("（"): "(", ord("）"): ")"}
# The end of a line between digits, and prose that goes on with the next: "there were 12 / 340 results".
_LINES = re.compile(r"(?<=\d)\n(?=\d)")
_WORDS_BEFORE = re.compile(r"[^\W\d_][^\n\t]*(?<! ) \d{1,3}$")
_WORDS_AFTER = re.compile(r"\d{3}(?!\d)[^\n\t]*[^\W\d_]")
# "5·4 per cent", but not "1.2·10⁶".
_RAISED_POINT = re.compile(r"(?<=\d)[·∙⋅](?=\d)(?!10[\^⁰¹²³⁴-⁹⁻])")
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+(?:'(?=[^\W\d_]))?")
LANGUAGES = ("en", "fr", "es", "zh")
# Of so many words a language can be told, and so large a part of them are its commonest ones. Texts of a
# sentence or two in the three languages had 0.23 to 0.48; Portuguese, German, Dutch, Turkish 0 to 0.19.
FEWEST, SHARE = 12, 0.2
# A part of so many words, and no larger a part of the commonest ones, may be of another language.
FEWEST_OF_PART, SHARE_OF_PART = 20, 0.12


class LanguageError(ValueError):
    """A language whose numbers cannot be read."""


@cache
def word_lists(language: str) -> dict:
    """Return a language's word lists.

    Raises
    ------
    LanguageError
        When the language has no list; the message names those that have one.
    """
    if language not in LANGUAGES:
        raise LanguageError(f"no language {language!r}: numbers are read in {', '.join(LANGUAGES)}")
    text = files(__package__).joinpath(f"words/{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def written_one_way(text: str) -> str:
    """Return the text, as long as before, with each kind of space, digit and hyphen written one way.

    What parts two numbers is no space: a tab, and the end of a line but where prose goes on with the next.
    """
    if text.isascii() and "\n" not in text and "\r" not in text:
        return text
    if "\n" in text:
        text = _LINES.sub(_line_end, text)
    return _RAISED_POINT.sub(".", _WIDE_COMMA.sub(",", text.translate(_SAME)))


def _line_end(match: re.Match[str]) -> str:
    start = max(match.string.rfind("\n", 0, match.start()) + 1, match.start() - 60)
    prose = _WORDS_BEFORE.search(match.string, start, match.start())
    return " " if prose and _WORDS_AFTER.match(match.string, match.end(), match.end() + 60) else "\t"


def in_small_letters(text: str) -> str:
    """Return a text that holds each phrase, in small letters, that a pattern finds without regard to case.

    As patterns do, it takes the long s and the i without a dot for s and i, and no heed of a dot on an i.
    """
    if text.isascii():
        return text.lower()
    return text.lower().replace("\u017f", "s").replace("\u0131", "i").replace("\u0307", "")


@cache
def as_a_word(phrase: str) -> re.Pattern[str]:
    """Return what finds a phrase where words begin and end."""
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(word_lists(language)["common"].split())


def language_of(text: str, otherwise: str = "en") -> str:
    """Return the language of a text, by its commonest words; Chinese by its script.

    Parameters
    ----------
    text : str
    otherwise : str
        What is returned where no word tells.

    Returns
    -------
    str
        ``en``, ``fr``, ``es`` or ``zh``.
    """
    return _of_commonest_words(text, otherwise)[0]


def language_is_told(text: str) -> bool:
    """Whether the commonest words of one language make up enough of a text, and more than those of others.

    A text of so few words that nothing can be said of it is taken as it is.
    """
    _, scores, number = _of_commonest_words(text, "")
    if number < FEWEST:
        return True
    first, second, *_ = sorted(scores.values(), reverse=True)
    return first >= SHARE * number and first > second


def words_of_another(text: str) -> int:
    """Return how many words a part of a text has, where hardly one is common in a language that is read.

    Nothing where it is too short to tell, or where a language is told.
    """
    _, scores, number = _of_commonest_words(text, "")
    if number < FEWEST_OF_PART or not scores:
        return 0
    return number if max(scores.values()) <= SHARE_OF_PART * number else 0


def _of_commonest_words(text: str, otherwise: str) -> tuple[str, dict[str, int], int]:
    """Return the language, how many common words of each there are, and of how many words."""
    sample = text[:200_000]
    if 4 * len(_CHINESE.findall(sample)) > len(_WORD.findall(_CHINESE.sub("", sample))):
        return ("zh" if _CHINESE.search(sample) else otherwise), {}, 0
    words = [match.lower().rstrip("'") for match in _WORD.findall(written_one_way(sample))]
    common = {language: _common(language) for language in LANGUAGES[:3]}
    scores = {language: sum(map(held.__contains__, words)) for language, held in common.items()}
    best = max(scores, key=lambda score: scores[score])
    return (best if scores[best] else otherwise), scores, len(words)
