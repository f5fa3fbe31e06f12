from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from ksbb.audit.models import Entry
from ksbb.audit.queries import ChangedMeanwhileError, KeyReusedError, newest_entry_id
from ksbb.needs.actions.change_contact import ContactRefusedError, Person, change_contact
from ksbb.needs.models import Target, TargetContact
from tests.factories.commitments import DESK, NOON
from tests.factories.needs import make_contact, make_target

pytestmark = pytest.mark.django_db

SITI = Person(role="Ketua RW", name="Siti Contoh", phone="0812000222")


def change(
    target: Target, person: Person = SITI, *, seen: int | None = None, key: str = ""
) -> None:
    change_contact(
        target_id=target.pk, person=person, actor=DESK, now=NOON, seen=seen, idempotency_key=key
    )


def standing() -> list[Any]:
    return list(TargetContact.objects.values_list("role", "name", "phone"))


def test_a_place_without_a_contact_gets_one() -> None:
    target = make_target()

    change(target)

    assert standing() == [("Ketua RW", "Siti Contoh", "0812000222")]
    entry = Entry.objects.get()
    assert (entry.action, entry.object_id) == ("needs.enter_contact", str(target.pk))


def test_a_new_contact_takes_the_place_of_the_old_one() -> None:
    target = make_contact().target

    change(target)

    assert standing() == [("Ketua RW", "Siti Contoh", "0812000222")]
    assert Entry.objects.get().action == "needs.change_contact"


def test_the_audit_row_keeps_nothing_of_the_old_and_the_new_person() -> None:
    old = make_contact()

    change(old.target, key="klik")

    row = str(Entry.objects.values())
    assert [word in row for word in (old.name, old.phone, SITI.name, SITI.phone)] == [False] * 4


def test_the_digest_in_the_audit_row_cannot_be_guessed_without_our_secret(
    settings: Settings,
) -> None:
    target = make_target()
    change(target, key="klik")
    settings.SECRET_KEY = "another" * 10

    with pytest.raises(KeyReusedError):
        change(target, key="klik")


@pytest.mark.parametrize("lacking", ["role", "name", "phone"])
def test_a_contact_that_lacks_something_is_refused(lacking: str) -> None:
    target = make_target()

    with pytest.raises(ContactRefusedError):
        change(target, Person(**vars(SITI) | {lacking: " "}))

    assert (standing(), Entry.objects.count()) == ([], 0)


def test_what_stands_already_is_no_change() -> None:
    target = make_target()
    change(target)

    with pytest.raises(ContactRefusedError):
        change(target)

    assert Entry.objects.count() == 1


def test_the_same_change_sent_twice_acts_once() -> None:
    target = make_target()

    for _ in range(2):
        change(target, key="klik")

    assert Entry.objects.count() == 1
    with pytest.raises(KeyReusedError):
        change(target, Person(role="Ketua RW", name="Lain", phone="0812000333"), key="klik")


def test_whoever_saw_an_older_state_changes_nothing() -> None:
    target = make_target()
    seen = newest_entry_id(target)
    change(target, seen=seen)

    with pytest.raises(ChangedMeanwhileError):
        change(target, Person(role="Bendahara", name="Lain", phone="0812000333"), seen=seen)

    assert standing() == [("Ketua RW", "Siti Contoh", "0812000222")]
