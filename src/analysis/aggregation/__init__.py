"""From country estimates to regions and the World: counts are summed, then rates are formed."""

from analysis.aggregation.ages import add_over_ages, age_interval, refuse_overlap
from analysis.aggregation.attainable import KnownRate, KnownWeight, attainable_rate
from analysis.aggregation.bounds import bound_rates
from analysis.aggregation.decomposition import decompose
from analysis.aggregation.groups import memberships
from analysis.aggregation.imputation import RULES, effects, impute
from analysis.aggregation.regions import EACH_COUNTRY, add_counts, form_rates

__all__ = [
    "EACH_COUNTRY",
    "RULES",
    "KnownRate",
    "KnownWeight",
    "add_counts",
    "add_over_ages",
    "age_interval",
    "attainable_rate",
    "bound_rates",
    "decompose",
    "effects",
    "form_rates",
    "impute",
    "memberships",
    "refuse_overlap",
]
