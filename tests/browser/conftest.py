"""Journeys in Chromium against the real server with the demo's data.

`site` is the address of a server with a copy of the data of its own, for journeys that write;
`phone`, `desktop` and `plain` (a phone without JavaScript) are pages on it, and `cast` are three
people with a phone each. `showcase` is one server for all tests that only look.
A page fails its test when the browser complains, for instance about the content security policy,
when it asks another host for anything, and when the server breaks.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict
from urllib.error import URLError

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

KSBB: Final = Path(sys.executable).with_name("ksbb")
PHONE: Final = ViewportSize(width=360, height=740)
DESKTOP: Final = ViewportSize(width=1280, height=900)
PATIENCE_SECONDS: Final = 30
# The browser says so itself when a page answers 4xx, which many journeys want.
EXPECTED: Final = "Failed to load resource: the server responded with a status of 4"


class Options(TypedDict, total=False):
    """What a reader's browser is like."""

    viewport: ViewportSize
    java_script_enabled: bool


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who gives, who works at the desk, and who receives, each with a browser."""

    giver: Page
    officer: Page
    neighbour: Page


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys, and keep them in one process: a browser and its data are dear."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("KSBB_CHROMIUM") or shutil.which("chromium")
    if not path:
        message = "There is no Chromium: apt-get install chromium, or set KSBB_CHROMIUM."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    # Chromium's sandbox does not work for root.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo's data as `make demo` does, once for all journeys."""
    file = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    for command in (["migrate", "--verbosity", "0"], ["seed_demo"]):
        subprocess.run([KSBB, *command], env=demo(file), check=True, capture_output=True)  # noqa: S603 - our own command
    with closing(sqlite3.connect(file)) as book:
        book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture
def site(demo_database: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the demo and yield its address; what a journey changes is gone after it."""
    with served(Path(shutil.copy(demo_database, tmp_path / "demo.sqlite3"))) as address:
        yield address


@pytest.fixture(scope="session")
def showcase(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demo once for everything that only looks, or writes what nobody else reads."""
    folder = tmp_path_factory.mktemp("showcase")
    with served(Path(shutil.copy(demo_database, folder / "demo.sqlite3"))) as address:
        yield address


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    with reader(browser, site, {"viewport": PHONE}) as page:
        yield page


@pytest.fixture
def desktop(browser: Browser, site: str) -> Iterator[Page]:
    with reader(browser, site, {"viewport": DESKTOP}) as page:
        yield page


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    with reader(browser, site, {"viewport": PHONE, "java_script_enabled": False}) as page:
        yield page


@pytest.fixture(params=[True, False], ids=["with_javascript", "without_javascript"])
def cast(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Cast]:
    options = Options(viewport=PHONE, java_script_enabled=request.param)
    with (
        reader(browser, site, options) as giver,
        reader(browser, site, options) as officer,
        reader(browser, site, options) as neighbour,
    ):
        yield Cast(giver=giver, officer=officer, neighbour=neighbour)


@contextmanager
def served(file: Path) -> Iterator[str]:
    """Serve the database for the length of the block and yield the address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([KSBB, "serve", "--port", str(port)], env=demo(file))  # noqa: S603 - our own command
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


@contextmanager
def reader(browser: Browser, site: str, options: Options) -> Iterator[Page]:
    """Yield a page for relative addresses; it may make the browser complain about nothing."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            complaints.append(message.text)

    def watch(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "data:")):
            complaints.append(f"asked another host: {request.url}")

    context = browser.new_context(base_url=site, locale="id-ID", **options)
    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", watch)
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    yield page
    context.close()
    assert complaints == []


def demo(file: Path) -> dict[str, str]:
    """Return the environment of a demo on `file`."""
    return {
        "PATH": os.environ["PATH"],
        "KSBB_DEMO": "1",
        "DATABASE_URL": f"sqlite:///{file}",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Return as soon as something answers; fail after PATIENCE_SECONDS."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS):  # noqa: S310 - our own address
                return
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
