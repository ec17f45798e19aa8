"""A report made with a layer carries what it used of it, and is right where that layer is not."""

import datetime
from functools import cache

import pytest
from alone import Here
from printed import kept
from reviews import CONTRACT, OWN, layer_of, said
from valuations import LIBRARY, RANGE, page, small, write

from sroi.analysis.valuation.valuation import Valuation, value
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.layered import layered
from sroi.inputs.text.yaml_text import parse
from sroi.report.files.attached import LAYER
from sroi.report.files.attached import LIBRARY as PRICES
from sroi.report.pages.page import rendered
from sroi.report.pdf.evidence import Asked, evidence
from sroi.report.pdf.pdf import Attachment
from sroi.report.pdf.verdict import Verdict
from sroi.report.pdf.verified import verified

PRICE = "huishoudelijke-hulp-uur"
BECOMES = {"low": "30", "value": "35", "high": "40", "source": "tatooheene-2024[tabel 4]"}


def scenario(price: str = PRICE) -> dict:
    """One outcome at one price of the library."""
    told = small(outcomes__rate=RANGE, outcomes__proxy=price)
    told |= {"scenario": "met-laag", "proxies": [], "sources": [], "date": "2026-03-01"}
    for name in ("value", "price_year", "payers", "cash"):
        told["outcomes"][0].pop(name, None)
    return told


def reviews() -> list[dict]:
    """Two of the price that is used, and one of another."""
    return [
        said(LIBRARY, PRICE, "Een hogeschool", "2026-02-01", becomes=BECOMES),
        said(LIBRARY, PRICE, "Een ander", "2026-01-01"),
        said(LIBRARY, "ziekenhuisdag", "Een hogeschool", "2026-02-01"),
    ]


@cache
def with_layer(price: str) -> Valuation:
    """That scenario, valued with a layer."""
    layer = layer_of(*reviews(), name="Stichting Voorbeeld", proxies=[OWN], sources=[CONTRACT])
    return value(load(write(scenario(price), "met-laag.yaml"), library=layered(LIBRARY, layer)))


@cache
def made(price: str = PRICE) -> tuple[str, tuple[Attachment, ...]]:
    """The summary of a report with a layer, which is soon printed, and what goes along."""
    valuation = with_layer(price)
    asked = Asked("nl", "sroi run met-laag.yaml", summary_only=True)
    html = rendered(asked.filled(valuation, {}), for_print=True)
    return html, tuple(evidence(valuation, asked))


def verdict(price: str = PRICE, **changed: bytes) -> Verdict:
    """What comes of checking it, with something else in one of its files."""
    html, files = made(price)
    names = {"layer": LAYER, "library": PRICES}
    others = {names[key]: content for key, content in changed.items()}
    files = tuple(
        Attachment(x.name, x.kind, x.relation, x.what, others.get(x.name, x.content)) for x in files
    )
    return verified(kept(html, files, datetime.date(2026, 3, 1))[0], Here())


def held(name: str, price: str = PRICE) -> bytes:
    """A file that goes along."""
    return next(file.content for file in made(price)[1] if file.name == name)


def test_it_is_right_without_the_layer():
    """The prices of sroi are untouched; what the organisation says is told beside them."""
    found = verdict()
    assert (found.right, found.as_made) == (True, True)
    keys = [check.key for check in found.inputs]
    assert "library_true" in keys
    check = next(one for one in found.inputs if one.key == "layer_claimed")
    told = {one.facts["field"]: one.facts for one in check.parts}
    assert told["value"] | {"was": "", "now": ""} == {
        "id": PRICE, "field": "value", "by": "Een hogeschool", "on": "2026-02-01",
        "place": BECOMES["source"], "was": "", "now": "",
    }  # fmt: skip
    assert (told["value"]["was"], told["value"]["now"]) == ("32.76", "35")
    assert check.facts["name"] == "Stichting Voorbeeld"


def test_only_what_is_used_goes_along():
    """Nobody need know what else an organisation looked at; which file it was can be told."""
    data = parse(held(LAYER), LAYER).data
    assert {review["price"] for review in data["reviews"]} == {PRICE}
    assert data["proxies"] == []
    assert data["part_of"].startswith("l-")
    assert layered(LIBRARY, parse(held(LAYER), LAYER)).layer.sign == data["part_of"]


def test_an_own_price_of_the_organisation():
    """Is a claim, with its source; and the report is right."""
    found = verdict("eigen-uur")
    assert found.right
    check = next(one for one in found.inputs if one.key == "layer_claimed")
    (own,) = (one for one in check.parts if one.key == "claim_own")
    assert own.facts == {
        "id": "eigen-uur", "value": "50", "unit": "EUR/uur", "source": "contract[bijlage 2]"
    }  # fmt: skip
    whole = Asked("nl", "x").filled(with_layer("eigen-uur"), {})
    assert "prijs van de organisatie" in rendered(whole, for_print=True)


def test_a_price_of_sroi_that_is_another_one_is_still_wrong():
    """A layer beside it does not make it right."""
    text = held(PRICES).decode()
    assert text.count("best: 32.76") == 1
    found = verdict(library=text.replace("best: 32.76", "best: 33.76").encode())
    assert not found.right
    assert "library_untrue" in [check.key for check in found.inputs]


def test_a_layer_that_was_changed():
    """Gives other numbers than those that are stated."""
    text = held(LAYER).decode()
    found = verdict(layer=text.replace("value: 35", "value: 36").encode())
    assert not found.right


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_tells_who_looked_at_what(lang):
    """With what changed, and that two people do not agree."""
    layer = layered(LIBRARY, layer_of(*reviews(), name="Stichting Voorbeeld"))
    valuation = value(load(write(scenario(), "met-laag.yaml"), library=layer))
    told = rendered(Asked(lang, "x").filled(valuation, {}), for_print=True)
    amounts = "32,76 → 35" if lang == "nl" else "32.76 → 35"
    for words in ("Stichting Voorbeeld", layer.layer.sign, "Een hogeschool", "Een ander", amounts):
        assert words in told
    assert LAYER in told


def test_a_report_without_a_layer_says_nothing_of_one():
    """And carries none."""
    told = page(scenario())
    assert LAYER not in told
    assert "naast de bron heeft gelegd, en wat" not in told


@pytest.mark.parametrize(
    ("lang", "who"),
    [
        ("nl", "Van de 1 gebruikte prijzen zijn er 1 nagekeken, door Een hogeschool."),
        ("en", "Of the 1 prices in use 1 were looked at, by Een hogeschool."),
    ],
)
def test_the_short_form_tells_it_too(lang, who):
    """The layer by name and mark, and who looked at how many of the prices."""
    layer = layered(LIBRARY, layer_of(*reviews(), name="Stichting Voorbeeld"))
    valuation = value(load(write(scenario(), "met-laag.yaml"), library=layer))
    told = rendered(Asked(lang, "x", short=True).filled(valuation, {}), for_print=True)
    for words in ("Stichting Voorbeeld", layer.layer.sign, who):
        assert words in told
