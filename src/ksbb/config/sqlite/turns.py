"""The queue of a database's writers: threads stand in line here, processes at a file.

SQLite by itself lets a writer sleep and try again, so one who waits is passed by everybody who
happens to come when the place is free.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections import deque
from threading import Lock, Thread
from typing import Final


class Line:
    """Threads of this process, served in the order in which they came."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.waiting: deque[Lock] = deque()
        self._is_taken = False
        self._look = Lock()

    def come_first(self, seconds: float) -> bool:
        """Wait to be the first; return whether that came within so many seconds."""
        with self._look:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Lock()
            mine.acquire()
            self.waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._look:
            if mine not in self.waiting:
                # Called in the very moment in which patience ended.
                return True
            self.waiting.remove(mine)
            return False

    def leave(self) -> None:
        """Let the next one be the first."""
        with self._look:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self._is_taken = False


class Turn:
    """The turn of one writer, from when it came until it is given back."""

    def __init__(self, line: Line, file: int | None) -> None:
        """Hold the first place in the line and, if there could be one, the open and locked file."""
        self._line = line
        self._file = file

    def give_back(self) -> None:
        """Let the next writer begin, of this process or of another."""
        if self._file is not None:
            os.close(self._file)
        self._line.leave()


_LINES: Final[dict[str, Line]] = {}
# Whoever stood in a line of the parent does not stand in the child's.
os.register_at_fork(after_in_child=_LINES.clear)


def line_of(path: str) -> Line:
    """Return the line of this process before a lock file."""
    return _LINES.setdefault(path, Line())


def take_turn(path: str, seconds: float) -> Turn | None:
    """Wait for the turn of a writer; None where it does not come within so many seconds.

    `path` is the lock file, which is made if need be and stays. Where it can be neither made nor
    read, processes are left to what SQLite does by itself.
    """
    end = time.monotonic() + seconds
    line = line_of(path)
    if not line.come_first(seconds):
        return None
    try:
        file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    except OSError:
        return Turn(line, None)
    if _lock(file, end - time.monotonic()):
        return Turn(line, file)
    line.leave()
    return None


def _lock(file: int, seconds: float) -> bool:
    """Lock an open file; where the time is over, close it and return False."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _lock_behind_others(file, seconds)
    return True


def _lock_behind_others(file: int, seconds: float) -> bool:
    # The kernel keeps the order but knows no end of patience. So a thread waits there, and one
    # that nobody waits for any more closes the file when its turn has come.
    decided = Lock()

    def stand() -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not decided.acquire(blocking=False):
            os.close(file)

    standing = Thread(target=stand, daemon=True)
    standing.start()
    standing.join(max(seconds, 0))
    if standing.is_alive() and decided.acquire(blocking=False):
        return False
    standing.join()
    return True
