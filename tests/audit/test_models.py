from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from ksbb.accounts.models import User
from ksbb.audit.actions.record import record
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.audit.queries import Request
from tests.factories.accounts import make_pokja
from tests.factories.commitments import NOON
from tests.factories.needs import make_target

pytestmark = pytest.mark.django_db


def write(*, key: str = "") -> Entry:
    actor = Actor(user=make_pokja(), channel=Channel.WEB)
    request = Request(key=key, fingerprint="satu")
    return record(action="tests.write", obj=make_target(), actor=actor, now=NOON, request=request)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'lain'",
        "UPDATE audit_entry SET actor_id = NULL",
        "DELETE FROM audit_entry",
    ],
)
def test_an_audit_row_is_never_changed_or_deleted(statement: str) -> None:
    write()
    before = list(Entry.objects.values())

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert list(Entry.objects.values()) == before


def test_one_key_stands_in_one_row() -> None:
    write(key="klik")

    with pytest.raises(IntegrityError), transaction.atomic():
        write(key="klik")


def test_who_has_acted_cannot_be_deleted() -> None:
    write()

    with pytest.raises(ProtectedError):
        User.objects.get().delete()
