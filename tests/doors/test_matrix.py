"""Role × address × object: who opens what, for every address the resolver knows.

A new address fails here until its permission stands in `WHO` and its names are known to `Facts`:
so nobody adds a page without saying who may open it, and about whose objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from ksbb.accounts.enums import Role
from ksbb.accounts.models import User
from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.collaborators.actions.invite import invite
from ksbb.collaborators.enums import MemberRole
from ksbb.collaborators.models import Collaborator, Invitation
from ksbb.funds.enums import GiftKind
from ksbb.programmes.models import NeedRule
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.rights.models import Posting
from ksbb.web.access import PUBLIC, access_of
from tests.architecture.addresses import views
from tests.doors.rows import rows
from tests.factories.accounts import PASSWORD, make_admin, make_pokja, make_user
from tests.factories.batches import make_batch
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import NOON, line_of, make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.funds import (
    make_aggregator,
    make_bank_row,
    make_confirmed,
    make_gift,
)
from tests.factories.needs import VILLAGE, make_contact, make_need, make_target
from tests.factories.overlap import make_served, make_served_file
from tests.factories.plans import make_offer_of
from tests.factories.programmes import make_rule
from tests.factories.regions import make_region
from tests.factories.suggestions import make_suggestion

pytestmark = pytest.mark.django_db

VISITOR, WAITING, ACCOUNT, OWNER = "visitor", "waiting", "account", "owner"
NEIGHBOUR, AREA, POKJA, ADMIN = "neighbour", "area", "pokja", "admin"
ROLES: Final = (VISITOR, WAITING, ACCOUNT, OWNER, NEIGHBOUR, AREA, POKJA, ADMIN)

ALL: Final = frozenset(ROLES) - {VISITOR, WAITING}
DESK: Final = frozenset({POKJA, ADMIN})
OFFICER: Final = frozenset({AREA})
WATCH: Final = DESK | OFFICER
GIVER: Final = frozenset({OWNER, NEIGHBOUR})

OPEN, LOGIN, FACTOR, REFUSED, HIDDEN = "open", "login", "second factor", "refused", "hidden"
NOT_TAKEN, LED_AWAY = "not taken", "led away"
CLOSED: Final = frozenset({REFUSED, HIDDEN, NOT_TAKEN, LED_AWAY})
OPENED: Final = frozenset({OPEN, NOT_TAKEN, LED_AWAY})
"""An address that only takes forms does not take a look, or leads one to its page."""

WHO: Final = {
    "accounts.add_factor": ALL | {WAITING},
    "accounts.keep_own": ALL,
    "accounts.manage": frozenset({ADMIN}),
    "accounts.show_factor": ALL | {WAITING},
    "audit.view_history": DESK,
    "batches.hand_in": OFFICER,
    "batches.import": DESK,
    "batches.prepare": WATCH,
    "batches.view": WATCH,
    "collaborators.manage_members": GIVER,
    "collaborators.verify": DESK,
    "collaborators.view_contact": DESK,
    "collaborators.view_own": GIVER,
    "commitments.act_for_giver": GIVER,
    "commitments.call_place": GIVER,
    "commitments.cancel": DESK,
    "commitments.decide": DESK,
    "commitments.schedule": DESK,
    "commitments.view_queue": DESK,
    "deliveries.correct": DESK,
    "deliveries.record": DESK,
    "deliveries.settle": DESK,
    "deliveries.watch": WATCH,
    "funds.keep_book": GIVER,
    "funds.view_own_gift": GIVER,
    "needs.change_contact": DESK,
    "needs.enter_place": DESK,
    "needs.propose": WATCH,
    "needs.publish": DESK,
    "needs.verify_target": WATCH,
    "needs.view_contact": DESK,
    "overlap.enter": DESK,
    "overlap.view": WATCH,
    "plans.make": DESK,
    "priority.manage": DESK,
    "privacy.manage": frozenset({ADMIN}),
    "privacy.view_register": DESK,
    "programmes.manage": frozenset({ADMIN}),
    "programmes.view_desk": WATCH,
    "programmes.view_setup": DESK,
    "rights.decide_approval": DESK,
    "suggestions.decide": DESK,
    "suggestions.make": WATCH,
    "suggestions.view": WATCH,
}
"""Which roles open the pages of a permission; GIVER, ALL and AREA only about what is their own."""

WITHOUT_OBJECT: Final = {"saya/": ALL}
"""Pages of a giver that list what is one's own, and so open to every account."""


