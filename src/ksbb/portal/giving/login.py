"""Leaving the form for the login and coming back to it: what was typed waits in the draft."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ksbb.collaborators.models import Collaborator
from ksbb.portal.forms.answers import GiverForm
from ksbb.portal.giving import draft as drafts
from ksbb.shared.errors import DomainError
from ksbb.web.account import proof

LONGEST: Final = 200
"""As much of one answer is kept as typed; a longer one is refused by its field anyway."""


def leave_for_login(request: HttpRequest, draft: drafts.Draft) -> HttpResponse:
    """Keep the form as it stands and lead to the login; with an address straight to its code."""
    draft.typed = {
        name: request.POST[name][:LONGEST] for name in GiverForm.base_fields if name in request.POST
    }
    drafts.save(request, draft)
    goal = reverse("portal:giver")
    try:
        validate_email(draft.typed.get("surel", ""))
        proof.begin(request, email=draft.typed["surel"], goal=goal, enters=True)
    except (ValidationError, DomainError):
        return redirect(f"{reverse('account:email')}?{urlencode({'next': goal})}")
    return redirect("account:code")


def first_answers(
    request: HttpRequest, draft: drafts.Draft, known: list[Collaborator]
) -> dict[str, Any]:
    """Return what stands in the form of the giver when it is opened."""
    if not request.user.is_authenticated:
        return draft.giver | draft.typed
    own = {"surel": request.user.email, "kontak": request.user.name}
    if known:
        own["siapa"] = str(known[0].pk)
    typed = {name: text for name, text in draft.typed.items() if text}
    return own | draft.giver | typed
