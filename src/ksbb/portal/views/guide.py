from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ksbb.portal.scope import read_scope
from ksbb.web.access import public
from ksbb.web.copies import same_for_all


@public
@same_for_all()
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Explain how KSBB works, with the programme's own numbers."""
    return render(request, "portal/guide.html", {"scope": read_scope()})
