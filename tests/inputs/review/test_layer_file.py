"""Reviews written into a layer, and two layers made one."""

import datetime

import pytest
from reviews import CONTRACT, OWN, exported, fill, layer_of, said, small_library, went_out

from sroi.inputs.library.layered import layered
from sroi.inputs.quantity.written_sizes import sizes_of
from sroi.inputs.review.layer_file import merged, with_reviews
from sroi.inputs.review.review import read_review
from sroi.inputs.review.review_sheet import opened
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Unusable

TODAY = datetime.date(2026, 4, 1)
AGREE = {"verdict": "akkoord", "reviewer": "A. Toetser", "on": "2026-03-01"}
CORRECT = AGREE | {"verdict": "corrigeren", "value": 11, "place": "p. 7", "remark": "Nagekeken."}
BY_HAND = """\
# Onze prijzen; wie dit leest: blijf eraf.
name: Stichting Voorbeeld   # zo staat het in het rapport
proxies:
  - {id: eigen-uur, name: Eigen uur, value: 50, unit: EUR/uur, price_year: 2024,
     payers: {gemeente: 100%}, cash: soft, source: "contract[bijlage 2]"}   # uit het contract
sources:
  - {id: contract, type: report, title: Contract (verzonnen)}
"""


@pytest.fixture
def library(tmp_path):
    """The small library without a layer."""
    return small_library(tmp_path)


def reviewed(library, tmp_path, answers, seen=None):
    """What a sheet says that went out of `seen`, or else of this library."""
    book = exported(seen or library)
    fill(book, answers)
    book.save(tmp_path / "blad.xlsx")
    both = [went_out(one)("nl") for one in (library, seen or library)]
    every = type(both[0])([row for one in both for row in one.rows], both[0].becomes)
    return read_review(opened(tmp_path / "blad.xlsx"), library, TODAY, lambda lang: every)


def put(library, tmp_path, answers, content=b"", seen=None):
    """The new content of a layer, and the library with it over the one without."""
    now = layered(library, parse(content, "laag.yaml")) if content else library
    content = with_reviews(content, "laag.yaml", reviewed(now, tmp_path, answers, seen), now)
    return content, layered(library, parse(content, "laag.yaml"))


def test_a_new_layer(library, tmp_path):
    """What was agreed with and what was corrected, as the reviewer has it."""
    _, found = put(library, tmp_path, {"uur": CORRECT, "tussen": AGREE})
    price = found.proxies["uur"]
    assert sizes_of(price.value) == {"value": 11, "low": 8, "high": 12}
    assert (str(price.source), price.review.by) == ("bron[p. 7]", "A. Toetser")
    assert price.review.note.nl == "Nagekeken."
    assert found.proxies["tussen"].review.on == datetime.date(2026, 3, 1)
    assert found.proxies["kaal"] == library.proxies["kaal"]


def test_every_other_character_stays(library, tmp_path):
    """Somebody wrote prices and remarks into the file by hand."""
    content, first = put(library, tmp_path, {"uur": CORRECT}, BY_HAND.encode())
    assert content.decode().startswith(BY_HAND.rstrip("\n"))
    again, second = put(library, tmp_path, {"kaal": AGREE, "eigen-uur": AGREE}, content)
    assert again.startswith(content.rstrip(b"\n"))
    assert first.proxies["uur"] == second.proxies["uur"]
    assert second.proxies["eigen-uur"].review.status == "checked"
    assert second.layer.name == "Stichting Voorbeeld"


def test_a_list_on_one_line_stays_so(library, tmp_path):
    """A layer with `reviews: []` is one too."""
    content, found = put(library, tmp_path, {"uur": CORRECT}, b"reviews: []\n")
    assert found.proxies["uur"].review.by == "A. Toetser"
    assert content.startswith(b"reviews: [{")


def test_two_sheets_of_one_day(library, tmp_path):
    """Both went out before either came back: both are taken, and the latest day counts."""
    content, first = put(library, tmp_path, {"uur": CORRECT})
    later = AGREE | {"reviewer": "B. Toetser", "on": "2026-03-05"}
    _, second = put(library, tmp_path, {"uur": later}, content, seen=library)
    assert sizes_of(first.proxies["uur"].value)["value"] == 11
    assert sizes_of(second.proxies["uur"].value)["value"] == 10
    (differ,) = second.layer.differ
    assert (differ.counts.by, differ.other.by) == ("B. Toetser", "A. Toetser")


def test_who_agrees_with_a_correction(library, tmp_path):
    """Has seen the corrected price: it stays, whoever looked last."""
    content, first = put(library, tmp_path, {"uur": CORRECT})
    later = AGREE | {"reviewer": "B. Toetser", "on": "2026-03-05"}
    _, second = put(library, tmp_path, {"uur": later}, content)
    assert second.proxies["uur"].value == first.proxies["uur"].value
    assert second.layer.differ == ()


def test_two_layers_made_one(library):
    """All that either says is in it, once; and what was there stays as it was written."""
    one, other = said(library, "uur", "A"), said(library, "uur", "B", becomes={"value": "11"})
    other["becomes"] |= {"low": "8", "high": "12"}
    mine, given = layer_of(one), layer_of(one, other, proxies=[OWN], sources=[CONTRACT])
    content, more = merged(mine.content, "laag.yaml", given)
    assert content.startswith(mine.content.rstrip(b"\n"))
    assert [entry.get("price", entry.get("id")) for entry in more] == ["uur", "eigen-uur"]
    found = layered(library, parse(content, "laag.yaml"))
    assert [review["by"] for review in parse(content, "x").data["reviews"]] == ["A", "B"]
    assert found.proxies["eigen-uur"].value.value == 50
    assert len(found.layer.differ) == 1
    assert merged(content, "laag.yaml", given) == (content, [])
    assert layered(library, parse(merged(b"", "nieuw.yaml", given)[0], "x")).layer.own


def test_two_prices_of_one_name(library):
    """Which of them is meant only people can say."""
    mine = layer_of(proxies=[OWN], sources=[CONTRACT])
    given = layer_of(proxies=[OWN | {"value": "60"}], sources=[CONTRACT])
    with pytest.raises(Unusable) as refused:
        merged(mine.content, "laag.yaml", given)
    assert [one.code for one in refused.value.problems] == ["layer-twice"]


def test_what_is_no_layer_is_not_merged():
    """A scenario, for one."""
    with pytest.raises(Unusable):
        merged(b"", "laag.yaml", parse(b"scenario: x\n", "x.yaml"))
