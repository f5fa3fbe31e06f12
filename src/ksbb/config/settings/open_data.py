"""Under which licence the published figures may be used: the operator's own decision."""

from ksbb.config.settings.environment import text

DATA_LICENCE = text("DATA_LICENCE") or "CC-BY-4.0"
"""The licence's short name in the list of SPDX."""

DATA_LICENCE_URL = text("DATA_LICENCE_URL") or f"https://spdx.org/licenses/{DATA_LICENCE}.html"
