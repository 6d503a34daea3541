"""What can be wrong with surveys, their mappings, drafts and other files that a command is given."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable

import small_files
from readers import head, survey
from scene import ROOT, Case, Content, Scene

ESTIMATE = ("estimate", "survey.csv", "--mapping", "mapping.toml", "--indicators", "unemployment_rate")


def _map(old: str, new: str) -> Callable[[Scene], None]:
    return lambda scene: scene.replace("mapping.toml", old, new)


MAPPINGS: dict[str, Callable[[Scene], object]] = {
    "a mapping that is not there": lambda scene: scene.path("mapping.toml").unlink(),
    "a mapping that is a folder": lambda scene: (
        scene.path("mapping.toml").unlink() or scene.path("mapping.toml").mkdir()
    ),
    "a mapping that is a pipe": lambda scene: (
        scene.path("mapping.toml").unlink() or os.mkfifo(scene.path("mapping.toml"))
    ),
    "a mapping that is no TOML": _map("[variables]", "[variables"),
    "a mapping in Latin-1": lambda scene: scene.write("mapping.toml", b'[survey]\ntitle = "\xe9"'),
    "a mapping nested a hundred thousand deep": lambda scene: scene.write(
        "mapping.toml", "a = " + "[" * 100_000
    ),
    "a mapping with a name of fifty thousand parts": lambda scene: scene.write(
        "mapping.toml", "a." * 50_000 + "b = 1"
    ),
    "an empty mapping": lambda scene: scene.write("mapping.toml", ""),
    "no variables": lambda scene: scene.write("mapping.toml", '[survey]\ntitle = "x"\n'),
    "variables that are one text": lambda scene: scene.write("mapping.toml", 'variables = "all"\n'),
    "a variable that is a number": _map('ilo_age = { column = "age" }', "ilo_age = 12"),
    "a variable without a column": _map('{ column = "age" }', '{ colum = "age" }'),
    "a variable that is misspelt": _map("ilo_age =", "ilo_aeg ="),
    "a column that the survey does not have": _map('column = "age"', 'column = "alter"'),
    "one column for sex and for age": _map('column = "sex"', 'column = "age"'),
    "a code that is not in the classification": _map("codes = { 1 = 1, 2 = 2 }", "codes = { 1 = 7, 2 = 2 }"),
    "a code of the survey that nothing is said of": _map("codes = { 1 = 1, 2 = 2 }", "codes = { 1 = 1 }"),
    "codes that overlap": _map('"1" = 1, "2" = 2', '"1..2" = 1, "2" = 2'),
    "a code of more than any number": _map('"2" = 2', '"1e99999999" = 2'),
    "a code of 20 digits": _map('"2" = 2', '"99999999999999999999" = 2'),
    "a code of five thousand digits": _map('"2" = 2', f'"{"9" * 5000}" = 2'),
    "a range up to five thousand digits": _map('"2" = 2', f'"2..{"9" * 5000}" = 2'),
    "a number of five thousand digits": _map("value = 2020", f"value = {'9' * 5000}"),
    "a range that runs backwards": _map('"1" = 1', '"9..1" = 1'),
    "missing codes that are one number": _map("missing = [0]", "missing = 0"),
    "no weight": _map('ilo_wgt = { column = "weight" }\n', ""),
    "the year as a word": _map("value = 2020", 'value = "MMXX"'),
    "a condition that is code": _map(
        'ilo_age = { column = "age" }',
        "ilo_age = { column = \"age\", cases = [{ when = \"__import__('os').system('id')\", value = 1 }] }",
    ),
}


def _survey(change: Callable[[bytes], bytes]) -> Callable[[Scene], None]:
    def spoil(scene: Scene) -> None:
        path = scene.path("survey.csv")
        path.write_bytes(change(path.read_bytes()))

    return spoil


def _answer(place: int, to: str) -> Callable[[Scene], None]:
    """Return what changes one answer of the first person: sex, age, lfs, weight, stratum, psu."""

    def change(content: bytes) -> bytes:
        lines = content.split(b"\n")
        cells = lines[1].split(b",")
        cells[place] = to.encode()
        return b"\n".join([lines[0], b",".join(cells), *lines[2:]])

    return _survey(change)


SURVEYS: dict[str, Callable[[Scene], object]] = {
    "a survey that is not there": lambda scene: scene.path("survey.csv").unlink(),
    "a survey that is a pipe": lambda scene: (
        scene.path("survey.csv").unlink() or os.mkfifo(scene.path("survey.csv"))
    ),
    "an empty survey": _survey(lambda content: b""),
    "a survey of a header alone": _survey(lambda content: content.split(b"\n")[0] + b"\n"),
    "semicolons between columns": _survey(lambda content: content.replace(b",", b";")),
    "a line that is longer than the first": _survey(lambda content: content + b"1,2,3,4,5,6,7\n"),
    "a line that is shorter than the first": _survey(lambda content: content + b"1,2\n"),
    "an open quote": _survey(lambda content: content.replace(b"\n1,", b'\n"1,', 1)),
    "two columns of one name": _survey(lambda content: content.replace(b"sex,age", b"sex,sex", 1)),
    "Latin-1 in a text column": _survey(lambda content: content.replace(b"sex", b"s\xe9xe", 1)),
    "zeros instead of text": _survey(lambda content: bytes(2_000_000)),
    "an age that is a word": _answer(1, "old"),
    "an age that is true": _answer(1, "true"),
    "an age below nothing": _answer(1, "-5"),
    "an age of 999": _answer(1, "999"),
    "a sex that is no code": _answer(0, "3"),
    "a sex that is true": _answer(0, "true"),
    "a column that is called a pattern": _survey(lambda content: content.replace(b"psu", b"*", 1)),
    "a weight below nothing": _answer(3, "-1"),
    "a weight that is a word": _answer(3, "heavy"),
    "a weight without end": _answer(3, "inf"),
    "a weight that is not a number": _answer(3, "nan"),
    "a weight of 1e400": _answer(3, "1e400"),
    "a person without a weight": _answer(3, ""),
    "a person without a stratum": _answer(4, ""),
    "a decimal comma in a quoted weight": _answer(3, '"10,5"'),
}


def _zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


WORD = "word/document.xml"
DRAFTS: dict[str, tuple[str, Content | None]] = {
    "a draft that is not there": ("none.docx", None),
    "a draft without a suffix": ("draft", "text"),
    "a draft of a kind that is not read": ("draft.rtf", "{\\rtf1}"),
    "a Word file with macros": ("draft.docm", b"PK"),
    "an empty Word file": ("draft.docx", b""),
    "text under the name of Word": ("draft.docx", "896 results"),
    "an old Word file under the new name": ("draft.docx", b"\xd0\xcf\x11\xe0" + bytes(512)),
    "a zip without a document": ("draft.docx", _zipped({"readme.txt": b"x"})),
    "a Word file cut off": ("draft.docx", _zipped({WORD: b"<w:document/>" * 100})[:120]),
    "a Word file whose XML is broken": ("draft.docx", _zipped({WORD: b"<w:document"})),
    "a Word file that is a bomb": ("draft.docx", lambda: _zipped({WORD: bytes(60_000_000)})),
    "a Word file with entities": (
        "draft.docx",
        _zipped({WORD: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
    ),
    "a presentation in a zip of a version to come": (
        "draft.pptx",
        _zipped({"ppt/presentation.xml": b"<p/>"}).replace(b"PK\1\2\x14\3\x14", b"PK\1\2\x14\3\xde"),
    ),
    "a presentation without slides": ("draft.pptx", _zipped({"ppt/presentation.xml": b"<p/>"})),
    "an empty PDF": ("draft.pdf", b""),
    "text under the name of PDF": ("draft.pdf", "896 results"),
    "a PDF cut off": ("draft.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>"),
    "a notebook that is no JSON": ("draft.ipynb", "{"),
    "a notebook without cells": ("draft.ipynb", "[]"),
    "a notebook whose cells are numbers": ("draft.ipynb", '{"cells": [1]}'),
    "a notebook nested a hundred thousand deep": ("draft.ipynb", "[" * 100_000),
    "Markdown of two million zeros": ("draft.md", bytes(2_000_000)),
}

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
TOLD = "The programme reached 12 results. "


def _word(body: str) -> bytes:
    """Return a Word file that says something, and more."""
    text = f"<w:p><w:r><w:t>{TOLD}</w:t></w:r></w:p>{body}"
    return _zipped({WORD: f"<w:document {SPACES}><w:body>{text}</w:body></w:document>".encode()})


def _slides() -> bytes:
    """Return slides of which one is hidden and shows a chart."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    deck, data, made = Presentation(), CategoryChartData(), io.BytesIO()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = TOLD
    data.categories = ["a"]
    data.add_series("x", (896,))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 900, 900, data)
    slide._element.set("show", "0")
    deck.save(made)
    return made.getvalue()


