"""Sentences in a language: what fills their places, with each number in the language's form."""

from __future__ import annotations

from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.exhibits.sentences import Filling, Spoken
from analysis.labels import Catalogue, amounts
from analysis.labels.numerals import printed
from analysis.printed.wording import inside
from analysis.quantities import Recorded, evaluate


def sentence_text(spoken: Spoken, recorded: Recorded, catalogue: Catalogue) -> str:
    """Return a sentence with its numbers in the language's form.

    Raises
    ------
    LabelError
        When the language has no text for the sentence, or the text asks for a number that is not given.
    """
    texts = {name: place_text(place, recorded, catalogue) for name, place in spoken.numbers.items()}
    return catalogue(spoken.sentence.key, **texts)


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


def said_number_text(said_number: SaidNumber, recorded: Recorded, catalogue: Catalogue) -> str:
    """Return a number as a sentence says it, after the name of what it is of where it is one of several."""
    read = evaluate(said_number.quantity, recorded)
    text = printed(read.value, said_number.decimals, catalogue("language.locale"), signed=said_number.signed)
    if said_number.label:
        return catalogue("sentence.named_number", category=inside(said_number.label, catalogue), number=text)
    return amounts.said_amount(read.value, said_number.decimals, read.unit, text, catalogue)
