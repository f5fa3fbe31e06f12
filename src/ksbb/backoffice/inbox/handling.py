"""A thing of the inbox on its own page: until when, with whom, what comes next, who was first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ksbb.accounts.models import User
from ksbb.audit.queries import entries_after
from ksbb.backoffice.forms.inbox import InboxFilter
from ksbb.backoffice.inbox.source import Source
from ksbb.backoffice.inbox.sources import BY_SLUG
from ksbb.backoffice.wording import in_words
from ksbb.rights.models import Assignment
from ksbb.rights.queries import assignments_of, officers_at
from ksbb.shared import clock
from ksbb.shared.formats import moment
from ksbb.web.access import reader
from ksbb.web.acting import SEEN, By, Show, carry_out, seen

BOX: Final = "kotak"
"""The query of the inbox from which a page was opened; without it nothing comes next."""


class Handled(NamedTuple):
    """What a page says of a thing that may wait for a decision."""

    source: Source
    thing: Any
    due: datetime | None
    """None where it waits no more."""
    late: bool
    assignment: Assignment | None
    query: str

    @property
    def box(self) -> str:
        """The address of the inbox it was opened from."""
        return f"{reverse('backoffice:inbox')}?{self.query}"

    @property
    def next(self) -> str:
        """The address that leads to what comes after it."""
        asked = {BOX: self.query, "setelah": f"{self.source.slug}.{self.thing.pk}"}
        return f"{reverse('backoffice:inbox-next')}?{urlencode(asked)}"

    @property
    def assign(self) -> str:
        """The address at which it is given to an officer."""
        return reverse("backoffice:assign", args=[self.source.slug, self.thing.pk])


class Standing(NamedTuple):
    """How a thing that waits stands, for a row of a list that is no inbox."""

    due: datetime
    late: bool
    assignment: Assignment | None


def standing_of(kind: str, things: Sequence[Model]) -> dict[int, Standing]:
    """Return how things that wait stand, by key: one query for all."""
    source, now = BY_SLUG[kind], clock.now()
    officers = assignments_of(things) if things else {}
    found = {}
    for one in things:
        due = source.due(_value(one, source.since))
        officer = officers.get((one._meta.label_lower, one.pk))
        found[one.pk] = Standing(due, due <= now, officer)
    return found


def handled(request: HttpRequest, kind: str, thing: Model) -> dict[str, Any]:
    """Return what the template of a page needs of the inbox."""
    source, now = BY_SLUG[kind], clock.now()
    query = query_of(request)
    due = None
    if still_waits(request, kind, thing.pk):
        due = source.due(_value(thing, source.since))
    found = assignments_of([thing]).get((thing._meta.label_lower, thing.pk))
    shown = Handled(source, thing, due, bool(due and due <= now), found, query)
    return {"handled": shown, **carried(request)}


def carried(request: HttpRequest) -> dict[str, Any]:
    """Return what makes all forms of a page bring along the inbox the reader came from."""
    query = query_of(request)
    return {"carried": {BOX: query} if query else {}}


def within_box(request: HttpRequest, address: str) -> str:
    """Return an address that still knows the inbox the reader came from."""
    query = query_of(request)
    return f"{address}?{urlencode({BOX: query})}" if query else address


def query_of(request: HttpRequest) -> str:
    """Return the query of the inbox the reader came from, "" where they came from elsewhere."""
    return (request.POST.get(BOX) or request.GET.get(BOX) or "")[:500]


def next_address(request: HttpRequest, source: Source, key: int) -> str:
    """Return the page of what comes after a thing in the reader's inbox; at its end the inbox."""
    form = InboxFilter(QueryDict(query_of(request)), user=reader(request), now=clock.now())
    following = form.box.after(source, key)
    if following is None:
        return f"{reverse('backoffice:inbox')}?{form.query}"
    return f"{following.address}?{urlencode({BOX: form.query})}"


def decide(
    request: HttpRequest,
    form: BaseForm,
    do: Callable[[By], object],
    *,
    kind: str,
    about: Model,
    said: str,
    show: Show,
    is_guarded: bool = True,
) -> HttpResponse:
    """Carry out a decision and show what comes next in the inbox it was opened from.

    Where somebody else was first, the page says who did what and when, and how it stands now.
    `is_guarded` refuses as soon as anything was done to the thing after the page was opened.
    """
    source = BY_SLUG[kind]

    def shown(form: BaseForm, status: HTTPStatus, refusals: Sequence[str]) -> HttpResponse:
        told = happened(type(about), {about.pk: seen(request)}).get(about.pk, "")
        # A form that does not say what was seen is none of ours, and has its own refusal.
        if status != HTTPStatus.CONFLICT or SEEN not in request.POST or not told:
            return show(form, status, refusals)
        messages.warning(
            request,
            _("Somebody else was first, so your decision changed nothing. %(what)s")
            % {"what": told},
        )
        return show(form, status, ())

    answer = carry_out(
        request,
        form,
        do,
        said=said,
        back=source.address(about),
        show=shown,
        about=about if is_guarded else None,
    )
    return lead_on(request, answer, kind=kind, key=about.pk)


def lead_on(request: HttpRequest, answer: HttpResponse, *, kind: str, key: int) -> HttpResponse:
    """Return the answer to a decision; done, and come from the inbox, it leads to what is next."""
    if request.method == "POST" and answer.status_code == HTTPStatus.FOUND and query_of(request):
        return redirect(next_address(request, BY_SLUG[kind], key))
    return answer


def still_waits(request: HttpRequest, kind: str, key: int) -> bool:
    """Whether a thing waits for the reader's decision."""
    source, user = BY_SLUG[kind], reader(request)
    return source.is_open_to(user) and source.rows(user, clock.now()).filter(pk=key).exists()


def happened(model: type[Model], seen_of: Mapping[int, int]) -> dict[int, str]:
    """Return for each thing what was done after the entry that was seen of it: who, when, what."""
    told: dict[int, list[str]] = {}
    entries = list(entries_after(model, seen_of))
    for entry, line in zip(entries, in_words(entries), strict=True):
        sentence = f"{line.who}, {moment(line.at)}: {line.what}."
        if line.reason:
            sentence += f" “{line.reason}”"
        told.setdefault(int(entry.object_id), []).append(sentence)
    return {key: " ".join(sentences) for key, sentences in told.items()}


def takers(source: Source, thing: Model) -> list[User]:
    """Return the officers who may decide about a thing, by name."""
    region = _value(thing, source.region).pk if source.region else ""
    return [one for one in officers_at(region) if one.has_perm(source.permission)]


def _value(thing: Model, path: str) -> Any:
    """Return what a path of a query leads to on a thing that was read."""
    return reduce(getattr, path.split("__"), thing)
