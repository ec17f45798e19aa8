"""The rules between the parts of a scenario, beside the smallest broken file of each."""

import re
from pathlib import Path

import pytest
from valid_scenario import SCENARIO, with_change

from sroi.inputs.rules import scenario as rules
from sroi.model.uncertain.sampling import draws_used

SEH = "    proxy: seh-bezoek\n"
OTHER = """\
  - id: seh-later
    what: Later minder bezoek
    stakeholder: ouderen
    of: huisbezoek
    rate: 1%
    proxy: seh-bezoek
    effect_basis: causal
"""
PRICED = "    proxy: seh-bezoek\n    effect_basis: causal\n"


def told(problems) -> list[tuple[str, str]]:
    """Each problem as its code and the line it quotes."""
    return [(problem.code, problem.excerpt.strip()) for problem in problems]


def codes(problems) -> set[str]:
    return {problem.code for problem in problems}


def test_a_full_scenario_has_no_findings(check):
    assert check(SCENARIO.encode()) == []


def test_every_rule_is_in_the_list_once():
    texts = [path.read_text() for path in Path(rules.__file__).parent.glob("*.py")]
    written = re.findall(
        r"^def ([a-z]\w+)\(c: Checked\) -> Iterator\[Problem\]:", "\n".join(texts), re.MULTILINE
    )
    assert sorted(written) == sorted(rule.__name__ for rule in rules.RULES)


def test_every_rule_names_its_codes():
    for rule in rules.RULES:
        assert re.match(r"[a-z]+(-[a-z]+)*", rule.__doc__), rule.__name__


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "nearest"),
    [
        ("of: huisbezoek\n    rate: {low", "of: huisbezoeken\n    rate: {low", "activity-unknown",
         "of: huisbezoeken", "huisbezoek"),
        ("stakeholder: mantelzorgers", "stakeholder: mantelzorger", "stakeholder-unknown",
         "stakeholder: mantelzorger", "mantelzorgers"),
        (SEH, "    proxy: seh-bezoekje\n", "proxy-unknown", "proxy: seh-bezoekje", "seh-bezoek"),
        ("proxy: vrijwilligersuur", "proxy: vrijwilliger", "proxy-unknown",
         "proxy: vrijwilliger}", "vrijwilligersuur"),
        ("payer: inwoner", "payer: inwoners", "payer-unknown",
         "- {id: vrijwilligers, what: Vrijwilligers, payer: inwoners, in_kind: true, volume: 3000, "
         "unit: uur,", "inwoner"),
        ("buurtfonds: 20%}", "buurtfons: 20%}", "payer-unknown",
         "payers: {gemeente: 80%, buurtfons: 20%}", "buurtfonds"),
        ('"eigen-meting[bijlage]"', '"eigen-metin[bijlage]"', "source-unknown",
         'source: "eigen-metin[bijlage]"', "eigen-meting"),
        ("discounting: nl-2021", "discounting: nl-221", "regime-unknown",
         "discounting: nl-221", "nl-2021"),
    ],
)  # fmt: skip
def test_a_reference_that_nobody_knows_names_the_nearest(check, old, new, code, line, nearest):
    (problem,) = check(with_change(old, new))
    assert (problem.code, problem.excerpt.strip()) == (code, line)
    assert problem.facts["nearest"] == nearest


def test_a_proxy_with_a_path_in_it_is_no_id(check):
    """It is only ever looked up in the library, and never opened."""
    for name in ("../proxies/ziekenhuis", "/etc/passwd", "seh-bezoek.yaml", "..", '"C:\\\\x"'):
        assert codes(check(with_change(SEH, f"    proxy: {name}\n"))) == {"id-unreadable"}


def test_an_own_proxy_may_not_hide_one_of_the_library(check):
    text = SCENARIO.replace("begeleiding-voorbeeldstad", "seh-bezoek")
    assert ("id-taken", "- id: seh-bezoek") in told(check(text.encode()))