def _pages(*texts: str) -> bytes:
    """Return a PDF of a line or none on each page, under a head that runs."""
    from typst import compile

    head = f"header: [{TOLD}]" if all(texts) else ""
    pages = (f"Africa {text} #v(2cm) More." if text else "" for text in texts)
    return compile(f"#set page({head})\n{'#pagebreak()'.join(pages)}".encode())


READ_IN_PART: dict[str, tuple[str, Content]] = {
    "a page with drawings, pictures and text that was deleted": (
        "draft.html",
        f"<p>{TOLD}<del>15</del><img src=a><img src=b></p><svg><text>7</text></svg>",
    ),
    "a page with text that nobody sees": ("draft.html", f"<p>{TOLD}</p><p style='display:none'>9 hidden</p>"),
    "a page with a drawing that is never closed": ("draft.html", f"<p>{TOLD}</p>\n<svg>\n<p>15 results</p>"),
    "Markdown with front matter, code and a comment": (
        "draft.md",
        f"---\ntitle: 15\n---\n\n<!-- 16 -->\n\n{TOLD}\n\n```\n17\n```\n",
    ),
    "Markdown with text struck through": ("draft.md", f"{TOLD}\n\nThere were ~~19~~ 20 results.\n"),
    "a page with a form that is filled in": ("draft.html", f"<p>{TOLD}</p><form><input value='15'></form>"),
    "Markdown with code that is never closed": ("draft.md", f"{TOLD}\n\n```\n17\n\nAnd 18 results.\n"),
    "a notebook with code and outputs": (
        "draft.ipynb",
        '{"cells": [{"cell_type": "markdown", "source": "The programme reached 12 results."}, '
        '{"cell_type": "code", "source": "15", "outputs": [{}]}]}',
    ),
    "a Word file with a chart and an equation": (
        "draft.docx",
        lambda: _word(
            f'<w:p><w:r><w:drawing><a:graphicData uri="{CHART}"/></w:drawing></w:r><m:oMath/></w:p>'
        ),
    ),
    "a Word file with hidden text": (
        "draft.docx",
        lambda: _word("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>15</w:t></w:r></w:p>"),
    ),
    "slides that are hidden, with a chart": ("draft.pptx", _slides),
    "a paragraph of German in an English draft": (
        "draft.md",
        "It is said in the report that the programme is on its way to more of the results. "
        * 6
        + "\n\nDie Arbeitslosenquote stieg 2020 weltweit von 5,4 auf 6,6 Prozent, während "
        "Frauen ihre Beschäftigung deutlich häufiger verloren. Regierungen legten daraufhin umfangreiche "
        "Hilfsprogramme auf, deren Wirkung inzwischen unabhängige Gutachter untersuchten; rund 1.203 "
        "Betriebe beteiligten sich daran, überwiegend kleine Handwerksunternehmen aus ländlichen Gegenden.\n",
    ),
}
READ_IN_PART["a PDF of which two pages are scanned"] = ("draft.pdf", lambda: _pages(TOLD, "", ""))
READ_IN_PART["a PDF with a running head"] = ("draft.pdf", lambda: _pages(*3 * (TOLD,)))
OTHER_DRAFTS: dict[str, tuple[str, Content]] = {
    "UTF-16 cut off": ("draft.txt", TOLD.encode("utf-16") + b"x"),
    "a Strict Open XML file": (
        "draft.docx",
        lambda: _zipped({WORD: b"<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'/>"}),
    ),
    "a Word file whose text stands in another part": (
        "draft.docx",
        _zipped({"word/document2.xml": b"<w:document/>"}),
    ),
}


