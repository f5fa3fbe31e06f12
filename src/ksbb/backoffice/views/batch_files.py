"""Files to take along: the report of an import, the template, and the places as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Final

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from ksbb.backoffice.finding import or_404
from ksbb.batches.actions.look_again import chunks
from ksbb.batches.models import Batch
from ksbb.batches.queries import find_batch
from ksbb.batches.words import report_cells, rows_in_words
from ksbb.batches.workbook import places, template
from ksbb.intake.report import ABOUT_INSTITUTIONS, HEADER
from ksbb.intake.rows import AREA
from ksbb.programmes.models import Programme
from ksbb.programmes.queries import current_programme, get_programme
from ksbb.shared.csv_cells import MARK, line_as_it_is
from ksbb.web.access import check, reader, requires
from ksbb.web.downloads import XLSX, streamed

Make = Callable[[Programme], IO[bytes]]

PIECE: Final = 1 << 16


@requires("batches.view")
@require_safe
def report(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Send what became of each row, as the command writes it."""
    found = or_404(find_batch(pk))
    check(request, "batches.view", found)
    return streamed(_report(found, get_language() or "id"), name=f"impor-{pk}.csv")


def _report(found: Batch, language: str) -> Iterator[str]:
    about = ABOUT_INSTITUTIONS if found.rows.exclude(kind=AREA).exists() else ()
    header = (*HEADER, *about)
    yield MARK + line_as_it_is(header)
    for rows in chunks(found):
        with override(language):
            cells = [report_cells(one.row, one.why) for one in rows_in_words(rows)]
        yield "".join(line_as_it_is(one[name] for name in header) for one in cells)


@requires("batches.view")
@require_safe
def empty(request: HttpRequest) -> StreamingHttpResponse:
    """Send the template to be filled in."""
    return _workbook(template, _programme(request), "templat-sasaran.xlsx")


@requires("batches.view")
@require_safe
def standing(request: HttpRequest) -> StreamingHttpResponse:
    """Send the places the reader may see as they stand, in the columns of the template."""
    make = partial(places, reader=reader(request))
    return _workbook(make, _programme(request), "sasaran.xlsx")


def _programme(request: HttpRequest) -> Programme:
    """Return the programme named in the address, else the one the public sees."""
    slug = request.GET.get("program", "")
    return get_programme(slug) if slug else or_404(current_programme())


def _workbook(make: Make, programme: Programme, name: str) -> StreamingHttpResponse:
    return streamed(_pieces(make, programme, get_language() or "id"), name=name, kind=XLSX)


def _pieces(make: Make, programme: Programme, language: str) -> Iterator[bytes]:
    with override(language):
        made = make(programme)
    with made as file:
        while piece := file.read(PIECE):
            yield piece
