"""Drafts on another organisation's results, by its data alone: places, levels before, languages."""

import csv
from pathlib import Path

import pytest
from part_of_record import copy_part

from analysis.checking.drafts import Checker
from analysis.checking.judging.verdicts import AGREES, DISAGREES, NO_DATUM, ROUNDING
from analysis.checking.text.draft_languages import remarks_on
from analysis.cli import main
from analysis.reading import read_document
from analysis.sources.earlier import own_record, with_earlier
from analysis.sources.register import Register

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "unhcr"
VALUES = [f"result_indicator_{stated}_value" for stated in ("baseline", "target", "actual")]
PLACES = {
    "BRA": "Brazil",
    "TZA": "United Republic of Tanzania",
    "TCD": "Chad",
    "COD": "Democratic Republic of the Congo",
}
HEALTH = "Access to health services stood at {} per cent"


@pytest.fixture(scope="module")
def brazil(root, tmp_path_factory):
    return opened(root, tmp_path_factory.mktemp("brazil"), ["BRA"])


@pytest.fixture(scope="module")
def several(root, tmp_path_factory):
    """Four operations; each has values that are 1.5 smaller than those of the one before."""
    return opened(root, tmp_path_factory.mktemp("several"), PLACES)


@pytest.fixture(scope="module")
def both_years(root, tmp_path_factory):
    """Two operations in both years, of which the one before has two indicators that the later has not."""
    return opened(root, tmp_path_factory.mktemp("both"), [*PLACES][:2], ("2022", "2023"))


def opened(root, folder, codes, years=("2023",)):
    copy_part(root, folder, ("raw", "organisations", "links"))
    for year in years:
        imported(folder, codes, year)
    register = Register(folder)
    return Checker(with_earlier(register, register.period("2023", "unhcr")), "2023", folder)


def imported(folder, codes, year):
    with (EXAMPLE / f"brazil_{year}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    path = folder / "results.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for less, code in enumerate(codes):
            writer.writerows(moved(row, code, 1.5 * less) for row in rows)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ANALYSIS_ROOT", str(folder))
        words = ["import", "results", str(path), "--mapping", str(EXAMPLE / "unhcr.toml")]
        assert main([*words, "--as", f"unhcr-{year}"]) == 0


def moved(row, code, less):
    """Return a row of Brazil as another operation's."""
    values = {name: str(float(row[name]) - less) for name in VALUES if less and row[name]}
    places = {name: PLACES[code] for name in row if name.endswith("location_ref") and row[name]}
    return {**row, **values, **places, "iati_identifier": row["iati_identifier"].replace("-BRA", f"-{code}")}


def told(checker, tmp_path, text, language="en"):
    draft = tmp_path / "draft.md"
    draft.write_text(text, encoding="utf-8")
    data = (one for one in checker.check(draft, language) if one.verdict.verdict != NO_DATUM)
    return {one.number.text: (one.verdict.grade, one.verdict.candidate) for one in data}


def grades(checker, tmp_path, text, language="en"):
    return {number: grade for number, (grade, _) in told(checker, tmp_path, text, language).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Access to health services rose by 17 points to 93.9 per cent.",
            {"rose": AGREES, "17": AGREES, "93.9": ROUNDING},
        ),
        (
            "The share with secure tenure rights rose from 26 to 15 per cent.",
            {"rose": DISAGREES, "26": AGREES, "15": ROUNDING},
        ),
        (
            f"{HEALTH.format('93.9')}, 19.6 percentage points more than in 2022.",
            {"93.9": ROUNDING, "19.6": DISAGREES},
        ),
        (
            "In 2022 residency status was granted or confirmed for 208,132 refugees.",
            {"208,132": DISAGREES},
        ),
        (
            "Residency status was granted or confirmed for 208,132 refugees; the year before, for 274,308.",
            {"208,132": AGREES, "274,308": AGREES},
        ),
        (
            "All children under 5 had their births registered with a civil authority: 100 per cent.",
            {"100": AGREES},
        ),
    ],
)
def test_a_result_is_set_against_its_level_before(brazil, tmp_path, text, expected):
    assert grades(brazil, tmp_path, text) == expected


