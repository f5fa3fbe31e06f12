"""Collaborators of the scenario as rows: registered with their first promise, then verified."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from ksbb.collaborators.enums import Verification
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.demo.rows import invented_name, invented_phone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ksbb.demo.cast import Giver
    from ksbb.demo.ledger import Ledger


class Roster:
    """The collaborators that have appeared so far."""

    def __init__(self, ledger: Ledger, givers: Iterable[Giver]) -> None:
        self._ledger = ledger
        self._givers = {giver.slug: giver for giver in givers}
        self._rows: dict[str, Collaborator] = {}
        self._rng = Random("collaborators")

    def known(self, slug: str, at: datetime) -> Collaborator:
        """Return the row of a giver, which registers when it appears for the first time."""
        if slug not in self._rows:
            self._rows[slug] = self._register(self._givers[slug], at)
        return self._rows[slug]

    def _register(self, giver: Giver, at: datetime) -> Collaborator:
        row = self._ledger.add(
            Collaborator,
            slug=giver.slug,
            name=giver.name,
            kind=giver.kind,
            is_donor=not giver.is_aggregator,
            is_aggregator=giver.is_aggregator,
            is_anonymous=giver.is_anonymous,
            verification=Verification.PENDING,
            created_at=at,
            is_example=giver.is_example,
        )
        self._ledger.add(
            CollaboratorContact,
            collaborator=row,
            name=invented_name(self._rng),
            email=f"{giver.slug}@contoh.example",
            phone=invented_phone(self._rng),
        )
        self._ledger.record("collaborators.register", row, at)
        return row

    def verify(self, slug: str, at: datetime) -> None:
        """Say that a giver is known, before the first of its promises is accepted."""
        self._decide(slug, Verification.VERIFIED, at, "")

    def refuse_stranger(self, slug: str, at: datetime, reason: str) -> None:
        """Refuse a giver nobody knows; with any other only the promise is rejected."""
        if self._givers[slug].is_refused:
            self._decide(slug, Verification.REFUSED, at, reason)

    def _decide(self, slug: str, decision: Verification, at: datetime, reason: str) -> None:
        row = self._rows[slug]
        if row.verification == Verification.PENDING:
            row.verification = decision
            changes = {"verification": [str(Verification.PENDING), str(decision)]}
            self._ledger.record(f"collaborators.{decision.lower()}", row, at, reason, changes)
