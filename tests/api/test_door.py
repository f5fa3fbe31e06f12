"""What all operations share: tags, languages, problems, methods, headers."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from ksbb.programmes.models import Programme
from tests.api.calls import ROOT, ask, read
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need

LISTS = ["programmes", "regions", "targets", "needs", "figures", "collaborators"]


def problem(answer: Any, status: int) -> dict[str, Any]:
    """Return the problem of an answer, after a look at its head."""
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["status"] == status
    return said


@pytest.mark.parametrize("name", LISTS)
def test_data_that_has_not_changed_is_not_sent_again(name: str, settings: Settings) -> None:
    make_need()
    tag = ask(name).headers["ETag"]
    settings.KSBB_CLOCK = "2020-05-01T12:05:00+07:00"

    again = ask(name, if_none_match=tag)

    assert (again.status_code, again.content) == (304, b"")


def test_data_that_has_changed_has_another_tag() -> None:
    need = make_need()
    tag = ask("needs").headers["ETag"]
    make_commitment({need: 1})

    assert ask("needs", if_none_match=tag).status_code == 200


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("needs?fase=9", {}, "id"),
        ("needs?fase=9", {"accept_language": "en"}, "en"),
        ("needs?fase=9", {"accept_language": "de, en;q=0.5"}, "en"),
        ("needs?fase=9&lang=en", {"accept_language": "id"}, "en"),
        ("needs?fase=9&lang=id", {"accept_language": "en"}, "id"),
    ],
)
def test_a_problem_is_told_in_the_language_of_the_caller(
    address: str, headers: dict[str, str], language: str
) -> None:
    sentences = {
        "id": "“9” tidak ada dalam daftar ini. Pilih lagi.",
        "en": "“9” is not in this list. Choose again.",
    }

    answer = ask(address, **headers)

    said = problem(answer, 422)
    assert said["errors"] == [{"name": "fase", "detail": sentences[language]}]
    assert said["type"] == "urn:ksbb:problem:invalid-parameters"
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("needs?fase=abc", "fase"),
        ("needs?wilayah=32", "wilayah"),
        ("needs?wilayah=31.74%27--", "wilayah"),
        ("needs?bantuan=uang", "bantuan"),
        ("needs?urut=acak", "urut"),
        ("needs?urut=dekat", "dekat"),
        ("needs?dekat=entah", "dekat"),
        ("needs?limit=0", "limit"),
        ("needs?limit=100000", "limit"),
        ("needs?limit=NaN", "limit"),
        ("needs?cursor=x", "cursor"),
        ("needs?cursor=" + "A" * 900, "cursor"),
        ("needs?q=" + "a" * 10_000, "q"),
        ("needs?wilyah=31", "wilyah"),
        ("targets?jenis=sekolah", "jenis"),
        ("targets?programme=tidak-ada", "programme"),
        ("regions?level=PLANET", "level"),
        ("regions?postal_code=1", "postal_code"),
        ("figures?as_of=kemarin", "as_of"),
        ("figures?as_of=2021-01-01", "as_of"),
        ("collaborators?lang=jv", "lang"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_parameter_that_cannot_be_used_is_named(address: str, name: str, language: str) -> None:
    make_need()

    said = problem(ask(address, accept_language=language), 422)

    assert [one["name"] for one in said["errors"]] == [name]
    assert said["errors"][0]["detail"]


def test_a_cursor_of_another_order_or_with_other_values_is_refused() -> None:
    for _ in range(3):
        make_need()
    following = read("needs?limit=1")["next"].removeprefix(ROOT)
    forged = [["-open,pk", "x", "y"], ["-open,pk", 1], ["-open,pk", [], {}], {}, 7]

    problem(ask(f"{following}&urut=nama"), 422)
    for made_up in forged:
        cursor = urlsafe_b64encode(json.dumps(made_up).encode()).decode()
        problem(ask(f"needs?cursor={cursor}"), 422)


@pytest.mark.parametrize("address", ["tidak-ada", "targets/x", "regions/99", "programmes/x"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_not_there_is_a_problem_and_no_page(address: str, language: str) -> None:
    answer = ask(address, accept_language=language)

    said = problem(answer, 404)

    assert said["type"] == "urn:ksbb:problem:not-found"
    assert answer.headers["Content-Language"] == language


def test_a_text_with_a_nul_is_a_problem_too() -> None:
    assert problem(ask("needs?q=a%00b"), 400)["type"] == "urn:ksbb:problem:bad-request"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", LISTS)
def test_an_operation_only_reads(client: Client, name: str, method: str) -> None:
    answer = client.generic(method.upper(), ROOT + name)

    problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("name", LISTS)
def test_a_head_is_a_get_without_its_body(client: Client, name: str) -> None:
    got, head = client.get(ROOT + name), client.head(ROOT + name)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == got.headers["ETag"]


def test_any_site_may_read_and_nothing_is_set_in_its_browser() -> None:
    make_need()
    answer = ask("needs")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not answer.cookies


def test_a_busy_database_is_a_problem_that_says_when_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def busy(*_: object) -> None:
        message = "database is locked"
        raise OperationalError(message)

    monkeypatch.setattr("ksbb.api.views.needs.find", busy)
    make_need()

    answer = ask("needs")

    assert problem(answer, 503)["type"] == "urn:ksbb:problem:service-unavailable"
    assert answer.headers["Retry-After"] == "5"


def test_a_fault_of_ours_is_a_problem_without_its_reason(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        message = "secret"
        raise RuntimeError(message)

    monkeypatch.setattr("ksbb.api.views.needs.find", fail)
    client.raise_request_exception = False
    make_need()

    answer = client.get(f"{ROOT}needs")

    assert problem(answer, 500)["type"] == "urn:ksbb:problem:internal-server-error"
    assert "secret" not in answer.content.decode()


def test_without_a_programme_there_is_nothing_to_tell() -> None:
    Programme.objects.update(state="DRAFT")

    assert [one["name"] for one in problem(ask("needs"), 422)["errors"]] == ["programme"]
