"""Pictures of pages: small, right, in both languages, and without anybody's name."""

from __future__ import annotations

import io

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from PIL import Image

from ksbb.portal.cards import words
from ksbb.portal.cards.drawing import MOST_LINES, WIDTH, Card, _beside, draw, fitted, plain
from ksbb.portal.scope import read_scope
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.needs import make_need
from tests.factories.programmes import make_aid_type

LONG = "Panti Asuhan Yayasan Pendidikan dan Kesejahteraan Anak-Anak Contoh Sejahtera Bersama " * 3


def card(title: str) -> Card:
    return Card(kind="Sasaran", title=title, where="Kel. X", figure="1.199", unit="paket", foot="–")


def test_every_page_that_is_passed_on_has_a_picture(client: Client) -> None:
    need = make_need(100)
    commitment = make_commitment({need: 40})
    addresses = [
        "/kartu/beranda.png",
        "/kartu/capaian.png",
        f"/kartu/sasaran/{need.target.code}.png",
        f"/kartu/komitmen/{commitment.code}.png",
    ]

    for address in [*addresses, *(f"/en{address}" for address in addresses)]:
        answer = client.get(address)
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert (answer.headers["Content-Type"], picture.size) == ("image/png", (1200, 630))
        assert len(answer.content) < 100_000
        assert answer.headers["ETag"]


def test_the_pages_name_their_pictures(client: Client) -> None:
    need = make_need(100)
    commitment = make_commitment({need: 40})
    code = need.target.code

    for page, picture in {
        "/": "/kartu/beranda.png",
        "/en/capaian/": "/en/kartu/capaian.png",
        f"/sasaran/{code}/": f"/kartu/sasaran/{code}.png",
        f"/en/komitmen/{commitment.code}/": f"/en/kartu/komitmen/{commitment.code}.png",
    }.items():
        text = client.get(page).content.decode()
        assert f'<meta property="og:image" content="http://testserver{picture}">' in text


def test_a_picture_says_one_figure_with_its_stage_and_moment() -> None:
    need = make_need(100)
    bring(plan_it(make_commitment({need: 40})))
    need.refresh_from_db()

    with translation.override("en"):
        said = words.of_target(need.target, read_scope(RequestFactory().get("/")))

    assert (said.figure, said.title) == ("60", need.target.name)
    assert said.unit.endswith("still missing in this phase")
    assert said.foot == "As of 1 May 2020 at 12:00 WIB"


def test_a_commitment_is_known_by_its_code_alone() -> None:
    giver = make_collaborator("PT Rahasia Contoh")
    commitment = make_commitment({make_need(100): 40}, collaborator=giver)

    said = words.of_commitment(commitment, read_scope(RequestFactory().get("/")))

    assert commitment.code in said.title
    assert "Rahasia" not in f"{said}"


def test_a_commitment_of_several_kinds_never_adds_their_units_up() -> None:
    meals = make_need(90, aid_type=make_aid_type("makanan"))
    commitment = make_commitment({make_need(100): 40, meals: 10})

    with translation.override("en"):
        said = words.of_commitment(commitment, read_scope(RequestFactory().get("/")))

    assert said.unit == "sembako (English) received of 40 committed"
    assert said.where == "40 sembako (English) and 10 makanan (English)"


def test_the_words_behind_a_long_figure_are_not_cut() -> None:
    assert _beside("staple food packages received of 297,270 committed", 800)[0][-3:] == "ted"


@pytest.mark.parametrize("path", ["sasaran/31.99", "komitmen/ABCD-EFGH"])
def test_what_is_not_there_has_no_picture(path: str, client: Client) -> None:
    assert client.get(f"/kartu/{path}.png").status_code == 404


@pytest.mark.parametrize("title", ["RW 1", LONG, "W" * 200, "", "كلمة", "Café – “Été”"])
def test_a_title_of_any_length_fits(title: str) -> None:
    lines, size = fitted(plain(title))

    assert len(lines) <= MOST_LINES
    assert len(draw(card(title))) < 100_000
    assert size >= 46
    assert WIDTH > 0


def test_letters_the_font_does_not_have_become_plain_ones() -> None:
    assert plain("Café – “Été” ’25") == "Cafe - “Ete” '25"
