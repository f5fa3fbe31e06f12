from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ksbb.accounts.models import User
from tests.factories.accounts import make_admin, make_pokja

pytestmark = pytest.mark.django_db

NEW = {
    "email": "Sari@Example.org",
    "name": "Sari",
    "role": "POKJA",
    "usable_password": "true",
    "password1": "kata-sandi-panjang-1441",
    "password2": "kata-sandi-panjang-1441",
}


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_admin("admin@example.org"))
    return client


def test_an_account_made_there_can_be_logged_into_whatever_its_address_was_typed_like(
    admin: Client,
) -> None:
    admin.post(reverse("admin:accounts_user_add"), NEW)

    assert User.objects.get(name="Sari").email == "sari@example.org"
    assert Client().login(username="Sari@Example.org", password=NEW["password1"])


def test_an_address_in_use_is_refused_with_a_sentence(admin: Client) -> None:
    answer = admin.post(reverse("admin:accounts_user_add"), NEW | {"email": "ADMIN@example.org"})

    assert answer.status_code == 200
    assert "email" in answer.context["adminform"].form.errors
    assert User.objects.count() == 1


def test_the_working_group_does_not_open_the_administration_pages(client: Client) -> None:
    client.force_login(make_pokja())

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302