@pytest.mark.parametrize(
    "written",
    ["payers: {gemeente: 80%}", "payers: {gemeente: 60%, inwoner: 60%}", "payers: {}",
     "payers: {gemeente: 120%, inwoner: -20%}"],
)  # fmt: skip
def test_shares_of_payers_add_up(check, written):
    """To 100 %, without a negative share, for proxies and for investments."""
    content = with_change("    payers: {gemeente: 100%}", f"    {written}")
    assert told(check(content)) == [("payers-sum", written)]
    content = with_change("    payers: {gemeente: 80%, buurtfonds: 20%}", f"    {written}")
    assert told(check(content)) == [("payers-sum", written)]


@pytest.mark.parametrize("name", ["deadweight", "displacement", "attribution_to_others"])
def test_an_outcome_of_a_controlled_comparison_is_not_corrected_again(check, name):
    content = with_change(
        "    effect_basis: causal\n", f"    effect_basis: causal\n    {name}: 1%\n"
    )
    (problem,) = check(content)
    assert (problem.code, problem.facts["key"]) == ("causal-with-corrections", name)
    assert problem.excerpt.strip() == f"{name}: 1%"


def test_a_gross_outcome_in_euros_has_all_corrections(check):
    """In the order of the formula; an outcome without euros needs none."""
    problems = check(with_change("    effect_basis: causal\n", ""))
    keys = [problem.facts["key"] for problem in problems]
    assert codes(problems) == {"correction-missing"}
    assert keys == ["deadweight", "displacement", "attribution_to_others"]


def test_zero_is_a_claim(check):
    content = with_change(
        "displacement: {value: 0%, because: Er wordt niets verdrongen.}", "displacement: 0"
    )
    (problem,) = check(content)
    assert (problem.code, problem.severity) == ("zero-without-reason", "warning")


@pytest.mark.parametrize(
    "override",
    ["value: 300", "price_year: 2023", "payers: {inwoner: 100%}", "cash: hard", "overlap: groep"],
)
def test_what_departs_from_the_proxy_needs_a_reason(check, override):
    code = "override-without-reason"
    assert (code, override) in told(check(with_change(SEH, f"{SEH}    {override}\n")))
    content = with_change(SEH, f"{SEH}    {override}\n    because: Contract.\n")
    assert code not in codes(check(content))


def test_a_price_of_ones_own_has_its_own_year(check):
    """Without one it would silently be a price of the year of the proxy."""
    priced = f"{SEH}    value: 300\n    because: Contract.\n"
    (problem,) = check(with_change(SEH, priced))
    assert (problem.code, problem.severity) == ("value-without-price-year", "warning")
    assert problem.facts["year"] == 2022
    assert check(with_change(SEH, priced + "    price_year: 2024\n")) == []


def test_an_own_price_of_another_year_says_its_series(check):
    """Where the library's price does not go by consumer prices; and only an own price may."""
    priced = f"{SEH}    value: 300\n    because: Contract.\n    price_year: 2022\n"
    (problem,) = check(with_change(SEH, priced))
    assert (problem.code, problem.severity) == ("value-without-index", "warning")
    assert problem.facts["index"] == "msz-mix"
    for series in ("cpi", "msz-mix"):
        assert check(with_change(SEH, f"{priced}    index: {series}\n")) == []
    (problem,) = check(with_change(SEH, f"{priced}    index: cpj\n"))
    assert (problem.code, problem.facts["nearest"]) == ("index-unknown", "cpi")
    (problem,) = check(with_change(SEH, f"{SEH}    index: cpi\n    because: Contract.\n"))
    assert (problem.code, problem.severity) == ("index-without-value", "error")


def test_a_price_that_is_not_used_may_be_weak_or_in_pounds(check):
    """Where an outcome states its own: then only payers and kind of money are the library's."""
    proxy = (
        "proxies:\n  - {id: zwak, name: Zwak, value: 1, unit: GBP/bezoek, price_year: 2024, "
        'evidence: D, payers: {gemeente: 100%}, cash: soft, source: "tatooheene-2024[p. 1]"}\n'
    )
    of_ones_own = "    proxy: zwak\n    value: 300\n    price_year: 2024\n    because: Contract.\n"
    content = with_change(SEH, of_ones_own).replace(b"proxies:\n", proxy.encode())
    assert check(content) == []
    told = codes(check(content.replace(b"    value: 300\n", b"")))
    assert told == {"proxy-weak", "currency-mismatch"}


