"""What the price library holds, beside the notes of its sources: amounts, years, indices, traps.

`golden/library.yaml` was made from those notes, by another way than the library itself.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from sroi import shipped
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import check_file
from sroi.inputs.library.library import Proxy
from sroi.inputs.quantity.quantity import ANY
from sroi.model.lines.indexation import factor
from sroi.model.uncertain.distributions import distribution

LIBRARY = shipped_library()
HERE = Path(__file__).parents[2]
NOTED: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (HERE / "golden" / "library.yaml").read_text("utf-8")
)
THEMES = pytest.mark.parametrize("theme", sorted(LIBRARY.themes))

# As the sources state them: an amount, and the words around it in the quote.
SPOKEN = {
    "seh-bezoek": (258, "Emergency care = 258"),
    "huisarts-consult": (30.87, "average consultation"),
    "ambulancerit-spoed": (657, "urgent transport = 657"),
    "intensive-care-dag": (2727, "intensive care"),
    "revalidatiecentrum-dag": (910, "rehabilitation center"),
    "verblijfsdag-licht-verstandelijke-beperking": (345, "mildly intellectually"),
    "taxi-km": (2.47, "price per kilometer) = 2.47"),
    "heling-incident": (929, "stolen goods = 929"),
    "detentiedag-2016": (250, "250 euro per dag"),
    "heupfractuur-eerste-jaar": (27573, "27,573"),
    "femurhalsfractuur-eerste-jaar": (23869, "23.869"),
    "wlz-gebruiker-jaar": (57000, "57.000 euro per jaar in 2017"),
    "opvang-feitelijk-dakloze-jaar": (23236, "23.236 per jaar"),
    "gezinshuis-kind-jaar": (60327, "60.327 per kind"),
    "begeleiding-plus-tarief-uur": (85.2, "plus: 85.2"),
    "jeugd-verblijf-basis-etmaal": (116.8, "basis: 116.8"),
    "beschermingsbewind-jaar": (1814, "1.814"),
    "laaggeletterdheid-eigen-kosten-jaar": (575, "575 euro per jaar"),
    "zvw-kosten-medisch-specialist": (1376, "Medisch-specialistische zorg 1376"),
    "uk-huisuitzetting-complex": (6680, "HO1.0: 6680.0"),
}
# Worked out by us from two numbers of the source: spending in thousands and people, or a sum.
DERIVED = {
    "wmo-huishoudelijke-hulp-clientjaar-2019": 1_133_291_000 / 439_060,
    "wmo-ondersteuning-thuis-clientjaar-2018": 1_525_685_000 / 311_585,
    "wmo-verblijf-en-opvang-clientjaar-2019": 1_867_392_000 / 44_965,
    "wmo-hulpmiddelen-clientjaar-2017": 541_954_000 / 694_715,
    "wmo-maatwerk-clientjaar-2020": 5_615_732_000 / 1_220_910,
    "jeugd-verblijf-kind-jaar": 507_760 / 11,
    "schulden-huishoudjaar": 8_500_000_000 / 730_000,
    "bijstandsnorm-paar-jaar": 1_922.07 * 12,
    "verpleeghuisplaats-jaar": 290 * 365,
}
# What goes round and may not be used: whoever looks for it finds out why not.
TRAPS = [
    "dakloosheid-totaal-jaar", "huisuitzetting-claim", "schulden-totaal-claim",
    "eenzaamheid-landelijk", "zvw-kosten-verzekerde-80-84", "zvw-kosten-huisarts",
    "cybercrime-incident", "bedreiging-incident", "politie-uur", "jeugdzorgplus-traject-claim",
    "winternachtopvang-plaatsjaar", "thuisbegeleiding-vermeden-jeugdzorg",
    "wmo-verblijf-en-opvang-clientjaar-2017",
]  # fmt: skip
# CPI to 2024 and to 2025, as rounded in the table that the series was made with.
CPI = {
    2012: (1.357, 1.402), 2013: (1.324, 1.368), 2014: (1.311, 1.354), 2015: (1.303, 1.346),
    2016: (1.299, 1.342), 2017: (1.281, 1.323), 2018: (1.260, 1.302), 2019: (1.227, 1.267),
    2020: (1.212, 1.252), 2021: (1.180, 1.219), 2022: (1.073, 1.108), 2023: (1.033, 1.067),
    2024: (1.000, 1.033),
}  # fmt: skip
# Rises in percent as published, provisional where no final figure was found.
RISES = {
    "ova": {
        2016: 1.74, 2017: 1.54, 2018: 2.96, 2019: 3.42, 2020: 3.28, 2021: 1.5, 2022: 4.42,
        2023: 6.36, 2024: 6.00, 2025: 4.18,
    },
    "ppc": {2022: 9.25, 2023: 7.02, 2024: 3.10, 2025: 1.82},
    "vng-mix": {2023: 6.43, 2024: 5.71, 2025: 3.94},
    "cpi": {2014: 1.0, 2017: 1.4, 2020: 1.3, 2022: 10.0, 2023: 3.8, 2024: 3.3, 2025: 3.3},
}  # fmt: skip
# Rises of consumer prices, in the mixes in the place of material costs that were not read.
CONSUMER = {2016: 0.3, 2017: 1.4, 2018: 1.7, 2019: 2.6, 2020: 1.3, 2021: 2.7}
WAGES_IN = {"vng-mix": 0.9, "wlz-mix": 0.8, "msz-mix": 2 / 3}
# Care is mostly work: its prices follow the series of care, as far back as these go; below, what
# in those themes does not.
SERIES_OF_CARE = {
    "gehandicaptenzorg": {"wlz-mix"}, "ggz": {"vng-mix"}, "huisartsenzorg": {"vng-mix"},
    "jeugd": {"vng-mix"}, "ouderenzorg": {"wlz-mix", "vng-mix"}, "paramedische-zorg": {"vng-mix"},
    "revalidatie": {"msz-mix"}, "sociaal-werk": {"vng-mix"}, "thuiszorg-en-wmo": {"vng-mix"},
    "valletsel": {"msz-mix"}, "wmo-tarieven": {"vng-mix"}, "wonen-en-opvang": {"vng-mix"},
    "ziekenhuis": {"msz-mix"},
}  # fmt: skip
NO_WORK_OF_CARE = {
    "pleegvergoeding-dag": "cpi", "jeugd-besluit-administratie": "cpi",
    "wmo-besluit-administratie": "cpi", "thuiszorg-reiskosten-bezoek": "cpi",
    "wmo-hulpmiddelen-clientjaar": "cpi", "wmo-hulpmiddelen-clientjaar-2017": "cpi",
    "wmo-hulpmiddelen-clientjaar-2018": "cpi", "ziekenhuisdag-zonder-personeel": "ppc",
}  # fmt: skip


def centre(proxy: Proxy) -> float:
    """The amount at the middle of a price."""
    return distribution(proxy.value, ANY).centre


def withdrawn() -> list[str]:
    return [key for key, one in LIBRARY.proxies.items() if one.review.status == "withdrawn"]


def rise(index: str, year: int) -> float:
    """From the year before, in percent."""
    return 100 * (factor(LIBRARY.indices[index].factors, year - 1, year) - 1)


def codes(folder: Path, key: str) -> list[str]:
    """Of the problems of a Dutch scenario that uses a price."""
    text = (HERE / "broken" / "proxy-withdrawn.yaml").read_text("utf-8").partition("proxies:")[0]
    path = folder / "scenario.yaml"
    path.write_text(text.replace("proxy: eigen", f"proxy: {key}"), "utf-8")
    return [problem.code for problem in check_file(path, LIBRARY)]


def test_every_entry_was_noted_and_every_note_is_an_entry() -> None:
    """By theme, in the same order."""
    assert {theme: [one["id"] for one in noted] for theme, noted in NOTED.items()} == {
        key: [proxy.id for proxy in theme.proxies] for key, theme in LIBRARY.themes.items()
    }


@THEMES
def test_amount_year_and_currency_are_as_noted(theme: str) -> None:
    """Of every entry; the middle of two tariffs."""
    for one in NOTED[theme]:
        proxy = LIBRARY.proxies[one["id"]]
        held = (one["id"], round(centre(proxy), 4), proxy.price_year, proxy.currency)
        assert held == (one["id"], pytest.approx(one["value"]), one["year"], one["currency"])


@THEMES
def test_count_and_sum_of_a_theme_are_as_noted(theme: str) -> None:
    """So that nothing is there twice."""
    proxies = LIBRARY.themes[theme].proxies
    assert len(proxies) == len(NOTED[theme]) == len({proxy.id for proxy in proxies})
    assert sum(map(centre, proxies)) == pytest.approx(sum(one["value"] for one in NOTED[theme]))


@pytest.mark.parametrize("key", SPOKEN)
def test_an_amount_is_the_one_in_its_quote(key: str) -> None:
    """Twenty of them, typed over from the quotes."""
    proxy, (amount, words) = LIBRARY.proxies[key], SPOKEN[key]
    assert centre(proxy) == amount
    assert words in proxy.quote


@pytest.mark.parametrize("key", DERIVED)
def test_a_derived_amount_can_be_derived_again(key: str) -> None:
    """To the precision in which it is written down."""
    assert LIBRARY.proxies[key].provenance == "derived"
    assert centre(LIBRARY.proxies[key]) == pytest.approx(DERIVED[key], rel=5e-4)


def test_every_entry_says_how_it_is_known() -> None:
    """With a grade, a place in its source, and a quote unless it is from memory."""
    for proxy in LIBRARY.proxies.values():
        assert None not in (proxy.provenance, proxy.evidence), proxy.id
        assert bool(proxy.quote) == (proxy.provenance != "memory"), proxy.id
        assert proxy.source.place or proxy.source.key == "zonder-bron", proxy.id
        assert proxy.provenance != "memory" or proxy.evidence == "D", proxy.id


def test_every_text_is_in_both_languages() -> None:
    """Names, reasons, notes and reviews."""
    for proxy in LIBRARY.proxies.values():
        texts = (proxy.name, proxy.notes, proxy.review.note, proxy.value.because)
        assert all(text.nl and text.en for text in texts if text), proxy.id


def test_a_price_of_another_year_can_be_indexed_or_says_that_it_cannot() -> None:
    """The series starts in 2012 and ends in 2025."""
    for proxy in LIBRARY.proxies.values():
        known = proxy.price_year in LIBRARY.indices[proxy.index].factors
        if proxy.currency == "EUR" and not known and proxy.review.status != "withdrawn":
            assert "prijsreeks" in (proxy.notes.nl if proxy.notes else ""), proxy.id


@pytest.mark.parametrize("key", TRAPS)
def test_a_trap_is_there_and_may_not_be_used(key: str, tmp_path: Path) -> None:
    """And says why not."""
    assert key in withdrawn()
    assert "proxy-withdrawn" in codes(tmp_path, key)


def test_what_is_withdrawn_says_why() -> None:
    """In a sentence at least."""
    for key in withdrawn():
        note = LIBRARY.proxies[key].review.note
        assert (min(len(note.nl), len(note.en)) if note else 0) > 60, key


def test_single_claims_and_amounts_without_a_source_are_withdrawn() -> None:
    """What remains of grade D is the old manual, from memory."""
    for key in set(LIBRARY.proxies) - set(withdrawn()):
        proxy = LIBRARY.proxies[key]
        assert proxy.source.key != "zonder-bron"
        assert proxy.evidence != "D" or proxy.source.key == "kostenhandleiding-2015", key


def test_pounds_are_apart_and_a_dutch_scenario_refuses_them(tmp_path: Path) -> None:
    """One theme has them, and it has nothing else; nor do they move with Dutch prices."""
    pounds = {key for key, proxy in LIBRARY.proxies.items() if proxy.currency == "GBP"}
    assert pounds == {proxy.id for proxy in LIBRARY.themes["uk"].proxies}
    assert {LIBRARY.proxies[key].index for key in pounds} == {"gbp"}
    assert "currency-mismatch" in codes(tmp_path, "uk-huisuitzetting-complex")


def test_the_parts_of_a_british_total_are_its_sum_and_its_payers() -> None:
    """Five parts, as the database splits them."""
    total = LIBRARY.proxies["uk-huiselijk-geweld"]
    parts = [LIBRARY.proxies[f"{total.id}-{name}"]
             for name in ("zorg", "justitie", "politie", "jeugd", "huisvesting")]  # fmt: skip
    assert sum(map(centre, parts)) == centre(total)
    for payer, share in total.payers.items():
        paid = sum(centre(part) for part in parts if payer in part.payers)
        assert paid / centre(total) == pytest.approx(share, abs=1e-3)


def named() -> set[str]:
    """Every word of the shipped files but the list of sources: in a field, or in a comment."""
    folders = (shipped.folder("proxies"), shipped.folder("scenarios"), shipped.folder("templates"))
    files = [path for folder in folders for path in folder.glob("**/*.yaml")]
    texts = (path.read_text("utf-8") for path in files if path.name != "sources.yaml")
    return {word for text in texts for word in re.findall(r"[a-z0-9-]+", text)}


def test_every_source_is_used() -> None:
    """A source that nothing rests on is taken out."""
    assert sorted(set(LIBRARY.sources) - named()) == []


def test_every_source_says_how_it_was_read() -> None:
    """In Dutch and in English, in two paragraphs."""
    for source in LIBRARY.sources.values():
        assert len(source.note.split("\n")) >= 2, source.id


@pytest.mark.parametrize("year", CPI)
def test_consumer_prices_are_those_of_the_table(year: int) -> None:
    """To three decimals: forwards, and backwards."""
    factors = LIBRARY.indices["cpi"].factors
    for to, expected in zip((2024, 2025), CPI[year], strict=True):
        assert round(factor(factors, year, to), 3) == expected
        assert round(1 / factor(factors, to, year), 3) == expected


@pytest.mark.parametrize("index", sorted(LIBRARY.indices))
def test_a_chain_through_any_year_is_one_step(index: str) -> None:
    """Of any series, by way of any year of it."""
    factors = LIBRARY.indices[index].factors
    for here, by, there in product(factors, repeat=3):
        steps = factor(factors, here, by) * factor(factors, by, there)
        assert steps == pytest.approx(factor(factors, here, there), rel=1e-12)


@pytest.mark.parametrize(("index", "year"), [(key, y) for key in RISES for y in RISES[key]])
def test_a_rise_is_the_published_one(index: str, year: int) -> None:
    """As far as the digits of the factors go."""
    digits = 0.1 if index == "cpi" else 0.005
    assert rise(index, year) == pytest.approx(RISES[index][year], abs=digits)


@pytest.mark.parametrize("index", WAGES_IN)
@pytest.mark.parametrize("year", range(2016, 2026))
def test_a_mix_is_so_much_wages_and_the_rest_prices(index: str, year: int) -> None:
    """Consumer prices stand in where it says so."""
    mix, wages = LIBRARY.indices[index], WAGES_IN[index]
    prices = CONSUMER[year] if year in CONSUMER else rise("ppc", year)
    assert (year in mix.bridged) == (year in CONSUMER)
    expected = wages * rise("ova", year) + (1 - wages) * prices
    assert rise(index, year) == pytest.approx(expected, abs=0.006)


def care() -> list[tuple[str, Proxy]]:
    """Theme and price of care that is in force and of a year that the series of care know."""
    return [
        (key, proxy)
        for key in SERIES_OF_CARE
        for proxy in LIBRARY.themes[key].proxies
        if proxy.review.status != "withdrawn" and proxy.price_year >= 2015
    ]


def test_care_follows_what_care_costs_and_not_what_consumers_pay() -> None:
    """But for what is not work of carers, one by one."""
    for theme, proxy in care():
        other = NO_WORK_OF_CARE.get(proxy.id)
        assert proxy.index in ({other} if other else SERIES_OF_CARE[theme]), proxy.id


def test_what_is_not_care_follows_consumer_prices() -> None:
    """Goods, damages, benefits, time of people who are not paid, and amounts from before 2015."""
    cared_for = {proxy.id for _, proxy in care()}
    for proxy in LIBRARY.proxies.values():
        if proxy.currency == "EUR" and proxy.id not in cared_for:
            assert proxy.index == "cpi", proxy.id


@pytest.mark.parametrize(("key", "known"), [("huishoudelijke-hulp-uur", (31.80, 32.40)),
                                            ("begeleiding-uur", (55.80, 85.20))])  # fmt: skip
def test_a_tariff_comes_back_as_it_was_read(key: str, known: tuple[float, float]) -> None:
    """Brought back from 2023 by the series by which it is moved again, to half a cent."""
    proxy = LIBRARY.proxies[key]
    forward = factor(LIBRARY.indices[proxy.index].factors, proxy.price_year, 2023)
    assert proxy.tariff
    bounds = proxy.tariff.bounds
    assert bounds
    assert [bound * forward for bound in bounds] == pytest.approx(known, abs=0.0054)


@pytest.mark.parametrize("index", sorted(LIBRARY.indices))
def test_years_that_may_change_are_years_of_the_series_and_stand_in_its_notes(index: str) -> None:
    """Provisional ones and bridged ones."""
    one = LIBRARY.indices[index]
    assert set(one.provisional) | set(one.bridged) <= set(one.factors)
    for year in (*one.provisional, *one.bridged):
        for words in (one.notes.nl, one.notes.en) if one.notes else ("",):
            assert str(year) in words


def test_an_index_says_which_years_may_change() -> None:
    """And those of consumer prices are final."""
    told = {key: (one.provisional, one.bridged) for key, one in LIBRARY.indices.items()}
    before = [2017, 2018, 2019, 2025]
    assert told["ova"] == (before, [])
    assert told["ppc"] == ([2025], [])
    for mix in WAGES_IN:
        assert told[mix] == (before, sorted(CONSUMER))
    assert told["cpi"] == ([], [])
