"""What interviews say: the worked figures for 22 of them, and what must hold for any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from valuations import small, write

from sroi.inputs.evidence.experience import Named, interval, more_than_half, status_of
from sroi.inputs.files.scenario_file import load


def named(mentioned, negative=0):
    """So many interviews, as a file says it."""
    return Named.model_validate({"mentioned": str(mentioned), "negative": str(negative)})


COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("named", "mean", "low", "high", "chance"),
    [
        (5, 0.239, 0.092, 0.429, 0.0044),
        (9, 0.413, 0.225, 0.615, 0.197),
        (14, 0.630, 0.429, 0.811, 0.900),
        (18, 0.804, 0.624, 0.935, 0.999),
    ],
)
def test_worked_figures(named, mean, low, high, chance):
    """Of 22 clients; Beta(½ + k, ½ + n - k) with another program."""
    assert interval(named, 22) == pytest.approx((mean, low, high), abs=0.0006)
    assert more_than_half(named, 22) == pytest.approx(chance, abs=0.0006)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (named(18), "recognised"),
        (named(12), "partly"),
        (named(5), "not_recognised"),
        (named(18, 10), "contradicted"),
        (named(18, 9), "recognised"),
        (named(0, 1), "contradicted"),
        (named(0), "silent"),
        (None, "silent"),
    ],
)
def test_status_by_hand(said, status):
    """Of 22; contradicted only above half, and silence is no contradiction."""
    assert status_of(said, 22) == status


@given(COUNTS)
def test_naming_and_not_naming_are_mirror_images(counts):
    """The chance of more than half is one minus that of the others."""
    named, of = counts
    assert more_than_half(named, of) == pytest.approx(1 - more_than_half(of - named, of))
    mean, low, high = interval(named, of)
    assert 0 <= low < mean < high <= 1


@given(COUNTS)
def test_one_more_who_names_it_never_lowers_the_chance(counts):
    """Among as many interviews."""
    named, of = counts
    if named < of:
        assert more_than_half(named + 1, of) >= more_than_half(named, of)


def weighed(mentioned, weight, **named):
    """The outcome of the small scenario, named by so many of 22 clients."""
    scenario = small()
    found = {"of": scenario["outcomes"][0]["id"], "client": {"mentioned": mentioned} | named}
    scenario["experience"] = {
        "because": "Voorbeeld.", "interviews": {"client": 22}, "outcomes": [found],
        "weight": weight,
    }  # fmt: skip
    scenario["outcomes"][0]["rate"] = {"value": 1, "because": "Voorbeeld.", "evidence": 5}
    return load(write(scenario)).scenario.outcomes[0]


def test_recognition_counts_only_where_it_is_asked_for():
    """By default nothing changes, whatever clients say."""
    for mentioned in (5, 12, 18):
        outcome = weighed(mentioned, "none")
        assert outcome.in_euros
        assert outcome.rate.evidence == 5


def test_what_clients_do_not_recognise_stays_out_of_euros():
    """And what they recognise in part goes down one grade, which is never below six."""
    assert not weighed(5, "by_recognition").in_euros
    assert not weighed(18, "by_recognition", negative=12).in_euros
    partly, whole = weighed(12, "by_recognition"), weighed(18, "by_recognition")
    assert (partly.in_euros, partly.rate.evidence) == (True, 6)
    assert (whole.in_euros, whole.rate.evidence) == (True, 5)


def test_what_may_get_worse_stays_in():
    """Otherwise recognition would flatter: nobody likes to name a loss."""
    scenario = small()
    found = {"of": scenario["outcomes"][0]["id"], "client": {"mentioned": 2}}
    scenario["experience"] = {
        "because": "Voorbeeld.", "interviews": {"client": 22}, "outcomes": [found],
        "weight": "by_recognition",
    }  # fmt: skip
    for low, kept in ((-1, True), (0.5, False)):
        rate = {"low": low, "best": 1, "high": 2, "because": "Voorbeeld."}
        scenario["outcomes"][0]["rate"] = rate
        assert load(write(scenario)).scenario.outcomes[0].in_euros == kept
