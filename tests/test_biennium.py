import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.biennium import Biennium


@pytest.mark.parametrize("text", ["2020-21", "2020–21", "2020/21", "2020-2021", "2020_21", " 2020 - 21 "])
def test_reads_every_usual_form(text):
    found = Biennium.parse(text)
    assert (str(found), found.printed, found.years) == ("2020-21", "2020–21", (2020, 2021))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2021-22", "odd year"),
        ("2020-23", "two following years"),
        ("2020", "two years"),
        ("../../etc", "not a period"),
        ("", "not a period"),
        (202021, "not a period"),
        (None, "not a period"),
    ],
)
def test_refuses_and_says_why(text, why):
    with pytest.raises(ValueError, match=why):
        Biennium.parse(text)


@given(st.integers(500, 4999).map(lambda half: 2 * half))
def test_text_and_back(start):
    assert Biennium.parse(str(Biennium(start))) == Biennium(start)
    assert Biennium.parse(Biennium(start).printed).previous == Biennium(start - 2)
