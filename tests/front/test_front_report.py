"""The front door gives what the rooms behind it hold, and says in one line what it cannot do."""

import math
import pickle
import shutil
from fractions import Fraction

import pandas as pd
import pytest
from IPython.core.pylabtools import print_figure

import analysis
from analysis.labels import languages
from analysis.quantities import change, total
from analysis.sources.descriptor import register

FIGURE_10 = {  # as the programme report prints Appendix II, summed by hand
    "outcome.1": (179, 199),
    "outcome.2": (130, 117),
    "outcome.3": (114, 102),
    "outcome.8": (58, 70),
    "label.total": (874, 896),
}
TYPES = {"value": "float64", "low": "float64", "high": "float64", "unit": "category", "printed": "str"}


@pytest.fixture(scope="module")
def report(root):
    return analysis.open("2020-21", root=root)


@pytest.mark.slow
def test_a_figure_is_five_lines_away(report):
    frame = report.exhibit("Figure 10").to_frame()
    cells = frame.set_index(["row_key", "column_key"])["value"]
    for row, (target, result) in FIGURE_10.items():
        assert (cells[row, "measure.target"], cells[row, "measure.result"]) == (target, result)
    assert set(frame.loc[frame["column_key"].isin(["measure.target", "measure.result"]), "unit"]) == {
        "result"
    }


@pytest.mark.slow
def test_every_exhibit_that_holds_numbers_is_a_typed_frame(report):
    held = report.exhibits[~report.exhibits["status"].isin(["not_recomputable", "not_recorded"])]
    assert len(held) > 50
    for identifier in held["id"]:
        frame = report.exhibit(identifier).to_frame()
        assert len(frame), identifier
        assert {name: str(frame[name].dtype) for name in TYPES} == TYPES, identifier
        known = frame[frame["value"].notna()]
        assert (known["unit"] != "").all(), identifier
        assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all(), identifier
        told = frame.loc[frame["value"].isna(), "cell_status"]
        assert not set(told) & {"reported", "computed"}, identifier


@pytest.mark.slow
def test_a_frame_s_numbers_are_in_the_unit_that_it_names(report):
    frame = report.exhibit("contributions_by_partner").to_frame()
    recorded = report.values("review.contributions").set_index("partner")["value"]
    ours = frame[frame["column_key"] == "label.contributions"].set_index("row_key")["value"]
    assert ours["partner.european_commission"] == recorded["european_commission"]


@pytest.mark.slow
def test_an_exhibit_draws_and_prints_itself(report, tmp_path):
    shown = report.exhibit("figure_10")
    assert [text.get_text() for text in shown.figure("half").findobj() if hasattr(text, "get_text")]
    table = shown.table()
    assert table.frame.iloc[-1].tolist()[:3] == ["Total", "874", "896"]
    assert "<table" in table._repr_html_()
    assert "874" in table.latex()
    assert "outcome.2," in table.csv()
    assert "Source:" in repr(table)
    assert "<svg" not in shown._repr_html_()
    assert "data:image/svg+xml" in shown._repr_html_()
    written = shown.save(tmp_path / "new" / "ten.svg")
    assert written.read_bytes().startswith(b"<?xml")
    with pytest.raises(analysis.Misuse, match="is there already"):
        shown.save(written)
    with pytest.raises(analysis.NotFound, match="nothing as 'jpeg'"):
        shown.save(tmp_path / "ten.jpeg")


@pytest.mark.slow
@pytest.mark.parametrize("exhibit", ["Figure 10", "trend_indicator_unemployment_rate"])
def test_a_figure_shows_itself_in_a_notebook(report, exhibit):
    shown = print_figure(report.exhibit(exhibit).figure("half"), base64=False)
    assert shown.startswith(b"\x89PNG")
    assert len(shown) > 5000


