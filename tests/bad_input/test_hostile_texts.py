"""Texts that are code, formula or markup elsewhere stay texts in every form that leaves the package."""

import csv
import io
import re
import sys
from pathlib import Path

import pandas as pd
import pytest
from lxml import html
from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).resolve().parent))

from page import meet
from scene import MAPPING, Case, persons, scene

from analysis.printed.spreadsheet_text import csv_of

TEXTS = ["{x} {0}", "<script>alert(1)</script>", "[c](javascript:alert(1))", "=1+1", "@SUM(A1)", "-2+3"]
TEXTS += ["\\input{/etc/passwd}", "a\\b%$#&~^", "${x}$", "&amp;<b>", "]]>", "%s %d", "a\nb"]
FORMS = ("svg", "png", "pdf", "csv", "pptx", "docx", "html", "tex", "xlsx")
FORMULA = re.compile(r"[=@+-](?![0-9.]+$)")


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS)
def test_a_title_stays_a_text_in_every_form(text, tmp_path):
    place = scene(tmp_path)
    place.retitle(text)
    place.again()
    for form in FORMS:
        words = ("export", "results_by_region", "--format", form, "--output", "out")
        assert meet(Case("", "", words), place) == (0, "")
    made = {path.suffix: path for path in sorted((place.root / "out").glob("[!.]*"))}
    assert set(made) == {f".{form}" for form in FORMS}
    page = html.fromstring(made[".html"].read_text(encoding="utf-8"))
    assert not page.xpath("//script | //td//b | //th//b")
    assert not [link for link in page.xpath("//@href") if "javascript" in link]
    assert text.replace("\n", " ") in page.text_content().replace("\n", " ")
    with made[".csv"].open(encoding="utf-8", newline="") as lines:
        assert not [cell for row in csv.reader(lines) for cell in row if FORMULA.match(cell)]
    sheet = load_workbook(made[".xlsx"]).worksheets[0]
    assert not [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "\\input{" not in made[".tex"].read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3"])
def test_a_category_of_a_survey_is_no_formula_in_csv(text, tmp_path):
    place = scene(tmp_path)
    persons().assign(area=text).to_csv(place.path("survey.csv"), index=False)
    mapping = MAPPING.replace('title = "A survey"', 'title = "A survey"\nkeep = ["area"]')
    place.write("mapping.toml", mapping)
    words = ("estimate", "survey.csv", "--mapping", "mapping.toml", "--by", "area", "--output", "out.csv")
    code, told = meet(Case("", "", words), place)
    assert code == 0, told
    assert f"'{text}" in list(pd.read_csv(place.root / "out.csv")["area"])


def test_numbers_of_a_frame_stay_as_they_are():
    frame = pd.DataFrame({"=a": ["=1", "-5", "+3", None], "b": [-1.5, 0.1, float("nan"), 1e-300]})
    written = pd.read_csv(io.StringIO(csv_of(frame)))
    assert list(written.columns) == ["'=a", "b"]
    assert written["'=a"].tolist()[:3] == ["'=1", "-5", "+3"]
    assert written["b"].tolist()[:2] == [-1.5, 0.1]
    assert written["b"].iloc[3] == 1e-300
