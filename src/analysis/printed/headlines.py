"""A headline in a language: the words of its rule, with labels and numbers as they are printed."""

from __future__ import annotations

from analysis.exhibits.finding import Headline
from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.labels import Catalogue, amounts
from analysis.labels.agreement import Counted
from analysis.labels.numerals import printed
from analysis.printed.wording import declined, inside, said_years
from analysis.quantities import Recorded, evaluate
from analysis.quantities.units import common, unit

POINTS = "percentage_points"
_MEETING = ((") (", "; "), ("）（", "；"))


def headline_text(headline: Headline, recorded: Recorded, catalogue: Catalogue, column_unit: str = "") -> str:
    """Return a headline as one sentence without a full stop.

    Parameters
    ----------
    headline : Headline
    recorded : Recorded
        The tables that its numbers are read from.
    catalogue : Catalogue
        Of the language, with the record.
    column_unit : str
        Catalogue key of the unit of the chart's values (``unit.usd_million``); amounts are told in it.

    Raises
    ------
    LabelError
        When the language has no words for the rule.
    """
    words = {
        name: _number(slot, recorded, catalogue, column_unit.removeprefix("unit."))
        if isinstance(slot, SaidNumber)
        else _label(slot, catalogue)
        for name, slot in headline.slots.items()
    }
    text = catalogue(f"headline.{headline.rule}", **words)
    for narrow, joined in _MEETING:  # "youth (15–24) (15.2%)": one pair of brackets
        text = text.replace(narrow, joined)
    return f"{text[:1].upper()}{text[1:]}"


def _label(slot: SaidLabel, catalogue: Catalogue) -> str:
    text = inside(slot.key, catalogue, short=True)
    text = said_years(text, catalogue)
    return declined(slot.key, catalogue("label.among_others", name=text) if slot.others else text, catalogue)


def _number(said_number: SaidNumber, recorded: Recorded, catalogue: Catalogue, wanted: str) -> str:
    value = evaluate(said_number.quantity, recorded)
    number, name = value.value, value.unit
    if wanted and unit(wanted).kind == unit(name).kind == "money":
        number, name = number * common(wanted, name, "say in a headline")[1], wanted
    text = printed(
        number,
        said_number.decimals,
        catalogue("language.locale"),
        signed=said_number.signed,
        percent=name == "percent",
        grouped=name != "calendar_year",
    )
    counted = amounts.said_amount(number, said_number.decimals, name, text, catalogue)
    return Counted(counted.whole, counted.form, counted.whole) if name == POINTS else counted
