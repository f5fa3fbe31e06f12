"""Who gives, when, and under which rules: one question a page."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.collaborators.enums import Kind
from ksbb.collaborators.models import Collaborator
from ksbb.commitments.enums import Window
from ksbb.shared.formats import day
from ksbb.web.forms.fields import DayField, phone_field

SOMEBODY_NEW: Final = "baru"
OF_SOMEBODY_NEW: Final = ("nama", "jenis", "kontak")


class GiverForm(forms.Form):
    """Somebody new, or a collaborator the visitor acts for; the contact stays restricted."""

    siapa = forms.ChoiceField(
        label=gettext_lazy("On whose behalf do you give?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose on whose behalf you give.")},
    )
    nama = forms.CharField(
        label=gettext_lazy("Name of the giver"),
        help_text=gettext_lazy("A person, company or group, as it may be published."),
        max_length=160,
        error_messages={"required": gettext_lazy("Write the name of the giver.")},
    )
    jenis = forms.ChoiceField(
        label=gettext_lazy("What is the giver?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the giver is.")},
    )
    anonim = forms.BooleanField(
        label=gettext_lazy("Do not publish the name (shown as “Anonymous donor”)"), required=False
    )
    kontak = forms.CharField(
        label=gettext_lazy("Contact person"),
        help_text=gettext_lazy("Seen by the working group only, never published."),
        max_length=120,
        error_messages={"required": gettext_lazy("Write who can be contacted.")},
    )
    surel = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("E-mail or phone: one of the two is enough."),
        required=False,
        error_messages={"invalid": gettext_lazy("Write the e-mail address like nama@contoh.id.")},
    )
    telepon = phone_field(
        label=gettext_lazy("Phone"),
        help_text=gettext_lazy("For example 0812 3456 7890."),
        required=False,
    )

    def __init__(self, data: Any, known: list[Collaborator], **options: Any) -> None:
        """Offer the collaborators a person acts for; a visitor without any is somebody new."""
        super().__init__(data, **options)
        self.fields["nama"].widget.attrs["autocomplete"] = "organization"
        self.fields["kontak"].widget.attrs["autocomplete"] = "name"
        self.fields["surel"].widget.attrs["autocomplete"] = "email"
        if not known:
            del self.fields["siapa"]
        else:
            own = [(str(one.pk), one.name) for one in known]
            who = self.fields["siapa"]
            if isinstance(who, forms.ChoiceField):
                who.choices = [*own, (SOMEBODY_NEW, _("Somebody not registered yet"))]
        if known and self.data.get("siapa", SOMEBODY_NEW) != SOMEBODY_NEW:
            for name in OF_SOMEBODY_NEW:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach somebody new."""
        given = self.cleaned_data
        is_new = given.get("siapa", SOMEBODY_NEW) == SOMEBODY_NEW
        untouched = not {"surel", "telepon"} & set(self.errors)
        if is_new and untouched and not (given.get("surel") or given.get("telepon")):
            self.add_error("surel", _("Write an e-mail address or a phone number."))
        return given


class ScheduleForm(forms.Form):
    """The day and the part of it in which the donor means to bring the aid."""

    tanggal = DayField(
        label=gettext_lazy("On which day do you plan to bring it?"),
    )
    waktu = forms.ChoiceField(
        label=gettext_lazy("In which part of the day?"),
        choices=Window.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a part of the day.")},
    )
    catatan = forms.CharField(
        label=gettext_lazy("Remark (if any)"),
        help_text=gettext_lazy("For example: what the package holds, who brings it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, first: date, last: date, **options: Any) -> None:
        """Take days from `first` to `last`, both included."""
        super().__init__(data, **options)
        self.first, self.last = first, last
        span = {"first": day(first), "last": day(last)}
        self.fields["tanggal"].help_text = _("From %(first)s to %(last)s.") % span
        self.fields["tanggal"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}

    def clean_tanggal(self) -> date:
        """Refuse a day that is over or after the programme's end."""
        chosen: date = self.cleaned_data["tanggal"]
        if not self.first <= chosen <= self.last:
            raise forms.ValidationError(
                _("%(day)s is not possible. Choose a day from %(first)s to %(last)s.")
                % {"day": day(chosen), "first": day(self.first), "last": day(self.last)}
            )
        return chosen


class StatementForm(forms.Form):
    """The donor's word on goods and conduct."""

    setuju = forms.BooleanField(
        label=gettext_lazy("I have read this, I agree, and I will keep to it"),
        error_messages={
            "required": gettext_lazy("Agree to the statement, or the commitment cannot be sent.")
        },
    )
