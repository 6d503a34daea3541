"""Estimates beside a record: opened when asked for, passed over otherwise; the weights computed anew."""

import gzip
import re

import pandas as pd
import pytest

from analysis.framework import Framework
from analysis.quantities import Recorded, evaluate, value
from analysis.sources.vintages import Vintages
from analysis.sources.vintages.beside import WEIGHTS, _computed, estimates, keyed, with_estimates
from analysis.sources.vintages.codes import VintageError
from analysis.trends.opening import Trends

WORLD = {"indicator": "unemployment_rate", "sex": "SEX_T", "age": "YTHADULT_YGE15", "period": "2020"}


@pytest.mark.slow
def test_estimates_are_opened_by_name_and_passed_over_otherwise(register):
    recorded = register.recorded("2020-21")
    assert "estimates.un_sdg_2022_04" in recorded
    assert not any(name.startswith("estimates.") for name in recorded)
    assert not any(str(name).startswith("estimates.") for name in recorded.opened)
    found = evaluate(value("estimates.un_sdg_2022_04", area="M49:1", **WORLD), recorded)
    assert (float(found.value), float(found.low), float(found.high)) == (6.6, 6.55, 6.65)
    assert recorded["estimates.un_sdg_2022_04"] is recorded["estimates.un_sdg_2022_04"]


@pytest.mark.slow
def test_they_stay_with_corrected_and_replaced_records(register):
    recorded = register.recorded("2020-21", corrected=True)
    assert "estimates.weights" in recorded
    assert "estimates.weights" in recorded.with_tables(recorded.values())


@pytest.mark.slow
def test_their_words_join_the_records_own(register):
    framework = Framework.of(register.recorded("2020-21"))
    assert framework.title("area.M49:202", "fr").text == "Afrique subsaharienne"
    assert framework.title("document.un_sdg_2022_04", "en").text.startswith("UN SDG Global Database")


def test_only_a_record_of_indicators_by_sex_and_age_has_them_beside(table):
    assert not keyed([table([{"value": "1", "period": "2020"}])])
    assert keyed([table([{"indicator": "x", "sex": "s", "age": "a", "period": "2020"}])])


def test_estimates_may_be_set_beside_any_record(root):
    recorded = with_estimates(Recorded([]), *estimates(root))
    assert "estimates.un_sdg_2022_04" in recorded
    assert Framework.of(recorded).title("measured.neet_rate", "en").text.startswith("Youth not in")


@pytest.mark.slow
def test_the_registered_weights_are_those_that_the_library_computes(root):
    vintages = Vintages(root)
    trends = Trends(vintages)
    (path,) = vintages["weights"].files("weights_table")
    held = pd.read_csv(path, dtype={"period": str})
    keys = ["area", "period", "sex", "age"]
    for measure, computed in (("labour_force", trends.labour), ("population", trends._persons)):
        own = held[held["measure"] == measure].merge(computed, on=keys)
        assert len(own) == (held["measure"] == measure).sum() > 1000
        assert (own["value"] - own["weight"]).abs().max() <= 0.5
        assert own.groupby("kind")["area"].nunique().to_dict() == {"continent": 5, "region": 8}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("measure,kind,", "measure,kinds,", "no column kind; expected measure, kind, area"),
        (",32251278,", ",many,", "row 2, value: found 'many'; expected a number"),
        (",32251278,", ",,", "row 2, value: found ''; expected a number"),
    ],
)
def test_weights_that_cannot_be_used_are_refused_when_they_are_read(root, tmp_path, old, new, told):
    vintages = Vintages(root)
    (held,) = vintages["weights"].files(WEIGHTS)
    path = tmp_path / "regions.csv"
    head = "".join(gzip.decompress(held.read_bytes()).decode().splitlines(keepends=True)[:3])
    path.write_text(head.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(VintageError, match=re.escape(f"{path}") + ".*" + re.escape(told)):
        _computed(vintages, "weights", path, WEIGHTS)
