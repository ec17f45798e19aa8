"""Rules that are met, not met or not to be said yet; money back; and what is paid for results."""

import numpy as np
import pytest
from contracts import contract, followed

PLACE = "stakeholders:"
VISITS = "period: {}, what: bezoek, amount: {}, known: counted"
HOURS = "period: 2024, what: minder-hulp, amount: {}, sd: {}, known: measured"
PAID = (
    "contract: {payer: gemeente, back_by: 2026, results: [{id: a, what: A, of: %s, amount: 20%s}]}"
)


def ruled(figures, of="bezoek"):
    """The contract with a rule in figures."""
    rule = f"monitoring: [{{id: a, what: A, kind: count, when: elk jaar, of: {of}, {figures}}}]"
    return contract((PLACE, f"{rule}\n{PLACE}"), draws=16384)


def paying(of="bezoek", limits=""):
    return contract((PLACE, f"{PAID % (of, limits)}\n{PLACE}"))


@pytest.mark.parametrize(
    ("amount", "verdict"), [(90, "go"), (89, "between"), (80, "between"), (79, "stop")]
)
def test_a_year_that_is_over_is_met_or_not(tmp_path, amount, verdict):
    loaded = ruled("at_least: 90, stop_below: 80, year: 2024")
    found = followed(tmp_path, loaded, VISITS.format(2024, amount), until="2024-Q4").rules[0]
    assert (found.found, found.final, found.verdict) == (amount, True, verdict)
    assert found.chance_go == (verdict == "go")
    assert found.chance_stop == (verdict == "stop")


def test_a_year_to_come_is_not_to_be_said_yet_but_has_a_chance(tmp_path):
    loaded = ruled("at_least: 90, stop_below: 80, year: 2026")
    found = followed(tmp_path, loaded, VISITS.format(2024, 85), until="2024-Q4").rules[0]
    assert (found.found, found.verdict) == (None, "unknown")
    assert 0.1 < found.chance_go < 0.6
    assert 0 < found.chance_stop < found.chance_go


def test_a_sum_over_all_years_grows(tmp_path):
    """What is reached cannot be undone; what is not may still come."""
    for least, verdict in ((80, "go"), (250, "unknown")):
        made = followed(tmp_path, ruled(f"at_least: {least}"), VISITS.format(2024, 85),
                        until="2024-Q4")  # fmt: skip
        assert (made.rules[0].found, made.rules[0].final) == (85, False)
        assert made.rules[0].verdict == verdict
        sizes = made.expectation.updated.values["activities.bezoek.volume"]
        assert made.rules[0].chance_go == pytest.approx(np.mean(85 + 2 * sizes >= least))


@pytest.mark.parametrize(
    ("mean", "sd", "verdict"),
    [(7, 0.5, "go"), (3.2, 0.3, "between"), (1, 0.3, "stop"), (4.2, 1, "unknown")],
)
def test_an_effect_is_met_where_its_band_says_so(tmp_path, mean, sd, verdict):
    loaded = ruled("at_least: 4, stop_below: 2", of="minder-hulp")
    assert followed(tmp_path, loaded, HOURS.format(mean, sd)).rules[0].verdict == verdict


def test_what_was_not_measured_is_not_to_be_said(tmp_path):
    loaded = ruled("at_least: 4", of="minder-hulp")
    found = followed(tmp_path, loaded, VISITS.format(2024, 85), until="2024-Q4").rules[0]
    assert (found.found, found.verdict) == (None, "unknown")
    assert 0 < found.chance_go < 1


def test_what_is_paid_for_visits(tmp_path):
    """€ 20 each; 60 visits are € 1,200 earned, and the floor is no part of that."""
    made = followed(tmp_path, paying(limits=", floor: 5000, cap: 5500"), VISITS.format(2024, 60),
                    until="2024-Q4")  # fmt: skip
    one = made.paid[0]
    assert (one.count, one.earned) == (60, 1200)
    results = 60 + 2 * made.expectation.updated.values["activities.bezoek.volume"]
    assert one.now.mean == pytest.approx(np.clip(20 * results, 5000, 5500).mean())
    assert one.at_floor == pytest.approx(np.mean(20 * results < 5000))
    assert 5000 <= one.promised.p5 <= one.promised.p95 <= 5500


def test_what_is_paid_for_an_effect_waits_for_its_measurement(tmp_path):
    loaded = paying(of="minder-hulp")
    rows = [VISITS.format(2024, 60)]
    assert followed(tmp_path, loaded, *rows, until="2024-Q4").paid[0].earned is None
    made = followed(tmp_path, loaded, *rows, HOURS.format(5, 1), until="2024-Q4")
    assert made.paid[0].earned == 20 * 60 * 5


def test_the_cap_holds_for_what_was_earned(tmp_path):
    made = followed(tmp_path, paying(limits=", cap: 900"), VISITS.format(2024, 60), until="2024-Q4")
    assert made.paid[0].earned == 900


def test_money_back_by_the_year_that_was_agreed(tmp_path):
    made = followed(tmp_path, paying(), VISITS.format(2024, 60), HOURS.format(5, 1))
    assert made.back == made.expectation.back_by("gemeente", 2026)
    assert followed(tmp_path, contract(), VISITS.format(2024, 60)).back is None


def test_a_figure_that_cannot_be_followed_is_told(tmp_path):
    from sroi.problems import Unusable

    loaded = ruled("at_least: 4, figure: outcomes.minder-hulp.raten")
    with pytest.raises(Unusable, match="follow-target-unknown"):
        followed(tmp_path, loaded, VISITS.format(2024, 85))
