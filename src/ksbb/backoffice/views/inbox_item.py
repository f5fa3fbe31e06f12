"""One thing of the inbox: given to an officer, or passed over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.inbox import AssignForm
from ksbb.backoffice.inbox.handling import handled, next_address, takers, within_box
from ksbb.backoffice.inbox.source import Source, model_of
from ksbb.backoffice.inbox.sources import BY_SLUG
from ksbb.rights.actions.assign import assign as assign_to
from ksbb.rights.rules import is_area_officer
from ksbb.shared import clock
from ksbb.web.access import check, reader, requires
from ksbb.web.acting import By, carry_out


@requires("programmes.view_desk")
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """Lead to what comes after a thing in the reader's inbox."""
    kind, _dot, key = request.GET.get("setelah", "").partition(".")
    if kind not in BY_SLUG or not key.isdecimal() or len(key) > len("9" * 18):
        return redirect("backoffice:inbox")
    return redirect(next_address(request, BY_SLUG[kind], int(key)))


@requires("programmes.view_desk")
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Give a thing to an officer, or take it."""
    source = or_404(BY_SLUG.get(kind))
    thing = or_404(_find(source, key))
    check(request, source.permission, thing)
    if request.method != "POST":
        return _page(request, kind, key)
    form = _form(request, source, thing)

    def do(by: By) -> None:
        officer = form.officer
        if is_area_officer(request.user) and officer not in (None, request.user):
            raise PermissionDenied(_("Only the working group gives work to others."))
        expected = form.cleaned_data["semula"]
        assign_to(obj=thing, officer=officer, expected=expected, **by)

    return carry_out(
        request,
        form,
        do,
        said=_("Written down who works on it."),
        back=within_box(request, source.address(thing)),
        show=partial(_page, request, kind, key),
    )


def _find(source: Source, key: int) -> Model | None:
    return model_of(source, clock.now())._base_manager.filter(pk=key).first()  # noqa: SLF001 - public


def _form(request: HttpRequest, source: Source, thing: Model) -> AssignForm:
    return AssignForm(request.POST or None, people=takers(source, thing), user=reader(request))


def _page(
    request: HttpRequest,
    kind: str,
    key: int,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    source = BY_SLUG[kind]
    thing = or_404(_find(source, key))
    shown = handled(request, kind, thing)
    empty = AssignForm(None, people=takers(source, thing), user=reader(request))
    context = {
        **shown,
        "name": source.name(thing),
        "address": source.address(thing),
        "form": form,
        "assign_form": form if isinstance(form, AssignForm) and not refusals else empty,
        "refusals": refusals,
        "self_address": reverse("backoffice:assign", args=[kind, key]),
    }
    return render(request, "backoffice/inbox/assign.html", context, status=status)