@dataclass
class Facts:
    """What the names in addresses mean: objects of one giver, by address and name."""

    meanings: dict[tuple[str, str], object] = field(default_factory=dict)

    def fill(self, address: str) -> str:
        """Return the address with its names filled in. Raises KeyError for an unknown one."""
        plain = re.sub(r"\^|\$|\\", "", address)
        for found in re.finditer(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", plain):
            value = self._meaning(address, found[1] or found[2])
            plain = plain.replace(found[0], str(value), 1)
        return f"/{plain}"

    def _meaning(self, address: str, name: str) -> object:
        starts = [one for one in self.meanings if one[1] == name and one[0] in address]
        if not starts:
            message = f"{address}: tell the matrix what “{name}” is, in `facts_of`"
            raise KeyError(message)
        return self.meanings[max(starts, key=lambda one: len(one[0]))]


@dataclass
class World:
    """One giver's objects, another's, and a browser for each role; the owner acts for the first."""

    own: Facts
    other: Facts
    browsers: dict[str, Client]


def facts_of(giver: Collaborator, owner: User, village: str) -> Facts:
    """Make one object of every kind for a giver, and name it as the addresses do."""
    need = make_need(100, target=make_target(village=village))
    make_contact(need.target)
    commitment = plan_it(make_commitment({need: 40}, collaborator=giver))
    delivery = bring(commitment, {need: 10})
    planned = commitment.deliveries.exclude(pk=delivery.pk).get()
    actor = Actor(user=owner, channel=Channel.WEB)
    invite(
        collaborator_id=giver.pk,
        email=f"undangan-{giver.pk}@example.org",
        role=MemberRole.MEMBER,
        actor=actor,
        now=NOON,
    )
    asked = ask(
        step=Step.REFUSE_GIVER, obj=giver, payload={}, reason="Contoh", actor=actor, now=NOON
    )
    passkey = Authenticator.objects.create(
        user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "HP", "credential": {}}
    )
    rule = NeedRule.objects.first() or make_rule()
    aggregator = make_aggregator()
    make_membership(user=owner, collaborator=aggregator)
    goods = make_confirmed(5, aggregator=aggregator, donor=giver, kind=GiftKind.GOODS)
    return Facts(
        {
            ("agregator/", "slug"): aggregator.slug,
            ("kolaborator/<slug:slug>/izin/", "slug"): aggregator.slug,
            ("kolaborator/<slug:slug>/izin/", "pk"): aggregator.permits.get().pk,
            ("agregator/", "code"): make_gift(aggregator=aggregator, donor=giver).code,
            ("agregator/", "lot_id"): goods.lot.pk,
            ("tanda-terima.pdf", "code"): goods.code,
            ("agregator/", "row_id"): make_bank_row(aggregator).pk,
            ("bukti-transfer/", "code"): goods.code,
            ("kolaborator/", "slug"): giver.slug,
            ("organisasi/", "slug"): giver.slug,
            ("anggota/", "key"): owner.pk,
            ("undangan/", "key"): Invitation.objects.get(collaborator=giver).pk,
            ("komitmen/", "code"): commitment.code,
            ("komitmen/", "line_id"): line_of(commitment).pk,
            ("penyaluran/", "pk"): delivery.pk,
            ("saya/penyaluran/<int:pk>/kalender", "pk"): planned.pk,
            ("koreksi/", "line_id"): delivery.lines.get().pk,
            ("sasaran/", "code"): need.target.code,
            ("kebutuhan/", "pk"): need.pk,
            ("kesediaan/", "code"): make_offer_of(collaborator=giver).code,
            ("kotak-masuk/", "kind"): "sasaran",
            ("kotak-masuk/", "key"): need.target.pk,
            ("jejak/", "kind"): "commitments.commitment",
            ("jejak/", "key"): commitment.pk,
            ("akun/kunci/", "key"): passkey.pk,
            ("persetujuan/", "pk"): asked.pk,
            ("pokja/akun/", "pk"): make_pokja().pk,
            ("pokja/program/", "slug"): rule.programme.slug,
            ("pokja/program/", "number"): need.phase.number,
            ("pokja/program/", "kind"): rule.aid_type.slug,
            ("pokja/program/", "pk"): rule.pk,
            ("pokja/jenis-tempat/", "slug"): need.target.kind.slug,
            ("pokja/impor/", "pk"): make_batch({7: 20}, area=make_region(village)).pk,
            ("usulan/", "pk"): make_suggestion(need.target).pk,
            ("sudah-dilayani/", "pk"): make_served(need).pk,
            ("sudah-dilayani/berkas/", "pk"): make_served_file(need).pk,
        }
    )


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    """Return two givers with everything, and everybody logged in as they would be."""
    settings.KSBB_CLOCK = NOON.isoformat()
    settings.BATCH_INBOX = tmp_path / "inbox"
    owner, neighbour = make_user(), make_user()
    givers = [make_collaborator(name, is_aggregator=True) for name in ("PT Satu", "PT Dua")]
    people = (owner, neighbour)
    for giver, person in zip(givers, people, strict=True):
        make_membership(user=person, collaborator=giver, role=MemberRole.OWNER)
    villages = (VILLAGE, "31.74.05.1003")
    own, other = (facts_of(*one) for one in zip(givers, people, villages, strict=True))
    officer = make_user(role=Role.AREA)
    Posting.objects.create(user=officer, region_id=VILLAGE, since=NOON)
    accounts = {
        ACCOUNT: make_user(),
        OWNER: owner,
        NEIGHBOUR: neighbour,
        AREA: officer,
        POKJA: make_pokja(),
        ADMIN: make_admin(),
    }
    browsers = {VISITOR: Client(), WAITING: _after_the_password(settings)}
    for role, user in accounts.items():
        browsers[role] = Client()
        browsers[role].force_login(user)
    return World(own, other, browsers)


