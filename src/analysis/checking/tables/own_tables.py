"""Columns and rows of a draft's tables that are computed from others: differences, shares, sums, totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, permutations

from analysis.checking.candidates.agreement import SHARES, agreement, digits
from analysis.checking.candidates.columns import column
from analysis.checking.computed.own_verdicts import as_the_record_has_it, verdict_by
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.own_numbers import (
    COMPARED,
    OwnSum,
    added,
    change_between,
    difference_between,
    fits,
    share_in_another,
)
from analysis.checking.judging.verdicts import AGREES, DISAGREES
from analysis.checking.tables.grids import table_named
from analysis.checking.text.direction_words import IN_WORDS
from analysis.checking.text.mentions import first_phrase
from analysis.labels.numerals import at_full_precision
from analysis.reading import PrintedNumber, find_numbers
from analysis.reading.joining import HUNDRED

# In how many rows, and in which part of all, a column is what others come to that is taken for it; in how
# many where it is a share or a change, which hardly comes about by chance.
ROWS, PART, SHARED = 3, 0.6, 2
# From how many digits on a difference is met by chance hardly ever.
DIGITS = 3
# Among how many likely quantities the record has one that a computed number is the value of.
LIKELY = 3
Arithmetic = Callable[[Sequence[PrintedNumber]], OwnSum]


@dataclass(frozen=True)
class Computing:
    """How a column of a table is computed from others.

    ``operands`` are the columns that it is computed from, ``way`` leads from their numbers in a row to what
    they come to; ``signed`` says whether the column tells by its signs which is more.
    """

    column: int
    operands: tuple[int, ...]
    way: Arithmetic
    signed: bool = False

    def of(self, row: dict[int, Checked]) -> list[Checked] | None:
        """Return the operands of a row; None where it lacks one, or the computed number."""
        if self.column not in row or not all(at in row for at in self.operands):
            return None
        operands = [row[at] for at in self.operands]
        return operands if all(operand.number.value for operand in operands) else None

    def holds(self, row: dict[int, Checked]) -> bool:
        """Whether the number of a row is what its operands come to, as printed or as the record has them."""
        operands, number = self.of(row) or (), _numbers([row[self.column]])[0]
        made = [_numbers(operands)]
        if any(operand.verdict.verdict == DISAGREES for operand in operands):
            made.append(_as_recorded(operands))
        owns = map(self.way, made)
        return any(bool(fits(number, own)) and not self.turned(number, own) for own in owns)

    def turned(self, number: PrintedNumber, own: OwnSum) -> bool:
        """Whether a number has the other sign than what it is computed as."""
        return self.signed and number.value * own.value < 0


def by_own_tables(checked: Sequence[Checked]) -> list[Checked]:
    """Return the numbers of a draft, those of computed columns and of total rows judged by the others."""
    judged = list(checked)
    places = {id(entry): at for at, entry in enumerate(checked)}
    for _, some in groupby(checked, key=table_named):
        rows = _rows(list(some))
        for computing in _computed_columns(rows):
            for row in rows:
                operands = computing.of(row)
                if operands is not None:
                    one = row[computing.column]
                    judged[places[id(one)]] = _judged(one, operands, computing)
        totals = list(_totals(rows))
        if any(fits(_printed(one, one.number), added(_numbers(above))) for one, above in totals):
            for one, above in totals:
                judged[places[id(one)]] = _judged(one, above, Computing(0, (), added))
    return judged


def _rows(checked: Sequence[Checked]) -> list[dict[int, Checked]]:
    """Return the numbers of a table by row and column; of several in a cell, none."""
    rows: list[dict[int, Checked]] = []
    for block, some in groupby(checked, key=lambda entry: entry.block):
        if block.kind != "row":
            return []
        cells, row, several = block.cells(), dict[int, "Checked"](), set()
        for entry in some:
            if entry.number.rule or entry.number.unit in IN_WORDS:
                continue
            place = column(entry.number, cells)
            several |= {place} & row.keys()
            row[place] = entry
        rows.append({place: entry for place, entry in row.items() if place not in several})
    return rows


def _computed_columns(rows: Sequence[dict[int, Checked]]) -> list[Computing]:
    """Return how the columns of a table are computed from others, at most one way for each."""
    ways: dict[int, Computing] = {}
    known: dict[tuple[int, frozenset[int]], list[dict[int, Checked]]] = {}
    for computing in _ways(max((at for row in rows for at in row), default=0)):
        if computing.column in ways:
            continue
        complete = _complete(rows, computing, known)
        if len(complete) < ROWS:
            continue
        signed = any(row[computing.column].number.value < 0 for row in complete)
        told = replace(computing, signed=True) if signed else computing
        if _most_are_right(told, complete):
            ways[told.column] = told
    return list(ways.values())


def _complete(
    rows: Sequence[dict[int, Checked]],
    computing: Computing,
    known: dict[tuple[int, frozenset[int]], list[dict[int, Checked]]],
) -> list[dict[int, Checked]]:
    """Return the rows that have a computed number and its operands; those known of the same columns."""
    places = computing.column, frozenset(computing.operands)
    if places not in known:
        known[places] = [row for row in rows if computing.of(row) is not None]
    return known[places]


def _most_are_right(computing: Computing, rows: Sequence[dict[int, Checked]]) -> bool:
    """Whether a column is what its operands come to in as many rows as are asked, and in that part of all.

    Fewer are enough where chance hardly makes them: of shares and changes, and of differences of many digits.
    """
    shared = computing.way in (_share, _change) and len(rows) >= ROWS
    asked = PART * len(rows)
    right = telling = 0
    for done, row in enumerate(rows):
        if right + len(rows) - done < max(SHARED, asked):
            return False
        holds = computing.holds(row)
        right += holds
        telling += holds and computing.way is _difference and digits(row[computing.column].number) >= DIGITS
    least = SHARED if shared or (len(rows) >= ROWS and telling >= SHARED) else ROWS
    return right >= max(least, asked)


def _ways(last: int) -> Iterator[Computing]:
    for at in range(2, last + 1):
        before = range(at)
        for low in range(at - 1):
            yield Computing(at, tuple(range(low, at)), added)
        for pair in permutations(before, 2):
            yield Computing(at, pair, _difference)
            yield Computing(at, pair, _share)
            yield Computing(at, pair, _change)


def _numbers(checked: Sequence[Checked] | None) -> list[PrintedNumber]:
    return [_printed(entry, entry.number) for entry in checked or ()]


def _as_recorded(checked: Sequence[Checked]) -> list[PrintedNumber]:
    """Return numbers as cells print them, wrong ones as the record has them."""
    return [_printed(entry, as_the_record_has_it(entry)) for entry in checked]


def _printed(checked: Checked, number: PrintedNumber) -> PrintedNumber:
    """Return a number as a cell prints it, without the currency and the scale of its column's head."""
    if "in its cell" not in number.known:
        number.known["in its cell"] = _without_head(checked, number)
    return number.known["in its cell"]


