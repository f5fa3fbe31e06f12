from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ksbb.rights.enums import ApprovalState, Step


class Posting(models.Model):
    """One area an officer watches: a kota, a kecamatan or a kelurahan, and all below it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ("region",)
        constraints = (
            models.UniqueConstraint(fields=("user", "region"), name="posting_once_per_area"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.region_id}"


class Approval(models.Model):
    """A step one officer asks for and another one confirms or refuses.

    `about` says what of the object, where requests about parts of it may wait side by side (the
    kind of aid a phase is planned for). `payload` holds what the step needs, and no personal data.
    The database refuses that somebody decides on their own request, and two open requests for the
    same thing.
    """

    step = models.CharField(_("step"), max_length=20, choices=Step)
    object_type = models.CharField(_("object type"), max_length=60)
    object_id = models.CharField(_("object"), max_length=40)
    about = models.CharField(_("what of it"), max_length=60, blank=True)
    object_name = models.CharField(_("name (Indonesian)"), max_length=200)
    object_name_en = models.CharField(_("name (English)"), max_length=200)
    payload = models.JSONField(_("what is asked for"), default=dict)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(
        _("state"), max_length=10, choices=ApprovalState, default=ApprovalState.ASKED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("second approval")
        verbose_name_plural = _("second approvals")
        ordering = ("asked_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("asked_by")), name="approval_by_two"
            ),
            models.CheckConstraint(
                condition=models.Q(state=ApprovalState.ASKED, decided_by=None)
                | (~models.Q(state=ApprovalState.ASKED) & models.Q(decided_by__isnull=False)),
                name="approval_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=("step", "object_type", "object_id", "about"),
                condition=models.Q(state=ApprovalState.ASKED),
                name="approval_open_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.name}"

    @property
    def name(self) -> str:
        """What it is about, in the reader's language."""
        is_english = (get_language() or "").startswith("en")
        return self.object_name_en if is_english else self.object_name


class Assignment(models.Model):
    """Who works on something that waits for a decision. It binds nobody: others may still act."""

    object_type = models.CharField(_("object type"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(fields=("object_type", "object_id"), name="assignment_once"),
        )

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}: {self.officer_id}"
