from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.needs import make_need
from tests.portal.giving import GIVER, SCHEDULE, choose, text_of


@pytest.fixture(autouse=True)
def _chosen(client: Client) -> None:
    choose(client, make_need(), 10)


def wrong_fields(response: Any) -> list[str]:
    return list(response.context["form"].errors)


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ({"nama": ""}, ["nama"]),
        ({"nama": "a" * 10_000}, ["nama"]),
        ({"nama": "a\x00b"}, ["nama"]),
        ({"jenis": ""}, ["jenis"]),
        ({"jenis": "GOVERNMENT"}, ["jenis"]),
        ({"kontak": "  "}, ["kontak"]),
        ({"surel": "bukan surel"}, ["surel"]),
        ({"surel": "", "telepon": ""}, ["surel"]),
        ({"surel": "", "telepon": "nol delapan"}, ["telepon"]),
        ({"surel": "", "telepon": "-1"}, ["telepon"]),
    ],
)
def test_a_giver_who_cannot_be_written_down_is_asked_again(
    client: Client, answer: dict[str, str], wrong: list[str]
) -> None:
    response = client.post("/bantu/pemberi/", GIVER | answer)

    assert response.status_code == 422
    assert wrong_fields(response) == wrong
    assert Collaborator.objects.count() == 0


def test_what_was_typed_of_a_giver_is_kept_and_a_script_in_it_does_not_run(client: Client) -> None:
    answer = {"nama": "<script>alert(1)</script>", "kontak": ""}

    response = client.post("/bantu/pemberi/", GIVER | answer)

    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in text_of(response)
    assert "<script>alert" not in text_of(response)


def test_each_mistake_is_named_at_the_top_and_leads_to_its_field(client: Client) -> None:
    response = client.post("/en/bantu/pemberi/", GIVER | {"nama": ""})

    assert '<a href="#id_nama">Write the name of the giver.</a>' in text_of(response)
    assert 'aria-invalid="true"' in text_of(response)


def test_a_member_chooses_whom_to_give_for(client: Client) -> None:
    membership = make_membership()
    client.force_login(membership.user)
    choose(client, make_need(), 10)

    response = client.post("/bantu/pemberi/", {"siapa": str(membership.collaborator_id)})

    assert response.headers["Location"] == "/bantu/jadwal/"


def test_nobody_gives_for_a_collaborator_of_others_or_a_refused_one(client: Client) -> None:
    refused = make_collaborator(verification=Verification.REFUSED)
    user = make_user()
    make_membership(user=user)
    make_membership(user=user, collaborator=refused)
    client.force_login(user)
    choose(client, make_need(), 10)

    others = client.post("/bantu/pemberi/", GIVER | {"siapa": str(make_collaborator().pk)})
    own = client.post("/bantu/pemberi/", GIVER | {"siapa": str(refused.pk)})

    assert wrong_fields(others) == ["siapa"]
    assert wrong_fields(own) == ["siapa"]


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ({"tanggal": ""}, ["tanggal"]),
        ({"tanggal": "besok"}, ["tanggal"]),
        ({"tanggal": "2020-02-30"}, ["tanggal"]),
        ({"tanggal": "2020-04-30"}, ["tanggal"]),
        ({"tanggal": "2020-05-24"}, ["tanggal"]),
        ({"waktu": ""}, ["waktu"]),
        ({"waktu": "MIDNIGHT"}, ["waktu"]),
        ({"catatan": "a" * 10_000}, ["catatan"]),
    ],
)
def test_a_day_that_is_not_possible_is_asked_again(
    client: Client, answer: dict[str, str], wrong: list[str]
) -> None:
    response = client.post("/bantu/jadwal/", SCHEDULE | answer)

    assert response.status_code == 422
    assert wrong_fields(response) == wrong


@pytest.mark.parametrize("typed", ["2020-05-03", "03/05/2020", "3-5-2020"])
def test_a_day_may_be_written_in_the_usual_ways(client: Client, typed: str) -> None:
    client.post("/bantu/jadwal/", SCHEDULE | {"tanggal": typed})

    shown = client.get("/bantu/jadwal/").context["form"]["tanggal"].value()

    assert shown == "2020-05-03"


def test_without_agreement_to_the_statement_nothing_goes_on(client: Client) -> None:
    response = client.post("/en/bantu/pernyataan/", {})

    assert response.status_code == 422
    assert "Agree to the statement, or the commitment cannot be sent." in text_of(response)


@pytest.mark.parametrize("page", ["pemberi", "jadwal", "pernyataan", "periksa"])
def test_without_a_package_no_question_is_asked(page: str) -> None:
    stranger = Client()

    asked, sent = stranger.get(f"/bantu/{page}/"), stranger.post(f"/bantu/{page}/", GIVER)

    assert asked.headers["Location"] == "/bantu/"
    assert sent.status_code == 409
