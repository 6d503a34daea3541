"""From country estimates to regions and the World: counts are summed, then rates are formed."""

from analysis.aggregation.ages import add_over_ages, age_interval, refuse_overlap
from analysis.aggregation.groups import memberships
from analysis.aggregation.regions import EACH_COUNTRY, add_counts, form_rates

__all__ = [
    "EACH_COUNTRY",
    "add_counts",
    "add_over_ages",
    "age_interval",
    "form_rates",
    "memberships",
    "refuse_overlap",
]
