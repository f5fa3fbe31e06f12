from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ksbb.audit.models import Entry
from tests.factories.accounts import make_admin
from tests.factories.commitments import make_commitment

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_admin())
    return client


def test_the_book_can_be_read_in_the_administration_pages(admin: Client) -> None:
    make_commitment()
    pages = ["audit_entry", "needs_need", "needs_needadjustment", "commitments_commitment"]

    answers = [admin.get(reverse(f"admin:{page}_changelist")).status_code for page in pages]

    assert answers == [200] * 4


@pytest.mark.parametrize(
    "table",
    [
        "audit_entry",
        "needs_need",
        "needs_needadjustment",
        "commitments_commitment",
        "commitments_movement",
    ],
)
def test_nothing_of_the_book_can_be_added_there(admin: Client, table: str) -> None:
    assert admin.get(reverse(f"admin:{table}_add")).status_code == 403


def test_nothing_of_the_book_can_be_changed_or_deleted_there(admin: Client) -> None:
    make_commitment()
    entry = Entry.objects.latest("pk")
    change = reverse("admin:audit_entry_change", args=[entry.pk])
    delete = reverse("admin:audit_entry_delete", args=[entry.pk])

    answers = [admin.post(change, {"reason": "lain"}), admin.post(delete, {"post": "yes"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Entry.objects.get(pk=entry.pk).reason == ""
