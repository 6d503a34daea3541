"""The script that compares two reports sees a changed digit, and nothing where only names changed."""

import shutil
import zipfile

import pytest
from compare_reports import (
    ADDED,
    GRAVE,
    MISSING,
    NUMBERS,
    SAME,
    WORDS,
    compare,
    compare_claims,
    compare_plotted,
    main,
    renames,
    today,
)

NAMES = {"figure_7_old": "results_by_kind_a", "figure_7_old_more": "other"}


@pytest.fixture
def two(tmp_path):
    """Two folders: the later one has the exhibit under its new name."""
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, stem in ((before, "figure_7_old"), (after, "results_by_kind_a")):
        (folder / "tables").mkdir(parents=True)
        table = f"row_key,Region,Result\nregion.a,North,329\nchart,{stem},1.50\n"
        (folder / "tables" / f"{stem}.csv").write_text(table, encoding="utf-8")
        with zipfile.ZipFile(folder / "tables" / f"{stem}.xlsx", "w") as archive:
            archive.writestr("sheet.xml", f"<c name='{stem}'>329</c>")
    return before, after


def kinds(two):
    return {each.name: each.kind for each in compare(*two, NAMES)}


def test_a_new_name_is_no_difference(two):
    assert kinds(two) == {"tables/figure_7_old.csv": SAME, "tables/figure_7_old.xlsx": WORDS}
    assert today("figures/figure_7_old-plotted.csv", NAMES) == "figures/results_by_kind_a-plotted.csv"
    assert today("figures/figure_7_older.csv", NAMES) == "figures/figure_7_older.csv"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("329", "328", NUMBERS), ("1.50", "1.5", NUMBERS), ("North", "The north", WORDS), ("329", "", NUMBERS)],
)
def test_a_changed_digit_is_seen_and_a_word_told_apart(two, before, after, kind, capsys):
    path = two[1] / "tables" / "results_by_kind_a.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert kinds(two)["tables/figure_7_old.csv"] == kind
    assert (kind in GRAVE) == (compare(*two, NAMES)[0].kind in GRAVE)


def test_a_file_that_is_gone_or_new_is_named(two, capsys):
    path = two[1] / "tables" / "results_by_kind_a.csv"
    shutil.move(path, path.with_name("stranger.csv"))
    assert kinds(two)["tables/figure_7_old.csv"] == MISSING
    assert kinds(two)["tables/stranger.csv"] == ADDED
    assert main([str(two[0]), str(two[1])]) == 1
    assert "missing" in capsys.readouterr().out


PLOTTED = (
    "chart,series_key,category_key,value,unit\na,region.a,item.1,8,results\na,region.b,item.1,3,results\n"
)
TURNED = (
    "chart,series_key,category_key,value,unit\nb,item.1,region.a,8,results\nb,item.1,region.b,3,results\n"
)


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (PLOTTED, SAME),
        (TURNED, WORDS),
        (TURNED + "b,item.1,region.c,4,results\n", WORDS),
        (TURNED.replace("item.1", "thing.1"), WORDS),
        (TURNED.replace(",8,", ",9,"), NUMBERS),
        (TURNED.replace(",8,", ",0,").replace(",3,", ",8,").replace(",0,", ",3,"), NUMBERS),
        (TURNED.replace("item.1", "thing.1").replace(",8,", ",9,"), NUMBERS),
        (PLOTTED.replace("8,results", "8,%"), NUMBERS),
        (PLOTTED.rpartition("a,region.b")[0], NUMBERS),
    ],
)
def test_plotted_numbers_are_compared_by_what_they_are_of(after, kind):
    assert compare_plotted(PLOTTED, after)[0] == kind


CLAIMS = (
    "id,printed,decimals,unit,qualifier,verdict\n"
    "old/prose/1,12,0,result,,reproduced\nold/notes/2,,,,,discrepancy\n"
)


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ([], WORDS, ""),
        ([("new/notes/2,,,,,discrepancy\n", "")], WORDS, "1 of the claims that print no number"),
        (
            [("discrepancy\n", "discrepancy\nnew/prose/1#2,12,0,result,,rounding\n")],
            NUMBERS,
            "rounding after",
        ),
        ([("reproduced", "rounding")], NUMBERS, "1 reproduced before, rounding after"),
        ([(",12,", ",13,")], NUMBERS, "printed of new/prose/1: '12' before, '13' after"),
        ([("prose/1", "prose/9")], NUMBERS, "1 printed numbers are not judged any more: new/prose/1"),
    ],
)
def test_claims_are_compared_by_their_id(changes, kind, said):
    after = CLAIMS.replace("old/", "new/")
    for former, now in changes:
        after = after.replace(former, now)
    found = compare_claims(CLAIMS, after, {"old/": "new/"})
    assert found[0] == kind
    assert said in found[1]


def test_every_former_exhibit_has_a_name_today(recorded):
    from analysis.exhibits.catalogue import definitions

    ids = {each.id for each in definitions(recorded)}
    former = {once: now for once, now in renames().items() if "/" not in once}
    assert len(former) > 80
    assert set(former.values()) <= ids
