from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from ksbb.collaborators.enums import Kind
from ksbb.funds.actions.decide import amend
from ksbb.programmes.models import Programme
from ksbb.reports.figures import figures, givers
from ksbb.reports.release import Heading, release_text
from ksbb.shared.clock import WIB
from tests.factories.collaborators import make_collaborator
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.funds import MILLION, make_aggregator, make_confirmed, make_gift
from tests.factories.needs import make_need
from tests.factories.programmes import make_aid_type, make_phase, make_programme

pytestmark = pytest.mark.django_db

END_OF_2_MAY = datetime(2020, 5, 2, 23, 59, 59, tzinfo=WIB)


@pytest.fixture
def programme() -> Programme:
    programme = make_programme(release_place="BALAIKOTA JAKARTA", letterhead="PEMERINTAH PROVINSI")
    make_aid_type(counted_id="paket sembako", counted_en="staple food packages")
    return programme


def give(quantity: int, **giver: Any) -> None:
    make_commitment({make_need(quantity): quantity}, collaborator=make_collaborator(**giver))


def paragraphs(
    programme: Programme, language: str, as_of: datetime = END_OF_2_MAY, **heading: Any
) -> list[str]:
    text = release_text(
        figures(programme, as_of),
        programme=programme,
        givers=givers(programme, as_of),
        language=language,
        heading=Heading(**heading),
    )
    return text.rstrip("\n").split("\n\n")


def test_the_head_has_the_form_of_the_founding_release(programme: Programme) -> None:
    give(1_200)

    head = paragraphs(programme, "id", number="1255/SP-HMS/05/2020")[:4]

    assert head == [
        "PEMERINTAH PROVINSI",
        "SIARAN PERS\nNOMOR: 1255/SP-HMS/05/2020",
        "3 Mei 2020",
        f"BANTUAN WARGA MENJANGKAU 1 RW: CAPAIAN {programme.name_id.upper()}",
    ]


def test_quantities_and_dates_take_the_form_of_the_language(programme: Programme) -> None:
    give(40_913)

    indonesian = paragraphs(programme, "id")[4]
    english = paragraphs(programme, "en")[4]

    assert indonesian.startswith(
        "BALAIKOTA JAKARTA - Sejak 24 April 2020 hingga 2 Mei 2020 pukul 23.59 WIB, warga, "
        "lembaga, dan dunia usaha telah berkomitmen memberi 40.913 paket sembako melalui "
    )
    assert english.startswith(
        "BALAIKOTA JAKARTA - From 24 April 2020 to 2 May 2020 at 23:59 WIB, residents, "
        "organisations and businesses committed 40,913 staple food packages through "
    )


def test_aggregators_are_named_as_the_public_knows_them(programme: Programme) -> None:
    give(10, name="Lumbung Bersama", is_aggregator=True)
    give(10, name="Tidak Disebut", is_aggregator=True, is_anonymous=True)

    givers_line = paragraphs(programme, "id")[6]

    assert givers_line == (
        "Komitmen berasal dari 2 donatur dan agregator. Donatur dapat menyalurkan sendiri "
        "bantuannya ke sasaran yang dipilih atau melalui 2 agregator, yaitu Donatur anonim dan "
        "Lumbung Bersama."
    )


def test_individuals_alone_are_among_the_givers_and_not_beside_them(programme: Programme) -> None:
    give(10, kind=Kind.INDIVIDUAL)

    assert paragraphs(programme, "id")[6].startswith(
        "Komitmen berasal dari 1 donatur dan agregator, di antaranya 1 perorangan. "
    )
    assert paragraphs(programme, "en")[6].startswith(
        "The commitments come from 1 donor or aggregator, among them 1 individual. "
    )


def test_one_of_each_is_said_in_the_singular(programme: Programme) -> None:
    give(10)

    text = paragraphs(programme, "en")

    assert text[5] == (
        "The commitments are meant for 1 RW (neighbourhood unit) in 1 kelurahan of 1 city or "
        "regency."
    )
    assert "among them 1 company, community, agency or group. " in text[6]


