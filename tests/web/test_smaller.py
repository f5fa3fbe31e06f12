from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

SHEET = "/static/web/base.css"
ZIPS = {"accept-encoding": "gzip"}


def content(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


@pytest.mark.parametrize("file", [SHEET, "/static/web/ksbb.js", "/static/web/logo.svg"])
def test_what_is_written_goes_out_compressed(file: str, client: Client) -> None:
    plain, small = client.get(file), client.get(file, headers=ZIPS)

    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(content(small)) == content(plain)
    assert small.headers["Content-Type"] == plain.headers["Content-Type"]
    assert "Accept-Encoding" in small.headers["Vary"]
    assert int(small.headers["Content-Length"]) == len(content(small))


def test_a_picture_of_pixels_stays_as_it_is(client: Client) -> None:
    answer = client.get("/static/web/icon-192.png", headers=ZIPS)

    assert "Content-Encoding" not in answer.headers
    assert content(answer).startswith(b"\x89PNG")


def test_a_part_of_a_file_stays_as_it_is(client: Client) -> None:
    answer = client.get(SHEET, headers=ZIPS | {"range": "bytes=0-9"})

    assert (answer.status_code, len(content(answer))) == (206, 10)


def test_a_file_the_browser_has_is_not_sent_again(client: Client) -> None:
    first = client.get(SHEET, headers=ZIPS)

    again = client.get(SHEET, headers=ZIPS | {"if-modified-since": first.headers["Last-Modified"]})

    assert (again.status_code, content(again)) == (304, b"")
