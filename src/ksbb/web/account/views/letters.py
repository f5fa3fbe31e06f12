"""Which letters an account gets, and in which language."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.notices.actions.wish import wish
from ksbb.notices.models import LANGUAGES, Wish
from ksbb.web.access import reader, requires
from ksbb.web.acting import By, carry_out


class LettersForm(forms.Form):
    """How an account wants its letters."""

    bahasa = forms.ChoiceField(
        label=gettext_lazy("In which language?"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a language.")},
    )
    semua = forms.BooleanField(
        label=gettext_lazy("Also tell me of steps I need not answer, such as deliveries"),
        required=False,
    )


@requires("accounts.keep_own")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Ask for language and kind of letters, and keep the answer."""
    user = reader(request)
    kept = Wish.objects.filter(user=user).first() or Wish()
    if request.method != "POST":
        first = {"bahasa": kept.language, "semua": kept.wants_all}
        return _page(request, LettersForm(initial=first))
    form = LettersForm(request.POST)

    def do(by: By) -> None:
        given = form.cleaned_data
        wish(user=user, language=given["bahasa"], wants_all=given["semua"], **by)

    def show(form: forms.BaseForm, status: HTTPStatus, refusals: Sequence[str]) -> HttpResponse:
        return _page(request, form, status, refusals)

    return carry_out(
        request,
        form,
        do,
        said=_("Your letters are set."),
        back=reverse("account:home"),
        show=show,
    )


def _page(
    request: HttpRequest,
    form: forms.BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    context = {"form": form, "refusals": refusals}
    return render(request, "web/account/letters.html", context, status=status)
