"""What fuzzing found, each as a small file: it is read, or refused in the package's own words."""

import hashlib
import io
import json
import os
import resource
import subprocess
import sys
import tomllib
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import small_files
from readers import MAPPING, persons

from analysis import cache
from analysis.audit.revised import NEWEST, world_of
from analysis.audit.transcribed import numeral_read
from analysis.checking.bound.binding import PART, bound_numbers
from analysis.checking.bound.refreshing import _width
from analysis.cli import main
from analysis.commands import outputs
from analysis.estimation.beside_survey import plain_number
from analysis.exchange import folder
from analysis.exchange.iati import left_out, read_iati
from analysis.exchange.numbers import NumberForm
from analysis.exchange.published import PublishedError
from analysis.exchange.recorded import exchanged_number
from analysis.files import Unreadable
from analysis.office.house import read_house
from analysis.office.restyling import StyleError, restyled
from analysis.reading import DocumentError, find_numbers, read_document
from analysis.running.manifest import Origin
from analysis.running.unchanged import LastRun
from analysis.running.verify import faults_of_report
from analysis.running.work import Paces
from analysis.sources.about_checks import NEEDED
from analysis.sources.datapackage import table_of
from analysis.sources.descriptor import _check_plain, describe_record
from analysis.sources.fetching.answer_checks import refuse_earlier_years, refuse_other_codes
from analysis.sources.fetching.client import Answer, Client, FetchError
from analysis.sources.fetching.services import SeriesQuery, _pages
from analysis.sources.ilostat import read_ilostat
from analysis.sources.links import link_faults, link_tables
from analysis.sources.organisations import OrganisationError, organisations
from analysis.sources.project import RegisterError
from analysis.sources.value_labels import code_text
from analysis.sources.vintages import Vintage, VintageError
from analysis.sources.vintages.codes import Codes
from analysis.sources.vintages.described import RESOURCE
from analysis.sources.vintages.groupings import countries
from analysis.sources.vintages.register import _tidy
from analysis.sources.vintages.sheets import sheet_of_text
from analysis.store.entries import Store

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"


