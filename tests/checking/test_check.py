"""Checking a draft: verdicts, columns, lines, the page, and Word comments that change nothing else."""

import io
import json
import re
import zipfile
from copy import deepcopy
from importlib.resources import files

import pandas as pd
import pytest

from analysis.checking.answers.lines import COLUMNS, as_json, as_sarif, lines_of_draft, rows
from analysis.checking.answers.page import page_of_draft
from analysis.checking.answers.telling import Teller
from analysis.checking.judging.verdicts import AGREES, DISAGREES, NO_DATUM, UNDECIDED, VERDICTS
from analysis.cli import main
from analysis.pictures.palette import contrast
from analysis.quantities.tables import IN_WORDS
from analysis.reading import DocumentError, read_document

docx = pytest.importorskip("docx")
etree = pytest.importorskip("lxml.etree")

TEXT = """# Youth

In 2020, 23.3 per cent of young people were not in employment, education or training.
Among young women the rate was 31.5.

Working poverty stood at 7.2 per cent in 2020 and 9.6 per cent in 2021.

The canteen served 4,100 meals. Convention No. 190 was discussed on 8 May 2022.

In 2007 the unemployment rate was 5.5 per cent.
"""


@pytest.fixture(scope="module")
def teller(checker):
    return Teller(checker)


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "draft.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def verdicts(checked):
    return {each.number.text: each.verdict.verdict for each in checked}


def test_a_number_of_a_thousand_digits_is_judged(check_text):
    table = "| Region | Results |\n|---|---|\n| Africa | 251 |\n| Arab States | 1e999 |\n"
    assert verdicts(check_text(f"# Results by region, 2020–21\n\n{table}"))["1e999"] in (DISAGREES, UNDECIDED)


def test_each_verdict_is_given(checker, draft):
    assert verdicts(checker.check(draft)) == {
        "2020": "not a statement about data",
        "23.3": "agrees",
        "31.5": "agrees",
        "7.2": "agrees",
        "9.6": "disagrees",
        "2021": "not a statement about data",
        "4,100": "not in the record",
        "190": "not a statement about data",
        "8": "not a statement about data",
        "2022": "not a statement about data",
        "2007": "not a statement about data",
        "5.5": "other period",
    }


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("text", "printed", "held", "kind"),
    [
        ("Women's unemployment was 6.6 per cent in 2020.", "6.6", "6.4", "sex"),
        ("The working poverty rate was 7.2 per cent in 2021.", "7.2", "6.9", "period"),
        (
            "The ILO achieved 896 results, Africa 329 results. The Americas achieved 195 results.",
            "195",
            "186",
            "region",
        ),
        ("El desempleo mundial fue del 6,9 por ciento en 2021.", "6,9", "6.2", "digit"),
        ("Le taux de chômage mondial était de 6,9 % en 2021.", "6,9", "6.2", "digit"),
        ("2021年全球失业率为6.9%。", "6.9", "6.2", "digit"),
    ],
)
def test_a_wrong_number_is_told_with_what_it_would_be_right_for(
    checker, check_text, text, printed, held, kind
):
    found = rows(check_text(text, suffix=".txt"), "a.txt", Teller(checker)).set_index("printed").loc[printed]
    assert (found["verdict"], found["record_value"], found["error_kind"]) == (DISAGREES, held, kind)
    assert found["wording"].replace(",", ".") == held


def test_a_number_over_the_end_of_a_line_is_told_in_one(checker, check_text):
    numbers = check_text("In 2021, global unemployment was 6.9\nper cent.", suffix=".txt")
    told, _ = lines_of_draft("a.txt", numbers, Teller(checker))
    assert "not 6.9 per cent." in told
    assert "\n" not in told


@pytest.mark.parametrize(
    "text",
    [
        "In 2020-21 the ILO achieved 896 results against a target of 874.",
        "In 2020-21, 896 results were achieved against a target of 874.",
        "The 2020-21 target of 874 was exceeded: 896 results.",
        "En 2020-21 se lograron 896 resultados frente a una meta de 874.",
        "2020-2021年取得896项成果，目标为874项。",
    ],
)
def test_a_measure_said_of_one_number_is_not_that_of_another(check_text, text):
    said = verdicts(check_text(text, suffix=".txt"))
    assert (said["896"], said["874"]) == ("agrees", "agrees")


