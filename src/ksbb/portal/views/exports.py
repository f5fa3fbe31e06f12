from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ksbb.portal.exports.csv_file import csv_lines
from ksbb.portal.exports.geojson_file import geojson_pieces
from ksbb.portal.exports.rows import MOST, Sheet
from ksbb.portal.exports.xlsx_file import xlsx_file
from ksbb.portal.scope import read_scope
from ksbb.shared.formats import number
from ksbb.web.access import public
from ksbb.web.downloads import CSV, XLSX
from ksbb.web.errors import error_page
from ksbb.web.listing import find
from ksbb.web.target_filter import TargetFilter

TYPES: Final = {
    "csv": CSV,
    "geojson": "application/geo+json",
    "xlsx": XLSX,
}


@public
@require_safe
def export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Send the list of the address as a file; the filters are those of the page."""
    scope = read_scope(request)
    form = TargetFilter(request.GET, scope)
    if not form.is_valid():
        context = {"scope": scope, "form": form, "as_of": scope.now}
        return render(request, "portal/targets.html", context, status=HTTPStatus.BAD_REQUEST)
    sheet = Sheet(find(form.cleaned_data, scope), scope)
    if sheet.is_too_long():
        return _too_long(request)
    answer = _file(ending, sheet, [chip.words for chip in form.chips])
    answer.headers["Content-Type"] = TYPES[ending]
    name = f"{sheet.file_name}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Link"] = f'<{settings.DATA_LICENCE_URL}>; rel="license"'
    return answer


def _file(ending: str, sheet: Sheet, filters: list[str]) -> HttpResponseBase:
    if ending == "xlsx":
        return FileResponse(xlsx_file(sheet, filters))
    pieces = csv_lines(sheet) if ending == "csv" else geojson_pieces(sheet)
    return StreamingHttpResponse(pieces)


def _too_long(request: HttpRequest) -> HttpResponse:
    sentence = _("A file takes at most %(rows)s places. Narrow the list, for example to one city.")
    return error_page(request, HTTPStatus.BAD_REQUEST, sentence % {"rows": number(MOST)})
