"""Words that agree: ``{met} {met:target was met|targets were met}``, ``below {level:of}`` in a label."""

from __future__ import annotations

import re

ONE = "one"
# An abbreviation, or a further word with a capital and small letters; "L’égalité" is none.
_NAME = re.compile(r"(?!\w’[a-zà-ÿ]).(?![a-zà-ÿ])|.* [A-ZÀ-Þ][a-zà-ÿ]")
UNIT = "unit"
OF = "of"


class Counted(str):
    """A number as printed, which knows the form that a noun or verb takes after it, and its unit.

    Formatted as ``one form|other form`` it gives that form, as ``unit`` its text with the unit; formatted
    otherwise it is its text.

    Parameters
    ----------
    text : str
        The number as printed.
    form : str
        ``one``, ``other`` and so on, as :func:`analysis.labels.numerals.plural_form` returns it.
    whole : str
        The number with its unit; the text where empty.
    """

    form: str
    whole: str

    def __new__(cls, text: str, form: str = "other", whole: str = "") -> Counted:
        """Return the text with its form."""
        made = super().__new__(cls, text)
        made.form, made.whole = form, whole or text
        return made

    def __format__(self, spec: str) -> str:
        if spec == UNIT:
            return self.whole
        if "|" not in spec:
            return super().__format__(spec)
        one, other = spec.split("|")
        return one if self.form == ONE else other


def small(words: str) -> str:
    """Return words as they stand inside a sentence: with a small letter, but for names and abbreviations.

    A name is told by a further word that begins with a capital: "Cuenta Suplementaria del Presupuesto".
    """
    return words if _NAME.match(words) else words[:1].lower() + words[1:]


class Declined(str):
    """A label that knows its form with article, and with the preposition that a language asks for.

    Formatted as ``of`` it gives that form (``the target``, ``de la cible``), otherwise its text.

    Parameters
    ----------
    text : str
        The label.
    of : str
        That form.
    """

    of: str

    def __new__(cls, text: str, of: str) -> Declined:
        """Return the label with its form."""
        made = super().__new__(cls, text)
        made.of = of
        return made

    def __format__(self, spec: str) -> str:
        return self.of if spec == OF else super().__format__(spec)
