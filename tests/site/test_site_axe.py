"""The site in a real browser: axe-core's rules of WCAG 2.1 AA at two widths, and the keyboard."""

import re
import shutil
from importlib.resources import files

import pytest
from browser import DESKTOP, PHONE, chromium
from made_report import kept_report

from analysis import __version__
from analysis.labels import Catalogue
from analysis.site.writing import HEAVIEST, write_contents
from analysis.sources.organisations import in_language

pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
PAGES = (
    "index.html",
    "../../index.html",
    "exhibits/trends_table.html",
    "exhibits/trend_indicator_unemployment_rate.html",
    "exhibits/lost_graphic_of_results_covid_response.html",
    "exhibits/linked_outputs.html",
    "01_decent_work_trends.html",
    "02_results.html",
    "02_results.code.html",
)
_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: "tag", values: arguments[0]}, resultTypes: ["violations"]}).then(
  found => done(found.violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`)),
  error => done([String(error)]));
"""


@pytest.fixture(scope="module", params=["en", "zh"])
def folder(request, tmp_path_factory, register):
    made = tmp_path_factory.mktemp("reports") / "2020-21" / request.param
    kept_report(tmp_path_factory, register, request.param, made)
    write_contents(register, made.parents[1])
    return made


@pytest.fixture(scope="module")
def axe():
    pytest.importorskip("axe_core_python", reason="axe-core-python, which brings axe-core, is not installed")
    return (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def browser(request):
    with chromium(*request.param) as driver:
        driver.set_script_timeout(110)
        yield driver


def violations(browser, axe: str) -> list[str]:
    browser.execute_script(axe)
    return browser.execute_async_script(_RUN, TAGS)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_passes_axe_and_stays_in_its_width(browser, axe, folder, name):
    browser.get((folder / name).resolve().as_uri())
    assert violations(browser, axe) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= browser.page_width
    assert [each for each in browser.get_log("browser") if each["level"] == "SEVERE"] == []


def test_a_number_with_a_long_name_stays_in_the_page(browser, folder):
    browser.get((folder / "index.html").resolve().as_uri())
    wide = browser.execute_script(
        "const words = 'Extrabudgetary '.repeat(12);"
        "document.querySelector('main p').innerHTML = `<button class=n>${words}</button>`;"
        "return document.documentElement.scrollWidth"
    )
    assert wide <= browser.page_width


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "search.html?q=carbon",
        "findings/index.html",
        "exhibits/results_against_targets_level_outcome.html",
        "02_results.code.html",
    ],
)
def test_a_page_passes_axe_in_the_dark(browser, axe, folder, name):
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
    try:
        path, _, asked = name.partition("?")
        browser.get((folder / path).as_uri() + (f"?{asked}" if asked else ""))
        assert violations(browser, axe) == []
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_search_shows_where_its_words_stand(browser, folder):
    browser.get((folder / "search.html").as_uri() + "?q=896")
    marked = (
        "return [...document.querySelectorAll('#results li')].map(li => li.querySelectorAll('mark').length)"
    )
    found = browser.execute_script(marked)
    assert found
    assert all(found)
    assert set(
        browser.execute_script("return [...document.querySelectorAll('mark')].map(m => m.textContent)")
    ) == {"896"}
    ids = "return [...document.querySelectorAll('#results a')].map(a => a.getAttribute('href'))"
    addresses = browser.execute_script(ids)
    assert "search.html?q=implementation-2020-21%2Fprose%2F27.2" in addresses
    browser.get((folder / "search.html").as_uri() + "?q=implementation-2020-21%2Fprose%2F27.2")
    assert len(browser.execute_script(ids)) == 1


def test_a_number_that_stands_by_itself_comes_before_one_within_another(browser, folder):
    shown = "return [...document.querySelectorAll('#results li .note')].map(note => note.textContent)"
    page = (folder / "search.html").as_uri()
    for number in ("896", "57"):
        browser.get(f"{page}?q={number}")
        alone = [
            bool(re.search(rf"(?<![\d.,]){number}(?![\d.,]*\d)", text))
            for text in browser.execute_script(shown)
        ]
        assert any(alone)
        assert alone[0]
    browser.get(page + "?q=" + "%5B%5C(%24%26")
    assert browser.execute_script(shown) == []
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_words_are_found_with_their_accents_and_without(browser, folder):
    count = "return document.querySelectorAll('#results li').length"
    page = (folder / "search.html").as_uri()
    counts = []
    for words in ("evaluation", "Évaluation", "qwertz"):
        browser.get(page + "?q=" + words)
        counts.append(browser.execute_script(count))
    assert counts[0] == counts[1] or folder.name != "en"
    assert counts[2] == 0
    text = re.search(r'id="entries">(.*?)</script>', (folder / "search.html").read_text(encoding="utf-8"))[1]
    text = text.replace("Africa", "Áfrïca").replace("非洲", "Áfrïca")
    other = folder / "other.html"
    other.write_text(
        re.sub(
            r'id="entries">.*?</script>',
            lambda _: f'id="entries">{text}</script>',
            (folder / "search.html").read_text(encoding="utf-8"),
        ),
        encoding="utf-8",
    )
    try:
        browser.get(other.as_uri() + "?q=africa")
        assert browser.execute_script(count) > 0
        marks = "return [...new Set([...document.querySelectorAll('mark')].map(m => m.textContent))]"
        assert {"Áfrïca"} <= set(browser.execute_script(marks)) <= {"Áfrïca", "africa"}
    finally:
        other.unlink()


def test_a_button_copies_a_number_with_its_sentence_and_citation(browser, folder, register):
    allowed = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    browser.execute_cdp_cmd("Browser.grantPermissions", allowed)
    for name in ("exhibits/results_against_targets_level_outcome.html", "index.html"):
        browser.get((folder / name).as_uri())
        number = browser.find_element("css selector", "button.n")
        printed = number.text
        for pressed in (number, browser.find_element("css selector", "dialog button.copy")):
            browser.execute_script("arguments[0].click()", pressed)
        read = "navigator.clipboard.readText().then(arguments[0], error => arguments[0](String(error)))"
        first, sentence, citation = browser.execute_async_script(read).split("\n")
        assert first.startswith(f"{printed} – ")
        assert sentence == browser.find_element("css selector", "[data-of=sentence]").text
        organisation = in_language(register.organisation("ilo").name, folder.name)
        labels = Catalogue(folder.name)
        for part in (organisation, labels("site.title", period="2020–21"), __version__):
            assert citation.count(part) == 1, citation
        assert citation.endswith(f". {browser.current_url}")
        assert "#n-" in browser.current_url


def test_paper_bears_no_navigation_and_small_letters(browser, folder):
    browser.get((folder / "index.html").as_uri())
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for name in (".bar", ".jump", ".find"):
            assert not browser.find_element("css selector", name).is_displayed(), name
        size = browser.execute_script("return getComputedStyle(document.querySelector('.said')).fontSize")
        assert float(size.removesuffix("px")) < 13
        parted = "return getComputedStyle(document.querySelector('.card')).breakInside"
        assert browser.execute_script(parted) == "avoid"
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_an_open_trace_passes_axe(browser, axe, folder):
    browser.get((folder / "exhibits" / "results_against_targets_level_outcome.html").as_uri())
    browser.execute_script("document.querySelector('button.n').click()")
    assert violations(browser, axe) == []


def test_axe_finds_a_fault_that_is_planted(browser, axe, folder):
    browser.get((folder / "index.html").as_uri())
    browser.execute_script("document.querySelector('main p').style.color = '#bbb'")
    assert [each.split(":")[0] for each in violations(browser, axe)] == ["color-contrast"]


def _press(browser, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def _focused(browser) -> str:
    return browser.execute_script("return document.activeElement.dataset.trace || ''")


def _tab_to_a_number(browser) -> str:
    from selenium.webdriver.common.keys import Keys

    for _ in range(60):
        _press(browser, Keys.TAB)
        if _focused(browser):
            return _focused(browser)
    raise AssertionError("the Tab key reaches no number")


@pytest.mark.parametrize("name", ["index.html", "exhibits/results_against_targets_level_outcome.html"])
def test_a_trace_opens_and_closes_by_the_keyboard(browser, folder, name):
    from selenium.webdriver.common.keys import Keys

    browser.get((folder / name).as_uri())
    number = _tab_to_a_number(browser)
    _press(browser, Keys.ENTER)
    assert browser.execute_script("return document.getElementById('trace').open")
    assert browser.execute_script("return document.getElementById('trace').contains(document.activeElement)")
    shown = browser.execute_script("return document.querySelector('[data-of=sentence]').textContent")
    assert shown.endswith((".", "。"))
    assert browser.execute_script("return document.querySelectorAll('[data-of=inputs] tr').length") > 0
    _press(browser, Keys.ESCAPE)
    assert not browser.execute_script("return document.getElementById('trace').open")
    assert _focused(browser) == number


def test_arrows_move_between_the_numbers_of_a_table(browser, folder):
    from selenium.webdriver.common.keys import Keys

    browser.get((folder / "exhibits" / "results_against_targets_level_outcome.html").as_uri())
    assert _tab_to_a_number(browser) == "0-0"
    _press(browser, Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    assert _focused(browser) == "1-1"
    _press(browser, Keys.HOME)
    assert _focused(browser) == "1-0"
    _press(browser, Keys.TAB)
    assert _focused(browser) == ""


def test_exhibits_are_found_by_words(browser, folder):
    browser.get((folder / "index.html").as_uri())
    field = browser.find_element("id", "find")
    field.send_keys("17")
    shown = browser.execute_script("return document.querySelectorAll('.card:not([hidden])').length")
    assert 1 <= shown < 7
    assert str(shown) in browser.find_element("id", "found").text


def test_what_no_exhibit_is_called_leads_to_the_search_of_everything(browser, axe, folder):
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    labels = Catalogue(folder.name)
    page = (folder / "index.html").resolve().as_uri()
    results = "return document.querySelectorAll('#results li').length"
    for typed in ("896", "<b> & $& \u00e9"):
        browser.get(page)
        link = browser.find_element("id", "elsewhere")
        assert not link.is_displayed()
        browser.find_element("id", "find").send_keys(typed)
        assert browser.find_element("id", "found").text == labels("site.found_none")
        assert link.text == labels("site.find_elsewhere", words=typed)
        assert violations(browser, axe) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= browser.page_width
        browser.execute_script("arguments[0].click()", link)
        assert browser.find_element("id", "q").get_attribute("value") == typed
        assert (browser.execute_script(results) > 0) == (typed == "896")
    browser.get(page)
    browser.find_element("id", "find").send_keys("896", Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda opened: opened.find_elements("id", "results"))
    assert browser.execute_script(results) > 0
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_a_heading_sorts_its_table_up_down_and_back(browser, axe, folder):
    from selenium.webdriver.common.keys import Keys

    browser.get((folder / "exhibits" / "results_against_targets_level_outcome.html").as_uri())
    column = "return [...document.querySelectorAll('tbody tr')].map(row => row.cells[2].innerText)"
    before = browser.execute_script(column)
    button = browser.find_elements("css selector", "th button.sort")[2]
    said = "return document.querySelectorAll('thead th')[2].ariaSort"
    numbers = sorted(before[:-1], key=int)
    for way, wanted in (("ascending", numbers), ("descending", numbers[::-1]), (None, before[:-1])):
        button.send_keys(Keys.ENTER)
        assert browser.execute_script(said) == way
        assert browser.execute_script(column) == [*wanted, before[-1]], "the total stays below"
        assert violations(browser, axe) == []


def test_numbers_sort_as_the_language_writes_them(browser, folder):
    browser.get((folder / "exhibits" / "results_by_node_and_region_level_outcome.html").as_uri())
    button = browser.find_elements("css selector", "th button.sort")[1]
    browser.execute_script("arguments[0].click()", button)
    column = "return [...document.querySelectorAll('tbody tr:not(.total)')].map(r => r.cells[1].innerText)"
    found = [int(text.replace(",", "")) for text in browser.execute_script(column)]
    assert found == sorted(found)
    assert len(found) == 8


def test_each_page_leads_to_the_same_page_elsewhere(browser, axe, folder, register):
    root = folder.parents[1]
    other = root / "2018-19" / folder.name
    other.mkdir(parents=True, exist_ok=True)
    (other / "index.html").write_text("<title>x</title>", encoding="utf-8")
    write_contents(register, root)
    browser.get((folder / "exhibits" / "trends_table.html").as_uri())
    browser.execute_script("document.querySelector('.switch a:last-child').click()")
    section = browser.find_element("id", "same")
    assert section.is_displayed()
    assert "exhibits/trends_table.html" in section.text
    assert section.find_elements("css selector", "li a") == []
    assert len(section.find_elements("css selector", "li span")) == 1
    browser.get((folder / "index.html").as_uri())
    browser.execute_script("document.querySelector('.switch a:last-child').click()")
    (link,) = browser.find_elements("css selector", "#same li a")
    assert link.get_attribute("href") == (other / "index.html").resolve().as_uri()
    assert violations(browser, axe) == []
    (other / "index.html").unlink()
    write_contents(register, root)
    browser.refresh()
    assert browser.find_element("css selector", "[data-none]").is_displayed()


def test_a_link_opens_the_same_page_of_another_report_in_one_step_or_says_that_it_was_not_made(
    browser, folder, register
):
    root = folder.parents[1]
    page = "exhibits/trends_table.html"
    for beside in (root / "2020-21" / "es", root / "2018-19" / folder.name):
        (beside / "exhibits").mkdir(parents=True)
        for name in ("index.html", page):
            (beside / name).write_text("<title>x</title>", encoding="utf-8")
    write_contents(register, root)

    def follow(words: str) -> str:
        browser.get((folder / page).as_uri())
        (link,) = [each for each in browser.find_elements("css selector", ".switch a") if each.text == words]
        browser.execute_script("arguments[0].click()", link)
        return browser.current_url

    try:
        assert follow("Español") == (root / "2020-21" / "es" / page).as_uri()
        browser.back()
        assert browser.current_url == (folder / page).as_uri()
        assert follow("2018–19") == (root / "2018-19" / folder.name / page).as_uri()
        assert follow("Français").startswith((root / "index.html").as_uri())
        assert browser.find_element("id", "same").is_displayed()
        assert len(browser.find_elements("css selector", "#same li a")) == 2
    finally:
        shutil.rmtree(root / "2020-21" / "es")
        shutil.rmtree(root / "2018-19")
        write_contents(register, root)


def test_a_phone_is_shown_its_own_picture_at_full_size(browser, folder):
    browser.get((folder / "exhibits" / "results_by_indicator_outcome_2.html").as_uri())
    phone = browser.execute_script("return innerWidth") < 600
    image = browser.find_element("css selector", "figure img.narrow")
    assert image.is_displayed() is phone
    assert browser.find_element("css selector", "figure svg").is_displayed() is not phone
    if not phone:
        return
    shown = "const i = document.querySelector('figure img.narrow'); return [i.clientWidth, i.naturalWidth]"
    browser.execute_script("document.querySelector('figure img.narrow').loading = 'eager'")
    wide, natural = browser.execute_async_script(
        "const i = document.querySelector('figure img.narrow'), done = arguments[0];"
        f"const told = () => done((() => {{ {shown} }})()); i.complete ? told() : i.onload = told;"
    )
    assert wide >= natural > 300


def test_marks_in_a_page_tell_their_numbers(browser, folder):
    browser.get((folder / "exhibits" / "results_against_targets_level_outcome.html").as_uri())
    told = browser.execute_script(
        "return [...document.querySelectorAll('figure g > title')].map(t => t.textContent)"
    )
    assert len(told) == 16
    assert all(any(sign.isdigit() for sign in each) for each in told)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_to_its_budget(browser, folder, name):
    path = (folder / name).resolve()
    browser.get(path.as_uri())
    assert path.stat().st_size <= HEAVIEST
    assert browser.execute_script("return document.getElementsByTagName('*').length") <= 6000
    fetched = browser.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")
    assert all(each.startswith(("file:", "data:")) for each in fetched)
    pictures = browser.execute_script("return document.images.length")
    assert len(set(fetched)) <= pictures + 1
