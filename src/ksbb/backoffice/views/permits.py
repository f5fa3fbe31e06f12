"""The permits of an aggregator: writing one down, suspending it, restoring it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import NamedTuple, Self, Unpack

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.permit import PermitForm, SuspensionForm
from ksbb.backoffice.inbox.handling import Handled, carried, handled, lead_on
from ksbb.backoffice.inbox.sources import PERMIT
from ksbb.collaborators.actions.permit import add_permit, restore_permit, suspend_permit
from ksbb.collaborators.models import Collaborator, Permit
from ksbb.collaborators.queries import (
    collecting,
    ending_permits,
    find_by_slug,
    permits_to_renew,
)
from ksbb.funds.queries_touched import touched_by_suspension
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme
from ksbb.programmes.queries import published_programmes, takes_two
from ksbb.rights.actions.approvals import ask
from ksbb.rights.enums import Step
from ksbb.shared import clock
from ksbb.web.access import requires
from ksbb.web.acting import By, carry_out


@requires("collaborators.verify")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def permits(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the permits, and write down another."""
    if request.method != "POST":
        return _page(request, slug)
    holder = or_404(find_by_slug(slug))
    form = PermitForm(request.POST)

    def do(by: By) -> None:
        add_permit(collaborator_id=holder.pk, paper=form.paper, **by)

    ended = ending_permits(clock.now().date()).filter(collaborator=holder).first()
    answer = carry_out(
        request,
        form,
        do,
        said=_("The permit is on record."),
        back=_address(holder),
        show=partial(_page, request, slug),
    )
    return lead_on(request, answer, kind=PERMIT, key=ended.pk) if ended else answer


@requires("collaborators.verify")
def suspend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let no new gifts be taken under a permit, or ask a second officer where it takes two."""
    if not takes_two(Step.SUSPEND):
        said = _("The permit is suspended: no new gifts are taken under it.")
        return _set(request, slug, pk, suspend_permit, said)
    said = _("Another officer has to confirm it. Until then nothing changes.")
    return _set(request, slug, pk, _ask, said)


@requires("collaborators.verify")
def restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a suspension."""
    return _set(request, slug, pk, restore_permit, _("The permit is valid again."))


def _set(
    request: HttpRequest, slug: str, pk: int, action: Callable[..., object], said: str
) -> HttpResponse:
    holder = or_404(find_by_slug(slug))
    permit = Permit.objects.filter(collaborator=holder, pk=pk).first()
    if permit is None:
        raise Http404(_("This collaborator has no such permit."))
    form = SuspensionForm(request.POST)

    def do(by: By) -> None:
        action(permit_id=permit.pk, reason=form.cleaned_data["alasan"], **by)

    answer = carry_out(
        request, form, do, said=said, back=_address(holder), show=partial(_page, request, slug)
    )
    return lead_on(request, answer, kind=PERMIT, key=permit.pk)


def _ask(*, permit_id: int, reason: str, **by: Unpack[By]) -> None:
    permit = Permit.objects.select_related("collaborator").get(pk=permit_id)
    name = f"{permit.collaborator.name}, {permit.number}"
    ask(step=Step.SUSPEND, obj=permit, payload={}, reason=reason, name=lambda: name, **by)


class _Shown(NamedTuple):
    """A permit on the page, with a form of its own and how it stands in the inbox."""

    permit: Permit
    form: SuspensionForm
    handled: Handled

    @classmethod
    def of(cls, request: HttpRequest, permit: Permit) -> Self:
        form = SuspensionForm(auto_id=f"izin-{permit.pk}-%s")
        return cls(permit, form, handled(request, PERMIT, permit)["handled"])


def _others(holder: Collaborator) -> list[tuple[Programme, list[Collaborator]]]:
    """Return by open programme the other aggregators whose permits let them take gifts today."""
    today = clock.now().date()
    return [
        (
            one,
            [other for other in collecting(area=one.root_region_id, day=today) if other != holder],
        )
        for one in published_programmes().filter(state=ProgrammeState.OPEN)
    ]


def _address(holder: Collaborator) -> str:
    return reverse("backoffice:permits", args=[holder.slug])


def _page(
    request: HttpRequest,
    slug: str,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    holder = or_404(find_by_slug(slug))
    found = holder.permits.select_related("region")
    context = {
        "collaborator": holder,
        "permits": [_Shown.of(request, one) for one in found],
        "touched": touched_by_suspension(holder),
        "others": _others(holder),
        "ending": {one.pk for one in permits_to_renew(clock.now().date())},
        "form": form,
        "refusals": refusals,
        "permit_form": form if isinstance(form, PermitForm) else PermitForm(),
        **carried(request),
    }
    return render(request, "backoffice/permits.html", context, status=status)
