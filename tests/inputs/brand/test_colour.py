"""Colours: their contrast by published figures, and the nearest that can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.brand.colour import ENOUGH, contrast, dark_enough, mixed

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("colour", "on_white"),
    [("#000000", 21), ("#ffffff", 1), ("#767676", 4.54), ("#777777", 4.48), ("#0000ff", 8.59),
     ("#ff0000", 4.0)],
)  # fmt: skip
def test_contrast_as_it_is_published(colour, on_white):
    """The grey 767676 is known as the lightest that passes."""
    assert contrast(colour) == pytest.approx(on_white, abs=0.005)
    assert contrast("#ffffff", colour) == contrast(colour)


@given(COLOURS)
def test_the_shade_is_the_lightest_that_can_be_read(colour):
    shade = dark_enough(colour)
    assert contrast(shade) >= ENOUGH
    if contrast(colour) >= ENOUGH:
        assert shade == colour
    else:
        assert contrast(shade) < ENOUGH + 0.15


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_a_mixture_lies_between_its_colours(one, other, share):
    """Of red, green and blue each."""
    assert (mixed(one, other, 0), mixed(one, other, 1)) == (one, other)
    for at in (1, 3, 5):
        a, b, both = (
            int(colour[at : at + 2], 16) for colour in (one, other, mixed(one, other, share))
        )
        assert min(a, b) <= both <= max(a, b)
