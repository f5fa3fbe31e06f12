from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ksbb.collaborators.enums import Verification
from ksbb.needs.enums import Verification as PlaceVerification
from ksbb.needs.models import Target
from ksbb.programmes.models import Programme
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_contact, make_need, make_target
from tests.factories.programmes import make_aid_type, make_kind, make_phase
from tests.portal.giving import place_url, text_of


def shown(client: Client, target: Target) -> str:
    return text_of(client.get(f"/en/sasaran/{target.code}/"))


def test_a_place_shows_what_it_needs_and_how_far_each_stage_is(client: Client) -> None:
    need = make_need(120)
    make_commitment({need: 30})

    page = shown(client, need.target)

    assert '<dt>Need</dt><dd class="number">120</dd>' in page
    assert 'width="25.0%"' in page
    assert f'href="/en{place_url(need).replace("&", "&amp;")}"' in page


def test_a_place_names_its_givers_only_as_far_as_they_may_be_named(client: Client) -> None:
    need = make_need()
    givers = [
        make_collaborator("Terbuka"),
        make_collaborator("Rahasia", is_anonymous=True),
        make_collaborator("Baru", verification=Verification.PENDING),
    ]
    for giver in givers:
        make_commitment({need: 10}, collaborator=giver)

    page = shown(client, need.target)

    assert "Terbuka" in page
    assert "Rahasia" not in page
    assert "Anonymous donor" in page
    assert "Baru" not in page


def test_many_promises_stand_on_pages_of_twenty(client: Client) -> None:
    need = make_need(120)
    for number in range(21):
        make_commitment({need: 1}, collaborator=make_collaborator(f"Pemberi {number:02d}"))

    first = shown(client, need.target)
    second = text_of(client.get(f"/en/sasaran/{need.target.code}/?hal=2"))

    assert (first.count("Pemberi "), second.count("Pemberi ")) == (20, 1)
    assert "Pemberi 00" in second
    assert "Page 1 of 2" in first


def test_a_place_says_where_its_count_comes_from_and_how_old_it_is(client: Client) -> None:
    target = make_target(families=321, source="Pendataan RW", counted_on=date(2020, 4, 20))

    page = shown(client, target)

    assert "Pendataan RW" in page
    assert "20 April 2020 (11 days ago)" in page
    assert '<dd class="number">321</dd>' in page


def test_a_place_never_shows_its_contact(client: Client) -> None:
    contact = make_contact(make_need().target)

    page = shown(client, contact.target)

    assert contact.phone not in page
    assert contact.name not in page


def test_example_data_is_marked(client: Client) -> None:
    target = make_target(is_example=True)

    assert '<span class="badge badge--example">example</span>' in shown(client, target)


def test_a_full_place_leads_to_the_nearest_that_miss_the_same(client: Client) -> None:
    full = make_need(40, target=make_target(lat=-6.24, lon=106.77))
    near = make_need(70, target=make_target(name="Dekat", lat=-6.24, lon=106.78))
    make_need(90, target=make_target(name="Jauh", lat=-6.20, lon=106.90))
    make_commitment({full: 40})

    page = shown(client, full.target)

    assert "What is full here is missing close by" in page
    assert f"{near.target.name}</a>, 1.1 km:" in page
    assert ">70 sembako (English)<" in page
    assert page.index("What this place needs") < page.index("Dekat") < page.index("Jauh")


def test_a_neighbour_that_misses_two_kinds_of_what_is_full_stands_there_once(
    client: Client,
) -> None:
    here, there = make_target(lat=-6.24, lon=106.77), make_target(lat=-6.24, lon=106.78)
    meals = make_aid_type("makanan")
    for aid_type in (None, meals):
        full = make_need(40, target=here, aid_type=aid_type)
        make_need(70, target=there, aid_type=aid_type)
        make_commitment({full: 40})

    page = shown(client, here)

    assert page.count(f">{there.name}</a>, 1.1 km:") == 1
    assert page.count(f"/bantu/?sasaran={there.code}&amp;") == 2


def test_a_phase_that_is_over_takes_nothing_more(client: Client) -> None:
    need = make_need(phase=make_phase(1))

    assert place_url(need).replace("&", "&amp;") not in shown(client, need.target)


@pytest.mark.parametrize("code", ["31.74.05.1002.999", "x", "a" * 10_000, "%3Cscript%3E"])
def test_an_unknown_place_is_a_clear_page(client: Client, code: str) -> None:
    response = client.get(f"/en/sasaran/{code}/")

    assert response.status_code == 404
    assert "No place has the code" in text_of(response)
    assert "<script>" not in text_of(response)


def test_a_place_that_is_not_verified_is_not_shown(client: Client) -> None:
    target = make_target(verification=PlaceVerification.PENDING)

    assert client.get(f"/sasaran/{target.code}/").status_code == 404


def test_a_place_of_a_kind_the_programme_does_not_help_is_not_shown(
    client: Client, programme: Programme
) -> None:
    programme.target_kinds.set([make_kind("panti")])

    assert client.get(f"/sasaran/{make_target().code}/").status_code == 404


def test_a_place_asks_the_database_as_often_for_three_givers_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    target = make_target()
    need = make_need(target=target)
    make_commitment({need: 1})
    with django_assert_num_queries(10):
        shown(client, target)
    make_commitment({need: 1})
    make_commitment({need: 1})

    with django_assert_num_queries(10):
        shown(client, target)
