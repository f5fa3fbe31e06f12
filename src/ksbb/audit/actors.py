from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ksbb.audit.enums import Channel

if TYPE_CHECKING:
    from ksbb.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts and through which door; `user` is None for visitors, receivers and the system."""

    user: User | None = None
    channel: Channel


SYSTEM = Actor(channel=Channel.SYSTEM)
