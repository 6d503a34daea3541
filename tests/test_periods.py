import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.periods import Calendar, Period, first_and_last

BIENNIAL = Calendar(2, 2020, "two")
YEARLY = Calendar(1, 2022, "one")
FINANCIAL = Calendar(1, 2022, "state", financial=True)
FOUR = Calendar(4, 2022, "four")


@pytest.mark.parametrize("text", ["2020-21", "2020–21", "2020/21", "2020-2021", "2020_21", " 2020 - 21 "])
def test_reads_every_usual_form(text):
    found = BIENNIAL.read(text)
    assert (str(found), found.printed, found.years) == ("2020-21", "2020–21", (2020, 2021))
    assert found.organisation == "two"


@pytest.mark.parametrize(
    ("calendar", "text", "why"),
    [
        (BIENNIAL, "2021-22", "odd year.*2020-21 or 2022-23"),
        (BIENNIAL, "2020-23", "two following years"),
        (BIENNIAL, "2020", "two years"),
        (BIENNIAL, "../../etc", "not a period"),
        (BIENNIAL, "", "not a period"),
        (BIENNIAL, 202021, "not a period"),
        (BIENNIAL, None, "not a period"),
        (YEARLY, "2022-23", "one year: expected 2022; a financial year .* `financial = true` in one.toml"),
        (YEARLY, "2022-24", "one year: expected 2022; what several"),
        (FINANCIAL, "2022-24", "one year: expected 2022-23; what several"),
        (YEARLY, "22", "not a period: write one year, for example 2022"),
        (FOUR, "2020-23", "of 4 years does, for example 2018-21 or 2022-25"),
        (FOUR, "2022-23", "4 years: expected 2022-25"),
    ],
)
def test_refuses_and_says_why(calendar, text, why):
    with pytest.raises(ValueError, match=why):
        calendar.read(text)


def test_a_financial_year_is_named_by_the_year_that_it_starts_in():
    held = FINANCIAL.read("2023/24")
    assert (str(held), held.printed, held.years) == ("2023-24", "2023–24", (2023,))
    assert held == FINANCIAL.read("2023") == FINANCIAL.read("2023–2024")
    assert (str(held.previous), str(held.following)) == ("2022-23", "2024-25")
    assert str(FINANCIAL.read("1999-00")) == "1999-00"


def test_a_year_and_four_years_are_periods_too():
    assert (str(YEARLY.read("2022")), YEARLY.read("2022").years) == ("2022", (2022,))
    assert FOUR.read("2022–25").printed == "2022–25"
    assert FOUR.read("2022-25").previous.years == (2018, 2019, 2020, 2021)


@given(st.integers(1, 6), st.integers(-150, 300))
def test_text_and_back(years, number):
    calendar = Calendar(years, 2020)
    period = calendar.period(2020 + number * years)
    assert calendar.read(str(period)) == calendar.read(period.printed) == period
    assert period.previous.following == Period(period.start, calendar)
    assert period.previous.end == period.start - 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-25", (2020, 2025)),
        ("2020–2025", (2020, 2025)),
        ("1998-02", (1998, 2002)),
        ("2023", (2023, 2023)),
        ("", None),
        ("soon", None),
    ],
)
def test_the_first_and_the_last_year_of_any_span(text, expected):
    assert first_and_last(text) == expected
