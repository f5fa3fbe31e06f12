"""Pictures people send in, in every form they come in."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from django.utils import translation
from PIL import Image

from ksbb.web.pictures import PictureRefusedError, drawn_anew
from tests.factories.pictures import picture_bytes


def anew(content: bytes) -> bytes:
    return drawn_anew(io.BytesIO(content), len(content))


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(anew(content)))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")],
)
def test_a_picture_keeps_what_it_shows_and_nothing_else(kind: str, mode: str) -> None:
    found = drawn(picture_bytes((60, 40), kind, mode))

    assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (60, 40), {})
    assert b"Rahasia" not in anew(picture_bytes())


def test_a_picture_taken_sideways_stands_upright_and_a_large_one_is_made_smaller() -> None:
    assert drawn(picture_bytes((60, 40), turned=6)).size == (40, 60)
    assert drawn(picture_bytes((3200, 400))).size == (1600, 200)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert anew(picture_bytes()) == anew(picture_bytes())


def huge() -> bytes:
    """Return the head of a picture that would unpack to many gigabytes."""
    head = bytearray(picture_bytes((1, 1), "PNG"))
    head[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(head)


@pytest.mark.parametrize(
    ("content", "size", "sentence"),
    [
        (b"", 0, "no picture we can read"),
        (b"%PDF-1.7", 8, "no picture we can read"),
        (b"<svg onload=alert(1)>", 20, "no picture we can read"),
        (picture_bytes()[:300], 300, "no picture we can read"),
        (picture_bytes((9, 9), "GIF"), 100, "no picture we can read"),
        (picture_bytes(), 9 * 1024 * 1024, "more than 8 MB"),
        (picture_bytes((8000, 5001), "PNG", "1"), 9000, "more than 40 million pixels"),
        (huge(), 100, "no picture we can read"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(
    content: bytes, size: int, sentence: str
) -> None:
    with translation.override("en"), pytest.raises(PictureRefusedError) as refused:
        drawn_anew(io.BytesIO(content), size)

    assert sentence in str(refused.value)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_picture_is_read_or_refused_and_nothing_else() -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        content = picture_bytes((60, 40), kind)
        for at in range(0, len(content), 7):
            broken = bytes([*content[:at], content[at] ^ 0xFF, *content[at + 1 :]])
            with suppress(PictureRefusedError):
                anew(broken)
