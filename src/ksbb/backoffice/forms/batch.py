from __future__ import annotations

from pathlib import PurePath
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ksbb.batches.enums import Decision, Effect, RowStatus
from ksbb.batches.models import Batch, BatchRow
from ksbb.batches.words import questions_in_words
from ksbb.programmes.enums import ProgrammeState
from ksbb.programmes.models import Programme
from ksbb.regions.models import Region
from ksbb.web.forms.fields import DayField, file_field, offer_choices, reason_field

ENDINGS: Final = ("xlsx", "xls", "ods", "csv", "txt", "html", "htm")
QUESTIONS_SHOWN: Final = 20


class FileForm(forms.Form):
    """A list of places as a file, who sent it, and of which day its counts are."""

    berkas = file_field(
        label=_("The file"),
        help_text=_("xlsx, xls, ods or csv, at most 50 MB."),
        endings=ENDINGS,
        missing=_("Choose the file with the list. It can have at most 50 MB."),
        empty=_("The file is empty. Choose the file with the list."),
    )
    pengirim = forms.CharField(
        label=_("Who sent it?"),
        help_text=_(
            "For example Kelurahan Duren Sawit. Answers to questions are remembered for the next "
            "file of the same sender. No names of persons."
        ),
        max_length=120,
        error_messages={"required": _("Write who sent the file.")},
    )
    sumber = forms.CharField(
        label=_("What do the counts rest on? (if known)"),
        help_text=_("Shown at the place, such as: count by the RW, April 2020."),
        max_length=200,
        required=False,
    )
    tanggal = DayField(
        label=_("Counted on (if the file does not say)"),
        required=False,
        error_messages={"invalid": _("Write the day like 30/04/2020.")},
    )
    program = forms.ModelChoiceField(
        label=_("For which programme?"),
        queryset=Programme.objects.none(),
        empty_label=None,
        to_field_name="slug",
        error_messages={
            "required": _("Choose the programme."),
            "invalid_choice": _("There is no such programme. Choose one of these."),
        },
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        """Offer the programmes that are not over; the newest open one comes first."""
        super().__init__(data, files)
        field = self.fields["program"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Programme.objects.exclude(state=ProgrammeState.CLOSED).order_by(
                "-state", "-starts_on", "slug"
            )
            field.initial = field.queryset.first()

    def clean_berkas(self) -> Any:
        """Refuse by its name what cannot be a list; its content is looked at by the reader."""
        file = self.cleaned_data["berkas"]
        if PurePath(file.name).suffix.lower().lstrip(".") not in ENDINGS:
            raise forms.ValidationError(
                _("This is no spreadsheet. Send xlsx, xls, ods or csv."), code="ending"
            )
        return file


class AreaFileForm(FileForm):
    """A list as an officer sends it in, about one of their areas, which is its sender."""

    wilayah = forms.ChoiceField(
        label=_("About which area?"),
        help_text=_("Rows about other areas are refused. Send them in a list of their own."),
        error_messages={
            "required": _("Choose the area."),
            "invalid_choice": _("This area is not one of your account. Choose one of these."),
        },
    )
    field_order = ("berkas", "wilayah")

    def __init__(self, data: Any, files: Any, areas: list[Region]) -> None:
        """Offer the areas of the account."""
        super().__init__(data, files)
        del self.fields["pengirim"]
        self.areas = {one.code: one for one in areas}
        offer_choices(self, "wilayah", [(one.code, one.name) for one in areas])

    @property
    def area(self) -> Region:
        """The chosen area, from a valid form."""
        return self.areas[self.cleaned_data["wilayah"]]


class RowFilter(forms.Form):
    """Which rows of a file are shown."""

    akibat = forms.ChoiceField(label=_("Effect"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, data: Any) -> None:
        """Read the query of an address, which may be empty."""
        super().__init__(data)
        choices = {"akibat": Effect.choices, "status": RowStatus.choices}
        for name, these in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *these]
                field.error_messages["invalid_choice"] = _(
                    "There is no such list. Choose one of these."
                )

    @property
    def chosen(self) -> dict[str, str]:
        """The chosen effect and status, "" where nothing or nonsense was asked for."""
        if not self.is_valid():
            return {"effect": "", "status": ""}
        return {"effect": self.cleaned_data["akibat"], "status": self.cleaned_data["status"]}


class QuestionForm(forms.Form):
    """One question after the other with its choices; what is left open stays open."""

    def __init__(self, data: Any, batch: Batch) -> None:
        """Ask the first questions of a file."""
        super().__init__(data)
        self.batch = batch
        for asked in questions_in_words(batch)[:QUESTIONS_SHOWN]:
            self.fields[f"jawaban-{asked.at}"] = forms.ChoiceField(
                label=asked.sentence,
                choices=[("", _("answer later")), *asked.choices],
                required=False,
                error_messages={"invalid_choice": _("Choose one of the answers.")},
            )

    @property
    def answers(self) -> dict[str, str]:
        """The answers by the keys of their questions."""
        keys = [one["key"] for one in self.batch.questions]
        return {
            keys[int(name.partition("-")[2])]: value
            for name, value in self.cleaned_data.items()
            if value
        }


class DecisionForm(forms.Form):
    """What becomes of each of some rows that wait for a decision."""

    def __init__(self, data: Any, rows: list[BatchRow]) -> None:
        """Offer the three decisions for each row, what was decided already chosen."""
        super().__init__(data)
        for row in rows:
            self.fields[f"putusan-{row.pk}"] = forms.ChoiceField(
                label=format_lazy(_("Decision about {place}"), place=row.target_code),
                choices=Decision.choices,
                required=False,
                initial=row.decision,
                error_messages={"invalid_choice": _("Choose one of the answers.")},
            )

    @property
    def decisions(self) -> dict[int, Decision]:
        """The decisions by the keys of their rows."""
        return {
            int(name.partition("-")[2]): Decision(value)
            for name, value in self.cleaned_data.items()
        }


class DecisionForAllForm(forms.Form):
    """One decision for all rows that wait for one."""

    putusan = forms.ChoiceField(
        label=_("All rows that wait for a decision"),
        choices=Decision.choices,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers.")},
    )


class SendBackForm(forms.Form):
    alasan = reason_field(
        _("Why is the list sent back?"),
        help_text=_("Its sender reads this, mends the list and hands it in again. No names."),
    )


class UndoForm(forms.Form):
    alasan = reason_field(
        _("Why is the file taken back?"),
        help_text=_("New places leave the list again, changed ones get their former counts."),
    )