def test_the_place_of_a_heading_is_that_of_its_numbers(several, tmp_path):
    text = f"# Brazil, 2023\n\n{HEALTH.format('93.86')}.\n\n# Chad, 2023\n\n{HEALTH}."
    right = told(several, tmp_path, text.format("90.86"))
    places = [(grade, held.axes["location"]) for grade, held in right.values()]
    assert places == [(AGREES, "brazil"), (AGREES, "chad")]
    assert told(several, tmp_path, text.format("98.06"))["98.06"][0] == DISAGREES


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("In Tanzania 92.36 per cent had access to health services in 2023.", "en", "tanzania"),
        ("Au Tchad, 90,86 % avaient accès aux services de santé en 2023.", "fr", "chad"),
        ("2023年，乍得有90.86%的人能够获得卫生服务。", "zh", "chad"),
        ("En RDC, 89,36 % avaient accès aux services de santé en 2023.", "fr", "congo"),
        ("In the DRC 89.36 per cent had access to health services in 2023.", "en", "congo"),
    ],
)
def test_a_place_is_called_as_people_say(several, tmp_path, text, language, place):
    ((grade, held),) = told(several, tmp_path, text, language).values()
    assert grade == AGREES
    assert held.axes["location"].endswith(place)


def test_a_text_that_names_one_place_is_about_it(several, tmp_path):
    lead = "# A mixed year\n\nResults for {} in 2023.\n\n## Health\n\n" + f"{HEALTH.format('90.86')}."
    ((grade, held),) = told(several, tmp_path, lead.format("Chad")).values()
    assert (grade, held.axes["location"]) == (AGREES, "chad")
    two = told(several, tmp_path, lead.format("Chad and Brazil"))
    assert two["90.86"][0] not in (AGREES, DISAGREES)


def test_codes_are_called_by_the_terms_for_what_their_titles_join(several):
    calls = {
        (row["means"], name)
        for row in several.catalogue._rows
        for name in (*row["en"].split("|"), *row["fr"].split("|"))
    }
    refugees, stateless = (
        f"population:{code}" for code in ("refugees_and_asylum_seekers", "stateless_persons")
    )
    assert {(refugees, "refugees"), (refugees, "réfugié"), (refugees, "demandeurs d'asile")} <= calls
    assert {(stateless, "stateless people"), (stateless, "apatride")} <= calls


@pytest.mark.parametrize("printed", ["93.86", "90.86", "55"])
def test_a_text_that_names_no_place_has_the_value_of_none(several, tmp_path, printed):
    made = grades(several, tmp_path, f"In 2023, {HEALTH.format(printed)}.")
    assert made[printed] not in (AGREES, DISAGREES)


def test_numbers_of_an_indicator_are_added_over_places_and_those_of_two_are_not(several):
    sums = [one for one in several.catalogue.candidates if one.row < 0]
    assert sums
    assert all(one.axes.get("indicator") and not one.axes.get("location") for one in sums)


def test_nothing_is_called_wrong_in_a_language_without_titles(several, tmp_path):
    text = "En el Brasil el 39,86 por ciento tenía acceso a los servicios de salud en 2023."
    assert DISAGREES not in grades(several, tmp_path, text, "es").values()
    draft = read_document(tmp_path / "draft.md")
    (remark,) = remarks_on(draft, "es", several.catalogue.titled)
    assert "no titles in Spanish" in remark
    assert not remarks_on(draft, "en", several.catalogue.titled)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("First instance asylum decisions in Brazil took 1,577 days in 2022.", {"1,577": AGREES}),
        ("First instance asylum decisions in Brazil took 1,757 days in 2022.", {"1,757": DISAGREES}),
        (
            "In Brazil, 17.75 per cent report a better income than a year earlier, below the 20 of 2022.",
            {"17.75": AGREES, "20": AGREES},
        ),
        (
            "In Brazil, 48.89 per cent of people received cash transfers or non-food items in 2022.",
            {"48.89": AGREES},
        ),
        (
            "In Brazil, 54.18 per cent feel safe walking alone after dark, up from 43 per cent in 2022, and "
            "93.86 per cent had access to health services.",
            {"54.18": AGREES, "up": AGREES, "43": AGREES, "93.86": AGREES},
        ),
    ],
)
def test_the_year_before_is_told_by_its_own_record(both_years, tmp_path, text, expected):
    assert grades(both_years, tmp_path, text) == expected


def test_the_record_itself_holds_nothing_of_the_year_before(both_years):
    through = both_years.catalogue.recorded
    own = own_record(through)["report.results"]
    held = through["report.results"]
    assert own_record(own_record(through)) is own_record(through)
    assert [held.records[row]["id"] for row in range(len(own.rows))] == own.texts("id")
    assert {source.document for source in held.sources} == {"unhcr-2022", "unhcr-2023"}


def test_nothing_is_added_up_over_two_years(both_years):
    sums = [one for one in both_years.catalogue.candidates if one.row < 0]
    assert {one.period for one in sums} >= {"2022", "2023"}
    assert all(f'period="{one.period}"' in one.id for one in sums)
    assert all("period" not in one.axes for one in sums)
