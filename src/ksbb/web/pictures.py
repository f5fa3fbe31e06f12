"""Pictures people send in: only what they show is kept.

A picture is drawn anew, so that neither place nor device nor any other data in the file stays.
"""

from __future__ import annotations

import io
import struct
from typing import IO, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from ksbb.shared.errors import DomainError
from ksbb.shared.formats import number

FORMATS: Final = ("JPEG", "PNG", "WEBP")
ACCEPT: Final = "image/jpeg,image/png,image/webp"
MOST_MB: Final = 8
MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 1600
QUALITY: Final = 80
KIND: Final = "image/jpeg"

_BROKEN: Final = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, struct.error)
"""What Pillow raises for damaged files of the three formats."""


class PictureRefusedError(DomainError):
    """The file is no picture that can be kept."""


def drawn_anew(file: IO[bytes], size: int) -> bytes:
    """Return a picture of `size` bytes as JPEG without metadata, at most 1,600 pixels a side.

    The same file always gives the same bytes. Raises PictureRefusedError.
    """
    if size > MOST_MB * 1024 * 1024:
        raise PictureRefusedError(
            _("The picture has more than %(most)s MB. Make it smaller or take a screenshot of it.")
            % {"most": number(MOST_MB)}
        )
    try:
        with Image.open(file, formats=FORMATS) as picture:
            _check_size(picture)
            return _as_jpeg(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except _BROKEN as error:
        raise PictureRefusedError(
            _("This is no picture we can read. Send JPEG, PNG or WebP.")
        ) from error


def _check_size(picture: Image.Image) -> None:
    # Known from the head of the file, before anything of it is unpacked.
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> PictureRefusedError:
    return PictureRefusedError(
        _("The picture has more than %(most)s million pixels. Make it smaller.")
        % {"most": number(MOST_PIXELS // 1_000_000)}
    )


def _as_jpeg(picture: Image.Image) -> bytes:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    paper = Image.new("RGB", upright.size, "white")
    # What is see-through was meant to lie on a page.
    clear = upright.convert("RGBA")
    paper.paste(clear, mask=clear)
    file = io.BytesIO()
    paper.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()
