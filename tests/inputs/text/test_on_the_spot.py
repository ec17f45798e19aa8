"""A source that is stated where it is referred to: kind, name, place and year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.text.cited import cited, stated
from sroi.inputs.text.nouns import OF_ONES_OWN, Reference, on_the_spot

WORDS = st.text(st.characters(codec="latin-1", exclude_categories=["C", "Z"]), min_size=1)
NAMES = (
    st.lists(WORDS, min_size=1, max_size=5)
    .map(" ".join)
    .filter(lambda name: len(name) <= 200 and "/" not in name.split())
)


@given(st.sampled_from(sorted(OF_ONES_OWN)), NAMES, NAMES, st.integers(1900, 2099))
def test_its_four_parts_come_back(kind, name, place, year):
    """With the place as that of a reference, and an id that only kind, name and year make."""
    text = f"{kind.capitalize()} / {name} /  {place} / {year}"
    spot = on_the_spot(text)
    assert (spot.kind, spot.name, spot.place, spot.year) == (kind, name, place, str(year))
    reference = Reference.model_validate(text)
    assert (reference.key, reference.place) == (spot.key, place)
    assert on_the_spot(f"{kind} / {name} / elders / {year}").key == spot.key
    assert on_the_spot(f"{kind} / {name}x / {place} / {year}").key != spot.key


@pytest.mark.parametrize(
    "text",
    [
        "seor-2020[p. 31]", "contract", "contract / Begeleiding / 2025",
        "boek / Titel / p. 3 / 2025",
        "contract / Begeleiding / bijlage 2 / vorig jaar", "contract/Begeleiding/bijlage 2/2025",
        f"contract / {'a' * 201} / bijlage / 2025", 2025, None, "",
    ],
)  # fmt: skip
def test_anything_else_is_none(text):
    assert on_the_spot(text) is None


def test_it_is_found_wherever_it_stands():
    """Under `source`, however deep; as a reference too."""
    data = {"a": [{"source": "offerte / Zaal / blz. 1 / 2026"}], "source": "seor-2020[p. 31]"}
    (spot,) = stated(data)
    assert spot.name == "Zaal"
    assert {one.key for one in cited(data)} == {spot.key, "seor-2020"}
