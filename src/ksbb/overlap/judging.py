"""What each row of a list would do: new, the same as on record, or not taken, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from ksbb.needs.models import Target
from ksbb.needs.queries_list import targets_of
from ksbb.overlap.actions.enter import Facts, check, same_entries, without_numbers
from ksbb.overlap.enums import Source
from ksbb.overlap.queries import standing
from ksbb.programmes.models import AidType, Phase, Programme
from ksbb.programmes.queries import aid_types_of, current_phase, phases_of
from ksbb.shared.errors import DomainError, quoted
from ksbb.shared.fingerprint import fingerprint
from ksbb.shared.formats import number, parse_quantity
from ksbb.shared.text import normalise

NEW, SAME, REFUSED = "new", "same", "refused"

KINDS: Final = {
    "pemerintah": Source.GOVERNMENT,
    "government": Source.GOVERNMENT,
    "lembaga": Source.ORGANISATION,
    "organisasi": Source.ORGANISATION,
    "organisation": Source.ORGANISATION,
    "lain": Source.OTHER,
    "lainnya": Source.OTHER,
    "other": Source.OTHER,
}


class Judged(NamedTuple):
    """One row, what it does, and the sentence that says why not."""

    row: dict[str, str]
    effect: str
    why: str
    target: Target | None = None
    phase: Phase | None = None
    aid_type: AidType | None = None
    facts: Facts | None = None


def judge(rows: Iterable[dict[str, str]], programme: Programme, now: datetime) -> list[Judged]:
    """Return every row with its effect on the book of now; nothing is written."""
    rows = list(rows)
    known = {
        one.code: one
        for one in targets_of(programme).filter(code__in={row["code"] for row in rows})
    }
    # Asked once, and not again for every row.
    prefetch_related_objects([programme], "target_kinds")
    days = standing(target__in=known.values(), phase__programme=programme)
    bench = _Bench(programme, known, set(days.values_list("target", "day")), now)
    return [bench.judge(row) for row in rows]


def state_of(judged: Iterable[Judged]) -> str:
    """Return the name of a preview: another one, and it is not what was looked at."""
    return fingerprint(effects=[(one.row["line"], one.effect) for one in judged])


class _Bench:
    def __init__(
        self,
        programme: Programme,
        known: dict[str, Target],
        on_record: set[tuple[int, date]],
        now: datetime,
    ) -> None:
        self.phases, self.aid_types = phases_of(programme), aid_types_of(programme)
        self.known, self.on_record, self.now = known, on_record, now
        self.met: set[tuple[object, ...]] = set()

    def judge(self, row: dict[str, str]) -> Judged:
        try:
            return self._judged(row)
        except DomainError as error:
            return Judged(row, REFUSED, str(error))

    def _judged(self, row: dict[str, str]) -> Judged:
        target = self.known.get(row["code"].strip())
        if target is None:
            raise DomainError(
                _("No verified place has the code “{code}”."), code=quoted(row["code"])
            )
        day = self._day(row["day"])
        phase, aid_type = self._phase(row["phase"], day), self._aid(row["aid"])
        facts = without_numbers(
            Facts(
                quantity=parse_quantity(row["quantity"]),
                kind=self._kind(row["kind"]),
                source=row["source"],
                day=day,
                document=row["document"],
            )
        )
        check(target, phase, aid_type, facts, self.now)
        key = (target.pk, phase.pk, aid_type.pk, facts.source.casefold(), day, facts.document)
        if key in self.met:
            raise DomainError(_("This row stands in the file twice."))
        self.met.add(key)
        effect = NEW
        may_stand = (target.pk, day) in self.on_record
        if may_stand and (same := same_entries(target, phase, aid_type, facts).first()):
            if same.delta != facts.quantity:
                raise DomainError(
                    _("On record is {quantity} for this. Take that back first, if it is wrong."),
                    quantity=number(same.delta),
                )
            effect = SAME
        return Judged(row, effect, "", target, phase, aid_type, facts)

    def _day(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise DomainError(_("“{typed}” is no day."), typed=quoted(text)) from None

    def _phase(self, text: str, day: date) -> Phase:
        if not text:
            phase = current_phase(self.phases, day)
        else:
            phase = next((one for one in self.phases if str(one.number) == text.strip()), None)
        if phase is None:
            raise DomainError(_("There is no phase “{typed}”."), typed=quoted(text))
        return phase

    def _aid(self, text: str) -> AidType:
        wanted = normalise(text)
        for one in self.aid_types:
            if wanted in {normalise(one.slug), normalise(one.name_id), normalise(one.name_en)}:
                return one
        raise DomainError(_("There is no kind of aid “{typed}”."), typed=quoted(text))

    def _kind(self, text: str) -> Source:
        kind = KINDS.get(normalise(text))
        if kind is None:
            raise DomainError(
                _("“{typed}” is no kind of source. Write pemerintah, lembaga or lain."),
                typed=quoted(text),
            )
        return kind
