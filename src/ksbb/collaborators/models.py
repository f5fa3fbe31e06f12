from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ksbb.collaborators.enums import Kind, MemberRole, Standing, Verification
from ksbb.notices.models import LANGUAGES
from ksbb.shared.codes import within


class Collaborator(models.Model):
    """A donor, an aggregator, or both."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    is_donor = models.BooleanField(_("donor"), default=True)
    is_aggregator = models.BooleanField(_("aggregator"), default=False)
    is_anonymous = models.BooleanField(
        _("wishes not to be named"), default=False, help_text=_("Public pages hide the name.")
    )
    verification = models.CharField(
        _("verification"), max_length=10, choices=Verification, default=Verification.PENDING
    )
    created_at = models.DateTimeField(_("registered at"))
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("collaborator")
        verbose_name_plural = _("collaborators")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(is_donor=True) | Q(is_aggregator=True), name="collaborator_gives"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_named(self) -> bool:
        """Whether public pages may say the name; `queries.named` asks the same."""
        return not self.is_anonymous and self.verification == Verification.VERIFIED

    @property
    def public_name(self) -> str:
        """The name the public may read: none before verification, none where it is unwanted."""
        if self.is_anonymous:
            return str(_("Anonymous donor"))
        if self.verification != Verification.VERIFIED:
            return str(_("Awaiting verification"))
        return self.name


class CollaboratorContact(models.Model):
    """How the working group reaches a collaborator. Restricted: each look is logged."""

    collaborator = models.OneToOneField(Collaborator, models.CASCADE, related_name="contact")
    name = models.CharField(_("contact person"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=LANGUAGES,
        default="id",
        help_text=_("In which it read our pages; its letters are in it."),
    )

    class Meta:
        verbose_name = _("collaborator contact")
        verbose_name_plural = _("collaborator contacts")
        constraints = (
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""), name="collaborator_can_be_reached"
            ),
        )

    def __str__(self) -> str:
        return str(self.collaborator_id)


class Membership(models.Model):
    """A person who acts for a collaborator."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    collaborator = models.ForeignKey(Collaborator, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=MemberRole, default=MemberRole.MEMBER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(fields=("user", "collaborator"), name="member_once"),
        )

    def __str__(self) -> str:
        return f"{self.user_id}/{self.collaborator_id}"


class Invitation(models.Model):
    """A one-time link for one address to join. Only a digest of its secret is kept."""

    collaborator = models.ForeignKey(Collaborator, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return str(self.collaborator_id)


class Permit(models.Model):
    """What lets an aggregator collect in public: by whom it was given, for where, until when."""

    collaborator = models.ForeignKey(Collaborator, models.PROTECT, related_name="permits")
    number = models.CharField(_("permit number"), max_length=80)
    issuer = models.CharField(_("issued by"), max_length=160)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("area"),
        help_text=_("Where it may collect. Empty: all of Indonesia."),
    )
    valid_until = models.DateField(_("valid until"))
    suspended_at = models.DateTimeField(_("suspended at"), null=True, blank=True)
    suspended_because = models.TextField(_("why it is suspended"), blank=True)
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("permit")
        verbose_name_plural = _("permits")
        ordering = ("-valid_until", "-id")
        constraints = (
            models.UniqueConstraint(fields=("collaborator", "number"), name="permit_number_once"),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True, suspended_because="")
                | (Q(suspended_at__isnull=False) & ~Q(suspended_because="")),
                name="permit_suspended_with_reason",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def standing(self, *, area: str, day: date) -> Standing:
        """Return whether it lets its holder collect in an area (a region code) on a day."""
        if self.suspended_at:
            return Standing.SUSPENDED
        if self.valid_until < day:
            return Standing.EXPIRED
        if self.region_id and not within(area, self.region_id):
            return Standing.OUT_OF_SCOPE
        return Standing.VALID
