from __future__ import annotations

import pytest

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.needs.actions.look import look_at_contact
from tests.factories.accounts import make_pokja
from tests.factories.commitments import NOON
from tests.factories.needs import make_contact, make_target

pytestmark = pytest.mark.django_db


def test_every_look_at_the_contact_of_a_place_is_written_down() -> None:
    contact = make_contact()
    officer = Actor(user=make_pokja(), channel=Channel.WEB)

    looks = [
        look_at_contact(target_id=contact.target_id, actor=officer, now=NOON) for _ in range(2)
    ]

    assert looks == [contact, contact]
    assert (
        list(Entry.objects.values_list("action", "object_id", "actor", "at"))
        == [("needs.look_at_contact", str(contact.pk), officer.user and officer.user.pk, NOON)] * 2
    )


def test_the_audit_of_a_look_keeps_nothing_of_what_was_seen() -> None:
    contact = make_contact()

    look_at_contact(target_id=contact.target_id, actor=Actor(channel=Channel.WEB), now=NOON)

    assert contact.name not in str(Entry.objects.values())
    assert contact.phone not in str(Entry.objects.values())


def test_where_there_is_no_contact_nobody_has_looked() -> None:
    actor = Actor(channel=Channel.WEB)

    assert look_at_contact(target_id=make_target().pk, actor=actor, now=NOON) is None
    assert list(Entry.objects.all()) == []
