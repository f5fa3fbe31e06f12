"""Aid of other sources as officers write it down: one entry, or a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.backoffice.forms.batch import ENDINGS
from ksbb.overlap.actions.enter import LONGEST_DOCUMENT, LONGEST_SOURCE, Facts
from ksbb.overlap.enums import Source
from ksbb.programmes.queries import aid_types_of, phases_of
from ksbb.programmes.words import phase_name
from ksbb.web.forms.fields import CountField, DayField, file_field, offer_choices, reason_field

if TYPE_CHECKING:
    from ksbb.programmes.models import AidType, Phase, Programme


class ServedForm(forms.Form):
    """What another source has brought to a place."""

    bantuan = forms.ChoiceField(label=_("Kind of aid"))
    fase = forms.ChoiceField(label=_("Phase"))
    jumlah = CountField(label=_("How many?"), required=True)
    jenis = forms.ChoiceField(label=_("From whom?"), choices=Source)
    sumber = forms.CharField(
        label=_("Name of the source"),
        help_text=_("For example: Bansos PSBB, stage 2. No names of persons."),
        max_length=LONGEST_SOURCE,
        error_messages={"required": _("Write who brought it.")},
    )
    tanggal = DayField(
        label=_("Brought on"),
    )
    dokumen = forms.CharField(
        label=_("Document that says so"),
        help_text=_("For example the number of the letter or of the hand-over record."),
        max_length=LONGEST_DOCUMENT,
        error_messages={"required": _("Write which document says so.")},
    )

    def __init__(self, data: Any, programme: Programme) -> None:
        """Offer the phases and kinds of aid of the programme."""
        super().__init__(data)
        self.phases = {str(one.number): one for one in phases_of(programme)}
        self.aid_types = {one.slug: one for one in aid_types_of(programme)}
        offer_choices(self, "fase", [(key, phase_name(one)) for key, one in self.phases.items()])
        offer_choices(self, "bantuan", [(key, one.name) for key, one in self.aid_types.items()])

    @property
    def phase(self) -> Phase:
        """The chosen phase, from a valid form."""
        return self.phases[self.cleaned_data["fase"]]

    @property
    def aid_type(self) -> AidType:
        """The chosen kind of aid, from a valid form."""
        return self.aid_types[self.cleaned_data["bantuan"]]

    @property
    def facts(self) -> Facts:
        """What was brought, from a valid form."""
        typed = self.cleaned_data
        return Facts(
            quantity=typed["jumlah"],
            kind=Source(typed["jenis"]),
            source=typed["sumber"],
            day=typed["tanggal"],
            document=typed["dokumen"],
        )


class ServedListForm(forms.Form):
    """A list of such aid as a file."""

    berkas = file_field(
        label=_("The file"),
        help_text=_("xlsx, xls, ods or csv, at most 5 MB and 5,000 rows."),
        endings=ENDINGS,
        missing=_("Choose the file with the list."),
        empty=_("The file is empty. Choose the file with the list."),
    )


class WriteForm(forms.Form):
    """The preview that was looked at; there is nothing to fill in."""

    keadaan = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={"required": _("Look at the list, then write it.")},
    )


class TakeBackForm(forms.Form):
    alasan = reason_field(
        _("Why is it taken back?"), help_text=_("The entry stays on record with this reason.")
    )
