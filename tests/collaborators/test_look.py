from __future__ import annotations

import pytest

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.collaborators.actions.look import look_at_contact
from ksbb.collaborators.models import CollaboratorContact
from tests.factories.accounts import make_pokja
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import NOON

pytestmark = pytest.mark.django_db


def test_every_look_at_the_contact_of_a_collaborator_is_written_down() -> None:
    contact = make_collaborator().contact
    user = make_pokja()
    officer = Actor(user=user, channel=Channel.WEB)

    seen = look_at_contact(collaborator_id=contact.collaborator_id, actor=officer, now=NOON)

    assert seen == contact
    assert list(Entry.objects.values_list("action", "object_id", "actor", "at")) == [
        ("collaborators.look_at_contact", str(contact.pk), user.pk, NOON)
    ]
    assert contact.email not in str(Entry.objects.values())


def test_where_the_contact_was_erased_nobody_has_looked() -> None:
    collaborator = make_collaborator()
    CollaboratorContact.objects.all().delete()
    actor = Actor(channel=Channel.WEB)

    assert look_at_contact(collaborator_id=collaborator.pk, actor=actor, now=NOON) is None
    assert list(Entry.objects.all()) == []
