"""A script in everything people type stays text wherever it is shown."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import Settings

from ksbb.commitments.models import Commitment
from ksbb.deliveries.actions.confirm import Answer, confirm
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.deliveries.enums import Condition
from ksbb.needs.actions.adjust import adjust
from ksbb.needs.models import Need, Target
from tests.doors.conftest import SCRIPT, World
from tests.factories.accounts import make_admin
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.needs import make_need, make_target
from tests.factories.programmes import make_kind, make_programme
from tests.portal.giving import SCHEDULE, answer_all, place_url

pytestmark = pytest.mark.django_db

SHOWN = [
    "/sasaran/",
    "/sasaran/?q={script}",
    "/sasaran/{target}/",
    "{place}",
    "/bantu/paket/",
    "/bantu/pemberi/",
    "/bantu/jadwal/",
    "/bantu/periksa/",
    "/komitmen/{done}/",
    "/komitmen/{done}/terima-kasih/",
    "/sasaran/{target}/terdekat/?bantuan=sembako&fase=2",
    "/komitmen/?kode={script}",
    "/terima/{token}/",
    "/capaian/?per={script}",
    "/capaian/?wilayah={area}&fase=2",
    "/capaian/siaran/",
    "/pokja/",
    "/pokja/komitmen/",
    "/pokja/komitmen/?q={script}",
    "/pokja/komitmen/{waiting}/",
    "/pokja/komitmen/{done}/",
    "/pokja/komitmen/{done}/batal/",
    "/pokja/kolaborator/{giver}/",
    "/pokja/penyaluran/?antrean=selisih",
    "/pokja/penyaluran/{confirmed}/",
    "/pokja/penyaluran/{confirmed}/berita-acara/",
    "/pokja/sasaran/{target}/",
    "/pokja/kebutuhan/{need}/",
    "/pokja/jejak/needs.need/{need}/",
    "/admin/needs/target/",
    "/admin/needs/target/{target_key}/change/",
    "/admin/collaborators/collaborator/",
    "/admin/collaborators/collaborator/{giver_key}/change/",
    "/admin/commitments/commitment/",
    "/admin/commitments/commitment/{done_key}/change/",
]
SHOWN_TO_MEMBERS = [
    "/saya/",
    "/saya/komitmen/{done}/",
    "/saya/komitmen/{done}/batal/",
    "/saya/komitmen/{done}/pindah/{line}/",
    "/saya/penyaluran/{confirmed}/",
    "/saya/penyaluran/{confirmed}/berita-acara/",
]


@pytest.fixture
def place() -> Target:
    """Return a place whose name, address and source hold the script."""
    return make_target(name=SCRIPT, address=SCRIPT, source=SCRIPT)


@pytest.fixture
def scripts(place: Target, settings: Settings) -> World:
    """Return a commitment whose every text is the script, confirmed in part, and one to confirm."""
    settings.KSBB_CLOCK = NOON.isoformat()
    make_programme().target_kinds.set([make_kind()])
    need = make_need(1_000, target=place)
    adjust(need_id=need.pk, quantity=900, reason=SCRIPT, actor=DESK, now=NOON)
    giver = make_collaborator(SCRIPT, is_aggregator=True)
    done = plan_it(make_commitment({need: 40}, collaborator=giver, remark=SCRIPT))
    confirmed = bring(done, {need: 20})
    open_one = bring(done, {need: 10})
    waiting = make_commitment({need: 5}, collaborator=giver, remark=SCRIPT)
    line = confirmed.lines.get()
    answer = Answer(quantity=18, condition=Condition.OTHER, remark=SCRIPT)
    token = issue_link(delivery_id=confirmed.pk, actor=DESK, now=NOON)
    confirm(token=token, answers={line.pk: answer}, remark=SCRIPT, actor=DESK, now=NOON)
    return World(
        {
            "script": SCRIPT,
            "place": place_url(need),
            "target": place.code,
            "target_key": place.pk,
            "area": place.region_id[:13],
            "need": need.pk,
            "done": done.code,
            "done_key": done.pk,
            "line": done.lines.get().pk,
            "waiting": waiting.code,
            "giver": giver.slug,
            "giver_key": giver.pk,
            "confirmed": confirmed.pk,
            "token": issue_link(delivery_id=open_one.pk, actor=DESK, now=NOON),
        }
    )


@pytest.fixture
def reader(scripts: World) -> Client:
    """Return an administrator who is also half-way through giving, with the script typed."""
    client = Client()
    client.force_login(make_admin())
    answer_all(
        client, Need.objects.get(pk=str(scripts.names["need"])), 10, nama=SCRIPT, kontak=SCRIPT
    )
    client.post("/bantu/jadwal/", SCHEDULE | {"catatan": SCRIPT})
    return client


@pytest.mark.parametrize("pattern", SHOWN)
def test_a_script_is_shown_and_never_run(pattern: str, scripts: World, reader: Client) -> None:
    page = reader.get(scripts.address(pattern)).content.decode()

    assert SCRIPT not in page
    assert escape(SCRIPT) in page


@pytest.mark.parametrize("pattern", SHOWN_TO_MEMBERS)
def test_a_script_is_shown_to_a_member_and_never_run(pattern: str, scripts: World) -> None:
    giver = Commitment.objects.earliest("pk").collaborator
    client = Client()
    client.force_login(make_membership(collaborator=giver).user)

    page = client.get(scripts.address(pattern)).content.decode()

    assert SCRIPT not in page
    assert escape(SCRIPT) in page


def test_a_name_with_a_script_is_kept_as_it_was_typed(reader: Client, scripts: World) -> None:
    key = reader.get(scripts.address("/bantu/periksa/")).context["key"]

    reader.post("/bantu/periksa/", {"kunci": key})

    newest = Commitment.objects.latest("pk")
    assert (newest.collaborator.name, newest.remark) == (SCRIPT, SCRIPT)
