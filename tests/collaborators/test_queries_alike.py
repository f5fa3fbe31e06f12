"""Who may be one and the same is pointed out, and nobody's contact is shown by it."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.collaborators.queries_alike import Alike, look_alikes
from tests.factories.collaborators import make_collaborator

pytestmark = pytest.mark.django_db


def reached(name: str, *, email: str = "", phone: str = "", **fields: Any) -> Collaborator:
    """Return a collaborator that waits, with this contact."""
    found = make_collaborator(name, **{"verification": Verification.PENDING} | fields)
    found.contact.email, found.contact.phone = email, phone
    found.contact.save()
    return found


def shared(one: Collaborator) -> dict[str, list[Alike]]:
    """Return what others share with one, by their names."""
    return {found.other.name: found.shared for found in look_alikes([one])[one.pk]}


def test_the_same_name_is_seen_in_any_case_and_with_any_form_of_company() -> None:
    reached("PT CONTOH JAYA", email="a@example.org")
    asked = reached("Contoh Jaya, CV", email="b@example.org")
    reached("Contoh Jaya Abadi", email="c@example.org")

    assert shared(asked) == {"PT CONTOH JAYA": [Alike.NAME]}


def test_a_phone_and_an_address_are_seen_however_they_were_typed() -> None:
    reached("Satu", phone="+62 812-0000-1111", email="sama@example.org")
    asked = reached("Dua", phone="0812 0000 1111", email="SAMA@example.org")
    reached("Tiga", phone="0812 0000 2222", email="lain@example.org")

    assert shared(asked) == {"Satu": [Alike.PHONE, Alike.EMAIL]}


def test_who_was_refused_resembles_nobody_any_more() -> None:
    reached("Kembar", phone="0812", verification=Verification.REFUSED)
    asked = reached("Kembar", phone="0812")

    assert shared(asked) == {}


def test_many_are_compared_with_as_few_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    asked = [reached(f"Nomor {number}", phone=f"0812{number // 2}") for number in range(5)]

    with django_assert_num_queries(3):
        look_alikes(asked)
