"""The desk as a process of its own, and a real browser before it."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from sqlalchemy import Engine

from knowledge.database import open_engine
from tests.bot.process import INVESTBOT, environ
from tests.bureau import write_bureau

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Running:
    """A running desk: its address, where it works."""

    address: str
    home: Path

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.home / 'var' / 'investbot.db'}"

    def engine(self) -> Engine:
        return open_engine(self.database_url)

    def command(self, *arguments: str) -> str:
        """What a command of ours prints there."""
        settings = environ(DOCUMENTS=str(self.home / "documents"), DESK_URL=self.address)
        done = subprocess.run(
            [INVESTBOT, *arguments], cwd=self.home, env=settings, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def link(self, name: str, role: str = "owner") -> str:
        """A one-time link for a member of staff, who is added."""
        self.command("staff", "add", name, "--role", role)
        return self.command("staff", "link", name)


@contextmanager
def desk(home: Path, **settings: str) -> Iterator[Running]:
    """`investbot serve` without a token on the invented bureau, until the block ends."""
    write_bureau(home / "documents")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    usual = {"DOCUMENTS": str(home / "documents"), "DESK_PORT": str(port)}
    with (home / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            [INVESTBOT, "serve"], cwd=home, env=environ(**usual | settings), stdout=log, stderr=log
        )
        try:
            _wait(address, process, home)
            yield Running(address, home)
        finally:
            process.terminate()
            assert process.wait(20) == 0, (home / "log.txt").read_text("utf-8")


def _wait(address: str, process: "subprocess.Popen[bytes]", home: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/login")
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail((home / "log.txt").read_text("utf-8"))


class Browser:
    """A person's browser."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def size(self, width: int, height: int = 900) -> None:
        """The size of the page, as on a device of that width."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def open(self, address: str) -> None:
        self.driver.get(address)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def press(self, selector: str) -> None:
        """Press a button of a form, and wait for the page that follows."""
        element = self.one(selector)
        before = self.one("html")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        end = time.monotonic() + 15
        while time.monotonic() < end:
            found = self.all("html")
            if (
                found
                and found[0] != before
                and self.driver.execute_script("return document.readyState") == "complete"
            ):
                return
            time.sleep(0.02)
        pytest.fail("no page followed")

    def fill(self, selector: str, text: str) -> None:
        element = self.one(selector)
        element.clear()
        element.send_keys(text)

    def text(self) -> str:
        """What can be read on the page."""
        return self.one("body").text

    def enter(self, link: str) -> None:
        """Come in by a link."""
        self.driver.delete_all_cookies()
        self.open(link)
        self.press("#enter")

    def faults(self) -> list[str]:
        """What the browser complains about: refused scripts, missing files."""
        rows: list[dict[str, str]] = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [row["message"] for row in rows if row["level"] == "SEVERE"]


@contextmanager
def browsing(profile: Path) -> Iterator[Browser]:
    """A browser that nobody has used yet."""
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={profile}", "--lang=zh-CN"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=ChromeService("/usr/bin/chromedriver"))
    try:
        yield Browser(driver)
    finally:
        driver.quit()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of a worker; each test comes in anew."""
    with browsing(tmp_path_factory.mktemp("browser")) as running:
        yield running
