from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ksbb.notices.enums import Kind, LetterState

LANGUAGES: Final = (("id", "Bahasa Indonesia"), ("en", "English"))


class Notice(models.Model):
    """That one reader is to be told of one event; written in the transaction of the event.

    The reader is an account, or the contact of a giver (its key) that has no account. Addresses,
    names and words are looked up when the letter is sent. The database refuses to change or delete
    a notice, and to hold the same one twice.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    giver = models.PositiveBigIntegerField(null=True, blank=True)
    key = models.CharField(max_length=160, unique=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=True, giver__isnull=False)
                | Q(user__isnull=False, giver__isnull=True),
                name="notice_to_one_reader",
            ),
        )

    def __str__(self) -> str:
        return self.key


class Letter(models.Model):
    """What became of a notice: how often it was tried, and when it is tried again."""

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="letter")
    state = models.CharField(
        _("state"), max_length=8, choices=LetterState, default=LetterState.WAITING
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_at = models.DateTimeField(_("not before"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("next_at",), name="letter_waiting", condition=Q(state=LetterState.WAITING)
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice_id} {self.state}"


class Wish(models.Model):
    """How an account wants its letters; without a row: in Indonesian, all of them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="wish")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="id")
    wants_all = models.BooleanField(_("also what needs no answer"), default=True)

    LANGUAGES: ClassVar = LANGUAGES

    class Meta:
        verbose_name = _("wish about letters")
        verbose_name_plural = _("wishes about letters")

    def __str__(self) -> str:
        return str(self.user_id)
