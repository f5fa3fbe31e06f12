"""What letters about events say, to which address, and sending those that wait."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ksbb.collaborators.models import Collaborator, CollaboratorContact
from ksbb.commitments.models import Commitment
from ksbb.funds.models import Gift
from ksbb.notices.actions.send import claim, close, put_back
from ksbb.notices.enums import OPTIONAL, Kind, LetterState
from ksbb.notices.models import Wish
from ksbb.shared.formats import day, moment, number, rupiah
from ksbb.web.letters import LetterNotSentError, send_letter

if TYPE_CHECKING:
    from datetime import datetime

    from ksbb.notices.models import Letter, Notice

MOST: Final = 500
"""So many letters are sent in one run; the next one goes on."""

WORDS: Final = {
    Kind.GIFT_CONFIRMED: gettext_lazy(
        "%(aggregator)s has confirmed gift %(code)s: %(amount)s. The receipt %(number)s is ready."
    ),
    Kind.GIFT_CORRECTED: gettext_lazy(
        "%(aggregator)s has put gift %(code)s on the book with %(amount)s; %(declared)s was "
        "declared. The reason stands on its page."
    ),
    Kind.GIFT_REOPENED: gettext_lazy(
        "%(aggregator)s has taken back its confirmation of gift %(code)s, so its receipt counts no "
        "more and the gift waits again. The reason stands on its page."
    ),
    Kind.GIFT_REFUSED: gettext_lazy(
        "%(aggregator)s has refused gift %(code)s. The reason stands on its page."
    ),
    Kind.GIFT_BOUGHT: gettext_lazy("%(aggregator)s has bought packages from gift %(code)s."),
    Kind.GIFT_ALLOTTED: gettext_lazy("Packages of gift %(code)s are set aside for places."),
    Kind.GIFT_DELIVERED: gettext_lazy("Packages of gift %(code)s were handed over."),
    Kind.GIFT_RECEIVED: gettext_lazy("A place has confirmed packages of gift %(code)s."),
    Kind.ACCEPTED: gettext_lazy(
        "Commitment %(code)s is accepted. Call the places and agree on a day until %(due)s; after "
        "that its packages are open to others."
    ),
    Kind.REJECTED: gettext_lazy(
        "Commitment %(code)s is not accepted. Its packages are open to others."
    ),
    Kind.CLOCK: gettext_lazy(
        "Commitment %(code)s waits for you: agree on a day until %(due)s, or its packages are open "
        "to others."
    ),
    Kind.EXPIRED: gettext_lazy(
        "The time of commitment %(code)s is over, and its packages are open to others. You can "
        "give again at any time."
    ),
    Kind.RECEIVED: gettext_lazy("A place has confirmed a delivery of commitment %(code)s."),
    Kind.PERMIT_ENDS: gettext_lazy(
        "The permit %(number)s of %(name)s ends on %(until)s. After that it takes no new gifts."
    ),
}


def send_waiting(*, now: datetime, most: int = MOST) -> Counter[str]:
    """Send the letters that wait, those that wait longest first; return how many became what.

    What the mail server does not take is tried again later. Nothing of a letter is logged.
    """
    became: Counter[str] = Counter()
    while sum(became.values()) < most and (letter := claim(now)):
        became[_send(letter, now)] += 1
    return became


def _send(letter: Letter, now: datetime) -> LetterState:
    notice = letter.notice
    to, wish = _reader(notice)
    is_unwanted = notice.kind in OPTIONAL and not wish.wants_all
    with translation.override(wish.language):
        words = "" if is_unwanted or not to else _words(notice)
        if not words:
            close(letter, LetterState.DROPPED, now)
            return LetterState.DROPPED
        try:
            send_letter(to=to, subject=f"KSBB: {_subject(notice)}", words=words)
        except LetterNotSentError:
            put_back(letter, now)
            return LetterState.WAITING
    close(letter, LetterState.SENT, now)
    return LetterState.SENT


def _subject(notice: Notice) -> str:
    return str(Kind(notice.kind).label)


def _reader(notice: Notice) -> tuple[str, Wish]:
    """Return the address of a letter, "" for none, and how its reader wants it."""
    if notice.user:
        wish = Wish.objects.filter(user=notice.user_id).first() or Wish()
        return notice.user.email if notice.user.is_active else "", wish
    contact = CollaboratorContact.objects.filter(collaborator=notice.giver).first()
    return (contact.email, Wish(language=contact.language)) if contact else ("", Wish())


def _words(notice: Notice) -> str:
    """Return the letter, "" where its object is gone."""
    obj = apps.get_model(notice.object_type).objects.filter(pk=notice.object_id).first()
    if obj is None:
        return ""
    facts, path = _facts(obj)
    parts = [str(WORDS[Kind(notice.kind)]) % facts, f"{settings.SITE_URL}{path}"]
    if notice.user_id:
        page = f"{settings.SITE_URL}{reverse('account:letters')}"
        parts.append(_("Choose which letters you get: %(page)s") % {"page": page})
    return "\n\n".join(parts)


def _facts(obj: Any) -> tuple[dict[str, str], str]:
    """Return what the sentences may name of an object, and the path of its page."""
    if isinstance(obj, Gift):
        return _of_gift(obj), obj.get_absolute_url()
    if isinstance(obj, Commitment):
        due = moment(obj.due_at) if obj.due_at else "–"
        return {"code": obj.code, "due": due}, obj.get_absolute_url()
    return _of_permit(obj), reverse("backoffice:permits", args=[obj.slug])


def _of_gift(gift: Gift) -> dict[str, str]:
    def amount(quantity: int) -> str:
        if gift.is_money or gift.aid_type is None:
            return rupiah(quantity)
        return f"{number(quantity)} {gift.aid_type.counted}"

    return {
        "code": gift.code,
        "aggregator": gift.aggregator.name,
        "declared": amount(gift.declared),
        "amount": amount(gift.accepted or 0),
        "number": gift.receipt_number or "–",
    }


def _of_permit(aggregator: Collaborator) -> dict[str, str]:
    permit = aggregator.permits.order_by("-valid_until", "-pk").first()
    return {
        "name": aggregator.name,
        "number": permit.number if permit else "–",
        "until": day(permit.valid_until) if permit else "–",
    }
