"""Somebody at the desk: opens pages and sends the forms that stand on them, in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.test import Client

from ksbb.accounts.models import User
from ksbb.web.acting import KEY, SEEN

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

HIDDEN: Final = re.compile(rf'name="({KEY}|{SEEN})" value="([^"]*)"')
SUMMARY: Final = re.compile(r'class="summary".*?</div>', re.DOTALL)
LINE: Final = re.compile(r"<li>(.*?)</li>")
TAGS: Final = re.compile(r"<[^>]+>")

Fields = dict[str, str]


class Officer:
    """A browser in which somebody is logged in."""

    def __init__(self, user: User) -> None:
        """Log in without the form."""
        self.client = Client()
        self.client.force_login(user)

    def open(self, path: str = "") -> Answer:
        """Return a page of the desk."""
        return self.client.get(f"/en/pokja/{path}")

    def form(self, path: str) -> Fields:
        """Return the hidden fields of the first form on a page, as it stands open."""
        return dict(HIDDEN.findall(words(self.open(path)))[:2])

    def post(self, path: str, fields: Fields) -> Answer:
        """Send fields to an address."""
        return self.client.post(f"/en/pokja/{path}", fields)

    def send(self, path: str, *, page: str = "", **fields: str) -> Answer:
        """Open a page (the address itself, unless said) and send its form with these fields."""
        typed = {name.replace("_", "-"): value for name, value in fields.items()}
        return self.post(path, self.form(page or path) | typed)


def words(response: Answer) -> str:
    """Return the page."""
    return response.content.decode()


def complaint(response: Answer) -> list[str]:
    """Return the sentences of the error summary."""
    found = SUMMARY.search(words(response))
    return [TAGS.sub("", line) for line in LINE.findall(found.group() if found else "")]