def test_the_reasons_of_an_example_are_to_be_replaced(check):
    """What a new scenario begins with is no reason of the one who uses it."""
    content = SCENARIO.replace("because: Meting.", "because: 'Voorbeeld: vervang dit.'")
    (problem,) = check(content.encode())
    assert (problem.code, problem.severity) == ("reasons-are-examples", "warning")
    assert problem.facts == {"count": 1}


def test_an_example_in_the_story_is_to_be_replaced_too(check):
    """In two languages it is one text, and it may stand in a list or deep inside."""
    story = (
        "decision: {nl: 'Voorbeeld: vervang dit. Ja.', en: 'Example: replace this. Yes.'}\n"
        "canvas: {intervention: x, why: 'Voorbeeld: vervang dit.', expected_effect: x, aim: y,\n"
        "  more_than: ['Example: replace this.', Eigen tekst.]}\n"
    )
    (problem,) = check((SCENARIO + story).encode())
    assert (problem.code, problem.facts) == ("reasons-are-examples", {"count": 3})
    assert problem.path == ("decision",)


def test_an_outcome_has_a_price_or_none(check):
    assert codes(check(with_change(SEH, ""))) == {"price-missing"}
    assert codes(check(with_change(SEH, "    value: 100\n    because: x\n"))) == {"price-missing"}
    assert codes(check(with_change(SEH, SEH + "    value: none\n    because: x\n"))) == {
        "price-twice"
    }
    assert codes(check(with_change("    because: Hiervoor is geen prijs.\n", ""))) == {
        "none-without-reason"
    }


def test_what_is_counted_is_what_is_priced(check):
    (problem,) = check(with_change("    unit: bezoek\n", "    unit: uur\n"))
    assert problem.code == "unit-mismatch"
    assert (problem.facts["unit"], problem.facts["thing"]) == ("uur", "bezoek")
    assert codes(check(with_change("unit: uur,\n", "unit: dag,\n"))) == {"unit-mismatch"}


def test_prices_are_in_the_currency_of_the_scenario(check):
    problems = check(with_change("  years: 5\n", "  years: 5\n  currency: GBP\n"))
    assert codes(problems) == {"currency-mismatch"}
    assert {problem.facts["proxy"] for problem in problems} == {
        "vrijwilligersuur", "seh-bezoek", "begeleiding-voorbeeldstad",
    }  # fmt: skip


def test_one_group_counts_once_for_one_stakeholder(check):
    """Two outcomes in a group of overlap add up only when they are about different people."""
    two = SCENARIO.replace("proxies:\n  -", OTHER + "proxies:\n  -")
    for whom, expected in (("ouderen", {"overlap"}), ("mantelzorgers", set())):
        text = two.replace(
            "    proxy: seh-bezoek\n", "    proxy: seh-bezoek\n    overlap: spoed\n    because: x\n"
        ).replace("bezoek\n    stakeholder: ouderen", f"bezoek\n    stakeholder: {whom}")
        assert codes(check(text.encode())) == expected


def test_an_outcome_starts_within_the_years(check):
    assert check(with_change("    starts: 1\n", "    starts: 5\n")) == []
    (problem,) = check(with_change("    starts: 1\n", "    starts: 6\n"))
    assert (problem.code, problem.excerpt.strip()) == ("starts-after-horizon", "starts: 6")
    later = with_change("    starts: 1\n", "    starts: 6\n")
    later = later.replace(b"basis:\n", b"basis:\n  horizon: count\n")
    assert check(later) == []
    (problem,) = check(later.replace(b"starts: 6", b"starts: 101"))
    assert problem.facts == {"id": problem.facts["id"], "starts": 101, "years": 100}


