"""A headless Chromium for the tests of the site."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager

DESKTOP, PHONE = (1280, 900), (390, 844)
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium(width: int, height: int):
    """Open a browser whose page is as wide as a desktop's or a phone's."""
    import shutil

    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(prefix="chromium-") as profile:
        for flag in (*_FLAGS, f"--user-data-dir={profile}", f"--window-size={max(width, 500)},{height}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
        try:
            measures = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", measures)
            driver.page_width = width  # a phone's innerWidth grows with what is too wide for it
            yield driver
        finally:
            driver.quit()
