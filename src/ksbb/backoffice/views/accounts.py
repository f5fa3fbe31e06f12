"""Accounts that decide for the city: how they are guarded, and help when a phone is lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from allauth.usersessions.models import UserSession
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.accounts.models import User
from ksbb.audit.queries import entries_about, newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.decide import AreaForm, ResetForm
from ksbb.backoffice.paging import page_of
from ksbb.backoffice.wording import in_words
from ksbb.rights.actions.factors import reset_factors
from ksbb.rights.actions.postings import post, recall
from ksbb.rights.queries import accounts_named, guarded_accounts
from ksbb.web.access import requires
from ksbb.web.account.agents import in_words as browser_of
from ksbb.web.account.agents import roughly
from ksbb.web.acting import By, carry_out

HISTORY = 20


@requires("accounts.manage")
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts with a role, and whether each shows a second factor."""
    words = request.GET.get("q", "").strip()[:100]
    found = accounts_named(words) if words else guarded_accounts()
    context = {"page": page_of(found, request), "words": words}
    return render(request, "backoffice/accounts.html", context)


@requires("accounts.manage")
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account: role, second factors, open sessions, and what was done to it."""
    return _page(request, pk)


@requires("accounts.manage")
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factors of somebody whose phone is lost."""
    found = _find_any(pk)
    form = ResetForm(request.POST)

    def do(by: By) -> None:
        reset_factors(user_id=found.pk, reason=form.cleaned_data["alasan"], **by)

    return carry_out(
        request,
        form,
        do,
        said=_("The second factor is reset and every session of the account is closed."),
        back=reverse("backoffice:account", args=[found.pk]),
        show=partial(_page, request, pk),
    )


@requires("accounts.manage")
def post_area(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an officer an area to watch."""
    found = _find_any(pk)
    form = AreaForm(request.POST)

    def do(by: By) -> None:
        post(user_id=found.pk, region=form.cleaned_data["wilayah"], **by)

    return carry_out(
        request,
        form,
        do,
        said=_("The officer watches this area from now on."),
        back=reverse("backoffice:account", args=[found.pk]),
        show=partial(_page, request, pk),
    )


@requires("accounts.manage")
def recall_area(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an area from an officer."""
    found = _find_any(pk)
    form = AreaForm(request.POST)

    def do(by: By) -> None:
        recall(user_id=found.pk, region=form.cleaned_data["wilayah"], **by)

    return carry_out(
        request,
        form,
        do,
        said=_("The officer no longer watches this area."),
        back=reverse("backoffice:account", args=[found.pk]),
        show=partial(_page, request, pk),
    )


def _find_any(pk: int) -> User:
    return or_404(User.objects.filter(pk=pk).prefetch_related("authenticator_set").first())


def _page(
    request: HttpRequest,
    pk: int,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = _find_any(pk)
    sessions = UserSession.objects.filter(user=found).order_by("-created_at")
    history = entries_about(object_type=found._meta.label_lower, object_id=str(found.pk))
    context = {
        "account": found,
        "seen": newest_entry_id(found),
        "factors": [str(one) for one in found.factors],
        "sessions": [
            (one.created_at, browser_of(one.user_agent), roughly(one.ip)) for one in sessions
        ],
        "history": in_words(history[:HISTORY]),
        "postings": found.postings.select_related("region"),
        "form": form,
        "reset_form": form if isinstance(form, ResetForm) else ResetForm(),
        "area_form": form if isinstance(form, AreaForm) else AreaForm(),
        "refusals": refusals,
    }
    return render(request, "backoffice/account.html", context, status=status)
