"""People with a browser, and what their browsers must not complain about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypedDict

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
