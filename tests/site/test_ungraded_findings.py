"""What contradicts itself in a new report has no severity on record: it is a discrepancy all the same."""

import csv

import pytest
from invented import invent

from analysis.audit.findings import findings
from analysis.audit.opening import open_audit
from analysis.labels import Catalogue, languages
from analysis.printed.summary import summary_of
from analysis.site.findings_pages import write_findings_pages
from analysis.sources.descriptor import register as registered
from analysis.sources.register import Register

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def contradicted(tmp_path_factory):
    """An invented report in which one share of results is five points too high."""
    root = tmp_path_factory.mktemp("contradicted")
    made = invent(root, 20)
    path = root / "data" / "raw" / made.document / f"{made.files['results_by_region']}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    share = next(row for row in rows if row[header.index("measure")] == "share")
    for column in ("printed", "value"):
        share[header.index(column)] = str(int(share[header.index(column)]) + 5)
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *rows])
    registered(root / "data" / "raw")
    opened = Register(root)
    return opened, open_audit(opened, opened.period(""))


@pytest.mark.parametrize("language", languages())
def test_a_finding_without_severity_is_a_discrepancy_and_is_told(contradicted, tmp_path, language):
    opened, audit = contradicted
    labels = Catalogue(language, audit.recorded)
    found = findings(audit, labels)
    assert found
    assert {(each.verdict, each.severity) for each in found} == {("discrepancy", "")}
    contents, *pages = write_findings_pages(audit, labels, tmp_path)
    assert labels("severity.none") in contents.read_text(encoding="utf-8")
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert f'class="verdict discrepancy">{labels("verdict.discrepancy")}<' in text
        assert labels("verdict.explained") not in text
    told = summary_of(audit.recorded, opened.period(""), labels, [], audit)[-1].paragraphs
    assert labels("site.ungraded_findings", number=str(len(found))) in told
