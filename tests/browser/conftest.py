"""Starts Chromium on pages; fails, and does not skip, where it is missing: ``make browser``."""

import json
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

AXE = "axe-core@4.11.0"
SECONDS = 600
"""How long anything may take; a machine may have much else to do."""
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1400,1000",
)


def program(*names: str) -> str:
    """Return where a program is."""
    found = next((where for where in map(shutil.which, names) if where), None)
    assert found, f"install {names[0]}; on Debian: apt-get install chromium chromium-driver"
    return found


class Opened:
    """A page in Chromium, moved by its own controls."""

    def __init__(self, driver: webdriver.Chrome, folder: Path) -> None:
        self.driver = driver
        self.folder = folder

    def open(self, path: Path) -> None:
        """Open a page from disk and wait until its solver is ready."""
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(path.as_uri())
        self.wait(lambda: self.run("return document.documentElement.dataset.solver") == "ready")

    def run(self, script: str, *values: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *values)

    def wait(self, there: Callable[[], Any]) -> Any:
        """Wait until something is there."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            if found := there():
                return found
            time.sleep(0.05)
        raise AssertionError(self.run("return document.getElementById('badge').outerHTML"))

    def put(self, selector: str, value: Any) -> None:
        """Put a value into a control, as a user's hand does.

        Money is told in percent of the workbook's, and typed in millions; a decision on an
        investment is made where its tile, when pressed, asks for one.
        """
        self.run(
            """
            let control = document.querySelector(arguments[0]);
            if ("force" in control.dataset) {
              control.click();
              const choice = (value) => document.querySelector(`#tile-choices input[value="${CSS.escape(value)}"]`);
              (choice(arguments[1]) || choice("in")).click();  // of one option alone, in says it all
              document.getElementById("tile-close").click();
            } else if ("money" in control.dataset && control.type === "number") {
              const slider = document.querySelector(`[data-money="${CSS.escape(control.dataset.money)}"]`);
              control.value = (arguments[1] * Number(slider.dataset.whole)) / 100;
              control.dispatchEvent(new Event("change", { bubbles: true }));
            } else if (control.type === "checkbox") {
              if (control.checked !== arguments[1]) control.click();
            } else {
              control.value = arguments[1];
              control.dispatchEvent(new Event("change", { bubbles: true }));
            }""",
            selector,
            value,
        )

    def answer(self) -> dict[str, Any]:
        """Wait for the answer to what was moved: kind, value, bound, what changes."""

        def ended() -> Any:
            kind = self.run("return document.getElementById('badge').dataset.kind")
            return kind if kind and kind != "searching" else None

        kind = self.wait(ended)
        told = self.run("return {...document.getElementById('badge').dataset}")
        text = self.run("return document.getElementById('badge').textContent")
        cost = self.run("return document.getElementById('cost').dataset.amount")
        number = float if kind not in ("none", "failed") else lambda _text: None
        return {
            "kind": kind,
            "text": text,
            "value": number(told.get("value", "nan")),
            "bound": number(told.get("bound") or "nan"),
            "cost": number(cost or "nan"),
        }

    def save(self) -> Path:
        """Save the scenario and return its file."""
        path = self.folder / "scenario.json"
        path.unlink(missing_ok=True)
        self.run("document.getElementById('save').click()")
        self.wait(path.exists)
        self.wait(lambda: path.stat().st_size)
        return path

    def complaints(self) -> list[str]:
        """Return what the console says, and every request but the page and its own worker."""
        found = [each["message"] for each in self.driver.get_log("browser")]
        for each in self.driver.get_log("performance"):
            message = json.loads(each["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                address = message["params"]["request"]["url"]
                if not address.startswith(("blob:null/", "chrome:")) and address != self.address:
                    found.append(address)
        return found

    @property
    def address(self) -> str:
        """The address of the page."""
        return str(self.driver.current_url).partition("#")[0]


@contextmanager
def chromium(folder: Path) -> Iterator[Opened]:
    """Start Chromium with a profile of its own in a folder."""
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    for each in (*QUIET, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(program("chromedriver")))
    allow = {"behavior": "allow", "downloadPath": str(folder)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", allow)
    try:
        yield Opened(driver, folder)
    finally:
        driver.quit()


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Chromium for all tests."""
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, from npm."""
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run([program("npm"), "pack", "--silent", AXE], cwd=folder, check=True, timeout=300)
    (package,) = folder.glob("axe-core-*.tgz")
    with tarfile.open(package) as archive:
        stream = archive.extractfile("package/axe.min.js")
        assert stream is not None
        return stream.read().decode()
