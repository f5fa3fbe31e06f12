from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ksbb.accounts.models import User
from ksbb.web.access import PUBLIC, access_of, public, requires
from tests.factories.accounts import make_pokja, make_user

PERMISSION = "commitments.view_queue"


@requires(PERMISSION)
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"desk of {request.user}")


def asked_by(user: User | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/pokja/?hal=2")
    request.user = user
    return request


def test_a_view_says_who_may_open_it() -> None:
    page = public(lambda _request: HttpResponse())

    assert (access_of(page), access_of(desk)) == (PUBLIC, PERMISSION)
    assert access_of(lambda _request: HttpResponse()) is None


def test_a_guarded_view_keeps_its_name() -> None:
    assert desk.__name__ == "desk"


def test_a_visitor_is_sent_to_the_login_and_comes_back() -> None:
    response = desk(asked_by(AnonymousUser()))

    assert isinstance(response, HttpResponse)
    assert response.headers["Location"] == "/masuk/?next=/pokja/%3Fhal%3D2"


@pytest.mark.django_db
def test_who_has_the_permission_gets_the_page() -> None:
    response = desk(asked_by(make_pokja("pokja@example.org")))

    assert isinstance(response, HttpResponse)
    assert response.content == b"desk of pokja@example.org"


@pytest.mark.django_db
def test_who_has_it_not_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        desk(asked_by(make_user()))
