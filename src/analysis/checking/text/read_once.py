"""Headings and headers of columns, which stand above many numbers, read once."""

from __future__ import annotations

from functools import lru_cache

from analysis.checking.text.mentions import Sentence
from analysis.checking.text.sentence_reading import sentence_of
from analysis.checking.text.words import Lexicon
from analysis.reading import find_numbers


@lru_cache(maxsize=4096)
def read_alone(text: str, language: str, lexicon: Lexicon) -> Sentence:
    """Return a text read that stands by itself; one for the same text, so that nobody may write to it."""
    return sentence_of(text, find_numbers(text, language), language, lexicon, "")
