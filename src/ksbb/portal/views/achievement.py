from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ksbb.portal.asking import Question, asked
from ksbb.portal.charts import lines
from ksbb.portal.comparing import compare
from ksbb.portal.forms.achievement import AchievementFilter
from ksbb.portal.forms.moment import MomentForm
from ksbb.portal.scope import read_scope
from ksbb.programmes.models import TargetKind
from ksbb.reports.figures import figures, givers
from ksbb.reports.fulfilment import Row, Table
from ksbb.reports.release import release_text
from ksbb.web.access import public
from ksbb.web.copies import same_for_all

PER_PAGE: Final = 20


@public
@same_for_all(*AchievementFilter.base_fields, "hal")
@require_safe
def achievement(request: HttpRequest) -> HttpResponse:
    """Show need and achievement from every side, as of any moment or of two."""
    scope = read_scope(request)
    form = AchievementFilter(request.GET, scope)
    context: dict[str, Any] = {"scope": scope, "form": form}
    if not form.is_valid():
        return render(request, "portal/achievement.html", context, status=400)
    question, context["way"] = asked(form)
    context |= _answers(question, form.kinds)
    context["page"] = _page(question, context["table"], request.GET.get("hal"))
    if other := form.cleaned_data["banding"]:
        context["comparison"] = compare(question, question.at(other))
    return render(request, "portal/achievement.html", context)


def _answers(question: Question, kinds: list[TargetKind]) -> dict[str, Any]:
    """Return the one question from every side."""
    parts, points = question.breakdown(), question.series()
    return {
        "as_of": question.as_of,
        "area": question.area,
        "phase": question.phase,
        "aid_type": question.aid_type,
        "kind": question.kind,
        # Where only institutions are helped, a sentence on RW would speak of nothing.
        "counts_rw": any(one.is_area for one in kinds if question.kind in {None, one}),
        "by_place": question.by_place,
        "question": question.address,
        "table": question.table(),
        "points": points,
        "chart": lines(points),
        "kinds": parts.by_kind(kinds, phase=question.phase, aid_type=question.aid_type),
        "aid_types": parts.by_aid_type(phase=question.phase),
        "phases": parts.by_phase(),
    }


def _page(question: Question, table: Table, number: str | None) -> Page[Row]:
    """Return some rows: the areas that miss most first, the places of a kelurahan in order."""
    rows = table.rows
    if not question.by_place:
        rows = tuple(sorted(rows, key=lambda row: (-row.sums.open, row.code)))
    return Paginator(rows, PER_PAGE).get_page(number)


@public
@same_for_all(*MomentForm.base_fields)
@require_safe
def release(request: HttpRequest) -> HttpResponse:
    """Show the achievement as the text of a press release, as of any moment."""
    scope = read_scope(request)
    form = MomentForm(request.GET, scope)
    if not form.is_valid():
        return render(request, "portal/release.html", {"form": form}, status=400)
    as_of = form.cleaned_data["per"]
    text = release_text(
        figures(scope.programme, as_of),
        programme=scope.programme,
        givers=givers(scope.programme, as_of),
        language=get_language() or "id",
    )
    context = {"form": form, "as_of": as_of, "paragraphs": text.strip().split("\n\n")}
    return render(request, "portal/release.html", context)
