"""Pictures as phones send them."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

MAKER, TURNED, GPS = 271, 274, 34853
"""Tags of a picture's metadata: who made the device, how it was held, and where it was."""


def picture_bytes(
    size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", turned: int = 1
) -> bytes:
    """Return a plain picture that says which phone took it and where; `turned` as EXIF counts."""
    exif = Image.Exif()
    exif[MAKER], exif[TURNED] = "Rahasia", turned
    exif[GPS] = {1: "S", 2: (6.0, 14.0, 30.0)}
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind, exif=exif)
    return file.getvalue()


def picture(name: str = "bukti.jpg") -> SimpleUploadedFile:
    """Return the same as a file of a form."""
    return SimpleUploadedFile(name, picture_bytes(), "image/jpeg")
