"""One place entered by hand, without a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.place import EnterPlaceForm
from ksbb.needs.actions.enter_place import enter_place
from ksbb.needs.models import Target
from ksbb.needs.queries_alike import places_like
from ksbb.programmes.queries import current_programme
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out


@requires("needs.enter_place")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter an RW or an institution with its count, and whom to call there."""
    programme = or_404(current_programme())
    if request.method != "POST":
        return _page(request, EnterPlaceForm(None, programme))
    form = EnterPlaceForm(request.POST, programme)
    entered: list[Target] = []

    def do(by: By) -> None:
        is_another = form.cleaned_data["lain"]
        entered.append(
            enter_place(place=form.place, person=form.person, is_another=is_another, **by)
        )

    answer = carry_out(
        request,
        form,
        do,
        said=_("The place is entered and waits for verification."),
        back=reverse("backoffice:targets"),
        show=partial(_page, request),
    )
    return redirect("backoffice:target", entered[0].code) if entered else answer


def _page(
    request: HttpRequest,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    context = {"form": form, "refusals": refusals, "alike": _alike(form) if refusals else []}
    return render(request, "backoffice/new_place.html", context, status=status)


def _alike(form: BaseForm) -> list[Target]:
    """Return what stands under this code or such a name, to be opened and compared."""
    if not isinstance(form, EnterPlaceForm) or not form.is_valid():
        return []
    place = form.place
    if place.kind.is_area:
        return list(Target.objects.filter(code=place.region).select_related("kind"))
    return places_like(place.name, place.region)