def test_a_number_prints_traces_and_cites_itself(report):
    number = report.number("change(targets(outcome='2'), results(outcome='2'))")
    assert (number.value, number.unit) == (Fraction(-10), "percent")
    assert f"{number}" == "−10%"
    assert number.text(decimals=1, signed=True) == "−10.0%"
    traced = number.trace()
    assert len(traced) == 6
    assert set(traced["path"]) == {"data/raw/implementation-2020-21/output_indicators.csv"}
    assert traced["sha256"].str.fullmatch("[0-9a-f]{64}").all()
    assert "Appendix II" in number.cite()
    assert "rapport" in number.cite("fr")
    assert "relative change" in number.sentence
    assert number.formula.startswith("=((SUMIFS(")
    tables = {name: report.values(name) for name in ("report.output_indicators",)}
    assert eval(number.pandas, {"tables": tables}) == pytest.approx(-10)


@pytest.mark.parametrize(
    ("asked", "language", "text"),
    [
        ("expenditure/2", "en", "US$72.5 million"),
        ("expenditure/2", "fr", "72,5 millions de dollars É.-U."),
        ("expenditure/2", "zh", "7,250万美元"),
        ("results", "es", "896"),
        ("results/2/africa", "en", "44"),
        ("implementation-2020-21/output_indicators/1.1.1/target/all", "en", "25"),
        ("share(results(region='africa'), results())", "fr", "37\xa0%"),
    ],
)
def test_a_number_in_a_sentence(report, asked, language, text):
    assert f"{report.number(asked):{language}}" == text


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("implementation-2020-21/prose/2072.1", ("at least 1/3", "au moins 1/3", "al menos 1/3", "至少1/3")),
        (
            "implementation-2020-21/prose/216.1",
            ("US$3.7 trillion", "3,7 billions de dollars É.-U.", "", "3.7万亿美元"),
        ),
        ("implementation-2020-21/prose/727.1", ("nearly 2 times", "près de 2 fois", "casi 2 veces", "近2倍")),
        (
            "implementation-2020-21/prose/2234.1",
            ("1.7 million households", "1,7 million de ménages", "", "170万户"),
        ),
        ("results() / targets()", ("1.03", "1,03", "1,03", "1.03")),
    ],
)
def test_a_number_of_any_unit_is_said_in_every_language(report, asked, texts):
    for language, text in zip(("en", "fr", "es", "zh"), texts, strict=True):
        assert not text or report.number(asked).text(language) == text


@pytest.mark.slow
def test_what_a_report_is_made_of_shows_itself_in_a_line(report):
    for part in (report.framework, report.recorded, report.audit, report.register):
        assert repr(part).startswith(("<", "Register(")), repr(part)[:80]
        assert " at 0x" not in repr(part)
        assert len(repr(part)) < 400


