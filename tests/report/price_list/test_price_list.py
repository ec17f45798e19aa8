"""The price library as people read it."""

import pytest
from valuations import LIBRARY

from sroi.problems import Unusable
from sroi.report.price_list.price_list import amount, as_table, found, in_full
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words

LANGS = pytest.mark.parametrize("lang", ["nl", "en"])


def ids(theme: str | None = None, payer: str | None = None, search: str | None = None) -> list[str]:
    """Of the prices that fit."""
    return [proxy.id for _, proxy in found(LIBRARY, theme, payer, search)]


def test_without_a_wish_all_prices_are_listed():
    """Each once."""
    assert sorted(ids()) == sorted(LIBRARY.proxies)


def test_prices_by_theme_by_payer_and_by_word():
    """And by all three."""
    assert set(ids("ziekenhuis")) == {proxy.id for proxy in LIBRARY.themes["ziekenhuis"].proxies}
    assert all("gemeente" in LIBRARY.proxies[key].payers for key in ids(payer="gemeente"))
    assert "seh-bezoek" in ids(search="SPOEDEISENDE")
    assert "seh-bezoek" in ids(search="emergency")
    assert ids("ziekenhuis", "zorgverzekeraar", "seh") == ["seh-bezoek"]
    assert ids(search="bestaat niet") == []


@pytest.mark.parametrize(
    ("theme", "payer", "code", "nearest"),
    [("ziekenhuizen", None, "theme-unknown", "ziekenhuis"),
     (None, "gemeenten", "payer-unknown", "gemeente")],
)  # fmt: skip
def test_an_unknown_theme_or_payer_names_the_nearest(theme, payer, code, nearest):
    """Instead of a list that is empty."""
    with pytest.raises(Unusable) as caught:
        ids(theme, payer)
    (problem,) = caught.value.problems
    assert (problem.code, problem.facts["nearest"]) == (code, nearest)


@LANGS
def test_the_list_has_every_price_with_its_year(lang):
    """By theme, in the language that is spoken; and whether it was checked or withdrawn."""
    table = as_table(list(found(LIBRARY, None, None, None)), lang)
    assert [theme for theme, _ in table.groups] == [
        key for key, shelf in LIBRARY.themes.items() if shelf.proxies
    ]
    for _, rows in table.groups:
        for key, name, price, grade, checked in rows:
            proxy = LIBRARY.proxies[key]
            assert grade == (proxy.evidence or "–")
            assert checked == Words(lang)(f"review_short.{proxy.review.status}")
            assert name == proxy.name.in_(lang)
            assert f"/{proxy.thing} ({proxy.price_year})" in price
            assert price.startswith({"EUR": "€", "GBP": "£"}[proxy.currency])


@LANGS
def test_every_price_in_full(lang):
    """With its payers, its source, how it is known and whether it was checked."""
    for key in sorted(LIBRARY.proxies):
        check_in_full(key, lang)


def check_in_full(key, lang):
    proxy, words = LIBRARY.proxies[key], Words(lang)
    fields = dict(in_full(key, LIBRARY, lang))
    assert all(fields.values()), key
    price = amount(proxy.value, Numbers(lang, proxy.currency))
    assert fields[words("proxy.value")].startswith(price)
    for payer in proxy.payers:
        assert LIBRARY.payers[payer].name.in_(lang) in fields[words("proxy.payers")]
    assert LIBRARY.sources[proxy.source.key].title in fields[words("proxy.source")]
    assert fields[words("proxy.review")].startswith(words(f"review.{proxy.review.status}"))
    if proxy.review.note:
        assert proxy.review.note.in_(lang) in fields[words("proxy.review")]
    assert (words("proxy.tariff") in fields) == (proxy.tariff is not None)
    assert (words("proxy.receiver") in fields) == (proxy.receiver is not None)


def test_an_unknown_price_names_the_nearest():
    """And it is cut off where it is very long."""
    with pytest.raises(Unusable) as caught:
        in_full("seh-bezoe", LIBRARY, "nl")
    (problem,) = caught.value.problems
    assert (problem.code, problem.facts["nearest"]) == ("proxy-unknown", "seh-bezoek")
    with pytest.raises(Unusable) as caught:
        in_full("x" * 999, LIBRARY, "nl")
    assert len(str(caught.value.problems[0].facts["id"])) <= 80
