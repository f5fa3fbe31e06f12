from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_small_letters_without_spaces() -> None:
    assert make_user(" Sari@Example.ORG ").email == "sari@example.org"


@pytest.mark.parametrize("typed", ["sari@example.org", "SARI@example.org", " Sari@Example.ORG "])
def test_somebody_logs_in_however_the_address_is_typed(typed: str) -> None:
    user = make_user("sari@example.org")

    assert authenticate(username=typed, password=PASSWORD) == user


def test_two_accounts_never_have_one_address() -> None:
    make_user("sari@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_user("Sari@example.org")


def test_an_account_without_a_password_cannot_be_logged_into() -> None:
    user = User.objects.create_user("sari@example.org")

    assert not user.has_usable_password()
    assert authenticate(username="sari@example.org", password="") is None


def test_createsuperuser_makes_an_administrator() -> None:
    user = User.objects.create_superuser("sari@example.org", PASSWORD)

    assert (user.role, user.is_staff, user.is_superuser) == (Role.ADMIN, True, True)


def test_a_person_is_shown_by_name_where_there_is_one() -> None:
    assert [str(User(email="a@b.id")), str(User(email="a@b.id", name="Sari"))] == ["a@b.id", "Sari"]
