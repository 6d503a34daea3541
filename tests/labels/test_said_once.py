"""Words are worked out once for a catalogue; their labels count as looked up every time."""

from fractions import Fraction

import pytest

from analysis.audit.statements import number_with_unit
from analysis.labels import Catalogue
from analysis.labels.once import said_once
from analysis.labels.watching import watched


def test_words_are_said_once_and_their_labels_looked_up_every_time():
    labels, worked_out = Catalogue("fr"), []

    def say() -> str:
        worked_out.append(1)
        return labels("label.total")

    seen = []
    for _ in range(3):
        with watched() as looked_up:
            assert said_once(labels, "total", say) == labels("label.total")
        seen.append(looked_up)
    assert worked_out == [1]
    assert seen[0] == seen[1] == seen[2] != {}


def test_a_failure_is_not_kept():
    labels = Catalogue("en")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            said_once(labels, "nothing", lambda: 1 / 0)
    assert labels.said == {}


def test_another_catalogue_says_it_itself():
    numbers = [number_with_unit(Fraction(9, 2), "percent", Catalogue(code)) for code in ("en", "fr", "en")]
    assert numbers[0] == numbers[2] != numbers[1]


@pytest.mark.parametrize("other", [{"number": Fraction(1, 3)}, {"name": "usd_million"}, {"decimals": 1}])
def test_another_number_unit_or_precision_is_another_text(other):
    labels = Catalogue("en")
    usual = {"number": Fraction(1, 7), "name": "percent", "decimals": 6}
    first = number_with_unit(labels=labels, **usual)
    assert number_with_unit(labels=labels, **usual | other) != first
    assert number_with_unit(labels=labels, **usual) == first