@pytest.mark.parametrize("count", [1, 4, 6])
def test_a_list_has_a_number_for_every_year(check, count):
    """A list of one is a list too short; one number outside a list holds for all years."""
    written = f"volume: [{', '.join(['3000'] * count)}], unit"
    (problem,) = check(with_change("volume: 3000, unit", written))
    assert (problem.code, problem.facts["found"], problem.facts["expected"]) == (
        "years-count",
        count,
        5,
    )


def test_a_price_year_needs_a_figure_of_the_index(check):
    (problem,) = check(
        with_change(
            "price_year: 2024\n    payers: {gemeente: 100",
            "price_year: 1990\n    payers: {gemeente: 100",
        )
    )
    assert (problem.code, problem.facts["year"], problem.facts["index"]) == (
        "index-year-missing", 1990, "cpi",
    )  # fmt: skip
    old, new = (f"  price_year: {year}\n  ranges_cover" for year in (2024, 2041))
    found = check(with_change(old, new))
    assert {one.facts["index"] for one in found} == {"cpi", "msz-mix"}
    for told in found:
        facts = (told.code, told.facts["wanted"], told.facts["last"])
        assert facts == ("index-basis-year", 2041, 2025)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("volume: 3000, unit: uur,\n     proxy", "unit: uur,\n     proxy", "investment-form"),
        (",\n     proxy: vrijwilligersuur}", "}", "investment-form"),
        ("volume: 3000", "per_year: 5, volume: 3000", "investment-form"),
        ("payer: inwoner, ", "", "investment-payer"),
        ("payer: inwoner", "payer: inwoner, payers: {inwoner: 1}", "investment-payer"),
        ("discounting: nl-2021", "discounting: {rate: 3%}", "discounting-form"),
        ("discounting: nl-2021", "discounting: {timing: mid_year}", "discounting-form"),
        ("discounting: nl-2021", "discounting: {regime: nl-2021, rate: 3%}", "discounting-form"),
        ("discounting: nl-2021", "discounting: {}", "discounting-form"),
    ],
)  # fmt: skip
def test_what_is_written_in_two_ways_or_half(check, old, new, code):
    assert codes(check(with_change(old, new))) == {code}


def test_sources_of_ranges_are_known_and_say_where(check):
    old = 'source: "eigen-meting[p. 3]"'
    assert codes(check(with_change(old, 'source: "eigen[p. 3]"'))) == {"source-unknown"}
    assert codes(check(with_change(old, "source: eigen-meting"))) == {"source-without-place"}


def test_a_source_that_only_a_variant_refers_to_is_used(check):
    """And one that a variant does without is."""
    without = SCENARIO.replace("eigen-meting[", "seor-2020[")
    assert codes(check(without.encode())) == {"source-unused"}
    rate = '{low: 1%, best: 2%, high: 3%, because: Geteld., source: "eigen-meting[p. 3]"}'
    variants = f"variants:\n  anders:\n    outcomes.minder-seh.rate: {rate}\n"
    assert codes(check(without.replace("variants:\n", variants).encode())) == set()
    assert codes(check(SCENARIO.encode())) == set()


def test_a_range_without_a_reason_is_a_warning_with_its_path(check):
    (problem,) = check(with_change(", because: Groei.", ""))
    assert (problem.code, problem.severity) == ("reason-missing", "warning")
    assert problem.facts["path"] == "activities.huisbezoek.volume.2028"
    assert problem.excerpt[problem.column - 1 :].startswith("{low: 350")


def test_correlations_that_cannot_exist_name_the_offending_pair(check):
    """Three that go together two by two, but for one pair that goes against."""
    old = SCENARIO.partition("correlations:")[2].partition("variants:")[0]
    one, two, three = (
        f"outcomes.minder-seh.{name}" for name in ("rate", "deadweight", "attribution_to_others")
    )
    new = "".join(
        f"\n  - {{of: [{first}, {second}], rho: {rho}}}"
        for first, second, rho in [(one, two, 0.7), (two, three, 0.7), (three, one, -0.95)]
    )
    (problem,) = check(with_change(old, new + "\n"))
    assert problem.code == "correlation-impossible"
    assert {problem.facts["first"], problem.facts["second"]} == {one, three}
    assert "rho: -0.95" in problem.excerpt


