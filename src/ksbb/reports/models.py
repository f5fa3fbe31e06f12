"""What figures are read from. Every row here is derived and can be thrown away and made again.

The ledgers (movements, need adjustments) are the truth. `actions.close_days` copies what has
settled into `Change`, flattened to kelurahan, kind of place, phase, aid type and collaborator; adds
up each day that is over by area in `Closing`, all days so far in `Standing`, and the day that is
not over up to its last full hour in `OpenDay`; keeps the sums of the whole programme at each full
hour in `Snapshot`, and what each collaborator has given in `Record`. How they are read together:
docs/algorithms/as-of.md.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

BEGINNING: Final = datetime(1900, 1, 1, tzinfo=UTC)
"""A moment before every ledger row."""


def _derived(to: str, *, null: bool = True) -> models.ForeignKey:  # type: ignore[type-arg] # one for several models
    # The ledgers these rows come from are guarded already; a second guard would only cost time.
    return models.ForeignKey(
        to, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, null=null
    )


class Sums(models.Model):
    """Signed changes, to be added up. Units: packages for the first four, places for the rest.

    Packages stand in rows with an aid type; `aided` and `fulfilled` in rows with a phase and
    none; `rw`, `institutions` and `kelurahan` (reached in any phase) in rows with neither.
    """

    programme = _derived("programmes.Programme", null=False)
    area = models.CharField(max_length=13)
    kind = _derived("programmes.TargetKind")
    phase = _derived("programmes.Phase")
    aid_type = _derived("programmes.AidType")
    need = models.BigIntegerField()
    committed = models.BigIntegerField()
    delivered = models.BigIntegerField()
    received = models.BigIntegerField()
    aided = models.BigIntegerField()
    fulfilled = models.BigIntegerField()
    rw = models.BigIntegerField()
    institutions = models.BigIntegerField()
    kelurahan = models.BigIntegerField()

    class Meta:
        abstract = True


class Change(Sums):
    """What changed in one kelurahan at one moment."""

    at = models.DateTimeField()
    collaborator = _derived("collaborators.Collaborator")

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("programme", "at"), name="change_at"),
            models.Index(
                fields=("programme", "area", "at"), condition=~Q(rw=0), name="change_of_reach"
            ),
        )

    def __str__(self) -> str:
        return f"{self.area} {self.at:%Y-%m-%d %H:%M:%S}"


class Closing(Sums):
    """What changed in one area on one day (WIB): of each level from province to kelurahan."""

    WHEN: ClassVar = "day"

    day = models.DateField()
    level = models.CharField(max_length=8)

    class Meta:
        ordering = ("day", "id")
        indexes = (
            models.Index(fields=("programme", "level", "area", "day"), name="closing_of_area"),
        )

    def __str__(self) -> str:
        return f"{self.area} {self.day}"


class Standing(Sums):
    """Where an area from the kecamatan up stood at the end of a day: its closings so far added up.

    Each day in which anything changed has a row for every area, kind, phase and aid type that ever
    had one, so that a table reads one day, however many there were before.
    """

    WHEN: ClassVar = "day"

    day = models.DateField()
    level = models.CharField(max_length=8)

    class Meta:
        ordering = ("day", "id")
        indexes = (
            models.Index(fields=("programme", "day", "level", "area"), name="standing_of_day"),
        )

    def __str__(self) -> str:
        return f"{self.area} {self.day}"


class OpenDay(Sums):
    """What changed in one area after the last closed day, up to the end of a full hour.

    Of each level from province to kelurahan. So a table of today reads no change of the hours that
    are over. All rows of an hour are written at once and never change.
    """

    WHEN: ClassVar = "at"

    at = models.DateTimeField()
    level = models.CharField(max_length=8)

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("programme", "at", "level", "area"), name="open_day_of_hour"),
        )

    def __str__(self) -> str:
        return f"{self.area} {self.at:%Y-%m-%d %H:%M:%S}"


class Record(models.Model):
    """What one collaborator has given of one aid type in one phase, as far as it is carried.

    Units: packages of the aid type, net. It is the sum of the collaborator's changes, so that a
    list of all collaborators costs as much after a million movements as after a thousand.
    """

    programme = _derived("programmes.Programme", null=False)
    collaborator = _derived("collaborators.Collaborator", null=False)
    phase = _derived("programmes.Phase", null=False)
    aid_type = _derived("programmes.AidType", null=False)
    committed = models.BigIntegerField()
    delivered = models.BigIntegerField()
    received = models.BigIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "collaborator", "phase", "aid_type"), name="record_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.collaborator_id}/{self.phase_id}/{self.aid_type_id}"


class Snapshot(models.Model):
    """All sums of a programme at the end of an hour, from the beginning on (`tally.Tally`)."""

    programme = models.ForeignKey("programmes.Programme", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    sums = models.JSONField()

    class Meta:
        ordering = ("at",)
        constraints = (models.UniqueConstraint(fields=("programme", "at"), name="snapshot_once"),)

    def __str__(self) -> str:
        return f"{self.programme_id} {self.at:%Y-%m-%d %H:%M:%S}"


class Bookmark(models.Model):
    """How far a programme's ledgers are carried into `Change` and closed into `Closing`.

    Both moments are included. `rule` is the rule of fulfilment the rows were made with.
    """

    programme = models.OneToOneField(
        "programmes.Programme", models.CASCADE, related_name="+", primary_key=True
    )
    carried_until = models.DateTimeField(default=BEGINNING)
    closed_until = models.DateTimeField(default=BEGINNING)
    rule = models.CharField(max_length=400)

    opened_until: datetime | None = None
    """The last full hour that `OpenDay` adds up, where a moment is asked for; no column."""

    def __str__(self) -> str:
        return f"{self.programme_id} {self.carried_until:%Y-%m-%d %H:%M:%S}"
