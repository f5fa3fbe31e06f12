"""One place: where its count comes from, what it needs, and the decision about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.audit.queries import entries_about_all, newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.contact import ContactForm
from ksbb.backoffice.forms.decide import PlainForm, RefusePlaceForm
from ksbb.backoffice.inbox.handling import decide, handled
from ksbb.backoffice.inbox.sources import TARGET, around
from ksbb.backoffice.wording import in_words
from ksbb.needs.actions.admit import admit
from ksbb.needs.actions.verify import decide_target
from ksbb.needs.enums import Verification
from ksbb.needs.models import Target, TargetContact
from ksbb.needs.queries_desk import find_any_target
from ksbb.shared import clock
from ksbb.web.access import check, requires
from ksbb.web.acting import By, seen

HISTORY: Final = 20


@requires("needs.verify_target")
@require_safe
def target(request: HttpRequest, code: str) -> HttpResponse:
    """Show one place without its contact."""
    return target_page(request, code)


@requires("needs.verify_target")
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Verify a place; what it needs is published at once."""
    found = or_404(find_any_target(code))
    check(request, "needs.verify_target", found)

    def do(by: By) -> None:
        admit(target_id=found.pk, seen=seen(request), **by)

    return decide(
        request,
        PlainForm(request.POST),
        do,
        kind=TARGET,
        about=found,
        said=_("“%(place)s” is verified and takes commitments.") % {"place": found.name},
        show=partial(target_page, request, code),
    )


@requires("needs.verify_target")
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Refuse a place; what is committed to it already stays as it is."""
    found = or_404(find_any_target(code))
    check(request, "needs.verify_target", found)
    form = RefusePlaceForm(request.POST)

    def do(by: By) -> None:
        decide_target(
            target_id=found.pk,
            decision=Verification.REFUSED,
            reason=form.cleaned_data["alasan"],
            seen=seen(request),
            **by,
        )

    return decide(
        request,
        form,
        do,
        kind=TARGET,
        about=found,
        said=_("“%(place)s” is refused and takes no commitments.") % {"place": found.name},
        show=partial(target_page, request, code),
    )


def address_of(found: Target) -> str:
    """Return the address of a place's page on the desk."""
    return reverse("backoffice:target", args=[found.code])


def target_page(
    request: HttpRequest,
    code: str,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
    **looked: Any,
) -> HttpResponse:
    """Render the page; `looked` and `contact` only in answer to a look that was written down."""
    found = or_404(find_any_target(code))
    check(request, "needs.verify_target", found)
    contacts = TargetContact.objects.filter(target=found)
    history = entries_about_all(Target.objects.filter(pk=found.pk), contacts)
    context = {
        "target": found,
        "beside": around([found])[found.pk],
        "now": clock.now(),
        "seen": newest_entry_id(found),
        "history": in_words(history[:HISTORY]),
        "form": form,
        "refusals": refusals,
        "refuse_form": form if isinstance(form, RefusePlaceForm) else RefusePlaceForm(),
        "contact_form": form if isinstance(form, ContactForm) else _contact_form(**looked),
        **handled(request, TARGET, found),
        **looked,
    }
    return render(request, "backoffice/target.html", context, status=status)


def _contact_form(*, contact: TargetContact | None = None, **_looked: bool) -> ContactForm:
    """Return the form with the contact that was looked at, empty for whoever has not looked."""
    if contact is None:
        return ContactForm()
    standing = {"peran": contact.role, "nama": contact.name, "telepon": contact.phone}
    return ContactForm(initial=standing)
