"""No page is born open: each address says who may open it."""

from __future__ import annotations

from django.urls import get_resolver
from ninja import NinjaAPI

from ksbb.api.door import opened
from ksbb.api.v1 import api
from ksbb.web.access import PUBLIC, access_of, public
from tests.architecture.addresses import views


def test_every_address_says_who_may_open_it() -> None:
    forgotten = [
        address for address, view in views(get_resolver().url_patterns) if not access_of(view)
    ]

    assert forgotten == []


def test_every_operation_of_the_api_says_who_may_call_it() -> None:
    operations = [
        operation
        for path_view in api.default_router.path_operations.values()
        for operation in path_view.operations
    ]

    assert operations
    assert [one.path for one in operations if not access_of(one.view_func)] == []


def test_an_address_with_a_forgotten_operation_is_not_open() -> None:
    forgetful, careful = NinjaAPI(), NinjaAPI()
    forgetful.get("/x")(lambda request: {})  # noqa: ARG005 - what an operation looks like
    careful.get("/x")(public(lambda request: {}))  # noqa: ARG005 - as above

    marks = [
        access_of(opened(one.get_view(), one))
        for made in (forgetful, careful)
        for one in made.default_router.path_operations.values()
    ]

    assert marks == [None, PUBLIC]


def test_pages_of_officers_are_never_public() -> None:
    public = [
        address for address, view in views(get_resolver().url_patterns) if access_of(view) == PUBLIC
    ]

    assert [address for address in public if address.startswith("pokja/")] == []
