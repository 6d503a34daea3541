import json

import pytest
from part_of_record import copy_part

from analysis.sources import register as module
from analysis.sources.datapackage import table_of
from analysis.sources.descriptor import describe_record, register
from analysis.sources.register import Register, RegisterError


@pytest.fixture
def copy(root, tmp_path):
    return copy_part(root, tmp_path, ("raw", "organisations"))


@pytest.mark.slow
def test_the_register_is_a_valid_data_package(root):
    from frictionless import Package

    package = Package(str(root / "data" / "raw" / "datapackage.json"))
    assert len(package.resources) == len(Register(root).resources())
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])[:5]


def test_the_register_is_in_step_with_the_files(root):
    folder = root / "data" / "raw"
    assert describe_record(folder) == json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_a_changed_file_is_not_opened(copy):
    path = copy / "data/raw/implementation-2020-21/output_indicators.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",40,40,", ",41,41,", 1), encoding="utf-8")
    with pytest.raises(
        RegisterError, match=r"output_indicators.csv: checksum differs.*expected sha256.*found sha256"
    ):
        Register(copy).recorded("2020-21")
    register(copy / "data" / "raw")
    assert Register(copy).recorded("2020-21")


@pytest.mark.slow
def test_a_file_is_read_once_for_all_periods_and_summed_each_time(copy, monkeypatch):
    register, read = Register(copy), []
    module._opened.cache_clear()
    monkeypatch.setattr(
        module,
        "table_of",
        lambda content, resource, *given: (
            read.append(resource["path"]) or table_of(content, resource, *given)
        ),
    )
    records = [register.recorded(period) for period in ("2020-21", "2018-19")]
    assert len(read) == len(set(read)) > 50
    Register(copy).recorded("2020-21")
    assert len(read) == len(set(read))
    shared = [name for name in records[1] if records[0].get(name) is records[1][name]]
    assert "report.decent_work_indicators" in shared
    path = copy / "data/raw/implementation-2020-21/prose.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(RegisterError, match=r"prose.csv: checksum differs"):
        register.recorded("2018-19")


def test_a_missing_file_is_named(copy):
    (copy / "data/raw/implementation-2020-21/prose.csv").unlink()
    with pytest.raises(RegisterError, match=r"prose.csv: registered, but not there"):
        Register(copy).recorded("2020-21")


def test_an_undescribed_column_or_file_is_refused(copy):
    (copy / "data/raw/un-swap-2012/extra.csv").write_text("id\n1\n")
    with pytest.raises(RegisterError, match="extra"):
        describe_record(copy / "data" / "raw")
    (copy / "data/raw/un-swap-2012/extra.csv").unlink()
    path = copy / "data/raw/un-swap-2012/framework.csv"
    path.write_text("colour" + path.read_text(encoding="utf-8")[4:], encoding="utf-8")
    with pytest.raises(RegisterError, match="columns colour are not described"):
        describe_record(copy / "data" / "raw")


def test_only_registered_biennia_are_served(register):
    assert [str(each) for each in register.periods()] == ["2018-19", "2020-21"]
    with pytest.raises(
        RegisterError, match=r"2016-17 of ilo is not registered.*registered: 2018-19, 2020-21"
    ):
        register.period("2016-17")


@pytest.mark.slow
def test_namibia_stays_a_text(copy):
    path = copy / "data/raw/cooperation-review-2023/contributions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("european_commission", "NA"), encoding="utf-8")
    register(copy / "data" / "raw")
    assert "NA" in set(Register(copy).recorded("2020-21")["review.contributions"].rows["partner"])


def test_every_recorded_number_has_an_id_a_place_a_line_and_a_unit(register, recorded):
    for name, table in recorded.items():
        numbers = table.rows[[not each.missing for each in table.values]]
        if "decimals" not in numbers or not len(numbers) or name.endswith(("evidence",)):
            continue
        for column in ("id", "place", "line", "printed", "unit", "decimals"):
            assert (numbers[column] != "").all(), (name, column)
        assert numbers["id"].is_unique
