"""The small forms: a decision alone, or a decision with its reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ksbb.web.forms.fields import reason_field


class PlainForm(forms.Form):
    """Nothing to fill in: the button says it all."""


class RejectForm(forms.Form):
    alasan = reason_field(
        _("Why is the commitment rejected?"),
        help_text=_("Write it so that it can be told to the giver."),
    )


class RefuseGiverForm(forms.Form):
    alasan = reason_field(
        _("Why is the collaborator refused?"),
        help_text=_("Commitments of theirs that wait for a decision are rejected with it."),
    )


class RefusePlaceForm(forms.Form):
    alasan = reason_field(
        _("Why is the place refused?"), help_text=_("A refused place takes no commitments.")
    )


class RefuseApprovalForm(forms.Form):
    alasan = reason_field(_("Why is it refused?"), help_text=_("Whoever asked for it reads this."))


class AskPlanForm(forms.Form):
    alasan = reason_field(
        _("Why should this plan be published?"), help_text=_("The second officer judges by it.")
    )


class ResetForm(forms.Form):
    alasan = reason_field(
        _("Why is the second factor reset?"),
        help_text=_("For instance: phone lost, identity checked by a call to the office."),
    )


class AreaForm(forms.Form):
    wilayah = forms.CharField(
        label=_("Code of the area"),
        max_length=24,
        help_text=_("A kota, kecamatan or kelurahan, for instance 31.74.05.1002."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        error_messages={"required": _("Write the code of the area.")},
    )


class ManyForm(forms.Form):
    alasan = reason_field(
        _("Why are they refused?"), help_text=_("The reason is kept with each of them.")
    )
