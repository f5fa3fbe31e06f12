"""The plans of the working group: what is offered, what a plan over it would do, publishing it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final, TypedDict

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.decide import AskPlanForm, PlainForm
from ksbb.backoffice.forms.plan import OfferOfForm, PlanForm
from ksbb.plans.actions.offer import make_offer, withdraw_offer
from ksbb.plans.actions.publish import ask_to_publish, make_draft, publish
from ksbb.plans.beside import knob, table_of
from ksbb.plans.prose import paragraphs
from ksbb.plans.queries import find_offer, open_offers, published_plans
from ksbb.plans.reading import read_input
from ksbb.plans.reckoning import Document, Reckoned, Terms, next_packages
from ksbb.programmes.models import AidType, Phase
from ksbb.programmes.queries import current_programme, find_published, takes_two
from ksbb.programmes.scope import Scope, scope_of
from ksbb.rights.enums import Step
from ksbb.rights.queries import open_approval_about
from ksbb.shared import clock
from ksbb.shared.errors import DomainError
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out, signed

PROGRAMME: Final = "programme"
"""The parameter that names another programme than the current one, as on the public pages."""

SHOWN: Final = 20
"""So many places are listed of those the next packages would go to."""


@requires("plans.make")
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Show the open offers of a phase, what a plan would do, and what was published."""
    return _page(request, PlanForm(request.GET, _scope(request)))


@requires("plans.make")
@require_http_methods(["GET", "HEAD", "POST"])
def publish_plan(request: HttpRequest) -> HttpResponse:
    """Freeze the plan that was looked at, or ask the second officer whom the programme wants."""
    scope = _scope(request)
    if request.method != "POST":
        return redirect(_address(scope))
    form = PlanForm(request.POST, scope)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if takes_two(Step.PUBLISH_PLAN, form.scope.programme):
        return _ask(request, form)
    try:
        made = publish(**_what(form), **signed(request))
    except DomainError as error:
        return _page(request, form, HTTPStatus.CONFLICT, [str(error)])
    messages.success(request, _("The plan is published. Everybody can check it."))
    return redirect(made)


def _ask(request: HttpRequest, form: PlanForm) -> HttpResponse:
    why = AskPlanForm(request.POST)
    if not why.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY, why=why)
    try:
        asked = ask_to_publish(**_what(form), reason=why.cleaned_data["alasan"], **signed(request))
    except DomainError as error:
        return _page(request, form, HTTPStatus.CONFLICT, [str(error)], why=why)
    messages.success(request, _("Another officer has to confirm it. Until then nothing changes."))
    return redirect("backoffice:approval", asked.pk)


class _Plan(TypedDict):
    aid_type: AidType
    phase: Phase
    terms: Terms
    state: str


def _what(form: PlanForm) -> _Plan:
    return _Plan(
        aid_type=form.aid_type,
        phase=form.phase,
        terms=form.terms,
        state=form.cleaned_data["keadaan"],
    )


@requires("plans.make")
@require_http_methods(["GET", "HEAD", "POST"])
def add_offer(request: HttpRequest) -> HttpResponse:
    """Write an offer down for a giver who left the place to the working group."""
    scope = _scope(request)
    form = OfferOfForm(request.POST if request.method == "POST" else None, scope)
    show = partial(_offer_page, request, scope)
    if request.method != "POST":
        return show(form)

    def do(by: By) -> None:
        typed = form.cleaned_data
        make_offer(
            collaborator=typed["kolaborator"],
            phase=form.phase,
            aid_type=form.aid_type,
            packages=typed["jumlah"],
            where=typed["where"],
            ready_from=typed["dari"],
            ready_until=typed["sampai"],
            **by,
        )

    said = _("The offer is written down. The next plan counts it.")
    return carry_out(request, form, do, said=said, back=_address(scope), show=show)


@requires("plans.make")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take an offer back."""
    found = or_404(find_offer(code))
    scope = _scope(request)

    def do(by: By) -> None:
        withdraw_offer(offer_id=found.pk, **by)

    def show(_form: BaseForm, status: HTTPStatus, refusals: Sequence[str]) -> HttpResponse:
        return _page(request, PlanForm({}, scope), status, refusals)

    return carry_out(
        request,
        PlainForm(request.POST),
        do,
        said=_("The offer is withdrawn. Published plans stay as they are."),
        back=_address(scope),
        show=show,
    )


def _scope(request: HttpRequest) -> Scope:
    """Return the scope of now in the programme that is named, else in the current one."""
    named = request.GET.get(PROGRAMME, "")
    programme = find_published(named) if named else current_programme()
    if programme is None:
        raise Http404(_("No programme has been published yet."))
    return scope_of(programme, clock.now(), named=named)


def _address(scope: Scope) -> str:
    return reverse("backoffice:plans") + _chosen(scope)


def _chosen(scope: Scope) -> str:
    """Return how an address says the programme, so that a refused form stays in it."""
    return f"?{urlencode({PROGRAMME: scope.named})}" if scope.named else ""


def _offer_page(
    request: HttpRequest,
    scope: Scope,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    context = {"form": form, "refusals": refusals, "back": _address(scope), "scope": scope}
    return render(request, "backoffice/offer.html", context, status=status)


def _page(
    request: HttpRequest,
    form: PlanForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
    why: AskPlanForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "refusals": refusals,
        "scope": form.scope,
        "chosen": _chosen(form.scope),
    }
    if form.is_valid():
        context |= _drafted(form) | _second(form, why)
    elif status == HTTPStatus.OK:
        status = HTTPStatus.BAD_REQUEST
    context["published"] = published_plans(form.scope.programme)[:SHOWN]
    return render(request, "backoffice/plans.html", context, status=status)


def _drafted(form: PlanForm) -> dict[str, Any]:
    phase, aid_type = form.phase, form.aid_type
    offers = list(open_offers(aid_type, phase))
    following = form.cleaned_data["berikutnya"]
    context: dict[str, Any] = {"phase": phase, "aid_type": aid_type, "offers": offers}
    try:
        draft = make_draft(aid_type=aid_type, phase=phase, terms=form.terms, now=form.scope.now)
    except DomainError as error:
        document = read_input(aid_type, phase, form.terms, form.scope.now)
        why_not = str(error) if offers else ""
        return context | {"why_not": why_not} | _next(document, None, following)
    return context | {
        "draft": draft,
        "paragraphs": paragraphs(draft.document, draft.made.output),
        "knob": knob(draft.document, draft.made.output),
        "table": table_of(draft.document, draft.made.output, form.scope.programme.root_region_id),
        "asked": form.terms,
        **_next(draft.document, draft.made, following),
    }


def _second(form: PlanForm, why: AskPlanForm | None) -> dict[str, Any]:
    """Return the form with which a second officer is asked, or the request that waits already."""
    if not takes_two(Step.PUBLISH_PLAN, form.scope.programme):
        return {}
    waiting = open_approval_about(Step.PUBLISH_PLAN, form.phase, form.aid_type.slug)
    return {"waiting": waiting, "ask_form": why or AskPlanForm()}


def _next(document: Document, made: Reckoned | None, count: int) -> dict[str, Any]:
    """Return where the next packages would go, after a plan or (None) without one."""
    if not count:
        return {}
    following = next_packages(document, count, made)
    return {"next_count": count, "next_places": len(following), "next": following[:SHOWN]}
