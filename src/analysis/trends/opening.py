"""Opening what trends are computed from: a vintage's observations, the weights, and our own World of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.aggregation.imputation import NONE
from analysis.sources.vintages import Vintages
from analysis.sources.vintages.groupings import GROUPINGS, countries, published_as
from analysis.sources.vintages.population import population
from analysis.trends.area import NO_VINTAGES
from analysis.trends.groups import ALIKE, GIVEN, group_rates, parts_of_changes
from analysis.trends.weighting import employed_of_labour_force, labour_force_of_areas, persons, with_sums
from analysis.trends.world import COUNTRIES, LEAST_COVERAGE, LINE, REGIONS, departures, weigh_to_world

PARTICIPATION = "labour_force_participation_rate"
UNEMPLOYMENT = "unemployment_rate"
TOTAL = "SEX_T"
ENOUGH, HALF = 2, 0.5
"""Share of its groups' years that an edition gives, for it to be preferred to an older one."""


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
        return with_sums(persons(self._population), self._located("continent"))

    @cached_property
    def labour(self) -> pd.DataFrame:
        """The labour force of countries and regions, by sex and age, in persons."""
        rows = self.vintages.observations(self.participation_from)
        rates = rows[(rows["indicator"] == PARTICIPATION) & (rows["sex"] != "SEX_T")]
        people = self._population[self._population["area"] != self._population["region"]]
        return with_sums(labour_force_of_areas(people, rates), self._located("continent"))

    def _located(self, column: str) -> dict[str, str]:
        held = self._population.loc[self._population["area"] != self._population["region"]]
        return dict(held[["area", column]].drop_duplicates().itertuples(index=False))

    @cached_property
    def region_of(self) -> dict[str, str]:
        """The region of each country."""
        return self._located("region")

    @cached_property
    def regions(self) -> list[str]:
        """The eight regions that make up the World."""
        return self.partitions[-1]

    @cached_property
    def partitions(self) -> list[list[str]]:
        """The areas that make up the World, of each kind that does: the fewest first."""
        listed = self.vintages.codes.listed_areas
        return sorted(
            (areas["area"].tolist() for _, areas in listed[listed["wpp"] != ""].groupby("kind")), key=len
        )

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
                by_area[indicator] = employed_of_labour_force(self.labour, unemployment, self.region_of)
        return by_area

    def own(self, name: str, made_from: str = REGIONS) -> pd.DataFrame:
        """Return our own World of a vintage, made from its regions or from its countries.

        Of regions those are taken, line by line and year by year, that are fewest and have a rate each: the
        fewer they are, the more of the World's composition is the vintage's own and the less is the weights'.
        """
        rows, weights = self.vintages.observations(name), self.weights(name)
        if made_from == COUNTRIES:
            return weigh_to_world(rows, weights, self.countries, made_from=made_from)
        made = {
            len(members): weigh_to_world(rows, weights, members, made_from=REGIONS)
            for members in self.partitions
            if members == self.regions or rows["area"].isin(members).any()
        }
        whole = [part[part["reporting"] == areas] for areas, part in made.items()]
        chosen = pd.concat([*whole, *reversed(made.values())]).drop_duplicates([*LINE, "period"])
        return chosen.sort_values([*LINE, "period"], ignore_index=True)

    def share_of(self, name: str, indicator: str) -> str:
        """Return what an indicator of a vintage is a share of; empty where nothing says so."""
        rows = self.vintages.observations(name)
        service = self.vintages[name].descriptor["service"]
        series = rows.loc[rows["indicator"] == indicator, "series"].unique()
        return next((self.vintages.codes.of_series(service, code).share_of for code in series), "")

    @property
    def weighable(self) -> list[str]:
        """The indicators of any vintage that are a share of something with weights.

        Raises
        ------
        ValueError
            When there are no vintages.
        """
        if not self.vintages.names():
            raise ValueError(NO_VINTAGES)
        pairs = {
            (name, indicator)
            for name in self.vintages.names()
            for indicator in self.vintages.observations(name)["indicator"].unique()
        }
        return sorted({indicator for name, indicator in pairs if self.share_of(name, indicator)})

    def weighted_by(self, name: str, indicator: str) -> list[str]:
        """Return the vintages that an indicator's weights come from."""
        names = [self._weights_with("wpp_country")]
        share_of = self.share_of(name, indicator)
        names += [self.participation_from] if share_of in ("labour_force", "employed") else []
        return names + ([name] if share_of == "employed" else [])

    def grouped(self, name: str, indicator: str, grouping: str, rule: str = NONE) -> pd.DataFrame:
        """Return an indicator's rates of a grouping of countries, by a vintage's countries.

        Parameters
        ----------
        name : str
            A vintage; of the World Bank's groups its own are taken, where it has them.
        indicator : str
        grouping : str
            One of ``analysis.sources.vintages.groupings.GROUPINGS``.
        rule : str
            How a country's own years fill what it does not report: one of ``analysis.trends.groups.RULES``.

        Returns
        -------
        pandas.DataFrame
            As `group_rates` returns it, with ``vintage``, ``effect`` (the value less the one without the
            rule, missing where either is not given), ``published`` (the service's own number for the same
            group, where the vintage has it) and ``departure`` (the value less that).
        """
        if grouping not in GROUPINGS:
            raise ValueError(f"no grouping {grouping!r}; there are {', '.join(GROUPINGS)}")
        if not self.share_of(name, indicator):
            raise ValueError(f"{indicator}: {name} has nothing that its rates are shares of")
        rows, weights = self.vintages.observations(name), self.weights(name)[indicator]
        listed = countries(self.vintages, name)
        made = group_rates(rows, weights, listed, grouping, indicator=indicator, rule=rule)
        plain = made
        if rule != NONE:
            least = 0.0 if rule == ALIKE else LEAST_COVERAGE[COUNTRIES]  # those who report, alone
            plain = group_rates(rows, weights, listed, grouping, indicator=indicator, least_coverage=least)
        keys = [*LINE, "group", "period"]
        made = made.join(plain.set_index(keys)["value"].rename("plain"), on=keys)
        areas = published_as(self.vintages, grouping, made["group"].unique(), name)
        published = rows.set_index([*LINE, "area", "period"])["value"].rename("published")
        named = [areas.get(group, "") for group in made["group"]]
        made = made.assign(area=named).join(published, on=[*LINE, "area", "period"])
        effect, departure = made["value"] - made["plain"], made["value"] - made["published"]
        made = made.assign(effect=effect, departure=departure, vintage=name)
        return made.drop(columns=["plain", "area"])

    def parts(self, name: str, indicator: str, grouping: str, first: str, last: str) -> pd.DataFrame:
        """Return what the countries' rates and their composition moved of each group's rate.

        Parameters
        ----------
        name, indicator, grouping : str
            As in `grouped`.
        first, last : str, year

        Returns
        -------
        pandas.DataFrame
            As `parts_of_changes` returns it, with ``vintage``.
        """
        rows, weights = self.vintages.observations(name), self.weights(name)[indicator]
        listed = countries(self.vintages, name)
        made = parts_of_changes(rows, weights, listed, grouping, indicator=indicator, years=(first, last))
        return made.assign(vintage=name)

    def newest_rates(
        self, indicator: str, grouping: str, *, rule: str = NONE, vintage: str = ""
    ) -> pd.DataFrame:
        """Return a grouping's rates, each line from the newest edition whose countries suffice for it.

        Parameters
        ----------
        indicator, grouping, rule : str
            As in `grouped`.
        vintage : str
            One vintage, whether its countries suffice or not.

        Returns
        -------
        pandas.DataFrame
            As `grouped` returns it. A line (sex, age) is the newest edition's that gives half of the groups'
            years or more; where none does, the newest's that gives any; else the newest's, all missing.

        Raises
        ------
        ValueError
            When no vintage has rates of countries for the indicator, or nothing says what they are shares of.
        """

        def age(name: str) -> tuple[str, str]:
            return self.vintages[name].edition, self.vintages[name].date

        newest = sorted(self.vintages.names(), key=age, reverse=True)
        by_line: dict[tuple[str, ...], pd.DataFrame] = {}
        for name in [vintage] if vintage else newest:
            rows = self.vintages.observations(name)
            own = rows[(rows["indicator"] == indicator) & rows["area"].isin(self.countries)]
            lines = {*own[LINE].drop_duplicates().itertuples(index=False, name=None)}
            wanted = {line for line in lines if line not in by_line or _given(by_line[line]) < ENOUGH}
            if not vintage and (not wanted or not self.share_of(name, indicator)):
                continue
            for line, part in self.grouped(name, indicator, grouping, rule).groupby(LINE, sort=True):
                if line not in by_line or (line in wanted and _given(part) > _given(by_line[line])):
                    by_line[line] = part
        if not by_line:
            raise ValueError(
                f"{indicator}: no vintage has rates of countries that can be weighted; there are "
                f"{', '.join(self.weighable)}"
            )
        order = sorted(by_line, key=lambda line: (line[1] != TOTAL, line))
        return pd.concat([by_line[line] for line in order], ignore_index=True)

    def departures(self, name: str, made_from: str = REGIONS) -> pd.DataFrame:
        """Return our own World of a vintage beside the published one."""
        rows = self.vintages.observations(name)
        return departures(self.own(name, made_from), rows, self.vintages[name].world)


def _given(rows: pd.DataFrame) -> int:
    """Tell whether rows give nothing, something, or enough to be preferred to an older edition's."""
    share = (rows["status"] == GIVEN).mean()
    return ENOUGH if share >= HALF else int(share > 0)