def _without_head(checked: Checked, number: PrintedNumber) -> PrintedNumber:
    (bare, *more) = _found_alone(checked.number.text, checked.language) or (number,)
    if number.unit in (*SHARES, *COMPARED) or more or not bare.value:
        return number
    scale = abs(checked.number.value / bare.value)
    value = number.value / scale
    text = number.text if number is checked.number else at_full_precision(value)
    return replace(number, value=value, decimals=bare.decimals, unit="", text=text)


@lru_cache(maxsize=4096)
def _found_alone(text: str, language: str) -> tuple[PrintedNumber, ...]:
    return tuple(find_numbers(text, language))


def _difference(numbers: Sequence[PrintedNumber]) -> OwnSum:
    return difference_between(*numbers)


def _share(numbers: Sequence[PrintedNumber]) -> OwnSum:
    return share_in_another(numbers[:1], numbers[1])


def _change(numbers: Sequence[PrintedNumber]) -> OwnSum:
    return change_between(*numbers)


def _totals(rows: Sequence[dict[int, Checked]]) -> Iterator[tuple[Checked, list[Checked]]]:
    """Yield the numbers of the last row that are, or may be, the sums of those above them."""
    last = next(iter(rows[-1].values()), None) if len(rows) >= ROWS else None
    if last is None:
        return
    start, end = last.block.cells()[0]
    if not first_phrase(last.block.text[start:end].lower(), last.language, "total_row"):
        return
    for place, one in rows[-1].items():
        above = [row[place] for row in rows[:-1] if place in row]
        whole = one.number.unit not in SHARES or one.number.value == HUNDRED
        if len(above) == len(rows) - 1 and whole:
            yield one, above


def _judged(one: Checked, operands: Sequence[Checked], computing: Computing) -> Checked:
    """Return a computed number with its verdict, wrong operands as the record has them."""
    own = computing.way(_as_recorded(operands))
    number = _printed(one, one.number)
    told = {
        AGREES if operand.verdict.verdict == DISAGREES else operand.verdict.verdict for operand in operands
    }
    how = "" if computing.turned(number, own) else fits(number, own)
    likely = (match.candidate for match in one.verdict.matches[:LIKELY])
    held = not computing.operands and any(agreement(one.number, like) == "exact" for like in likely)
    if held and not how:
        return one  # as the record has it, too: a part may be wrong
    verdict = verdict_by(one, own, how, told)
    return replace(one, verdict=verdict) if verdict else one
