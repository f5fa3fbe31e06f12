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

from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.commitments.models import Commitment
from ksbb.deliveries.actions.issue_link import issue_link
from ksbb.needs.models import Target, TargetContact
from ksbb.web.access import PUBLIC, access_of
from tests.architecture.test_addresses import views
from tests.doors.conftest import World
from tests.factories.accounts import make_pokja, make_user
from tests.factories.commitments import DESK, NOON

pytestmark = pytest.mark.django_db

NAMES: Final = ("Rahasia Tetangga", "Rahasia Pemberi")
PHONES: Final = ("0899 7777 0001", "0899 7777 0002")
LETTERS: Final = ("tetangga.r@example.org", "pemberi.r@example.org", "anggota.r@example.org")
WHOSE: Final = ("terima/", "undangan/")
"""Addresses that are a secret themselves: only who was given one can ask."""

MARKS: Final = re.compile(r"[\s.\-()+]")


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
    token = issue_link(delivery_id=int(str(world.names["delivery"])), actor=DESK, now=NOON)
    return [*NAMES, *PHONES, *LETTERS, token, str(world.names["token"])]


def test_no_public_answer_names_anybody(planted: list[str], world: World, client: Client) -> None:
    found = []
    asked = 0
    for address in addresses(world):
        answer = client.get(address)
        assert answer.status_code < 500, address
        asked += answer.status_code == 200
        said = words_of(answer)
        found += [(address, secret) for secret in planted if is_in(secret, said)]

    assert found == []
    assert asked > 50


def test_the_search_finds_what_is_there(planted: list[str], world: World) -> None:
    officer = Client()
    officer.force_login(make_pokja())

    page = officer.post(f"/pokja/sasaran/{world.names['target']}/kontak/")

    assert [secret for secret in planted if is_in(secret, words_of(page))] == [NAMES[0], PHONES[0]]


def addresses(world: World) -> list[str]:
    """Return every public address with what there is filled in, in both languages."""
    public = [
        address
        for address, view in views(get_resolver().url_patterns)
        if access_of(view) == PUBLIC and not address.startswith(WHOSE)
    ]
    filled = [one for address in public for one in fill(address, world)]
    return [f"{prefix}{one}" for one in filled for prefix in ("/", "/en/")]


def fill(address: str, world: World) -> list[str]:
    """Return an address once for each thing its name can mean."""
    name = re.search(r"<(?:\w+:)?(\w+)>", address)
    if name is None:
        return [address]
    commitments = [commitment.code for commitment in Commitment.objects.all()]
    meant: dict[str, list[str]] = {
        "code": [str(world.names["target"]), *commitments],
        "slug": [giver.slug for giver in Collaborator.objects.all()],
        "number": ["1"],
        "level": ["kota", "kecamatan", "kelurahan", "rw", "tempat"],
    }
    chosen = meant.get(name[1], ["1", "pangan-ramadan-1441"])
    return [address.replace(name[0], one) for one in chosen]


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
