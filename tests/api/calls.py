"""Asking the API, and reading what it says."""

from __future__ import annotations

from typing import Any

from django.test import Client

ROOT = "/api/v1/"


def ask(address: str, **headers: str) -> Any:
    """Return the whole answer."""
    return Client().get(ROOT + address, headers=headers)


def read(address: str) -> Any:
    """Return the data of an answer that is right."""
    answer = ask(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        200,
        "application/json; charset=utf-8",
    )
    return answer.json()


def walk(address: str) -> list[list[Any]]:
    """Return the items of every page, page by page."""
    pages = []
    following: str | None = ROOT + address
    while following:
        data = read(following.removeprefix(ROOT))
        pages.append(data["items"])
        following = data["next"]
    return pages
