"""The nouns of a care ladder."""

import pytest
from pydantic import ValidationError

from sroi.inputs.care.by_year import sizes
from sroi.inputs.care.care_ladder import CareLadder, Counts, Register, Tier

LIGHT = {"id": "licht", "what": "Licht", "level": "1", "cost": "1", "payers": {"gemeente": "1"}}
HEAVY = LIGHT | {"id": "zwaar", "level": "2"}
LADDER = {
    "id": "zorgladder",
    "what": "Zorg",
    "stakeholder": "inwoners",
    "tiers": [LIGHT, HEAVY],
    "inflow": {"zwaar": "100"},
    "moves": {"licht": {"exit": "1"}, "zwaar": {"licht": "0.2", "exit": "0.5"}},
    "intervention": {"hazard_ratio_up": "0.97", "effect_basis": "causal"},
}


def codes(**changes) -> list[str]:
    """The types of the errors that are found in a ladder with changes."""
    try:
        CareLadder.model_validate(LADDER | changes)
    except ValidationError as error:
        return [finding["type"] for finding in error.errors()]
    return []


def test_a_ladder_is_read():
    read = CareLadder.model_validate(LADDER)
    assert read.tier("zwaar").level == 2
    assert read.moves["zwaar"]["exit"].value == 0.5
    assert (read.start, read.relapse, read.contracts.renewal.value) == ("steady_state", None, 3)


def test_flows_may_differ_by_year():
    """A number, one that grows, or one for each year."""
    people = {"licht": "10", "zwaar": {"start": "100", "growth": "2%"}}
    read = CareLadder.model_validate(LADDER | {"inflow": people})
    growing = read.inflow["zwaar"]
    assert (growing.start.value, growing.growth.value) == (100, 0.02)
    assert sizes(read.inflow["licht"]) == [read.inflow["licht"]]
    moves = {"licht": {"exit": ["1", "1.1"]}, "zwaar": {"exit": "0.5"}}
    rates = CareLadder.model_validate(LADDER | {"moves": moves}).moves["licht"]["exit"]
    assert [rate.value for rate in sizes(rates)] == [1, 1.1]


@pytest.mark.parametrize(("level", "heavy"), [("0", False), ("1", False), ("2", True), ("4", True)])
def test_care_is_heavy_from_the_second_level(level, heavy):
    assert Tier.model_validate(LIGHT | {"level": level}).heavy is heavy


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"tiers": [LIGHT]}, ["too_short"]),
        ({"tiers": [LIGHT] * 11}, ["too_long"]),
        ({"tiers": [LIGHT, HEAVY | {"level": "5"}]}, ["less_than_equal"]),
        ({"tiers": [LIGHT, HEAVY | {"level": "1.5"}]}, ["number-not-whole"]),
        ({"inflow": {"zwaar": "-1"}}, ["outside-domain"]),
        ({"inflow": {"zwaar": ["100", "-1"]}}, ["outside-domain"]),
        ({"inflow": {"zwaar": []}}, ["too_short"]),
        ({"inflow": {"zwaar": {"start": "100"}}}, ["missing"]),
        ({"inflow": {"zwaar": {"start": "100", "growth": "60%"}}}, ["outside-domain"]),
        ({"moves": {"zwaar": {"exit": ["0.5", "13"]}}}, ["outside-domain"]),
        ({"intervention": {"by_move": {"licht": {"zwaar": "3"}}}}, ["outside-domain"]),
        ({"intervention": {"by_tier": {"zwaar": {"diversion": "110%"}}}}, ["outside-domain"]),
        ({"moves": {"zwaar": {"exit": "13"}}}, ["outside-domain"]),
        ({"moves": {"zwaar": {"exit": "-1"}}}, ["outside-domain"]),
        ({"moves": {"zwaar": "0.5"}}, ["dict_type"]),
        ({"relapse": "101%"}, ["outside-domain"]),
        ({"start": "observed"}, []),
        ({"start": {"zwaar": "200", "licht": {"low": "1", "best": "2", "high": "3"}}}, []),
        ({"start": "leeg"}, ["literal_error"]),
        ({"start": {"zwaar": "-200"}}, ["outside-domain"]),
        ({"intervention": {"starting_point": "neutraal"}}, []),
        ({"intervention": {"starting_point": "zonnig"}}, ["literal_error"]),
        ({"intervention": {"hazard_ratio_up": "2.1"}}, ["outside-domain"]),
        ({"intervention": {"diversion": "101%"}}, ["outside-domain"]),
        ({"intervention": {"net_widening": "140%"}}, []),
        ({"intervention": {"net_widening": "-1%"}}, ["outside-domain"]),
        ({"contracts": {"renewal": "0"}}, ["outside-domain"]),
    ],
)
def test_what_a_ladder_may_say(changes, found):
    assert codes(**changes) == found


