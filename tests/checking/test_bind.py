"""Bound numbers: content controls that keep the text, printed anew, refused where nothing continues."""

import copy
import io
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree

from analysis.checking.answers.telling import Teller
from analysis.checking.answers.word_comments import commented
from analysis.checking.bound import refreshing
from analysis.checking.bound.binding import PART, bind, bindable, bound_numbers, controls
from analysis.checking.bound.refreshing import CHANGED, REFUSED, SAME, refresh
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.cli import main
from analysis.commands.bind import write_new
from analysis.reading import DocumentError, read_document
from analysis.reading.word import W

pytestmark = pytest.mark.slow

docx = pytest.importorskip("docx")

TEXT = (
    "Working poverty rose to 7.2 per cent in 2020.",
    "The NEET rate of young women was 31.5 per cent in 2020.",
    "The canteen served 4,100 meals.",
)


@pytest.fixture
def bound(checker, tmp_path):
    document = docx.Document()
    for text in TEXT:
        document.add_paragraph(text)
    path = tmp_path / "draft.docx"
    document.save(path)
    opened = read_document(path)
    content, made = bind(path, opened, checker.check(opened), "2020-21")
    target = tmp_path / "bound.docx"
    target.write_bytes(content)
    return target, made


def text_of(content):
    return [each.text for each in read_document(content).blocks]


def test_what_agrees_is_bound_and_the_text_is_the_same(bound):
    path, made = bound
    assert [each.printed for each in made] == ["7.2", "31.5"]
    assert text_of(path) == list(TEXT)
    with zipfile.ZipFile(path) as archive:
        listed = bound_numbers(archive.read(PART))
    assert set(listed) == set(dict(controls(read_document(path).parts["word/document.xml"])))
    assert max(map(len, listed)) <= 64


def test_a_number_that_was_copied_is_printed_anew_in_both_places(bound, register, tmp_path):
    path, made = bound
    document = docx.Document(path)
    first = document.paragraphs[0]._p
    first.addnext(copy.deepcopy(first))
    document.save(tmp_path / "copied.docx")
    recorded = register.recorded("2020-21")
    table, row = recorded.locate(made[0].id)
    changed = table.replaced(row, value="6.4", printed="6.4%")
    tables = [changed if each is table else each for each in recorded.values()]
    catalogue = CandidateIndex(recorded.with_tables(tables), register.root)
    content, done = refresh(tmp_path / "copied.docx", catalogue, "2020-21")
    assert [each.outcome for each in done] == [CHANGED, CHANGED, SAME]
    again = tmp_path / "again.docx"
    again.write_bytes(content)
    assert text_of(again)[:2] == [TEXT[0].replace("7.2", "6.4")] * 2


def test_a_number_that_was_bound_in_another_draft_is_refused(bound, checker, tmp_path):
    document = docx.Document()
    document.add_paragraph("There were 896 results under the policy outcomes in 2020-21.")
    document.save(tmp_path / "other.docx")
    opened = read_document(tmp_path / "other.docx")
    content, _ = bind(tmp_path / "other.docx", opened, checker.check(opened), "2020-21")
    (tmp_path / "pasted.docx").write_bytes(content)
    other = docx.Document(tmp_path / "pasted.docx")
    other.paragraphs[0]._p.addnext(copy.deepcopy(docx.Document(bound[0]).paragraphs[0]._p))
    other.save(tmp_path / "pasted.docx")
    content, done = refresh(tmp_path / "pasted.docx", checker.catalogue, "2020-21")
    assert [(one.before, one.outcome) for one in done] == [("896", SAME), ("7.2", REFUSED)]
    assert "bound in another one" in done[1].why
    (tmp_path / "again.docx").write_bytes(content)
    assert text_of(tmp_path / "again.docx")[-1] == TEXT[0]


