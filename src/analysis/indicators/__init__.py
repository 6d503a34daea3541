"""Indicators as the International Labour Organization defines them: one declaration and one function each.

An indicator called with its variants gives an `Estimand`: the sums to take over a survey, its definition
beside them. Nothing here reads a file or computes an estimate.
"""

from analysis.indicators.child_labour import (
    child_labour_rate,
    child_labour_rate_by_hours,
    child_labour_rate_with_chores,
)
from analysis.indicators.declaration import (
    INDICATORS,
    Estimand,
    Indicator,
    PersonSum,
    weighted_mean,
    weighted_share,
    weighted_total,
)
from analysis.indicators.distribution import gini, poverty_measure, quantile, share_below
from analysis.indicators.earnings import average_hourly_earnings, low_pay_rate, median_hourly_earnings
from analysis.indicators.inequality import gini_index, relative_poverty_rate
from analysis.indicators.informality import informal_employment_rate
from analysis.indicators.labour import (
    employment_population_ratio,
    labour_force_participation_rate,
    managers_female_share,
    neet_rate,
    unemployment_rate,
)
from analysis.indicators.labour_force_status import (
    RECORDED,
    LabourForcePractice,
    RecordedStatus,
    of_working_age,
    single_departures,
)
from analysis.indicators.national_poverty import (
    poverty_gap_national,
    poverty_rate_national,
    poverty_severity_national,
)
from analysis.indicators.poverty import (
    NATIONAL_LINE,
    PovertyLine,
    poverty_line,
    poverty_lines,
    working_poverty_rate,
    working_poverty_rate_national,
)
from analysis.indicators.social_protection import (
    social_protection_children,
    social_protection_contributors,
    social_protection_coverage,
    social_protection_disability,
    social_protection_mothers,
    social_protection_older_persons,
    social_protection_poor,
    social_protection_unemployed,
    social_protection_vulnerable,
    social_protection_work_injury,
)
from analysis.indicators.underutilization import lu1, lu2, lu3, lu4, time_related_underemployment
from analysis.indicators.working_hours import WorkingHourLoss, weekly_hours_per_person, working_hour_losses
from analysis.indicators.youth import (
    youth_employment_population_ratio,
    youth_labour_force_participation_rate,
    youth_unemployment_rate,
)

IDENTITIES = (
    ("unemployment_rate", "employment_population_ratio", "labour_force_participation_rate"),
    ("lu1", "employment_population_ratio", "labour_force_participation_rate"),
    ("unemployment_rate", "lu1"),
    ("lu1", "lu2", "lu3", "lu4"),
    ("lu1", "lu2", "time_related_underemployment"),
    ("youth_unemployment_rate", "youth_employment_population_ratio", "youth_labour_force_participation_rate"),
)
"""Sets of indicators of which any one follows from the others, domain by domain, as suppression must know."""

__all__ = [
    "IDENTITIES",
    "INDICATORS",
    "NATIONAL_LINE",
    "RECORDED",
    "Estimand",
    "Indicator",
    "LabourForcePractice",
    "PersonSum",
    "PovertyLine",
    "RecordedStatus",
    "WorkingHourLoss",
    "average_hourly_earnings",
    "child_labour_rate",
    "child_labour_rate_by_hours",
    "child_labour_rate_with_chores",
    "employment_population_ratio",
    "gini",
    "gini_index",
    "informal_employment_rate",
    "labour_force_participation_rate",
    "low_pay_rate",
    "lu1",
    "lu2",
    "lu3",
    "lu4",
    "managers_female_share",
    "median_hourly_earnings",
    "neet_rate",
    "of_working_age",
    "poverty_gap_national",
    "poverty_line",
    "poverty_lines",
    "poverty_measure",
    "poverty_rate_national",
    "poverty_severity_national",
    "quantile",
    "relative_poverty_rate",
    "share_below",
    "single_departures",
    "social_protection_children",
    "social_protection_contributors",
    "social_protection_coverage",
    "social_protection_disability",
    "social_protection_mothers",
    "social_protection_older_persons",
    "social_protection_poor",
    "social_protection_unemployed",
    "social_protection_vulnerable",
    "social_protection_work_injury",
    "time_related_underemployment",
    "unemployment_rate",
    "weekly_hours_per_person",
    "weighted_mean",
    "weighted_share",
    "weighted_total",
    "working_hour_losses",
    "working_poverty_rate",
    "working_poverty_rate_national",
    "youth_employment_population_ratio",
    "youth_labour_force_participation_rate",
    "youth_unemployment_rate",
]
