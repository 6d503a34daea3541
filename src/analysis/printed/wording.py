"""The words around numbers: numbering, labels, source, period, and a picture told in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

import analysis
from analysis.exhibits.parts import Exhibit, quantities_of
from analysis.labels import Catalogue
from analysis.labels.agreement import Declined, small
from analysis.labels.numerals import printed
from analysis.printed.printable import ResolvedChart
from analysis.quantities import Quantity, Recorded, selections

BASELINE = "baseline"
# Kinds of labels that are common nouns; those of others may be names of places, bodies and programmes.
COMMON = tuple(
    f"{kind}."
    for kind in (
        "achievement",
        "age",
        "contribution",
        "funding",
        "grade",
        "hours_lost",
        "judgement",
        "label",
        "largest",
        "measure",
        "rule",
        "sex",
        "survey",
        "sex_child",
        "source",
        "target_status",
        "verdict",
    )
)
_NUMBER = r"(?:[IVX]+\.)?\d[\w.]*(?:–\d[\w.]*)?|[IVX]+"
_YEARS = re.compile(r"\d{4}(–\d{2,4})?")
_NUMBERED = re.compile(
    r"(Tables of pillars|Figures?|Tables?|Appendix|Appendices|Box|Boxes|Paragraphs?)"
    rf"(?:\s+((?:{_NUMBER})(?: and (?:{_NUMBER}))?))?(?=\W|$)"
)


def numbering(number: str, catalogue: Catalogue) -> str:
    """Return a document's numbering (``Figure 10``, ``Tables 2–9``, ``Appendix``) in the language."""
    joined = catalogue("numbering.and")

    def spoken(match: re.Match) -> str:
        key = match[1].lower().replace(" ", "_")
        return catalogue(f"numbering.{key}", number=(match[2] or "").replace(" and ", joined)).strip()

    return _NUMBERED.sub(spoken, number).replace(" and ", joined)


def label_of(key: str, catalogue: Catalogue, *, short: bool = False) -> str:
    """Return a label; titles of levels that are numbered stand after their code.

    Parameters
    ----------
    key : str
        Catalogue key.
    short : bool
        Whether a chart's short form is preferred where there is one.
    """
    return catalogue.numbered(key, catalogue.short(key) if short else catalogue(key))


def inside(key: str, catalogue: Catalogue, *, short: bool = False) -> str:
    """Return a label as it stands inside a sentence: a common noun begins with a small letter.

    Parameters and errors as of :func:`label_of`.
    """
    text = label_of(key, catalogue, short=short)
    return small(text) if key.startswith(COMMON) else text


def declined(key: str, text: str, catalogue: Catalogue) -> Declined:
    """Return a label that knows its form with article; where a language has none, its text."""
    return Declined(text, catalogue(f"of.{key}") if f"of.{key}" in catalogue else text)


def title_of(exhibit: Exhibit, catalogue: Catalogue) -> str:
    """Return an exhibit's own title, or that of its kind with what it is about put in."""
    own = f"exhibit.{exhibit.id}"
    if own in catalogue and catalogue.language_of(own) == catalogue.language:
        return catalogue(own)
    where, name, by = [], [], []
    for word, keys in exhibit.named:
        if word == "level":
            by += [catalogue.short(key) for key in keys]
            continue
        codes = catalogue("label.list_comma").join(key.partition(".")[2] for key in keys)
        level = f"level.{word}"
        where.append(f"{catalogue.short(level)} {codes}" if level in catalogue else codes)
        name += [catalogue(key) if key in catalogue else key.partition(".")[2] for key in keys]
    separator = catalogue("label.list_comma")
    parts = {"where": where, "name": name, "by": by}
    title = catalogue(f"kind.{exhibit.kind}", **{word: separator.join(part) for word, part in parts.items()})
    return f"{title[:1].upper()}{title[1:]}"


