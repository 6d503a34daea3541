import pytest

from analysis.exhibits.named import named
from analysis.quantities import SelectionError, UnitError, evaluate
from analysis.quantities.notation import NotationError, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('change(targets(outcome="2"), results(outcome="2"))', -10),
        ('indicators_above(outcome="1")', 5),
        ('indicators_met(outcome="8")', 3),
        ('recorded_number("implementation-2020-21/prose/26.1")', 151),
        ("results() - targets()", 22),
        ('rank(results(region="africa"), results(region="americas"), results(region="arab_states"))', 1),
        ('equals(results(), constant(896, "result"))', 1),
    ],
)
def test_reads_the_closed_vocabulary(recorded, text, expected):
    assert evaluate(parse(text, recorded, named(recorded)), recorded).value == expected


@pytest.mark.parametrize(
    "text",
    [
        '__import__("os").system("true")',
        "results().unit",
        "lambda: 1",
        "results() * -'one'",
        "[results() for _ in ()]",
        "open('x')",
        "1 +",
        "'text'",
        "share(results())",
        "results(**{})",
    ],
)
def test_refuses_everything_else(recorded, text):
    with pytest.raises(NotationError):
        evaluate(parse(text, recorded, named(recorded)), recorded)


def test_an_unknown_id_is_an_error(recorded):
    with pytest.raises(SelectionError, match="no recorded number has the id"):
        parse('recorded_number("implementation-2020-21/prose/1.99")', recorded)


def test_unlike_units_meet_only_by_a_convention_that_is_written_down(recorded):
    persons = 'value("report.working_hours_losses", item="became_inactive")'
    jobs = 'value("report.working_hours_losses", item="full_time_equivalent_hours_reduced")'
    with pytest.raises(UnitError, match="unlike units"):
        evaluate(parse(f"{jobs} + {persons}", recorded), recorded)
    added = evaluate(parse(f'{jobs} + counted_as({persons}, "million_jobs")', recorded), recorded)
    assert (added.value, added.unit) == (224, "million_jobs")


def test_an_id_once_published_keeps_resolving(recorded):
    current, former = (f"{name}/prose/26.1" for name in ("implementation-2020-21", "report"))
    assert recorded.locate(former)[1] == recorded.locate(current)[1]
    assert evaluate(parse(f'recorded_number("{former}")', recorded), recorded).value == 151
    with pytest.raises(SelectionError, match="no recorded number has the id 'reports/prose/26'"):
        recorded.locate("reports/prose/26")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('constant("1e99999999")', "exponent of two digits"),
        ('constant("1e9_9999999")', "exponent of two digits"),
        ('constant("1/0")', "not a number that can be reckoned with"),
        ("1 / 1e99999999", "not a number that can be reckoned with"),
        ("1" + "+1" * 300, "at most 100 operations"),
        ("1" + "-1" * 5_000, "nested too deeply"),
        ("(" * 90_000, "nested too deeply|not an expression"),
        ("1+" * 60_000 + "1", "a quantity of 120001 characters"),
        ("constant(\0)", "not an expression"),
        ('constant(12, "count") / constant(4, constant(2))', "where a unit belongs"),
        ('is_more(constant(12), "count")', "where a quantity belongs"),
        ('recorded_number("implementation-2020-21/prose/26" / 1)', "nothing to reckon with"),
        ('__import__("os").system("true")', "not allowed in a quantity"),
    ],
)
def test_hostile_text_is_refused_at_once(recorded, text, message):
    with pytest.raises(NotationError, match=message):
        parse(text, recorded)


def test_a_sum_of_a_hundred_numbers_is_read(recorded):
    assert evaluate(parse("+".join(["constant(1)"] * 100), recorded), recorded).value == 100