def _with_part(name: str, content: bytes | None) -> bytes:
    """Return a Word file with another part, or without it."""
    with zipfile.ZipFile(io.BytesIO(small_files.word())) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if part != name}
    return _zipped(parts if content is None else {**parts, name: content})


def _unnamed(content: bytes) -> bytes:
    """Return an archive that says of a name that it is UTF-8, which it is not."""
    listed = bytearray(content)
    listed[listed.rindex(b"word/footnotes.xml")] = 0xA1
    listed[listed.rindex(b"PK\1\2") + 9] |= 0x08
    return bytes(listed)


RESULTS = ROOT / "examples" / "unhcr" / "brazil_2022.csv"
LEDGER = "id,where,printed,corrected,reason,status\n"
CORRECTED = ("reproduce", "--corrected", "--notebooks-only", "--only", "02")
MANIFEST, SUMS = "reports/made/manifest.json", "reports/made/SHA256SUMS"
WHOLE = (
    '{"parameters": {"organisation": "", "biennium": "", "language": "en", "corrected": false, "only": [], '
    '"documents": false, "further": {}}, "inputs": {}, "outputs": {}}'
)
VERIFY = ("verify", "reports/made")
BESIDE: dict[str, tuple[tuple[str, ...], dict[str, Content]]] = {
    "a ledger of corrections in Latin-1": (CORRECTED, {"data/corrections.csv": LEDGER.encode() + b"\xe9"}),
    "a ledger of corrections with a cell too many": (
        CORRECTED,
        {"data/corrections.csv": LEDGER + "a,b,1,2,c,open,d\n"},
    ),
    "a ledger of corrections with other columns": (CORRECTED, {"data/corrections.csv": "id,old,new\n"}),
    "a ledger of corrections with semicolons": (
        CORRECTED,
        {"data/corrections.csv": LEDGER.replace(",", ";")},
    ),
    "a manifest that is no JSON": (VERIFY, {MANIFEST: "{", SUMS: ""}),
    "a manifest that is a list": (VERIFY, {MANIFEST: "[]", SUMS: ""}),
    "a manifest nested a hundred thousand deep": (VERIFY, {MANIFEST: "[" * 100_000, SUMS: ""}),
    "a manifest whose sums are no texts": (
        VERIFY,
        {MANIFEST: WHOLE.replace('"outputs": {}', '"outputs": {"a.csv": {"sha256": true}}'), SUMS: ""},
    ),
    "results of a hundred million digits": (
        ("import", "results", "results.csv", "--mapping", "results.toml", "--as", "x"),
        {
            "results.toml": (ROOT / "examples" / "unhcr" / "unhcr.toml").read_bytes(),
            "results.csv": head(RESULTS, 2).replace(b",100,Brazil", b",1e99999999,Brazil"),
        },
    ),
    "a manifest without sums": (VERIFY, {MANIFEST: WHOLE}),
    "sums that are no text": (VERIFY, {MANIFEST: WHOLE, SUMS: b"\xff\xfe"}),
    "sums that are another text": (VERIFY, {MANIFEST: WHOLE, SUMS: "nothing\n"}),
    "sums that name a file twice": (VERIFY, {MANIFEST: WHOLE, SUMS: 2 * f"{'0' * 64}  a.csv\n"}),
    "a bound file where somebody's stands": (
        ("bind", "draft.docx", "--output", "bound"),
        {"draft.docx": b"", "bound/draft.docx": b"edited"},
    ),
    "bound numbers in text under the name of Word": (
        ("refresh", "draft.docx", "--output", "bound"),
        {"draft.docx": "896 results"},
    ),
    "bound numbers that nothing wrote so": (
        ("refresh", "draft.docx", "--output", "bound"),
        {
            "draft.docx": lambda: _with_part(
                "customXml/analysisNumbers.xml", b'<a><b key="analysis/0" scale="0"/></a>'
            )
        },
    ),
    "a Word file without the list of its kinds": (
        ("check", "draft.docx", "--output", "checked"),
        {"draft.docx": lambda: _with_part("[Content_Types].xml", None)},
    ),
    "a Word file whose archive names no text": (
        ("restyle", "draft.docx", "--template", "house.docx", "--output", "styled"),
        {"draft.docx": small_files.word, "house.docx": lambda: _unnamed(small_files.word())},
    ),
    "slides one of which has no title": (
        ("restyle", "deck.pptx", "--template", "house.pptx", "--output", "styled"),
        {"deck.pptx": lambda: small_files.deck(5, 6), "house.pptx": lambda: small_files.deck(5)},
    ),
    "a template that is text": (
        ("restyle", "draft.docx", "--template", "house.docx", "--output", "styled"),
        {"draft.docx": b"", "house.docx": "896 results"},
    ),
    "slides that are text as a template": (
        ("restyle", "draft.pptx", "--template", "house.pptx", "--output", "styled"),
        {"draft.pptx": b"", "house.pptx": "896 results"},
    ),
    "a template of another kind": (
        ("restyle", "draft.docx", "--template", "house.dotx", "--output", "styled"),
        {"draft.docx": b"", "house.dotx": b""},
    ),
    "a template that would be written over": (
        ("restyle", "draft.docx", "--template", "house/draft.docx", "--output", "house"),
        {"draft.docx": small_files.word, "house/draft.docx": small_files.word},
    ),
}


