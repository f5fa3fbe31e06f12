"""Plans at the desk: offers, what a plan would do, publishing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ksbb.audit.models import Entry
from ksbb.needs.models import Need
from ksbb.plans.models import Offer, PublishedPlan
from ksbb.programmes.models import FourEyes
from ksbb.rights.enums import Step
from ksbb.rights.models import Approval
from tests.backoffice.desk import Officer, complaint, words
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need, make_target
from tests.factories.plans import make_city, make_offer_of
from tests.factories.programmes import make_aid_type, make_phase, make_programme

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

OFFER = {"fase": "2", "bantuan": "sembako", "jumlah": "1.000", "jangkauan": "AREA", "wilayah": ""}
ASKED = "rencana/?porsi=50&minimal=10&berikutnya=100"


def test_an_officer_writes_an_offer_down_and_takes_it_back(sari: Officer) -> None:
    make_city()
    giver = make_collaborator("PT Contoh")

    answer = sari.send("rencana/kesediaan/", kolaborator=giver.slug, **OFFER)

    offer = Offer.objects.get()
    assert (answer.status_code, offer.packages, offer.area_id) == (302, 1000, "31")
    assert "PT Contoh" in words(sari.open("rencana/"))
    sari.send(f"rencana/kesediaan/{offer.code}/tarik/", page="rencana/")
    assert "There is no open offer" in words(sari.open("rencana/"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"jumlah": "0"}, "Offer at least 1 and at most 100,000,000 packages."),
        ({"jangkauan": "RADIUS", "km": "3"}, "Say around which point."),
        (
            {"jangkauan": "RADIUS", "titik": "entah", "km": "3"},
            "We do not know this point. Write a kelurahan, a code or coordinates.",
        ),
        (
            {"jangkauan": "RADIUS", "titik": "-6.24,106.78"},
            "Say how far from the point: from 0.1 to 1,000 km.",
        ),
        (
            {"jangkauan": "LIST", "tempat": "31.74.05.1001.999"},
            (
                "No verified place has the code “31.74.05.1001.999”. Copy it from the page of the"
                " place."
            ),
        ),
        (
            {"dari": "2020-05-09"},
            "Choose days from 1 May 2020 to 7 May 2020, the first not after the last.",
        ),
        ({"fase": "9"}, "For which phase? “9” is not in this list. Choose again."),
    ],
)
def test_an_offer_that_cannot_be_is_said_and_kept(
    typed: dict[str, str], sentence: str, sari: Officer
) -> None:
    make_city()
    giver = make_collaborator()

    answer = sari.send("rencana/kesediaan/", kolaborator=giver.slug, **OFFER | typed)

    assert complaint(answer) == [sentence]
    assert answer.status_code in {409, 422}
    assert Offer.objects.count() == 0


def test_the_knob_shows_what_each_share_would_mean(sari: Officer) -> None:
    make_city()
    make_offer_of(100)

    page = words(sari.open(ASKED))

    assert [f"{share}% of the families" in page for share in (25, 50, 100)] == [True] * 3
    assert "100 packages of 1 offer go to 2 places." in page
    assert "The next 100 would go to …" in page


def test_a_plan_is_published_as_it_was_looked_at(sari: Officer) -> None:
    make_city()
    make_offer_of(100)
    page = words(sari.open(ASKED))
    state = page.partition('name="keadaan" value="')[2].partition('"')[0]

    answer = sari.send("rencana/terbitkan/", page=ASKED, porsi="50", minimal="10", keadaan=state)

    plan = PublishedPlan.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/en/rencana/{plan.code}/")
    assert (plan.share, plan.least, plan.visited, plan.seed) == (50, 10, 2, 20200501)


def test_a_plan_that_is_no_longer_true_is_shown_anew(sari: Officer) -> None:
    needs = make_city()
    make_offer_of(100)
    page = words(sari.open(ASKED))
    state = page.partition('name="keadaan" value="')[2].partition('"')[0]
    make_commitment({needs[0]: 5})

    answer = sari.send("rencana/terbitkan/", page=ASKED, porsi="50", minimal="10", keadaan=state)

    assert answer.status_code == 409
    assert complaint(answer)[0].startswith("Since you looked at this plan something was promised")
    assert PublishedPlan.objects.count() == 0


def state_on(page: str) -> str:
    return page.partition('name="keadaan" value="')[2].partition('"')[0]


@pytest.fixture
def needs_of_two() -> list[Need]:
    """Return the city in a programme in which a plan takes the word of two."""
    needs = make_city()
    make_offer_of(100)
    FourEyes.objects.create(programme=needs[0].phase.programme, step=Step.PUBLISH_PLAN)
    return needs


def ask(
    sari: Officer, why: str = "Disepakati dalam rapat 1 Mei", page: str = ASKED, **more: str
) -> Answer:
    state = state_on(words(sari.open(page)))
    typed = {"porsi": "50", "minimal": "10", "keadaan": state, "alasan": why, **more}
    return sari.send("rencana/terbitkan/", page=page, **typed)


@pytest.mark.usefixtures("needs_of_two")
def test_plans_of_two_kinds_of_aid_wait_side_by_side(sari: Officer) -> None:
    kind = make_aid_type("makanan")
    make_need(80, aid_type=kind, target=make_target(lat=-6.25, lon=106.78))
    make_offer_of(30, aid_type=kind)
    meals = "rencana/?bantuan=makanan&porsi=50&minimal=10"

    asked = ask(sari), ask(sari, page=meals, bantuan="makanan")

    assert [answer.status_code for answer in asked] == [302, 302]
    assert [one.about for one in Approval.objects.order_by("pk")] == ["sembako", "makanan"]
    assert "asked on" in words(sari.open(ASKED))
    assert "asked on" in words(sari.open(meals))


@pytest.mark.usefixtures("needs_of_two")
def test_two_publish_a_plan_where_the_programme_wants_it(sari: Officer, budi: Officer) -> None:
    assert complaint(ask(sari, "")) == ["Say why."]
    asked = ask(sari)
    page = f"persetujuan/{Approval.objects.get().pk}/"
    assert (asked.status_code, asked.headers["Location"]) == (302, f"/en/pokja/{page}")
    assert "asked on" in words(sari.open(ASKED))
    assert PublishedPlan.objects.count() == 0

    seen = words(budi.open(page))
    assert "Disepakati dalam rapat 1 Mei" in seen
    assert "100 packages of 1 offer go to 2 places." in seen
    assert "Since it was asked for" not in seen
    assert budi.send(f"{page}setuju/", page=page, keadaan=state_on(seen)).status_code == 302

    plan = PublishedPlan.objects.get()
    assert (plan.share, plan.least, plan.visited, plan.seed) == (50, 10, 2, 20200501)
    assert list(Entry.objects.order_by("-pk").values_list("action", "actor__email")[:3])[::-1] == [
        ("rights.ask_approval", "sari@example.org"),
        ("rights.approval_confirmed", "budi@example.org"),
        ("plans.publish", "budi@example.org"),
    ]


def test_the_second_officer_publishes_what_stands_before_them(
    sari: Officer, budi: Officer, needs_of_two: list[Need]
) -> None:
    ask(sari)
    page = f"persetujuan/{Approval.objects.get().pk}/"
    seen = state_on(words(budi.open(page)))
    make_commitment({needs_of_two[0]: 5})

    answer = budi.send(f"{page}setuju/", page=page, keadaan=seen)

    assert answer.status_code == 409
    assert complaint(answer)[0].startswith("Since you looked at this plan something was promised")
    assert "Since it was asked for something was promised" in words(answer)
    assert (PublishedPlan.objects.count(), Approval.objects.get().state) == (0, "ASKED")
    again = state_on(words(answer))
    assert budi.send(f"{page}setuju/", page=page, keadaan=again).status_code == 302
    assert PublishedPlan.objects.count() == 1


def test_the_next_packages_are_told_without_any_offer(sari: Officer) -> None:
    needs = make_city()
    make_commitment(dict.fromkeys(needs[:2], 100))

    page = words(sari.open("rencana/?porsi=50&minimal=10&berikutnya=100"))

    assert "There is no open offer for this phase and kind of aid." in page
    assert "2 places, by the rule of plans and after what is committed now." in page


@pytest.mark.parametrize("query", ["?porsi=33", "?fase=9", "?minimal=NaN", "?berikutnya=-1"])
def test_nonsense_in_the_address_is_said(query: str, sari: Officer) -> None:
    make_city()

    answer = sari.open(f"rencana/{query}")

    assert answer.status_code == 400
    assert complaint(answer)


def test_an_impossible_least_is_said(sari: Officer) -> None:
    make_city()
    make_offer_of(10)

    page = words(sari.open("rencana/?minimal=11"))

    assert "At least 11 per visit is more than the 10 packages offered. Lower it." in page


def test_plans_are_made_in_the_programme_that_is_chosen(sari: Officer) -> None:
    make_city()
    giver = make_collaborator("PT Contoh")
    other = make_phase(1, programme=make_programme("umkm", starts_on=date(2020, 5, 1)))
    make_aid_type("pelatihan", programme=other.programme)
    chosen = "rencana/?programme=pangan-ramadan-1441"
    form = f"rencana/kesediaan/{chosen.removeprefix('rencana/')}"

    led = sari.send(form, kolaborator=giver.slug, **OFFER)

    assert led.headers["Location"] == f"/en/pokja/{chosen}"
    assert "PT Contoh" in words(sari.open(chosen))
    assert "PT Contoh" not in words(sari.open("rencana/"))
    assert sari.open("rencana/?programme=tidak-ada").status_code == 404


def test_a_refused_plan_stays_in_the_programme_that_is_chosen(sari: Officer) -> None:
    make_city()
    make_programme("umkm", starts_on=date(2020, 5, 1))
    chosen = "rencana/?programme=pangan-ramadan-1441"
    address = chosen.replace("?", "terbitkan/?")

    refused = sari.send(address, page=chosen, fase="9")

    assert refused.status_code == 422
    assert 'name="programme" value="pangan-ramadan-1441"' in words(refused)
    # Another language, or a link that is opened again, asks for the address of the form.
    assert sari.open(address).headers["Location"] == f"/en/pokja/{chosen}"


def test_a_programme_without_a_phase_has_nothing_to_plan_and_says_so(sari: Officer) -> None:
    make_city()
    make_programme("umkm")

    told = sari.open("rencana/?programme=umkm")

    assert told.status_code == 400
    assert complaint(told) == [
        "This programme lacks a phase or a kind of aid. Add them first, then plan."
    ]
