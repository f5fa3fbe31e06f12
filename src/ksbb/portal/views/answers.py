from http import HTTPStatus

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.collaborators.queries import collaborators_of
from ksbb.portal.forms.answers import GiverForm, ScheduleForm, StatementForm
from ksbb.portal.forms.posted import posted
from ksbb.portal.giving import draft as drafts
from ksbb.portal.giving.login import first_answers, leave_for_login
from ksbb.portal.views.package import nothing_chosen
from ksbb.web.access import public


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def giver(request: HttpRequest) -> HttpResponse:
    """Ask who gives."""
    draft = drafts.load(request, drafts.scope_of_giving(request).programme)
    if not draft.lines:
        return nothing_chosen(request)
    if "masuk" in request.POST:
        return leave_for_login(request, draft)
    known = list(collaborators_of(request.user))
    form = GiverForm(posted(request), known, initial=first_answers(request, draft, known))
    if not form.is_valid():
        return _ask(request, "giver", form)
    draft.giver, draft.typed = form.cleaned_data, {}
    return _go_on(request, draft)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest) -> HttpResponse:
    """Ask when it is to be brought."""
    scope = drafts.scope_of_giving(request)
    draft = drafts.load(request, scope.programme)
    if not draft.lines:
        return nothing_chosen(request)
    last = scope.programme.ends_on
    form = ScheduleForm(posted(request), first=scope.today, last=last, initial=draft.schedule)
    if not form.is_valid():
        return _ask(request, "schedule", form)
    chosen = form.cleaned_data
    draft.schedule = chosen | {"tanggal": chosen["tanggal"].isoformat()}
    return _go_on(request, draft)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest) -> HttpResponse:
    """Ask for agreement to the rules on goods and conduct."""
    draft = drafts.load(request, drafts.scope_of_giving(request).programme)
    if not draft.lines:
        return nothing_chosen(request)
    form = StatementForm(posted(request), initial={"setuju": draft.agreed})
    if not form.is_valid():
        return _ask(request, "statement", form)
    draft.agreed = True
    return _go_on(request, draft)


def _ask(request: HttpRequest, name: str, form: Form) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, f"portal/give/{name}.html", {"form": form}, status=status)


def _go_on(request: HttpRequest, draft: drafts.Draft) -> HttpResponse:
    drafts.save(request, draft)
    return redirect(draft.next_page)
