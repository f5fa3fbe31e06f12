"""What a programme still lacks before it can be published, one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from ksbb.programmes.queries import aid_types_of, phases_of
from ksbb.shared.formats import listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ksbb.programmes.models import Programme


class Item(NamedTuple):
    """One thing to look at: whether it is there, and whether publishing waits for it."""

    words: str
    is_done: bool
    is_required: bool = True

    @property
    def blocks(self) -> bool:
        """Whether the programme cannot be published because of it."""
        return self.is_required and not self.is_done


def checklist(programme: Programme, today: date) -> list[Item]:
    """Return everything that is asked of a programme, in the order in which it is set up."""
    return list(_items(programme, today))


def _items(programme: Programme, today: date) -> Iterator[Item]:
    kinds = list(programme.target_kinds.all())
    phases, aid_types = phases_of(programme), aid_types_of(programme)
    rules = list(programme.need_rules.all())
    yield Item(_("a name in both languages"), bool(programme.name_id and programme.name_en))
    yield Item(_("a place line for the press release"), bool(programme.release_place))
    yield Item(_("a last day that is not over"), programme.ends_on >= today)
    yield Item(_("a kind of place that is helped"), bool(kinds))
    yield Item(_("a phase"), bool(phases))
    yield Item(_("a kind of aid"), bool(aid_types))
    yield Item(
        _("a kind of aid that counts toward fulfilment"),
        any(one.counts_toward_fulfilment for one in aid_types),
    )
    ruled = {rule.aid_type_id for rule in rules}
    without = [one.name for one in aid_types if one.pk not in ruled]
    yield Item(_named(_("a rule for every kind of aid"), without), bool(ruled) and not without)
    helped = {rule.target_kind_id for rule in rules}
    left = [one.name for one in kinds if one.pk not in helped]
    yield Item(_named(_("a rule for every kind of place"), left), bool(helped) and not left)
    bare = [one.name for one in aid_types if not (one.contents_id and one.contents_en)]
    yield Item(
        _named(_("contents of every kind of aid in both languages"), bare),
        not bare,
        is_required=False,
    )
    unpriced = [one.name for one in aid_types if not (one.reference_price or one.is_money)]
    yield Item(
        _named(_("a reference price for every kind of aid"), unpriced),
        not unpriced,
        is_required=False,
    )


def _named(words: str, lacking: list[str]) -> str:
    return f"{words} ({listing(lacking)})" if lacking else words
