"""Each doubt that takes an alarm back is the only one that does, in a text of its own."""

import re

import pytest

from analysis.checking.candidates.labels import spoken_in
from analysis.checking.candidates.running import Running
from analysis.checking.judging import alarms
from analysis.checking.judging.alarms import taken_back
from analysis.reading import find_numbers

REPORT = "implementation-2020-21"
AFRICA = f"{REPORT}/results_by_region/africa/results"
JOBLESS = f"{REPORT}/decent_work_indicators/unemployment_rate/SEX_T/YTHADULT_YGE15/2020"
COVERED = f"{REPORT}/decent_work_indicators/social_protection_coverage/SEX_T/TOTAL/2020"
WOMEN = JOBLESS.replace("SEX_T", "SEX_F")
NOT_MET = "gender-equality-2020-21/monitoring_totals/2020-21/not_met/count"
FRANCE = "cooperation-review-2023/contributions/france"
DIALOGUE = 'total("report.output_indicators", outcome="1", measure="result", region="all", unit="result")'
BUDGET = 'total("report.budget_by_outcome", source="total", measure="strategic_budget", unit="usd_million")'
YEARS = "In 2019 much was otherwise, and in 2020."

# The doubt, what it asks, a text with a number and the quantity that it would be a wrong value of; what else
# is said; then texts without the reason for a doubt.
ALONE = [
    ("scale", "scale_left_out", "Contributions of France: 11.", "11", FRANCE, {}),
    ("rounded", "is_rounded", "Contributions of France: 11,010,000.", "11,010,000", FRANCE, {}),
    ("sum", "is_sum_of_rounded", "Strategic budget: US$966.9 million.", "966.9 million", BUDGET, {}),
    (
        "listed",
        "adds_up",
        "Africa had 50 results, then 60, then 82: 192 results.",
        "192",
        AFRICA,
        {},
    ),
    ("part", "is_part_of", "Africa had 192 of 329 results.", "192", AFRICA, {}),
    ("denial", "", "Targets of the plan: 29.", "29", NOT_MET, {}),
    (
        "rest",
        "is_rest",
        "In 2020 some 53.1 per cent were not covered by social protection.",
        "53.1",
        COVERED,
        {},
    ),
    (
        "named",
        "of_another_named",
        "In 2020 unemployment hit men more than women, 6.6 per cent.",
        "6.6",
        WOMEN,
        {},
    ),
    ("together", "told_together", "Together the regions of Africa had 392 results.", "392", AFRICA, {}),
    ("label", "part_of_label_explained", "Africa had 392 results.", "392", AFRICA, {"label": "Gardening"}),
    ("code", "unsaid_code", "There were 392 results.", "392", AFRICA, {}),
    (
        "computed",
        "computed_here",
        "Africa had 392 results, the Americas 200 and both 592.",
        "592",
        AFRICA,
        {},
    ),
    ("period", "implied_period", "Unemployment was 5.4 per cent.", "5.4", JOBLESS, {"before": YEARS}),
    ("change", "is_no_change", "Unemployment fell by 6.8 per cent in 2020.", "6.8", JOBLESS, {}),
    ("denied", "is_denied", "In 2020 unemployment did not reach 6.8 per cent.", "6.8", JOBLESS, {}),
    ("others", "of_others", "In Peru unemployment in 2020 was 6.8 per cent.", "6.8", JOBLESS, {}),
    ("measure", "target_of_another", "Social dialogue had 179 results (199).", "179", DIALOGUE, {}),
]
WITHOUT = [
    ("Unemployment in 2020: 6.", "6", JOBLESS, {}),
    ("Contributions of France: 12.", "12", FRANCE, {}),
    ("Contributions of France: 11,190,000.", "11,190,000", FRANCE, {}),
    ("Strategic budget: US$967.9 million.", "967.9 million", BUDGET, {}),
    ("Africa had 192 results and 329 plans.", "192", AFRICA, {}),
    ("Targets of the plan that were not met: 29.", "29", NOT_MET, {}),
    ("In 2020 some 53.1 per cent were covered by social protection.", "53.1", COVERED, {}),
    ("In 2020 unemployment hit women, 6.6 per cent.", "6.6", WOMEN, {}),
    ("Africa had 392 results.", "392", AFRICA, {"label": "Africa"}),
    ("Africa had 392 results.", "392", AFRICA, {}),
    ("Africa had 392 results, the Americas 200 and both 593.", "593", AFRICA, {}),
    ("Unemployment was 5.4 per cent in 2020.", "5.4", JOBLESS, {"before": YEARS}),
    ("In all unemployment in 2020 was 6.8 per cent.", "6.8", JOBLESS, {}),
    ("Unemployment fell to 6.8 per cent in 2020.", "6.8", JOBLESS, {}),
    ("In 2020 unemployment did reach 6.8 per cent.", "6.8", JOBLESS, {}),
    ("Social dialogue had 179 results.", "179", DIALOGUE, {}),
]


def reason(checker, text, printed, quantity, *, label="", before=""):
    catalogue = checker.catalogue
    running = Running(catalogue.lexicon("en"), "en", "2020-21")
    running.open_block((), "")
    if before:
        running.close_sentence(running.sentence(before, find_numbers(before, "en")))
    read = running.sentence(text, find_numbers(text, "en"))
    context = running.context(next(each for each in read.numbers if each.text == printed), read)
    context.label = spoken_in(running.sentence(label, []))
    return taken_back(catalogue, context, catalogue.by_id[quantity], running.numbers)


@pytest.mark.parametrize(("doubt", "asks", "text", "printed", "quantity", "around"), ALONE)
def test_a_doubt_takes_an_alarm_back_that_no_other_would(
    checker, monkeypatch, doubt, asks, text, printed, quantity, around
):
    assert reason(checker, text, printed, quantity, **around) == doubt
    if asks.startswith("_"):
        monkeypatch.setattr(alarms, asks, re.compile("(?!)"))
    elif asks:
        monkeypatch.setattr(alarms, asks, lambda *_: 1.0 if asks == "part_of_label_explained" else False)
    assert not asks or reason(checker, text, printed, quantity, **around) == ""


@pytest.mark.parametrize(("text", "printed", "quantity", "around"), WITHOUT)
def test_an_alarm_stays_without_the_reason_for_a_doubt(checker, text, printed, quantity, around):
    assert reason(checker, text, printed, quantity, **around) == ""


def test_every_doubt_stands_alone_in_a_text():
    said = re.findall(r"``(\w+)``", (taken_back.__doc__ or "").partition("Returns")[2])
    assert sorted(said) == sorted(case[0] for case in ALONE)
