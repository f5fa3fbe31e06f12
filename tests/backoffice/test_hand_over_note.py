from __future__ import annotations

import re

import pytest
from django.test import Client

from ksbb.audit.models import Entry
from ksbb.deliveries.models import Delivery, ReceiptLink
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.deliveries import answer as confirm
from tests.factories.deliveries import bring, make_planned, plan_it
from tests.factories.needs import make_contact, make_need

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'value="(http://testserver/terima/[^"]+)"')


@pytest.fixture
def done() -> Delivery:
    """Return a recorded hand-over."""
    return bring(make_planned({make_need(100): 60}))


def page_of(delivery: Delivery) -> str:
    return f"penyaluran/{delivery.pk}/"


def test_the_link_is_shown_once_in_the_receivers_language_with_its_code(
    done: Delivery, sari: Officer
) -> None:
    answer = sari.send(f"{page_of(done)}tautan/", page=page_of(done))

    address = ADDRESS.findall(words(answer))[0]
    assert Client().get(address).status_code == 200
    assert 'src="data:image/svg+xml' in words(answer)
    assert answer.headers["Cache-Control"].split(", ").count("no-store") == 1
    assert Entry.objects.latest("pk").action == "deliveries.issue_link"
    assert ADDRESS.findall(words(sari.open(page_of(done)))) == []


def test_a_new_link_ends_the_one_before(done: Delivery, sari: Officer) -> None:
    first, second = (
        ADDRESS.findall(words(sari.send(f"{page_of(done)}tautan/", page=page_of(done))))[0]
        for _ in range(2)
    )

    assert [Client().get(address).status_code for address in (first, second)] == [410, 200]


def test_what_is_confirmed_gets_no_link(done: Delivery, sari: Officer) -> None:
    form = sari.form(page_of(done))
    confirm(done)
    links = ReceiptLink.objects.count()

    answer = sari.post(f"{page_of(done)}tautan/", form)

    assert (answer.status_code, ReceiptLink.objects.count()) == (409, links)
    assert complaint(answer) == [
        "A link can be made after the hand-over is recorded and until it is confirmed."
    ]


def test_the_note_names_what_and_where_and_no_person(sari: Officer) -> None:
    need = make_need(100)
    contact = make_contact(need.target)
    giver = make_collaborator("Orang Pribadi", is_anonymous=True)
    delivery = bring(plan_it(make_commitment({need: 60}, collaborator=giver)))

    page = words(sari.open(f"{page_of(delivery)}berita-acara/"))

    assert f"{delivery.handover_number}</span>" in page
    assert need.target.code in page
    assert [name in page for name in (contact.name, contact.phone, giver.name)] == [False] * 3


def test_a_planned_delivery_has_a_note_to_take_along(sari: Officer) -> None:
    delivery = make_planned({make_need(100): 60}).deliveries.get()

    page = words(sari.open(f"{page_of(delivery)}berita-acara/"))

    assert 'Planned: <strong class="number">60</strong>' in page
