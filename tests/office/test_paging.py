"""How figures and tables share pages in Word: sizes, divided tables, and what LibreOffice makes of them."""

import io
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from analysis.audit.opening import open_audit
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue
from analysis.office import paging
from analysis.office.heights import WordHeights, number_of_lines
from analysis.office.manuscript import FigureBlock, Heading, Manuscript, Paragraph, TableBlock, compose_report
from analysis.office.report import word_report
from analysis.office.word_charts import editable, sizes
from analysis.printed.printable import ResolvedCell, ResolvedRow
from analysis.printed.resolve import resolve
from analysis.printed.summary import summary_of
from analysis.tables.word_tables import TOGETHER

UPRIGHT = WordHeights(Catalogue("en"))


def settings(blocks):
    return paging.settings(blocks, lambda lies: [WordHeights(Catalogue("en"), lies)])


def table_of(made_up_table, rows: int) -> TableBlock:
    table = made_up_table("en")
    cells = tuple(ResolvedCell(Fraction(1), "1", "computed", "result", 0) for _ in table.columns)
    made = tuple(ResolvedRow((f"row {number}", "x"), (str(number), "x"), cells) for number in range(rows))
    return TableBlock(1, replace(table, rows=made))


@pytest.fixture
def chart(made_up_charts):
    return made_up_charts("en")["bars_two"]


def test_lines_break_at_words_and_between_chinese_signs():
    assert number_of_lines("", 10) == 1
    assert number_of_lines("aaaa aaaa aaaa", 6) == 2
    assert number_of_lines("aaaa aaaa aaaa", 3) == 3
    assert number_of_lines("国际劳工组织", 3) == 2
    assert number_of_lines("国际劳工组织", 6) == 1
    assert number_of_lines("a" * 100, 10) > 5
    assert number_of_lines("l" * 20, 10) < number_of_lines("m" * 20, 10)
    assert number_of_lines("m" * 20, 20) < number_of_lines("m" * 20, 20, bold=True)
    assert number_of_lines("国" * 20 + " 2020–21", 10) == 3


@pytest.mark.parametrize(("bold", "sign"), [(False, "国"), (True, "m"), (False, "l")])
def test_letters_as_wide_as_arial_take_no_more_lines(bold, sign):
    for words in range(1, 60, 7):
        text = " ".join([sign * 6] * words)
        assert number_of_lines(text, 20, bold, narrow=True) <= number_of_lines(text, 20, bold)
    assert number_of_lines("m" * 20, 18, narrow=True) < number_of_lines("m" * 20, 18)


class Given:
    """Paragraphs of given heights on pages of ten."""

    room, sure = 10.0, 0.98

    def __init__(self, **heights: float):
        self.heights = heights

    def text(self, block: Paragraph) -> float:
        return self.heights[block.text]


def test_a_break_serves_wide_letters_and_narrow_ones():
    wide, narrow = Given(a=6.0, b=4.4, c=5.0, d=9.5), Given(a=5.4, b=3.9, c=4.5, d=9.0)
    blocks = [Paragraph(name) for name in "abcd"]

    def breaks(*letters):
        planned = paging.settings(blocks, lambda lies: letters)
        return [blocks[place].text for place, (_, setting) in planned.items() if setting.breaks]

    assert breaks(wide) == [], "b and d find no room and begin a page by themselves"
    assert breaks(narrow) == ["b"], "a and b on one page would leave c alone"
    assert breaks(wide, narrow) == ["b"]
    assert breaks(Given(a=6.0, b=3.9, c=5.0, d=9.5)) == ["b"], "what might find room gets a break"


def test_a_divided_table_is_followed_row_by_row():
    assert TOGETHER == 3
    rows = tuple(float(number) for number in range(1, 13))
    extent = paging._Extent(height=16.0, least=4.0, head=1.0, rows=rows)  # 1 above, 3 of notes
    assert extent.divided(0.0, 20.0) == (0.0, 16.0)
    assert extent.divided(0.0, 10.5) == (0.0, 1.0 + 3.0 + 3.0), "nine rows find room, three go on"
    assert extent.divided(0.0, 12.5) == (0.0, 1.0 + 3.0 + 3.0), "the last three stay together"
    alone, rest = extent.divided(0.0, 15.0)
    assert (alone, rest) == (paging._ALONE, 1.0), "the notes find no room below the last row"


@given(st.text(st.characters(categories=["L", "Nd", "Zs"]), max_size=80), st.floats(2, 60))
def test_a_longer_line_never_takes_more_of_them(text, wide):
    assert 1 <= number_of_lines(text, wide * 2) <= number_of_lines(text, wide)


def test_a_chart_is_made_smaller_so_that_its_table_stands_with_it(made_up_charts, made_up_table):
    chart = made_up_charts("en")["lines_three"]
    figure = FigureBlock(1, chart)
    largest = sizes(chart)[0]
    alone = settings([figure])[0][1]
    assert alone.size == largest
    room = UPRIGHT.room - UPRIGHT.around(figure, False) - largest.height
    rows = next(n for n in range(4, 60) if UPRIGHT.table(table_of(made_up_table, n), 0.87) > room)
    blocks = [figure, table_of(made_up_table, rows)]
    set_together = settings(blocks)
    size = set_together[0][1].size
    assert size.height < largest.height
    assert size in sizes(chart)
    taken = UPRIGHT.around(figure, False) + size.height + UPRIGHT.table(blocks[1], set_together[1][1].close)
    assert taken <= UPRIGHT.room
    assert not set_together[1][1].breaks


