"""Spreadsheet formulas over recorded tables: where columns stand, units in print, none too long to hold."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, reduce

from analysis.audit.bounds import HIGH, LOW, bounds
from analysis.audit.verdicts import BOUNDS, DISCREPANCY, REPRODUCED, ROUNDING, conversion
from analysis.quantities import Quantity, Recorded, RecordedTable, evaluate, formula
from analysis.quantities.expression import Combined, Compared, Phrased, summands
from analysis.quantities.units import unit

NUMBERS = ("value", "decimals", "line")
BASE = "base"
LONGEST = 8000


@dataclass(frozen=True)
class TableSheet:
    """Where a recorded table stands in the workbook: its name, its columns and how many rows it has."""

    table: RecordedTable

    @property
    def name(self) -> str:
        """Name of the sheet, that of the table.

        Raises
        ------
        ValueError
            When a spreadsheet cannot take the name.
        """
        if len(self.table.name) > 31:
            raise ValueError(
                f"{self.table.name}: a sheet's name has at most 31 characters; shorten the file's name"
            )
        return self.table.name

    @cached_property
    def scaled(self) -> bool:
        """Whether some unit of the table is not its dimension's base unit."""
        return any(unit(name).factor != 1 for name in set(self.table.rows["unit"]) if name)

    @cached_property
    def columns(self) -> list[str]:
        """Headers: the recorded columns, the value in its base unit where that differs, and its bounds."""
        recorded = [name for name in self.table.rows.columns if name == "id" or any(self.table.rows[name])]
        if "value" not in recorded:
            return recorded
        return [*recorded, *([BASE] if self.scaled else []), LOW, HIGH]

    def cell(self, column: str, row: int) -> str:
        """Return the reference of one cell; rows count from 0 below the header."""
        return f"'{self.name}'!${self._letters[column]}${row + 2}"

    def range(self, column: str) -> str:
        """Return the reference of a whole column below the header."""
        letter = self._letters[BASE if column == "value" and self.scaled else column]
        return f"'{self.name}'!${letter}$2:${letter}${len(self.table.rows) + 1}"

    @cached_property
    def _letters(self) -> dict[str, str]:
        from xlsxwriter.utility import xl_col_to_name

        return {column: xl_col_to_name(place) for place, column in enumerate(self.columns)}


@dataclass
class Formulas:
    """Formulas of quantities; parts of those that are too long for a cell stand in a sheet of steps.

    Attributes
    ----------
    recorded : Recorded
    steps_sheet : str
        Name of the sheet of steps.
    longest : int
        Characters that a formula may have.
    steps : list of (str, float)
        The parts: formula and value, one a row.
    """

    recorded: Recorded
    steps_sheet: str
    longest: int = LONGEST
    steps: list[tuple[str, float]] = field(default_factory=list)

    def __post_init__(self):
        self.sheets = {name: TableSheet(table) for name, table in self.recorded.items()}

    def locate(self, table: str, column: str) -> str:
        """Return the cells of a table's column."""
        return self.sheets[table].range(column)

    def printed(self, quantity: Quantity, unit_name: str) -> str:
        """Return the formula of a quantity in the unit in print; a comparison has none."""
        return self._in_unit(self.base(quantity), quantity, unit_name)

    def ends(self, quantity: Quantity, unit_name: str) -> tuple[str, str] | None:
        """Return the formulas of the bounds in the unit in print; None where no cell can hold them."""
        interval = bounds(quantity, self.locate, self.recorded)
        if interval is None or max(map(len, interval)) > self.longest:
            return None
        low, high = (self._in_unit(text, quantity, unit_name) for text in interval)
        return low, high

    def _in_unit(self, text: str, quantity: Quantity, unit_name: str) -> str:
        own_unit = evaluate(quantity, self.recorded).unit
        factor = conversion(own_unit, unit_name) / unit(own_unit).factor if unit_name else Fraction(1)
        if factor == 1:
            return text
        return f"{text}*{factor}" if factor.denominator == 1 else f"{text}/{1 / factor}"

    def base(self, quantity: Quantity) -> str:
        """Return the formula of a quantity in base units, split where it is too long."""
        text = formula(quantity, self.locate)
        if len(text) <= self.longest:
            return text
        if isinstance(quantity, Phrased):
            return self.base(quantity.inner)
        if isinstance(quantity, Compared):
            left, right = (self._part(part) for part in quantity.parts())
            return f"IF(ROUND({left}-{right},12){quantity.relation}0,1,0)"
        if isinstance(quantity, Combined) and quantity.sign == "+":
            return "(" + "+".join(self._part(chunk) for chunk in self._chunks(quantity)) + ")"
        if isinstance(quantity, Combined):
            left, right = (self._part(part) for part in quantity.parts())
            return f"({left}{quantity.sign}{right})"
        raise ValueError(
            f"a selection's formula has {len(text)} characters, {self.longest} are allowed: {text[:200]}"
        )

    def _chunks(self, quantity: Quantity) -> list[Quantity]:
        chunks: list[list[Quantity]] = [[]]
        length = 0
        for term in summands(quantity):
            size = len(formula(term, self.locate)) + 3
            if chunks[-1] and length + size > self.longest:
                chunks, length = [*chunks, []], 0
            chunks[-1].append(term)
            length += size
        return [reduce(operator.add, chunk) for chunk in chunks]

    def _part(self, quantity: Quantity) -> str:
        text = formula(quantity, self.locate)
        if len(text) * 3 <= self.longest:
            return text
        step = (self.base(quantity), in_base_unit(quantity, self.recorded))
        if step not in self.steps:
            self.steps.append(step)
        return f"'{self.steps_sheet}'!$B${self.steps.index(step) + 2}"


