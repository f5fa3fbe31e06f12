from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.backoffice.forms.suggestion import another_place_field
from ksbb.intake.words import shown
from ksbb.needs.actions.change_contact import Person
from ksbb.needs.actions.enter import NewPlace
from ksbb.programmes.models import Programme
from ksbb.shared.codes import LAST_RW, rw_code
from ksbb.web.forms.fields import CountField, phone_field
from ksbb.web.forms.suggestion import NewPlaceForm

CONTACT: Final = ("peran", "orang", "telepon")


class EnterPlaceForm(NewPlaceForm):
    """One place as the working group enters it: an RW by its number, or an institution by name."""

    rw = CountField(label=gettext_lazy("Number of the RW (only for an RW)"), most=LAST_RW)
    alamat = forms.CharField(
        label=gettext_lazy("Address (if known)"), max_length=240, required=False
    )
    sumber = forms.CharField(
        label=gettext_lazy("What does the count rest on?"),
        help_text=gettext_lazy("Shown at the place, such as: count by the RW, April 2020."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what the count rests on.")},
    )
    peran = forms.CharField(
        label=gettext_lazy("Contact: role (if known)"),
        help_text=gettext_lazy("For example: head of the RW."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    orang = forms.CharField(
        label=gettext_lazy("Contact: name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    telepon = phone_field(label=gettext_lazy("Contact: phone"), autocomplete="off", required=False)
    lain = another_place_field()
    field_order = (
        "jenis",
        "kelurahan",
        "rw",
        "nama",
        "alamat",
        "keluarga",
        "penghuni",
        "sumber",
        "tanggal",
        *CONTACT,
        "lain",
    )

    def __init__(self, data: Any, programme: Programme) -> None:
        """Offer all kinds of the programme, RW as well."""
        super().__init__(data, programme)
        del self.fields["isi"]
        self.fields["nama"].required = False
        self.fields["nama"].label = _("Name of the institution")
        self.fields["nama"].help_text = ""
        field = self.fields["jenis"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = programme.target_kinds.all()

    def clean(self) -> dict[str, Any]:
        """Ask for what this kind of place is known by, for a count, and for a whole contact."""
        typed = super().clean() or self.cleaned_data
        kind = typed.get("jenis")
        if kind and kind.is_area and not typed.get("rw") and "rw" in typed:
            self.add_error("rw", _("Write the number of the RW, for example 4."))
        if kind and not kind.is_area and not typed.get("nama"):
            self.add_error("nama", _("Write the name of the place."))
        if not typed.get("keluarga") and not typed.get("penghuni") and "keluarga" in typed:
            self.add_error("keluarga", _("Write how many families or residents were counted."))
        if any(typed.get(name) for name in CONTACT):
            for name in CONTACT:
                if name in typed and not typed[name]:
                    self.add_error(name, _("Write the role, the name and the phone number."))
        return typed

    @property
    def place(self) -> NewPlace:
        """The place, from a valid form."""
        typed = self.cleaned_data
        kind, village = typed["jenis"], self.region.code
        return NewPlace(
            kind=kind,
            region=rw_code(village, typed["rw"]) if kind.is_area else village,
            name="" if kind.is_area else shown(typed["nama"], longest=160),
            values={
                "families": typed["keluarga"] or None,
                "residents": typed["penghuni"] or None,
                "address": shown(typed["alamat"], longest=240),
                "source": shown(typed["sumber"], longest=200),
                "counted_on": typed["tanggal"],
            },
        )

    @property
    def person(self) -> Person | None:
        """Whom to call there, from a valid form; None where nobody is named."""
        role, name, phone = (self.cleaned_data[one] for one in CONTACT)
        return Person(role=role, name=name, phone=phone) if phone else None
