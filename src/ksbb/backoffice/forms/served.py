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
from ksbb.web.forms.fields import CountField, reason_field

if TYPE_CHECKING:
    from ksbb.programmes.models import AidType, Phase, Programme

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]


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
    tanggal = forms.DateField(
        label=_("Brought on"),
        input_formats=DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day like 22/05/2020."),
        },
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
        self._offer("fase", [(key, phase_name(one)) for key, one in self.phases.items()])
        self._offer("bantuan", [(key, one.name) for key, one in self.aid_types.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

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

    berkas = forms.FileField(
        label=_("The file"),
        help_text=_("xlsx, xls, ods or csv, at most 5 MB and 5,000 rows."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in ENDINGS)}),
        error_messages={
            "required": _("Choose the file with the list."),
            "empty": _("The file is empty. Choose the file with the list."),
            "invalid": _("Choose the file with the list."),
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
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
