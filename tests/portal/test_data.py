"""The page of open data: what it lists is there, as large as it says, and named as it says."""

from __future__ import annotations

import csv
import re

import pytest
from django.test import Client

from ksbb.portal.exports.columns import COLUMNS, CONSTANT
from ksbb.portal.exports.weight import size_in_words
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase
from tests.portal.giving import text_of

DOWNLOADS = re.compile(r'<a download rel="nofollow" href="(/en/sasaran[^"]+)">about (\d+) (kB)')


def body(client: Client, address: str) -> bytes:
    response = client.get(address.replace("&amp;", "&"))
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_every_file_of_the_page_is_there_and_about_as_large_as_it_says(client: Client) -> None:
    for _ in range(150):
        make_need(100, target=make_target())

    found = DOWNLOADS.findall(text_of(client.get("/en/data/")))

    assert len(found) == 3
    for address, size, _unit in found:
        assert len(body(client, address)) / 1_000 == pytest.approx(int(size), rel=0.1, abs=1)


def test_every_column_and_its_hashtag_is_one_of_the_file(client: Client) -> None:
    make_need()
    page = text_of(client.get("/en/data/"))

    told = re.findall(r"<code[^>]*>([a-z_]+)</code></th>.*?<code[^>]*>(#[^<]+)</code>", page)

    names, hashtags, *_ = csv.reader(
        body(client, "/en/sasaran.csv").decode("utf-8-sig").split("\r\n")
    )
    assert told == list(zip(names, hashtags, strict=True))
    assert len(told) == len(COLUMNS) + len(CONSTANT)


def test_rows_of_the_book_and_the_api_are_listed_and_open(client: Client) -> None:
    make_need()
    page = client.get("/data/").content.decode()

    rows = re.findall(r'href="(/capaian/baris.csv[^"]+)"', page)
    assert len(rows) == 3
    assert [body(client, address)[:3] for address in rows] == [b"\xef\xbb\xbf"] * 3
    for address in re.findall(r'href="(/api/v1/[^"]+)"', page):
        assert client.get(address).status_code == 200


def test_licence_moment_and_citation_stand_on_the_page(client: Client) -> None:
    make_need()
    page = text_of(client.get("/en/data/"))

    assert 'href="https://spdx.org/licenses/CC-BY-4.0.html">CC-BY-4.0</a>' in page
    assert "as of 1 May 2020 at 12:00 WIB. http://testserver/en/data/ (CC-BY-4.0)" in page


def test_the_files_of_another_phase_are_listed_and_an_unknown_phase_is_a_clear_page(
    client: Client,
) -> None:
    make_need(phase=make_phase(number=2))

    assert "fase=2" in text_of(client.get("/data/?fase=2"))
    unknown = client.get("/en/data/?fase=9")
    assert unknown.status_code == 404
    assert "The programme has no phase “9”." in text_of(unknown)


def test_without_needs_the_page_says_so(client: Client) -> None:
    make_aid_type()

    page = text_of(client.get("/en/data/"))

    assert "No needs have been published yet." in page
    assert DOWNLOADS.findall(page) == []


@pytest.mark.parametrize(
    ("size", "text"), [(1, "1 kB"), (290_499, "290 kB"), (1_540_000, "1,5 MB"), (2_000_000, "2 MB")]
)
def test_a_size_is_told_as_phones_count_it(size: int, text: str) -> None:
    assert size_in_words(size, "id") == text
