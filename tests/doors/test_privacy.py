"""What is planted in the book about people is on no page, in no file and in no answer for all.

Every public address is asked for, those of tomorrow too: the list is that of the resolver.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, Final

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import get_resolver

from ksbb.collaborators.actions.invite import invite
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.commitments.actions.cancel import cancel
from ksbb.commitments.enums import Reason
from ksbb.commitments.models import Commitment, Movement
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.funds.models import Gift
from ksbb.needs.models import Target, TargetContact
from ksbb.plans.models import PublishedPlan
from ksbb.priority.actions.freeze import freeze
from ksbb.priority.actions.publish import publish_rule
from ksbb.priority.models import FrozenList
from ksbb.suggestions.models import Suggestion, SuggestionContact
from ksbb.web.access import PUBLIC, access_of
from tests.architecture.addresses import views
from tests.doors.conftest import World
from tests.factories.accounts import make_pokja, make_user
from tests.factories.commitments import DESK, NOON
from tests.factories.deliveries import answer as confirm
from tests.factories.deliveries import bring, make_planned
from tests.factories.funds import make_bank_row, make_confirmed
from tests.factories.needs import make_need
from tests.factories.plans import make_offer_of, make_published
from tests.factories.programmes import make_aid_type, make_phase, make_programme
from tests.factories.suggestions import make_suggestion
from tests.priority.test_formula import TERMS

pytestmark = pytest.mark.django_db

NAMES: Final = ("Rahasia Tetangga", "Rahasia Pemberi", "Rahasia Bank")
PHONES: Final = ("0899 7777 0001", "0899 7777 0002", "0899 7777 0003")
LETTERS: Final = (
    "tetangga.r@example.org",
    "pemberi.r@example.org",
    "anggota.r@example.org",
    "pelapor.r@example.org",
    "undangan.r@example.org",
)
WHOSE: Final = ("terima/", "undangan/")
"""Addresses that are a secret themselves: only who was given one can ask."""

SHUT: Final = (
    "keluar/",
    "akun/kode/",
    "admin/login/",
    "api/v1/",
    "api/v1/proposals",
    "bantu/paket/",
    "bantu/pemberi/",
    "bantu/jadwal/",
    "bantu/pernyataan/",
    "bantu/periksa/",
)
"""What answers a plain GET with the way to somewhere else: forms in the middle of a walk."""

ASKED: Final = {
    "bantu/usulan/": "?bantuan=sembako&fase=2&jumlah=5",
    "sasaran/<str:code>/terdekat/": "?bantuan=sembako&fase=2",
}
"""What says nothing without a question."""

MARKS: Final = re.compile(r"[\s.\-()+]")
NAME: Final = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>([^)]*)\)")
"""A name in an address, plain or with its pattern."""


@pytest.fixture
def planted(world: World) -> list[str]:
    """Put people everywhere the book has room for them; return what must not be found."""
    for target in Target.objects.all():
        TargetContact.objects.update_or_create(
            target=target,
            defaults={"role": "Ketua RW", "name": NAMES[0], "phone": PHONES[0]},
        )
    for giver in Collaborator.objects.all():
        CollaboratorContact.objects.update_or_create(
            collaborator=giver,
            defaults={"name": NAMES[1], "phone": PHONES[1], "email": LETTERS[1]},
        )
    make_user(LETTERS[2])
    invite(
        collaborator_id=Collaborator.objects.all()[0].pk,
        email=LETTERS[4],
        role=MemberRole.MEMBER,
        actor=DESK,
        now=NOON,
    )
    SuggestionContact.objects.create(
        suggestion=make_suggestion(Target.objects.all()[0]), phone=PHONES[2], email=LETTERS[3]
    )
    gift = make_confirmed(donor=Collaborator.objects.all()[0])
    make_bank_row(gift.aggregator, text=NAMES[2])
    token = issue_link(delivery_id=int(str(world.names["delivery"])), actor=DESK, now=NOON)
    return [*NAMES, *PHONES, *LETTERS, token, str(world.names["token"])]


def test_no_public_answer_names_anybody(planted: list[str], world: World, client: Client) -> None:
    _publish()
    declared, found, shown = set(public()), [], set()
    for address, filled in public_addresses(world):
        answer = client.get(filled)
        assert answer.status_code < 500, filled
        if answer.status_code == 200:
            shown.add(address)
        said = words_of(answer)
        found += [(filled, secret) for secret in planted if is_in(secret, said)]

    assert found == []
    assert declared - shown == set(SHUT)


def test_the_search_finds_what_is_there(planted: list[str], world: World) -> None:
    officer = Client()
    officer.force_login(make_pokja())

    page = officer.post(f"/pokja/sasaran/{world.names['target']}/kontak/")

    assert [secret for secret in planted if is_in(secret, words_of(page))] == [NAMES[0], PHONES[0]]


def _publish() -> None:
    """Have something of everything that is published: a plan, a list, thanks, what is left."""
    make_offer_of()
    make_published()
    publish_rule(
        programme_id=make_programme().pk,
        terms=TERMS,
        valid_from=None,
        reason="Rapat contoh",
        actor=DESK,
        now=NOON,
    )
    freeze(
        phase=make_phase(),
        aid_type=make_aid_type(),
        packages=5,
        seed=1,
        reason="Contoh",
        actor=DESK,
        now=NOON,
    )
    left = make_planned({make_need(30): 20})
    cancel(commitment_id=left.pk, reason="truk rusak", for_others=True, actor=DESK, now=NOON)
    confirm(bring(make_planned({make_need(50): 50})))


def addresses(world: World) -> list[str]:
    """Return every public address with what there is filled in, in both languages."""
    return [filled for _, filled in public_addresses(world)]


def public() -> list[str]:
    """Return every public address as it is declared."""
    return [
        address
        for address, view in views(get_resolver().url_patterns)
        if access_of(view) == PUBLIC and not address.startswith(WHOSE)
    ]


def public_addresses(world: World) -> list[tuple[str, str]]:
    """Return every public address as it is declared, and as it is asked for."""
    return [
        (address, f"{prefix}{one}{ASKED.get(address, '')}")
        for address in public()
        for one in fill(address, world)
        for prefix in ("/", "/en/")
    ]


def fill(address: str, world: World) -> list[str]:
    """Return an address once for each thing its names can mean."""
    address = address.replace("^", "").removesuffix("$")
    name = NAME.search(address)
    if name is None:
        return [address]
    if name[2] == "name":
        meant = name[3].replace("[.]", ".").split("|")
    else:
        meant = _known(world).get(name[1] or name[2], ["1", "pangan-ramadan-1441"])
    return [one for value in meant for one in fill(address.replace(name[0], value), world)]


def _known(world: World) -> dict[str, list[str]]:
    coded = (Commitment, Gift, PublishedPlan, FrozenList, Suggestion)
    codes = [code for model in coded for code in model.objects.values_list("code", flat=True)]
    left = Movement.objects.filter(reason=Reason.RELEASE).values_list("entry", flat=True)
    slugs = Collaborator.objects.values_list("slug", flat=True)
    return {
        "code": [str(world.names["target"]), *codes],
        "slug": [*slugs, "pangan-ramadan-1441", "donatur"],
        "key": [str(key) for key in left],
        "number": ["1"],
        "level": ["kota", "kecamatan", "kelurahan", "rw", "tempat"],
    }


def words_of(answer: Any) -> str:
    """Return everything an answer says: its text, its headers, and what a packed file holds."""
    content = b"".join(answer) if isinstance(answer, StreamingHttpResponse) else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return f"{dict(answer.headers)} {content.decode(errors='replace')}"


def is_in(secret: str, said: str) -> bool:
    """Tell whether something is said, however it is spaced or dotted."""
    return MARKS.sub("", secret).lower() in MARKS.sub("", said).lower()
