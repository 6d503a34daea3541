import shutil
from importlib.resources import files

import pytest

from analysis.audit.claims_table import STEP, claims_html

RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: "tag", values: arguments[0]}}).then(
  (found) => done(found.violations.map((each) => each.id)),
  (error) => done([String(error)]));
"""

pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]


@pytest.fixture(scope="module")
def browser():
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(word)
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome")
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(browser, judged, labels, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "claims.html"
    body = f"<main><h1>Audit</h1>{claims_html(judged, labels)}</main>"
    head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Audit</title></head>'
    path.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8")
    browser.get(path.as_uri())
    return browser


def visible(page) -> list[str]:
    rows = "[...document.querySelectorAll('tbody tr')].filter(row => !row.hidden)"
    return page.execute_script(f"return {rows}.map(row => row.cells[0].innerText)")


def test_claims_are_found_by_words_and_by_verdict(page, judged):
    everything = str(len(judged.judgements))
    assert len(visible(page)) == STEP
    assert page.find_element("css selector", ".number").text == everything
    words = page.find_element("css selector", ".words")
    words.send_keys("RESULTS_BY_REGION europe")
    assert set(visible(page)) == {
        "implementation-2020-21/results_by_region/europe_central_asia/results",
        "implementation-2020-21/results_by_region/europe_central_asia/share",
    }
    page.find_element("css selector", ".verdict option:nth-child(4)").click()
    assert visible(page) == ["implementation-2020-21/results_by_region/europe_central_asia/share"]
    assert page.find_element("css selector", ".number").text == "1"
    words.clear()
    words.send_keys(" ")
    assert len(visible(page)) == sum(each.verdict == "discrepancy" for each in judged.judgements)
    page.find_element("css selector", ".verdict option").click()
    assert page.find_element("css selector", ".number").text == everything


def test_every_claim_can_be_reached_by_the_button(page, judged):
    further = page.find_element("css selector", ".further")
    drawn = 0
    while further.is_displayed():
        drawn += 1
        assert drawn < 100
        page.execute_script("arguments[0].click()", further)
    assert visible(page) == [each.claim.id for each in judged.judgements]
    page.execute_script("document.querySelector('.words').dispatchEvent(new Event('input'))")
    assert len(visible(page)) == STEP


def test_the_page_can_be_used_by_everyone(page):
    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    page.find_element("css selector", ".words").send_keys("Figure 15")
    page.execute_script(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    found = page.execute_async_script(RUN, tags)
    assert found == []


def test_on_a_phone_each_claim_is_read_from_above_to_below(page, labels):
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        wide, room = page.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room == 390
        found = page.execute_script(
            "return [...document.querySelectorAll('tbody tr:not([hidden]) > *')].slice(0, 200)"
            ".filter(cell => cell.getClientRects().length)"
            ".map(cell => { const box = cell.getBoundingClientRect(), css = getComputedStyle(cell);"
            " return [box.left, box.right, parseFloat(css.fontSize), cell.scrollWidth - cell.clientWidth,"
            " getComputedStyle(cell, '::before').content]; })"
        )
        assert found
        for left, right, letters, over, _ in found:
            assert left >= 0
            assert right <= 390
            assert letters >= 11
            assert over <= 1
        assert f'"{labels("audit.statement")}: "' in {each[-1] for each in found}
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