def changed(part, old, new):
    """The small Word file with one thing in it changed; a part is left out where nothing is left of it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_files.word())) as whole, zipfile.ZipFile(written, "w") as made:
        for name in whole.namelist():
            text = whole.read(name).decode()
            if name == part:
                assert old in text
                text = text.replace(old, new, 1) if old != text else new
            made.writestr(name, text)
    return written.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (DOCUMENT, '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="1000000000"/>'),
        (DOCUMENT, '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="1.5"/>'),
        (DOCUMENT, '<w:gridSpan w:val="2"/>', "<w:gridSpan/>"),
        (DOCUMENT, '<w:pStyle w:val="Heading1"/>', "<w:pStyle/>"),
        (STYLES, '<w:name w:val="heading 1"/>', "<w:name/>"),
        (STYLES, '<w:name w:val="heading 1"/>', '<w:name w:val="heading ²"/>'),
        (STYLES, '<w:outlineLvl w:val="0"/>', "<w:outlineLvl/>"),
        (STYLES, '<w:outlineLvl w:val="0"/>', f'<w:outlineLvl w:val="{"9" * 5000}"/>'),
    ],
)
def test_a_word_file_of_odd_values_is_read_in_little_memory(tmp_path, part, old, new):
    path = tmp_path / "draft.docx"
    path.write_bytes(changed(part, old, new))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    blocks = read_document(path).blocks
    assert [block.text for block in blocks][1].startswith("In 2020–21, 896 results")
    assert [block.text for block in blocks][2:4] == ["Region", "Africa | 250"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (STYLES, '<w:name w:val="Strong"/>', "<w:name/>"),
        (DOCUMENT, '<w:rStyle w:val="Strong"/>', "<w:rStyle/>"),
        (DOCUMENT, '<w:pgSz w:w="11906" w:h="16838"/>', ""),
        (DOCUMENT, 'w:left="1440"', 'w:left=""'),
        (DOCUMENT, 'w:left="1440"', ""),
        (DOCUMENT, 'w:left="1440"', f'w:left="{"9" * 400}"'),
        (DOCUMENT, 'w:w="11906"', 'w:w="2880"'),
        (DOCUMENT, '<w:gridCol w:w="2000"/>', '<w:gridCol w:w="50%"/>'),
    ],
)
def test_a_word_file_of_odd_values_takes_other_styles_and_gives_them(tmp_path, part, old, new):
    odd, sound = tmp_path / "odd.docx", tmp_path / "sound.docx"
    odd.write_bytes(changed(part, old, new))
    sound.write_bytes(changed(DOCUMENT, 'w:left="1440"', 'w:left="2880"'))
    for document, template in ((odd, sound), (sound, odd)):
        if document is sound and 'w:val="Strong"' in old and part == STYLES:
            with pytest.raises(StyleError, match="has no style 'strong'"):
                restyled(document, template, {})
        else:
            styled = tmp_path / "styled.docx"
            styled.write_bytes(restyled(document, template, {})[0])
            assert "896 results" in read_document(styled).blocks[1].text


def test_names_in_an_archive_that_are_no_text_are_told(tmp_path):
    content = bytearray(small_files.word())
    place = content.rindex(b"word/footnotes.xml")
    content[place] = 0xA1
    listed = content.rindex(b"PK\1\2")
    content[listed + 9] |= 0x08  # the flag that says that names are UTF-8
    path = tmp_path / "draft.docx"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match="damaged or cut off"):
        read_document(path)


NUMBER = {
    "key": "analysis/0", "id": "a/b/1", "period": "2020-21", "language": "en", "printed": "896",
    "places": "0", "scale": "1", "qualifier": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scale", "0"),
        ("scale", "-1"),
        ("scale", "x"),
        ("places", "1000000000"),
        ("places", "-1"),
        ("period", "last year"),
        ("printed", "many"),
        ("language", ""),
        ("more", "x"),
    ],
)
def test_an_entry_of_a_bound_number_that_nothing_wrote_is_told(name, value):
    told = " ".join(f'{key}="{held}"' for key, held in {**NUMBER, name: value}.items())
    with pytest.raises(DocumentError, match=f"{PART}: an entry is damaged .*bind the numbers"):
        bound_numbers(f"<numbers><number {told}/></numbers>".encode())


def test_a_sound_entry_of_a_bound_number_is_read():
    told = " ".join(f'{key}="{held}"' for key, held in NUMBER.items())
    (number,) = bound_numbers(f"<numbers><number {told}/></numbers>".encode()).values()
    assert (number.places, number.scale, number.printed) == (0, 1, "896")
    assert (_width("2020-21"), _width("2020"), _width("2020-19")) == (2, 1, 1)


def test_slides_without_a_title_are_told_by_their_number(tmp_path):
    pytest.importorskip("pptx")
    deck, template = tmp_path / "deck.pptx", tmp_path / "house.pptx"
    template.write_bytes(small_files.deck(5))
    deck.write_bytes(small_files.deck(5, 6))
    with pytest.raises(StyleError, match=r"deck\.pptx: slide 2 has no title"):
        read_house([str(template)], None).styled(deck)


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [
        ("该方案达到了−1%。", -1, None),
        ("增长率为-1.2%", -1.2, None),
        ("从−5升至8", -5, None),
        ("成果-2", 2, None),
        ("增长5-7%", 5, 7),
        ("增长5−7%", 5, 7),
    ],
)
def test_a_minus_after_a_chinese_sign_is_one(text, value, upper):
    number = find_numbers(text, "zh")[0]
    assert (float(number.value), number.upper and float(number.upper)) == (value, upper)


@pytest.mark.parametrize("text", ["1e99999999", "-1E+999", "1e-99999999", "9" * 500])
def test_a_result_that_no_document_prints_is_refused_at_once(text):
    with pytest.raises(ValueError, match="at most 400 characters and an exponent of two digits"):
        NumberForm().read(text, "unit")


def test_a_printed_number_without_end_is_exchanged_as_what_it_is():
    row = {"printed": "1e99999999", "value": "12", "status": "reported", "qualifier": ""}
    assert exchanged_number(row) == "12"
    assert exchanged_number({**row, "printed": "1.2e1"}) == "1.2e1"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("period", "²⁰²⁰", "in place of years"),
        ("text", "1e-99999999", "values are no number"),
        ("text", "1e999", "values are no number"),
        ("text", "9" * 400, "values are no number"),
    ],
)
def test_an_observation_that_only_looks_like_one_is_told(name, value, said):
    row = {"indicator": "employed", "area": "KEN", "sex": "SEX_T", "age": "TOTAL", "period": "2020"}
    row |= {"text": "5", "unit": "person", "status": "", "basis": "reported", "series": "E"}
    about = {"service": "ilostat", "projected_after": 2021}
    codes = SimpleNamespace(listed=lambda *asked: [])
    vintage = Vintage("made", Path("made"), about)
    assert list(_tidy(pd.DataFrame([row]), vintage, codes)["value"]) == [5]
    with pytest.raises(VintageError, match=said):
        _tidy(pd.DataFrame([{**row, name: value}]), vintage, codes)


def test_a_dialect_that_is_a_list_is_told():
    expected = next(holds for name, _, holds in RESOURCE if name == "dialect")
    assert expected("ilostat")
    assert not expected([["ilostat"]])
    assert not expected({"a": 1})


WHOLE = {"organisation": "", "biennium": "", "language": "en", "corrected": False, "only": []}
WHOLE |= {"documents": False, "further": {}}


@pytest.mark.parametrize("digest", [True, 5, None, ["a"]])
def test_a_sum_in_a_manifest_that_is_no_text_is_told(tmp_path, digest):
    about = {"parameters": WHOLE, "inputs": {}, "outputs": {"README.md": {"sha256": digest}}}
    (tmp_path / "manifest.json").write_text(json.dumps(about))
    (tmp_path / "SHA256SUMS").write_text("")
    (tmp_path / "README.md").write_text("x")
    with pytest.raises(Unreadable, match="is not what a run writes"):
        faults_of_report(tmp_path)


@pytest.mark.parametrize("graph", [[{"@id": ["a"]}], 5, [5]])
def test_a_research_object_of_odd_entities_is_compared(tmp_path, graph):
    crate = json.dumps({"@graph": graph}).encode()
    sums = {"ro-crate-metadata.json": {"sha256": hashlib.sha256(crate).hexdigest()}}
    about = {"parameters": WHOLE, "inputs": {}, "outputs": sums}
    (tmp_path / "manifest.json").write_text(json.dumps(about))
    (tmp_path / "SHA256SUMS").write_text("")
    (tmp_path / "ro-crate-metadata.json").write_bytes(crate)
    assert any("ro-crate-metadata.json says None" in fault for fault in faults_of_report(tmp_path))


@pytest.mark.parametrize("name", [{"a": 1}, ["id"], 5, None])
def test_a_column_of_a_descriptor_whose_name_is_no_text_describes_none(name):
    resource = {"path": "x/a.csv", "schema": {"fields": [{"name": name, "type": "string"}]}}
    with pytest.raises(RegisterError, match=r"a column that fields\.toml describes"):
        table_of(b"id,value\na,1\n", resource, set())


@pytest.mark.parametrize("page", [{"data": [{"x": 1}], "totalPages": 10**9, "totalElements": 2}])
def test_a_service_that_answers_more_than_it_announced_is_not_asked_for_ever(tmp_path, page):
    asked = []

    class Told(Client):
        def get(self, url, query, into, **others):
            asked.append(query["page"])
            into.write_text(json.dumps(page))
            return Answer(url, into, "2026-09-22", True)

    query = SeriesQuery("http://localhost/", "X", (), None, tmp_path)
    parts = lambda url, page: (page["data"], page["totalPages"], page["totalElements"])  # noqa: E731
    with pytest.raises(FetchError, match="3 rows came, 2 were announced"):
        _pages(query, Told(), "http://localhost/", {}, parts, "made")
    assert asked == ["1", "2", "3"]


def test_a_service_that_announces_rows_without_end_is_told(tmp_path):
    class Told(Client):
        def get(self, url, query, into, **others):
            into.write_text('{"data": [], "totalPages": 1, "totalElements": 1e999}')
            return Answer(url, into, "2026-09-22", True)

    parts = lambda url, page: (page["data"], page["totalPages"], int(page["totalElements"]))  # noqa: E731
    with pytest.raises(FetchError, match="not built as before"):
        _pages(SeriesQuery("http://localhost/", "X", (), None, tmp_path), Told(), "", {}, parts, "made")


BULK = 'ref_area,source,indicator,classif1,time,obs_value,"{column}"\nKEN,BA:1,UNE,{code},2020,5,{note}\n'


def bulk(folder, column="note", code="AGE_X", note="a"):
    path = folder / "file.csv"
    path.write_text(BULK.format(column=column, code=code, note=note))
    return read_ilostat(path, edition=2021)


@pytest.mark.parametrize("column", ["*", "^.*$", "^ref_area$", "col(x)"])
def test_a_column_of_a_bulk_file_is_called_what_it_is_called(tmp_path, column):
    """To Polars some names are patterns, of which the columns are more than one."""
    assert bulk(tmp_path, column)[column].to_list() == ["a"]


@pytest.mark.parametrize("code", ['"AGE"5-24"5-24"', '"AGE""X"5-24"5"', '"""A"5"4"'])
def test_quotation_marks_amid_a_cell_of_a_bulk_file_are_told(tmp_path, code):
    """Polars leaves them out, where they pair: AGE5-245-24 was read, a code that nobody wrote."""
    with pytest.raises(ValueError, match="with a quotation mark amid a cell; expected it doubled"):
        bulk(tmp_path, code=code)


