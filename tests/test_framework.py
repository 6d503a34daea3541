"""The framework as an object over tables: nodes, dimensions, titles, and what it refuses."""

import re

import pandas as pd
import pytest

from analysis.framework import Framework, FrameworkError
from analysis.labels import Catalogue, LabelError, label_texts, languages
from analysis.quantities import Recorded, RecordedTable, Source

NODES = "level,code,parent,kind,unit,direction,measure,adds_up,continues,continues_why,changed"
ROWS = [
    "goal,G1,,policy,,more_is_better,,,,,",
    "goal,G2,,enabling,,,,,,,",
    "result,1.1,G1,,,,,,,,",
    "indicator,a,1.1,,result,,unit,sum,old/indicator/z|old/indicator/y,merged,unit|definition",
    "indicator,b,1.1,,percent,less_is_better,percentage,none,,,",
    "indicator,c,G2,,result,,unit,sum,,,",
]
DIMENSIONS = "dimension,code,total,exhaustive,group,kind"
PLACES = ["place,x,no,,north,", "place,y,no,,south,big", "place,all,yes,yes,,", "fund,f,no,,,"]
TITLES = "kind,code,language,form,text,wording,document"
WORDS = [
    "goal,G1,en,title,First {goal},organisation,d",
    "goal,G1,en,short,First,ours,",
    "level,goal,en,numbered,{code}) {title},ours,",
    "indicator,a,es,title,Solo en español,ours,",
]


def table(name, columns, lines, document="doc"):
    rows = pd.DataFrame([line.split(",") for line in lines], columns=columns.split(","))
    return RecordedTable(f"framework.{name}", rows, Source(document, "", f"data/raw/{name}.csv", "0", name))


def record(nodes=ROWS, dimensions=PLACES, titles=WORDS):
    made = [("nodes", NODES, nodes), ("dimensions", DIMENSIONS, dimensions), ("titles", TITLES, titles)]
    return Recorded([], about=[table(*each) for each in made])


@pytest.fixture
def framework():
    return Framework.of(record())


def test_nodes_stand_in_order_by_level_kind_and_under_any_node_above(framework):
    assert framework.levels == ("goal", "result", "indicator")
    assert framework.codes("goal", kind="policy") == ("G1",)
    assert framework.codes("indicator") == ("a", "b", "c")
    assert framework.codes("indicator", under="G1") == ("a", "b")
    assert framework.codes("indicator", under="1.1") == ("a", "b")
    assert framework.codes("indicator", kind="enabling") == ("c",)
    assert framework.parent(framework.node("indicator", "c")).code == "G2"


def test_a_direction_comes_from_above_and_what_is_not_stated_is_not(framework):
    assert [framework.direction("indicator", code) for code in "abc"] == [
        "more_is_better",
        "less_is_better",
        "not_stated",
    ]
    assert framework.direction("indicator", "nowhere") == "not_stated"


def test_a_node_says_what_it_continues_and_what_changed(framework):
    node = framework.node("indicator", "a")
    assert (node.continues, node.why) == (("old/indicator/z", "old/indicator/y"), "merged")
    assert (node.changed, node.address) == (("unit", "definition"), "doc/indicator/a")


def test_dimensions_know_their_whole(framework):
    assert framework.parts("place") == ("x", "y")
    assert (framework.total_code("place"), framework.exhaustive("place")) == ("all", True)
    assert (framework.total_code("fund"), framework.exhaustive("fund")) == (None, False)
    assert framework.parts("nothing") == ()
    assert framework.grouped("place") == {"north": ("x",), "south": ("y",)}
    assert framework.of_kind("place", "big") == ("y",)
    wholes = [
        ("place", "all"),
        ("place", "x"),
        ("place", "total"),
        ("fund", "total"),
        ("sex", "SEX_T"),
        ("sex", "all"),
    ]
    assert [framework.is_whole(*each) for each in wholes] == [True, False, False, False, True, False]
    assert (framework.place("place.y"), framework.place("goal.G2"), framework.place("place.z")) == (
        1,
        1,
        None,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"nodes": [*ROWS, "goal,G1,,,,,,,,,"]}, "two nodes of level goal have the code 'G1'"),
        ({"nodes": [*ROWS, "indicator,d,9.9,,,,,,,,"]}, "'d' stands under '9.9'"),
        ({"dimensions": [*PLACES, "place,world,yes,,,"]}, "several totals: all, world"),
        ({"titles": [*WORDS, "goal,G1,en,title,Other,ours,"]}, "two titles: 'First {goal}' and 'Other'"),
    ],
)
def test_a_framework_that_contradicts_itself_is_refused(change, said):
    with pytest.raises(FrameworkError, match=said.replace("{", r"\{")):
        Framework(record(**change))


def test_the_record_s_words_come_first_and_stand_as_they_are_without_numbers():
    labels = Catalogue("en", record(titles=[*WORDS, "unit,percent,en,title,of a hundred,ours,"]))
    assert labels("goal.G1") == "First {goal}"
    assert labels.short("goal.G1") == "First"
    assert labels.numbered("goal.G1", labels("goal.G1")) == "G1) First {goal}"
    assert labels("unit.percent") == "of a hundred"
    assert Catalogue("en")("unit.percent") == "%"
    assert not labels.is_ours("goal.G1")
    assert labels.is_ours("unit.percent")


def test_a_title_without_translation_is_in_another_language_and_says_which():
    labels = Catalogue("en", record())
    assert labels("indicator.a") == "Solo en español"
    assert (labels.language_of("indicator.a"), labels.borrowed) == ("es", {"indicator.a": "es"})
    assert labels.language_of("goal.G1") == "en"
    with pytest.raises(LabelError, match=r"titles\.csv"):
        labels("indicator.b")


def test_a_framework_lends_its_words_for_those_of_the_package():
    said = (
        "{met} of {indicators} performance measures reached their target; {results} of {targets} ({against})."
    )
    lent = ["dimension,region,en,title,Bureau,ours,", f"sentence,results,en,title,{said},ours,"]
    package, lending = Catalogue("en", record()), Catalogue("en", record(titles=[*WORDS, *lent]))
    assert (package("dimension.region"), lending("dimension.region")) == ("Region", "Bureau")
    numbers = {"results": "896", "targets": "874", "against": "+2.5", "met": "40", "indicators": "52"}
    assert lending("sentence.results", **numbers) == (
        "40 of 52 performance measures reached their target; 896 of 874 (+2.5)."
    )
    assert "40 of 52 indicators reached" in package("sentence.results", **numbers)
    with pytest.raises(LabelError, match="asks for against, indicators"):
        lending("sentence.results", results="896", targets="874", met="40")
    broken = Catalogue("en", record(titles=["note,all,en,title,a brace} alone,ours,"]))
    assert broken("note.all") == "a brace} alone"
    with pytest.raises(LabelError, match="stand in braces"):
        broken("note.all", number="1")


@pytest.mark.parametrize(
    "words", ["output indicator", "indicateurs? de produit", "indicador(es)? de producto", "产出指标"]
)
def test_no_level_of_one_organisation_stands_among_the_package_s_labels(words):
    held = [text for language in languages() for text in label_texts(language).values()]
    assert len(held) > 2000
    assert [text for text in held if re.search(words, text)] == []
