from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.deliveries.models import DeliveryLine
from ksbb.shared.formats import number
from ksbb.web.forms.fields import CountField, reason_field


class CorrectForm(forms.Form):
    """What was really brought and received of one line, and how that is known."""

    disalurkan = CountField(label=gettext_lazy("Really handed over"), required=True)
    diterima = CountField(label=gettext_lazy("Really received"), required=True)
    alasan = reason_field(
        gettext_lazy("How is this known?"),
        help_text=gettext_lazy("For example: counted again with both sides on the spot."),
    )

    def __init__(self, data: Any, line: DeliveryLine) -> None:
        """Begin with the quantities that stand."""
        standing = {"disalurkan": number(line.quantity), "diterima": number(line.received)}
        super().__init__(data, initial=standing)
        self.line = line
        self.fields["disalurkan"].help_text = _(
            "At most %(most)s: so much of the promise was or can still be handed over."
        ) % {"most": number(line.quantity + line.line.undelivered)}

    def clean(self) -> dict[str, Any]:
        """Refuse more received than handed over, which no count can show."""
        given = self.cleaned_data
        if given.get("diterima", 0) > given.get("disalurkan", 0) and not self.errors:
            self.add_error("diterima", _("More cannot be received than was handed over."))
        return given


class SettleForm(forms.Form):
    """Why a surplus the receiver counted stays out of the book."""

    alasan = reason_field(
        gettext_lazy("Why does it stay as it stands?"),
        help_text=gettext_lazy("For example: five packages came from a neighbour, not from here."),
    )

    def __init__(self, data: Any = None) -> None:
        """Stand beside the correction, whose reason has the same name."""
        super().__init__(data, auto_id="id_biarkan_%s")