def in_base_unit(quantity: Quantity, recorded: Recorded) -> float:
    """Return the value of a quantity in its base unit."""
    read = evaluate(quantity, recorded)
    return float(read.value * unit(read.unit).factor)


def verdict_formula(
    qualifier: str, truth: bool, at: dict[str, str], words: dict[str, str], failed: str = DISCREPANCY
) -> str:
    """Return the verdict as a formula.

    Parameters
    ----------
    qualifier : str
        As recorded.
    truth : bool
        Whether a comparison is judged, not a number.
    at : dict
        Cells by role: ``number, decimals, recomputed, rounded, lower, upper, print_lower, print_upper``.
    words : dict
        The verdicts in the language of the workbook.
    failed : str
        The verdict where nothing reproduces the number: a discrepancy, or an explained one.
    """
    yes, maybe, no = (f'"{words[verdict]}"' for verdict in (REPRODUCED, ROUNDING, failed))
    if truth:
        return f"IF({at['recomputed']}=1,{yes},IF({at['upper']}=1,{maybe},{no}))"
    if qualifier in BOUNDS:
        sign = {"more_than": ">", "at_least": ">=", "less_than": "<", "up_to": "<="}[qualifier]
        end = at["upper"] if ">" in sign else at["lower"]
        holds = "ROUND({0}-{1},9){2}0"
        reach = f'OR({end}="",{holds.format(f"N({end})", at["number"], sign)})'
        return f"IF({holds.format(at['recomputed'], at['number'], sign)},{yes},IF({reach},{maybe},{no}))"
    if qualifier == "nearly":
        inside = f"ROUND({at['recomputed']}-{at['print_lower']},9)>=0"
        same = f"AND({inside},ROUND({at['print_upper']}-{at['recomputed']},9)>=0)"
    else:
        printed = rounding_formula(at["number"], at["decimals"])
        same = f"ABS({at['rounded']}-{printed})<0.1/10^{at['decimals']}"
    above = f'OR({at["upper"]}="",ROUND(N({at["upper"]})-{at["print_lower"]},9)>0)'
    below = f'OR({at["lower"]}="",ROUND({at["print_upper"]}-N({at["lower"]}),9)>0)'
    return f"IF({same},{yes},IF(AND({above},{below}),{maybe},{no}))"


def rounding_formula(number: str, decimals: str) -> str:
    """Return half-up rounding as a formula; the inner one removes binary noise before the half is added."""
    scaled = f"ABS({number})*10^{decimals}"
    return f"SIGN({number})*INT(ROUND({scaled},6)+0.5)/10^{decimals}"
