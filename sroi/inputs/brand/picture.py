"""A picture that somebody gave, drawn anew: nothing of the file itself goes into a report."""

from __future__ import annotations

import io

from PIL import Image, ImageFile, ImageOps

MOST_BYTES = 2_000_000
MOST_PIXELS = 25_000_000
LARGEST = (1200, 600)
KINDS = ("PNG", "JPEG")  # an SVG can hold scripts and addresses, and is not read


def redrawn(content: bytes) -> bytes:
    """A PNG of at most 1200 × 600 pixels on white. Raises `ValueError` where it is no picture."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the renderer of PDFs switches that on for everybody
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            return _png(_on_white(image))
    except Exception as error:  # of a broken picture the reader raises nearly anything
        raise ValueError(str(error)[:80]) from None


def _on_white(image: Image.Image) -> Image.Image:
    """Upright, small enough, and without anything to see through."""
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    small = paper.convert("RGB")
    small.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    return small


def _png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
