"""Both doors on 1 May 2020 at noon, with one commitment that came as far as its receipt link."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from ksbb.collaborators.models import Collaborator
from ksbb.deliveries.actions.issue_link import issue_link
from tests.factories.accounts import make_pokja
from tests.factories.batches import make_batch
from tests.factories.collaborators import make_collaborator, make_membership
from tests.factories.commitments import DESK, NOON, make_commitment
from tests.factories.deliveries import bring, plan_it
from tests.factories.needs import make_need
from tests.factories.overlap import make_served, make_served_file
from tests.factories.programmes import make_kind, make_programme
from tests.portal.giving import place_url

SCRIPT = "<script>alert(1)</script>"


@dataclass(frozen=True)
class World:
    """What the addresses of the doors speak of, by the names used in them."""

    names: dict[str, object]

    def address(self, pattern: str) -> str:
        """Return an address with its names filled in."""
        return pattern.format(**self.names)


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    """Return a need of 100 with 40 handed over and a commitment of 10 that waits."""
    settings.KSBB_CLOCK = NOON.isoformat()
    settings.BATCH_INBOX = tmp_path / "inbox"
    make_programme().target_kinds.set([make_kind()])
    need = make_need(100)
    commitment = plan_it(make_commitment({need: 40}))
    delivery = bring(commitment)
    waiting = make_commitment({need: 10}, collaborator=make_collaborator("Menunggu"))
    make_served(need)
    make_served_file(need)
    return World(
        {
            "place": place_url(need),
            "target": need.target.code,
            "need": need.pk,
            "code": waiting.code,
            "promised": waiting.lines.get().pk,
            "giver": waiting.collaborator.slug,
            "delivery": delivery.pk,
            "line": delivery.lines.get().pk,
            "batch": make_batch({7: 20}).pk,
            "token": issue_link(delivery_id=delivery.pk, actor=DESK, now=NOON),
        }
    )


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(make_pokja())
    return client


@pytest.fixture
def member(world: World) -> Client:
    """Return the browser of somebody who acts for the giver of the commitment that waits."""
    giver = Collaborator.objects.get(slug=world.names["giver"])
    client = Client()
    client.force_login(make_membership(collaborator=giver).user)
    return client
