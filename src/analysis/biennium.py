"""The programme's calendar: a biennium is two years and starts on an even one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMS = re.compile(r"\s*(\d{4})\s*[-–—/_]\s*(\d{2}|\d{4})\s*")


@dataclass(frozen=True, order=True)
class Biennium:
    """A biennium of the programme and budget, for example 2020–21.

    Attributes
    ----------
    start : int
        First year; even.
    """

    start: int

    @classmethod
    def parse(cls, text: str) -> Biennium:
        """Read ``2020-21``, ``2020–21``, ``2020/21``, ``2020-2021`` or ``2020_21``.

        Raises
        ------
        ValueError
            When the text is no biennium; the message says what was found and what is expected.
        """
        match = _FORMS.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise ValueError(f"biennium {text!r} is not a period: write two years, for example 2020-21")
        start, end = int(match[1]), int(match[2])
        end = end if end > 99 else start - start % 100 + end
        if end != start + 1:
            expected = f"{start}-{(start + 1) % 100:02d}"
            raise ValueError(f"biennium {text!r} does not span two following years: expected {expected}")
        if start % 2:
            raise ValueError(
                f"biennium {text!r} starts on an odd year: the programme's bienniums start on even years, "
                f"for example {start - 1}-{start % 100:02d} or {start + 1}-{(start + 2) % 100:02d}"
            )
        return cls(start)

    @property
    def years(self) -> tuple[int, int]:
        """Both years."""
        return self.start, self.start + 1

    @property
    def previous(self) -> Biennium:
        """The biennium before."""
        return Biennium(self.start - 2)

    @property
    def printed(self) -> str:
        """As in print: ``2020–21`` with an en dash."""
        return f"{self.start}–{(self.start + 1) % 100:02d}"

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"
