import errno

import pandas as pd
import pytest

from analysis.clean import OBS_STATUS, TIDY, CleaningError, numbers, observations, retype
from analysis.sources import processed
from analysis.sources.processed import write_processed

ROWS = [
    {"value": "5.4", "decimals": "1", "unit": "percent", "status": "reported", "line": "163"},
    {"value": "", "decimals": "", "unit": "percent", "status": "blank", "line": "163"},
    {"value": "10", "decimals": "0", "unit": "percent", "status": "repeated", "line": "170"},
    {"value": "2/3", "decimals": "0", "unit": "fraction", "status": "reported", "line": "171"},
]


def test_text_becomes_numbers_and_states_become_codes(table):
    rows = retype(table(ROWS))
    assert rows["value"].tolist()[0] == 5.4
    assert rows["value"].isna().tolist() == [False, True, False, False]
    assert rows["status"].tolist() == ["A", "O", "A", "A"]
    assert rows["line"].dtype == "Int64"


def test_rows_without_a_number_of_their_own_are_dropped_and_counted(table):
    rows, dropped = numbers(table(ROWS))
    assert rows["line"].tolist() == [163, 171]
    assert (dropped.rule, dropped.rows) == ("prints_no_number_of_its_own", 2)


def test_an_unknown_status_is_named(table):
    with pytest.raises(
        CleaningError, match=r"1 rows have a status without a code: report.sample/0 \(guessed\)"
    ):
        retype(table([{**ROWS[0], "status": "guessed"}]))


def test_observations_are_tidy_and_keep_blanks_and_not_available_apart(recorded):
    rows = observations(recorded)
    assert tuple(rows.columns) == TIDY
    assert rows["status"].value_counts().to_dict() == {"A": 51, "O": 19, "L": 2}
    youth = rows.query("indicator == 'unemployment_rate' and age == 'YTHADULT_Y15-24' and period == '2021'")
    assert youth["status"].tolist() == ["L"]


def test_every_recorded_status_has_a_code(recorded):
    for recorded_table in recorded.values():
        assert set(recorded_table.rows["status"]) <= {*OBS_STATUS, ""}


@pytest.mark.slow
def test_processed_files_hold_every_number_and_say_what_was_dropped(recorded, biennium, tmp_path):
    dropped = write_processed(tmp_path, biennium, recorded)
    folder = tmp_path / "data" / "processed" / "2020-21"
    written = pd.read_csv(folder / "report.output_indicators.csv", keep_default_na=False)
    assert len(written) == 380
    counts = pd.read_csv(folder / "dropped.csv").set_index("table")["rows"]
    assert counts["report.output_indicators"] == 5
    assert len(counts) == len(dropped)


@pytest.mark.slow
def test_a_full_disk_and_a_killed_run_leave_nothing_unfinished(recorded, biennium, tmp_path, monkeypatch):
    write_processed(tmp_path, biennium, recorded)
    folder = tmp_path / "data" / "processed"
    before = {path: path.read_bytes() for path in folder.rglob("*.csv")}

    def full(path, content):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(processed, "write_whole", full)
    with pytest.raises(OSError, match="No space left"):
        write_processed(tmp_path, biennium, recorded)
    assert {path: path.read_bytes() for path in folder.rglob("*.csv")} == before
    assert [path.name for path in folder.iterdir()] == ["2020-21"]
    monkeypatch.undo()
    (folder / ".2020-21-abcdefgh.part").mkdir()
    write_processed(tmp_path, biennium, recorded)
    assert {path: path.read_bytes() for path in folder.rglob("*.csv")} == before
    assert [path.name for path in folder.iterdir()] == ["2020-21"]
