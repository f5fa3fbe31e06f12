from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.portal.guide_pages import PAGES, find_page
from ksbb.portal.scope import read_scope
from ksbb.web.access import public
from ksbb.web.copies import same_for_all


@public
@same_for_all()
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Lead to the pages of the guide."""
    return render(request, "portal/guide.html", {"pages": PAGES})


@public
@same_for_all()
@require_safe
def guide_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Explain one thing, with the programme's own numbers."""
    page = find_page(slug)
    if page is None:
        raise Http404(_("The guide has no such page."))
    return render(
        request, page.template, {"scope": read_scope(request), "page": page, "pages": PAGES}
    )
