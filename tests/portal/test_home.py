from __future__ import annotations

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ksbb.commitments.actions.cancel import cancel
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import make_planned
from tests.factories.needs import make_need
from tests.factories.programmes import make_aid_type, make_phase
from tests.portal.giving import text_of


def test_home_adds_up_what_is_committed_by_aid_type_and_says_as_of_when(client: Client) -> None:
    make_commitment({make_need(1_500): 1_200})

    page = text_of(client.get("/en/"))

    assert "As of 1 May 2020 at 12:00 WIB" in page
    assert '<span class="total number">1,200</span> packages committed' in page


def test_home_says_what_the_phase_of_today_still_lacks(client: Client) -> None:
    make_commitment({make_need(100): 40})
    make_need(900, phase=make_phase(3))

    page = text_of(client.get("/en/"))

    assert '<span class="total number">60</span> packages missing' in page


def test_home_never_adds_kinds_of_aid_together(client: Client) -> None:
    make_need(100)
    make_need(7, aid_type=make_aid_type("paket-lebaran"))

    shown = client.get("/").context["missing"]

    assert [(row.aid_type.slug, row.open) for row in shown] == [
        ("paket-lebaran", 7),
        ("sembako", 100),
    ]


def test_home_speaks_indonesian_and_leads_to_the_same_page_in_english(client: Client) -> None:
    page = text_of(client.get("/?dari=poster"))

    assert '<html lang="id">' in page
    assert "Saling bantu, dari RW ke RW" in page
    assert '<a href="/en/?dari=poster" hreflang="en" lang="en">English</a>' in page


def test_without_a_published_programme_home_says_so(client: Client, programme: Programme) -> None:
    programme.state = ProgrammeState.DRAFT
    programme.save()

    response = client.get("/en/")

    assert response.status_code == 404
    assert "No programme has been published yet" in text_of(response)


def test_home_asks_the_database_as_often_for_three_places_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_need()
    with django_assert_num_queries(12):
        client.get("/")
    make_need()
    make_need()

    with django_assert_num_queries(12):
        client.get("/")


def test_what_waits_to_be_taken_over_is_said_first(client: Client) -> None:
    commitment = make_planned({make_need(): 40})
    assert "/ambil-alih/" not in text_of(client.get("/"))

    cancel(commitment_id=commitment.pk, reason="x", for_others=True, actor=DESK, now=NOON)

    assert 'href="/ambil-alih/"' in text_of(client.get("/"))