@pytest.mark.slow
@pytest.mark.parametrize("step", [60, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def test_every_recorded_number_has_a_text_in_every_language(report, step):
    for each in report.values()[::step].itertuples():
        for language in languages():
            text = report.number(each.id).text(language)
            assert text or each.status not in ("reported", "text"), (each.id, language)


def test_a_number_of_one_of_two_groups_of_columns(report):
    """Columns of two groups may bear one key; before, the last of them was meant in silence."""
    exhibit = report.exhibit("results_by_region")
    frame = exhibit.to_frame().query("column_key == 'measure.result' and row_key == 'label.total'")
    assert len(frame) == 2
    for group, shown in zip(frame["column_group"], frame["value"], strict=True):
        assert float(exhibit.number("label.total", "measure.result", group)) == shown
    assert exhibit.number("label.total", "measure.result", "As printed").unit == "result"


def test_a_rank_is_printed_as_a_number(report):
    """Before, every place was printed as 'yes'."""
    rank = report.number(
        "rank(results(region='americas'), results(region='africa'), results(region='europe_central_asia'))"
    )
    assert (rank.value, rank.unit, rank.text()) == (2, "count", "2")


def test_one_s_own_quantity_is_a_number(report):
    table = "report.output_indicators"
    target, result = (
        total(table, measure=name, region="all", outcome="2", unit="result") for name in ("target", "result")
    )
    assert report.number(change(target, result)).value == report.number("against_target/2").value == -10


def test_numbers_are_compared_exactly_and_in_units_that_meet(report):
    second, everything = report.number("results/2"), report.number("results")
    assert second == 117 == float(second)
    assert second == report.number("total('report.output_indicators', outcome='2', measure='result',"
                                   " region='all', unit='result')")  # fmt: skip
    assert second != everything
    assert second < everything > 895.9
    assert 896 <= everything <= 896
    assert report.number("constant(2.5, 'usd_million')") == report.number("constant(2500000, 'usd')")
    assert report.number("constant(16.7, 'percent')") == 16.7
    assert report.number("constant(117, 'usd')") != second != "117"
    missing = report.number("results()/0")
    assert missing != missing  # as NaN
    assert repr(missing) == "<Number results()/0: missing results>"
    with pytest.raises(TypeError, match="another number, not with '5'"):
        second < "5"  # noqa: B015
    with pytest.raises(TypeError, match="unhashable"):
        hash(second)


@pytest.mark.slow
def test_a_report_and_what_it_gives_go_to_another_process(report):
    exhibit, number = report.exhibit("Figure 10"), report.number("results/2")
    opened, drawn, same = pickle.loads(pickle.dumps((report, exhibit, number)))
    assert same == number
    assert same.trace().equals(number.trace())
    assert drawn.to_frame().equals(exhibit.to_frame())
    assert opened.number("results") == report.number("results")
    assert opened.claims().equals(report.claims())


def test_a_report_is_opened_by_another_s_period(report, root):
    assert str(analysis.open(report.period.previous, root=root).period) == "2018-19"


def test_a_missing_number_is_nan_and_no_text_of_a_number(report):
    rows = report.values("report.decent_work_indicators")
    blank = rows[rows["value"].isna()]
    assert len(blank)
    missing = report.number(blank.iloc[0]["id"])
    assert missing.value is None
    assert math.isnan(float(missing))
    assert not any(sign.isdigit() for sign in missing.text())


@pytest.mark.slow
def test_values_are_the_record(report):
    values = report.values()
    assert values["id"].is_unique
    assert values["value"].notna().all()
    assert dict(values.dtypes.astype(str))["value"] == "float64"
    counted = sum(
        not value.missing and row["id"] != ""
        for table in report.recorded.values()
        for value, row in zip(table.values, table.records, strict=True)
    )
    assert len(values) == counted


@pytest.mark.slow
def test_claims_are_those_of_the_audit(report):
    claims = report.claims()
    assert len(claims) == len(report.audit.judgements)
    assert str(claims["recomputed"].dtype) == "float64"
    row = claims.set_index("id").loc["implementation-2020-21/prose/26.1"]
    assert row["printed"]
    assert set(claims["verdict"].cat.categories) <= {
        "reproduced", "rounding", "discrepancy", "explained", "not_recomputable", "input", "unchecked"
    }  # fmt: skip


@pytest.mark.slow
def test_explains_by_number_and_by_id(report):
    assert "1203.2" in report.explain("implementation-2020-21/prose/1203.2")
    assert repr(report.explain("896")) == str(report.explain("896"))
    assert len(report.explain("896").splitlines()) <= 5
    assert "SUMIFS" in report.explain("896", full=True)
    assert "SUMIFS" not in report.explain("896")


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("ask", "kind", "told"),
    [
        (lambda report: report.exhibit("Figure 1"), analysis.NotFound, "may be any of 3"),
        (
            lambda report: report.exhibit("figure_10_result_by_outcomes"),
            analysis.NotFound,
            "close to it: results_against",
        ),
        (lambda report: report.exhibit(""), analysis.NotFound, "analysis list"),
        (lambda report: report.number("result/2"), analysis.NotFound, "results"),
        (lambda report: report.number("results/zz"), analysis.NotFound, "no column of report.output"),
        (lambda report: report.number("results() + expenditure()"), analysis.Misuse, "unlike units"),
        (lambda report: report.number("__import__('os').system('x')"), analysis.Misuse, "not allowed"),
        (lambda report: report.number("results(outcome='99')"), analysis.NotFound, "found none"),
        (lambda report: report.explain("99999"), analysis.NotFound, "no document prints '99999'"),
        (lambda report: report.values("x"), analysis.NotFound, "no table 'x'"),
        (lambda report: f"{report.number('results'):de}", analysis.Misuse, "formatted by a language"),
        (lambda report: report.exhibit("Figure 11").to_frame(), analysis.NotFound, "not recomputable"),
        (lambda report: report.exhibit("Figure 10").figure("huge"), analysis.Misuse, "no size 'huge'"),
        (lambda report: report.exhibit("Figure 10").number("a", "b"), analysis.NotFound, "no row 'a'"),
        (lambda report: report.exhibit("gender_targets"), analysis.NotFound, "no exhibit has the id"),
        (lambda report: analysis.open("2021-22"), analysis.Misuse, "odd year"),
        (lambda report: analysis.open("2016-17"), analysis.NotFound, "2018-19, 2020-21"),
        (lambda report: analysis.open("2020-21", language="de"), analysis.NotFound, "en, es, fr, zh"),
        (lambda report: analysis.open(root="/nowhere/at/all"), analysis.BadData, "holds no data/raw"),
        (lambda report: report.exhibit(10), analysis.Misuse, "by its id"),
        (
            lambda report: report.exhibit("Figure 1", document="leaflet"),
            analysis.NotFound,
            "a document 'leaflet'",
        ),
        (lambda report: report.exhibit("results_by_region").save(None), analysis.Misuse, "path of a file"),
        (
            lambda report: report.exhibit("results_by_region").save("/dev/null/a.csv"),
            analysis.Misuse,
            "/dev/null",
        ),
        (lambda report: report.exhibit("results_by_region").number(1, "x"), analysis.Misuse, "keys"),
        (lambda report: report.number(5), analysis.Misuse, "an id, an expression"),
        (lambda report: report.number("results/2/3"), analysis.NotFound, "both codes of outcome"),
        (lambda report: report.number("results").text(decimals=-1), analysis.Misuse, "expected 0 to 12"),
        (lambda report: report.number("results").text(decimals="1"), analysis.Misuse, "a whole number"),
        (lambda report: report.number("results").text("de"), analysis.NotFound, "en, es, fr, zh"),
        (lambda report: report.explain(896), analysis.Misuse, "as text"),
        (lambda report: report.check("README.md", language="de"), analysis.NotFound, "auto, en, es"),
        (lambda report: report.check(None), analysis.Misuse, "path of a draft"),
        (lambda report: analysis.open(root=3), analysis.Misuse, "path of a project"),
        (lambda report: analysis.open(root=""), analysis.Misuse, "path of a project"),
        (lambda report: analysis.open(2020), analysis.Misuse, "such as '2020-21'; found 2020"),
        (lambda report: analysis.open(language=["fr"]), analysis.Misuse, "a language is a code"),
        (lambda report: analysis.open(organisation=["ilo"]), analysis.Misuse, "named by its id"),
        (lambda report: analysis.open(corrected="no"), analysis.Misuse, "True or False; found 'no'"),
        (lambda report: report.values(["report.prose"]), analysis.Misuse, "asked for by its name"),
        (lambda report: report.exhibit("Figrue 10"), analysis.NotFound, "close to it: Figure 10 "),
        (
            lambda report: report.exhibit("figure 2", "report"),
            analysis.NotFound,
            "is a drawing, which prints",
        ),
        (lambda report: report.exhibit("figure_10").figure([]), analysis.Misuse, "are named by a text"),
        (lambda report: report.exhibit("figure_10").save("x.svg", "huge"), analysis.Misuse, "no size 'huge'"),
        (lambda report: report.number("value('report.prose')"), analysis.NotFound, r"one row, found \d+$"),
        (
            lambda report: report.number("results") < report.number("expenditure"),
            analysis.Misuse,
            "cannot compare result and usd_million",
        ),
        (lambda report: report.number("results()/0") > 1, analysis.Misuse, "'results\\(\\)/0' is missing"),
        (lambda report: analysis.open(organisation="nobody"), analysis.NotFound, "no organisation 'nobody'"),
        (
            lambda report: report.number("share(expenditure(), results())"),
            analysis.Misuse,
            "in percent: unlike",
        ),
        (lambda report: report.number("counted_as(expenditure(), 'usd')"), analysis.Misuse, "unlike scales"),
        (lambda report: report.number("constant(1, '')"), analysis.Misuse, "no unit"),
        (lambda report: report.number("rank(results())"), analysis.Misuse, "at least one other"),
        (
            lambda report: report.exhibit("results_by_region").number("label.total", "measure.result"),
            analysis.NotFound,
            "several columns 'measure.result'; name the group, one of 'Counted in",
        ),
        (
            lambda report: report.exhibit("results_by_region").number("label.total", "label.share", "Ours"),
            analysis.NotFound,
            "no column of the group 'Ours'",
        ),
    ],
)
def test_says_in_one_line_what_it_cannot_do(report, ask, kind, told, monkeypatch, root):
    monkeypatch.chdir(root)
    with pytest.raises(kind, match=told) as raised:
        ask(report)
    assert raised.value.__cause__ is None
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 420
    assert raised.value._render_traceback_() == [f"{kind.__name__}: {raised.value}"]


@pytest.mark.slow
def test_a_changed_record_is_refused(root, tmp_path):
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("processed"))
    path = tmp_path / "data" / "raw" / "implementation-2020-21" / "output_indicators.csv"
    path.write_bytes(path.read_bytes().replace(b",25,", b",26,", 1))
    with pytest.raises(analysis.BadData, match="checksum differs"):
        analysis.open("2020-21", root=tmp_path)


