"""The margins of a table of domains: every combination of dimensions kept and added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from analysis.estimation.cells import Cells
from analysis.estimation.respondents import Respondents
from analysis.estimation.taylor import Margin


def margins(cells: Cells, totals: bool | Sequence[str]) -> Iterator[Margin]:
    """Yield each margin, the finest first.

    Raises
    ------
    ValueError
        When a total is asked of a dimension that is not there.
    """
    every = range(len(cells.dimensions))
    summable = [k for k in every if cells.dimensions[k].name in summed(cells, totals)]
    gathered = {tuple(every): cells}
    for size in range(len(summable) + 1):
        for dropped in combinations(summable, size):
            kept = tuple(k for k in every if k not in dropped)
            grain = tuple(k for k in every if k in kept or cells.dimensions[k].nested)
            if grain not in gathered:
                finer = min(
                    (g for g in gathered if set(g) > set(grain)), key=lambda g: len(gathered[g].block)
                )
                gathered[grain] = gathered[finer].gather([finer.index(k) for k in grain])
            yield Margin(gathered[grain], tuple(grain.index(k) for k in kept), kept, grain)


def summed(cells: Cells | Respondents, totals: bool | Sequence[str]) -> list[str]:
    """Return the names of the dimensions that are added up."""
    names = [d.name for d in cells.dimensions]
    added = names if totals is True else list(totals or ())
    unknown = set(added) - set(names)
    if unknown:
        raise ValueError(
            f"totals: no dimension {', '.join(sorted(unknown))}; expected some of {', '.join(names)}"
        )
    return added
