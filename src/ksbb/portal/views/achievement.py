from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ksbb.portal.forms.achievement import AchievementFilter
from ksbb.portal.forms.moment import MomentForm
from ksbb.portal.scope import read_scope
from ksbb.regions.enums import Level
from ksbb.regions.queries import path
from ksbb.reports.figures import figures, givers
from ksbb.reports.fulfilment import by_phase, fulfilment
from ksbb.reports.places import places
from ksbb.reports.release import release_text
from ksbb.web.access import public
from ksbb.web.copies import same_for_all


@public
@same_for_all(*AchievementFilter.base_fields)
@require_safe
def achievement(request: HttpRequest) -> HttpResponse:
    """Show need and achievement by area and by phase, as of any moment."""
    scope = read_scope()
    form = AchievementFilter(request.GET, scope)
    context = {"scope": scope, "form": form}
    if not form.is_valid():
        return render(request, "portal/achievement.html", context, status=400)
    as_of, phase, aid_type = form.cleaned_data["per"], form.phase, form.aid_type
    way = path(form.cleaned_data["wilayah"] or scope.programme.root_region_id)
    area = way[-1]
    chosen = scope.programme, as_of
    if by_place := area.level == Level.VILLAGE and phase is not None:
        table = places(*chosen, area=area.code, phase=phase, aid_type=aid_type)
    else:
        table = fulfilment(*chosen, area=area.code, phase=phase, aid_type=aid_type)
    context |= {
        "as_of": as_of,
        "phase": phase,
        "aid_type": aid_type,
        "way": way,
        "area": area,
        "by_place": by_place,
        "table": table,
        "phases": by_phase(scope.programme, as_of, area=area.code),
    }
    return render(request, "portal/achievement.html", context)


@public
@same_for_all(*MomentForm.base_fields)
@require_safe
def release(request: HttpRequest) -> HttpResponse:
    """Show the achievement as the text of a press release, as of any moment."""
    scope = read_scope()
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
