"""Sentences about a survey's estimates, with their intervals, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

import pandas as pd

from analysis.indicators import INDICATORS, LabourForcePractice
from analysis.labels import Catalogue
from analysis.labels.numerals import printed
from analysis.printed.survey_estimates import SERIES, TOTAL, class_label, estimate_with_unit, survey_words
from analysis.rounding import as_fraction

STANDARD = LabourForcePractice().choices


class SurveySentences:
    """What a survey is, what was asked of it and what came out, in one language.

    Parameters
    ----------
    language : str
        ``en``, ``fr``, ``es`` or ``zh``.
    """

    def __init__(self, language: str):
        self.words = survey_words(language)
        self.locale = Catalogue(language)("language.locale")

    def number(self, value: float, decimals: int = 0, *, signed: bool = False) -> str:
        """Return a number as it is printed."""
        return printed(as_fraction(float(value)), decimals, self.locale, signed=signed)

    def title(self, indicator: str) -> str:
        """Return what an indicator is called."""
        named = self.words["indicator"].get(indicator)
        return named or (INDICATORS[indicator].title if indicator in INDICATORS else indicator)

    def listed(self, names: Sequence[str]) -> str:
        """Return names with commas, and the last by an and."""
        if len(names) < 2:
            return "".join(names)
        comma, joint = self.words["comma"], self.words["and_"]
        space = " " if comma.endswith(" ") else ""
        return f"{comma.join(names[:-1])}{space}{joint}{space}{names[-1]}"

    def about(
        self,
        survey: str,
        samples: pd.DataFrame,
        indicators: Sequence[str],
        domains: Sequence[str],
        psus: int | None,
        rule: str,
        accepted: float,
    ) -> list[str]:
        """Say what the survey is, and what is asked of it.

        Parameters
        ----------
        survey : str
            Its name.
        samples : pandas.DataFrame
            ``persons`` and ``population`` of each sample, after the columns that tell samples apart.
        indicators, domains : sequence of str
            What is estimated, by what.
        psus : int or None
            Number of primary sampling units; None without them.
        rule : str
            What becomes of strata of one unit.
        accepted : float, per cent
            Greatest share of unsettled persons.
        """
        words, keys = self.words, list(samples.columns[: samples.columns.get_loc("persons")])
        survey, number = f"{survey[:1].upper()}{survey[1:]}", self.number(len(samples))
        persons, population = self.number(samples["persons"].sum()), self.number(samples["population"].sum())
        form = words["about_several" if len(samples) > 1 else "about"]  # years do not add up to a population
        sentences = [form.format(survey=survey, persons=persons, population=population, number=number)]
        if keys and len(samples) > 1:
            parts = [
                words["about_sample"].format(
                    place=", ".join(str(row[key]) for key in keys),
                    persons=self.number(row["persons"]),
                    population=self.number(row["population"]),
                )
                for row in samples.to_dict("records")
            ]
            sentences.append(words["about_samples"].format(samples=words["semicolon"].join(parts)))
        titles = [_in_a_sentence(self.title(indicator)) for indicator in indicators]
        sentences.append(words["about_asked"].format(indicators=self.listed(titles)))
        if domains:
            named = [words["dimension"].get(name, name).lower() for name in domains]
            sentences.append(words["about_domains"].format(domains=self.listed(named)))
        with_units = words["about_design"].format(psus=self.number(psus or 0), rule=words["lonely_psu"][rule])
        sentences.append(with_units if psus else words["about_no_errors"])
        return [*sentences, words["about_unsettled"].format(share=f"{accepted:g}")]

    def results(self, estimates: pd.DataFrame, rows: Sequence[str], series: str) -> list[str]:
        """Say what came out in each sample: the total with its interval, and the classes of one dimension.

        Parameters
        ----------
        estimates : pandas.DataFrame
            Of one indicator, flagged: as `analysis.printed.survey_estimates.survey_exhibit` takes them.
        rows : sequence of str
            Dimensions whose classes are the samples.
        series : str
            Dimension whose classes are told after the total, where they are few; none when empty.
        """
        sentences = []
        for key, of_sample in estimates.groupby(list(rows), sort=False, observed=True):
            records = of_sample.assign(**{"": TOTAL}).astype({series: "str"}).to_dict("records")
            whole = next((record for record in records if record[series] == TOTAL), None)
            if whole is None:
                continue
            classes = [self._class(series, record) for record in records if record[series] != TOTAL]
            classes = classes if len(classes) <= SERIES else []
            joint = self.words["semicolon"]
            class_list = joint.join(klass for klass in classes if klass)
            parts = {
                "place": self._place([str(code) for code in key], rows),
                "classes": f"{joint}{class_list}" if class_list else "",
                "n": self.number(whole["n"]),
            }
            sentences.append(self._result(whole, parts))
        return sentences

    def _result(self, whole: dict, parts: Mapping[str, str]) -> str:
        if whole["status"] in "QO" or not isfinite(whole["value"]):
            return self.words["result_withheld"].format(**parts)
        value, interval = self._value(whole), self._interval(whole)
        form = self.words["result" if interval else "result_plain"]
        return form.format(value=value, interval=interval, **parts)

    def _class(self, series: str, record: dict) -> str:
        if record["status"] in "QO" or not isfinite(record["value"]):
            return ""
        label = class_label(series, record[series], self.words)
        label = label.lower() if series == "sex" else label
        form = self.words["class_" if self._interval(record) else "class_plain"]
        return form.format(label=label, value=self._value(record), interval=self._interval(record))

    def _value(self, record: dict) -> str:
        number = self.number(record["value"], 1)
        return estimate_with_unit(number, str(record["unit"]), record["status"], self.words)

    def _interval(self, record: dict) -> str:
        if not (isfinite(record["lower"]) and isfinite(record["upper"])):
            return ""
        return self.words["to"].format(
            lower=self.number(record["lower"], 1), upper=self.number(record["upper"], 1)
        )

    def traced(self, record: dict, rows: Sequence[str]) -> str:
        """Say which two weighted sums an estimate is the quotient of, and how many persons were asked.

        Parameters
        ----------
        record : dict
            A row of the estimates, with ``numerator`` and ``denominator``.
        rows : sequence of str
            Dimensions whose classes are the samples.
        """
        return self.words["traced"].format(
            value=f"**{self._value(record)}**",
            indicator=self.title(record["indicator"]),
            place=self._place([str(record[name]) for name in rows], rows),
            numerator=self.number(record["numerator"], 1),
            denominator=self.number(record["denominator"], 1),
            n=self.number(record["n"]),
        )

    def _place(self, key: Sequence[str], rows: Sequence[str]) -> str:
        return ", ".join(class_label(name, code, self.words) for name, code in zip(rows, key, strict=True))

    def one_class(self, series: str, klass: str) -> str:
        """Say that an indicator is not broken down by a dimension of which it knows one class alone."""
        named = self.words["dimension"].get(series, series).lower()
        return self.words["one_class"].format(dimension=named, klass=class_label(series, klass, self.words))

    def rules(self, written: Mapping[str, Sequence[str]], unsettled: float | None = None) -> dict[str, str]:
        """Return what makes an estimate unreliable or suppressed, as the language writes it.

        Parameters
        ----------
        written : mapping of str to sequence of str
            The rules of each status, as `analysis.estimation.reliability.rules_written` returns them.
        unsettled : float, per cent, optional
            The share of persons not classified above which an estimate is unreliable, where that spoke.
        """
        space = "" if self.locale.startswith(("en", "zh")) else " "
        by_mark = {
            mark: [rule.replace(" %", f"{space}%") for rule in rules] for mark, rules in written.items()
        }
        if unsettled is not None:
            by_mark["U"].append(self.words["rule_unsettled"].format(share=f"{unsettled:g}"))
        return {mark: self.words["or_"].join(rules) for mark, rules in by_mark.items()}

    def unsettled(self, n: int, share: float) -> str:
        """Say how many persons could not be classified."""
        if not n:
            return self.words["settled"]
        return self.words["unsettled"].format(n=self.number(n), share=self.number(share, 1))

    def difference(self, record: Mapping, over: str, base: str, place: str) -> str:
        """Say how a class differs from another, and whether the two can be told apart.

        Parameters
        ----------
        record : mapping
            ``indicator``, the class under `over`, ``value``, ``lower``, ``upper``, ``unit`` and ``p_value``.
        over, base : str
            The dimension, and the class that is subtracted.
        place : str
            The sample.
        """
        words, p, unit = self.words, float(record["p_value"]), str(record["unit"])
        least = 0.001
        sign, shown = ("<", least) if p < least else ("=", p)
        return words["difference"].format(
            indicator=self.title(str(record["indicator"])),
            one=class_label(over, str(record[over]), words),
            base=class_label(over, base, words),
            place=place,
            value=self.number(record["value"], 1, signed=True),
            unit=words.get(unit.replace(" ", "_"), unit),
            interval=words["to"].format(
                lower=self.number(record["lower"], 1), upper=self.number(record["upper"], 1)
            ),
            p=f"{sign} {self.number(shown, 3)}",
            verdict=words["differs" if p < 0.05 else "same"],
        )


def _in_a_sentence(title: str) -> str:
    """Return a title that does not stand at a sentence's beginning: an acronym keeps its capital."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def definition_words(definition: str, language: str) -> str:
    """Return the variants chosen, ``name=choice; …``, in words, but for a practice's standard choices."""
    words = survey_words(language)["choice"]
    clauses = []
    for part in filter(None, definition.split("; ")):
        name, _, value = part.partition("=")
        if name in STANDARD and name not in ("icls", "working_age") and STANDARD[name] == value:
            continue
        key = f"{name}_{value}"
        if name == "working_age":
            key = "working_age_unknown" if "not applied" in value else name
            value = f"{value.partition(' by ')[0].rstrip('+')}+"
        chosen = words.get(key) or words.get(name)
        if not chosen:
            chosen, value = words["other"], value.replace("_", " ")
        clauses.append(chosen.format(name=name.replace("_", " "), value=value))
    return str(survey_words(language)["between"]).join(clauses)
