"""What somebody says about a place that is not on the book, or not as it should be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.programmes.models import Programme, TargetKind
from ksbb.regions.enums import Level
from ksbb.regions.models import Region
from ksbb.regions.queries import within
from ksbb.suggestions.actions.suggest import Reach, Said
from ksbb.web.forms.fields import CountField, DayField, phone_field


class PlaceForm(forms.Form):
    """A place by kelurahan and name, how many live there, and why it is told."""

    kelurahan = forms.CharField(
        label=gettext_lazy("Kelurahan"),
        help_text=gettext_lazy("Its name or code, for example Duren Sawit or 31.75.07.1003."),
        max_length=60,
        error_messages={"required": gettext_lazy("Write the kelurahan.")},
    )
    nama = forms.CharField(
        label=gettext_lazy("Name of the place"),
        help_text=gettext_lazy("For example RW 05, or the name of the institution."),
        max_length=160,
        error_messages={"required": gettext_lazy("Write the name of the place.")},
    )
    keluarga = CountField(label=gettext_lazy("Vulnerable families (if known)"), most=1_000_000)
    penghuni = CountField(
        label=gettext_lazy("Residents of the institution (if known)"), most=1_000_000
    )
    isi = forms.CharField(
        label=gettext_lazy("What is missing, until when, and how do you know?"),
        help_text=gettext_lazy("Numbers, not names: no identity numbers or ailments of families."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what it is about.")},
    )

    def __init__(self, data: Any, programme: Programme) -> None:
        """Know the area of the programme."""
        super().__init__(data)
        self.programme = programme

    def clean_kelurahan(self) -> Region:
        """Return the kelurahan of the programme's area."""
        typed = self.cleaned_data["kelurahan"].strip()
        known = Region.objects.filter(
            within("", self.programme.root_region_id), level=Level.VILLAGE
        )
        found = list(known.filter(code=typed) or known.filter(name__iexact=typed)[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("Several kelurahan are called “%(typed)s”. Write the code instead.")
                if found
                else _("“%(typed)s” is no kelurahan we know. Check its name, or write the code."),
                params={"typed": typed},
            )
        return found[0]

    @property
    def region(self) -> Region:
        """The kelurahan, from a valid form."""
        region: Region = self.cleaned_data["kelurahan"]
        return region

    @property
    def said(self) -> Said:
        """What is told, from a valid form."""
        typed = self.cleaned_data
        return Said(
            name=typed["nama"],
            words=typed["isi"],
            target_kind=typed.get("jenis"),
            families=typed["keluarga"] or None,
            residents=typed["penghuni"] or None,
            counted_on=typed.get("tanggal"),
        )


class ReportForm(PlaceForm):
    """A need as anybody reports it, with how to reach them and their consent."""

    telepon = phone_field(label=gettext_lazy("Your phone (or e-mail)"), required=False)
    surel = forms.EmailField(
        label=gettext_lazy("Your e-mail address (or phone)"),
        required=False,
        error_messages={"invalid": gettext_lazy("Check the e-mail address.")},
    )
    setuju = forms.BooleanField(
        label=gettext_lazy(
            "I agree that the working group may use this contact to ask about this report. It is "
            "shown to nobody else, and deleted as soon as the report is decided."
        ),
        error_messages={"required": gettext_lazy("Without your consent we cannot keep a contact.")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the sender."""
        typed = super().clean() or self.cleaned_data
        mistyped = "telepon" in self.errors or "surel" in self.errors
        if not mistyped and not typed.get("telepon") and not typed.get("surel"):
            self.add_error("telepon", _("Write a phone number or an e-mail address."))
        return typed

    @property
    def reach(self) -> Reach:
        """How to reach the sender, from a valid form."""
        return Reach(phone=self.cleaned_data["telepon"], email=self.cleaned_data["surel"])


class NewPlaceForm(PlaceForm):
    """A new institution as an officer proposes it."""

    jenis = forms.ModelChoiceField(
        label=gettext_lazy("Kind of place"),
        queryset=TargetKind.objects.none(),
        empty_label=None,
        to_field_name="slug",
        error_messages={"required": gettext_lazy("Choose the kind of place.")},
    )
    tanggal = DayField(
        label=gettext_lazy("Counted on"),
        required=False,
    )

    def __init__(self, data: Any, programme: Programme) -> None:
        """Offer the programme's institutions: RW come from the list of regions."""
        super().__init__(data, programme)
        field = self.fields["jenis"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = programme.target_kinds.filter(is_area=False)


class NewCountForm(NewPlaceForm):
    """A changed count of a place that is known."""

    def __init__(self, data: Any, programme: Programme) -> None:
        """Ask for the count, its day and what it rests on."""
        super().__init__(data, programme)
        for name in ("kelurahan", "nama", "jenis"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for one count at least."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("keluarga") and not typed.get("penghuni"):
            self.add_error("keluarga", _("Write how many families or residents were counted."))
        return typed
