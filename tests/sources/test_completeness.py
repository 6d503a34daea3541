"""The record is complete: each numeral of a document is recorded or is no datum, and each record is in print.

The numerals stand in ``data/transcriptions`` as facts, so these tests run everywhere; where the source texts
are beside the checkout, the numerals are compared with the texts. What they cannot see: a word that is no
numeral (first, both), and whether 一 before a measure word is "a" or "one"; those were read by hand.
"""

import csv
import hashlib
import random
import re
import tomllib
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from extract_numerals import FOLDER, WORD, as_csv, extracted
from numerals import (
    DOCUMENTS,
    PATTERNS,
    RULES,
    WORDS,
    Numeral,
    counted,
    matched,
    numerals,
    plain,
    read,
    recorded,
    set_aside,
    unwrapped,
)

from analysis.sources.published_checks import SAID

ROOT = Path(__file__).parents[2]
SOURCES = ROOT.parent / "shared" / "sources"
EXCEPTIONS = Path(__file__).with_name("completeness_exceptions.csv")
needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the source texts are not beside the checkout; their numerals are compared"
)
each_document = pytest.mark.parametrize("document", DOCUMENTS)


@cache
def transcribed(document: str) -> list[dict[str, str]]:
    """Return a document's numerals and words as they stand in ``data/transcriptions``."""
    with (FOLDER / f"{document}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numeral(row: dict[str, str], at: int) -> Numeral:
    return Numeral(int(row["line"]), row["printed"], at, at + 1)


@cache
def rows(document: str):
    return recorded(ROOT / "data" / "raw" / document)


def to_place(document: str):
    """Return the rows that need a numeral of their own: not words, and not one numeral that serves again."""
    return [row for row in rows(document) if row.printed not in WORDS and row.status != "repeated"]


def exceptions(document: str) -> list[tuple[int, str]]:
    with EXCEPTIONS.open(encoding="utf-8", newline="") as file:
        return [(int(e["line"]), e["printed"]) for e in csv.DictReader(file) if e["document"] == document]


def data_numerals(document: str) -> list[Numeral]:
    """Return the numerals that no rule and no exception sets aside."""
    left = Counter(exceptions(document))
    kept = []
    for at, row in enumerate(transcribed(document)):
        if row["rule"]:
            continue
        each = numeral(row, at)
        if left[each.line, each.printed]:
            left[each.line, each.printed] -= 1
        else:
            kept.append(each)
    return kept


@pytest.mark.slow
@needs_sources
@each_document
def test_the_numerals_are_those_of_the_text(document):
    content = (SOURCES / DOCUMENTS[document][0]).read_bytes()
    assert as_csv(extracted(document, content.decode("utf-8"))) == as_csv(transcribed(document))
    with (FOLDER / "texts.csv").open(encoding="utf-8", newline="") as file:
        (text,) = (row for row in csv.DictReader(file) if row["document"] == document)
    assert text["sha256"] == hashlib.sha256(content).hexdigest()


@each_document
def test_every_numeral_is_recorded_or_no_datum_and_every_record_is_in_print(document):
    not_in_print, not_recorded = matched(to_place(document), data_numerals(document))
    assert not not_in_print, [(row.id, row.line, row.printed) for row in not_in_print]
    assert not not_recorded, [
        (each.line, each.printed, transcribed(document)[each.start]["next"]) for each in not_recorded
    ]


@each_document
def test_words_and_repeated_numbers_stand_on_their_line(document):
    held = {(int(each["line"]), each["printed"]) for each in transcribed(document)}
    for row in set(rows(document)) - set(to_place(document)):
        near = {(row.line + distance, plain(row.printed)) for distance in (0, 1, -1, 2, -2)}
        assert near & held, (row.id, row.line, row.printed)


@pytest.mark.sampled
@each_document
def test_a_row_taken_out_is_missed(document):
    placed, data = to_place(document), data_numerals(document)
    for row in random.Random(2022).sample(placed, 40):
        _, missed = matched([each for each in placed if each is not row], data)
        assert [each.printed for each in missed] == [plain(row.printed)], row
        assert abs(missed[0].line - row.line) <= 2, row


@pytest.mark.sampled
@each_document
def test_a_wrong_digit_or_line_is_noticed(document):
    placed, data = to_place(document), data_numerals(document)
    for row in random.Random(2023).sample(placed, 20):
        others = [each for each in placed if each is not row]
        for wrong in (row._replace(printed="98765"), row._replace(line=row.line + 5000)):
            not_in_print, missed = matched([*others, wrong], data)
            assert not_in_print == [wrong]
            assert len(missed) == 1


@each_document
@pytest.mark.parametrize("wide", [r"\d+%?", "[二两三四五六七八九十]", r"\d+(?=个|项|名|份)", "一."])
def test_a_rule_that_hides_a_recorded_number_is_noticed(document, wide):
    data = data_numerals(document)
    whole = re.compile(wide)
    hidden = set()
    for each in data:
        match = whole.match(f"{each.printed}{transcribed(document)[each.start]['next']}")
        if match and match.end() >= len(each.printed):
            hidden.add(each)
    not_in_print, _ = matched(to_place(document), [each for each in data if each not in hidden])
    assert hidden
    assert sorted(plain(row.printed) for row in not_in_print) == sorted(each.printed for each in hidden)


@each_document
def test_the_record_says_what_the_document_says_of_itself_and_what_it_does_not(document):
    with (ROOT / "data" / "raw" / document / "document.toml").open("rb") as file:
        told = tomllib.load(file)
    published = told["published"]
    assert {*published, *published["not_in_text"]} >= {*SAID}
    assert ("symbol" in published["not_in_text"]) is ("/" not in told["symbol"])
    assert not {*published} & {*published["not_in_text"]}
    assert published["language"] == "zh"


@pytest.mark.slow
@needs_sources
@each_document
def test_session_and_date_are_those_of_the_text(document):
    text = (SOURCES / DOCUMENTS[document][0]).read_text(encoding="utf-8")
    with (ROOT / "data" / "raw" / document / "document.toml").open("rb") as file:
        published = tomllib.load(file)["published"]
    if "date" in published:
        year, month, day = (int(part) for part in published["date"].split("-"))
        assert f"日期：{year} 年 {month} 月 {day} 日" in text
    numbered = re.search(r"(\d+)\w+ Session", published.get("session", ""))
    if numbered:
        assert f"第 {numbered[1]} 届会议" in text[:1000]
    assert ("原文：英文" in text) is (published.get("original") == "en")
    assert ("ISBN" in text) is ("isbn" in published)


def test_every_rule_and_every_exception_is_needed():
    used = {row["rule"] for document in DOCUMENTS for row in transcribed(document)}
    assert used == {*RULES, WORD, ""}
    for document in DOCUMENTS:
        open_ones = Counter(
            (int(row["line"]), row["printed"]) for row in transcribed(document) if not row["rule"]
        )
        assert not Counter(exceptions(document)) - open_ones, document


RULE_CASES = {
    "web address": ("见https://example.org/x_2020/12.pdf。", "12家企业"),
    "calendar": ("2020-2021两年期", "共2020人"),
    "month and day": ("3月18日", "3个月"),
    "biennium": ("两年期计划", "两年来"),
    "session": ("第109届会议", "109次会议"),
    "ordinal": ("第二部分", "二十项"),
    "numbered item": ("第190号公约", "190项公约"),
    "numbered heading or paragraph": ("\n12. 评估", "12.5%"),
    "goal, outcome, output or indicator": ("成果目标7", "达到目标40%"),
    "table, figure, box or appendix": ("见图15", "15张图"),
    "action of the plan": ("\n1.3支持", "3.7万亿"),
    "identifier": ("GB.341/POL/4", "4份文件"),
    "age": ("15-24岁", "24个月"),
    "footnote": ("达到目标。12\n", "，28个成员国"),
    "page": ("100国际劳工组织2020–2021两年期计划执行报告", "100国"),
    "name": ("三方成员", "三国"),
    "word of a unit": ("(百万美元)", "百分之十"),
    "article": ("制定了一项战略", "议程上有一页记分卡"),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_covers_what_it_names_and_no_number_like_it(name):
    no_datum, datum = RULE_CASES[name]
    for text, covered in ((no_datum, True), (datum, False)):
        found = numerals(text, [1] * len(text), blank_groups=False)
        assert found, text
        assert (name in set_aside(text, found, {name: PATTERNS[name]}).values()) is covered, text


def test_numerals_are_read_whole():
    text, lines = unwrapped(
        "约 3,500 多万人，比\n上年多 54.\n8%，其中三分\n之二在 4 000\n个\n\n12 34 镇", gap=1
    )
    found = numerals(text, lines, blank_groups=True)
    assert [(each.line, each.printed) for each in found] == [
        (1, "3500万"),
        (2, "54"),
        (3, "8%"),
        (3, "三分之二"),
        (4, "4000"),
        (7, "12"),
        (7, "34"),
    ]
    for printed, value in (
        ("二十", 20),
        ("十四", 14),
        ("两", 2),
        ("百分之二十", 20),
        ("三分之二", Fraction(2, 3)),
    ):
        assert counted(printed) == value


@pytest.mark.parametrize(
    ("printed", "unit", "value", "decimals"),
    [
        ("3,500万", "million_persons", 35, 0),
        ("2,140万", "usd_million", "21.4", 1),
        ("7.906亿", "usd_million", "790.6", 1),
        ("40亿", "million_persons", 4000, -3),
        ("41亿", "million_persons", 4100, -2),
        ("3.7万亿", "usd_trillion", "3.7", 1),
        ("14万", "enterprise", 140000, -4),
        ("54.8%", "percent", "54.8", 1),
    ],
)
def test_the_rule_of_values_and_decimals(printed, unit, value, decimals):
    assert read(printed, unit) == (Fraction(value), decimals)


@each_document
def test_value_and_decimals_follow_from_what_is_printed(document):
    numbers = [row for row in rows(document) if row.value]
    assert numbers
    for row in numbers:
        value, decimals = read(row.printed, row.unit)
        assert (abs(Fraction(row.value)), int(row.decimals)) == (value, decimals), row
        assert ("%" in row.printed or "百分之" in row.printed) <= (
            row.unit in ("percent", "percentage_points")
        ), row
        assert ("分之" in row.printed or "半" in row.printed) <= (row.unit in ("fraction", "percent")), row


def test_only_a_fall_that_is_recorded_as_growth_is_negative():
    negative = [row.id for document in DOCUMENTS for row in rows(document) if row.value.startswith("-")]
    assert negative == ["implementation-2020-21/enabling_indicators/A.3.1/facebook_followers_growth/result"]
