"""Estimation from survey microdata: one scan to cells, then estimates and sampling errors from the cells."""

from analysis.estimation.calibration import Calibration
from analysis.estimation.cells import Cells, reduce_survey
from analysis.estimation.design import (
    LONELY_PSU_RULES,
    TOTAL,
    UNSPECIFIED,
    Classification,
    Stage,
    SurveyDesign,
    age_bands,
    classify,
)
from analysis.estimation.differences import differences
from analysis.estimation.engines import ENGINES, open_survey
from analysis.estimation.estimates import estimate_cells, estimate_domains
from analysis.estimation.intervals import logit_interval, wald_interval
from analysis.estimation.reliability import flag_reliability, reliability_policies
from analysis.estimation.replication import Replicates
from analysis.estimation.respondents import Respondents, read_respondents
from analysis.estimation.sensitivity import sensitivity
from analysis.estimation.suppression import suppress_complements
from analysis.estimation.synthetic import DESIGN, SyntheticPopulation, synthetic_population
from analysis.estimation.unsettled import Unsettled, refuse_unsettled, unsettled

__all__ = [
    "DESIGN",
    "ENGINES",
    "LONELY_PSU_RULES",
    "TOTAL",
    "UNSPECIFIED",
    "Calibration",
    "Cells",
    "Classification",
    "Replicates",
    "Respondents",
    "Stage",
    "SurveyDesign",
    "SyntheticPopulation",
    "Unsettled",
    "age_bands",
    "classify",
    "differences",
    "estimate_cells",
    "estimate_domains",
    "flag_reliability",
    "logit_interval",
    "open_survey",
    "read_respondents",
    "reduce_survey",
    "refuse_unsettled",
    "reliability_policies",
    "sensitivity",
    "suppress_complements",
    "synthetic_population",
    "unsettled",
    "wald_interval",
]
