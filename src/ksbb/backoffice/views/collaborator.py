"""One collaborator: who it is, whether it doubles another, and the decision about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ksbb.audit.queries import entries_about_all, newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.decide import PlainForm, RefuseGiverForm
from ksbb.backoffice.inbox.handling import decide, handled
from ksbb.backoffice.inbox.sources import COLLABORATOR
from ksbb.backoffice.paging import page_of
from ksbb.backoffice.wording import in_words
from ksbb.collaborators.actions.look import look_at_contact
from ksbb.collaborators.actions.verify import verify as verify_collaborator
from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.collaborators.queries import find_by_slug
from ksbb.collaborators.queries_alike import look_alikes
from ksbb.commitments.actions.refuse_giver import refuse_giver
from ksbb.commitments.queries import made_by
from ksbb.programmes.queries import takes_two
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.shared import clock
from ksbb.web.access import requires
from ksbb.web.acting import By, actor_of

HISTORY: Final = 20


@requires("collaborators.verify")
@require_safe
def collaborator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one collaborator without its contact."""
    return _page(request, slug)


@requires("collaborators.verify")
def verify(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm that the working group knows who this is."""
    found = or_404(find_by_slug(slug))

    def do(by: By) -> None:
        verify_collaborator(collaborator_id=found.pk, **by)

    return decide(
        request,
        PlainForm(request.POST),
        do,
        kind=COLLABORATOR,
        about=found,
        said=_("“%(name)s” is verified.") % {"name": found.name},
        show=partial(_page, request, slug),
        is_guarded=False,
    )


@requires("collaborators.verify")
def refuse(request: HttpRequest, slug: str) -> HttpResponse:
    """Refuse a collaborator, and with it what it has submitted."""
    found = or_404(find_by_slug(slug))
    form = RefuseGiverForm(request.POST)

    asks = takes_two(Step.REFUSE_GIVER)

    def do(by: By) -> None:
        reason = form.cleaned_data["alasan"]
        if asks:
            ask(step=Step.REFUSE_GIVER, obj=found, payload={}, reason=reason, **by)
        else:
            refuse_giver(collaborator_id=found.pk, reason=reason, **by)

    return decide(
        request,
        form,
        do,
        kind=COLLABORATOR,
        about=found,
        said=_("Another officer has to confirm it. Until then nothing changes.")
        if asks
        else _("“%(name)s” is refused, and so is what it had submitted.") % {"name": found.name},
        show=partial(_page, request, slug),
        is_guarded=False,
    )


@requires("collaborators.view_contact")
@never_cache
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the restricted contact once; this look is written down."""
    found = or_404(find_by_slug(slug))
    if request.method != "POST":
        return redirect(address_of(found))
    shown = look_at_contact(collaborator_id=found.pk, actor=actor_of(request), now=clock.now())
    return _page(request, slug, looked=True, contact=shown)


def address_of(found: Collaborator) -> str:
    """Return the address of a collaborator's page on the desk."""
    return reverse("backoffice:collaborator", args=[found.slug])


def _page(
    request: HttpRequest,
    slug: str,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
    **looked: Any,
) -> HttpResponse:
    found = or_404(find_by_slug(slug))
    contacts = CollaboratorContact.objects.filter(collaborator=found)
    history = entries_about_all(Collaborator.objects.filter(pk=found.pk), contacts)
    context = {
        "collaborator": found,
        "seen": newest_entry_id(found),
        "look_alikes": look_alikes([found])[found.pk],
        "page": page_of(made_by(found), request),
        "history": in_words(history[:HISTORY]),
        "now": clock.now(),
        "form": form,
        "refusals": refusals,
        "refuse_form": form if isinstance(form, RefuseGiverForm) else RefuseGiverForm(),
        **handled(request, COLLABORATOR, found),
        **looked,
    }
    return render(request, "backoffice/collaborator.html", context, status=status)
