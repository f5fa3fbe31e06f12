from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.actions.decide import accept
from ksbb.commitments.models import Commitment
from ksbb.deliveries.models import Delivery
from ksbb.needs.models import Target
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import answer, bring, make_planned
from tests.factories.funds import make_gift
from tests.factories.needs import make_contact, make_need
from tests.factories.suggestions import make_suggestion
from tests.portal.giving import answer_all, send, text_of


def _accepted() -> Commitment:
    return accept(commitment_id=make_commitment().pk, actor=DESK, now=NOON)


def _brought() -> Commitment:
    commitment = make_planned()
    bring(commitment)
    return commitment


def _with_difference() -> Commitment:
    commitment = make_planned()
    answer(bring(commitment), less=2)
    return commitment


def _received() -> Commitment:
    commitment = make_planned()
    answer(bring(commitment))
    return commitment


def _withdrawn() -> Commitment:
    commitment = make_planned()
    return cancel(commitment_id=commitment.pk, reason="batal", actor=DESK, now=NOON)


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "{bare}", "{spaced}"])
def test_a_code_is_found_however_it_is_typed(client: Client, typed: str) -> None:
    code = make_commitment().code
    written = typed.format(
        code=code, lower=code.lower(), bare=code.replace("-", ""), spaced=code.replace("-", " ")
    )

    response = client.get("/komitmen/", {"kode": written})

    assert response.headers["Location"] == f"/komitmen/{code}/"


def test_the_code_of_a_gift_or_of_a_report_leads_to_its_page(client: Client) -> None:
    gift, report = make_gift(), make_suggestion(make_need(100).target)

    pages = [
        client.get("/komitmen/", {"kode": one.code.lower()}).headers["Location"]
        for one in (gift, report)
    ]

    assert pages == [f"/pemberian/{gift.code}/", f"/lapor/{report.code}/"]


@pytest.mark.parametrize(
    ("typed", "status"),
    [("AAAA-AAAA", 404), ("<script>", 404), ("", 400), (" ", 400), ("a" * 10_000, 400)],
)
def test_a_code_nobody_has_is_said_and_kept(client: Client, typed: str, status: int) -> None:
    response = client.get("/komitmen/", {"kode": typed})

    assert response.status_code == status
    assert 'class="errorlist"' in text_of(response)
    assert "<script>" not in text_of(response).replace("<script src", "")


def test_an_unknown_commitment_is_a_clear_page_and_has_no_qr(client: Client) -> None:
    response = client.get("/en/komitmen/AAAA-AAAA/")

    assert response.status_code == 404
    assert "No commitment has the code “AAAA-AAAA”." in text_of(response)
    assert client.get("/komitmen/AAAA-AAAA/qr.svg").status_code == 404


def test_whoever_made_the_commitment_is_told_what_happens_next(client: Client) -> None:
    address = send(client, answer_all(client, make_need())).headers["Location"]

    own, strange = client.get(f"/en{address}"), Client().get(f"/en{address}")

    assert "Thank you. Your commitment is recorded" in text_of(own)
    assert "Call within 48 hours" in text_of(own)
    assert "Thank you" not in text_of(strange)


def test_a_commitment_shows_its_steps_with_their_moments(client: Client) -> None:
    commitment = make_planned({make_need(): 40})
    answer(bring(commitment), less=2)

    page = text_of(client.get(f"/en/komitmen/{commitment.code}/"))

    assert "Confirmed by the receiver</h3>" in page
    assert "1 May 2020 at 12:00 WIB" in page
    assert "2 delivered, not confirmed by the receiver" in page
    assert "BA-2020-" in page


@pytest.mark.parametrize(("less", "counted"), [(2, 38), (-3, 43)])
def test_where_the_receiver_counted_otherwise_both_words_are_shown(
    client: Client, less: int, counted: int
) -> None:
    commitment = make_planned({make_need(): 40})
    answer(bring(commitment), less=less)

    page = text_of(client.get(f"/en/komitmen/{commitment.code}/"))

    assert f": the receiver counted {counted}, 40 were recorded" in page


def test_where_both_counted_the_same_it_is_said_once(client: Client) -> None:
    commitment = make_planned({make_need(): 40})
    answer(bring(commitment))

    page = text_of(client.get(f"/en/komitmen/{commitment.code}/"))

    assert "confirmed by the receiver" in page
    assert "the receiver counted" not in page


