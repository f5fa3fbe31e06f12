"""The files of targets that were sent in, and sending in another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ksbb.backoffice.forms.batch import AreaFileForm, FileForm
from ksbb.backoffice.paging import page_of
from ksbb.batches import inbox
from ksbb.batches.actions.read import claim_reading, read
from ksbb.batches.actions.receive import Letter, receive
from ksbb.batches.models import Batch
from ksbb.batches.queries import batches_for
from ksbb.batches.worker import see_to_it
from ksbb.rights.queries import watched_areas
from ksbb.rights.rules import is_area_officer
from ksbb.shared import clock
from ksbb.web.access import reader, requires
from ksbb.web.acting import By, carry_out

AROUND_A_FILE: Final = 1024 * 1024
"""Bytes of a request besides its file."""


@requires("batches.prepare")
def batches(request: HttpRequest) -> HttpResponse:
    """List the files, newest first; a sent form takes in another one.

    Officers of an area see the files about it, and send in lists that the working group decides on.
    """
    inbox.throw_away_old()
    if request.method != "POST":
        return _page(request, _form(request))
    show = partial(_page, request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > inbox.LARGEST + AROUND_A_FILE:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return show(_form(request), status, [str(inbox.TooLargeError())])
    form = _form(request, request.POST, request.FILES)
    received: list[Batch] = []
    answer = carry_out(
        request,
        form,
        lambda by: received.append(_receive(form, by)),
        said=_("The file was received."),
        back=reverse("backoffice:batches"),
        show=show,
    )
    if not received:
        return answer
    begin_reading(received[0])
    return redirect("backoffice:batch", received[0].pk)


def _form(request: HttpRequest, data: Any = None, files: Any = None) -> FileForm:
    user = reader(request)
    if not is_area_officer(user):
        return FileForm(data, files)
    return AreaFileForm(data, files, watched_areas(user))


def _receive(form: FileForm, by: By) -> Batch:
    file = form.cleaned_data["berkas"]
    area = form.area if isinstance(form, AreaFileForm) else None
    letter = Letter(
        sender=area.name if area else form.cleaned_data["pengirim"],
        source=form.cleaned_data["sumber"],
        counted_on=form.cleaned_data["tanggal"],
    )
    return receive(
        programme=form.cleaned_data["program"],
        kept=inbox.keep(file.chunks()),
        name=file.name,
        letter=letter,
        area=area,
        **by,
    )


def begin_reading(batch: Batch) -> None:
    """Read a small file at once; a large one is left to a process of its own."""
    if batch.file_bytes > settings.BATCH_AT_ONCE_BYTES:
        see_to_it(batch.pk)
        return
    claimed = claim_reading(batch.pk)
    if claimed:
        read(claimed, today=clock.now().date())


def _page(
    request: HttpRequest,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    page = page_of(batches_for(reader(request)), request)
    context = {"form": form, "refusals": refusals, "page": page}
    return render(request, "backoffice/batches.html", context, status=status)
