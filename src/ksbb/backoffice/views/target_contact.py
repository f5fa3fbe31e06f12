"""The restricted contact of a place: to look at it, and to enter or change it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.contact import ContactForm
from ksbb.backoffice.views.target import address_of, target_page
from ksbb.needs.actions.change_contact import change_contact
from ksbb.needs.actions.look import look_at_contact
from ksbb.needs.queries_desk import find_any_target
from ksbb.shared import clock
from ksbb.web.access import requires
from ksbb.web.acting import By, actor_of, carry_out, seen


@requires("needs.view_contact")
@never_cache
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Show the restricted contact once; this look is written down."""
    found = or_404(find_any_target(code))
    if request.method != "POST":
        return redirect(address_of(found))
    shown = look_at_contact(target_id=found.pk, actor=actor_of(request), now=clock.now())
    return target_page(request, code, looked=True, contact=shown)


@requires("needs.change_contact")
@never_cache
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Write down whom to call; what stood there is replaced and shown to nobody."""
    found = or_404(find_any_target(code))
    form = ContactForm(request.POST)

    def do(by: By) -> None:
        change_contact(target_id=found.pk, person=form.person, seen=seen(request), **by)

    return carry_out(
        request,
        form,
        do,
        said=_("The contact of “%(place)s” is written down.") % {"place": found.name},
        back=address_of(found),
        show=partial(target_page, request, code),
        about=found,
    )
