"""What was written wrongly is mended, and stock set aside for what was promised before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.commitments.models import Commitment
from ksbb.funds.enums import Reason
from ksbb.funds.queries_mending import Reversible
from ksbb.portal.forms.book import RupiahField
from ksbb.programmes.models import AidType
from ksbb.shared.clock import in_wib
from ksbb.shared.formats import day, number, rupiah
from ksbb.web.forms.fields import offer_choices, reason_field


class RupiahOrNothingField(RupiahField):
    """Whole rupiah, 0 included."""

    def clean(self, value: Any) -> int:
        """Return the amount, 0 where somebody typed it."""
        typed = str(value or "").casefold().replace("rp", "").strip(" .,-")
        return 0 if typed and set(typed) == {"0"} else super().clean(value)


class AmendForm(forms.Form):
    """The amount of a confirmed gift as it should have been."""

    jumlah = RupiahOrNothingField(
        label=_("The right amount"), help_text=_("0 takes the gift off the book.")
    )
    alasan = reason_field(_("Why is it mended?"), help_text=_("Everybody can read it."))


class TakeBackForm(forms.Form):
    """Which purchase, cost or loss is reversed as a whole, and why."""

    catatan = forms.ChoiceField(
        label=_("Entry"),
        error_messages={
            "required": _("Choose the entry."),
            "invalid_choice": _("This entry cannot be reversed any more. Look again."),
        },
    )
    alasan = reason_field(_("Why is it reversed?"), help_text=_("Everybody can read it."))

    def __init__(self, data: Any, found: list[Reversible]) -> None:
        """Offer what was not reversed yet."""
        super().__init__(data)
        offer_choices(self, "catatan", [(str(one.entry.pk), _in_words(one)) for one in found])


class SetAsideForm(forms.Form):
    """For which commitment stock is set aside."""

    komitmen = forms.ChoiceField(
        label=_("Commitment"),
        error_messages={
            "required": _("Choose the commitment."),
            "invalid_choice": _("Stock is set aside for it already, or it was cancelled."),
        },
    )

    def __init__(self, data: Any, found: dict[Commitment, list[tuple[AidType, int]]]) -> None:
        """Offer what has no stock yet, each with what it lacks."""
        super().__init__(data)
        offer_choices(
            self,
            "komitmen",
            [(str(one.pk), _lacks(one, missing)) for one, missing in found.items()],
        )


def packages_of(kinds: list[tuple[AidType, int]]) -> str:
    """Return numbers of packages by kind in words, such as “4 food packages, 2 hampers”."""
    return ", ".join(f"{number(there)} {kind.counted}" for kind, there in kinds)


def _lacks(one: Commitment, missing: list[tuple[AidType, int]]) -> str:
    lacks = _("without stock: %(packages)s") % {"packages": packages_of(missing)}
    return f"{one.code} · {one.get_state_display()} · {lacks}"


def _in_words(one: Reversible) -> str:
    parts = [day(in_wib(one.entry.at).date()), str(Reason(one.reason).label)]
    if one.lot:
        parts.append(f"{number(one.packages)} {one.lot.aid_type.counted}, {one.lot.invoice}")
    parts.append(rupiah(one.rupiah))
    return " · ".join(parts)
