"""Every page in English."""

from __future__ import annotations

from tests.browser.pages import EveryPage


class TestEnglish(EveryPage):
    language = "en"
