"""Several things of the inbox decided in one act, after a look at what will happen."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ksbb.audit.queries import newest_entry_ids
from ksbb.backoffice.forms.decide import ManyForm, PlainForm
from ksbb.backoffice.inbox.box import Box
from ksbb.backoffice.inbox.handling import carried, happened, query_of
from ksbb.backoffice.inbox.source import Source, model_of
from ksbb.backoffice.inbox.sources import BY_SLUG
from ksbb.backoffice.inbox.steps import Step, find_step
from ksbb.shared import clock
from ksbb.shared.formats import listing, number
from ksbb.web.access import reader, requires
from ksbb.web.acting import By, carry_out

MOST: Final = 100
"""As many things are decided in one act."""


class Mark(NamedTuple):
    """A chosen thing as forms send it: its kind, its key, the newest entry that was seen of it."""

    kind: str
    key: int
    seen: int


class Line(NamedTuple):
    """One chosen thing on the preview."""

    name: str
    address: str
    says: str
    mark: str = ""


class Preview(NamedTuple):
    """What one act would do, and what it would leave as it is, with the reason."""

    step: Step | None
    will: list[Line]
    cannot: list[Line]


@requires("programmes.view_desk")
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Show what one decision would do to the chosen things; carry it out when it is sent."""
    if request.method != "POST":
        return _page(request)
    verb, marks = request.POST.get("langkah", ""), _marks(request.POST.getlist("pilih"))
    step = find_step(verb, marks[0].kind) if marks else None
    if step is None:
        return _page(request)
    form: Form = ManyForm(request.POST) if step.asks_reason else PlainForm(request.POST)
    chosen = {one.key: one.seen for one in marks if one.kind == step.kind}
    source = BY_SLUG[step.kind]
    # What lies outside the reader's area is no part of it, whatever was sent.
    allowed = _allowed(request, source, chosen)

    def do(by: By) -> None:
        reason = form.cleaned_data.get("alasan", "")
        done, changed = step.act({key: chosen[key] for key in allowed}, reason, by)
        _tell(request, source, allowed, done, {key: chosen[key] for key in changed})

    return carry_out(
        request,
        form,
        do,
        said="",
        back=f"{reverse('backoffice:inbox')}?{query_of(request)}",
        show=lambda form, status, refusals: _page(request, form, status, refusals),
    )


def _allowed(request: HttpRequest, source: Source, keys: Any) -> dict[int, Any]:
    """Return the things the reader may decide about, whether they still wait, by key."""
    model = model_of(source, clock.now())
    user = reader(request)
    return {
        key: one
        for key, one in model._base_manager.in_bulk(keys).items()  # noqa: SLF001 - public
        if user.has_perm(source.permission, one)
    }


def _tell(
    request: HttpRequest,
    source: Source,
    things: dict[int, Any],
    done: list[int],
    changed: dict[int, int],
) -> None:
    if done:
        names = listing(source.name(things[key]) for key in done)
        said = ngettext("%(count)s done: %(names)s.", "All %(count)s done: %(names)s.", len(done))
        messages.success(request, said % {"count": number(len(done)), "names": names})
    told = happened(model_of(source, clock.now()), changed)
    for key in changed:
        messages.warning(
            request,
            _("“%(name)s” stays as it is: somebody else was first. %(what)s")
            % {"name": source.name(things[key]), "what": told.get(key, "")},
        )


def _page(
    request: HttpRequest,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    marks = _marks(sent.getlist("pilih"))
    verb = sent.get("langkah", "")
    query = query_of(request)
    if not marks:
        messages.warning(request, _("Choose something first, then what is to be done with it."))
        return redirect(f"{reverse('backoffice:inbox')}?{query}")
    preview = _preview(request, verb, marks)
    step = preview.step
    context = {
        "preview": preview,
        "title": step.title if step else _("Decided one by one"),
        "verb": verb,
        "form": form,
        "reason_form": form if isinstance(form, ManyForm) else ManyForm(),
        "refusals": refusals,
        "box_address": f"{reverse('backoffice:inbox')}?{query}",
        **carried(request),
    }
    return render(request, "backoffice/inbox/many.html", context, status=status)


def _preview(request: HttpRequest, verb: str, marks: list[Mark]) -> Preview:
    kind = marks[0].kind
    source, step = BY_SLUG[kind], find_step(verb, kind)
    keys = [one.key for one in marks if one.kind == kind]
    waiting = Box(user=reader(request), now=clock.now()).find(source, keys)
    model = model_of(source, clock.now())
    newest = newest_entry_ids(model, keys)
    gone = {key: newest.get(key, 1) - 1 for key in keys if key not in waiting}
    known, told = _allowed(request, source, gone), happened(model, gone)
    will: list[Line] = []
    cannot: list[Line] = []
    for key in keys:
        if key in waiting:
            thing = waiting[key]
            name, address = source.name(thing), source.address(thing)
            reason = step.against(thing) if step else _("Is decided on its own page.")
            if step and not reason:
                mark = f"{kind}.{key}.{newest.get(key, 0)}"
                will.append(Line(name, address, step.effect(thing), mark))
            else:
                cannot.append(Line(name, address, reason))
        elif key in known:
            thing = known[key]
            says = _("Waits no more. %(what)s") % {"what": told.get(key, "")}
            cannot.append(Line(source.name(thing), source.address(thing), says))
    others = sum(one.kind != kind for one in marks)
    if others:
        says = _("Another kind of thing: choose it by itself.")
        cannot.append(Line(_("%(count)s more") % {"count": number(others)}, "", says))
    return Preview(step, will, cannot)


def _marks(sent: Sequence[str]) -> list[Mark]:
    """Return the chosen things; what is no mark is passed over, what comes twice is one."""
    found: dict[tuple[str, int], Mark] = {}
    for text in sent:
        kind, _dot, rest = text.partition(".")
        key, _dot, entry = rest.partition(".")
        if kind in BY_SLUG and _is_number(key):
            mark = Mark(kind, int(key), int(entry) if _is_number(entry) else 0)
            found.setdefault((kind, mark.key), mark)
    return list(found.values())[:MOST]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(2**63)) - 1
