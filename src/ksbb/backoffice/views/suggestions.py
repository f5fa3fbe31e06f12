"""What officers of areas and neighbours suggest: the list, making one, deciding."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.audit.queries import newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.suggestion import AcceptForm, AnswerForm
from ksbb.backoffice.inbox.handling import decide as decide_item
from ksbb.backoffice.inbox.handling import handled, standing_of
from ksbb.backoffice.inbox.sources import SUGGESTION
from ksbb.backoffice.paging import page_of
from ksbb.needs.models import Target
from ksbb.needs.queries_alike import places_like
from ksbb.needs.queries_desk import find_any_target
from ksbb.programmes.queries import current_programme
from ksbb.rights.rules import is_area_officer, watches
from ksbb.shared import clock
from ksbb.suggestions.actions.decide import decide, look_at_contact
from ksbb.suggestions.actions.suggest import Said, suggest
from ksbb.suggestions.enums import Kind, State
from ksbb.suggestions.models import Suggestion
from ksbb.suggestions.queries import suggestions_for
from ksbb.web.access import check, reader, requires
from ksbb.web.acting import By, actor_of, carry_out, seen
from ksbb.web.forms.suggestion import NewCountForm, NewPlaceForm


@requires("suggestions.view")
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """List what was suggested, newest first; officers of an area see their own areas."""
    page = page_of(suggestions_for(reader(request)), request)
    standing = standing_of(SUGGESTION, [one for one in page if one.state == State.OPEN])
    context = {"page": page, "rows": [(one, standing.get(one.pk)) for one in page]}
    return render(request, "backoffice/suggestions.html", context)


@requires("suggestions.view")
@require_safe
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one suggestion without its contact."""
    return _page(request, pk)


@requires("suggestions.decide")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept it; what it asks for is done with it."""
    return _decided(request, pk, State.ACCEPTED, _("Accepted, and done."))


@requires("suggestions.decide")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse it with the reason."""
    return _decided(request, pk, State.REFUSED, _("Refused. Nothing was changed."))


@requires("suggestions.decide")
@never_cache
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show once how to reach who reported; this look is written down."""
    found = _found(pk)
    if request.method != "POST":
        return redirect("backoffice:suggestion", found.pk)
    shown = look_at_contact(suggestion_id=found.pk, actor=actor_of(request), now=clock.now())
    return _page(request, pk, looked=True, contact=shown)


@requires("suggestions.make")
@require_http_methods(["GET", "HEAD", "POST"])
def new_place(request: HttpRequest) -> HttpResponse:
    """Propose a new institution; an officer of an area only inside it."""
    programme = or_404(current_programme())
    show = partial(_form_page, request, _("Propose a new place"))
    if request.method != "POST":
        return show(NewPlaceForm(None, programme))
    form = NewPlaceForm(request.POST, programme)
    if form.is_valid():
        _must_watch(request, form.region.code)

    def do(by: By) -> None:
        suggest(kind=Kind.PLACE, region=form.region, said=form.said, **by)

    return _sent(request, form, do, show)


@requires("suggestions.make")
@require_http_methods(["GET", "HEAD", "POST"])
def new_count(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a changed count of a place; an officer of an area only inside it."""
    target = or_404(find_any_target(code))
    _must_watch(request, target.region_id)
    programme = or_404(current_programme())
    show = partial(_form_page, request, _("Propose another count: %s") % target.name)
    if request.method != "POST":
        return show(NewCountForm(None, programme))
    form = NewCountForm(request.POST, programme)

    def do(by: By) -> None:
        typed = form.cleaned_data
        said = Said(
            name=target.name,
            words=typed["isi"],
            families=typed["keluarga"] or None,
            residents=typed["penghuni"] or None,
            counted_on=typed["tanggal"],
        )
        suggest(kind=Kind.COUNT, region=target.region, target=target, said=said, **by)

    return _sent(request, form, do, show)


def _must_watch(request: HttpRequest, region: str) -> None:
    user = reader(request)
    if is_area_officer(user) and not watches(user, region):
        raise PermissionDenied(_("This lies outside the area of your account."))


def _sent(request: HttpRequest, form: BaseForm, do: Any, show: Any) -> HttpResponse:
    said = _("Your suggestion is with the working group.")
    return carry_out(
        request, form, do, said=said, back=reverse("backoffice:suggestions"), show=show
    )


def _decided(request: HttpRequest, pk: int, state: State, said: str) -> HttpResponse:
    found = _found(pk)
    accepts = state == State.ACCEPTED
    form = AcceptForm(request.POST) if accepts else AnswerForm(request.POST)

    def do(by: By) -> None:
        decide(
            suggestion_id=found.pk,
            state=state,
            answer=form.cleaned_data["alasan"],
            is_another=form.cleaned_data.get("lain", False),
            seen=seen(request),
            **by,
        )

    return decide_item(
        request,
        form,
        do,
        kind=SUGGESTION,
        about=found,
        said=said,
        show=partial(_page, request, pk),
    )


def _found(pk: int) -> Suggestion:
    found = Suggestion.objects.select_related(
        "region", "target", "made_by", "decided_by", "aid__phase", "aid__aid_type"
    )
    return or_404(found.filter(pk=pk).first())


def _alike(found: Suggestion) -> list[Target]:
    """Return the places that a new one may be, while it is to be decided on."""
    is_new = found.kind == Kind.PLACE and found.state == State.OPEN
    return places_like(found.name, found.region_id) if is_new else []


def _form_page(
    request: HttpRequest,
    title: str,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    context = {"title": title, "form": form, "refusals": refusals}
    return render(request, "backoffice/suggest.html", context, status=status)


def _page(
    request: HttpRequest,
    pk: int,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
    **looked: Any,
) -> HttpResponse:
    found = _found(pk)
    check(request, "suggestions.view", found)
    context = {
        "suggestion": found,
        "seen": newest_entry_id(found),
        "form": form,
        "accept_form": form if isinstance(form, AcceptForm) else AcceptForm(auto_id="terima-%s"),
        "refuse_form": form if type(form) is AnswerForm else AnswerForm(auto_id="tolak-%s"),
        "alike": _alike(found),
        "refusals": refusals,
        **handled(request, SUGGESTION, found),
        **looked,
    }
    return render(request, "backoffice/suggestion.html", context, status=status)
