"""What the codes are called by which an organisation's results are broken down."""

import pytest

from analysis.checking.text.dimension_names import dimension_terms
from analysis.quantities import Recorded

NODE = dict.fromkeys(
    ("parent", "kind", "unit", "direction", "measure", "adds_up", "continues", "continues_why", "changed"), ""
)
TITLE = dict.fromkeys(("form", "wording", "document"), "")
NAMES = {
    "region": {"south": "South-East", "north": "North", "none": "None"},
    "place": {
        "tza": "United Rep. of Tanzania",
        "sdn": "Sudan",
        "ssd": "South Sudan",
        "drc": "Congo, Republic of",
    },
}


@pytest.fixture
def recorded(table):
    results = [
        {"area": area, "indicator": code, "region": region, "place": place, "value": "1", "unit": "count"}
        for area, code in (("1", "1.1"), ("1", "1.2"), ("2", "2.1"))
        for region in NAMES["region"]
        for place in NAMES["place"]
    ]
    nodes = [{**NODE, "level": "area", "code": code} for code in "12"]
    nodes += [
        {**NODE, "level": "indicator", "code": code, "parent": code[0]} for code in ("1.1", "1.2", "2.1")
    ]
    titles = [
        {
            "kind": name,
            "code": code,
            "language": "en",
            "form": "",
            "text": text,
            "wording": "",
            "document": "",
        }
        for name, codes in NAMES.items()
        for code, text in codes.items()
    ]
    titles.append({**titles[0], "language": "fr", "text": "Sud-Est"})
    dimensions = [
        {"dimension": name, "code": code, "total": "no"} for name, codes in NAMES.items() for code in codes
    ]
    about = {"framework.nodes": nodes, "framework.titles": titles, "framework.dimensions": dimensions}
    return Recorded(
        [table(results, "report.results")], about=[table(rows, name) for name, rows in about.items()]
    )


def test_codes_are_called_by_their_titles_and_countries_in_each_language(recorded):
    terms = {row["means"]: row for row in dimension_terms(recorded, [])}
    assert terms["region:south"] == {
        "means": "region:south",
        "en": "South-East",
        "fr": "Sud-Est",
        "es": "",
        "zh": "",
    }
    assert terms["place:tza"]["en"] == "United Rep. of Tanzania|Tanzania|United Republic of Tanzania"
    assert terms["place:tza"]["fr"] == "Tanzanie|République-Unie de Tanzanie"
    assert (terms["place:sdn"]["es"], terms["place:ssd"]["es"]) == ("Sudán", "Sudán del Sur")
    assert terms["place:drc"]["en"] == "Congo|Congo - Brazzaville|Republic of the Congo|Congo-Brazzaville"


def test_a_title_that_denies_calls_nothing(recorded):
    means = {row["means"] for row in dimension_terms(recorded, [])}
    assert "region:none" not in means
    assert "region:north" in means


@pytest.mark.parametrize(
    ("means", "left"), [("region:south", {"place"}), ("region:africa", {"region", "place"})]
)
def test_the_files_of_terms_tell_all_of_a_dimension_of_which_they_name_a_code(recorded, means, left):
    known = [{"means": means, "en": "the south", "fr": "", "es": "", "zh": ""}]
    assert {row["means"].partition(":")[0] for row in dimension_terms(recorded, known)} == left
