"""The whole way of 600 packages: from the desk's queue to the receiver's word."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from ksbb.collaborators.enums import Verification
from ksbb.commitments.enums import State
from ksbb.deliveries.enums import DeliveryState
from tests.backoffice.desk import Officer, words
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'value="http://testserver(/terima/[^"]+)"')


def test_six_hundred_packages_reach_their_place(sari: Officer) -> None:
    need = make_need(1_000)
    giver = make_collaborator("Barisan Bangun Negeri", verification=Verification.PENDING)
    commitment = make_commitment({need: 600}, collaborator=giver)
    about_giver, about_it = f"kolaborator/{giver.slug}/", f"komitmen/{commitment.code}/"

    sari.send(f"{about_giver}verifikasi/", page=about_giver)
    sari.send(f"{about_it}terima/", page=about_it)
    sari.send(f"{about_it}jadwal/", page=about_it, tanggal="2020-05-03", waktu="AFTERNOON")
    delivery = commitment.deliveries.get()
    about_delivery = f"penyaluran/{delivery.pk}/"
    line = delivery.lines.get()
    sari.send(f"{about_delivery}serah-terima/", page=about_delivery, **{f"jumlah_{line.pk}": "600"})
    page = words(sari.send(f"{about_delivery}tautan/", page=about_delivery))
    answer = Client().post(
        ADDRESS.findall(page)[0], {f"jumlah-{line.pk}": "600", f"kondisi-{line.pk}": "GOOD"}
    )

    need.refresh_from_db()
    commitment.refresh_from_db()
    delivery.refresh_from_db()
    assert answer.status_code == 302
    assert (need.committed, need.delivered, need.received, need.open) == (600, 600, 600, 400)
    assert (commitment.state, delivery.state) == (State.COMPLETED, DeliveryState.DONE)
    assert "This commitment is closed." in words(sari.open(about_it))
