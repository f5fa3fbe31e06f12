"""Aid of other sources: what is on record, one entry at a place, lists of entries."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path, PurePath
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ksbb.backoffice.finding import or_404
from ksbb.backoffice.forms.served import ServedForm, ServedListForm, TakeBackForm, WriteForm
from ksbb.backoffice.paging import page_of
from ksbb.needs.queries_desk import find_any_target
from ksbb.overlap.actions.enter import enter
from ksbb.overlap.actions.files import receive_list, undo_list, write_list
from ksbb.overlap.actions.take_back import take_back
from ksbb.overlap.enums import FileState
from ksbb.overlap.judging import NEW, REFUSED, SAME, Judged, judge, state_of
from ksbb.overlap.listed import HEADINGS, LARGEST, ListError, read_list
from ksbb.overlap.models import Served, ServedFile
from ksbb.overlap.queries import all_at, files_of, newest
from ksbb.programmes.models import Programme
from ksbb.programmes.queries import current_programme
from ksbb.rights.queries import in_watched_areas
from ksbb.shared import clock
from ksbb.shared.csv_cells import MARK, line
from ksbb.suggestions.actions.suggest import Aid, Said, suggest
from ksbb.suggestions.enums import Kind
from ksbb.web.access import check, reader, requires
from ksbb.web.acting import By, carry_out
from ksbb.web.downloads import CSV, download

SHOWN: Final = 200
"""Rows of a preview on the page; the counts above them are of all."""

EXAMPLE: Final = (
    "31.74.05.1002.004",
    "2",
    "sembako",
    "120",
    "pemerintah",
    "Bansos PSBB (contoh)",
    "2020-05-02",
    "Surat 12/2020 (contoh)",
)


@requires("overlap.view")
@require_http_methods(["GET", "HEAD", "POST"])
def served(request: HttpRequest) -> HttpResponse:
    """Show what is on record and the lists that were sent in; a sent form takes in another.

    Officers of an area see what is on record inside it.
    """
    if request.method != "POST":
        return _home(request, ServedListForm())
    if not request.user.has_perm("overlap.enter"):
        raise PermissionDenied(_("Lists are sent in by the working group. Propose single entries."))
    form = ServedListForm(request.POST, request.FILES)
    received: list[ServedFile] = []
    answer = carry_out(
        request,
        form,
        lambda by: received.append(_receive(form, by)),
        said=_("The list was read. Nothing is written yet."),
        back=reverse("backoffice:served"),
        show=partial(_home, request),
    )
    return redirect("backoffice:served-file", received[0].pk) if received else answer


def _receive(form: ServedListForm, by: By) -> ServedFile:
    sent = form.cleaned_data["berkas"]
    if sent.size > LARGEST:
        raise ListError(_("The file is larger than 5 MB. Send the list in parts."))
    content = b"".join(sent.chunks())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(content)
        listed = read_list(path, Path(PurePath(sent.name).name))
    return receive_list(
        programme=_programme(),
        listed=listed,
        name=sent.name,
        digest=sha256(content).hexdigest(),
        **by,
    )


@requires("overlap.enter")
@require_safe
def example(_request: HttpRequest) -> HttpResponse:
    """Send a list with one row to begin from."""
    return download(MARK + line(HEADINGS) + line(EXAMPLE), name="sudah-dilayani.csv", kind=CSV)


@requires("overlap.enter")
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a list would write, or has written."""
    return _file_page(request, pk)


@requires("overlap.enter")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the new rows of a list."""
    found = or_404(_found(pk))
    form = WriteForm(request.POST)

    def do(by: By) -> None:
        write_list(file_id=found.pk, state=form.cleaned_data["keadaan"], **by)

    said = _("The list is written. KSBB's own numbers stay as they are.")
    return _carried_out(request, form, do, said, found)


@requires("overlap.enter")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a whole list back."""
    found = or_404(_found(pk))
    form = TakeBackForm(request.POST)

    def do(by: By) -> None:
        undo_list(file_id=found.pk, reason=form.cleaned_data["alasan"], **by)

    return _carried_out(request, form, do, _("The whole list is taken back."), found)


