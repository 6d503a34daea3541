"""``analysis estimate``: indicators of a survey by domain, with sampling errors, to CSV or Parquet."""

from analysis.estimation_command.command import FAILURES, MISUSE, add_arguments, run
from analysis.estimation_command.survey import (
    AskedWrongly,
    SurveyAtHand,
    dimensions,
    estimands,
    survey_at_hand,
)

__all__ = [
    "FAILURES",
    "MISUSE",
    "AskedWrongly",
    "SurveyAtHand",
    "add_arguments",
    "dimensions",
    "estimands",
    "run",
    "survey_at_hand",
]
