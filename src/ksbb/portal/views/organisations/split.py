"""An aggregator's stock or budget, split over hundreds of places and committed in one act."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.models import Collaborator
from ksbb.commitments.actions.reserve import NeedsFullError, Refusal
from ksbb.commitments.actions.share_out import MOST_PLACES, SharedOut, share_out
from ksbb.commitments.actions.submit import Plan
from ksbb.portal.forms.split import REST, RUPIAH, SendForm, SplitForm, opened, sealed
from ksbb.portal.organisations.own import own_or_404
from ksbb.portal.scope import read_scope
from ksbb.portal.splitting import by_area
from ksbb.proposals.split import Split, split
from ksbb.proposals.split_prose import because, paragraphs
from ksbb.shared.errors import DomainError
from ksbb.shared.formats import listing, number
from ksbb.web.access import requires
from ksbb.web.acting import signed

NAMED: Final = 10
"""So many refused places are named in a sentence."""
SHOWN: Final = 500


@requires("collaborators.view_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def split_stock(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what is split; show the proposal; make commitments of it."""
    found = _aggregator(request, slug)
    form = SplitForm(request.GET, read_scope(request))
    if request.method != "POST":
        return _page(request, found, form)
    send = _send_form(form, request.POST)
    if not (form.is_valid() and send.is_valid()):
        return _page(request, found, form, send, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = _commit(request, found, send)
    except NeedsFullError as error:
        return _page(request, found, form, send, HTTPStatus.CONFLICT, [_nothing(error.refusals)])
    except DomainError as error:
        return _page(request, found, form, send, HTTPStatus.CONFLICT, [str(error)])
    return _done(request, form, made)


def _aggregator(request: HttpRequest, slug: str) -> Collaborator:
    found = own_or_404(request, slug)
    if not found.is_aggregator:
        raise Http404(_("Only aggregators split a stock. Give help from the page of donors."))
    return found


def _send_form(form: SplitForm, data: Any) -> SendForm:
    scope = form.scope
    return SendForm(data, first=scope.today, last=scope.programme.ends_on)


def _commit(request: HttpRequest, giver: Collaborator, send: SendForm) -> SharedOut:
    answers = send.cleaned_data
    return share_out(
        programme=read_scope(request).programme,
        giver=giver,
        lines=opened(request.POST.get("baris", ""), giver.pk),
        plan=Plan(
            planned_for=answers["tanggal"],
            delivery_window=answers["waktu"],
            statement_accepted=answers["setuju"],
        ),
        keep_rest=answers["cara"] == REST,
        **signed(request),
    )


def _done(request: HttpRequest, form: SplitForm, made: SharedOut) -> HttpResponse:
    codes = listing(one.code for one in made.commitments)
    messages.success(
        request, _("Committed: %(codes)s. The working group decides next.") % {"codes": codes}
    )
    if not made.refusals:
        return redirect("portal:mine")
    messages.warning(request, _left_out(made.refusals))
    return redirect(f"{request.path}?{_for_the_rest(request, form, made.refusals)}")


def _for_the_rest(request: HttpRequest, form: SplitForm, refusals: Sequence[Refusal]) -> str:
    """Return the query of a new proposal for what was refused, without its tied parts."""
    rest = sum(one.wanted for one in refusals)
    query = request.GET.copy()
    for name in [name for name in query if "-" in name]:
        del query[name]
    price = form.cleaned_data["harga"] if form.cleaned_data["satuan"] == RUPIAH else 1
    query["jumlah"] = str(rest * price)
    query["minimal"] = str(min(form.cleaned_data["minimal"], rest))
    return str(query.urlencode())


def _nothing(refusals: Sequence[Refusal]) -> str:
    return (
        _("Nothing was committed, because not everything is still open.")
        + " "
        + _left_out(refusals)
        + " "
        + _("Below is a new proposal from what is open now.")
    )


def _left_out(refusals: Sequence[Refusal]) -> str:
    names = [
        _("%(place)s (%(wanted)s asked, %(open)s open)")
        % {"place": one.target_name, "wanted": number(one.wanted), "open": number(one.open)}
        for one in refusals[:NAMED]
    ]
    more = len(refusals) - NAMED
    if more > 0:
        names.append(_("%(count)s more") % {"count": number(more)})
    return _("No longer open as proposed: %(places)s.") % {"places": listing(names)}


def _page(
    request: HttpRequest,
    organisation: Collaborator,
    form: SplitForm,
    send: SendForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    context: dict[str, Any] = {"organisation": organisation, "form": form, "refusals": refusals}
    if form.is_bound and not form.is_valid() and status == HTTPStatus.OK:
        status = HTTPStatus.BAD_REQUEST
    if form.is_bound and form.is_valid():
        try:
            made = split(
                aid_type=form.aid_type, phase=form.phase, terms=form.terms, now=form.scope.now
            )
            context |= _proposal(made, organisation) | {"send": send or _send_form(form, None)}
        except DomainError as error:
            context["refusals"] = [*refusals, str(error)]
            status = HTTPStatus.CONFLICT
    return render(request, "portal/organisations/split.html", context, status=status)


def _proposal(made: Split, organisation: Collaborator) -> dict[str, Any]:
    return {
        "split": made,
        "paragraphs": paragraphs(made),
        "areas": by_area(made),
        "lines": [(line, because(line)) for line in made.lines[:SHOWN]],
        "hidden": max(len(made.lines) - SHOWN, 0),
        "is_too_many": len(made.lines) > MOST_PLACES,
        "most": MOST_PLACES,
        "sealed": sealed(made.lines, organisation.pk),
    }