def test_a_bulk_file_that_is_cut_amid_a_cell_is_told(tmp_path):
    """Polars read the cell as blank."""
    (tmp_path / "file.csv").write_text(BULK.format(column="note", code="AGE_X", note='"a').rstrip("\n"))
    with pytest.raises(ValueError, match="ends amid a cell: the file is cut off"):
        read_ilostat(tmp_path / "file.csv", edition=2021)


def test_doubled_quotation_marks_of_a_bulk_file_are_read(tmp_path):
    assert bulk(tmp_path, note='"""so"" called, ""x"""')["note"].to_list() == ['"so" called, "x"']


def test_what_a_service_answers_in_place_of_years_and_codes_is_told():
    with pytest.raises(FetchError, match="in place of a year"):
        refuse_earlier_years("http://localhost/", ["2020", "Q1"], 2019)
    with pytest.raises(FetchError, match="was not heeded: 5, None"):
        refuse_other_codes("http://localhost/", "series", {"A", 5, None}, {"A"})


@pytest.mark.parametrize("value", ["2021-01-01", "07:30:00", "inf", "nan", "{ a = [1, 2021-01-01] }"])
def test_what_toml_holds_and_json_does_not_is_told(value):
    _check_plain(Path("fields.toml"), tomllib.loads('unit = { type = "string", n = [1, 2.5, true, {}, []] }'))
    with pytest.raises(RegisterError, match=r"fields\.toml: unit\.title.*: found .*between quotes"):
        _check_plain(Path("fields.toml"), tomllib.loads(f"unit = {{ title = {value} }}"))


