"""Whether what was sealed still stands as it was sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils.translation import gettext as _

from ksbb.audit.chain import (
    BEGINNING,
    MARK_BYTES,
    chained_tables,
    digest_of_heads,
    links,
    plain,
    rows_of,
)
from ksbb.audit.models import Digest, Seal

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT: Final = 12
"""As many characters of a digest are enough to tell two apart."""


class Fault(NamedTuple):
    """One disagreement between the rows and their seals, with its sentence."""

    table: str
    key: int
    where: str
    what: str
    stored: str
    recounted: str


def faults() -> Iterator[Fault]:
    """Yield whatever was changed, taken away or slipped in below a seal, in a fixed order."""
    guarded = set(chained_tables())
    sealed = sorted(set(Seal.objects.values_list("table", flat=True)))
    for table in sealed:
        if table not in guarded:
            yield Fault(table, 0, "-", _("its guard"), _("missing"), _("refusing changes"))
        yield from _of_table(table)
    yield from _of_digests()


def published() -> list[dict[str, Any]]:
    """Return all digests as they are published, oldest first."""
    return [
        {
            "number": one.number,
            "at": plain(one.at),
            "heads": one.heads,
            "previous": one.previous,
            "digest": one.digest,
        }
        for one in Digest.objects.order_by("number")
    ]


def differs_from_published(kept: list[dict[str, Any]]) -> Iterator[Fault]:
    """Yield each line of a file kept elsewhere that is not ours any more."""
    ours = dict(Digest.objects.values_list("number", "digest"))
    for line in kept:
        number, digest = int(line["number"]), str(line["digest"])
        if ours.get(number) != digest:
            yield Fault(
                Digest._meta.db_table,
                number,
                _("published"),
                _("digest"),
                ours.get(number, "-")[:SHORT],
                digest[:SHORT],
            )


def _of_table(table: str) -> Iterator[Fault]:
    previous, after = BEGINNING, 0
    for number, one in enumerate(Seal.objects.filter(table=table).order_by("number"), start=1):
        where = _("seal %(number)s") % {"number": one.number}
        if one.number != number or one.previous != previous:
            yield Fault(
                table,
                one.first,
                where,
                _("digest before"),
                one.previous[:SHORT],
                previous[:SHORT],
            )
        yield from _of_seal(one, after, where)
        previous, after = one.digest, one.last


def _of_seal(one: Seal, after: int, where: str) -> Iterator[Fault]:
    rows = rows_of(one.table).filter(pk__gt=after, pk__lte=one.last)
    found = list(links(rows.values_list("pk", *one.columns).iterator(), one.columns, one.previous))
    if found and found[-1].digest == one.digest:
        return
    kept = bytes(one.marks)
    marks = [kept[at : at + MARK_BYTES] for at in range(0, len(kept), MARK_BYTES)]
    known = set(marks)
    strangers = [link for link in found if link.mark not in known]
    for link in strangers:
        yield Fault(one.table, link.key, where, _("the row"), _("changed"), _("as it was sealed"))
    if len(found) != one.rows:
        yield Fault(one.table, one.first, where, _("rows"), str(len(found)), str(one.rows))
    elif not strangers:
        stored = found[-1].digest[:SHORT] if found else "-"
        yield Fault(one.table, one.last, where, _("digest"), stored, one.digest[:SHORT])


def _of_digests() -> Iterator[Fault]:
    heads = {one: dict(_heads_until(one)) for one in _sealed_tables()}
    previous = BEGINNING
    for number, one in enumerate(Digest.objects.order_by("number"), start=1):
        right = digest_of_heads(previous, one.at, one.heads)
        known = all(
            heads.get(table, {}).get(head["last"]) == head["digest"]
            for table, head in one.heads.items()
        )
        if one.number != number or one.digest != right or not known:
            yield Fault(
                Digest._meta.db_table,
                one.number,
                "-",
                _("digest"),
                one.digest[:SHORT],
                right[:SHORT] if known else _("one over the seals that stand"),
            )
        previous = one.digest


def _sealed_tables() -> set[str]:
    return set(Seal.objects.values_list("table", flat=True))


def _heads_until(table: str) -> Iterator[tuple[int, str]]:
    yield from Seal.objects.filter(table=table).values_list("last", "digest")
