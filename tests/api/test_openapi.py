"""The description says what the answers are, and strangers' calls prove it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import given, settings
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target

PATHS = [
    "/api/v1/collaborators",
    "/api/v1/donations",
    "/api/v1/figures",
    "/api/v1/needs",
    "/api/v1/programmes",
    "/api/v1/programmes/{slug}",
    "/api/v1/proposals",
    "/api/v1/purchases",
    "/api/v1/regions",
    "/api/v1/regions/{code}",
    "/api/v1/targets",
    "/api/v1/targets/{code}",
]
METHODS = {"/api/v1/proposals": "POST"}


def test_the_description_is_openapi_3_1_and_names_every_address() -> None:
    schema = Client().get("/api/v1/openapi.json").json()

    assert schema["openapi"] == "3.1.0"
    assert sorted(schema["paths"]) == PATHS


def test_every_operation_declares_its_problems() -> None:
    schema = Client().get("/api/v1/openapi.json").json()

    for path, methods in schema["paths"].items():
        assert list(methods) == [METHODS.get(path, "GET").lower()]
        answers = next(iter(methods.values()))["responses"]
        assert sorted(answers) == ["200", "400", "404", "422", "429", "503"]
        for status in ("400", "404", "422", "503"):
            assert list(answers[status]["content"]) == ["application/problem+json"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_readable_description_loads_nothing_from_elsewhere(language: str) -> None:
    page = Client().get(f"/api/v1/docs?lang={language}")

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.content.decode()
    assert "//" not in page.content.decode().replace("</", "")


def test_the_readable_description_names_every_operation_and_every_field() -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    page = Client().get("/api/v1/docs").content.decode()

    operations = [(method, path) for path, one in schema["paths"].items() for method in one]
    named = [f"{method.upper()} {path}" for method, path in operations]
    fields = {
        field
        for shape in schema["components"]["schemas"].values()
        for field in shape.get("properties", {})
    }
    assert [name for name in named if f">{name}</h2>" not in page] == []
    assert {field for field in fields if f"<code>{field}</code>" not in page} == set()
    assert '<code translate="no">integer, ≥ 1, ≤ 1000, = 100</code>' in page


def test_the_root_leads_to_the_description() -> None:
    assert Client().get("/api/v1/").headers["Location"] == "/api/v1/docs"


@pytest.fixture
def described() -> Iterator[BaseSchema]:
    """Yield the description, read from the application itself, with a place behind it."""
    make_commitment({make_need(target=make_target(lat=-6.24, lon=106.78)): 40})
    # The connection is that of the test and outlives each request.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    # Not the server's own callable: it would give this whole process a pool of connections.
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", PATHS)
def test_whatever_a_stranger_asks_the_answer_is_one_that_is_described(
    described: BaseSchema, path: str, mode: GenerationMode
) -> None:
    cases = described[path][METHODS.get(path, "GET")].as_strategy(generation_mode=mode)

    @settings(max_examples=8, derandomize=True, deadline=None, database=None)
    @given(case=cases)
    def ask(case: Any) -> None:
        # A word can fit the description and still name nothing we know: that is refused.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()
