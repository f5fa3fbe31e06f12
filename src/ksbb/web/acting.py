"""What every form of somebody with an account has in common: who sends it, its key, its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Final, TypedDict

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ksbb.audit.actors import Actor
from ksbb.audit.enums import Channel
from ksbb.audit.queries import ChangedMeanwhileError, newest_entry_id, was_carried_out
from ksbb.shared import clock
from ksbb.shared.errors import DomainError

KEY: Final = "kunci"
SEEN: Final = "terlihat"
LONGEST_KEY: Final = 80
LONGEST_NUMBER: Final = 18

Show = Callable[[BaseForm, HTTPStatus, Sequence[str]], HttpResponse]
"""Renders the page of a form again: the form as sent, the status, sentences of refusal."""


class By(TypedDict):
    """What an action is told besides its own matter; to be passed on with ``**``."""

    actor: Actor
    now: datetime
    idempotency_key: str


class FormWithoutKeyError(DomainError):
    """The form was not sent from one of our pages."""


def actor_of(request: HttpRequest) -> Actor:
    """Return whoever is logged in as one who acts through a page."""
    user = request.user if request.user.is_authenticated else None
    return Actor(user=user, channel=Channel.WEB)


def signed(request: HttpRequest) -> By:
    """Return who sends this form, when, and under which key. Raises FormWithoutKeyError."""
    key = key_of(request)
    if not 1 <= len(key) <= LONGEST_KEY:
        raise FormWithoutKeyError(
            _("This form lacks its key, so nothing was done. Open the page again.")
        )
    return By(actor=actor_of(request), now=clock.now(), idempotency_key=key)


def key_of(request: HttpRequest) -> str:
    """Return the key of a form as it was sent, which may be anything."""
    return request.POST.get(KEY, "").strip().replace("\x00", "")


def seen(request: HttpRequest) -> int:
    """Return the newest audit entry the sender had before them; 0 where that was not said."""
    typed = request.POST.get(SEEN, "")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0


def carry_out(
    request: HttpRequest,
    form: BaseForm,
    do: Callable[[By], object],
    *,
    said: str,
    back: str,
    show: Show,
    about: Model | None = None,
) -> HttpResponse:
    """Do what a form asks, say so and lead to `back`; or show the form again and why not.

    422 where something typed has to be mended, 409 where the book no longer allows it or, with
    `about`, where somebody else did something to that object after the page was opened. This is
    early help: the action asks again under its lock. Opening a form's address leads to its page.
    """
    if request.method != "POST":
        return redirect(back)
    is_repeat = was_carried_out(key_of(request))
    if about and not is_repeat and newest_entry_id(about) > seen(request):
        return show(form, HTTPStatus.CONFLICT, [str(ChangedMeanwhileError())])
    if not form.is_valid():
        if is_repeat:
            # What it asked for is done, so the book may no longer allow it a second time.
            messages.info(request, _("This form was carried out already."))
            return redirect(back)
        return show(form, HTTPStatus.UNPROCESSABLE_ENTITY, ())
    try:
        do(signed(request))
    except DomainError as error:
        return show(form, HTTPStatus.CONFLICT, [str(error)])
    messages.success(request, said)
    return redirect(back)