def _after_the_password(settings: Settings) -> Client:
    """Return the browser of an officer who has still to show a second factor."""
    waiting = make_pokja()
    Authenticator.objects.create(
        user=waiting, type=Authenticator.Type.TOTP, data={"secret": "tertutup"}
    )
    client = Client()
    client.post("/masuk/", {"username": waiting.email, "password": PASSWORD})
    assert not settings.SECOND_FACTOR_REQUIRED
    return client


def guarded() -> Iterator[tuple[str, str]]:
    """Yield (address, permission) of all pages that are not for everybody."""
    for address, view in views(get_resolver().url_patterns):
        mark = access_of(view)
        if mark != PUBLIC:
            yield address, str(mark)


def expected(role: str, address: str, permission: str, *, is_own: bool) -> frozenset[str]:
    """Return how an address may answer somebody."""
    if role == VISITOR:
        return frozenset({LOGIN})
    allowed = WHO[permission] | WITHOUT_OBJECT.get(address, frozenset())
    if role == WAITING:
        # One who has a factor may show it, and tie no other before.
        return OPENED if permission == "accounts.show_factor" else frozenset({FACTOR, REFUSED})
    if role not in allowed:
        return CLOSED
    names_object = "<" in address
    own_only = permission == "accounts.keep_own" or allowed == GIVER or role == AREA
    return CLOSED if names_object and own_only and not is_own else OPENED


def answered(answer: Any) -> str:
    """Name what became of a request; the reader's own mistakes count as an open door."""
    if answer.streaming:
        # A file is let go of once it is read.
        b"".join(answer.streaming_content)
    if answer.status_code == 403:
        return REFUSED
    if answer.status_code == 404:
        return HIDDEN
    if answer.status_code == 405:
        return NOT_TAKEN
    leads = answer.headers.get("Location", "")
    if leads.startswith("/masuk/"):
        return LOGIN
    if leads.startswith("/akun/faktor/?"):
        return FACTOR
    assert answer.status_code < 500
    is_look = answer.wsgi_request.method == "GET"
    return LED_AWAY if is_look and answer.status_code == 302 else OPEN


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_role_as_it_should(role: str, world: World) -> None:
    wrong = []
    before = rows()
    for address, permission in guarded():
        for owner, facts in ((OWNER, world.own), (NEIGHBOUR, world.other)):
            # The officer's area is that of the first giver's place.
            is_about_area = WHO[permission] in {OFFICER, WATCH}
            watchers = {AREA} if owner == OWNER and is_about_area else set()
            path = facts.fill(address)
            right = expected(role, address, permission, is_own=role in {owner, *watchers})
            said = answered(world.browsers[role].get(path))
            # Whoever may, does so in the tests of the page; here everybody else tries.
            sent = said if right == OPENED else answered(world.browsers[role].post(path, {}))
            wrong += [(path, one, right) for one in (said, sent) if one not in right]

    assert wrong == [], "\n".join(map(str, wrong))
    assert rows() == before


def test_the_matrix_knows_every_permission_and_no_other() -> None:
    assert {permission for _address, permission in guarded()} == set(WHO)


def test_the_administration_pages_are_for_administrators(world: World) -> None:
    pages = ["/admin/", "/admin/accounts/user/", "/admin/programmes/programme/add/"]
    others = [role for role in ROLES if role != ADMIN]

    said = {
        (role, page): answered(world.browsers[role].get(page)) for role in others for page in pages
    }

    assert {one: word for one, word in said.items() if word not in {LOGIN, FACTOR, LED_AWAY}} == {}


def test_guessed_keys_open_nothing(world: World) -> None:
    before = rows()
    answers = [
        world.browsers[role].get(f"/{address}".replace("KEY", key))
        for key in ("0", "999999", "9" * 30, "-1", "1 OR 1=1", "../1", "%00")
        for role in (ACCOUNT, OWNER, POKJA)
        for address in (
            "saya/penyaluran/KEY/",
            "saya/komitmen/KEY/",
            "saya/organisasi/KEY/",
            "akun/kunci/KEY/hapus/",
            "komitmen/KEY/kontak/",
            "pokja/kebutuhan/KEY/",
        )
    ]

    assert {one.status_code for one in answers} <= {400, 403, 404}
    assert rows() == before