def documents_of(exhibit: Exhibit, recorded: Recorded, catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Return the documents that an exhibit reads, by name: title with symbol, and vintage."""
    names = dict.fromkeys(name for name in exhibit.sources if name in recorded)
    names |= dict.fromkeys(
        selection.table for quantity in quantities_of(exhibit) for selection in selections(quantity)
    )
    documents = {}
    for name in names:
        for source in recorded[name].sources:
            documents[source.document] = catalogue.cited(source), source.vintage
    return documents


def source_line(exhibit: Exhibit, recorded: Recorded, catalogue: Catalogue) -> str:
    """Return the documents that an exhibit reads, with symbol and numbering, vintage and edition."""
    documents = documents_of(exhibit, recorded, catalogue)
    if not documents:
        return ""
    words = {document: name for document, (name, _) in documents.items()}
    if exhibit.number and exhibit.document in words:
        number = numbering(exhibit.number, catalogue)
        whole = catalogue("label.pair", first=words[exhibit.document], second=number)
        words[exhibit.document] = whole
    return catalogue(
        "label.source_line",
        documents=catalogue("label.list_separator").join(words.values()),
        vintage=catalogue("label.list_separator").join(
            sorted({year for _, year in documents.values() if year})
        ),
        edition=analysis.__version__,
    )


def numbers_of_categories(categories: Sequence[str], texts: Sequence[str], catalogue: Catalogue) -> list[str]:
    """Return each number after its category; with a mark between where digits would meet ("2018: 22.0")."""
    meeting = any(category[-1:].isdigit() for category in categories)
    key = "alt.number_after_digit" if meeting else "alt.number"
    pairs = zip(categories, texts, strict=True)
    return [catalogue(key, category=category, number=text) for category, text in pairs]


def picture_in_words(chart: ResolvedChart, catalogue: Catalogue) -> str:
    """Return the picture in words: what it is, and every number in it.

    The only series is not named again where the title begins with its name; where categories are left out,
    a sign stands for them. Of what is marked on a line, the categories that are marked are told.
    """
    title, parts = chart.title, []
    if chart.headline:
        title = catalogue("label.titled", title=chart.headline, subtitle=title)
    lines = [(line.label, line.texts) for line in chart.own_lines]
    if chart.kind == "stacked" and (totals := totals_of(chart)):
        lines.append((catalogue("label.total"), totals))
    lines += [(chart.goals.label, chart.goals.texts)] if chart.goals else []
    pairs = [(label, tuple(zip(chart.categories, texts, strict=True))) for label, texts in lines]
    for line in (line for line in chart.series if line.marked_on):
        marks = zip(chart.categories, line.texts, strict=True)
        pairs.append((line.label, tuple((category, text) for category, text in marks if text)))
    for label, numbered in pairs:
        texts = [text or catalogue("alt.no_number") for _, text in numbered]
        numbers = numbers_of_categories([category for category, _ in numbered], texts, catalogue)
        if not any(text for _, text in numbered):
            numbers = [catalogue("alt.no_number")]
        elif chart.left_out:
            numbers.insert(chart.left_out, catalogue("alt.left_out"))
        joined = catalogue("alt.number_separator").join(numbers)
        named_already = len(pairs) == 1 and chart.title.startswith(label)
        key = "alt.numbers" if named_already else "alt.series"
        parts.append(catalogue(key, numbers=joined, **({} if named_already else {"series": label})))
    opening = catalogue(
        "alt.opening", kind=catalogue(f"alt.{chart.kind}"), title=title, subtitle=chart.subtitle
    )
    return catalogue("alt.space").join((opening, *parts))


def totals_of(chart: ResolvedChart) -> tuple[str, ...]:
    """Return the total of each stacked bar as printed; none where every bar makes 100 per cent."""
    columns = list(zip(*(line.numbers for line in chart.series), strict=True))
    sums = [sum((number for number in column if number is not None), Fraction(0)) for column in columns]
    if len(chart.series) < 2 or all(abs(total - 100) <= 1 for total in sums):
        return ()
    locale = Catalogue(chart.language)("language.locale")
    return tuple(printed(total, chart.decimals, locale) for total in sums)


def period_of_numbers(quantities: Iterable[Quantity], recorded: Recorded, catalogue: Catalogue) -> str:
    """Return the period of all numbers as printed, or nothing when they have none or several.

    Levels before are of another time by what they are, and count only where there is nothing else.
    """
    periods = set()
    for quantity in quantities:
        for selection in selections(quantity):
            records = recorded[selection.table].records
            rows = [records[row] for row in selection.selected(recorded)]
            periods |= {(row["period"], row.get("measure") == BASELINE) for row in rows if "period" in row}
    stated_periods = {period for period, before in periods if not before} or {period for period, _ in periods}
    if len(stated_periods) != 1:
        return ""
    (period,) = stated_periods
    return said_years(period.replace("-", "–") if re.fullmatch(r"\d{4}-\d\d", period) else period, catalogue)


def said_years(text: str, catalogue: Catalogue) -> str:
    """Return a year, or years from one to another, with the word for it where a language asks for it."""
    return catalogue("label.year", year=text) if _YEARS.fullmatch(text) else text
