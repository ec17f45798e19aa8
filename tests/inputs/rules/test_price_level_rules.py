"""The rules of price levels: once for a series and a year, with a way on; and series continued."""

import pytest
from valid_scenario import CARE, SCENARIO, with_change

LATER = SCENARIO.replace("  price_year: 2024\n  ranges", "  price_year: 2027\n  ranges")
ON = """\
indices:
  cpi: {2026: 3.1%, 2027: 2.4%, because: Raming., source: "eigen-meting[p. 1]"}
  msz-mix: {2026: 4.5%, 2027: 4%, because: Raming.}
"""


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def test_a_year_past_the_series_is_told_once_for_each_series(check):
    found = check(LATER.encode())
    assert codes(found) == ["index-basis-year"] * 2
    assert {one.excerpt.strip() for one in found} == {"price_year: 2027"}
    each = [f"{key}: {{2026: …%, 2027: …%, because: …}}" for key in ("msz-mix", "cpi")]
    assert {one.facts["nearest"] for one in found} == {f"indices: {{{', '.join(each)}}}"}


def test_the_line_that_is_told_can_be_copied_and_filled_in(check):
    """One line for all series, not one that has to be put together."""
    line = check(LATER.encode())[0].facts["nearest"]
    filled = line.replace("…%", "3%").replace("because: …", "because: Raming.")
    assert check(f"{LATER}{filled}\n".encode()) == []


def test_what_is_written_as_it_is_told_is_taken(check):
    assert check((LATER + ON).encode()) == []


def test_a_year_of_a_price_is_told_once_for_each_series(check):
    """Two amounts of one year past the series; and of one before it, which has no way on."""
    text = SCENARIO.replace("price_year: 2024\n  - {id: vrij", "price_year: 2029\n  - {id: vrij")
    text = text.replace(
        "    price_year: 2024\n    payers: {gemeente: 100%}",
        "    price_year: 2029\n    payers: {gemeente: 100%}",
    )
    (told,) = check(text.encode())
    assert (told.code, told.facts["year"]) == ("index-year-missing", 2029)
    assert told.facts["nearest"] == "indices: {cpi: {2026: …%, …, 2029: …%, because: …}}"
    (early,) = check(text.replace("price_year: 2029", "price_year: 1990").encode())
    assert (early.facts["year"], early.facts["nearest"]) == (1990, "")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("cpi: {2025: 3%, because: x}", ["index-year-known"]),
        ("cpi: {2026: 3%, 2028: 2%, because: x}", ["index-year-gap"]),
        ("cpi: {2028: 2%, because: x}", ["index-year-gap"]),
        ("cpj: {2026: 3%, because: x}", ["index-unknown"]),
        ("cpi: {2026: 3%}", ["field-missing"]),
        ("cpi: {2026: 3.1, because: x}", ["number-out-of-range"]),
        ('cpi: {2026: "3,1%", because: x}', ["number-decimal-comma"]),
        ("cpi: {2026: 3,1%, because: x}", ["number-comma-in-braces"]),
        ("cpi: {2026: 3%, becuase: x}", ["field-unknown"]),
        ("cpi: {2026: 3%, because: x, source: nergens}", ["source-unknown"]),
        ("cpi: {26: 3%, because: x}", ["number-comma-in-braces"]),
        ("cpi: {26-27: 3%, because: x}", ["field-unknown"]),
    ],
)
def test_a_series_is_continued_year_by_year_and_with_a_reason(check, written, found):
    assert codes(check(f"{SCENARIO}indices: {{{written}}}\n".encode())) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        cost: 1200\n", "        cost: 1200\n        index: {}\n"),
        ("cash: soft, price_year: 2023,", "cash: soft, price_year: 2023, index: {},"),
        ("payer: gemeente, per_year: 400000}", "payer: gemeente, per_year: 400000, index: {}}"),
    ],
)
def test_every_stated_amount_may_name_its_series(check, old, new):
    assert check(with_change(old, new.replace("{}", "vng-mix"), CARE)) == []
    (told,) = check(with_change(old, new.replace("{}", "vng-mixx"), CARE))
    assert (told.code, told.facts["nearest"]) == ("index-unknown", "vng-mix")


def test_a_price_of_the_library_has_its_own_series(check):
    old = "        proxy: verblijf-voorbeeldstad\n"
    found = check(with_change(old, old + "        index: cpi\n        because: x\n", CARE))
    assert codes(found) == ["index-without-value"]
