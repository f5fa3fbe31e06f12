"""The receipt as PDF: for those with a part in the gift, with the amount in words."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from ksbb.collaborators.models import Collaborator
from ksbb.funds.enums import GiftKind
from tests.factories.collaborators import make_collaborator
from tests.factories.funds import MILLION, make_aggregator, make_confirmed, make_gift
from tests.portal.member import Member, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def baznas() -> Collaborator:
    return make_aggregator("BAZNAS", slug="baznas")


def text_of(answer: object) -> str:
    file = PdfReader(io.BytesIO(answer.content))  # type: ignore[attr-defined]
    return " ".join(" ".join(page.extract_text() for page in file.pages).split())


def test_donor_and_aggregator_have_the_receipt_of_their_gift(baznas: Collaborator) -> None:
    donor = make_collaborator("PT Ñandú Contoh")
    gift = make_confirmed(1_500_000, aggregator=baznas, donor=donor)
    path = f"pemberian/{gift.code}/tanda-terima.pdf"

    answers = [Member(one).client.get(f"/{path}") for one in (donor, baznas)]

    assert [one.headers["Content-Type"] for one in answers] == ["application/pdf"] * 2
    assert ["no-store" in one.headers["Cache-Control"] for one in answers] == [True, True]
    for part in (
        str(gift.receipt_number),
        "Yang menerima BAZNAS",
        baznas.permits.get().number,
        "Diterima dari PT Ñandú Contoh",
        "Rp1.500.000",
        "satu juta lima ratus ribu rupiah",
        "1 Mei 2020 pukul 12.00 WIB",
        f"http://testserver/pemberian/{gift.code}/",
    ):
        assert part in text_of(answers[0])
    assert f'href="/en/{path}"' in words(
        Member(donor).client.get(f"/en/pemberian/{gift.code}/bukti/")
    )


def test_nobody_else_has_it(baznas: Collaborator) -> None:
    gift = make_confirmed(aggregator=baznas)
    path = f"/en/pemberian/{gift.code}/tanda-terima.pdf"
    stranger = Member(make_aggregator("ACT", slug="act"))

    assert stranger.client.get(path).status_code == 403
    assert Client().get(path).status_code == 302
    assert "tanda-terima.pdf" not in words(Client().get(f"/en/pemberian/{gift.code}/bukti/"))


def test_an_anonymous_gift_stays_anonymous_on_paper(baznas: Collaborator) -> None:
    donor = make_collaborator("Rahasia Contoh")
    gift = make_confirmed(
        90, aggregator=baznas, donor=donor, kind=GiftKind.GOODS, is_anonymous=True
    )

    paper = text_of(Member(donor).client.get(f"/en/pemberian/{gift.code}/tanda-terima.pdf"))

    assert "Received from Anonymous donor" in paper
    assert "ninety sembako" in paper
    assert "Rahasia" not in paper


def test_a_gift_that_is_not_confirmed_has_no_receipt(baznas: Collaborator) -> None:
    gift = make_gift(MILLION, aggregator=baznas)

    assert Member(baznas).client.get(f"/pemberian/{gift.code}/tanda-terima.pdf").status_code == 404