def test_what_a_number_is_about_in_any_language_is_no_code(checker):
    assert not [
        name for each in checker.catalogue.candidates for name in each.axes if name.endswith(IN_WORDS)
    ]


def test_the_value_alone_proves_nothing(check_text):
    numbers = check_text("The band has 896 songs, and 37 per cent of them are loud.", suffix=".txt")
    assert {each.verdict.verdict for each in numbers} <= {"not in the record", "undecided"}


def test_another_period_is_neither_right_nor_wrong(check_text):
    numbers = check_text("In 2012 the global unemployment rate was 6.6 per cent.", suffix=".txt")
    assert verdicts(numbers)["6.6"] == "other period"


def test_the_columns_and_the_occurrence(checker, teller, draft):
    made = rows(checker.check(draft), draft.name, teller)
    assert tuple(made.columns) == COLUMNS
    assert set(made["verdict"]) <= set(VERDICTS)
    assert made["occurrence"].min() == 1
    assert made.loc[made["printed"] == "9.6", "sentence"].item().startswith("Working poverty stood at")


def test_lines_are_those_of_a_linter(checker, teller, draft):
    told = lines_of_draft("draft.md", checker.check(draft), teller)
    assert told[0].startswith("draft.md:6:51 disagrees: 9.6: The record says 6.9%, not 9.6 per cent.")
    assert told[-1].startswith("draft.md: 13 numbers: 3 agrees, 1 disagrees")


def test_json_and_sarif_hold_the_place(checker, teller, draft):
    checked = [("draft.md", checker.check(draft))]
    listed = json.loads(as_json(checked, teller))
    assert [each["line"] for each in listed if each["printed"] == "9.6"] == [6]
    run = json.loads(as_sarif(checked, teller, "1"))["runs"][0]
    wrong = next(each for each in run["results"] if each["ruleId"] == DISAGREES)
    assert wrong["level"] == "error"
    assert wrong["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 6,
        "startColumn": 51,
        "endColumn": 54,
    }


def test_the_page_marks_each_number_and_escapes_the_text(checker, teller, tmp_path):
    path = tmp_path / "a.md"
    path.write_text("Results <x>in all</x>: 896 & no more.", encoding="utf-8")
    opened = read_document(path)
    made = page_of_draft(opened, checker.check(opened), teller, "2020–21", "en")
    assert "&lt;x&gt;" in made
    assert ">896</mark>" in made
    assert "script-src &#x27;none&#x27;" in made


def test_the_page_shows_tables_as_tables_and_what_is_said_of_a_number_below_its_row(
    checker, teller, tmp_path
):
    path = tmp_path / "a.md"
    table = "| Region | Results |\n|---|---|\n| Africa | 329 |\n| Asia and the Pacific | 159 |"
    path.write_text(f"In 2020-21:\n\n{table}\n\nThe end & more.", encoding="utf-8")
    opened = read_document(path)
    made = page_of_draft(opened, checker.check(opened), teller, "2020–21", "en")
    assert made.count("<table>") == 2
    assert "<th>Region</th><th>Results</th></tr>" in made
    assert re.search(r"<td>Africa</td><td><mark class='agrees'[^>]*>329</mark></td></tr>", made)
    assert re.search(r"159</mark></td></tr><tr><td colspan='2'><ul class='told'><li><b>159</b> The rec", made)


def test_the_page_is_read_in_the_dark_and_on_a_narrow_screen_and_tells_verdicts_without_colour():
    style = files("analysis.checking").joinpath("page.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([a-z-]+):(#[0-9a-f]+)", part)) for part in style.split("\n")[:2])
    assert set(light) == set(dark)
    for colours in (light, dark):
        for ground in ("paper", "good", "bad", "open", "other"):
            assert contrast(full(colours["ink"]), full(colours[ground])) >= 7
        for line in ("good-line", "bad-line", "open-line", "other-line"):
            assert contrast(full(colours[line]), full(colours["paper"])) >= 3
    assert "overflow-wrap:anywhere" in style
    for kind, border in (("disagrees", "double"), ("undecided", "dashed"), ("not_recorded", "dotted")):
        assert re.search(rf"\.{kind}\{{border-bottom-style:{border}", style)