@pytest.mark.parametrize(
    ("as_of", "issued"),
    [
        (datetime(2020, 5, 2, 12, tzinfo=WIB), "2 May 2020"),
        (datetime(2020, 5, 2, 17, 59, tzinfo=WIB), "2 May 2020"),
        (datetime(2020, 5, 2, 18, tzinfo=WIB), "3 May 2020"),
    ],
)
def test_what_is_counted_by_day_comes_out_on_that_day(
    programme: Programme, as_of: datetime, issued: str
) -> None:
    assert paragraphs(programme, "en", as_of)[2] == issued


def test_an_office_may_set_the_date_of_issue(programme: Programme) -> None:
    assert paragraphs(programme, "en", dated=date(2020, 5, 4))[2] == "4 May 2020"


def test_nothing_committed_is_said_and_not_left_out(programme: Programme) -> None:
    assert paragraphs(programme, "en")[4] == (
        "BALAIKOTA JAKARTA - As of 2 May 2020 at 23:59 WIB, no commitment is recorded in "
        f"{programme.name_en}."
    )


def test_a_name_with_markup_stands_as_it_was_written(programme: Programme) -> None:
    give(10, name="A & B <i>", is_aggregator=True)

    assert paragraphs(programme, "en")[6].endswith("through 1 aggregator: A & B <i>.")


def test_example_data_are_called_so(programme: Programme) -> None:
    give(10, is_example=True)

    assert paragraphs(programme, "en")[-1].splitlines()[-1] == (
        "EXAMPLE: part of the data behind these figures is invented for a demo and not real."
    )


def test_what_is_given_after_the_moment_does_not_count(programme: Programme) -> None:
    make_commitment({make_need(10): 10}, now=NOON.replace(day=3))

    assert figures(programme, END_OF_2_MAY).committed == {"sembako": 0}


def test_money_through_aggregators_is_named_by_phase_with_the_largest_donors(
    programme: Programme,
) -> None:
    baznas, act = make_aggregator("BAZNAS"), make_aggregator("ACT")
    for donor, amount in (("JNE", 1_000), ("PGRI", 545)):
        make_confirmed(
            amount * MILLION,
            aggregator=baznas,
            donor=make_collaborator(donor),
            phase=make_phase(1),
            now=NOON.replace(day=1),
        )
    for number in range(7):
        make_confirmed(
            (20 - number) * MILLION, aggregator=act, donor=make_collaborator(f"Donatur {number}")
        )
    make_gift(5 * MILLION, aggregator=act)

    text = "\n".join(paragraphs(programme, "en"))

    assert (
        "JNE (IDR 1 billion) and PGRI (IDR 545 million) to BAZNAS in phase 1 and "
        "Donatur 0 (IDR 20 million), Donatur 1 (IDR 19 million), Donatur 2 (IDR 18 million), "
        "Donatur 3 (IDR 17 million), Donatur 4 (IDR 16 million) and 2 others (IDR 29 million) "
        "to ACT in phase 2."
    ) in text


def test_mended_and_later_money_reads_as_it_stood(programme: Programme) -> None:
    make_phase(1)
    gift = make_confirmed(100 * MILLION, donor=make_collaborator("JNE"), is_anonymous=True)
    amend(
        gift_id=gift.pk,
        amount=90 * MILLION,
        reason="salah ketik",
        actor=DESK,
        now=NOON.replace(day=3),
    )

    before, after = (
        [(one.donor, one.rupiah) for one in figures(programme, moment).donations]
        for moment in (END_OF_2_MAY, END_OF_2_MAY.replace(day=3))
    )

    assert before == [("Donatur anonim", 100 * MILLION)]
    assert after == [("Donatur anonim", 90 * MILLION)]
