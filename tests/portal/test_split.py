"""An aggregator splits a stock: proposal, one act, and what happens when somebody was quicker."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.models import Commitment
from ksbb.needs.models import Need
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import make_commitment
from tests.factories.needs import make_need
from tests.factories.programmes import make_kind, make_programme
from tests.portal.giving import text_of

pytestmark = pytest.mark.django_db

QUERY = "?fase=2&bantuan=sembako&satuan=paket&jumlah=90&minimal="
ANSWERS = {"tanggal": "2020-05-03", "waktu": "AFTERNOON", "setuju": "on", "cara": "sisanya"}
SEALED = re.compile(r'name="baris" value="([^"]*)"')


@pytest.fixture(autouse=True)
def _first_of_may(settings: Any) -> None:
    settings.KSBB_CLOCK = "2020-05-01T12:00:00+07:00"
    make_programme().target_kinds.set([make_kind()])


@pytest.fixture
def needs() -> list[Need]:
    """Return three needs of 100."""
    return [make_need(100) for _ in range(3)]


@pytest.fixture
def giver() -> Collaborator:
    return make_collaborator("ACT", is_aggregator=True)


@pytest.fixture
def member(giver: Collaborator) -> Client:
    client = Client()
    client.force_login(make_membership(collaborator=giver).user)
    return client


@pytest.fixture
def page(giver: Collaborator) -> str:
    return f"/en/saya/organisasi/{giver.slug}/bagi/"


def proposed(member: Client, page: str, query: str = QUERY) -> dict[str, str]:
    """Return the answers that commit what a page proposes."""
    found = SEALED.search(member.get(page + query).content.decode())
    return ANSWERS | {"baris": found[1] if found else "", "kunci": "bagi-1"}


def test_a_proposal_becomes_commitments_in_one_act(
    member: Client, page: str, needs: list[Need]
) -> None:
    shown = text_of(member.get(page + QUERY))
    answers = proposed(member, page)

    sent = [member.post(page + QUERY, answers) for _ in range(2)]

    assert "90 packages for 3 places." in shown
    assert [one.status_code for one in sent] == [302, 302]
    assert [need.committed for need in Need.objects.all()] == [30] * len(needs)
    assert Commitment.objects.count() == 1


def test_the_rest_is_kept_and_a_new_proposal_made_for_what_was_taken(
    member: Client, page: str, needs: list[Need]
) -> None:
    answers = proposed(member, page)
    make_commitment({needs[0]: 80})

    sent = member.post(page + QUERY, answers)

    assert "jumlah=30" in sent.headers["Location"]
    after = text_of(member.get(sent.headers["Location"]))
    assert f"{needs[0].target.name} (30 asked, 20 open)" in after
    assert "30 packages for 2 places." in after


def test_nothing_is_kept_where_that_was_asked(member: Client, page: str, needs: list[Need]) -> None:
    answers = proposed(member, page) | {"cara": "semua"}
    make_commitment({needs[0]: 80})

    sent = member.post(page + QUERY, answers)

    assert sent.status_code == 409
    assert "Nothing was committed" in text_of(sent)
    assert "Below is a new proposal from what is open now." in text_of(sent)
    assert [need.committed for need in Need.objects.order_by("pk")] == [80, 0, 0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"baris": "x"}, "This proposal did not come back as we showed it."),
        ({"setuju": ""}, "Agree to the statement, or the commitment cannot be sent."),
        ({"tanggal": "2020-06-01"}, "1 June 2020 is not possible"),
        ({"kunci": ""}, "This form lacks its key"),
    ],
)
@pytest.mark.usefixtures("needs")
def test_what_cannot_be_sent_is_said(
    change: dict[str, str], sentence: str, member: Client, page: str
) -> None:
    sent = member.post(page + QUERY, proposed(member, page) | change)

    assert sent.status_code in {409, 422}
    assert sentence in text_of(sent)
    assert Commitment.objects.count() == 0


@pytest.mark.usefixtures("needs")
def test_a_proposal_of_another_giver_is_not_taken(
    member: Client, page: str, giver: Collaborator
) -> None:
    other = make_collaborator("PMI", is_aggregator=True)
    make_membership(user=giver.memberships.get().user, collaborator=other)

    sent = member.post(page.replace(giver.slug, other.slug) + QUERY, proposed(member, page))

    assert (sent.status_code, Commitment.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?fase=2&bantuan=sembako&satuan=paket&jumlah=0", "Enter a quantity, for example 600."),
        ("?fase=2&bantuan=sembako&satuan=paket&jumlah=NaN", "“NaN” is not a number."),
        ("?fase=2&bantuan=sembako&satuan=rupiah&jumlah=100", "Write what a package costs."),
        (f"{QUERY}91", "At least 91 per place is more than the 90 packages there are."),
        (f"{QUERY}&jumlah-1=91", "The tied parts make 91, more than the 90 there are in all."),
        (f"{QUERY}&wilayah=99", "“99” is not in this list. Choose again."),
        ("?fase=9&bantuan=sembako&satuan=paket&jumlah=5", "“9” is not in this list."),
    ],
)
@pytest.mark.usefixtures("needs")
def test_a_stock_that_cannot_be_split_is_said(
    query: str, sentence: str, member: Client, page: str
) -> None:
    answer = member.get(page + query)

    assert answer.status_code in {400, 409}
    assert sentence in text_of(answer)


@pytest.mark.usefixtures("needs")
def test_a_budget_of_billions_is_understood(member: Client, page: str) -> None:
    query = "?fase=2&bantuan=sembako&satuan=rupiah&jumlah=5.000.000.000&harga=200.000&minimal="

    shown = text_of(member.get(page + query))

    assert "300 packages for 3 places." in shown
    assert "IDR 4,940,000,000 of the budget is left." in shown


def test_only_members_of_aggregators_split(member: Client, page: str, giver: Collaborator) -> None:
    stranger = Client()
    stranger.force_login(make_membership().user)
    donor = make_collaborator("Donatur")
    make_membership(user=giver.memberships.get().user, collaborator=donor)

    open_to: Callable[[Client, str], int] = lambda client, path: client.get(path).status_code  # noqa: E731

    assert open_to(stranger, page) == 404
    assert open_to(member, page.replace(giver.slug, donor.slug)) == 404
    assert open_to(member, page) == 200
    assert open_to(Client(), page) == 302
