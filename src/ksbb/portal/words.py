"""Names of things as the public pages say them."""

from __future__ import annotations

from ksbb.programmes.words import phase_name

__all__ = ["phase_name"]
