from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.enums import Reason
from ksbb.portal.happened import SENTENCES
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import answer, bring, make_planned, plan_it
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase
from tests.portal.giving import text_of


def test_home_adds_up_what_is_committed_by_aid_type_and_says_as_of_when(client: Client) -> None:
    make_commitment({make_need(1_500): 1_200})

    page = text_of(client.get("/en/"))

    assert "As of 1 May 2020 at 12:00 WIB" in page
    assert (
        '<th scope="row">sembako (English)'
        '<span class="unit">packages (one per family per week)</span></th>'
        ' <td class="right number" data-name=' in page
    )
    assert ">1,200</a></td>" in page


def test_the_numbers_of_home_lead_to_the_rows_behind_them(client: Client) -> None:
    make_commitment({make_need(100): 40})
    make_commitment({make_need(100, phase=make_phase(3)): 7})

    link = re.search(r'href="([^"]+)">47</a>', text_of(client.get("/")))

    assert link
    assert client.get(unescape(link[1])).context["total"] == 47


def test_home_says_what_the_phase_of_today_still_lacks(client: Client) -> None:
    make_commitment({make_need(100): 40})
    make_need(900, phase=make_phase(3))

    page = text_of(client.get("/en/"))

    assert '<span class="total number">60</span> packages missing' in page


def test_home_says_how_far_the_phase_of_today_has_come(client: Client) -> None:
    commitment = plan_it(make_commitment({make_need(100): 40}))
    answer(bring(commitment), less=3)

    (row,) = client.get("/").context["missing"]

    assert (row.open, row.committed, row.delivered, row.received) == (60, 40, 40, 37)


def test_home_names_the_places_that_miss_most(client: Client) -> None:
    make_need(50, target=make_target(name="RW Sedikit"))
    make_need(90, target=make_target(name="RW Banyak"))
    make_commitment({make_need(40, target=make_target(name="RW Penuh")): 40})

    shown = client.get("/").context["places"]

    assert [row.need.target.name for row in shown] == ["RW Banyak", "RW Sedikit"]


def test_home_tells_what_happened_last_and_never_who_gave(client: Client) -> None:
    giver = make_collaborator("PT Diam")
    need = make_need(200, target=make_target(name="RW 04 Grogol Selatan"))
    earlier = NOON - timedelta(hours=2)
    commitment = plan_it(make_commitment({need: 150}, collaborator=giver, now=earlier), now=earlier)
    bring(commitment, {need: 100}, now=NOON - timedelta(minutes=5))

    page = text_of(client.get("/"))
    told = [(one.words, one.when) for one in client.get("/en/").context["happened"]]

    assert "150 sembako dikomitmenkan untuk <a" in page
    assert "RW 04 Grogol Selatan" in page
    assert "PT Diam" not in page
    assert told == [
        ("100 sembako (English) handed over to", "5 minutes ago"),
        ("150 sembako (English) committed for", "2 hours ago"),
    ]


def test_home_has_a_sentence_for_everything_that_can_happen() -> None:
    assert set(SENTENCES) == set(Reason)


def test_home_calls_to_give_and_to_report_a_need(client: Client) -> None:
    page = text_of(client.get("/"))

    assert 'href="/bantu/"' in page
    assert 'href="/panduan/lapor-kebutuhan/"' in page
    assert client.get("/panduan/lapor-kebutuhan/").status_code == 200


def test_home_of_a_programme_without_needs_says_so(client: Client) -> None:
    assert "No needs have been published yet." in text_of(client.get("/en/"))


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
    make_commitment({make_need(): 5})
    with django_assert_num_queries(16):
        client.get("/")
    make_commitment({make_need(): 5, make_need(): 6})

    with django_assert_num_queries(16):
        client.get("/")


def test_what_waits_to_be_taken_over_is_said_first(client: Client) -> None:
    commitment = make_planned({make_need(): 40})
    assert "/ambil-alih/" not in text_of(client.get("/"))

    cancel(commitment_id=commitment.pk, reason="x", for_others=True, actor=DESK, now=NOON)

    assert 'href="/ambil-alih/"' in text_of(client.get("/"))
