"""The whole audit on a page and as a file, and rows for what is changed on Django's own pages."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ksbb.audit.actions.record import record
from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from tests.backoffice.desk import Officer, words
from tests.factories.accounts import make_admin, make_user
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.needs import make_contact, make_need, make_target
from tests.factories.regions import make_region

pytestmark = pytest.mark.django_db


def lines(officer: Officer, query: str = "") -> list[list[str]]:
    answer = officer.open(f"jejak.csv{query}")
    text = b"".join(answer).decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text)))


def test_everything_is_listed_and_links_to_its_object(sari: Officer) -> None:
    commitment = make_commitment({make_need(100): 40})

    page = words(sari.open("jejak/"))

    assert "Commitment submitted" in page
    address = f"/en/pokja/jejak/commitments.commitment/{commitment.pk}/"
    assert f'<a href="{address}">commitment {commitment.code}</a>' in page


def test_an_object_without_a_name_is_known_by_what_it_belongs_to(sari: Officer) -> None:
    need = make_need(100)
    make_contact(need.target)
    record(action="needs.look_at_contact", obj=need.target.contact, actor=DESK, now=NOON)

    page = words(sari.open("jejak/"))

    assert f"need {need.target.name}, sembako (English), Phase 2" in page
    assert f"target contact {need.target.name}" in page


def test_the_audit_asks_the_database_as_often_for_many_objects_as_for_one(
    sari: Officer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        make_commitment({make_need(): number + 1})

    with django_assert_max_num_queries(10):
        sari.open("jejak/")


def test_what_was_done_to_a_region_has_its_page(sari: Officer) -> None:
    region = make_region("31.74.05.1002", "Pondok Pinang")
    Entry.objects.create(
        at=NOON,
        action="regions.load",
        object_type="regions.region",
        object_id=region.pk,
        channel=Channel.SYSTEM,
    )

    assert "/en/pokja/jejak/regions.region/31.74.05.1002/" in words(sari.open("jejak/"))
    assert "Pondok Pinang" in words(sari.open("jejak/regions.region/31.74.05.1002/"))


def test_what_is_about_no_table_is_listed_as_it_is_kept(sari: Officer) -> None:
    kept = {"at": NOON, "action": "lama.ubah", "object_id": "7", "channel": Channel.SYSTEM}
    Entry.objects.create(object_type="tanpatitik", **kept)
    Entry.objects.create(object_type="lama.hilang", **kept)

    page = words(sari.open("jejak/"))

    assert "lama.ubah: tanpatitik 7" in page
    assert "lama.hilang 7" in page
    assert "lama.hilang 7" in words(sari.open("jejak/lama.hilang/7/"))


def test_the_list_is_narrowed_by_days_and_words(sari: Officer) -> None:
    make_commitment({make_need(100): 40})

    assert "Commitment submitted" in words(sari.open("jejak/?dari=2020-05-01&q=submit"))
    assert "Nothing fits." in words(sari.open("jejak/?dari=2020-05-02"))
    assert "Nothing fits." in words(sari.open("jejak/?q=tidak-ada"))
    assert sari.open("jejak/?dari=kemarin").status_code == 400


def test_the_file_holds_every_row_and_no_formula(sari: Officer, budi: Officer) -> None:
    need = make_need(100)
    budi.send(f"kebutuhan/{need.pk}/", jumlah="90", alasan="=1+1")

    written = lines(sari)

    assert len(written) == Entry.objects.count() + 1
    newest = dict(zip(written[0], written[1], strict=True))
    assert (newest["actor"], newest["action"], newest["reason"], newest["changes"]) == (
        "budi@example.org",
        "needs.adjust",
        "'=1+1",
        '{"quantity": [100, 90]}',
    )
    assert len(lines(sari, "?q=needs.adjust")) == 2


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_admin("admin@example.org"))
    return client


def test_what_is_changed_on_the_administration_pages_is_on_record(admin: Client) -> None:
    place = make_target()
    address = reverse("admin:needs_target_change", args=[place.pk])
    form = admin.get(address).context["adminform"].form
    standing = {name: form[name].value() for name in form.fields}
    typed = {
        name: value for name, value in standing.items() if value is not None and value is not False
    }

    answer = admin.post(address, typed | {"name": "RW 9"})

    assert answer.status_code == 302, answer.context["errors"]
    entry = Entry.objects.get(action="admin.change")
    assert (entry.actor and entry.actor.email, entry.object_id) == (
        "admin@example.org",
        str(place.pk),
    )
    assert entry.changes == {"name": [place.name, "RW 9"]}


def test_of_people_the_record_keeps_only_that_something_changed(admin: Client) -> None:
    person = make_user("siti@example.org")
    address = reverse("admin:accounts_user_change", args=[person.pk])
    form = admin.get(address).context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields if name != "password"}
    typed = {name: value for name, value in typed.items() if value is not False}

    admin.post(address, typed | {"name": "Siti Contoh", "role": "POKJA"})

    entry = Entry.objects.get(action="admin.change")
    assert entry.changes == {"name": ["…", "……"], "role": ["", "POKJA"]}


def test_what_is_deleted_there_is_on_record(admin: Client) -> None:
    place = make_target()

    admin.post(reverse("admin:needs_target_delete", args=[place.pk]), {"post": "yes"})

    assert Entry.objects.get(action="admin.delete").object_id == str(place.pk)
