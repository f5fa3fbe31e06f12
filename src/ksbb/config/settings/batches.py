"""Lists of places that are sent in as files."""

from ksbb.config.settings.environment import VAR

BATCH_INBOX = VAR / "inbox"
"""Where a file lies while it is read, for this user alone; it may hold identity numbers."""

BATCH_AT_ONCE_BYTES = 400_000
"""A file up to this size is read while its sender waits; a larger one by a process of its own."""

BATCH_AT_ONCE_ROWS = 5_000
"""As many rows are written while the officer waits; more by a process of their own."""
