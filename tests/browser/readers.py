"""People with a browser, and what their browsers must not complain about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, NamedTuple, TypedDict
from urllib.parse import urlsplit

from django.utils.translation import gettext, override
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Geolocation,
    Page,
    Request,
    ViewportSize,
)

PHONE: Final = ViewportSize(width=360, height=740)
DESKTOP: Final = ViewportSize(width=1280, height=900)
PATIENCE_MILLISECONDS: Final = 30_000
# The browser says so itself when a page answers 4xx, which many journeys want.
EXPECTED: Final = "Failed to load resource: the server responded with a status of 4"


class Options(TypedDict, total=False):
    """What a reader's browser is like."""

    viewport: ViewportSize
    java_script_enabled: bool
    has_touch: bool
    geolocation: Geolocation
    permissions: list[str]


class View(NamedTuple):
    """How somebody reads: the address of home in their language, and what their browser is like."""

    door: str
    options: Options


VIEWS: Final = (
    View("/", {"viewport": PHONE, "java_script_enabled": False}),
    View("/en/", {"viewport": DESKTOP}),
)
"""On a phone in Indonesian without JavaScript, and on a desk in English."""


def say(page: Page, sentence: str) -> str:
    """Return a sentence of the code in the language of the page that is open."""
    is_english = urlsplit(page.url).path.startswith("/en/")
    with override("en" if is_english else "id"):
        return gettext(sentence)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who gives, who works at the desk, and who receives, each with a browser."""

    giver: Page
    officer: Page
    neighbour: Page


@contextmanager
def reader(
    browser: Browser, site: str, options: Options, complaints: list[str] | None = None
) -> Iterator[Page]:
    """Yield a page for relative addresses; it may make the browser complain about nothing.

    Whoever passes a list for the complaints may take them out of it and judge them.
    """
    complaints = [] if complaints is None else complaints

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
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    yield page
    context.close()
    assert complaints == []


@contextmanager
def three(browser: Browser, site: str, options: Options) -> Iterator[Cast]:
    """Yield three people with a browser each."""
    with (
        reader(browser, site, options) as giver,
        reader(browser, site, options) as officer,
        reader(browser, site, options) as neighbour,
    ):
        yield Cast(giver=giver, officer=officer, neighbour=neighbour)
