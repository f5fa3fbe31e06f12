"""All programmes, one with everything on it, and its own data one thing at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.audit.queries import entries_about_all
from ksbb.backoffice.forms import programme as forms
from ksbb.backoffice.views.programmes.page import Words, edit, find_programme
from ksbb.backoffice.wording import in_words
from ksbb.needs.actions.choose_kinds import choose_kinds
from ksbb.programmes.actions.programme import change_programme, create_programme, mark_steps
from ksbb.programmes.checklist import checklist
from ksbb.programmes.models import Programme, TargetKind
from ksbb.programmes.queries import aid_types_of, phases_of
from ksbb.rights.enums import Step
from ksbb.rights.queries import open_approval_about
from ksbb.shared import clock
from ksbb.web.access import requires
from ksbb.web.acting import By, seen

HISTORY = 20


def address(programme: Programme) -> str:
    """Return the address of a programme's page on the desk."""
    return reverse("backoffice:programme", args=[programme.slug])


@requires("programmes.view_setup")
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """List all programmes, newest first, and the kinds of places."""
    context = {
        "programmes": Programme.objects.select_related("root_region"),
        "kinds": TargetKind.objects.all(),
    }
    return render(request, "backoffice/programmes.html", context)


@requires("programmes.view_setup")
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one programme with everything that belongs to it."""
    found = find_programme(slug)
    phases, aid_types = found.phases.all(), found.aid_types.all()
    rules = found.need_rules.select_related("target_kind", "aid_type", "phase")
    history = entries_about_all(Programme.objects.filter(pk=found.pk), phases, aid_types, rules)
    context = {
        "programme": found,
        "phases": phases_of(found),
        "aid_types": aid_types_of(found),
        "rules": rules.order_by("target_kind__position", "aid_type__position", "phase__number"),
        "marks": found.four_eyes.all(),
        "waiting": [
            one
            for one in (open_approval_about(step, found) for step in (Step.PUBLISH, Step.UNMARK))
            if one
        ],
        "lacking": [item for item in checklist(found, clock.now().date()) if item.blocks],
        "history": in_words(history[:HISTORY]),
    }
    return render(request, "backoffice/programme.html", context)


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Begin a programme."""
    form = forms.NewProgrammeForm(request.POST or None)

    def do(by: By) -> None:
        values = dict(form.cleaned_data)
        create_programme(slug=values.pop("slug"), values=values, **by)

    slug = request.POST.get("slug", "")
    done = form.is_bound and form.is_valid()
    back = reverse("backoffice:programme", args=[slug]) if done else _list()
    words = Words(
        _("New programme"),
        _("Begin the programme"),
        _("The programme is begun. Nobody outside sees it yet."),
    )
    return edit(request, form, do, words, back=back)


def _list() -> str:
    return reverse("backoffice:programmes")


def _change(request: HttpRequest, slug: str, form_class: Any, title: str) -> HttpResponse:
    found = find_programme(slug)
    # The form writes what was typed into its own copy of the row.
    form = form_class(request.POST or None, instance=find_programme(slug))

    def do(by: By) -> None:
        change_programme(programme_id=found.pk, values=form.cleaned_data, seen=seen(request), **by)

    words = Words(title, _("Save"), _("The programme is changed."), lead=found.name)
    return edit(request, form, do, words, back=address(found), about=found)


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest, slug: str) -> HttpResponse:
    """Change names and who runs it."""
    return _change(request, slug, forms.IdentityForm, _("Name and organiser"))


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest, slug: str) -> HttpResponse:
    """Change days and area."""
    return _change(request, slug, forms.DaysForm, _("Days and area"))


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Change times, costs and what counts as fulfilled."""
    return _change(request, slug, forms.SettingsForm, _("Settings"))


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what stands on the press release."""
    return _change(request, slug, forms.ReleaseForm, _("Press release"))


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def kinds(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the kinds of places it helps."""
    found = find_programme(slug)
    form = forms.KindsForm(request.POST or None, initial={"jenis": found.target_kinds.all()})

    def do(by: By) -> None:
        chosen = frozenset(one.pk for one in form.cleaned_data["jenis"])
        choose_kinds(programme_id=found.pk, kinds=chosen, seen=seen(request), **by)

    words = Words(
        _("Kinds of places"), _("Save"), _("The kinds of places are chosen."), lead=found.name
    )
    return edit(request, form, do, words, back=address(found), about=found)


@requires("programmes.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def marks(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which steps take two officers."""
    found = find_programme(slug)
    standing = {mark.step for mark in found.four_eyes.all()}
    # A form without a tick is a form all the same.
    data = request.POST if request.method == "POST" else None
    form = forms.MarksForm(data, initial={"langkah": sorted(standing)})
    is_asked = form.is_bound and form.is_valid() and bool(standing - form.steps)

    def do(by: By) -> None:
        mark_steps(
            programme_id=found.pk,
            steps=form.steps,
            reason=form.cleaned_data["alasan"],
            seen=seen(request),
            **by,
        )

    said = (
        _("Another officer has to confirm it. Until then nothing changes.")
        if is_asked
        else _("The steps of two officers are marked.")
    )
    words = Words(_("Steps of two officers"), _("Save"), said, lead=found.name)
    return edit(request, form, do, words, back=address(found), about=found)
