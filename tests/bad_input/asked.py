"""What can be wrong with what a command is asked: names, values, combinations, files to write."""

from __future__ import annotations

from collections.abc import Callable

from scene import ROOT, Case, Scene

KIND = "What a command is asked"
WORDS: dict[str, tuple[str, ...]] = {
    "no command": (),
    "a command that there is none of": ("nothing",),
    "an option that there is none of": ("reproduce", "--langage", "en"),
    "a period that is no period": ("reproduce", "../../etc"),
    "a period that starts on an odd year": ("reproduce", "2021-22"),
    "a period that is not registered": ("reproduce", "1066-67"),
    "a period with a terminal's escape": ("list", "2022\x1b[31m"),
    "a period turned from right to left": ("list", "2022\u202e23"),
    "a period of 100,000 characters": ("list", "2" * 100_000),
    "an empty document": ("check-data", ""),
    "an option's value that a variable of the shell should have given": ("audit", "--findings", ""),
    "the same after an equals sign": ("reproduce", "--biennium="),
    "an empty number": ("explain", ""),
    "the list of vintages as files": ("revisions", "--output", "out"),
    "a comparison under another name than a table's": ("compare", "2018-19", "--output", "compared.txt"),
    "an area of what would be printed by the newest vintages": ("revisions", "--today", "--area", "KEN"),
    "IATI of a size": ("export", "results", "--format", "iati", "--size", "half"),
    "IATI in a language without labels": ("export", "results", "--format", "iati", "--language", "xx"),
    "IATI in a house's styles": ("export", "results", "--format", "iati", "--template", "house.docx"),
    "a picture that is to be valid IATI": ("export", "results_by_region", "--schema", "data"),
    "a document that is not there": ("check-data", "nothing"),
    "a language without labels": ("reproduce", "--language", "xx"),
    "a language without labels among others": ("reproduce", "--language", "en,xx,fr"),
    "two commas between languages": ("reproduce", "--language", "en,,fr"),
    "a language that climbs out": ("list", "--language", "../en"),
    "an organisation that there is none of": ("list", "--organisation", "nobody"),
    "a notebook that there is none of": ("reproduce", "--only", "99_nothing"),
    "a parameter that is set elsewhere: biennium": ("reproduce", "-p", "biennium=2020-21"),
    "a parameter that is set elsewhere: language": ("reproduce", "-p", "language=fr"),
    "a parameter that is set elsewhere: output_dir": ("reproduce", "-p", "output_dir=/tmp"),
    "a parameter that is set elsewhere: organisation": ("reproduce", "-p", "organisation=unhcr"),
    "a parameter that no notebook takes": ("reproduce", "-p", "colour=red"),
    "a parameter without a value": ("reproduce", "-p", "corrected"),
    "a parameter without a name": ("reproduce", "-p", "=true"),
    "a survey that is not there as a parameter": ("reproduce", "-p", "survey=none.csv"),
    "a parameter of another type": ("reproduce", "-p", "corrected=perhaps"),
    "no job": ("reproduce", "--jobs", "0"),
    "fewer jobs than none": ("reproduce", "--jobs", "-3"),
    "jobs that are a word": ("reproduce", "--jobs", "many"),
    "no time": ("reproduce", "--time-limit", "0"),
    "time that is no number": ("reproduce", "--time-limit", "nan"),
    "a number that nothing prints": ("explain", "no such number"),
    "an id that climbs out": ("explain", "../../../etc/passwd"),
    "an exhibit that there is none of": ("export", "figure_99", "--format", "svg"),
    "a pattern that nothing meets": ("export", "zz*", "--format", "svg"),
    "a format that there is none of": ("export", "results_by_region", "--format", "exe"),
    "an option given twice": (
        *("export", "results_by_region", "--format", "svg", "--language", "en", "--language", "fr"),
    ),
    "a size that there is none of": ("export", "results_by_region", "--size", "huge"),
    "a size that the format does not have": (
        *("export", "results_by_region", "--format", "csv", "--size", "half"),
    ),
    "IATI of one exhibit": ("export", "results_by_region", "--format", "iati"),
    "a document of export that is not there": ("export", "results_by_region", "--document", "nobody"),
    "an audit that is to fail on an unknown verdict": ("audit", "--fail-on", "everything"),
    "one period beside itself": ("compare", "2022-23", "2022-23"),
    "a later period first": ("compare", "2022-23", "2020-21"),
    "half of two vintages": ("revisions", "one"),
    "a vintage that there is none of": ("revisions", "one", "two"),
    "an area that no vintage knows": ("trends", "--area", "XXX"),
    "groups of no indicators": ("trends", "--grouping", "ilo_region"),
    "a service that there is none of": ("fetch", "nobody", "SL.UEM.TOTL.ZS"),
    "an answer of no megabytes": ("fetch", "worldbank", "SL.UEM.TOTL.ZS", "--limit", "0"),
    "an address without a slash": (
        *("fetch", "worldbank", "SL.UEM.TOTL.ZS", "--address", "https://localhost"),
    ),
    "a report that is none": ("verify", "reports/nothing"),
    "a site of a report that was not made": ("site", "2022-23"),
    "the links of all sites, and a period": ("site", "2022-23", "--all"),
    "a new report of an odd year": ("new-report", "2023-24"),
    "a new report like one that is not there": ("new-report", "2024-25", "--like", "2010-11"),
    "a new report under a name that climbs out": ("new-report", "2024-25", "--kind", "../x"),
    "an import of what there is no reader for": (
        *("import", "results", "draft.md", "--mapping", "mapping.toml", "--as", "x"),
    ),
    "an import by no mapping": ("import", "results", "survey.csv", "--mapping", "none.toml", "--as", "x"),
    "an import by the mapping of a survey": (
        *("import", "results", "survey.csv", "--mapping", "mapping.toml", "--as", "x"),
    ),
    "an import of a file that is not there": (
        *("import", "results", "none.csv", "--mapping", "results.toml", "--as", "x"),
    ),
    "an import under a name that climbs out": (
        *("import", "results", "survey.csv", "--mapping", "results.toml", "--as", "../../x"),
    ),
    "an import of another table": (
        *("import", "results", "survey.csv", "--mapping", "results.toml", "--as", "x"),
    ),
    "neither a survey nor a seed": ("estimate",),
    "indicators that there are none of": (
        *("estimate", "survey.csv", "--mapping", "mapping.toml", "--indicators", "happiness"),
    ),
    "a dimension that is no column": (
        *("estimate", "survey.csv", "--mapping", "mapping.toml", "--by", "village"),
    ),
    "an estimate into a format that there is none of": (
        *("estimate", "survey.csv", "--mapping", "mapping.toml", "--output", "out.exe"),
    ),
    "an estimate over the survey itself": (
        *("estimate", "survey.csv", "--mapping", "mapping.toml", "--output", "survey.csv", "--overwrite"),
    ),
    "more unsettled persons than all": (
        *("estimate", "survey.csv", "--mapping", "mapping.toml", "--accept-unsettled", "101"),
    ),
    "a mapping over one that is there": ("new-mapping", "survey.csv", "--output", "mapping.toml"),
    "a mapping under another ending": ("new-mapping", "survey.csv", "--output", "mapping.txt"),
    "a project in a folder that holds something": ("init", "data"),
    "a project where a file stands": ("init", "draft.md"),
}


