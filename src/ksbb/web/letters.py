"""Letters to people, one at a time, while their page waits."""

from __future__ import annotations

from smtplib import SMTPException

from django.core.mail import send_mail
from django.utils.translation import gettext_lazy

from ksbb.shared.errors import DomainError


class LetterNotSentError(DomainError):
    """The mail server did not take a letter."""


def send_letter(*, to: str, subject: str, words: str) -> None:
    """Hand one letter over to the mail server. Raises LetterNotSentError."""
    try:
        send_mail(subject, words, None, [to])
    except (OSError, SMTPException) as error:
        raise LetterNotSentError(
            gettext_lazy("The e-mail could not be sent. Check the address, then try again.")
        ) from error
