from __future__ import annotations

import pytest
from django.test import Client

from ksbb.audit.enums import Channel
from ksbb.audit.models import Entry
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.enums import State
from ksbb.commitments.models import Commitment
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme
from tests.factories.collaborators import make_membership
from tests.factories.commitments import line_of, make_commitment
from tests.factories.needs import make_need, make_target
from tests.portal.giving import GIVER, SCHEDULE, answer_all, choose, key_of, send, text_of
from tests.recount import faults


def test_every_answer_stands_on_the_page_with_a_link_to_change_it(client: Client) -> None:
    need = make_need(2_000)
    answer_all(client, need, 1_200)

    page = text_of(client.get("/en/bantu/periksa/"))

    assert '<strong class="number">1,200</strong> sembako (English), phase 2' in page
    assert "Barisan Bangun Negeri (community)" in page
    assert "Sunday, 3 May 2020" in page
    assert 'href="/en/bantu/paket/"' in page
    assert 'href="/en/bantu/pemberi/"' in page
    assert 'href="/en/bantu/jadwal/"' in page


def test_the_last_button_makes_one_commitment_and_shows_its_code(client: Client) -> None:
    need = make_need()
    key = answer_all(client, need, 40)

    response = send(client, key)

    commitment = Commitment.objects.get()
    assert response.headers["Location"] == f"/komitmen/{commitment.code}/"
    assert commitment.state == State.SUBMITTED
    assert commitment.collaborator.name == "Barisan Bangun Negeri"
    assert line_of(commitment, need).committed == 40
    assert faults() == []


def test_the_audit_says_that_it_came_through_the_page_and_names_no_person(client: Client) -> None:
    send(client, answer_all(client, make_need()))

    entries = Entry.objects.filter(action="commitments.reserve")

    assert [(entry.channel, entry.actor) for entry in entries] == [(Channel.WEB, None)]


def test_a_member_gives_in_the_name_of_the_collaborator(client: Client) -> None:
    membership = make_membership()
    client.force_login(membership.user)
    key = answer_all(client, make_need(), siapa=str(membership.collaborator_id))

    send(client, key)

    assert Commitment.objects.get().collaborator == membership.collaborator
    assert Collaborator.objects.count() == 1


def test_a_membership_that_ended_is_said_and_nothing_is_written(client: Client) -> None:
    membership = make_membership()
    client.force_login(membership.user)
    key = answer_all(client, make_need(), siapa=str(membership.collaborator_id))
    membership.delete()

    response = send(client, key)

    assert response.status_code == 409
    assert Commitment.objects.count() == 0


def test_a_second_press_leads_to_the_same_commitment(client: Client) -> None:
    key = answer_all(client, make_need())

    first, second = send(client, key), send(client, key)

    assert first.headers["Location"] == second.headers["Location"]
    assert Commitment.objects.count() == 1


def test_two_presses_at_once_act_once(client: Client) -> None:
    key = answer_all(client, make_need())
    kept = client.session["giving"]
    first = send(client, key)
    session = client.session
    session["giving"] = kept
    session.pop("promised")
    session.save()

    second = send(client, key)

    assert first.headers["Location"] == second.headers["Location"]
    assert (Commitment.objects.count(), Collaborator.objects.count()) == (1, 1)


def test_a_refusal_says_per_line_what_is_open_offers_others_and_keeps_everything(
    client: Client,
) -> None:
    need = make_need(100, target=make_target(lat=-6.24, lon=106.77))
    near = make_need(70, target=make_target(name="Dekat", lat=-6.24, lon=106.78))
    key = answer_all(client, need, 80)
    make_commitment({need: 70})

    response = client.post("/en/bantu/periksa/", {"kunci": key})

    assert response.status_code == 409
    assert f"{need.target.name}: only 30 still open." in text_of(response)
    assert 'value="80"' in text_of(response)
    assert f'value="{need.pk}:{near.pk}"' in text_of(response)
    assert Commitment.objects.count() == 1
    assert Collaborator.objects.filter(name=GIVER["nama"]).count() == 0


def test_after_a_refusal_the_rest_can_be_moved_and_sent_without_typing_again(
    client: Client,
) -> None:
    need = make_need(100, target=make_target(lat=-6.24, lon=106.77))
    near = make_need(70, target=make_target(lat=-6.24, lon=106.78))
    key = answer_all(client, need, 80)
    make_commitment({need: 70})
    send(client, key)

    client.post("/bantu/paket/", {"pindah": f"{need.pk}:{near.pk}"})
    response = send(client, key_of(client.get("/bantu/periksa/")))

    code = response.headers["Location"].split("/")[2]
    lines = Commitment.objects.get(code=code).lines.order_by("need")
    assert [(line.need, line.committed) for line in lines] == [(need, 30), (near, 50)]


@pytest.mark.parametrize("key", ["", "lama", "0" * 10_000, "<script>"])
def test_a_stale_or_tampered_form_is_shown_again_and_nothing_is_written(
    client: Client, key: str
) -> None:
    answer_all(client, make_need())

    response = client.post("/en/bantu/periksa/", {"kunci": key})

    assert response.status_code == 409
    assert "Your answers have changed in another window." in text_of(response)
    assert Commitment.objects.count() == 0


def test_an_answer_changed_in_another_window_makes_the_old_page_stale(client: Client) -> None:
    key = answer_all(client, make_need())
    client.post("/bantu/jadwal/", SCHEDULE | {"tanggal": "2020-05-04"})

    assert send(client, key).status_code == 409
    assert Commitment.objects.count() == 0


def test_a_programme_closed_in_the_meantime_takes_nothing(
    client: Client, programme: Programme
) -> None:
    key = answer_all(client, make_need())
    programme.state = ProgrammeState.CLOSED
    programme.save()

    response = client.post("/en/bantu/periksa/", {"kunci": key})

    assert response.status_code == 409
    assert "takes no commitments: Closed." in text_of(response)
    assert (Commitment.objects.count(), Collaborator.objects.count()) == (0, 0)


def test_a_missing_answer_is_asked_for_before_anything_is_sent(client: Client) -> None:
    choose(client, make_need(), 10)

    response = client.post("/bantu/periksa/", {"kunci": client.session["giving"]["key"]})

    assert response.headers["Location"] == "/bantu/pemberi/"
    assert Commitment.objects.count() == 0


def test_pages_with_personal_data_are_kept_by_no_browser(client: Client) -> None:
    answer_all(client, make_need())

    kept = [
        client.get(f"/bantu/{page}/").headers["Cache-Control"] for page in ("pemberi", "periksa")
    ]

    assert ["no-store" in one for one in kept] == [True, True]
