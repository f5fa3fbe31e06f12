"""Where a process keeps copies of pages: bounded, the longest unused goes first."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final, NamedTuple

from ksbb.audit.queries_version import Version

ZIP_LEVEL: Final = 6
OVERHEAD: Final = 2_000
"""What a copy takes beside its text: key, headers, bookkeeping."""


class Key(NamedTuple):
    """What tells two pages apart. The language stands in the path."""

    scheme: str
    host: str
    path: str
    query: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A page as it was sent, and of when it is."""

    text: bytes
    zipped: bytes
    etag: str
    headers: tuple[tuple[str, str], ...]
    version: Version
    made_at: float
    """Seconds of the process's own clock."""

    @property
    def size(self) -> int:
        """How much memory it takes."""
        return len(self.text) + len(self.zipped) + OVERHEAD


def zipped(text: bytes) -> bytes:
    """Return the text as a browser takes it compressed, the same for the same text."""
    return gzip.compress(text, ZIP_LEVEL, mtime=0)


class Shelf:
    """Copies up to a number of bytes. Safe to use from several threads."""

    def __init__(self, room: int) -> None:
        """Begin empty, with room for so many bytes."""
        self.room = room
        self.filled = 0
        self._copies: OrderedDict[Key, Copy] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._copies)

    def find(self, key: Key) -> Copy | None:
        """Return the copy for a key and remember that it was wanted."""
        with self._lock:
            found = self._copies.get(key)
            if found:
                self._copies.move_to_end(key)
            return found

    def put(self, key: Key, copy: Copy) -> None:
        """Keep a copy; what was wanted least lately makes room."""
        with self._lock:
            self._take_out(key)
            if copy.size > self.room:
                return
            self._copies[key] = copy
            self.filled += copy.size
            while self.filled > self.room:
                _, oldest = self._copies.popitem(last=False)
                self.filled -= oldest.size

    def drop(self, key: Key) -> None:
        """Forget a copy that is no longer right."""
        with self._lock:
            self._take_out(key)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._copies.clear()
            self.filled = 0

    def _take_out(self, key: Key) -> None:
        if old := self._copies.pop(key, None):
            self.filled -= old.size
