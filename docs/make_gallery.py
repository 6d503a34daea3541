"""Draw the gallery: every figure of a biennium on sheets, and a picture of each kind.

    python docs/make_gallery.py          in four languages and for a phone, into docs/gallery/
    python docs/make_gallery.py before   one English sheet of its own name: with PYTHONPATH at the sources
                                         of an earlier commit, what was before
    python docs/make_gallery.py dark     one English sheet as a dark page shows the figures (needs Chromium)
    python docs/make_gallery.py pages    pages of the site, light and dark, wide and narrow (needs Chromium)

The first three draw from the record; the last photographs ``reports/<biennium>/en``, which must be there.
"""

from __future__ import annotations

import base64
import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from matplotlib import rc_context
from PIL import Image

from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, languages
from analysis.pictures.figures import draw, drawing_settings
from analysis.pictures.formats import picture
from analysis.printed.printable import ResolvedChart
from analysis.printed.resolve import resolve
from analysis.sources.register import Register

HERE = Path(__file__).resolve().parent
GALLERY = HERE / "gallery"
PERIOD = "2020-21"
ACROSS = {"full": 4, "phone": 8}
WIDE = {"full": 520, "phone": 290}
GAP, QUALITY = 12, 62
BEHIND = "#c9ced4"
PAGES = ("dumbbell", "waterfall", "stacked", "lines")


def charts(language: str) -> Iterator[ResolvedChart]:
    """Yield every chart of the biennium in a language."""
    register = Register(HERE.parent)
    recorded, period = register.recorded(PERIOD), register.period(PERIOD)
    labels = Catalogue(language, recorded)
    for definition in definitions(recorded):
        exhibit = make(definition, recorded, period)
        if exhibit.charts:
            yield from resolve(exhibit, recorded, labels).charts


def image(chart: ResolvedChart, size: str, wide: int) -> Image.Image:
    """Return a chart as an image so many pixels wide."""
    figure, written = draw(chart, size), io.BytesIO()
    with rc_context(drawing_settings(chart.language)):
        figure.savefig(written, format="png", dpi=wide / figure.get_size_inches()[0])
    return Image.open(written).convert("RGB")


def sheet(images: list[Image.Image], across: int) -> Image.Image:
    """Return images in columns of about the same height, in order from the left."""
    wide = images[0].width
    columns: list[list[Image.Image]] = [[] for _ in range(across)]
    tall = [GAP] * across
    for each in images:
        place = tall.index(min(tall))
        columns[place].append(each)
        tall[place] += each.height + GAP
    whole = Image.new("RGB", (GAP + across * (wide + GAP), max(tall)), BEHIND)
    for place, column in enumerate(columns):
        top = GAP
        for each in column:
            whole.paste(each, (GAP + place * (wide + GAP), top))
            top += each.height + GAP
    return whole


def keep(made: Image.Image, name: str) -> None:
    """Write a picture into the gallery and say how large it is."""
    GALLERY.mkdir(exist_ok=True)
    path = GALLERY / f"{name}.webp"
    made.save(path, quality=QUALITY, method=6)
    print(f"{path.relative_to(HERE.parent)}: {made.width} by {made.height}, {path.stat().st_size} bytes")


def every_sheet() -> None:
    """Write a sheet of all figures for each language, one for a phone, and a picture of each kind."""
    for language in sorted(languages()):
        drawn = list(charts(language))
        keep(
            sheet([image(each, "full", WIDE["full"]) for each in drawn], ACROSS["full"]),
            f"figures-{language}",
        )
        if language != "en":
            continue
        keep(sheet([image(each, "phone", WIDE["phone"]) for each in drawn], ACROSS["phone"]), "figures-phone")
        for chart in {each.kind: each for each in reversed(drawn)}.values():
            keep(image(chart, "full", 760), f"kind-{chart.kind}")


def in_the_dark() -> None:
    """Write the English sheet as a browser shows its pictures on a dark page."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from browser import chromium

    wide, shots = WIDE["full"], []
    wanted = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    with tempfile.TemporaryDirectory() as folder, chromium(wide, 400) as browser:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)
        for chart in charts("en"):
            path = Path(folder) / f"{chart.id}.svg"
            path.write_bytes(picture(chart, "svg"))
            browser.get(path.as_uri())
            shape = browser.execute_script(
                "const box = document.documentElement.viewBox.baseVal; return box.height / box.width"
            )
            browser.execute_script("document.documentElement.setAttribute('width', arguments[0])", wide)
            clip = {"x": 0, "y": 0, "width": wide, "height": round(shape * wide), "scale": 1}
            browser.execute_script(
                "document.documentElement.setAttribute('height', arguments[0])", clip["height"]
            )
            shot = browser.execute_cdp_cmd(
                "Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True}
            )
            shots.append(Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB"))
    keep(sheet(shots, ACROSS["full"]), "figures-dark")


def photographs() -> None:
    """Write pages of exhibits, light and dark, as wide as a desk's screen and as a phone's."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from browser import DESKTOP, PHONE, chromium

    report = HERE.parent / "reports" / PERIOD / "en" / "exhibits"
    first = {each.kind: each.id for each in reversed(list(charts("en")))}
    for name, (width, height) in (("desktop", DESKTOP), ("phone", PHONE)):
        shots = []
        with chromium(width, height) as browser:
            for scheme in ("light", "dark"):
                wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
                browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)
                for kind in PAGES:
                    exhibit = first[kind].removesuffix("_steps")
                    browser.get((report / f"{exhibit}.html").resolve().as_uri())
                    shots.append(Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB"))
        if name == "desktop":
            shots = [
                each.resize((each.width // 2, each.height // 2), Image.Resampling.LANCZOS) for each in shots
            ]
        keep(sheet(shots, len(PAGES)), f"pages-{name}")


def before() -> None:
    """Write the English sheet of the sources at hand as ``figures-before``."""
    keep(
        sheet([image(each, "full", WIDE["full"]) for each in charts("en")], ACROSS["full"]), "figures-before"
    )


if __name__ == "__main__":
    {"before": before, "dark": in_the_dark, "pages": photographs}.get("".join(sys.argv[1:]), every_sheet)()