@pytest.mark.slow
def test_a_record_that_is_gone_or_laid_out_wrongly_is_bad_data(root, tmp_path):
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("processed"))
    opened = analysis.open("2020-21", root=tmp_path)
    layout = opened.recorded.about["layout.exhibits"]
    shutil.rmtree(tmp_path / "data" / "estimates")
    with pytest.raises(analysis.BadData, match="estimates"):
        opened.values(next(iter(opened.recorded.later)))
    layout.rows.loc[0, "kind"] = "no_such_kind"
    with pytest.raises(analysis.BadData, match="no_such_kind"):
        opened.exhibits  # noqa: B018


@pytest.mark.slow
def test_claims_that_go_under_an_open_report_are_missed(root, tmp_path):
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("processed"))
    opened, again = (analysis.open("2020-21", root=tmp_path) for _ in range(2))
    whole = len(again.claims())
    shutil.rmtree(tmp_path / "data" / "claims")
    with pytest.raises(analysis.BadData, match=r"data/claims/implementation-2020-21\.csv.*gone since"):
        opened.claims()
    with pytest.raises(analysis.BadData, match="gone since"):
        opened.explain("896")
    assert len(again.claims()) == whole
    with pytest.raises(analysis.BadData, match="registered, but not there, nor are 4 others"):
        analysis.open("2020-21", root=tmp_path)
    register(tmp_path / "data" / "raw")
    with pytest.warns(UserWarning, match="implementation-2020-21: no claims are on record"):
        assert len(analysis.open("2020-21", root=tmp_path).claims()) < whole


