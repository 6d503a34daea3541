"""Documents as blocks of text with their places, and the numbers that stand in them."""

from analysis.reading.blocks import Block, DocumentError, Draft
from analysis.reading.documents import read_document
from analysis.reading.languages import LanguageError, language_is_told, language_of, words_of_another
from analysis.reading.numbers import PrintedNumber, find_numbers

__all__ = [
    "Block",
    "DocumentError",
    "Draft",
    "LanguageError",
    "PrintedNumber",
    "find_numbers",
    "language_is_told",
    "language_of",
    "read_document",
    "words_of_another",
]