def test_what_was_invented_of_a_published_commitment_is_marked(client: Client) -> None:
    need = make_need()
    commitment = make_planned({need: 40})
    bring(commitment)
    address = f"/komitmen/{commitment.code}/"
    mark = '<span class="badge badge--example">contoh</span>'
    assert mark not in text_of(client.get(address))

    Target.objects.update(is_example=True)
    Delivery.objects.update(is_example=True)

    page = text_of(client.get(address))
    assert f"{need.target.name}</a> {mark}" in page
    assert f"<h3>{need.target.name} {mark} </h3>" in page


def test_a_commitment_that_was_cancelled_ends_there(client: Client) -> None:
    commitment = make_commitment()
    cancel(commitment_id=commitment.pk, reason="Berhalangan", actor=DESK, now=NOON)

    steps = client.get(f"/en/komitmen/{commitment.code}/").context["steps"]

    assert [step.name for step in steps] == ["Committed", "Cancelled"]


def test_a_commitment_shows_no_personal_data(client: Client) -> None:
    need = make_need()
    contact = make_contact(need.target)
    giver = make_collaborator("Keluarga Rahasia", is_anonymous=True)
    commitment = make_commitment({need: 10}, collaborator=giver, remark="Hubungi 0811999")

    page = text_of(client.get(f"/komitmen/{commitment.code}/"))

    hidden = ["Keluarga Rahasia", giver.contact.name, giver.contact.email, contact.phone, "0811999"]
    assert [word for word in hidden if word in page] == []


def test_the_qr_is_a_picture_of_its_own(client: Client) -> None:
    code = make_commitment().code

    response = client.get(f"/komitmen/{code}/qr.svg")

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content


def test_a_commitment_asks_the_database_as_often_for_three_lines_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = make_commitment({make_need(): 1}).code
    three = make_commitment({make_need(): 1, make_need(): 1, make_need(): 1}).code
    with django_assert_num_queries(4):
        client.get(f"/komitmen/{one}/")

    with django_assert_num_queries(4):
        client.get(f"/komitmen/{three}/")


@pytest.mark.parametrize(
    ("make", "who"),
    [
        (make_commitment, "Waiting for the working group"),
        (_accepted, "Waiting for the giver"),
        (make_planned, "Waiting for the giver"),
        (_brought, "Waiting for RW"),
        (_with_difference, "Waiting for the working group"),
        (_received, "It has arrived"),
        (_withdrawn, "Nobody has to act"),
    ],
)
def test_everybody_reads_who_has_to_act(
    client: Client, make: Callable[[], Commitment], who: str
) -> None:
    page = text_of(client.get(f"/en/komitmen/{make().code}/"))

    assert f'<h2 id="now">{who}' in page


def test_the_clock_and_a_missed_day_are_said_plainly(client: Client, settings: Settings) -> None:
    accepted, planned = _accepted(), make_planned()
    page = text_of(client.get(f"/en/komitmen/{accepted.code}/"))
    assert "48 hours 0 minutes left, until 3 May 2020 at 12:00 WIB" in page

    settings.KSBB_CLOCK = "2020-05-04T12:00:00+07:00"

    assert "no delivery is recorded yet" in text_of(client.get(f"/en/komitmen/{planned.code}/"))


def test_a_difference_is_told_with_both_words(client: Client) -> None:
    page = text_of(client.get(f"/en/komitmen/{_with_difference().code}/"))

    assert "40 sembako (English) handed over on 1 May 2020 at 12:00 WIB" in page
    assert "sembako (English): the receiver counted 38, 40 were recorded, good." in page
    assert "handed over 40, received 38 (−2). The working group settles it." in page


def test_a_step_is_done_only_when_nothing_is_left_of_it(client: Client) -> None:
    here, there = make_need(), make_need()
    commitment = make_planned({here: 40, there: 20})
    first = bring(commitment)
    answer(first)

    steps = client.get(f"/en/komitmen/{commitment.code}/").context["steps"]
    assert [(step.name, step.done) for step in steps[3:]] == [
        ("Handed over in part", False),
        ("Confirmed in part", False),
    ]

    bring(commitment)
    steps = client.get(f"/en/komitmen/{commitment.code}/").context["steps"]
    assert [(step.name, step.done) for step in steps[3:]] == [
        ("Handed over", True),
        ("Confirmed in part", False),
    ]