def full(colour):
    return colour if len(colour) == 7 else "#" + "".join(2 * each for each in colour[1:])


@pytest.mark.parametrize(
    ("header", "printed", "wording"),
    [("(US$ million)", "118.6", "116.8"), ("(US$ thousand)", "118,600", "116,800")],
)
def test_a_proposal_is_in_the_scale_that_the_header_tells(checker, check_text, header, printed, wording):
    numbers = check_text(
        f"Budget and expenditure, 2020-21 {header}\n\n| Outcome | Actual expenditure |\n|---|---|\n"
        f"| 5. Skills and lifelong learning | {printed} |\n"
    )
    made = rows(numbers, "a.md", Teller(checker)).set_index("printed").loc[printed]
    assert (made["verdict"], made["wording"]) == (DISAGREES, wording)


def word_file(path):
    document = docx.Document()
    document.add_heading("Youth", 1)
    paragraph = document.add_paragraph("Working poverty stood at 7.2 per cent in 2020 and ")
    paragraph.add_run("9.").bold = True
    paragraph.add_run("6").italic = True
    paragraph.add_run(" per cent in 2021.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Region", "Results", "Africa", "329"), strict=True):
        cell.text = text
    document.save(path)
    return path


def joined(root):
    """Return a body without comments, equal neighbouring runs joined, as canonical XML."""
    root = deepcopy(root)
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for name in ("commentRangeStart", "commentRangeEnd"):
        for each in list(root.iter(w + name)):
            each.getparent().remove(each)
    for each in list(root.iter(w + "commentReference")):
        run = each.getparent()
        run.getparent().remove(run)
    for run in list(root.iter(w + "r")):
        before = run.getprevious()
        if before is None or before.tag != run.tag or not all(one.tag in (w + "rPr", w + "t") for one in run):
            continue
        formats = [
            etree.tostring(one.find(w + "rPr")) if one.find(w + "rPr") is not None else b""
            for one in (before, run)
        ]
        if formats[0] == formats[1] and before.findall(w + "t"):
            before.findall(w + "t")[-1].text += "".join(one.text or "" for one in run.findall(w + "t"))
            run.getparent().remove(run)
    for text in root.iter(w + "t"):
        text.attrib.clear()
    return etree.tostring(root, method="c14n")