def _too_many_persons() -> bytes:
    """Return an SPSS file of few persons whose header says that they are many."""
    sound = survey(".sav")
    return sound[:80] + (1_000_000_000).to_bytes(4, "little") + sound[84:]


def _given(name: str, content: Content | None) -> Callable[[Scene], object]:
    return lambda scene: None if content is None else scene.write(name, content)


def _all_given(contents: dict[str, Content]) -> Callable[[Scene], object]:
    return lambda scene: [scene.write(name, content) for name, content in contents.items()]


LINES = (*ESTIMATE[:-1], "poverty_rate_national", "--poverty-line", "lines.csv")
TOTALS = (*ESTIMATE, "--known-totals", "totals.csv")
OF_LINES, OF_TOTALS = "country,year,line\n", "variable,code,total\n"
BESIDE_SURVEYS: dict[str, tuple[tuple[str, ...], Content]] = {
    "a poverty line with a comma for its decimals": (LINES, OF_LINES + "X01,2020,2,15\n"),
    "a poverty line in digits of another script": (LINES, OF_LINES + "X01,2020,٢\n"),
    "a poverty line with an underscore among its digits": (LINES, OF_LINES + "X01,2020,1_0\n"),
    "poverty lines in two columns of one name": (LINES, "country,year,line,line\nX01,2020,2.15,3\n"),
    "poverty lines of 200,000 characters": (LINES, OF_LINES + f'X01,2020,"{"9" * 200_000}"\n'),
    "poverty lines between semicolons": (LINES, "country;year;line\nX01;2020;2,15\n"),
    "known totals with commas between thousands": (TOTALS, OF_TOTALS + "ilo_sex,1,1,200\n"),
    "a row of known totals cut off": (TOTALS, OF_TOTALS + "ilo_sex,1,100\nilo_sex\n"),
    "known totals of no row": (TOTALS, OF_TOTALS),
    "a known total of a superscript": (TOTALS, OF_TOTALS + "ilo_sex,1,²\n"),
}


