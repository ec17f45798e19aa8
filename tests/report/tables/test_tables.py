"""The tables: what stands under a line is what stands above it, added up."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from valuations import RANGE, example, example_told, example_variants, outcome, small, valued

from sroi.report.tables import prices as price_tables
from sroi.report.tables import tables
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told, told

ALL = (
    tables.activities, tables.investment, tables.outcomes, tables.corrections, tables.by_year,
    tables.by_stakeholder, tables.by_payer, tables.perspectives, tables.ranges, tables.assumptions,
    price_tables.prices, tables.without_euros,
)  # fmt: skip


@cache
def terse() -> Told:
    """The example told in whole thousands without signs, so that cells can be read as numbers."""
    shown = example_told()
    return replace(shown, numbers=replace(shown.numbers, terse=True))


def number(cell: str) -> int:
    """A cell in thousands."""
    return int(cell.replace("\u2212", "-").replace(".", ""))


def column(table: Table, place: int) -> list[int]:
    """A column as numbers, without its total."""
    return [number(row[place]) for row in table.rows]


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_table_has_a_cell_under_every_head(make, lang):
    """In every row, also the last; and it is named as the function that makes it."""
    table = make(example_told(lang))
    rows = table.rows + [row for _, group in table.groups for row in group]
    assert table.key == make.__name__
    assert rows
    assert {len(row) for row in [*rows, table.foot or rows[0]]} == {len(table.heads)}
    assert all(isinstance(cell, str) for row in rows for cell in row)
    assert max(table.figures, default=0) < len(table.heads)


@pytest.mark.parametrize(
    ("make", "places"),
    [
        (tables.investment, (3, 4)),
        (tables.outcomes, (3, 4)),
        (tables.by_year, (1, 2, 3, 5)),
        (tables.by_stakeholder, (1,)),
        (tables.by_payer, (1, 2, 3, 4, 5)),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_the_total_is_the_sum_of_the_rows(make: Callable[[Told], Table], places):
    """Within what rounding every row to thousands can add up to."""
    table = make(terse())
    for place in places:
        assert table.foot
        off = sum(column(table, place)) - number(table.foot[place])
        assert abs(off) <= 0.5 * (len(table.rows) + 1)


def test_what_a_payer_gains_and_pays_is_its_balance():
    """Hard, soft and PM less the investment, for each of them and for all."""
    table = tables.by_payer(terse())
    for row in [*table.rows, table.foot]:
        *parts, balance = map(number, row[1:6])
        assert abs(sum(parts) - balance) <= 2


def test_the_payer_with_most_at_stake_comes_first():
    """Whether it gains or loses."""
    balances = [abs(balance) for balance in column(tables.by_payer(terse()), 5)]
    assert balances == sorted(balances, reverse=True)


def test_the_cumulative_balance_adds_up_the_years():
    """And ends at the total of the balances."""
    table = tables.by_year(terse())
    balances, cumulative = column(table, 3), column(table, 4)
    for year in range(len(balances)):
        assert abs(sum(balances[: year + 1]) - cumulative[year]) <= 0.5 * (year + 2)
    assert abs(cumulative[-1] - number(table.foot[3])) <= 1


def test_pages_agree_on_the_total():
    """The benefits of the outcomes, of the stakeholders and of society are one amount."""
    shown = terse()
    society = tables.perspectives(shown).rows[0]
    benefits = {tables.outcomes(shown).foot[4], tables.by_stakeholder(shown).foot[1], society[1]}
    assert len(benefits) == 1
    assert tables.investment(shown).foot[4] == society[2]
    assert tables.by_payer(shown).foot[5] == society[3] == tables.by_year(shown).foot[5]
    expected = {row[0]: row[1] for row in tables.ranges(shown).rows}
    balance = shown.valuation.drawn.balance()
    assert expected["Netto contante waarde"] == shown.banded.money(float(balance.mean()))


def test_percentiles_go_up():
    """From P5 over the median to P95."""
    for row in tables.ranges(terse()).rows[:3]:
        assert number(row[2]) <= number(row[3]) <= number(row[4])


def test_every_outcome_is_in_one_of_two_tables():
    """Those in euros and those without."""
    shown = example_told()
    priced = [row[0] for row in tables.outcomes(shown).rows]
    unpriced = [row[0] for row in tables.without_euros(shown).rows]
    assert sorted(priced + unpriced) == sorted(shown.say(o.what) for o in shown.scenario.outcomes)


def test_variants_stand_under_the_base():
    """Each with its own numbers, and the base with those of page 1."""
    table = tables.variants(example_told(), example_variants())
    assert [row[0] for row in table.rows] == ["basis", *example().loaded.variants]
    assert len({row[1] for row in table.rows}) == len(table.rows)
    assert table.rows[0][1] == example_told().banded.money(example().drawn.balance().mean())


def test_a_variant_may_be_called_as_the_base_is():
    """It has a row of its own."""
    answer = next(iter(example_variants().values()))
    table = tables.variants(example_told(), {"basis": answer})
    assert [row[0] for row in table.rows] == ["basis", "basis"]
    money = example_told().banded.money
    assert [row[1] for row in table.rows] == [
        money(example().drawn.balance().mean()), money(answer.net_present_value.mean),
    ]  # fmt: skip


def test_a_price_is_moved_to_the_year_of_the_report():
    """By the factor of its index, which for old prices is above one."""
    shown = example_told()
    library, year = shown.valuation.loaded.library, shown.scenario.basis.price_year
    rows = {row[0].rpartition("(")[2].rstrip(")"): row for row in price_tables.prices(shown).rows}
    assert len(rows) > 8
    for key, row in rows.items():
        proxy = library.proxies[key]
        factors = library.indices[proxy.index].factors
        moved = proxy.value.value or proxy.value.best or sum(proxy.value.uniform) / 2
        moved *= factors[proxy.price_year] / factors[year]
        assert f"({proxy.price_year}" in row[1]
        decimals = 2 if moved < 1000 else 0
        assert row[2] in {f"{shown.numbers.euro(moved, places)}/{proxy.thing}" for places in (0, 2)}
        assert decimals == 0 or "," in row[2]


def test_a_tariff_stands_beside_its_price():
    """What the payer pays is an assumption too."""
    shown = example_told()
    tariffs = [path for path in shown.assumptions if path.endswith(".tariff")]
    cells = " ".join(row[1] for row in price_tables.prices(shown).rows)
    assert tariffs
    assert [path for path in tariffs if f"tarief {shown.quantity(path)}" not in cells] == []


def test_years_that_say_the_same_stand_in_one_row():
    """And those that do not, apart; above them that they go together."""
    wide = {"low": 2, "best": 3, "high": 4, "because": "Voorbeeld."}
    table = tables.assumptions(
        told(valued(small(basis__years=4, activities__volume=[1, wide, wide, 5])), "nl")
    )
    ((_, rows),) = [group for group in table.groups if "(activities.steun)" in group[0]]
    assert rows[0][:2] == ["omvang\nvolume", "gemiddeld 3 per jaar (2,5 – 3,5)"]
    assert rows[0][2] == told(valued(small()), "nl").words("years.together")
    assert [row[0].split("\n") for row in rows[1:]] == [
        [f"omvang {years}", f"volume.{years}"] for years in ("2026", "2027–2028", "2029")
    ]


def test_a_range_without_width_is_a_dash():
    """In a scenario in which nothing is uncertain."""
    shown = told(valued(small()), "nl")
    assert {row[-1] for row in tables.outcomes(shown).rows} == {"–"}
    assert {row[6] for row in tables.by_payer(shown).rows} == {"–"}


def test_causal_effects_have_no_corrections():
    """They have been corrected by the research; the table says so three times."""
    causal = {"effect_basis": "causal", "rate": RANGE}
    scenario = small()
    other = outcome(2, **causal)
    for name in ("deadweight", "displacement", "attribution_to_others"):
        del other[name]
    scenario["outcomes"].append(other)
    gross, after = tables.corrections(told(valued(scenario), "nl")).rows
    assert gross[1:4] == ["0%", "0%", "0%"]
    assert after[1:4] == ["n.v.t."] * 3