@requires("overlap.view")
@require_http_methods(["GET", "HEAD", "POST"])
def at_place(request: HttpRequest, code: str) -> HttpResponse:
    """Show what other sources brought to one place, and write down another entry.

    What an officer of the area sends is a suggestion, which the working group decides on.
    """
    target = or_404(find_any_target(code))
    check(request, "overlap.view", target)
    enters = request.user.has_perm("overlap.enter")
    programme = _programme()
    if request.method != "POST":
        return _place_page(request, code, ServedForm(None, programme))
    form = ServedForm(request.POST, programme)

    def do(by: By) -> None:
        if enters:
            enter(target=target, phase=form.phase, aid_type=form.aid_type, facts=form.facts, **by)
            return
        suggest(
            kind=Kind.SERVED,
            region=target.region,
            target=target,
            said=Said(name=target.name, words=form.facts.source),
            aid=Aid(phase=form.phase, aid_type=form.aid_type, facts=form.facts),
            **by,
        )

    return carry_out(
        request,
        form,
        do,
        said=_("It is on record. KSBB's own numbers stay as they are.")
        if enters
        else _("Your suggestion is with the working group."),
        back=request.path if enters else reverse("backoffice:suggestions"),
        show=partial(_place_page, request, code),
    )


@requires("overlap.enter")
def take_one_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo one entry, with the reason."""
    found = or_404(Served.objects.select_related("target").filter(pk=pk).first())
    form = TakeBackForm(request.POST)

    def do(by: By) -> None:
        take_back(served_id=found.pk, reason=form.cleaned_data["alasan"], **by)

    return carry_out(
        request,
        form,
        do,
        said=_("The entry is taken back; both rows stay on record."),
        back=reverse("backoffice:served-at", args=[found.target.code]),
        show=partial(_place_page, request, found.target.code),
    )


def _programme() -> Programme:
    return or_404(current_programme())


def _found(pk: int) -> ServedFile | None:
    return ServedFile.objects.select_related("programme", "created_by").filter(pk=pk).first()


def _carried_out(
    request: HttpRequest, form: BaseForm, do: Any, said: str, found: ServedFile
) -> HttpResponse:
    back = reverse("backoffice:served-file", args=[found.pk])
    show = partial(_file_page, request, found.pk)
    return carry_out(request, form, do, said=said, back=back, show=show)


def _home(
    request: HttpRequest,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    programme = _programme()
    rows = newest(programme).filter(in_watched_areas("target__region", reader(request)))
    context = {
        "form": form,
        "refusals": refusals,
        "programme": programme,
        "files": files_of(programme)[:20],
        "page": page_of(rows, request),
        "headings": HEADINGS,
    }
    return render(request, "backoffice/served.html", context, status=status)


def _place_page(
    request: HttpRequest,
    code: str,
    form: BaseForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    target = or_404(find_any_target(code))
    undoes = isinstance(form, TakeBackForm)
    context = {
        "target": target,
        "form": form,
        "served_form": ServedForm(None, _programme()) if undoes else form,
        "rows": [(one, TakeBackForm(auto_id=f"baris-{one.pk}-%s")) for one in all_at(target)],
        "refusals": refusals,
    }
    return render(request, "backoffice/served_at.html", context, status=status)


def _file_page(
    request: HttpRequest,
    pk: int,
    form: BaseForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    refusals: Sequence[str] = (),
) -> HttpResponse:
    found = or_404(_found(pk))
    judged: list[Judged] = []
    if found.state == FileState.READ:
        judged = judge(found.rows, found.programme, clock.now())
    effects = {name: [one for one in judged if one.effect == name] for name in (NEW, SAME, REFUSED)}
    context = {
        "file": found,
        "counts": {name: len(rows) for name, rows in effects.items()},
        "judged": [*effects[REFUSED], *effects[NEW], *effects[SAME]][:SHOWN],
        "shown": SHOWN,
        "is_longer": len(judged) > SHOWN,
        "state": state_of(judged),
        "entries": found.entries.count(),
        "form": form,
        "undo_form": form if isinstance(form, TakeBackForm) else TakeBackForm(),
        "refusals": refusals,
    }
    return render(request, "backoffice/served_file.html", context, status=status)
