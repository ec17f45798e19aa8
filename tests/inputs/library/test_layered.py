"""The layer of an organisation over the library: what counts, what does not, and what is told."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import CONTRACT, OWN, layer_of, over, said, small_library

from sroi.inputs.library.layer import seen_of
from sroi.inputs.library.layered import layered
from sroi.inputs.quantity.written_sizes import in_order, sizes_of, with_sizes
from sroi.problems import Unusable
from sroi.report.words.problem_text import sentence

ELEVEN = {"low": "8", "value": "11", "high": "12", "source": "bron[p. 7]"}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """The small library without a layer."""
    return small_library(tmp_path_factory.mktemp("klein"))


def codes(library, document):
    """What is wrong in a layer; every sentence can be made in both languages."""
    with pytest.raises(Unusable) as refused:
        layered(library, document)
    assert all(sentence(one, lang) for one in refused.value.problems for lang in ("nl", "en"))
    return [(problem.code, problem.line > 0) for problem in refused.value.problems]


def test_a_review_that_agrees(library):
    """The price stays what it is, and is checked by somebody on a day."""
    price = over(library, said(library, "uur", "A")).proxies["uur"]
    assert (price.review.status, price.review.by, str(price.review.on)) == (
        "checked", "A", "2026-03-01"
    )  # fmt: skip
    assert price.value == library.proxies["uur"].value
    assert price.history == []


def test_a_correction(library):
    """The amount and the place are new, what was said of them stays, and the history tells both."""
    note = "Nagekeken."
    found = over(library, said(library, "uur", "A", becomes=ELEVEN, note=note))
    price, was = found.proxies["uur"], library.proxies["uur"]
    assert sizes_of(price.value) == {"value": 11, "low": 8, "high": 12}
    assert price.value.because == was.value.because
    assert str(price.source) == "bron[p. 7]"
    told = [(one.field, one.was, one.now, one.by, one.because.nl) for one in price.history]
    assert told == [
        ("value", "10", "11", "A", note),
        ("source", "bron[p. 1]", "bron[p. 7]", "A", note),
    ]
    assert found.themes["buurt"].proxies[0] == price
    assert found.layer.touched == {"uur"}


@pytest.mark.parametrize(
    ("price", "becomes", "form"),
    [
        ("kaal", {"value": "40"}, "value"),
        ("kaal", {"low": "30", "value": "40", "high": "50"}, "best"),
        ("tussen", {"low": "70", "high": "100"}, "uniform"),
        ("scheef", {"low": "70", "value": "80", "high": "100"}, "best"),
        ("plat", {"value": "6"}, "value"),
    ],
)
def test_every_form_of_a_price_can_be_corrected(library, price, becomes, form):
    """And comes out with these sizes and no other."""
    value = over(library, said(library, price, "A", becomes=becomes)).proxies[price].value
    assert value.form == form
    assert sizes_of(value) == {name: float(size) for name, size in becomes.items()}


@pytest.mark.parametrize(
    "becomes",
    [{"low": "9"}, {"low": "9", "high": "8"}, {"low": "9", "high": "9"}, {"value": "1", "low": "0"},
     {"low": "1", "value": "4", "high": "3"}],
)  # fmt: skip
def test_sizes_that_make_no_price(library, becomes):
    """Are refused with their place."""
    document = layer_of(said(library, "uur", "A", becomes=becomes))
    assert codes(library, document) == [("layer-sizes", True)]


def test_the_latest_counts_and_the_other_is_told(library):
    """Two people who do not say the same: both stay, and it is told what each says."""
    first = said(library, "uur", "A", "2026-03-02")
    other = said(library, "uur", "B", "2026-03-01", becomes=ELEVEN)
    found = over(library, first, other)
    assert sizes_of(found.proxies["uur"].value)["value"] == 10
    (differ,) = found.layer.differ
    assert (differ.counts.by, differ.other.by) == ("A", "B")
    assert (differ.counts.told, differ.other.told) == (
        "8 / 10 / 12, bron[p. 1]", "8 / 11 / 12, bron[p. 7]"
    )  # fmt: skip


def test_whoever_comes_round_ends_the_difference(library):
    """Of every person the latest word counts; and a change is whose who made it first."""
    reviews = [
        said(library, "uur", "A", "2026-03-01"),
        said(library, "uur", "B", "2026-03-02", becomes=ELEVEN),
        said(library, "uur", "A", "2026-03-03", becomes=ELEVEN),
    ]
    found = over(library, *reviews)
    assert found.layer.differ == ()
    price = found.proxies["uur"]
    assert (price.review.by, price.history[0].by) == ("A", "B")


def test_the_order_of_the_file_does_not_matter(library):
    """Two layers may be merged in either way; of one day the names decide."""
    reviews = [
        said(library, "uur", "A", "2026-03-02", becomes=ELEVEN),
        said(library, "uur", "B", "2026-03-02"),
        said(library, "uur", "C", "2026-03-01", status="withdrawn", note="Weg."),
    ]
    found = {
        over(library, *some).proxies["uur"].model_dump_json() for some in permutations(reviews)
    }
    assert len(found) == 1
    assert '"by":"B"' in found.pop()


def test_what_the_price_was_before_each_review(library):
    """As it may have gone out in a sheet; the first as it is without the layer."""
    reviews = [said(library, "uur", "A", becomes=ELEVEN), said(library, "uur", "B")]
    earlier = over(library, *reviews).earlier["uur"]
    assert [one.review.by for one in earlier] == ["", "A"]
    assert earlier[0] == library.proxies["uur"]


@pytest.mark.parametrize(
    ("part", "now"), [("value.best", "10.50"), ("price_year", "2023"), ("payers.gemeente", "0.50")]
)
def test_a_review_of_another_price_does_not_count(library, part, now):
    """When the shipped price has changed since, that is told with what it was and is."""
    review = said(library, "uur", "A", becomes=ELEVEN)
    review["seen"] = review["seen"] | {part: now}
    found = over(library, review)
    assert found.proxies["uur"] == library.proxies["uur"]
    (stale,) = found.layer.stale
    own = seen_of(library.proxies["uur"])[part]
    assert (stale.field, stale.was, stale.now) == (part, now, own)
    assert found.layer.touched == frozenset()


def test_a_price_that_is_gone(library):
    """A later version may not have it; that stops nobody."""
    review = said(library, "uur", "A") | {"price": "weg"}
    (stale,) = over(library, review).layer.stale
    assert (stale.said.price, stale.field) == ("weg", "")


def test_a_price_that_was_withdrawn_since(library):
    """A review from before does not bring it back; one that saw it withdrawn does, and is told."""
    gone = library.proxies["uur"].model_copy(
        update={"review": library.proxies["uur"].review.model_copy(update={"status": "withdrawn"})}
    )
    later = type(library)(**{**vars(library), "proxies": library.proxies | {"uur": gone}})
    assert over(later, said(library, "uur", "A")).proxies["uur"].review.status == "withdrawn"
    back = over(later, said(later, "uur", "A"))
    assert back.proxies["uur"].review.status == "checked"
    assert back.layer.counts[0].changes == (("review", "withdrawn", "checked"),)


def test_words_about_a_price_may_change(library):
    """A better note or name in a new version is no other price."""
    other = library.proxies["uur"].model_copy(update={"quote": "x", "evidence": "B"})
    assert seen_of(other) == seen_of(library.proxies["uur"])


def test_own_prices(library):
    """Stand in a theme of their own, with their own sources, and can be reviewed as well."""
    found = over(library, proxies=[OWN], sources=[CONTRACT])
    assert found.proxies["eigen-uur"].value.value == 50
    assert [one.id for one in found.themes["own"].proxies] == ["eigen-uur"]
    assert found.layer.own == {"eigen-uur"}
    review = said(found, "eigen-uur", "A", becomes={"value": "55"})
    again = over(library, review, proxies=[OWN], sources=[CONTRACT])
    assert again.themes["own"].proxies[0].value.value == 55


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"proxies": [OWN | {"id": "uur"}], "sources": [CONTRACT]}, "layer-id-taken"),
        ({"proxies": [OWN, OWN], "sources": [CONTRACT]}, "id-twice"),
        ({"sources": [CONTRACT | {"id": "bron"}]}, "layer-id-taken"),
        ({"proxies": [OWN]}, "source-unknown"),
        ({"proxies": [OWN | {"index": "weg"}], "sources": [CONTRACT]}, "index-unknown"),
        ({"prices": []}, "field-unknown"),
    ],
)
def test_a_layer_that_cannot_be_used(library, more, code):
    """Is refused as a whole, at the line."""
    assert codes(library, layer_of(**more)) == [(code, True)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"by": ""}, "text-length"), ({"on": "gisteren"}, "date-unreadable"),
     ({"status": "draft"}, "word-unknown"), ({"becomes": {"value": "1,5"}}, "number-decimal-comma"),
     ({"becomes": {"source": "weg[p. 1]"}}, "source-unknown")],
)  # fmt: skip
def test_a_review_that_cannot_be_read(library, changed, code):
    """Somebody may have written it by hand."""
    assert codes(library, layer_of(said(library, "uur", "A") | changed)) == [(code, True)]


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3, unique=True))
def test_sizes_in_order_give_a_price_with_these_sizes(numbers):
    """Whatever the form was, and whatever the sizes."""
    from sroi.inputs.quantity.quantity import Quantity

    low, value, high = sorted(numbers)
    sizes = {"low": low, "value": value, "high": high}
    assert in_order(sizes)
    assert not in_order(sizes | {"value": high + 1})
    for form in (
        {"value": "3"},
        {"uniform": ["1", "2"]},
        {"lognormal": {"median": "1", "p95": "2"}},
    ):
        assert sizes_of(with_sizes(Quantity.model_validate(form), sizes)) == sizes
