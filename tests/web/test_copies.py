"""Copies of public pages: never old, never private, never of another address or language."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ksbb.needs.models import Need, Target
from ksbb.portal.views import guide
from tests.factories.accounts import make_pokja
from tests.factories.commitments import NOON, make_commitment
from tests.factories.needs import make_need
from tests.factories.programmes import make_kind, make_programme

pytestmark = pytest.mark.django_db

PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-cache"


@pytest.fixture(autouse=True)
def need(settings: Settings) -> Need:
    """Return an open need of 100, with a server that keeps copies."""
    settings.PAGE_COPIES_BYTES = 4_000_000
    settings.KSBB_CLOCK = NOON.isoformat()
    make_programme().target_kinds.set([make_kind()])
    return make_need(100)


def place(need: Need) -> str:
    return f"/sasaran/{need.target.code}/"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def rename(need: Need, name: str) -> None:
    """Change what a page shows without any trace of it."""
    Target.objects.filter(pk=need.target_id).update(name=name)


def is_copy(client: Client, address: str, need: Need, **extra: Any) -> bool:
    """Tell whether an address that was opened before is answered with what was kept."""
    rename(need, "Sudah Lain Contoh")
    answer = client.get(address, **extra)
    rename(need, need.target.name)
    return "Sudah Lain Contoh" not in text(answer)


def test_a_page_is_made_once_and_sent_again(client: Client, need: Need) -> None:
    first = client.get(place(need))

    assert is_copy(client, place(need), need)
    assert text(client.get(place(need))) == text(first)


def test_a_copy_costs_one_question_to_the_database(
    client: Client, need: Need, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(place(need))

    with django_assert_num_queries(1):
        client.get(place(need))


def test_what_an_action_wrote_is_on_the_next_page(client: Client, need: Need) -> None:
    assert "kurang 100" in text(client.get("/sasaran/"))

    make_commitment({need: 40})

    assert "kurang 60" in text(client.get("/sasaran/"))


def test_what_an_administrator_changed_by_hand_is_on_the_next_page(
    client: Client, need: Need
) -> None:
    client.get(place(need))
    rename(need, "Nama Baru Contoh")
    LogEntry.objects.create(
        user=make_pokja(),
        content_type=ContentType.objects.get_for_model(Target),
        object_id=str(need.target_id),
        action_flag=CHANGE,
    )

    assert "Nama Baru Contoh" in text(client.get(place(need)))


def test_a_copy_does_not_outlive_its_time(client: Client, need: Need, settings: Settings) -> None:
    client.get(place(need))
    settings.PAGE_COPIES_SECONDS = -1

    assert not is_copy(client, place(need), need)


def test_whoever_is_logged_in_neither_leaves_nor_gets_a_copy(client: Client, need: Need) -> None:
    officer = Client()
    officer.force_login(make_pokja())

    seen = officer.get(place(need))
    visitor = client.get(place(need))

    assert "keluar/" in text(seen)
    assert "keluar/" not in text(visitor)
    assert "keluar/" in text(officer.get(place(need)))
    assert (seen.headers["Cache-Control"], visitor.headers["Cache-Control"]) == (PRIVATE, PUBLIC)


@pytest.mark.parametrize("cookie", ["sessionid", "messages", "django_language"])
def test_a_cookie_that_may_change_a_page_gets_a_page_of_its_own(
    cookie: str, client: Client, need: Need
) -> None:
    client.get(place(need))
    client.cookies[cookie] = "x"

    assert not is_copy(client, place(need), need)


def test_a_page_for_all_cannot_see_a_cookie(
    client: Client, need: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, str]] = []

    def spy(request: HttpRequest, name: str, context: object) -> HttpResponse:
        seen.append(dict(request.COOKIES))
        return HttpResponse(f"{name} {need.pk} {context is None}")

    monkeypatch.setattr(guide, "render", spy)
    client.cookies["csrftoken"] = "a" * 32
    client.cookies["lain"] = "rahasia"

    client.get("/panduan/")

    assert seen == [{}]


def test_a_page_with_a_form_that_sends_is_never_kept(client: Client, need: Need) -> None:
    address = f"/bantu/?sasaran={need.target.code}&bantuan=sembako&fase=2"

    first, second = client.get(address), Client().get(address)

    assert first.headers["Cache-Control"] == PRIVATE
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value


def test_a_view_that_says_it_is_for_all_and_sets_a_cookie_is_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def greet(request: HttpRequest, name: str, context: object) -> HttpResponse:
        del name, context
        request.session["mine"] = True
        return HttpResponse("only for you")

    monkeypatch.setattr(guide, "render", greet)

    assert client.get("/panduan/").headers["Cache-Control"] == PRIVATE
    assert Client().get("/panduan/").headers["Cache-Control"] == PRIVATE


@pytest.mark.parametrize(
    "address",
    ["/masuk/", "/komitmen/", "/pokja/", "/tidak-ada/", "/sasaran/?fase=99", "/sasaran/?lain=1"],
)
def test_nothing_else_is_kept(address: str, client: Client) -> None:
    assert client.get(address).headers["Cache-Control"] != PUBLIC


def test_a_post_is_never_answered_from_a_copy(client: Client, need: Need) -> None:
    client.get(place(need))

    assert client.post(place(need)).status_code == 405


def test_head_is_answered_like_get_without_the_text(client: Client, need: Need) -> None:
    asked = client.get(place(need))
    head = client.head(place(need))

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == asked.headers["ETag"]


def test_the_language_is_that_of_the_address_whatever_the_phone_says(client: Client) -> None:
    english = {"headers": {"accept-language": "en"}}

    first = client.get("/panduan/", headers={"accept-language": "en-US,en;q=0.9"})

    assert '<html lang="id">' in text(first)
    assert '<html lang="en">' in text(client.get("/en/panduan/"))
    assert '<html lang="id">' in text(client.get("/panduan/"))
    assert text(client.get("/panduan/", headers=english["headers"])) == text(first)


def test_an_unknown_parameter_changes_no_page_and_fills_no_memory(
    client: Client, need: Need
) -> None:
    client.get("/sasaran/?utm_source=jahat%22%3E")

    assert "jahat" not in text(client.get("/sasaran/"))
    assert not is_copy(client, "/sasaran/?utm_source=jahat%22%3E", need)


def test_other_words_or_another_order_are_another_page(client: Client, need: Need) -> None:
    one = client.get("/sasaran/?terbuka=1&urut=nama")
    other = client.get("/sasaran/?urut=nama&terbuka=1")
    twice = client.get("/sasaran/?urut=nama&urut=kurang")

    assert "terbuka=1&amp;urut=nama" in text(one)
    assert "urut=nama&amp;terbuka=1" in text(other)
    assert "urut=nama&amp;urut=kurang" in text(twice)
    assert is_copy(client, "/sasaran/?terbuka=1&urut=nama", need)


def test_a_long_query_is_answered_and_not_kept(client: Client) -> None:
    assert client.get(f"/sasaran/?q={'a' * 100}").headers["Cache-Control"] == PUBLIC
    assert client.get(f"/sasaran/?q=a&hal={'1' * 300}").headers["Cache-Control"] == PRIVATE


def test_another_host_gets_its_own_copy(client: Client, need: Need) -> None:
    client.get(place(need), headers={"host": "ksbb.example.org"})

    assert not is_copy(client, place(need), need, headers={"host": "lain.example.org"})


def test_what_somebody_types_pushes_no_plain_page_out(need: Need, settings: Settings) -> None:
    settings.PAGE_COPIES_BYTES = 100_000
    client = Client()
    client.get(place(need))

    for page in range(1, 30):
        client.get(f"/sasaran/?hal={page}")

    assert is_copy(client, place(need), need)
    assert not is_copy(client, "/sasaran/?hal=1", need)


def test_a_browser_that_has_the_page_is_told_so(client: Client, need: Need) -> None:
    page = client.get(place(need))

    again = client.get(place(need), headers={"if-none-match": page.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == page.headers["ETag"]


def test_after_a_write_the_same_tag_brings_the_new_page(client: Client, need: Need) -> None:
    page = client.get(place(need))
    make_commitment({need: 40})

    again = client.get(place(need), headers={"if-none-match": page.headers["ETag"]})

    assert again.status_code == 200
    assert again.headers["ETag"] != page.headers["ETag"]


def test_whoever_takes_it_compressed_gets_it_so(client: Client, need: Need) -> None:
    plain = client.get(place(need))
    small = client.get(place(need), headers={"accept-encoding": "gzip, br"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert int(small.headers["Content-Length"]) == len(small.content) < len(plain.content)
    assert plain.headers["Vary"] == small.headers["Vary"] == "Cookie, Accept-Encoding"
    assert "Content-Encoding" not in plain.headers


def test_a_copy_carries_every_header_of_the_page(client: Client, need: Need) -> None:
    first, second = client.get(place(need)), client.get(place(need))

    assert dict(first.headers) == dict(second.headers)
    assert "script-src 'self'" in second.headers["Content-Security-Policy"]
    assert second.headers["X-Frame-Options"] == "DENY"
