from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.backoffice.inbox.sources import SOURCES
from ksbb.web.access import reader, requires


@requires("programmes.view_desk")
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Tell officers how the desk is used, with the hours that hold here."""
    user = reader(request)
    mine = [one for one in SOURCES if one.is_open_to(user)]
    context = {
        "due": [(one.label, settings.DESK_HOURS[one.slug]) for one in mine if not one.ends],
        "permit_days": settings.DESK_PERMIT_DAYS,
    }
    return render(request, "backoffice/guide.html", context)
