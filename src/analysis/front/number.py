"""A number at hand: it prints itself in a language, traces itself and cites itself."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real

import pandas as pd

from analysis import __version__
from analysis.errors import Misuse, NotFound, errors_as, expect
from analysis.exhibits.parts import Column
from analysis.front.failures import ASKING, OPENING
from analysis.labels import Catalogue
from analysis.labels.places import place_words
from analysis.labels.units import unit_words
from analysis.printed.resolve import cell
from analysis.quantities import (
    Quantity,
    Recorded,
    UnitError,
    Value,
    evaluate,
    formula,
    pandas_code,
    provenance,
    sentence,
)
from analysis.quantities.units import common, unit

TRACED = ["id", "printed", "unit", "document", "symbol", "place", "line", "path", "row", "sha256"]
MOST_DECIMALS = 12
FOLLOWED = ["id", "printed", "unit", "place", "path", "row"]


@dataclass(frozen=True, eq=False)
class Number:
    """A quantity with the record that it is read from.

    It is compared with another one, or with a plain number in its own unit, by exact values (``==``, ``<``);
    numbers of unlike units and missing ones are equal to nothing, and which is more is refused.

    Attributes
    ----------
    quantity : Quantity
        The expression.
    recorded : Recorded
        What it is read from.
    language : str
        Language in which it prints itself, unless another is asked for.
    name : str
        What was asked for.
    """

    quantity: Quantity
    recorded: Recorded
    language: str = "en"
    name: str = ""

    @property
    def read(self) -> Value:
        """The value with its interval and unit."""
        with errors_as(ASKING):
            return evaluate(self.quantity, self.recorded)

    @property
    def value(self) -> Fraction | None:
        """The exact number in its unit; None when it is missing."""
        return self.read.value

    @property
    def unit(self) -> str:
        """Code of the unit, such as ``result`` or ``percent``."""
        return self.read.unit

    @property
    def interval(self) -> tuple[Fraction | float | None, Fraction | float | None]:
        """The smallest and the largest number that the rounding of the inputs allows."""
        return self.read.low, self.read.high

    def __float__(self) -> float:
        value = self.value
        return float("nan") if value is None else float(value)

    def __eq__(self, other: object) -> bool:
        try:
            mine, theirs = self._beside(other)
        except Misuse:  # unlike units, or a missing number: not the same
            return False
        except TypeError:
            return NotImplemented
        return mine == theirs

    __hash__ = None  # type: ignore[assignment]  # a million and 1,000,000 are equal in one unit, not in another

    def __lt__(self, other: object) -> bool:
        return operator.lt(*self._beside(other))

    def __le__(self, other: object) -> bool:
        return operator.le(*self._beside(other))

    def __gt__(self, other: object) -> bool:
        return operator.gt(*self._beside(other))

    def __ge__(self, other: object) -> bool:
        return operator.ge(*self._beside(other))

    def _beside(self, other: object) -> tuple[Fraction, Fraction]:
        """Return both numbers exactly, in the unit of this one; a plain number is read as it is written."""
        mine = self.read
        if isinstance(other, Number):
            with errors_as({UnitError: Misuse}):
                _, factor = common(mine.unit, other.unit, "compare")
            theirs = None if other.value is None else other.value * factor
        elif isinstance(other, Real) and math.isfinite(other):
            theirs = Fraction(str(other))
        else:
            raise TypeError(f"a number is compared with another number, not with {other!r:.80}")
        if mine.value is None or theirs is None:
            raise Misuse(f"{self.name or other!r} is missing: it is neither more nor less than a number")
        return mine.value, theirs

    def text(self, language: str | None = None, *, decimals: int | None = None, signed: bool = False) -> str:
        """Return the number as it is printed in a language: rounded once, half-up, with its signs.

        Parameters
        ----------
        language : str, optional
            ``en``, ``fr``, ``es`` or ``zh``; the report's by default.
        decimals : int, optional
            Decimals to print; by default those of the recorded numbers that it is made of.
        signed : bool
            Whether an increase carries a plus sign.

        Returns
        -------
        str
            Money, amounts and durations with their unit, percentages with the language's sign; a missing
            number as the words for why it is missing, or an empty text.

        Raises
        ------
        NotFound
            When the language has no labels.
        Misuse
            When decimals are no whole number of 0 to 12.

        Examples
        --------
        >>> import analysis
        >>> number = analysis.open().number("constant(2.5, 'usd_million')")
        >>> number.text("en", decimals=1), number.text("fr", decimals=1)
        ('US$2.5 million', '2,5 millions de dollars É.-U.')
        """
        if decimals is not None:
            expect(decimals, int, "decimals are a whole number")
            if not 0 <= decimals <= MOST_DECIMALS:
                raise Misuse(f"decimals are {decimals}; expected 0 to {MOST_DECIMALS}")
        with errors_as(OPENING | ASKING):
            labels = Catalogue(language or self.language, self.recorded)
            shown = Column("", decimals=decimals, signed=signed)
            return cell(self.quantity, shown, self.recorded, labels).text

    def trace(self) -> pd.DataFrame:
        """Return the recorded rows that the number is made of.

        Returns
        -------
        pandas.DataFrame
            One row for each: ``id``, ``printed``, ``unit``, ``document``, ``symbol``, ``place``, ``line``,
            ``path``, ``row`` (of the file, its header is row 1) and ``sha256`` of the file. What is not
            recorded, such as the line of a published estimate, is missing.
        """
        with errors_as(ASKING):
            rows = provenance(self.quantity, self.recorded)
        frame = pd.DataFrame(rows, columns=TRACED)
        for name in ("line", "row"):
            frame[name] = pd.to_numeric(frame[name].replace("", None)).astype("Int64")
        return frame

    @property
    def sentence(self) -> str:
        """What the number is and what it comes to, in plain English."""
        with errors_as(ASKING):
            return sentence(self.quantity, self.recorded)

    @property
    def pandas(self) -> str:
        """The same arithmetic as pandas code, in base units.

        It runs where ``tables`` is :func:`analysis.quantities.base_unit_tables` of the record.
        """
        return pandas_code(self.quantity)

    @property
    def formula(self) -> str:
        """The same arithmetic as a spreadsheet formula over columns ``table[column]``, in base units."""
        return "=" + formula(self.quantity, lambda table, column: f"{table}[{column}]")

    def cite(self, language: str | None = None) -> str:
        """Return where the number comes from, for a footnote: documents with their places, and the edition.

        Parameters
        ----------
        language : str, optional
            The report's by default.

        Returns
        -------
        str
            A line such as ``Source: …, Appendix II. Vintage 2022; edition 0.1.0.``

        Raises
        ------
        NotFound
            When the language has no labels, or the number reads no recorded one.
        """
        labels = Catalogue(language or self.language, self.recorded)
        places: dict[str, dict[str, None]] = {}
        years: dict[str, None] = {}
        with errors_as(OPENING | ASKING):
            for row in provenance(self.quantity, self.recorded):
                table, place = self.recorded.locate(row["id"])
                source = table.source_of(place)
                places.setdefault(labels.cited(source), {})[place_words(row["place"], labels).text] = None
                years[source.vintage] = None
            separator = labels("label.list_separator")
            documents = [
                labels("label.pair", first=name, second=separator.join(filter(None, parts)))
                if any(parts)
                else name
                for name, parts in places.items()
            ]
            if not documents:
                raise NotFound(f"{self.name or 'this number'} reads no recorded number: nothing to cite")
            return labels(
                "label.source_line",
                documents=separator.join(documents),
                vintage=separator.join(sorted(filter(None, years))),
                edition=__version__,
            )

    def __str__(self) -> str:
        return self.text()

    def __format__(self, language: str) -> str:
        try:
            return self.text(language or None)
        except NotFound as error:
            raise Misuse(f"a number is formatted by a language, as in f'{{number:fr}}': {error}") from None

    def __repr__(self) -> str:
        spoken = unit_words(self.unit, Catalogue(self.language, self.recorded))
        bare = unit(self.unit).kind in ("count", "rate", "other") and self.unit != "truth"
        named = f" {self.name}" if self.name else ""
        return f"<Number{named}: {self.text() or 'missing'}{f' {spoken}' if bare and spoken else ''}>"


def traced(quantities: Iterable[Quantity], recorded: Recorded) -> pd.DataFrame:
    """Return the recorded rows that quantities are made of, each once, as a reader follows them.

    Parameters
    ----------
    quantities : iterable of Quantity
        At least one.
    recorded : Recorded
        What they are read from.

    Returns
    -------
    pandas.DataFrame
        The columns of ``FOLLOWED``, as of :meth:`Number.trace`.
    """
    rows = pd.concat([Number(quantity, recorded).trace() for quantity in quantities])
    return rows.drop_duplicates("id")[FOLLOWED].reset_index(drop=True)
