"""Statements that print again what a table holds."""

import pytest

from analysis.checking.candidates.derived import printings
from analysis.checking.candidates.restated import restated

AGAIN = [
    ("prose/1364.1", "implementation-2020-21/output_indicators/2.3.1/result/all"),
    ("prose/2022.1", "implementation-2020-21/output_indicators/7.2.1/result/all"),
    (
        "prose/918.2",
        'total("report.output_indicators", output="2.1", outcome="2", measure="result", region="americas", '
        'unit="result")',
    ),
]


@pytest.mark.parametrize(("statement", "tabled"), AGAIN)
def test_a_statement_is_what_its_claim_makes_it_from(checker, statement, tabled):
    stated = checker.catalogue.by_id[f"implementation-2020-21/{statement}"]
    assert [one.id for one in printings(checker.catalogue, stated)] == [tabled, stated.id]


def test_what_is_restated_has_the_value_and_is_of_a_table(checker):
    by_id = checker.catalogue.by_id
    for name, again in checker.catalogue.restated.items():
        assert by_id[name].base == again.base
        assert again.named_by
        assert not by_id[name].named_by


def test_nothing_is_restated_without_claims(checker):
    catalogue = checker.catalogue
    assert restated(catalogue.recorded, None, catalogue.candidates) == {}


def test_a_statement_that_nothing_makes_anew_is_itself_alone(checker):
    stated = checker.catalogue.by_id["implementation-2020-21/prose/1363.1"]
    assert printings(checker.catalogue, stated) == [stated]
