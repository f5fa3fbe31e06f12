"""The list of places: needs of one aid type in one phase, so that units are never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Func, Prefetch, Q, QuerySet
from django.db.models.lookups import Exact

from ksbb.needs.enums import Verification
from ksbb.needs.models import Need, Target
from ksbb.programmes.models import AidType, Phase, Programme
from ksbb.regions.queries import within

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

MOST_MISSING: Final = ("-open", "id")
LEAST_COVERED: Final = ("coverage", "-open", "id")
BY_NAME: Final = ("target__name", "target__code")


def needs_of(aid_type: AidType, phase: Phase) -> QuerySet[Need]:
    """Return the needs of verified places in one unit, with place and region at hand."""
    return Need.objects.filter(
        Exact(_AsRead("target__verification"), Verification.VERIFIED),
        aid_type=aid_type,
        phase=phase,
    ).select_related("target__kind", "target__region", "phase", "aid_type")


class _AsRead(Func):
    """A column by which SQLite shall choose no rows to begin with.

    It would begin with all verified places and sort the needs of all of them, where an index holds
    the needs in the order of the list. PostgreSQL knows better and is told nothing.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """Return the column with the sign that means this to SQLite."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def in_area(needs: QuerySet[Need], area: str) -> QuerySet[Need]:
    """Keep the needs at or below a region code."""
    return needs.filter(within("target__region", area))


def still_open(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Keep the needs of which something is still missing."""
    return needs.filter(open__gt=0)


def find_target(code: str, programme: Programme) -> Target | None:
    """Return a verified place of the programme's kinds with its needs in order, or None."""
    needs = Need.objects.filter(phase__programme=programme).select_related("phase", "aid_type")
    in_order = needs.order_by("phase__number", "aid_type__position", "id")
    return (
        Target.objects.filter(code=code, verification=Verification.VERIFIED)
        .filter(kind__in=programme.target_kinds.all())
        .select_related("kind", "region")
        .prefetch_related(Prefetch("needs", in_order))
        .first()
    )


def targets_of(programme: Programme) -> QuerySet[Target]:
    """Return the verified places of the programme's kinds inside its area, with their kind."""
    return Target.objects.filter(
        within("region", programme.root_region_id),
        verification=Verification.VERIFIED,
        kind__in=programme.target_kinds.all(),
    ).select_related("kind")


def open_needs(need_ids: list[int], programme: Programme) -> QuerySet[Need]:
    """Return the present state of chosen needs, in the order places and types are shown."""
    return (
        Need.objects.filter(pk__in=need_ids, phase__programme=programme)
        .filter(Q(target__verification=Verification.VERIFIED))
        .select_related("target__kind", "target__region", "phase", "aid_type")
        .order_by("aid_type__position", "phase__number", F("open").desc(), "pk")
    )


def find_need(programme: Programme, *, target: str, aid_type: str, phase: int) -> Need | None:
    """Return the need of a verified place by code, slug and number, or None."""
    return (
        Need.objects.filter(
            target__code=target,
            target__verification=Verification.VERIFIED,
            aid_type__programme=programme,
            aid_type__slug=aid_type,
            phase__number=phase,
        )
        .select_related("target__kind", "target__region", "phase__programme", "aid_type")
        .first()
    )


def helped_by_nobody(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Keep the needs to which nobody has committed anything, the largest first."""
    return needs.filter(coverage=0.0, open__gt=0).order_by("-open", "id")
