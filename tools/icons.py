"""Draws the icons a phone shows for the installed page: `python tools/icons.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image

from ksbb.web.logo import logo

FOLDER: Final = Path(__file__).resolve().parents[1] / "src/ksbb/web/static/web"


def main() -> None:
    """Write each icon over the old one."""
    for name, size, safe in (
        ("icon-192.png", 192, False),
        ("icon-512.png", 512, False),
        ("icon-safe-512.png", 512, True),
        ("icon-touch-180.png", 180, True),
    ):
        # A few dozen shades of three colours are all there is in it.
        picture = logo(size, safe=safe).quantize(48, method=Image.Quantize.FASTOCTREE)
        picture.save(FOLDER / name, optimize=True)
        print(f"{name}: {(FOLDER / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
