"""Every page in Indonesian, and nothing English on it; and that no page is left out."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import Resolver404, get_resolver, resolve

from tests.architecture.addresses import methods_of, views
from tests.browser.english import english_in
from tests.browser.pages import EVERYWHERE, EveryPage, Look
from tests.browser.showroom import Showroom
from tests.browser.sights import SIGHTS, Sight
from tests.browser.unseen import is_no_page


class TestIndonesian(EveryPage):
    language = "id"

    @EVERYWHERE
    def test_an_indonesian_page_has_no_english_on_it(self, sight: Sight, look: Look) -> None:
        assert english_in(look(sight).words) == []


def test_every_page_of_the_site_is_looked_at(showroom: Showroom) -> None:
    names = {"language": "id", **showroom.names}
    looked_at = [_view_at(sight.address.format(**names)) for sight in SIGHTS]
    pages = {
        address
        for address, view in views(get_resolver().url_patterns)
        if "GET" in (methods_of(view) or ["GET"]) and view not in looked_at
    }

    assert {page for page in pages if not is_no_page(page)} == set()


def _view_at(address: str) -> object:
    try:
        return resolve(urlsplit(address).path).func
    except Resolver404:
        return None
