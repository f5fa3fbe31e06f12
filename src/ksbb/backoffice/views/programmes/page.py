"""What all pages that set something up share: one form, its words, and where it leads back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, NamedTuple

from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ksbb.audit.queries import newest_entry_id
from ksbb.backoffice.finding import or_404
from ksbb.programmes.models import Programme
from ksbb.web.acting import By, carry_out


class Words(NamedTuple):
    """The words of a page: its heading, a sentence below it, its button, what is said after."""

    title: str
    button: str
    said: str
    lead: str = ""


def find_programme(slug: str) -> Programme:
    """Return any programme, also one in preparation; 404 where there is none."""
    return or_404(Programme.objects.select_related("root_region").filter(slug=slug).first())


def edit(
    request: HttpRequest,
    form: BaseForm,
    do: Callable[[By], object],
    words: Words,
    *,
    back: str,
    about: Model | None = None,
    template: str = "backoffice/setup_form.html",
    **more: Any,
) -> HttpResponse:
    """Show the form, or do what it asks and lead back."""
    show = partial(_show, request, words, back, about, template, more)
    if request.method != "POST":
        return show(form)
    return carry_out(request, form, do, said=words.said, back=back, show=show, about=about)


def _show(
    request: HttpRequest,
    words: Words,
    back: str,
    about: Model | None,
    template: str,
    more: dict[str, Any],
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    context = {
        "form": form,
        "words": words,
        "back": back,
        "refusals": refusals,
        "seen": newest_entry_id(about) if about else 0,
        **more,
    }
    return render(request, template, context, status=status)
