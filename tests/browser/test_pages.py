"""Every page in both languages: no barriers, no sideways scrolling, one language, own title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve

from tests.architecture.addresses import methods_of, views
from tests.browser.english import english_in
from tests.browser.showroom import Showroom
from tests.browser.sights import SIGHTS, Sight
from tests.browser.survey import Survey, survey
from tests.browser.unseen import is_no_page

Look = Callable[[Sight, str], Survey]

LANGUAGES = pytest.mark.parametrize("language", ["id", "en"])
EVERYWHERE = pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: sight.name)


@pytest.fixture(scope="session")
def look(showroom: Showroom) -> Look:
    """Return a survey of a sight in a language; each is made once."""

    @cache
    def looked_at(sight: Sight, language: str) -> Survey:
        return survey(*showroom.show(sight, language), showroom.complaints)

    return looked_at


@LANGUAGES
@EVERYWHERE
def test_a_page_has_no_barrier_at_any_width(sight: Sight, language: str, look: Look) -> None:
    seen = look(sight, language)

    assert (seen.status, seen.language) == (sight.status, language)
    assert seen.barriers == []
    assert seen.overflow == []
    assert seen.small == []
    assert seen.tiny == []
    assert seen.crowded == []
    assert seen.headings == []
    assert seen.stretched == []
    assert seen.loose == []
    assert seen.complaints == []


@EVERYWHERE
def test_an_indonesian_page_has_no_english_on_it(sight: Sight, look: Look) -> None:
    assert english_in(look(sight, "id").words) == []


@LANGUAGES
def test_no_two_pages_have_the_same_title(language: str, look: Look) -> None:
    found = [sight for sight in SIGHTS if sight.status == 200 and not sight.act]

    # One page looks different to two readers; it is one page all the same.
    titles = Counter({sight.address: look(sight, language).title for sight in found}.values())

    assert [title for title, count in titles.items() if count > 1] == []


@EVERYWHERE
def test_a_title_is_in_the_language_of_the_page(sight: Sight, look: Look) -> None:
    indonesian, english = look(sight, "id").title, look(sight, "en").title

    assert indonesian.endswith("KSBB")
    assert ("Perlu diperbaiki" in indonesian) == ("Mistake" in english)


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
