"""Which collaborators may be one and the same: by name, phone or e-mail address.

Phones and addresses are compared and never returned, so nobody's contact is looked at by it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator
from ksbb.shared.text import normalise

_COMPARED: Final = ("pk", "name", "contact__phone", "contact__email")
_NOT_DIGITS: Final = re.compile(r"\D+")
_FORMS: Final = re.compile(r"\b(pt|cv|yayasan|tbk|ud|perkumpulan|komunitas|the)\b")


class Alike(TextChoices):
    """What two collaborators share."""

    NAME = "NAME", _("same name")
    PHONE = "PHONE", _("same phone number")
    EMAIL = "EMAIL", _("same e-mail address")


Mark = tuple[Alike, str]


class LookAlike(NamedTuple):
    """Another collaborator and all that it shares with the one that was asked about."""

    other: Collaborator
    shared: list[Alike]


def look_alikes(asked: Sequence[Collaborator]) -> dict[int, list[LookAlike]]:
    """Return for each collaborator, by its key, those it resembles and who are not refused.

    Three queries, however many are asked about. Names are compared in their normal form, which no
    index knows, so the names of all are read, but only those alike become objects.
    """
    if not asked:
        return {}
    wanted: dict[Mark, list[int]] = defaultdict(list)
    everybody = Collaborator.objects.order_by("pk")
    for pk, *said in everybody.filter(pk__in=[one.pk for one in asked]).values_list(*_COMPARED):
        for mark in _marks(*said):
            wanted[mark].append(pk)
    shared: dict[int, dict[int, list[Alike]]] = {one.pk: defaultdict(list) for one in asked}
    rows = everybody.exclude(verification=Verification.REFUSED).values_list(*_COMPARED)
    for other, *said in rows.iterator(chunk_size=5_000):
        for mark in _marks(*said):
            for pk in wanted.get(mark, ()):
                if pk != other:
                    shared[pk][other].append(mark[0])
    others = Collaborator.objects.in_bulk({key for found in shared.values() for key in found})
    return {
        pk: [LookAlike(others[other], kinds) for other, kinds in found.items()]
        for pk, found in shared.items()
    }


def _marks(name: str, phone: str | None, email: str | None) -> list[Mark]:
    values = {
        Alike.NAME: _normal(name),
        Alike.PHONE: _phone(phone or ""),
        Alike.EMAIL: (email or "").strip().lower(),
    }
    return [(kind, value) for kind, value in values.items() if value]


@lru_cache(maxsize=100_000)
def _normal(name: str) -> str:
    return _FORMS.sub(" ", normalise(name)).replace(" ", "")


def _phone(typed: str) -> str:
    """Return the digits as they are dialled from home: +62 812 is 0812."""
    digits = _NOT_DIGITS.sub("", typed)
    return f"0{digits[2:]}" if digits.startswith("62") else digits
