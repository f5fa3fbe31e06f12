"""Journeys in Chromium against the real server with the demo's data.

`site` is the address of a server with a copy of the data of its own, for journeys that write;
`phone`, `desktop` and `plain` (a phone without JavaScript) are pages on it, and `cast` are three
people with a phone each. `showcase` is one server for all tests that only look, and `looker` a
phone on it. A file whose tests all look says so by making `site` the showcase.
A page fails its test when the browser complains, for instance about the content security policy,
when it asks another host for anything, and when the server breaks.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.readers import DESKTOP, PHONE, VIEWS, Cast, Options, View, reader, three
from tests.browser.serving import copied, make_demo
from tests.browser.showroom import Showroom, furnished


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser; the file with most tests of it begins.

    Files are what processes share out: a long one at the end would leave all but one idle.
    """
    driven = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    tests = Counter(item.path for item in driven)
    for item in driven:
        item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: (item.path in tests, -tests[item.path]))


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
    """Make the demo's data as `make demo` does, once for all journeys of all processes."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    file, unfinished = folder / "demo.sqlite3", folder / "unfinished.sqlite3"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            make_demo(unfinished)
            unfinished.rename(file)
    return file


@pytest.fixture
def site(demo_database: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the demo and yield its address; what a journey changes is gone after it."""
    with copied(demo_database, tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def showcase(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demo once for everything that only looks, at most logged in."""
    with copied(demo_database, tmp_path_factory.mktemp("showcase")) as address:
        yield address


@pytest.fixture
def looker(browser: Browser, showcase: str) -> Iterator[Page]:
    with reader(browser, showcase, {"viewport": PHONE}) as page:
        yield page


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
    with three(browser, site, options) as people:
        yield people


@pytest.fixture(params=VIEWS, ids=["phone_in_indonesian", "desk_in_english"])
def view(request: pytest.FixtureRequest) -> View:
    view: View = request.param
    return view


@pytest.fixture
def guests(browser: Browser, site: str, view: View) -> Iterator[Cast]:
    """Yield people who read one language on one kind of screen."""
    with three(browser, site, view.options) as people:
        yield people


@pytest.fixture(scope="session")
def showroom(
    browser: Browser, demo_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Showroom]:
    with (
        copied(demo_database, tmp_path_factory.mktemp("showroom")) as address,
        furnished(browser, address) as room,
    ):
        yield room
