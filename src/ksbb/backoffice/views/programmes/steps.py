"""What reaches the book: a rule that changes, needs from the rules, publishing and closing."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ksbb.backoffice.forms import programme as forms
from ksbb.backoffice.views.programmes.page import Words, edit, find_programme
from ksbb.backoffice.views.programmes.parts import find_rule
from ksbb.backoffice.views.programmes.programme import address
from ksbb.commitments.queries import running_in
from ksbb.needs.actions.change_rule import change_rule, slots_of
from ksbb.needs.actions.open_programme import open_programme
from ksbb.needs.actions.publish import publish
from ksbb.needs.queries_desk import verified_without_count
from ksbb.needs.reckoning import Extent, NewNeeds, held_needs, preview_change, preview_new
from ksbb.programmes.actions.state import close_programme, reopen_programme
from ksbb.programmes.checklist import checklist
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import AidType, Phase, Programme
from ksbb.programmes.queries import takes_two
from ksbb.rights.enums import Step
from ksbb.shared import clock
from ksbb.shared.formats import number
from ksbb.web.access import requires
from ksbb.web.acting import By, seen

SHOWN: Final = 20


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a rule: first how it would reckon, then what that does, then for good."""
    found = find_rule(find_programme(slug), pk)
    typed = request.POST if request.method == "POST" else request.GET
    asked = forms.FormulaForm(typed if "kali" in typed else None, found)
    more: dict[str, Any] = {"rule": found, "asked": asked}
    form = forms.ConfirmRuleForm(request.POST or None, found)
    if asked.is_bound and asked.is_valid():
        slots = slots_of(found, asked.formula, clock.now().date())
        change = preview_change(slots)
        more |= {
            "change": change,
            "held": held_needs(slots, SHOWN),
            "preview": "-".join(map(str, change)),
        }

    def do(by: By) -> None:
        change_rule(
            rule_id=found.pk,
            formula=form.formula,
            reason=form.cleaned_data["alasan"],
            promised=form.promised,
            seen=seen(request),
            **by,
        )

    words = Words(
        _("Rule: %(what)s") % {"what": found},
        _("Change the rule"),
        _("The rule is changed, and the needs follow it."),
    )
    return edit(
        request,
        form,
        do,
        words,
        back=address(found.programme),
        about=found,
        template="backoffice/setup_rule.html",
        **more,
    )


class Row(NamedTuple):
    """One phase and kind of aid beside what publishing would add there."""

    phase: Phase
    aid_type: AidType
    found: NewNeeds


def _preview(programme: Programme) -> dict[str, Any]:
    today = clock.now().date()
    phases = {one.pk: one for one in programme.phases.filter(ends_on__gte=today)}
    aid_types = {one.pk: one for one in programme.aid_types.all()}
    rows = [
        Row(phases[one.phase_id], aid_types[one.aid_type_id], one)
        for one in preview_new(Extent(programme=programme, since=today))
    ]
    new = defaultdict[int, int](int)
    for row in rows:
        new[row.phase.pk] += row.found.new
    return {
        "rows": rows,
        "new": sum(new.values()),
        "too_large": sum(row.found.too_large for row in rows),
        "without_count": verified_without_count(programme).count(),
        "phases": list(phases.values()),
    }


@requires("needs.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the rules would add, and add it."""
    found = find_programme(slug)
    preview = _preview(found)
    form = forms.NeedsForm(request.POST if request.method == "POST" else None, preview["phases"])

    def do(by: By) -> None:
        since = None if form.phase else by["now"].date()
        publish(programme=found, phase=form.phase, since=since, **by)

    count = preview["new"]
    words = Words(
        _("Needs from the rules"),
        _("Create these needs"),
        _("The needs are on the book."),
        lead=ngettext(
            "%(number)s need would be created.", "%(number)s needs would be created.", count
        )
        % {"number": number(count)},
    )
    return edit(
        request,
        form,
        do,
        words,
        back=reverse("backoffice:programme-needs", args=[slug]),
        template="backoffice/setup_needs.html",
        programme=found,
        **preview,
    )


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def open_it(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish a programme that has all it needs."""
    found = find_programme(slug)
    form = forms.WhyForm(request.POST or None)

    def do(by: By) -> None:
        open_programme(
            programme_id=found.pk, reason=form.cleaned_data["alasan"], seen=seen(request), **by
        )

    is_asked = takes_two(Step.PUBLISH, found)
    said = (
        _("Another officer has to confirm it. Until then nothing changes.")
        if is_asked
        else _("The programme is published.")
    )
    items = checklist(found, clock.now().date())
    return edit(
        request,
        form,
        do,
        Words(_("Publish the programme"), _("Publish"), said, lead=found.name),
        back=address(found),
        about=found,
        template="backoffice/setup_publish.html",
        programme=found,
        items=items,
        is_ready=found.state == ProgrammeState.DRAFT and not any(one.blocks for one in items),
        takes_two=is_asked,
        **_preview(found),
    )


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Take no new commitments."""
    found = find_programme(slug)
    form = forms.WhyForm(request.POST or None)

    def do(by: By) -> None:
        close_programme(
            programme_id=found.pk, reason=form.cleaned_data["alasan"], seen=seen(request), **by
        )

    running = running_in(found).count()
    lead = ngettext(
        "Everything stays readable. %(number)s commitment is still under way and goes on.",
        "Everything stays readable. %(number)s commitments are still under way and go on.",
        running,
    ) % {"number": number(running)}
    words = Words(
        _("Close the programme"),
        _("Close"),
        _("The programme is closed: it takes no new commitments."),
        lead=lead,
    )
    return edit(request, form, do, words, back=address(found), about=found)


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a closed programme take commitments again."""
    found = find_programme(slug)
    form = forms.WhyForm(request.POST or None)

    def do(by: By) -> None:
        reopen_programme(
            programme_id=found.pk, reason=form.cleaned_data["alasan"], seen=seen(request), **by
        )

    words = Words(
        _("Open the programme again"),
        _("Open again"),
        _("The programme takes commitments again."),
        lead=found.name,
    )
    return edit(request, form, do, words, back=address(found), about=found)
