from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ksbb.portal.asking import asked
from ksbb.portal.forms.behind import RowsFilter, write_mark
from ksbb.portal.rows_as_csv import write
from ksbb.portal.rows_in_words import in_words
from ksbb.portal.scope import read_scope
from ksbb.reports.behind import rows, total
from ksbb.reports.models import BEGINNING
from ksbb.web.access import public
from ksbb.web.copies import same_for_all
from ksbb.web.downloads import streamed

PER_PAGE: Final = 50


@public
@same_for_all(*RowsFilter.base_fields)
@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """Show the rows a number is the sum of, newest first."""
    scope = read_scope(request)
    form = RowsFilter(request.GET, scope)
    if not form.is_valid():
        return render(request, "portal/achievement/rows.html", {"form": form}, status=400)
    selection = form.selection()
    question, way = asked(form)
    # One more than is shown tells whether there is another page.
    found = rows(selection, behind=form.cleaned_data["sesudah"], limit=PER_PAGE + 1)
    shown = found[:PER_PAGE]
    context = {
        "form": form,
        "scope": scope,
        "selection": selection,
        "question": question.address,
        "way": way,
        "as_of": selection.until,
        "since": selection.after if selection.after > BEGINNING else None,
        "total": total(selection),
        "rows": in_words(shown),
        "next": write_mark(shown[-1].mark) if len(found) > PER_PAGE else "",
    }
    return render(request, "portal/achievement/rows.html", context)


@public
@require_safe
def behind_csv(request: HttpRequest) -> HttpResponseBase:
    """Send all rows a number is the sum of as a file."""
    form = RowsFilter(request.GET, read_scope(request))
    if not form.is_valid():
        return render(request, "portal/achievement/rows.html", {"form": form}, status=400)
    name = f"ksbb-{form.cleaned_data['tahap']}-{form.cleaned_data['per']:%Y%m%d-%H%M}.csv"
    return streamed(write(form.selection(), get_language() or "id"), name=name)