def test_a_project_without_vintages_is_told_what_takes_one():
    with pytest.raises(VintageError, match="`analysis fetch` takes one"):
        world_of(SimpleNamespace(names=list), NEWEST)


@pytest.mark.parametrize(
    "line", ["calendar = 5", "homepage = 2021-01-01", "iati = 5", "calendar = { years = true, first = 2020 }"]
)
def test_an_organisation_of_odd_values_is_told(tmp_path, line):
    folder = tmp_path / "data" / "organisations"
    folder.mkdir(parents=True)
    plain = 'name = { en = "A" }\ndefault = true\n'
    calendar = "" if line.startswith("calendar") else "\n[calendar]\nyears = 2\nfirst = 2020\n"
    (folder / "a.toml").write_text(plain + line + calendar)
    with pytest.raises(OrganisationError, match=r"expected a|takes whole numbers"):
        organisations(tmp_path)


ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]><iati-activities/>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<?xml version="1.0" encoding="UTFnull"?><iati-activities/>', "not well-formed XML"),
        (b'<?xml version="1.0" encoding="gb18030"?><iati-activities/>', "not well-formed XML"),
        (ENTITY.encode("utf-16"), "declares a document type or entities"),
        (b"<!--" + b" " * 5000 + b"-->" + ENTITY.encode(), "declares a document type or entities"),
    ],
)
def test_xml_of_another_encoding_or_with_entities_is_told(tmp_path, content, said):
    path = tmp_path / "file.xml"
    path.write_bytes(content)
    for read in (read_iati, left_out):
        with pytest.raises(PublishedError, match=said):
            read(path)


