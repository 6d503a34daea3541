"""A section of a chapter: its exhibits in order, as frames, with the numbers that their headlines rest on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.errors import NotFound, errors_as
from analysis.exhibits.headlines import chart_headline
from analysis.exhibits.said import SaidNumber
from analysis.exhibits.sentences import Spoken
from analysis.exhibits.table_headlines import table_headline
from analysis.front.exhibit import ReportExhibit
from analysis.front.failures import ASKING
from analysis.front.frames import CELL, typed_frame
from analysis.front.number import Number
from analysis.printed.sentences import sentence_text
from analysis.quantities import Quantity, evaluate, provenance
from analysis.quantities.units import unit


@dataclass(frozen=True, eq=False)
class Section:
    """What the documents lay out for one section of a chapter, as far as the period has numbers of it.

    Attributes
    ----------
    name : str
        As layouts name it (``results``).
    kinds : tuple of str
        The kinds of exhibit that are laid out for it, recorded or not.
    exhibits : tuple of ReportExhibit
        Those of which something is recorded, in the documents' order.
    sentences : tuple of Spoken
        What is said of it besides headlines.
    """

    name: str
    kinds: tuple[str, ...]
    exhibits: tuple[ReportExhibit, ...]
    sentences: tuple[Spoken, ...]

    def exhibit(self, kind: str = "") -> ReportExhibit | None:
        """Return the first exhibit of a kind that holds numbers; None where the period has none.

        Parameters
        ----------
        kind : str
            A kind, an id, or the beginning of one; empty for the first of all.

        Returns
        -------
        ReportExhibit or None
            None where the period has no number of that kind.

        Raises
        ------
        NotFound
            When the documents lay nothing out here that is called so; the message lists what there is.
        """
        exhibits = [exhibit for exhibit in self.exhibits if exhibit.exhibit.table or exhibit.exhibit.charts]
        meant = [
            exhibit
            for exhibit in exhibits
            if exhibit.id.startswith(kind) or exhibit.exhibit.kind.startswith(kind)
        ]
        named = any(known.startswith(kind) for known in self.kinds)
        if not (meant or named) and self.kinds:
            there = ", ".join(dict.fromkeys((*self.kinds, *(exhibit.id for exhibit in exhibits))))
            raise NotFound(f"the section {self.name!r} has no exhibit {kind!r}; there are {there}")
        return meant[0] if meant else None

    def frame(self, kind: str = "") -> pd.DataFrame:
        """Return the frame of the first exhibit of a kind, as ``report.exhibit(…).to_frame()`` gives it.

        Parameters
        ----------
        kind : str
            As of :meth:`exhibit`.

        Returns
        -------
        pandas.DataFrame
            Without a row, under the columns that every exhibit has, where the period has no number of it.

        Raises
        ------
        NotFound
            As of :meth:`exhibit`.
        """
        exhibit = self.exhibit(kind)
        return exhibit.to_frame() if exhibit else typed_frame(pd.DataFrame(columns=["row_key", *CELL]))

    def number(self, kind: str = "") -> tuple[ReportExhibit, Number, str] | None:
        """Return a number to be traced, with its exhibit and its text.

        It is of the exhibit that is asked for, or else of the first that holds any: of the numbers that its
        headline says the one that reads fewest rows of the record, or the first number of its table.

        Parameters
        ----------
        kind : str
            As of :meth:`exhibit`.

        Returns
        -------
        tuple of (ReportExhibit, Number, str), or None
            None where the section holds no number of the period.

        Raises
        ------
        NotFound
            As of :meth:`exhibit`.
        """
        first = self.exhibit(kind)
        for exhibit in (first, *self.exhibits) if first else ():
            with errors_as(ASKING):
                counts = [(len(provenance(slot.quantity, exhibit.recorded)), slot) for slot in _said(exhibit)]
            read = [(rows, slot) for rows, slot in counts if rows]
            if read:
                _, slot = min(read, key=lambda pair: pair[0])
                number = _number(slot.quantity, exhibit)
                money = unit(number.unit).kind == "money"  # told in another unit than it is recorded in
                text = number.text(decimals=None if money else slot.decimals, signed=slot.signed)
                return exhibit, number, text
            printed = _first_printed(exhibit)
            if printed is not None:
                return exhibit, printed, printed.text()
        return None

    def told(self) -> list[str]:
        """Return what is said of the section besides headlines, each number in it computed.

        Returns
        -------
        list of str
            Sentences in the report's language; none where nothing is recorded.
        """
        return [
            sentence_text(sentence, exhibit.recorded, exhibit.labels)
            for exhibit in self.exhibits[:1]
            for sentence in self.sentences
        ]

    def says(self) -> list[str]:
        """Return the headline of each exhibit of which something stands out, after its title.

        Returns
        -------
        list of str
            Sentences in the report's language; an exhibit of which no value stands out has none.
        """
        sentences = []
        for exhibit in self.exhibits:
            printed, labels = exhibit.resolved, exhibit.labels
            if not nothing_stands_out(exhibit):
                words = labels("label.finding", headline=printed.headline, title=printed.title)
                sentences.append(labels("label.sentence", text=words))
        return sentences


def nothing_stands_out(exhibit: ReportExhibit) -> bool:
    """Whether an exhibit has no headline, or one that says that no value stands out."""
    return exhibit.resolved.headline.casefold() in ("", exhibit.labels("headline.nothing").casefold())


def _said(exhibit: ReportExhibit) -> list[SaidNumber]:
    """Return the numbers of an exhibit's headline."""
    definition, recorded = exhibit.exhibit, exhibit.recorded
    headline = (
        chart_headline(definition.charts[0], recorded)
        if definition.charts
        else table_headline(definition, recorded)
    )
    if headline is None:
        return []
    places = exhibit.labels.places(f"headline.{headline.rule}")
    return [slot for name, slot in headline.slots.items() if isinstance(slot, SaidNumber) and name in places]


def _first_printed(exhibit: ReportExhibit) -> Number | None:
    table = exhibit.exhibit.table
    cells = [cell for row in table.rows for cell in row.cells if isinstance(cell, Quantity)] if table else []
    numbers = (cell for cell in cells if not evaluate(cell, exhibit.recorded).missing)
    return next((_number(cell, exhibit) for cell in numbers), None)


def _number(quantity: Quantity, exhibit: ReportExhibit) -> Number:
    return Number(quantity, exhibit.recorded, exhibit.labels.language, exhibit.id)
