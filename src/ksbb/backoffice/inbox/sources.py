"""The kinds of things that wait for a decision. A new kind is one more line here.

Its facts in the list stand in `templates/backoffice/inbox/<slug>.html`, and its hours in
`settings.DESK_HOURS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ksbb.backoffice.inbox.source import Source
from ksbb.batches.queries import awaiting_officer, with_area_officer
from ksbb.collaborators.models import Collaborator, Permit
from ksbb.collaborators.queries import awaiting_verification, ending_permits
from ksbb.collaborators.queries_alike import LookAlike, look_alikes
from ksbb.commitments.queries import awaiting_decision, promised_in
from ksbb.deliveries.models import Delivery
from ksbb.deliveries.queries import last_brought, with_difference
from ksbb.needs.models import Target
from ksbb.needs.queries_desk import Neighbours, neighbours_of, targets_awaiting
from ksbb.regions.queries import within
from ksbb.rights.queries import open_approvals
from ksbb.suggestions.queries import open_suggestions

TARGET: Final = "sasaran"
COLLABORATOR: Final = "kolaborator"
PERMIT: Final = "izin"
COMMITMENT: Final = "komitmen"
DIFFERENCE: Final = "selisih"
APPROVAL: Final = "persetujuan"
FILE: Final = "berkas"
LIST: Final = "daftar"
SUGGESTION: Final = "usulan"


class Around(NamedTuple):
    """What stands beside a place: its neighbours, and what was brought to it last."""

    neighbours: Neighbours
    last: Delivery | None


class Known(NamedTuple):
    """Whom a collaborator resembles, and how many papers of it are on record."""

    alike: list[LookAlike]
    permits: int


def around(targets: Sequence[Target]) -> dict[int, Around]:
    """Return what helps to judge places: two queries, however many there are."""
    neighbours = neighbours_of(targets)
    last = last_brought([one.pk for one in targets])
    return {one.pk: Around(neighbours[one.pk], last.get(one.pk)) for one in targets}


def known(collaborators: Sequence[Collaborator]) -> dict[int, Known]:
    """Return what helps to judge collaborators: some queries, however many there are."""
    alike = look_alikes(collaborators)
    papers = Permit.objects.filter(collaborator__in=collaborators)
    holders = list(papers.values_list("collaborator_id", flat=True))
    return {one.pk: Known(alike[one.pk], holders.count(one.pk)) for one in collaborators}


def _at(name: str, key: str) -> Any:
    return lambda one: reverse(f"backoffice:{name}", args=[getattr(one, key)])


SOURCES: Final = (
    Source(
        slug=COMMITMENT,
        label=_("Commitments to accept"),
        permission="commitments.decide",
        waiting=lambda _now: awaiting_decision(),
        since="submitted_at",
        in_area=promised_in,
        address=_at("commitment", "code"),
        name=lambda one: f"{one.code} {one.collaborator.name}",
    ),
    Source(
        slug=COLLABORATOR,
        label=_("Collaborators to verify"),
        permission="collaborators.verify",
        waiting=lambda _now: awaiting_verification(),
        since="created_at",
        address=_at("collaborator", "slug"),
        name=lambda one: one.name,
        beside=known,
    ),
    Source(
        slug=DIFFERENCE,
        label=_("Receipts that differ"),
        permission="deliveries.correct",
        waiting=lambda _now: with_difference(),
        since="receipt__confirmed_at",
        region="target__region",
        address=_at("delivery", "pk"),
        name=lambda one: one.target.name,
    ),
    Source(
        slug=APPROVAL,
        label=_("Second words to give"),
        permission="rights.decide_approval",
        waiting=lambda _now: open_approvals(),
        since="asked_at",
        address=_at("approval", "pk"),
        name=lambda one: capfirst(str(one)),
    ),
    Source(
        slug=PERMIT,
        label=_("Permits that end"),
        permission="collaborators.verify",
        waiting=lambda now: ending_permits(now.date()),
        since="valid_until",
        ends=True,
        address=lambda one: reverse("backoffice:permits", args=[one.collaborator.slug]),
        name=lambda one: one.collaborator.name,
    ),
    Source(
        slug=SUGGESTION,
        label=_("Suggestions and reports of needs"),
        permission="suggestions.decide",
        waiting=lambda _now: open_suggestions(),
        since="made_at",
        region="region",
        address=_at("suggestion", "pk"),
        name=lambda one: one.name,
    ),
    Source(
        slug=FILE,
        label=_("Files of places to decide on"),
        permission="batches.import",
        waiting=lambda _now: awaiting_officer(),
        since="handed_in_at",
        in_area=lambda area: within("area", area),
        address=_at("batch", "pk"),
        name=lambda one: one.file_name,
    ),
    Source(
        slug=LIST,
        label=_("Lists to hand in"),
        permission="batches.hand_in",
        waiting=lambda _now: with_area_officer(),
        since="created_at",
        region="area",
        address=_at("batch", "pk"),
        name=lambda one: one.file_name,
    ),
    Source(
        slug=TARGET,
        label=_("Places to verify"),
        permission="needs.verify_target",
        waiting=lambda _now: targets_awaiting(),
        since="entered_at",
        region="region",
        address=_at("target", "code"),
        name=lambda one: one.name,
        beside=around,
    ),
)
"""In the order in which two things that are due at the same moment stand."""

BY_SLUG: Final = {one.slug: one for one in SOURCES}
