"""``analysis check-data`` after a change: what is kept of the check before hides no fault of any file."""

import csv
import random

import pytest
from invented import invent

from analysis import cache
from analysis.cli import main
from analysis.commands import exhibits_kept
from analysis.commands.exhibits_kept import askings_kept
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.exhibits.layout_checks import asking_of
from analysis.quantities import SelectionError
from analysis.sources import descriptor
from analysis.sources.register import Register

pytestmark = pytest.mark.slow


@pytest.fixture
def made(tmp_path, monkeypatch):
    """An invented report that was checked, with a cache of its own."""
    report = invent(tmp_path / "project", 20)
    monkeypatch.setenv("ANALYSIS_ROOT", str(report.root))
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    return report


@pytest.fixture
def told(capsys, monkeypatch):
    """Check, and return the exit code and what is printed; without a cache where none is to be used."""

    def check(*, kept=True):
        with monkeypatch.context() as patch:
            if not kept:
                patch.setenv(cache.FOLDER, "")
            return main(["check-data"]), *capsys.readouterr()

    return check


def changed(path, row, column, text):
    """Write another text into a cell; return the file's bytes before."""
    before = path.read_bytes()
    header, *rows = csv.reader(before.decode("utf-8").splitlines())
    rows[row][header.index(column)] = text
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *rows])
    return before


def folder_of(made):
    return made.root / "data" / "raw" / made.document


def rightly_changed(made, told):
    """Check, say another place of a number, register it, and check again."""
    assert told()[0] == 0
    changed(folder_of(made) / f"{made.files['staff_inputs']}.csv", 0, "place", "Another annex")
    descriptor.register(made.root / "data" / "raw")
    assert told()[0] == 0


def test_a_fault_in_any_column_of_any_file_is_told_as_it_is_without_what_is_kept(made, told):
    rightly_changed(made, told)
    draw, seen = random.Random(20), 0
    for path in sorted(folder_of(made).rglob("*.csv")):
        header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        for column in draw.sample(header, min(4, len(header))):
            before = changed(path, draw.randrange(len(rows)), column, "@#!")
            answer = told()
            assert answer == told(kept=False), (path.name, column)
            seen += answer[0]
            path.write_bytes(before)
            assert told()[0] == 0
    assert seen > 10


def code_gone(made):
    """Take a code from the framework that numbers in other files bear."""
    path = folder_of(made) / "framework" / "dimensions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if f",{made.regions[0]}," not in line), encoding="utf-8")
    return f"found '{made.regions[0]}'; expected a code of framework/dimensions.csv"


def result_gone(made):
    """Take a result away that evidence in another file is of."""
    path = folder_of(made) / f"{made.files['evidence']}.csv"
    result = next(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))["result"]
    path = folder_of(made) / f"{made.files['output_indicators']}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(f"{result},")), encoding="utf-8")
    return f"found '{result}'; expected the id of a recorded result"


def title_gone(made):
    """Take the title of a node away, which exhibits of numbers in other files ask for."""
    path = folder_of(made) / "framework" / "titles.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = f"outcome,{made.outcomes[0]},"
    path.write_text("".join(line for line in lines if not line.startswith(gone)), encoding="utf-8")
    return f"no words for outcome.{made.outcomes[0]}"


def table_empty(made):
    """Rename the codes of a row so that no exhibit of the layout reads numbers of that outcome."""
    path = folder_of(made) / "exhibits.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"outcome={made.outcomes[0]}", "outcome=QQ"), encoding="utf-8")
    return "found outcome QQ; expected a code of the framework"


def twice(made):
    """Lay an exhibit out twice, under another number."""
    path = folder_of(made) / "exhibits.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = lines[1].partition(",")[0]
    path.write_text("".join([*lines, lines[1].replace(number, "Figure 999", 1)]), encoding="utf-8")
    return "is laid out twice"


ACROSS = [code_gone, result_gone, title_gone, table_empty, twice]


@pytest.mark.parametrize("fault", ACROSS, ids=lambda fault: fault.__name__)
def test_a_fault_across_files_is_told_after_a_right_change(made, told, fault):
    rightly_changed(made, told)
    expected = fault(made)
    answer = told()
    assert answer[0] == 1
    assert expected in answer[1]
    assert answer == told(kept=False)


