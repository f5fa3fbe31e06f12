from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator
from ksbb.deliveries.actions.correct import correct
from ksbb.reports.actions.close_days import close_days
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment, make_draft
from tests.factories.deliveries import answer, bring, plan_it
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_aid_type, make_phase
from tests.portal.giving import text_of

HIDDEN: list[dict[str, Any]] = [
    {"is_anonymous": True},
    {"verification": "PENDING"},
    {"verification": "REFUSED"},
]


def give(quantity: int, name: str = "", **fields: Any) -> Collaborator:
    giver = make_collaborator(name, **fields)
    make_commitment({make_need(100): quantity}, collaborator=giver)
    return giver


def listed(client: Client, query: str = "") -> list[tuple[str, int]]:
    entries = client.get(f"/kolaborator/{query}").context["entries"]
    return [(entry.collaborator.name, entry.given.committed) for entry in entries]


def test_the_directory_names_who_has_committed_most_first(client: Client) -> None:
    give(10, "PT Sedikit")
    give(40, "PT Banyak")

    assert listed(client) == [("PT Banyak", 40), ("PT Sedikit", 10)]
    assert listed(client, "?urut=nama") == [("PT Banyak", 40), ("PT Sedikit", 10)]


def test_the_directory_can_be_ordered_by_what_was_delivered(client: Client) -> None:
    brought = make_commitment({make_need(): 5}, collaborator=make_collaborator("PT Antar"))
    bring(plan_it(brought))
    give(40, "PT Janji")

    assert listed(client, "?urut=disalurkan") == [("PT Antar", 5), ("PT Janji", 40)]


def test_the_directory_can_be_narrowed_by_what_a_collaborator_is(client: Client) -> None:
    give(3, "PT Contoh")
    give(2, "Warga Contoh", kind=Kind.INDIVIDUAL)
    give(1, "Yayasan Contoh", kind=Kind.FOUNDATION, is_aggregator=True, is_donor=False)

    assert listed(client, "?jenis=INDIVIDUAL") == [("Warga Contoh", 2)]
    assert listed(client, "?peran=agregator") == [("Yayasan Contoh", 1)]
    assert listed(client, "?peran=donatur") == [("PT Contoh", 3), ("Warga Contoh", 2)]


@pytest.mark.parametrize("typed", ["barisn bangun negri", "Barisan", "bangun-negeri"])
def test_a_collaborator_is_found_in_spite_of_typing_errors(client: Client, typed: str) -> None:
    give(3, "Barisan Bangun Negeri")
    give(4, "PT Logistik Jaya")

    assert listed(client, f"?q={typed}") == [("Barisan Bangun Negeri", 3)]


def test_the_directory_never_adds_kinds_of_aid_together(client: Client) -> None:
    giver = give(3, "PT Contoh")
    lebaran = make_need(50, aid_type=make_aid_type("paket-lebaran"))
    make_commitment({lebaran: 9}, collaborator=giver)

    assert listed(client, "?bantuan=sembako") == [("PT Contoh", 3)]
    assert listed(client, "?bantuan=paket-lebaran") == [("PT Contoh", 9)]


def test_figures_are_the_same_before_and_after_the_day_is_closed(client: Client) -> None:
    give(10, "PT Contoh")
    before = listed(client)
    close_days(now=NOON + timedelta(minutes=11))

    assert listed(client) == before == [("PT Contoh", 10)]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_who_is_not_named_in_public_has_no_place_in_the_directory(
    client: Client, hidden: dict[str, Any]
) -> None:
    giver = give(50, "Hamba Allah", slug="hamba-allah")
    Collaborator.objects.filter(pk=giver.pk).update(**hidden)

    page = text_of(client.get("/kolaborator/"))
    searched = client.get("/kolaborator/?q=hamba+allah&peran=donatur")
    own = client.get(f"/kolaborator/{giver.slug}/")

    assert "Hamba" not in page
    assert "hamba" not in page
    assert searched.context["entries"] == []
    assert own.status_code == 404
    assert "Hamba" not in text_of(own)


def test_one_or_two_unnamed_givers_are_not_told_apart_from_their_sum(client: Client) -> None:
    give(11, is_anonymous=True)
    give(22, verification="PENDING")

    page = text_of(client.get("/en/kolaborator/"))

    assert "A few givers have no name here." in page
    assert "33 committed" not in page


def test_more_unnamed_givers_are_counted_together(client: Client) -> None:
    for quantity in (11, 22, 33):
        give(quantity, is_anonymous=True)

    page = text_of(client.get("/kolaborator/"))

    assert "<strong>3 donatur tanpa nama</strong>: bersama-sama 66 dikomitmenkan" in page
    assert "donatur tanpa nama" not in text_of(client.get("/kolaborator/?jenis=COMPANY"))


