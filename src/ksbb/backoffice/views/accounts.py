"""Accounts that decide for the city: how they are guarded, and help when a phone is lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.accounts.models import User
from ksbb.audit.queries import entries_about, newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.decide import ResetForm
from ksbb.backoffice.paging import page_of
from ksbb.backoffice.wording import in_words
from ksbb.rights.actions.factors import reset_factors
from ksbb.rights.queries import guarded_accounts
from ksbb.web.access import requires
from ksbb.web.account.agents import in_words as browser_of
from ksbb.web.account.agents import roughly
from ksbb.web.acting import By, carry_out

HISTORY = 20


@requires("accounts.manage")
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts with a role, and whether each shows a second factor."""
    return render(
        request, "backoffice/accounts.html", {"page": page_of(guarded_accounts(), request)}
    )


@requires("accounts.manage")
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account: role, second factors, open sessions, and what was done to it."""
    return _page(request, pk)


@requires("accounts.manage")
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factors of somebody whose phone is lost."""
    found = _find(pk)
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


def _find(pk: int) -> User:
    return or_404(guarded_accounts().filter(pk=pk).first())


def _page(
    request: HttpRequest,
    pk: int,
    form: ResetForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = _find(pk)
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
        "form": form or ResetForm(),
        "refusals": refusals,
    }
    return render(request, "backoffice/account.html", context, status=status)