def counting(monkeypatch):
    """Return a list that grows with the id of each exhibit that is made."""
    ids = []

    def noted(definition, recorded, period):
        ids.append(definition.id)
        return make(definition, recorded, period)

    monkeypatch.setattr(exhibits_kept, "make", noted)
    return ids


def test_only_exhibits_that_read_the_changed_table_are_made_again(made, told, monkeypatch):
    ids = counting(monkeypatch)
    told()
    everything = len(ids)
    ids.clear()
    path = folder_of(made) / f"{made.files['staff_inputs']}.csv"
    changed(path, 0, "place", "Another annex")
    assert told()[0] == 0
    again = set(ids)
    assert 0 < len(again) < everything / 2
    report = Register(made.root)
    descriptor.register(report.folder)
    period = report.newest()
    table = next(entry["table"] for entry in report.resources(period) if entry["path"].endswith(path.name))
    kinds = {each.id: each.kind.name for each in definitions(report.recorded(period))}
    assert all("staff" in kinds[name] for name in again), table
    ids.clear()
    (made.root / "data" / "links").mkdir(exist_ok=True)
    (made.root / "data" / "renames.csv").write_text("former,current,reason\n")
    told()
    assert len(ids) == everything


def test_another_code_or_description_makes_all_exhibits_again(made, told, monkeypatch):
    ids = counting(monkeypatch)
    told()
    everything = len(ids)
    ids.clear()
    about = folder_of(made) / "document.toml"
    about.write_text(about.read_text(encoding="utf-8").replace("year = 2024", "year = 2025"))
    told()
    assert len(ids) == everything
    ids.clear()
    with monkeypatch.context() as patch:
        patch.setattr(exhibits_kept, "code_of", lambda _: "other code")
        (made.root / "data" / "one.txt").write_text("")  # so that the answer as a whole is not kept
        told()
    assert len(ids) == everything


def test_what_is_changed_while_exhibits_are_made_is_not_kept(made, monkeypatch):
    report = Register(made.root)
    period = report.newest()

    def change(definition, recorded, period):
        (made.root / "data" / "renames.csv").write_text("former,current,reason\n")
        return make(definition, recorded, period)

    with monkeypatch.context() as patch:
        patch.setattr(exhibits_kept, "make", change)
        askings_kept(made.root, report.recorded(period), period)
    (made.root / "data" / "renames.csv").unlink()
    ids = counting(monkeypatch)
    askings_kept(made.root, report.recorded(period), period)
    assert ids


def outcome_of(ask, *arguments):
    """Return what is asked for, or why exhibits cannot be made."""
    try:
        return ask(*arguments)
    except SelectionError as error:
        return str(error)


def asked_without_what_is_kept(recorded, period):
    return [asking_of(make(each, recorded, period)) for each in definitions(recorded)]


def test_exhibits_ask_for_the_same_where_what_they_read_is_noted(register):
    period = register.newest()
    recorded = register.recorded(period)
    whole = asked_without_what_is_kept(recorded, period)
    assert askings_kept(register.root, recorded, period) == whole


def test_each_table_that_an_exhibit_reads_is_noted(register, monkeypatch):
    """An exhibit is the same where the record holds those tables alone."""
    period = register.newest()
    recorded = register.recorded(period)
    for definition in definitions(recorded):
        watched = exhibits_kept._Watched(recorded)
        exhibit = make(definition, watched, period)
        noted = recorded.with_tables(recorded[name] for name in recorded if name in watched.asked)
        assert make(definition, noted, period) == exhibit, definition.id


def test_what_exhibits_ask_for_follows_each_table(made):
    folder, asked = made.root / "data" / "raw", []
    for path in [None, *sorted(folder_of(made).glob("*.csv"))]:
        before = path.read_bytes() if path else b""
        if path and path.stem != "exhibits":
            lines = before.decode("utf-8").splitlines(keepends=True)
            path.write_text("".join(lines[:2]), encoding="utf-8")  # its first number alone
        report = Register(made.root)
        report.descriptor = descriptor.describe_record(folder)
        period = report.newest()
        recorded = report.recorded(period)
        asked.append(outcome_of(askings_kept, made.root, recorded, period))
        assert asked[-1] == outcome_of(asked_without_what_is_kept, recorded, period), path
        if path:
            path.write_bytes(before)
    assert sum(askings != asked[0] for askings in asked) > 2
