from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ksbb.overlap.enums import FileState
from ksbb.overlap.models import Served, ServedFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from ksbb.needs.models import Need, Target
    from ksbb.programmes.models import AidType, Phase, Programme


def served_beside() -> Coalesce:
    """Return, for a query of needs, what other sources brought in each need's unit."""
    same = Served.objects.filter(
        target=OuterRef("target"), phase=OuterRef("phase"), aid_type=OuterRef("aid_type")
    )
    total = same.order_by().values("target").annotate(total=Sum("delta")).values("total")
    return Coalesce(Subquery(total), Value(0), output_field=IntegerField())


def any_served(aid_type: AidType, phase: Phase) -> bool:
    """Tell whether anything of one kind of aid in a phase is on record of other sources."""
    return Served.objects.filter(phase=phase, aid_type=aid_type).exists()


def served_to(needs: Iterable[Need]) -> dict[int, int]:
    """Return what other sources brought beside each need, by its key; needs without any lack."""
    known = {(one.target_id, one.phase_id, one.aid_type_id): one.pk for one in needs}
    if not known:
        return {}
    targets, phases, aid_types = (set(part) for part in zip(*known, strict=True))
    sums = (
        Served.objects.filter(target__in=targets, phase__in=phases, aid_type__in=aid_types)
        .order_by()
        .values_list("target", "phase", "aid_type")
        .annotate(total=Sum("delta"))
    )
    return {
        known[(target, phase, aid_type)]: total
        for target, phase, aid_type, total in sums
        if total and (target, phase, aid_type) in known
    }


def served_by_code(aid_type: AidType, phase: Phase, codes: Collection[str]) -> dict[str, int]:
    """Return what other sources brought of one kind of aid in a phase, by the places' codes."""
    found = Served.objects.filter(phase=phase, aid_type=aid_type, target__code__in=codes)
    sums = found.order_by().values_list("target__code").annotate(total=Sum("delta"))
    return {code: total for code, total in sums if total}


def standing(**narrowed: Any) -> QuerySet[Served]:
    """Return the entries nobody has taken back."""
    found = Served.objects.filter(takes_back=None, taken_back_by=None, **narrowed)
    return found.select_related("target", "phase", "aid_type")


def standing_at(target: Target, programme: Programme) -> QuerySet[Served]:
    """Return what other sources brought to a place in a programme, phase by phase."""
    found = standing(target=target, phase__programme=programme)
    return found.order_by("phase__number", "aid_type__position", "day", "pk")


def all_at(target: Target) -> QuerySet[Served]:
    """Return every row about a place, newest first, with who wrote it and what undid it."""
    found = Served.objects.filter(target=target).select_related(
        "phase__programme", "aid_type", "entry__actor", "taken_back_by"
    )
    return found.order_by("-pk")


def newest(programme: Programme) -> QuerySet[Served]:
    """Return the rows of a programme, newest first."""
    found = Served.objects.filter(phase__programme=programme)
    return found.select_related("target", "phase", "aid_type", "entry__actor").order_by("-pk")


def files_of(programme: Programme) -> QuerySet[ServedFile]:
    """Return the lists that were sent in, newest first."""
    return ServedFile.objects.filter(programme=programme).select_related("created_by")


def same_file(programme: Programme, digest: str) -> ServedFile | None:
    """Return the file with this very content that is not taken back, or None."""
    found = files_of(programme).filter(digest=digest).exclude(state=FileState.TAKEN_BACK)
    return found.first()