@pytest.mark.slow
def test_word_comments_leave_text_formatting_and_every_other_part_alone(checker, teller, tmp_path):
    from analysis.checking.answers.word_comments import commented

    path = word_file(tmp_path / "a.docx")
    before = path.read_bytes()
    opened = read_document(path)
    checked = checker.check(opened)
    made = commented(path, opened, checked, teller, every=True)
    assert path.read_bytes() == before
    old, new = zipfile.ZipFile(path), zipfile.ZipFile(io.BytesIO(made))
    changed = {
        "word/document.xml",
        "word/comments.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    }
    assert set(new.namelist()) - set(old.namelist()) <= changed
    assert all(new.read(name) == old.read(name) for name in old.namelist() if name not in changed)
    bodies = [joined(etree.fromstring(each.read("word/document.xml"))) for each in (old, new)]
    assert bodies[0] == bodies[1]
    document = docx.Document(io.BytesIO(made))
    told = [each.text for each in document.comments]
    assert len(told) == sum(each.verdict.verdict != "not a statement about data" for each in checked)
    assert any("6.9%, not 9.6" in each for each in told)
    marked = document.element.xpath("//w:commentRangeStart[@w:id='1']/following-sibling::w:r[1]/w:t")[0].text
    assert marked == "9."
    again = read_document(path)
    assert commented(path, again, checker.check(again), teller, every=True) == made


def test_numbers_that_agree_are_counted_in_one_comment(checker, teller, tmp_path):
    """Before, each had a comment that said "agrees", and a reader looked for what was wrong among them."""
    from analysis.checking.answers.word_comments import commented

    document = docx.Document()
    for words in ("Unemployment stood at 6.6 per cent in 2020.", "Results came to 896 in 2020–21."):
        document.add_paragraph(words)
    document.add_paragraph("Unemployment stood at 9.9 per cent in 2020.")
    path = tmp_path / "a.docx"
    document.save(path)
    opened = read_document(path)
    checked = checker.check(opened)
    verdicts = [each.verdict.verdict for each in checked if each.verdict.verdict != NO_DATUM]
    assert verdicts.count(AGREES) == len(verdicts) - 1
    made = docx.Document(io.BytesIO(commented(path, opened, checked, teller)))
    wrong, counted = (each.text for each in made.comments)
    assert "6.6" in wrong
    assert (
        counted
        == f"Of {len(verdicts)} numbers, {len(verdicts) - 1} without a comment: they agree with the record."
    )
    anchors = made.element.xpath("//w:commentRangeStart")
    assert [anchor.getparent().xpath("string(.)")[:12] for anchor in anchors] == [
        "Unemployment",
        "Unemployment",
    ]
    again = read_document(path)
    every = docx.Document(io.BytesIO(commented(path, again, checker.check(again), teller, every=True)))
    assert len(list(every.comments)) == len(verdicts)


def test_comments_that_are_there_stay(checker, teller, tmp_path):
    from analysis.checking.answers.word_comments import commented

    document = docx.Document()
    run = document.add_paragraph().add_run("Working poverty stood at 7.2 per cent in 2020.")
    document.add_comment(run, text="mine", author="A")
    path = tmp_path / "a.docx"
    document.save(path)
    opened = read_document(path)
    made = docx.Document(io.BytesIO(commented(path, opened, checker.check(opened), teller)))
    assert next(each.text for each in made.comments) == "mine"
    assert len({each.comment_id for each in made.comments}) == 2


def test_comments_go_to_the_part_that_the_body_names(checker, teller, tmp_path):
    from analysis.checking.answers.word_comments import commented

    document = docx.Document()
    run = document.add_paragraph().add_run("Working poverty stood at 9.6 per cent in 2020.")
    document.add_comment(run, text="mine", author="A")
    document.save(tmp_path / "a.docx")
    path = tmp_path / "b.docx"
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
                content = content.replace(b"comments.xml", b"comments2.xml")
            new.writestr(name.replace("comments.xml", "comments2.xml"), content)
    opened = read_document(path)
    assert "not read: 1 comment" in opened.remarks
    made = zipfile.ZipFile(io.BytesIO(commented(path, opened, checker.check(opened), teller, every=True)))
    assert "word/comments.xml" not in made.namelist()
    ids = re.findall(rb'<w:comment [^>]*w:id="(\d+)"', made.read("word/comments2.xml"))
    assert ids == [b"0", b"1"]


@pytest.mark.slow
def test_the_command_writes_reads_and_fails_as_asked(draft, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["check", str(draft), "--output", str(out), "--fail-on", "disagrees"]) == 1
    assert sorted(path.name for path in out.glob("[!.]*")) == ["draft.csv", "draft.html"]
    made = pd.read_csv(out / "draft.csv")
    assert list(made.columns) == list(COLUMNS)
    assert main(["check", str(draft)]) == 0
    assert "disagrees: 9.6" in capsys.readouterr().out
    assert draft.read_text(encoding="utf-8") == TEXT


def test_a_draft_is_never_written_over(tmp_path, capsys):
    path = word_file(tmp_path / "a.docx")
    before = path.read_bytes()
    assert main(["check", str(path), "--output", str(tmp_path)]) == 2
    assert "would write over the draft" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.docx"]


def test_a_missing_draft_is_misuse(capsys):
    assert main(["check", "nowhere.md"]) == 2
    assert "no such file" in capsys.readouterr().err


@pytest.mark.slow
def test_the_front_door_returns_the_rows(draft):
    import analysis

    made = analysis.open("2020-21").check(draft)
    assert made.set_index("printed").loc["9.6", "verdict"] == DISAGREES
    with pytest.raises(analysis.NotFound, match="no draft"):
        analysis.open("2020-21").check("nowhere.md")


def test_a_bare_word_file_and_text_from_right_to_left(checker, check_text, teller, tmp_path):
    from analysis.checking.answers.word_comments import commented
    from analysis.checking.bound.binding import bind

    path = tmp_path / "a.docx"
    body = "<w:p><w:r><w:t>Working poverty stood at 7.2 per cent in 2020.</w:t></w:r></w:p>"
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>'
        )
    opened = read_document(path)
    assert b"comments.xml" in commented(path, opened, checker.check(opened), teller)
    opened = read_document(path)
    assert len(bind(path, opened, checker.check(opened), "2020-21")[1]) == 1
    assert {each.number.text for each in check_text("بلغ عدد النتائج 896 في 2021.", suffix=".txt")} == {
        "896",
        "2021",
    }


