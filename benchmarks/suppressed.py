"""Complementary suppression beside the estimation of the same table."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from analysis.estimation import SurveyDesign, estimate_domains, flag_reliability, suppress_complements

BY = ["region", "activity", "occupation"]
CLASSES = (15, 12, 22)
"""With totals 16 × 13 × 23 = 4,784 cells of each indicator."""


def persons(number: int = 90_000) -> pd.DataFrame:
    """Return persons spread unevenly over the classes."""
    random = np.random.default_rng(3)
    codes = {
        name: (random.random(number) ** 2 * size).astype(int) for name, size in zip(BY, CLASSES, strict=True)
    }
    return pd.DataFrame(codes).assign(
        ilo_lfs=random.choice([1, 2, 3], number, p=[0.55, 0.05, 0.4]),
        ilo_wgt=random.uniform(50, 300, number),
        psu=np.arange(number) // 20,
        stratum=np.arange(number) // 2000,
    )


def run(rounds: int) -> list[dict]:
    """Time both for one indicator, and for three of which each follows from the others."""
    sampled, records = persons(), []
    rates = ["unemployment_rate", "employment_population_ratio", "labour_force_participation_rate"]
    for asked in (rates[:1], rates):
        best = {"estimation": float("inf"), "suppression": float("inf")}
        for _ in range(rounds):
            start = time.perf_counter()
            found = estimate_domains(sampled, asked, SurveyDesign(stratum="stratum", psu="psu"), by=BY)
            middle = time.perf_counter()
            flagged = flag_reliability(found, "ilo")
            published = suppress_complements(flagged, BY)
            end = time.perf_counter()
            best["estimation"] = min(best["estimation"], middle - start)
            best["suppression"] = min(best["suppression"], end - middle)
        withheld = int((published["status"] == "Q").sum())
        title = f"suppression, {len(found):,} cells, {int((flagged['status'] == 'Q').sum()):,} of them small"
        print(f"\n{title}; {withheld:,} withheld in all")
        for name, seconds in best.items():
            print(f"  {name:44} {seconds:9.3f} s {seconds / best['estimation']:8.2f}× estimation")
            records.append({"benchmark": title, "contender": name, "seconds": seconds})
    return records
