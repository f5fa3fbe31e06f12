"""Phases, kinds of aid and rules of a programme, and the kinds of places all of them share."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms import programme as forms
from ksbb.backoffice.forms.decide import PlainForm
from ksbb.backoffice.views.programmes.page import Words, edit, find_programme
from ksbb.backoffice.views.programmes.programme import address
from ksbb.needs.actions.change_phase import change_phase
from ksbb.programmes.actions.aid_type import add_aid_type, change_aid_type, remove_aid_type
from ksbb.programmes.actions.kind import add_kind, change_kind
from ksbb.programmes.actions.phase import add_phase, remove_phase
from ksbb.programmes.actions.rule import add_rule, remove_rule
from ksbb.programmes.models import AidType, NeedRule, Phase, Programme, TargetKind
from ksbb.web.access import requires
from ksbb.web.acting import By, seen

REMOVE = "backoffice/setup_remove.html"


def _phase(programme: Programme, number: int) -> Phase:
    return or_404(programme.phases.filter(number=number).first())


def _aid_type(programme: Programme, slug: str) -> AidType:
    return or_404(programme.aid_types.filter(slug=slug).first())


def find_rule(programme: Programme, key: int) -> NeedRule:
    """Return one rule of a programme; 404 where it has no such rule."""
    rules = programme.need_rules.select_related("target_kind", "aid_type", "phase", "programme")
    return or_404(rules.filter(pk=key).first())


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_phase(request: HttpRequest, slug: str) -> HttpResponse:
    """Add the next phase."""
    programme = find_programme(slug)
    form = forms.PhaseForm(request.POST or None)

    def do(by: By) -> None:
        add_phase(programme_id=programme.pk, **form.cleaned_data, **by)

    said = _("The phase is added. Its needs come with publishing, or from the page of needs.")
    words = Words(_("New phase"), _("Add the phase"), said, lead=programme.name)
    return edit(request, form, do, words, back=address(programme))


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def phase(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change the days of a phase."""
    programme = find_programme(slug)
    found = _phase(programme, number)
    form = forms.PhaseForm(request.POST or None, instance=_phase(programme, number))

    def do(by: By) -> None:
        change_phase(phase_id=found.pk, **form.cleaned_data, seen=seen(request), **by)

    words = Words(
        str(found),
        _("Save"),
        _("The phase is changed."),
        lead=_("A phase with needs can only grow; needs reckoned by the day grow with it."),
    )
    remove = reverse("backoffice:remove-phase", args=[slug, number])
    back = address(programme)
    return edit(request, form, do, words, back=back, about=found, remove=remove)


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def drop_phase(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Remove a phase nothing stands in."""
    programme = find_programme(slug)
    found = _phase(programme, number)
    words = Words(
        _("Remove %(what)s") % {"what": found}, _("Remove"), _("It is removed."), programme.name
    )
    do = partial(_remove_phase, found)
    return edit(
        request, PlainForm(request.POST), do, words, back=address(programme), template=REMOVE
    )


def _remove_phase(found: Phase, by: By) -> None:
    remove_phase(phase_id=found.pk, **by)


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_aid_type(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a kind of aid."""
    programme = find_programme(slug)
    form = forms.NewAidTypeForm(request.POST or None)

    def do(by: By) -> None:
        values = dict(form.cleaned_data)
        add_aid_type(programme_id=programme.pk, slug=values.pop("slug"), values=values, **by)

    said = _("The kind of aid is added. Give it a rule next.")
    words = Words(_("New kind of aid"), _("Add the kind of aid"), said, lead=programme.name)
    return edit(request, form, do, words, back=address(programme))


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def aid_type(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Change a kind of aid."""
    programme = find_programme(slug)
    found = _aid_type(programme, kind)
    form = forms.AidTypeForm(request.POST or None, instance=_aid_type(programme, kind))

    def do(by: By) -> None:
        change_aid_type(aid_type_id=found.pk, values=form.cleaned_data, seen=seen(request), **by)

    words = Words(found.name, _("Save"), _("The kind of aid is changed."), lead=programme.name)
    remove = reverse("backoffice:remove-aid-type", args=[slug, kind])
    back = address(programme)
    return edit(request, form, do, words, back=back, about=found, remove=remove)


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def drop_aid_type(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Remove a kind of aid nothing is counted in."""
    programme = find_programme(slug)
    found = _aid_type(programme, kind)
    title = _("Remove %(what)s") % {"what": found}
    words = Words(title, _("Remove"), _("It is removed."), programme.name)
    do = partial(_remove_aid_type, found)
    return edit(
        request, PlainForm(request.POST), do, words, back=address(programme), template=REMOVE
    )


def _remove_aid_type(found: AidType, by: By) -> None:
    remove_aid_type(aid_type_id=found.pk, **by)


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_rule(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a rule by which needs are reckoned."""
    programme = find_programme(slug)
    form = forms.NewRuleForm(request.POST or None, programme)

    def do(by: By) -> None:
        given = form.cleaned_data
        add_rule(
            programme_id=programme.pk,
            kind_id=given["jenis"].pk,
            aid_type_id=given["bantuan"].pk,
            phase_id=form.phase.pk if form.phase else None,
            formula=form.formula,
            **by,
        )

    words = Words(
        _("New rule"),
        _("Add the rule"),
        _("The rule is added. Needs come with publishing, or from the page of needs."),
        lead=_("Need = count × times ÷ divided by, rounded up."),
    )
    return edit(request, form, do, words, back=address(programme))


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def drop_rule(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a rule; the needs that came from it stay."""
    programme = find_programme(slug)
    found = find_rule(programme, pk)
    form = forms.WhyForm(request.POST or None)

    def do(by: By) -> None:
        remove_rule(rule_id=found.pk, reason=form.cleaned_data["alasan"], **by)

    words = Words(
        _("Remove the rule %(what)s") % {"what": found},
        _("Remove the rule"),
        _("The rule is removed."),
        lead=_("Needs that came from it stay as they are; no new ones follow."),
    )
    return edit(request, form, do, words, back=address(programme))


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def new_kind(request: HttpRequest) -> HttpResponse:
    """Add a kind of place."""
    form = forms.NewKindForm(request.POST or None)

    def do(by: By) -> None:
        values = dict(form.cleaned_data)
        add_kind(slug=values.pop("slug"), values=values, **by)

    said = _("The kind of place is added. Programmes can help it now.")
    words = Words(_("New kind of place"), _("Add the kind of place"), said)
    return edit(request, form, do, words, back=reverse("backoffice:programmes"))


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the words for a kind of place."""
    found = or_404(TargetKind.objects.filter(slug=slug).first())
    copy = or_404(TargetKind.objects.filter(slug=slug).first())
    form = forms.KindForm(request.POST or None, instance=copy)

    def do(by: By) -> None:
        change_kind(kind_id=found.pk, values=form.cleaned_data, seen=seen(request), **by)

    words = Words(found.name, _("Save"), _("The kind of place is changed."))
    return edit(request, form, do, words, back=reverse("backoffice:programmes"), about=found)
