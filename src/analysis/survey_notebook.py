"""What the notebook on survey microdata calls: describe the survey, tell what came out, test a difference."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from IPython.display import HTML, Markdown, display

from analysis.estimation import TOTAL, classify, differences, reduce_survey
from analysis.estimation.archive import SAMPLE
from analysis.estimation.reliability import UNSETTLED, rules_written
from analysis.estimation.survey_at_hand import SurveyAtHand, domain_dimensions, survey_at_hand
from analysis.estimation.survey_estimates import SurveyEstimates, survey_estimates
from analysis.estimation.unsettled import ANY, LIMIT, Unsettled
from analysis.estimation.variants import estimands, line_variants
from analysis.files import write_whole
from analysis.indicators import Estimand
from analysis.indicators.labour_force_status import CHOICES
from analysis.notebook import NotebookStop, Reporting
from analysis.office.export import write_exhibit
from analysis.printed.spreadsheet_text import csv_of
from analysis.printed.survey_estimates import survey_exhibit
from analysis.printed.survey_sentences import SurveySentences, definition_words
from analysis.site.notebook_cells import exhibit_html
from analysis.store.shared import shared

STANDARDS = tuple(map(str, CHOICES["icls"]))
"""Conferences of Labour Statisticians by whose resolution labour force status is derived from answers."""

SURVEY = "survey"
"""Dimension that stands for the sample where the survey tells none apart: its only class is the title."""


class SurveyReporting(Reporting):
    """A survey opened for a notebook; the synthetic one when none is named.

    Parameters
    ----------
    notebook, biennium, language, output_dir, corrected, organisation
        As `Reporting` takes them.
    survey, mapping : str
        The survey's file or folder, and its mapping file.
    indicators, domains : str
        Ids of indicators, and dimensions to break them down by, each with commas.
    standard : str
        ``13``, ``19`` or ``21`` derives labour force status by that Conference of Labour Statisticians; empty
        reads the recorded one.
    poverty_line : str
        Amount of an international poverty line, for working poverty.
    lonely_psu : str
        What to do with a stratum of one PSU.
    accept_unsettled : float, per cent
        Greatest share of persons who could not be classified.

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
        *,
        survey: str = "",
        mapping: str = "",
        indicators: str = "unemployment_rate",
        domains: str = "sex",
        standard: str = "",
        poverty_line: str = "",
        lonely_psu: str = "fail",
        accept_unsettled: float = LIMIT,
        corrected: bool = False,
        organisation: str = "",
    ):
        super().__init__(notebook, biennium, language, output_dir, corrected, organisation)
        try:
            if standard not in ("", *STANDARDS):
                known = ", ".join(STANDARDS)
                raise ValueError(
                    f"standard {standard!r}; expected {known}, or nothing for the status recorded"
                )
            names = [name.strip() for name in indicators.split(",") if name.strip()]
            variants = line_variants(poverty_line) if poverty_line else []
            self.chosen = estimands(names, int(standard) if standard else None, variants)
            self.domains = [name.strip() for name in domains.split(",") if name.strip()]
            domain_dimensions(self.domains)
            self.survey: SurveyAtHand = survey_at_hand(survey, mapping)
        except (ValueError, KeyError, OSError) as error:
            raise NotebookStop(str(error)) from None
        self.lonely_psu, self.accepted = lonely_psu, accept_unsettled
        estimated_from = (survey, mapping, indicators, standard, poverty_line, lonely_psu, accept_unsettled)
        self._estimated_from = (notebook, *estimated_from)
        self.sentences = SurveySentences(language)
        self.estimates: list[pd.DataFrame] = []

    @property
    def rows(self) -> tuple[str, ...]:
        """The dimensions that tell samples apart."""
        return tuple(name for name in SAMPLE if self.survey.holds(name)) or (SURVEY,)

    def check(self) -> pd.DataFrame:
        """Return persons, population and mean weight of each sample; opening it has checked the answers."""
        return self.survey.samples()

    def about(self) -> Markdown:
        """Return what the survey is, and what was asked of it."""
        names = [estimand.indicator for estimand in self.chosen]
        domains = [name for name in self.domains if self.survey.holds(name)]
        sentences = self.sentences.about(
            self.survey.title,
            self.survey.samples(),
            names,
            domains,
            self.survey.units(),
            self.lonely_psu,
            self.accepted,
        )
        return Markdown(
            f"### {self.sentences.words['heading']}\n\n" + self.sentences.words["between"].join(sentences)
        )

    def findings(self) -> HTML:
        """Estimate every indicator and write its files; return what came out in sentences, charts, tables.

        An indicator whose questions the survey lacks, or of which too many persons could not be classified,
        is named with the reason.
        """
        return HTML("\n".join(self._findings(estimand) for estimand in self.chosen))

    def _findings(self, estimand: Estimand) -> str:
        head = f"<h3>{self.sentences.title(estimand.indicator)}</h3>"
        lacking = [column for column in estimand.columns if not self.survey.holds(column)]
        if lacking:
            title = self.sentences.title(estimand.indicator)
            reason = self.sentences.words["lacking"].format(indicator=title, columns=", ".join(lacking))
            return f"{head}<p>{reason}</p>"
        domains = [name for name in self.domains if self.survey.holds(name)]
        domains = [name for name in domains if name != "sex" or "ilo_sex" not in estimand.columns]
        shown = [head]
        for place, series in enumerate(domains or [""]):
            try:
                estimates = self._estimated(estimand, series)
            except (Unsettled, ValueError) as refused:
                return f"{head}<p>{self._refused(refused)}</p>"
            rows, remark = estimates.estimates, ""
            if series and (lone := self._lone_class(rows, series)):
                remark = f"<p>{self.sentences.one_class(series, lone)}</p>"
                rows, series = rows[rows[series].astype("str") == TOTAL].drop(columns=series), ""
            if not place:
                sentences = self._sentences(replace(estimates, estimates=rows), series)
                shown += [f"<p>{sentence}</p>" for sentence in sentences]
            if remark and place:
                shown.append(remark)
            else:
                shown += [self._exhibit(rows, estimand.indicator, series), remark]
        return "\n".join(shown)

    @staticmethod
    def _lone_class(estimates: pd.DataFrame, series: str) -> str:
        """Return the only class of a dimension that holds anybody, such as 15–24 of youth; else nothing."""
        classes = estimates.loc[estimates["n"] > 0, series].astype("str").unique()
        lone = [klass for klass in classes if klass != TOTAL]
        return lone[0] if len(lone) == 1 else ""

    def _refused(self, refused: Exception) -> str:
        reason = str(refused).replace("\n", " ")
        return str(self.sentences.words["refused"].format(reason=reason))

    def _estimated(self, estimand: Estimand, series: str) -> SurveyEstimates:
        by = [name for name in (*self.rows, series) if name not in (SURVEY, "")]
        estimates = shared(
            (*self._estimated_from, self.chosen.index(estimand), by, series),
            lambda: survey_estimates(
                self.survey,
                [estimand],
                domain_dimensions(by),
                totals=[name for name in by if name == series],
                standard_errors=self.survey.design.psu is not None,
                lonely_psu=self.lonely_psu,
                accept_unsettled=self.accepted,
            ),
        )
        if SURVEY in self.rows:
            estimates.estimates.insert(1, SURVEY, self.survey.title)
        self.estimates.append(estimates.estimates.drop(columns=[SURVEY], errors="ignore"))
        return estimates

    def _sentences(self, estimates: SurveyEstimates, series: str) -> list[str]:
        sentences = self.sentences.results(estimates.estimates, self.rows, series)
        counts = estimates.unsettled[estimates.unsettled["variable"] == ANY]
        if len(counts):
            concerned = (100.0 * counts["persons"] / counts["share"]).where(counts["share"] > 0).sum()
            share = 100.0 * counts["persons"].sum() / concerned if concerned else 0.0
            sentences.append(self.sentences.unsettled(int(counts["n"].sum()), share))
        return sentences

    def _exhibit(self, estimates: pd.DataFrame, indicator: str, series: str) -> str:
        language = self.labels.language
        unsettled = estimates["status_rule"].astype("str").str.startswith(UNSETTLED).any()
        resolved = survey_exhibit(
            estimates,
            indicator,
            rows=self.rows,
            series=series,
            survey=self.survey.title,
            language=language,
            rules=self.sentences.rules(rules_written(), LIMIT if unsettled else None),
            definition=definition_words(str(estimates["definition"].iloc[0]), language),
        )
        written = write_exhibit(resolved, self.folder)
        self.written += written
        pictures = {path.stem: path.read_bytes() for path in written if path.suffix == ".svg"}
        return exhibit_html(resolved, pictures)

    def frame(self) -> pd.DataFrame:
        """Return every estimate so far, one row each, with its bounds, both weighted sums and its flag.

        Classes are told by their codes; the total of a dimension is ``_T``. None before :meth:`findings`.
        """
        if not self.estimates:
            return pd.DataFrame()
        by = [*SAMPLE, *self.domains]
        together = pd.concat(
            [
                estimate.astype(dict.fromkeys(estimate.columns.intersection(by), "str"))
                for estimate in self.estimates
            ]
        )
        named = [name for name in by if name in together]
        together[named] = together[named].fillna(TOTAL)
        rest = [name for name in together if name not in ("indicator", *named)]
        return together[["indicator", *named, *rest]].reset_index(drop=True)

    def trace(self) -> pd.DataFrame | Markdown:
        """Return the row of the first published estimate; its sentence names the two sums that make it.

        Where nothing is published, a sentence that says so.
        """
        estimates = self.frame()
        made = estimates.dropna(subset=["value", "numerator", "denominator"]) if len(estimates) else estimates
        made = made[made["status"].isin(["A", "U"])] if len(made) else made
        if not len(made):
            return Markdown(self.sentences.words["traced_none"])
        row = made.iloc[0].to_dict() | {SURVEY: self.survey.title}
        display(Markdown(self.sentences.traced(row, self.rows)))
        return made.iloc[[0]]

    def difference(self, over: str, base: str = "") -> Markdown:
        """Test, for the first indicator, how the classes of a dimension differ from one of them.

        Parameters
        ----------
        over : str
            The dimension compared, such as ``sex``; or ``year`` for changes between rounds.
        base : str
            The class subtracted; the first when empty.

        Returns
        -------
        Markdown
            One sentence a sample and class, with interval and verdict; or why none can be tested.
        """
        estimand, words = self.chosen[0], self.sentences.words
        try:
            sentences = self._tested(estimand, over, base)
        except (Unsettled, ValueError) as refused:
            return Markdown(f"### {words['heading_difference']}\n\n{self._refused(refused)}")
        if not sentences:
            named = words["dimension"].get(over, over).lower()
            sentences = [
                words["difference_none"].format(
                    indicator=self.sentences.title(estimand.indicator), over=named
                )
            ]
        return Markdown(f"### {words['heading_difference']}\n\n" + "\n\n".join(sentences))

    def _tested(self, estimand: Estimand, over: str, base: str) -> list[str]:
        design = self.survey.design
        answerable = all(self.survey.holds(name) for name in (over, *estimand.columns))
        if not answerable or design.psu is None or (over == "sex" and "ilo_sex" in estimand.columns):
            return []
        by = [*(name for name in self.rows if name not in (SURVEY, over)), over]
        judged = shared(
            (*self._estimated_from, self.chosen.index(estimand), by, "difference", over),
            lambda: survey_estimates(
                self.survey,
                [estimand],
                domain_dimensions(by),
                totals=(),
                lonely_psu=self.lonely_psu,
                accept_unsettled=self.accepted,
            ),
        ).estimates.astype(dict.fromkeys(by, "str"))
        shown = judged[~judged["status"].isin(["Q", "O"])].set_index(by).index
        labels = [label for label in dict.fromkeys(judged[over]) if label != "_X"]
        base = base or (labels[0] if labels else "")
        if base not in labels:
            return []
        cells = reduce_survey(
            self.survey.persons, [estimand], design, [classify(d) for d in domain_dimensions(by)]
        )
        tests = differences(cells, over, base, totals=(), lonely_psu=self.lonely_psu)
        sentences = []
        for record in tests.astype(dict.fromkeys(by, "str")).to_dict("records"):
            key = tuple(record[name] for name in by)
            pair = [(*key[:-1], label) if len(by) > 1 else label for label in (key[-1], base)]
            if not all(member in shown for member in pair) or pd.isna(record["p_value"]):
                continue
            place = ", ".join(key[:-1]) or self.survey.title
            sentences.append(self.sentences.difference(record, over, base, place))
        return sentences

    def record(self) -> pd.DataFrame:
        """Write every estimate to one CSV file, and return the files written with their checksums."""
        if self.estimates:
            path = Path(self.folder) / "tables" / "survey_estimates.csv"
            self.written.append(write_whole(path, csv_of(self.frame()).encode("utf-8")))
        return super().record()
