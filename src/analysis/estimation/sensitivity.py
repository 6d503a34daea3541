"""What the choice of national practice does to an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.estimation.design import Classification, SurveyDesign
from analysis.estimation.estimates import estimate_domains
from analysis.indicators import INDICATORS, Estimand, LabourForcePractice, single_departures


def sensitivity(
    persons: Any,
    indicators: Sequence[str],
    design: SurveyDesign,
    practices: Mapping[str, LabourForcePractice] | None = None,
    by: Sequence[str | Classification] = (),
    **options: Any,
) -> pd.DataFrame:
    """Estimate indicators under several labour force practices, and how far each departs from the first.

    Parameters
    ----------
    persons : dataframe, lazy frame, relation, or path
        One row a person, with the answers that the practices read.
    indicators : sequence of str
        Ids of indicators that take a ``practice``.
    design : SurveyDesign
        The survey's design.
    practices : mapping of str to LabourForcePractice, optional
        Practices by label, the reference first; by default the 19th ICLS and every single departure from it.
    by : sequence of str or Classification
        Dimensions of the domains.
    **options
        Further arguments of `estimate_domains`.

    Returns
    -------
    pandas.DataFrame
        The estimates with ``variant`` and ``departure``: the value less that of the first practice in the
        same domain, in the value's unit (percentage points for rates). Missing where either is missing.

    Raises
    ------
    KeyError, ValueError
        As `estimate_domains` does.
    """
    chosen = dict(practices) if practices is not None else single_departures()
    estimands: list[Estimand] = [
        INDICATORS[name](practice=practice).labelled(label)
        for name in indicators
        for label, practice in chosen.items()
    ]
    estimates = estimate_domains(persons, estimands, design, by=by, **options)
    reference = next(iter(chosen))
    domain = ["indicator", *(c if isinstance(c, str) else c.name for c in by)]
    first = estimates.loc[estimates["variant"] == reference, [*domain, "value"]]
    matched = estimates[domain].merge(first, on=domain, how="left", validate="many_to_one")
    departure = estimates["value"].to_numpy() - matched["value"].to_numpy()
    estimates.insert(estimates.columns.get_loc("value") + 1, "departure", departure)
    return estimates
