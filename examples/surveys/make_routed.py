"""Write routed_2019.csv and routed_2020.csv: two rounds of an invented survey, asked as questionnaires ask.

Hours are asked of those who worked, absence of those who did not, search of those without work, availability
of seekers and of those with a job arranged; school of persons aged 5 to 29, courses of those not in
school. 1 is yes, 2 no, 9 no answer; a question that was not asked is blank. Run it anew by
python examples/surveys/make_routed.py.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.estimation import synthetic_population

FOLDER = Path(__file__).resolve().parent
SEED = 2020


def questionnaire(persons: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Return the answers of sampled persons, whose true status is known, in the questionnaire's own words."""
    age, status = persons["ilo_age"], persons["ilo_lfs"]
    asked, employed, seeking = age >= 15, status == 1, status == 2
    away = employed & (random.random(len(persons)) < 0.03)
    worked = employed & ~away
    arranged = seeking & (random.random(len(persons)) < 0.1)
    looked = (seeking & ~arranged) | ((status == 3) & (random.random(len(persons)) < 0.02))
    schooled = (persons["ilo_edu_attendance"] == 1) & (random.random(len(persons)) < 0.85)
    answers = {
        "worked": _yes_no(worked, asked),
        "hours": persons["ilo_joball_how_actual"].clip(lower=1).where(worked),
        "absent": _yes_no(away, asked & ~worked),
        "looked": _yes_no(looked, asked & ~employed),
        "job_arranged": _yes_no(arranged, asked & ~employed & ~looked),
        "could_start": _yes_no(seeking, asked & ~employed & (looked | arranged)),
        "school": _yes_no(schooled, age.between(5, 29)),
        "course": _yes_no(persons["ilo_edu_attendance"] == 1, age.between(5, 29) & ~schooled),
    }
    for name in ("worked", "looked", "could_start", "school", "course"):
        silent = answers[name].notna() & (random.random(len(persons)) < 0.004)
        answers[name] = answers[name].mask(silent, 9)
    own = {"district": persons["stratum"], "area": persons["psu"], "weight": persons["ilo_wgt"].round(4)}
    told = pd.DataFrame(
        {"person": range(1, len(persons) + 1), **own, "sex": persons["ilo_sex"], "age": age, **answers}
    )
    follow_ups = ["hours", "absent", "looked", "job_arranged", "could_start"]
    told.loc[told["worked"] == 9, follow_ups] = np.nan
    told.loc[told["looked"] == 9, ["job_arranged", "could_start"]] = np.nan
    told.loc[told["school"] == 9, "course"] = np.nan
    whole = ["person", "district", "area", "sex", "age", *answers]
    return told.astype(dict.fromkeys(whole, "Int64"))


def _yes_no(yes: pd.Series, asked: pd.Series) -> pd.Series:
    return yes.map({True: 1.0, False: 2.0}).where(asked)


def write(folder: Path) -> None:
    """Write both rounds."""
    population = synthetic_population(SEED, countries=("X01",), years=(2019, 2020), strata=6, psus=12)
    sample = population.draw(SEED)
    for year, persons in sample.groupby("year"):
        random = np.random.default_rng(int(year))
        told = questionnaire(persons.reset_index(drop=True), random)
        told.to_csv(folder / f"routed_{year}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    write(FOLDER)
