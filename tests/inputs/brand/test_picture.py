"""Pictures drawn anew: small, on white, with nothing of the file they came from."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from sroi.inputs.brand.picture import LARGEST, redrawn


def stored(image: Image.Image, kind: str = "PNG", **about: object) -> bytes:
    """A picture as a file."""
    stream = io.BytesIO()
    image.save(stream, kind, **about)
    return stream.getvalue()


def seen(content: bytes) -> Image.Image:
    """The picture drawn anew."""
    return Image.open(io.BytesIO(redrawn(content)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_picture_becomes_plain_colour(mode):
    assert seen(stored(Image.new(mode, (8, 6)))).mode == "RGB"


def test_cmyk_of_a_printer():
    assert seen(stored(Image.new("CMYK", (8, 6)), "JPEG")).mode == "RGB"


def test_what_one_sees_through_is_white():
    half = Image.new("RGBA", (2, 1), (255, 0, 0, 0))
    half.putpixel((1, 0), (0, 0, 0, 255))
    drawn = seen(stored(half))
    assert [drawn.getpixel((x, 0)) for x in (0, 1)] == [(255, 255, 255), (0, 0, 0)]


@pytest.mark.parametrize(("size", "fits"), [((2400, 300), (1200, 150)), ((300, 1200), (150, 600)),
                                            ((40, 30), (40, 30))])  # fmt: skip
def test_a_large_picture_becomes_smaller_and_keeps_its_shape(size, fits):
    assert seen(stored(Image.new("RGB", size))).size == fits
    assert all(a <= b for a, b in zip(fits, LARGEST, strict=True))


def test_a_photograph_on_its_side_is_put_upright():
    about = Image.Exif()
    about[0x0112] = 6
    assert seen(stored(Image.new("RGB", (40, 20)), "JPEG", exif=about)).size == (20, 40)


def test_nothing_is_told_of_where_it_was_made():
    """Texts, places and programs in the file stay behind."""
    secret = PngImagePlugin.PngInfo()
    secret.add_text("Comment", "geheim-geheim")
    content = stored(Image.new("RGB", (4, 4)), pnginfo=secret)
    assert b"geheim" in content
    assert b"geheim" not in redrawn(content)


def test_the_same_picture_gives_the_same_bytes():
    content = stored(Image.new("RGB", (40, 20), "teal"))
    assert redrawn(content) == redrawn(content) == redrawn(redrawn(content))


PIECE = stored(Image.new("RGB", (20, 10), "teal"))


@given(st.binary(max_size=200), st.integers(0, len(PIECE)), st.booleans())
def test_whatever_the_bytes_it_is_a_picture_or_it_is_refused(noise, place, inside):
    content = PIECE[:place] + noise + PIECE[place + len(noise) * inside :]
    with contextlib.suppress(ValueError):
        assert redrawn(content).startswith(b"\x89PNG")
