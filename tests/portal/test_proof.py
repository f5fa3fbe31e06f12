from __future__ import annotations

from datetime import timedelta

from django.test import Client

from ksbb.deliveries.actions.confirm import Answer, confirm
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.deliveries.enums import Condition
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import answer, bring, make_planned, plan_it
from tests.factories.needs import make_contact, make_need
from tests.portal.giving import text_of


def test_it_says_what_arrived_when_and_where(client: Client) -> None:
    need = make_need()
    commitment = make_planned({need: 40})
    answer(bring(commitment), now=NOON + timedelta(hours=1))

    page = text_of(client.get(f"/en/komitmen/{commitment.code}/terima-kasih/"))

    assert f">{need.target.name}</h2>" in page
    assert '<strong class="number">40</strong> received, good' in page
    assert "1 May 2020 at 13:00 WIB" in page
    assert "Everything was received" in page


def test_a_difference_is_shown_as_it_is(client: Client) -> None:
    commitment = make_planned({make_need(): 40})
    answer(bring(commitment), less=2)

    page = text_of(client.get(f"/en/komitmen/{commitment.code}/terima-kasih/"))

    assert "38</strong> received, good (40 recorded as handed over)" in page
    assert "Everything was received" not in page


def test_before_anything_is_confirmed_there_is_none(client: Client) -> None:
    commitment = make_planned({make_need(): 40})
    bring(commitment)
    address = f"/en/komitmen/{commitment.code}/"

    assert client.get(f"{address}terima-kasih/").status_code == 404
    assert "terima-kasih" not in text_of(client.get(address))
    assert client.get("/komitmen/AAAA-AAAA/terima-kasih/").status_code == 404


def test_it_carries_no_personal_data(client: Client) -> None:
    need = make_need()
    contact = make_contact(need.target)
    giver = make_collaborator("Keluarga Rahasia", is_anonymous=True)
    commitment = plan_it(make_commitment({need: 40}, collaborator=giver, remark="0811999"))
    delivery = bring(commitment)
    token = issue_link(delivery_id=delivery.pk, actor=DESK, now=NOON)
    said = {delivery.lines.get().pk: Answer(40, Condition.GOOD, "kepada Bu Rahasia")}
    confirm(token=token, answers=said, remark="dari Pak Rahasia", actor=DESK, now=NOON)

    page = text_of(client.get(f"/komitmen/{commitment.code}/terima-kasih/"))

    hidden = ["Rahasia", giver.contact.name, contact.name, contact.phone, "0811999"]
    assert [word for word in hidden if word in page] == []
