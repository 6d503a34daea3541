"""The unit of amounts is the record's: any currency, any scale, no digit lost, nothing exchanged."""

from fractions import Fraction

import pytest

from analysis.exhibits.money import money_of_rows
from analysis.quantities.units import UnitError, common, is_listed, money_of, unit


def rows(*told: tuple[str, str, str]) -> list[dict[str, str]]:
    return [dict(zip(("value", "decimals", "unit"), each, strict=True)) for each in told]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (rows(("101.8", "1", "usd_million"), ("", "", "usd_million")), ("unit.usd_million", 1)),
        (rows(("61400", "0", "eur_thousand")), ("unit.eur_thousand", 0)),
        # 61.4 thousand are 0.0614 million: four decimals keep every digit.
        (rows(("61.4", "1", "eur_thousand"), ("2", "0", "eur_million")), ("unit.eur_million", 4)),
        (rows(("250", "0", "xof"), ("1", "0", "xof_billion")), ("unit.xof_billion", 9)),
        (rows(("5000000", "-6", "chf")), ("unit.chf", 0)),
    ],
)
def test_amounts_are_shown_in_the_largest_recorded_scale_without_losing_a_digit(held, expected):
    assert money_of_rows(held) == expected


@pytest.mark.parametrize(
    "held",
    [rows(("1", "0", "usd"), ("1", "0", "eur")), rows(("1", "0", "person")), rows(("", "", "usd")), []],
)
def test_several_currencies_or_none_are_refused(held):
    with pytest.raises(UnitError, match="one currency"):
        money_of_rows(held)


def test_a_currency_is_money_at_every_scale_and_meets_no_other():
    assert unit("nok_million").kind == "money"
    assert unit("nok_million").factor == Fraction(10**6)
    assert common("nok", "nok_thousand", "add") == ("nok", 1000)
    with pytest.raises(UnitError, match="nok_million and sek_million"):
        common("nok_million", "sek_million", "add")


@pytest.mark.parametrize(
    "name", ["eur_", "eur_millions", "euro_million", "eur_million_x", "_million", "person"]
)
def test_what_only_looks_like_money_is_none(name):
    assert money_of(name) is None
    assert not is_listed(name)
