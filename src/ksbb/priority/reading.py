"""The book of now as the input of the rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from ksbb.allocation.errors import CannotAllocate
from ksbb.needs.queries_list import needs_of
from ksbb.overlap.queries import served_beside
from ksbb.priority.models import PriorityRule
from ksbb.priority.queries import rule_in_force
from ksbb.priority.reckoning import Document, Place, Simulated, document_of, simulate
from ksbb.programmes.models import AidType, Phase
from ksbb.shared.clock import WIB, in_wib
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number

MOST_ROWS: Final = 100_000
"""So many needs are put in order while somebody waits for the page."""

MOST_PACKAGES: Final = 100_000_000


class NoListError(DomainError):
    """No order can be made of what is on record."""


def the_rule(phase: Phase, now: datetime) -> PriorityRule:
    """Return the rule in force. Raises NoListError where none was published."""
    rule = rule_in_force(phase.programme, now)
    if rule is None:
        raise NoListError(_("No priority rule was published for this programme yet."))
    return rule


def read_document(
    rule: PriorityRule, aid_type: AidType, phase: Phase, *, packages: int, seed: int, now: datetime
) -> Document:
    """Return the input of the rule as of now. Raises NoListError."""
    if not 1 <= packages <= MOST_PACKAGES:
        raise NoListError(
            _("Write a number of packages from 1 to {most}."), most=number(MOST_PACKAGES)
        )
    needs = needs_of(aid_type, phase).filter(quantity__gt=0).order_by()
    rows: list[Any] = list(
        needs.annotate(served=served_beside()).values_list(*_COLUMNS)[: MOST_ROWS + 1]
    )
    if not rows:
        raise NoListError(_("No place has such a need in this phase."))
    if len(rows) > MOST_ROWS:
        raise NoListError(
            _("More than {most} needs cannot be put in order on a page."), most=number(MOST_ROWS)
        )
    terms, persons = rule.terms, rule.programme.persons_per_family
    today = in_wib(now).date()
    places = [
        Place(
            code=code,
            name=name,
            region=region,
            need=need,
            committed=committed,
            served=served,
            families=terms.families(_families(families, residents, persons)),
            age=terms.age(counted_on and (today - counted_on).days),
        )
        for code, name, region, need, committed, served, families, residents, counted_on in rows
    ]
    about = {
        "programme": phase.programme.slug,
        "aid_type": aid_type.slug,
        "phase": phase.number,
        "as_of": now.astimezone(WIB).isoformat(timespec="seconds"),
        "packages": packages,
        "seed": seed,
    }
    return document_of(terms=terms, version=rule.number, places=places, about=about)


def simulated(document: Document) -> Simulated:
    """Return the order of an input. Raises NoListError."""
    try:
        return simulate(document)
    except CannotAllocate as refusal:
        raise NoListError(
            _("The needs on record do not let us answer ({what})."), what=refusal
        ) from refusal


def seed_of(phase: Phase) -> int:
    """Return the seed that is used where none is chosen: the first day of the phase."""
    return int(phase.starts_on.strftime("%Y%m%d"))


_COLUMNS: Final = (
    "target__code",
    "target__name",
    "target__region_id",
    "quantity",
    "committed",
    "served",
    "target__families",
    "target__residents",
    "target__counted_on",
)


def _families(families: int | None, residents: int | None, persons: int) -> int:
    if families is not None:
        return families
    return 0 if residents is None else -(-residents // persons)
