from __future__ import annotations

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from tests.factories.accounts import make_pokja, make_user

DESK = [
    "needs.adjust",
    "needs.verify_target",
    "needs.view_contact",
    "collaborators.verify",
    "collaborators.view_contact",
    "commitments.view_queue",
    "commitments.decide",
    "commitments.schedule",
    "commitments.cancel",
    "deliveries.record",
    "deliveries.correct",
    "programmes.view_desk",
]


EVERYBODY = {
    "pokja": User(role=Role.POKJA),
    "administrator": User(role=Role.ADMIN),
    "donor": User(role=Role.NONE),
    "staff without a role": User(role=Role.NONE, is_staff=True),
    "gone": User(role=Role.POKJA, is_active=False),
    "visitor": AnonymousUser(),
}


@pytest.mark.parametrize("permission", DESK)
def test_the_desk_is_open_to_the_working_group_alone(permission: str) -> None:
    admitted = [who for who, user in EVERYBODY.items() if rules.has_perm(permission, user)]

    assert admitted == ["pokja", "administrator"]


@pytest.mark.django_db
def test_permissions_are_asked_of_the_user() -> None:
    assert make_pokja().has_perm("commitments.decide")
    assert not make_user().has_perm("commitments.decide")