@pytest.mark.parametrize(
    ("of", "code"),
    [
        ("[outcomes.minder-seh.rate, outcomes.minder-seh.rat]", "correlation-path-unknown"),
        ("[outcomes.minder-seh.rate, outcomes.minder-seh.lasts]", "correlation-certain"),
        ("[outcomes.minder-seh.rate, outcomes.minder-seh.rate]", "correlation-twice"),
        ("[outcomes.minder-seh.rate, proxies.seh-bezoek.value]", None),
        ("[outcomes.minder-seh.rate, activities.huisbezoek.volume.2028]", None),
        ("[outcomes.minder-seh.rate, activities.huisbezoek.volume]", "correlation-path-unknown"),
    ],
)
def test_correlations_are_between_uncertain_numbers(check, of, code):
    content = with_change("[outcomes.minder-seh.deadweight, outcomes.minder-seh.rate]", of)
    assert codes(check(content)) == ({code} if code else set())


def test_a_number_of_draws_that_is_rounded_is_told(check):
    """To what the model makes of it, whatever the way of drawing."""
    (problem,) = check(with_change("draws: 4096", "draws: 5000"))
    assert (problem.code, problem.facts) == ("draws-rounded", {"found": 5000, "used": 8192})
    for draws in (16, 17, 4096, 5000, 8192):
        for method in ("sobol", "plain", "latin-hypercube"):
            written = with_change("draws: 4096", f"draws: {draws}\n  sampling: {method}")
            found = {problem.facts["used"] for problem in check(written)} or {draws}
            assert found == {draws_used(method, draws)}


def test_an_outcome_that_may_get_worse_is_missed(check):
    """Not when an outcome without euros is there, nor when a rate may be negative."""
    text = SCENARIO.replace("{uniform: [-4%, -1%], b", "{uniform: [1%, 4%], b")
    assert check(text.encode()) == []
    text = text.replace("{normal: {p5: 0.5, p95: 1.5}", "{uniform: [1, 2]")
    euros = text.replace("    value: none\n    because: Hiervoor is geen prijs.\n", PRICED)
    assert codes(check(euros.encode())) == {"no-negative-outcome"}


DECIMALS = "number-three-decimals"


@pytest.mark.parametrize(
    ("old", "new", "code", "meant"),
    [
        ("{uniform: [-4%, -1%], b", "{uniform: [-12.345%, -1%], b", DECIMALS, "-12.3450%"),
        ("drop_off: 30%", "drop_off: 12.345 %", DECIMALS, "12.3450%"),
        ("    lasts: 3\n", "    lasts: 1.125\n", DECIMALS, "1.1250"),
        ("volume: 3000, unit", "volume: 3.000, unit", "number-ambiguous", "3.0000"),
        ("drop_off: 30%", "drop_off: {beta: {yes: 1.200, no: 3}}", "number-ambiguous", "1.2000"),
    ],
)
def test_an_ambiguous_number_knows_its_field(check, old, new, code, meant):
    """What a field does not allow is not offered; counts and sizes may be either."""
    content = SCENARIO.replace(old, new)
    assert content != SCENARIO
    (problem,) = [one for one in check(content.encode()) if one.severity == "error"]
    assert (problem.code, problem.facts["decimal"]) == (code, meant)


def test_keys_that_another_program_turned_into_true_and_false(check):
    """`yes`, `no` and `on`, as YAML of another kind writes them."""
    rate = "drop_off: {because: Geteld., beta: {true: 1, false: 3}}"
    problems = check(SCENARIO.replace("drop_off: 30%", rate).encode())
    assert [(one.code, one.facts["key"], one.facts["meant"]) for one in problems] == [
        ("key-turned", "true", "yes"), ("key-turned", "false", "no"),
    ]  # fmt: skip
