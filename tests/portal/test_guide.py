from __future__ import annotations

from django.test import Client

from tests.factories.programmes import make_aid_type
from tests.portal.giving import text_of


def test_the_guide_explains_with_the_programme_s_own_numbers(client: Client) -> None:
    make_aid_type(contents_en="Rice 5 kg, oil 2 l")

    page = text_of(client.get("/en/panduan/"))

    assert "Rice 5 kg, oil 2 l" in page
    assert "About IDR 200,000 each." in page
    assert "Call within 48 hours" in page