def test_headers_and_footers_are_read_and_their_comments_hang_from_the_body(checker, teller, tmp_path):
    from analysis.checking.answers.word_comments import commented

    document = docx.Document()
    document.add_paragraph("Working poverty stood at 7.2 per cent in 2020.")
    section = document.sections[0]
    section.header.paragraphs[0].text = "In 2021 the unemployment rate was 6.9 per cent."
    section.footer.paragraphs[0].text = "Page 3 of 12"
    path = tmp_path / "a.docx"
    document.save(path)
    opened = read_document(path)
    checked = checker.check(opened)
    told = {each.number.text: (each.block.place.split()[0], each.verdict.verdict) for each in checked}
    assert told["6.9"] == ("header", DISAGREES)
    assert not {"3", "12"} & told.keys()
    made = docx.Document(io.BytesIO(commented(path, opened, checked, teller)))
    assert any("header" in each.text and "6.9" in each.text for each in made.comments)
    assert made.sections[0].header.paragraphs[0].text == section.header.paragraphs[0].text


def test_a_comment_on_a_header_above_an_empty_body_has_its_place(checker, teller, tmp_path):
    from analysis.checking.answers.word_comments import commented

    document = docx.Document()
    document.add_paragraph("")
    document.sections[0].header.paragraphs[0].text = "In 2021 the unemployment rate was 6.9 per cent."
    path = tmp_path / "a.docx"
    document.save(path)
    opened = read_document(path)
    made = docx.Document(io.BytesIO(commented(path, opened, checker.check(opened), teller)))
    assert len(list(made.comments)) == 1
    assert made.paragraphs[0].text == ""


def test_more_numbers_than_are_checked_at_once_are_refused_before_the_first(check_text, monkeypatch):
    monkeypatch.setattr("analysis.checking.drafts.MOST", 3)
    with pytest.raises(DocumentError, match=r"draft\.txt: holds 4 numbers; at most 3 are checked at once"):
        check_text("Results came to 896, 874, 329 and 186.", suffix=".txt")


@pytest.mark.sampled
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_what_was_not_read_is_told_whatever_the_form(form, tmp_path, capsys):
    draft = tmp_path / "a.html"
    draft.write_text("<p>In all 896 results.</p><img src='x'>", encoding="utf-8")
    assert main(["check", str(draft), "--format", form, "--output", str(tmp_path / "out")]) == 0
    assert "not read: 1 picture" in capsys.readouterr().err
    assert "<li>not read: 1 picture</li>" in (tmp_path / "out" / "a.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_was_not_read_is_warned_of_in_python(tmp_path):
    import analysis

    draft = tmp_path / "a.html"
    draft.write_text("<p>In all 896 results.</p><img src='x'>", encoding="utf-8")
    with pytest.warns(UserWarning, match="not read: 1 picture"):
        made = analysis.open("2020-21").check(draft)
    assert made.attrs["remarks"] == ["not read: 1 picture"]
