from __future__ import annotations

from ksbb.audit.queries_version import Version
from ksbb.web.shelf import OVERHEAD, Copy, Key, Shelf

VERSION = Version((1, None), frozenset())
PAGE = 1_000
ROOM = 3 * (PAGE + OVERHEAD)


def key(name: str) -> Key:
    return Key("http", "localhost", f"/{name}/", "")


def page(size: int = PAGE) -> Copy:
    return Copy(b"x" * size, b"", '"tag"', (), VERSION, 0.0)


def filled(*names: str) -> Shelf:
    shelf = Shelf(ROOM)
    for name in names:
        shelf.put(key(name), page())
    return shelf


def test_what_was_put_is_found() -> None:
    assert filled("a").find(key("a")) == page()
    assert filled("a").find(key("b")) is None


def test_what_nobody_wanted_for_longest_makes_room() -> None:
    shelf = filled("a", "b", "c")
    shelf.find(key("a"))

    shelf.put(key("d"), page())

    assert [bool(shelf.find(key(name))) for name in "abcd"] == [True, False, True, True]
    assert (len(shelf), shelf.filled) == (3, ROOM)


def test_the_same_page_again_takes_no_more_room() -> None:
    assert filled("a", "a", "a").filled == PAGE + OVERHEAD


def test_a_page_larger_than_the_shelf_is_not_kept_and_pushes_nothing_out() -> None:
    shelf = filled("a")

    shelf.put(key("b"), page(ROOM))

    assert (shelf.find(key("a")), shelf.find(key("b"))) == (page(), None)


def test_an_emptied_shelf_has_room_again() -> None:
    shelf = filled("a", "b")

    shelf.clear()

    assert (len(shelf), shelf.filled) == (0, 0)
