"""One person's data is handed out and erased, and the book stays as it is."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from pytest_django import Settings

from ksbb.accounts.models import User
from ksbb.audit.models import Entry
from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.commitments.models import Movement
from ksbb.needs.models import TargetContact
from ksbb.privacy.register import REGISTER
from ksbb.reports.integrity import differences
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.accounts import make_admin, make_pokja, make_user
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import NOON, make_commitment
from tests.factories.needs import make_contact, make_need

pytestmark = pytest.mark.django_db

SITI = "siti.contoh@example.org"
PHONE = "0812-000-111"


@pytest.fixture(autouse=True)
def _at_noon(settings: Settings) -> None:
    settings.KSBB_CLOCK = NOON.isoformat()


@pytest.fixture
def admin() -> Officer:
    return Officer(make_admin())


@pytest.fixture
def giver() -> Collaborator:
    """Return a person who gives, has an account, and has promised 40."""
    made = make_collaborator("Siti Contoh", kind=Kind.INDIVIDUAL)
    CollaboratorContact.objects.update_or_create(
        collaborator=made, defaults={"name": "Siti Contoh", "email": SITI, "phone": PHONE}
    )
    make_membership(user=make_user(SITI), collaborator=made)
    need = make_need(100)
    make_contact(need.target)
    make_commitment({need: 40}, collaborator=made)
    return made


def erase(admin: Officer, who: str, reason: str = "Surat 12/2020") -> int:
    page = "data-pribadi/orang/"
    typed = admin.form(page) | {"siapa": who, "alasan": reason}
    return admin.post(f"{page}hapus/", typed).status_code


def said_anywhere() -> str:
    """Return every text the tables hold."""
    rows = [
        list(model._base_manager.values_list())  # noqa: SLF001 - public
        for model in apps.get_models()
        if model._meta.app_label not in {"sessions", "contenttypes"}
    ]
    return str(rows)


def test_what_is_kept_is_found_and_each_look_is_on_record(
    giver: Collaborator, admin: Officer
) -> None:
    page = words(admin.send("data-pribadi/orang/", siapa=f" {SITI.upper()}"))

    assert f"Contact of a giver: {giver.name}" in page
    assert set(
        Entry.objects.filter(action="privacy.look").values_list("object_type", flat=True)
    ) == {
        "accounts.user",
        "collaborators.collaboratorcontact",
    }
    assert "Personal data looked up" in words(admin.open("data-pribadi/dilihat/"))


@pytest.mark.usefixtures("giver")
def test_it_is_handed_out_as_a_file(admin: Officer) -> None:
    answer = admin.send("data-pribadi/orang/", siapa="+62 812 000 111", unduh="1")

    given = json.loads(answer.content)
    assert [one["name"] for one in given["contact_of_givers"]] == ["Siti Contoh"]
    assert [one["name"] for one in given["contact_of_places"]] == ["Contoh Ketua"]


def test_nothing_says_any_more_who_it_was_and_the_book_agrees(
    giver: Collaborator, admin: Officer
) -> None:
    before = list(Movement.objects.order_by("pk").values_list())

    assert erase(admin, SITI) == 302

    kept = said_anywhere()
    assert [word for word in ("Siti", "siti", PHONE) if word in kept] == []
    assert list(Movement.objects.order_by("pk").values_list()) == before
    assert differences() == []
    giver.refresh_from_db()
    assert (giver.name, giver.is_anonymous) == (f"Perorangan {giver.pk}", True)
    assert User.objects.filter(email__endswith="@dihapus.invalid", is_active=False).count() == 1
    assert Entry.objects.filter(action="privacy.erase", reason="Surat 12/2020").count() == 2


@pytest.mark.usefixtures("giver")
def test_a_place_loses_its_contact_by_phone(admin: Officer) -> None:
    assert erase(admin, "0812 000 111") == 302

    assert TargetContact.objects.count() == 0


@pytest.mark.usefixtures("giver")
def test_nothing_is_erased_without_a_reason(admin: Officer) -> None:
    assert erase(admin, SITI, "") == 422
    assert User.objects.filter(email=SITI).exists()


def test_who_decides_for_the_city_is_not_erased_before_the_role_ends(admin: Officer) -> None:
    make_pokja("sari@example.org")

    assert erase(admin, "sari@example.org") == 409
    assert User.objects.filter(email="sari@example.org").exists()


@pytest.mark.parametrize("who", ["tidak-ada@example.org", "0899", "%", "' OR 1=1 --"])
def test_what_is_not_kept_is_said(who: str, admin: Officer) -> None:
    answer = admin.send("data-pribadi/orang/", siapa=who)

    assert answer.status_code == 409
    assert complaint(answer) == ["Nothing is kept under this address or phone."]


def test_the_command_does_both(giver: Collaborator, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("personal_data", SITI)
    given = json.loads(capsys.readouterr().out)
    call_command("personal_data", SITI, erase=True, reason="Surat 12/2020")

    assert given["account"]["acts_for"] == [giver.name]
    assert User.objects.filter(email=SITI).count() == 0
    assert Entry.objects.filter(channel="COMMAND").count() == 4


def test_the_register_names_every_table_with_people_in_it() -> None:
    registered = {table for purpose in REGISTER for table in purpose.tables}
    telling = ("phone", "ip", "user_agent", "email")
    found = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, models.EmailField) or field.name in telling
    }

    # The library's own tables for addresses stay empty: an account has its one address itself.
    assert found - {"account.EmailAddress"} <= registered
