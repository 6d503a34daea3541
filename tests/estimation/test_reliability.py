"""Flags by named policies, and suppression that no subtraction undoes."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimation import (
    SurveyDesign,
    estimate_domains,
    flag_reliability,
    reliability_policies,
    suppress_complements,
)
from analysis.estimation.reliability import flag_unsettled, rules_written
from analysis.estimation.suppression import Relations, Withholding
from analysis.indicators import weighted_total
from analysis.indicators.populations import employed

DESIGN = SurveyDesign(psu="psu")


def _estimates(**columns) -> pd.DataFrame:
    rows = {
        "indicator": "rate",
        "value": 10.0,
        "standard_error": 1.0,
        "cv": 10.0,
        "degrees_of_freedom": 50,
        "n": 100,
    }
    return pd.DataFrame({**rows, **columns})


def test_the_ilo_flags_below_15_and_suppresses_below_5():
    flagged = flag_reliability(_estimates(n=[0, 4, 5, 14, 15]), "ilo")
    assert list(flagged["status"]) == ["O", "Q", "U", "U", "A"]
    assert list(flagged["value"].isna()) == [False, True, False, False, False]
    assert flagged["standard_error"].isna()[1]


def test_the_default_looks_at_counts_and_at_the_coefficient_of_variation():
    flagged = flag_reliability(
        _estimates(n=[4, 14, 90, 90, 90], value=[1, 1, 0.6, 0, 60.0], cv=[5, 5, 100, np.nan, 30.0])
    )
    assert list(flagged["status"]) == ["Q", "U", "U", "U", "A"]
    assert list(flagged["status_rule"]) == ["n < 5", "n < 15", "CV > 30", "CV not defined", ""]
    counts_alone = flag_reliability(_estimates(n=[14, 90], cv=np.nan, standard_error=np.nan))
    assert list(counts_alone["status"]) == ["U", "A"]


def test_nothing_is_withheld_on_request_but_it_is_said():
    flagged = flag_reliability(_estimates(n=[4, 14, 90]), suppress=False)
    assert list(flagged["status"]) == ["U", "U", "A"]
    assert flagged["status_rule"][0] == "n < 5: to be withheld"
    assert flagged["value"].notna().all()


def test_an_estimate_of_which_many_could_not_be_classified_is_unreliable():
    judged = flag_reliability(_estimates(n=[90, 90, 4, 14, 90, 0], unsettled=[5.0, 5.1, 50, 50, np.nan, 0]))
    flagged = flag_unsettled(judged, 5)
    assert list(flagged["status"]) == ["A", "U", "Q", "U", "A", "O"]
    assert list(flagged["status_rule"]) == ["", "unsettled > 5", "n < 5", "n < 15", "", "n = 0"]


def test_the_rules_are_written():
    assert rules_written() == {"U": ["n < 15", "CV > 30 %"], "Q": ["n < 5"]}
    assert rules_written("ine_chile") == {"U": ["CV > 15 %"], "Q": ["n < 60", "df < 9", "CV > 30 %"]}


@pytest.mark.parametrize(
    ("policy", "cv", "expected"),
    [
        ("statistics_canada", [16.5, 16.6, 33.3, 33.4, np.nan], ["A", "U", "U", "Q", "Q"]),
        ("abs", [24.9, 25.0, np.nan], ["A", "U", "U"]),
        ("ine_chile", [15.0, 15.1, 30.1], ["A", "U", "Q"]),
        ("psa", [9.9, 10.0], ["A", "U"]),
    ],
)
def test_offices_flag_by_the_coefficient_of_variation(policy, cv, expected):
    assert list(flag_reliability(_estimates(cv=cv), policy)["status"]) == expected


def test_a_policy_may_read_degrees_of_freedom():
    assert list(flag_reliability(_estimates(degrees_of_freedom=[8, 9]), "ine_chile")["status"]) == ["Q", "A"]


def test_policies_state_their_source():
    assert {"ilo", "statistics_canada"} <= set(reliability_policies())
    assert all(policy.source and policy.title and policy.rules for policy in reliability_policies().values())


def test_what_a_policy_cannot_read_is_refused():
    with pytest.raises(ValueError, match="expected one of ilo_and_cv, ilo,"):
        flag_reliability(_estimates(n=[20]), "strict")
    with pytest.raises(ValueError, match="standard errors first"):
        flag_reliability(_estimates(cv=[np.nan, np.nan]), "abs")


def _table(counts: np.ndarray) -> pd.DataFrame:
    """Counts of two crossed dimensions as persons, one row each."""
    rows = [(f"r{r}", f"c{c}", 1, 1.0) for (r, c), count in np.ndenumerate(counts) for _ in range(count)]
    persons = pd.DataFrame(rows, columns=["row", "column", "ilo_lfs", "ilo_wgt"])
    return persons.assign(psu=np.arange(len(persons)))


def _published(counts: np.ndarray, *, complements: bool = True) -> pd.DataFrame:
    estimates = estimate_domains(
        _table(counts), [weighted_total(employed())], DESIGN, by=["row", "column"], standard_errors=False
    )
    flagged = flag_reliability(estimates)
    return suppress_complements(flagged, ["row", "column"]) if complements else flagged


def recovered(published: pd.DataFrame) -> list[int]:
    """Suppressed cells that the published ones determine, by solving every additive relation for them."""
    hidden = np.flatnonzero(published["status"] == "Q")
    place = {cell: i for i, cell in enumerate(hidden)}
    labels = published[["row", "column"]].astype(str)
    equations = []
    for axis, other in (("row", "column"), ("column", "row")):
        for fixed in labels[other].unique():
            line = labels.index[labels[other] == fixed]
            equation = np.zeros(len(hidden))
            for cell in line:
                if cell in place:
                    equation[place[cell]] = -1.0 if labels.loc[cell, axis] == "_T" else 1.0
            equations.append(equation)
    system = np.array(equations)
    rank = np.linalg.matrix_rank(system)
    found = []
    for cell in hidden:
        unit = np.zeros(len(hidden))
        unit[place[cell]] = 1.0
        if np.linalg.matrix_rank(np.vstack([system, unit])) == rank:
            found.append(cell)
    return found


COUNTS = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])


def test_one_suppressed_cell_alone_could_be_subtracted_back():
    assert len(recovered(_published(COUNTS, complements=False))) == 1


def test_complements_cannot_be_subtracted_back():
    published = _published(COUNTS)
    assert recovered(published) == []
    hidden = published[published["status"] == "Q"]
    assert set(zip(hidden["row"].astype(str), hidden["column"].astype(str), strict=True)) == {
        ("r0", "c0"),
        ("r0", "c1"),
        ("r1", "c0"),
        ("r1", "c1"),
    }
    assert hidden["value"].isna().all()


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 3, 4, 6, 20, 50]), min_size=12, max_size=12))
def test_no_table_gives_its_suppressed_cells_back(counts):
    table = np.array(counts).reshape(3, 4)
    if table.sum() == 0:
        return
    assert recovered(_published(table)) == []


def test_an_identity_between_indicators_does_not_give_a_cell_back():
    domains = pd.MultiIndex.from_product(
        [
            ["unemployment_rate", "employment_population_ratio", "labour_force_participation_rate"],
            ["_T", "1", "2"],
        ],
        names=["indicator", "sex"],
    ).to_frame(index=False)
    n = {"unemployment_rate": [30, 26, 4], "employment_population_ratio": [90, 40, 50]}
    n["labour_force_participation_rate"] = [90, 40, 50]
    estimates = domains.assign(
        n=list(itertools.chain(*(n[i] for i in domains["indicator"].unique()))), value=1.0
    )
    published = suppress_complements(flag_reliability(estimates), ["sex"])
    women = published[published["sex"] == "2"].set_index("indicator")["status"]
    assert women["unemployment_rate"] == "Q"
    assert (women == "Q").sum() >= 2, "two published rates would give the third"
    alone = suppress_complements(flag_reliability(estimates), ["sex"], identities=())
    assert (alone[alone["sex"] == "2"]["status"] == "Q").sum() == 1


def test_suppression_asks_for_a_flagged_table_of_distinct_domains():
    with pytest.raises(ValueError, match="flag_reliability first"):
        suppress_complements(_estimates(n=[20]), [])
    with pytest.raises(ValueError, match="occurs twice"):
        suppress_complements(flag_reliability(_estimates(n=[20, 3])), [])


@pytest.mark.slow
def test_a_cell_is_disclosed_exactly_when_the_relations_determine_it():
    """Against the definition: the cell's unit vector lies in the row space of the relations."""
    labels = ["_T", "a", "b", "c"]
    cells = pd.MultiIndex.from_product([["rate"], labels, labels, labels], names=["indicator", *"xyz"])
    frame = cells.to_frame(index=False)
    codes = {key: pd.factorize(frame[key]) for key in frame}
    relations = Relations.of(codes, ["x", "y", "z"], ())
    dense, found = relations.matrix.toarray(), 0
    assert dense.shape == (3 * 16, 64)
    for seed in range(60):
        random = np.random.default_rng(seed)
        suppressed = random.random(64) < 0.35
        withheld = Withholding(relations, suppressed, np.zeros(64, bool), np.ones(64))
        system = dense[:, suppressed]
        rank = np.linalg.matrix_rank(system)
        unit = np.eye(suppressed.sum())
        expected = [np.linalg.matrix_rank(np.vstack([system, each])) == rank for each in unit]
        assert list(withheld.disclosed()) == list(np.flatnonzero(suppressed)[expected])
        found += sum(expected)
    assert found > 100


def test_a_large_table_is_protected_and_little_more_is_withheld_than_must_be():
    random = np.random.default_rng(1)
    counts = random.integers(0, 60, (16, 13))
    published = _published(np.where(counts < 8, counts // 2, counts))
    assert recovered(published) == []
    primary = ((published["n"] > 0) & (published["n"] < 5)).sum()
    assert primary < (published["status"] == "Q").sum() < 2 * primary


@pytest.mark.sampled
@pytest.mark.parametrize("by", ["key", "group"])
def test_a_key_is_no_dimension(by):
    persons = pd.DataFrame({"key": range(6000), "ilo_lfs": 1, "ilo_wgt": 1.0}).assign(
        psu=lambda p: p["key"] % 7
    )
    persons["group"] = persons["key"] % 1200
    for options in ({}, {"design_effects": True}, {"standard_errors": False}):
        if by == "group":
            assert len(estimate_domains(persons, ["unemployment_rate"], DESIGN, by=[by], **options)) == 1201
        else:
            with pytest.raises(ValueError, match=r"by key: 6,000 classes of 1\.0 cases each"):
                estimate_domains(persons, ["unemployment_rate"], DESIGN, by=[by], **options)
