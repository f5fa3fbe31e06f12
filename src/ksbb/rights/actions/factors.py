"""The second factor of an account: an authenticator app, its recovery codes, and their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.translation import gettext as _

from ksbb.accounts.models import User
from ksbb.audit.actions.record import record
from ksbb.audit.queries import Request, find_replay
from ksbb.shared.errors import DomainError
from ksbb.shared.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.audit.actors import Actor

APP = Authenticator.Type.TOTP
CODES = Authenticator.Type.RECOVERY_CODES


class FactorRefusedError(DomainError):
    """A second factor was not set up, not believed, or not taken away."""


@transaction.atomic
def add_app(*, user: User, secret: str, code: str, actor: Actor, now: datetime) -> None:
    """Tie an authenticator app to an account, once it has shown that it counts the same digits.

    Raises FactorRefusedError for a wrong code, and where the account has an app already.
    """
    _lock(user)
    if Authenticator.objects.filter(user=user, type=APP).exists():
        raise FactorRefusedError(_("This account already has an authenticator app."))
    app = TOTP.activate(user, secret)
    if not app.validate_code(code):
        raise FactorRefusedError(
            _("This is not the code the app shows now. Is the clock of your phone right?")
        )
    record(action="rights.add_app", obj=app.instance, actor=actor, now=now)


@transaction.atomic
def remove_app(*, user: User, actor: Actor, now: datetime) -> None:
    """Untie the app; recovery codes end with the last factor they stand in for."""
    _lock(user)
    for app in Authenticator.objects.filter(user=user, type=APP):
        record(action="rights.remove_app", obj=app, actor=actor, now=now)
        app.delete()
    if not Authenticator.objects.filter(user=user).exclude(type=CODES).exists():
        Authenticator.objects.filter(user=user, type=CODES).delete()


@transaction.atomic
def renew_codes(*, user: User, actor: Actor, now: datetime) -> list[str]:
    """Return ten new recovery codes, each good for once; all older ones end."""
    _lock(user)
    Authenticator.objects.filter(user=user, type=CODES).delete()
    codes = RecoveryCodes.activate(user)
    record(action="rights.renew_codes", obj=codes.instance, actor=actor, now=now)
    return list(codes.generate_codes())


@transaction.atomic
def use_factor(*, user: User, code: str, actor: Actor, now: datetime) -> str:
    """Return how the code proves its owner, "totp" or "recovery". Raises FactorRefusedError.

    A recovery code works once and its use is on record; a code of the app works once as well.
    """
    _lock(user)
    kept = {one.type: one for one in Authenticator.objects.filter(user=user, type__in=(APP, CODES))}
    digits = "".join(filter(str.isdigit, code))
    if APP in kept and _is_right(kept[APP], digits):
        kept[APP].record_usage()
        return "totp"
    if CODES in kept and _is_right(kept[CODES], digits):
        record(action="rights.use_recovery_code", obj=kept[CODES], actor=actor, now=now)
        return "recovery"
    raise FactorRefusedError(
        _("This code opens nothing. Take the one the app shows now, or a recovery code not used.")
    )


@transaction.atomic
def reset_factors(
    *, user_id: int, reason: str, actor: Actor, now: datetime, idempotency_key: str = ""
) -> User:
    """Take all second factors of somebody whose phone is lost, and log them out everywhere.

    At the next login they set up a new one. Nobody does it for themselves, so that a stolen
    session is not enough; raises FactorRefusedError for that, and without a reason.
    """
    request = Request(
        key=idempotency_key,
        fingerprint=fingerprint(action="reset_factors", user=user_id, reason=reason),
    )
    replay = find_replay(request)
    user = _lock(User.objects.get(pk=user_id))
    if replay:
        return user
    if actor.user and actor.user.pk == user.pk:
        raise FactorRefusedError(
            _("Nobody resets their own second factor. Ask another administrator.")
        )
    if not reason.strip():
        raise FactorRefusedError(_("Say why the second factor is reset."))
    kinds = Authenticator.objects.filter(user=user).order_by("type").values_list("type", flat=True)
    record(
        action="rights.reset_factors",
        obj=user,
        actor=actor,
        now=now,
        reason=reason,
        changes={"factors": [list(kinds), []]},
        request=request,
    )
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    return user


def _is_right(kept: Authenticator, digits: str) -> bool:
    try:
        return bool(kept.wrap().validate_code(digits))
    except InvalidToken:
        # Sealed under a SECRET_KEY that is no more: it opens nothing, and can be reset.
        return False


def _lock(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)
