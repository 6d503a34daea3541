"""What is said about one number of a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from analysis.checking.text.mentions import Sentence
from analysis.reading import PrintedNumber

# Weight of a word of a number's sentence, outside of its clause.
SENTENCE = 0.6


@dataclass
class Context:
    """What is said about one number.

    Attributes
    ----------
    number : PrintedNumber
    sentence : Sentence
    weights : dict
        Weight of each feature, 1 for the number's own clause.
    local : dict
        Features of the number's own clause and of its row and column.
    telling : set of str
        Features of it and of what stands before it without a number, but for those that a code says.
    axes : dict
        Code and strength by column; strength 1 where it is said beside the number.
    period : str
        The period spoken of; empty where none is.
    period_strength : float
    counted : tuple
        Features of the words right after the number, with their places.
    earlier : bool
        Whether the number is the one from which something rose or fell.
    in_row : bool
        Whether it stands in a table.
    documents : dict
        Part of the quantities spoken of lately that are of each document.
    noun : frozenset of str or None
        The counted noun that follows the number, once it was looked for.
    series : tuple or None
        Series of the quantity that was spoken of last.
    coded : dict
        Column and code of each feature of the clause that only says a code: women, Africa, the young.
    lost : bool
        Whether it stands in a table or figure that the text no longer has as one.
    guessed : frozenset of str
        Columns whose code only a line says that may be a heading.
    label : frozenset of str
        Words and codes (``region:africa``) of the first cell of its row; empty outside of tables.
    denies : bool
        Whether its clause, its column or its heading says that something is not so.
    periods : frozenset of str
        The periods that the text has spoken of.
    called : frozenset of str
        Columns whose code was only called by words of its title.
    scored : dict
        What candidates, by number, were scored that can be meant.
    looked_at : numpy.ndarray or None
        Which candidates were scored at all.
    scored_for : tuple or None
        The series that was favoured in it.
    shared : dict
        What each candidate shares with all that is said, by the form of its words, once that was asked.
    said : dict
        What words, codes and (but where it is free) the unit give each candidate, once that was asked.
    beside : dict
        Weight of the candidates, by number, that stand in the record beside what was spoken of lately.
    """

    number: PrintedNumber
    sentence: Sentence
    weights: dict[str, float] = field(default_factory=dict)
    local: dict[str, float] = field(default_factory=dict)
    telling: set[str] = field(default_factory=set)
    axes: dict[str, tuple[str, float]] = field(default_factory=dict)
    period: str = ""
    period_strength: float = 0.0
    counted: tuple[tuple[int, str], ...] = ()
    earlier: bool = False
    in_row: bool = False
    documents: dict[str, float] = field(default_factory=dict)
    noun: frozenset[str] | None = None
    series: tuple | None = None
    coded: dict[str, tuple[str, str]] = field(default_factory=dict)
    lost: bool = False
    guessed: frozenset[str] = frozenset()
    label: frozenset[str] = frozenset()
    denies: bool = False
    periods: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    beside: dict[int, float] = field(default_factory=dict)
    scored: dict[int, Any] = field(default_factory=dict, init=False)
    looked_at: Any = field(default=None, init=False)
    scored_for: tuple | None = field(default=None, init=False)
    shared: dict[str, Any] = field(default_factory=dict, init=False)
    said: dict[bool, Any] = field(default_factory=dict, init=False)
