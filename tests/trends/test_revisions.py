"""Revisions made up by hand, and those of the registered vintages."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.labels import Catalogue, languages
from analysis.printed.revision_tables import one_sided_said
from analysis.quantities import Recorded
from analysis.sources.vintages.record import comparable, published_world, titles_of_estimates
from analysis.trends.revisions import (
    PROJECTED,
    by_span,
    one_sided,
    revise,
    summary_of_revisions,
    with_shared_world,
)


def rows(values, *, area="M49:1", decimals=1, basis="modelled", vintage="v"):
    return pd.DataFrame(
        {
            "indicator": "unemployment_rate", "area": area, "sex": "SEX_T", "age": "YTHADULT_YGE15",
            "period": list(values), "value": [float(each) for each in values.values()], "unit": "percent",
            "decimals": decimals, "basis": basis, "vintage": vintage,
        }
    )  # fmt: skip


FIRST = rows({"2016": 5.0, "2017": 5.2, "2018": 5.1, "2019": 5.4}, vintage="first")
LATER = rows(
    {"2017": 5.25, "2018": 5.31, "2019": 5.2, "2020": 6.6}, area="WB:WLD", decimals=2, vintage="later"
)


def test_a_revision_by_hand():
    cells = revise(with_shared_world(FIRST, "M49:1"), with_shared_world(LATER, "WB:WLD"), edition=2019)
    assert cells["area"].unique().tolist() == ["World"]
    by = cells.set_index("period")
    assert by["revision"].to_dict() == pytest.approx({"2017": 0.05, "2018": 0.21, "2019": -0.2})
    assert by["rounding"].unique().tolist() == pytest.approx([0.055])
    assert by["moved"].to_dict() == {"2017": False, "2018": True, "2019": True}
    assert by["horizon"].to_dict() == {"2017": 2, "2018": 1, "2019": 0}
    assert cells.attrs == {"unlike": 0, "only_before": 1, "only_after": 1}
    one = summary_of_revisions(cells).iloc[0]
    assert one["cells"] == 3
    assert one["moved"] == 2
    assert one["mean"] == pytest.approx(0.02)
    assert one["mean_absolute"] == pytest.approx(0.46 / 3)
    assert one["largest"] == pytest.approx(0.21)
    assert one["up"] == 50
    # 2018: -0.1 became +0.06; 2019: +0.3 became -0.11
    assert one["turned"] == 100


def test_what_only_one_vintage_has_is_told_by_name():
    """A country split in two, a series discontinued; groups of a service that the other lacks are none."""
    parts = {area: rows({"2019": 5.0}, area=area) for area in ("M49:1", "SDN", "KEN", "M49:202", "SSD")}
    neet = rows({"2019": 5.0}, area="KEN").assign(indicator="neet_rate")
    before = with_shared_world(
        pd.concat([*(parts[area] for area in ("M49:1", "SDN", "KEN", "M49:202")), neet]), "M49:1"
    )
    later = [parts["M49:1"], parts["SSD"], parts["KEN"], rows({"2019": 5.0}, area="M49:53")]
    after = with_shared_world(pd.concat(later), "M49:1")
    bank = pd.concat([rows({"2019": 5.0}, area=area) for area in ("WB:WLD", "KEN", "WB:EMU")])
    bank = with_shared_world(bank, "WB:WLD")
    held = one_sided(before, after)
    assert held == {"indicator": (["neet_rate"], []), "area": (["M49:202", "SDN"], ["M49:53", "SSD"])}
    assert one_sided(before, bank) == {"indicator": (["neet_rate"], []), "area": (["SDN"], [])}
    said = one_sided_said({"area": (["KEN"], [f"M49:{n}" for n in range(2000, 2015)])}, Catalogue("en"))
    assert said[0] == "Areas in the first only, by the indicators of both: KEN."
    assert said[1].endswith("M49:2011 (+3).")
    assert one_sided_said(one_sided(before, before), Catalogue("en")) == []


@pytest.mark.sampled
@pytest.mark.parametrize("language", languages())
def test_indicators_that_only_one_has_are_told_in_every_language(vintages, language):
    held = {"indicator": (["neet_rate"], ["unemployment_rate"]), "area": ([], [])}
    labels = Catalogue(language, Recorded([], about=[titles_of_estimates(vintages, complete=False)]))
    first, second = one_sided_said(held, labels)
    assert labels("measured.neet_rate") in first
    assert labels("measured.unemployment_rate") in second


def test_revisions_by_how_long_before_the_edition_a_year_lies():
    years = ("2008", "2009", "2014", "2015", "2017", "2018", "2019", "2020")
    before, after = (rows(dict.fromkeys(years, level), decimals=2) for level in (5.0, 6.0))
    after.loc[after["period"] == "2018", "value"] = 9.0
    still = [frame.assign(indicator="neet_rate") for frame in (before, before)]
    cells = revise(pd.concat([before, still[0]]), pd.concat([after, still[1]]), edition=2019)
    table = by_span(cells)
    assert set(table["indicator"]) == {"unemployment_rate"}  # the other did not move
    assert table["span"].tolist() == [PROJECTED, 0, 2, 5, 10]
    assert table["cells"].tolist() == [1, 2, 2, 1, 2]
    assert table["mean"].tolist() == [1.0, 2.5, 1.0, 1.0, 1.0]
    assert by_span(revise(*still, edition=2019)).empty


def test_what_a_country_reports_is_not_set_beside_what_is_modelled_for_it():
    reported = rows({"2018": 5.0, "2019": 6.0}, area="KEN", basis="reported")
    modelled = rows({"2018": 5.5, "2019": 6.5}, area="KEN")
    cells = revise(reported, modelled, edition=2020)
    assert cells.empty
    assert cells.attrs["unlike"] == 2
    assert len(revise(reported, rows({"2018": 5.5}, area="KEN", basis="reported"), edition=2020)) == 1
    assert len(revise(modelled, rows({"2018": 5.5}, area="KEN", basis="projected"), edition=2020)) == 1


def test_a_gap_is_no_change_from_the_year_before():
    before, after = rows({"2015": 5.0, "2018": 6.0}), rows({"2015": 5.0, "2018": 4.0})
    assert pd.isna(summary_of_revisions(revise(before, after, edition=2019)).iloc[0]["turned"])


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_a_vintage_does_not_revise_itself(values):
    held = rows({str(2000 + number): value for number, value in enumerate(values)}, decimals=3)
    cells = revise(held, held, edition=2021)
    assert not cells["moved"].any()
    assert (cells["revision"] == 0).all()
    one = summary_of_revisions(cells).iloc[0]
    assert (one["mean"], one["mean_absolute"], one["moved"]) == (0, 0, 0)
    assert pd.isna(one["turned"]) or one["turned"] == 0


def between(vintages, first, later):
    held = [with_shared_world(comparable(vintages, name), vintages[name].world) for name in (first, later)]
    return revise(*held, edition=int(vintages[first].edition[:4]))


@pytest.mark.slow
def test_the_world_was_revised_between_2022_and_2026(vintages):
    cells = between(vintages, "un_sdg_2022_04", "world_bank_2026_04")
    by = cells.set_index("period")
    assert by.loc["2018", "before"] == 5.4
    assert by.loc["2018", "after"] == pytest.approx(5.75951966875999)
    assert by.loc["2018", "moved"]
    assert not by.loc["2020", "moved"]
    one = summary_of_revisions(cells).iloc[0]
    assert (one["cells"], one["moved"]) == (22, 21)
    assert one["mean"] == pytest.approx(0.305, abs=0.001)
    assert one["up"] == pytest.approx(100 * 20 / 21)
    assert cells.attrs["unlike"] > 2000


@pytest.mark.slow
def test_two_services_of_one_edition_agree_but_for_one_cell(vintages):
    """The UN's one decimal and the World Bank's five, both of November 2021."""
    cells = between(vintages, "un_sdg_2022_04", "world_bank_2022_12")
    assert len(cells) == 66
    moved = cells[cells["moved"]]
    assert moved[["sex", "period"]].values.tolist() == [["SEX_M", "2011"]]
    assert moved["revision"].tolist() == pytest.approx([-0.05668])


@pytest.mark.slow
def test_the_youth_of_another_weighting_is_not_compared(vintages):
    cells = between(vintages, "un_sdg_2022_04", "world_bank_2022_12")
    assert "YTHADULT_Y15-24" not in set(cells["age"])


@pytest.mark.slow
def test_a_table_of_a_vintage_keeps_text_and_place(vintages):
    table = published_world(vintages, "un_sdg_2022_04")
    where = {"indicator": "neet_rate", "sex": "SEX_T", "age": "YTHADULT_Y15-24", "period": "2018"}
    (found,) = table.select(tuple((name, (code,)) for name, code in where.items()))
    row = table.records[found]
    assert row["id"] == "estimates/un_sdg_2022_04/neet_rate/M49:1/SEX_T/YTHADULT_Y15-24/2018"
    assert (row["printed"], row["decimals"]) == ("22.02", "2")
    assert float(table.values[found].high - table.values[found].low) == pytest.approx(0.01)
