"""Published plans for everybody, and what members of a giver see of theirs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ksbb.collaborators.models import Collaborator
from ksbb.needs.models import Need
from ksbb.plans.beside import Sums, reality, table_of
from ksbb.plans.models import Offer, PublishedPlan
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import make_commitment
from tests.factories.plans import A, make_city, make_offer_of, make_published
from tests.factories.programmes import make_aid_type, make_kind, make_phase, make_programme
from tests.portal.giving import text_of

pytestmark = pytest.mark.django_db

FILES = ("masukan.json", "hasil.json", "tempat.csv", "kiriman.csv")


@pytest.fixture(autouse=True)
def _first_of_may(settings: Any) -> None:
    settings.KSBB_CLOCK = "2020-05-01T12:00:00+07:00"
    make_programme().target_kinds.set([make_kind()])


@pytest.fixture
def giver() -> Collaborator:
    return make_collaborator("Rahasia Sekali", is_anonymous=True)


@pytest.fixture
def plan(giver: Collaborator) -> PublishedPlan:
    """Return a plan for two of four places, 50 each."""
    make_city()
    make_offer_of(100, collaborator=giver)
    return make_published()


def test_a_plan_stands_beside_what_came_of_it(plan: PublishedPlan, client: Client) -> None:
    rows = json.loads(plan.output)["places"]
    met, passed = (next(row[0] for row in rows if bool(row[2]) == planned) for planned in (1, 0))
    make_commitment({Need.objects.get(target__code=met): 40})
    make_commitment({Need.objects.get(target__code=passed): 10})

    page = text_of(client.get(f"/en/rencana/{plan.code}/"))
    asked, told = json.loads(plan.input), json.loads(plan.output)
    came = reality(plan, asked, told)

    assert "100 packages of 1 offer go to 2 places." in page
    assert came.by_place[met] == (40, 0, 0)
    # Of the 50 that were committed since, 10 went where the plan sends nothing.
    assert (came.committed["stacking"], came.received["never_served"]) == (0.2, 4)
    assert table_of(asked, told, "31", came.by_place).total.sums == Sums(400, 0, 100, 50, 0, 0)
    assert "20%" in page


def test_an_area_leads_down_to_its_places(plan: PublishedPlan, client: Client) -> None:
    answers = [client.get(f"/en/rencana/{plan.code}/?wilayah={area}") for area in ("31.74", A)]

    assert f"?wilayah={A[:8]}#beside" in answers[0].content.decode()
    places = [need.target.code for need in Need.objects.filter(target__code__startswith=A)]
    assert [f"/en/sasaran/{code}/" in answers[1].content.decode() for code in places] == [True] * 2


def test_the_files_are_those_that_were_published(plan: PublishedPlan, client: Client) -> None:
    answers = {name: client.get(f"/rencana/{plan.code}/{name}") for name in FILES}

    assert answers["masukan.json"].content.decode() == plan.input
    assert answers["hasil.json"].content.decode() == plan.output
    assert len(answers["tempat.csv"].content.decode().splitlines()) == 1 + 4
    assert answers["kiriman.csv"].content.decode().splitlines()[0].endswith("offer,place,quantity")


def test_no_giver_is_named_in_page_and_files(plan: PublishedPlan, client: Client) -> None:
    answers = [client.get(f"/rencana/{plan.code}/{name}") for name in ("", *FILES)]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert ["Rahasia" in answer.content.decode() for answer in answers] == [False] * 5


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("address", ["/rencana/TIDAK-ADA/", "/rencana/TIDAK-ADA/hasil.json"])
def test_an_unknown_code_is_said(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


def member_of(giver: Collaborator) -> Client:
    client = Client()
    client.force_login(make_membership(collaborator=giver).user)
    return client


def test_a_member_offers_and_later_takes_the_planned_places_into_the_package(
    giver: Collaborator,
) -> None:
    needs = make_city()
    member = member_of(giver)
    page = f"/en/saya/organisasi/{giver.slug}/kesediaan/"
    form = {"fase": "2", "bantuan": "sembako", "jumlah": "100", "jangkauan": "AREA"}
    member.post(page, form | {"kunci": "satu"})
    offer = Offer.objects.get()
    assert "No plan counts this offer yet." in text_of(member.get(page))
    empty = member.post(f"{page}{offer.code}/paket/")
    assert empty.status_code == 409

    plan = make_published()
    visited = {row[0] for row in json.loads(plan.output)["places"] if row[2]}
    assert plan.code in member.get(page).content.decode()
    answer = member.post(f"{page}{offer.code}/paket/")

    chosen = text_of(member.get(answer.headers["Location"]))
    names = [need.target.name for need in needs if need.target.code in visited]
    assert [name in chosen for name in names] == [True, True]


def test_an_offer_stays_in_the_programme_it_is_made_in(giver: Collaborator) -> None:
    make_phase()
    second = make_programme("tanggap", starts_on=date(2020, 3, 1), ends_on=date(2020, 6, 30))
    make_aid_type("air", programme=second)
    make_phase(2, programme=second)
    page = f"/en/saya/organisasi/{giver.slug}/kesediaan/?programme=tanggap"
    member = member_of(giver)
    opened = text_of(member.get(page))

    answer = member.post(
        page,
        {"fase": "2", "bantuan": "air", "jumlah": "9", "jangkauan": "AREA", "kunci": "satu"},
    )

    assert f'action="{page}"' in opened
    assert answer.headers["Location"] == page
    assert Offer.objects.get().aid_type.slug == "air"


def test_a_stranger_sees_no_offers_of_others(giver: Collaborator) -> None:
    offer = make_offer_of(collaborator=giver)
    client = Client()
    client.force_login(make_user())
    page = f"/saya/organisasi/{giver.slug}/kesediaan/"

    statuses = [
        client.get(page).status_code,
        client.post(f"{page}{offer.code}/tarik/").status_code,
        client.post(f"{page}{offer.code}/paket/").status_code,
    ]

    assert statuses == [404, 404, 404]


def test_a_member_withdraws(giver: Collaborator) -> None:
    offer = make_offer_of(collaborator=giver)
    page = f"/en/saya/organisasi/{giver.slug}/kesediaan/"

    answer = member_of(giver).post(f"{page}{offer.code}/tarik/", {"kunci": "dua"})

    offer.refresh_from_db()
    assert (answer.status_code, offer.state) == (302, "WITHDRAWN")
