"""Made-up charts and tables of every kind, with the labels that are hardest to place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from analysis.labels import Catalogue
from analysis.labels.numerals import printed
from analysis.printed.printable import (
    Note,
    ResolvedCell,
    ResolvedChart,
    ResolvedColumn,
    ResolvedRow,
    ResolvedSeries,
    ResolvedTable,
)
from analysis.quantities import Recorded
from analysis.sources.register import Register

ROOT = Path(__file__).resolve().parents[1]
REGIONS = ("africa", "americas", "arab_states", "asia_pacific", "europe_central_asia")
TITLES = {"en": "Results and targets by policy outcome", "zh": "按政策成果目标分列的成果与目标"}
OUTCOMES = tuple("12345678")
LONG = {
    "en": "Member States with fully functional wage-setting machinery and evidence-based minimum wages",
    "zh": "旨在实现充分、生产性和自由选择的就业与人人享有体面劳动的经济、社会和环境转型的成员国",
}


def series(key: str, label: str, numbers, language: str, decimals: int = 0, **more) -> ResolvedSeries:
    exact = tuple(None if number is None else Fraction(str(number)) for number in numbers)
    locale = Catalogue(language)("language.locale")
    texts = tuple("n/a" if number is None else printed(number, decimals, locale) for number in exact)
    bounds = {
        name: tuple(None if each is None else Fraction(str(each)) for each in more.get(name, ()))
        for name in ("low", "high")
    }
    return ResolvedSeries(key, label, exact, texts, **bounds, dashed=more.get("dashed", ()))


@cache
def _record() -> Recorded:
    return Register(ROOT).recorded("2020-21")


def charts_in(language: str) -> dict[str, ResolvedChart]:
    label = Catalogue(language, _record())
    long = LONG.get(language, LONG["en"])
    regions = tuple(label(f"region.{name}") for name in REGIONS)
    outcomes = tuple(f"{code}. {label.short(f'outcome.{code}')}" for code in OUTCOMES)

    def chart(name, kind, keys, categories, made, decimals=0, unit="unit.result", notes=()) -> ResolvedChart:
        return ResolvedChart(
            name,
            kind,
            "",
            TITLES.get(language, TITLES["en"]),
            label("label.pair", first=label(unit), second="2020–21"),
            keys,
            categories,
            tuple(made),
            label(unit),
            decimals,
            tuple(Note("", text) for text in notes),
            label(
                "label.source_line",
                documents=label.document("implementation-2020-21"),
                vintage="2022",
                edition="0.1.0",
            ),
            f"{name}: 1; 2",
            language,
        )

    def by_region(numbers, **more):
        rows = zip(REGIONS, numbers, strict=True)
        return [
            series(f"region.{name}", label(f"region.{name}"), row, language, **more) for name, row in rows
        ]

    keys = tuple(f"outcome.{code}" for code in OUTCOMES)
    two = [
        series("measure.target", label("measure.target"), (179, 130, 114, 69, 76, 84, 164, 58), language),
        series("measure.result", label("measure.result"), (199, 117, 102, 90, 92, 59, 1670, 70), language),
    ]
    years = ("2018", "2019", "2020", "2021")
    sexes = [
        series(f"sex.{name}", words, numbers, language, 1, dashed=(False, False, False, True))
        for name, words, numbers in (
            ("SEX_T", label("label.total"), (5.4, 5.4, 6.6, 6.2)),
            ("SEX_F", long[:30], (5.6, 5.5, 6.6, 6.3)),
            ("SEX_M", label("region.americas"), (5.3, None, 6.6, 6.1)),
        )
    ]
    marks = [
        replace(
            series(f"label.as_printed.sex.{name}", label("label.as_printed"), numbers, language, 1),
            marked_on=f"sex.{name}",
        )
        for name, numbers in (("SEX_F", (None, 5.5, 6.4, None)), ("SEX_M", (5.3, None, 6.6, 6.0)))
    ]
    pair = [
        two[0],
        series("measure.result", label("measure.result"), (199, 117, 102, None, 92, 59, 1670, 70), language),
    ]
    over = [
        series(f"target_status.{name}", label(f"target_status.{name}"), numbers, language)
        for name, numbers in (("met", (29, 37)), ("not_met", (24, 36)), ("no_data", (4, 1)))
    ]
    wanted = series("measure.target", label("measure.target"), (100, 2000, None, 30, 25), language)
    steps = series(
        "label.difference", label("label.difference"), (966.6, 34.6, -18.5, 122, 1104.7), language, 1
    )
    heat = [(40, 31, 22, 34, 0), (1200, 8, 7, 6, 5), (1, 2, 3, None, 5), (9, 8, 7, 6, 5), (4, 5, 6, 7, 8)]
    parts = [tuple(each or 0 for each in row) for row in heat]
    return {
        each.id: each
        for each in (
            chart("bars_two", "bars", keys, outcomes, two),
            chart(
                "bars_negative",
                "bars",
                ("a", "b", "c"),
                (long, long * 2, regions[0]),
                [series("x.y", label("measure.result"), (-54.85, 1234567.5, None), language, 1)],
                1,
                notes=(long, long),
            ),
            chart(
                "stacked",
                "stacked",
                keys[:5],
                outcomes[:5],
                by_region(parts),
            ),
            chart("lines_three", "lines", years, years, sexes, 1, "unit.percent"),
            chart("lines_marked", "lines", years, years, [*sexes, *marks], 1, "unit.percent"),
            chart("lines_one", "lines", years, years, sexes[:1], 1, "unit.percent"),
            chart(
                "lines_six",
                "lines",
                years,
                years,
                by_region([(5 + n / 9, 5.1, 5 + n, 5.05 + n / 50) for n in range(5)], decimals=2)
                + sexes[1:2],
                2,
                "unit.percent",
            ),
            chart("dumbbell", "dumbbell", keys, outcomes, pair),
            chart("slope", "slope", ("code.2018–19", "code.2020–21"), ("2018–19", "2020–21"), over),
            chart("units", "units", keys[:2], outcomes[:2], [series("x.y", "y", (26, 69), language)]),
            chart(
                "units_few", "units", ("a", "b"), (long, outcomes[1]), [series("x.y", "y", (0, 20), language)]
            ),
            chart(
                "waterfall",
                "waterfall",
                ("measure.strategic_budget", *keys[:3], "measure.actual_expenditure"),
                (label("measure.strategic_budget"), *outcomes[:3], label("measure.actual_expenditure")),
                [steps],
                1,
            ),
            replace(
                chart(
                    "goals",
                    "stacked",
                    keys[:5],
                    outcomes[:5],
                    by_region(parts),
                ),
                goals=wanted,
            ),
            chart("heat", "heat", tuple("abcde"), (long, *regions[1:]), by_region(heat)),
            chart(
                "heat_negative",
                "heat",
                ("a", "b"),
                regions[:2],
                by_region([(-30.5, 12.25)] * 5, decimals=1),
                1,
                "unit.percent",
            ),
            chart(
                "intervals",
                "intervals",
                ("a", "b"),
                (long, regions[1]),
                [
                    series(
                        "sex.SEX_F",
                        label("label.total"),
                        (54.8, None),
                        language,
                        1,
                        low=(50, None),
                        high=(59.5, None),
                    ),
                    series("sex.SEX_M", long[:40], (12.5, 99), language, 1, low=(10, 98), high=(15, 100)),
                ],
                1,
                "unit.percent",
            ),
            chart(
                "spans",
                "spans",
                ("a", "b", "c"),
                (long, regions[1], regions[2]),
                [
                    ResolvedSeries(
                        "label.start",
                        "start",
                        (Fraction(2020), Fraction(2022), Fraction(2021)),
                        ("2020", "2022", "2021"),
                    ),
                    ResolvedSeries(
                        "label.end",
                        "end",
                        (Fraction(2025), Fraction(2022), Fraction(2023)),
                        ("2025", "2022", "2023"),
                    ),
                ],
            ),
        )
    }


def table_in(language: str) -> ResolvedTable:
    label = Catalogue(language)
    locale = label("language.locale")

    def number(exact: str, decimals: int, unit: str = "result", **more) -> ResolvedCell:
        return ResolvedCell(
            Fraction(exact), printed(Fraction(exact), decimals, locale, **more), "computed", unit, decimals
        )

    columns = (
        ResolvedColumn(
            label("measure.target"),
            label("dimension.region"),
            label("unit.result"),
            "measure.target",
            False,
        ),
        ResolvedColumn(
            label("measure.result"),
            label("dimension.region"),
            label("unit.result"),
            "measure.result",
            False,
        ),
        ResolvedColumn(
            label("label.against_target"), "", label("unit.percent"), "label.against_target", True
        ),
    )
    rows = (
        ResolvedRow(
            ("=1+1", "2.1"),
            ("a", "b"),
            (number("1250", 0), number("199", 0), number("-1/3", 1, signed=True)),
            marks=("a",),
        ),
        ResolvedRow(
            ("<b>&_%$#{x}~^\\", "-5"),
            ("c", "d"),
            (
                number("54.85", 1),
                ResolvedCell(None, label("status.not_available"), "not_available"),
                ResolvedCell(None, "", "empty"),
            ),
        ),
        ResolvedRow(
            (label("label.total"), ""),
            ("label.total", ""),
            (number("1304.85", 1), number("199", 0), number("6.25", 1, signed=True)),
            total=True,
        ),
    )
    return ResolvedTable(
        "made_up",
        label("numbering.table", number="1"),
        TITLES.get(language, TITLES["en"]),
        "2020–21",
        TITLES.get(language, TITLES["en"]),
        (label("dimension.region"), label("label.area")),
        columns,
        rows,
        (Note("", "@whole"), Note("a", "=row")),
        ((label("status.not_available"), label("status_meaning.not_available")),),
        label(
            "label.source_line",
            documents=label.document("implementation-2020-21"),
            vintage="2022",
            edition="0.1.0",
        ),
        language,
    )
