"""Opening what trends are computed from: a vintage's observations, the weights, and our own World of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.sources.vintages import Vintages
from analysis.sources.vintages.groupings import GROUPINGS, countries
from analysis.sources.vintages.population import population
from analysis.trends.groups import group_rates
from analysis.trends.weighting import employed, labour_force, persons
from analysis.trends.world import COUNTRIES, REGIONS, departures, own_world

PARTICIPATION = "labour_force_participation_rate"
UNEMPLOYMENT = "unemployment_rate"


@dataclass(frozen=True)
class Trends:
    """The vintages of a project with what their rates are weighted by.

    Attributes
    ----------
    vintages : Vintages
    """

    vintages: Vintages

    @cached_property
    def _population(self) -> pd.DataFrame:
        name = self._weights_with("wpp_country")
        return population(self.vintages[name], self.vintages.codes)

    def _weights_with(self, dialect: str) -> str:
        for name in reversed(self.vintages.names("weights")):
            if any(
                resource["dialect"] == dialect for resource in self.vintages[name].descriptor["resources"]
            ):
                return name
        raise ValueError(f"no registered vintage of weights holds {dialect}")

    @cached_property
    def participation_from(self) -> str:
        """The vintage whose participation rates make the labour force: the newest that has them by sex."""
        for name in reversed(self.vintages.names()):
            rows = self.vintages.observations(name)
            if (rows["indicator"] == PARTICIPATION).any():
                return name
        raise ValueError(f"no registered vintage holds the {PARTICIPATION}")

    @cached_property
    def _persons(self) -> pd.DataFrame:
        return persons(self._population)

    @cached_property
    def labour(self) -> pd.DataFrame:
        """The labour force of countries and regions, by sex and age."""
        rows = self.vintages.observations(self.participation_from)
        rates = rows[(rows["indicator"] == PARTICIPATION) & (rows["sex"] != "SEX_T")]
        people = self._population[self._population["area"] != self._population["region"]]
        return labour_force(people, rates)

    @cached_property
    def region_of(self) -> dict[str, str]:
        """The region of each country."""
        held = self._population[["area", "region"]].drop_duplicates()
        return dict(held[held["area"] != held["region"]].itertuples(index=False))

    @cached_property
    def regions(self) -> list[str]:
        """The regions that make up the World."""
        listed = self.vintages.codes.listed_areas
        return listed.loc[listed["kind"] == "region", "area"].tolist()

    @cached_property
    def countries(self) -> list[str]:
        """The countries that have a population."""
        return sorted(self.region_of)

    def weights(self, name: str) -> dict[str, pd.DataFrame]:
        """Return what each indicator of a vintage is weighted by."""
        rows = self.vintages.observations(name)
        service = self.vintages[name].descriptor["service"]
        by_area = {}
        for indicator, series in rows[["indicator", "series"]].drop_duplicates().itertuples(index=False):
            share_of = self.vintages.codes.of_series(service, series).share_of
            if share_of == "population":
                by_area[indicator] = self._persons
            elif share_of == "labour_force":
                by_area[indicator] = self.labour
            elif share_of == "employed":
                unemployment = rows[rows["indicator"] == UNEMPLOYMENT]
                by_area[indicator] = employed(self.labour, unemployment, self.region_of)
        return by_area

    def own(self, name: str, made_from: str = REGIONS) -> pd.DataFrame:
        """Return our own World of a vintage, made from its regions or from its countries."""
        members = {REGIONS: self.regions, COUNTRIES: self.countries}[made_from]
        return own_world(self.vintages.observations(name), self.weights(name), members, made_from=made_from)

    def grouped(self, name: str, indicator: str, grouping: str) -> pd.DataFrame:
        """Return an indicator's rates of a grouping of countries, by a vintage's countries.

        Parameters
        ----------
        name : str
            A vintage; of the World Bank's groups its own are taken, where it has them.
        indicator : str
        grouping : str
            One of ``analysis.sources.vintages.groupings.GROUPINGS``.
        """
        if grouping not in GROUPINGS:
            raise ValueError(f"no grouping {grouping!r}; there are {', '.join(GROUPINGS)}")
        weights = self.weights(name)
        if indicator not in weights:
            raise ValueError(f"{indicator}: {name} has nothing that its rates are shares of")
        rows = self.vintages.observations(name)
        listed = countries(self.vintages, name)
        return group_rates(rows, weights[indicator], listed, grouping, indicator=indicator)

    def departures(self, name: str, made_from: str = REGIONS) -> pd.DataFrame:
        """Return our own World of a vintage beside the published one."""
        rows = self.vintages.observations(name)
        return departures(self.own(name, made_from), rows, self.vintages[name].world)
