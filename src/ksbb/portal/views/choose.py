import re
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ksbb.needs.models import Need
from ksbb.needs.queries_list import find_need
from ksbb.needs.queries_near import nearest_open
from ksbb.portal.forms.posted import posted
from ksbb.portal.forms.terms import PlaceForm, TermsForm
from ksbb.portal.giving import draft as drafts
from ksbb.portal.giving.show_terms import ask_terms, show_closed
from ksbb.portal.giving.spread import Spread, around
from ksbb.portal.places import where_of
from ksbb.portal.scope import Scope
from ksbb.programmes.words import amount
from ksbb.shared.codes import LENGTHS
from ksbb.shared.formats import number
from ksbb.web.access import public


@public
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Ask what is given and where: to an area, or to the one place the address names."""
    scope = drafts.scope_of_giving(request)
    if not scope.programme.is_open:
        return show_closed(request, scope)
    if request.GET.get("sasaran"):
        return _to_place(request, scope)
    return _to_area(request, scope)


def _to_area(request: HttpRequest, scope: Scope) -> HttpResponse:
    form = TermsForm(posted(request), scope, initial=_first_choice(request, scope))
    if form.is_valid():
        # A draft that only this page still carries is kept before the page is left.
        drafts.load(request, scope.programme)
        return redirect(f"{reverse('portal:proposal')}?{form.address()}")
    return ask_terms(request, scope, form)


def _to_place(request: HttpRequest, scope: Scope) -> HttpResponse:
    need = _named_need(request, scope)
    form = PlaceForm(posted(request), need.aid_type)
    if form.is_valid():
        wanted = form.cleaned_data["jumlah"]
        if wanted <= need.open:
            return _add(request, scope, Spread({need.pk: wanted}, 0))
        if "sebar" in request.POST:
            return _add(request, scope, around(wanted, need))
        form.add_error("jumlah", _too_much(need))
    context = {
        "scope": scope,
        "form": form,
        "need": need,
        "where": where_of([need.target])[need.target_id],
        "kinds": [need.aid_type],
        "near": nearest_open(need) if form.errors or not need.open else [],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "portal/give/place.html", context, status=status)


def _add(request: HttpRequest, scope: Scope, spread: Spread) -> HttpResponse:
    draft = drafts.load(request, scope.programme)
    draft.lines |= spread.lines
    return _to_package(request, draft, spread)


def _to_package(request: HttpRequest, draft: drafts.Draft, spread: Spread) -> HttpResponse:
    drafts.save(request, draft)
    if spread.left:
        messages.warning(request, _found_no_place(spread))
    return redirect("portal:package")


def _found_no_place(spread: Spread) -> str:
    said = {"left": number(spread.left), "places": number(len(spread.lines))}
    if spread.is_full:
        return (
            _(
                "%(left)s have no place yet: no more than %(places)s places are proposed at once. "
                "Send these first, then give the rest."
            )
            % said
        )
    return _("%(left)s found no place: nothing more of this is missing there.") % said


def _named_need(request: HttpRequest, scope: Scope) -> Need:
    phase = request.GET.get("fase", "")
    need = find_need(
        scope.programme,
        target=request.GET["sasaran"],
        aid_type=request.GET.get("bantuan", ""),
        phase=int(phase) if re.fullmatch("[1-9][0-9]?", phase) else 0,
    )
    if need is None or need.phase not in scope.coming_phases:
        raise Http404(_("This place takes no such aid in that phase. Choose it from its page."))
    return need


def _too_much(need: Need) -> str:
    if not need.open:
        return _("This place is full. Send it to the nearest places instead.")
    return _("Only %(open)s are still open here.") % {"open": amount(need.open, need.aid_type)}


def _first_choice(request: HttpRequest, scope: Scope) -> dict[str, str]:
    """Return what the address asks for: a place's link, or terms that are to be changed."""
    kind, phase = scope.main_aid_type, scope.phase
    asked = {name: request.GET[name] for name in TermsForm.base_fields if name in request.GET}
    return asked | {
        "bantuan": request.GET.get("bantuan") or (kind.slug if kind else ""),
        "fase": request.GET.get("fase") or (str(phase.number) if phase else ""),
        # The form offers cities and kecamatan; a kelurahan is shown as its kecamatan.
        "wilayah": request.GET.get("wilayah", "")[: LENGTHS["DISTRICT"]],
    }