COUNTS = {"begin": "100", "inflow": "50", "outflow": "60", "end": "90"}
REGISTER = {
    "period": "0.5",
    "tiers": {"licht": COUNTS, "zwaar": COUNTS, "huis": COUNTS},
    "split": {"licht": {"zwaar": "5%", "exit": "95%"}},
    "split_counts": {"zwaar": {"licht": "3", "huis": "0", "exit": "57"}},
}


def register(**changes) -> Register:
    return Register.model_validate(REGISTER | changes)


def test_shares_leave_out_who_exits():
    assert register().shares("licht") == {"zwaar": 0.05}
    assert register().shares("zwaar") == {"licht": 0.05, "huis": 0}
    assert register().shares("huis") == {}


def test_only_counted_shares_are_uncertain():
    assert register().sticks("licht") == {}
    stick = register().sticks("zwaar")["licht"]
    assert (stick.count, stick.later, stick.total) == (3, 57, 60)
    assert list(register().sticks("zwaar")) == ["licht"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"split": {"licht": {"zwaar": "5%", "exit": "94%"}}}, "split-sum"),
        ({"split": {"licht": {}}}, "split-sum"),
        ({"split": {"licht": {"zwaar": "-5%", "exit": "105%"}}}, "greater_than_equal"),
        ({"split_counts": {"licht": {"zwaar": "-1"}}}, "greater_than_equal"),
        ({"period": "0"}, "greater_than"),
        ({"period": "11"}, "less_than_equal"),
        ({"tiers": {"licht": COUNTS | {"begin": "0"}}}, "greater_than"),
        ({"tiers": {"licht": COUNTS | {"outflow": "0"}}}, "greater_than"),
        ({"tiers": {"licht": COUNTS | {"inflow": "-1"}}}, "greater_than_equal"),
    ],
)
def test_what_a_register_may_not_say(changes, found):
    with pytest.raises(ValidationError) as raised:
        register(**changes)
    assert [finding["type"] for finding in raised.value.errors()] == [found]


def test_a_register_is_called_so_in_the_file():
    read = CareLadder.model_validate(LADDER | {"moves": {}, "inflow": {}, "register": REGISTER})
    assert read.register_.period == 0.5
    assert codes(register_=REGISTER) == ["extra_forbidden"]


def test_a_register_may_count_in_ranges():
    """A plain number stays one; of a range the middle and the ends are known."""
    out = {"low": "40", "best": "50", "high": "70"}
    counts = Counts.model_validate({"begin": "100", "inflow": "0", "outflow": out, "end": "60"})
    assert (counts.begin, counts.middle("begin"), counts.reach("begin")) == (100, 100, (100, 100))
    assert (counts.middle("outflow"), counts.reach("outflow")) == (50, (40, 70))
    with pytest.raises(ValidationError):
        Counts.model_validate(
            {"begin": out | {"low": "0"}, "inflow": "0", "outflow": "1", "end": "1"}
        )
