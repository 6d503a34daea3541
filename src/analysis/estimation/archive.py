"""Several surveys, a mapping each, as one archive of samples that are told apart by country and year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw

from analysis.estimation.design import SurveyDesign
from analysis.estimation.survey_at_hand import SurveyAtHand, survey_at_hand
from analysis.files import Unreadable, read_toml
from analysis.sources.codes import as_identifier, kinds_of
from analysis.sources.form import PLAIN, Form
from analysis.sources.mapping import SurveyMappingError

SAMPLE = ("country", "year")
IDENTIFIERS = ("country", "ilo_key", "ilo_hh", "stratum", "psu")


@dataclass(frozen=True)
class ArchivedSurvey:
    """One survey of an archive: its file and its mapping, both as paths."""

    file: Path
    mapping: Path | None


def listed_surveys(path: Path | str) -> tuple[str, list[ArchivedSurvey]]:
    """Read an archive's file: its title, and its surveys with their mappings.

    Parameters
    ----------
    path : Path or str
        A TOML file with ``title`` and, for each survey, a table ``[[survey]]`` with ``file`` and perhaps
        ``mapping``; relative paths stand beside the archive's file.

    Raises
    ------
    SurveyMappingError
        Listing everything that is wrong with the file.
    """
    path = Path(path)
    try:
        written = read_toml(path)
    except FileNotFoundError:
        raise SurveyMappingError(f"{path}: no such file; expected an archive's list of surveys") from None
    except Unreadable as refused:
        raise SurveyMappingError(str(refused)) from None
    faults = [
        f"{key} is not known; expected title and [[survey]]" for key in written.keys() - {"title", "survey"}
    ]
    surveys, listed = written.get("survey", []), []
    if not isinstance(surveys, list) or not surveys:
        faults.append("there is no [[survey]]; expected one for each survey, with file and mapping")
        surveys = []
    for place, survey in enumerate(surveys, start=1):
        strange = survey.keys() - {"file", "mapping"}
        if strange or not all(isinstance(value, str) for value in survey.values()) or not survey.get("file"):
            faults.append(
                f"[[survey]] {place}: found {', '.join(survey) or 'nothing'}; expected file and mapping"
            )
            continue
        file, mapping = path.parent / survey["file"], survey.get("mapping")
        listed.append(ArchivedSurvey(file, path.parent / mapping if mapping else None))
        faults += [
            f"[[survey]] {place}: {name}: no such file or folder"
            for name in (file, listed[-1].mapping)
            if name is not None and not name.exists()
        ]
    if faults:
        raise SurveyMappingError(
            f"{path}: {len(faults)} faults; nothing was read" + "".join(f"\n  {f}" for f in faults)
        )
    return str(written.get("title", path.stem)), listed


def archive_at_hand(
    path: Path | str,
    *,
    engine: str = "pandas",
    form: Form = PLAIN,
    progress: Callable[[str, int, int], None] | None = None,
) -> SurveyAtHand:
    """Open every survey of an archive, check each by its own mapping, and put them one below the other.

    Parameters
    ----------
    path : Path or str
        The archive's file, as `listed_surveys` reads it.
    engine : {"pandas", "polars", "duckdb"}
        What reads the files; with Polars they stay on disk until they are estimated from.
    form : Form
        How text files are written, where a mapping does not say.
    progress : callable, optional
        Called with a survey's title, its number and the number of surveys, before it is read.

    Returns
    -------
    SurveyAtHand
        All persons. A variable that a survey does not map is missing there.

    Raises
    ------
    SurveyMappingError
        When a mapping has faults, a survey maps no country or year, two surveys hold the same country and
        year, or some have a stratum or PSU and others none.
    SurveyError
        When a survey breaks its mapping's rules.
    """
    title, surveys = listed_surveys(path)
    opened: list[SurveyAtHand] = []
    samples: dict[tuple, Path] = {}
    for number, entry in enumerate(surveys, start=1):
        if progress is not None:
            progress(entry.file.name, number, len(surveys))
        survey = survey_at_hand(str(entry.file), str(entry.mapping or ""), engine=engine, form=form)
        absent = [name for name in SAMPLE if not survey.holds(name)]
        if absent:
            raise SurveyMappingError(
                f"{entry.mapping or entry.file}: maps no {' and no '.join(absent)}, by which the samples of "
                'an archive are told apart; say for example country = { value = "CHL" }'
            )
        for sample in map(tuple, survey.samples()[list(SAMPLE)].astype("str").to_numpy()):
            if sample in samples:
                raise SurveyMappingError(
                    f"{path}: {samples[sample]} and {entry.file} both hold {' '.join(sample)}; their persons "
                    "would stand in one sample. Give each survey a country and year of its own"
                )
            samples[sample] = entry.file
        opened.append(survey)
    persons, ages = _below_one_another(opened, engine), [age for survey in opened for age in survey.open_ages]
    return SurveyAtHand(title, persons, _design(path, opened), open_ages=tuple(ages))


def _design(path: Path | str, opened: Sequence[SurveyAtHand]) -> SurveyDesign:
    chosen = {}
    for part in ("stratum", "psu"):
        with_part = [survey.title for survey in opened if getattr(survey.design, part) is not None]
        if with_part and part == "psu" and len(with_part) < len(opened):
            without = [survey.title for survey in opened if survey.title not in with_part]
            raise SurveyMappingError(
                f"{path}: {', '.join(without)} has no psu, but {', '.join(with_part)} has; map it in all "
                "surveys, or in none and ask for --no-standard-errors"
            )
        chosen[part] = part if with_part else None
    return SurveyDesign(stratum=chosen["stratum"], psu=chosen["psu"], survey=SAMPLE)


def _below_one_another(opened: Sequence[SurveyAtHand], engine: str) -> Any:
    frames, stratified = [], any(survey.design.stratum is not None for survey in opened)
    for survey in opened:
        frame = nw.from_native(survey.persons)
        schema = frame.collect_schema()
        kinds = kinds_of(schema)
        texts = {name: as_identifier(name, kinds) for name in IDENTIFIERS if name in schema}
        numbers = {
            name: nw.col(name).cast(nw.Float64)
            for name, kind in schema.items()
            if kind.is_numeric() and name not in texts
        }
        if stratified and "stratum" not in schema:
            texts["stratum"] = nw.lit("all")
        frames.append(frame.with_columns(**texts, **numbers))
    if engine == "duckdb":
        import duckdb
        import pyarrow as pa

        tables = [frame.lazy().collect("pyarrow").to_native() for frame in frames]
        return duckdb.from_arrow(pa.concat_tables(tables, promote_options="permissive"))
    return nw.concat(frames, how="diagonal").to_native()
