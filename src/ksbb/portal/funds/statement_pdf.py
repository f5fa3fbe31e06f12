"""The statement as a document to sign and to file: its figures; the entries are in the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ksbb.portal.funds.statement import costs_in_words, days_of, sections
from ksbb.shared.formats import moment, number, rupiah, sen, span
from ksbb.web.pdf import Column, Document

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.collaborators.models import Collaborator
    from ksbb.funds.models import Close
    from ksbb.funds.queries_statement import Statement


def statement_pdf(
    aggregator: Collaborator, found: Statement, closed: Close | None, now: datetime
) -> Document:
    """Return the document; where the period is closed, with what the bank said."""
    period = span(*days_of(found))
    title = _("Statement of the book of %(name)s") % {"name": aggregator.name}
    paper = Document(title, made=now, foot=f"{aggregator.name}, {period}")
    paper.facts([(_("Period"), period), (_("As of"), moment(now)), *_bank(closed)])
    columns = [
        Column(_("Figure"), 4),
        Column(_("Amount"), 3, is_number=True),
        Column(_("Unit"), 2),
        Column(_("Stage"), 2),
        Column(_("Day or days"), 4),
    ]
    for section in sections(found):
        paper.heading(section.name)
        paper.table(
            columns,
            [
                [one.name, number(one.amount), one.unit, one.stage, one.when]
                for one in section.figures
            ],
        )
    paper.heading(_("Operating costs beside the cap"))
    for costs in found.costs:
        paper.text(costs_in_words(costs))
    return paper


def _bank(closed: Close | None) -> list[tuple[str, str]]:
    if closed is None:
        return [(_("State"), _("not closed"))]
    rows = [
        (_("State"), _("closed")),
        (_("Book"), rupiah(closed.book)),
        (_("Bank"), sen(closed.bank)),
        (_("Difference (bank less book)"), sen(closed.difference)),
    ]
    return [*rows, (_("Explanation"), closed.reason)] if closed.reason else rows