def test_a_survey_in_one_call():
    persons = pd.DataFrame(
        {
            "ilo_lfs": [1, 2, 1, 3, 1, 1] * 20,
            "ilo_sex": [1, 2] * 60,
            "ilo_wgt": [10.0, 20.0, 10.0, 5.0, 30.0, 30.0] * 20,
            "psu": [number // 6 for number in range(120)],
        }
    )
    found = analysis.estimate(persons, "unemployment_rate", by="sex").set_index("sex")
    assert found.loc["_T", "value"] == 20.0  # 20 of 10 + 20 + 10 + 30 + 30
    assert found.loc["M", "value"] == 0
    assert found.loc["F", "value"] == 40.0
    assert {"standard_error", "lower", "upper", "status"} <= set(found.columns)


@pytest.mark.parametrize(
    ("survey", "asked", "kind", "told"),
    [
        ("nowhere.csv", {"indicators": "unemployment_rate"}, analysis.NotFound, "no survey at nowhere.csv"),
        (None, {"indicators": "unemployed"}, analysis.NotFound, "there are"),
        (None, {"indicators": "unemployment_rate", "by": ["sex", "sex"]}, analysis.Misuse, "twice"),
        (None, {"indicators": "unemployment_rate", "policy": "none"}, analysis.Misuse, "none"),
        (
            None,
            {"indicators": "unemployment_rate", "lonely_psu": "keep"},
            analysis.Misuse,
            "expected one of fail",
        ),
        (None, {"indicators": "unemployment_rate", "interval": "bayes"}, analysis.Misuse, "logit, wald"),
        (None, {"indicators": "unemployment_rate", "engine": "spark"}, analysis.Misuse, "pandas, polars"),
        (None, {"indicators": "unemployment_rate", "by": 3}, analysis.Misuse, "by takes names"),
        (None, {"indicators": 5}, analysis.Misuse, "indicators are ids"),
        (None, {"indicators": "unemployment_rate", "accept_unsettled": "few"}, analysis.Misuse, "per cent"),
        (None, {"indicators": "unemployment_rate", "accept_unsettled": -1}, analysis.Misuse, "0 to 100"),
        (
            None,
            {"indicators": "unemployment_rate", "accept_unsettled": float("nan")},
            analysis.Misuse,
            "found nan",
        ),
        (
            None,
            {"indicators": "unemployment_rate", "by": [5]},
            analysis.Misuse,
            "names of dimensions; found 5",
        ),
        (None, {"indicators": "unemployment_rate", "variants": [5]}, analysis.Misuse, "texts"),
        (
            None,
            {"indicators": "unemployment_rate", "where": "x"},
            analysis.Misuse,
            "no option where: there are",
        ),
        (None, {"indicators": "unemployment_rate", "variants": "icls"}, analysis.Misuse, "variant 'icls'"),
        ([1, 2], {"indicators": "unemployment_rate"}, analysis.Misuse, "a frame of one row a person"),
    ],
)
def test_a_survey_that_cannot_be_estimated(survey, asked, kind, told):
    persons = pd.DataFrame({"ilo_lfs": [1, 2], "ilo_sex": [1, 2], "ilo_wgt": [1.0, 1.0]})
    with pytest.raises(kind, match=told):
        analysis.estimate(persons if survey is None else survey, standard_errors=False, **asked)


@pytest.mark.slow
def test_an_archive_of_surveys_is_estimated_from(root):
    archive = root / "examples" / "surveys" / "archive.toml"
    found = analysis.estimate(archive, "unemployment_rate", by="year", icls=19).set_index("year")
    assert list(found.index.astype(str)) == ["_T", "2019", "2020"]
    assert found["n"].iloc[0] == found["n"].iloc[1] + found["n"].iloc[2]
    with pytest.raises(analysis.Misuse, match="names a mapping for each survey itself"):
        analysis.estimate(archive, "unemployment_rate", mapping="m.toml")