def test_a_pipe_is_no_iati_file(tmp_path):
    os.mkfifo(tmp_path / "file.xml")
    with pytest.raises(PublishedError, match="is a pipe"):
        read_iati(tmp_path / "file.xml")


@pytest.mark.parametrize(
    "index",
    [
        *(b"[]", b"5", b"", b"\xff", b"[" * 100_000),
        *(b'{"files": [], "labels": {}}', b'{"files": {"a": 5}, "labels": {}}'),
        *(b'{"files": {}, "labels": []}', b'{"files": {}, "labels": {"en": "x"}}'),
    ],
)
def test_an_entry_of_the_store_that_nothing_wrote_so_is_not_there(tmp_path, index):
    store = Store(tmp_path, "salt")
    store.put(key := store.key("a"), {"a": b"x"}, {})
    assert store.get(key) == {"a": b"x"}
    (path,) = tmp_path.glob("made/*/*.json")
    path.write_bytes(index)
    assert store.get(key) is None


TRUTH_FOR_A_NUMBER = [
    ("age", "true", "not a number"),
    ("weight", "FALSE", "not a number"),
    ("lfs", "true", "codes not in the mapping"),
    ("sex", "True", "codes not in the mapping"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
@pytest.mark.parametrize(("column", "word", "said"), TRUTH_FOR_A_NUMBER)
def test_a_truth_in_the_place_of_a_number_is_told(tmp_path, capsys, engine, column, word, said):
    survey, mapping = tmp_path / "survey.csv", tmp_path / "mapping.toml"
    table = persons().astype("object")
    table.loc[3, column] = word
    table.to_csv(survey, index=False)
    mapping.write_text(MAPPING)
    words = ["--indicators", "unemployment_rate", "--engine", engine]
    assert main(["estimate", str(survey), "--mapping", str(mapping), *words]) == 2
    assert f"{said} of '{column}': '{word}' × 1" in capsys.readouterr().err


@pytest.mark.sampled(1)
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_truths_are_codes_of_0_and_1_alone(tmp_path, capsys, engine):
    survey, mapping = tmp_path / "survey.csv", tmp_path / "mapping.toml"
    persons().assign(lfs=["True", "FALSE"] * (len(persons()) // 2)).to_csv(survey, index=False)
    codes = '{ "1" = 1, "2" = 2, "3" = 3 }, missing = [0]'
    words = ["estimate", str(survey), "--mapping", str(mapping), "--engine", engine]
    words += ["--indicators", "unemployment_rate", "--output", str(tmp_path / "out.csv")]
    words.append("--overwrite")
    named = '{ "True" = 1, "FALSE" = 2, "3" = 3 }'
    for other, code in (('{ "1" = 1, "0" = 2 }', 0), (named, 0), (codes, 2)):
        mapping.write_text(MAPPING.replace(codes, other))
        assert main(words) == code, capsys.readouterr().err


@pytest.mark.parametrize("name", ["*", "^sex$", "^.*$"])
def test_a_column_of_a_survey_that_is_called_a_pattern_is_told(tmp_path, capsys, name):
    """Polars read by it what other columns hold."""
    persons().rename(columns={"psu": name}).to_csv(tmp_path / "survey.csv", index=False)
    words = ["new-mapping", str(tmp_path / "survey.csv"), "--output", str(tmp_path / "mapping.toml")]
    assert main(words) == 2
    assert f"column {name!r} in the first line is called what Polars takes" in capsys.readouterr().err


def test_a_document_whose_organisation_is_a_table_is_told(tmp_path):
    folder = tmp_path / "a-2020"
    folder.mkdir()
    (tmp_path / "fields.toml").write_text("")
    told = "".join(f'{key} = "x"\n' for key in NEEDED if key != "organisation")
    (folder / "document.toml").write_text(told + "files = {}\norganisation = { a = 1 }\n")
    with pytest.raises(RegisterError, match="organisation: expected an id"):
        describe_record(tmp_path)


def test_a_share_of_nothing_in_chinese_is_none():
    assert [str(number.value) for number in find_numbers("零分之五，三分之二", "zh")][-1] == "2/3"
    assert find_numbers("〇分之3的成员国", "zh")
    assert numeral_read("零分之五") is None


def linked(root, evidence="b/t/1", deliverable="1.a"):
    from analysis.quantities import Recorded, RecordedTable
    from analysis.quantities.tables import REQUIRED, Source

    (root / "data" / "links").mkdir(parents=True, exist_ok=True)
    (root / "data" / "links" / "plan_evidence.csv").write_text(
        f"deliverable,evidence\n{deliverable},{evidence}\n"
    )
    rows = pd.DataFrame([dict.fromkeys(REQUIRED, "") | {"id": "b/t/1", "deliverable": "1.a"}])
    return [Recorded([RecordedTable("b.t", rows, Source("b", "", "data/raw/b/t.csv", "", ""))])]


@pytest.mark.parametrize(
    ("named", "column"), [({"evidence": "b/t/2"}, "evidence"), ({"deliverable": "1.b"}, "deliverable")]
)
def test_a_link_to_what_is_not_recorded_is_a_fault(tmp_path, named, column):
    assert not list(link_faults(tmp_path, linked(tmp_path)))
    (fault,) = link_faults(tmp_path, linked(tmp_path, **named))
    assert (fault.row, fault.column, fault.grave) == (2, column, True)


def test_links_of_longer_rows_are_not_read_by_the_next_column(tmp_path):
    """pandas took the first cell of each row for its name: a judgement on a plan was lost without a word."""
    linked(tmp_path, evidence="b/t/1,seen")
    with pytest.raises(Unreadable, match="row 2: 3 cells, 2 expected"):
        link_tables(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("codes.csv", "unsdg,sex,female,", "unsdg,sex,female,SEX_M\nunsdg,sex,female,", "stands there twice"),
        ("series.csv", "share_of", "shareof", "series.csv: lacks the column share_of"),
        ("areas.csv", "wpp,", "wp,", "areas.csv: lacks the column wpp"),
        ("m49/UNSD_m49.csv", "ISO-alpha2 Code", "ISO", "UNSD_m49.csv: lacks the column ISO-alpha2 Code"),
    ],
)  # fmt: skip
def test_a_list_of_codes_that_lacks_a_column_or_says_two_things_is_told(tmp_path, root, file, old, new, said):
    for name in ("codes.csv", "series.csv", "areas.csv", "m49/UNSD_m49.csv"):
        text = (root / "data" / "estimates" / name).read_text(encoding="utf-8-sig")
        (tmp_path / "m49").mkdir(exist_ok=True)
        assert name != file or old in text
        (tmp_path / name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    codes = Codes(tmp_path)
    with pytest.raises(VintageError, match=said):
        (codes.series, codes.listed("unsdg", "sex"), codes.listed_areas, codes.m49)


@pytest.mark.slow
def test_a_terminal_of_few_letters_and_a_folder_that_is_gone_are_no_fault(tmp_path, root):
    words = [sys.executable, "-m", "analysis"]
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "ANALYSIS_ROOT": str(root)}
    done = subprocess.run([*words, "list"], env=plain, capture_output=True)
    assert done.returncode == 0
    assert b"2020\\u201325" in done.stdout
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f'cd "{gone}" && rmdir "{gone}" && exec "{sys.executable}" -m analysis list'
    own = {name: value for name, value in os.environ.items() if name != "ANALYSIS_ROOT"}
    done = subprocess.run(["sh", "-c", script], env=own, capture_output=True, text=True)
    assert done.returncode == 2
    assert "the folder that the command was called in is no longer there" in done.stderr


@pytest.mark.parametrize("last", [b"[]", b"5", b'{"place": 5}', b"null", b"[" * 100_000])
def test_a_note_of_the_last_run_that_nothing_wrote_says_nothing(tmp_path, last):
    run = LastRun(tmp_path, tmp_path, {"language": "en", "further": {}})
    run.path.parent.mkdir(parents=True)
    run.path.write_bytes(last)
    assert run.report(Origin(tmp_path, {})) is None


@pytest.mark.parametrize("noted", [b'{"a": "long"}', b'{"a": null}', b'{"a": [1]}', b"[" * 100_000, b"[[1]]"])
def test_times_of_tasks_that_are_none_order_nothing(tmp_path, noted):
    path = tmp_path / "paces.json"
    path.write_bytes(noted)
    tasks = [{"name": "a"}, {"name": "b"}]
    assert Paces(path).longest_first(tasks) == tasks
    path.write_text('{"a": 1, "b": 2.5}')
    assert Paces(path).longest_first(tasks) == tasks[::-1]


def test_a_cache_in_a_folder_of_somebody_elses_files_removes_none(tmp_path, monkeypatch):
    """A user had named a folder of 250 MB: the oldest of his own files were removed without a word."""
    theirs = tmp_path / "thesis" / "chapter.docx"
    theirs.parent.mkdir()
    theirs.write_bytes(b"x" * 1000)
    (tmp_path / "letter.txt").write_bytes(b"x" * 1000)
    monkeypatch.setenv(cache.FOLDER, str(tmp_path))
    monkeypatch.setattr(cache, "LARGEST", 100)
    keys = [cache.key(str(number)) for number in range(3)]
    for number, key in enumerate(keys):
        cache.keep(key, bytes(50))
        os.utime(tmp_path / key, (number, number)) if (tmp_path / key).exists() else None
    assert theirs.exists()
    assert (tmp_path / "letter.txt").exists()
    assert [cache.kept(key) is None for key in keys] == [True, True, False]


@pytest.mark.parametrize("option", ["--known-totals", "--poverty-line"])
def test_estimates_are_not_written_over_what_is_read_beside_the_survey(tmp_path, option, capsys):
    survey, mapping, beside = (tmp_path / name for name in ("s.csv", "m.toml", "beside.csv"))
    persons().to_csv(survey, index=False)
    mapping.write_text(MAPPING)
    beside.write_text("variable,code,total,country,year,line\nilo_sex,1,100,X01,2020,2\n")
    words = ["--indicators", "unemployment_rate", option, str(beside), "--output", str(beside), "--overwrite"]
    assert main(["estimate", str(survey), "--mapping", str(mapping), *words]) == 2
    assert "is read as" in capsys.readouterr().err
    assert beside.read_text().startswith("variable,code,total")


def test_what_was_written_before_a_disk_was_full_is_ones_own(tmp_path, monkeypatch):
    real = outputs.write_whole

    def full(path, content):
        if path.name == "b.csv":
            raise OSError(28, "No space left on device", str(path))
        return real(path, content)

    monkeypatch.setattr(outputs, "write_whole", full)
    with pytest.raises(OSError, match="No space left"):
        outputs.write_outputs(tmp_path / "out", {"a.csv": b"1", "b.csv": b"2"})
    monkeypatch.setattr(outputs, "write_whole", real)
    outputs.write_outputs(tmp_path / "out", {"a.csv": b"3", "b.csv": b"2"})
    assert (tmp_path / "out" / "a.csv").read_bytes() == b"3"


def test_two_commands_that_write_into_one_folder_both_tell_of_it(tmp_path):
    names = [f"{number}.csv" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: outputs.write_outputs(tmp_path / "out", {name: b"1"}), names))
    outputs.write_outputs(tmp_path / "out", dict.fromkeys(names, b"2"))
    assert {(tmp_path / "out" / name).read_bytes() for name in names} == {b"2"}


def test_of_two_imports_of_one_name_at_once_the_second_replaces_nothing(tmp_path, monkeypatch):
    """Whether the folder is there was looked up before the first import had let go of the data."""
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)

    @contextmanager
    def after_another(held):
        (raw / "made").mkdir()
        yield

    monkeypatch.setattr(folder, "alone_in", after_another)
    with pytest.raises(folder.FolderError, match="there already"):
        folder.write_folder(None, None, "made", tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("document.toml", 'organisation = "a"\n', r"document\.toml: says no period"),
        ("document.toml", 'organisation = "a"\nperiod = 5\n', r"document\.toml: says no period"),
        ("framework/nodes.csv", "level,code,unit,measure\n", r"nodes\.csv: expected the columns"),
        ("framework/nodes.csv", b"\xb5", r"nodes\.csv: byte 0 is no text in UTF-8"),
        ("framework/titles.csv", "kind,code,form,text\na,b\n", r"titles\.csv row 2: 2 cells, 4 expected"),
    ],
)
def test_an_import_tells_what_is_wrong_with_a_document_beside_it(tmp_path, file, content, said):
    sound = {
        "document.toml": 'organisation = "a"\nperiod = "2020-21"\n',
        "framework/nodes.csv": "level,code,unit,measure,direction\noutcome,1,result,unit,up\n",
        "framework/titles.csv": "kind,code,form,text\noutcome,1,title,One\n",
    }
    for name, text in {**sound, file: content}.items():
        path = tmp_path / "data" / "raw" / "made" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises((folder.FolderError, Unreadable), match=said):
        folder.recorded_frameworks(tmp_path, "a", "none")
    assert not folder.recorded_frameworks(tmp_path, "another", "none")


