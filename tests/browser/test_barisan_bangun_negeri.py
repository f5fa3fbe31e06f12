"""The story of the founding press release, walked on phones, with JavaScript and without."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page, expect

from tests.browser import giving
from tests.browser.readers import Cast

KEBAYORAN_LAMA: Final = "31.74.05"


def test_six_hundred_packages_go_from_a_typing_error_to_the_word_of_the_rw(cast: Cast) -> None:
    giving.find_kebayoran_lama(cast.giver)
    place = giving.have_places_proposed(cast.giver, "600")
    before = standing(cast.neighbour, place)

    giving.answer(cast.giver)
    code = giving.send(cast.giver)
    giving.log_in(cast.officer)
    giving.verify(cast.officer)
    giving.accept_and_schedule(cast.officer, code)
    link = giving.hand_over(cast.officer)
    giving.confirm(cast.neighbour, link, "600")

    moved = {"Dikomitmenkan": 600, "Disalurkan": 600, "Diterima": 600, "Masih dibutuhkan": -600}
    assert [
        giving.change(earlier, now)
        for earlier, now in zip(before, standing(cast.neighbour, place), strict=True)
    ] == [moved, moved, moved | {"RW dibantu": 1}]
    cast.giver.reload()
    expect(cast.giver.get_by_text("selesai", exact=True)).to_be_visible()
    expect(cast.giver.get_by_text("Barisan Bangun Negeri")).to_be_visible()


def standing(page: Page, place: str) -> list[dict[str, int]]:
    """Return what the place, home and the table of achievement say of sembako now."""
    return [
        giving.figures_of_place(page, place),
        giving.figures_of_home(page),
        giving.figures_of_area(page, KEBAYORAN_LAMA),
    ]
