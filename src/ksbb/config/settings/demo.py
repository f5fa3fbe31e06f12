"""The demo: which moment its clock shows."""

from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from ksbb.config.settings.environment import DEMO, text

__all__ = ["DEMO", "KSBB_CLOCK"]

_STORY_ENDS = "2020-05-22T12:00:00+07:00"

KSBB_CLOCK = text("KSBB_CLOCK") or (_STORY_ENDS if DEMO else "")
"""The moment (ISO 8601 with offset) at which time stands still; "" lets it pass."""

if KSBB_CLOCK and not DEMO:
    message = "KSBB_CLOCK stops the clock and is meant for the demo only. Leave it out."
    raise ImproperlyConfigured(message)

try:
    _stands_at = datetime.fromisoformat(KSBB_CLOCK or _STORY_ENDS)
except ValueError as error:
    message = f"KSBB_CLOCK is “{KSBB_CLOCK}”. Write a moment like {_STORY_ENDS}."
    raise ImproperlyConfigured(message) from error
if _stands_at.tzinfo is None:
    message = f"KSBB_CLOCK “{KSBB_CLOCK}” has no time zone. Write it like {_STORY_ENDS}."
    raise ImproperlyConfigured(message)