def workbook(old, new):
    import openpyxl

    book, written, changed_book = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["Country Name", "Country Code"])
    book.save(written)
    with zipfile.ZipFile(written) as whole, zipfile.ZipFile(changed_book, "w") as made:
        for name in whole.namelist():
            made.writestr(name, whole.read(name).replace(old, new))
    return changed_book.getvalue()


HIDDEN = workbook(b'state="visible"', b'state="hidden"')


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no workbook", "no workbook that can be read"),
        (b"PK\x03\x04 cut off", "no workbook that can be read"),
        (HIDDEN[:-900], "no workbook that can be read"),
        (HIDDEN, "no sheet that is seen"),
        (workbook(b"sheet.main+xml", b"sheet.mainxml"), "no workbook that can be read"),
    ],
)
def test_a_damaged_workbook_of_a_service_is_told(tmp_path, content, said):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(VintageError, match=f"file.xlsx.*({said})"):
        sheet_of_text(path)


def test_a_list_of_countries_without_a_grouping_is_told(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("ISO3 Code,ILO Region\nKEN,Africa\n")
    vintage = SimpleNamespace(files=lambda dialect: [path], date="2026", name="made")
    vintages = type("Made", (dict,), {"names": lambda self, role: ["made"]})({"made": vintage})
    with pytest.raises(VintageError, match="lacks the column ILO Subregion - Broad"):
        countries(vintages)


def test_a_code_without_end_is_a_text():
    """A label of SPSS may stand beside the largest number that there is, which is read as infinite."""
    told = {code_text(code): code for code in (2.0, 2.5, float("inf"), float("nan"), "a")}
    assert list(told) == ["2", "2.5", "inf", "nan", "a"]


def test_a_number_beside_a_survey_is_read_as_it_is_written():
    """What a text is stripped of is more than what a number may have around it."""
    numbers = {" 2.15 ": 2.15, "\x1f1.5": 1.5, "12e2": 1200, "٢": None, "1_0": None, "-1": None, "1e99": 1e99}
    assert {text: plain_number(text) for text in numbers} == numbers
