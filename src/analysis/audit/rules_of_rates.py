"""What the rates of one table say of each other: a rate of all weighs those of its parts.

The employment-to-population ratios of two parts and of all give the parts' weights in the population, and so
in employment and, with the unemployment rates, in the labour force: what other rates are shares of.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.audit.ruling import Ruled, call, grouped
from analysis.framework import Framework
from analysis.quantities import RecordedTable
from analysis.sources.appending import key_columns

EMPLOYED_IN_ALL = "employment_population_ratio"
OF_THE_LABOUR_FORCE = "unemployment_rate"
OF_THE_EMPLOYED = ("working_poverty_rate", "working_poverty_rate_national", "informal_employment_rate")
_ALL, _ONE = 'constant(100, "percent")', 'constant(1, "ratio")'


def by_rates(table: RecordedTable, framework: Framework) -> Iterator[Ruled]:
    r"""Recompute rates of all from those of two parts, :math:`r = r_2 + (r_1 - r_2) / (1 + k)`.

    :math:`k` is how many persons of the second part there are below the rate for one of the first. In the
    population it is :math:`(e - e_1) / (e_2 - e)` by the employment-to-population ratios :math:`e`; among the
    employed :math:`e_2 / e_1` times that; in the labour force, by the unemployment rates :math:`u`,
    :math:`(1 - u_1) / (1 - u_2)` times that.

    Parameters
    ----------
    table : RecordedTable
        One with a column ``indicator``; a table without it holds nothing to recompute.
    framework : Framework
        The dimensions, with their totals and parts.

    Yields
    ------
    Ruled
        One for each rate of all that is printed in per cent beside those of both parts, where the
        employment-to-population ratios of the same year and age are printed and differ.
    """
    columns = list(table.rows.columns)
    for dimension in framework.dimensions if "indicator" in columns else ():
        whole, parts = framework.total_code(dimension), framework.parts(dimension)
        if dimension not in columns or not framework.exhaustive(dimension) or len(parts) != 2:
            continue
        names = [name for name in key_columns(columns) if name not in ("id", dimension, "indicator")]
        for rows in grouped(table, *names).values():
            cells = {
                (row["indicator"], row[dimension]): (number, row) for number, row in rows if row["value"]
            }
            printed = {
                indicator: [cells[indicator, code] for code in (whole, *parts)]
                for indicator in dict.fromkeys(indicator for indicator, _ in cells)
                if all((indicator, code) in cells for code in (whole, *parts))
                and {cells[indicator, code][1]["unit"] for code in (whole, *parts)} == {"percent"}
            }
            yield from _weighed(table, printed)


def _weighed(table: RecordedTable, printed: dict[str, list[tuple[int, dict[str, str]]]]) -> Iterator[Ruled]:
    employed = printed.get(EMPLOYED_IN_ALL, [])
    if len({row["value"] for _, row in employed}) != 3:
        return
    everyone, first, second = _values(table, employed)
    others = f"({everyone} - {first}) / ({second} - {everyone}) * ({second} / {first})"
    for indicator in (OF_THE_LABOUR_FORCE, *OF_THE_EMPLOYED):
        if indicator in printed:
            _, one, other = _values(table, printed[indicator])
            below = others
            if indicator == OF_THE_LABOUR_FORCE:
                below += f" * (({_ALL} - {one}) / ({_ALL} - {other}))"
            number, row = printed[indicator][0]
            yield Ruled(row["id"], f"{other} + ({one} - {other}) / ({_ONE} + {below})", number)


def _values(table: RecordedTable, rows: list[tuple[int, dict[str, str]]]) -> list[str]:
    return [call("value", table.name, id=row["id"]) for _, row in rows]
