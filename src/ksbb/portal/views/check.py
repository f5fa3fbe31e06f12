from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ksbb.commitments.actions.reserve import NeedsFullError
from ksbb.portal.giving import draft as drafts
from ksbb.portal.giving.answers_in_words import answers_in_words
from ksbb.portal.giving.send import send
from ksbb.portal.giving.show_package import show_refused
from ksbb.portal.scope import Scope
from ksbb.portal.views.package import nothing_chosen
from ksbb.shared.errors import DomainError
from ksbb.web.access import public


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show every answer once more; the button here is the only one that commits."""
    scope = drafts.scope_of_giving(request)
    key = request.POST.get("kunci", "")
    if code := drafts.sent_as(request, key):
        return redirect("portal:commitment", code=code)
    draft = drafts.load(request, scope.programme)
    if not draft.lines:
        return nothing_chosen(request)
    if draft.next_page != "portal:check":
        return redirect(draft.next_page)
    if request.method != "POST":
        return _show(request, scope, draft)
    if key != draft.key:
        changed = _("Your answers have changed in another window. Check them and send again.")
        return _show(request, scope, draft, changed)
    return _send(request, scope, draft)


def _send(request: HttpRequest, scope: Scope, draft: drafts.Draft) -> HttpResponse:
    try:
        commitment = send(request, scope, draft)
    except NeedsFullError:
        return show_refused(request, scope, draft)
    except DomainError as error:
        return _show(request, scope, draft, str(error))
    drafts.finish(request, draft, commitment.code)
    return redirect("portal:commitment", code=commitment.code)


def _show(
    request: HttpRequest, scope: Scope, draft: drafts.Draft, refusal: str = ""
) -> HttpResponse:
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    context = answers_in_words(request, scope, draft) | {
        "refusals": [refusal] if refusal else [],
        "key": draft.key,
    }
    return render(request, "portal/give/check.html", context, status=status)