def test_a_number_of_a_text_box_that_the_file_holds_twice_is_not_bound(checker, tmp_path):
    document = docx.Document()
    run = document.add_paragraph(TEXT[1]).add_run()
    boxed = "".join(
        f"<mc:{form}{of}><w:txbxContent><w:p><w:r><w:t>{TEXT[0]}</w:t></w:r></w:p></w:txbxContent></mc:{form}>"
        for form, of in (("Choice", ' Requires="wps"'), ("Fallback", ""))
    )
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    )
    run._r.append(etree.fromstring(f"<mc:AlternateContent {spaces}>{boxed}</mc:AlternateContent>"))
    document.save(tmp_path / "boxed.docx")
    opened = read_document(tmp_path / "boxed.docx")
    checked = checker.check(opened)
    assert {one.number.text for one in checked if one.verdict.verdict == "agrees"} >= {"31.5", "7.2"}
    _, made = bind(tmp_path / "boxed.docx", opened, checked, "2020-21")
    assert [one.printed for one in made] == ["31.5"]


def damaged(path, target, name, change):
    """Write a Word file again, one part of it changed."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, change(content) if each == name else content)
    return target


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        (PART, lambda each: each[:-20], "a part of it is no XML"),
        (PART, lambda each: each.replace(b"key=", b"kye=", 1), "an entry is damaged"),
        (PART, lambda each: each.replace(b'places="', b'places="x', 1), "an entry is damaged"),
        ("word/document.xml", lambda each: each[:-20], "a part of it is no XML"),
        ("word/document.xml", lambda each: bytes(60_000_000), "zip bomb"),
    ],
)
def test_a_damaged_file_of_bound_numbers_is_told(bound, checker, tmp_path, part, change, said):
    path = damaged(bound[0], tmp_path / "damaged.docx", part, change)
    if said == "zip bomb":
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.docx", "w", 8) as new:
            for each in old.namelist():
                new.writestr(each, old.read(each))
        path = tmp_path / "b.docx"
    with pytest.raises(DocumentError, match=said):
        refresh(path, checker.catalogue, "2020-21")


def test_text_under_the_name_of_word_is_told(checker, tmp_path):
    path = tmp_path / "draft.docx"
    path.write_bytes(b"896 results")
    with pytest.raises(DocumentError, match=r"not a \.docx file"):
        refresh(path, checker.catalogue, "2020-21")


@pytest.mark.parametrize("part", ["[Content_Types].xml", "word/_rels/document.xml.rels"])
def test_a_draft_whose_other_parts_are_damaged_is_told(checker, tmp_path, part):
    document = docx.Document()
    document.add_paragraph(TEXT[0])
    document.save(tmp_path / "sound.docx")
    path = damaged(tmp_path / "sound.docx", tmp_path / "draft.docx", part, lambda each: b"?" + each)
    draft = read_document(path)
    checked = checker.check(draft)
    with pytest.raises(DocumentError, match="a part of it is no XML"):
        bind(path, draft, checked, "2020-21")
    with pytest.raises(DocumentError, match="a part of it is no XML"):
        commented(path, draft, checked, Teller(checker))


def test_nobodys_work_is_written_over(bound, tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "bound.docx").write_bytes(b"edited since")
    assert main(["refresh", str(bound[0]), "--output", str(tmp_path / "out")]) == 2
    assert "is there already, and may hold somebody's work" in capsys.readouterr().err
    assert (tmp_path / "out" / "bound.docx").read_bytes() == b"edited since"


def test_no_link_is_written_over_and_no_file_that_came_meanwhile(bound, tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "bound.docx").symlink_to(tmp_path / "gone.docx")
    assert main(["refresh", str(bound[0]), "--output", str(tmp_path / "out")]) == 2
    assert (tmp_path / "out" / "bound.docx").is_symlink()
    assert not (tmp_path / "gone.docx").exists()
    write_new(tmp_path / "new" / "a.docx", b"mine")
    with pytest.raises(DocumentError, match="is there already"):
        write_new(tmp_path / "new" / "a.docx", b"another's")
    assert (tmp_path / "new" / "a.docx").read_bytes() == b"mine"


def test_a_draft_that_is_changed_while_it_is_read_is_told(bound, checker, tmp_path, monkeypatch):
    """Parts of two versions of a file would stand in one."""
    path, sound = tmp_path / "draft.docx", (tmp_path / "draft.docx").read_bytes()

    def save():
        damaged(path, tmp_path / "saved.docx", "docProps/core.xml", lambda part: part + b" ").replace(path)

    for write in (
        lambda read, checked: bind(path, read, checked, "2020-21"),
        lambda read, checked: commented(path, read, checked, Teller(checker)),
    ):
        path.write_bytes(sound)
        read = read_document(path)
        checked = checker.check(read)
        save()
        with pytest.raises(DocumentError, match=r"draft\.docx: was changed while it was read; run the same"):
            write(read, checked)
    shutil.copy(bound[0], path)
    real = refreshing.bound_numbers

    def save_meanwhile(part):
        save()
        return real(part)

    monkeypatch.setattr(refreshing, "bound_numbers", save_meanwhile)
    with pytest.raises(DocumentError, match="was changed while it was read"):
        refresh(path, checker.catalogue, "2020-21")


def test_a_round_trip_changes_nothing(bound, checker, tmp_path):
    path, _ = bound
    content, done = refresh(path, checker.catalogue, "2020-21")
    assert [each.outcome for each in done] == [SAME, SAME]
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(io.BytesIO(content)) as new:
        assert {name: old.read(name) for name in old.namelist()} == {
            name: new.read(name) for name in new.namelist()
        }


def test_a_corrected_record_is_printed_anew_and_the_verb_is_marked(bound, register, tmp_path):
    path, made = bound
    recorded = register.recorded("2020-21")
    table, row = recorded.locate(made[0].id)
    changed = table.replaced(row, value="6.4", printed="6.4%")
    tables = [changed if each is table else each for each in recorded.values()]
    catalogue = CandidateIndex(recorded.with_tables(tables), register.root)
    content, done = refresh(path, catalogue, "2020-21")
    first = done[0]
    assert (first.outcome, first.before, first.after) == (CHANGED, "7.2", "6.4")
    assert first.verb == "rose"
    target = tmp_path / "new.docx"
    target.write_bytes(content)
    assert text_of(target)[0] == "Working poverty rose to 6.4 per cent in 2020."


def test_another_language_changes_the_separators_only(bound, checker, tmp_path):
    content, _ = refresh(bound[0], checker.catalogue, "2020-21", "fr")
    target = tmp_path / "fr.docx"
    target.write_bytes(content)
    assert text_of(target)[0] == "Working poverty rose to 7,2 per cent in 2020."


def test_what_does_not_continue_is_refused_and_left_as_it_is(bound, register, tmp_path):
    catalogue = CandidateIndex(register.recorded("2018-19"), register.root)
    _, done = refresh(bound[0], catalogue, "2018-19")
    assert all(each.outcome in (REFUSED, CHANGED, SAME) for each in done)
    refused = [each for each in done if each.outcome == REFUSED]
    assert all(each.why for each in refused)
    assert all(each.after == each.before for each in refused)


def test_the_commands_say_what_they_did(tmp_path, capsys):
    document = docx.Document()
    document.add_paragraph(TEXT[0])
    document.save(tmp_path / "a.docx")
    assert main(["bind", str(tmp_path / "a.docx"), "--output", str(tmp_path / "b")]) == 0
    assert "1 of 1 numbers bound" in capsys.readouterr().out
    assert main(["refresh", str(tmp_path / "b" / "a.docx"), "--output", str(tmp_path / "c")]) == 0
    assert "1 bound numbers: 1 same" in capsys.readouterr().out
    assert main(["refresh", str(tmp_path / "a.docx"), "--output", str(tmp_path / "d")]) == 2
    assert "no number of it is bound" in capsys.readouterr().err
    assert main(["bind", str(tmp_path / "b" / "a.docx"), "--output", str(tmp_path / "e")]) == 2
    assert "bound already" in capsys.readouterr().err
    assert main(["bind", "x.md", "--output", str(tmp_path)]) == 2
    assert "only Word files" in capsys.readouterr().err


def test_a_file_without_bound_numbers_is_refused(checker, tmp_path):
    document = docx.Document()
    document.save(tmp_path / "a.docx")
    with pytest.raises(DocumentError, match="analysis bind"):
        refresh(tmp_path / "a.docx", checker.catalogue, "2020-21")


@pytest.mark.needs_libreoffice
def test_libreoffice_opens_a_bound_file(bound, tmp_path):
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [
            program,
            profile,
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            tmp_path,
            bound[0],
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert TEXT[0] in (tmp_path / "bound.txt").read_text(encoding="utf-8-sig")


def with_first_control(path, target, change):
    """Copy a bound file in which a change was made to the content of its first control."""
    document = docx.Document(path)
    control = next(document.element.body.iter(f"{W}sdt"))
    change(control.find(f"{W}sdtContent"))
    document.save(target)
    return target


@pytest.mark.parametrize(
    "typed",
    [
        "{} results, mostly in the west",
        "about seven",
        "Click or tap here to enter text.",
        "",
        "{} (12)",
        "{}.",
    ],
)
def test_what_was_typed_into_a_control_by_hand_is_left_and_told(bound, checker, tmp_path, typed):
    path, made = bound
    typed = typed.format(made[0].printed)

    def put(content):
        texts = [*content.iter(f"{W}t")]
        texts[0].text = typed

    edited = with_first_control(path, tmp_path / "edited.docx", put)
    content, done = refresh(edited, checker.catalogue, "2020-21")
    assert (done[0].outcome, done[0].after, "by hand" in done[0].why) == (REFUSED, typed, True)
    again = tmp_path / "again.docx"
    again.write_bytes(content)
    assert text_of(again) == text_of(edited)


def test_a_number_that_was_corrected_by_hand_is_printed_anew(bound, checker, tmp_path):
    path, made = bound

    def put(content):
        next(content.iter(f"{W}t")).text = made[0].printed.replace("7", "9")

    _, done = refresh(with_first_control(path, tmp_path / "edited.docx", put), checker.catalogue, "2020-21")
    assert (done[0].outcome, done[0].after) == (CHANGED, made[0].printed)


def test_a_control_that_was_pasted_into_another_keeps_its_number(bound, checker, tmp_path):
    document = docx.Document(bound[0])
    first, second, *_ = document.element.body.iter(f"{W}sdt")
    first.find(f"{W}sdtContent").append(second)
    document.save(tmp_path / "nested.docx")
    _, done = refresh(tmp_path / "nested.docx", checker.catalogue, "2020-21")
    assert {one.outcome for one in done} == {SAME}


@pytest.mark.parametrize(
    "kind", ["<w:text/>", "<w:dropDownList/>", "<w:dataBinding/>", '<w:lock w:val="sdtContentLocked"/>']
)
def test_no_control_is_put_where_word_allows_none(checker, tmp_path, kind):
    document = docx.Document()
    paragraph = document.add_paragraph(TEXT[0])._p
    space = f'xmlns:w="{W.strip("{}")}"'
    control = etree.fromstring(f"<w:sdt {space}><w:sdtPr>{kind}</w:sdtPr><w:sdtContent/></w:sdt>")
    paragraph.addprevious(control)
    control[1].append(paragraph)
    document.save(tmp_path / "form.docx")
    opened = read_document(tmp_path / "form.docx")
    checked = checker.check(opened)
    assert any(map(bindable, checked))
    assert bind(tmp_path / "form.docx", opened, checked, "2020-21")[1] == []


def test_numbers_of_a_later_period_than_they_are_bound_to_are_told(tmp_path, capsys):
    document = docx.Document()
    document.add_paragraph("In 2020-21 the programme had 896 results.")
    document.save(tmp_path / "draft.docx")
    words = ["bind", str(tmp_path / "draft.docx"), "--output", str(tmp_path / "bound")]
    assert main([*words, "--against", "2018-19"]) == 0
    assert (
        "numbers of 2020-21 bound to 2018-19: analysis refresh --against 2020-21" in capsys.readouterr().err
    )
