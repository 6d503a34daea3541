"""The margins of a table of domains: every combination of dimensions kept and added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from analysis.estimation.cells import Cells
from analysis.estimation.taylor import Margin


def margins(cells: Cells, totals: bool | Sequence[str]) -> Iterator[tuple[Margin, np.ndarray]]:
    """Yield each margin with the codes of its domains, -1 for a total; the finest first.

    Raises
    ------
    ValueError
        When a total is asked of a dimension that is not there.
    """
    names = [d.name for d in cells.dimensions]
    added = names if totals is True else list(totals or ())
    unknown = set(added) - set(names)
    if unknown:
        raise ValueError(
            f"totals: no dimension {', '.join(sorted(unknown))}; expected some of {', '.join(names)}"
        )
    every = range(len(names))
    summable = [k for k in every if names[k] in added]
    gathered = {frozenset(every): cells}
    for size in range(len(summable) + 1):
        for dropped in combinations(summable, size):
            kept = tuple(k for k in every if k not in dropped)
            grain = frozenset(k for k in every if k in kept or cells.dimensions[k].nested)
            if grain not in gathered:
                finer = min((g for g in gathered if g > grain), key=lambda g: len(gathered[g].codes))
                order = sorted(finer)
                gathered[grain] = gathered[finer].gather([order.index(k) for k in sorted(grain)])
            order = sorted(grain)
            margin = Margin(gathered[grain], tuple(order.index(k) for k in kept), kept)
            labels = np.full((len(margin.groups.codes), len(names)), -1, dtype=np.int64)
            labels[:, list(kept)] = margin.domain_codes
            yield margin, labels
