"""Every page speaks one language: that of its address, whatever the phone would like."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import get_resolver

from ksbb.web.access import PUBLIC, access_of
from tests.architecture.addresses import views
from tests.browser.english import CATALOGUE, PLACEHOLDER, english_in
from tests.doors.conftest import World
from tests.doors.test_privacy import addresses, fill
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db

SPOKEN: Final = {"alt", "aria-label", "placeholder", "title", "content", "label"}
SHORTEST: Final = 4
"""Shorter words, such as “dan”, may stand in a name."""

NAMES: Final = {"Pokja"}
"""What is called so in both languages."""


class Words(HTMLParser):
    """Collects what a page says: its text, and what is read aloud or shown on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._silent = 0
        self._foreign = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        # Names in code are what programs read, whatever language people speak.
        self._silent += tag in {"script", "style", "code"}
        # The link to the other language is written in that one, and the API is told in English.
        if tag in {"a", "p", "span"} and "lang" in named:
            self._foreign = tag
        self.lines += [str(value) for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "code"}
        if tag == self._foreign:
            self._foreign = ""

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._foreign and data.strip():
            self.lines.append(" ".join(data.split()))


def test_an_english_page_has_no_indonesian_sentence(
    world: World, client: Client, officer: Client
) -> None:
    found = [
        (address, line)
        for address, lines in spoken("/en/", world, client, officer)
        for line in lines
        if line in indonesian()
    ]

    assert found == []


def test_an_indonesian_page_has_no_english_sentence(
    world: World, client: Client, officer: Client
) -> None:
    found = [
        (address, line)
        for address, lines in spoken("/", world, client, officer)
        for line in english_in(lines)
    ]

    assert found == []


@pytest.mark.parametrize("wanted", ["en", "en-US,en;q=0.9", "zh-CN", "*", "id;q=0,en"])
def test_the_address_and_not_the_phone_says_the_language(
    wanted: str, world: World, client: Client
) -> None:
    page = client.get(world.address("/sasaran/{target}/"), headers={"accept-language": wanted})
    english = client.get(world.address("/en/sasaran/{target}/"), headers={"accept-language": "id"})

    assert '<html lang="id">' in page.content.decode()
    assert '<html lang="en">' in english.content.decode()


@pytest.mark.usefixtures("world")
def test_numbers_and_moments_are_written_as_the_language_does(client: Client) -> None:
    need = make_need(12_345)
    make_commitment({need: 1_234})

    indonesian_page = client.get(f"/sasaran/{need.target.code}/").content.decode()
    english_page = client.get(f"/en/sasaran/{need.target.code}/").content.decode()

    assert "12.345" in indonesian_page
    assert "12,345" in english_page
    assert "Keadaan per 1 Mei 2020 pukul 12.00 WIB" in indonesian_page
    assert "As of 1 May 2020 at 12:00 WIB" in english_page


def spoken(
    prefix: str, world: World, client: Client, officer: Client
) -> list[tuple[str, list[str]]]:
    """Return what each page says, those of everybody and those of the desk."""
    public = [one for one in addresses(world) if one.startswith("/en/") == (prefix == "/en/")]
    desk = [
        f"{prefix}{one}"
        for address, view in views(get_resolver().url_patterns)
        if access_of(view) not in {None, PUBLIC}
        for one in fill(address, world)
    ]
    asked = [(client, one) for one in public] + [(officer, one) for one in desk]
    pages = [(address, words_of(reader.get(address))) for reader, address in asked]
    return [(address, lines_of(page)) for address, page in pages if page]


def words_of(answer: Any) -> str:
    """Return the text of a page, "" for a file."""
    if answer.streaming:
        # What was opened for it is closed at its end.
        list(answer)
        return ""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.content.decode() if is_page else ""


def lines_of(page: str) -> list[str]:
    words = Words()
    words.feed(page)
    return words.lines


@cache
def indonesian() -> frozenset[str]:
    """Return the whole sentences of the catalogue which are Indonesian only."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="id") if message.id]
    texts = [(_forms(message.id), _forms(message.string)) for message in messages]
    english = {" ".join(form.split()) for source, _ in texts for form in source}
    own = {" ".join(form.split()) for _, translated in texts for form in translated}
    return frozenset(
        one for one in own - english - NAMES if len(one) >= SHORTEST and not PLACEHOLDER.search(one)
    )


def _forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(one) for one in text or ()]  # type: ignore[attr-defined]