def _pipe(name: str) -> Callable[[Scene], None]:
    return lambda scene: os.mkfifo(scene.path(name))


CASES = [
    *(Case("A survey's mapping", wrong, ESTIMATE, spoil) for wrong, spoil in MAPPINGS.items()),
    *(Case("A survey", wrong, ESTIMATE, spoil) for wrong, spoil in SURVEYS.items()),
    *(
        Case(
            "A survey",
            f"text under the name of {what}",
            ("estimate", f"text.{suffix}", "--mapping", "mapping.toml"),
            lambda scene, suffix=suffix: scene.write(f"text.{suffix}", "sex,age\n1,20\n"),
        )
        for what, suffix in (
            ("Parquet", "parquet"),
            ("Stata", "dta"),
            ("SPSS", "sav"),
            ("a workbook", "xlsx"),
        )
    ),
    Case(
        "A survey",
        "an SPSS file that says it holds a thousand million persons",
        ("estimate", "survey.sav", "--mapping", "mapping.toml"),
        _given("survey.sav", _too_many_persons),
    ),
    *(
        Case(
            "Files beside a survey",
            wrong,
            words,
            _given("totals.csv" if words == TOTALS else "lines.csv", content),
        )
        for wrong, (words, content) in BESIDE_SURVEYS.items()
    ),
    Case("Files beside a survey", "poverty lines that are a pipe", LINES, _pipe("lines.csv")),
    Case("Files beside a survey", "known totals that are a pipe", TOTALS, _pipe("totals.csv")),
    *(
        Case("A draft", wrong, ("check", name, "--output", "checked"), _given(name, content))
        for wrong, (name, content) in (DRAFTS | OTHER_DRAFTS).items()
    ),
    *(
        Case("Reports, ledgers and templates", wrong, words, _all_given(contents))
        for wrong, (words, contents) in BESIDE.items()
    ),
    *(
        Case("A draft", wrong, ("check", name), _given(name, content), code=0)
        for wrong, (name, content) in READ_IN_PART.items()
    ),
    Case("A draft", "numbers bound in Markdown", ("bind", "draft.md", "--output", "bound")),
    Case("A draft", "a draft written over by what is bound", ("bind", "none.docx", "--output", "bound")),
    Case("A draft", "a language that is not read", ("check", "draft.md", "--language", "xx")),
    Case("A draft", "a draft in a folder", ("check", "data")),
]
