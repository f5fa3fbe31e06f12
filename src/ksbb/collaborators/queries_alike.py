"""Which collaborators may be one and the same: by name, phone or e-mail address.

Phones and addresses are compared and never returned, so nobody's contact is looked at by it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.shared.text import normalise

_NOT_DIGITS: Final = re.compile(r"\D+")
_FORMS: Final = re.compile(r"\b(pt|cv|yayasan|tbk|ud|perkumpulan|komunitas|the)\b")


class Alike(TextChoices):
    """What two collaborators share."""

    NAME = "NAME", _("same name")
    PHONE = "PHONE", _("same phone number")
    EMAIL = "EMAIL", _("same e-mail address")


class LookAlike(NamedTuple):
    """Another collaborator and all that it shares with the one that was asked about."""

    other: Collaborator
    shared: list[Alike]


def look_alikes(asked: Sequence[Collaborator]) -> dict[int, list[LookAlike]]:
    """Return for each collaborator, by its key, those it resembles and who are not refused.

    One query, however many are asked about: names are compared in their normal form, which no
    index knows, so all collaborators are read; there are some thousands of them at most.
    """
    if not asked:
        return {}
    rows = Collaborator.objects.exclude(verification=Verification.REFUSED).select_related("contact")
    known = {one.pk: one for one in rows.order_by("pk")}
    marks = {pk: _marks(one) for pk, one in known.items()}
    holders: dict[tuple[Alike, str], list[int]] = defaultdict(list)
    for pk, found in marks.items():
        for mark in found:
            holders[mark].append(pk)
    return {one.pk: _resembling(one, marks.get(one.pk, ()), holders, known) for one in asked}


def _resembling(
    one: Collaborator,
    marks: Sequence[tuple[Alike, str]],
    holders: dict[tuple[Alike, str], list[int]],
    known: dict[int, Collaborator],
) -> list[LookAlike]:
    shared: dict[int, list[Alike]] = defaultdict(list)
    for mark in marks:
        for pk in holders[mark]:
            if pk != one.pk:
                shared[pk].append(mark[0])
    return [LookAlike(known[pk], kinds) for pk, kinds in shared.items()]


def _marks(one: Collaborator) -> list[tuple[Alike, str]]:
    contact = getattr(one, "contact", None)
    values = {
        Alike.NAME: _FORMS.sub(" ", normalise(one.name)).replace(" ", ""),
        Alike.PHONE: _phone(contact.phone) if contact else "",
        Alike.EMAIL: contact.email.strip().lower() if contact else "",
    }
    return [(kind, value) for kind, value in values.items() if value]


def _phone(typed: str) -> str:
    """Return the digits as they are dialled from home: +62 812 is 0812."""
    digits = _NOT_DIGITS.sub("", typed)
    return f"0{digits[2:]}" if digits.startswith("62") else digits
