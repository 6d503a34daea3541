"""Sentences in a language: what fills their places, with each number in the language's form."""

from __future__ import annotations

from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.exhibits.sentences import Filling, Spoken
from analysis.labels import Catalogue, amounts
from analysis.labels.numerals import printed
from analysis.printed.wording import inside
from analysis.quantities import Recorded, evaluate


def sentence_text(said: Spoken, recorded: Recorded, catalogue: Catalogue) -> str:
    """Return a sentence with its numbers in the language's form.

    Raises
    ------
    LabelError
        When the language has no text for the sentence, or the text asks for a number that is not given.
    """
    texts = {name: place_text(place, recorded, catalogue) for name, place in said.numbers.items()}
    return catalogue(said.sentence.key, **texts)


def place_text(place: Filling, recorded: Recorded, catalogue: Catalogue) -> str:
    """Return what stands at a place of a sentence."""
    if isinstance(place, str):
        return place
    if isinstance(place, SaidLabel):
        return catalogue(place.key)
    if isinstance(place, tuple):
        parts = (place_text(part, recorded, catalogue) for part in place)
        return catalogue("label.list_comma").join(parts)
    return said_number_text(place, recorded, catalogue)


def said_number_text(said: SaidNumber, recorded: Recorded, catalogue: Catalogue) -> str:
    """Return a number as a sentence says it, after the name of what it is of where it is one of several."""
    read = evaluate(said.quantity, recorded)
    text = printed(read.value, said.decimals, catalogue("language.locale"), signed=said.signed)
    if said.label:
        return catalogue("sentence.named_number", category=inside(said.label, catalogue), number=text)
    return amounts.said_amount(read.value, said.decimals, read.unit, text, catalogue)
