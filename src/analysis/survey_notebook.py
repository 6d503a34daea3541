"""What the notebook on survey microdata calls: check the survey, show an indicator, record the estimates."""

from __future__ import annotations

import pandas as pd
from IPython.display import HTML

from analysis.estimation import TOTAL
from analysis.estimation.survey_at_hand import dimensions, survey_at_hand
from analysis.estimation.survey_estimates import survey_estimates
from analysis.estimation.variants import estimands
from analysis.files import write_whole
from analysis.notebook import NotebookStop, Reporting
from analysis.office.export import write_exhibit
from analysis.printed.survey_estimates import survey_exhibit
from analysis.site.notebook_cells import exhibit_html

BY = ("country", "year", "sex", "age")


class SurveyReporting(Reporting):
    """A survey opened for a notebook; the synthetic one when none is named.

    Parameters
    ----------
    notebook, biennium, language, output_dir, corrected, organisation
        As `Reporting` takes them.
    survey, mapping : str
        The survey's file or folder, and its mapping file.
    lonely_psu : str
        What to do with a stratum of one PSU.

    Raises
    ------
    NotebookStop
        When a parameter cannot be gone on with, or the survey breaks its mapping's rules.
    """

    def __init__(
        self,
        notebook: str,
        biennium: str,
        language: str = "en",
        output_dir: str = "reports",
        survey: str = "",
        mapping: str = "",
        lonely_psu: str = "fail",
        corrected: bool = False,
        organisation: str = "",
    ):
        super().__init__(notebook, biennium, language, output_dir, corrected, organisation)
        try:
            self.survey = survey_at_hand(survey, mapping)
        except (ValueError, OSError) as error:
            raise NotebookStop(str(error)) from None
        self.lonely_psu = lonely_psu
        self.estimates: list[pd.DataFrame] = []

    def check(self) -> pd.DataFrame:
        """Return persons, population and mean weight of each sample; opening it has checked the answers."""
        return self.survey.samples()

    def indicator(self, name: str, series: str = "sex") -> HTML:
        """Estimate an indicator by country, year and a further dimension; return its chart and table.

        The files of both are written. An indicator whose questions the survey lacks is named as missing.
        """
        estimand = estimands([name])[0]
        lacking = [column for column in estimand.columns if not self.survey.holds(column)]
        if lacking:
            return HTML(f"<p><code>{name}</code>: {', '.join(lacking)} –</p>")
        by = [each for each in ("country", "year", series) if self.survey.holds(each)]
        found = survey_estimates(
            self.survey,
            [estimand],
            dimensions(by),
            totals=[each for each in by if each == series],
            standard_errors=self.survey.design.psu is not None,
            lonely_psu=self.lonely_psu,
        ).estimates
        for absent in {"country", "year", series} - set(by):
            found.insert(1, absent, TOTAL)
        self.estimates.append(found)
        resolved = survey_exhibit(
            found,
            name,
            rows=("country", "year"),
            series=series,
            survey=self.survey.title,
            language=self.labels.language,
        )
        written = write_exhibit(resolved, self.folder)
        self.written += written
        pictures = {path.stem: path.read_bytes() for path in written if path.suffix == ".svg"}
        return HTML(exhibit_html(resolved, pictures))

    def record(self) -> pd.DataFrame:
        """Write every estimate to one CSV file, and return the files written with their checksums."""
        together = pd.concat(
            [each.astype(dict.fromkeys(each.columns.intersection(BY), "str")) for each in self.estimates]
        )
        for dimension in BY:
            if dimension in together:
                together[dimension] = together[dimension].fillna(TOTAL)
        content = together.to_csv(index=False, lineterminator="\n").encode("utf-8")
        self.written.append(write_whole(self.folder / "tables" / "survey_estimates.csv", content))
        return super().record()
