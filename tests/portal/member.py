"""Somebody who gives for a collaborator: opens pages and sends the forms that stand on them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.test import Client

from ksbb.collaborators.models import Collaborator
from ksbb.web.acting import KEY, SEEN
from tests.factories.accounts import make_user
from tests.factories.collaborators import make_membership

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

HIDDEN: Final = re.compile(rf'name="({KEY}|{SEEN})" value="([^"]*)"')
SUMMARY: Final = re.compile(r'class="summary".*?</div>', re.DOTALL)
LINE: Final = re.compile(r"<li>(.*?)</li>")
TAGS: Final = re.compile(r"<[^>]+>")

Fields = dict[str, str]


class Member:
    """A browser in which a member of the collaborators is logged in, on the English pages."""

    def __init__(self, *collaborators: Collaborator) -> None:
        """Make the account with its memberships and log it in."""
        self.user = make_user()
        for collaborator in collaborators:
            make_membership(user=self.user, collaborator=collaborator)
        self.client = Client()
        self.client.force_login(self.user)

    def open(self, path: str = "") -> Answer:
        """Return a page below /saya/."""
        return self.client.get(f"/en/saya/{path}")

    def form(self, path: str) -> Fields:
        """Return the hidden fields of the first form of ours on a page, as it stands open."""
        return dict(HIDDEN.findall(words(self.open(path)))[:2])

    def post(self, path: str, fields: Fields) -> Answer:
        """Send fields to an address below /saya/."""
        return self.client.post(f"/en/saya/{path}", fields)

    def send(self, path: str, fields: Fields, *, page: str = "") -> Answer:
        """Open a page (the address itself, unless said) and send its form with these fields."""
        return self.post(path, self.form(page or path) | fields)


def words(response: Answer) -> str:
    """Return the page with single spaces."""
    return " ".join(response.content.decode().split())


def complaint(response: Answer) -> list[str]:
    """Return the sentences of the error summary."""
    found = SUMMARY.search(response.content.decode())
    return [TAGS.sub("", line) for line in LINE.findall(found.group() if found else "")]