def test_the_record_tells_what_was_given_where_and_what_came_of_it(client: Client) -> None:
    need, home = make_need(100), make_need(30, target=make_target("panti"), phase=make_phase(3))
    giver = make_collaborator("PT Contoh", slug="pt-contoh")
    made = make_commitment({need: 40, home: 6}, collaborator=giver)
    answer(bring(plan_it(made)), less=4)

    response = client.get("/en/kolaborator/pt-contoh/")

    seen, page = response.context, text_of(response)
    (sembako,) = seen["given"]
    assert sembako.given == (46, 40, 36)
    assert [(one.phase.number, one.given) for one in sembako.phases] == [
        (2, (40, 40, 36)),
        (3, (6, 0, 0)),
    ]
    assert "90%" in page
    assert seen["helped"] == (1, 1)
    assert [(place.target, place.given[0].given) for place in seen["places"]] == [
        (home.target, (6, 0, 0)),
        (need.target, (40, 40, 36)),
    ]
    assert [(one.quantity, one.received, one.difference) for one in seen["differences"]] == [
        (40, 36, 4)
    ]
    assert [step.commitment for step in seen["steps"]] == [made]


def test_what_a_place_was_given_twice_for_one_need_stands_once(client: Client) -> None:
    giver = make_collaborator(slug="pt-contoh")
    need = make_need(100)
    later = make_need(50, target=need.target, phase=make_phase(3))
    for given in ({need: 10}, {need: 5, later: 1}):
        make_commitment(given, collaborator=giver)

    (place,) = client.get("/kolaborator/pt-contoh/").context["places"]

    assert [(one.phase, one.given) for one in place.given] == [(2, (15, 0, 0)), (3, (1, 0, 0))]


def test_a_settled_difference_is_open_no_longer(client: Client) -> None:
    giver = make_collaborator(slug="pt-contoh")
    delivery = bring(plan_it(make_commitment({make_need(): 40}, collaborator=giver)))
    answer(delivery, less=4)
    line = delivery.lines.get()
    correct(
        delivery_line_id=line.pk, delivered=36, received=36, reason="dihitung", actor=DESK, now=NOON
    )

    page = text_of(client.get("/en/kolaborator/pt-contoh/"))

    assert "None: no place has said that less arrived than was handed over." in page


def test_numbers_of_the_record_lead_to_rows_of_the_same_sum(client: Client) -> None:
    giver = make_collaborator(slug="pt-contoh")
    need = make_need(100)
    make_commitment({need: 40}, collaborator=giver)
    make_commitment({need: 7})

    rows = client.get("/capaian/baris/?kolaborator=pt-contoh&bantuan=sembako&fase=semua")

    assert rows.context["total"] == 40
    assert [row.delta for row in rows.context["rows"]] == [40]
    address = "kolaborator=pt-contoh&amp;per=2020-05-01T12%3A00%3A00%2B07%3A00"
    assert address in text_of(client.get("/kolaborator/pt-contoh/"))


def test_the_record_of_somebody_who_gave_nothing_says_so(client: Client) -> None:
    make_aid_type()
    make_collaborator(slug="pt-baru")

    page = text_of(client.get("/en/kolaborator/pt-baru/"))

    assert "Nothing has been committed in this programme yet." in page


def test_a_draft_is_no_step_of_the_timeline(client: Client) -> None:
    giver = make_collaborator(slug="pt-ragu")
    make_draft({make_need(): 5}, collaborator=giver)

    assert client.get("/kolaborator/pt-ragu/").context["steps"] == []


def test_contacts_are_on_neither_page(client: Client) -> None:
    giver = give(5, "PT Contoh")

    pages = text_of(client.get("/kolaborator/")) + text_of(
        client.get(f"/kolaborator/{giver.slug}/")
    )

    assert "Contoh Kontak" not in pages
    assert "kontak@example.org" not in pages


@pytest.mark.parametrize(
    "query", ["?jenis=ORANG", "?peran=raja", "?bantuan=uang", "?urut=acak", "?q=" + "a" * 10_000]
)
def test_a_filter_that_does_not_exist_is_named_and_nothing_is_listed(
    client: Client, query: str
) -> None:
    give(5)

    response = client.get(f"/kolaborator/{query}")

    assert response.status_code == 400
    assert 'class="errorlist"' in text_of(response)
    assert "entries" not in response.context


def test_nobody_found_is_said(client: Client) -> None:
    give(5, "PT Contoh")

    assert "Tidak ada kolaborator yang cocok" in text_of(client.get("/kolaborator/?q=zzzzzz"))


@pytest.mark.parametrize("address", ["/kolaborator/", "/kolaborator/pt-contoh/"])
def test_three_givers_and_gifts_ask_the_database_as_often_as_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    expected = 8 if address == "/kolaborator/" else 15
    giver = make_collaborator(slug="pt-contoh")
    make_commitment({make_need(): 5}, collaborator=giver)
    with django_assert_num_queries(expected):
        client.get(address)
    make_commitment({make_need(): 5, make_need(): 6}, collaborator=giver)
    give(7)
    give(8)

    with django_assert_num_queries(expected):
        client.get(address)


@pytest.mark.parametrize("page", ["/en/kolaborator/", "/en/kolaborator/nama-sungguhan/"])
def test_the_demo_says_that_even_real_names_have_invented_records(
    page: str, settings: Settings, client: Client
) -> None:
    settings.DEMO = True
    settings.KSBB_CLOCK = NOON.isoformat()
    give(40, "Nama Sungguhan", slug="nama-sungguhan")

    shown = client.get(page).content.decode()

    assert shown.count("invented, also where a name is real") == 1
