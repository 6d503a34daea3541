"""A synthetic labour force population with known true values, and two-stage samples drawn from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimation.design import SurveyDesign

DESIGN = SurveyDesign(weight="ilo_wgt", stratum="stratum", psu="psu", survey=("country", "year"))
"""The design of the samples."""


@dataclass(frozen=True, eq=False)
class SyntheticPopulation:
    """A finite population of persons in PSUs within strata, one for each country and year.

    Parameters
    ----------
    persons : pandas.DataFrame
        One row a person, under the harmonised names, ``ilo_wgt`` being 1.
    """

    persons: pd.DataFrame

    def draw(self, seed: int, *, psus_per_stratum: int = 6, persons_per_psu: int = 20) -> pd.DataFrame:
        """Draw a two-stage sample: PSUs with probability proportional to size with replacement, then persons.

        Parameters
        ----------
        seed : int
            Seed of the draw; the same seed gives the same sample.
        psus_per_stratum : int
            Draws of PSUs in each stratum. A PSU drawn twice counts as two.
        persons_per_psu : int
            Persons drawn with replacement in each drawn PSU.

        Returns
        -------
        pandas.DataFrame
            One row a sampled person; ``ilo_wgt`` is the inverse of the expected number of draws, times an
            unequal non-response factor with mean 1 that is independent of the answers.
        """
        random = np.random.default_rng(seed)
        keys = ["country", "year", "stratum"]
        sizes = self.persons.groupby([*keys, "psu"], sort=True).size()
        starts = np.r_[0, np.cumsum(sizes.to_numpy())]
        unit = sizes.index.droplevel("psu")
        stratum = pd.factorize(unit)[0]
        chosen, drawn, weights = [], [], []
        for code in range(stratum.max() + 1):
            units = np.flatnonzero(stratum == code)
            size = sizes.to_numpy()[units]
            for draw, place in enumerate(random.choice(units, psus_per_stratum, p=size / size.sum())):
                here = random.integers(starts[place], starts[place + 1], persons_per_psu)
                chosen.append(here)
                drawn.append(np.full(persons_per_psu, draw))
                weights.append(np.full(persons_per_psu, size.sum() / (psus_per_stratum * persons_per_psu)))
        sample = self.persons.iloc[np.concatenate(chosen)].reset_index(drop=True)
        sample["psu"] = np.concatenate(drawn)
        sample["ilo_wgt"] = np.concatenate(weights) * random.uniform(0.5, 1.5, len(sample))
        return sample


def synthetic_population(
    seed: int = 2020,
    *,
    countries: tuple[str, ...] = ("X01", "X02"),
    years: tuple[int, ...] = (2019, 2020),
    strata: int = 10,
    psus: int = 40,
    persons: int = 60,
) -> SyntheticPopulation:
    """Make a population in which work varies by sex, age, stratum, PSU, country and year.

    Parameters
    ----------
    seed : int
        Seed; the same seed gives the same population.
    countries, years : tuple
        Labels of the samples.
    strata : int
        Strata of each country and year.
    psus : int
        PSUs of each stratum.
    persons : int
        Mean number of persons of a PSU; sizes vary by half.

    Returns
    -------
    SyntheticPopulation
        Its true values are those of any estimator applied to its own persons, at weight 1.
    """
    random = np.random.default_rng(seed)
    samples = [(c, y) for c in countries for y in years]
    ranges = [range(len(samples)), range(strata), range(psus)]
    units = pd.MultiIndex.from_product(ranges, names=["s", "h", "p"]).to_frame(index=False)
    sizes = random.integers(persons // 2, persons + persons // 2 + 1, len(units))
    level = random.normal(0, 0.5, (len(samples), strata))[units["s"], units["h"]]
    level = level + random.normal(0, 0.4, len(units))
    place = np.repeat(np.arange(len(units)), sizes)
    n = len(place)
    age, sex = random.integers(0, 90, n), random.integers(1, 3, n)
    pull = level[place] + 0.5 * (sex == 1) - 0.002 * (age - 42.0) ** 2 + 1.2
    active = (random.logistic(size=n) < pull) & (age >= 15)
    jobless = active & (random.random(n) < 0.05 + 0.10 * (age < 25) + 0.03 * (level[place] < 0))
    status = np.select([age < 15, jobless, active], [0, 2, 1], 3)
    lfs = np.where(status == 0, np.nan, status)
    youth = (age >= 15) & (age < 25)
    attends = np.where(youth & (random.random(n) < np.where(status == 1, 0.15, 0.6)), 1, 2)
    employed = status == 1
    hours = np.where(employed, np.clip(np.round(random.normal(39, 11, n)), 0, 98), np.nan)
    attachment = np.where(status == 3, random.choice([1, 2, 3, 4], n, p=[0.03, 0.07, 0.05, 0.85]), np.nan)
    occupation = np.where(employed, random.choice([1, 2, 5, 9], n, p=[0.06, 0.2, 0.44, 0.3]), np.nan)
    sampled = units["s"].to_numpy()[place]
    frame = pd.DataFrame(
        {
            "country": np.array([c for c, _ in samples])[sampled],
            "year": np.array([y for _, y in samples])[sampled],
            "stratum": units["h"].to_numpy()[place],
            "psu": units["p"].to_numpy()[place],
            "ilo_wgt": 1.0,
            "ilo_sex": sex,
            "ilo_age": age,
            "ilo_wap": np.where(age >= 15, 1.0, np.nan),
            "ilo_lfs": lfs,
            "ilo_edu_attendance": np.where(age >= 5, attends, np.nan),
            "ilo_neet": np.where(youth & (status != 1) & (attends == 2), 1.0, np.nan),
            "ilo_joball_tru": np.where(employed & (hours < 35) & (random.random(n) < 0.4), 1.0, np.nan),
            "ilo_joball_how_actual": hours,
            "ilo_olf_dlma": attachment,
            "ilo_job1_ocu_isco08": occupation,
        }
    )
    return SyntheticPopulation(frame)
