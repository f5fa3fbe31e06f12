import re
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ksbb.needs.models import Need
from ksbb.needs.queries_list import find_need, open_needs
from ksbb.needs.queries_near import nearest_open
from ksbb.portal.forms.choose import AreaForm, PlaceForm
from ksbb.portal.forms.posted import posted
from ksbb.portal.giving import draft as drafts
from ksbb.portal.giving.proposal import Proposal, Wishes, around, for_area
from ksbb.portal.places import where_of
from ksbb.portal.scope import Scope, read_scope
from ksbb.shared.codes import LENGTHS
from ksbb.shared.formats import number
from ksbb.web.access import public


@public
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Ask what is given and where: to an area, or to the one place the address names."""
    scope = read_scope()
    if not scope.programme.is_open:
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return render(request, "portal/give/closed.html", {"scope": scope}, status=status)
    if request.GET.get("sasaran"):
        return _to_place(request, scope)
    return _to_area(request, scope)


def _to_area(request: HttpRequest, scope: Scope) -> HttpResponse:
    form = AreaForm(posted(request), scope, initial=_first_choice(request, scope))
    draft = drafts.load(request, scope.programme)
    if form.is_valid():
        chosen = form.cleaned_data
        proposal = for_area(
            chosen["jumlah"],
            aid_type=next(kind for kind in scope.aid_types if kind.slug == chosen["bantuan"]),
            phase=next(one for one in scope.phases if str(one.number) == chosen["fase"]),
            area=chosen["wilayah"] or scope.programme.root_region_id,
            wishes=Wishes(stops=chosen["tujuan"], least=chosen["minimal"]),
        )
        if proposal.lines:
            draft.lines = _without_the_same(draft, scope, chosen) | proposal.lines
            return _to_package(request, draft, proposal)
        if chosen["minimal"]:
            form.add_error("minimal", _("No place here can take so many at one stop."))
        else:
            form.add_error("wilayah", _("Nothing of this is missing here. Choose a wider area."))
    context = {"scope": scope, "form": form, "draft": draft}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "portal/give/area.html", context, status=status)


def _without_the_same(draft: drafts.Draft, scope: Scope, chosen: dict[str, Any]) -> dict[int, int]:
    """Return the lines a new proposal leaves alone: those of other aid or of another phase."""
    replaced = {
        need.pk
        for need in open_needs(list(draft.lines), scope.programme)
        if (need.aid_type.slug, str(need.phase.number)) == (chosen["bantuan"], chosen["fase"])
    }
    return {need: count for need, count in draft.lines.items() if need not in replaced}


def _to_place(request: HttpRequest, scope: Scope) -> HttpResponse:
    need = _named_need(request, scope)
    form = PlaceForm(posted(request))
    if form.is_valid():
        wanted = form.cleaned_data["jumlah"]
        if wanted <= need.open:
            return _add(request, scope, Proposal({need.pk: wanted}, 0))
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


def _add(request: HttpRequest, scope: Scope, proposal: Proposal) -> HttpResponse:
    draft = drafts.load(request, scope.programme)
    draft.lines |= proposal.lines
    return _to_package(request, draft, proposal)


def _to_package(request: HttpRequest, draft: drafts.Draft, proposal: Proposal) -> HttpResponse:
    drafts.save(request, draft)
    if proposal.left:
        messages.warning(request, _found_no_place(proposal))
    return redirect("portal:package")


def _found_no_place(proposal: Proposal) -> str:
    said = {"left": number(proposal.left), "places": number(len(proposal.lines))}
    if proposal.is_limited:
        return (
            _(
                "%(left)s found no place within your limits. Allow more stops or fewer packages at "
                "each of them, or choose a wider area."
            )
            % said
        )
    if proposal.is_full:
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
    return _("Only %(open)s are still open here.") % {"open": number(need.open)}


def _first_choice(request: HttpRequest, scope: Scope) -> dict[str, str]:
    kind, phase = scope.main_aid_type, scope.phase
    return {
        "bantuan": request.GET.get("bantuan") or (kind.slug if kind else ""),
        "fase": request.GET.get("fase") or (str(phase.number) if phase else ""),
        # The form offers cities and kecamatan; a kelurahan is shown as its kecamatan.
        "wilayah": request.GET.get("wilayah", "")[: LENGTHS["DISTRICT"]],
    }