def test_a_short_table_is_divided_rather_than_half_a_page_left_empty(made_up_table):
    tall, short = table_of(made_up_table, 32), table_of(made_up_table, 12)
    left = 0.97 * UPRIGHT.room - 2 * UPRIGHT.table(short)
    assert UPRIGHT.beginning(short, TOGETHER) < left < UPRIGHT.table(short)
    found = settings([short, short, short, tall])
    assert [setting.whole for _, setting in found.values()] == [True, True, False, False]
    few = table_of(made_up_table, 2 * TOGETHER)
    assert all(setting.whole for _, setting in settings([few] * 9).values())


@pytest.mark.slow
def test_a_page_begins_with_what_leads_to_a_figure_whose_table_follows(chart, made_up_table):
    figure, tables = FigureBlock(1, chart), [table_of(made_up_table, 6)] * 3
    for sentences in range(1, 20):
        blocks = [*[Paragraph("word " * 30)] * sentences, Heading(2, "Led"), figure, *tables]
        first, setting = settings(blocks)[sentences + 1]
        assert first == sentences
        if setting.breaks:
            break
    assert setting.breaks
    word = Document(io.BytesIO(word_report(_manuscript(blocks), {})))
    starting = [each.text for each in word.paragraphs if each.paragraph_format.page_break_before]
    assert starting[:1] == ["Led"]


def test_rows_of_a_divided_table_stay_together_at_its_ends(made_up_table):
    blocks = [table_of(made_up_table, 12)] * 3 + [table_of(made_up_table, 32)]
    made = Document(io.BytesIO(word_report(_manuscript(blocks), {}))).tables[2]
    heading = sum(row._tr.find(".//{*}tblHeader") is not None for row in made.rows)
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in made.rows]
    body = kept[heading:]
    assert all(kept[:heading])
    assert body[: TOGETHER - 1] == [True] * (TOGETHER - 1)
    assert not any(body[TOGETHER - 1 : -TOGETHER])
    assert body[-TOGETHER:] == [True] * (TOGETHER - 1) + [False]


def _manuscript(blocks) -> Manuscript:
    return Manuscript("Title", "Edition", tuple(blocks), (), (), "en")


@pytest.mark.slow
@pytest.mark.needs_libreoffice
@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm (poppler-utils) is not installed")
def test_few_pages_of_a_chapter_stay_half_empty(recorded, biennium, tmp_path):
    labels = Catalogue("en", recorded)
    blocks = [Heading(1, "Results")]
    for definition in definitions(recorded):
        if not definition.id.startswith("results_by_indicator_"):
            continue
        resolved = resolve(make(definition, recorded, biennium), recorded, labels)
        charts = [FigureBlock(len(blocks), chart) for chart in resolved.charts if editable(chart)]
        blocks += [*charts, TableBlock(len(blocks), resolved.table)] if charts else []
    assert len(blocks) > 12
    (tmp_path / "chapter.docx").write_bytes(word_report(_manuscript(blocks), {}))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    asked = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*asked, str(tmp_path / "chapter.docx")], check=True, capture_output=True, timeout=240)
    subprocess.run(
        ["pdftoppm", "-r", "25", "-gray", str(tmp_path / "chapter.pdf"), str(tmp_path / "page")], check=True
    )
    empty = [_empty(path) for path in sorted(tmp_path.glob("page*.pgm"))]
    body = empty[next(n for n, share in enumerate(empty) if n) :]
    assert len(body) > 6
    half = [share for share in body[:-1] if share > 0.4]
    assert len(half) <= len(body) / 6, [round(share, 2) for share in body]


@pytest.mark.slow
@pytest.mark.needs_libreoffice
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("language", ["en", "es", "fr", "zh"])
def test_the_contents_take_one_page_and_the_summary_two(register, recorded, biennium, language, tmp_path):
    labels = Catalogue(language, recorded)
    exhibits = [(definition, make(definition, recorded, biennium)) for definition in definitions(recorded)]
    shown = [(*pair, resolve(pair[1], recorded, labels)) for pair in exhibits]
    parts = summary_of(recorded, biennium, labels, shown, open_audit(register, biennium, recorded))
    sections = [Heading(2, f"Section {number}") for number in range(5)]
    chapters = [block for number in range(5) for block in (Heading(1, f"Chapter {number}"), *sections)]
    opening = compose_report([], {}, [], biennium, labels, parts)
    written = replace(opening, blocks=(*opening.blocks, *chapters))
    (tmp_path / "report.docx").write_bytes(word_report(written, {}))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    asked = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*asked, str(tmp_path / "report.docx")], check=True, capture_output=True, timeout=240)
    pages = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "report.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\f")
    title = labels("summary.title")
    begun = next(number for number, page in enumerate(pages[1:], 1) if page.strip().startswith(title))
    chapter = next(number for number, page in enumerate(pages[1:], 1) if page.strip().startswith("Chapter 0"))
    assert (begun, chapter) == (1, 3)
    assert len("".join(pages[1:3])) > 1000


def _empty(path) -> float:
    """Return the share of a page's text that is empty at its end."""
    page = np.array(Image.open(path))
    edge = round(2 / 2.54 * 25)
    inked = np.nonzero((page[edge:-edge] < 235).any(axis=1))[0]
    return 1 - (inked.max() + 1) / (page.shape[0] - 2 * edge) if len(inked) else 1.0
