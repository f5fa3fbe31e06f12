import re
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ksbb.needs.models import Need
from ksbb.needs.queries_list import open_needs
from ksbb.portal.forms.package import PackageForm
from ksbb.portal.giving import draft as drafts
from ksbb.portal.giving.change_lines import drop, move_rest, named_pair, take_instead
from ksbb.portal.giving.replacement import offered_in
from ksbb.portal.giving.show_package import show_package, show_refused
from ksbb.portal.scope import Scope
from ksbb.web.access import public
from ksbb.web.errors import error_page


@public
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest) -> HttpResponse:
    """Show the proposed places; take quantities, removals and replacements."""
    scope = drafts.scope_of_giving(request)
    draft = drafts.load(request, scope.programme)
    needs = list(open_needs(list(draft.lines), scope.programme))
    draft.lines = {need.pk: draft.lines[need.pk] for need in needs}
    if not needs:
        return nothing_chosen(request)
    if request.method != "POST":
        return show_package(request, scope, draft, PackageForm(None, needs, draft.lines))
    if "hapus" in request.POST or "pindah" in request.POST:
        return _change(request, scope, draft)
    return _answered(request, scope, draft, needs)


def _answered(
    request: HttpRequest, scope: Scope, draft: drafts.Draft, needs: list[Need]
) -> HttpResponse:
    form = PackageForm(request.POST, needs, draft.lines)
    if not form.is_valid():
        return show_package(request, scope, draft, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    draft.lines = form.quantities
    if "ganti" in request.POST:
        return _replace(request, scope, draft, needs)
    drafts.save(request, draft)
    if any(draft.lines[need.pk] > need.open for need in needs):
        return show_package(request, scope, draft, form)
    return redirect("portal:package" if "hitung" in request.POST else draft.next_page)


def nothing_chosen(request: HttpRequest) -> HttpResponse:
    """Lead to what it became or back to the beginning; refuse what was sent without a package."""
    if code := drafts.became(request):
        messages.info(request, _("This was sent already, and is not sent a second time."))
        return redirect("portal:commitment", code=code)
    if request.method == "POST":
        sentence = _("Your choice is no longer kept here. Nothing was sent. Please choose again.")
        return error_page(request, HTTPStatus.CONFLICT, sentence)
    messages.info(request, _("Choose first what you want to give."))
    return redirect("portal:give")


def _replace(
    request: HttpRequest, scope: Scope, draft: drafts.Draft, needs: list[Need]
) -> HttpResponse:
    """Keep what is open and take the places that were proposed for the rest."""
    offered = offered_in(request.POST["ganti"])
    others = {need.pk for need in open_needs(list(offered), scope.programme)} - draft.lines.keys()
    take_instead(draft, needs, {need: offered[need] for need in others if offered[need]})
    drafts.save(request, draft)
    chosen = open_needs(list(draft.lines), scope.programme)
    if any(draft.lines[need.pk] > need.open for need in chosen):
        return show_refused(request, scope, draft)
    return redirect("portal:package")


def _change(request: HttpRequest, scope: Scope, draft: drafts.Draft) -> HttpResponse:
    drop(draft, request.POST.get("hapus", ""))
    keys = re.findall(r"\d{1,18}", request.POST.get("pindah", ""))
    chosen = open_needs([int(key) for key in keys], scope.programme)
    pair = named_pair(request.POST.get("pindah", ""), list(chosen))
    if pair and pair[0].pk in draft.lines:
        move_rest(draft, *pair)
    drafts.save(request, draft)
    needs = list(open_needs(list(draft.lines), scope.programme))
    if pair and any(draft.lines[need.pk] > need.open for need in needs):
        return show_refused(request, scope, draft)
    return redirect("portal:package")
