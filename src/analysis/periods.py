"""An organisation's calendar, and the periods that it reports on: a year, two years, four."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"\s*(\d{4})\s*", re.ASCII)
_TWO = re.compile(r"\s*(\d{4})\s*[-–—/_]\s*(\d{2}|\d{4})\s*", re.ASCII)
_WORDS = {1: "one year", 2: "two following years"}


def in_print(text: str) -> str:
    """Return a period as in print, with an en dash: ``2020–21``."""
    return text.replace("-", "–")


def first_and_last(text: str) -> tuple[int, int] | None:
    """Return the first and the last year of a span of any length, ``2020-25``; None where it is none."""
    if one := _ONE.fullmatch(text):
        return int(one[1]), int(one[1])
    if two := _TWO.fullmatch(text):
        start, end = int(two[1]), int(two[2])
        return start, _in_full(start, end)
    return None


def _in_full(start: int, end: int) -> int:
    """Return the year that two digits stand for after a first year; four digits as they are."""
    return end + start - start % 100 + (100 if end < start % 100 else 0) if end < 100 else end


@dataclass(frozen=True, order=True)
class Calendar:
    """How an organisation divides time.

    Attributes
    ----------
    years : int
        Length of a period.
    first : int
        A year in which a period starts; the others start whole periods before or after it.
    organisation : str
        Whose calendar it is.
    financial : bool
        Whether a year runs from one calendar year into the next: 2023/24 is one, by the year it starts in.
    """

    years: int
    first: int
    organisation: str = ""
    financial: bool = False

    def period(self, start: int) -> Period:
        """Return the period that starts in a year.

        Raises
        ------
        ValueError
            When no period starts in it; the message names those that are near.
        """
        late = (start - self.first) % self.years
        if late:
            near = " or ".join(str(Period(year, self)) for year in (start - late, start - late + self.years))
            if self.years == 2:
                parity = ("odd", "even") if self.first % 2 == 0 else ("even", "odd")
                rule = f"starts on an {parity[0]} year: bienniums start on {parity[1]} years"
            else:
                rule = f"does not start where a period of {self.years} years does"
            raise ValueError(f"period {Period(start, self)} {rule}, for example {near}")
        return Period(start, self)

    def read(self, text: str) -> Period:
        """Read a period as it is written: ``2022``; ``2020-21``, ``2020–21``, ``2020/21``, ``2020_2021``.

        Raises
        ------
        ValueError
            When the text is no period of this calendar; the message says what was found and what is expected.
        """
        wanted = Period(self.first, self)
        # A notebook passes what it was given: a year may arrive as a number.
        written = text if isinstance(text, str) else ""  # type: ignore[redundant-expr]  # see above
        if self.years == 1 and (one := _ONE.fullmatch(written)):
            return self.period(int(one[1]))
        match = _TWO.fullmatch(written)
        if match is None:
            how = {1: "one year", 2: "two years"}.get(
                self.years, f"the first and the last of {self.years} years"
            )
            raise ValueError(f"{text!r:.80} is not a period: write {how}, for example {wanted}")
        start, end = int(match[1]), _in_full(int(match[1]), int(match[2]))
        if self.financial and end == start + 1:
            return self.period(start)
        if end != start + self.years - 1:
            span = _WORDS.get(self.years, f"{self.years} years")
            whose = f"{self.organisation}.toml" if self.organisation else "its organisation's file"
            of_two = self.years == 1 and end == start + 1
            raise ValueError(
                f"period {text!r} does not span {span}: expected {Period(start, self)}; "
                + (
                    f"a financial year such as 2023/24 needs `financial = true` in {whose}; "
                    if of_two
                    else ""
                )
                + "what several periods print is compared by `analysis compare`"
            )
        return self.period(start)


@dataclass(frozen=True, order=True)
class Period:
    """A period that an organisation reports on, for example 2020–21.

    Attributes
    ----------
    start : int
        First year.
    calendar : Calendar
        Whose period it is, and how long it is.
    """

    start: int
    calendar: Calendar

    @property
    def end(self) -> int:
        """Last year."""
        return self.start + self.calendar.years - 1

    @property
    def years(self) -> tuple[int, ...]:
        """Every year."""
        return tuple(range(self.start, self.end + 1))

    @property
    def previous(self) -> Period:
        """The period before."""
        return Period(self.start - self.calendar.years, self.calendar)

    @property
    def following(self) -> Period:
        """The period after."""
        return Period(self.start + self.calendar.years, self.calendar)

    @property
    def organisation(self) -> str:
        """Whose period it is."""
        return self.calendar.organisation

    @property
    def printed(self) -> str:
        """As in print: ``2020–21`` with an en dash."""
        return in_print(str(self))

    def __str__(self) -> str:
        last = self.start + 1 if self.calendar.financial else self.end
        return f"{self.start}-{last % 100:02d}" if last > self.start else str(self.start)
