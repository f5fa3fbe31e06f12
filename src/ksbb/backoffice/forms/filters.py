"""The choices above each list of the desk; all of them stand in the address."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.collaborators.enums import Verification


class Filter(forms.Form):
    """One list of several, narrowed by words; without an answer the first list."""

    antrean = forms.ChoiceField(
        label=_("List"),
        required=False,
        error_messages={"invalid_choice": _("There is no such list. Choose one of these.")},
    )
    q = forms.CharField(label=_("Name or code"), max_length=100, required=False)

    choices: tuple[tuple[str, Any], ...] = ()

    def __init__(self, data: Any) -> None:
        """Read the query of an address, which may be empty."""
        super().__init__(data)
        queue = self.fields["antrean"]
        if isinstance(queue, forms.ChoiceField):
            queue.choices = self.choices

    @property
    def queue(self) -> str:
        """The chosen list; the first one where none or nonsense was asked for."""
        chosen: str = self.cleaned_data.get("antrean", "") if self.is_valid() else ""
        return chosen or self.choices[0][0]

    @property
    def words(self) -> str:
        """The words to look for, "" for none."""
        typed: str = self.cleaned_data.get("q", "") if self.is_valid() else ""
        return typed


class CollaboratorFilter(Filter):
    choices = tuple(Verification.choices)


class TargetFilter(Filter):
    choices = tuple(Verification.choices)


WAITING: Final = "menunggu"
CLOCK: Final = "berjalan"
IN_HAND: Final = "terjadwal"
ALL: Final = "semua"


class CommitmentFilter(Filter):
    choices = (
        (WAITING, _("awaiting a decision")),
        (CLOCK, _("accepted, day not agreed yet")),
        (IN_HAND, _("scheduled or being delivered")),
        (ALL, _("all commitments")),
    )


TODAY: Final = "hari-ini"
PLANNED: Final = "terencana"
UNCONFIRMED: Final = "belum-dikonfirmasi"
DIFFERENCE: Final = "selisih"


class DeliveryFilter(Filter):
    choices = (
        (TODAY, _("today and overdue")),
        (PLANNED, _("all planned")),
        (UNCONFIRMED, _("not confirmed yet")),
        (DIFFERENCE, _("with a difference")),
    )
