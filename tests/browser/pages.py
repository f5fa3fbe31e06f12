"""What every page promises in a language: no barriers, no sideways scrolling, a title of its own.

A language is looked at by one process, the other by another: see test_pages_in_….py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import ClassVar

import pytest

from tests.browser.showroom import Showroom
from tests.browser.sights import SIGHTS, Sight
from tests.browser.survey import Survey, survey

Look = Callable[[Sight], Survey]

EVERYWHERE = pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: sight.name)
MISTAKE_ELSEWHERE = {"id": "Mistake", "en": "Perlu diperbaiki"}
"""How the title of a page with a mistake on it begins in the other language."""


class EveryPage:
    """The promises; whoever inherits them says for which language."""

    language: ClassVar[str]

    @pytest.fixture(scope="class")
    @classmethod
    def look(cls, showroom: Showroom) -> Look:
        """Return a survey of a sight; each is made once."""

        @cache
        def looked_at(sight: Sight) -> Survey:
            return survey(*showroom.show(sight, cls.language), showroom.complaints)

        return looked_at

    @EVERYWHERE
    def test_a_page_has_no_barrier_at_any_width(self, sight: Sight, look: Look) -> None:
        seen = look(sight)

        assert (seen.status, seen.language) == (sight.status, self.language)
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
    def test_a_title_is_in_the_language_of_the_page(self, sight: Sight, look: Look) -> None:
        title = look(sight).title

        assert title.endswith("KSBB")
        assert MISTAKE_ELSEWHERE[self.language] not in title

    def test_no_two_pages_have_the_same_title(self, look: Look) -> None:
        found = [sight for sight in SIGHTS if sight.status == 200 and not sight.act]

        # One page looks different to two readers; it is one page all the same.
        titles = Counter({sight.address: look(sight).title for sight in found}.values())

        assert [title for title, count in titles.items() if count > 1] == []
