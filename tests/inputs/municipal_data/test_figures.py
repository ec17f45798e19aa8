"""A cell: a number, unknown, or words; and what is unknown is never zero."""

import pytest

from sroi.inputs.municipal_data.figures import figure


@pytest.mark.parametrize("text", [".", "", "x", "-", "–", ". *", ".*"])
@pytest.mark.parametrize("style", ["comma", "point", "own"])
def test_a_point_is_unknown_and_never_zero(text, style):
    read = figure(text, style)
    assert read.unknown
    assert not read.known
    assert read.value is None


def test_zero_is_a_number():
    assert figure("0", "comma").value == 0
    assert not figure("0", "comma").unknown


@pytest.mark.parametrize(
    ("text", "style", "value", "decimals"),
    [("481,8", "comma", 481.8, 1), ("6.525", "comma", 6525, 0), ("1.169.010", "comma", 1169010, 0),
     ("74.5", "point", 74.5, 1), ("1.125", "point", 1.125, 3), ("-12", "point", -12, 0),
     ("1 250,5", "own", 1250.5, 1), ("17407585", "comma", 17407585, 0)],
)  # fmt: skip
def test_numbers_are_read_as_their_table_writes_them(text, style, value, decimals):
    read = figure(text, style)
    assert (read.value, read.decimals, read.ambiguous) == (value, decimals, False)


@pytest.mark.parametrize("text", ["1.515", "1,515"])
def test_a_table_of_ones_own_does_not_say_which_it_is(text):
    assert figure(text, "own").ambiguous


@pytest.mark.parametrize(
    ("text", "sign"),
    [("12,5", "comma"), ("1.234.567", "comma"), ("1234,567", "comma"), ("0,515", "comma"),
     ("12.5", "point"), ("0.515", "point"), ("1.515", ""), ("1,515", ""), ("95", ""), (".", "")],
)  # fmt: skip
def test_another_number_shows_what_comes_before_decimals(text, sign):
    assert figure(text, "own").sign == sign


@pytest.mark.parametrize(
    ("text", "status"), [("65*", "provisional"), ("65 **", "nearly-final"), ("65", "")]
)
def test_stars_say_how_final_a_number_is(text, status):
    read = figure(text, "comma")
    assert (read.value, read.status) == (65, status)


@pytest.mark.parametrize("text", ["Gemeente", "GM0855", "1e5", "12%", "1-2"])
def test_all_else_is_words(text):
    read = figure(text, "comma")
    assert not read.known
    assert not read.unknown