def _unhcr(scene: Scene) -> None:
    scene.write("results.toml", (ROOT / "examples" / "unhcr" / "unhcr.toml").read_bytes())


# Where something of one's own stands that the command would write.
OWN = {
    "an export over a file of one's own": (
        ("export", "results_by_region", "--format", "csv", "--output", "out"),
        "out/results_by_region-2022-23-en.csv",
    ),
    "a check over a file of one's own": (("check", "draft.md", "--output", "out"), "out/draft.html"),
    "an audit over a file of one's own": (("audit", "--output", "out"), "out/claims.csv"),
    "findings over a file of one's own": (("audit", "--findings", "out"), "out/2022-23.md"),
    "what is noticed of wrong digits over a file of one's own": (
        ("audit", "--wrong-digits", "out"),
        "out/2022-23-wrong-digits.csv",
    ),
}
# The same, of what reads estimates or two periods, which the invented project does not have.
OF_CHECKOUT = {
    "IATI of a period that the report only tells figures of": (
        *("export", "results", "--format", "iati", "--period", "2018-19", "--output", "out"),
    ),
    "an indicator of which nothing is printed": ("revisions", "--today", "--indicator", "happiness"),
}
OWN_OF_CHECKOUT = {
    "trends over a file of one's own": (
        ("trends", "--area", "KEN", "--indicators", "neet_rate", "--output", "out"),
        "out/figures/trend_neet_rate_ken_beside_un_sdg_2022_04.csv",
    ),
    "revisions over a file of one's own": (("revisions", "--today", "--output", "out"), "out/reprinted.csv"),
    "a comparison over a file of one's own": (
        ("compare", "2018-19", "2020-21", "--output", "out.csv"),
        "out.csv",
    ),
}


def _own(name: str) -> Callable[[Scene], object]:
    return lambda scene: scene.write(name, "mine")


CASES = [
    Case(
        KIND,
        "a new report where a folder stands",
        ("new-report", "2024-25"),
        lambda scene: scene.write("data/raw/report-2024-25/mine.txt", "mine"),
    ),
    *(
        Case(KIND, wrong, words, _unhcr if "results.toml" in words else lambda scene: None)
        for wrong, words in WORDS.items()
    ),
    *(Case(KIND, wrong, words, _own(name)) for wrong, (words, name) in OWN.items()),
    *(
        Case(KIND, wrong, words, _own(name), checkout=True)
        for wrong, (words, name) in OWN_OF_CHECKOUT.items()
    ),
    *(Case(KIND, wrong, words, checkout=True) for wrong, words in OF_CHECKOUT.items()),
]
